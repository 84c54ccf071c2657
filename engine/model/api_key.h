// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace songda {

/// What a business system may do through the HTTP door. Stored as bits: never renumber.
enum class ApiScope : unsigned {
    Send = 1, ///< hand messages over; ask for and cancel its own
    Read = 2, ///< ask for any message, batch or template
    Manage = 4, ///< cancel what others handed over
};

class ApiScopes {
public:
    constexpr ApiScopes() = default;
    explicit constexpr ApiScopes(unsigned bits)
        : m_bits(bits & 7U) {}
    constexpr ApiScopes(std::initializer_list<ApiScope> scopes) {
        for (const ApiScope scope : scopes)
            add(scope);
    }
    constexpr bool has(ApiScope scope) const { return (m_bits & static_cast<unsigned>(scope)) != 0; }
    constexpr void add(ApiScope scope) { m_bits |= static_cast<unsigned>(scope); }
    constexpr unsigned bits() const { return m_bits; }
    bool operator==(const ApiScopes &) const = default;

private:
    unsigned m_bits = 0;
};

/// How long a key or a secret counts on beside the one that takes its place.
inline constexpr Seconds longestKeyOverlap{30 * 86400};
inline constexpr int usualKeyOverlapHours = 24;

/// A key as it is kept: not the key itself.
struct ApiKey {
    std::int64_t id = 0;
    std::string client; ///< the business system; may have several keys, so that one can be replaced
    std::string hash; ///< SHA-256 of the key, 64 hex digits
    std::string hint; ///< the key's first characters
    ApiScopes scopes;
    std::vector<std::string> accounts; ///< by name; empty: every account
    std::vector<std::string> templates; ///< by id; empty: every template
    WallTime createdAt;
    std::string createdBy;
    std::optional<WallTime> expiresAt;
    std::optional<WallTime> revokedAt; ///< may be still to come: of a key in place of which there is another
    std::string revokedBy;

    bool isRevoked(WallTime now) const { return revokedAt && *revokedAt <= now; }
    bool isGood(WallTime now) const { return !isRevoked(now) && (!expiresAt || now < *expiresAt); }
};

struct NewApiKey {
    std::string client; ///< name of the business system
    ApiScopes scopes;
    std::vector<std::string> accounts = {}; ///< by name; empty: every account
    std::vector<std::string> templates = {}; ///< by id, or by title when unique in these accounts; empty: every template
    std::optional<WallTime> expiresAt = std::nullopt;
};

struct IssuedApiKey {
    ApiKey key;
    std::string secret; ///< the key itself; nobody can show it again
};

} // namespace songda
