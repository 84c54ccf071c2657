// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/timely_answers.h"

#include "engine/when_done.h"

namespace songda::doors {

void TimelyAnswers::Entry::give(const Response &response) {
    if (given.exchange(true))
        return;
    promise.addResult(response);
    promise.finish();
}

QFuture<Response> TimelyAnswers::inTime(const QFuture<Response> &answer, Response otherwise) {
    auto entry = std::make_shared<Entry>();
    entry->until = std::chrono::steady_clock::now() + m_patience;
    entry->otherwise = std::move(otherwise);
    entry->promise.start();
    auto future = entry->promise.future();
    {
        const std::lock_guard lock(m_mutex);
        m_entries.push_back(entry);
    }
    ++*m_underWay;
    whenEnded(answer, m_context, [entry, underWay = m_underWay](const QFuture<Response> &given) {
        --*underWay;
        try {
            entry->give(given.resultCount() > 0 ? given.result() : entry->otherwise);
        } catch (...) {
            entry->give(entry->otherwise);
        }
    });
    return future;
}

void TimelyAnswers::look() {
    const auto now = std::chrono::steady_clock::now();
    std::vector<std::shared_ptr<Entry>> late;
    {
        const std::lock_guard lock(m_mutex);
        while (!m_entries.empty() && (m_entries.front()->given || m_entries.front()->until <= now)) {
            if (!m_entries.front()->given)
                late.push_back(std::move(m_entries.front()));
            m_entries.pop_front();
        }
    }
    for (const auto &entry : late) // outside the lock: what follows is done here
        entry->give(entry->otherwise);
}

} // namespace songda::doors
