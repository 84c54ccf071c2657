// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/clock_watch.h"

namespace songda {

std::optional<Millis> clockDifference(WallTime peer, WallTime here) {
    constexpr Millis tolerated = Seconds{60};
    const Millis difference = here - peer;
    return difference > tolerated || difference < -tolerated ? std::optional(difference) : std::nullopt;
}

} // namespace songda
