// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/approvals.h"

#include "engine/policy/approval.h"
#include "engine/store/audit_table.h"
#include "engine/store/batches_table.h"

#include <algorithm>

namespace songda::store {

namespace {

Result<Batch> counted(WriteSession &session, BatchId id) {
    SONGDA_TRY(session.flushSums());
    return readBatch(session.database(), id);
}

/// Notes the agreement of a second person.
Result<void> grant(WriteSession &session, const char *update, std::int64_t id, const char *act, const std::string &object, std::int64_t messages,
    const Actor &actor, WallTime now) {
    SONGDA_TRY(session.run(update, id, messages, actor.who));
    const auto audit = recordAct(session, actor, act, object, messages, now);
    return audit ? Result<void>{} : tl::unexpected(audit.error());
}

Result<std::vector<Batch>> batchesOf(Database &database, const char *sql, const char *value) {
    const auto ids = database.all(sql, [](const Statement &s) { return s.id<BatchId>(0); }, value);
    if (!ids)
        return tl::unexpected(ids.error());
    std::vector<Batch> batches;
    for (const BatchId id : *ids) {
        auto batch = readBatch(database, id);
        if (!batch)
            return tl::unexpected(batch.error());
        batches.push_back(std::move(*batch));
    }
    return batches;
}

} // namespace

Approval approvalAt(const Statement &s, int column) {
    Approval approval;
    const std::string names = s.string(column);
    for (std::size_t at = 0; at < names.size();) {
        const std::size_t end = std::min(names.find('\n', at), names.size());
        approval.askedBy.push_back(names.substr(at, end - at));
        at = end + 1;
    }
    approval.granted = s.integer(column + 1);
    approval.grantedBy = s.string(column + 2);
    return approval;
}

Result<void> askForBatch(WriteSession &session, BatchId id, const std::string &who, WallTime now) {
    auto pause = session.sql("UPDATE batch SET state = 1, hold_by = ?2, hold_reason = ?3, hold_since = ?4 WHERE id = ?1 AND state = 0");
    auto ask = session.sql("UPDATE batch SET asked_by = CASE WHEN asked_by = '' THEN ?2 ELSE asked_by || char(10) || ?2 END"
                           " WHERE id = ?1 AND instr(char(10) || asked_by || char(10), char(10) || ?2 || char(10)) = 0");
    if (!pause || !ask)
        return tl::unexpected((!pause ? pause : ask).error());
    SONGDA_TRY((*pause)->bindAll(id, who, importHold, now).run());
    return (*ask)->bindAll(id, who).run();
}

Result<bool> settleBatch(WriteSession &session, BatchId id, std::int64_t over) {
    const auto batch = counted(session, id);
    if (!batch)
        return tl::unexpected(batch.error());
    if (needsSecond(messagesOf(*batch), over) && batch->approval.granted < messagesOf(*batch)) {
        SONGDA_TRY(session.run("UPDATE batch SET hold_reason = ?3 WHERE id = ?1 AND state = 1 AND hold_reason = ?2", id, importHold, approvalHold));
        return true;
    }
    SONGDA_TRY(session.run("UPDATE batch SET asked_by = '' WHERE id = ?1", id));
    // A person's pause stays.
    SONGDA_TRY(session.run("UPDATE batch SET state = 0, hold_by = NULL, hold_reason = NULL, hold_since = NULL"
                           " WHERE id = ?1 AND state = 1 AND hold_reason IN (?2, ?3)", id, importHold, approvalHold));
    return false;
}

Result<std::vector<Batch>> unsettledBatches(Database &database) {
    return batchesOf(database, "SELECT id FROM batch WHERE state = 1 AND hold_reason = ?1", importHold);
}

Result<std::vector<Batch>> askedBatches(Database &database) {
    return batchesOf(database, "SELECT id FROM batch WHERE asked_by <> ?1", "");
}

Result<bool> agreeToBatch(WriteSession &session, BatchId id, std::int64_t over, const Actor &actor, WallTime now) {
    const auto batch = counted(session, id);
    if (!batch)
        return tl::unexpected(batch.error());
    if (batch->state == BatchState::Active)
        return false;
    switch (mayLetGo(*batch, over, actor.who)) {
    case MayLetGo::NeedsAnother: return fail(ErrorCode::NotAllowed, whyAnother(*batch, over));
    case MayLetGo::Freely: SONGDA_TRY(session.run("UPDATE batch SET asked_by = '' WHERE id = ?1", id)); return false;
    case MayLetGo::AsSecond: break;
    }
    SONGDA_TRY(grant(session, "UPDATE batch SET asked_by = '', granted = ?2, granted_by = ?3 WHERE id = ?1", id.value, "batch.approve",
        "batch " + std::to_string(id.value), messagesOf(*batch), actor, now));
    return true;
}

Result<void> agreeToReplay(WriteSession &session, const ReplayRun &run, const Actor &actor, WallTime now) {
    // Its list is frozen: whether it needs somebody was decided when it was made.
    if (!run.approval.waits())
        return {};
    const std::string name = "replay " + std::to_string(run.id.value);
    if (run.approval.askedFor(actor.who) || actor.who.empty())
        return fail(ErrorCode::NotAllowed, name + " waits for a second person: somebody other than " + run.approval.askedBy.front() + " has to let it go");
    return grant(session, "UPDATE replay SET asked_by = '', granted = ?2, granted_by = ?3 WHERE id = ?1", run.id.value, "replay.approve", name, run.size, actor, now);
}

} // namespace songda::store
