// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/model/batch.h"
#include "engine/model/replay.h"
#include "engine/store/write_session.h"

namespace songda::store {

/// The columns asked_by, granted and granted_by of a batch or a replay, from `column` on.
Approval approvalAt(const Statement &s, int column);

/// Before rows are added to a batch: it stands still until it is known how many there are, and `who` has asked.
Result<void> askForBatch(WriteSession &session, BatchId id, const std::string &who, WallTime now);
/// After they were, whether all of them or not: lets the batch go on if this needs nobody else and no person paused it. True
/// when it waits for a second person.
Result<bool> settleBatch(WriteSession &session, BatchId id, std::int64_t over);
/// Those that askForBatch() stopped and nobody has settled: their import was cut off, or goes on.
Result<std::vector<Batch>> unsettledBatches(Database &database);
/// Those of which somebody else has been asked and has not agreed, cancelled ones among them.
Result<std::vector<Batch>> askedBatches(Database &database);

/// Before somebody lets a batch go: agrees to it, recorded as batch.approve, if a second person has to and this is one, which
/// is told. NotAllowed for who asked.
Result<bool> agreeToBatch(WriteSession &session, BatchId id, std::int64_t over, const Actor &actor, WallTime now);
/// The same for a replay that began by waiting, as replay.approve.
Result<void> agreeToReplay(WriteSession &session, const ReplayRun &run, const Actor &actor, WallTime now);

} // namespace songda::store
