// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/quiet_hours.h"

namespace songda {

std::optional<WallTime> quietUntil(const QuietHours &hours, WallTime t) {
    if (hours.from == hours.until)
        return std::nullopt;
    const WallTime day = startOfChinaDay(t);
    const auto at = t - day;
    if (hours.from < hours.until)
        return at >= hours.from && at < hours.until ? std::optional<WallTime>(day + hours.until) : std::nullopt;
    if (at >= hours.from)
        return day + std::chrono::days{1} + hours.until;
    return at < hours.until ? std::optional<WallTime>(day + hours.until) : std::nullopt;
}

std::optional<WallTime> nextQuiet(const QuietHours &hours, WallTime t) {
    if (hours.from == hours.until)
        return std::nullopt;
    const WallTime today = startOfChinaDay(t) + hours.from;
    return today > t ? today : today + std::chrono::days{1};
}

} // namespace songda
