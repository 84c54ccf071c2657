// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/simulated_transport.h"

#include "engine/model/hash.h"
#include "tests/simulation/faulty_vfs.h"

#include <algorithm>

namespace songda::simulation {

void SimulatedTransport::attach(
    delivery::Dispatcher &dispatcher, store::Database reader, RunId run, std::function<void()> called) {
    ++m_life;
    m_dispatcher = &dispatcher;
    m_called = std::move(called);
    m_reader.emplace(std::move(reader));
    m_run = run;
}

void SimulatedTransport::detach() {
    ++m_life;
    m_reader.reset();
    // What the kernel had taken over may still arrive; the rest is cut off with the process.
    for (auto it = m_flights.begin(); it != m_flights.end();) {
        if (!it->second.arrived && m_random.unit() < 0.5)
            it = m_flights.erase(it);
        else
            ++it;
    }
    std::vector<FakeWeChat::Exchange> arriving;
    for (const auto &[id, flight] : m_flights) {
        if (!flight.arrived)
            arriving.push_back(flight.exchange);
    }
    m_flights.clear();
    m_perRecipient.clear();
    for (const FakeWeChat::Exchange &exchange : arriving)
        m_events.at(m_clock.elapsed() + latency() / 2, [this, exchange] { m_wechat.arrive(exchange, m_clock.elapsed()); });
}

Micros SimulatedTransport::latency() {
    const auto span = static_cast<double>((m_latencies.longest - m_latencies.shortest).count());
    return m_latencies.shortest + Micros{static_cast<Micros::rep>(span * m_random.unit())};
}

void SimulatedTransport::checkWriteAhead(const SendCall &call) {
    const FaultyVfs::Undisturbed look;
    auto found = m_reader->cached("SELECT a.phase, m.claim_run, m.state FROM message m JOIN attempt a"
                                  " ON a.message_id = m.id AND a.n = m.attempts"
                                  " WHERE m.recipient_hash = ?1 AND m.client_msg_id = ?2");
    if (!found) {
        problem("the journal cannot be read: " + found.error().detail);
        return;
    }
    store::Statement &s = **found;
    const std::int64_t hash = storedHash(call.openid);
    s.bindAll(hash, call.clientMsgId);
    const store::StatementScope scope(s);
    const auto row = s.step();
    if (!row || !*row)
        problem("a POST for " + call.openid + " has no attempt row");
    else if (s.integer(0) != 0 || s.integer(2) != 2 || s.integer(1) != m_run.value)
        problem("a POST for " + call.openid + " left in state " + s.string(2) + ", phase " + s.string(0) + ", owner " + s.string(1));
}

void SimulatedTransport::post(AccountId account, delivery::ExchangeId id, HttpRequest request) {
    const Micros now = m_clock.elapsed();
    Flight flight{account, m_wechat.begin(request, now), now, false, false};
    const FakeWeChat::Exchange exchange = flight.exchange;
    if (!m_flights.emplace(id, std::move(flight)).second)
        problem("one exchange id was used twice");
    if (exchange.isSend()) {
        m_postTimes.push_back(now);
        checkWriteAhead(exchange.send);
        if (++m_perRecipient[{account, exchange.send.openid}] > 1)
            problem("two requests at once for " + exchange.send.openid);
        int running = 0;
        for (const auto &[other, f] : m_flights)
            running += f.account == account && f.exchange.isSend() ? 1 : 0;
        m_mostInFlight = std::max(m_mostInFlight, running);
        if (running > m_connections[account])
            problem(std::to_string(running) + " requests over " + std::to_string(m_connections[account]) + " connections");
    }

    const int life = m_life;
    if (exchange.behaviour.ending == Behaviour::Ending::Refuses) {
        ++m_refused;
        m_events.at(now + latency() / 4, [this, id, life] {
            HttpResponse response;
            response.failure = HttpFailure::ConnectionRefused;
            respond(id, life, std::move(response));
        });
        return;
    }
    const Micros arrival = now + std::max(Micros{1}, latency() / 2);
    const Micros back = std::max(Micros{1}, latency() / 2);
    const Micros deadline = now + request.deadline;
    m_events.at(deadline, [this, id, life] {
        HttpResponse response;
        response.phase = WirePhase::Written;
        response.failure = HttpFailure::Timeout;
        respond(id, life, std::move(response));
    });
    m_events.at(arrival, [this, id, life, back] {
        const auto it = m_flights.find(id);
        if (life != m_life || it == m_flights.end() || it->second.cutOff)
            return;
        it->second.arrived = true;
        const FakeWeChat::Exchange arrived = it->second.exchange;
        auto response = m_wechat.arrive(arrived, m_clock.elapsed());
        if (!response && arrived.behaviour.ending != Behaviour::Ending::Closes)
            return; // silence until the deadline
        if (!response) {
            response.emplace();
            response->phase = WirePhase::Written;
            response->failure = HttpFailure::Closed;
        }
        m_events.at(m_clock.elapsed() + back, [this, id, life, response = *response] { respond(id, life, response); });
    });
}

void SimulatedTransport::cancel(delivery::ExchangeId id) {
    const auto it = m_flights.find(id);
    if (it == m_flights.end())
        return;
    HttpResponse response;
    response.failure = HttpFailure::Cancelled;
    response.phase = it->second.arrived ? WirePhase::Written : WirePhase::NotWritten;
    it->second.cutOff = true; // now; the word of it comes a little later
    m_events.at(m_clock.elapsed() + Micros{100}, [this, id, life = m_life, response] { respond(id, life, response); });
}

void SimulatedTransport::respond(delivery::ExchangeId id, int life, HttpResponse response) {
    const auto it = m_flights.find(id);
    if (life != m_life || it == m_flights.end())
        return;
    response.latency = m_clock.elapsed() - it->second.posted;
    if (it->second.exchange.isSend())
        --m_perRecipient[{it->second.account, it->second.exchange.send.openid}];
    m_flights.erase(it);
    m_dispatcher->onResponses({{id, std::move(response)}});
    m_called();
}

} // namespace songda::simulation
