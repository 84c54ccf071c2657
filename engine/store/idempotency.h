// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/message.h"
#include "engine/store/write_session.h"

#include <chrono>

namespace songda::store {

/// An idempotency key is one inside an account and whose it is: 0, or the hash of a business system's name.
struct KeyName {
    AccountId account;
    std::int64_t scope = 0;
    const std::string &key;
};

/// The message that has a key, in the database or archived.
struct KeyHolder {
    MessageId id;
    BatchId batch;
    std::optional<std::int64_t> requestHash; ///< of what was asked for under the key
};

/// Whether `message`, under the same key, asks for what was asked for then.
bool isSameRequest(const KeyHolder &holder, const NewMessage &message);

/// Takes a key for `id`, or names the message that has it already.
Result<std::optional<KeyHolder>> takeKey(WriteSession &session, const KeyName &name, MessageId id);
Result<std::optional<KeyHolder>> keyHolder(Database &database, const KeyName &name);

/// A message that is being archived, as its key is to remember it.
struct KeyedMessage {
    KeptMessage kept;
    std::string key;
    std::int64_t scope = 0;
    std::optional<std::int64_t> requestHash;
};
/// In the transaction that deletes the message: its key goes on to answer with it, without saying what the key was; or it
/// is free at once when the message was handed over before `handedOverSince`.
Result<void> keepKey(WriteSession &session, const KeyedMessage &message, WallTime handedOverSince);
/// Frees keys of archived messages that were handed over before a time, the oldest first, at most `limit`. Answers how many.
Result<int> freeKeys(WriteSession &session, WallTime handedOverBefore, int limit);
/// When the oldest of the archived messages was handed over whose key is remembered.
Result<std::optional<WallTime>> oldestKeptKey(Database &database);
/// What is left of an archived message while its key is remembered.
Result<std::optional<KeptMessage>> readKept(Database &database, MessageId id);

} // namespace songda::store
