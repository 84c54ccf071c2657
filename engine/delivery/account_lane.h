// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/channels/wechat/token_keeper.h"
#include "engine/delivery/latency_window.h"
#include "engine/delivery/ports.h"
#include "engine/model/random.h"
#include "engine/model/snapshot.h"
#include "engine/policy/error_catalogue.h"
#include "engine/policy/failover.h"
#include "engine/policy/policy.h"
#include "engine/policy/run_of_failures.h"
#include "engine/policy/token_bucket.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace songda::delivery {

/// What the lanes of all accounts share.
struct LaneContext {
    Transport &transport;
    Journal &journal;
    const ErrorCatalogue &catalogue;
    Random &random;
    RunId run;
    std::function<std::uint64_t()> nextId; ///< for exchanges and tickets
    EvenTime even; ///< repeats wait by it
};

/// An account and the AppSecret that was found for it.
struct AccountConfig {
    Account account;
    std::string secret;
    std::string secretProblem; ///< why there is none
    Policy policy;
    std::int64_t acceptedToday = 0; ///< on record for the China day when this was read
};

struct LaneTotals {
    std::int64_t accepted = 0;
    std::int64_t failed = 0;
    std::int64_t refused = 0; ///< of those, for a reason of recipient or content
    std::int64_t retried = 0;
};

/// One account's way from due rows to recorded results: gates, token, rate, claims in hand, requests in
/// flight. Sans-I/O: it is fed events with the time and calls its ports; it never waits and never looks at
/// a clock. All on the engine thread.
///
/// Gates in order: engine paused, account hold, day quota, minute throttle, offline pause, breaker, quiet hours,
/// token, rate, connections, one request per recipient.
class AccountLane {
public:
    AccountLane(AccountConfig config, LaneContext &context, Now now);

    AccountId id() const { return m_config.account.id; }
    void reconfigure(AccountConfig config, Now now);
    /// New rows may be due: after an import, a resend, or another process's write.
    void workMayBeDue() { m_mayHaveDue = true; }
    /// A batch or a template may have been stopped: what is claimed but not posted goes back.
    void holdsMayHaveChanged() { letGo(); }
    void setPaused(bool paused) { m_paused = paused; }
    /// Fetches a token at once when one is wanted and none is there; false when nothing is to be fetched.
    bool refreshToken(Now now);
    /// No more claims and posts; what is in hand goes back. In flight is left to finish.
    void stop(Now now);
    /// Ends what is still in flight; it will be recorded as far as it got.
    void cancelInFlight();
    bool isQuiet() const {
        return m_inFlight.empty() && !m_tokenExchange && !m_quotaExchange && !m_hostExchange && !m_claimTicket && m_recordings.empty() && m_inHand.empty()
            && m_results.empty() && m_unrecorded.empty() && m_unreleased.empty();
    }

    /// Does what can be done now. Called after every event.
    void pump(Now now);
    /// When pump() should be called without an event; nothing when only events matter.
    std::optional<SteadyTime> nextWake() const;

    /// True when the exchange was this lane's.
    bool onResponse(ExchangeId id, const HttpResponse &response, Now now);
    bool ownsClaim(Ticket ticket) const { return m_claimTicket == ticket; }
    void onClaimed(Result<ClaimReply> reply, Now now);
    /// The database now shows what this lane said about its hold, or it could not be written; then it is said again.
    void onHoldRecorded(const Result<void> &result, Now now);
    void onJournalFailed(const std::string &why, Now now);
    /// The answer to a finish or a release.
    bool onRecorded(Ticket ticket, const Result<int> &result, Now now);

    /// What decides whether anything leaves.
    Gate gate(Now now) const;
    AccountSnapshot snapshot(Now now) const;
    const LaneTotals &totals() const { return m_totals; }
    const LatencyWindow &latencies() const { return m_latencies; }
    int inFlight() const { return static_cast<int>(m_inFlight.size()); }
    /// Why the journal last failed; empty when it works.
    const std::string &journalProblem() const { return m_journalProblem; }
    /// Nothing left that the engine can do by itself now: no claims, nothing in flight, nothing due that is
    /// not behind a hold, no repeat waiting.
    bool isDrained(Now now) const;

private:
    struct InFlight {
        ClaimedMessage message;
        std::string token;
        Now posted;
    };
    /// A call to the journal under way: the ends of attempts, or claims given back.
    struct Recording {
        std::vector<AttemptResult> results;
        std::vector<ClaimedMessage> claims;
    };

    Gate shownGate(Now now) const;
    std::optional<SteadyTime> nextToken(SteadyTime now) const;
    int fullCap() const;
    int connectionCap(Now now) const;
    bool mayPost(Now now) const;
    void fetchToken(Now now);
    void sendInHand(Now now);
    void chooseTransport(Now now);
    Millis sendDeadline(Now now);
    void claimMore(Now now);
    void giveBack(std::vector<ClaimedMessage> claims);
    void giveBackAll();
    void record(AttemptResult result);
    void flushResults();

    /// What is claimed, or is just being claimed, was claimed under limits that hold no longer: it goes back.
    void letGo() {
        m_handsOff = true;
        m_claimOutdated = m_claimTicket.has_value();
    }

    // account_lane_limits.cpp: what the policy allows at this time
    int repeatsInHand() const;
    int claimsAhead(int cap, Now now);
    ClaimLimits claimLimits(Now now);
    void followCalendar(Now now);
    void applyRate(Now now);
    std::optional<WallTime> dayParkedUntil(Now now) const;
    void askQuota(Now now);
    void onQuotaResponse(const HttpResponse &response, Now now);

    // account_lane_hosts.cpp: which of two hosts is spoken to
    bool mayAskOtherHost() const;
    void askOtherHost(Now now);
    void onOtherHostAnswer(const HttpResponse &response, Now now);
    void noteReach(const HttpResponse &response, SteadyTime begun, Now now);
    void useHost(Now now, const std::string &why);
    void forgetHosts(Now now);

    void noteSlower(double from, const Outcome &outcome, Now now);
    void noteFullSpeed(Now now);
    void onTokenResponse(const HttpResponse &response, Now now);
    void onSendResponse(InFlight flight, const HttpResponse &response, Now now);
    void applyToLane(const InFlight &flight, const Outcome &outcome, Now now);
    void applyThrottle(const Outcome &outcome, Now now);
    void goOffline(const Outcome &outcome, Now now);
    void backOnline();
    void holdAccount(const std::string &cause, const Outcome &outcome, Now now);
    void holdTemplate(const ClaimedMessage &message, const std::string &cause, const Outcome &outcome, Now now);
    void releaseOwnHold();
    void recordHold();
    void watchClock(const HttpResponse &response, const Outcome &outcome, Now now);
    void probeOwnHold(Now now);
    Micros holdTimeLeft(const Hold &hold, Now now) const;
    bool mayEndByItself(const Hold &hold) const;
    AttemptResult resultOf(const InFlight &flight, const HttpResponse &response, const Outcome &outcome, Now now);

    AccountConfig m_config;
    LaneContext &m_context;
    TokenBucket m_bucket;
    CircuitBreaker m_breaker;
    RetryBudget m_budget;
    ConcurrencyLimit m_concurrency;
    QuotaLedger m_quota;
    wechat::TokenKeeper m_tokens;
    Failover m_failover;
    RunOfFailures m_runs;
    LatencyWindow m_latencies;
    Millis m_deadline{15000}; ///< of a send, from what answers take; looked at once a second
    SteadyTime m_deadlineSince{};
    Micros m_usualLatency{0}; ///< the median, looked at now and then; zero: not known
    SteadyTime m_usualSince{};
    bool m_bulk = false;
    LaneTotals m_totals;

    Now m_pumpedAt; ///< the clock goes on after pump(): what became possible since then must still wake it
    bool m_paused = false;
    bool m_stopping = false;
    bool m_mayHaveDue = true;
    bool m_handsOff = false;
    bool m_claimOutdated = false; ///< the limits changed while the claim was on its way
    bool m_repeatsWaiting = false;
    std::optional<SteadyTime> m_budgetAt; ///< repeats are due that the budget does not let through before
    std::optional<WallTime> m_cappedUntil; ///< what is due next waits because its reader has had enough
    bool m_suspectsWait = false; ///< ClaimReply::suspectsWait
    std::int64_t m_behindHolds = 0;
    std::int64_t m_behindQuota = 0;
    std::int64_t m_behindQuiet = 0;
    std::optional<WallTime> m_quietUntil; ///< quiet hours lie over now
    std::optional<WallTime> m_calendarWake; ///< the next moment at which quiet or the day's quota changes what may go
    std::optional<double> m_platformRate; ///< calls a second the platform says it allows
    std::optional<SteadyTime> m_quotaAskedAt;
    bool m_quotaHeard = false; ///< the first question of this process has come back, with or without an answer
    std::optional<SteadyTime> m_nextDue;
    std::optional<SteadyTime> m_throttledUntil;
    std::optional<WallTime> m_dayParkedUntil; ///< as the calendar said then
    SteadyTime m_dayParkedLatest{}; ///< no day lasts longer, whatever became of the calendar
    std::optional<SteadyTime> m_offlineUntil;
    std::optional<SteadyTime> m_offlineSince;
    int m_offlineStreak = 0;
    std::string m_unreachedCause; ///< why the host in use was not reached
    std::optional<SteadyTime> m_slowedSince; ///< WeChat said "slow down", and the audit knows
    double m_slowest = 0; ///< rate since then
    std::string m_offlineCause;
    std::optional<SteadyTime> m_holdProbeAt; ///< of a hold that the platform says may end by itself
    int m_holdsPending = 0; ///< holds and releases of this lane on their way to the database
    bool m_holdUnrecorded = false; ///< the journal refused the last of them; tried again

    std::deque<ClaimedMessage> m_inHand; ///< claimed, not posted; bounded by claimMore()
    std::unordered_map<ExchangeId, InFlight> m_inFlight;
    std::unordered_set<std::int64_t> m_recipients; ///< of m_inFlight: one request per person at a time
    std::optional<ExchangeId> m_tokenExchange;
    SteadyTime m_tokenAskedAt{};
    std::optional<ExchangeId> m_quotaExchange;
    std::optional<ExchangeId> m_hostExchange; ///< asks the other host
    std::optional<Ticket> m_claimTicket;
    std::vector<AttemptResult> m_results; ///< of this turn
    std::unordered_map<Ticket, Recording> m_recordings;
    std::vector<AttemptResult> m_unrecorded; ///< the journal refused them; tried again
    std::vector<ClaimedMessage> m_unreleased; ///< the same for claims given back
    std::optional<SteadyTime> m_journalRetryAt;
    std::string m_journalProblem;
    std::optional<Millis> m_clockDifference;
};

} // namespace songda::delivery
