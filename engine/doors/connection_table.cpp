// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/connection_table.h"

#include <algorithm>
#include <sys/socket.h>

namespace songda::doors {

namespace {

using Phase = Connection::Phase;

/// How long a newcomer waits until those before it are listed, or those that were cut are gone.
constexpr std::chrono::seconds patience{1};

std::int64_t steadyMillis() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

bool mayGiveWay(Phase phase) { return phase == Phase::Idle || phase == Phase::Reading; }

} // namespace

bool Connection::enter(Phase next) {
    // A request's time runs from Idle on, through Reading.
    if (next == Phase::Idle || next == Phase::Writing)
        since = steadyMillis();
    if (next != Phase::Reading)
        bytes = 0;
    begun = next == Phase::Reading;
    Phase was = phase;
    while (was != Phase::Cut) {
        if (phase.compare_exchange_weak(was, next))
            return true;
    }
    return false;
}

bool ConnectionTable::admit(int socket, const Address &peer) {
    const Address neighbourhood = peer.neighbourhood();
    const bool limited = !isIn(m_trusted, peer);
    const auto until = std::chrono::steady_clock::now() + patience;
    std::unique_lock lock(m_mutex);
    // A descriptor used again says that the library lost the connection before it told of it.
    if (const auto lost = m_coming.find(socket); lost != m_coming.end()) {
        forget(lost->second);
        m_coming.erase(lost);
    }
    for (;;) {
        const auto here = m_perAddress.find(neighbourhood);
        const std::size_t ours = here != m_perAddress.end() ? here->second : 0;
        const bool tooManyHere = limited && ours >= m_limits.perAddress;
        const bool farTooManyHere = limited && ours >= std::max(m_limits.perAddress, m_limits.total / 2);
        const bool tooMany = living() >= m_limits.total;
        const bool tooManyHandles = m_connections.size() + m_coming.size() >= m_limits.total + leaving;
        if (!tooManyHandles) {
            if (!tooManyHere && !tooMany)
                break;
            const Way way
                = cutSlowest(tooManyHere ? &neighbourhood : nullptr, tooMany || farTooManyHere ? std::chrono::milliseconds{0} : m_limits.chance);
            if (way == Way::Given)
                continue;
            if (way == Way::NotYet)
                break;
        }
        // Some that were cut will be gone in a moment; some that are coming can be cut then.
        const bool soon = tooManyHandles || std::any_of(m_coming.begin(), m_coming.end(), [&](const auto &coming) {
            return !tooManyHere || coming.second == neighbourhood;
        });
        if (!soon || m_changed.wait_until(lock, until) == std::cv_status::timeout)
            return false;
    }
    m_coming.emplace(socket, neighbourhood);
    ++m_perAddress[neighbourhood];
    return true;
}

void ConnectionTable::dismiss(int socket) {
    const std::lock_guard lock(m_mutex);
    if (const auto it = m_coming.find(socket); it != m_coming.end()) {
        forget(it->second);
        m_coming.erase(it);
    }
}

void ConnectionTable::add(Connection &connection) {
    connection.enter(Phase::Idle);
    const std::lock_guard lock(m_mutex);
    m_connections.insert(&connection);
    if (m_coming.erase(connection.socket) == 0)
        ++m_perAddress[connection.peer.neighbourhood()];
    m_changed.notify_all();
}

void ConnectionTable::remove(Connection &connection) {
    const std::lock_guard lock(m_mutex);
    m_connections.erase(&connection);
    if (connection.phase == Phase::Cut)
        --m_ended;
    else
        forget(connection.peer.neighbourhood());
    m_changed.notify_all();
}

void ConnectionTable::forget(const Address &neighbourhood) {
    if (const auto it = m_perAddress.find(neighbourhood); it != m_perAddress.end() && --it->second == 0)
        m_perAddress.erase(it);
}

std::int64_t ConnectionTable::effectiveSince(const Connection &c) const {
    return c.since + static_cast<std::int64_t>(c.bytes * 1000 / m_limits.slowest);
}

bool ConnectionTable::tooSlow(const Connection &c, std::int64_t now) const {
    const auto phase = c.phase.load();
    if (phase == Phase::Working || phase == Phase::Cut)
        return false;
    const auto allowed = phase == Phase::Writing ? m_limits.answer : m_limits.request;
    return now - effectiveSince(c) > allowed.count();
}

bool ConnectionTable::end(Connection &c, Phase from, const std::string &farewell) {
    if (!c.phase.compare_exchange_strong(from, Phase::Cut))
        return false;
    // From here on nobody else writes to it: the library answers nothing of a connection that is cut.
    if (mayGiveWay(from) && c.begun && !farewell.empty()) {
        [[maybe_unused]] const auto sent = ::send(c.socket, farewell.data(), farewell.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    ::shutdown(c.socket, SHUT_RDWR);
    ++m_ended;
    forget(c.peer.neighbourhood());
    return true;
}

ConnectionTable::Way ConnectionTable::cutSlowest(const Address *neighbourhood, std::chrono::milliseconds chance) {
    Connection *slowest = nullptr;
    Connection *reader = nullptr; ///< of an answer
    for (Connection *c : m_connections) {
        if (neighbourhood && c->peer.neighbourhood() != *neighbourhood)
            continue;
        const auto phase = c->phase.load();
        Connection *&kind = phase == Phase::Writing ? reader : slowest;
        if ((phase == Phase::Writing || mayGiveWay(phase)) && (!kind || effectiveSince(*c) < effectiveSince(*kind)))
            kind = c;
    }
    // An answer tells what has been done: who reads it at any fair pace gets it whole.
    if (!slowest && reader && steadyMillis() - effectiveSince(*reader) >= m_limits.unread.count())
        slowest = reader;
    else if (!slowest)
        return reader && chance.count() > 0 ? Way::NotYet : Way::None;
    if (chance.count() > 0 && steadyMillis() - effectiveSince(*slowest) < chance.count())
        return Way::NotYet;
    const auto phase = slowest->phase.load();
    if ((slowest == reader ? phase == Phase::Writing : mayGiveWay(phase)) && end(*slowest, phase, m_farewells.displaced))
        ++m_displaced;
    return Way::Given; // or it has just been answered: looked for again
}

void ConnectionTable::cutSlow(bool all) {
    const std::int64_t now = steadyMillis();
    const std::lock_guard lock(m_mutex);
    for (Connection *c : m_connections) {
        const auto phase = c->phase.load();
        const bool unwanted = all && mayGiveWay(phase);
        if ((unwanted || tooSlow(*c, now)) && phase != Phase::Cut && phase != Phase::Working && end(*c, phase, all ? m_farewells.stopping : m_farewells.slow))
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
        n += phase == Phase::Working || phase == Phase::Writing ? 1 : 0;
    }
    return n;
}

} // namespace songda::doors
