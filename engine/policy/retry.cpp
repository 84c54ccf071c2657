// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/retry.h"

#include <algorithm>
#include <cmath>

namespace songda {

const char *toString(Jitter jitter) {
    switch (jitter) {
    case Jitter::Full: return "full";
    case Jitter::Equal: return "equal";
    case Jitter::None: return "none";
    }
    return "full";
}

Millis backOffDelay(const BackOff &backOff, int n, double unit) {
    const double base = static_cast<double>(backOff.base.count());
    const double cap = static_cast<double>(backOff.cap.count());
    const double ceiling = std::min(cap, base * std::pow(backOff.factor, std::max(0, n)));
    const double drawn = std::clamp(unit, 0.0, 1.0);
    switch (backOff.jitter) {
    case Jitter::Full: return Millis{static_cast<Millis::rep>(ceiling * drawn)};
    case Jitter::Equal: return Millis{static_cast<Millis::rep>(ceiling * (0.5 + drawn / 2))};
    case Jitter::None: break;
    }
    return Millis{static_cast<Millis::rep>(ceiling)};
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

    // An errcode is an answer, even "busy"; without one nobody knows whether the message arrived.
    const bool uncertain = outcome.ambiguous && !outcome.answered;
    const ClassRetry &retry = outcome.errorClass == ErrorClass::Unknown ? policy.unknown
        : uncertain                                                    ? policy.uncertain
                                                                       : policy.transient;
    const Millis delay
        = std::min(longestRepeatDelay, std::max(backOffDelay(retry.backOff, triesUsed, unit), outcome.retryAfter.value_or(Millis{0})));
    if (!countable)
        return {Kind::Repeat, delay, false};
    if (triesUsed + 1 < retry.attempts)
        return {Kind::Repeat, delay, true};
    return {uncertain ? Kind::Doubt : Kind::Bury, Millis{0}, true};
}

} // namespace songda
