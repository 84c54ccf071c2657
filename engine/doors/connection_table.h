// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/client_address.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <unordered_set>

namespace songda::doors {

/// What is remembered of a connection as long as it lives.
struct Connection {
    enum class Phase {
        Idle, ///< nothing, or not yet a whole head, has come
        Reading, ///< the head is there, the body comes
        Working, ///< the request is with its handler
        Writing, ///< the answer goes out
    };

    int socket = -1;
    Address peer;
    int requests = 0; ///< serving thread only, as what follows
    std::string target; ///< of the request that is being read
    const char *targetAt = nullptr; ///< in the library's buffer
    std::atomic<Phase> phase{Phase::Idle};
    std::atomic<std::int64_t> since{0}; ///< steady milliseconds at which Idle or Writing began
    std::atomic<std::size_t> bytes{0}; ///< of the body that has come, or of the answer

    void enter(Phase next);
};

struct ConnectionLimits {
    std::size_t total = 4096;
    std::size_t perAddress = 256; ///< trusted proxies aside
    std::chrono::milliseconds request{10'000}; ///< from nothing to the whole request
    std::size_t slowest = 16'384; ///< bytes a second that a body or the reading of an answer must keep beyond that
    std::chrono::milliseconds answer{20'000}; ///< for reading a short answer
};

/// All connections of a server. Slow ones are cut by looking at what they have achieved since they began, because the
/// library's own time limit starts anew with every byte. Any thread.
class ConnectionTable {
public:
    ConnectionTable(ConnectionLimits limits, std::vector<Network> trustedProxies)
        : m_limits(limits)
        , m_trusted(std::move(trustedProxies)) {}

    /// Whether one more from there is welcome.
    bool hasRoom(const Address &peer) const;
    void add(Connection &connection);
    void remove(Connection &connection);
    /// Cuts what is too slow; with `all` also what is idle or still being read. The library sees the end of the
    /// connection and cleans up.
    void cutSlow(bool all = false);

    std::size_t size() const;
    /// Requests that are being worked on or answered.
    std::size_t busy() const;
    std::uint64_t cut() const { return m_cut; }

private:
    bool tooSlow(const Connection &connection, std::int64_t now) const;

    const ConnectionLimits m_limits;
    const std::vector<Network> m_trusted;
    mutable std::mutex m_mutex; // also keeps the descriptors of what is listed from being closed and used again
    std::unordered_set<Connection *> m_connections;
    std::map<Address, std::size_t> m_perAddress;
    std::atomic<std::uint64_t> m_cut{0};
};

} // namespace songda::doors
