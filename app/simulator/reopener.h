// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace songda::simulator {

/// Does one thing some time later, unless told otherwise before.
class Reopener {
public:
    explicit Reopener(std::function<void()> action);
    ~Reopener();
    Reopener(const Reopener &) = delete;
    Reopener &operator=(const Reopener &) = delete;

    /// Replaces an earlier time; 0 = not at all.
    void after(std::chrono::milliseconds delay);
    void stop();

private:
    void run();

    const std::function<void()> m_action;
    std::mutex m_mutex; // guards the two below
    std::optional<std::chrono::steady_clock::time_point> m_due;
    bool m_stopping = false;
    std::condition_variable m_changed;
    std::thread m_thread;
};

} // namespace songda::simulator
