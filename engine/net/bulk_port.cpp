// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/bulk_port.h"

#include "engine/net/curl_exchange.h"
#include "engine/net/curl_loop.h"

#include <algorithm>
#include <utility>

namespace songda::net {

namespace {
constexpr int mostConnections = 480;
} // namespace

BulkPort::BulkPort(std::string extraRootsPem, FinishedHandler finished)
    : m_extraRoots(std::move(extraRootsPem))
    , m_finished(std::move(finished)) {
    initialiseCurl();
    m_loop = std::make_unique<CurlLoop>();
    m_thread = std::thread([this] { run(); });
}

BulkPort::~BulkPort() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_loop->wake();
    m_thread.join();
}

void BulkPort::setConnections(PeerKey peer, int connections) {
    post({Command::Kind::Connections, peer, 0, std::clamp(connections, 1, mostConnections), {}});
}

void BulkPort::start(PeerKey peer, ExchangeId id, HttpRequest request) {
    post({Command::Kind::Start, peer, id, 0, std::move(request)});
}

void BulkPort::cancel(ExchangeId id) { post({Command::Kind::Cancel, {}, id, 0, {}}); }

void BulkPort::post(Command command) {
    bool wake = false;
    {
        const std::lock_guard lock(m_mutex);
        wake = m_commands.empty();
        m_commands.push_back(std::move(command));
    }
    // One wake-up for all that gather until the thread looks.
    if (wake)
        m_loop->wake();
}

void BulkPort::run() {
    while (takeCommands()) {
        m_loop->turn();
        collect();
        if (!m_results.empty())
            m_finished(std::exchange(m_results, {}));
    }
    endAll();
}

bool BulkPort::takeCommands() {
    std::vector<Command> commands;
    bool ending = false;
    {
        const std::lock_guard lock(m_mutex);
        commands.swap(m_commands);
        ending = m_ending;
    }
    for (Command &command : commands)
        obey(std::move(command));
    return !ending;
}

void BulkPort::obey(Command command) {
    switch (command.kind) {
    case Command::Kind::Connections: {
        m_peers[command.peer].connections = command.connections;
        long total = 0;
        for (const auto &[key, peer] : m_peers)
            total += peer.connections;
        m_loop->setConnections(total);
        launch(command.peer, m_peers[command.peer]);
        break;
    }
    case Command::Kind::Start: {
        Peer &peer = m_peers[command.peer];
        peer.waiting.emplace_back(command.id, std::move(command.request));
        launch(command.peer, peer);
        break;
    }
    case Command::Kind::Cancel: cancelNow(command.id); break;
    }
}

void BulkPort::launch(PeerKey key, Peer &peer) {
    while (peer.running < peer.connections && !peer.waiting.empty()) {
        auto [id, request] = std::move(peer.waiting.front());
        peer.waiting.pop_front();
        std::unique_ptr<CurlExchange> exchange;
        if (m_idle.empty()) {
            exchange = std::make_unique<CurlExchange>(m_extraRoots);
        } else {
            exchange = std::move(m_idle.back());
            m_idle.pop_back();
        }
        exchange->prepare(key, id, std::move(request));
        ++peer.running;
        CurlExchange *prepared = exchange.get();
        m_running.emplace(id, std::move(exchange));
        if (!m_loop->add(prepared->handle()))
            end(prepared, prepared->conclude(CURLE_FAILED_INIT));
    }
}

void BulkPort::collect() {
    CURLcode code = CURLE_OK;
    while (CURL *easy = m_loop->takeEnded(code)) {
        CurlExchange *exchange = nullptr;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, &exchange);
        HttpResponse response = exchange->conclude(code);
        m_loop->remove(easy);
        end(exchange, std::move(response));
    }
}

void BulkPort::end(CurlExchange *exchange, HttpResponse response) {
    const auto it = m_running.find(exchange->id());
    m_results.push_back({exchange->id(), std::move(response)});
    const PeerKey key = exchange->peer();
    m_idle.push_back(std::move(it->second));
    m_running.erase(it);
    Peer &peer = m_peers[key];
    --peer.running;
    launch(key, peer);
}

void BulkPort::cancelNow(ExchangeId id) {
    if (const auto it = m_running.find(id); it != m_running.end()) {
        CurlExchange *exchange = it->second.get();
        HttpResponse response = exchange->cancelled();
        m_loop->remove(exchange->handle());
        end(exchange, std::move(response));
        return;
    }
    for (auto &[key, peer] : m_peers) {
        const auto it = std::find_if(peer.waiting.begin(), peer.waiting.end(), [id](const auto &w) { return w.first == id; });
        if (it == peer.waiting.end())
            continue;
        peer.waiting.erase(it);
        HttpResponse response;
        response.failure = HttpFailure::Cancelled;
        m_results.push_back({id, std::move(response)});
        return;
    }
}

void BulkPort::endAll() {
    // Whoever still waits gets an answer; nothing new begins.
    for (auto &[key, peer] : m_peers) {
        for (const auto &[id, request] : std::exchange(peer.waiting, {})) {
            HttpResponse response;
            response.failure = HttpFailure::Cancelled;
            m_results.push_back({id, std::move(response)});
        }
    }
    while (!m_running.empty())
        cancelNow(m_running.begin()->first);
    if (!m_results.empty())
        m_finished(std::exchange(m_results, {}));
}

} // namespace songda::net
