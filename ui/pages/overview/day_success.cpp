// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/day_success.h"

#include <algorithm>

namespace songda::ui {

DaySuccess daySuccess(const std::vector<HourlyCount> &attempts, const std::vector<BreakdownRow> &byCode) {
    DaySuccess day;
    for (const HourlyCount &hour : attempts) {
        if (hour.cause.empty())
            day.good += hour.count;
    }
    for (const BreakdownRow &row : byCode) {
        day.failed += row.dead;
        // Only a delivery report has these causes, and it speaks of what was accepted before.
        if (row.key == "user_block" || row.key == "system_failed")
            day.good -= row.dead;
    }
    day.good = std::max<std::int64_t>(0, day.good);
    return day;
}

} // namespace songda::ui
