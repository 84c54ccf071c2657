// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/http_port.h"

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace songda::net {

class CurlExchange;
class CurlLoop;

/// The bulk transport: libcurl's multi interface, one thread, hundreds of kept-alive connections. An exchange costs
/// a tenth of what it costs with network managers; the promises are those of HttpPort.
class BulkPort final : public HttpPort {
public:
    /// `extraRootsPem`: certificates trusted beside the system's, for private test servers.
    BulkPort(std::string extraRootsPem, FinishedHandler finished);
    ~BulkPort() override;

    void setConnections(PeerKey peer, int connections) override;
    void start(PeerKey peer, ExchangeId id, HttpRequest request) override;
    void cancel(ExchangeId id) override;

private:
    struct Command {
        enum class Kind { Start, Cancel, Connections } kind = Kind::Start;
        PeerKey peer;
        ExchangeId id = 0;
        int connections = 0;
        HttpRequest request;
    };
    struct Peer {
        int connections = 6;
        int running = 0;
        std::deque<std::pair<ExchangeId, HttpRequest>> waiting;
    };

    void post(Command command);
    // On the port's thread:
    void run();
    bool takeCommands(); ///< false when it is time to end
    void obey(Command command);
    void launch(PeerKey key, Peer &peer);
    void collect();
    void end(CurlExchange *exchange, HttpResponse response);
    void cancelNow(ExchangeId id);
    void endAll();

    const std::string m_extraRoots;
    const FinishedHandler m_finished;
    std::unique_ptr<CurlLoop> m_loop;
    std::map<PeerKey, Peer> m_peers;
    std::unordered_map<ExchangeId, std::unique_ptr<CurlExchange>> m_running;
    std::vector<std::unique_ptr<CurlExchange>> m_idle; ///< ready for the next exchange
    std::vector<Finished> m_results;

    std::mutex m_mutex;
    std::vector<Command> m_commands; ///< guarded by m_mutex
    bool m_ending = false; ///< guarded by m_mutex
    std::thread m_thread; ///< last: it uses everything above
};

} // namespace songda::net
