// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/database.h"

#include <cstdint>
#include <optional>
#include <string>

namespace songda::profile {

/// How far the database had come when the engine last looked: a small file beside it, which a restored backup of the
/// database does not bring along. A database behind the mark is older than what ran here.
std::optional<std::int64_t> readProgressMark(const std::string &dir);
Result<bool> isBehindMark(const std::string &dir, store::Database &database);
Result<void> writeProgressMark(const std::string &dir, std::int64_t commits);

} // namespace songda::profile
