// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/caller.h"
#include "engine/doors/http_message.h"
#include "engine/doors/jwt.h"
#include "engine/doors/rate_limiter.h"
#include "engine/model/api_key.h"

#include <memory>
#include <mutex>
#include <unordered_map>
#include <variant>
#include <vector>

namespace songda::doors {

/// Tells who asks, by a key of the profile or a token of a known issuer in `Authorization: Bearer`. Guessing is slowed for
/// the address it comes from, others do not notice. Any thread; time is given.
class Authenticator {
public:
    static constexpr double guessesPerSecond = 10;

    explicit Authenticator(std::vector<JwtIssuer> issuers)
        : m_issuers(std::move(issuers)) {}

    /// Replaces the profile's keys.
    void setKeys(const std::vector<ApiKey> &keys);

    /// The caller, or the refusal: 401, or 429 after too many wrong credentials from the same address.
    std::variant<Caller, Response> identify(const Request &request, WallTime now, RateLimiter::Time steady);

private:
    using Keys = std::unordered_map<std::string, ApiKey>; ///< by hash
    Result<Caller> callerOf(std::string_view credential, WallTime now) const;

    const std::vector<JwtIssuer> m_issuers;
    RateLimiter m_guesses{guessesPerSecond, guessesPerSecond};
    mutable std::mutex m_mutex;
    std::shared_ptr<const Keys> m_keys = std::make_shared<const Keys>();
};

} // namespace songda::doors
