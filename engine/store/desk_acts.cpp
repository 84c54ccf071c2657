// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/desk_acts.h"

#include "engine/policy/replay_window.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"
#include "engine/store/message_pages.h"
#include "engine/store/transitions.h"

#include <algorithm>
#include <set>

namespace songda::store {

namespace {

struct Candidate {
    StoredState state;
    std::string bootId; ///< of the run whose steady clock the ambiguity was read in
    bool mayHaveArrived = false; ///< an attempt, of whatever life, was written and never answered
};

Result<std::vector<Candidate>> candidates(WriteSession &session, const ActRequest &request) {
    MessageFilter filter = request.filter;
    if (filter.states.empty())
        filter.states = statesFor(request.act);
    const auto page = readPage(session.database(), {filter, request.before, request.limit});
    if (!page)
        return tl::unexpected(page.error());
    auto found = session.sql("SELECT m.batch_id, b.account_id, m.state, m.cause, m.attempts, m.life, m.crashes,"
                             " m.ambiguous_wall, m.ambiguous_steady, m.ambiguous_run, m.discarded_at IS NOT NULL,"
                             " (SELECT boot_id FROM run WHERE id = m.ambiguous_run),"
                             " " SONGDA_MAY_HAVE_ARRIVED("m")
                             " FROM message m JOIN batch b ON b.id = m.batch_id WHERE m.id = ?1");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    std::vector<Candidate> list;
    for (const MessageRow &row : page->rows) {
        s.bindAll(row.id);
        const StatementScope scope(s);
        const auto step = s.step();
        if (!step)
            return tl::unexpected(step.error());
        if (!*step)
            continue;
        Candidate c;
        c.state.id = row.id;
        c.state.batch = s.id<BatchId>(0);
        c.state.account = s.id<AccountId>(1);
        c.state.state = row.state;
        c.state.cause = s.string(3);
        c.state.attempts = static_cast<int>(s.integer(4));
        c.state.life = static_cast<int>(s.integer(5));
        c.state.crashes = static_cast<int>(s.integer(6));
        if (!s.isNull(7))
            c.state.ambiguous = AmbiguousSince{s.time(7), SteadyTime{Micros{s.integer(8)}}, s.id<RunId>(9)};
        c.state.discarded = s.integer(10) != 0;
        c.bootId = s.string(11);
        c.mayHaveArrived = s.integer(12) != 0;
        list.push_back(std::move(c));
    }
    return list;
}

Result<void> endCancelled(WriteSession &session, const StoredState &from, bool discard, WallTime now) {
    auto update = session.sql("UPDATE message SET state = 9, finished_at = coalesce(finished_at, ?2),"
                              " discarded_at = ?3 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(from.id, now, discard ? std::optional(now) : std::nullopt).run());
    countMove(session.deltas(), from.batch, from.state, from.cause, MessageState::Cancelled, {}, now);
    return {};
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
    countMove(session.deltas(), from.batch, from.state, {}, state, from.cause, now);
    return {};
}

bool appliesTo(DeskAct act, const StoredState &state) {
    const auto states = statesFor(act);
    if (std::find(states.begin(), states.end(), state.state) == states.end())
        return false;
    return act != DeskAct::Restore || state.discarded;
}

/// Batches that were cancelled are opened again for what a person sends after all.
class ResendBatches {
public:
    explicit ResendBatches(WriteSession &session)
        : m_session(session) {}

    Result<bool> open(BatchId batch) {
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

private:
    WriteSession &m_session;
    std::set<BatchId> m_open;
};

} // namespace

const char *auditName(DeskAct act) {
    switch (act) {
    case DeskAct::Resend: return "message.resend";
    case DeskAct::Discard: return "message.discard";
    case DeskAct::Restore: return "message.restore";
    case DeskAct::Cancel: return "message.cancel";
    }
    return "message.act";
}

std::vector<MessageState> statesFor(DeskAct act) {
    using S = MessageState;
    switch (act) {
    case DeskAct::Resend: return {S::Dead, S::Undelivered, S::Uncertain, S::Cancelled, S::Expired};
    case DeskAct::Discard: return {S::Dead, S::Undelivered, S::Uncertain};
    case DeskAct::Restore: return {S::Cancelled};
    case DeskAct::Cancel: return {S::Held, S::Queued, S::Retrying};
    }
    return {};
}

Result<ActChunk> actOnChunk(WriteSession &session, const ActRequest &request, Now now) {
    const auto list = candidates(session, request);
    if (!list)
        return tl::unexpected(list.error());
    ActChunk chunk;
    ResendBatches batches(session);
    for (const Candidate &candidate : *list) {
        const StoredState &state = candidate.state;
        if (!appliesTo(request.act, state) || (request.leaveDiscarded && state.discarded)) {
            ++chunk.skipped;
            continue;
        }
        bool keepId = false;
        if (request.act == DeskAct::Resend && state.ambiguous) {
            const bool sameBoot = !request.bootId.empty() && candidate.bootId == request.bootId;
            keepId = safeRepeatTimeLeft(*state.ambiguous, now, request.run, sameBoot) > Millis{0};
        }
        const bool mayRepeat = candidate.mayHaveArrived || state.state == MessageState::Uncertain;
        if (request.act == DeskAct::Resend && mayRepeat && !keepId && !request.mayArriveTwice) {
            ++chunk.needConfirmation;
            continue;
        }
        if (request.act == DeskAct::Resend) {
            const auto open = batches.open(state.batch);
            if (!open)
                return tl::unexpected(open.error());
            if (!*open) {
                ++chunk.skipped; // its batch is still being cancelled
                continue;
            }
        }
        SONGDA_TRY(recordTouched(session, request.audit, state.id, state.state));
        Result<void> done;
        std::optional<WallTime> dueAt;
        switch (request.act) {
        case DeskAct::Resend:
            if (request.pace > 0)
                dueAt = request.paceFrom + Millis{static_cast<Millis::rep>(1000.0 * static_cast<double>(request.alreadyDone + chunk.done) / request.pace)};
            done = startNewLife(session, state, keepId, now.wall, dueAt);
            break;
        case DeskAct::Discard: done = endCancelled(session, state, true, now.wall); break;
        case DeskAct::Cancel:
            if (mayRepeat || state.ambiguous) {
                ++chunk.uncertain;
                done = endInDoubt(session, state, state.cause.empty() ? "interrupted" : state.cause, now.wall);
            } else {
                done = endCancelled(session, state, false, now.wall);
            }
            break;
        case DeskAct::Restore: done = restore(session, state, now.wall); break;
        }
        if (!done)
            return tl::unexpected(done.error());
        ++chunk.done;
    }
    if (static_cast<int>(list->size()) == request.limit)
        chunk.next = list->back().state.id;
    return chunk;
}

} // namespace songda::store
