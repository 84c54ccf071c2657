// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/delivery/ports.h"

namespace songda::simulation {

/// Time turned by hand. `elapsed` is the true time of the simulated world; calendar and steady clock of the
/// simulated machine show it, each with an offset of its own.
class VirtualClock final : public delivery::Clock {
public:
    explicit VirtualClock(WallTime start)
        : m_start(start) {}

    Now now() const override {
        return {m_start + std::chrono::floor<Millis>(m_elapsed) + m_wallShift, SteadyTime{m_elapsed + m_steadyShift}};
    }
    Micros elapsed() const { return m_elapsed; }
    /// The true moment at which the steady clock will show `at`.
    Micros elapsedAt(SteadyTime at) const { return at.time_since_epoch() - m_steadyShift; }

    void advanceTo(Micros elapsed) {
        if (elapsed > m_elapsed)
            m_elapsed = elapsed;
    }
    /// Somebody sets the calendar; the steady clock does not move.
    void jumpWall(Millis by) { m_wallShift += by; }
    /// The machine starts anew: its steady clock begins near zero.
    void reboot() { m_steadyShift = std::chrono::seconds{20} - m_elapsed; }

private:
    WallTime m_start;
    Micros m_elapsed{0};
    Millis m_wallShift{0};
    Micros m_steadyShift{std::chrono::hours{1}};
};

} // namespace songda::simulation
