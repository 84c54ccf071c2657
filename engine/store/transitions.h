// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/claim.h"
#include "engine/store/write_session.h"

namespace songda::store {

/// SQL: the message `m` may have arrived: its own row says so of this life, or an attempt, in this life or an earlier one, was
/// written and its answer does not tell. The codes 0 and 45065 without a msgid say that the platform has it; 412, 413 and 429
/// without a code refuse it.
#define SONGDA_MAY_HAVE_ARRIVED(m) \
    "(" m ".ambiguous_wall IS NOT NULL OR EXISTS (SELECT 1 FROM attempt t WHERE t.message_id = " m ".id AND (t.phase IN (2, 4)" \
    " OR (t.phase = 3 AND t.error_class <> 0 AND (t.errcode IN (0, 45065)" \
    " OR (t.errcode IS NULL AND coalesce(t.cause, '') NOT IN ('http_412', 'http_413', 'http_429')))))))"

/// The times of an end that the row had before a move and has after it.
struct Ends {
    std::optional<WallTime> before; ///< of what was a dead letter: in whose hour it was counted
    std::optional<WallTime> after; ///< nothing: where the move is an end, that is when it was made
};

/// What goes with each move of a message between states, in the same transaction and after its row was written: the sums,
/// and the duty to tell those who want to know of its end. Causes are those of the row before and after; they matter only
/// in states grouped by cause.
Result<void> recordMove(WriteSession &session, MessageId message, BatchId batch, MessageState from, const std::string &fromCause, MessageState to,
    const std::string &toCause, WallTime at, const Ends &ends = {});

/// The row fields a change of state by a person or by recovery starts from.
struct StoredState {
    MessageId id;
    BatchId batch;
    AccountId account;
    MessageState state = MessageState::Queued;
    std::string cause;
    int attempts = 0;
    int life = 1;
    int crashes = 0;
    std::optional<AmbiguousSince> ambiguous;
    bool discarded = false;
    std::optional<WallTime> finishedAt;
    WallTime startedAt; ///< of the last attempt; only filled by recovery
};

/// Opens a message for sending again as a new life: tries and crashes start from zero, history stays. Inside
/// the safe window the client_msg_id is kept, so that WeChat itself still drops a repeat; past it the repeat
/// gets a fresh one (wechat-api.md section 12, item 7).
Result<void> startNewLife(
    WriteSession &session, const StoredState &from, bool keepClientMsgId, WallTime now, std::optional<WallTime> dueAt = std::nullopt);

/// A later life ended: whether sending again helped against what the life before had died of.
Result<void> countRetry(WriteSession &session, MessageId id, bool helped);

/// Ends a message as uncertain for this cause, whatever its account's owner chose.
Result<void> endInDoubt(WriteSession &session, const StoredState &from, const std::string &cause, WallTime now);

/// Ends a message as uncertain for this cause, or, when its account's owner chose so, resends it.
Result<void> endUncertain(WriteSession &session, const StoredState &from, const std::string &cause, WallTime now);

} // namespace songda::store
