// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace songda {

/// Randomness as a collaborator, so that tests can repeat a run. One object, one thread.
class Random {
public:
    explicit Random(std::uint64_t seed)
        : m_engine(seed) {}
    /// Seeded from the system, 256 bits.
    static Random fromSystem() {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device(), device(), device(), device(), device()};
        return Random(seed);
    }

    std::uint64_t next() { return m_engine(); }
    /// Uniform in [0, 1).
    double unit() { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53; }

private:
    explicit Random(std::seed_seq &seed)
        : m_engine(seed) {}

    std::mt19937_64 m_engine;
};

/// A fresh client_msg_id: about 125 random bits as 21 characters of [A-Za-z0-9_-], a letter first. Random, not derived from a row
/// id: a restored backup hands out old row ids again, and WeChat would drop the new message as a repeat.
inline std::string makeClientMsgId(Random &random) {
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string id;
    id.reserve(21);
    std::uint64_t bits = 0;
    for (int i = 0; i < 21; ++i) {
        if (i % 10 == 0)
            bits = random.next();
        id += alphabet[i == 0 ? (bits & 31) : (bits & 63)];
        bits >>= 6;
    }
    return id;
}

} // namespace songda
