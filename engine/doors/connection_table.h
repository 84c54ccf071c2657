// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/client_address.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace songda::doors {

/// What is remembered of a connection as long as it lives.
struct Connection {
    enum class Phase {
        Idle, ///< nothing, or not yet a whole head, has come
        Reading, ///< the head is there, the body comes
        Working, ///< the request is with its handler
        Writing, ///< the answer goes out
        Cut, ///< ended from here, not yet by the library; for good
    };

    int socket = -1;
    Address peer;
    int requests = 0; ///< serving thread only, as what follows
    std::string target; ///< of the request that is being read
    const char *targetAt = nullptr; ///< in the library's buffer
    std::atomic<Phase> phase{Phase::Idle};
    std::atomic<std::int64_t> since{0}; ///< steady milliseconds at which Idle or Writing began
    std::atomic<std::size_t> bytes{0}; ///< of the body that has come, or of the answer
    std::atomic<bool> begun{false}; ///< of the next request at least a line has come

    /// False when it has been cut: then nothing must be done for it any more.
    bool enter(Phase next);
};

struct ConnectionLimits {
    std::size_t total = 4096;
    std::size_t perAddress = 256; ///< of IPv6 a /64; trusted proxies aside
    /// Each connection has this time before it gives way to others of its address. While all have just come there may be more
    /// of them, up to half of all: who comes back at once whenever it is cut does not push out who has just come to ask.
    std::chrono::milliseconds chance{1000};
    std::chrono::milliseconds request{10'000}; ///< from nothing to the whole request
    std::size_t slowest = 16'384; ///< bytes a second that a body or the reading of an answer must keep beyond that
    std::chrono::milliseconds answer{20'000}; ///< for reading a short answer
    std::chrono::milliseconds unread{2000}; ///< behind that pace by this, whoever does not read gives way too
};

/// All connections of a server. Slow ones are cut by looking at what they have achieved since they began, because the
/// library's own time limit starts anew with every byte. When there are too many, the one that has used up most of its time
/// gives way to the newcomer: a crowd that only holds connections, or leaves its answers unread, cannot keep anybody out. A
/// request that has come whole is never cut, and its answer only when it is not read. Any thread.
class ConnectionTable {
public:
    /// Connections that have been cut and are not gone yet may be so many beyond the limit.
    static constexpr std::size_t leaving = 128;

    /// What is said, as far as the socket takes it at once, to whoever is cut inside a request; empty: nothing.
    struct Farewells {
        std::string slow;
        std::string displaced;
        std::string stopping;
    };

    ConnectionTable(ConnectionLimits limits, std::vector<Network> trustedProxies, Farewells farewells)
        : m_limits(limits)
        , m_trusted(std::move(trustedProxies))
        , m_farewells(std::move(farewells)) {}

    /// Makes room for a newcomer, who is counted from now on; the library will tell of it in a moment. Waits for that of
    /// others, if need be. False: all others from there, or over all, are being worked for.
    bool admit(int socket, const Address &peer);
    /// The library did not take it.
    void dismiss(int socket);
    void add(Connection &connection);
    void remove(Connection &connection);
    /// Cuts what is too slow; with `all` also what is idle or still being read. The library sees the end of the
    /// connection and cleans up.
    void cutSlow(bool all = false);

    std::size_t size() const;
    /// Requests that are being worked on or answered.
    std::size_t busy() const;
    std::uint64_t cut() const { return m_cut; } ///< too slow
    std::uint64_t displaced() const { return m_displaced; } ///< gave way to others

private:
    /// When its time began, had all it has achieved come at the slowest pace: the least is the one to cut.
    std::int64_t effectiveSince(const Connection &connection) const;
    bool tooSlow(const Connection &connection, std::int64_t now) const;
    /// False when it has just entered another phase.
    bool end(Connection &connection, Connection::Phase from, const std::string &farewell);
    enum class Way { Given, NotYet, None };
    /// Cuts the slowest of those that are idle or being read, of one neighbourhood or of all, once it has had its chance; without
    /// any, of those that do not read their answer.
    Way cutSlowest(const Address *neighbourhood, std::chrono::milliseconds chance);
    /// What counts against the limits: neither gone nor cut.
    std::size_t living() const { return m_connections.size() - m_ended + m_coming.size(); }
    void forget(const Address &neighbourhood);

    const ConnectionLimits m_limits;
    const std::vector<Network> m_trusted;
    const Farewells m_farewells;
    mutable std::mutex m_mutex; // also keeps the descriptors of what is listed from being closed and used again
    std::condition_variable m_changed; ///< something was added or removed
    std::unordered_set<Connection *> m_connections;
    std::unordered_map<int, Address> m_coming; ///< admitted, by socket; the library has not told of them yet
    std::map<Address, std::size_t> m_perAddress; ///< living, by neighbourhood
    std::size_t m_ended = 0; ///< of m_connections: cut
    std::atomic<std::uint64_t> m_cut{0};
    std::atomic<std::uint64_t> m_displaced{0};
};

} // namespace songda::doors
