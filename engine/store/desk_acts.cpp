// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/desk_acts.h"

#include "engine/policy/replay_window.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/message_edit.h"
#include "engine/store/message_pages.h"
#include "engine/store/transitions.h"

#include <algorithm>

namespace songda::store {

namespace {

struct Candidate {
    StoredState state;
    std::string bootId; ///< of the run whose steady clock the ambiguity was read in
    bool mayHaveArrived = false; ///< by an attempt of whatever life
    std::optional<WallTime> expiresAt;
    bool erased = false; ///< there is nobody left to send it to
};

Result<std::optional<Candidate>> candidate(WriteSession &session, MessageId id) {
    auto found = session.sql("SELECT m.batch_id, b.account_id, m.state, m.cause, m.attempts, m.life, m.crashes,"
                             " m.ambiguous_wall, m.ambiguous_steady, m.ambiguous_run, m.discarded_at IS NOT NULL,"
                             " (SELECT boot_id FROM run WHERE id = m.ambiguous_run),"
                             " " SONGDA_MAY_HAVE_ARRIVED("m") ", m.finished_at, m.expires_at, m.openid LIKE 'erased:%'"
                             " FROM message m JOIN batch b ON b.id = m.batch_id WHERE m.id = ?1");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(id);
    const StatementScope scope(s);
    const auto step = s.step();
    if (!step)
        return tl::unexpected(step.error());
    if (!*step)
        return std::optional<Candidate>{};
    Candidate c;
    c.state.id = id;
    c.state.batch = s.id<BatchId>(0);
    c.state.account = s.id<AccountId>(1);
    c.state.state = messageStateFromNumber(s.integer(2)).value_or(MessageState::Held);
    c.state.cause = s.string(3);
    c.state.attempts = static_cast<int>(s.integer(4));
    c.state.life = static_cast<int>(s.integer(5));
    c.state.crashes = static_cast<int>(s.integer(6));
    if (!s.isNull(7))
        c.state.ambiguous = AmbiguousSince{s.time(7), SteadyTime{Micros{s.integer(8)}}, s.id<RunId>(9)};
    c.state.discarded = s.integer(10) != 0;
    c.bootId = s.string(11);
    c.mayHaveArrived = s.integer(12) != 0;
    c.state.finishedAt = s.optionalTime(13);
    c.expiresAt = s.optionalTime(14);
    c.erased = s.integer(15) != 0;
    return std::optional(std::move(c));
}

Result<void> endCancelled(WriteSession &session, const StoredState &from, bool discard, WallTime now) {
    auto update = session.sql("UPDATE message SET state = 9, finished_at = coalesce(finished_at, ?2),"
                              " discarded_at = ?3 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(from.id, now, discard ? std::optional(now) : std::nullopt).run());
    return recordMove(session, from.id, from.batch, from.state, from.cause, MessageState::Cancelled, {}, now, {from.finishedAt, from.finishedAt});
}

Result<void> restore(WriteSession &session, const StoredState &from, WallTime now) {
    // The state it was discarded from stands in the audit.
    auto update = session.sql(
        "UPDATE message SET discarded_at = NULL, state = coalesce((SELECT old_state FROM audit_item"
        " WHERE message_id = ?1 AND old_state IN (6, 7, 8) ORDER BY audit_id DESC LIMIT 1), 7) WHERE id = ?1 RETURNING state");
    if (!update)
        return tl::unexpected(update.error());
    (*update)->bindAll(from.id);
    const auto row = (*update)->step();
    if (!row)
        return tl::unexpected(row.error());
    const auto state = messageStateFromNumber((*update)->integer(0)).value_or(MessageState::Dead);
    (*update)->reset();
    return recordMove(session, from.id, from.batch, from.state, {}, state, from.cause, now, {from.finishedAt, from.finishedAt});
}

Result<void> hold(WriteSession &session, const StoredState &from, WallTime now) {
    auto update = session.sql("UPDATE message SET state = 0 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(from.id).run());
    return recordMove(session, from.id, from.batch, from.state, from.cause, MessageState::Held, {}, now);
}

Result<void> release(WriteSession &session, const StoredState &from, WallTime now) {
    auto update = session.sql("UPDATE message SET state = CASE WHEN tries > 0 OR ambiguous_wall IS NOT NULL THEN 3 ELSE 1 END"
                              " WHERE id = ?1 RETURNING state");
    if (!update)
        return tl::unexpected(update.error());
    const StatementScope scope(**update);
    const auto row = (*update)->bindAll(from.id).step();
    if (!row)
        return tl::unexpected(row.error());
    const auto state = messageStateFromNumber((*update)->integer(0)).value_or(MessageState::Queued);
    return recordMove(session, from.id, from.batch, from.state, {}, state, {}, now);
}

Result<void> reschedule(WriteSession &session, MessageId id, WallTime dueAt, WallTime now) {
    auto update = session.sql("UPDATE message SET due_at = ?2, scheduled = ?3 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(id, std::max(dueAt, now), dueAt > now).run();
}

bool appliesTo(DeskAct act, const StoredState &state) {
    const auto states = statesFor(act);
    if (std::find(states.begin(), states.end(), state.state) == states.end())
        return false;
    return act != DeskAct::Restore || state.discarded;
}

} // namespace

const char *auditName(DeskAct act) {
    switch (act) {
    case DeskAct::Resend: return "message.resend";
    case DeskAct::Discard: return "message.discard";
    case DeskAct::Restore: return "message.restore";
    case DeskAct::Cancel: return "message.cancel";
    case DeskAct::Hold: return "message.hold";
    case DeskAct::Release: return "message.release";
    case DeskAct::Reschedule: return "message.due";
    }
    return "message.act";
}

std::vector<MessageState> statesFor(DeskAct act) {
    using S = MessageState;
    switch (act) {
    case DeskAct::Resend: return {S::Dead, S::Undelivered, S::Uncertain, S::Cancelled, S::Expired};
    case DeskAct::Discard: return {S::Dead, S::Undelivered, S::Uncertain};
    case DeskAct::Restore: return {S::Cancelled};
    case DeskAct::Hold: return {S::Queued, S::Retrying};
    case DeskAct::Release: return {S::Held};
    case DeskAct::Cancel:
    case DeskAct::Reschedule: return {S::Held, S::Queued, S::Retrying};
    }
    return {};
}

// Batches that were cancelled are opened again for what a person sends after all.
Result<bool> DeskActor::open(BatchId batch) {
    if (m_open.contains(batch))
        return true;
    const auto state = batchState(m_session.database(), batch);
    if (!state)
        return tl::unexpected(state.error());
    if (*state == BatchState::Cancelled) {
        const auto reopened = reopenBatch(m_session, batch);
        if (!reopened || !*reopened)
            return reopened;
    }
    m_open.insert(batch);
    return true;
}

Result<Acted> DeskActor::act(MessageId id, std::optional<WallTime> dueAt, std::optional<WallTime> endedBefore) {
    const auto found = candidate(m_session, id);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return Acted::Skipped;
    const Candidate &c = **found;
    const StoredState &state = c.state;
    if (!appliesTo(m_request.act, state) || (m_request.leaveDiscarded && state.discarded))
        return Acted::Skipped;
    if (c.erased && m_request.act == DeskAct::Resend)
        return Acted::Skipped;
    if (endedBefore && state.finishedAt && *state.finishedAt > *endedBefore)
        return Acted::Skipped;
    if (m_request.act == DeskAct::Reschedule) {
        const bool tooLate = c.expiresAt && *c.expiresAt <= std::max(m_request.dueAt, m_now.wall);
        if (tooLate || (state.ambiguous && m_request.dueAt > m_now.wall))
            return Acted::Skipped;
    }
    const bool mayRepeat = c.mayHaveArrived || state.state == MessageState::Uncertain;
    bool keepId = false;
    if (m_request.act == DeskAct::Resend) {
        // Other bytes under the old id would be dropped by WeChat, and the change with them.
        if (state.ambiguous && !m_request.content) {
            const bool sameBoot = !m_request.bootId.empty() && c.bootId == m_request.bootId;
            keepId = safeRepeatTimeLeft(*state.ambiguous, m_now, m_request.run, sameBoot) > Millis{0};
        }
        if (mayRepeat && !keepId && !m_request.mayArriveTwice)
            return Acted::NeedsConfirmation;
        const auto isOpen = open(state.batch);
        if (!isOpen)
            return tl::unexpected(isOpen.error());
        if (!*isOpen)
            return Acted::Skipped; // its batch is still being cancelled
    }
    SONGDA_TRY(recordTouched(m_session, m_request.audit, state.id, state.state));
    Result<void> done;
    Acted how = Acted::Done;
    switch (m_request.act) {
    case DeskAct::Resend:
        if (m_request.content)
            SONGDA_TRY(replaceContent(m_session, id, *m_request.content));
        done = startNewLife(m_session, state, keepId, m_now.wall, dueAt);
        m_life = state.life + 1;
        break;
    case DeskAct::Discard: done = endCancelled(m_session, state, true, m_now.wall); break;
    case DeskAct::Cancel:
        if (mayRepeat) {
            how = Acted::DoneInDoubt;
            done = endInDoubt(m_session, state, state.cause.empty() ? "interrupted" : state.cause, m_now.wall);
        } else {
            done = endCancelled(m_session, state, false, m_now.wall);
        }
        break;
    case DeskAct::Restore: done = restore(m_session, state, m_now.wall); break;
    case DeskAct::Hold: done = hold(m_session, state, m_now.wall); break;
    case DeskAct::Release: done = release(m_session, state, m_now.wall); break;
    case DeskAct::Reschedule: done = reschedule(m_session, id, m_request.dueAt, m_now.wall); break;
    }
    return done ? Result<Acted>(how) : tl::unexpected(done.error());
}

Result<ActChunk> actOnChunk(WriteSession &session, const ActRequest &request, Now now) {
    MessageFilter filter = request.filter;
    if (filter.states.empty())
        filter.states = statesFor(request.act);
    const auto page = readPage(session.database(), {filter, request.before, request.limit});
    if (!page)
        return tl::unexpected(page.error());
    ActChunk chunk;
    chunk.most = request.most;
    DeskActor actor(session, request, now);
    for (const MessageRow &row : page->rows) {
        const auto most = chunk.most.find(row.account);
        if (most != chunk.most.end() && most->second <= 0) {
            ++chunk.beyond;
            return chunk;
        }
        std::optional<WallTime> dueAt;
        if (request.act == DeskAct::Resend && request.pace > 0)
            dueAt = request.paceFrom
                + Millis{static_cast<Millis::rep>(1000.0 * static_cast<double>(request.alreadyDone + chunk.done) / request.pace)};
        const auto acted = actor.act(row.id, dueAt);
        if (!acted)
            return tl::unexpected(acted.error());
        switch (*acted) {
        case Acted::DoneInDoubt: ++chunk.uncertain; [[fallthrough]];
        case Acted::Done:
            ++chunk.done;
            if (most != chunk.most.end())
                --most->second;
            break;
        case Acted::Skipped: ++chunk.skipped; break;
        case Acted::NeedsConfirmation: ++chunk.needConfirmation; break;
        }
    }
    if (static_cast<int>(page->rows.size()) == request.limit)
        chunk.next = page->rows.back().id;
    return chunk;
}

} // namespace songda::store
