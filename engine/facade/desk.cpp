// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/facade/desk_work.h"
#include "engine/facade/engine_core.h"
#include "engine/facade/send_waiter.h"
#include "engine/store/approvals.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/when_done.h"

namespace songda {

namespace {

QFuture<Result<std::int64_t>> countingAct(EngineCore *core, store::DeskAct what, MessageFilter filter, std::string reason, Engine::Control control, WallTime dueAt = {}) {
    return core->work<std::int64_t>([=, filter = std::move(filter), reason = std::move(reason)]() -> Result<std::int64_t> {
        store::ActRequest request;
        request.act = what;
        request.filter = filter;
        request.dueAt = dueAt;
        const auto totals = workThrough(*core, std::move(request), reason, control.get());
        if (!totals)
            return tl::unexpected(totals.error());
        return totals->done;
    });
}

Result<ResendReport> resendAll(EngineCore &core, store::ActRequest request, const std::string &reason, JobControl *control) {
    request.act = store::DeskAct::Resend;
    auto most = core.mayResendAlone(request.filter);
    if (!most)
        return tl::unexpected(most.error());
    request.most = std::move(*most);
    const auto totals = workThrough(core, std::move(request), reason, control);
    if (!totals)
        return tl::unexpected(totals.error());
    if (totals->reachedMost)
        return fail(ErrorCode::NotAllowed,
            std::to_string(totals->done) + " messages were sent again; more of them failed meanwhile, and so many at once need a second person:"
                                           " send the rest again under watch, by a replay, which waits for one");
    return ResendReport{totals->done, totals->skipped, totals->needConfirmation};
}

/// Whoever lets a large batch go agrees to it, unless it was they who asked. False when it goes on standing still all the same,
/// because a person has paused it.
Result<bool> agree(const EngineCore &core, store::WriteSession &session, BatchId id, const Actor &actor, WallTime now) {
    const auto batch = store::readBatch(session.database(), id);
    if (!batch)
        return tl::unexpected(batch.error());
    const auto over = core.approvalOver(session.database(), batch->account);
    if (!over)
        return tl::unexpected(over.error());
    const auto agreed = store::agreeToBatch(session, id, *over, actor, now);
    if (!agreed)
        return agreed;
    return !*agreed || !batch->hold || isOwnHold(batch->hold->detail);
}

/// Whoever ends a cancelling on the way may go on with the rest, or cancel it later: nothing of it leaves by itself.
Result<void> pauseHalfCancelled(EngineCore &core, BatchId id) {
    return core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        const WallTime now = systemNow().wall;
        const Actor actor = core.actor("the cancelling was ended on the way");
        SONGDA_TRY(store::pauseHalfCancelled(session, id, actor, now));
        const auto audit = store::recordAct(session, actor, "batch.pause", "batch " + std::to_string(id.value), 0, now);
        return audit ? Result<void>{} : tl::unexpected(audit.error());
    });
}

} // namespace

QFuture<Result<SendOutcome>> Engine::sendAndWait(SendRequest request, Millis patience) {
    auto *waiter = new SendWaiter(*this, patience); // ours until it has answered
    auto future = waiter->future();
    whenDone(send(std::move(request)), waiter, [waiter](const Result<SendReport> &report) { waiter->begin(report); });
    return future;
}

QFuture<Result<ResendReport>> Engine::resend(MessageFilter filter, std::string reason, ResendOptions options, Control control) {
    SONGDA_MAY(HandleFailed, ResendReport);
    return m_core->work<ResendReport>([core = m_core.get(), filter = std::move(filter), reason = std::move(reason), options, control = std::move(control)] {
        store::ActRequest request;
        request.filter = filter;
        request.mayArriveTwice = options.mayArriveTwice;
        request.pace = options.pace;
        return resendAll(*core, std::move(request), reason, control.get());
    });
}

QFuture<Result<ResendReport>> Engine::sendToRest(BatchId batch, std::string reason, Control control) {
    SONGDA_MAY(HandleFailed, ResendReport);
    return m_core->work<ResendReport>([core = m_core.get(), batch, reason = std::move(reason), control = std::move(control)] {
        store::ActRequest request;
        request.filter.batch = batch;
        request.filter.states = {MessageState::Cancelled, MessageState::Expired};
        request.leaveDiscarded = true;
        return resendAll(*core, std::move(request), reason, control.get());
    });
}

QFuture<Result<std::int64_t>> Engine::discard(MessageFilter filter, std::string reason, Control control) {
    SONGDA_MAY(HandleFailed, std::int64_t);
    return countingAct(m_core.get(), store::DeskAct::Discard, std::move(filter), std::move(reason), std::move(control));
}

QFuture<Result<std::int64_t>> Engine::restore(MessageFilter filter, std::string reason, Control control) {
    SONGDA_MAY(HandleFailed, std::int64_t);
    return countingAct(m_core.get(), store::DeskAct::Restore, std::move(filter), std::move(reason), std::move(control));
}

QFuture<Result<CancelReport>> Engine::cancel(MessageFilter filter, std::string reason, Control control) {
    SONGDA_MAY(Steer, CancelReport);
    return m_core->work<CancelReport>([core = m_core.get(), filter = std::move(filter), reason = std::move(reason), control = std::move(control)]() -> Result<CancelReport> {
        store::ActRequest request;
        request.act = store::DeskAct::Cancel;
        request.filter = filter;
        const auto totals = workThrough(*core, std::move(request), reason, control.get());
        if (!totals)
            return tl::unexpected(totals.error());
        return CancelReport{totals->done - totals->uncertain, totals->uncertain};
    });
}

QFuture<Result<std::int64_t>> Engine::hold(MessageFilter filter, std::string reason, Control control) {
    SONGDA_MAY(Steer, std::int64_t);
    return countingAct(m_core.get(), store::DeskAct::Hold, std::move(filter), std::move(reason), std::move(control));
}

QFuture<Result<std::int64_t>> Engine::release(MessageFilter filter, std::string reason, Control control) {
    SONGDA_MAY(Steer, std::int64_t);
    return countingAct(m_core.get(), store::DeskAct::Release, std::move(filter), std::move(reason), std::move(control));
}

QFuture<Result<std::int64_t>> Engine::reschedule(MessageFilter filter, WallTime at, std::string reason, Control control) {
    SONGDA_MAY(Steer, std::int64_t);
    return countingAct(m_core.get(), store::DeskAct::Reschedule, std::move(filter), std::move(reason), std::move(control), at);
}

QFuture<Result<bool>> Engine::setBatchState(BatchId batch, BatchState state, std::string reason, Control control) {
    SONGDA_MAY(Steer, bool);
    if (state == BatchState::Paused && isOwnHold(reason))
        return readyFuture<bool>(fail(ErrorCode::InvalidInput, "\"" + reason + "\" is what a batch says that nobody has paused; give another reason"));
    return m_core->work<bool>([core = m_core.get(), batch, state, reason = std::move(reason), control = std::move(control)]() -> Result<bool> {
        bool changed = false;
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const WallTime now = systemNow().wall;
            if (state == BatchState::Active) {
                const auto goes = agree(*core, session, batch, core->actor(reason), now);
                if (!goes)
                    return tl::unexpected(goes.error());
                if (!*goes) {
                    changed = true;
                    return {};
                }
            }
            const auto done = store::setBatchState(session, batch, state, core->actor(reason), now);
            if (!done)
                return tl::unexpected(done.error());
            changed = *done;
            const char *name = state == BatchState::Paused ? "batch.pause" : state == BatchState::Active ? "batch.resume" : "batch.cancel";
            const auto audit = store::recordAct(session, core->actor(reason), name, "batch " + std::to_string(batch.value), 0, now);
            return audit ? Result<void>{} : tl::unexpected(audit.error());
        }));
        // What is claimed goes back at once: it would leave when a connection comes free.
        core->holdsChanged();
        if (state == BatchState::Cancelled) {
            store::ActRequest request;
            request.act = store::DeskAct::Cancel;
            request.filter.batch = batch;
            const auto totals = workThrough(*core, std::move(request), reason, control.get());
            if (!totals)
                return tl::unexpected(totals.error());
            if (control && control->cutShort)
                SONGDA_TRY(pauseHalfCancelled(*core, batch));
        }
        core->workChanged();
        return changed;
    });
}

} // namespace songda
