// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"
#include "engine/policy/alert_policy.h"
#include "engine/policy/breaker.h"
#include "engine/policy/concurrency.h"
#include "engine/policy/deadline.h"
#include "engine/policy/failover.h"
#include "engine/policy/priority_shares.h"
#include "engine/model/quiet_hours.h"
#include "engine/policy/quota.h"
#include "engine/policy/retry.h"
#include "engine/policy/retry_budget.h"

#include <map>
#include <string>
#include <string_view>

namespace songda {

/// How long an account stands still without being told for how long.
struct PausePolicy {
    Millis minuteThrottle{60000}; ///< after 45011 without a Retry-After
    BackOff offline{Millis{1000}, 2, Millis{30000}, Jitter::Equal}; ///< between tries to reach the platform at all
    Millis offlineBeforeHold{60000}; ///< after this long without a connection the account is shown as held
};

/// At most so many messages to one person within a span; 0: as many as come.
struct FrequencyCap {
    int messages = 0;
    Seconds window{86400};
    bool urgentPasses = true;
};

/// What may be changed without another program: every number the decisions of this folder use, for one account.
struct Policy {
    RetryPolicy retry;
    RetryBudgetPolicy budget;
    BreakerPolicy breaker;
    DeadlinePolicy deadline;
    PausePolicy pause;
    FailoverPolicy failover;
    QuotaPolicy quota;
    QuietHours quietHours;
    FrequencyCap frequency;
    PriorityShares shares;
    ConcurrencyPolicy concurrency;
    bool suppressRefused = true; ///< who blocked or left the account is not written to again until it changes
    std::int64_t approvalOver = 0; ///< more messages at once than this need a second person; 0: none do
    Seconds usefulFor{0}; ///< of a message without an end of its own; 0: for ever
    int keepKeysDays = 90; ///< a message's idempotency key is remembered so long at least; the profile's, not an account's
    AlertPolicy alerts;
    std::string wordsFile; ///< sensitive words, one a line, beside the policy file; empty: none
};

/// The policies of a profile: one for all, and what single accounts have otherwise.
struct PolicySet {
    Policy defaults;
    std::map<std::string, Policy, std::less<>> accounts; ///< by name; whole, not only what differs

    const Policy &of(std::string_view account) const {
        const auto it = accounts.find(account);
        return it == accounts.end() ? defaults : it->second;
    }
};

} // namespace songda
