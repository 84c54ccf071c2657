// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/clock_watch.h"

namespace songda {

std::optional<Millis> clockDifference(WallTime peer, WallTime here) {
    constexpr Millis tolerated = Seconds{60};
    const Millis difference = here - peer;
    return difference > tolerated || difference < -tolerated ? std::optional(difference) : std::nullopt;
}

bool SleepWatch::look(SteadyTime steady, Micros awake) {
    constexpr Micros shortestSleep = Seconds{1}; // the two are not read at quite the same moment
    const Micros ahead = steady.time_since_epoch() - awake;
    const bool slept = m_ahead && ahead - *m_ahead > shortestSleep;
    m_ahead = ahead;
    return slept;
}

} // namespace songda
