// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/replay.h"

#include <cstdint>

namespace songda {

/// Where a replay stands, as far as its next move depends on it.
struct LadderProgress {
    int step = 0; ///< index into the ladder
    std::int64_t released = 0; ///< of this step
    std::int64_t failed = 0; ///< of those
    std::int64_t left = 0; ///< of the list, still without their turn
    std::int64_t underWay = 0; ///< released and not ended, of all steps
    bool newCause = false; ///< a message ended with a code that nobody had seen when the list was frozen
};

struct LadderMove {
    enum class Kind {
        Wait,
        Release, ///< up to `count` messages as part of step `step`
        Stop,
        Done,
    };
    Kind kind = Kind::Wait;
    int step = 0;
    std::int64_t count = 0;
    ReplayStop why = ReplayStop::None;

    bool operator==(const LadderMove &) const = default;
};

/// Messages of a step; past the end of the ladder the last size goes on.
std::int64_t stepSize(const LadderRules &rules, int step);
/// How many may be under way at a time: a tenth of the step, so that a fault in the middle of it costs few.
std::int64_t mostUnderWay(const LadderRules &rules, int step);

/// What a replay does next. A step begins when all messages of the one before have ended. It stops at the first new
/// code, and when the failures of a step pass the line: more than `failShare` of it, and at least `failLeast`. What is
/// repeated by itself has not ended and does not count.
LadderMove nextMove(const LadderRules &rules, const LadderProgress &progress);

} // namespace songda
