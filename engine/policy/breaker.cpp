// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/breaker.h"

#include <algorithm>
#include <limits>

namespace songda {

namespace {
/// Answers over which the usual share of failures is averaged.
constexpr double usualOver = 500;
} // namespace

CircuitBreaker::CircuitBreaker(BreakerPolicy policy)
    : m_policy(policy)
    , m_pause(policy.openFor) {}

void CircuitBreaker::configure(const BreakerPolicy &policy) {
    if (policy.window != m_policy.window)
        m_slots = {}; // they are counted in parts of the window
    m_policy = policy;
    m_pause = m_openUntil ? std::min(m_pause, policy.openForAtMost) : policy.openFor;
}

CircuitBreaker::State CircuitBreaker::state(SteadyTime now) const {
    if (!m_openUntil)
        return State::Closed;
    return now < *m_openUntil ? State::Open : State::HalfOpen;
}

int CircuitBreaker::allowed(SteadyTime now, int inFlight) const {
    switch (state(now)) {
    case State::Closed: return std::numeric_limits<int>::max();
    case State::Open: return 0;
    case State::HalfOpen: return std::max(0, m_policy.probes - inFlight);
    }
    return 0;
}

double CircuitBreaker::threshold() const {
    return std::min(0.95, m_policy.failureShare + m_policy.adaptation * m_usualShare);
}

void CircuitBreaker::onSuccess(SteadyTime now) {
    m_run = 0;
    if (state(now) == State::Closed) {
        ++slotAt(now).successes;
        return;
    }
    if (state(now) == State::Open)
        return; // an answer from before the pause
    if (++m_probeSuccesses >= m_policy.probesToClose) {
        m_openUntil.reset();
        m_pause = m_policy.openFor;
        m_probeSuccesses = 0;
        m_slots = {};
    }
}

void CircuitBreaker::onFailure(SteadyTime now, std::int64_t message, std::optional<SteadyTime> begun) {
    switch (state(now)) {
    case State::Open: return; // from before the pause; already known
    case State::HalfOpen:
        m_pause = std::min(m_policy.openForAtMost, m_pause * 2);
        open(begun.value_or(now));
        return;
    case State::Closed: break;
    }
    m_runOfSeveral = m_run > 0 && (m_runOfSeveral || message != m_runFirst);
    if (m_run++ == 0)
        m_runFirst = message;
    ++slotAt(now).failures;
    const auto tick = slotAt(now).tick;
    int successes = 0;
    int failures = 0;
    for (const Slot &slot : m_slots) {
        if (slot.tick < 0 || tick - slot.tick >= slotCount)
            continue;
        successes += slot.successes;
        failures += slot.failures;
    }
    const int volume = successes + failures;
    // A run tells of a sudden outage sooner than the share, which the good answers before it hold down.
    const bool enough = volume >= m_policy.minimumVolume;
    const bool run = m_runOfSeveral && m_run >= (enough ? 4 : 1) * m_policy.inARow;
    if (run || (enough && failures >= threshold() * volume))
        open(now);
}

std::optional<SteadyTime> CircuitBreaker::opensAgainAt(SteadyTime now) const {
    return state(now) == State::Open ? m_openUntil : std::nullopt;
}

CircuitBreaker::Slot &CircuitBreaker::slotAt(SteadyTime now) {
    const auto width = std::chrono::duration_cast<Micros>(m_policy.window) / slotCount;
    const std::int64_t tick = now.time_since_epoch() / std::max(width, Micros{1});
    Slot &slot = m_slots[static_cast<std::size_t>(tick % slotCount)];
    if (slot.tick == tick)
        return slot;
    // What leaves the window becomes part of what is usual; never what is in it, or an outage would raise its own bar.
    if (const int volume = slot.successes + slot.failures; slot.tick >= 0 && volume > 0) {
        const double share = static_cast<double>(slot.failures) / volume;
        m_usualShare += (share - m_usualShare) * std::min(1.0, volume / usualOver);
    }
    slot = Slot{tick, 0, 0};
    return slot;
}

void CircuitBreaker::open(SteadyTime from) {
    m_openUntil = from + m_pause;
    m_probeSuccesses = 0;
    m_run = 0;
    ++m_timesOpened;
}

} // namespace songda
