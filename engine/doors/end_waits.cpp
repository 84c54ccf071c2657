// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/end_waits.h"

#include <algorithm>

namespace songda::doors {

QFuture<void> EndWaits::add(MessageId id, std::chrono::seconds patience) {
    Wait wait{id, std::chrono::steady_clock::now() + patience, {}};
    wait.promise.start();
    auto future = wait.promise.future();
    const std::lock_guard lock(m_mutex);
    if (m_ended || m_waits.size() >= m_most)
        wait.promise.finish();
    else
        m_waits.push_back(std::move(wait));
    return future;
}

void EndWaits::look(Engine &engine) {
    std::vector<MessageId> ids;
    {
        const std::lock_guard lock(m_mutex);
        for (const Wait &wait : m_waits)
            ids.push_back(wait.id);
    }
    if (ids.empty())
        return;
    const auto states = engine.states(ids).result();
    const auto now = std::chrono::steady_clock::now();
    const auto isOver = [&](const Wait &wait) {
        if (now >= wait.until)
            return true;
        if (!states)
            return false;
        const auto it = states->find(wait.id);
        return it == states->end() || isTerminal(it->second); // what is not there may have been archived
    };
    std::vector<Wait> over;
    {
        const std::lock_guard lock(m_mutex);
        const auto first = std::stable_partition(m_waits.begin(), m_waits.end(), [&](const Wait &wait) { return !isOver(wait); });
        over.assign(std::make_move_iterator(first), std::make_move_iterator(m_waits.end()));
        m_waits.erase(first, m_waits.end());
    }
    for (Wait &wait : over) // outside the lock: what follows is done here
        wait.promise.finish();
}

void EndWaits::end() {
    std::vector<Wait> all;
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
        all = std::exchange(m_waits, {});
    }
    for (Wait &wait : all)
        wait.promise.finish();
}

} // namespace songda::doors
