// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/audit.h"
#include "engine/model/snapshot.h"
#include "engine/store/write_session.h"

#include <optional>
#include <string>

namespace songda::store {

/// Whether a person has paused sending. It outlives the process, until somebody lets it go on.
struct StoredPause {
    std::string text; ///< as it is kept: another one is another act
    std::optional<EnginePause> pause;
};
Result<StoredPause> readPause(Database &database);

/// Pauses sending or lets it go on, with its act. False when it is so already; then nothing is recorded.
Result<bool> setPaused(WriteSession &session, const Actor &actor, bool paused, WallTime now);

} // namespace songda::store
