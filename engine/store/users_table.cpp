// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/users_table.h"

namespace songda::store {

namespace {

#define SONGDA_USER_COLUMNS "SELECT name, role, hash, failures, locked_until, created_at, created_by FROM console_user"

StoredUser userOf(const Statement &s) {
    // A role that this program does not know may do what everybody may.
    const auto role = s.integer(1) >= 0 && s.integer(1) <= static_cast<std::int64_t>(UserRole::Admin) ? static_cast<UserRole>(s.integer(1)) : UserRole::Auditor;
    return {{s.string(0), role, static_cast<int>(s.integer(3)), s.optionalTime(4), s.time(5), s.string(6)}, s.string(2)};
}

Result<void> oneChanged(WriteSession &session, const std::string &name) {
    return session.database().changes() == 1 ? Result<void>{} : fail(ErrorCode::NotFound, "there is no user \"" + name + "\"");
}

} // namespace

Result<std::vector<StoredUser>> readUsers(Database &database) {
    auto found = database.cached(SONGDA_USER_COLUMNS " ORDER BY name");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll();
    const StatementScope scope(s);
    std::vector<StoredUser> list;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return list;
        list.push_back(userOf(s));
    }
}

Result<std::optional<StoredUser>> findUser(Database &database, const std::string &name) {
    return database.first(SONGDA_USER_COLUMNS " WHERE name = ?1", userOf, name);
}

Result<void> insertUser(WriteSession &session, const StoredUser &user) {
    auto insert = session.sql("INSERT INTO console_user(name, role, hash, failures, locked_until, created_at, created_by) VALUES(?1, ?2, ?3, 0, NULL, ?4, ?5)"
                              " ON CONFLICT DO NOTHING");
    if (!insert)
        return tl::unexpected(insert.error());
    const ConsoleUser &u = user.user;
    SONGDA_TRY((*insert)->bindAll(u.name, static_cast<std::int64_t>(u.role), user.hash, u.createdAt, u.createdBy).run());
    return session.database().changes() == 1 ? Result<void>{} : fail(ErrorCode::AlreadyExists, "there is a user \"" + u.name + "\" already");
}

Result<void> updateUser(WriteSession &session, const StoredUser &user) {
    auto update = session.sql("UPDATE console_user SET role = ?2, hash = ?3, failures = ?4, locked_until = ?5 WHERE name = ?1");
    if (!update)
        return tl::unexpected(update.error());
    const ConsoleUser &u = user.user;
    SONGDA_TRY((*update)->bindAll(u.name, static_cast<std::int64_t>(u.role), user.hash, u.failures, u.lockedUntil).run());
    return oneChanged(session, u.name);
}

Result<void> deleteUser(WriteSession &session, const std::string &name) {
    auto remove = session.sql("DELETE FROM console_user WHERE name = ?1");
    if (!remove)
        return tl::unexpected(remove.error());
    SONGDA_TRY((*remove)->bindAll(name).run());
    return oneChanged(session, name);
}

#undef SONGDA_USER_COLUMNS

} // namespace songda::store
