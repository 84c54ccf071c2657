// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <optional>

namespace songda {

/// A part of each China day in which nothing is sent but what is urgent. From a minute of the day until another, over
/// midnight if the second is the earlier; none when both are the same.
struct QuietHours {
    std::chrono::minutes from{0};
    std::chrono::minutes until{0};
    bool urgentPasses = true;
};

/// When the quiet that lies over `t` ends; nothing when `t` is not in it.
std::optional<WallTime> quietUntil(const QuietHours &hours, WallTime t);
/// The next moment after `t` at which quiet begins; nothing without quiet hours.
std::optional<WallTime> nextQuiet(const QuietHours &hours, WallTime t);

} // namespace songda
