// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/quota.h"

#include <algorithm>
#include <cmath>

namespace songda {

void QuotaLedger::begin(std::int64_t acceptedToday, WallTime now) {
    m_day = startOfChinaDay(now);
    m_used = acceptedToday;
}

void QuotaLedger::onAccepted(WallTime now) {
    turnDay(now);
    ++m_used;
}

void QuotaLedger::onReading(const QuotaReading &reading) {
    turnDay(reading.day);
    m_limit = reading.dailyLimit;
    // Others may send for this account too.
    m_used = std::max(m_used, reading.used);
}

std::int64_t QuotaLedger::limit(const QuotaPolicy &policy) const {
    if (policy.daily > 0 && m_limit > 0)
        return std::min(policy.daily, m_limit);
    const std::int64_t known = std::max(policy.daily, m_limit);
    return known > 0 ? known : noQuota;
}

std::int64_t QuotaLedger::used(WallTime now) const { return startOfChinaDay(now) == m_day ? m_used : 0; }

std::int64_t QuotaLedger::left(const QuotaPolicy &policy, int priority, WallTime now) const {
    const std::int64_t whole = limit(policy);
    if (whole == noQuota)
        return noQuota;
    double kept = 0;
    if (priority < 2)
        kept += policy.keptForUrgent;
    if (priority < 1)
        kept += policy.keptForNormal;
    const auto mine = static_cast<std::int64_t>(std::floor(static_cast<double>(whole) * std::max(0.0, 1 - kept) + 1e-6));
    return std::max<std::int64_t>(0, mine - used(now));
}

void QuotaLedger::turnDay(WallTime now) {
    const WallTime day = startOfChinaDay(now);
    if (day == m_day)
        return;
    m_day = day;
    m_used = 0;
}

} // namespace songda
