// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/delivery/dispatcher.h"

#include <algorithm>

namespace songda::delivery {

Dispatcher::Dispatcher(Ports ports, const ErrorCatalogue &catalogue, Random random, RunId run)
    : m_ports(ports)
    , m_random(std::move(random))
    , m_context{ports.transport, ports.journal, catalogue, m_random, run, [this] { return ++m_lastId; }, EvenTime{ports.clock.now()}} {}

void Dispatcher::setAccounts(std::vector<AccountConfig> accounts) {
    const Now now = m_ports.clock.now();
    for (AccountConfig &config : accounts) {
        const AccountId id = config.account.id;
        if (const auto it = m_lanes.find(id); it != m_lanes.end()) {
            it->second->reconfigure(std::move(config), now);
            continue;
        }
        auto lane = std::make_unique<AccountLane>(std::move(config), m_context, now);
        lane->setPaused(m_paused);
        if (m_stopping)
            lane->stop(now);
        m_lanes.emplace(id, std::move(lane));
    }
    pumpAll();
}

void Dispatcher::onResponses(const std::vector<std::pair<ExchangeId, HttpResponse>> &responses) {
    const Now now = m_ports.clock.now();
    for (const auto &[exchange, response] : responses) {
        for (auto &[id, lane] : m_lanes) {
            if (lane->onResponse(exchange, response, now))
                break;
        }
    }
    pumpAll();
}

void Dispatcher::onClaimed(Ticket ticket, Result<ClaimReply> reply) {
    const Now now = m_ports.clock.now();
    for (auto &[id, lane] : m_lanes) {
        if (lane->ownsClaim(ticket)) {
            lane->onClaimed(std::move(reply), now);
            break;
        }
    }
    pumpAll();
}

void Dispatcher::onRecorded(Ticket ticket, const Result<int> &result) {
    const Now now = m_ports.clock.now();
    for (auto &[id, lane] : m_lanes) {
        if (lane->onRecorded(ticket, result, now))
            break;
    }
    pumpAll();
}

void Dispatcher::onHoldRecorded(AccountId account, const Result<void> &result) {
    if (const auto it = m_lanes.find(account); it != m_lanes.end())
        it->second->onHoldRecorded(result, m_ports.clock.now());
    if (!result)
        pumpAll();
}

void Dispatcher::onJournalFailed(const std::string &why) {
    const Now now = m_ports.clock.now();
    for (auto &[id, lane] : m_lanes)
        lane->onJournalFailed(why, now);
    pumpAll();
}

void Dispatcher::onTimer() { pumpAll(); }

void Dispatcher::onWorkChanged() {
    for (auto &[id, lane] : m_lanes)
        lane->workMayBeDue();
    pumpAll();
}

void Dispatcher::onHoldsChanged() {
    for (auto &[id, lane] : m_lanes) {
        lane->holdsMayHaveChanged();
        lane->workMayBeDue();
    }
    pumpAll();
}

bool Dispatcher::refreshToken(AccountId account) {
    const auto it = m_lanes.find(account);
    return it != m_lanes.end() && it->second->refreshToken(m_ports.clock.now());
}

void Dispatcher::setPaused(bool paused) {
    m_paused = paused;
    for (auto &[id, lane] : m_lanes)
        lane->setPaused(paused);
    pumpAll();
}

void Dispatcher::stop() {
    m_stopping = true;
    const Now now = m_ports.clock.now();
    for (auto &[id, lane] : m_lanes)
        lane->stop(now);
}

void Dispatcher::cancelInFlight() {
    for (auto &[id, lane] : m_lanes)
        lane->cancelInFlight();
}

bool Dispatcher::isStopped() const {
    return m_stopping && std::all_of(m_lanes.begin(), m_lanes.end(), [](const auto &l) { return l.second->isQuiet(); });
}

bool Dispatcher::isDrained() const {
    const Now now = m_ports.clock.now();
    return std::all_of(m_lanes.begin(), m_lanes.end(), [&](const auto &l) { return l.second->isDrained(now); });
}

std::optional<SteadyTime> Dispatcher::nextWake() const {
    std::optional<SteadyTime> wake;
    for (const auto &[id, lane] : m_lanes) {
        const auto at = lane->nextWake();
        if (at && (!wake || *at < *wake))
            wake = at;
    }
    return wake;
}

void Dispatcher::fill(Snapshot &snapshot) const {
    const Now now = m_ports.clock.now();
    snapshot.running = !m_stopping;
    snapshot.paused = m_paused;
    Micros p50{0};
    Micros p95{0};
    Micros p99{0};
    for (const auto &[id, lane] : m_lanes) {
        snapshot.accepted += lane->totals().accepted;
        snapshot.failed += lane->totals().failed;
        snapshot.retried += lane->totals().retried;
        snapshot.inFlight += lane->inFlight();
        // The slowest account's percentiles: an average over accounts would hide it.
        p50 = std::max(p50, lane->latencies().percentile(now.steady, 0.50));
        p95 = std::max(p95, lane->latencies().percentile(now.steady, 0.95));
        p99 = std::max(p99, lane->latencies().percentile(now.steady, 0.99));
        if (!lane->journalProblem().empty())
            snapshot.problem = lane->journalProblem();
        snapshot.accounts.push_back(lane->snapshot(now));
        snapshot.ratePerSecond += snapshot.accounts.back().ratePerSecond;
    }
    snapshot.latencyP50 = std::chrono::duration_cast<Millis>(p50);
    snapshot.latencyP95 = std::chrono::duration_cast<Millis>(p95);
    snapshot.latencyP99 = std::chrono::duration_cast<Millis>(p99);
}

void Dispatcher::pumpAll() {
    const Now now = m_ports.clock.now();
    for (auto &[id, lane] : m_lanes)
        lane->pump(now);
}

} // namespace songda::delivery
