// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

namespace songda {

/// The whole-call deadline as wechat-api.md section 10 suggests it, and the shortest one that is ever used.
inline constexpr Millis longestDeadline{15000};
inline constexpr Millis shortestDeadline{5000};

/// How long to wait for an answer, given what answers take at present: twenty times the 99th percentile, as
/// long as there are enough of them to know. A request that hangs keeps one of few connections busy; where
/// answers come within milliseconds, fifteen seconds of silence say no more than five.
Millis answerDeadline(Micros p99, int samples);

} // namespace songda
