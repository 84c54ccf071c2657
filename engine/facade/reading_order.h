// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>

namespace songda {

/// Several readings of the same thing may be under way at a time and come back in any order: what was read earlier never
/// takes the place of what was read later.
class ReadingOrder {
public:
    /// Before a reading begins; its number. Any thread.
    std::uint64_t begin() { return ++m_begun; }
    /// Whether what this reading brought is to be taken over; then nothing begun before it is any more. The taker's thread.
    bool take(std::uint64_t number) {
        if (number <= m_taken)
            return false;
        m_taken = number;
        return true;
    }
    /// What has begun so far counts no more, as after a change of the taker's own. The taker's thread.
    void outdate() { m_taken = m_begun; }

private:
    std::atomic<std::uint64_t> m_begun{0};
    std::uint64_t m_taken = 0;
};

} // namespace songda
