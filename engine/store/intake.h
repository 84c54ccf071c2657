// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "engine/model/message.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

/// What became of one handed-in message.
struct Enqueued {
    MessageId id;
    bool duplicate = false; ///< a message with this idempotency key was there already: `id` is that one
    bool sameRequest = true; ///< false: that one was asked for otherwise
    BatchId batch = {}; ///< of that message
};

/// Writes new messages as `queued`, their payloads, keys and sums, in the caller's transaction. A message
/// whose (account, key) exists becomes no second message.
Result<std::vector<Enqueued>> enqueue(WriteSession &session, AccountId account, BatchId batch,
    const std::vector<NewMessage> &messages, WallTime now, const std::string &createdBy = {});

/// The message that holds an idempotency key of an account and a scope, if any; it may be archived.
Result<std::optional<MessageId>> findByKey(Database &database, AccountId account, const std::string &key, std::int64_t scope = 0);

/// All messages that hold this key, whosever it is; of one account, or of all.
Result<std::vector<MessageId>> findByKey(Database &database, std::optional<AccountId> account, const std::string &key);

} // namespace songda::store
