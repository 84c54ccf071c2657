// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/write_session.h"

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

namespace songda::store {

/// Copies messages that ended before a time, with content, attempts, and the names of account, template and batch, into
/// a new SQLite file; synced and checked when this returns. Reads the database in short steps beside a running engine.
/// The newest message of all stays, whatever its age. AlreadyExists when the file is there. Answers how many messages it holds.
/// Cancelled soon after `cancelled` is set; then no file is left.
Result<std::int64_t> writeArchive(
    const std::string &database, const std::string &file, WallTime before, const std::atomic<bool> *cancelled = nullptr);

Result<Database> openArchive(const std::string &file);

struct ArchivedMessage {
    MessageId id;
    int life = 1;
    MessageState state = MessageState::Accepted;
};
/// Which of an archive's messages come next for deletion: at most `limit` ids above `after`.
Result<std::vector<ArchivedMessage>> readArchived(Database &archive, MessageId after, int limit);

/// Deletes messages with content and attempts and takes them out of the sums, but for such as changed since they were
/// archived. Idempotency keys are remembered for `keepKeys` after their messages were handed over. Answers how many went.
Result<std::int64_t> deleteArchived(WriteSession &session, const std::vector<ArchivedMessage> &messages, WallTime now, std::chrono::days keepKeys);

} // namespace songda::store
