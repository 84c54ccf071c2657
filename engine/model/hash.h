// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace songda {

/// 64-bit FNV-1a with a final mix. Used as a compact *index* value (recipient, idempotency slot), never
/// as identity: whoever looks up by it compares the full text. Stored in the database, so it must not change.
constexpr std::uint64_t stableHash(std::string_view text, std::uint64_t seed = 0xcbf29ce484222325ULL) {
    std::uint64_t h = seed;
    for (const char c : text) {
        h ^= static_cast<unsigned char>(c);
        h *= 0x100000001b3ULL;
    }
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdULL;
    h ^= h >> 33;
    return h;
}

/// The same as SQLite stores it: a signed integer.
constexpr std::int64_t storedHash(std::string_view text, std::uint64_t seed = 0xcbf29ce484222325ULL) {
    return static_cast<std::int64_t>(stableHash(text, seed));
}

} // namespace songda
