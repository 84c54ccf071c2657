// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a claim ends: with what came of its attempt, or given back unused.
#include "engine/store/claims.h"

#include "engine/model/breakage.h"
#include "engine/store/batches_table.h"
#include "engine/store/reports.h"
#include "engine/store/suppressions.h"
#include "engine/store/transitions.h"

#include <map>

namespace songda::store {

namespace {

/// Whether an attempt of an earlier life may have arrived: the message has forgotten it, its attempts have not.
Result<bool> mayHaveArrivedBefore(WriteSession &session, MessageId message) {
    return session.database()
        .number("SELECT " SONGDA_MAY_HAVE_ARRIVED("m") " FROM message m WHERE m.id = ?1", message)
        .map([](std::int64_t n) { return n != 0; });
}

/// Which batches were cancelled: what of them comes back unfinished must not be tried again.
class CancelledBatches {
public:
    explicit CancelledBatches(WriteSession &session)
        : m_session(session) {}

    Result<bool> contains(BatchId batch) {
        const auto known = m_known.find(batch);
        if (known != m_known.end())
            return known->second;
        const auto state = batchState(m_session.database(), batch);
        if (!state)
            return tl::unexpected(state.error());
        return m_known[batch] = *state == BatchState::Cancelled;
    }

private:
    WriteSession &m_session;
    std::map<BatchId, bool> m_known;
};

} // namespace

Result<int> finishAttempts(WriteSession &session, const std::vector<AttemptResult> &results) {
    auto message = session.sql(
        "UPDATE message SET state = ?4, due_at = CASE WHEN ?9 IS NULL THEN ?5 ELSE due_at END, tries = tries + ?6, claim_run = NULL, claim_until = NULL,"
        " first_sent_at = CASE WHEN ?7 THEN coalesce(first_sent_at, ?8) ELSE first_sent_at END,"
        " finished_at = ?9, errcode = ?10, cause = ?11, error_class = ?12, msgid = coalesce(?13, msgid),"
        " ambiguous_wall = ?14, ambiguous_steady = ?15, ambiguous_run = ?16"
        " WHERE id = ?1 AND state = 2 AND claim_run = ?2 AND attempts = ?3");
    auto attempt = session.sql("UPDATE attempt SET phase = ?3, finished_at = ?4, http_status = ?5, errcode = ?6,"
                               " errmsg = ?7, rid = ?8, cause = ?9, error_class = ?10, excerpt = ?11, latency_us = ?12,"
                               " counted = ?13 WHERE message_id = ?1 AND n = ?2");
    if (!message || !attempt)
        return tl::unexpected((!message ? message : attempt).error());
    const auto orNull = [](const std::string &text) {
        return text.empty() ? std::nullopt : std::optional<std::string_view>(text);
    };
    int late = 0;
    CancelledBatches cancelled(session);
    const auto suppressions = anySuppression(session);
    const auto reports = anyReportWaits(session);
    if (!suppressions || !reports)
        return tl::unexpected((!suppressions ? suppressions : reports).error());
    for (const AttemptResult &r : results) {
        const Outcome &o = r.outcome;
        MessageState next = r.next;
        if (next == MessageState::Retrying) {
            const auto gone = cancelled.contains(r.batch);
            if (!gone)
                return tl::unexpected(gone.error());
            if (*gone) {
                const auto before = mayHaveArrivedBefore(session, r.id);
                if (!before)
                    return tl::unexpected(before.error());
                next = r.ambiguous || *before ? MessageState::Uncertain : MessageState::Cancelled;
            }
        }
        const bool terminal = isTerminal(next);
        const bool written = r.phase == AttemptPhase::Written || r.phase == AttemptPhase::Answered;
        const bool success = o.errorClass == ErrorClass::Success;
        const auto errcode = success ? std::nullopt : o.errcode;
        const auto errorClass = std::optional(static_cast<std::int64_t>(o.errorClass));
        std::optional<std::int64_t> ambiguousSteady;
        std::optional<WallTime> ambiguousWall;
        std::optional<RunId> ambiguousRun;
        if (r.ambiguous && !success) {
            ambiguousWall = r.ambiguous->wall;
            ambiguousSteady = r.ambiguous->steady.time_since_epoch().count();
            ambiguousRun = r.ambiguous->run;
        }
        SONGDA_TRY((*message)
                       ->bindAll(r.id, r.run, r.attempt, next, r.dueAt, r.counted ? 1 : 0, written, r.startedAt,
                           terminal ? std::optional(r.finishedAt) : std::nullopt, errcode, orNull(o.cause),
                           success ? std::optional<std::int64_t>(0) : errorClass, orNull(o.msgid), ambiguousWall,
                           ambiguousSteady, ambiguousRun)
                       .run());
        if (session.database().changes() == 0) {
            ++late;
            continue;
        }
        SONGDA_TRY((*attempt)
                       ->bindAll(r.id, r.attempt, static_cast<std::int64_t>(r.phase), r.finishedAt, r.httpStatus,
                           o.errcode, orNull(o.errmsg), orNull(o.rid), orNull(o.cause),
                           static_cast<std::int64_t>(o.errorClass), orNull(o.excerpt),
                           static_cast<std::int64_t>(r.latency.count()), r.counted)
                       .run());
        SONGDA_TRY(recordMove(session, r.id, r.batch, MessageState::Sending, {}, next, o.cause, r.finishedAt));
        session.deltas().addAttempt(r.batch, o.cause, o.errorClass, r.latency, r.finishedAt);
        if (r.life > 1 && terminal && next != MessageState::Cancelled)
            SONGDA_TRY(countRetry(session, r.id, success));
        if (r.suppress != SuppressScope::None)
            SONGDA_TRY(suppressRecipient(session, r.id, r.suppress, o.cause, r.finishedAt));
        else if (success && *suppressions && r.life > 1)
            SONGDA_TRY(liftAfterSuccess(session, r.id, r.finishedAt));
        if (*reports)
            SONGDA_TRY(applyWaitingReports(session, r.id, r.finishedAt));
    }
    return late;
}

Result<void> releaseClaims(WriteSession &session, RunId run, const std::vector<ClaimedMessage> &claims) {
    auto message = session.sql("UPDATE message SET state = CASE"
                               " WHEN (SELECT state FROM batch WHERE id = message.batch_id) = 2"
                               "  THEN CASE WHEN NOT " SONGDA_MAY_HAVE_ARRIVED("message") " THEN 9 ELSE 8 END"
                               " WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.message_id = ?1"
                               "  AND a.life = message.life AND a.n < ?3) THEN 3 ELSE 1 END,"
                               " finished_at = CASE WHEN (SELECT state FROM batch WHERE id = message.batch_id) = 2 THEN ?4 END,"
                               " cause = CASE WHEN NOT " SONGDA_MAY_HAVE_ARRIVED("message")
                               "  THEN cause ELSE coalesce(cause, 'interrupted') END,"
                               " attempts = attempts - 1, claim_run = NULL, claim_until = NULL"
                               " WHERE id = ?1 AND state = 2 AND claim_run = ?2 AND attempts = ?3 RETURNING state, cause");
    auto attempt = session.sql("DELETE FROM attempt WHERE message_id = ?1 AND n = ?2");
    if (!message || !attempt)
        return tl::unexpected((!message ? message : attempt).error());
    for (const ClaimedMessage &claim : claims) {
        (*message)->bindAll(claim.id, run, claim.attempt, claim.claimedAt);
        const auto row = (*message)->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            continue;
        const auto state = messageStateFromNumber((*message)->integer(0)).value_or(MessageState::Queued);
        const std::string cause = (*message)->string(1);
        (*message)->reset();
        if (!isBroken(Breakage::ReleaseKeepsAttempt))
            SONGDA_TRY((*attempt)->bindAll(claim.id, claim.attempt).run());
        SONGDA_TRY(recordMove(session, claim.id, claim.batch, MessageState::Sending, {}, state, cause, claim.claimedAt));
    }
    return {};
}

} // namespace songda::store
