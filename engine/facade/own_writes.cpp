// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/own_writes.h"

#include <algorithm>
#include <utility>

namespace songda {

void OwnWrites::write(const std::string &what, Job job) {
    Wish &wish = m_wishes[what];
    wish = Wish{++m_last, std::move(job), {}};
    m_submit(wish.number, wish.job);
}

void OwnWrites::ended(std::uint64_t number, bool recorded, SteadyTime now) {
    constexpr Seconds pause{1}; // as a lane waits for the journal
    const auto it = std::find_if(m_wishes.begin(), m_wishes.end(), [number](const auto &entry) { return entry.second.number == number; });
    if (it == m_wishes.end())
        return; // something newer took its place
    if (recorded)
        m_wishes.erase(it);
    else
        it->second.again = now + pause;
}

void OwnWrites::tick(SteadyTime now) {
    for (auto &[what, wish] : m_wishes) {
        if (!wish.again || now < *wish.again)
            continue;
        wish.again.reset();
        m_submit(wish.number, wish.job);
    }
}

} // namespace songda
