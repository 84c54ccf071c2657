// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>

namespace songda::simulator {

/// The moment every decision of the simulator is told, UTC with milliseconds.
/// Decisions never read a clock themselves, so that tests can move time by hand.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// Unix seconds of a moment, the unit of every time stamp of the API (wechat-api.md section 1).
inline std::int64_t unixSeconds(TimePoint now) {
    return std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
}

/// Number of the day in China time; daily counters start again when it changes (wechat-api.md section 1).
inline std::int64_t chinaDay(TimePoint now) {
    return std::chrono::floor<std::chrono::days>(now + std::chrono::hours{8}).time_since_epoch().count();
}

/// Number of the month in China time (year * 12 + month).
inline std::int64_t chinaMonth(TimePoint now) {
    const std::chrono::year_month_day date{
        std::chrono::floor<std::chrono::days>(now + std::chrono::hours{8})};
    return static_cast<std::int64_t>(static_cast<int>(date.year())) * 12
        + static_cast<std::int64_t>(static_cast<unsigned>(date.month()));
}

/// Number of the minute since 1970, for the minute quotas.
inline std::int64_t minuteNumber(TimePoint now) {
    return std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count();
}

} // namespace songda::simulator
