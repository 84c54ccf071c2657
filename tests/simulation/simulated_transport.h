// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/delivery/dispatcher.h"
#include "engine/store/database.h"
#include "tests/simulation/event_queue.h"
#include "tests/simulation/fake_wechat.h"
#include "tests/simulation/virtual_clock.h"

#include <map>
#include <unordered_map>

namespace songda::simulation {

/// The Transport port in front of FakeWeChat: seeded latencies, deadlines, cancellation. At every post it
/// looks through a connection of its own whether the attempt is on record, and it keeps count of everything
/// that must stay within a limit.
class SimulatedTransport final : public delivery::Transport {
public:
    struct Latencies {
        Micros shortest{5'000};
        Micros longest{60'000};
    };
    SimulatedTransport(EventQueue &events, VirtualClock &clock, Random &random, FakeWeChat &wechat, Latencies latencies)
        : m_events(events)
        , m_clock(clock)
        , m_random(random)
        , m_wechat(wechat)
        , m_latencies(latencies) {}

    void attach(delivery::Dispatcher &dispatcher, store::Database reader, RunId run, std::function<void()> called);
    /// The process dies: no answer reaches anybody. What had left arrives, or is cut off, by chance.
    void detach();

    Latencies &latencies() { return m_latencies; }
    /// What should never have happened, in words.
    const std::vector<std::string> &problems() const { return m_problems; }
    /// True times of all posts of sends, refused ones included.
    const std::vector<Micros> &postTimes() const { return m_postTimes; }
    int posts() const { return static_cast<int>(m_postTimes.size()); }
    int inFlight() const { return static_cast<int>(m_flights.size()); }
    int mostInFlight() const { return m_mostInFlight; }
    int refused() const { return m_refused; }
    void forgetPosts() {
        m_postTimes.clear();
        m_mostInFlight = 0;
    }

    void configure(AccountId account, int connections, bool) override { m_connections[account] = connections; }
    void post(AccountId account, delivery::ExchangeId id, HttpRequest request) override;
    void cancel(delivery::ExchangeId id) override;

private:
    struct Flight {
        AccountId account;
        FakeWeChat::Exchange exchange;
        Micros posted{0};
        bool arrived = false;
        bool cutOff = false; ///< cancelled
    };

    Micros latency();
    void checkWriteAhead(const SendCall &call);
    void respond(delivery::ExchangeId id, int life, HttpResponse response);
    void problem(std::string words) { m_problems.push_back(std::move(words)); }

    EventQueue &m_events;
    VirtualClock &m_clock;
    Random &m_random;
    FakeWeChat &m_wechat;
    Latencies m_latencies;
    delivery::Dispatcher *m_dispatcher = nullptr;
    std::function<void()> m_called; ///< after each call of the dispatcher
    std::optional<store::Database> m_reader;
    RunId m_run;
    int m_life = 0;
    std::unordered_map<delivery::ExchangeId, Flight> m_flights;
    std::map<AccountId, int> m_connections;
    std::map<std::pair<AccountId, std::string>, int> m_perRecipient;
    std::vector<std::string> m_problems;
    std::vector<Micros> m_postTimes;
    int m_mostInFlight = 0;
    int m_refused = 0;
};

} // namespace songda::simulation
