// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/caller.h"
#include "engine/doors/http_message.h"
#include "engine/doors/jwt.h"
#include "engine/doors/rate_limiter.h"
#include "engine/model/api_key.h"

#include <deque>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace songda::doors {

/// Tells who asks, by a key of the profile or a token of a known issuer in `Authorization: Bearer`. Whoever is right gets in;
/// wrong ones are looked up, which is cheap, and told so ten times a second for each address. Signatures cost more to look at:
/// of an address that has guessed too often only so many, but for tokens that were found right before. Any thread; time is
/// given.
class Authenticator {
public:
    static constexpr double guessesPerSecond = 10;
    static constexpr double looksPerSecond = 200; ///< at signatures, once an address has guessed too often

    explicit Authenticator(std::vector<JwtIssuer> issuers)
        : m_issuers(std::move(issuers)) {}

    /// Replaces the profile's keys.
    void setKeys(const std::vector<ApiKey> &keys);

    /// The caller, or the refusal: 401, or 429 after too many wrong credentials from the same address.
    std::variant<Caller, Response> identify(const Request &request, WallTime now, RateLimiter::Time steady);

private:
    using Keys = std::unordered_map<std::string, ApiKey>; ///< by hash
    Result<Caller> byKey(std::string_view credential, WallTime now) const;
    /// `place`: whose guesses are counted; `unseen` is set when the signature was not looked at.
    Result<Caller> byToken(std::string_view token, WallTime now, const std::string &place, RateLimiter::Time steady, bool &unseen);

    const std::vector<JwtIssuer> m_issuers;
    RateLimiter m_guesses{guessesPerSecond, guessesPerSecond};
    RateLimiter m_looks{looksPerSecond, looksPerSecond};
    mutable std::mutex m_mutex;
    std::shared_ptr<const Keys> m_keys = std::make_shared<const Keys>();
    std::unordered_set<std::string> m_signed; ///< hashes of tokens whose signature was found right, and of whose key
    std::deque<std::string> m_signedOrder; ///< the same, the oldest first
};

} // namespace songda::doors
