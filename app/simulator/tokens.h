// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/clock.h"

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda::simulator {

/// Life times of access tokens (wechat-api.md section 2).
struct TokenSettings {
    std::chrono::seconds life{7200};
    /// How long a replaced token is still accepted. Unset: 300 s, or half the life if that is shorter, so
    /// that short practice lives really end.
    std::optional<std::chrono::seconds> overlap;
    std::chrono::seconds renewBefore{300}; ///< stable token: renewed this long before its end
    std::chrono::seconds forcedSpacing{30}; ///< a faster forced refresh does not refresh
    int forcedPerDay = 20;
};

struct IssuedToken {
    std::string token;
    std::chrono::seconds expiresIn{0};
};

/// The access tokens of one account, after wechat-api.md sections 2.1 and 2.2: the classic token that each
/// call replaces, and the stable token that stays. The two know nothing of each other. Thread-safe.
class Tokens {
public:
    /// `nonce` makes the tokens of two runs differ, so that a token kept from an earlier run is refused.
    Tokens(TokenSettings settings, std::uint64_t nonce);

    /// A new classic token; the one before is accepted for the overlap.
    IssuedToken classic(TimePoint now);
    /// The stable token, renewed if its last minutes have begun.
    IssuedToken stable(TimePoint now);
    /// Forced renewal. Nothing when the day's allowance is used up (answer 45009).
    std::optional<IssuedToken> forced(TimePoint now);

    /// 0 = accepted; 41001 missing, 40014 malformed, 42001 expired, 40001 replaced or unknown.
    int check(std::optional<std::string_view> token, TimePoint now) const;

    /// Every token ends now: 42001.
    void expireAll(TimePoint now);
    /// Every token becomes unknown: 40001.
    void invalidateAll();
    /// For tokens issued from now on.
    void setSettings(TokenSettings settings);
    TokenSettings settings() const;

private:
    struct Token {
        std::string text;
        TimePoint expiresAt; ///< 42001 from here on
        TimePoint revokedAt; ///< 40001 from here on
        bool isStable = false;
    };

    Token make(TimePoint now, bool isStable);
    void retire(Token token);
    std::chrono::milliseconds overlap() const;
    std::chrono::milliseconds renewBefore() const;

    mutable std::mutex m_mutex; // guards all below
    TokenSettings m_settings;
    std::uint64_t m_nonce;
    std::uint64_t m_made = 0;
    std::optional<Token> m_classic;
    std::optional<Token> m_stable;
    std::vector<Token> m_retired; ///< replaced ones, newest last, a bounded number
    std::optional<TimePoint> m_lastForced;
    std::int64_t m_forcedDay = 0;
    int m_forcedToday = 0;
};

} // namespace songda::simulator
