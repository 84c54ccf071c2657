// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/replay_driver.h"

#include "engine/facade/engine_core.h"
#include "engine/store/replays.h"

namespace songda {

ReplayDriver::ReplayDriver(EngineCore &core, RunId run)
    : m_core(core)
    , m_run(run) {}

void ReplayDriver::tick() {
    if ((!m_look && !m_active) || m_working.exchange(true))
        return;
    m_core.workers.start([this] {
        work();
        m_working = false;
    });
}

void ReplayDriver::work() {
    m_look = false;
    const auto ids = m_core.readers->run<std::vector<ReplayId>>([](store::Database &db) { return store::replaysAtWork(db); }).result();
    if (!ids) {
        m_look = true;
        return;
    }
    const store::ReplayWorker worker{m_run, bootId(), "engine"};
    bool running = false;
    bool released = false;
    for (const ReplayId id : *ids) {
        store::ReplayWork done;
        const auto written = m_core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto worked = store::workOnReplay(session, id, worker, m_paceFrom[id], systemNow());
            if (!worked)
                return tl::unexpected(worked.error());
            done = *worked;
            return {};
        });
        if (!written) {
            running = true; // a disk that is full mends itself
            continue;
        }
        running = running || done.running;
        released = released || done.released > 0;
        if (done.released > 0 || done.ended > 0 || done.nextDue)
            m_progress = true;
    }
    m_running = running;
    m_active = !ids->empty();
    if (released)
        m_core.workChanged();
}

} // namespace songda
