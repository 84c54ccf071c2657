// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/approvals.h"

#include "engine/policy/approval.h"
#include "engine/store/audit_table.h"

#include <algorithm>

namespace songda::store {

namespace {

struct BatchApproval {
    Approval approval;
    std::int64_t messages = 0;
};

Result<BatchApproval> readBatchApproval(WriteSession &session, BatchId id) {
    SONGDA_TRY(session.flushSums());
    auto found = session.database().first(
        "SELECT asked_by, granted, granted_by, (SELECT coalesce(sum(n), 0) FROM counter WHERE batch_id = ?1 AND"
        " state IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)) FROM batch WHERE id = ?1",
        [](const Statement &s) { return BatchApproval{approvalAt(s, 0), s.integer(3)}; }, id);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return fail(ErrorCode::NotFound, "there is no batch " + std::to_string(id.value));
    return std::move(**found);
}

/// Notes the agreement of a second person; nothing when none is needed.
Result<void> agree(WriteSession &session, const char *update, std::int64_t id, const char *act, const std::string &object, const Approval &approval,
    std::int64_t messages, std::int64_t over, const Actor &actor, WallTime now) {
    switch (mayLetGo(approval, messages, over, actor.who)) {
    case MayLetGo::Freely: return {};
    case MayLetGo::NeedsAnother: return fail(ErrorCode::NotAllowed, whyAnother(approval, messages, over));
    case MayLetGo::AsSecond: break;
    }
    auto statement = session.sql(update);
    if (!statement)
        return tl::unexpected(statement.error());
    SONGDA_TRY((*statement)->bindAll(id, messages, actor.who).run());
    const auto audit = recordAct(session, actor, act, object, messages, now);
    return audit ? Result<void>{} : tl::unexpected(audit.error());
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
    SONGDA_TRY((*pause)->bindAll(id, who, approvalHold, now).run());
    return (*ask)->bindAll(id, who).run();
}

Result<bool> settleBatch(WriteSession &session, BatchId id, std::int64_t over) {
    const auto now = readBatchApproval(session, id);
    if (!now)
        return tl::unexpected(now.error());
    if (needsSecond(now->messages, over) && now->approval.granted < now->messages)
        return true;
    auto asked = session.sql("UPDATE batch SET asked_by = '' WHERE id = ?1");
    auto go = session.sql("UPDATE batch SET state = 0, hold_by = NULL, hold_reason = NULL, hold_since = NULL WHERE id = ?1 AND state = 1 AND hold_reason = ?2");
    if (!asked || !go)
        return tl::unexpected((!asked ? asked : go).error());
    SONGDA_TRY((*asked)->bindAll(id).run());
    SONGDA_TRY((*go)->bindAll(id, approvalHold).run());
    return false;
}

Result<void> agreeToBatch(WriteSession &session, BatchId id, std::int64_t over, const Actor &actor, WallTime now) {
    const auto batch = readBatchApproval(session, id);
    if (!batch)
        return tl::unexpected(batch.error());
    return agree(session, "UPDATE batch SET asked_by = '', granted = ?2, granted_by = ?3 WHERE id = ?1", id.value, "batch.approve",
        "batch " + std::to_string(id.value), batch->approval, batch->messages, over, actor, now);
}

Result<void> agreeToReplay(WriteSession &session, const ReplayRun &run, const Actor &actor, WallTime now) {
    // Its list is frozen: whether it needs somebody was decided when it was made.
    if (!run.approval.waits())
        return {};
    return agree(session, "UPDATE replay SET asked_by = '', granted = ?2, granted_by = ?3 WHERE id = ?1", run.id.value, "replay.approve",
        "replay " + std::to_string(run.id.value), run.approval, run.size, 1, actor, now);
}

} // namespace songda::store
