// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/hook_schedule.h"

#include <algorithm>
#include <array>

namespace songda {

namespace {

using namespace std::chrono_literals;

/// Before the second, third, ... try.
constexpr std::array<Millis, mostHookTries - 1> waits{5s, 5min, 30min, 2h, 5h, 10h, 14h, 20h, 24h};
constexpr Millis longestAsked = 24h;
constexpr int failuresBeforeRest = 5;
constexpr Millis firstRest = 5s;
constexpr Millis longestRest = 5min;

Millis scattered(Millis wait, double chance) { return wait + Millis{static_cast<Millis::rep>(static_cast<double>(wait.count()) * 0.1 * chance)}; }

} // namespace

HookStep afterHookTry(int status, int tries, std::optional<Millis> retryAfter, double chance) {
    if (status >= 200 && status < 300)
        return {HookStep::What::Delivered, Millis{0}, false};
    if (status == 410)
        return {HookStep::What::Stop, Millis{0}, true};
    // What the receiver says of its own state; any other refusal may be about this delivery alone.
    const bool receiverFails = status == 0 || status >= 500 || status == 429;
    if (tries >= mostHookTries)
        return {HookStep::What::Dead, Millis{0}, receiverFails};
    Millis wait = scattered(waits[static_cast<std::size_t>(std::max(tries, 1)) - 1], chance);
    if (retryAfter)
        wait = std::max(wait, std::clamp(*retryAfter, Millis{0}, longestAsked));
    return {HookStep::What::Again, wait, receiverFails};
}

Millis hookRest(int failuresInARow, double chance) {
    if (failuresInARow < failuresBeforeRest)
        return Millis{0};
    const int doublings = std::min(failuresInARow - failuresBeforeRest, 10);
    return scattered(std::min(firstRest * (1 << doublings), longestRest), chance);
}

} // namespace songda
