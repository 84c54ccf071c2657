// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/transitions.h"

#include "engine/model/breakage.h"

#include "engine/model/account.h"
#include "engine/store/content_hash.h"
#include "engine/store/hook_outcomes.h"
#include "engine/store/reports.h"

namespace songda::store {

Result<void> recordMove(WriteSession &session, MessageId message, BatchId batch, MessageState from, const std::string &fromCause, MessageState to,
    const std::string &toCause, WallTime at, const Ends &ends) {
    CounterDeltas &deltas = session.deltas();
    if (from != to) {
        deltas.addState(batch, from, -1);
        if (!isBroken(Breakage::SumsDrift) || to != MessageState::Retrying)
            deltas.addState(batch, to, +1);
    }
    const WallTime end = ends.after.value_or(at);
    if (isGroupedByCause(from)) {
        deltas.addCause(batch, from, fromCause, -1, at);
        if (ends.before) // a damaged row without an end is in the sum of no hour
            deltas.addDead(batch, from, fromCause, -1, *ends.before);
    }
    if (isGroupedByCause(to)) {
        deltas.addCause(batch, to, toCause, +1, at);
        deltas.addDead(batch, to, toCause, +1, end);
    }
    if (isTerminal(to))
        deltas.addEnded(message, end);
    return from != to && isTerminal(to) ? noteOutcome(session, message, to, at) : Result<void>{};
}

namespace {

/// The hash of a message under a fresh client_msg_id. A damaged one keeps the hash that tells; one without stays so.
Result<std::optional<std::int64_t>> hashUnder(WriteSession &session, MessageId id, const std::string &fresh) {
    const auto found = session.sql("SELECT m.content_hash, t.template_id, m.openid, m.client_msg_id, p.content FROM message m"
                                   " JOIN payload p ON p.message_id = m.id JOIN batch b ON b.id = m.batch_id"
                                   " JOIN template t ON t.id = b.template_ref WHERE m.id = ?1");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(id);
    const StatementScope scope(s);
    const auto row = s.step();
    if (!row)
        return tl::unexpected(row.error());
    const auto old = *row ? s.optionalInteger(0) : std::nullopt;
    if (!old || *old != contentHash(s.text(1), s.text(2), s.text(3), s.text(4)))
        return old;
    return std::optional(contentHash(s.text(1), s.text(2), fresh, s.text(4)));
}

} // namespace

Result<void> startNewLife(
    WriteSession &session, const StoredState &from, bool keepClientMsgId, WallTime now, std::optional<WallTime> dueAt) {
    // A repeat under the same client_msg_id is the same notice to the platform, which will call it the same.
    const auto remember = session.sql("INSERT OR IGNORE INTO earlier_msgid(msgid, message_id, life)"
                                      " SELECT msgid, id, life FROM message WHERE id = ?1 AND msgid IS NOT NULL");
    if (!remember)
        return tl::unexpected(remember.error());
    if (!keepClientMsgId)
        SONGDA_TRY((*remember)->bindAll(from.id).run());
    const auto update = session.sql(
        "UPDATE message SET state = 1, due_at = ?2, scheduled = ?4, life = life + 1, last_cause = cause, tries = 0, crashes = 0, errcode = NULL,"
        " cause = NULL, error_class = NULL, finished_at = NULL, discarded_at = NULL,"
        // An end that still lies ahead is kept: a code for signing in is of no use tomorrow, whoever sends it again.
        " expires_at = CASE WHEN expires_at > ?2 THEN expires_at END,"
        " claim_run = NULL, claim_until = NULL, msgid = NULL, report_status = NULL, reported_at = NULL,"
        " client_msg_id = coalesce(?3, client_msg_id), content_hash = coalesce(?5, content_hash),"
        " ambiguous_wall = CASE WHEN ?3 IS NULL THEN ambiguous_wall END,"
        " ambiguous_steady = CASE WHEN ?3 IS NULL THEN ambiguous_steady END,"
        " ambiguous_run = CASE WHEN ?3 IS NULL THEN ambiguous_run END WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    std::optional<std::string> fresh;
    std::optional<std::int64_t> hash;
    if (!keepClientMsgId) {
        fresh = makeClientMsgId(session.random());
        const auto found = hashUnder(session, from.id, *fresh);
        if (!found)
            return tl::unexpected(found.error());
        hash = *found;
    }
    SONGDA_TRY((*update)->bindAll(from.id, dueAt.value_or(now), fresh, dueAt && *dueAt > now, hash).run());
    return recordMove(session, from.id, from.batch, from.state, from.cause, MessageState::Queued, {}, now, {from.finishedAt, {}});
}

Result<void> countRetry(WriteSession &session, MessageId id, bool helped) {
    const auto sum = session.sql("INSERT INTO retry_summary(account_id, cause, tried, helped) SELECT b.account_id, m.last_cause, 1, ?2"
                                 " FROM message m JOIN batch b ON b.id = m.batch_id WHERE m.id = ?1 AND m.last_cause IS NOT NULL"
                                 " ON CONFLICT DO UPDATE SET tried = tried + 1, helped = helped + excluded.helped");
    const auto clear = session.sql("UPDATE message SET last_cause = NULL WHERE id = ?1 AND last_cause IS NOT NULL");
    if (!sum || !clear)
        return tl::unexpected((!sum ? sum : clear).error());
    SONGDA_TRY((*sum)->bindAll(id, helped ? 1 : 0).run());
    return (*clear)->bindAll(id).run();
}

Result<void> endUncertain(WriteSession &session, const StoredState &from, const std::string &cause, WallTime now) {
    const auto policy = session.sql("SELECT uncertain_policy FROM account WHERE id = ?1");
    if (!policy)
        return tl::unexpected(policy.error());
    (*policy)->bindAll(from.account);
    const auto row = (*policy)->step();
    if (!row)
        return tl::unexpected(row.error());
    const bool resend
        = *row && (*policy)->integer(0) == static_cast<std::int64_t>(UncertainPolicy::Resend) && cause != "process_died";
    (*policy)->reset();
    if (resend)
        return startNewLife(session, from, /*keepClientMsgId=*/false, now);
    return endInDoubt(session, from, cause, now);
}

Result<void> endInDoubt(WriteSession &session, const StoredState &from, const std::string &cause, WallTime now) {
    const auto update = session.sql("UPDATE message SET state = 8, cause = ?2, finished_at = ?3, claim_run = NULL,"
                                    " claim_until = NULL, crashes = ?4, error_class = ?5 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)
                   ->bindAll(from.id, cause, now, from.crashes, static_cast<std::int64_t>(ErrorClass::Transient))
                   .run());
    SONGDA_TRY(recordMove(session, from.id, from.batch, from.state, from.cause, MessageState::Uncertain, cause, now, {from.finishedAt, {}}));
    return applyWaitingReports(session, from.id, now);
}

} // namespace songda::store
