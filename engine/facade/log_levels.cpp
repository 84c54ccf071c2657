// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/store/audit_table.h"
#include "engine/store/message_pages.h"
#include "engine/store/meta.h"

namespace songda {

namespace {

constexpr const char *metaKey = "log_levels";

Result<std::string> readLevels(store::Database &database) {
    return store::metaText(database, metaKey).map([](std::optional<std::string> text) { return std::move(text).value_or(log::Levels().text()); });
}

} // namespace

Result<void> EngineCore::readLogLevels() {
    if (!log)
        return {};
    const auto read = readers->run<std::pair<std::string, std::int64_t>>([](store::Database &db) -> Result<std::pair<std::string, std::int64_t>> {
        const auto text = readLevels(db);
        const auto number = store::profileNonce(db);
        if (!text || !number)
            return tl::unexpected(!text ? text.error() : number.error());
        return std::pair(*text, *number);
    }).result();
    if (!read)
        return tl::unexpected(read.error());
    nonce = read->second;
    const auto levels = log::Levels::parse(read->first);
    if (!levels)
        return tl::unexpected(levels.error());
    log->setLevels(*levels);
    return {};
}

std::shared_ptr<log::Log> Engine::log() const { return m_core->log; }

std::string Engine::traceIdOf(MessageId id) const { return store::traceIdOf(m_core->nonce, id); }

QFuture<Result<std::string>> Engine::logLevels() { return m_core->readers->run<std::string>(readLevels); }

QFuture<Result<std::string>> Engine::setLogLevels(std::string text) {
    SONGDA_MAY(SetUp, std::string);
    return m_core->work<std::string>([core = m_core.get(), text = std::move(text)]() -> Result<std::string> {
        const auto levels = log::Levels::parse(text);
        if (!levels)
            return tl::unexpected(levels.error());
        const std::string all = levels->text();
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            SONGDA_TRY(store::setMetaText(session, metaKey, all));
            const auto audit = store::recordAct(session, core->actor(), "log.levels", all, 0, systemNow().wall);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        }));
        SONGDA_TRY(core->readLogLevels());
        return all;
    });
}

} // namespace songda
