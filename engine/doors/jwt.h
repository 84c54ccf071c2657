// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/caller.h"
#include "engine/doors/token_key.h"
#include "engine/model/error.h"
#include "engine/model/time.h"

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace songda::doors {

/// Somebody whose tokens are taken, as the settings say. Nothing of this is ever taken from a token.
struct JwtIssuer {
    std::string issuer; ///< claim iss, exactly
    std::string audience; ///< must be claim aud or among them
    std::string algorithm; ///< HS256, RS256 or ES256
    std::string keyId; ///< header kid, exactly, when the token has one; empty: whatever the token's is
    TokenKey key;
    Seconds leeway{30}; ///< for clocks that differ
    Seconds longest{0}; ///< a token that is good for longer from now on is refused; 0: however long
    ApiScopes scopes; ///< a token's claim `scope` can only narrow these
};

/// The list in the settings, key files read.
Result<std::vector<JwtIssuer>> readIssuers(const nlohmann::json &list, const std::string &profileDir);

/// Whether the issuer's key made the signature over the text; one that refuses to look says no.
using SignatureLook = std::function<bool(const JwtIssuer &issuer, std::string_view text, std::string_view signature)>;

/// Who a token stands for; an error says why it is not taken, in words that may be told. Pure, unless `look` is not.
///
/// Taken are the compact form with the header members alg, typ (JWT or, as RFC 9068 has it, at+jwt) and kid, claims iss,
/// aud, sub, exp and, if there, nbf and iat; scope ("send read manage") and accounts, templates (lists) narrow what it may.
/// A token without kid is taken while its issuer has but one key of its algorithm. A signature is looked at last of all that
/// can be told from the head and iss, because looking costs.
Result<Caller> readJwt(std::string_view token, const std::vector<JwtIssuer> &issuers, WallTime now, const SignatureLook &look = {});

} // namespace songda::doors
