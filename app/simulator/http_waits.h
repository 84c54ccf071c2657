// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

struct MHD_Connection;

namespace songda::simulator {

/// Connections that wait: for a moment (slow answers) or until the client gives up (answers that never come).
/// One thread serves them all. A connection is handed in suspended and is resumed exactly once.
class HttpWaits {
public:
    using Clock = std::chrono::steady_clock;

    /// At most `mostHung` connections hang at a time; the oldest is let go for one more.
    explicit HttpWaits(std::size_t mostHung);
    ~HttpWaits();
    HttpWaits(const HttpWaits &) = delete;
    HttpWaits &operator=(const HttpWaits &) = delete;

    /// False once stopped: the caller resumes the connection itself.
    [[nodiscard]] bool delay(MHD_Connection *connection, Clock::time_point until);
    [[nodiscard]] bool hang(MHD_Connection *connection, int socket);

    /// Resumes everything that waits, and takes nothing more.
    void stop();

private:
    struct Delayed {
        Clock::time_point until;
        MHD_Connection *connection;
        bool operator>(const Delayed &other) const { return until > other.until; }
    };
    struct Hung {
        MHD_Connection *connection;
        int socket;
    };

    void run();
    void arm(Clock::time_point when);
    void release(std::uint64_t number, std::vector<MHD_Connection *> &released);
    void takeDue(std::vector<MHD_Connection *> &released);

    const std::size_t m_mostHung;
    int m_epoll = -1;
    int m_timer = -1;
    int m_wake = -1;

    std::mutex m_mutex; // guards all below
    bool m_stopped = false;
    std::priority_queue<Delayed, std::vector<Delayed>, std::greater<>> m_delayed;
    Clock::time_point m_armed = Clock::time_point::max();
    std::map<std::uint64_t, Hung> m_hung; ///< by number, oldest first
    std::uint64_t m_nextNumber = 16; ///< smaller ones name the thread's own descriptors

    std::thread m_thread;
};

} // namespace songda::simulator
