// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/summaries.h"

#include <algorithm>
#include <charconv>

namespace songda::store {

namespace {

std::int64_t hourOf(WallTime t) { return std::chrono::floor<std::chrono::hours>(t.time_since_epoch()).count(); }

const char *breakdownSql(BreakdownBy by) {
    switch (by) {
    case BreakdownBy::Code:
        return "SELECT s.cause, '', min(s.error_class), sum(s.n) FROM attempt_summary s"
               " WHERE s.hour >= ?1 AND s.cause <> '' GROUP BY 1 ORDER BY 4 DESC, 1";
    case BreakdownBy::Template:
        return "SELECT t.template_id, t.title, min(s.error_class), sum(s.n) FROM attempt_summary s"
               " JOIN batch b ON b.id = s.batch_id JOIN template t ON t.id = b.template_ref"
               " WHERE s.hour >= ?1 AND s.cause <> '' GROUP BY t.id ORDER BY 4 DESC, 1";
    case BreakdownBy::Account:
        return "SELECT a.name, '', min(s.error_class), sum(s.n) FROM attempt_summary s"
               " JOIN batch b ON b.id = s.batch_id JOIN account a ON a.id = b.account_id"
               " WHERE s.hour >= ?1 AND s.cause <> '' GROUP BY a.id ORDER BY 4 DESC, 1";
    case BreakdownBy::Day: // China days
        return "SELECT date((s.hour + 8) * 3600, 'unixepoch'), '', min(s.error_class), sum(s.n) FROM attempt_summary s"
               " WHERE s.hour >= ?1 AND s.cause <> '' GROUP BY 1 ORDER BY 1";
    }
    return "";
}

} // namespace

Result<std::vector<CauseGroup>> readCauseGroups(Database &database) {
    auto found = database.cached("SELECT c.state, c.cause, a.id, a.name, sum(c.n), min(c.first_at), max(c.last_at)"
                                 " FROM cause_summary c JOIN batch b ON b.id = c.batch_id JOIN account a ON a.id = b.account_id"
                                 " WHERE c.n > 0 GROUP BY c.state, c.cause, a.id ORDER BY 5 DESC, 2");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll();
    const StatementScope scope(s);
    std::vector<CauseGroup> groups;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return groups;
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
        groups.push_back(std::move(g));
    }
}

Result<std::vector<BreakdownRow>> readBreakdown(Database &database, WallTime since, BreakdownBy by) {
    auto found = database.cached(breakdownSql(by));
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(hourOf(since));
    const StatementScope scope(s);
    std::vector<BreakdownRow> rows;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return rows;
        rows.push_back({s.string(0), s.string(1), errorClassFromNumber(s.integer(2)).value_or(ErrorClass::Unknown), s.integer(3)});
    }
}

Result<std::vector<HourlyCount>> readHourly(Database &database, WallTime since) {
    auto found = database.cached("SELECT hour, cause, sum(n) FROM attempt_summary WHERE hour >= ?1 GROUP BY hour, cause ORDER BY hour, cause");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(hourOf(since));
    const StatementScope scope(s);
    std::vector<HourlyCount> rows;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return rows;
        rows.push_back({WallTime{std::chrono::hours{s.integer(0)}}, s.string(1), s.integer(2)});
    }
}

Result<std::optional<WallTime>> readOldestDue(Database &database, WallTime now) {
    auto found = database.cached("SELECT min(CASE state"
                                 " WHEN 1 THEN (SELECT m.due_at FROM message m INDEXED BY message_fresh"
                                 "  WHERE m.batch_id = c.batch_id AND m.state = 1 ORDER BY m.due_at * m.scheduled LIMIT 1)"
                                 " ELSE (SELECT m.due_at FROM message m INDEXED BY message_repeat"
                                 "  WHERE m.batch_id = c.batch_id AND m.state = 3 ORDER BY m.due_at LIMIT 1) END)"
                                 " FROM counter c WHERE state IN (1, 3) AND n > 0");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll();
    const StatementScope scope(s);
    const auto row = s.step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row || s.isNull(0) || s.time(0) > now)
        return std::optional<WallTime>{};
    return std::optional(s.time(0));
}

} // namespace songda::store
