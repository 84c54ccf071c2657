// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/bulk_port.h"

#include "engine/net/curl_exchange.h"

#include <algorithm>
#include <new>
#include <utility>

namespace songda::net {

namespace {
constexpr int mostConnections = 480;
/// libcurl names the next time-out itself; this only bounds a wait in which nothing is under way.
constexpr int longestWaitMs = 1000;
} // namespace

class BulkPort::Multi {
public:
    Multi()
        : m_handle(curl_multi_init()) {
        if (!m_handle)
            throw std::bad_alloc();
        curl_multi_setopt(m_handle.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    }
    CURLM *get() const { return m_handle.get(); }
    /// Idle connections are kept up to this number.
    void setConnections(long total) {
        curl_multi_setopt(m_handle.get(), CURLMOPT_MAXCONNECTS, total);
        curl_multi_setopt(m_handle.get(), CURLMOPT_MAX_HOST_CONNECTIONS, total);
    }

private:
    struct Cleanup {
        void operator()(CURLM *handle) const { curl_multi_cleanup(handle); }
    };
    std::unique_ptr<CURLM, Cleanup> m_handle;
};

BulkPort::BulkPort(std::string extraRootsPem, FinishedHandler finished)
    : m_extraRoots(std::move(extraRootsPem))
    , m_finished(std::move(finished)) {
    initialiseCurl();
    m_multi = std::make_unique<Multi>();
    m_thread = std::thread([this] { run(); });
}

BulkPort::~BulkPort() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    curl_multi_wakeup(m_multi->get());
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
        curl_multi_wakeup(m_multi->get());
}

void BulkPort::run() {
    while (takeCommands()) {
        int running = 0;
        curl_multi_perform(m_multi->get(), &running);
        collect();
        if (!m_results.empty())
            m_finished(std::exchange(m_results, {}));
        curl_multi_poll(m_multi->get(), nullptr, 0, longestWaitMs, nullptr);
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
        m_multi->setConnections(total);
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
        if (curl_multi_add_handle(m_multi->get(), prepared->handle()) != CURLM_OK)
            end(prepared, prepared->conclude(CURLE_FAILED_INIT));
    }
}

void BulkPort::collect() {
    int left = 0;
    while (const CURLMsg *message = curl_multi_info_read(m_multi->get(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        CurlExchange *exchange = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
        HttpResponse response = exchange->conclude(message->data.result);
        curl_multi_remove_handle(m_multi->get(), exchange->handle());
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
        curl_multi_remove_handle(m_multi->get(), exchange->handle());
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
