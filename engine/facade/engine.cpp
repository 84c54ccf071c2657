// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"

#include "engine/facade/desk_work.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/engine_loop.h"
#include "engine/facade/lockable_folder.h"
#include "engine/facade/intake_desk.h"
#include "engine/facade/profile.h"
#include "engine/facade/progress_mark.h"
#include "engine/store/audit_table.h"
#include "engine/store/backup.h"
#include "engine/store/recovery.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHostInfo>

static void initCatalogueResource() {
    Q_INIT_RESOURCE(songda_catalogue);
}

namespace songda {

namespace {

Result<ErrorCatalogue> loadCatalogue() {
    initCatalogueResource();
    QFile file(QStringLiteral(":/songda/error_catalogue.json"));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Internal, "the error catalogue is missing from the program");
    return ErrorCatalogue::fromJson(file.readAll().toStdString());
}

/// Gives a new database its random number, from which trace ids are made.
Result<void> ensureNonce(store::JournalWriter &writer) {
    return writer.submitAndWait([](store::WriteSession &session) -> Result<void> {
        auto insert = session.sql("INSERT INTO meta(key, value) VALUES('profile_nonce', ?1) ON CONFLICT DO NOTHING");
        if (!insert)
            return tl::unexpected(insert.error());
        return (*insert)->bindAll(std::to_string(static_cast<std::int64_t>(session.random().next() >> 1))).run();
    });
}

Result<std::unique_ptr<store::JournalWriter>> openJournal(const std::string &dir, bool alone, std::int64_t checkUpTo) {
    store::JournalWriter::Options options;
    options.path = dir + "/songda.db";
    options.alone = alone;
    options.checkUpTo = checkUpTo;
    auto writer = store::JournalWriter::open(options);
    if (!writer)
        return writer;
    // Before anything else is written: acts on an older copy let it grow past the mark.
    SONGDA_TRY((*writer)->submitAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto behind = profile::isBehindMark(dir, session.database());
        if (!behind)
            return tl::unexpected(behind.error());
        return *behind ? store::setRestored(session, true) : Result<void>{};
    }));
    SONGDA_TRY(ensureNonce(**writer));
    return writer;
}

/// Delivering is worth more than a log of it: a folder that takes no file is no reason to stand still.
void openLog(EngineCore &core) {
    log::Log::Options options;
    options.folder = core.options.profileDir;
    options.clock = systemNow;
    auto log = log::Log::open(options);
    if (!log) {
        qWarning("%s", log.error().detail.c_str());
        return;
    }
    core.log = std::move(*log);
    log::setQtLog(core.log);
    static_cast<void>(core.readLogLevels());
    core.note(log::Category::Engine, log::Level::Info, "opened", {{"pid", std::int64_t{QCoreApplication::applicationPid()}}, {"user", core.options.user}});
}

} // namespace

Result<void> Engine::createProfile(const std::string &dir) {
    SONGDA_TRY(profile::create(dir));
    const auto writer = openJournal(dir, true, 0);
    if (!writer)
        return tl::unexpected(writer.error());
    QFile::setPermissions(QString::fromStdString(dir + "/songda.db"), QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return {};
}

Result<std::unique_ptr<Engine>> Engine::open(EngineOptions options) {
    if (!profile::exists(options.profileDir))
        return tl::unexpected(profile::readSettings(options.profileDir).error());
    SONGDA_TRY(profile::readSettings(options.profileDir));
    auto core = std::make_unique<EngineCore>();
    auto catalogue = loadCatalogue();
    if (!catalogue)
        return tl::unexpected(catalogue.error());
    core->catalogue = std::move(*catalogue);
    core->options = std::move(options);
    core->workers.setMaxThreadCount(4);
    core->policies = std::make_unique<PolicyStore>(core->options.profileDir);
    const std::string database = core->path("songda.db");
    if (core->options.role != EngineOptions::Role::Viewer)
        SONGDA_TRY(checkLockable(core->options.profileDir));
    if (core->options.role == EngineOptions::Role::Engine) {
        auto lock = EngineLock::take(core->options.profileDir);
        if (!lock)
            return tl::unexpected(lock.error());
        core->lock = std::move(*lock);
    }
    if (core->options.role != EngineOptions::Role::Viewer) {
        const bool engine = core->options.role == EngineOptions::Role::Engine;
        const std::string &dir = core->options.profileDir;
        auto writer = openJournal(dir, engine || !EngineLock::isHeld(dir), engine ? core->options.checkAtOnceUpTo : 0);
        if (!writer)
            return tl::unexpected(writer.error());
        core->writer = std::move(*writer);
        core->intake = std::make_unique<IntakeDesk>(*core);
    }
    core->readers = std::make_unique<ReaderPool>(database, 2);
    if (core->options.role == EngineOptions::Role::Engine)
        openLog(*core);
    SONGDA_TRY(core->lookForUsers());
    // A database that cannot be read is told now, not at the first query.
    const auto readable = core->readers->run<bool>([](store::Database &) { return Result<bool>(true); }).result();
    if (!readable)
        return tl::unexpected(readable.error());
    return std::unique_ptr<Engine>(new Engine(std::move(core)));
}

Engine::Engine(std::unique_ptr<EngineCore> core)
    : m_core(std::move(core)) {}

Engine::~Engine() = default;

EngineOptions::Role Engine::role() const { return m_core->options.role; }

Result<void> Engine::start() {
    if (m_core->options.role != EngineOptions::Role::Engine)
        return tl::unexpected(EngineCore::viewerOnly());
    if (m_core->loop)
        return {};
    const auto restored = restoredWaiting().result();
    if (!restored)
        return tl::unexpected(restored.error());
    if (*restored)
        return fail(ErrorCode::Restored,
            "the database is older than what last ran on this profile, as after restoring a backup: " + std::to_string(**restored)
                + " messages wait, and some of them may have been sent already; nothing is sent until somebody agrees"
                  " (songda-cli restore accept --reason ...)");
    // As it is now: this process may have read it long ago.
    if (const auto policy = m_core->policies->look(); !policy.refused.empty())
        return fail(ErrorCode::InvalidInput, policy.refused);
    RunId run;
    bool endedBadly = false;
    store::RecoveryReport recovered;
    store::StoredPause pause;
    const store::RunInfo info{QHostInfo::localHostName().toStdString(), QCoreApplication::applicationPid(), bootId()};
    SONGDA_TRY(m_core->writer->submitAndWait([&](store::WriteSession &session) -> Result<void> {
        const Now now = systemNow();
        const auto open = session.database().scalar("SELECT stopped_at IS NULL FROM run ORDER BY id DESC LIMIT 1");
        if (!open)
            return tl::unexpected(open.error());
        endedBadly = open->value_or(0) != 0;
        const auto started = store::startRun(session, info, now);
        if (!started)
            return tl::unexpected(started.error());
        run = *started;
        auto stored = store::readPause(session.database());
        if (!stored)
            return tl::unexpected(stored.error());
        pause = std::move(*stored);
        const auto report = store::recoverClaims(session, run, now);
        if (!report)
            return tl::unexpected(report.error());
        recovered = *report;
        const std::int64_t settled = recovered.requeued + recovered.uncertain + recovered.putAside;
        if (settled == 0)
            return {};
        const Actor engine{"engine",
            std::to_string(recovered.requeued) + " repeated, " + std::to_string(recovered.uncertain) + " uncertain, "
                + std::to_string(recovered.putAside) + " put aside"};
        const auto audit = store::recordAct(session, engine, "engine.recover", "run " + std::to_string(run.value), settled, now.wall);
        if (!audit)
            return tl::unexpected(audit.error());
        return {};
    }));
    auto accounts = m_core->loadAccounts();
    if (!accounts)
        return tl::unexpected(accounts.error());
    m_core->note(log::Category::Engine, log::Level::Info, "started", {{"run", run.value}, {"accounts", static_cast<std::int64_t>(accounts->size())},
        {"requeued", recovered.requeued}, {"uncertain", recovered.uncertain}, {"put_aside", recovered.putAside}});
    SONGDA_TRY(finishCancelling(*m_core));
    SONGDA_TRY(m_core->settleImports());
    m_core->loop = std::make_unique<EngineLoop>(*m_core, run);
    connect(m_core->loop.get(), &EngineLoop::snapshotReady, this, &Engine::snapshotChanged);
    connect(m_core->loop.get(), &EngineLoop::alertTold, this, &Engine::alertTold);
    connect(m_core->loop.get(), &EngineLoop::stopped, this, &Engine::stopped);
    m_core->loop->start(std::move(*accounts), std::move(pause));
    if (endedBadly && QFileInfo(QString::fromStdString(m_core->path("songda.db"))).size() > m_core->options.checkAtOnceUpTo)
        m_core->checkInBackground();
    return {};
}

QFuture<Result<bool>> Engine::setPaused(bool paused, std::string reason) {
    SONGDA_MAY(Steer, bool);
    if (m_core->options.role == EngineOptions::Role::Engine && !m_core->loop)
        return readyFuture<bool>(false); // nothing is sent that could be paused
    const Actor actor = m_core->actor(reason);
    const WallTime now = systemNow().wall;
    // A full disk must not keep anybody from pausing what is sent.
    if (m_core->loop)
        m_core->loop->setPaused(paused ? std::optional(EnginePause{actor.who, now}) : std::nullopt);
    return m_core->write<bool>([actor, paused, now](store::WriteSession &session) { return store::setPaused(session, actor, paused, now); });
}

void Engine::requestStop() {
    if (m_core->loop)
        m_core->loop->requestStop();
    else
        QMetaObject::invokeMethod(this, &Engine::stopped, Qt::QueuedConnection);
}

Snapshot Engine::snapshot() const { return m_core->loop ? m_core->loop->snapshot() : Snapshot{}; }
Meters Engine::meters() const {
    Meters meters = m_core->loop ? m_core->loop->meters() : Meters{};
    if (m_core->loop) {
        meters.hooks = m_core->loop->hooks();
        // Whoever takes differences misses what a counter is born with: those that can be foreseen begin with nothing.
        const auto causes = m_core->catalogue.attemptCauses();
        for (const AccountSnapshot &account : m_core->loop->snapshot().accounts) {
            for (const auto &cause : causes)
                meters.attempts[account.id].try_emplace(cause, 0);
        }
    }
    meters.diskFree = profile::diskFree(m_core->options.profileDir);
    meters.logBytes = QFileInfo(QString::fromStdString(m_core->path("songda.db-wal"))).size();
    if (m_core->writer) {
        meters.commitTimes = m_core->writer->commitTimes();
        meters.failedCommits = m_core->writer->failedCommits();
    }
    return meters;
}
bool Engine::isDrained() const { return m_core->loop && m_core->loop->isDrained(); }

CauseWords Engine::causeWords(const std::string &cause, bool chinese) const {
    const CatalogueEntry *entry = m_core->catalogue.findCause(cause);
    if (!entry)
        entry = m_core->catalogue.find("wechat", "any", "other");
    if (!entry)
        return {};
    const CatalogueWords &words = chinese ? entry->zh : entry->en;
    return {words.meaning, words.advice, entry->move, entry->errorClass, entry->retryHelps, entry->code != "other"};
}

WallTime Engine::wallNow() { return systemNow().wall; }

} // namespace songda
