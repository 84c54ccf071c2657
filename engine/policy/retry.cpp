// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/retry.h"

#include <algorithm>
#include <cmath>

namespace songda {

Millis backOffDelay(const BackOff &backOff, int n, double unit) {
    const double base = static_cast<double>(backOff.base.count());
    const double cap = static_cast<double>(backOff.cap.count());
    const double ceiling = std::min(cap, base * std::pow(backOff.factor, std::max(0, n)));
    return Millis{static_cast<Millis::rep>(ceiling * std::clamp(unit, 0.0, 1.0))};
}

RetryVerdict decideRetry(
    const RetryPolicy &policy, const Outcome &outcome, int triesUsed, bool countable, double unit) {
    using Kind = RetryVerdict::Kind;
    switch (outcome.errorClass) {
    case ErrorClass::Success: return {Kind::Accept, Millis{0}, false};
    case ErrorClass::Recipient:
    case ErrorClass::Content: return {Kind::Bury, Millis{0}, true};
    case ErrorClass::Token:
    case ErrorClass::ThrottleMinute:
    case ErrorClass::ThrottleDay:
    case ErrorClass::Config:
        // The lane is stopped by whoever asked; the message goes back to the front of the queue.
        return {Kind::Repeat, Millis{0}, false};
    case ErrorClass::Transient:
    case ErrorClass::Unknown: break;
    }
    if (outcome.offline)
        return {Kind::Repeat, Millis{0}, false};

    const bool unknown = outcome.errorClass == ErrorClass::Unknown;
    const BackOff &backOff = unknown ? policy.unknown : policy.transient;
    const int tries = unknown ? policy.unknownTries : policy.transientTries;
    const Millis delay
        = std::min(longestRepeatDelay, std::max(backOffDelay(backOff, triesUsed, unit), outcome.retryAfter.value_or(Millis{0})));
    if (!countable)
        return {Kind::Repeat, delay, false};
    if (triesUsed + 1 < tries)
        return {Kind::Repeat, delay, true};
    // An errcode is an answer, even "busy"; without one nobody knows whether the message arrived.
    return {outcome.ambiguous && !outcome.answered ? Kind::Doubt : Kind::Bury, Millis{0}, true};
}

} // namespace songda
