// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/api_key.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

/// NotFound when there is no account of a name.
Result<std::int64_t> insertApiKey(WriteSession &session, const ApiKey &key);
/// From `at` on. False when it is revoked by then already; NotFound when there is none.
Result<bool> revokeApiKey(WriteSession &session, std::int64_t id, const std::string &by, WallTime at);

/// All, newest first; revoked ones too.
Result<std::vector<ApiKey>> readApiKeys(Database &database);

} // namespace songda::store
