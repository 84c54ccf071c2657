// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/connection_table.h"

#include <sys/socket.h>

namespace songda::doors {

namespace {

std::int64_t steadyMillis() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

void Connection::enter(Phase next) {
    // A request's time runs from Idle on, through Reading.
    if (next == Phase::Idle || next == Phase::Writing)
        since = steadyMillis();
    if (next != Phase::Reading)
        bytes = 0;
    phase = next;
}

bool ConnectionTable::hasRoom(const Address &peer) const {
    const std::lock_guard lock(m_mutex);
    if (m_connections.size() >= m_limits.total)
        return false;
    const auto it = m_perAddress.find(peer);
    return it == m_perAddress.end() || it->second < m_limits.perAddress || isIn(m_trusted, peer);
}

void ConnectionTable::add(Connection &connection) {
    connection.enter(Connection::Phase::Idle);
    const std::lock_guard lock(m_mutex);
    m_connections.insert(&connection);
    // Several may have passed hasRoom() before the first of them was counted.
    if (++m_perAddress[connection.peer] > m_limits.perAddress && !isIn(m_trusted, connection.peer))
        ::shutdown(connection.socket, SHUT_RDWR);
}

void ConnectionTable::remove(Connection &connection) {
    const std::lock_guard lock(m_mutex);
    m_connections.erase(&connection);
    if (const auto it = m_perAddress.find(connection.peer); it != m_perAddress.end() && --it->second == 0)
        m_perAddress.erase(it);
}

bool ConnectionTable::tooSlow(const Connection &c, std::int64_t now) const {
    const auto phase = c.phase.load();
    if (phase == Connection::Phase::Working)
        return false;
    const auto earned = static_cast<std::int64_t>(c.bytes * 1000 / m_limits.slowest);
    const auto allowed = phase == Connection::Phase::Writing ? m_limits.answer : m_limits.request;
    return now - c.since > allowed.count() + earned;
}

void ConnectionTable::cutSlow(bool all) {
    const std::int64_t now = steadyMillis();
    const std::lock_guard lock(m_mutex);
    for (Connection *c : m_connections) {
        const auto phase = c->phase.load();
        const bool unwanted = all && (phase == Connection::Phase::Idle || phase == Connection::Phase::Reading);
        if (!unwanted && !tooSlow(*c, now))
            continue;
        ::shutdown(c->socket, SHUT_RDWR);
        ++m_cut;
    }
}

std::size_t ConnectionTable::size() const {
    const std::lock_guard lock(m_mutex);
    return m_connections.size();
}

std::size_t ConnectionTable::busy() const {
    const std::lock_guard lock(m_mutex);
    std::size_t n = 0;
    for (const Connection *c : m_connections) {
        const auto phase = c->phase.load();
        n += phase == Connection::Phase::Working || phase == Connection::Phase::Writing ? 1 : 0;
    }
    return n;
}

} // namespace songda::doors
