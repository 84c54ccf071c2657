// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/summaries.h"

#include "engine/store/counters.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

namespace songda::store {

namespace {

constexpr int hoursShown = 24;

/// What a line stands for, its words, and the tables that tell.
struct BreakdownColumns {
    const char *key;
    const char *label = "''";
    const char *tables = "";
};

/// Of the hourly sums `s`, of attempts or of dead letters.
BreakdownColumns breakdownColumns(BreakdownBy by) {
    switch (by) {
    case BreakdownBy::Code: return {"s.cause"};
    case BreakdownBy::Template: return {"t.template_id", "t.title", " JOIN template t ON t.id = b.template_ref"};
    case BreakdownBy::Account: return {"a.name", "''", " JOIN account a ON a.id = b.account_id"};
    case BreakdownBy::Day: return {"date((s.hour + 8) * 3600, 'unixepoch')"}; // China days
    case BreakdownBy::Batch: return {"b.id", "b.name"};
    case BreakdownBy::Hour: return {"strftime('%Y-%m-%dT%H:00:00Z', s.hour * 3600, 'unixepoch')"};
    }
    return {"''"};
}

/// Failed attempts of the last day, by the hour, for groups that are there.
Result<void> fillHours(Database &database, std::vector<CauseGroup> &groups, WallTime now) {
    auto found = database.cached("SELECT b.account_id, s.cause, s.hour, sum(s.n) FROM attempt_summary s JOIN batch b ON b.id = s.batch_id"
                                 " WHERE s.hour > ?1 AND s.hour <= ?2 AND s.cause <> '' GROUP BY 1, 2, 3");
    if (!found)
        return tl::unexpected(found.error());
    const std::int64_t last = hourOf(now);
    std::multimap<std::pair<AccountId, std::string>, CauseGroup *> by;
    for (CauseGroup &group : groups) {
        group.hourly.assign(hoursShown, 0);
        by.emplace(std::pair(group.account, group.cause), &group);
    }
    Statement &s = **found;
    s.bindAll(last - hoursShown, last);
    const StatementScope scope(s);
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return {};
        const auto [first, end] = by.equal_range(std::pair(s.id<AccountId>(0), s.string(1)));
        for (auto it = first; it != end; ++it)
            it->second->hourly[static_cast<std::size_t>(s.integer(2) - (last - hoursShown) - 1)] = s.integer(3);
    }
}

std::string attemptsSql(BreakdownBy by) {
    const BreakdownColumns c = breakdownColumns(by);
    return std::string("SELECT ") + c.key + ", " + c.label + ", min(s.error_class), sum(s.n) FROM attempt_summary s JOIN batch b ON b.id = s.batch_id" + c.tables
        + " WHERE s.hour >= ?1 AND s.cause <> '' GROUP BY 1, 2";
}

std::string deadSql(BreakdownBy by) {
    const BreakdownColumns c = breakdownColumns(by);
    return std::string("SELECT ") + c.key + ", " + c.label + ", 0, sum(s.n) FROM dead_summary s JOIN batch b ON b.id = s.batch_id" + c.tables
        + " WHERE s.hour >= ?1 AND s.n <> 0 GROUP BY 1, 2";
}

using BreakdownRows = std::unordered_map<std::string, BreakdownRow>;

/// Adds what `sql` counts to the lines, each under its key.
Result<void> addCounts(Database &database, const std::string &sql, std::int64_t since, std::int64_t BreakdownRow::*count, BreakdownRows &rows) {
    auto s = Statement::prepare(database.handle(), sql);
    if (!s)
        return tl::unexpected(s.error());
    s->bindAll(since);
    for (;;) {
        const auto step = s->step();
        if (!step)
            return tl::unexpected(step.error());
        if (!*step)
            return {};
        std::string key = s->string(0);
        const auto [row, fresh] = rows.try_emplace(key);
        if (fresh)
            row->second = {std::move(key), s->string(1), errorClassFromNumber(s->integer(2)).value_or(ErrorClass::Unknown), 0, 0};
        row->second.*count += s->integer(3);
    }
}

Result<std::vector<CauseGroup>> causeGroups(Database &database, std::optional<BatchId> batch) {
    return database.all("SELECT c.state, c.cause, a.id, a.name, sum(c.n), min(c.first_at), max(c.last_at),"
                        " coalesce(r.tried, 0), coalesce(r.helped, 0), coalesce(n.note, ''), coalesce(n.written_by, ''), n.written_at"
                        " FROM cause_summary c JOIN batch b ON b.id = c.batch_id JOIN account a ON a.id = b.account_id"
                        " LEFT JOIN retry_summary r ON r.account_id = a.id AND r.cause = c.cause"
                        " LEFT JOIN cause_note n ON n.account_id = a.id AND n.cause = c.cause"
                        " WHERE c.n > 0 AND (?1 IS NULL OR c.batch_id = ?1) GROUP BY c.state, c.cause, a.id ORDER BY 5 DESC, 2",
        [](const Statement &s) {
            CauseGroup g;
            g.state = messageStateFromNumber(s.integer(0)).value_or(MessageState::Dead);
            g.cause = s.string(1);
            std::int64_t code = 0;
            const auto [end, error] = std::from_chars(g.cause.data(), g.cause.data() + g.cause.size(), code);
            if (error == std::errc{} && end == g.cause.data() + g.cause.size())
                g.errcode = code;
            g.account = s.id<AccountId>(2);
            g.accountName = s.string(3);
            g.count = s.integer(4);
            g.firstAt = s.time(5);
            g.lastAt = s.time(6);
            g.odds = {s.integer(7), s.integer(8)};
            g.note = {s.string(9), s.string(10), s.optionalTime(11)};
            return g;
        },
        batch);
}

} // namespace

Result<std::vector<CauseGroup>> readCauseGroups(Database &database, WallTime now) {
    auto groups = causeGroups(database, std::nullopt);
    if (!groups)
        return groups;
    SONGDA_TRY(fillHours(database, *groups, now));
    return groups;
}

Result<std::vector<CauseGroup>> readCauseGroups(Database &database, BatchId batch) { return causeGroups(database, batch); }

Result<RetryOdds> readOdds(Database &database, AccountId account, const std::string &cause) {
    return database
        .first("SELECT tried, helped FROM retry_summary WHERE account_id = ?1 AND cause = ?2", [](const Statement &s) { return RetryOdds{s.integer(0), s.integer(1)}; }, account, cause)
        .map([](std::optional<RetryOdds> odds) { return odds.value_or(RetryOdds{}); });
}

Result<void> setCauseNote(WriteSession &session, AccountId account, const std::string &cause, const std::string &note, const std::string &by, WallTime now) {
    auto change = session.sql(note.empty() ? "DELETE FROM cause_note WHERE account_id = ?1 AND cause = ?2"
                                           : "INSERT OR REPLACE INTO cause_note(account_id, cause, note, written_by, written_at) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!change)
        return tl::unexpected(change.error());
    if (note.empty())
        return (*change)->bindAll(account, cause).run();
    return (*change)->bindAll(account, cause, note, by, now).run();
}

Result<std::vector<BreakdownRow>> readBreakdown(Database &database, WallTime since, BreakdownBy by) {
    BreakdownRows lines;
    const std::int64_t hour = hourOf(since);
    SONGDA_TRY(addCounts(database, attemptsSql(by), hour, &BreakdownRow::attempts, lines));
    SONGDA_TRY(addCounts(database, deadSql(by), hour, &BreakdownRow::dead, lines));
    std::vector<BreakdownRow> rows;
    rows.reserve(lines.size());
    for (auto &[key, line] : lines)
        rows.push_back(std::move(line));
    const bool byTime = by == BreakdownBy::Day || by == BreakdownBy::Hour;
    std::sort(rows.begin(), rows.end(), [byTime](const BreakdownRow &a, const BreakdownRow &b) {
        if (!byTime && a.attempts != b.attempts)
            return a.attempts > b.attempts;
        return a.key < b.key;
    });
    return rows;
}

Result<std::vector<HourlyCount>> readHourly(Database &database, WallTime since) {
    return database.all("SELECT hour, cause, sum(n) FROM attempt_summary WHERE hour >= ?1 GROUP BY hour, cause ORDER BY hour, cause",
        [](const Statement &s) { return HourlyCount{WallTime{std::chrono::hours{s.integer(0)}}, s.string(1), s.integer(2)}; }, hourOf(since));
}

Result<std::vector<HourlyCount>> readHourlyDead(Database &database, WallTime since) {
    return database.all("SELECT hour, cause, sum(n) FROM dead_summary WHERE hour >= ?1 AND n <> 0 GROUP BY hour, cause ORDER BY hour, cause",
        [](const Statement &s) { return HourlyCount{WallTime{std::chrono::hours{s.integer(0)}}, s.string(1), s.integer(2)}; }, hourOf(since));
}

Result<std::vector<LookOn::OfAccount>> readAccountSums(Database &database, WallTime now) {
    struct Line {
        AccountId account;
        std::int64_t what = 0; ///< a state, or whether attempts failed
        std::int64_t n = 0;
    };
    const auto line = [](const Statement &s) { return Line{AccountId{s.integer(0)}, s.integer(1), s.integer(2)}; };
    const auto states = database.all("SELECT b.account_id, c.state, sum(c.n) FROM counter c JOIN batch b ON b.id = c.batch_id GROUP BY 1, 2", line);
    if (!states)
        return tl::unexpected(states.error());
    const auto attempts = database.all("SELECT b.account_id, s.cause <> '', sum(s.n) FROM attempt_summary s JOIN batch b ON b.id = s.batch_id"
                                       " WHERE s.hour >= ?1 GROUP BY 1, 2",
        line, hourOf(startOfChinaDay(now)));
    if (!attempts)
        return tl::unexpected(attempts.error());
    std::vector<LookOn::OfAccount> sums;
    const auto of = [&sums](AccountId id) -> LookOn::OfAccount & {
        const auto known = std::find_if(sums.begin(), sums.end(), [id](const auto &one) { return one.id == id; });
        if (known != sums.end())
            return *known;
        sums.emplace_back().id = id;
        return sums.back();
    };
    for (const Line &l : *states) {
        if (const auto state = messageStateFromNumber(l.what))
            of(l.account).counts[*state] = l.n;
    }
    for (const Line &l : *attempts)
        (l.what == 0 ? of(l.account).acceptedToday : of(l.account).failedToday) = l.n;
    return sums;
}

Result<std::optional<WallTime>> readOldestDue(Database &database, WallTime now) {
    const auto oldest = database.first("SELECT min(CASE state"
                                       " WHEN 1 THEN (SELECT m.due_at FROM message m INDEXED BY message_fresh"
                                       "  WHERE m.batch_id = c.batch_id AND m.state = 1 ORDER BY m.due_at * m.scheduled LIMIT 1)"
                                       " ELSE (SELECT m.due_at FROM message m INDEXED BY message_repeat"
                                       "  WHERE m.batch_id = c.batch_id AND m.state = 3 ORDER BY m.due_at LIMIT 1) END)"
                                       " FROM counter c WHERE state IN (1, 3) AND n > 0",
        [](const Statement &s) { return s.optionalTime(0); });
    if (!oldest)
        return tl::unexpected(oldest.error());
    const auto due = oldest->value_or(std::nullopt);
    return due && *due <= now ? due : std::nullopt;
}

} // namespace songda::store
