// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/database.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace songda::store {

enum class CheckDepth {
    Quick, ///< every page and row, but not whether the indexes agree with the rows
    Full,
};

/// What SQLite finds damaged in the file, in its own words, at most `limit` of them; empty when it is sound. Reads the
/// whole file. Cancelled as soon as `cancelled` is set.
Result<std::vector<std::string>> findDamage(
    Database &database, CheckDepth depth, int limit = 20, const std::atomic<bool> *cancelled = nullptr);

/// The error that says which database is damaged, how it was left, and how to go on.
Error damagedError(const std::string &path, const std::string &detail, const std::string &left = "it was left untouched");

/// Refuses a damaged file, which it only reads: a file of at most `checkUpTo` bytes is read completely, of a larger
/// one only what opening it needs.
Result<void> refuseDamaged(const std::string &path, std::int64_t checkUpTo);

} // namespace songda::store
