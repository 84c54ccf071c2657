// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace songda::simulator {

/// One step of splitmix64: a well-mixed 64-bit value of any input. Being stateless it can be drawn by number
/// from several threads without a lock, and the nth draw is the same in every run with the same seed.
constexpr std::uint64_t mix64(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

/// A number in [0, 1) of 64 random bits.
constexpr double unitInterval(std::uint64_t bits) {
    return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

/// FNV-1a: tells different texts and bodies apart; no protection against forgery is needed here.
constexpr std::uint64_t hash64(std::string_view text, std::uint64_t start = 0xcbf29ce484222325ULL) {
    for (const char c : text) {
        start ^= static_cast<unsigned char>(c);
        start *= 0x100000001b3ULL;
    }
    return start;
}

/// The 64 characters of openids, template ids and tokens: `[A-Za-z0-9_-]`.
inline constexpr std::string_view idAlphabet
    = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// `length` deterministic characters of idAlphabet.
inline std::string idText(std::uint64_t seed, std::size_t length) {
    std::string text;
    text.reserve(length);
    for (std::uint64_t block = 0; text.size() < length; ++block) {
        std::uint64_t bits = mix64(seed + block * 0x9e3779b97f4a7c15ULL);
        for (int i = 0; i < 10 && text.size() < length; ++i, bits >>= 6) {
            text += idAlphabet[bits & 63];
        }
    }
    return text;
}

} // namespace songda::simulator
