// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

Result<AccountId> insertAccount(WriteSession &session, const Account &account);
Result<void> updateAccount(WriteSession &session, AccountId id, const AccountChange &change);
/// Stops an account with a reason, or lets it go again with nullopt, whoever held it. What a person says takes the place of
/// a hold of the engine's own, never the other way round. Returns false when nothing changed.
Result<bool> setAccountHold(WriteSession &session, AccountId id, const std::optional<Hold> &hold);
/// The engine lets go what it held by itself; what a person holds stays. Returns false when nothing changed.
Result<bool> releaseEngineHold(WriteSession &session, AccountId id);

/// The account goes by its second host since, or with nullopt by its first. Returns false when nothing changed.
Result<bool> setSecondSince(WriteSession &session, AccountId id, std::optional<WallTime> since);

Result<std::vector<Account>> readAccounts(Database &database);
/// NotFound names the account.
Result<Account> findAccount(Database &database, const std::string &name);

} // namespace songda::store
