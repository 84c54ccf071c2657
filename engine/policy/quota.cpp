// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/quota.h"

#include <algorithm>
#include <cmath>

namespace songda {

namespace {
/// Enough for a calendar that somebody corrects a few times; what is older can never be asked for again.
constexpr std::size_t daysRemembered = 8;
} // namespace

std::int64_t quotaFor(const QuotaPolicy &policy, int priority, std::int64_t limit) {
    if (limit == noQuota)
        return noQuota;
    double kept = 0;
    if (priority < 2)
        kept += policy.keptForUrgent;
    if (priority < 1)
        kept += policy.keptForNormal;
    const double mine = std::floor(static_cast<double>(limit) * std::max(0.0, 1 - kept) + 1e-6);
    return mine < static_cast<double>(limit) ? static_cast<std::int64_t>(mine) : limit;
}

void QuotaLedger::begin(std::int64_t acceptedToday, WallTime now) { countOf(startOfChinaDay(now)) = acceptedToday; }

void QuotaLedger::onAccepted(WallTime now) {
    std::int64_t &used = countOf(startOfChinaDay(now));
    used += used < noQuota ? 1 : 0;
}

void QuotaLedger::onReading(const QuotaReading &reading) {
    m_limit = reading.dailyLimit;
    // Others may send for this account too.
    std::int64_t &used = countOf(reading.day);
    used = std::max(used, reading.used);
}

std::int64_t QuotaLedger::limit(const QuotaPolicy &policy) const {
    if (policy.daily > 0 && m_limit > 0)
        return std::min(policy.daily, m_limit);
    const std::int64_t known = std::max(policy.daily, m_limit);
    return known > 0 ? known : noQuota;
}

std::int64_t QuotaLedger::used(WallTime now) const {
    const auto it = m_used.find(startOfChinaDay(now));
    return it == m_used.end() ? 0 : it->second;
}

std::int64_t QuotaLedger::left(const QuotaPolicy &policy, int priority, WallTime now) const {
    const std::int64_t mine = quotaFor(policy, priority, limit(policy));
    return mine == noQuota ? noQuota : std::max<std::int64_t>(0, mine - used(now));
}

std::int64_t &QuotaLedger::countOf(WallTime day) {
    const auto it = m_used.try_emplace(day, 0).first;
    while (m_used.size() > daysRemembered)
        m_used.erase(m_used.begin() == it ? std::next(it) : m_used.begin());
    return it->second;
}

} // namespace songda
