// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/acting_as.h"
#include "engine/model/error.h"
#include "engine/store/database.h"

#include <QFuture>
#include <QPromise>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace songda {

/// A few threads with a read-only connection each: queries run here, never on the GUI or engine thread. Who cancels the future
/// gets no answer, and the thread is free for the next query within a fraction of a millisecond, wherever this one was.
class ReaderPool {
public:
    ReaderPool(std::string path, int threads);
    ~ReaderPool();
    ReaderPool(const ReaderPool &) = delete;
    ReaderPool &operator=(const ReaderPool &) = delete;

    template <class T> QFuture<Result<T>> run(std::function<Result<T>(store::Database &)> query) {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto future = promise->future();
        // Who asks from a job asks in the name that the job was begun in, also when the screen has somebody else by then.
        const auto by = ActingAs::now() ? std::make_shared<const Session>(*ActingAs::now()) : std::shared_ptr<const Session>();
        submit({[promise] { return promise->isCanceled(); }, [promise, by, query = std::move(query)](Result<store::Database *> database) {
            // A query that throws (out of memory) must not end the thread, and its asker gets an answer.
            try {
                const auto acting = by ? std::make_unique<ActingAs>(*by) : std::unique_ptr<ActingAs>();
                promise->addResult(database ? query(**database) : Result<T>(tl::unexpected(database.error())));
            } catch (const std::exception &e) {
                promise->addResult(Result<T>(fail(ErrorCode::Internal, std::string("a query failed: ") + e.what())));
            }
            promise->finish();
        }});
        return future;
    }

private:
    struct Task {
        std::function<bool()> isUnwanted;
        std::function<void(Result<store::Database *>)> answer;
    };
    void submit(Task task);
    void loop();

    const std::string m_path;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace songda
