// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/net/lane_pool.h"

#include <QByteArray>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace songda::net::testing {

/// Whether the port under test is the bulk transport: every test here runs on both (SONGDA_TEST_PORT=bulk).
bool onBulkPort();

/// The port under test and everything it finished.
class Exchanges {
public:
    Exchanges() : Exchanges(LanePool::Options{}) {}
    explicit Exchanges(LanePool::Options options);

    HttpPort &port() { return *m_pool; }
    ExchangeId start(HttpRequest request, PeerKey peer = {1});
    /// Waits until all that were started have finished.
    bool waitForAll() const;
    /// Called in the port's thread with each list of ends; to be set before anything is started.
    std::function<void()> whenTold;
    bool waitFor(ExchangeId id) const;
    /// Destroys the pool: nothing can finish afterwards.
    void destroyPool() { m_pool.reset(); }

    HttpResponse of(ExchangeId id) const; ///< the first, if it finished more than once
    int finishes(ExchangeId id) const;
    const std::vector<ExchangeId> &started() const { return m_started; }
    /// Waits for all, destroys the pool and says whether each finished exactly once.
    bool eachFinishedOnce();

private:
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::map<ExchangeId, std::vector<HttpResponse>> m_finished; ///< guarded by m_mutex
    std::vector<ExchangeId> m_started; ///< test's thread only
    std::unique_ptr<HttpPort> m_pool;
};

HttpRequest post(const std::string &url, const QByteArray &body);
HttpRequest get(const std::string &url);
/// All text of a response in one piece, to look for what must not be in it.
QByteArray textOf(const HttpResponse &response);
QByteArray nameOf(WirePhase phase);
QByteArray nameOf(HttpFailure failure);

} // namespace songda::net::testing
