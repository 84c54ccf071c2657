// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/erasure.h"
#include "engine/store/write_session.h"

#include <string>
#include <vector>

namespace songda::store {

/// What there is of a person. `underWay` includes what waits.
Result<ErasureCounts> countRecipient(Database &database, AccountId account, const std::string &openid);

/// Takes a person out of everything: their messages stay with account, template, batch, times, states and causes, and are
/// somebody's called `name`, without values, address, key or trace. Whoever was not to be written to is still not, by a
/// salted hash. InUse while a message to them has not ended. What is deleted is overwritten.
Result<ErasureCounts> eraseRecipient(WriteSession &session, AccountId account, const std::string &openid, const std::string &name);

/// Writes the file anew and empties its log, so that nothing that was ever deleted or overwritten is left in either. In
/// use by others it waits for them for a while; their writes wait as long as it takes, seconds a gigabyte.
Result<void> rewriteFile(const std::string &path);

/// "table.column" of everything that holds a text. Reads all of the database.
Result<std::vector<std::string>> findText(Database &database, const std::string &text);

/// Files that were made of this database, by its audit: reports, archives and backups.
Result<std::vector<std::string>> filesMade(Database &database);

} // namespace songda::store
