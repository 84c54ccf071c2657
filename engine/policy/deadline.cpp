// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/deadline.h"

#include <algorithm>

namespace songda {

Millis answerDeadline(const DeadlinePolicy &policy, Micros p99, int samples) {
    constexpr int enough = 200;
    constexpr int factor = 20;
    if (samples < enough)
        return policy.longest;
    return std::clamp(std::chrono::duration_cast<Millis>(p99 * factor), policy.shortest, policy.longest);
}

} // namespace songda
