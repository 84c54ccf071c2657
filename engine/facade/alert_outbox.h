// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/facade/alert_send.h"
#include "engine/model/random.h"

#include <QThreadPool>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

namespace songda {

/// Brings notices to their sinks. What is to be told stands in the database, written with the alert itself, and is tried
/// again until it was taken or given up; a sink that fails keeps nobody else waiting. One notice at a time to each sink,
/// in their order as long as none fails.
///
/// turn(), readSinks() and tellDirectly() on one thread.
class AlertOutbox {
public:
    explicit AlertOutbox(EngineCore &core);
    ~AlertOutbox();

    Result<void> readSinks();
    /// What is to be written so that a notice reaches those who want it.
    std::vector<store::NewTelling> tellingsOf(const AlertNotice &notice);
    /// When nothing can be written: what is critical is told all the same, a few times at most.
    void tellDirectly(const AlertNotice &notice);
    /// Writes down what came of the tries, and begins what is due.
    Result<void> turn();
    /// Begins nothing more, and ends what stands still. Any thread.
    void stop() { m_stopping = true; }
    /// After stop(): waits for what is under way, and writes it down.
    void finish();

private:
    struct Line {
        SinkAccess access;
        bool ready = false; ///< its secret could be read
        bool underWay = false;
    };
    struct UnderWay {
        std::int64_t sink = 0;
        AlertSink::Kind kind = AlertSink::Kind::WebHook;
        store::DueTelling telling;
    };
    struct Direct {
        store::DueTelling telling;
        SteadyTime due{};
    };

    Result<void> writeResults();
    Result<void> beginDue();
    /// Under m_mutex.
    void begin(Line &line, store::DueTelling telling);
    void onWebAnswer(const net::WebAnswer &answer);
    void onEnd(const UnderWay &was, const SinkAnswer &answer);

    EngineCore &m_core;
    EvenTime m_calendar;
    bool m_clamped = false;
    std::atomic<bool> m_stopping{false};
    std::mutex m_mutex;
    std::map<std::int64_t, Line> m_lines; ///< guarded by m_mutex
    std::map<std::uint64_t, UnderWay> m_underWay; ///< guarded by m_mutex; web requests
    std::set<std::int64_t> m_known; ///< guarded by m_mutex; under way, or ended and not written down yet
    std::vector<store::TellingResult> m_results; ///< guarded by m_mutex
    std::vector<Direct> m_direct; ///< guarded by m_mutex; without a row
    std::uint64_t m_nextId = 1; ///< guarded by m_mutex
    Random m_random; ///< guarded by m_mutex
    QThreadPool m_slow; ///< mail and commands, which stand still meanwhile
    std::unique_ptr<net::WebClient> m_client; ///< last: its thread calls back; made with the first sink
};

} // namespace songda
