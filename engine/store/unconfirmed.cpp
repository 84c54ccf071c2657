// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/unconfirmed.h"

#include "engine/policy/radar.h"

#include <algorithm>

namespace songda::store {

namespace {

Result<std::optional<WallTime>> lastReportOf(Database &database, AccountId account) {
    auto found = database.cached("SELECT received_at FROM report WHERE account_id = ?1 ORDER BY id DESC LIMIT 1");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(account);
    const StatementScope scope(s);
    const auto row = s.step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? std::optional(s.time(0)) : std::nullopt;
}

} // namespace

Result<RadarReport> readRadar(Database &database, const Account &account, WallTime since, WallTime now, int first) {
    auto found = database.cached("SELECT m.id, m.openid, coalesce(m.msgid, ''), m.finished_at, m.reported_at, m.report_status IS NOT NULL"
                                 " FROM message m NOT INDEXED JOIN batch b ON b.id = m.batch_id"
                                 " WHERE m.id > (SELECT coalesce(max(id), 0) - 200000 FROM message) AND b.account_id = ?1 AND m.state IN (4, 5, 6)"
                                 " AND m.finished_at >= ?2 ORDER BY m.finished_at, m.id");
    if (!found)
        return tl::unexpected(found.error());
    std::vector<RadarSighting> sightings;
    std::vector<UnconfirmedMessage> messages;
    {
        Statement &s = **found;
        s.bindAll(account.id, since);
        const StatementScope scope(s);
        for (;;) {
            const auto row = s.step();
            if (!row)
                return tl::unexpected(row.error());
            if (!*row)
                break;
            sightings.push_back({s.time(3), s.integer(5) != 0 ? s.optionalTime(4) : std::nullopt});
            messages.push_back({s.id<MessageId>(0), s.string(1), s.string(2), s.time(3)});
        }
    }
    const auto last = lastReportOf(database, account.id);
    if (!last)
        return tl::unexpected(last.error());
    const RadarVerdict verdict = judgeReports(sightings, last->has_value(), now);
    RadarReport report;
    report.account = account.name;
    report.state = verdict.state;
    report.usual = verdict.usual;
    report.considered = verdict.considered;
    report.missing = verdict.missing;
    report.unheard = verdict.unheard;
    report.silentSince = verdict.silentSince;
    report.lastReport = *last;
    for (auto it = verdict.missingOnes.rbegin(); it != verdict.missingOnes.rend() && static_cast<int>(report.first.size()) < first; ++it)
        report.first.push_back(messages[*it]);
    return report;
}

} // namespace songda::store
