// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/store/write_session.h"

#include <optional>
#include <string>
#include <vector>

namespace songda::store {

/// What people are called on the list of those who are not written to once they were erased: a hash of account and openid
/// with a salt that only this database has. Whoever has both the file and an openid can ask whether it was on the list;
/// nobody can read an openid out of it.
class ErasedNames {
public:
    /// Nothing while nobody was ever erased.
    static Result<std::optional<ErasedNames>> read(Database &database);
    static Result<ErasedNames> readOrBegin(WriteSession &session);

    /// Everything the list may call a person: the openid, and the hash where people were erased.
    static Result<std::vector<std::string>> all(Database &database, AccountId account, const std::string &openid);

    std::string of(AccountId account, const std::string &openid) const;

private:
    explicit ErasedNames(std::string salt)
        : m_salt(std::move(salt)) {}

    std::string m_salt;
};

} // namespace songda::store
