// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/policy/forecast.h"
#include "engine/store/database.h"

#include <vector>

namespace songda::store {

/// What waits for an account, and how its sends went lately: what a forecast starts from.
struct LoadProfile {
    std::vector<ForecastLoad> loads; ///< by batch, minute it is due in, and minute it is useful until
    std::int64_t acceptedToday = 0; ///< this China day
    std::int64_t accepted = 0; ///< of the last 24 hours
    std::int64_t attempts = 0; ///< that reached the platform, of the same time
    Micros latency{0}; ///< of their answers, on average
};

Result<LoadProfile> readLoad(Database &database, AccountId account, WallTime now);

/// Messages accepted since the China day of `now` began.
Result<std::int64_t> readAcceptedToday(Database &database, AccountId account, WallTime now);

} // namespace songda::store
