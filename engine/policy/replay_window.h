// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/message.h"
#include "engine/model/time.h"

#include <optional>

namespace songda {

/// WeChat drops a repeat of (openid, client_msg_id) for ten minutes after the first
/// (wechat-api.md section 3.2); two of them are our margin.
inline constexpr Millis safeRepeatWindow = std::chrono::minutes{8};

/// How long a repeat of a perhaps delivered message is still safe; zero when it no longer is.
/// Within one boot (`sameClock`) the larger of both clocks counts when the process changed, and the
/// steady clock alone inside one process; without a common steady clock only calendar time is left, and
/// a calendar that went backwards leaves nothing.
Millis safeRepeatTimeLeft(const AmbiguousSince &since, Now now, RunId currentRun, bool sameBoot);

} // namespace songda
