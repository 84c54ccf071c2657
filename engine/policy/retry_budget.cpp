// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/retry_budget.h"

#include <algorithm>
#include <cmath>

namespace songda {

namespace {
/// A whole repeat that is there but for rounding is there.
constexpr double rounding = 1e-9;
/// What an account starts with, in seconds of its steady allowance: the repeats an earlier run left waiting.
constexpr double secondsAtStart = 20;
} // namespace

RetryBudget::RetryBudget(const RetryBudgetPolicy &policy, SteadyTime now)
    : m_policy(policy)
    , m_balance(std::min(policy.atMost, policy.perSecond * secondsAtStart))
    , m_at(now) {}

void RetryBudget::configure(const RetryBudgetPolicy &policy, SteadyTime now) {
    m_balance = balance(now);
    m_at = now;
    m_policy = policy;
    m_balance = std::min(m_balance, m_policy.atMost);
}

void RetryBudget::onFirstTry() { m_balance = std::min(m_policy.atMost, m_balance + m_policy.share); }

void RetryBudget::onRepeat(SteadyTime now) {
    // Not without end: what had to be repeated at once shall not stop all others for long.
    m_balance = std::max(-m_policy.perSecond, balance(now) - 1);
    m_at = std::max(m_at, now);
}

int RetryBudget::available(SteadyTime now) const { return std::max(0, static_cast<int>(balance(now) + rounding)); }

SteadyTime RetryBudget::nextAt(SteadyTime now, int promised) const {
    const double missing = 1 + promised - balance(now);
    if (missing <= rounding)
        return now;
    return now + Micros{static_cast<Micros::rep>(std::ceil((missing - rounding) / m_policy.perSecond * 1e6))};
}

double RetryBudget::balance(SteadyTime now) const {
    const double seconds = std::max(0.0, std::chrono::duration<double>(now - m_at).count());
    return std::min(m_policy.atMost, m_balance + seconds * m_policy.perSecond);
}

} // namespace songda
