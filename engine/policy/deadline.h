// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

namespace songda {

/// Whole-call deadlines: the longest as wechat-api.md section 10 suggests it.
struct DeadlinePolicy {
    Millis shortest{5000};
    Millis longest{15000};
};

/// How long to wait for an answer, given what answers take at present: twenty times the 99th percentile, as
/// long as there are enough of them to know. A request that hangs keeps one of few connections busy; where
/// answers come within milliseconds, fifteen seconds of silence say no more than five.
Millis answerDeadline(const DeadlinePolicy &policy, Micros p99, int samples);

} // namespace songda
