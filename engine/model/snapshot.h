// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/alert.h"
#include "engine/model/batch.h"
#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <optional>
#include <string>
#include <vector>

namespace songda {

/// The first closed gate on a message's way out: what "why is nothing moving?" points at.
enum class Gate {
    Open, ///< sending
    Idle, ///< nothing is due
    EnginePaused,
    EngineStopped,
    AccountHeld,
    DayQuota,
    QuietHours,
    MinuteThrottle,
    BreakerOpen,
    Offline,
    NoToken, ///< waiting for a token
    Rate, ///< less than one a second may go, and the next one's time has not come
    RetryBudget, ///< only repeats wait, and their budget is used up
    FrequencyCap, ///< what waits next is for somebody who has had enough messages for now
    TemplatesHeld, ///< messages wait, but only behind held templates or paused batches
    JournalBlocked, ///< the database cannot be written
    Elsewhere, ///< another process runs the engine, and only it knows; never of a snapshot of an engine's own
};
const char *toString(Gate gate);

struct AccountSnapshot {
    AccountId id;
    std::string name;
    Environment environment = Environment::Production;
    Gate gate = Gate::Idle;
    std::string gateDetail;
    std::optional<WallTime> gateUntil;
    std::optional<Hold> hold;
    StateCounts counts;
    int inFlight = 0;
    double ratePerSecond = 0; ///< answered sends over the last seconds
    double rateLimit = 0; ///< what the bucket lets through at present
    std::optional<Seconds> tokenLife;
    std::int64_t acceptedToday = 0; ///< this China day, as far as is known
    std::optional<std::int64_t> quotaLimit; ///< messages a day; nothing while nobody said
    int concurrencyLimit = 0; ///< requests at a time that are let through at present
    /// How far this machine's calendar is ahead of the platform's, by its last answer; only beyond a minute.
    std::optional<Millis> clockDifference;
    /// Tokens that worked are refused again and again: another system asks for tokens with this account's secret.
    bool secretUsedElsewhere = false;
    /// The circuit breaker lets nothing through; also told while another gate before it is closed.
    bool breakerOpen = false;
    /// The circuit breaker lets single requests through, to see whether WeChat is well again.
    bool breakerProbing = false;
    bool onSecondHost = false; ///< the first API address cannot be reached
    /// How messages ended, since start of this process.
    std::int64_t endedAccepted = 0;
    std::int64_t endedFailed = 0; ///< dead or uncertain for no reason of recipient or content
    std::int64_t endedRefused = 0; ///< recipient or content
    bool tokenBeingFetched = false; ///< at this moment; a token from before may still be good
};

/// A person has paused sending.
struct EnginePause {
    std::string by;
    WallTime since;

    bool operator==(const EnginePause &) const = default;
};

/// One coalesced picture of the engine, at most ten a second.
struct Snapshot {
    WallTime at;
    bool engineOwner = false; ///< false: this process looks on
    bool elsewhere = false; ///< for one that looks on: another process delivers
    bool running = false;
    bool paused = false;
    std::string pausedBy; ///< empty when it is not
    std::optional<WallTime> pausedSince; ///< also from before this process was started
    std::string problem; ///< a background failure such as a full disk; empty when all is well
    std::string policyProblem; ///< why a changed policy file was refused; the policy before it goes on
    bool mustRestart = false; ///< nothing is sent or taken in until the engine is started anew; `problem` says why
    StateCounts counts;
    std::int64_t accepted = 0; ///< since start of this process
    std::int64_t failed = 0;
    std::int64_t retried = 0;
    double ratePerSecond = 0;
    int inFlight = 0;
    std::optional<WallTime> oldestDue; ///< due time of the longest waiting message
    Millis latencyP50{0}, latencyP95{0}, latencyP99{0}; ///< over the last minute
    std::vector<AccountSnapshot> accounts;
    AlertCounts openAlerts{}; ///< by level
    std::uint64_t dataVersion = 0; ///< grows whenever the database changed; views reload on it
};

/// What the database tells one that looks on while another process runs the engine: no more than the sums it keeps.
struct LookOn {
    struct OfAccount {
        AccountId id;
        StateCounts counts;
        std::int64_t acceptedToday = 0; ///< this China day
        std::int64_t failedToday = 0; ///< attempts
    };

    bool engineRuns = false; ///< some process holds the engine of the profile
    std::optional<WallTime> oldestDue; ///< as Snapshot::oldestDue
    std::vector<OfAccount> accounts; ///< those that ever had a message
    std::optional<EnginePause> pause; ///< what whoever delivers keeps to
};

} // namespace songda
