// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/meta.h"

namespace songda::store {

Result<std::optional<std::string>> metaText(Database &database, const char *key) {
    return database.first("SELECT value FROM meta WHERE key = ?1", [](const Statement &s) { return s.string(0); }, key);
}

Result<void> setMetaText(WriteSession &session, const char *key, const std::string &value) {
    return session.run("INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value", key, value);
}

Result<void> removeMeta(WriteSession &session, const char *key) { return session.run("DELETE FROM meta WHERE key = ?1", key); }

} // namespace songda::store
