// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/reopener.h"

#include <utility>

namespace songda::simulator {

Reopener::Reopener(std::function<void()> action)
    : m_action(std::move(action)) {
    m_thread = std::thread{[this] { run(); }};
}

Reopener::~Reopener() {
    stop();
}

void Reopener::after(std::chrono::milliseconds delay) {
    const std::lock_guard lock{m_mutex};
    m_due = delay.count() > 0 ? std::optional{std::chrono::steady_clock::now() + delay} : std::nullopt;
    m_changed.notify_all();
}

void Reopener::stop() {
    {
        const std::lock_guard lock{m_mutex};
        m_stopping = true;
        m_changed.notify_all();
    }
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void Reopener::run() {
    std::unique_lock lock{m_mutex};
    while (!m_stopping) {
        if (!m_due) {
            m_changed.wait(lock);
        } else if (std::chrono::steady_clock::now() < *m_due) {
            m_changed.wait_until(lock, *m_due);
        } else {
            m_due.reset();
            lock.unlock();
            m_action();
            lock.lock();
        }
    }
}

} // namespace songda::simulator
