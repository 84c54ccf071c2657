// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/delivery/dispatcher.h"
#include "engine/model/meters.h"
#include "engine/model/snapshot.h"
#include "engine/facade/alert_driver.h"
#include "engine/facade/hook_driver.h"
#include "engine/facade/key_upkeep.h"
#include "engine/facade/own_writes.h"
#include "engine/facade/reading_order.h"
#include "engine/facade/replay_driver.h"
#include "engine/net/port_set.h"
#include "engine/policy/clock_watch.h"
#include "engine/store/engine_pause.h"
#include "engine/store/journal_writer.h"

#include <QObject>
#include <QThread>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace songda {

class EngineCore;

/// The engine thread: runs the Dispatcher on real ports. Answers of lanes and journal come in through one
/// inbox with one wake-up for all that has gathered, never as a signal each.
class EngineLoop final : public QObject, delivery::Clock, delivery::Transport, delivery::Journal {
    Q_OBJECT
public:
    EngineLoop(EngineCore &core, RunId run);
    ~EngineLoop() override;

    // Any thread
    void start(std::vector<delivery::AccountConfig> accounts, store::StoredPause pause);
    void requestStop();
    /// At once, whether or not it could be written down; nothing: lets it go on.
    void setPaused(std::optional<EnginePause> pause);
    void workChanged();
    void holdsChanged();
    /// Reads accounts and secrets anew on a worker thread and hands them over.
    void reloadAccounts();
    Snapshot snapshot() const;
    Meters meters() const;
    bool isDrained() const;
    RunId run() const { return m_run; }
    /// A replay was begun, or somebody changed one.
    void replaysChanged() { m_replays.lookAgain(); }
    /// A hook was added, removed, or told to go on.
    void hooksChanged() { m_hooks.lookAgain(); }
    std::vector<Hook> hooks() const { return m_hooks.hooks(); }
    /// A sink was added or removed, or somebody acknowledged an alert.
    void alertsChanged() { m_alerts.lookAgain(); }

Q_SIGNALS:
    void snapshotReady(const songda::Snapshot &snapshot);
    void alertTold(const songda::AlertNotice &notice);
    void stopped();

private:
    // Clock, Transport, Journal: engine thread
    Now now() const override;
    void configure(AccountId account, int connections, bool bulk) override;
    void post(AccountId account, delivery::ExchangeId id, HttpRequest request) override;
    void cancel(delivery::ExchangeId id) override;
    void claim(delivery::Ticket ticket, const ClaimRequest &request) override;
    void finish(delivery::Ticket ticket, std::vector<AttemptResult> results) override;
    void release(delivery::Ticket ticket, RunId run, std::vector<ClaimedMessage> claims) override;
    void holdAccount(AccountId account, std::optional<Hold> hold) override;
    void holdTemplate(TemplateRef templateRef, Hold hold) override;
    void useHost(AccountId account, std::optional<WallTime> secondSince, std::string why) override;
    void noteAct(AccountId account, const char *act, std::string why) override;

    void logAttempt(const AttemptResult &result) const;
    void enqueue(std::function<void()> event);
    void drainInbox();
    void afterEvents();
    void takeSnapshot();
    void applyPause(std::optional<EnginePause> pause);
    /// Every second: whether somebody has paused sending or let it go on, here or in another process.
    void lookAtPause();
    /// Every second: whether the policy file changed.
    void lookAtPolicy();
    /// Every ten seconds: how far the database has come, for telling a restored backup.
    void markProgress();
    void endIfStopped();
    /// Often: whether what became due while the machine slept should go now.
    void wakeAfterSleep();
    void submitOwnWrite(std::uint64_t number, const store::JournalWriter::Job &job);
    /// At once, for an alert; recorded in the audit when there was something to fetch. Any thread.
    void refreshToken(AccountId account, const std::string &why);

    EngineCore &m_core;
    const RunId m_run;
    ReplayDriver m_replays;
    HookDriver m_hooks;
    AlertDriver m_alerts;
    KeyUpkeep m_keys;
    OwnWrites m_ownWrites; ///< engine thread
    ReadingOrder m_readings; ///< of the accounts
    std::atomic<bool> m_reloadFailed{false}; ///< they could not be read
    QThread m_thread;

    std::mutex m_inboxMutex;
    std::vector<std::function<void()>> m_inbox; ///< guarded by m_inboxMutex
    bool m_closed = false; ///< guarded by m_inboxMutex; nothing is taken any more

    mutable std::mutex m_metersMutex;
    Meters m_meters; ///< guarded by m_metersMutex; the journal's part is the journal's

    mutable std::mutex m_snapshotMutex;
    Snapshot m_snapshot; ///< guarded by m_snapshotMutex
    bool m_drained = false; ///< guarded by m_snapshotMutex
    int m_workToSee = 0; ///< told by workChanged and not yet seen by the dispatcher; guarded by m_snapshotMutex

    // Engine thread only
    std::unique_ptr<delivery::Dispatcher> m_dispatcher;
    std::unique_ptr<net::PortSet> m_ports;
    std::unique_ptr<QTimer> m_wake;
    std::unique_ptr<QTimer> m_snapshotTimer;
    std::unique_ptr<QTimer> m_stopTimer;
    std::map<BatchId, AccountId> m_batchAccounts;
    bool m_looking = false; ///< for new batches and the oldest due time: one look at a time
    SleepWatch m_sleepWatch;
    store::StoredPause m_storedPause; ///< as last read
    std::optional<EnginePause> m_pause;
    bool m_lookingAtPause = false;
    bool m_journalFailed = false;
    bool m_stopping = false;
    bool m_ended = false;
    int m_stopTicks = 0;
    std::optional<WallTime> m_oldestDue;
    std::string m_policyProblem;
    int m_snapshotTicks = 0;
    int m_quietTicks = 0; ///< the dispatcher is drained and no replay got any further
};

} // namespace songda
