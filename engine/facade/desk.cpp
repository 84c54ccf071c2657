// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/send_waiter.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/desk_acts.h"

#include <nlohmann/json.hpp>

namespace songda {

namespace {

/// The filter in a form the audit can be searched for.
std::string describe(const MessageFilter &filter) {
    std::string text;
    const auto add = [&](const std::string &part) { text += (text.empty() ? "" : " ") + part; };
    for (const MessageState s : filter.states)
        add(std::string("state:") + toString(s));
    if (!filter.cause.empty())
        add("code:" + filter.cause);
    if (filter.account)
        add("account:" + std::to_string(filter.account->value));
    if (filter.templateRef)
        add("template:" + std::to_string(filter.templateRef->value));
    if (filter.batch)
        add("batch:" + std::to_string(filter.batch->value));
    if (!filter.openid.empty())
        add("openid:" + filter.openid);
    if (!filter.ids.empty()) {
        std::string ids = "id:";
        for (std::size_t i = 0; i < filter.ids.size() && i < 20; ++i)
            ids += (i > 0 ? "," : "") + std::to_string(filter.ids[i].value);
        add(ids + (filter.ids.size() > 20 ? ",..." : ""));
    }
    return text.empty() ? "everything" : text;
}

struct ActTotals {
    std::int64_t done = 0;
    std::int64_t skipped = 0;
    std::int64_t needConfirmation = 0;
};

/// Works through a filter chunk by chunk: each chunk is a transaction, so a running delivery is never held
/// up for long, and the audit entry counts what was done.
Result<ActTotals> act(EngineCore &core, store::DeskAct what, const MessageFilter &filter, const std::string &reason, bool mayArriveTwice) {
    store::ActRequest request;
    request.act = what;
    request.filter = filter;
    request.mayArriveTwice = mayArriveTwice;
    request.bootId = bootId();
    ActTotals totals;
    SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto audit
            = store::recordAct(session, core.actor(reason), store::auditName(what), describe(filter), 0, systemNow().wall);
        if (!audit)
            return tl::unexpected(audit.error());
        request.audit = *audit;
        return {};
    }));
    do {
        store::ActChunk chunk;
        SONGDA_TRY(core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto done = store::actOnChunk(session, request, systemNow());
            if (!done)
                return tl::unexpected(done.error());
            chunk = *done;
            return store::setActCount(session, request.audit, totals.done + chunk.done);
        }));
        totals.done += chunk.done;
        totals.skipped += chunk.skipped;
        totals.needConfirmation += chunk.needConfirmation;
        request.before = chunk.next;
    } while (request.before);
    core.workChanged();
    return totals;
}

QFuture<Result<std::int64_t>> countingAct(EngineCore *core, store::DeskAct what, MessageFilter filter, std::string reason) {
    return core->work<std::int64_t>([=, filter = std::move(filter), reason = std::move(reason)]() -> Result<std::int64_t> {
        const auto totals = act(*core, what, filter, reason, false);
        if (!totals)
            return tl::unexpected(totals.error());
        return totals->done;
    });
}

} // namespace

QFuture<Result<SendOutcome>> Engine::sendAndWait(SendRequest request, Millis patience) {
    auto *waiter = new SendWaiter(*this, patience); // ours until it has answered
    auto future = waiter->future();
    send(std::move(request)).then(waiter, [waiter](const Result<SendReport> &report) { waiter->begin(report); });
    return future;
}

QFuture<Result<ResendReport>> Engine::resend(MessageFilter filter, std::string reason, bool mayArriveTwice) {
    return m_core->work<ResendReport>([core = m_core.get(), filter = std::move(filter), reason = std::move(reason), mayArriveTwice]() -> Result<ResendReport> {
        const auto totals = act(*core, store::DeskAct::Resend, filter, reason, mayArriveTwice);
        if (!totals)
            return tl::unexpected(totals.error());
        return ResendReport{totals->done, totals->skipped, totals->needConfirmation};
    });
}

QFuture<Result<std::int64_t>> Engine::discard(MessageFilter filter, std::string reason) {
    return countingAct(m_core.get(), store::DeskAct::Discard, std::move(filter), std::move(reason));
}

QFuture<Result<std::int64_t>> Engine::restore(MessageFilter filter, std::string reason) {
    return countingAct(m_core.get(), store::DeskAct::Restore, std::move(filter), std::move(reason));
}

QFuture<Result<std::int64_t>> Engine::cancel(MessageFilter filter, std::string reason) {
    return countingAct(m_core.get(), store::DeskAct::Cancel, std::move(filter), std::move(reason));
}

QFuture<Result<bool>> Engine::setBatchState(BatchId batch, BatchState state, std::string reason) {
    return m_core->work<bool>([core = m_core.get(), batch, state, reason = std::move(reason)]() -> Result<bool> {
        bool changed = false;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const auto done = store::setBatchState(session, batch, state);
            if (!done)
                return tl::unexpected(done.error());
            changed = *done;
            const char *name = state == BatchState::Paused ? "batch.pause" : state == BatchState::Active ? "batch.resume" : "batch.cancel";
            const auto audit = store::recordAct(session, core->actor(reason), name, "batch " + std::to_string(batch.value), 0, systemNow().wall);
            if (!audit)
                return tl::unexpected(audit.error());
            return {};
        }));
        if (state == BatchState::Cancelled) {
            MessageFilter filter;
            filter.batch = batch;
            const auto totals = act(*core, store::DeskAct::Cancel, filter, reason, false);
            if (!totals)
                return tl::unexpected(totals.error());
        }
        core->workChanged();
        return changed;
    });
}

} // namespace songda
