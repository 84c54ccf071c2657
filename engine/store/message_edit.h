// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/write_session.h"

#include <string>
#include <utility>
#include <vector>

namespace songda::store {

/// Makes a message say something else from its next life on; what it said before is kept. Corrupt when the row is not
/// what was taken in any more. The caller starts the new life, with a client_msg_id of its own.
Result<void> replaceContent(WriteSession &session, MessageId id, const std::string &content);

/// What a message said before it was changed, by the last life that was sent so; newest first.
Result<std::vector<std::pair<int, std::string>>> readEarlierContent(Database &database, MessageId id);

} // namespace songda::store
