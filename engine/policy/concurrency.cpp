// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/concurrency.h"

#include <algorithm>
#include <cmath>

namespace songda {

namespace {
/// How often the limit is looked at, and how many answers that takes.
constexpr Micros interval = std::chrono::milliseconds{100};
constexpr int answersNeeded = 10;
constexpr double smoothing = 0.2;
constexpr double longWindow = 60; ///< updates the long average covers
constexpr double dropFactor = 0.9;
} // namespace

ConcurrencyLimit::ConcurrencyLimit(const ConcurrencyPolicy &policy, int most)
    : m_policy(policy)
    , m_most(std::max(1, most))
    , m_limit(m_most) {}

void ConcurrencyLimit::configure(const ConcurrencyPolicy &policy, int most) {
    const bool wasFull = limit() >= m_most;
    m_policy = policy;
    m_most = std::max(1, most);
    m_limit = wasFull ? m_most : std::min<double>(m_limit, m_most);
}

int ConcurrencyLimit::limit() const {
    if (!m_policy.adaptive)
        return m_most;
    return std::clamp(static_cast<int>(m_limit + 0.5), std::min(m_policy.atLeast, m_most), m_most);
}

void ConcurrencyLimit::onAnswer(SteadyTime now, Micros latency, int inFlight) {
    m_sum += static_cast<double>(std::max<Micros::rep>(1, latency.count()));
    ++m_answers;
    m_mostInFlight = std::max(m_mostInFlight, inFlight);
    if (m_answers >= answersNeeded && now - m_updatedAt >= interval)
        update(now);
}

void ConcurrencyLimit::onDropped(SteadyTime now) {
    ++m_dropped;
    if (now - m_updatedAt >= interval)
        update(now);
}

void ConcurrencyLimit::update(SteadyTime now) {
    m_updatedAt = now;
    const double present = m_answers > 0 ? m_sum / m_answers : m_usual;
    // Drops that come alone in a while of good answers say nothing of the load.
    const bool dropping = m_dropped > 0 && m_dropped * 10 > m_answers;
    if (m_usual <= 0)
        m_usual = present;
    m_usual += (present - m_usual) / longWindow;
    // After a bad time the long average is far too long, and would let a new one pass unseen.
    if (present > 0 && m_usual / present > 2)
        m_usual *= 0.95;
    if (dropping) {
        m_limit *= dropFactor;
    } else if (present > 0 && 2 * m_mostInFlight >= limit()) { // a limit that was not used says nothing
        const double gradient = std::clamp(m_policy.tolerance * m_usual / present, 0.5, 1.0);
        const double wanted = m_limit * gradient + std::sqrt(m_limit);
        m_limit = m_limit * (1 - smoothing) + wanted * smoothing;
    }
    m_limit = std::clamp<double>(m_limit, std::min(m_policy.atLeast, m_most), m_most);
    m_sum = 0;
    m_answers = 0;
    m_dropped = 0;
    m_mostInFlight = 0;
}

} // namespace songda
