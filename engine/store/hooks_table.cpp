// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/hooks_table.h"

namespace songda::store {

Result<std::int64_t> insertHook(WriteSession &session, const Hook &hook) {
    auto insert = session.sql("INSERT INTO hook(url, states, account_id, allow_private, created_at, created_by, stopped_at, stopped_why, keep_days, keep_rows)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    if (!insert)
        return tl::unexpected(insert.error());
    const auto why = hook.stoppedAt ? std::optional(hook.stoppedWhy) : std::nullopt;
    SONGDA_TRY((*insert)
                   ->bindAll(hook.url, static_cast<std::int64_t>(hook.states.bits()), hook.account, hook.allowPrivate, hook.createdAt, hook.createdBy,
                       hook.stoppedAt, why, hook.keepDays, hook.keepRows)
                   .run());
    session.hookWishes().reset();
    return session.database().lastInsertId();
}

Result<bool> beginHookRemoval(WriteSession &session, std::int64_t id, WallTime now) {
    auto update = session.sql("UPDATE hook SET states = 0, stopped_at = coalesce(stopped_at, ?2), stopped_why = 'it is being removed' WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(id, now).run());
    session.hookWishes().reset();
    return session.database().changes() == 1;
}

Result<void> deleteHookRow(WriteSession &session, std::int64_t id) {
    auto remove = session.sql("DELETE FROM hook WHERE id = ?1");
    if (!remove)
        return tl::unexpected(remove.error());
    session.hookWishes().reset();
    return (*remove)->bindAll(id).run();
}

Result<bool> setHookStopped(WriteSession &session, std::int64_t id, const std::optional<std::string> &why, WallTime now) {
    auto update = session.sql("UPDATE hook SET stopped_at = CASE WHEN ?2 IS NULL THEN NULL ELSE ?3 END, stopped_why = ?2"
                              " WHERE id = ?1 AND (stopped_at IS NULL) <> (?2 IS NULL)");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(id, why, now).run());
    return session.database().changes() == 1;
}

Result<void> setHookBounds(WriteSession &session, std::int64_t id, int keepDays, std::int64_t keepRows) {
    auto update = session.sql("UPDATE hook SET keep_days = ?2, keep_rows = ?3 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(id, keepDays, keepRows).run();
}

Result<bool> setHookSecret(WriteSession &session, const Hook &hook) {
    auto update = session.sql("UPDATE hook SET secret_number = ?2, former_number = ?3, former_until = ?4 WHERE id = ?1 AND secret_number = ?3");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(hook.id, hook.secretNumber, hook.formerNumber, hook.formerUntil).run());
    return session.database().changes() == 1;
}

Result<void> endHookOverlap(WriteSession &session, const Hook &hook) {
    auto update = session.sql("UPDATE hook SET former_until = NULL WHERE id = ?1 AND former_number = ?2");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(hook.id, hook.formerNumber).run();
}

Result<std::vector<Hook>> readHooks(Database &database) {
    return database.all("SELECT h.id, h.url, h.states, h.account_id, coalesce(a.name, ''), h.allow_private, h.created_at, h.created_by, h.stopped_at,"
                        " coalesce(h.stopped_why, ''), h.delivered, h.failures, h.last_at, h.last_detail,"
                        " (SELECT count(*) FROM hook_delivery d WHERE d.hook_id = h.id AND d.dead_at IS NULL),"
                        " (SELECT count(*) FROM hook_delivery d WHERE d.hook_id = h.id AND d.dead_at IS NOT NULL), h.keep_days, h.keep_rows, h.dropped,"
                        " h.secret_number, h.former_number, h.former_until"
                        " FROM hook h LEFT JOIN account a ON a.id = h.account_id ORDER BY h.id",
        [](const Statement &s) {
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
            hook.keepDays = static_cast<int>(s.integer(16));
            hook.keepRows = s.integer(17);
            hook.dropped = s.integer(18);
            hook.secretNumber = s.integer(19);
            hook.formerNumber = s.integer(20);
            hook.formerUntil = s.optionalTime(21);
            return hook;
        });
}

} // namespace songda::store
