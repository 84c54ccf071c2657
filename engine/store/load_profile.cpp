// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/load_profile.h"

#include "engine/store/counters.h"
#include "engine/store/statement.h"

namespace songda::store {

Result<std::int64_t> readAcceptedToday(Database &database, AccountId account, WallTime now) {
    // A China day begins on a full hour of Unix time, so the hourly sums hold it exactly.
    return database.number("SELECT coalesce(sum(s.n), 0) FROM attempt_summary s JOIN batch b ON b.id = s.batch_id"
                                 " WHERE s.hour >= ?2 AND s.cause = '' AND b.account_id = ?1",
        account, hourOf(startOfChinaDay(now)));
}

Result<LoadProfile> readLoad(Database &database, AccountId account, WallTime now) {
    LoadProfile profile;
    const auto today = readAcceptedToday(database, account, now);
    if (!today)
        return tl::unexpected(today.error());
    profile.acceptedToday = *today;

    auto lately = database.cached("SELECT coalesce(sum(s.n), 0), coalesce(sum(CASE WHEN s.cause = '' THEN s.n END), 0),"
                                  " coalesce(sum(s.latency_us), 0) FROM attempt_summary s JOIN batch b ON b.id = s.batch_id"
                                  " WHERE s.hour >= ?2 AND b.account_id = ?1 AND s.latency_us > 0");
    if (!lately)
        return tl::unexpected(lately.error());
    {
        (*lately)->bindAll(account, hourOf(now) - 24);
        const StatementScope scope(**lately);
        const auto row = (*lately)->step();
        if (!row)
            return tl::unexpected(row.error());
        profile.attempts = (*lately)->integer(0);
        profile.accepted = (*lately)->integer(1);
        if (profile.attempts > 0)
            profile.latency = Micros{(*lately)->integer(2) / profile.attempts};
    }

    auto waiting = database.cached(
        "SELECT b.priority, b.state <> 0 OR t.hold_cause IS NOT NULL, max(?2, m.due, b.leaves_at) / 60000, (m.expires_at + 59999) / 60000, count(*)"
        " FROM (SELECT batch_id, due_at * scheduled AS due, expires_at FROM message INDEXED BY message_fresh WHERE state = 1"
        " UNION ALL SELECT batch_id, due_at, expires_at FROM message INDEXED BY message_repeat WHERE state = 3) m"
        " JOIN batch b ON b.id = m.batch_id JOIN template t ON t.id = b.template_ref WHERE b.account_id = ?1 GROUP BY 1, 2, 3, 4");
    if (!waiting)
        return tl::unexpected(waiting.error());
    Statement &s = **waiting;
    s.bindAll(account, now);
    const StatementScope scope(s);
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return profile;
        ForecastLoad load;
        load.priority = static_cast<int>(s.integer(0));
        load.held = s.integer(1) != 0;
        load.dueAt = fromMillis(s.integer(2) * 60'000);
        if (!s.isNull(3))
            load.expiresAt = fromMillis(s.integer(3) * 60'000);
        load.messages = s.integer(4);
        profile.loads.push_back(load);
    }
}

} // namespace songda::store
