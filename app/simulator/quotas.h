// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/clock.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>

namespace songda::simulator {

/// The calls the simulator knows.
enum class Call : unsigned char {
    Token,
    StableToken,
    Templates,
    Send,
    UserGet,
    ClearQuota,
    ClearQuotaV2,
    QuotaGet,
    QuotaClear,
    RidGet,
    Interceptions,
};
inline constexpr std::size_t callCount = 11;

/// The call behind a path such as `/cgi-bin/message/template/send`.
std::optional<Call> callOfPath(std::string_view path);

/// Limits of one call; 0 = none.
struct CallLimit {
    std::uint64_t perDay = 0;
    std::uint64_t perMinute = 0;
};

/// What openapi/quota/get tells about a call (wechat-api.md section 6.1).
struct CallUsage {
    CallLimit limit;
    std::uint64_t usedToday = 0;
};

/// Day and minute counters of an account, with the known limits of wechat-api.md sections 2, 3.3 and 6.2.
/// Days are China days, minutes are clock minutes. Thread-safe.
class Quotas {
public:
    Quotas();

    /// Counts a call: 0, or 45009 (day) or 45011 (minute) and nothing counted.
    int take(Call call, TimePoint now);

    CallUsage usage(Call call, TimePoint now) const;
    CallLimit limit(Call call) const;
    void setLimit(Call call, CallLimit limit);

    /// clear_quota: 0, or 48006 after the tenth time in a month.
    int clearAll(TimePoint now);
    /// openapi/quota/clear: 0, or 48006 after the fiftieth time in a month.
    int clearOne(Call call, TimePoint now);
    /// Everything back to zero, the monthly allowances too.
    void reset();

private:
    struct Counter {
        CallLimit limit;
        std::int64_t day = 0;
        std::int64_t minute = 0;
        std::uint64_t today = 0;
        std::uint64_t thisMinute = 0;
    };

    bool takeMonthly(std::uint64_t &used, std::uint64_t allowance, TimePoint now);
    Counter &counter(Call call) { return m_counters[static_cast<std::size_t>(call)]; }
    const Counter &counter(Call call) const { return m_counters[static_cast<std::size_t>(call)]; }

    mutable std::mutex m_mutex; // guards all below
    std::array<Counter, callCount> m_counters;
    std::int64_t m_month = 0;
    std::uint64_t m_clearedAll = 0;
    std::uint64_t m_clearedOne = 0;
};

} // namespace songda::simulator
