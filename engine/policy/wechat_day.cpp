// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/wechat_day.h"

namespace songda {

WallTime nextQuotaReset(WallTime t) {
    constexpr Millis margin = std::chrono::minutes{5};
    // Between 00:00 and 00:05 the counter may not have been reset yet: then it is a matter of minutes.
    const WallTime today = startOfChinaDay(t) + margin;
    return t < today ? today : startOfChinaDay(t) + std::chrono::days{1} + margin;
}

} // namespace songda
