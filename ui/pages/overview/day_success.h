// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"

#include <vector>

namespace songda::ui {

/// How much of what ended today went well. Accepted ones are counted from the sums by the hour, failed ones are the dead
/// letters of the day, whom a click on the number shows. Who was accepted and then reported as undelivered is a failure
/// and no success. Cancelled and expired ones are neither: nobody tried them to an end.
struct DaySuccess {
    std::int64_t good = 0;
    std::int64_t failed = 0;

    std::int64_t ended() const { return good + failed; }
    /// Below the 99.9 % that are the goal.
    bool belowGoal() const { return ended() > 0 && good * 1000 < ended() * 999; }
};

/// From the attempts of the day by the hour and its breakdown by code.
DaySuccess daySuccess(const std::vector<HourlyCount> &attempts, const std::vector<BreakdownRow> &byCode);

} // namespace songda::ui
