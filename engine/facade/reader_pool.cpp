// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/reader_pool.h"

#include "engine/store/migrations.h"

#include <optional>

namespace songda {

ReaderPool::ReaderPool(std::string path, int threads)
    : m_path(std::move(path)) {
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { loop(); });
}

ReaderPool::~ReaderPool() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads)
        thread.join();
}

void ReaderPool::submit(Task task) {
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void ReaderPool::loop() {
    std::optional<store::Database> database; // opened at first use, closed on its own thread
    for (;;) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || !m_tasks.empty(); });
            if (m_tasks.empty())
                return; // what was asked is answered before the end
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        if (task.isUnwanted()) {
            task.answer(fail(ErrorCode::Cancelled, "nobody waits for the answer"));
            continue;
        }
        if (!database) {
            auto opened = store::Database::open(m_path, store::Database::Mode::ReadOnly, store::newestSchemaVersion());
            if (!opened) {
                task.answer(tl::unexpected(opened.error()));
                continue;
            }
            database.emplace(std::move(*opened));
        }
        database->stopWhen(task.isUnwanted);
        task.answer(&*database);
        database->stopWhen({});
    }
}

} // namespace songda
