// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/outcome.h"
#include "engine/model/time.h"

#include <cstdint>
#include <optional>

namespace songda {

/// How much of a back-off is drawn by chance: all of it (uniform in [0, delay]), its second half, or nothing.
enum class Jitter { Full, Equal, None };
const char *toString(Jitter jitter);

/// Capped exponential back-off: the n-th delay is min(cap, base * factor^n), less its jitter.
struct BackOff {
    Millis base{1000};
    double factor = 2;
    Millis cap{15000};
    Jitter jitter = Jitter::Full;

    bool operator==(const BackOff &) const = default;
};

/// No repeat waits longer, whatever a peer asks for.
inline constexpr Millis longestRepeatDelay = std::chrono::hours{1};

/// `n` counts from 0; `unit` is uniform in [0, 1).
Millis backOffDelay(const BackOff &backOff, int n, double unit);

/// How often and how fast one class of outcome is repeated.
struct ClassRetry {
    int attempts = 8; ///< in all, the first included
    BackOff backOff;

    bool operator==(const ClassRetry &) const = default;
};

/// Only transient, uncertain and unknown outcomes use up tries (wechat-api.md section 12, item 6); what every other
/// class does is no matter of taste.
struct RetryPolicy {
    ClassRetry transient{12, {Millis{1000}, 2, Millis{15000}}}; ///< a refusal for now: busy, 5xx
    ClassRetry uncertain{8, {Millis{1000}, 2, Millis{15000}}}; ///< written, no answer: must fit into the safe window
    ClassRetry unknown{3, {Millis{5000}, 4, Millis{60000}}}; ///< "up to three tries with growing gaps" (section 9.1)
    BackOff token{Millis{1000}, 2, Millis{60000}, Jitter::Equal}; ///< between fetches of a token that fail

    bool operator==(const RetryPolicy &) const = default;
};

/// What becomes of a message after one attempt.
struct RetryVerdict {
    enum class Kind {
        Accept,
        Repeat, ///< later, by `delay`; `counted` says whether a try was used up
        Bury, ///< dead: its own fault, or its tries ran out after real refusals
        Doubt, ///< uncertain: tries ran out and the last word is "perhaps delivered"
    };
    Kind kind = Kind::Repeat;
    Millis delay{0};
    bool counted = false;

    bool operator==(const RetryVerdict &) const = default;
};

/// `triesUsed` are the counted tries before this attempt. `countable` is false while the failure is
/// known to be the account's, the network's or WeChat's as a whole (breaker not closed): such failures
/// never use up a message's tries.
RetryVerdict decideRetry(
    const RetryPolicy &policy, const Outcome &outcome, int triesUsed, bool countable, double unit);

} // namespace songda
