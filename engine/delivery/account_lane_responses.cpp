// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an answer means for the message it belongs to and for the lane it came through.
#include "engine/channels/wechat/requests.h"
#include "engine/delivery/account_lane.h"
#include "engine/model/breakage.h"
#include "engine/policy/classify.h"
#include "engine/policy/named_secrets.h"
#include "engine/policy/clock_watch.h"
#include "engine/policy/wechat_day.h"

#include <algorithm>
#include <cstdio>

namespace songda::delivery {

namespace {
constexpr Micros offlineProbePause = std::chrono::seconds{30};
/// From any moment to the end of the platform's day, with the margin of nextQuotaReset().
constexpr Micros longestDayPark = std::chrono::hours{24} + std::chrono::minutes{5};

/// As in "12.5/s".
std::string rateText(double rate) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g/s", rate);
    return text;
}

/// A 5xx without an errcode: something between here and the platform, or the platform as a whole, does not work.
bool isServerError(const Outcome &outcome) { return !outcome.errcode && outcome.cause.starts_with("http_5"); }
} // namespace

bool AccountLane::onResponse(ExchangeId exchange, const HttpResponse &response, Now now) {
    if (m_tokenExchange == exchange) {
        m_tokenExchange.reset();
        onTokenResponse(response, now);
        return true;
    }
    if (m_hostExchange == exchange) {
        m_hostExchange.reset();
        onOtherHostAnswer(response, now);
        return true;
    }
    if (m_quotaExchange == exchange) {
        m_quotaExchange.reset();
        onQuotaResponse(response, now);
        return true;
    }
    const auto it = m_inFlight.find(exchange);
    if (it == m_inFlight.end())
        return false;
    InFlight flight = std::move(it->second);
    m_inFlight.erase(it);
    m_recipients.erase(flight.message.recipient);
    onSendResponse(std::move(flight), response, now);
    return true;
}

void AccountLane::onTokenResponse(const HttpResponse &response, Now now) {
    const auto envelope = response.body.empty() ? std::nullopt : readEnvelope(response.body);
    Outcome outcome = classify(response, envelope, ApiKind::Token, m_context.catalogue, now.wall);
    hideSecrets(outcome, {m_config.secret, envelope ? std::string_view(envelope->accessToken) : std::string_view()});
    watchClock(response, outcome, now);
    noteReach(response, m_tokenAskedAt, now);
    if (outcome.errorClass == ErrorClass::Success) {
        backOnline();
        m_tokens.fetched(envelope->accessToken, Seconds{envelope->expiresIn}, now.steady, m_context.random.unit());
        if (m_config.account.hold)
            releaseOwnHold();
        return;
    }
    // While the held token is good, a limit of its renewal is no matter of the sends; nor is one of forced fetches alone.
    const auto life = m_tokens.life(now.steady);
    const bool needed = !life && !m_tokens.forcing();
    const bool usedUp = outcome.errorClass == ErrorClass::ThrottleDay;
    std::optional<Millis> pause = outcome.retryAfter;
    if (usedUp && life)
        pause = *life + Seconds{1}; // asked again when there is no other way
    if (usedUp && m_tokens.forcing())
        m_tokens.forcedUsedUp();
    m_tokens.fetchFailed(now.steady, pause, m_context.random.unit());
    if (response.failure == HttpFailure::Cancelled)
        return;
    if (outcome.scope == HoldScope::Account) {
        const bool isErrcode = outcome.errcode.has_value();
        holdAccount(isErrcode ? std::string(tokenCausePrefix) + outcome.cause : outcome.cause, outcome, now);
    } else if (outcome.offline) {
        goOffline(outcome, now);
    } else if ((usedUp || outcome.errorClass == ErrorClass::ThrottleMinute) && needed) {
        applyThrottle(outcome, now);
    }
    // A probe that met another trouble says nothing about the hold: look again.
    if (outcome.scope != HoldScope::Account && m_config.account.hold && m_config.account.hold->by == "engine" && !m_holdProbeAt)
        m_holdProbeAt = now.steady + offlineProbePause;
}

void AccountLane::onSendResponse(InFlight flight, const HttpResponse &response, Now now) {
    Outcome outcome = classify(response, ApiKind::Send, m_context.catalogue, now.wall);
    if (outcome.errorClass != ErrorClass::Success)
        hideSecrets(outcome, {m_config.secret, flight.token});
    watchClock(response, outcome, now);
    noteReach(response, flight.posted.steady, now);
    m_latencies.add(now.steady, response.latency);
    if (response.phase == WirePhase::Answered)
        m_concurrency.onAnswer(now.steady, response.latency, static_cast<int>(m_inFlight.size()) + 1);
    else if (response.failure == HttpFailure::Timeout || response.failure == HttpFailure::ConnectTimeout)
        m_concurrency.onDropped(now.steady);
    if (response.failure != HttpFailure::Cancelled) // by us: says nothing about the peer
        applyToLane(flight, outcome, now);
    record(resultOf(flight, response, outcome, now));
}

void AccountLane::applyToLane(const InFlight &flight, const Outcome &outcome, Now now) {
    if (!outcome.offline && outcome.scope != HoldScope::Account)
        backOnline();
    if (outcome.errorClass != ErrorClass::Token && outcome.answered)
        m_tokens.worked(flight.token);

    switch (outcome.errorClass) {
    case ErrorClass::Success: {
        m_breaker.onSuccess(now.steady);
        m_bucket.creepUp(now.steady);
        if (m_slowedSince && !m_bucket.isSlowed())
            noteFullSpeed(now);
        m_quota.onAccepted(now.wall);
        break;
    }
    case ErrorClass::Token:
        if (m_tokens.rejected(flight.token, now.steady) && m_tokens.neverGood(now.steady))
            holdAccount("token_never_good", outcome, now);
        break;
    case ErrorClass::ThrottleMinute:
    case ErrorClass::ThrottleDay: applyThrottle(outcome, now); break;
    case ErrorClass::Config:
        if (outcome.scope == HoldScope::Template)
            holdTemplate(flight.message, outcome.cause, outcome, now);
        else
            holdAccount(outcome.cause, outcome, now);
        break;
    case ErrorClass::Recipient:
    case ErrorClass::Content: m_breaker.onSuccess(now.steady); break;
    case ErrorClass::Transient:
    case ErrorClass::Unknown:
        if (outcome.offline) {
            goOffline(outcome, now);
        } else if (outcome.errorClass == ErrorClass::Transient && outcome.answered && !outcome.ambiguous) {
            m_breaker.onSuccess(now.steady); // it works, and wants this one message a moment later
        } else if (outcome.errorClass == ErrorClass::Transient || isServerError(outcome)) {
            m_breaker.onFailure(now.steady, flight.message.id.value, flight.posted.steady);
            if (outcome.retryAfter && outcome.cause == "http_503")
                applyThrottle(outcome, now);
        }
        break;
    }
    if (m_runs.record(flight.message.batch, static_cast<std::uint64_t>(flight.message.recipient), outcome, now.steady))
        holdTemplate(flight.message, "same_content_failure", outcome, now);
}

void AccountLane::watchClock(const HttpResponse &response, const Outcome &outcome, Now now) {
    if (response.date && outcome.answered) // not the clock of a portal or proxy in between
        m_clockDifference = clockDifference(*response.date, now.wall);
}

void AccountLane::applyThrottle(const Outcome &outcome, Now now) {
    if (outcome.errorClass == ErrorClass::ThrottleDay) {
        m_dayParkedUntil = nextQuotaReset(now.wall);
        m_dayParkedLatest = now.steady + longestDayPark;
        return;
    }
    // All requests of one moment are refused together: they count as one.
    if (m_throttledUntil && now.steady < *m_throttledUntil)
        return;
    const Millis pause = outcome.retryAfter.value_or(m_config.policy.pause.minuteThrottle);
    const Millis jitter{static_cast<Millis::rep>(static_cast<double>(pause.count()) * 0.1 * m_context.random.unit())};
    m_throttledUntil = now.steady + pause + jitter;
    const double from = m_bucket.workingRate();
    m_bucket.slowDown(now.steady);
    noteSlower(from, outcome, now);
}

/// One act when WeChat begins to say "slow down", however often it says so again.
void AccountLane::noteSlower(double from, const Outcome &outcome, Now now) {
    m_slowest = m_slowedSince ? std::min(m_slowest, m_bucket.workingRate()) : m_bucket.workingRate();
    if (m_slowedSince)
        return;
    m_slowedSince = now.steady;
    m_context.journal.noteAct(id(), "account.slow_down", outcome.cause + ": from " + rateText(from) + " to " + rateText(m_slowest));
}

/// The other act, when nothing of it is left.
void AccountLane::noteFullSpeed(Now now) {
    const auto seconds = std::chrono::duration_cast<Seconds>(now.steady - *m_slowedSince).count();
    m_slowedSince.reset();
    m_context.journal.noteAct(id(), "account.full_speed",
        "back at " + rateText(m_bucket.workingRate()) + " after " + std::to_string(seconds) + " s, " + rateText(m_slowest) + " at the slowest");
}

void AccountLane::goOffline(const Outcome &outcome, Now now) {
    m_offlineCause = outcome.cause;
    if (!m_offlineSince)
        m_offlineSince = now.steady;
    if (now.steady - *m_offlineSince >= m_config.policy.pause.offlineBeforeHold) {
        holdAccount(outcome.cause, outcome, now);
        m_holdProbeAt = now.steady + offlineProbePause;
    }
    // Failures of one outage that were under way together lengthen the pause once, not each.
    if (m_offlineUntil && now.steady < *m_offlineUntil)
        return;
    const Millis pause = backOffDelay(m_config.policy.pause.offline, m_offlineStreak++, m_context.random.unit());
    m_offlineUntil = now.steady + pause;
}

void AccountLane::backOnline() {
    m_offlineUntil.reset();
    m_offlineSince.reset();
    m_offlineStreak = 0;
}

void AccountLane::holdAccount(const std::string &cause, const Outcome &outcome, Now now) {
    const CatalogueEntry *entry = m_context.catalogue.findCause(cause);
    if (entry && entry->hold.count() > 0)
        m_holdProbeAt = now.steady + entry->hold;
    if (m_config.account.hold)
        return;
    m_config.account.hold = Hold{cause, outcome.errmsg, "engine", now.wall};
    recordHold();
}

void AccountLane::probeOwnHold(Now now) {
    if (m_config.account.hold && mayEndByItself(*m_config.account.hold))
        m_holdProbeAt = now.steady;
}

/// What is left of the time for which the platform wants no call after such a refusal, met by this process or by one before it.
Micros AccountLane::holdTimeLeft(const Hold &hold, Now now) const {
    const CatalogueEntry *entry = m_context.catalogue.findCause(hold.cause);
    return entry ? std::clamp<Micros>(hold.since + entry->hold - now.wall, Micros{0}, entry->hold) : Micros{0};
}

/// A hold that a token proves settled: the platform, the way to it, or the secret was the trouble. What the platform says lasts for
/// a time is looked at again after it, whichever call it was said to.
bool AccountLane::mayEndByItself(const Hold &hold) const {
    if (hold.by != "engine" || hold.cause == "token_never_good")
        return false;
    const CatalogueEntry *entry = m_context.catalogue.findCause(hold.cause);
    return hold.cause.starts_with(tokenCausePrefix) || (entry && (entry->family == "transport" || entry->hold.count() > 0));
}

void AccountLane::releaseOwnHold() {
    if (!mayEndByItself(*m_config.account.hold))
        return;
    m_config.account.hold.reset();
    m_mayHaveDue = true;
    recordHold();
}

void AccountLane::recordHold() {
    ++m_holdsPending;
    m_context.journal.holdAccount(id(), m_config.account.hold);
}

void AccountLane::holdTemplate(
    const ClaimedMessage &message, const std::string &cause, const Outcome &outcome, Now now) {
    std::string detail = outcome.cause;
    if (!outcome.errmsg.empty())
        detail += ": " + outcome.errmsg;
    m_context.journal.holdTemplate(message.templateRef, Hold{cause, detail, "engine", now.wall});
    std::vector<ClaimedMessage> back;
    for (auto it = m_inHand.begin(); it != m_inHand.end();) {
        if (it->templateRef == message.templateRef) {
            back.push_back(std::move(*it));
            it = m_inHand.erase(it);
        } else {
            ++it;
        }
    }
    giveBack(std::move(back));
    m_mayHaveDue = true;
}

AttemptResult AccountLane::resultOf(
    const InFlight &flight, const HttpResponse &response, const Outcome &outcome, Now now) {
    const ClaimedMessage &m = flight.message;
    const bool countable = m_breaker.isClosed(now.steady) && response.failure != HttpFailure::Cancelled;
    const RetryVerdict verdict = decideRetry(m_config.policy.retry, outcome, m.tries, countable, m_context.random.unit());

    AttemptResult r;
    r.id = m.id;
    r.life = m.life;
    if (outcome.errorClass == ErrorClass::Recipient && m_config.policy.suppressRefused) {
        if (const CatalogueEntry *entry = m_context.catalogue.findCause(outcome.cause))
            r.suppress = entry->suppress;
    }
    r.account = id();
    r.batch = m.batch;
    r.run = m_context.run;
    r.attempt = m.attempt;
    r.phase = response.phase == WirePhase::Answered ? AttemptPhase::Answered
        : response.phase == WirePhase::Written      ? AttemptPhase::Written
                                                    : AttemptPhase::NotWritten;
    r.httpStatus = response.status;
    r.outcome = outcome;
    r.latency = response.latency;
    r.counted = verdict.counted;
    r.startedAt = flight.posted.wall;
    // By the steady clock: an attempt must not end before it began because somebody set the calendar.
    r.finishedAt = std::max(m.claimedAt, flight.posted.wall) + std::chrono::floor<Millis>(now.steady - flight.posted.steady);
    r.dueAt = m_context.even.at(now.steady) + verdict.delay;
    r.ambiguous = m.ambiguous;
    if (isBroken(Breakage::AmbiguityForgotten))
        r.ambiguous.reset();
    else if (outcome.ambiguous && !r.ambiguous)
        r.ambiguous = AmbiguousSince{flight.posted.wall, flight.posted.steady, m_context.run};
    switch (verdict.kind) {
    case RetryVerdict::Kind::Accept:
        r.next = MessageState::Accepted;
        ++m_totals.accepted;
        break;
    case RetryVerdict::Kind::Repeat:
        r.next = MessageState::Retrying;
        ++m_totals.retried;
        break;
    case RetryVerdict::Kind::Bury:
        r.next = MessageState::Dead;
        ++m_totals.failed;
        m_totals.refused += outcome.errorClass == ErrorClass::Recipient || outcome.errorClass == ErrorClass::Content ? 1 : 0;
        break;
    case RetryVerdict::Kind::Doubt:
        r.next = MessageState::Uncertain;
        ++m_totals.failed;
        break;
    }
    return r;
}

} // namespace songda::delivery
