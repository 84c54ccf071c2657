// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/replay_window.h"

#include "engine/model/breakage.h"

#include <algorithm>

namespace songda {

Millis safeRepeatTimeLeft(const AmbiguousSince &since, Now now, RunId currentRun, bool sameBoot) {
    const auto steadyAge = std::chrono::duration_cast<Millis>(now.steady - since.steady);
    const auto wallAge = now.wall - since.wall;
    Millis age{0};
    if (isBroken(Breakage::NoSafeWindow))
        return safeRepeatWindow;
    if (isBroken(Breakage::WindowByCalendar))
        return std::clamp(safeRepeatWindow - wallAge, Millis{0}, safeRepeatWindow);
    if (since.run == currentRun) {
        age = steadyAge;
    } else if (sameBoot) {
        age = std::max(steadyAge, wallAge);
    } else {
        if (wallAge < Millis{0})
            return Millis{0};
        age = wallAge;
    }
    return std::max(Millis{0}, safeRepeatWindow - age);
}

} // namespace songda
