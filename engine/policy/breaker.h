// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <array>
#include <cstdint>
#include <optional>

namespace songda {

struct BreakerPolicy {
    Millis window{10000}; ///< how far back outcomes count
    int minimumVolume = 10; ///< fewer answers than this never open it
    double failureShare = 0.6; ///< at least this share of failures opens it
    Millis openFor{5000}; ///< first pause; doubles with each failed probe
    Millis openForAtMost{30000};
    int probes = 1; ///< in flight while half-open
    int probesToClose = 3; ///< successes in a row that close it
};

/// Circuit breaker of one account: closed, open, half-open. Pure: the caller brings the time. Only
/// transport failures, 5xx and "system busy" count as failures; a refusal of a message is a working API.
class CircuitBreaker {
public:
    enum class State { Closed, Open, HalfOpen };

    explicit CircuitBreaker(BreakerPolicy policy = {});

    State state(SteadyTime now) const;
    bool isClosed(SteadyTime now) const { return state(now) == State::Closed; }
    /// How many more requests may be started, given those in flight. Unlimited when closed.
    int allowed(SteadyTime now, int inFlight) const;
    void onSuccess(SteadyTime now);
    void onFailure(SteadyTime now);
    /// When an open breaker lets probes through.
    std::optional<SteadyTime> opensAgainAt(SteadyTime now) const;
    int timesOpened() const { return m_timesOpened; }

private:
    /// Ten slots of a tenth of the window each: bounded memory however fast the answers come.
    struct Slot {
        std::int64_t tick = -1;
        int successes = 0;
        int failures = 0;
    };
    static constexpr int slotCount = 10;

    Slot &slotAt(SteadyTime now);
    void open(SteadyTime now);

    BreakerPolicy m_policy;
    std::array<Slot, slotCount> m_slots;
    std::optional<SteadyTime> m_openUntil; ///< set while open or half-open
    Millis m_pause;
    int m_probeSuccesses = 0;
    int m_timesOpened = 0;
};

} // namespace songda
