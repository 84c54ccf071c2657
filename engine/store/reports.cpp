// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/reports.h"

#include "engine/policy/report_verdict.h"
#include "engine/policy/utf8.h"
#include "engine/store/suppressions.h"
#include "engine/store/transitions.h"

#include <vector>

namespace songda::store {

namespace {

constexpr std::size_t keptWords = 256;

/// The message a report speaks of.
struct Target {
    MessageId id;
    BatchId batch;
    MessageState state = MessageState::Accepted;
    std::string cause;
    std::optional<WallTime> finishedAt;
    bool earlierLife = false;
    bool erased = false; ///< its person was to be forgotten, so the report must not bring them back
};

struct StoredReport {
    std::int64_t id = 0;
    std::string status;
    WallTime at; ///< when it happened, or else when it came
};

Result<bool> hasRow(Statement &s) {
    const StatementScope scope(s);
    return s.step();
}

Result<std::optional<Target>> readTarget(Statement &s, bool earlierLife) {
    const StatementScope scope(s);
    const auto row = s.step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::optional<Target>{};
    return std::optional(Target{s.id<MessageId>(0), s.id<BatchId>(1),
        messageStateFromNumber(s.integer(2)).value_or(MessageState::Accepted), s.string(3), s.optionalTime(5), earlierLife, s.integer(4) != 0});
}

Result<std::optional<Target>> findTarget(WriteSession &session, AccountId account, const DeliveryReport &report) {
#define SONGDA_TARGET_COLUMNS "SELECT m.id, m.batch_id, m.state, coalesce(m.cause, ''), m.openid LIKE 'erased:%', m.finished_at"
    // An openid that is not the message's own makes it somebody else's report, whatever its msgid.
    auto present = session.sql(SONGDA_TARGET_COLUMNS " FROM message m INDEXED BY message_msgid JOIN batch b ON b.id = m.batch_id"
                                                     " WHERE m.msgid = ?2 AND b.account_id = ?1 AND (?3 IN ('', m.openid) OR m.openid LIKE 'erased:%') LIMIT 1");
    auto earlier = session.sql(SONGDA_TARGET_COLUMNS " FROM earlier_msgid e JOIN message m ON m.id = e.message_id"
                                                     " JOIN batch b ON b.id = m.batch_id"
                                                     " WHERE e.msgid = ?2 AND b.account_id = ?1 AND (?3 IN ('', m.openid) OR m.openid LIKE 'erased:%') LIMIT 1");
#undef SONGDA_TARGET_COLUMNS
    if (!present || !earlier)
        return tl::unexpected((!present ? present : earlier).error());
    (*present)->bindAll(account, report.msgid, report.openid);
    auto target = readTarget(**present, false);
    if (!target || *target)
        return target;
    (*earlier)->bindAll(account, report.msgid, report.openid);
    return readTarget(**earlier, true);
}

/// Where a report moves a message; nothing when it stays.
std::optional<MessageState> moveBy(ReportVerdict verdict, MessageState from) {
    using S = MessageState;
    switch (verdict) {
    case ReportVerdict::Delivered:
        if (from == S::Accepted || from == S::Uncertain || from == S::Retrying || from == S::Held)
            return S::Delivered;
        return std::nullopt;
    case ReportVerdict::Blocked:
    case ReportVerdict::Failed:
        if (from == S::Accepted || from == S::Uncertain)
            return S::Undelivered;
        return std::nullopt;
    case ReportVerdict::Unknown: return std::nullopt;
    }
    return std::nullopt;
}

/// A message under way is its claim's; and one that will be repeated is told "failed" only after its repeat, which has the
/// same id and brings nobody a second copy.
bool mustWait(const Target &target, ReportVerdict verdict) {
    const bool waits = target.state == MessageState::Retrying || target.state == MessageState::Held;
    return !target.earlierLife && (target.state == MessageState::Sending || (waits && moveBy(verdict, target.state) == std::nullopt));
}

Result<void> move(WriteSession &session, const Target &target, MessageState to, ReportVerdict verdict, const StoredReport &report, WallTime now) {
    const bool arrived = to == MessageState::Delivered;
    const bool blocked = verdict == ReportVerdict::Blocked;
    const std::string cause = arrived ? "" : blocked ? "user_block" : "system_failed";
    const ErrorClass grade = arrived ? ErrorClass::Success : blocked ? ErrorClass::Recipient : ErrorClass::Unknown;
    auto update = session.sql("UPDATE message SET state = ?2, finished_at = coalesce(finished_at, ?3), errcode = NULL, cause = ?4, error_class = ?5,"
                              " report_status = ?6, reported_at = ?3, ambiguous_wall = NULL, ambiguous_steady = NULL, ambiguous_run = NULL WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)
                   ->bindAll(target.id, to, now, arrived ? std::nullopt : std::optional<std::string_view>(cause),
                       static_cast<std::int64_t>(grade), report.status)
                   .run());
    SONGDA_TRY(recordMove(session, target.id, target.batch, target.state, target.cause, to, cause, now, {target.finishedAt, target.finishedAt}));
    if (blocked)
        return suppressRecipient(session, target.id, SuppressScope::Recipient, cause, report.at);
    if (!arrived)
        return {};
    const auto any = anySuppression(session);
    if (!any)
        return tl::unexpected(any.error());
    return *any ? liftBlock(session, target.id, report.at, now) : Result<void>{};
}

/// The words of a report that moves nothing, where a person finds them.
Result<void> noteWords(WriteSession &session, const Target &target, const StoredReport &report, WallTime now) {
    auto update = session.sql("UPDATE message SET report_status = ?2, reported_at = ?3 WHERE id = ?1 AND (report_status IS NULL OR state = 4)");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(target.id, report.status, now).run();
}

/// Lets a report work on its message. Answers the state it moved it to.
Result<std::optional<MessageState>> apply(WriteSession &session, const Target &target, const StoredReport &report, WallTime now) {
    const ReportVerdict verdict = verdictOf(report.status);
    const auto to = target.earlierLife ? std::nullopt : moveBy(verdict, target.state);
    if (to)
        SONGDA_TRY(move(session, target, *to, verdict, report, now));
    else if (!target.earlierLife)
        SONGDA_TRY(noteWords(session, target, report, now));
    return to;
}

Result<bool> isOnRecord(WriteSession &session, AccountId account, const DeliveryReport &report, const std::string &status,
    const std::optional<Target> &target) {
    auto found = session.sql(target ? "SELECT 1 FROM report INDEXED BY report_message WHERE message_id = ?4 AND account_id = ?1 AND msgid = ?2 AND status = ?3"
                                    : "SELECT 1 FROM report INDEXED BY report_unmatched WHERE account_id = ?1 AND msgid = ?2"
                                      " AND message_id IS NULL AND status = ?3 AND openid = ?4");
    if (!found)
        return tl::unexpected(found.error());
    if (target)
        (*found)->bindAll(account, report.msgid, status, target->id);
    else
        (*found)->bindAll(account, report.msgid, status, report.openid);
    return hasRow(**found);
}

Result<void> insertReport(WriteSession &session, AccountId account, const DeliveryReport &report, const std::string &status,
    std::optional<MessageId> message, WallTime receivedAt) {
    auto insert = session.sql("INSERT INTO report(account_id, msgid, openid, status, happened_at, received_at, message_id)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    if (!insert)
        return tl::unexpected(insert.error());
    return (*insert)->bindAll(account, report.msgid, report.openid, status, report.happenedAt, receivedAt, message).run();
}

} // namespace

Result<void> recordReport(
    WriteSession &session, AccountId account, const DeliveryReport &report, WallTime receivedAt, EventReceipt &receipt, ReportMatch *match) {
    const std::string status = utf8::printable(report.status, keptWords);
    if (report.msgid.empty()) {
        // Two of these may be two messages: none is taken for a repeat.
        ++receipt.withoutMsgid;
        return insertReport(session, account, report, status, std::nullopt, receivedAt);
    }
    auto target = findTarget(session, account, report);
    if (!target)
        return tl::unexpected(target.error());
    if (*target && mustWait(**target, verdictOf(status)))
        target->reset();
    if (match)
        *match = {*target ? std::optional((*target)->id) : std::nullopt, std::nullopt};
    DeliveryReport kept = report;
    if (*target && (*target)->erased)
        kept.openid.clear();
    const auto known = isOnRecord(session, account, kept, status, *target);
    if (!known)
        return tl::unexpected(known.error());
    if (*known) {
        ++receipt.repeated;
        return {};
    }
    SONGDA_TRY(insertReport(session, account, kept, status, *target ? std::optional((*target)->id) : std::nullopt, receivedAt));
    if (!*target) {
        ++receipt.waiting;
        return {};
    }
    const auto moved = apply(session, **target, {0, status, eventTime(report.happenedAt, receivedAt)}, receivedAt);
    if (!moved)
        return tl::unexpected(moved.error());
    if (match)
        match->moved = *moved;
    ++(!*moved ? receipt.noted : **moved == MessageState::Delivered ? receipt.delivered : receipt.undelivered);
    return {};
}

Result<std::vector<PastReport>> readReportsOf(Database &database, MessageId message) {
    return database.all("SELECT coalesce((SELECT max(e.life) FROM earlier_msgid e WHERE e.msgid = r.msgid AND e.message_id = r.message_id), m.life),"
                        " r.received_at, r.status FROM report r INDEXED BY report_message CROSS JOIN message m ON m.id = r.message_id"
                        " WHERE r.message_id = ?1 ORDER BY r.id",
        [](const Statement &s) {
            PastReport report{static_cast<int>(s.integer(0)), s.time(1), s.string(2), false};
            report.delivered = verdictOf(report.status) == ReportVerdict::Delivered;
            return report;
        },
        message);
}

Result<bool> anyReportWaits(WriteSession &session) {
    auto found = session.sql("SELECT 1 FROM report INDEXED BY report_unmatched WHERE message_id IS NULL LIMIT 1");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll();
    return hasRow(**found);
}

Result<void> applyWaitingReports(WriteSession &session, MessageId message, WallTime now) {
    auto matched = session.sql("UPDATE report SET message_id = ?2 WHERE id = ?1");
    if (!matched)
        return tl::unexpected(matched.error());
    Target target{message, {}, MessageState::Accepted, {}, {}, false, false};
    std::vector<StoredReport> waiting;
    SONGDA_TRY(session.database().each("SELECT r.id, r.status, r.happened_at, r.received_at, m.batch_id, m.state, coalesce(m.cause, ''), m.finished_at"
                                       " FROM message m JOIN batch b ON b.id = m.batch_id JOIN report r INDEXED BY report_unmatched"
                                       " ON r.account_id = b.account_id AND r.msgid = m.msgid AND r.message_id IS NULL AND r.openid IN ('', m.openid)"
                                       " WHERE m.id = ?1 ORDER BY r.id",
        [&](const Statement &s) {
            waiting.push_back({s.integer(0), s.string(1), eventTime(s.optionalTime(2), s.time(3))});
            target.batch = s.id<BatchId>(4);
            target.state = messageStateFromNumber(s.integer(5)).value_or(MessageState::Accepted);
            target.cause = s.string(6);
            target.finishedAt = s.optionalTime(7);
            return true;
        },
        message));
    for (const StoredReport &report : waiting) {
        if (mustWait(target, verdictOf(report.status)))
            continue;
        SONGDA_TRY((*matched)->bindAll(report.id, message).run());
        const auto moved = apply(session, target, report, now);
        if (!moved)
            return tl::unexpected(moved.error());
        // The first verdict stands, so a cause that changed with it is not read again.
        target.state = moved->value_or(target.state);
    }
    return {};
}

} // namespace songda::store
