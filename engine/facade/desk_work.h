// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "engine/store/desk_acts.h"

namespace songda {

class EngineCore;
struct JobControl;

struct ActTotals {
    std::int64_t done = 0;
    std::int64_t skipped = 0;
    std::int64_t needConfirmation = 0;
    bool reachedMost = false; ///< ended, because no more of an account may be sent again at once
    std::int64_t uncertain = 0; ///< of `done`: cancelled, but they may have arrived
};

/// The filter in a form the audit can be searched for.
std::string describe(const MessageFilter &filter);

/// Works through a filter chunk by chunk: each chunk is a transaction, so a running delivery is never held
/// up for long, and the audit entry counts what was done. Cancelled by its control, or by the end of the program, it ends
/// between two of them, and it ends where ActRequest::most is reached; each is an act of its own in the audit. Worker thread.
Result<ActTotals> workThrough(EngineCore &core, store::ActRequest request, const std::string &reason, JobControl *control = nullptr);

/// Ends the cancelling of batches that a death of the program cut off.
Result<void> finishCancelling(EngineCore &core);

} // namespace songda
