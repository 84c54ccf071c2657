// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"
#include "engine/store/replays.h"

#include <atomic>
#include <map>

namespace songda {

class EngineCore;

/// Takes replays further, a small transaction at a time, on a worker thread. What they have come to stands in the
/// database, so a new engine goes on where the last one ended.
class ReplayDriver {
public:
    ReplayDriver(EngineCore &core, RunId run);

    /// Any thread.
    void lookAgain() { m_look = true; }
    /// Ten times a second; does nothing while nothing is to be done.
    void tick();
    /// One is going on, or it is not known yet.
    bool isRunning() const { return m_running || m_look; }
    /// Whether any got further, or waits for its pace alone, since this was asked last.
    bool takeProgress() { return m_progress.exchange(false); }

private:
    void work();

    EngineCore &m_core;
    const RunId m_run;
    std::atomic<bool> m_look{true};
    std::atomic<bool> m_running{false};
    std::atomic<bool> m_working{false};
    std::atomic<bool> m_active{false}; ///< one is going on, or something let go has not ended
    std::atomic<bool> m_progress{false};
    std::map<ReplayId, store::PaceTime> m_paceFrom; ///< whoever has m_working only
};

} // namespace songda
