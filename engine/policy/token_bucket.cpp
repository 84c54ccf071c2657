// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/token_bucket.h"

#include <algorithm>
#include <cmath>

namespace songda {

namespace {
/// A token that is there but for rounding is there.
constexpr double whole = 1.0 - 1e-9;
/// Of the rate that was refused, what is taken to have been fine.
constexpr double kneeShare = 0.9;
constexpr double fastCreep = 2;
} // namespace

TokenBucket::TokenBucket(double rate, double burst, SteadyTime now)
    : m_rate(std::max(rate, 1e-6))
    , m_burst(std::max(burst, 1.0))
    , m_working(m_rate)
    , m_tokens(m_burst)
    , m_at(now) {}

void TokenBucket::configure(double rate, double burst, SteadyTime now) {
    refill(now);
    m_rate = std::max(rate, 1e-6);
    m_burst = std::max(burst, 1.0);
    m_working = m_rate;
    m_knee = 0;
    m_tokens = std::min(m_tokens, m_burst);
}

bool TokenBucket::take(SteadyTime now) {
    refill(now);
    if (m_tokens < whole)
        return false;
    m_tokens = std::max(0.0, m_tokens - 1.0);
    return true;
}

void TokenBucket::giveBack() { m_tokens = std::min(m_burst, m_tokens + 1.0); }

int TokenBucket::available(SteadyTime now) {
    refill(now);
    return static_cast<int>(m_tokens + 1e-9);
}

SteadyTime TokenBucket::nextAt(SteadyTime now) {
    refill(now);
    if (m_tokens >= whole)
        return now;
    const double seconds = (1.0 - m_tokens) / m_working;
    return now + Micros{static_cast<Micros::rep>(std::ceil(seconds * 1e6))};
}

void TokenBucket::slowDown(SteadyTime now) {
    refill(now);
    m_knee = kneeShare * m_working;
    m_working = std::max(m_working / 2, m_rate / 100);
    m_tokens = 0;
}

void TokenBucket::creepUp(SteadyTime now) {
    if (m_working >= m_rate)
        return;
    refill(now);
    // Additive: each answered send gives back a hundredth of a second's share of the rate. Up to what went well before
    // the last refusal faster, or a quarter of what is allowed would lie idle (as CUBIC does for TCP).
    const double step = std::max(m_rate, 1.0) / 100 / std::max(m_working, 1.0);
    m_working = std::min(m_rate, m_working + (m_working < m_knee ? step * fastCreep : step));
}

void TokenBucket::refill(SteadyTime now) {
    if (now <= m_at)
        return;
    const double seconds = std::chrono::duration<double>(now - m_at).count();
    m_tokens = std::min(m_burst, m_tokens + seconds * m_working);
    m_at = now;
}

} // namespace songda
