// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

namespace songda {

/// How far this machine's calendar is ahead of what a peer's says (behind: negative), when it is so far that somebody
/// should set it: times to send, quota days and reports go by it. `here` is the time the answer came.
std::optional<Millis> clockDifference(WallTime peer, WallTime here);

} // namespace songda
