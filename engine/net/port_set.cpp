// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/net/port_set.h"

namespace songda::net {

PortSet::PortSet(LanePool::Options options, HttpPort::FinishedHandler finished)
    : m_extraRoots(options.extraRootsPem)
    , m_finished(finished)
    , m_lanes(std::move(options), std::move(finished)) {}

HttpPort &PortSet::bulk() {
    if (!m_bulk)
        m_bulk = std::make_unique<BulkPort>(m_extraRoots.toStdString(), m_finished);
    return *m_bulk;
}

void PortSet::configure(PeerKey peer, int connections, bool inBulk) {
    if (inBulk) {
        m_bulkPeers.insert(peer);
        bulk().setConnections(peer, connections);
    } else {
        m_bulkPeers.erase(peer);
        m_lanes.setConnections(peer, connections);
    }
}

void PortSet::start(PeerKey peer, ExchangeId id, HttpRequest request) {
    if (m_bulkPeers.contains(peer))
        bulk().start(peer, id, std::move(request));
    else
        m_lanes.start(peer, id, std::move(request));
}

void PortSet::cancel(ExchangeId id) {
    m_lanes.cancel(id);
    if (m_bulk)
        m_bulk->cancel(id);
}

} // namespace songda::net
