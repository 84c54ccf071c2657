// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/model/replay.h"
#include "engine/store/write_session.h"

#include <atomic>
#include <map>
#include <vector>

namespace songda::store {

/// SHA-256 over ids as decimal numbers, a line each: `sort -n | sha256sum` of the same list gives it too.
std::string fingerprintOf(const std::vector<MessageId> &sorted);

/// Freezes what a filter matches, in one look at the database. Takes tenths of a second for 200,000: with a connection of
/// its own. Cancelled when `stop` becomes true.
Result<ReplayPlan> freeze(Database &database, MessageFilter filter, Now now, RunId run, const std::string &bootId, const std::atomic<bool> *stop = nullptr);

/// Records a replay with its frozen list, ready to run.
Result<ReplayId> insertReplay(
    WriteSession &session, const ReplayPlan &plan, const std::string &selection, const ReplayOptions &options, const Actor &actor, WallTime now);

/// Newest first, at most `limit`, older than `before` if given.
Result<std::vector<ReplayRun>> readReplays(Database &database, int limit, std::optional<ReplayId> before = {});
/// NotFound names the id.
Result<ReplayRun> readReplay(Database &database, ReplayId id);
/// Those that go on, or of which something has not ended yet.
Result<std::vector<ReplayId>> replaysAtWork(Database &database);

/// Pauses, resumes or cancels. InvalidInput when it is over. A ladder that goes on after it had stopped begins at its
/// first step again and knows the code that stopped it.
Result<void> setReplayState(WriteSession &session, ReplayId id, ReplayState state, const Actor &actor, WallTime now);

/// Who takes a replay further.
struct ReplayWorker {
    RunId run;
    std::string bootId;
    std::string who; ///< for what it does by itself
};

/// When the next message of a replay is due by its pace; finer than due times are, or many a second would drift.
using PaceTime = std::chrono::time_point<WallTime::clock, Micros>;

/// What one step of the work did.
struct ReplayWork {
    bool running = false;
    std::int64_t released = 0;
    std::int64_t ended = 0;
    std::optional<WallTime> nextDue; ///< by its pace
};

/// Looks what has ended and lets go what may, at most some hundred messages. `paceFrom` is when the next one is due by
/// the pace; it moves on.
Result<ReplayWork> workOnReplay(WriteSession &session, ReplayId id, const ReplayWorker &worker, PaceTime &paceFrom, Now now);

} // namespace songda::store
