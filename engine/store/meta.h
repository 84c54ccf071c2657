// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/write_session.h"

#include <optional>
#include <string>

namespace songda::store {

/// What a profile knows of itself, by name. Nothing when it was never set.
Result<std::optional<std::string>> metaText(Database &database, const char *key);
Result<void> setMetaText(WriteSession &session, const char *key, const std::string &value);
Result<void> removeMeta(WriteSession &session, const char *key);

} // namespace songda::store
