// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/hook.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

Result<std::int64_t> insertHook(WriteSession &session, const Hook &hook);
/// From here on it is told nothing, and nothing is written down for it any more; then go its deliveries, in chunks
/// (hook_deliveries.h), and its row at last. False when there is none.
Result<bool> beginHookRemoval(WriteSession &session, std::int64_t id, WallTime now);
Result<void> deleteHookRow(WriteSession &session, std::int64_t id);
/// Stops it with a reason, or lets it go on with nullopt. False when nothing changed.
Result<bool> setHookStopped(WriteSession &session, std::int64_t id, const std::optional<std::string> &why, WallTime now);
Result<void> setHookBounds(WriteSession &session, std::int64_t id, int keepDays, std::int64_t keepRows);

/// The hook is signed with its secretNumber from this commit on, and with its formerNumber until formerUntil. False when
/// that is not its secret any more.
Result<bool> setHookSecret(WriteSession &session, const Hook &hook);
/// Its former secret counts no more.
Result<void> endHookOverlap(WriteSession &session, const Hook &hook);

/// All, with how much waits for them.
Result<std::vector<Hook>> readHooks(Database &database);

} // namespace songda::store
