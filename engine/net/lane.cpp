// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/lane.h"

#include "engine/net/proxy_address.h"
#include "engine/net/qnam_exchange.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <algorithm>

namespace songda::net {

namespace {
constexpr std::chrono::milliseconds tickInterval{100};
/// Idle kept-alive connections are dropped after this many ticks: WeChat closes them after a time it does
/// not publish, and a send on a connection that is just being closed has an uncertain end
/// (wechat-api.md section 11).
constexpr int idleTicksBeforeDrop = 40;

/// In the library's form. Always a tunnel: a proxy that reads requests could repeat them. The name of the peer is the
/// proxy's to resolve.
QNetworkProxy libraryProxy(const ProxyAddress &address) {
    const bool http = address.kind == ProxyAddress::Kind::Http;
    QNetworkProxy proxy(http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy, QString::fromStdString(address.host), address.port);
    proxy.setCapabilities(QNetworkProxy::TunnelingCapability | QNetworkProxy::HostNameLookupCapability);
    if (http)
        proxy.setRawHeader("User-Agent", "Songda");
    return proxy;
}

/// The end of a request that was not begun.
HttpResponse unusable(HttpFailure why) {
    HttpResponse response;
    response.failure = why;
    return response;
}
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
    const bool badUrl = !request.url.starts_with("http://") && !request.url.starts_with("https://");
    // What cannot be read as a proxy must not become a way without one.
    if (badUrl || (!request.proxy.empty() && !readProxy(request.proxy))) {
        m_results.push_back({id, unusable(badUrl ? HttpFailure::Other : HttpFailure::Proxy)});
        postFlush();
        return;
    }
    Peer &peer = m_peers[key];
    Waiting waiting{id, std::move(request)};
    if (Manager *manager = peer.waiting.empty() ? freeManager(peer, waiting.request.proxy) : nullptr)
        launch(key, *manager, std::move(waiting));
    else
        peer.waiting.push_back(std::move(waiting));
}

Lane::Manager *Lane::freeManager(Peer &peer, const std::string &proxy) {
    // The first one with room: few warm connections serve better than many cold ones.
    int capacity = 0;
    Manager *idle = nullptr;
    for (auto &manager : peer.managers) {
        capacity += manager->capacity;
        if (manager->proxy == proxy && manager->inFlight < manager->capacity)
            return manager.get();
        if (manager->inFlight == 0 && manager->capacity > 0)
            idle = manager.get();
    }
    if (capacity >= peer.connections) {
        // The library asks for the proxy a turn after a request was handed over: it changes only while there is none. Kept
        // connections are found again by their proxy as well, so none of another is used.
        if (idle != nullptr) {
            const auto address = readProxy(proxy);
            idle->qnam->setProxy(address ? libraryProxy(*address) : QNetworkProxy(QNetworkProxy::NoProxy));
            idle->proxy = proxy;
        }
        return idle;
    }
    auto manager = std::make_unique<Manager>();
    manager->capacity = std::min(connectionsPerManager, peer.connections - capacity);
    manager->qnam = std::make_unique<QNetworkAccessManager>();
    manager->qnam->setAutoDeleteReplies(false);
    manager->qnam->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    manager->qnam->setStrictTransportSecurityEnabled(false);
    manager->proxy = proxy;
    if (const auto address = readProxy(proxy))
        manager->qnam->setProxy(libraryProxy(*address));
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

    launchWaiting(key, m_peers[key]);
    postFlush();
}

void Lane::launchWaiting(PeerKey key, Peer &peer) {
    // As many as there is room for: a manager may become free for another proxy only when the last of its exchanges ends.
    while (!peer.waiting.empty()) {
        Manager *manager = freeManager(peer, peer.waiting.front().request.proxy);
        if (manager == nullptr)
            return;
        Waiting next = std::move(peer.waiting.front());
        peer.waiting.pop_front();
        launch(key, *manager, std::move(next));
    }
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
