// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/http_message.h"

#include <QPromise>
#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>

namespace songda::doors {

/// Answers that somebody waits for only so long: what is not there in time is answered by something else. Any thread.
class TimelyAnswers {
public:
    /// In the thread of `context` answers are taken.
    TimelyAnswers(QObject *context, std::chrono::milliseconds patience)
        : m_context(context)
        , m_patience(patience) {}

    /// `answer`, or `otherwise` when that comes too late.
    QFuture<Response> inTime(const QFuture<Response> &answer, Response otherwise);
    /// Gives the answers whose time is over; to be called every now and then from one thread.
    void look();
    std::size_t underWay() const { return *m_underWay; }

private:
    struct Entry {
        std::chrono::steady_clock::time_point until;
        std::atomic<bool> given{false};
        QPromise<Response> promise;
        Response otherwise;

        void give(const Response &response);
    };

    QObject *const m_context;
    const std::chrono::milliseconds m_patience;
    const std::shared_ptr<std::atomic<std::size_t>> m_underWay = std::make_shared<std::atomic<std::size_t>>(0); ///< outlives this
    std::mutex m_mutex;
    std::deque<std::shared_ptr<Entry>> m_entries; ///< all wait equally long: the first is over first
};

} // namespace songda::doors
