// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"
#include "engine/store/write_session.h"

namespace songda::store {

struct RunInfo {
    std::string node;
    std::int64_t pid = 0;
    std::string bootId; ///< tells whether two runs share a steady clock
};

struct RecoveryReport {
    std::int64_t requeued = 0; ///< were in flight, will be repeated inside the safe window
    std::int64_t uncertain = 0; ///< were in flight, too late for a safe repeat
    std::int64_t putAside = 0; ///< were in flight at three crashes
};

/// How many deaths of the program with the same message in flight put that message aside. The last of them counts only
/// if it was in flight alone: the one before makes it a suspect, which is sent by itself, so that its neighbours are not
/// put aside for its sake, nor anybody for kills that have nothing to do with them.
inline constexpr int crashesBeforeAside = 3;

/// Registers a new run: the owner of the claims to come.
Result<RunId> startRun(WriteSession &session, const RunInfo &info, Now now);
/// Whether a run was in this boot of the machine, so that both share a steady clock.
Result<bool> isOfBoot(Database &database, RunId run, const std::string &bootId);
Result<void> endRun(WriteSession &session, RunId run, WallTime now);

/// Settles what earlier runs left in `sending`. Only for the holder of the profile's engine lock: whoever
/// owned those claims is gone. A death of the program is no failed attempt of the message.
Result<RecoveryReport> recoverClaims(WriteSession &session, RunId run, Now now);

} // namespace songda::store
