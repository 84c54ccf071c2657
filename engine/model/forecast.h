// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace songda {

/// A time in which messages wait although there is work.
struct ForecastStop {
    enum class Why { Closed, Quiet, Quota };
    Why why = Why::Closed;
    WallTime from;
    WallTime until;
    std::int64_t waiting = 0; ///< messages that wait at its beginning

    bool operator==(const ForecastStop &) const = default;
};
const char *toString(ForecastStop::Why why);

/// What will become of what waits, and when.
struct Forecast {
    std::int64_t willGo = 0;
    std::int64_t held = 0; ///< behind a hold, a paused batch or beyond the time that is looked at
    std::int64_t expired = 0; ///< no longer useful when their turn comes
    std::int64_t refused = 0; ///< that will not be taken at all: bad rows, people who are not written to
    std::optional<WallTime> firstAt;
    std::optional<WallTime> endsAt; ///< when the last that goes has gone
    std::vector<ForecastStop> stops; ///< at most 100
    std::vector<std::pair<WallTime, std::int64_t>> curve; ///< how many have gone by when; at most a thousand points

    bool operator==(const Forecast &) const = default;
};

/// What a forecast is asked for: all that waits for an account, and a batch that does not exist yet.
struct ForecastRequest {
    std::string account;
    std::int64_t messages = 0; ///< of the new batch
    int priority = 1;
    std::optional<WallTime> at;
    std::optional<WallTime> expiresAt;
    std::int64_t refused = 0; ///< rows of it that are refused
};

} // namespace songda
