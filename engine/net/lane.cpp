// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/lane.h"

#include "engine/net/qnam_exchange.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <algorithm>

namespace songda::net {

namespace {
constexpr std::chrono::milliseconds tickInterval{100};
/// Idle kept-alive connections are dropped after this many ticks: WeChat closes them after a time it does
/// not publish, and a send on a connection that is just being closed has an uncertain end
/// (wechat-api.md section 11).
constexpr int idleTicksBeforeDrop = 40;
} // namespace

Lane::Lane(HttpPort::FinishedHandler finished, QList<QSslCertificate> extraRoots)
    : m_finished(std::move(finished))
    , m_requests(std::move(extraRoots)) {
    m_tick.setInterval(tickInterval);
    connect(&m_tick, &QTimer::timeout, this, &Lane::onTick);
    m_tick.start();
}

Lane::~Lane() {
    // Whoever still waits must get an answer: a destroyed manager drops its replies without a word.
    std::vector<ExchangeId> ids;
    for (const auto &[id, running] : m_running)
        ids.push_back(id);
    for (const ExchangeId id : ids)
        cancel(id);
    for (auto &[key, peer] : m_peers) {
        for (Waiting &w : peer.waiting) {
            HttpResponse response;
            response.failure = HttpFailure::Cancelled;
            m_results.push_back({w.id, std::move(response)});
        }
        peer.waiting.clear();
    }
    // Cancelled exchanges report through a queued call; the loop is ending, so settle them here.
    for (auto &[id, running] : m_running) {
        HttpResponse response;
        response.failure = HttpFailure::Cancelled;
        response.phase = WirePhase::Written;
        m_results.push_back({id, std::move(response)});
    }
    m_byReply.clear();
    m_running.clear();
    flush();
    m_peers.clear(); // while there is still a table for what the managers might say
}

void Lane::setConnections(PeerKey key, int connections) {
    Peer &peer = m_peers[key];
    peer.connections = std::max(1, connections);
    // Shrinking closes nothing under way: managers without capacity just get no more work.
    int left = peer.connections;
    for (auto &manager : peer.managers) {
        manager->capacity = std::clamp(left, 0, connectionsPerManager);
        left -= manager->capacity;
    }
}

void Lane::start(PeerKey key, ExchangeId id, HttpRequest request) {
    // The library would open files and resources as well.
    if (!request.url.starts_with("http://") && !request.url.starts_with("https://")) {
        HttpResponse response;
        response.failure = HttpFailure::Other;
        m_results.push_back({id, std::move(response)});
        postFlush();
        return;
    }
    Peer &peer = m_peers[key];
    Waiting waiting{id, std::move(request)};
    if (Manager *manager = peer.waiting.empty() ? freeManager(peer) : nullptr)
        launch(key, *manager, std::move(waiting));
    else
        peer.waiting.push_back(std::move(waiting));
}

Lane::Manager *Lane::freeManager(Peer &peer) {
    // The first one with room: few warm connections serve better than many cold ones.
    int capacity = 0;
    for (auto &manager : peer.managers) {
        capacity += manager->capacity;
        if (manager->inFlight < manager->capacity)
            return manager.get();
    }
    if (capacity >= peer.connections)
        return nullptr;
    auto manager = std::make_unique<Manager>();
    manager->capacity = std::min(connectionsPerManager, peer.connections - capacity);
    manager->qnam = std::make_unique<QNetworkAccessManager>();
    manager->qnam->setAutoDeleteReplies(false);
    manager->qnam->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    manager->qnam->setStrictTransportSecurityEnabled(false);
    connect(manager->qnam.get(), &QNetworkAccessManager::finished, this, [this](QNetworkReply *reply) {
        if (QnamExchange *exchange = exchangeOf(reply))
            exchange->onFinished();
    });
    connect(manager->qnam.get(), &QNetworkAccessManager::sslErrors, this, [this](QNetworkReply *reply) {
        if (QnamExchange *exchange = exchangeOf(reply))
            exchange->onTlsErrors();
    });
    peer.managers.push_back(std::move(manager));
    return peer.managers.back().get();
}

void Lane::launch(PeerKey key, Manager &manager, Waiting waiting) {
    ++manager.inFlight;
    manager.warm = true;
    manager.idleTicks = 0;
    const ExchangeId id = waiting.id;
    auto exchange = std::make_unique<QnamExchange>(*manager.qnam, id, waiting.request, m_requests.of(waiting.request),
        [this](QnamExchange *ended, HttpResponse response) { onDone(ended->id(), std::move(response)); });
    m_byReply.emplace(exchange->reply(), exchange.get());
    m_running.emplace(id, Running{std::move(exchange), key, &manager});
}

QnamExchange *Lane::exchangeOf(const QNetworkReply *reply) const {
    const auto it = m_byReply.find(reply);
    return it == m_byReply.end() ? nullptr : it->second;
}

void Lane::cancel(ExchangeId id) {
    if (const auto it = m_running.find(id); it != m_running.end()) {
        it->second.exchange->cancel();
        return;
    }
    for (auto &[key, peer] : m_peers) {
        const auto it = std::find_if(peer.waiting.begin(), peer.waiting.end(), [id](const Waiting &w) { return w.id == id; });
        if (it == peer.waiting.end())
            continue;
        peer.waiting.erase(it);
        HttpResponse response;
        response.failure = HttpFailure::Cancelled;
        m_results.push_back({id, std::move(response)});
        flush();
        return;
    }
}

void Lane::onDone(ExchangeId id, HttpResponse response) {
    const auto it = m_running.find(id);
    if (it == m_running.end())
        return;
    const PeerKey key = it->second.peer;
    Manager *manager = it->second.manager;
    m_byReply.erase(it->second.exchange->reply());
    m_ended.push_back(std::move(it->second.exchange));
    m_running.erase(it);
    --manager->inFlight;
    m_results.push_back({id, std::move(response)});

    Peer &peer = m_peers[key];
    if (!peer.waiting.empty() && manager->inFlight < manager->capacity) {
        Waiting next = std::move(peer.waiting.front());
        peer.waiting.pop_front();
        launch(key, *manager, std::move(next));
    }
    postFlush();
}

void Lane::postFlush() {
    // One list for all that ended in this turn of the loop.
    if (m_flushPosted)
        return;
    m_flushPosted = true;
    QMetaObject::invokeMethod(this, &Lane::flush, Qt::QueuedConnection);
}

void Lane::flush() {
    m_flushPosted = false;
    m_ended.clear();
    if (!m_results.empty())
        m_finished(std::exchange(m_results, {}));
}

void Lane::onTick() {
    // By id: ending an exchange may launch the next one and change the table under an iterator.
    std::vector<ExchangeId> ids;
    ids.reserve(m_running.size());
    for (const auto &[id, running] : m_running)
        ids.push_back(id);
    for (const ExchangeId id : ids) {
        if (const auto it = m_running.find(id); it != m_running.end())
            it->second.exchange->checkDeadlines();
    }
    for (auto &[key, peer] : m_peers) {
        for (auto &manager : peer.managers) {
            if (manager->inFlight > 0 || !manager->warm)
                continue;
            if (++manager->idleTicks >= idleTicksBeforeDrop) {
                manager->qnam->clearConnectionCache();
                manager->warm = false;
            }
        }
    }
}

} // namespace songda::net
