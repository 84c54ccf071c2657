// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/http_port.h"
#include "engine/net/qt_requests.h"

#include <QObject>
#include <QTimer>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

class QNetworkAccessManager;
class QNetworkReply;

namespace songda::net {

class QnamExchange;

/// What one worker thread does: a few network managers per peer, each with at most as many exchanges as it
/// has connections (six: Qt 6.4 cannot be told otherwise, and queues the rest inside, where its time-out
/// already runs). All functions on the lane's thread.
class Lane final : public QObject {
    Q_OBJECT
public:
    static constexpr int connectionsPerManager = 6;

    Lane(HttpPort::FinishedHandler finished, QList<QSslCertificate> extraRoots);
    ~Lane() override;

    void setConnections(PeerKey peer, int connections);
    void start(PeerKey peer, ExchangeId id, HttpRequest request);
    void cancel(ExchangeId id);

private:
    struct Manager {
        std::unique_ptr<QNetworkAccessManager> qnam;
        std::string proxy; ///< of all its exchanges that are in flight
        int capacity = connectionsPerManager;
        int inFlight = 0;
        bool warm = false; ///< may hold kept-alive connections
        int idleTicks = 0;
    };
    struct Waiting {
        ExchangeId id = 0;
        HttpRequest request;
    };
    struct Peer {
        int connections = connectionsPerManager;
        std::vector<std::unique_ptr<Manager>> managers;
        std::deque<Waiting> waiting;
    };
    struct Running {
        std::unique_ptr<QnamExchange> exchange;
        PeerKey peer;
        Manager *manager = nullptr;
    };

    Manager *freeManager(Peer &peer, const std::string &proxy);
    void launchWaiting(PeerKey key, Peer &peer);
    QnamExchange *exchangeOf(const QNetworkReply *reply) const;
    void launch(PeerKey key, Manager &manager, Waiting waiting);
    void onDone(ExchangeId id, HttpResponse response);
    void onTick();
    void postFlush();
    void flush();

    const HttpPort::FinishedHandler m_finished;
    QtRequests m_requests;
    std::map<PeerKey, Peer> m_peers;
    std::unordered_map<ExchangeId, Running> m_running;
    std::unordered_map<const QNetworkReply *, QnamExchange *> m_byReply; ///< of m_running
    std::vector<std::unique_ptr<QnamExchange>> m_ended; ///< freed on the next turn: they are on the call stack
    std::vector<Finished> m_results;
    bool m_flushPosted = false;
    QTimer m_tick{this}; ///< a child, so that it moves to the lane's thread with it
};

} // namespace songda::net
