// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/write_session.h"

#include <atomic>
#include <cstdint>
#include <string>

namespace songda::store {

/// Copies a database while it is in use: a consistent state of one moment, checked and synced to disk before it gets
/// its name. Takes seconds a gigabyte; the engine goes on meanwhile. Refuses a target that exists. Returns its bytes.
/// Cancelled soon after `cancelled` is set; then no file is left.
Result<std::int64_t> backupDatabase(const std::string &path, const std::string &target, const std::atomic<bool> *cancelled = nullptr);

/// The same to a name of our own: replaces a target that exists, once the new copy is whole and synced.
Result<void> replaceCopy(const std::string &path, const std::string &target, const std::atomic<bool> *cancelled = nullptr);

/// Whether the database is known to be an older copy that was put back. Kept in it, so that acts on it before a person
/// agrees to sending do not let it grow past the mark it was measured by.
Result<bool> isRestored(Database &database);
Result<void> setRestored(WriteSession &session, bool restored);

/// Counts the transactions that were ever committed to a database. A copy of an earlier time has a lower count.
inline constexpr const char *commitsOf = "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'commits'";
/// Makes an older copy count as new as what it replaced.
Result<void> raiseCommits(WriteSession &session, std::int64_t least);

} // namespace songda::store
