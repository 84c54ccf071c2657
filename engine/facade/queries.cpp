// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/store/accounts_table.h"
#include "engine/store/api_keys.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/message_pages.h"
#include "engine/store/summaries.h"
#include "engine/store/templates_table.h"
#include "engine/store/verify.h"

namespace songda {

using store::Database;

QFuture<Result<std::vector<Account>>> Engine::accounts() {
    return m_core->readers->run<std::vector<Account>>([](Database &db) { return store::readAccounts(db); });
}

QFuture<Result<std::vector<Template>>> Engine::templates() {
    return m_core->readers->run<std::vector<Template>>([](Database &db) { return store::readTemplates(db, std::nullopt); });
}

QFuture<Result<Page>> Engine::page(PageRequest request) {
    return m_core->readers->run<Page>([request = std::move(request)](Database &db) { return store::readPage(db, request); });
}

QFuture<Result<MessageDetail>> Engine::message(MessageId id) {
    return m_core->readers->run<MessageDetail>([id](Database &db) -> Result<MessageDetail> {
        auto message = store::readMessage(db, id);
        if (!message)
            return tl::unexpected(message.error());
        auto attempts = store::readAttempts(db, id);
        if (!attempts)
            return tl::unexpected(attempts.error());
        auto acts = store::readAuditOf(db, id);
        if (!acts)
            return tl::unexpected(acts.error());
        return MessageDetail{std::move(*message), std::move(*attempts), std::move(*acts)};
    });
}

QFuture<Result<std::vector<Batch>>> Engine::batches(int limit) {
    return m_core->readers->run<std::vector<Batch>>([limit](Database &db) { return store::readBatches(db, limit); });
}

QFuture<Result<Batch>> Engine::batch(BatchId id) {
    return m_core->readers->run<Batch>([id](Database &db) { return store::readBatch(db, id); });
}

QFuture<Result<std::map<MessageId, MessageState>>> Engine::states(std::vector<MessageId> ids) {
    return m_core->readers->run<std::map<MessageId, MessageState>>([ids = std::move(ids)](Database &db) { return store::readStates(db, ids); });
}

QFuture<Result<std::vector<ApiKey>>> Engine::apiKeys() {
    return m_core->readers->run<std::vector<ApiKey>>([](Database &db) { return store::readApiKeys(db); });
}

QFuture<Result<std::vector<CauseGroup>>> Engine::causeGroups() {
    return m_core->readers->run<std::vector<CauseGroup>>([](Database &db) { return store::readCauseGroups(db); });
}

QFuture<Result<std::vector<BreakdownRow>>> Engine::breakdown(WallTime since, BreakdownBy by) {
    return m_core->readers->run<std::vector<BreakdownRow>>([since, by](Database &db) { return store::readBreakdown(db, since, by); });
}

QFuture<Result<std::vector<HourlyCount>>> Engine::hourly(WallTime since) {
    return m_core->readers->run<std::vector<HourlyCount>>([since](Database &db) { return store::readHourly(db, since); });
}

QFuture<Result<std::vector<AuditEntry>>> Engine::audit(std::optional<AuditId> before, int limit) {
    return m_core->readers->run<std::vector<AuditEntry>>([before, limit](Database &db) { return store::readAudit(db, before, limit); });
}

QFuture<Result<StateCounts>> Engine::counts() {
    return m_core->readers->run<StateCounts>([](Database &db) -> Result<StateCounts> {
        const auto all = store::readStateCounts(db);
        if (!all)
            return tl::unexpected(all.error());
        StateCounts sum;
        for (const auto &[batch, counts] : *all)
            sum += counts;
        return sum;
    });
}

QFuture<Result<std::vector<Violation>>> Engine::verify() {
    return m_core->readers->run<std::vector<Violation>>([](Database &db) { return store::verify(db); });
}

} // namespace songda
