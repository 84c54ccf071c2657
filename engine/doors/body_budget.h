// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstddef>

namespace songda::doors {

/// Memory for the bodies of all requests that are being read, so that many connections together cannot take what each may
/// have alone. The first bytes of each are free: short ones always come through. Any thread.
class BodyBudget {
public:
    /// Bytes of each body that do not count: more than any single message or report has.
    static constexpr std::size_t freeOfEach = 16'384;

    explicit BodyBudget(std::size_t most)
        : m_most(most) {}

    /// False, and nothing taken, when there is no more. Whoever is not known may use a quarter of it.
    bool take(std::size_t bytes, bool known) {
        const std::size_t most = known ? m_most : m_most / 4;
        std::size_t used = m_used;
        do {
            if (used > most || bytes > most - used)
                return false;
        } while (!m_used.compare_exchange_weak(used, used + bytes));
        return true;
    }
    void give(std::size_t bytes) { m_used -= bytes; }
    std::size_t used() const { return m_used; }

private:
    const std::size_t m_most;
    std::atomic<std::size_t> m_used{0};
};

} // namespace songda::doors
