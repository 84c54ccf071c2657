// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"
#include "engine/model/time.h"

#include <optional>

namespace songda {

class EngineCore;

/// Forgets the idempotency keys of archived messages when the policy's time for them is over: looks at the start and every
/// ten minutes, and works on a worker thread in small transactions, for sends wait for their commits.
class KeyUpkeep {
public:
    explicit KeyUpkeep(EngineCore &core);
    /// Ten times a second, from one thread.
    void tick();

private:
    Result<void> work() const;

    EngineCore &m_core;
    const EvenTime m_calendar; ///< a calendar that jumps ahead makes nothing old
    std::optional<SteadyTime> m_lookedAt; ///< the ticking thread's
};

} // namespace songda
