// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/attempt.h"
#include "engine/model/ids.h"
#include "engine/model/message.h"
#include "engine/model/outcome.h"
#include "engine/model/time.h"

#include <optional>
#include <string>
#include <vector>

namespace songda {

/// Asks the journal for messages of one account that are due and may go. Their `sending` state and attempt
/// rows are committed before the reply: that is the write-ahead.
struct ClaimRequest {
    AccountId account;
    RunId run;
    int limit = 1;
    Now now;
    Millis lease{60000}; ///< how long the claim holds without a result; longer than any deadline
    std::optional<WallTime> even = std::nullopt; ///< repeats are due by this time (EvenTime); without it by now.wall
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
    /// Earliest time of a repeat that waits for it, by ClaimRequest::even.
    std::optional<WallTime> nextRepeat;
    /// Messages wait behind a held template or a paused batch.
    std::int64_t behindHolds = 0;
};

/// The end of one attempt and what becomes of its message.
struct AttemptResult {
    MessageId id;
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
};

} // namespace songda
