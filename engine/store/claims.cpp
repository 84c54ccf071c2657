// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/claims.h"

#include "engine/model/breakage.h"
#include "engine/policy/replay_window.h"
#include "engine/store/transitions.h"

#include <algorithm>

namespace songda::store {

namespace {

struct Stream {
    BatchId batch;
    TemplateRef templateRef;
    std::string templateId;
    int priority = 1;
    bool open = false;
    std::int64_t waiting = 0;
    bool repeats = false; ///< some of them were tried before
};

/// The account's batches in which something waits, best priority first.
Result<std::vector<Stream>> waitingStreams(WriteSession &session, AccountId account) {
    auto found = session.sql(
        "SELECT b.id, t.id, t.template_id, b.priority,"
        " b.state = 0 AND t.hold_cause IS NULL AND a.hold_cause IS NULL, sum(c.n), max(c.state) = 3"
        " FROM counter c JOIN batch b ON b.id = c.batch_id JOIN template t ON t.id = b.template_ref"
        " JOIN account a ON a.id = b.account_id WHERE c.state IN (1, 3) AND c.n > 0 AND b.account_id = ?1"
        " GROUP BY b.id ORDER BY b.priority DESC, b.id");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(account);
    const StatementScope scope(s);
    std::vector<Stream> streams;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return streams;
        streams.push_back({s.id<BatchId>(0), s.id<TemplateRef>(1), s.string(2), static_cast<int>(s.integer(3)),
            s.integer(4) != 0, s.integer(5), s.integer(6) != 0});
    }
}

/// Whether a run's steady clock is this boot's.
Result<bool> sameBoot(WriteSession &session, RunId a, RunId b) {
    auto found = session.sql("SELECT (SELECT boot_id FROM run WHERE id = ?1) = (SELECT boot_id FROM run WHERE id = ?2)");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(a, b);
    const StatementScope scope(**found);
    const auto row = (*found)->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row && (*found)->integer(0) == 1;
}

struct DueRow {
    ClaimedMessage message;
    MessageState state = MessageState::Queued;
    std::optional<WallTime> expiresAt;
    std::string cause;
    int crashes = 0;
};

WallTime dueBy(const ClaimRequest &request, MessageState which) {
    return which == MessageState::Retrying ? request.even.value_or(request.now.wall) : request.now.wall;
}

/// `which`: Retrying or Queued.
Result<std::vector<DueRow>> dueRows(
    WriteSession &session, const Stream &stream, MessageState which, const ClaimRequest &request, int limit) {
#define SONGDA_DUE_COLUMNS \
    "SELECT m.id, m.state, m.openid, m.recipient_hash, m.client_msg_id, p.content, m.attempts, m.life, m.tries," \
    " m.expires_at, m.ambiguous_wall, m.ambiguous_steady, m.ambiguous_run, m.cause, m.crashes"
    auto found = session.sql(which == MessageState::Retrying
            ? SONGDA_DUE_COLUMNS " FROM message m INDEXED BY message_repeat JOIN payload p ON p.message_id = m.id"
                                 " WHERE m.batch_id = ?1 AND m.state = 3 AND m.due_at <= ?2 ORDER BY m.due_at, m.id LIMIT ?3"
            : SONGDA_DUE_COLUMNS " FROM message m INDEXED BY message_fresh JOIN payload p ON p.message_id = m.id"
                                 " WHERE m.batch_id = ?1 AND m.state = 1 AND m.due_at * m.scheduled <= ?2"
                                 " ORDER BY m.due_at * m.scheduled, m.id LIMIT ?3");
#undef SONGDA_DUE_COLUMNS
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(stream.batch, dueBy(request, which), limit);
    const StatementScope scope(s);
    std::vector<DueRow> rows;
    for (;;) {
        const auto step = s.step();
        if (!step)
            return tl::unexpected(step.error());
        if (!*step)
            return rows;
        DueRow row;
        row.message.id = s.id<MessageId>(0);
        row.message.batch = stream.batch;
        row.message.templateRef = stream.templateRef;
        row.message.templateId = stream.templateId;
        row.state = s.integer(1) == 3 ? MessageState::Retrying : MessageState::Queued;
        row.message.openid = s.string(2);
        row.message.recipient = s.integer(3);
        row.message.clientMsgId = s.string(4);
        row.message.content = s.string(5);
        row.message.attempt = static_cast<int>(s.integer(6)) + 1;
        row.message.life = static_cast<int>(s.integer(7));
        row.message.tries = static_cast<int>(s.integer(8));
        row.message.claimedAt = request.now.wall;
        row.expiresAt = s.optionalTime(9);
        if (!s.isNull(10))
            row.message.ambiguous
                = AmbiguousSince{s.time(10), SteadyTime{Micros{s.integer(11)}}, s.id<RunId>(12)};
        row.cause = s.string(13);
        row.crashes = static_cast<int>(s.integer(14));
        rows.push_back(std::move(row));
    }
}

Result<void> expire(WriteSession &session, const DueRow &row, WallTime now) {
    auto update = session.sql("UPDATE message SET state = 10, cause = 'expired', finished_at = ?2 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(row.message.id, now).run());
    countMove(session.deltas(), row.message.batch, row.state, {}, MessageState::Expired, {}, now);
    return {};
}

/// False when the message ended here instead of being claimed.
Result<bool> mayStillGo(WriteSession &session, DueRow &row, const ClaimRequest &request) {
    const WallTime now = request.now.wall;
    const bool over = row.expiresAt && *row.expiresAt <= now;
    if (row.message.ambiguous) {
        const auto boot = sameBoot(session, row.message.ambiguous->run, request.run);
        if (!boot)
            return tl::unexpected(boot.error());
        const Millis left = safeRepeatTimeLeft(*row.message.ambiguous, request.now, request.run, *boot);
        row.message.repeatBefore = request.now.steady + left;
        // Too late to be useful, but it may have arrived: a person shall know that nobody knows.
        if (left <= Millis{0} || over) {
            StoredState from;
            from.id = row.message.id;
            from.batch = row.message.batch;
            from.account = request.account;
            from.state = row.state;
            from.crashes = row.crashes;
            SONGDA_TRY(endUncertain(session, from, "window_passed", now));
            return false;
        }
    }
    if (over) {
        SONGDA_TRY(expire(session, row, now));
        return false;
    }
    return true;
}

Result<void> claimRow(WriteSession &session, const DueRow &row, const ClaimRequest &request) {
    auto update = session.sql("UPDATE message SET state = 2, claim_run = ?2, claim_until = ?3, attempts = ?4,"
                              " claim_steady = ?5 WHERE id = ?1");
    auto insert = session.sql("INSERT INTO attempt(message_id, n, life, run_id, phase, started_at)"
                              " VALUES(?1, ?2, ?3, ?4, 0, ?5)");
    if (!update || !insert)
        return tl::unexpected((!update ? update : insert).error());
    const ClaimedMessage &m = row.message;
    const WallTime now = request.now.wall;
    if (isBroken(Breakage::DoubleClaim))
        return {};
    SONGDA_TRY((*update)->bindAll(m.id, request.run, now + request.lease, m.attempt,
                       static_cast<std::int64_t>(request.now.steady.time_since_epoch().count())).run());
    if (!isBroken(Breakage::NoAttemptRow))
        SONGDA_TRY((*insert)->bindAll(m.id, m.attempt, m.life, request.run, now).run());
    session.deltas().addState(m.batch, row.state, -1);
    session.deltas().addState(m.batch, MessageState::Sending, +1);
    return {};
}

Result<std::optional<WallTime>> nextDue(WriteSession &session, BatchId batch, MessageState which) {
    auto found = session.sql(which == MessageState::Retrying
            ? "SELECT due_at FROM message INDEXED BY message_repeat WHERE batch_id = ?1 AND state = 3 ORDER BY due_at LIMIT 1"
            : "SELECT due_at * scheduled FROM message INDEXED BY message_fresh WHERE batch_id = ?1 AND state = 1"
              " ORDER BY due_at * scheduled LIMIT 1");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(batch);
    const StatementScope scope(**found);
    const auto row = (*found)->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? std::optional((*found)->time(0)) : std::nullopt;
}

} // namespace

Result<ClaimReply> claimDue(WriteSession &session, const ClaimRequest &request) {
    SONGDA_TRY(session.flushSums());
    const auto streams = waitingStreams(session, request.account);
    if (!streams)
        return tl::unexpected(streams.error());
    ClaimReply reply;
    std::vector<const Stream *> open;
    for (const Stream &stream : *streams) {
        if (stream.open)
            open.push_back(&stream);
        else
            reply.behindHolds += stream.waiting;
    }
    const auto take = [&](const Stream &stream, MessageState which, int limit) -> Result<bool> {
        auto rows = dueRows(session, stream, which, request, limit);
        if (!rows)
            return tl::unexpected(rows.error());
        for (DueRow &row : *rows) {
            const auto go = mayStillGo(session, row, request);
            if (!go)
                return tl::unexpected(go.error());
            if (!*go)
                continue;
            SONGDA_TRY(claimRow(session, row, request));
            if (isBroken(Breakage::FreshIdOnRepeat) && row.message.attempt > 1)
                row.message.clientMsgId = makeClientMsgId(session.random());
            if (isBroken(Breakage::BodyChangesOnRepeat) && row.message.attempt > 1)
                row.message.content.insert(row.message.content.size() - 1, R"(,"url":"https://example.com/again")");
            reply.messages.push_back(row.message);
        }
        return static_cast<int>(rows->size()) == limit;
    };

    // What was tried before goes first, whatever its batch: behind a long batch its time for a safe repeat would run
    // out, and there are never many of them.
    for (const Stream *stream : open) {
        const int left = request.limit - static_cast<int>(reply.messages.size());
        if (!stream->repeats || left <= 0)
            continue;
        const auto full = take(*stream, MessageState::Retrying, left);
        if (!full)
            return tl::unexpected(full.error());
    }
    // Highest priority first; inside one priority first a fair share each, then whoever has more.
    for (std::size_t first = 0; first < open.size();) {
        std::size_t last = first;
        while (last < open.size() && open[last]->priority == open[first]->priority)
            ++last;
        // Who comes first changes from claim to claim: a claim may be too small for a share each.
        const auto group = open.begin() + static_cast<std::ptrdiff_t>(first);
        const auto turn = static_cast<std::ptrdiff_t>(session.nextTurn() % (last - first));
        std::rotate(group, group + turn, open.begin() + static_cast<std::ptrdiff_t>(last));
        const int room = request.limit - static_cast<int>(reply.messages.size());
        const int share = std::max(1, room / static_cast<int>(last - first));
        for (int round = 0; round < 2; ++round) {
            for (std::size_t i = first; i < last; ++i) {
                const int left = request.limit - static_cast<int>(reply.messages.size());
                if (left <= 0)
                    break;
                const auto full = take(*open[i], MessageState::Queued, round == 0 ? std::min(share, left) : left);
                if (!full)
                    return tl::unexpected(full.error());
            }
        }
        first = last;
    }
    for (const Stream *stream : open) {
        for (const MessageState which : {MessageState::Queued, MessageState::Retrying}) {
            if (which == MessageState::Retrying && !stream->repeats)
                continue;
            const auto due = nextDue(session, stream->batch, which);
            if (!due)
                return tl::unexpected(due.error());
            if (!*due)
                continue;
            auto &next = which == MessageState::Retrying ? reply.nextRepeat : reply.nextDue;
            if (**due <= dueBy(request, which))
                reply.more = true;
            else if (!isBroken(Breakage::WakeLost))
                next = std::min(next.value_or(**due), **due);
        }
    }
    return reply;
}

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
    for (const AttemptResult &r : results) {
        const Outcome &o = r.outcome;
        const bool terminal = isTerminal(r.next);
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
                       ->bindAll(r.id, r.run, r.attempt, r.next, r.dueAt, r.counted ? 1 : 0, written, r.startedAt,
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
        countMove(session.deltas(), r.batch, MessageState::Sending, {}, r.next, o.cause, r.finishedAt);
        session.deltas().addAttempt(r.batch, o.cause, o.errorClass, r.latency, r.finishedAt);
    }
    return late;
}

Result<void> releaseClaims(WriteSession &session, RunId run, const std::vector<ClaimedMessage> &claims) {
    auto message = session.sql("UPDATE message SET state = CASE WHEN EXISTS (SELECT 1 FROM attempt a WHERE a.message_id = ?1"
                               " AND a.life = message.life AND a.n < ?3) THEN 3 ELSE 1 END,"
                               " attempts = attempts - 1, claim_run = NULL, claim_until = NULL"
                               " WHERE id = ?1 AND state = 2 AND claim_run = ?2 AND attempts = ?3 RETURNING state");
    auto attempt = session.sql("DELETE FROM attempt WHERE message_id = ?1 AND n = ?2");
    if (!message || !attempt)
        return tl::unexpected((!message ? message : attempt).error());
    for (const ClaimedMessage &claim : claims) {
        (*message)->bindAll(claim.id, run, claim.attempt);
        const auto row = (*message)->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            continue;
        const auto state = messageStateFromNumber((*message)->integer(0)).value_or(MessageState::Queued);
        (*message)->reset();
        if (!isBroken(Breakage::ReleaseKeepsAttempt))
            SONGDA_TRY((*attempt)->bindAll(claim.id, claim.attempt).run());
        session.deltas().addState(claim.batch, MessageState::Sending, -1);
        session.deltas().addState(claim.batch, state, +1);
    }
    return {};
}

} // namespace songda::store
