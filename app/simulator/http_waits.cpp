// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/http_waits.h"

#include <microhttpd.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>

namespace songda::simulator {

namespace {

constexpr std::uint64_t timerNumber = 1;
constexpr std::uint64_t wakeNumber = 2;
/// Answers due this soon go out with the one that woke the thread: fewer wake-ups at high rates.
constexpr std::chrono::microseconds grouping{200};

void watch(int epoll, int descriptor, std::uint32_t events, std::uint64_t number) {
    epoll_event event{};
    event.events = events;
    event.data.u64 = number;
    epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

} // namespace

HttpWaits::HttpWaits(std::size_t mostHung)
    : m_mostHung(mostHung)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_timer(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC))
    , m_wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    watch(m_epoll, m_timer, EPOLLIN, timerNumber);
    watch(m_epoll, m_wake, EPOLLIN, wakeNumber);
    m_thread = std::thread{[this] { run(); }};
}

HttpWaits::~HttpWaits() {
    stop();
    close(m_wake);
    close(m_timer);
    close(m_epoll);
}

bool HttpWaits::delay(MHD_Connection *connection, Clock::time_point until) {
    const std::lock_guard lock{m_mutex};
    if (m_stopped) {
        return false;
    }
    m_delayed.push({until, connection});
    if (until < m_armed) {
        arm(until);
    }
    return true;
}

bool HttpWaits::hang(MHD_Connection *connection, int socket) {
    std::vector<MHD_Connection *> released;
    {
        const std::lock_guard lock{m_mutex};
        if (m_stopped) {
            return false;
        }
        const std::uint64_t number = m_nextNumber++;
        m_hung.emplace(number, Hung{connection, socket});
        // The library does not watch a suspended connection, so its end is watched for here.
        watch(m_epoll, socket, EPOLLRDHUP, number);
        if (m_hung.size() > m_mostHung) {
            release(m_hung.begin()->first, released);
        }
    }
    for (MHD_Connection *oldest : released) {
        MHD_resume_connection(oldest);
    }
    return true;
}

void HttpWaits::stop() {
    std::vector<MHD_Connection *> released;
    {
        const std::lock_guard lock{m_mutex};
        if (m_stopped) {
            return;
        }
        m_stopped = true;
        while (!m_hung.empty()) {
            release(m_hung.begin()->first, released);
        }
        for (; !m_delayed.empty(); m_delayed.pop()) {
            released.push_back(m_delayed.top().connection);
        }
    }
    for (MHD_Connection *connection : released) {
        MHD_resume_connection(connection);
    }
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(m_wake, &one, sizeof one);
    m_thread.join();
}

void HttpWaits::arm(Clock::time_point when) {
    m_armed = when;
    itimerspec spec{};
    if (when != Clock::time_point::max()) {
        const auto since = when.time_since_epoch();
        const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
        spec.it_value.tv_sec = seconds.count();
        spec.it_value.tv_nsec = std::chrono::nanoseconds{since - seconds}.count();
    }
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &spec, nullptr);
}

void HttpWaits::release(std::uint64_t number, std::vector<MHD_Connection *> &released) {
    const auto found = m_hung.find(number);
    if (found == m_hung.end()) {
        return; // let go already, its event was still on the way
    }
    // Before resuming: afterwards the descriptor belongs to the library and may be closed any time.
    epoll_ctl(m_epoll, EPOLL_CTL_DEL, found->second.socket, nullptr);
    released.push_back(found->second.connection);
    m_hung.erase(found);
}

void HttpWaits::takeDue(std::vector<MHD_Connection *> &released) {
    std::uint64_t expirations = 0;
    [[maybe_unused]] const auto got = read(m_timer, &expirations, sizeof expirations);
    const auto until = Clock::now() + grouping;
    while (!m_delayed.empty() && m_delayed.top().until <= until) {
        released.push_back(m_delayed.top().connection);
        m_delayed.pop();
    }
    arm(m_delayed.empty() ? Clock::time_point::max() : m_delayed.top().until);
}

void HttpWaits::run() {
    std::array<epoll_event, 64> events{};
    std::vector<MHD_Connection *> released;
    while (true) {
        const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), -1);
        released.clear();
        {
            const std::lock_guard lock{m_mutex};
            if (m_stopped) {
                return;
            }
            for (int i = 0; i < count; ++i) {
                const std::uint64_t number = events[static_cast<std::size_t>(i)].data.u64;
                if (number == timerNumber) {
                    takeDue(released);
                } else if (number != wakeNumber) {
                    release(number, released);
                }
            }
        }
        for (MHD_Connection *connection : released) {
            MHD_resume_connection(connection);
        }
    }
}

} // namespace songda::simulator
