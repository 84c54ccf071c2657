// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <optional>

namespace songda {

/// What becomes of a delivery to a business system after a try (Standard Webhooks, "Deliverability and reliability").
struct HookStep {
    enum class What {
        Delivered,
        Again, ///< after `wait`
        Dead, ///< not by itself any more
        Stop, ///< the receiver says that it is gone for good (410): the whole hook stops, and nothing is lost
    };
    What what = What::Again;
    Millis wait{0};
    bool receiverFails = false; ///< it says nothing about this one delivery: others would fare no better now
};

/// `status` 0: no answer. `tries` counts this one; `chance` is 0 to 1. Ten tries take 75 h 35 min, and up to a tenth more.
HookStep afterHookTry(int status, int tries, std::optional<Millis> retryAfter, double chance);
inline constexpr int mostHookTries = 10;
inline constexpr Millis longestHookWait = std::chrono::hours{27};

/// How long a receiver that failed so many times in a row is left alone; then one delivery asks whether it is back.
Millis hookRest(int failuresInARow, double chance);

} // namespace songda
