// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/replay.h"

#include <algorithm>

namespace songda {

namespace {
/// A step lets a tenth of itself go at a time, ten times a second.
constexpr Millis stepTime{1200};
} // namespace

const char *toString(ReplayState state) {
    switch (state) {
    case ReplayState::Running: return "running";
    case ReplayState::Paused: return "paused";
    case ReplayState::Stopped: return "stopped";
    case ReplayState::Done: return "done";
    case ReplayState::Cancelled: return "cancelled";
    }
    return "running";
}

const char *toString(ReplayStop why) {
    switch (why) {
    case ReplayStop::None: return "";
    case ReplayStop::NewCause: return "new-code";
    case ReplayStop::Failures: return "failures";
    }
    return "";
}

Millis leastTime(std::int64_t messages, double pace, const LadderRules &ladder) {
    Millis time{0};
    std::int64_t left = ladder.steps.empty() ? 0 : messages;
    for (std::size_t step = 0; left > 0; ++step) {
        if (step >= ladder.steps.size()) {
            time += stepTime * (left / std::max(1, ladder.steps.back()) + 1);
            break;
        }
        left -= std::max(1, ladder.steps[step]);
        time += stepTime;
    }
    const Millis byPace{pace > 0 ? static_cast<Millis::rep>(1000.0 * static_cast<double>(messages) / pace) : 0};
    return std::max(time, byPace);
}

} // namespace songda
