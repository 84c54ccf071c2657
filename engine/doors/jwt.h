// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/caller.h"
#include "engine/model/error.h"
#include "engine/model/time.h"

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
    std::string keyId; ///< header kid, exactly; empty: the token has none
    std::string key; ///< the shared secret's bytes, or the public key as PEM
    Seconds leeway{30}; ///< for clocks that differ
    Seconds longest{86'400}; ///< a token for longer than this is refused
    ApiScopes scopes; ///< a token's claim `scope` can only narrow these
};

/// The list in the settings, key files read.
Result<std::vector<JwtIssuer>> readIssuers(const nlohmann::json &list, const std::string &profileDir);

/// Who a token stands for; an error says why it is not taken, in words that may be told. Pure but for the key's own
/// arithmetic.
///
/// Taken are the compact form with the header members alg, typ and kid, claims iss, aud, sub, exp and, if there, nbf and
/// iat; scope ("send read manage") and accounts, templates (lists) narrow what it may.
Result<Caller> readJwt(std::string_view token, const std::vector<JwtIssuer> &issuers, WallTime now);

} // namespace songda::doors
