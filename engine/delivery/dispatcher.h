// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/delivery/account_lane.h"
#include "engine/delivery/ports.h"
#include "engine/model/snapshot.h"

#include <map>
#include <memory>
#include <vector>

namespace songda::delivery {

/// The engine's state machine over all accounts. Sans-I/O: the same object runs on the engine thread with
/// sockets and SQLite, and in tests on virtual time. Every event function ends with everything done that can
/// be done at that moment; between events only nextWake() matters.
class Dispatcher {
public:
    struct Ports {
        Clock &clock;
        Transport &transport;
        Journal &journal;
    };

    Dispatcher(Ports ports, const ErrorCatalogue &catalogue, Random random, RunId run);

    /// The accounts there are now; lanes of vanished ones stop.
    void setAccounts(std::vector<AccountConfig> accounts);
    void onResponses(const std::vector<std::pair<ExchangeId, HttpResponse>> &responses);
    void onClaimed(Ticket ticket, Result<ClaimReply> reply);
    void onRecorded(Ticket ticket, const Result<int> &result);
    /// A hold or release that a lane asked for is in the database, or could not be written.
    void onHoldRecorded(AccountId account, const Result<void> &result);
    /// Nothing can be recorded at present: no request leaves until the journal answers again.
    void onJournalFailed(const std::string &why);
    void onTimer();
    /// Rows may have become due by somebody else's hand.
    void onWorkChanged();
    /// Batches or templates may have been stopped by somebody else's hand: nothing that was claimed before leaves.
    void onHoldsChanged();
    /// See AccountLane::refreshToken().
    bool refreshToken(AccountId account);
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }

    /// Graceful stop: no new requests; what is in flight may finish until cancelInFlight().
    void stop();
    void cancelInFlight();
    bool isStopped() const;
    bool isDrained() const;

    std::optional<SteadyTime> nextWake() const;
    /// Everything a Snapshot needs but the counts.
    void fill(Snapshot &snapshot) const;

private:
    void pumpAll();

    Ports m_ports;
    Random m_random;
    std::uint64_t m_lastId = 0;
    LaneContext m_context;
    std::map<AccountId, std::unique_ptr<AccountLane>> m_lanes;
    bool m_paused = false;
    bool m_stopping = false;
};

} // namespace songda::delivery
