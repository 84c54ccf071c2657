// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

namespace songda {

/// How far this machine's calendar is ahead of what a peer's says (behind: negative), when it is so far that somebody
/// should set it: times to send, quota days and reports go by it. `here` is the time the answer came.
std::optional<Millis> clockDifference(WallTime peer, WallTime here);

/// Tells by two clocks whether the machine slept: the one that every wait goes by counts that time, the one that timers run
/// on does not. Pure.
class SleepWatch {
public:
    /// Both clocks as they stand now; `awake` counts from anywhere. True when the machine slept since the last look.
    bool look(SteadyTime steady, Micros awake);

private:
    std::optional<Micros> m_ahead; ///< of the other clock
};

} // namespace songda
