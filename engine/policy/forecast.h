// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/forecast.h"
#include "engine/model/quiet_hours.h"
#include "engine/policy/quota.h"

namespace songda {

/// Messages that are alike for a forecast.
struct ForecastLoad {
    WallTime dueAt;
    std::optional<WallTime> expiresAt;
    int priority = 1;
    std::int64_t messages = 0;
    bool held = false;
};

struct ForecastInput {
    WallTime now;
    double rate = 20; ///< requests a second
    int burst = 20;
    int connections = 10;
    Micros latency{50'000}; ///< of an answer
    double requestsPerMessage = 1; ///< repeats included: what a message takes of the rate
    QuietHours quietHours;
    QuotaPolicy quota;
    std::int64_t quotaLimit = noQuota; ///< of a day, whoever said so
    std::int64_t quotaUsed = 0; ///< today
    std::optional<WallTime> closedUntil; ///< the breaker, a throttle or a parked account lets nothing out before
    std::vector<ForecastLoad> loads;
    std::int64_t refused = 0; ///< told through
};

/// Plays the way out of all that waits, as a flow: due times, rate and connections, quiet hours, quota by priority with
/// the turn of the day in China, a pause that is on. Looks ninety days ahead. Pure.
Forecast forecast(const ForecastInput &input);

} // namespace songda
