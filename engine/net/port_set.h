// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/bulk_port.h"
#include "engine/net/lane_pool.h"

#include <memory>
#include <set>

namespace songda::net {

/// Both transports behind one door: each peer's new exchanges go through the one chosen for it. What is under way when
/// the choice changes ends where it began.
class PortSet final {
public:
    PortSet(LanePool::Options options, HttpPort::FinishedHandler finished);

    /// `connections` as HttpPort::setConnections; `bulk` chooses the transport of what starts from now on.
    void configure(PeerKey peer, int connections, bool bulk);
    void start(PeerKey peer, ExchangeId id, HttpRequest request);
    void cancel(ExchangeId id);

private:
    HttpPort &bulk();

    const QByteArray m_extraRoots;
    const HttpPort::FinishedHandler m_finished;
    std::set<PeerKey> m_bulkPeers;
    LanePool m_lanes;
    std::unique_ptr<BulkPort> m_bulk; ///< made when the first peer needs it
};

} // namespace songda::net
