// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/callbacks.h"

namespace songda::store {

Error pathTaken(const std::string &path, const std::string &account) {
    return {ErrorCode::AlreadyExists, "the path \"" + path + "\" is that of account " + account + "; choose another"};
}

Result<void> putCallback(WriteSession &session, Callback &callback) {
    const auto taken = session.database().first("SELECT a.name FROM callback c JOIN account a ON a.id = c.account_id WHERE c.path = ?1 AND c.account_id <> ?2",
        [](const Statement &s) { return s.string(0); }, callback.path, callback.account);
    if (!taken)
        return tl::unexpected(taken.error());
    if (*taken)
        return tl::unexpected(pathTaken(callback.path, **taken));
    auto put = session.sql("INSERT INTO callback(account_id, path, mode, revision, changed_at, changed_by) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
                           " ON CONFLICT(account_id) DO UPDATE SET path = excluded.path, mode = excluded.mode, revision = excluded.revision,"
                           " changed_at = excluded.changed_at, changed_by = excluded.changed_by");
    if (!put)
        return tl::unexpected(put.error());
    // Drawn, not counted: one that is removed and added again shall not look unchanged.
    callback.revision = static_cast<std::int64_t>(session.random().next() >> 1);
    return (*put)
        ->bindAll(callback.account, callback.path, static_cast<std::int64_t>(callback.mode), callback.revision, callback.changedAt, callback.changedBy)
        .run();
}

Result<bool> removeCallback(WriteSession &session, AccountId account) {
    auto remove = session.sql("DELETE FROM callback WHERE account_id = ?1");
    if (!remove)
        return tl::unexpected(remove.error());
    SONGDA_TRY((*remove)->bindAll(account).run());
    return session.database().changes() == 1;
}

std::optional<CallbackMode> callbackModeFromNumber(std::int64_t number) {
    for (const CallbackMode mode : {CallbackMode::Plain, CallbackMode::Compatible, CallbackMode::Secure}) {
        if (number == static_cast<std::int64_t>(mode))
            return mode;
    }
    return std::nullopt;
}

Result<std::vector<Callback>> readCallbacks(Database &database) {
    // A mode nobody knows is the strictest one.
    return database.all("SELECT c.account_id, a.name, a.appid, c.path, c.mode, c.revision, c.changed_at, c.changed_by"
                        " FROM callback c JOIN account a ON a.id = c.account_id ORDER BY a.name",
        [](const Statement &s) {
            return Callback{s.id<AccountId>(0), s.string(1), s.string(2), s.string(3),
                callbackModeFromNumber(s.integer(4)).value_or(CallbackMode::Secure), s.integer(5), s.time(6), s.string(7)};
        });
}

} // namespace songda::store
