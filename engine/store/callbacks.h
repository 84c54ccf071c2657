// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/callback.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

Error pathTaken(const std::string &path, const std::string &account);
/// Adds or replaces an account's callback and gives it a new revision. AlreadyExists when another account has the path.
Result<void> putCallback(WriteSession &session, Callback &callback);
/// False when there was none.
Result<bool> removeCallback(WriteSession &session, AccountId account);

std::optional<CallbackMode> callbackModeFromNumber(std::int64_t number);
/// All, by account.
Result<std::vector<Callback>> readCallbacks(Database &database);

} // namespace songda::store
