// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <array>
#include <cstring>
#include <deque>
#include <unordered_map>

namespace songda {

/// Requests that were answered already, so that the platform's repeats (three tries) and somebody else's cost nothing.
/// A shield, not the proof: recording an event twice changes nothing either, so forgetting early does no harm, and
/// what was not committed must not be remembered. Bounded by time and by number; the oldest is forgotten first.
class ReplayMemory {
public:
    using Key = std::array<unsigned char, 16>; ///< of a cryptographic digest

    /// `window` is at least as long as a request stays acceptable, counted from its first arrival.
    ReplayMemory(std::size_t most, Seconds window)
        : m_most(most)
        , m_window(window) {}

    bool contains(const Key &key, SteadyTime now);
    /// Call it when what the request brought is committed.
    void remember(const Key &key, SteadyTime now);
    std::size_t size() const { return m_seen.size(); }

private:
    struct Hash {
        std::size_t operator()(const Key &key) const {
            std::size_t h = 0;
            std::memcpy(&h, key.data(), sizeof h); // digests are spread evenly
            return h;
        }
    };
    void forgetOld(SteadyTime now);

    std::size_t m_most;
    Seconds m_window;
    std::unordered_map<Key, SteadyTime, Hash> m_seen;
    std::deque<std::pair<SteadyTime, Key>> m_order; ///< oldest first, one for each of m_seen
};

} // namespace songda
