// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/delivery/account_lane.h"

#include "engine/channels/wechat/requests.h"
#include "engine/model/breakage.h"
#include "engine/policy/deadline.h"
#include "engine/policy/replay_window.h"
#include "engine/policy/transport.h"
#include "engine/policy/wechat_day.h"

#include <algorithm>
#include <cmath>

namespace songda::delivery {

namespace {

/// How far ahead of the bucket claims may run: about two group commits.
constexpr double claimAheadSeconds = 0.02;
constexpr Millis journalRetryPause{1000};
/// Longer than any deadline.
constexpr Millis claimLease = std::chrono::minutes{1};
/// A timer must not sleep longer: calendar time may have jumped meanwhile.
constexpr Millis longestSleep = std::chrono::minutes{1};

SteadyTime steadyFor(WallTime when, Now now) {
    return now.steady + std::clamp<Micros>(when - now.wall, Micros{0}, longestSleep);
}

bool isByPerson(const std::optional<Hold> &hold) { return hold && hold->by != "engine"; }

} // namespace

AccountLane::AccountLane(AccountConfig config, LaneContext &context, Now now)
    : m_config(std::move(config))
    , m_context(context)
    , m_bucket(m_config.account.rate, m_config.account.burst, now.steady)
    , m_breaker(m_config.policy.breaker)
    , m_budget(m_config.policy.budget, now.steady)
    , m_concurrency(m_config.policy.concurrency, m_config.account.connections)
    , m_failover(m_config.policy.failover)
    , m_pumpedAt(now) {
    m_failover.begin(m_config.account.secondSince && !m_config.account.secondBase.empty(), now.steady);
    m_quota.begin(m_config.acceptedToday, now.wall);
    m_tokens.setBackOff(m_config.policy.retry.token);
    followCalendar(now);
    chooseTransport(now);
    probeOwnHold(now);
    if (m_holdProbeAt)
        *m_holdProbeAt += holdTimeLeft(*m_config.account.hold, now);
}

void AccountLane::reconfigure(AccountConfig config, Now now) {
    const Account &was = m_config.account;
    const Account &is = config.account;
    bool probe = false;
    const bool newRate = was.rate != is.rate || was.burst != is.burst;
    const bool newTransport = was.connections != is.connections || was.transport != is.transport || was.rate != is.rate;
    const bool newHosts = was.apiBase != is.apiBase || was.secondBase != is.secondBase;
    config.account.secondSince = newHosts ? std::nullopt : was.secondSince; // a reading may be older than our own change
    // A store that cannot be read at the moment says nothing against the secret that it gave before.
    if (config.secret.empty() && !config.secretProblem.empty() && was.appid == is.appid)
        config.secret = m_config.secret;
    if (was.apiBase != is.apiBase || was.appid != is.appid || m_config.secret != config.secret) {
        m_tokens = wechat::TokenKeeper{};
        // Whatever they say, they were asked with what holds no longer.
        for (auto *exchange : {&m_tokenExchange, &m_quotaExchange}) {
            if (const auto asked = std::exchange(*exchange, std::nullopt))
                m_context.transport.cancel(*asked);
        }
        m_platformRate.reset();
        m_quotaAskedAt.reset();
        m_quotaHeard = false;
        backOnline();
        probe = true;
    }
    if (was.proxy != is.proxy) { // another way, and what was wrong with the one before may be over
        backOnline();
        probe = true;
    }
    // A reading from before our own hold or release reached the database says nothing about it. What a person says comes before both.
    if (isByPerson(is.hold))
        m_holdUnrecorded = false;
    const bool ourOwnComes = m_holdsPending > 0 || m_holdUnrecorded;
    const auto hold = ourOwnComes && !isByPerson(is.hold) ? was.hold : is.hold;
    if (was.hold && !hold) {
        m_tokens.forgetTroubles();
        backOnline();
        m_throttledUntil.reset();
        m_dayParkedUntil.reset();
        m_holdProbeAt.reset();
    }
    const bool otherHold = hold && hold != was.hold;
    m_config = std::move(config);
    m_config.account.hold = hold;
    if (newHosts)
        forgetHosts(now);
    m_failover.configure(m_config.policy.failover);
    if (newRate)
        applyRate(now);
    letGo(); // the policy may be another
    m_breaker.configure(m_config.policy.breaker);
    m_budget.configure(m_config.policy.budget, now.steady);
    m_concurrency.configure(m_config.policy.concurrency, m_config.account.connections);
    m_tokens.setBackOff(m_config.policy.retry.token);
    followCalendar(now);
    if (newTransport)
        chooseTransport(now);
    if (otherHold && isByPerson(hold))
        m_holdProbeAt.reset();
    else if (otherHold && mayEndByItself(*hold))
        m_holdProbeAt = now.steady + holdTimeLeft(*hold, now);
    if (probe)
        probeOwnHold(now);
    m_mayHaveDue = true;
}

void AccountLane::stop(Now now) {
    m_stopping = true;
    pump(now);
}

void AccountLane::cancelInFlight() {
    for (const auto &[exchange, flight] : m_inFlight)
        m_context.transport.cancel(exchange);
    for (const auto &exchange : {m_tokenExchange, m_quotaExchange, m_hostExchange}) {
        if (exchange)
            m_context.transport.cancel(*exchange);
    }
}

Gate AccountLane::gate(Now now) const {
    if (m_stopping)
        return Gate::EngineStopped;
    if (m_paused)
        return Gate::EnginePaused;
    if (m_config.account.hold)
        return Gate::AccountHeld;
    if (m_journalRetryAt)
        return Gate::JournalBlocked;
    if (dayParkedUntil(now))
        return Gate::DayQuota;
    if (m_throttledUntil && now.steady < *m_throttledUntil)
        return Gate::MinuteThrottle;
    if (m_offlineUntil && now.steady < *m_offlineUntil)
        return Gate::Offline;
    if (m_breaker.state(now.steady) == CircuitBreaker::State::Open)
        return Gate::BreakerOpen;
    const bool work = m_mayHaveDue || !m_inHand.empty() || !m_inFlight.empty();
    if (!work) {
        if (m_behindQuota > 0)
            return Gate::DayQuota;
        if (m_behindQuiet > 0)
            return Gate::QuietHours;
        return m_behindHolds > 0 ? Gate::TemplatesHeld : Gate::Idle;
    }
    return m_tokens.usable(now.steady) ? Gate::Open : Gate::NoToken;
}

bool AccountLane::mayPost(Now now) const {
    switch (gate(now)) {
    case Gate::Open:
    case Gate::Idle:
    case Gate::NoToken:
    case Gate::QuietHours:
    case Gate::TemplatesHeld: return true;
    // Parked by the platform nothing goes; by our own count, what needs no quota of its own.
    case Gate::DayQuota: return !dayParkedUntil(now);
    default: return false;
    }
}

int AccountLane::fullCap() const { return m_concurrency.limit() * (isBroken(Breakage::ConnectionsIgnored) ? 2 : 1); }

int AccountLane::connectionCap(Now now) const {
    const int full = fullCap();
    const int running = static_cast<int>(m_inFlight.size());
    int cap = full;
    if (m_offlineStreak > 0)
        cap = 1; // a probe
    const int allowed = m_breaker.allowed(now.steady, running);
    if (allowed < full)
        cap = std::min(cap, running + allowed);
    return cap;
}

void AccountLane::pump(Now now) {
    m_pumpedAt = now;
    askOtherHost(now);
    if (m_config.account.hold && m_holdProbeAt && now.steady >= *m_holdProbeAt && !m_stopping && !m_paused)
        fetchToken(now);
    if (m_journalRetryAt && now.steady >= *m_journalRetryAt) {
        m_journalRetryAt.reset();
        for (AttemptResult &result : std::exchange(m_unrecorded, {}))
            m_results.push_back(std::move(result));
        giveBack(std::exchange(m_unreleased, {}));
        if (std::exchange(m_holdUnrecorded, false) && m_holdsPending == 0)
            recordHold();
        m_mayHaveDue = true;
    }
    followCalendar(now);
    if (std::exchange(m_handsOff, false))
        giveBackAll();
    if (mayPost(now)) {
        const bool needed = m_mayHaveDue || !m_inHand.empty();
        if (m_tokens.shouldFetch(now.steady, needed))
            fetchToken(now);
        askQuota(now);
        // Whether anything of the day is left is known when the platform has said so once.
        if (m_quotaHeard || !m_quotaExchange) {
            sendInHand(now);
            claimMore(now);
        }
    } else {
        giveBackAll();
    }
    flushResults();
}

bool AccountLane::refreshToken(Now now) {
    if (m_tokenExchange || gate(now) != Gate::NoToken)
        return false;
    m_tokens.fetchSoon();
    fetchToken(now);
    return true;
}

void AccountLane::fetchToken(Now now) {
    if (m_tokenExchange)
        return;
    m_holdProbeAt.reset();
    if (m_config.secret.empty()) {
        Outcome outcome;
        outcome.errmsg = m_config.secretProblem;
        holdAccount("secret_unavailable", outcome, now);
        return;
    }
    const bool forced = m_tokens.shouldForce(now.steady);
    m_tokens.fetchStarted(now.steady, forced);
    m_tokenExchange = m_context.nextId();
    m_tokenAskedAt = now.steady;
    m_context.transport.post(id(), *m_tokenExchange, wechat::tokenRequest(m_config.account, m_config.secret, forced));
}

void AccountLane::sendInHand(Now now) {
    const std::string *token = m_tokens.usable(now.steady);
    if (!token)
        return;
    const int cap = connectionCap(now);
    const Millis deadline = sendDeadline(now);
    std::vector<ClaimedMessage> tooLate;
    for (auto it = m_inHand.begin(); it != m_inHand.end() && static_cast<int>(m_inFlight.size()) < cap;) {
        if (m_recipients.contains(it->recipient) && !isBroken(Breakage::NoRecipientOrder)) {
            ++it; // its turn comes when the other message to this person has ended
            continue;
        }
        // The window is looked at here again: what was claimed in time may have waited in hand. The journal
        // knows what to do with it when it is claimed the next time.
        if (it->repeatBefore && now.steady >= *it->repeatBefore) {
            tooLate.push_back(std::move(*it));
            it = m_inHand.erase(it);
            continue;
        }
        if (!m_bucket.take(now.steady) && !isBroken(Breakage::RateIgnored))
            break;
        const ExchangeId exchange = m_context.nextId();
        HttpRequest request = wechat::sendRequest(m_config.account, *token, *it);
        request.deadline = deadline;
        m_recipients.insert(it->recipient);
        if (!it->repeat)
            m_budget.onFirstTry();
        else if (it->tries > 0)
            m_budget.onRepeat(now.steady);
        m_inFlight.emplace(exchange, InFlight{std::move(*it), *token, now});
        it = m_inHand.erase(it);
        m_context.transport.post(id(), exchange, std::move(request));
    }
    if (!tooLate.empty()) {
        giveBack(std::move(tooLate));
        m_mayHaveDue = true;
    }
}

void AccountLane::chooseTransport(Now now) {
    const Account &a = m_config.account;
    m_bulk = needsBulkTransport(a.transport, a.rate, a.connections, m_latencies.percentile(now.steady, 0.5));
    m_context.transport.configure(id(), a.connections, m_bulk);
}

Millis AccountLane::sendDeadline(Now now) {
    if (now.steady - m_deadlineSince >= Seconds{1}) {
        m_deadlineSince = now.steady;
        // Only ever up: a change of transport costs the connections that were warm.
        if (!m_bulk && m_config.account.transport == TransportChoice::Auto)
            chooseTransport(now);
        m_deadline = answerDeadline(m_config.policy.deadline, m_latencies.percentile(now.steady, 0.99), m_latencies.samples(now.steady));
    }
    return m_deadline;
}

void AccountLane::claimMore(Now now) {
    if (m_nextDue && now.steady >= *m_nextDue) {
        m_nextDue.reset();
        m_mayHaveDue = true;
    }
    if (!m_mayHaveDue || m_claimTicket || !m_tokens.usable(now.steady))
        return;
    const bool underWay = !m_inFlight.empty() || !m_inHand.empty() || !m_results.empty() || !m_recordings.empty() || !m_unrecorded.empty();
    if (m_suspectsWait && underWay)
        return; // when all of them have ended, the suspects go one by one
    const int cap = connectionCap(now);
    const int room = cap - static_cast<int>(m_inFlight.size());
    const bool atFullSpeed = cap >= fullCap();
    const int ahead = atFullSpeed ? claimsAhead(cap, now) : 0;
    const int byRate = m_bucket.available(now.steady)
        + static_cast<int>(std::floor(m_bucket.workingRate() * claimAheadSeconds));
    const int target = std::min(room + ahead, byRate);
    const int wanted = target - static_cast<int>(m_inHand.size());
    // Not one by one: a claim is worth its commit when it brings a good part of what fits.
    if (wanted < std::max(1, std::min(target, ahead) / 4))
        return;
    m_claimTicket = m_context.nextId();
    m_mayHaveDue = false; // set again by the reply, or by whoever adds work meanwhile
    m_context.journal.claim(*m_claimTicket,
        ClaimRequest{id(), m_context.run, wanted, now, claimLease, m_context.even.at(now.steady), claimLimits(now), m_failover.onSecond(),
            m_suspectsWait, baseInUse(m_config.account)});
}

void AccountLane::giveBack(std::vector<ClaimedMessage> claims) {
    if (claims.empty())
        return;
    const Ticket ticket = m_context.nextId();
    m_recordings[ticket].claims = claims;
    m_context.journal.release(ticket, m_context.run, std::move(claims));
}

void AccountLane::giveBackAll() {
    if (m_inHand.empty())
        return;
    giveBack({std::make_move_iterator(m_inHand.begin()), std::make_move_iterator(m_inHand.end())});
    m_inHand.clear();
    m_mayHaveDue = true;
}

void AccountLane::onClaimed(Result<ClaimReply> reply, Now now) {
    m_claimTicket.reset();
    if (std::exchange(m_claimOutdated, false))
        m_handsOff = true;
    if (!reply) {
        onJournalFailed(reply.error().detail, now);
        return;
    }
    m_journalProblem.clear();
    for (ClaimedMessage &message : reply->messages)
        m_inHand.push_back(std::move(message));
    m_behindHolds = reply->behindHolds;
    m_suspectsWait = reply->suspectsWait;
    m_behindQuota = reply->behindQuota;
    m_behindQuiet = reply->behindQuiet;
    m_cappedUntil = reply->nextIsCapped ? reply->nextDue : std::nullopt;
    m_budgetAt.reset();
    m_repeatsWaiting = reply->nextRepeat.has_value() || reply->repeatsOverBudget;
    m_mayHaveDue = m_mayHaveDue || reply->more;
    m_nextDue = reply->nextDue ? std::optional(steadyFor(*reply->nextDue, now)) : std::nullopt;
    if (reply->nextRepeat) {
        const SteadyTime due = m_context.even.steadyAt(*reply->nextRepeat);
        m_nextDue = std::min(m_nextDue.value_or(due), due);
    }
    if (reply->repeatsOverBudget) {
        m_budgetAt = m_budget.nextAt(now.steady, repeatsInHand());
        m_nextDue = std::min(m_nextDue.value_or(*m_budgetAt), *m_budgetAt);
    }
}

void AccountLane::onJournalFailed(const std::string &why, Now now) {
    m_journalProblem = why;
    m_journalRetryAt = now.steady + journalRetryPause;
}

void AccountLane::onHoldRecorded(const Result<void> &result, Now now) {
    m_holdsPending = std::max(0, m_holdsPending - 1);
    if (result) {
        m_journalProblem.clear();
        return;
    }
    onJournalFailed(result.error().detail, now);
    // What is still on its way is newer.
    m_holdUnrecorded = m_holdsPending == 0 && !isByPerson(m_config.account.hold);
}

bool AccountLane::onRecorded(Ticket ticket, const Result<int> &result, Now now) {
    const auto it = m_recordings.find(ticket);
    if (it == m_recordings.end())
        return false;
    if (!result) {
        // Kept and tried again: the wire has seen them, so their rows must come.
        onJournalFailed(result.error().detail, now);
        if (isBroken(Breakage::ResultsLost))
            it->second.results.clear();
        for (AttemptResult &r : it->second.results)
            m_unrecorded.push_back(std::move(r));
        for (ClaimedMessage &c : it->second.claims)
            m_unreleased.push_back(std::move(c));
    } else {
        m_journalProblem.clear();
        for (const AttemptResult &r : it->second.results) {
            if (!isWaiting(r.next))
                continue;
            m_repeatsWaiting = true;
            const SteadyTime due = m_context.even.steadyAt(r.dueAt);
            if (due <= now.steady)
                m_mayHaveDue = true;
            else
                m_nextDue = std::min(m_nextDue.value_or(due), due);
        }
    }
    m_recordings.erase(it);
    return true;
}

void AccountLane::record(AttemptResult result) {
    // What it had been promised of the day's quota is free again.
    if (m_behindQuota > 0 && result.next != MessageState::Accepted)
        m_mayHaveDue = true;
    m_results.push_back(std::move(result));
}

void AccountLane::flushResults() {
    if (m_results.empty() || m_journalRetryAt)
        return;
    const Ticket ticket = m_context.nextId();
    auto &recording = m_recordings[ticket];
    recording.results = std::exchange(m_results, {});
    m_context.journal.finish(ticket, recording.results);
}

std::optional<SteadyTime> AccountLane::nextWake() const {
    const Now now = m_pumpedAt;
    std::optional<SteadyTime> wake;
    const auto consider = [&](std::optional<SteadyTime> at) {
        if (at && (!wake || *at < *wake))
            wake = *at;
    };
    if (m_journalRetryAt)
        return m_journalRetryAt; // the gate is closed until then
    if (m_stopping || m_paused)
        return wake;
    if (mayAskOtherHost())
        consider(m_failover.nextProbe());
    if (m_config.account.hold) {
        if (!m_tokenExchange) // else its answer wakes
            consider(m_holdProbeAt);
        return wake;
    }
    if (const auto until = dayParkedUntil(now)) {
        consider(steadyFor(*until, now));
        return wake;
    }
    for (const auto &pause : {m_throttledUntil, m_offlineUntil}) {
        if (pause && now.steady < *pause) {
            consider(pause);
            return wake;
        }
    }
    if (const auto probe = m_breaker.opensAgainAt(now.steady)) {
        consider(probe);
        return wake;
    }
    consider(m_nextDue);
    if (m_calendarWake)
        consider(steadyFor(*m_calendarWake, now));
    const bool work = m_mayHaveDue || !m_inHand.empty();
    if (work) {
        if (!m_tokens.usable(now.steady) || m_tokens.shouldFetch(now.steady, true))
            consider(m_tokens.nextChange(now.steady));
        const bool room = static_cast<int>(m_inFlight.size()) < connectionCap(now);
        if (room && m_tokens.usable(now.steady) && !m_claimTicket)
            consider(nextToken(now.steady)); // with a token in the bucket something else is missing, and an event tells
    }
    return wake;
}

bool AccountLane::isDrained(Now now) const {
    if (!isQuiet() || !m_inHand.empty())
        return false;
    switch (gate(now)) {
    case Gate::AccountHeld:
    case Gate::DayQuota:
    case Gate::EnginePaused:
    case Gate::EngineStopped: return true; // nothing more will happen without a person, or today
    case Gate::Idle:
    case Gate::QuietHours:
    case Gate::TemplatesHeld: return !m_repeatsWaiting;
    default: return false;
    }
}

} // namespace songda::delivery
