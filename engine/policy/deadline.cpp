// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/deadline.h"

#include <algorithm>

namespace songda {

Millis answerDeadline(Micros p99, int samples) {
    constexpr int enough = 200;
    constexpr int factor = 20;
    if (samples < enough)
        return longestDeadline;
    return std::clamp(std::chrono::duration_cast<Millis>(p99 * factor), shortestDeadline, longestDeadline);
}

} // namespace songda
