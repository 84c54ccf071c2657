// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/api_keys.h"

#include <algorithm>

namespace songda::store {

namespace {

Result<void> insertLimits(WriteSession &session, std::int64_t id, const ApiKey &key) {
    auto account = session.sql("INSERT INTO api_key_account(key_id, account_id) SELECT ?1, id FROM account WHERE name = ?2");
    auto with = session.sql("INSERT INTO api_key_template(key_id, template_id) VALUES(?1, ?2) ON CONFLICT DO NOTHING");
    if (!account || !with)
        return tl::unexpected((!account ? account : with).error());
    for (const std::string &name : key.accounts) {
        SONGDA_TRY((*account)->bindAll(id, name).run());
        if (session.database().changes() != 1)
            return fail(ErrorCode::NotFound, "there is no account \"" + name + "\"");
    }
    for (const std::string &templateId : key.templates)
        SONGDA_TRY((*with)->bindAll(id, templateId).run());
    return {};
}

/// Adds names to the keys they are of; these are in descending order of their ids.
Result<void> addNames(Database &database, const char *sql, std::vector<ApiKey> &keys, std::vector<std::string> ApiKey::*names) {
    return database.each(sql, [&keys, names](const Statement &s) {
        const std::int64_t id = s.integer(0);
        const auto key = std::ranges::lower_bound(keys, id, std::greater{}, &ApiKey::id);
        if (key != keys.end() && key->id == id)
            ((*key).*names).push_back(s.string(1));
        return true;
    });
}

} // namespace

Result<std::int64_t> insertApiKey(WriteSession &session, const ApiKey &key) {
    auto insert = session.sql("INSERT INTO api_key(client, hash, hint, scopes, created_at, created_by, expires_at)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)
                   ->bindAll(key.client, key.hash, key.hint, static_cast<std::int64_t>(key.scopes.bits()), key.createdAt, key.createdBy, key.expiresAt)
                   .run());
    const std::int64_t id = session.database().lastInsertId();
    SONGDA_TRY(insertLimits(session, id, key));
    return id;
}

Result<bool> revokeApiKey(WriteSession &session, std::int64_t id, const std::string &by, WallTime at) {
    auto update = session.sql("UPDATE api_key SET revoked_at = ?2, revoked_by = ?3 WHERE id = ?1 AND (revoked_at IS NULL OR revoked_at > ?2)");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(id, at, by).run());
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
    auto keys = database.all(
        "SELECT id, client, hash, hint, scopes, created_at, created_by, expires_at, revoked_at, coalesce(revoked_by, '') FROM api_key ORDER BY id DESC",
        [](const Statement &s) {
            ApiKey key;
            key.id = s.integer(0);
            key.client = s.string(1);
            key.hash = s.string(2);
            key.hint = s.string(3);
            key.scopes = ApiScopes(static_cast<unsigned>(s.integer(4)));
            key.createdAt = s.time(5);
            key.createdBy = s.string(6);
            key.expiresAt = s.optionalTime(7);
            key.revokedAt = s.optionalTime(8);
            key.revokedBy = s.string(9);
            return key;
        });
    if (!keys)
        return keys;
    // After the keys: what limits one came with it, so none is read without its limits.
    SONGDA_TRY(addNames(database, "SELECT k.key_id, a.name FROM api_key_account k JOIN account a ON a.id = k.account_id ORDER BY a.name", *keys, &ApiKey::accounts));
    SONGDA_TRY(addNames(database, "SELECT key_id, template_id FROM api_key_template ORDER BY template_id", *keys, &ApiKey::templates));
    return keys;
}

} // namespace songda::store
