// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/hook_deliveries.h"

#include "engine/policy/hook_schedule.h"

#include <algorithm>
#include <array>
#include <map>

namespace songda::store {

namespace {

/// A hook's deliveries in three parts, each the oldest first along an index of its own.
#define SONGDA_DEAD "SELECT id FROM hook_delivery INDEXED BY hook_delivery_dead WHERE hook_id = ?1 AND dead_at IS NOT NULL ORDER BY id LIMIT ?2"
#define SONGDA_FRESH "SELECT id FROM hook_delivery INDEXED BY hook_delivery_due WHERE hook_id = ?1 AND dead_at IS NULL AND due_at = 0 ORDER BY id LIMIT ?2"
#define SONGDA_AGAIN "SELECT id FROM hook_delivery INDEXED BY hook_delivery_due WHERE hook_id = ?1 AND dead_at IS NULL AND due_at > 0 ORDER BY due_at, id LIMIT ?2"
#define SONGDA_DELETE "DELETE FROM hook_delivery WHERE id IN ("

constexpr std::array<const char *, 3> deletes{SONGDA_DELETE SONGDA_DEAD ")", SONGDA_DELETE SONGDA_FRESH ")", SONGDA_DELETE SONGDA_AGAIN ")"};
constexpr std::array<const char *, 3> oldDeletes{
    SONGDA_DELETE SONGDA_DEAD ") AND created_at < ?3", SONGDA_DELETE SONGDA_FRESH ") AND created_at < ?3", SONGDA_DELETE SONGDA_AGAIN ") AND created_at < ?3"};

/// Runs each with what is left of the limit.
template <class... Values>
Result<std::int64_t> runAll(WriteSession &session, const std::array<const char *, 3> &statements, std::int64_t hook, int limit, const Values &...values) {
    std::int64_t done = 0;
    for (const char *sql : statements) {
        const auto s = session.sql(sql);
        if (!s)
            return tl::unexpected(s.error());
        SONGDA_TRY((*s)->bindAll(hook, limit - done, values...).run());
        done += session.database().changes();
        if (done >= limit)
            break;
    }
    return done;
}

Result<std::int64_t> countDropped(WriteSession &session, std::int64_t hook, std::int64_t dropped) {
    if (dropped == 0)
        return 0;
    auto update = session.sql("UPDATE hook SET dropped = dropped + ?2 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(hook, dropped).run());
    return dropped;
}

/// Takes from an open query what is not known yet, up to `limit`.
Result<std::vector<DueDelivery>> take(Database &database, const char *sql, std::int64_t hook, WallTime now, std::size_t limit, const std::set<std::int64_t> &known) {
    const auto found = database.cached(sql);
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(hook, now);
    const StatementScope scope(s);
    std::vector<DueDelivery> list;
    while (list.size() < limit) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            break;
        if (!known.contains(s.integer(0)))
            list.push_back({s.integer(0), hook, s.string(1), s.string(2), s.string(3), static_cast<int>(s.integer(4)), s.id<MessageId>(5)});
    }
    return list;
}

} // namespace

Result<std::vector<DueDelivery>> dueDeliveries(
    Database &database, std::int64_t hook, WallTime now, int limit, const std::set<std::int64_t> &known) {
    const auto all = static_cast<std::size_t>(std::max(1, limit));
    auto fresh = take(database, "SELECT id, event_id, body, coalesce(traceparent, ''), tries, message_id FROM hook_delivery INDEXED BY hook_delivery_due"
                                " WHERE hook_id = ?1 AND dead_at IS NULL AND due_at = 0 AND ?2 = ?2 ORDER BY id",
        hook, now, all - all / 4, known);
    if (!fresh)
        return fresh;
    auto again = take(database, "SELECT id, event_id, body, coalesce(traceparent, ''), tries, message_id FROM hook_delivery INDEXED BY hook_delivery_due"
                                " WHERE hook_id = ?1 AND dead_at IS NULL AND due_at > 0 AND due_at <= ?2 ORDER BY due_at, id",
        hook, now, all - fresh->size(), known);
    if (!again)
        return again;
    std::vector<DueDelivery> mixed;
    mixed.reserve(fresh->size() + again->size());
    constexpr std::size_t freshBetween = 3;
    auto next = again->begin();
    for (std::size_t i = 0; i < fresh->size(); ++i) {
        if (i % freshBetween == 0 && next != again->end())
            mixed.push_back(std::move(*next++));
        mixed.push_back(std::move((*fresh)[i]));
    }
    mixed.insert(mixed.end(), std::make_move_iterator(next), std::make_move_iterator(again->end()));
    return mixed;
}

Result<void> clampDeliveries(WriteSession &session, WallTime now) {
    auto update = session.sql("UPDATE hook_delivery INDEXED BY hook_delivery_due SET due_at = ?1"
                              " WHERE hook_id IN (SELECT id FROM hook) AND dead_at IS NULL AND due_at > ?2");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(now, now + longestHookWait).run();
}

Result<void> recordDeliveries(WriteSession &session, const std::vector<DeliveryResult> &results) {
    auto taken = session.sql("DELETE FROM hook_delivery WHERE id = ?1");
    auto again = session.sql("UPDATE hook_delivery SET tries = ?2, due_at = ?3, dead_at = ?4, detail = ?5 WHERE id = ?1");
    auto sums = session.sql("UPDATE hook SET delivered = delivered + ?2, failures = failures + ?3, last_at = ?4, last_detail = ?5 WHERE id = ?1");
    for (const auto *prepared : {&taken, &again, &sums}) {
        if (!*prepared)
            return tl::unexpected(prepared->error());
    }
    struct Sum {
        std::int64_t delivered = 0;
        std::int64_t failures = 0;
        const DeliveryResult *last = nullptr;
    };
    std::map<std::int64_t, Sum> perHook;
    for (const DeliveryResult &r : results) {
        if (r.delivered)
            SONGDA_TRY((*taken)->bindAll(r.id).run());
        else
            SONGDA_TRY((*again)->bindAll(r.id, r.tries, r.dueAt, r.dead ? std::optional(r.at) : std::nullopt, r.detail).run());
        Sum &sum = perHook[r.hook];
        ++(r.delivered ? sum.delivered : sum.failures);
        if (!sum.last || r.at >= sum.last->at)
            sum.last = &r;
    }
    for (const auto &[hook, sum] : perHook)
        SONGDA_TRY((*sums)->bindAll(hook, sum.delivered, sum.failures, sum.last->at, sum.last->detail).run());
    return {};
}

Result<std::int64_t> reviveDeliveries(WriteSession &session, std::int64_t hook, int limit) {
    auto update = session.sql("UPDATE hook_delivery SET dead_at = NULL, tries = 0, due_at = 0 WHERE id IN (" SONGDA_DEAD ")");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(hook, limit).run());
    return session.database().changes();
}

Result<std::int64_t> deleteDeliveries(WriteSession &session, std::int64_t hook, int limit) { return runAll(session, deletes, hook, limit); }

Result<std::int64_t> dropOldDeliveries(WriteSession &session, std::int64_t hook, WallTime before, int limit) {
    const auto dropped = runAll(session, oldDeletes, hook, limit, before);
    return dropped ? countDropped(session, hook, *dropped) : dropped;
}

Result<std::int64_t> dropDeliveries(WriteSession &session, std::int64_t hook, int count) {
    const auto dropped = runAll(session, deletes, hook, count);
    return dropped ? countDropped(session, hook, *dropped) : dropped;
}

} // namespace songda::store
