// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace songda {

using Millis = std::chrono::milliseconds;
using Micros = std::chrono::microseconds;
using Seconds = std::chrono::seconds;

/// Calendar time, UTC. May jump; used for what people read and for due times.
using WallTime = std::chrono::time_point<std::chrono::system_clock, Millis>;

/// Elapsed time since boot, suspend included. Never jumps; used for every wait and window.
struct SteadyClock {
    using duration = Micros;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<SteadyClock>;
    static constexpr bool is_steady = true;
};
using SteadyTime = SteadyClock::time_point;

/// Both readings of one moment.
struct Now {
    WallTime wall;
    SteadyTime steady;
};

/// The calendar as it stood at one moment, carried on by the steady clock: it reads like calendar time and never
/// jumps. What waits for a span of time, as a repeat does, waits by it.
class EvenTime {
public:
    explicit EvenTime(Now start)
        : m_start(start) {}

    WallTime at(SteadyTime steady) const { return m_start.wall + std::chrono::floor<Millis>(steady - m_start.steady); }
    /// The first moment at which at() has reached `when`.
    SteadyTime steadyAt(WallTime when) const { return m_start.steady + (when - m_start.wall); }

private:
    Now m_start;
};

inline std::int64_t toMillis(WallTime t) { return t.time_since_epoch().count(); }
inline WallTime fromMillis(std::int64_t ms) { return WallTime{Millis{ms}}; }

/// China time has had no daylight saving since 1991, and WeChat's day is China's day
/// (wechat-api.md section 1): a fixed offset is exact.
inline constexpr std::chrono::hours chinaOffset{8};

/// ISO 8601 with offset and milliseconds, China time: 2026-01-31T08:00:00.123+08:00.
std::string toIso8601(WallTime t);
/// The same for an optional time; empty text when there is none.
std::string toIso8601(std::optional<WallTime> t);
/// Reads ISO 8601 with an offset or Z; without either the time is China time, and a bare date is its
/// first moment. Nothing when the text is not such a time.
std::optional<WallTime> parseIso8601(std::string_view text);

/// Reads the date of an HTTP header in the only form servers may send, "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<WallTime> parseHttpDate(std::string_view text);

/// First moment of the China day that contains `t`.
WallTime startOfChinaDay(WallTime t);
/// YYYY-MM-DD of the China day that contains `t`.
std::string chinaDate(WallTime t);

} // namespace songda
