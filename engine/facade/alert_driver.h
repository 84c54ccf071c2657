// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/facade/alert_facts.h"
#include "engine/facade/alert_outbox.h"
#include "engine/policy/alert_book.h"

#include <QThreadPool>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace songda {

/// Looks once a second whether something is wrong, keeps the alerts in the database and has them told. All on a thread
/// of its own, so that neither a slow disk nor a long import nor a sink that fails holds up the sending, nor the other way
/// round. What it may mend by itself it does, and says so in the audit.
class AlertDriver {
public:
    struct Ports {
        /// Wants the token of an account fetched at once.
        std::function<void(AccountId, const std::string &why)> refreshToken;
        /// Something was told; for whoever sits at the screen.
        std::function<void(const AlertNotice &)> told;
    };
    AlertDriver(EngineCore &core, Ports ports);
    ~AlertDriver();

    /// Somebody else wrote: a sink, an acknowledgement. Any thread.
    void lookAgain() { m_look = true; }
    /// Once a second, from one thread.
    void tick(const Snapshot &snapshot, std::vector<Hook> hooks);
    /// Any thread.
    AlertCounts counts() const;
    /// Begins nothing more. Any thread.
    void stop();
    /// After stop(): waits for what is under way and writes it down.
    void finish();

private:
    void work(const Snapshot &snapshot, const std::vector<Hook> &hooks);
    Result<void> readAgain();
    Result<void> step();
    Result<void> write(const AlertMoves &moves, AlertBook &book);
    void mend(const Snapshot &snapshot);
    Result<void> trim();

    EngineCore &m_core;
    const Ports m_ports;
    const EvenTime m_calendar; ///< a calendar that jumps ahead makes nothing old
    std::atomic<bool> m_look{true};
    std::atomic<bool> m_working{false};
    std::atomic<bool> m_stopping{false};
    mutable std::mutex m_mutex;
    AlertCounts m_counts{}; ///< guarded by m_mutex

    // The working thread's
    bool m_loaded = false;
    AlertFacts m_facts;
    AlertRules m_rules;
    AlertBook m_book;
    AlertOutbox m_outbox;
    std::map<AlertKey, SteadyTime> m_toldDirectly; ///< although it could not be written
    std::map<std::string, SteadyTime> m_refreshed; ///< by account
    std::optional<SteadyTime> m_trimmedAt;
    QThreadPool m_pool; ///< last: one thread, which uses the rest
};

} // namespace songda
