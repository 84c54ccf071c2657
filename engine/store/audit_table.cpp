// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/audit_table.h"

#include "engine/store/audit_chain.h"

#include <QString>
#include <algorithm>

namespace songda::store {

namespace {

Result<std::vector<AuditEntry>> entries(Statement &s) {
    const StatementScope scope(s);
    std::vector<AuditEntry> list;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return list;
        list.push_back({s.id<AuditId>(0), s.time(1), s.string(2), s.string(3), s.string(4), s.string(5), s.integer(6), s.integer(7) != 0});
    }
}

/// With a bound, so that a search for what is rare gives the reader back between two looks.
constexpr int lookedAtOnce = 20'000;

#define SONGDA_AUDIT_COLUMNS \
    "SELECT a.id, a.at, a.who, a.act, a.object, a.reason, a.n, EXISTS (SELECT 1 FROM audit_item i WHERE i.audit_id = a.id) FROM audit a "

bool holds(const std::string &text, const QString &part) { return part.isEmpty() || QString::fromStdString(text).contains(part, Qt::CaseInsensitive); }

bool isAct(const std::string &act, const std::string &wanted) {
    return wanted.empty() || act == wanted || (wanted.back() == '.' && act.compare(0, wanted.size(), wanted) == 0);
}

} // namespace

Result<AuditId> recordAct(WriteSession &session, const Actor &actor, const std::string &act,
    const std::string &object, std::int64_t count, WallTime now) {
    auto insert = session.sql("INSERT INTO audit(at, who, act, object, reason, n) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)->bindAll(now, actor.who, act, object, actor.reason, count).run());
    const AuditId id{session.database().lastInsertId()};
    SONGDA_TRY(chainAct(session, id));
    return id;
}

Result<void> recordTouched(WriteSession &session, AuditId audit, MessageId message, MessageState oldState) {
    auto insert = session.sql("INSERT OR IGNORE INTO audit_item(audit_id, message_id, old_state) VALUES(?1, ?2, ?3)");
    if (!insert)
        return tl::unexpected(insert.error());
    return (*insert)->bindAll(audit, message, oldState).run();
}

Result<void> forgetAct(WriteSession &session, AuditId audit) {
    SONGDA_TRY(unchainAct(session, audit));
    auto remove = session.sql("DELETE FROM audit WHERE id = ?1");
    if (!remove)
        return tl::unexpected(remove.error());
    return (*remove)->bindAll(audit).run();
}

Result<void> setActCount(WriteSession &session, AuditId audit, std::int64_t count) {
    auto update = session.sql("UPDATE audit SET first_n = coalesce(first_n, n), n = ?2 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(audit, count).run());
    return noteCount(session, audit, count);
}

Result<std::vector<AuditEntry>> readAudit(Database &database, std::optional<AuditId> before, int limit) {
    auto found = database.cached(SONGDA_AUDIT_COLUMNS "WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(before.value_or(AuditId{INT64_MAX}), limit);
    return entries(**found);
}

Result<AuditFound> findAudit(Database &database, const AuditSearch &search, const std::function<void(AuditEntry &)> &prepare) {
    auto found = database.cached(SONGDA_AUDIT_COLUMNS "WHERE a.id < ?1 ORDER BY a.id DESC LIMIT ?2");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    const StatementScope scope(s);
    s.bindAll(search.before.value_or(AuditId{INT64_MAX}), lookedAtOnce);
    const QString who = QString::fromStdString(search.who);
    const QString object = QString::fromStdString(search.object);
    const QString reason = QString::fromStdString(search.reason);
    const auto limit = static_cast<std::size_t>(std::clamp(search.limit, 1, 10'000));
    AuditFound answer;
    for (int looked = 0;; ++looked) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row) {
            if (looked < lookedAtOnce)
                answer.next.reset();
            return answer;
        }
        if (answer.acts.size() == limit)
            return answer; // `next` is the last one of these, and there are more
        AuditEntry act{s.id<AuditId>(0), s.time(1), s.string(2), s.string(3), s.string(4), s.string(5), s.integer(6), s.integer(7) != 0};
        answer.next = act.id;
        if ((search.since && act.at < *search.since) || !isAct(act.act, search.act))
            continue;
        // Before it is compared: what is not for who asks must not be found out by asking.
        prepare(act);
        if (holds(act.who, who) && holds(act.object, object) && holds(act.reason, reason))
            answer.acts.push_back(std::move(act));
    }
}

Result<std::vector<AuditEntry>> readAuditOf(Database &database, MessageId message) {
    auto found = database.cached("SELECT a.id, a.at, a.who, a.act, a.object, a.reason, a.n, 1 FROM audit_item i"
                                 " JOIN audit a ON a.id = i.audit_id WHERE i.message_id = ?1 ORDER BY a.id DESC");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(message);
    return entries(**found);
}

} // namespace songda::store
