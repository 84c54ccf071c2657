// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/progress_mark.h"
#include "engine/store/archive.h"
#include "engine/store/audit_table.h"
#include "engine/store/backup.h"
#include "engine/store/integrity.h"
#include "engine/store/migrations.h"

namespace songda {

namespace {
/// Messages deleted in one transaction: sends wait for its commit.
constexpr int deletedAtATime = 500;

Result<std::vector<std::string>> damageOf(EngineCore &core, store::CheckDepth depth) {
    // A connection of its own: short queries shall not wait for it.
    auto database = store::Database::open(core.path("songda.db"), store::Database::Mode::ReadOnly, store::newestSchemaVersion());
    if (!database)
        return tl::unexpected(database.error());
    return store::findDamage(*database, depth, 20, &core.closing);
}

/// How many messages wait since an older database was put in place of the one used last; nothing when none was.
using Waiting = std::optional<std::int64_t>;

std::function<Result<Waiting>(store::Database &)> waitingSinceRestore(const EngineCore &core) {
    return [dir = core.options.profileDir](store::Database &database) -> Result<Waiting> {
        const auto restored = store::isRestored(database);
        const auto behind = profile::isBehindMark(dir, database);
        if (!restored || !behind)
            return tl::unexpected((!restored ? restored : behind).error());
        if (!*restored && !*behind)
            return Waiting{};
        const auto batches = store::readStateCounts(database);
        if (!batches)
            return tl::unexpected(batches.error());
        std::int64_t waiting = 0;
        for (const auto &[batch, counts] : *batches)
            waiting += counts.total() - counts.finished();
        return Waiting{waiting};
    };
}

} // namespace

QFuture<Result<std::vector<std::string>>> Engine::checkIntegrity() {
    return m_core->work<std::vector<std::string>>([core = m_core.get()] { return damageOf(*core, store::CheckDepth::Full); });
}

void EngineCore::checkInBackground() {
    workers.start([this] {
        const auto damage = damageOf(*this, store::CheckDepth::Quick);
        if (damage && !damage->empty())
            writer->refuse(store::damagedError(path("songda.db"), damage->front(), "nothing is written to it any more"));
    });
}

QFuture<Result<std::int64_t>> Engine::backup(std::string file) {
    SONGDA_MAY(Maintain, std::int64_t);
    return m_core->work<std::int64_t>([core = m_core.get(), file = std::move(file)]() -> Result<std::int64_t> {
        const auto bytes = store::backupDatabase(core->path("songda.db"), file, &core->closing);
        if (bytes && core->writer) {
            SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto audit = store::recordAct(session, core->actor(file), "backup", "database", 0, systemNow().wall);
                return audit ? Result<void>{} : tl::unexpected(audit.error());
            }));
        }
        return bytes;
    });
}

QFuture<Result<ArchiveReport>> Engine::archive(ArchiveRequest request) {
    SONGDA_MAY(Maintain, ArchiveReport);
    return m_core->work<ArchiveReport>([core = m_core.get(), request = std::move(request)]() -> Result<ArchiveReport> {
        if (!core->writer)
            return tl::unexpected(EngineCore::viewerOnly());
        const auto policy = core->policies->current();
        if (!policy)
            return tl::unexpected(policy.error());
        const std::chrono::days keepKeys{(*policy)->set.defaults.keepKeysDays};
        const auto archived = store::writeArchive(core->path("songda.db"), request.path, request.before, &core->closing);
        if (!archived)
            return tl::unexpected(archived.error());
        ArchiveReport report{*archived, 0};
        AuditId audit;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto id = store::recordAct(session, core->actor(request.path), "archive", "before " + toIso8601(request.before), 0, systemNow().wall);
            if (!id)
                return tl::unexpected(id.error());
            audit = *id;
            return {};
        }));
        auto file = store::openArchive(request.path);
        if (!file)
            return tl::unexpected(file.error());
        for (MessageId after;;) {
            const auto next = store::readArchived(*file, after, deletedAtATime);
            if (!next)
                return tl::unexpected(next.error());
            if (next->empty() || core->closing || (request.control && request.control->cancelled.load(std::memory_order_relaxed)))
                break;
            after = next->back().id;
            SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto deleted = store::deleteArchived(session, *next, systemNow().wall, keepKeys);
                if (!deleted)
                    return tl::unexpected(deleted.error());
                report.deleted += *deleted;
                return store::setActCount(session, audit, report.deleted);
            }));
            if (request.control) {
                request.control->rows = report.deleted;
                request.control->share = static_cast<double>(report.deleted) / static_cast<double>(std::max<std::int64_t>(1, report.archived));
            }
        }
        core->workChanged();
        return report;
    });
}

QFuture<Result<std::optional<std::int64_t>>> Engine::restoredWaiting() { return m_core->readers->run<Waiting>(waitingSinceRestore(*m_core)); }

QFuture<Result<void>> Engine::acceptRestored(std::string reason) {
    SONGDA_MAY(Maintain, void);
    if (!m_core->writer)
        return readyFuture<void>(tl::unexpected(EngineCore::viewerOnly()));
    return m_core->work<void>([core = m_core.get(), reason = std::move(reason)]() -> Result<void> {
        const auto waiting = core->readers->run<Waiting>(waitingSinceRestore(*core)).result();
        if (!waiting)
            return tl::unexpected(waiting.error());
        if (!*waiting)
            return fail(ErrorCode::NotFound, "the database is as new as what last ran here; there is nothing to agree to");
        const std::int64_t mark = profile::readProgressMark(core->options.profileDir).value_or(0);
        return core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            SONGDA_TRY(store::raiseCommits(session, mark));
            SONGDA_TRY(store::setRestored(session, false));
            const auto audit = store::recordAct(session, core->actor(reason), "restore.accept", "database", **waiting, systemNow().wall);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        });
    });
}

} // namespace songda
