// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/http.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace songda::net {

/// Names one exchange; chosen by the caller, unique while it is under way.
using ExchangeId = std::uint64_t;

/// Which peer and how many connections to it: exchanges with one key share connections.
struct PeerKey {
    std::int64_t value = 0; ///< the account's id
    bool operator==(const PeerKey &) const = default;
    bool operator<(const PeerKey &other) const { return value < other.value; }
};

struct Finished {
    ExchangeId id = 0;
    HttpResponse response;
};

/// HTTP as values: a request in, exactly one Finished out.
///
/// Promises, whatever the peer does (each has a test against a real socket):
/// one start() puts at most one copy of the request on the wire; no redirect is followed; every exchange
/// ends within its deadline; the error text of the network library, which repeats the URL with its access
/// token, goes nowhere.
///
/// All calls from one thread; `finished` comes on an implementation thread, in lists.
class HttpPort {
public:
    using FinishedHandler = std::function<void(std::vector<Finished>)>;

    virtual ~HttpPort() = default;
    HttpPort() = default;
    HttpPort(const HttpPort &) = delete;
    HttpPort &operator=(const HttpPort &) = delete;

    /// Connections to open to a peer at most, 1 .. 480; before its first start().
    virtual void setConnections(PeerKey peer, int connections) = 0;
    /// Starts an exchange. More than setConnections() at a time wait inside.
    virtual void start(PeerKey peer, ExchangeId id, HttpRequest request) = 0;
    /// Ends an exchange early; it still finishes, as Cancelled, with the phase it had reached.
    virtual void cancel(ExchangeId id) = 0;
};

} // namespace songda::net
