// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/radar.h"

#include <optional>
#include <vector>

namespace songda {

/// A message WeChat took, and when it was reported on, if it was.
struct RadarSighting {
    WallTime acceptedAt;
    std::optional<WallTime> reportedAt;
};

struct RadarVerdict {
    RadarState state = RadarState::NotSetUp;
    Millis usual{0};
    std::int64_t considered = 0;
    std::int64_t missing = 0;
    std::int64_t unheard = 0;
    std::optional<WallTime> silentSince;
    std::vector<std::size_t> missingOnes; ///< places in the list
};

/// Judges an account by its latest messages, oldest first. Usual is what 99 of 100 reports needed, at least ten minutes.
///
/// Whether reports do not reach us at all or just those of some messages are missing is told by the end of the list: when
/// the last n that should have been reported all were not, and that many in a row would be less than one in a thousand by
/// the share that was missing before, it is the way that is broken, and the messages are not suspect. So it is, too, when none
/// has ever come although a callback has been set up (`setUpSince`) and something sent since then should have been reported.
RadarVerdict judgeReports(const std::vector<RadarSighting> &sent, bool everReported, WallTime now, std::optional<WallTime> setUpSince = {});

} // namespace songda
