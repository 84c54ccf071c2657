// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/console_user.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

struct StoredUser {
    ConsoleUser user;
    std::string hash; ///< of the password
};

Result<std::vector<StoredUser>> readUsers(Database &database);
Result<std::optional<StoredUser>> findUser(Database &database, const std::string &name);
/// AlreadyExists when the name is taken.
Result<void> insertUser(WriteSession &session, const StoredUser &user);
/// Role, hash, failures and lock. NotFound when there is no such user.
Result<void> updateUser(WriteSession &session, const StoredUser &user);
Result<void> deleteUser(WriteSession &session, const std::string &name);

} // namespace songda::store
