// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/policy/profile_file.h"

#include <cstdint>
#include <optional>
#include <string>

namespace songda::profile {

Result<Settings> readSettings(const std::string &dir);
Result<void> writeSettings(const std::string &dir, const Settings &settings);
bool exists(const std::string &dir);
/// Makes the folder (owner only) and its settings; AlreadyExists if there is a profile.
Result<void> create(const std::string &dir);
/// Bytes that may still be written where the profile lies; nothing when the system does not say.
std::optional<std::int64_t> diskFree(const std::string &dir);

} // namespace songda::profile
