// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/http_port.h"

#include <QByteArray>
#include <QThread>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace songda::net {

class Lane;

/// The default HttpPort: lanes on worker threads, each with its network managers. Capacity in flight is
/// lanes x managers x 6; connections of a peer are spread over the lanes.
class LanePool final : public HttpPort {
public:
    struct Options {
        int lanes = 2; ///< worker threads, 1 .. 16
        QByteArray extraRootsPem; ///< certificates trusted beside the system's, for private test servers
    };

    LanePool(Options options, FinishedHandler finished);
    ~LanePool() override;

    void setConnections(PeerKey peer, int connections) override;
    void start(PeerKey peer, ExchangeId id, HttpRequest request) override;
    void cancel(ExchangeId id) override;

private:
    struct Command {
        enum class Kind { Start, Cancel } kind = Kind::Start;
        PeerKey peer;
        ExchangeId id = 0;
        HttpRequest request;
    };
    struct Worker {
        QThread thread;
        Lane *lane = nullptr; ///< lives on `thread`
        std::mutex mutex;
        std::vector<Command> commands; ///< guarded by mutex
        std::map<PeerKey, int> capacity; ///< caller's thread only
        std::map<PeerKey, int> load; ///< guarded by mutex
    };

    void post(std::size_t worker, Command command);
    void drain(Worker &worker);
    std::size_t pick(PeerKey peer);

    FinishedHandler m_finished;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::mutex m_mutex;
    std::unordered_map<ExchangeId, std::pair<std::size_t, PeerKey>> m_where; ///< guarded by m_mutex
};

} // namespace songda::net
