// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/accounts_table.h"

#include "engine/store/columns.h"

#include <algorithm>

namespace songda::store {

namespace {

#define SONGDA_ACCOUNT_COLUMNS                                                                                 \
    "id, name, appid, api_base, rate, burst, connections, test_account, uncertain_policy, hold_cause,"         \
    " hold_detail, hold_by, hold_since, created_at, transport, second_base, second_since, proxy"

Account accountAt(const Statement &s) {
    Account a;
    a.id = s.id<AccountId>(0);
    a.name = s.string(1);
    a.appid = s.string(2);
    a.apiBase = s.string(3);
    a.rate = s.real(4);
    a.burst = static_cast<int>(s.integer(5));
    a.connections = static_cast<int>(s.integer(6));
    a.testAccount = s.integer(7) != 0;
    a.uncertainPolicy = s.integer(8) == 1 ? UncertainPolicy::Resend : UncertainPolicy::HoldForPerson;
    a.hold = holdAt(s, 9);
    a.createdAt = s.time(13);
    a.transport = static_cast<TransportChoice>(std::clamp<std::int64_t>(s.integer(14), 0, 2));
    a.secondBase = s.string(15);
    a.secondSince = s.optionalTime(16);
    a.proxy = s.string(17);
    return a;
}

} // namespace

Result<AccountId> insertAccount(WriteSession &session, const Account &a) {
    auto exists = session.sql("SELECT 1 FROM account WHERE name = ?1");
    auto insert = session.sql("INSERT INTO account(name, appid, api_base, rate, burst, connections, test_account,"
                              " uncertain_policy, created_at, transport, second_base, proxy)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    if (!exists || !insert)
        return tl::unexpected((!exists ? exists : insert).error());
    (*exists)->bindAll(a.name);
    const auto row = (*exists)->step();
    (*exists)->reset();
    if (!row)
        return tl::unexpected(row.error());
    if (*row)
        return fail(ErrorCode::AlreadyExists, "there is already an account named " + a.name);
    SONGDA_TRY((*insert)
                   ->bindAll(a.name, a.appid, a.apiBase, a.rate, a.burst, a.connections, a.testAccount,
                       static_cast<int>(a.uncertainPolicy), a.createdAt, static_cast<int>(a.transport), a.secondBase, a.proxy)
                   .run());
    return AccountId{session.database().lastInsertId()};
}

Result<void> updateAccount(WriteSession &session, AccountId id, const AccountChange &c) {
    auto update = session.sql(
        "UPDATE account SET api_base = coalesce(?2, api_base), rate = coalesce(?3, rate), burst = coalesce(?4, burst),"
        " connections = coalesce(?5, connections), test_account = coalesce(?6, test_account),"
        " uncertain_policy = coalesce(?7, uncertain_policy), transport = coalesce(?8, transport),"
        // With another address it is not known which of them answers: it begins with the first again.
        " second_since = CASE WHEN coalesce(?2, api_base) = api_base AND coalesce(?9, second_base) = second_base THEN second_since END,"
        " second_base = coalesce(?9, second_base), proxy = coalesce(?10, proxy) WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    const auto policy = c.uncertainPolicy ? std::optional(static_cast<int>(*c.uncertainPolicy)) : std::nullopt;
    const auto transport = c.transport ? std::optional(static_cast<int>(*c.transport)) : std::nullopt;
    return (*update)->bindAll(id, c.apiBase, c.rate, c.burst, c.connections, c.testAccount, policy, transport, c.secondBase, c.proxy).run();
}

Result<bool> setAccountHold(WriteSession &session, AccountId id, const std::optional<Hold> &hold) {
    auto update = session.sql("UPDATE account SET hold_cause = ?2, hold_detail = ?3, hold_by = ?4, hold_since = ?5"
                              " WHERE id = ?1 AND ((hold_cause IS NULL) <> (?2 IS NULL) OR (?4 <> 'engine' AND hold_by = 'engine'))");
    if (!update)
        return tl::unexpected(update.error());
    Statement &s = **update;
    if (hold)
        SONGDA_TRY(s.bindAll(id, hold->cause, hold->detail, hold->by, hold->since).run());
    else
        SONGDA_TRY(s.bindAll(id, nullptr, nullptr, nullptr, nullptr).run());
    return session.database().changes() > 0;
}

Result<bool> releaseEngineHold(WriteSession &session, AccountId id) {
    SONGDA_TRY(session.run("UPDATE account SET hold_cause = NULL, hold_detail = NULL, hold_by = NULL, hold_since = NULL"
                           " WHERE id = ?1 AND hold_by = 'engine'", id));
    return session.database().changes() > 0;
}

Result<bool> setSecondSince(WriteSession &session, AccountId id, std::optional<WallTime> since) {
    auto update = session.sql("UPDATE account SET second_since = ?2 WHERE id = ?1 AND (second_since IS NULL) <> (?2 IS NULL)");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(id, since).run());
    return session.database().changes() > 0;
}

Result<std::vector<Account>> readAccounts(Database &database) {
    return database.all("SELECT " SONGDA_ACCOUNT_COLUMNS " FROM account ORDER BY id", accountAt);
}

Result<Account> findAccount(Database &database, const std::string &name) {
    const auto account = database.first("SELECT " SONGDA_ACCOUNT_COLUMNS " FROM account WHERE name = ?1", accountAt, name);
    if (!account)
        return tl::unexpected(account.error());
    if (!*account)
        return fail(ErrorCode::NotFound, "there is no account named \"" + name + "\"; see account list");
    return **account;
}

} // namespace songda::store
