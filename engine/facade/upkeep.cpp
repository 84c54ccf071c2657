// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/progress_mark.h"
#include "engine/store/audit_table.h"
#include "engine/store/backup.h"

namespace songda {

QFuture<Result<std::int64_t>> Engine::backup(std::string file) {
    return m_core->work<std::int64_t>([core = m_core.get(), file = std::move(file)]() -> Result<std::int64_t> {
        const auto bytes = store::backupDatabase(core->path("songda.db"), file);
        if (bytes && core->writer) {
            SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
                const auto audit = store::recordAct(session, core->actor(file), "backup", "database", 0, systemNow().wall);
                return audit ? Result<void>{} : tl::unexpected(audit.error());
            }));
        }
        return bytes;
    });
}

QFuture<Result<std::optional<std::int64_t>>> Engine::restoredWaiting() {
    using Waiting = std::optional<std::int64_t>;
    return m_core->readers->run<Waiting>([dir = m_core->options.profileDir](store::Database &database) -> Result<Waiting> {
        const auto restored = store::isRestored(database);
        const auto behind = profile::isBehindMark(dir, database);
        if (!restored || !behind)
            return tl::unexpected((!restored ? restored : behind).error());
        if (!*restored && !*behind)
            return Waiting{};
        const auto waiting = database.scalar("SELECT coalesce(sum(n), 0) FROM counter WHERE state IN (0, 1, 2, 3)");
        if (!waiting)
            return tl::unexpected(waiting.error());
        return Waiting{waiting->value_or(0)};
    });
}

QFuture<Result<void>> Engine::acceptRestored(std::string reason) {
    if (!m_core->writer)
        return readyFuture<void>(tl::unexpected(EngineCore::viewerOnly()));
    return restoredWaiting().then(QtFuture::Launch::Async, [core = m_core.get(), reason = std::move(reason)](Result<std::optional<std::int64_t>> waiting) -> Result<void> {
        if (!waiting)
            return tl::unexpected(waiting.error());
        if (!*waiting)
            return fail(ErrorCode::NotFound, "the database is as new as what last ran here; there is nothing to agree to");
        const std::int64_t mark = profile::readProgressMark(core->options.profileDir).value_or(0);
        return core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            auto update = session.sql("UPDATE meta SET value = CAST(max(CAST(value AS INTEGER), ?1) AS TEXT) WHERE key = 'commits'");
            if (!update)
                return tl::unexpected(update.error());
            SONGDA_TRY((*update)->bindAll(mark).run());
            SONGDA_TRY(store::setRestored(session, false));
            const auto audit = store::recordAct(session, core->actor(reason), "restore.accept", "database", **waiting, systemNow().wall);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        });
    });
}

} // namespace songda
