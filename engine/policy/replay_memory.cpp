// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/replay_memory.h"

namespace songda {

bool ReplayMemory::contains(const Key &key, SteadyTime now) {
    forgetOld(now);
    return m_seen.contains(key);
}

void ReplayMemory::remember(const Key &key, SteadyTime now) {
    forgetOld(now);
    if (m_most == 0 || !m_seen.try_emplace(key, now).second)
        return;
    m_order.emplace_back(now, key);
    while (m_order.size() > m_most) {
        m_seen.erase(m_order.front().second);
        m_order.pop_front();
    }
}

void ReplayMemory::forgetOld(SteadyTime now) {
    while (!m_order.empty() && now - m_order.front().first >= m_window) {
        m_seen.erase(m_order.front().second);
        m_order.pop_front();
    }
}

} // namespace songda
