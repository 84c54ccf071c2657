// SPDX-License-Identifier: GPL-3.0-or-later
//
// What people are shown of a lane: what keeps it back, and until when.
#include "engine/delivery/account_lane.h"
#include "engine/policy/wechat_day.h"

namespace songda::delivery {

/// When the bucket will have a token; nothing while it has one.
std::optional<SteadyTime> AccountLane::nextToken(SteadyTime now) const {
    const SteadyTime at = TokenBucket(m_bucket).nextAt(now);
    return at > now ? std::optional(at) : std::nullopt;
}

/// For people: where no gate is closed, what still keeps back everything that is due. Whoever may send several a second and
/// does so is not kept back.
Gate AccountLane::shownGate(Now now) const {
    const Gate closed = gate(now);
    if (!m_inFlight.empty() || (closed != Gate::Open && closed != Gate::Idle))
        return closed;
    if (closed == Gate::Open)
        return m_bucket.workingRate() < 1 && nextToken(now.steady) ? Gate::Rate : Gate::Open;
    if (m_claimTicket) // what comes next is just being fetched
        return m_tokens.usable(now.steady) ? Gate::Open : Gate::NoToken;
    return m_budgetAt ? Gate::RetryBudget : m_cappedUntil ? Gate::FrequencyCap : Gate::Idle;
}

AccountSnapshot AccountLane::snapshot(Now now) const {
    AccountSnapshot s;
    const Account &account = m_config.account;
    s.id = account.id;
    s.name = account.name;
    s.environment = environmentOf(account);
    s.gate = shownGate(now);
    s.hold = account.hold;
    const auto calendar = [now](SteadyTime then) { return now.wall + std::chrono::ceil<Millis>(then - now.steady); };
    switch (s.gate) {
    case Gate::AccountHeld: s.gateDetail = account.hold->cause; break;
    case Gate::Rate:
        if (const auto token = nextToken(now.steady))
            s.gateUntil = calendar(*token);
        break;
    case Gate::RetryBudget: s.gateUntil = calendar(*m_budgetAt); break;
    case Gate::FrequencyCap: s.gateUntil = m_cappedUntil; break;
    case Gate::DayQuota: s.gateUntil = dayParkedUntil(now).value_or(nextQuotaReset(now.wall)); break;
    case Gate::QuietHours: s.gateUntil = m_quietUntil; break;
    case Gate::MinuteThrottle: s.gateUntil = calendar(*m_throttledUntil); break;
    case Gate::Offline:
        s.gateDetail = m_offlineCause;
        s.gateUntil = calendar(*m_offlineUntil);
        break;
    case Gate::BreakerOpen:
        if (const auto at = m_breaker.opensAgainAt(now.steady))
            s.gateUntil = calendar(*at);
        break;
    case Gate::JournalBlocked: s.gateDetail = m_journalProblem; break;
    default: break;
    }
    s.inFlight = static_cast<int>(m_inFlight.size());
    s.ratePerSecond = m_latencies.rate(now.steady);
    s.rateLimit = m_bucket.workingRate();
    s.tokenLife = m_tokens.life(now.steady);
    s.acceptedToday = m_quota.used(now.wall);
    if (const auto limit = m_quota.limit(m_config.policy.quota); limit != noQuota)
        s.quotaLimit = limit;
    s.concurrencyLimit = fullCap();
    s.clockDifference = m_clockDifference;
    s.secretUsedElsewhere = m_tokens.takenByOthers(now.steady);
    const CircuitBreaker::State breaker = m_breaker.state(now.steady);
    s.breakerOpen = breaker == CircuitBreaker::State::Open;
    s.breakerProbing = breaker == CircuitBreaker::State::HalfOpen;
    s.onSecondHost = m_failover.onSecond();
    s.endedAccepted = m_totals.accepted;
    s.endedFailed = m_totals.failed - m_totals.refused;
    s.endedRefused = m_totals.refused;
    s.tokenBeingFetched = m_tokens.fetching();
    return s;
}

} // namespace songda::delivery
