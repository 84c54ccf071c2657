// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/time.h"

#include <optional>
#include <string>
#include <vector>

namespace songda {

/// What can be said of the messages that WeChat took and has not reported on.
enum class RadarState {
    NotSetUp, ///< no report has ever come, and none is asked for: accepted is the most that can be known
    TooFew, ///< nothing was sent that should have been reported by now
    Fine, ///< what should have been reported was
    Missing, ///< reports come, and those of some messages do not
    Silent, ///< none comes any more, or has ever come to the callback: that says nothing of the messages, and something of the way reports take
};

inline const char *toString(RadarState state) {
    switch (state) {
    case RadarState::NotSetUp: return "not-set-up";
    case RadarState::TooFew: return "too-few";
    case RadarState::Fine: return "fine";
    case RadarState::Missing: return "missing";
    case RadarState::Silent: return "silent";
    }
    return "not-set-up";
}

struct UnconfirmedMessage {
    MessageId id;
    std::string openid;
    std::string msgid;
    WallTime acceptedAt;
};

struct RadarReport {
    std::string account;
    RadarState state = RadarState::NotSetUp;
    Millis usual{0}; ///< time after which a report is missing
    std::int64_t considered = 0; ///< messages that should have been reported by now
    std::int64_t missing = 0; ///< of them, before the silence if there is one
    std::int64_t unheard = 0; ///< of them, sent since the silence began
    std::optional<WallTime> silentSince;
    std::optional<WallTime> lastReport; ///< nothing: none has ever come
    std::vector<UnconfirmedMessage> first; ///< of the missing ones, newest first
};

} // namespace songda
