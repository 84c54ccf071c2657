// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/api_keys.h"

namespace songda::store {

Result<std::int64_t> insertApiKey(WriteSession &session, const ApiKey &key) {
    auto insert = session.sql("INSERT INTO api_key(client, hash, hint, scopes, account_id, created_at, created_by, expires_at)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)
                   ->bindAll(key.client, key.hash, key.hint, static_cast<std::int64_t>(key.scopes.bits()), key.account, key.createdAt,
                       key.createdBy, key.expiresAt)
                   .run());
    return session.database().lastInsertId();
}

Result<bool> revokeApiKey(WriteSession &session, std::int64_t id, const std::string &by, WallTime now) {
    auto update = session.sql("UPDATE api_key SET revoked_at = ?2, revoked_by = ?3 WHERE id = ?1 AND revoked_at IS NULL");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(id, now, by).run());
    if (session.database().changes() == 1)
        return true;
    const auto known = session.database().number("SELECT count(*) FROM api_key WHERE id = ?1", id);
    if (!known)
        return tl::unexpected(known.error());
    if (*known == 0)
        return fail(ErrorCode::NotFound, "there is no API key " + std::to_string(id));
    return false;
}

Result<std::vector<ApiKey>> readApiKeys(Database &database) {
    return database.all(
        "SELECT k.id, k.client, k.hash, k.hint, k.scopes, k.account_id, coalesce(a.name, ''), k.created_at,"
        " k.created_by, k.expires_at, k.revoked_at, coalesce(k.revoked_by, '')"
        " FROM api_key k LEFT JOIN account a ON a.id = k.account_id ORDER BY k.id DESC",
        [](const Statement &s) {
            ApiKey key;
            key.id = s.integer(0);
            key.client = s.string(1);
            key.hash = s.string(2);
            key.hint = s.string(3);
            key.scopes = ApiScopes(static_cast<unsigned>(s.integer(4)));
            if (!s.isNull(5))
                key.account = s.id<AccountId>(5);
            key.accountName = s.string(6);
            key.createdAt = s.time(7);
            key.createdBy = s.string(8);
            key.expiresAt = s.optionalTime(9);
            key.revokedAt = s.optionalTime(10);
            key.revokedBy = s.string(11);
            return key;
        });
}

} // namespace songda::store
