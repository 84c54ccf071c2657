// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/erased_names.h"

#include "engine/model/erasure.h"
#include "engine/store/chain_link.h"
#include "engine/store/meta.h"

namespace songda::store {

namespace {
constexpr std::size_t erasedNameLetters = 40;
}

Result<std::optional<ErasedNames>> ErasedNames::read(Database &database) {
    return metaText(database, "erased_salt").map([](std::optional<std::string> salt) {
        return salt ? std::optional(ErasedNames(std::move(*salt))) : std::nullopt;
    });
}

Result<ErasedNames> ErasedNames::readOrBegin(WriteSession &session) {
    auto names = read(session.database());
    if (!names)
        return tl::unexpected(names.error());
    if (*names)
        return std::move(**names);
    const std::string salt = newSalt();
    SONGDA_TRY(setMetaText(session, "erased_salt", salt));
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
