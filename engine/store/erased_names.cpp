// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/erased_names.h"

#include "engine/model/erasure.h"
#include "engine/store/chain_link.h"

namespace songda::store {

namespace {
constexpr std::size_t erasedNameLetters = 40;
}

Result<std::optional<ErasedNames>> ErasedNames::read(Database &database) {
    return database.first("SELECT value FROM meta WHERE key = 'erased_salt'", [](const Statement &s) { return ErasedNames(s.string(0)); });
}

Result<ErasedNames> ErasedNames::readOrBegin(WriteSession &session) {
    auto names = read(session.database());
    if (!names)
        return tl::unexpected(names.error());
    if (*names)
        return std::move(**names);
    auto insert = session.sql("INSERT INTO meta(key, value) VALUES('erased_salt', ?1)");
    if (!insert)
        return tl::unexpected(insert.error());
    const std::string salt = newSalt();
    SONGDA_TRY((*insert)->bindAll(salt).run());
    return ErasedNames(salt);
}

Result<std::vector<std::string>> ErasedNames::all(Database &database, AccountId account, const std::string &openid) {
    const auto erased = read(database);
    if (!erased)
        return tl::unexpected(erased.error());
    std::vector<std::string> names{openid};
    if (*erased)
        names.push_back((*erased)->of(account, openid));
    return names;
}

std::string ErasedNames::of(AccountId account, const std::string &openid) const {
    return std::string(erasedPrefix) + sha256Hex(m_salt + " " + std::to_string(account.value) + " " + openid).substr(0, erasedNameLetters);
}

} // namespace songda::store
