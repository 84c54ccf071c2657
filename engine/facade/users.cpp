// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who works with a profile, and what they may do. Kept from whoever uses the program; not from whoever can write the
// profile's files.
#include "engine/engine.h"
#include "engine/facade/engine_core.h"
#include "engine/policy/permissions.h"
#include "engine/policy/utf8.h"
#include "engine/secrets/password_hash.h"
#include "engine/store/audit_table.h"
#include "engine/store/migrations.h"
#include "engine/store/users_table.h"

#include <algorithm>

namespace songda {

namespace {

constexpr std::size_t shortestPassword = 10;
constexpr std::size_t longestPassword = 1024;
constexpr std::size_t longestName = 64;

Result<void> checkPassword(const std::string &password) {
    if (utf8::length(password).value_or(0) < shortestPassword || password.size() > longestPassword)
        return fail(ErrorCode::InvalidInput, "a password has at least " + std::to_string(shortestPassword) + " characters");
    return {};
}

Result<void> checkName(const std::string &name) {
    if (name.empty() || name.size() > longestName || utf8::printable(name, longestName) != name || name == "engine" || name == ActingAs::doors || name.starts_with("api:"))
        return fail(ErrorCode::InvalidInput, "a user's name has 1 to " + std::to_string(longestName) + " printable bytes, and is not \"engine\", \"doors\" or that of an API client");
    return {};
}

Result<void> record(store::WriteSession &session, const Actor &actor, const std::string &act, const std::string &object) {
    const auto audit = store::recordAct(session, actor, act, object, 0, systemNow().wall);
    return audit ? Result<void>{} : tl::unexpected(audit.error());
}

/// While there are users, one of them can manage the others.
Result<void> checkAdminLeft(store::Database &database) {
    const auto users = store::readUsers(database);
    if (!users)
        return tl::unexpected(users.error());
    const bool left = users->empty() || std::any_of(users->begin(), users->end(), [](const store::StoredUser &u) { return u.user.role == UserRole::Admin; });
    return left ? Result<void>{} : fail(ErrorCode::InvalidInput, "no admin would be left; the last admin can only be removed when no other user is left");
}

/// Changes one user as `change` says, audited; what is wrong with the outcome undoes it.
Result<void> changeUser(EngineCore &core, const std::string &name, const std::string &act, const std::string &object,
    const std::function<void(store::StoredUser &)> &change) {
    return core.writeAndWait([&](store::WriteSession &session) -> Result<void> {
        auto user = store::findUser(session.database(), name);
        if (!user)
            return tl::unexpected(user.error());
        if (!*user)
            return fail(ErrorCode::NotFound, "there is no user \"" + name + "\"");
        change(**user);
        SONGDA_TRY(store::updateUser(session, **user));
        SONGDA_TRY(checkAdminLeft(session.database()));
        return record(session, core.actor(), act, object);
    });
}

/// A connection of its own: who only looks on has no writer, and wrong passwords count all the same.
template <class T> Result<T> inOwnTransaction(const EngineCore &core, const std::function<Result<T>(store::WriteSession &)> &job) {
    auto database = store::Database::open(core.path("songda.db"), store::Database::Mode::ReadWrite, store::newestSchemaVersion());
    if (!database)
        return tl::unexpected(database.error());
    store::WriteSession session(std::move(*database), Random::fromSystem());
    SONGDA_TRY(session.begin());
    auto value = job(session);
    if (!value) {
        session.rollBack();
        return value;
    }
    SONGDA_TRY(session.commit());
    return value;
}

/// Counts the try as a failure before the password is looked at, so that nobody can try without being counted.
Result<std::optional<store::StoredUser>> beginTry(const EngineCore &core, const std::string &name) {
    return inOwnTransaction<std::optional<store::StoredUser>>(core, [&](store::WriteSession &session) -> Result<std::optional<store::StoredUser>> {
        auto user = store::findUser(session.database(), name);
        if (!user || !*user)
            return user;
        ConsoleUser &u = (*user)->user;
        const WallTime now = systemNow().wall;
        if (u.lockedUntil && *u.lockedUntil > now)
            return fail(ErrorCode::NotAllowed, "too many wrong passwords: \"" + name + "\" is locked until " + toIso8601(*u.lockedUntil) + "; an admin can unlock");
        const Seconds wait = lockOut(++u.failures);
        u.lockedUntil = wait > Seconds{0} ? std::optional(WallTime(now + wait)) : std::nullopt;
        SONGDA_TRY(store::updateUser(session, **user));
        return user;
    });
}

Result<UserRole> signInAs(const EngineCore &core, const std::string &name, const std::string &password) {
    const auto user = beginTry(core, name);
    if (!user)
        return tl::unexpected(user.error());
    if (!*user)
        secrets::wastePasswordTime(password);
    if (!*user || !secrets::isPassword((*user)->hash, password)) {
        if (*user && (*user)->user.lockedUntil)
            SONGDA_TRY(inOwnTransaction<bool>(core, [&](store::WriteSession &session) -> Result<bool> {
                SONGDA_TRY(record(session, {name, std::to_string((*user)->user.failures) + " wrong passwords"}, "user.lock", name));
                return true;
            }));
        return fail(ErrorCode::NotAllowed, "wrong name or password");
    }
    return inOwnTransaction<UserRole>(core, [&](store::WriteSession &session) -> Result<UserRole> {
        auto now = store::findUser(session.database(), name);
        if (!now)
            return tl::unexpected(now.error());
        if (!*now || (*now)->hash != (*user)->hash)
            return fail(ErrorCode::NotAllowed, "wrong name or password");
        (*now)->user.failures = 0;
        (*now)->user.lockedUntil.reset();
        SONGDA_TRY(store::updateUser(session, **now));
        SONGDA_TRY(record(session, {name, ""}, "user.sign_in", name));
        return (*now)->user.role;
    });
}

} // namespace

Result<void> EngineCore::lookForUsers() {
    const auto users = readers->run<std::vector<store::StoredUser>>([](store::Database &db) -> Result<std::vector<store::StoredUser>> {
        // Who only looks on may look at a database that nobody has upgraded yet.
        const auto version = db.scalar("PRAGMA user_version");
        if (!version)
            return tl::unexpected(version.error());
        return version->value_or(0) < store::newestSchemaVersion() ? std::vector<store::StoredUser>() : store::readUsers(db);
    }).result();
    if (!users)
        return tl::unexpected(users.error());
    const std::lock_guard guard(m_sessionMutex);
    m_session.mustSignIn = !users->empty() && !options.unattended && !m_session.role;
    if (!m_session.role)
        return {};
    // Somebody may have changed this user meanwhile, or taken them away.
    const auto own = std::find_if(users->begin(), users->end(), [&](const store::StoredUser &u) { return u.user.name == m_session.user; });
    if (own != users->end()) {
        m_session.role = own->user.role;
    } else {
        m_session.role.reset();
        m_session.mustSignIn = !users->empty();
    }
    return {};
}

Session EngineCore::session() const {
    if (const Session *acting = ActingAs::now())
        return *acting;
    const std::lock_guard guard(m_sessionMutex);
    Session session = m_session;
    if (!session.role)
        session.user = options.user;
    return session;
}

void EngineCore::setSession(std::string user, std::optional<UserRole> role) {
    const std::lock_guard guard(m_sessionMutex);
    m_session.user = std::move(user);
    m_session.role = role;
    m_session.mustSignIn = !role.has_value();
}

std::optional<Error> EngineCore::refusal(Permission permission) const {
    const Session now = session();
    if (!now.mustSignIn && !now.role)
        return std::nullopt;
    const std::string why = whyNotAllowed(now.role, permission);
    return why.empty() ? std::nullopt : std::optional(Error{ErrorCode::NotAllowed, why});
}

Session Engine::session() const { return m_core->session(); }

std::string Engine::whyNot(Permission permission) const {
    const auto refusal = m_core->refusal(permission);
    return refusal ? refusal->detail : std::string();
}

std::vector<UserRole> Engine::rolesWith(Permission permission) { return songda::rolesWith(permission); }

QFuture<Result<UserRole>> Engine::signIn(std::string name, std::string password) {
    return m_core->work<UserRole>([core = m_core.get(), name = std::move(name), password = std::move(password)]() -> Result<UserRole> {
        auto role = signInAs(*core, name, password);
        if (role)
            core->setSession(name, *role);
        return role;
    });
}

void Engine::signOut() { m_core->setSession({}, std::nullopt); }

QFuture<Result<std::vector<ConsoleUser>>> Engine::users() {
    SONGDA_MAY(ManageUsers, std::vector<ConsoleUser>);
    return m_core->readers->run<std::vector<ConsoleUser>>([](store::Database &db) {
        return store::readUsers(db).map([](const std::vector<store::StoredUser> &stored) {
            std::vector<ConsoleUser> users;
            for (const store::StoredUser &one : stored)
                users.push_back(one.user);
            return users;
        });
    });
}

QFuture<Result<void>> Engine::addUser(std::string name, UserRole role, std::string password) {
    SONGDA_MAY(ManageUsers, void);
    return m_core->work<void>([core = m_core.get(), name = std::move(name), role, password = std::move(password)]() -> Result<void> {
        SONGDA_TRY(checkName(name));
        SONGDA_TRY(checkPassword(password));
        auto hash = secrets::hashPassword(password);
        if (!hash)
            return tl::unexpected(hash.error());
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            const Actor actor = core->actor();
            SONGDA_TRY(store::insertUser(session, {{name, role, 0, std::nullopt, systemNow().wall, actor.who}, *hash}));
            SONGDA_TRY(checkAdminLeft(session.database()));
            return record(session, actor, "user.add", name + " " + toString(role));
        }));
        return core->lookForUsers();
    });
}

QFuture<Result<void>> Engine::setUserRole(std::string name, UserRole role) {
    SONGDA_MAY(ManageUsers, void);
    return m_core->work<void>([core = m_core.get(), name = std::move(name), role]() -> Result<void> {
        SONGDA_TRY(changeUser(*core, name, "user.role", name + " " + toString(role), [&](store::StoredUser &u) { u.user.role = role; }));
        return core->lookForUsers();
    });
}

QFuture<Result<void>> Engine::setUserPassword(std::string name, std::string password) {
    // One's own is everybody's business.
    if (session().user != name || !session().role)
        SONGDA_MAY(ManageUsers, void);
    return m_core->work<void>([core = m_core.get(), name = std::move(name), password = std::move(password)]() -> Result<void> {
        SONGDA_TRY(checkPassword(password));
        auto hash = secrets::hashPassword(password);
        if (!hash)
            return tl::unexpected(hash.error());
        return changeUser(*core, name, "user.password", name, [&](store::StoredUser &u) { u.hash = *hash; });
    });
}

QFuture<Result<void>> Engine::unlockUser(std::string name) {
    SONGDA_MAY(ManageUsers, void);
    return m_core->work<void>([core = m_core.get(), name = std::move(name)]() -> Result<void> {
        return changeUser(*core, name, "user.unlock", name, [](store::StoredUser &u) {
            u.user.failures = 0;
            u.user.lockedUntil.reset();
        });
    });
}

QFuture<Result<void>> Engine::removeUser(std::string name) {
    SONGDA_MAY(ManageUsers, void);
    return m_core->work<void>([core = m_core.get(), name = std::move(name)]() -> Result<void> {
        SONGDA_TRY(core->writeAndWait([&](store::WriteSession &session) -> Result<void> {
            SONGDA_TRY(store::deleteUser(session, name));
            SONGDA_TRY(checkAdminLeft(session.database()));
            return record(session, core->actor(), "user.remove", name);
        }));
        return core->lookForUsers();
    });
}

} // namespace songda
