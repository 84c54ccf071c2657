// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/attempt.h"
#include "engine/model/ids.h"
#include "engine/model/message.h"
#include "engine/model/outcome.h"
#include "engine/model/suppression.h"
#include "engine/model/time.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace songda {

/// What a claim must keep to beside due times and holds; filled from the account's policy.
struct ClaimLimits {
    static constexpr std::int64_t none = std::numeric_limits<std::int64_t>::max();

    std::int64_t repeats = none; ///< that may wait; such as must leave inside their safe window are not counted
    int lowestPriority = 0; ///< quiet hours let through nothing below
    std::array<std::int64_t, 3> quota{none, none, none}; ///< left of the day, by priority
    double bulkShare = 0.05; ///< kept for lower priorities, see PriorityShares
    double normalShare = 0.20;
    int perRecipient = 0; ///< messages to one person within perRecipientWindow; 0: as many as come
    Seconds perRecipientWindow{86400};
    bool urgentPassesPerRecipient = true;
};

/// Asks the journal for messages of one account that are due and may go. Their `sending` state and attempt
/// rows are committed before the reply: that is the write-ahead.
struct ClaimRequest {
    AccountId account;
    RunId run;
    int limit = 1;
    Now now;
    Millis lease{60000}; ///< how long the claim holds without a result; longer than any deadline
    std::optional<WallTime> even = std::nullopt; ///< repeats are due by this time (EvenTime); without it by now.wall
    ClaimLimits limits = {};
    bool second = false; ///< they will go by the account's second host
    bool alone = false; ///< nothing of this account is claimed or under way: a suspect may be taken, by itself
    std::string base = {}; ///< the address of that host: what may have arrived at another is not among them
};

/// One message the caller now owns, until it reports an AttemptResult or releases it.
struct ClaimedMessage {
    MessageId id;
    BatchId batch;
    TemplateRef templateRef;
    std::string templateId;
    std::string openid;
    std::int64_t recipient = 0; ///< hash of openid
    std::string clientMsgId;
    std::string content;
    int attempt = 1; ///< number of the attempt row written; with the run it names this claim
    int life = 1;
    int tries = 0; ///< counted before this attempt
    bool repeat = false; ///< it was tried before in this life
    std::optional<AmbiguousSince> ambiguous;
    std::optional<SteadyTime> repeatBefore; ///< end of the safe window, on the claimer's steady clock
    WallTime claimedAt;
};

struct ClaimReply {
    std::vector<ClaimedMessage> messages;
    /// More are due right now.
    bool more = false;
    /// Earliest time somebody chose among what waits for its time, by the calendar.
    std::optional<WallTime> nextDue;
    bool nextIsCapped = false; ///< what is due then waits because its reader has had enough messages
    /// Earliest time of a repeat that waits for it, by ClaimRequest::even.
    std::optional<WallTime> nextRepeat;
    /// Messages wait behind a held template or a paused batch.
    std::int64_t behindHolds = 0;
    std::int64_t behindQuota = 0; ///< nothing is left of the day for their priority
    std::int64_t behindQuiet = 0; ///< quiet hours
    /// Messages wait that were in flight at every death of the program lately: they are taken one at a time, so that the
    /// next death tells which of them it was.
    bool suspectsWait = false;
    bool repeatsOverBudget = false; ///< repeats are due, but ClaimLimits::repeats was used up
};

/// The end of one attempt and what becomes of its message.
struct AttemptResult {
    MessageId id;
    AccountId account;
    BatchId batch;
    RunId run;
    int attempt = 1;
    AttemptPhase phase = AttemptPhase::Answered;
    int httpStatus = 0;
    Outcome outcome;
    Micros latency{0};
    bool counted = false;
    WallTime startedAt;
    WallTime finishedAt;
    MessageState next = MessageState::Retrying;
    WallTime dueAt; ///< when next is Retrying; by the lane's EvenTime
    std::optional<AmbiguousSince> ambiguous; ///< of the message, after this attempt
    int life = 1;
    SuppressScope suppress = SuppressScope::None; ///< the recipient is not to be written to again
};

} // namespace songda
