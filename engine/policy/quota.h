// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>

namespace songda {

struct QuotaPolicy {
    std::int64_t daily = 0; ///< sends a China day; 0: as the platform says, without end while it says nothing
    double keptForUrgent = 0; ///< share of the day that only urgent messages may use
    double keptForNormal = 0; ///< share that only normal and urgent ones may use
    bool ask = true; ///< openapi/quota/get (wechat-api.md section 6.1), at start and once an hour
};

/// What the platform said of the day's quota of one call.
struct QuotaReading {
    std::int64_t dailyLimit = 0;
    std::int64_t used = 0;
    std::optional<double> callsPerSecond; ///< of rate_limit, when there is one
    WallTime day; ///< first moment of the China day it speaks of
};

inline constexpr std::int64_t noQuota = std::numeric_limits<std::int64_t>::max();

/// What messages of a priority (0 bulk, 1 normal, 2 urgent) may use of a day's limit.
std::int64_t quotaFor(const QuotaPolicy &policy, int priority, std::int64_t limit);

/// The day's account of accepted messages: how many the platform has counted, as far as anybody knows, and how many may
/// still go.
/// A day is China's (section 9.1, 45009). Pure.
class QuotaLedger {
public:
    /// What the journal has on record as accepted on the day of `now`, when a process begins.
    void begin(std::int64_t acceptedToday, WallTime now);
    /// A message was accepted (section 12, item 5: these are what counts).
    void onAccepted(WallTime now);
    void onReading(const QuotaReading &reading);

    /// The limit that counts today; noQuota when there is none.
    std::int64_t limit(const QuotaPolicy &policy) const;
    std::int64_t used(WallTime now) const;
    /// How many messages of this priority (0 bulk, 1 normal, 2 urgent) may still go today.
    std::int64_t left(const QuotaPolicy &policy, int priority, WallTime now) const;

private:
    std::int64_t &countOf(WallTime day);

    /// By first moment of the day. Several, for a calendar that goes back finds the day it left.
    std::map<WallTime, std::int64_t> m_used;
    std::int64_t m_limit = 0; ///< as the platform said last, whatever the day
};

} // namespace songda
