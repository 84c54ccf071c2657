// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/alerts_table.h"

#include "engine/policy/hook_schedule.h"

#include <algorithm>

namespace songda::store {

namespace {

constexpr int keptNotices = 5000; ///< that ended, the newest

std::optional<std::string> orNull(const std::string &text) { return text.empty() ? std::nullopt : std::optional(text); }

} // namespace

Result<std::int64_t> insertAlert(WriteSession &session, const Alert &a) {
    // Another engine's open row of the same thing cannot be: one engine a profile, and it read what was open.
    SONGDA_TRY(session.run("INSERT INTO alert(rule, level, account, object, since, fired_at, last_at, value, threshold, told_at)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        toString(a.key.rule), static_cast<int>(a.level), a.key.account, a.key.object, a.since, a.firedAt, a.lastAt, a.value, a.threshold, a.toldAt));
    return session.database().lastInsertId();
}

Result<void> updateAlert(WriteSession &session, const Alert &a) {
    return session.run("UPDATE alert SET last_at = ?2, value = ?3, threshold = ?4, recovered_at = ?5, told_at = ?6, recovery_told_at = ?7 WHERE id = ?1", a.id, a.lastAt,
        a.value, a.threshold, a.recoveredAt, a.toldAt, a.recoveryToldAt);
}

Result<bool> acknowledgeAlert(WriteSession &session, std::int64_t id, const std::string &by, const std::string &note, WallTime now) {
    SONGDA_TRY(session.run("UPDATE alert SET acknowledged_by = ?2, acknowledged_at = ?3, note = ?4"
                           " WHERE id = ?1 AND acknowledged_by IS NULL AND recovered_at IS NULL",
        id, by, now, orNull(note)));
    return session.database().changes() == 1;
}

Result<void> trimAlerts(WriteSession &session, WallTime before, int most) {
    SONGDA_TRY(session.run("DELETE FROM alert WHERE recovered_at < ?1", before));
    SONGDA_TRY(session.run("DELETE FROM alert WHERE recovered_at <= (SELECT recovered_at FROM alert WHERE recovered_at IS NOT NULL"
                           " ORDER BY recovered_at DESC LIMIT 1 OFFSET ?1)",
        most));
    SONGDA_TRY(session.run("DELETE FROM alert_notice WHERE (taken_at IS NOT NULL OR dead_at IS NOT NULL) AND (created_at < ?1"
                           " OR created_at <= (SELECT created_at FROM alert_notice WHERE taken_at IS NOT NULL OR dead_at IS NOT NULL"
                           " ORDER BY created_at DESC LIMIT 1 OFFSET ?2))",
        before, keptNotices));
    return session.run("DELETE FROM alert_told WHERE NOT EXISTS(SELECT 1 FROM alert a WHERE a.id = alert_id)"
                       " OR NOT EXISTS(SELECT 1 FROM alert_notice n WHERE n.id = notice_id)");
}

Result<std::vector<Alert>> readAlerts(Database &database, AlertsWanted wanted, int limit) {
    static constexpr const char *columns = "SELECT id, rule, level, account, object, since, fired_at, last_at, value, threshold, recovered_at,"
                                           " coalesce(acknowledged_by, ''), acknowledged_at, coalesce(note, ''), told_at, recovery_told_at FROM alert ";
    static const std::string open = std::string(columns) + "WHERE recovered_at IS NULL ORDER BY level DESC, rule, fired_at, id LIMIT ?1";
    static const std::string past = std::string(columns) + "WHERE recovered_at IS NOT NULL ORDER BY recovered_at DESC, id DESC LIMIT ?1";
    static const std::string engine
        = std::string(columns) + "WHERE recovered_at IS NULL OR (recovered_at IS NOT NULL AND recovery_told_at IS NULL) ORDER BY id LIMIT ?1";
    std::vector<Alert> alerts;
    const auto take = [&](const Statement &s) {
        const auto rule = alertRuleFromString(s.text(1));
        if (!rule)
            return true; // of a newer program
        Alert a;
        a.id = s.integer(0);
        a.key = {*rule, s.string(3), s.string(4)};
        a.level = static_cast<AlertLevel>(std::clamp<std::int64_t>(s.integer(2), 0, 3));
        a.since = s.time(5);
        a.firedAt = s.time(6);
        a.lastAt = s.time(7);
        a.value = s.real(8);
        a.threshold = s.real(9);
        a.recoveredAt = s.optionalTime(10);
        a.acknowledgedBy = s.string(11);
        a.acknowledgedAt = s.optionalTime(12);
        a.note = s.string(13);
        a.toldAt = s.optionalTime(14);
        a.recoveryToldAt = s.optionalTime(15);
        alerts.push_back(std::move(a));
        return true;
    };
    SONGDA_TRY(database.each((wanted == AlertsWanted::Open ? open : wanted == AlertsWanted::Past ? past : engine).c_str(), take, limit));
    return alerts;
}

Result<std::vector<AlertTelling>> readTellings(Database &database, std::int64_t alert) {
    return database.all("SELECT n.sink_id, n.target, n.kind, n.created_at, n.tries, n.taken_at IS NOT NULL, n.dead_at IS NOT NULL, coalesce(n.detail, '')"
                        " FROM alert_told t JOIN alert_notice n ON n.id = t.notice_id WHERE t.alert_id = ?1 ORDER BY n.id DESC",
        [](const Statement &s) {
            AlertTelling t{s.integer(0), s.string(1), AlertNotice::Kind::Fired, s.time(3), static_cast<int>(s.integer(4)), s.integer(5) != 0, s.integer(6) != 0, s.string(7)};
            for (const auto kind : {AlertNotice::Kind::Fired, AlertNotice::Kind::Again, AlertNotice::Kind::Recovered, AlertNotice::Kind::Summary}) {
                if (s.text(2) == toString(kind))
                    t.kind = kind;
            }
            return t;
        },
        alert);
}

Result<std::int64_t> insertSink(WriteSession &session, const StoredSink &stored) {
    const AlertSink &s = stored.sink;
    SONGDA_TRY(session.run("INSERT INTO alert_sink(kind, settings, target, least, chinese, allow_private, created_at, created_by)"
                           " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        toString(s.kind), stored.settings, s.target, static_cast<int>(s.least), s.chinese, s.allowPrivate, s.createdAt, s.createdBy));
    return session.database().lastInsertId();
}

Result<bool> removeSink(WriteSession &session, std::int64_t id) {
    SONGDA_TRY(session.run("DELETE FROM alert_sink WHERE id = ?1", id));
    const bool removed = session.database().changes() == 1;
    SONGDA_TRY(session.run("DELETE FROM alert_notice WHERE sink_id = ?1 AND taken_at IS NULL AND dead_at IS NULL", id));
    return removed;
}

Result<std::vector<StoredSink>> readSinks(Database &database) {
    static constexpr const char *sql = "SELECT s.id, s.kind, s.settings, s.target, s.least, s.chinese, s.allow_private, s.created_at, s.created_by, s.taken, s.failures, s.last_at,"
                                       " s.last_detail,"
                                       " (SELECT count(*) FROM alert_notice n WHERE n.sink_id = s.id AND n.taken_at IS NULL AND n.dead_at IS NULL),"
                                       " (SELECT count(*) FROM alert_notice n WHERE n.sink_id = s.id AND n.dead_at IS NOT NULL)"
                                       " FROM alert_sink s ORDER BY s.id";
    std::vector<StoredSink> sinks;
    SONGDA_TRY(database.each(sql, [&](const Statement &s) {
        const auto kind = alertSinkKindFromString(s.text(1));
        if (!kind)
            return true;
        AlertSink sink;
        sink.id = s.integer(0);
        sink.kind = *kind;
        sink.target = s.string(3);
        sink.least = static_cast<AlertLevel>(std::clamp<std::int64_t>(s.integer(4), 0, 3));
        sink.chinese = s.integer(5) != 0;
        sink.allowPrivate = s.integer(6) != 0;
        sink.createdAt = s.time(7);
        sink.createdBy = s.string(8);
        sink.taken = s.integer(9);
        sink.failures = s.integer(10);
        sink.lastAt = s.optionalTime(11);
        sink.lastDetail = s.string(12);
        sink.waiting = s.integer(13);
        sink.dead = s.integer(14);
        sinks.push_back({std::move(sink), s.string(2)});
        return true;
    }));
    return sinks;
}

Result<void> insertTelling(WriteSession &session, const NewTelling &telling, WallTime now) {
    SONGDA_TRY(session.run("INSERT INTO alert_notice(sink_id, target, event_id, kind, body, created_at, due_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?6)", telling.sink,
        telling.target, telling.eventId, telling.kind, telling.body, now));
    const std::int64_t id = session.database().lastInsertId();
    for (const std::int64_t alert : telling.alerts)
        SONGDA_TRY(session.run("INSERT INTO alert_told(alert_id, notice_id) VALUES(?1, ?2) ON CONFLICT DO NOTHING", alert, id));
    return {};
}

Result<std::vector<DueTelling>> dueTellings(Database &database, WallTime now, int limit) {
    return database.all("SELECT id, sink_id, event_id, body, tries FROM alert_notice INDEXED BY alert_notice_due"
                        " WHERE taken_at IS NULL AND dead_at IS NULL AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2",
        [](const Statement &s) { return DueTelling{s.integer(0), s.integer(1), s.string(2), s.string(3), static_cast<int>(s.integer(4))}; }, now, limit);
}

Result<void> clampTellings(WriteSession &session, WallTime now) {
    return session.run("UPDATE alert_notice SET due_at = ?1 WHERE taken_at IS NULL AND dead_at IS NULL AND due_at > ?2", now, now + longestHookWait);
}

Result<void> recordTellings(WriteSession &session, const std::vector<TellingResult> &results) {
    for (const TellingResult &r : results) {
        const std::optional<WallTime> at = r.at;
        SONGDA_TRY(session.run("UPDATE alert_notice SET tries = ?2, due_at = ?3, taken_at = ?4, dead_at = ?5, detail = ?6 WHERE id = ?1", r.id, r.tries, r.dueAt,
            r.taken ? at : std::nullopt, r.dead ? at : std::nullopt, r.detail));
        SONGDA_TRY(session.run("UPDATE alert_sink SET taken = taken + ?2, failures = failures + ?3, last_at = ?4, last_detail = ?5 WHERE id = ?1", r.sink, r.taken ? 1 : 0,
            r.taken ? 0 : 1, r.at, r.detail));
    }
    return {};
}

Result<std::vector<AttemptSum>> readAttemptSums(Database &database, WallTime since) {
    return database.all("SELECT s.hour, b.account_id, s.cause, s.error_class, sum(s.n) FROM attempt_summary s JOIN batch b ON b.id = s.batch_id"
                        " WHERE s.hour >= ?1 GROUP BY s.hour, b.account_id, s.cause, s.error_class",
        [](const Statement &s) { return AttemptSum{s.integer(0), s.id<AccountId>(1), s.string(2), s.integer(3), s.integer(4)}; },
        static_cast<std::int64_t>(std::chrono::floor<std::chrono::hours>(since.time_since_epoch()).count()));
}

Result<std::int64_t> newestReport(Database &database) { return database.number("SELECT coalesce(max(id), 0) FROM report"); }

Result<ReportSum> readReportSum(Database &database, std::int64_t after) {
    ReportSum sum{{}, after};
    const auto add = [&](const Statement &s) {
        sum.reports[s.id<AccountId>(0)] = s.integer(1);
        sum.last = std::max(sum.last, s.integer(2));
        return true;
    };
    SONGDA_TRY(database.each("SELECT account_id, count(*), max(id) FROM report WHERE id > ?1 GROUP BY account_id", add, after));
    return sum;
}

Result<std::set<AccountId>> readReporting(Database &database) {
    return database.all("SELECT account_id FROM callback", [](const Statement &s) { return s.id<AccountId>(0); })
        .map([](const std::vector<AccountId> &list) { return std::set(list.begin(), list.end()); });
}

} // namespace songda::store
