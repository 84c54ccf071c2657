// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/engine_loop.h"

#include "engine/facade/engine_core.h"
#include "engine/facade/progress_mark.h"
#include "engine/store/audit_table.h"
#include "engine/store/backup.h"
#include "engine/store/batches_table.h"
#include "engine/store/claims.h"
#include "engine/store/message_pages.h"
#include "engine/store/recovery.h"
#include "engine/store/summaries.h"
#include "engine/when_done.h"

#include <algorithm>
#include <utility>

namespace songda {

namespace {
constexpr std::chrono::milliseconds snapshotInterval{100};
constexpr std::chrono::seconds stopTick{1};
constexpr int ticksBeforeCancel = 7; ///< in flight may finish this long; the process is gone within ten seconds
constexpr int ticksBeforeGivingUp = 9;
constexpr int ticksToBeSure = 20;
constexpr std::chrono::milliseconds longestSleep{60'000};
constexpr int batchesAtATime = 10'000; ///< read in one statement
} // namespace

EngineLoop::EngineLoop(EngineCore &core, RunId run)
    : m_core(core)
    , m_run(run)
    , m_replays(core, run)
    , m_hooks(core)
    , m_alerts(core,
          {[this](AccountId account, const std::string &why) { refreshToken(account, why); }, [this](const AlertNotice &notice) { Q_EMIT alertTold(notice); }})
    , m_keys(core)
    , m_ownWrites([this](std::uint64_t number, const store::JournalWriter::Job &job) { submitOwnWrite(number, job); }) {
    m_thread.setObjectName(QStringLiteral("engine"));
    moveToThread(&m_thread);
}

EngineLoop::~EngineLoop() {
    // The writer outlives the loop and may still call back: nothing may be queued to a dead object.
    m_core.writer->setChanged({});
    m_core.workers.waitForDone();
    if (m_thread.isRunning()) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                // Destroyed at work, it ends as by a crash: what the end of the ports would still tell reaches nobody,
                // and the next run takes up what was in flight.
                {
                    const std::lock_guard lock(m_inboxMutex);
                    m_closed = true;
                    m_inbox.clear();
                }
                m_wake.reset();
                m_snapshotTimer.reset();
                m_stopTimer.reset();
                m_ports.reset();
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    m_hooks.stop();
    m_alerts.stop();
    m_core.workers.waitForDone();
    m_hooks.finish();
    m_alerts.finish();
    // Calls to the journal that are under way hold `this`: wait until they are answered.
    static_cast<void>(m_core.writer->submitAndWait([](store::WriteSession &) { return Result<void>{}; }));
}

void EngineLoop::start(std::vector<delivery::AccountConfig> accounts, store::StoredPause pause) {
    m_thread.start();
    enqueue([this, accounts = std::move(accounts), pause = std::move(pause)]() mutable {
        m_ports = std::make_unique<net::PortSet>(net::LanePool::Options{2, m_core.options.extraRootsPem},
            [this](std::vector<net::Finished> finished) {
                enqueue([this, finished = std::move(finished)]() mutable {
                    std::vector<std::pair<delivery::ExchangeId, HttpResponse>> responses;
                    responses.reserve(finished.size());
                    for (net::Finished &f : finished)
                        responses.emplace_back(f.id, std::move(f.response));
                    m_dispatcher->onResponses(responses);
                });
            });
        m_dispatcher = std::make_unique<delivery::Dispatcher>(
            delivery::Dispatcher::Ports{*this, *this, *this}, m_core.catalogue, Random::fromSystem(), m_run);
        m_wake = std::make_unique<QTimer>();
        m_wake->setSingleShot(true);
        m_wake->setTimerType(Qt::PreciseTimer);
        connect(m_wake.get(), &QTimer::timeout, this, [this] {
            m_dispatcher->onTimer();
            afterEvents();
        });
        m_snapshotTimer = std::make_unique<QTimer>();
        connect(m_snapshotTimer.get(), &QTimer::timeout, this, [this] {
            wakeAfterSleep();
            m_ownWrites.tick(now().steady);
            takeSnapshot();
        });
        m_snapshotTimer->start(snapshotInterval);
        m_storedPause = std::move(pause);
        applyPause(m_storedPause.pause);
        m_dispatcher->setAccounts(std::move(accounts));
        takeSnapshot();
    });
    m_core.writer->setChanged([this](bool external) {
        if (external) {
            m_replays.lookAgain();
            m_hooks.lookAgain();
            m_alerts.lookAgain();
            reloadAccounts();
            holdsChanged();
            enqueue([this] { lookAtPause(); });
        }
    });
}

void EngineLoop::requestStop() {
    enqueue([this] {
        if (m_stopping || !m_dispatcher)
            return;
        m_stopping = true;
        m_hooks.stop();
        m_alerts.stop();
        m_dispatcher->stop();
        m_stopTimer = std::make_unique<QTimer>();
        connect(m_stopTimer.get(), &QTimer::timeout, this, [this] {
            ++m_stopTicks;
            if (m_stopTicks == ticksBeforeCancel)
                m_dispatcher->cancelInFlight();
            afterEvents();
        });
        m_stopTimer->start(stopTick);
    });
}

void EngineLoop::setPaused(std::optional<EnginePause> pause) {
    enqueue([this, pause = std::move(pause)] {
        if (!pause || !m_pause) // else it is whose it was
            applyPause(pause);
    });
}

void EngineLoop::applyPause(std::optional<EnginePause> pause) {
    m_pause = std::move(pause);
    m_dispatcher->setPaused(m_pause.has_value());
}

void EngineLoop::lookAtPause() {
    if (std::exchange(m_lookingAtPause, true))
        return;
    whenDone(m_core.readers->run<store::StoredPause>([](store::Database &db) { return store::readPause(db); }), this,
        [this](const Result<store::StoredPause> &stored) {
            m_lookingAtPause = false;
            // What could not be written down here counts all the same, until somebody says otherwise.
            if (!stored || stored->text == m_storedPause.text || !m_ports)
                return;
            m_storedPause = *stored;
            applyPause(m_storedPause.pause);
            afterEvents();
        });
}

void EngineLoop::workChanged() {
    {
        // Whoever queued something and then asks must not hear what the last look at the lanes said.
        const std::lock_guard lock(m_snapshotMutex);
        m_drained = false;
        ++m_workToSee;
    }
    enqueue([this] {
        m_dispatcher->onWorkChanged();
        const std::lock_guard lock(m_snapshotMutex);
        --m_workToSee;
    });
}

void EngineLoop::holdsChanged() {
    enqueue([this] { m_dispatcher->onHoldsChanged(); });
}

void EngineLoop::lookAtPolicy() {
    m_core.workers.start([this] {
        static_cast<void>(m_core.readLogLevels());
        static_cast<void>(m_core.lookForUsers());
        const auto look = m_core.policies->look();
        if (look.refusedJustNow)
            m_core.note(log::Category::Engine, log::Level::Warning, "policy.refused", {{"cause", look.refused}});
        const bool again = m_reloadFailed.exchange(false);
        if (look.changed || m_core.secretsCameLate() || again)
            reloadAccounts();
        if (look.changed || look.refusedJustNow) {
            m_core.writer->submit(
                [refused = look.refused, at = systemNow().wall](store::WriteSession &session) -> Result<void> {
                    const auto audit = store::recordAct(
                        session, Actor{"engine", refused}, refused.empty() ? "policy.load" : "policy.refuse", "policy.json", 0, at);
                    return audit ? Result<void>{} : tl::unexpected(audit.error());
                },
                [](const Result<void> &) {}, 1, store::JournalWriter::Isolation::Savepoint);
        }
        enqueue([this, refused = look.refused] { m_policyProblem = refused; });
    });
}

void EngineLoop::reloadAccounts() {
    m_core.workers.start([this] {
        const std::uint64_t reading = m_readings.begin();
        auto accounts = m_core.loadAccounts();
        if (!accounts) { // what somebody changed must not wait for the next change
            m_reloadFailed = true;
            return;
        }
        enqueue([this, reading, accounts = std::move(*accounts)]() mutable {
            if (m_readings.take(reading))
                m_dispatcher->setAccounts(std::move(accounts));
        });
    });
}

Snapshot EngineLoop::snapshot() const {
    const std::lock_guard lock(m_snapshotMutex);
    return m_snapshot;
}

Meters EngineLoop::meters() const {
    const std::lock_guard lock(m_metersMutex);
    return m_meters;
}

bool EngineLoop::isDrained() const {
    const std::lock_guard lock(m_snapshotMutex);
    return m_drained;
}

Now EngineLoop::now() const { return systemNow(); }

void EngineLoop::configure(AccountId account, int connections, bool bulk) {
    m_ports->configure(net::PeerKey{account.value}, connections, bulk);
}

void EngineLoop::post(AccountId account, delivery::ExchangeId id, HttpRequest request) {
    m_ports->start(net::PeerKey{account.value}, id, std::move(request));
}

void EngineLoop::cancel(delivery::ExchangeId id) { m_ports->cancel(id); }

void EngineLoop::claim(delivery::Ticket ticket, const ClaimRequest &request) {
    auto reply = std::make_shared<ClaimReply>();
    m_core.writer->submit(
        [request, reply](store::WriteSession &session) -> Result<void> {
            auto claimed = store::claimDue(session, request);
            if (!claimed)
                return tl::unexpected(claimed.error());
            *reply = std::move(*claimed);
            return {};
        },
        [this, ticket, reply](const Result<void> &result) {
            enqueue([this, ticket, result, reply] {
                m_dispatcher->onClaimed(ticket, result ? Result<ClaimReply>(std::move(*reply)) : tl::unexpected(result.error()));
            });
        },
        request.limit, store::JournalWriter::Isolation::None, store::JournalWriter::Haste::CanWait);
}

void EngineLoop::finish(delivery::Ticket ticket, std::vector<AttemptResult> results) {
    const int weight = static_cast<int>(results.size());
    {
        const std::lock_guard lock(m_metersMutex);
        for (const AttemptResult &r : results) {
            m_meters.addAttempt(r.account, r.outcome.errorClass, r.outcome.cause);
            if (r.phase == AttemptPhase::Answered)
                m_meters.attemptTimes.add(r.latency);
        }
    }
    for (const AttemptResult &r : results)
        logAttempt(r);
    auto late = std::make_shared<int>(0);
    m_core.writer->submit(
        [results = std::move(results), late](store::WriteSession &session) -> Result<void> {
            const auto done = store::finishAttempts(session, results);
            if (!done)
                return tl::unexpected(done.error());
            *late = *done;
            return {};
        },
        [this, ticket, late](const Result<void> &result) {
            enqueue([this, ticket, result, late] {
                m_dispatcher->onRecorded(ticket, result ? Result<int>(*late) : tl::unexpected(result.error()));
            });
        },
        weight, store::JournalWriter::Isolation::None, store::JournalWriter::Haste::CanWait);
}

void EngineLoop::logAttempt(const AttemptResult &r) const {
    const bool accepted = r.outcome.errorClass == ErrorClass::Success;
    const auto level = accepted ? log::Level::Debug : log::Level::Info;
    if (!m_core.log || !m_core.log->wants(log::Category::Delivery, level))
        return;
    const std::string trace = store::traceIdOf(m_core.nonce, r.id);
    m_core.log->write(log::Category::Delivery, level, accepted ? "attempt.accepted" : "attempt.failed",
        {{"trace", trace}, {"message", r.id.value}, {"attempt", std::int64_t{r.attempt}}, {"next", toString(r.next)}, {"msgid", r.outcome.msgid}, {"cause", r.outcome.cause},
            {"http", std::int64_t{r.httpStatus}}, {"errmsg", r.outcome.errmsg}, {"latency_us", std::int64_t{r.latency.count()}}});
}

void EngineLoop::release(delivery::Ticket ticket, RunId run, std::vector<ClaimedMessage> claims) {
    const int weight = static_cast<int>(claims.size());
    m_core.writer->submit(
        [run, claims = std::move(claims)](store::WriteSession &session) { return store::releaseClaims(session, run, claims); },
        [this, ticket](const Result<void> &result) {
            enqueue([this, ticket, result] {
                m_dispatcher->onRecorded(ticket, result ? Result<int>(0) : tl::unexpected(result.error()));
            });
        },
        weight, store::JournalWriter::Isolation::None, store::JournalWriter::Haste::CanWait);
}

void EngineLoop::refreshToken(AccountId account, const std::string &why) {
    enqueue([this, account, why] {
        if (!m_dispatcher->refreshToken(account))
            return;
        noteAct(account, "account.refresh_token", why);
    });
}

void EngineLoop::enqueue(std::function<void()> event) {
    bool wake = false;
    {
        const std::lock_guard lock(m_inboxMutex);
        if (m_closed)
            return;
        wake = m_inbox.empty();
        m_inbox.push_back(std::move(event));
    }
    if (wake)
        QMetaObject::invokeMethod(this, &EngineLoop::drainInbox, Qt::QueuedConnection);
}

void EngineLoop::drainInbox() {
    std::vector<std::function<void()>> events;
    {
        const std::lock_guard lock(m_inboxMutex);
        events.swap(m_inbox);
    }
    for (auto &event : events)
        event();
    afterEvents();
}

void EngineLoop::afterEvents() {
    if (!m_dispatcher || !m_wake)
        return;
    endIfStopped();
    const auto at = m_dispatcher->nextWake();
    if (!at) {
        m_wake->stop();
        return;
    }
    const auto delay = std::chrono::ceil<std::chrono::milliseconds>(*at - now().steady);
    m_wake->start(std::clamp(delay, std::chrono::milliseconds{0}, longestSleep));
}

void EngineLoop::endIfStopped() {
    if (!m_stopping || m_ended || (!m_dispatcher->isStopped() && m_stopTicks < ticksBeforeGivingUp))
        return;
    m_ended = true;
    m_stopTimer->stop();
    takeSnapshot();
    m_core.writer->submit([run = m_run, at = now().wall](store::WriteSession &session) { return store::endRun(session, run, at); },
        [this](const Result<void> &) { Q_EMIT stopped(); });
}

void EngineLoop::markProgress() {
    m_core.readers->run<bool>([dir = m_core.options.profileDir](store::Database &database) -> Result<bool> {
        const auto commits = database.scalar(store::commitsOf);
        if (!commits || !*commits)
            return false;
        if (profile::readProgressMark(dir).value_or(-1) < **commits)
            SONGDA_TRY(profile::writeProgressMark(dir, **commits));
        return true;
    });
}

void EngineLoop::wakeAfterSleep() {
    // Qt's timers stand still while the machine sleeps: what became due meanwhile would wait for the rest of its timer.
    const auto awake = std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch());
    if (!m_sleepWatch.look(now().steady, awake))
        return;
    m_dispatcher->onTimer();
    afterEvents();
}

void EngineLoop::takeSnapshot() {
    Snapshot s;
    s.at = now().wall;
    s.engineOwner = true;
    if (const auto failure = m_core.writer->failure()) {
        if (!std::exchange(m_journalFailed, true))
            m_dispatcher->onJournalFailed(failure->detail);
        s.mustRestart = true;
        s.problem = failure->detail;
    }
    m_dispatcher->fill(s);
    if (m_pause) {
        s.pausedBy = m_pause->by;
        s.pausedSince = m_pause->since;
    }
    s.dataVersion = m_core.writer->dataVersion();
    const auto counts = m_core.writer->counts();
    const BatchId newest = m_batchAccounts.empty() ? BatchId{} : m_batchAccounts.rbegin()->first;
    bool unknownBatch = false;
    std::map<AccountId, StateCounts> perAccount;
    for (const auto &[batch, c] : counts) {
        s.counts += c;
        const auto it = m_batchAccounts.find(batch);
        if (it != m_batchAccounts.end())
            perAccount[it->second] += c;
        else if (newest < batch) // batches are read in order of their ids: one before the newest is in no table
            unknownBatch = true;
    }
    for (AccountSnapshot &a : s.accounts)
        a.counts = perAccount[a.id];
    // Which account a batch is of never changes: asked for once, when a new batch turns up. The oldest due
    // time costs a look into the due index, so once a second is enough.
    const int tick = m_snapshotTicks++;
    if (tick % 100 == 0)
        markProgress();
    if (tick % 10 == 5)
        lookAtPolicy();
    if (tick % 10 == 7)
        lookAtPause();
    if (!m_stopping) {
        m_replays.tick();
        m_hooks.tick(s.dataVersion);
        m_keys.tick();
    }
    s.policyProblem = m_policyProblem;
    if ((unknownBatch || tick % 10 == 0) && !std::exchange(m_looking, true)) {
        using Seen = std::pair<std::vector<store::BatchAccount>, std::optional<WallTime>>;
        const auto look = [at = s.at, unknownBatch, newest](store::Database &db) -> Result<Seen> {
            std::vector<store::BatchAccount> batches;
            for (bool more = unknownBatch; more;) {
                const auto page = store::readBatchAccounts(db, batches.empty() ? newest : batches.back().batch, batchesAtATime);
                if (!page)
                    return tl::unexpected(page.error());
                batches.insert(batches.end(), page->begin(), page->end());
                more = page->size() == static_cast<std::size_t>(batchesAtATime);
            }
            const auto oldest = store::readOldestDue(db, at);
            if (!oldest)
                return tl::unexpected(oldest.error());
            return Seen{std::move(batches), *oldest};
        };
        whenDone(m_core.readers->run<Seen>(look), this, [this](const Result<Seen> &seen) {
            m_looking = false;
            if (!seen)
                return;
            for (const store::BatchAccount &known : seen->first)
                m_batchAccounts[known.batch] = known.account;
            m_oldestDue = seen->second;
        });
    }
    s.oldestDue = m_oldestDue;
    s.openAlerts = m_alerts.counts();
    if (!m_stopping && tick % 10 == 9)
        m_alerts.tick(s, m_hooks.hooks());
    {
        const std::lock_guard lock(m_snapshotMutex);
        m_snapshot = s;
        // A replay that waits for what a hold keeps back does not go on by itself.
        const bool quiet = m_dispatcher->isDrained() && !m_replays.takeProgress() && m_workToSee == 0
            && !m_hooks.isBusy();
        m_quietTicks = quiet ? m_quietTicks + 1 : 0;
        m_drained = m_quietTicks > (m_replays.isRunning() ? ticksToBeSure : 0);
    }
    Q_EMIT snapshotReady(s);
}

} // namespace songda
