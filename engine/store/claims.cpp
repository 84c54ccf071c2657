// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/claims.h"

#include "engine/model/breakage.h"
#include "engine/model/hash.h"
#include "engine/policy/priority_shares.h"
#include "engine/policy/replay_window.h"
#include "engine/store/content_hash.h"
#include "engine/store/recovery.h"
#include "engine/store/suppressions.h"
#include "engine/store/transitions.h"

#include <algorithm>

namespace songda::store {

namespace {

/// One death less than what puts a message aside.
constexpr int suspectCrashes = crashesBeforeAside - 1;
constexpr int suspectsLookedAt = 500;
/// How long what waits for the other host rests before it is looked at again.
constexpr Millis hostLookedAtEvery{10000};
constexpr const char *capCause = "frequency_cap";

struct Stream {
    BatchId batch;
    TemplateRef templateRef;
    std::string templateId;
    int priority = 1;
    bool held = false; ///< by its own state, its template or its account
    std::int64_t waiting = 0; ///< not claimed yet
    bool repeats = false; ///< some of them were tried before
    WallTime leavesAt; ///< nothing fresh of it before
};

/// The account's batches in which something waits, best priority first.
Result<std::vector<Stream>> waitingStreams(WriteSession &session, AccountId account) {
    return session.database().all(
        "SELECT b.id, t.id, t.template_id, b.priority,"
        " b.state <> 0 OR t.hold_cause IS NOT NULL OR a.hold_cause IS NOT NULL, sum(c.n), max(c.state) = 3, b.leaves_at"
        " FROM counter c JOIN batch b ON b.id = c.batch_id JOIN template t ON t.id = b.template_ref"
        " JOIN account a ON a.id = b.account_id WHERE c.state IN (1, 3) AND c.n > 0 AND b.account_id = ?1"
        " GROUP BY b.id ORDER BY b.priority DESC, b.id",
        [](const Statement &s) {
            return Stream{s.id<BatchId>(0), s.id<TemplateRef>(1), s.string(2), static_cast<int>(s.integer(3)), s.integer(4) != 0, s.integer(5),
                s.integer(6) != 0, s.time(7)};
        },
        account);
}

/// Whether a run's steady clock is this boot's.
Result<bool> sameBoot(WriteSession &session, RunId a, RunId b) {
    return session.database()
        .number("SELECT (SELECT boot_id FROM run WHERE id = ?1) = (SELECT boot_id FROM run WHERE id = ?2)", a, b)
        .map([](std::int64_t n) { return n == 1; });
}

struct DueRow {
    ClaimedMessage message;
    MessageState state = MessageState::Queued;
    std::optional<WallTime> expiresAt;
    std::string cause;
    int crashes = 0;
    std::optional<std::int64_t> contentHash;
    std::int64_t wentBy = 0; ///< what by_second says of the last attempt, see markOf()
};

/// What a row keeps of the address that it goes by. Not which of the account's two it is: addresses are changed, and may
/// change places, while what may have arrived waits. Rows from before that have 0 for the first and 1 for the second.
std::int64_t markOf(const ClaimRequest &request) {
    constexpr std::int64_t fourBytes = 0x7fffffff; // rows are rewritten often: no more than is needed
    if (request.base.empty())
        return request.second ? 1 : 0;
    return std::max<std::int64_t>(2, storedHash(request.base) & fourBytes);
}

/// Whether what may have arrived would be repeated where it went.
bool isItsHost(std::int64_t wentBy, const ClaimRequest &request) {
    return wentBy == markOf(request) || wentBy == (request.second ? 1 : 0);
}

/// Three kinds of what is due, each in an order of its own.
enum class Kind {
    Urgent, ///< repeats of what may have arrived: their time for a safe repeat runs
    Repeat, ///< what was refused before
    Fresh,
};

WallTime dueBy(const ClaimRequest &request, Kind kind) {
    return kind == Kind::Fresh ? request.now.wall : request.even.value_or(request.now.wall);
}

Result<std::vector<DueRow>> dueRows(
    WriteSession &session, const Stream &stream, Kind kind, const ClaimRequest &request, int limit) {
#define SONGDA_DUE_COLUMNS \
    "SELECT m.id, m.state, m.openid, m.recipient_hash, m.client_msg_id, p.content, m.attempts, m.life, m.tries," \
    " m.expires_at, m.ambiguous_wall, m.ambiguous_steady, m.ambiguous_run, m.cause, m.crashes, m.content_hash, m.by_second"
#define SONGDA_DUE_REPEATS(settled) \
    SONGDA_DUE_COLUMNS " FROM message m INDEXED BY message_repeat JOIN payload p ON p.message_id = m.id" \
                       " WHERE m.batch_id = ?1 AND m.state = 3 AND (m.ambiguous_wall IS NULL) = " settled \
                       " AND m.due_at <= ?2 ORDER BY m.due_at, m.id LIMIT ?3"
    auto found = session.sql(kind == Kind::Urgent ? SONGDA_DUE_REPEATS("0")
            : kind == Kind::Repeat                ? SONGDA_DUE_REPEATS("1")
                                                  : SONGDA_DUE_COLUMNS
                         " FROM message m INDEXED BY message_fresh JOIN payload p ON p.message_id = m.id"
                         " WHERE m.batch_id = ?1 AND m.state = 1 AND m.due_at * m.scheduled <= ?2"
                         " ORDER BY m.due_at * m.scheduled, m.id LIMIT ?3");
#undef SONGDA_DUE_REPEATS
#undef SONGDA_DUE_COLUMNS
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(stream.batch, dueBy(request, kind), limit);
    const MessageState which = kind == Kind::Fresh ? MessageState::Queued : MessageState::Retrying;
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
        row.state = which;
        // SQLite takes the state of a row from the index it was found by.
        if (s.integer(1) != static_cast<std::int64_t>(which))
            return fail(ErrorCode::Corrupt, "an index names message " + std::to_string(row.message.id.value) + " as waiting, which it is not");
        row.message.openid = s.string(2);
        row.message.recipient = s.integer(3);
        row.message.clientMsgId = s.string(4);
        row.message.content = s.string(5);
        row.message.attempt = static_cast<int>(s.integer(6)) + 1;
        row.message.life = static_cast<int>(s.integer(7));
        row.message.tries = static_cast<int>(s.integer(8));
        row.message.repeat = row.state == MessageState::Retrying;
        row.message.claimedAt = request.now.wall;
        row.expiresAt = s.optionalTime(9);
        if (!s.isNull(10))
            row.message.ambiguous
                = AmbiguousSince{s.time(10), SteadyTime{Micros{s.integer(11)}}, s.id<RunId>(12)};
        row.cause = s.string(13);
        row.crashes = static_cast<int>(s.integer(14));
        row.contentHash = s.optionalInteger(15);
        row.wentBy = s.integer(16);
        rows.push_back(std::move(row));
    }
}

Result<void> expire(WriteSession &session, const DueRow &row, WallTime now) {
    auto update = session.sql("UPDATE message SET state = 10, cause = 'expired', finished_at = ?2 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(row.message.id, now).run());
    return recordMove(session, row.message.id, row.message.batch, row.state, {}, MessageState::Expired, {}, now);
}

/// Whether it is still what was taken in.
bool isSound(const DueRow &row) {
    const ClaimedMessage &m = row.message;
    return !row.contentHash || *row.contentHash == contentHash(m.templateId, m.openid, m.clientMsgId, m.content);
}

/// A message that must not be sent ends here, by name of why.
Result<void> bury(WriteSession &session, const DueRow &row, const std::string &cause, ErrorClass errorClass, WallTime now) {
    auto update = session.sql("UPDATE message SET state = 7, cause = ?2, error_class = ?3, finished_at = ?4 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(row.message.id, cause, static_cast<std::int64_t>(errorClass), now).run());
    return recordMove(session, row.message.id, row.message.batch, row.state, {}, MessageState::Dead, cause, now);
}

Result<void> postpone(WriteSession &session, const DueRow &row, WallTime until) {
    auto update = session.sql("UPDATE message SET due_at = ?2, scheduled = 1, cause = ?3 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(row.message.id, until, capCause).run();
}

/// What may have arrived at one host waits for that host: nobody says that the other one drops the repeat.
Result<void> waitForItsHost(WriteSession &session, const DueRow &row, const ClaimRequest &request, Millis atMost) {
    const Kind kind = row.state == MessageState::Queued ? Kind::Fresh : Kind::Urgent;
    // What a person sends again stands among the fresh ones, which are due at once unless their time was chosen: without a
    // time of its own every claim would come upon it first, and find nothing behind it.
    auto update = session.sql("UPDATE message SET due_at = ?2, scheduled = CASE WHEN state = 1 THEN 1 ELSE scheduled END WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(row.message.id, dueBy(request, kind) + std::min(hostLookedAtEvery, atMost)).run();
}

/// False when the message ended here, or waits longer, instead of being claimed.
Result<bool> mayStillGo(WriteSession &session, DueRow &row, const ClaimRequest &request, const Stream &stream, bool suppressions) {
    const WallTime now = request.now.wall;
    if (!isSound(row)) {
        SONGDA_TRY(bury(session, row, "damaged_row", ErrorClass::Content, now));
        return false;
    }
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
        if (!isItsHost(row.wentBy, request)) {
            SONGDA_TRY(waitForItsHost(session, row, request, left));
            return false;
        }
    }
    if (over) {
        SONGDA_TRY(expire(session, row, now));
        return false;
    }
    // What may have arrived is repeated whoever has been put on a list since: WeChat drops the repeat of what did.
    if (row.message.ambiguous)
        return true;
    if (suppressions) {
        const auto cause = suppressionOf(session.database(), request.account, row.message.openid, stream.templateRef, row.message.life);
        if (!cause)
            return tl::unexpected(cause.error());
        if (!cause->empty()) {
            SONGDA_TRY(bury(session, row, *cause, ErrorClass::Recipient, now));
            return false;
        }
    }
    const ClaimLimits &limits = request.limits;
    if (limits.perRecipient > 0 && row.state == MessageState::Queued && !(limits.urgentPassesPerRecipient && stream.priority >= 2)) {
        const auto until = frequencyWait(session, row.message, limits.perRecipient, limits.perRecipientWindow, now);
        if (!until)
            return tl::unexpected(until.error());
        if (*until) {
            SONGDA_TRY(postpone(session, row, **until));
            return false;
        }
    }
    return true;
}

Result<void> claimRow(WriteSession &session, const DueRow &row, const ClaimRequest &request) {
    auto update = session.sql("UPDATE message SET state = 2, claim_run = ?2, claim_until = ?3, attempts = ?4,"
                              " claim_steady = ?5, by_second = ?6 WHERE id = ?1");
    auto insert = session.sql("INSERT INTO attempt(message_id, n, life, run_id, phase, started_at)"
                              " VALUES(?1, ?2, ?3, ?4, 0, ?5)");
    if (!update || !insert)
        return tl::unexpected((!update ? update : insert).error());
    const ClaimedMessage &m = row.message;
    const WallTime now = request.now.wall;
    if (isBroken(Breakage::DoubleClaim))
        return {};
    SONGDA_TRY((*update)->bindAll(m.id, request.run, now + request.lease, m.attempt,
                       static_cast<std::int64_t>(request.now.steady.time_since_epoch().count()), markOf(request)).run());
    if (!isBroken(Breakage::NoAttemptRow))
        SONGDA_TRY((*insert)->bindAll(m.id, m.attempt, m.life, request.run, now).run());
    session.deltas().addState(m.batch, row.state, -1);
    session.deltas().addState(m.batch, MessageState::Sending, +1);
    return {};
}

/// The row of a batch that is due first.
struct FirstDue {
    WallTime at;
    bool capped = false; ///< put off for its reader's sake
};

Result<std::optional<FirstDue>> firstDue(WriteSession &session, BatchId batch, Kind kind) {
#define SONGDA_FIRST_REPEAT(settled) \
    "SELECT due_at, cause FROM message INDEXED BY message_repeat WHERE batch_id = ?1 AND state = 3" \
    " AND (ambiguous_wall IS NULL) = " settled " ORDER BY due_at LIMIT 1"
    auto found = session.sql(kind == Kind::Urgent ? SONGDA_FIRST_REPEAT("0")
            : kind == Kind::Repeat                ? SONGDA_FIRST_REPEAT("1")
                                                  : "SELECT due_at * scheduled, cause FROM message INDEXED BY message_fresh"
                                                    " WHERE batch_id = ?1 AND state = 1 ORDER BY due_at * scheduled LIMIT 1");
#undef SONGDA_FIRST_REPEAT
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(batch);
    const StatementScope scope(**found);
    const auto row = (*found)->step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::optional<FirstDue>{};
    return std::optional(FirstDue{(*found)->time(0), kind == Kind::Fresh && (*found)->text(1) == capCause});
}

/// One claim: takes rows stream by stream, kind by kind, as the limits allow.
class Claim {
public:
    Claim(WriteSession &session, const ClaimRequest &request)
        : m_session(session)
        , m_request(request)
        , m_repeatsLeft(request.limits.repeats) {}

    Result<ClaimReply> run();

private:
    int room() const { return m_request.limit - static_cast<int>(m_reply.messages.size()); }
    std::int64_t quotaLeft(const Stream &stream) const {
        const auto left = m_request.limits.quota[static_cast<std::size_t>(std::clamp(stream.priority, 0, 2))];
        return left == ClaimLimits::none ? left : std::max<std::int64_t>(0, left - static_cast<std::int64_t>(m_reply.messages.size()));
    }
    Result<void> sort();
    Result<void> takeSuspect();
    Result<void> take(Stream &stream, Kind kind, std::int64_t limit);
    Result<void> takeFresh();
    Result<void> lookAhead(const Stream &stream, Kind kind);

    WriteSession &m_session;
    const ClaimRequest &m_request;
    ClaimReply m_reply;
    std::vector<Stream> m_streams; ///< that no hold stops
    std::vector<Stream *> m_open; ///< of those, what quiet hours and quota let through
    std::int64_t m_repeatsLeft;
    bool m_suppressions = false;
};

Result<void> Claim::sort() {
    auto streams = waitingStreams(m_session, m_request.account);
    if (!streams)
        return tl::unexpected(streams.error());
    for (Stream &stream : *streams) {
        if (stream.held)
            m_reply.behindHolds += stream.waiting;
        else
            m_streams.push_back(std::move(stream));
    }
    for (Stream &stream : m_streams) {
        if (stream.priority < m_request.limits.lowestPriority)
            m_reply.behindQuiet += stream.waiting;
        else if (quotaLeft(stream) <= 0)
            m_reply.behindQuota += stream.waiting;
        else
            m_open.push_back(&stream);
    }
    const auto any = anySuppression(m_session);
    if (!any)
        return tl::unexpected(any.error());
    m_suppressions = *any;
    return {};
}

Result<void> Claim::take(Stream &stream, Kind kind, std::int64_t limit) {
    limit = std::min<std::int64_t>(limit, room());
    if (limit <= 0 || (kind == Kind::Fresh && stream.leavesAt > m_request.now.wall))
        return {};
    auto rows = dueRows(m_session, stream, kind, m_request, static_cast<int>(limit));
    if (!rows)
        return tl::unexpected(rows.error());
    for (DueRow &row : *rows) {
        if (row.crashes >= suspectCrashes) {
            m_reply.suspectsWait = true;
            continue;
        }
        const auto go = mayStillGo(m_session, row, m_request, stream, m_suppressions);
        if (!go)
            return tl::unexpected(go.error());
        if (!*go)
            continue;
        SONGDA_TRY(claimRow(m_session, row, m_request));
        --stream.waiting;
        if (kind == Kind::Repeat)
            --m_repeatsLeft;
        if (isBroken(Breakage::FreshIdOnRepeat) && row.message.attempt > 1)
            row.message.clientMsgId = makeClientMsgId(m_session.random());
        if (isBroken(Breakage::BodyChangesOnRepeat) && row.message.attempt > 1)
            row.message.content.insert(row.message.content.size() - 1, R"(,"url":"https://example.com/again")");
        m_reply.messages.push_back(std::move(row.message));
    }
    return {};
}

Result<void> Claim::takeSuspect() {
    for (const Stream &stream : m_streams) {
        if (!stream.repeats)
            continue;
        auto rows = dueRows(m_session, stream, Kind::Urgent, m_request, suspectsLookedAt);
        if (!rows)
            return tl::unexpected(rows.error());
        for (DueRow &row : *rows) {
            if (row.crashes < suspectCrashes)
                continue;
            const auto go = mayStillGo(m_session, row, m_request, stream, m_suppressions);
            if (!go)
                return tl::unexpected(go.error());
            if (!*go)
                continue;
            SONGDA_TRY(claimRow(m_session, row, m_request));
            m_reply.messages.push_back(std::move(row.message));
            m_reply.suspectsWait = true;
            m_reply.more = true;
            return {};
        }
    }
    return {};
}

Result<void> Claim::takeFresh() {
    std::vector<int> priorities;
    for (const Stream *stream : m_open) {
        if (priorities.empty() || priorities.back() != stream->priority)
            priorities.push_back(stream->priority);
    }
    const std::int64_t turn = m_session.nextTurn(m_request.account);
    const int before = room();
    std::vector<int> kept = keptSlots({m_request.limits.bulkShare, m_request.limits.normalShare}, priorities, before, turn);
    int keptBelow = 0;
    for (const int slots : kept)
        keptBelow += slots;
    // Highest priority first, but for what is kept for those below; inside one first a fair share each, then whoever
    // has more.
    std::size_t level = 0;
    for (std::size_t first = 0; first < m_open.size(); ++level) {
        std::size_t last = first;
        while (last < m_open.size() && m_open[last]->priority == m_open[first]->priority)
            ++last;
        keptBelow -= kept[level];
        const int mine = room() - keptBelow;
        // Who comes first changes from claim to claim: a claim may be too small for a share each.
        if (mine > 0) {
            const auto group = m_open.begin() + static_cast<std::ptrdiff_t>(first);
            const std::int64_t own = m_session.nextTurn(m_request.account, m_open[first]->priority);
            std::rotate(group, group + static_cast<std::ptrdiff_t>(own % static_cast<std::int64_t>(last - first)),
                m_open.begin() + static_cast<std::ptrdiff_t>(last));
        }
        const int until = room() - std::max(0, mine);
        const int share = std::max(1, mine / static_cast<int>(last - first));
        for (int round = 0; round < 2; ++round) {
            for (std::size_t i = first; i < last; ++i) {
                const int left = room() - until;
                SONGDA_TRY(take(*m_open[i], Kind::Fresh, std::min<std::int64_t>(round == 0 ? std::min(share, left) : left, quotaLeft(*m_open[i]))));
            }
        }
        first = last;
    }
    // What was kept for those below and not wanted by them.
    for (Stream *stream : m_open) {
        if (room() > 0)
            SONGDA_TRY(take(*stream, Kind::Fresh, std::min<std::int64_t>(room(), quotaLeft(*stream))));
    }
    return {};
}

Result<void> Claim::lookAhead(const Stream &stream, Kind kind) {
    const auto first = firstDue(m_session, stream.batch, kind);
    if (!first)
        return tl::unexpected(first.error());
    if (!*first)
        return {};
    FirstDue due = **first;
    if (kind == Kind::Fresh && stream.leavesAt > due.at)
        due = {stream.leavesAt, false};
    if (due.at > dueBy(m_request, kind)) {
        auto &next = kind == Kind::Fresh ? m_reply.nextDue : m_reply.nextRepeat;
        if (kind == Kind::Fresh && (!next || due.at < *next))
            m_reply.nextIsCapped = due.capped && m_request.limits.perRecipient > 0;
        if (!isBroken(Breakage::WakeLost))
            next = std::min(next.value_or(due.at), due.at);
    } else if (kind == Kind::Repeat && m_repeatsLeft <= 0) {
        m_reply.repeatsOverBudget = true;
    } else if (kind == Kind::Urgent || quotaLeft(stream) > 0) {
        m_reply.more = true;
    }
    return {};
}

Result<ClaimReply> Claim::run() {
    SONGDA_TRY(m_session.flushSums());
    SONGDA_TRY(sort());
    if (m_request.alone) {
        SONGDA_TRY(takeSuspect());
        if (!m_reply.messages.empty())
            return std::move(m_reply);
    }
    // What may have arrived goes first, whatever its batch, the hour or the quota: behind a long batch its time for a
    // safe repeat would run out, and there are never many of them.
    for (Stream &stream : m_streams) {
        if (stream.repeats)
            SONGDA_TRY(take(stream, Kind::Urgent, room()));
    }
    for (Stream *stream : m_open) {
        if (stream->repeats)
            SONGDA_TRY(take(*stream, Kind::Repeat, std::min(m_repeatsLeft, quotaLeft(*stream))));
    }
    SONGDA_TRY(takeFresh());
    for (const Stream &stream : m_streams) {
        if (stream.repeats)
            SONGDA_TRY(lookAhead(stream, Kind::Urgent));
    }
    for (const Stream *stream : m_open) {
        if (stream->repeats)
            SONGDA_TRY(lookAhead(*stream, Kind::Repeat));
        SONGDA_TRY(lookAhead(*stream, Kind::Fresh));
        if (quotaLeft(*stream) <= 0)
            m_reply.behindQuota += stream->waiting;
    }
    return std::move(m_reply);
}

} // namespace

Result<ClaimReply> claimDue(WriteSession &session, const ClaimRequest &request) { return Claim(session, request).run(); }

} // namespace songda::store
