// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/hooks_table.h"

#include "engine/policy/hook_schedule.h"

#include <map>

namespace songda::store {

Result<std::int64_t> insertHook(WriteSession &session, const Hook &hook) {
    auto insert = session.sql("INSERT INTO hook(url, states, account_id, allow_private, created_at, created_by) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)
                   ->bindAll(hook.url, static_cast<std::int64_t>(hook.states.bits()), hook.account, hook.allowPrivate, hook.createdAt, hook.createdBy)
                   .run());
    session.hookWishes().reset();
    return session.database().lastInsertId();
}

Result<bool> removeHook(WriteSession &session, std::int64_t id) {
    auto hook = session.sql("DELETE FROM hook WHERE id = ?1");
    auto deliveries = session.sql("DELETE FROM hook_delivery WHERE hook_id = ?1");
    if (!hook || !deliveries)
        return tl::unexpected((!hook ? hook : deliveries).error());
    SONGDA_TRY((*hook)->bindAll(id).run());
    const bool removed = session.database().changes() == 1;
    session.hookWishes().reset();
    SONGDA_TRY((*deliveries)->bindAll(id).run());
    return removed;
}

Result<bool> setHookStopped(WriteSession &session, std::int64_t id, const std::optional<std::string> &why, WallTime now) {
    auto update = session.sql("UPDATE hook SET stopped_at = CASE WHEN ?2 IS NULL THEN NULL ELSE ?3 END, stopped_why = ?2"
                              " WHERE id = ?1 AND (stopped_at IS NULL) <> (?2 IS NULL)");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(id, why, now).run());
    return session.database().changes() == 1;
}

Result<std::int64_t> reviveDeliveries(WriteSession &session, std::int64_t hook, WallTime now) {
    auto update = session.sql("UPDATE hook_delivery INDEXED BY hook_delivery_dead SET dead_at = NULL, tries = 0, due_at = ?2"
                              " WHERE hook_id = ?1 AND dead_at IS NOT NULL");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(hook, now).run());
    return session.database().changes();
}

Result<std::vector<Hook>> readHooks(Database &database) {
    auto found = database.cached("SELECT h.id, h.url, h.states, h.account_id, coalesce(a.name, ''), h.allow_private, h.created_at, h.created_by, h.stopped_at,"
                                 " coalesce(h.stopped_why, ''), h.delivered, h.failures, h.last_at, h.last_detail,"
                                 " (SELECT count(*) FROM hook_delivery d WHERE d.hook_id = h.id AND d.dead_at IS NULL),"
                                 " (SELECT count(*) FROM hook_delivery d WHERE d.hook_id = h.id AND d.dead_at IS NOT NULL)"
                                 " FROM hook h LEFT JOIN account a ON a.id = h.account_id ORDER BY h.id");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll();
    const StatementScope scope(s);
    std::vector<Hook> hooks;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return hooks;
        Hook hook;
        hook.id = s.integer(0);
        hook.url = s.string(1);
        hook.states = HookStates(static_cast<std::uint64_t>(s.integer(2)));
        if (!s.isNull(3))
            hook.account = s.id<AccountId>(3);
        hook.accountName = s.string(4);
        hook.allowPrivate = s.integer(5) != 0;
        hook.createdAt = s.time(6);
        hook.createdBy = s.string(7);
        hook.stoppedAt = s.optionalTime(8);
        hook.stoppedWhy = s.string(9);
        hook.delivered = s.integer(10);
        hook.failures = s.integer(11);
        hook.lastAt = s.optionalTime(12);
        hook.lastDetail = s.string(13);
        hook.waiting = s.integer(14);
        hook.dead = s.integer(15);
        hooks.push_back(std::move(hook));
    }
}

Result<std::vector<DueDelivery>> dueDeliveries(Database &database, std::int64_t hook, WallTime now, int limit) {
    auto found = database.cached("SELECT id, event_id, body, coalesce(traceparent, ''), tries FROM hook_delivery INDEXED BY hook_delivery_due"
                                 " WHERE hook_id = ?1 AND dead_at IS NULL AND due_at <= ?2 ORDER BY due_at, id LIMIT ?3");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(hook, now, limit);
    const StatementScope scope(s);
    std::vector<DueDelivery> list;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return list;
        list.push_back({s.integer(0), hook, s.string(1), s.string(2), s.string(3), static_cast<int>(s.integer(4))});
    }
}

Result<void> clampDeliveries(WriteSession &session, WallTime now) {
    auto update = session.sql("UPDATE hook_delivery SET due_at = ?1 WHERE dead_at IS NULL AND due_at > ?2");
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

} // namespace songda::store
