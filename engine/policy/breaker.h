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
    double adaptation = 0.5; ///< this part of the usual share of failures is added to failureShare
    int inARow = 5; ///< where answers come too seldom for the volume: so many failures without a success between; else four times as many
    Millis openFor{30000}; ///< first pause; doubles with each failed probe
    Millis openForAtMost{30000};
    int probes = 1; ///< in flight while half-open
    int probesToClose = 3; ///< successes in a row that close it
};

/// Circuit breaker of one account: closed, open, half-open. Pure: the caller brings the time. Only
/// transport failures, 5xx and "system busy" count as failures; a refusal of a message is a working API.
///
/// The share that opens it adapts to the account: where a tenth of the answers are failures on good days too, it takes
/// more to call it an outage. On a quiet account, where the window never fills, a run of failures decides, if it is of
/// different messages: one that nobody can deliver must not stop the others.
class CircuitBreaker {
public:
    enum class State { Closed, Open, HalfOpen };

    explicit CircuitBreaker(BreakerPolicy policy = {});

    State state(SteadyTime now) const;
    bool isClosed(SteadyTime now) const { return state(now) == State::Closed; }
    /// How many more requests may be started, given those in flight. Unlimited when closed.
    int allowed(SteadyTime now, int inFlight) const;
    void onSuccess(SteadyTime now);
    /// `message` names whose request failed, `begun` when it had left: the pause after a failed probe counts from there,
    /// or a platform that is silent would be left alone for longer than one that refuses.
    void onFailure(SteadyTime now, std::int64_t message, std::optional<SteadyTime> begun = std::nullopt);
    void configure(const BreakerPolicy &policy);
    /// The share of failures that opens it at present.
    double threshold() const;
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
    void open(SteadyTime from);

    BreakerPolicy m_policy;
    std::array<Slot, slotCount> m_slots;
    std::optional<SteadyTime> m_openUntil; ///< set while open or half-open
    Millis m_pause;
    int m_probeSuccesses = 0;
    int m_timesOpened = 0;
    double m_usualShare = 0; ///< of failures, over some hundred answers that have left the window
    int m_run = 0; ///< failures since the last success
    std::int64_t m_runFirst = 0; ///< whose failure began the run
    bool m_runOfSeveral = false;
};

} // namespace songda
