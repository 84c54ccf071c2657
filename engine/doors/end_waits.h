// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QPromise>
#include <chrono>
#include <mutex>
#include <vector>

namespace songda::doors {

/// Requests that wait for their message to end. One look at the database serves all of them. Any thread.
class EndWaits {
public:
    explicit EndWaits(std::size_t most)
        : m_most(most) {}

    /// Finished when the message has ended, or its time is over; at once when too many wait already.
    QFuture<void> add(MessageId id, std::chrono::seconds patience);
    /// Looks; to be called every now and then from one thread, which waits for the database.
    void look(Engine &engine);
    /// Finishes all.
    void end();

private:
    struct Wait {
        MessageId id;
        std::chrono::steady_clock::time_point until;
        QPromise<void> promise;
    };

    const std::size_t m_most;
    std::mutex m_mutex;
    bool m_ended = false;
    std::vector<Wait> m_waits;
};

} // namespace songda::doors
