// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the account's policy lets through at this time: quiet hours, the day's quota, the retry budget; and how much is
// claimed before it can go.
#include "engine/channels/wechat/quota_answer.h"
#include "engine/channels/wechat/requests.h"
#include "engine/delivery/account_lane.h"
#include "engine/policy/wechat_day.h"

#include <algorithm>

namespace songda::delivery {

namespace {
/// "At start and once an hour" (wechat-api.md section 6.1).
constexpr Micros quotaAskedEvery = std::chrono::hours{1};
constexpr Millis quotaDeadline{5000};
/// Rows claimed ahead of free connections, so that a commit under way never leaves a connection idle.
constexpr int claimsAheadPerConnection = 8;
constexpr int fewestAheadPerConnection = 2;
constexpr int claimsAheadAtMost = 256;
/// Of few connections to a peer that answers at once as many as go out while a group of writes gathers.
constexpr int claimsAheadOfQuick = 96;
/// Three times as long as a group of writes gathers: a peer that takes longer does not wait for the journal.
constexpr Micros quickAnswer = std::chrono::milliseconds{36};
constexpr Micros usualLookedAtEvery = std::chrono::milliseconds{50};
} // namespace

int AccountLane::repeatsInHand() const {
    return static_cast<int>(std::ranges::count_if(m_inHand, [](const ClaimedMessage &m) { return m.tries > 0 && !m.ambiguous; }));
}

/// What is claimed goes before an urgent message that comes later, does not see that its reader unsubscribed, and is in doubt
/// after a power cut. So with a peer that takes its time no more than what goes out while a few commits take place.
int AccountLane::claimsAhead(int cap, Now now) {
    if (now.steady - m_usualSince >= usualLookedAtEvery) {
        m_usualSince = now.steady;
        m_usualLatency = m_latencies.percentile(now.steady, 0.5);
    }
    const bool known = m_usualLatency > Micros{0};
    if (known && m_usualLatency < quickAnswer) {
        const bool wide = m_concurrency.limit() >= m_config.account.connections; // answers do not come slower than usual
        return std::clamp(cap * claimsAheadPerConnection, wide ? claimsAheadOfQuick : 0, claimsAheadAtMost);
    }
    const auto perConnection = known ? static_cast<int>(claimsAheadPerConnection * quickAnswer / m_usualLatency) : claimsAheadPerConnection;
    return std::min(cap * std::max(perConnection, fewestAheadPerConnection), claimsAheadAtMost);
}

ClaimLimits AccountLane::claimLimits(Now now) {
    const Policy &policy = m_config.policy;
    ClaimLimits limits;
    limits.repeats = std::max(0, m_budget.available(now.steady) - repeatsInHand());
    if (m_quietUntil)
        limits.lowestPriority = policy.quietHours.urgentPasses ? 2 : 3;
    for (int priority = 0; priority < 3; ++priority) {
        const std::int64_t left = m_quota.left(policy.quota, priority, now.wall);
        // What is claimed or under way will need its share of what is left.
        const auto promised = static_cast<std::int64_t>(m_inFlight.size() + m_inHand.size());
        limits.quota[static_cast<std::size_t>(priority)] = left == noQuota ? left : std::max<std::int64_t>(0, left - promised);
    }
    limits.bulkShare = policy.shares.bulk;
    limits.normalShare = policy.shares.normal;
    limits.perRecipient = policy.frequency.messages;
    limits.perRecipientWindow = policy.frequency.window;
    limits.urgentPassesPerRecipient = policy.frequency.urgentPasses;
    return limits;
}

void AccountLane::followCalendar(Now now) {
    const bool wasQuiet = m_quietUntil.has_value();
    m_quietUntil = quietUntil(m_config.policy.quietHours, now.wall);
    if (m_quietUntil && !wasQuiet)
        letGo(); // what was claimed before it began
    if (m_calendarWake && now.wall >= *m_calendarWake)
        m_mayHaveDue = true;
    m_calendarWake.reset();
    const auto consider = [this](std::optional<WallTime> at) {
        if (at && (!m_calendarWake || *at < *m_calendarWake))
            m_calendarWake = at;
    };
    if (m_behindQuiet > 0)
        consider(m_quietUntil);
    if (m_behindQuota > 0) {
        consider(nextQuotaReset(now.wall));
        if (m_config.policy.quota.ask && m_quotaAskedAt) // it may be raised
            consider(now.wall + std::chrono::ceil<Millis>(std::max(Micros{0}, *m_quotaAskedAt + quotaAskedEvery - now.steady) + Millis{1}));
    }
}

void AccountLane::applyRate(Now now) {
    const Account &a = m_config.account;
    m_bucket.configure(m_platformRate ? std::min(a.rate, *m_platformRate) : a.rate, a.burst, now.steady);
    if (m_slowedSince) // it begins anew with the new limit
        noteFullSpeed(now);
}

/// When the platform's day ends by both clocks' reckoning; nothing when it is over by one of them.
std::optional<WallTime> AccountLane::dayParkedUntil(Now now) const {
    if (!m_dayParkedUntil)
        return {};
    const WallTime until = std::min(*m_dayParkedUntil, now.wall + std::chrono::ceil<Millis>(m_dayParkedLatest - now.steady));
    return now.wall < until ? std::optional(until) : std::nullopt;
}

void AccountLane::askQuota(Now now) {
    const std::string *token = m_tokens.usable(now.steady);
    const bool needed = m_mayHaveDue || !m_inHand.empty() || m_behindQuota > 0;
    if (!m_config.policy.quota.ask || !needed || !token || m_quotaExchange || m_stopping)
        return;
    if (m_quotaAskedAt && now.steady < *m_quotaAskedAt + quotaAskedEvery)
        return;
    m_quotaAskedAt = now.steady;
    m_quotaExchange = m_context.nextId();
    HttpRequest request = wechat::quotaRequest(m_config.account, *token);
    request.deadline = quotaDeadline;
    m_context.transport.post(id(), *m_quotaExchange, std::move(request));
}

void AccountLane::onQuotaResponse(const HttpResponse &response, Now now) {
    m_quotaHeard = true;
    const auto reading = response.status == 200 ? wechat::readQuota(response.body, now.wall) : std::nullopt;
    if (!reading)
        return; // not every account may ask; without an answer the limits are what people set and what 45009 tells
    m_quota.onReading(*reading);
    if (m_behindQuota > 0)
        m_mayHaveDue = true;
    if (m_platformRate != reading->callsPerSecond) {
        m_platformRate = reading->callsPerSecond;
        applyRate(now);
    }
}

} // namespace songda::delivery
