// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/engine_lock.h"
#include "engine/facade/engine_loop.h"
#include "engine/policy/masking.h"
#include "engine/policy/replay_window.h"
#include "engine/store/accounts_table.h"
#include "engine/store/api_keys.h"
#include "engine/store/audit_chain.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/engine_pause.h"
#include "engine/store/message_edit.h"
#include "engine/store/message_pages.h"
#include "engine/store/recovery.h"
#include "engine/store/reports.h"
#include "engine/store/summaries.h"
#include "engine/store/templates_table.h"
#include "engine/store/verify.h"

namespace songda {

using store::Database;

namespace {

void maskAct(AuditEntry &act) {
    act.object = act.act == "message.edit" ? act.object.substr(0, act.object.find(':')) : withMaskedOpenids(act.object);
    act.reason = withMaskedOpenids(act.reason);
}

void maskActs(std::vector<AuditEntry> &acts) {
    for (AuditEntry &act : acts)
        maskAct(act);
}

void maskPerson(MessageDetail &detail) {
    Message &m = detail.message;
    detail.masked = true;
    m.openid = maskedOpenid(m.openid);
    m.content = "{}";
    m.idempotencyKey.clear();
    for (Attempt &attempt : detail.attempts) {
        attempt.errmsg = withMaskedOpenids(attempt.errmsg);
        attempt.excerpt.clear();
    }
    detail.earlier.clear();
    maskActs(detail.acts);
}

/// Until when repeats are safe, by the clocks of this moment.
class SafeTimes {
public:
    explicit SafeTimes(const EngineCore &core)
        : m_now(systemNow())
        , m_run(core.loop ? core.loop->run() : RunId{}) {}

    Result<void> fill(Database &db, MessageRow &row) const {
        if (!row.ambiguous || row.state == MessageState::Accepted || row.state == MessageState::Delivered)
            return {};
        const auto sameBoot = store::isOfBoot(db, row.ambiguous->run, m_boot);
        if (!sameBoot)
            return tl::unexpected(sameBoot.error());
        // Whole seconds: what is shown must not change with each look.
        const Millis left = safeRepeatTimeLeft(*row.ambiguous, m_now, m_run, *sameBoot);
        row.safeUntil = std::chrono::round<std::chrono::seconds>(m_now.wall + left);
        return {};
    }
    Result<void> fill(Database &db, std::vector<MessageRow> &rows) const {
        for (MessageRow &row : rows)
            SONGDA_TRY(fill(db, row));
        return {};
    }

private:
    Now m_now;
    RunId m_run;
    std::string m_boot = bootId();
};

} // namespace

QFuture<Result<std::vector<Account>>> Engine::accounts() {
    return m_core->readers->run<std::vector<Account>>([](Database &db) { return store::readAccounts(db); });
}

QFuture<Result<std::vector<Template>>> Engine::templates() {
    return m_core->readers->run<std::vector<Template>>([](Database &db) { return store::readTemplates(db, std::nullopt); });
}

QFuture<Result<Page>> Engine::page(PageRequest request) {
    SONGDA_MAY(Look, Page);
    return m_core->readers->run<Page>([request = std::move(request), masked = m_core->masksPeople(), safe = SafeTimes(*m_core)](Database &db) -> Result<Page> {
        auto page = store::readPage(db, request);
        if (page)
            SONGDA_TRY(safe.fill(db, page->rows));
        if (page && masked) {
            for (MessageRow &row : page->rows)
                row.openid = maskedOpenid(row.openid);
        }
        return page;
    });
}

QFuture<Result<std::vector<TemplateVersion>>> Engine::templateHistory(TemplateRef id) {
    return m_core->readers->run<std::vector<TemplateVersion>>([id](Database &db) { return store::readTemplateHistory(db, id); });
}

QFuture<Result<std::vector<TemplateUse>>> Engine::templateUse(WallTime since) {
    return m_core->readers->run<std::vector<TemplateUse>>([since](Database &db) { return store::readTemplateUse(db, since); });
}

QFuture<Result<MessageDetail>> Engine::message(MessageId id) {
    SONGDA_MAY(Look, MessageDetail);
    return m_core->readers->run<MessageDetail>([id, masked = m_core->masksPeople(), safe = SafeTimes(*m_core)](Database &db) -> Result<MessageDetail> {
        auto message = store::readMessage(db, id);
        if (!message)
            return tl::unexpected(message.error());
        SONGDA_TRY(safe.fill(db, *message));
        auto attempts = store::readAttempts(db, id);
        if (!attempts)
            return tl::unexpected(attempts.error());
        auto acts = store::readAuditOf(db, id);
        if (!acts)
            return tl::unexpected(acts.error());
        auto earlier = store::readEarlierContent(db, id);
        if (!earlier)
            return tl::unexpected(earlier.error());
        const auto odds = store::readOdds(db, message->account, message->cause);
        if (!odds)
            return tl::unexpected(odds.error());
        auto reports = store::readReportsOf(db, id);
        if (!reports)
            return tl::unexpected(reports.error());
        MessageDetail detail{std::move(*message), std::move(*attempts), std::move(*acts), {}, std::move(*reports), *odds, false};
        for (auto &[life, content] : *earlier)
            detail.earlier.push_back({life, std::move(content)});
        if (masked)
            maskPerson(detail);
        return detail;
    });
}

QFuture<Result<std::vector<Batch>>> Engine::batches(int limit) {
    SONGDA_MAY(Look, std::vector<Batch>);
    return m_core->readers->run<std::vector<Batch>>([limit](Database &db) { return store::readBatches(db, limit); });
}

QFuture<Result<std::vector<Batch>>> Engine::findBatches(BatchSearch search) {
    SONGDA_MAY(Look, std::vector<Batch>);
    return m_core->readers->run<std::vector<Batch>>([search = std::move(search)](Database &db) { return store::findBatches(db, search); });
}

QFuture<Result<std::optional<BatchId>>> Engine::batchNamed(std::string name) {
    SONGDA_MAY(Look, std::optional<BatchId>);
    return m_core->readers->run<std::optional<BatchId>>([name = std::move(name)](Database &db) { return store::batchNamed(db, name); });
}

QFuture<Result<Batch>> Engine::batch(BatchId id) {
    return m_core->readers->run<Batch>([id](Database &db) { return store::readBatch(db, id); });
}

QFuture<Result<std::map<MessageId, MessageState>>> Engine::states(std::vector<MessageId> ids) {
    return m_core->readers->run<std::map<MessageId, MessageState>>([ids = std::move(ids)](Database &db) { return store::readStates(db, ids); });
}

QFuture<Result<std::vector<ApiKey>>> Engine::apiKeys() {
    SONGDA_MAY(SetUp, std::vector<ApiKey>);
    return m_core->readers->run<std::vector<ApiKey>>([](Database &db) { return store::readApiKeys(db); });
}

QFuture<Result<std::vector<CauseGroup>>> Engine::causeGroups() {
    return m_core->readers->run<std::vector<CauseGroup>>([now = wallNow()](Database &db) { return store::readCauseGroups(db, now); });
}

QFuture<Result<std::vector<CauseGroup>>> Engine::causeGroups(BatchId batch) {
    return m_core->readers->run<std::vector<CauseGroup>>([batch](Database &db) { return store::readCauseGroups(db, batch); });
}

QFuture<Result<std::vector<BreakdownRow>>> Engine::breakdown(WallTime since, BreakdownBy by) {
    SONGDA_MAY(Look, std::vector<BreakdownRow>);
    return m_core->readers->run<std::vector<BreakdownRow>>([since, by](Database &db) { return store::readBreakdown(db, since, by); });
}

QFuture<Result<std::vector<HourlyCount>>> Engine::hourly(WallTime since) {
    return m_core->readers->run<std::vector<HourlyCount>>([since](Database &db) { return store::readHourly(db, since); });
}

QFuture<Result<std::vector<HourlyCount>>> Engine::hourlyDead(WallTime since) {
    SONGDA_MAY(Look, std::vector<HourlyCount>);
    return m_core->readers->run<std::vector<HourlyCount>>([since](Database &db) { return store::readHourlyDead(db, since); });
}

QFuture<Result<std::vector<AuditEntry>>> Engine::audit(std::optional<AuditId> before, int limit) {
    SONGDA_MAY(ReadAudit, std::vector<AuditEntry>);
    return m_core->readers->run<std::vector<AuditEntry>>([before, limit, masked = m_core->masksPeople()](Database &db) {
        auto acts = store::readAudit(db, before, limit);
        if (acts && masked)
            maskActs(*acts);
        return acts;
    });
}

QFuture<Result<AuditFound>> Engine::findAudit(AuditSearch search) {
    SONGDA_MAY(ReadAudit, AuditFound);
    return m_core->readers->run<AuditFound>([search = std::move(search), masked = m_core->masksPeople()](Database &db) {
        return store::findAudit(db, search, [masked](AuditEntry &act) {
            if (masked)
                maskAct(act);
        });
    });
}

QFuture<Result<AuditCheck>> Engine::checkAudit(std::optional<AuditHead> noted) {
    return m_core->readers->run<AuditCheck>([noted = std::move(noted)](Database &db) { return store::checkAudit(db, noted); });
}

QFuture<Result<LookOn>> Engine::lookOn() {
    SONGDA_MAY(Look, LookOn);
    return m_core->readers->run<LookOn>([dir = m_core->options.profileDir, now = wallNow()](Database &db) -> Result<LookOn> {
        LookOn seen;
        seen.engineRuns = EngineLock::isHeld(dir);
        auto sums = store::readAccountSums(db, now);
        if (!sums)
            return tl::unexpected(sums.error());
        seen.accounts = std::move(*sums);
        const auto oldest = store::readOldestDue(db, now);
        if (!oldest)
            return tl::unexpected(oldest.error());
        seen.oldestDue = *oldest;
        auto stored = store::readPause(db);
        if (!stored)
            return tl::unexpected(stored.error());
        seen.pause = std::move(stored->pause);
        return seen;
    });
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
