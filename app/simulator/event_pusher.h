// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/event_report.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <string>
#include <thread>
#include <vector>

namespace songda::simulator {

/// What became of the reports so far.
struct PushCounts {
    std::uint64_t due = 0; ///< reports to be made, copies apart
    std::uint64_t answered = 0; ///< 200 with `success` or nothing
    std::uint64_t tries = 0; ///< POSTs
    std::uint64_t givenUp = 0; ///< three tries in vain, as the platform's rule is
    std::uint64_t dropped = 0; ///< never made, as told
    std::uint64_t waiting = 0;
};

/// Reports over HTTP what became of messages, as the platform does by itself: in at most five seconds each, three
/// tries. Thread-safe.
class EventPusher {
public:
    EventPusher(std::function<TimePoint()> clock, std::function<std::string()> appid);
    ~EventPusher();
    EventPusher(const EventPusher &) = delete;
    EventPusher &operator=(const EventPusher &) = delete;

    /// Nothing: no reports, and those that wait are forgotten.
    void setTarget(std::optional<EventTarget> target);
    /// A message was taken.
    void report(std::string_view openid, std::uint64_t msgid);
    PushCounts counts() const;
    void stop();

private:
    struct Due {
        std::chrono::steady_clock::time_point at;
        std::uint64_t number = 0;
        EventReport report;
        std::string_view status;
        std::shared_ptr<const EventTarget> target;

        bool operator<(const Due &other) const {
            return at != other.at ? at > other.at : number > other.number;
        }
    };

    void run(std::uint64_t seed);

    const std::function<TimePoint()> m_clock;
    const std::function<std::string()> m_appid;
    std::atomic<bool> m_on{false};
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::shared_ptr<const EventTarget> m_target;
    std::priority_queue<Due> m_due;
    std::uint64_t m_number = 0;
    PushCounts m_counts;
    std::atomic<bool> m_stopping{false};
    std::vector<std::thread> m_threads; ///< begun with the first target
};

} // namespace songda::simulator
