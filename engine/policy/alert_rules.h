// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/alert.h"
#include "engine/model/snapshot.h"
#include "engine/policy/alert_policy.h"
#include "engine/policy/policy.h"

#include <deque>
#include <functional>
#include <map>
#include <vector>

namespace songda {

/// What is known of an account at a moment. What only grows counts from any beginning.
struct AccountFacts {
    std::string name;
    Gate gate = Gate::Idle;
    bool breakerOpen = false;
    bool breakerProbing = false;
    bool onSecondHost = false;
    std::int64_t ended = 0; ///< grows; messages that were accepted, refused or lost
    std::int64_t lost = 0; ///< grows; of those, dead or uncertain for no reason of recipient or content
    std::int64_t retrying = 0; ///< now; messages whose last try failed and that wait for another
    std::int64_t failures = 0; ///< grows; attempts that failed for no reason of recipient or content
    std::int64_t accepted = 0; ///< grows
    std::int64_t reports = 0; ///< grows
    std::map<std::string, std::int64_t> unknownCodes; ///< grow
    std::int64_t dead = 0; ///< now
    std::int64_t acceptedToday = 0;
    std::optional<std::int64_t> quotaLimit;
    std::optional<Millis> clockDifference;
    bool reportsExpected = false; ///< it is set up where WeChat reports to
};

struct HookFacts {
    std::int64_t id = 0;
    bool stopped = false;
    std::int64_t dead = 0;
    std::int64_t waiting = 0;
};

/// Everything the rules look at, at a moment.
struct AlertSample {
    SteadyTime at;
    bool paused = false;
    bool mustRestart = false;
    std::optional<Millis> oldestAge; ///< how long the longest waiting message had been due
    std::int64_t failedCommits = 0; ///< grows
    std::optional<std::int64_t> diskFree; ///< bytes
    std::vector<AccountFacts> accounts;
    std::vector<HookFacts> hooks;
};

/// What a rule says of one thing.
struct AlertReading {
    enum class Verdict {
        Bad,
        Between, ///< not bad at present and not yet well: an open alert stays, what lasts goes on lasting, none begins
        Unknown, ///< too little is known; the same
        Good,
    };
    AlertKey key;
    Verdict verdict = Verdict::Good;
    double value = 0;
    double threshold = 0;
    Seconds holdFor{0}; ///< bad for so long before it is an alert
};

/// Remembers samples as long as the longest window, and judges by the rules. Pure.
class AlertRules {
public:
    using PolicyOf = std::function<const Policy &(const std::string &account)>; ///< empty name: the whole profile

    /// In the order of time.
    void add(AlertSample sample);
    /// By the last sample; what waits grows older without a new one.
    std::vector<AlertReading> judge(SteadyTime now, const PolicyOf &policyOf) const;

private:
    struct Increase {
        std::int64_t n = 0;
        bool whole = false; ///< the window is known from its beginning
    };
    Increase increase(SteadyTime now, Seconds window, const std::function<std::optional<std::int64_t>(const AlertSample &)> &count) const;
    Increase increaseOf(SteadyTime now, Seconds window, const std::string &account, const std::function<std::int64_t(const AccountFacts &)> &count) const;
    void judgeAccount(const AccountFacts &account, SteadyTime now, const AlertPolicy &policy, std::vector<AlertReading> &out) const;

    std::deque<AlertSample> m_samples; ///< older ones spaced out
};

} // namespace songda
