// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a message of a person comes in, one by one.
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/message_maker.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/intake.h"
#include "engine/store/templates_table.h"

namespace songda {

QFuture<Result<SendReport>> Engine::send(SendRequest request) {
    SONGDA_MAY(Send, SendReport);
    return m_core->work<SendReport>([core = m_core.get(), request = std::move(request)]() -> Result<SendReport> {
        const auto account = core->account(request.account);
        if (!account)
            return tl::unexpected(account.error());
        const auto t = core->readers
                           ->run<Template>([&](store::Database &db) { return store::findTemplate(db, account->id, request.templateId); })
                           .result();
        if (!t)
            return tl::unexpected(t.error());
        const auto policy = core->policies->current();
        if (!policy)
            return tl::unexpected(policy.error());
        auto random = Random::fromSystem();
        const WallTime now = systemNow().wall;
        const auto message = makeMessage(request, templateKeys(t->content), **policy, now, random);
        if (!message)
            return tl::unexpected(message.error());
        SendReport report;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto batch = store::streamBatch(session, account->id, t->id, request.priority, now);
            if (!batch)
                return tl::unexpected(batch.error());
            const auto enqueued = store::enqueue(session, account->id, *batch, {*message}, now, core->session().user);
            if (!enqueued)
                return tl::unexpected(enqueued.error());
            report = {enqueued->front().id, enqueued->front().duplicate};
            if (report.duplicate)
                return {};
            const auto audit = store::recordAct(
                session, core->actor(), "message.send", "message " + std::to_string(report.id.value), 1, now);
            if (!audit)
                return tl::unexpected(audit.error());
            return store::recordTouched(session, *audit, report.id, MessageState::Queued);
        }));
        core->workChanged();
        return report;
    });
}

} // namespace songda
