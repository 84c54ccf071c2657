// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <QString>
#include <algorithm>
#include <limits>
#include <vector>

namespace songda::simulation {

/// In words, the worst stretch in which more than rate x time + burst was posted; empty when there is none. Linear: the
/// number of posts from one to a later one less what the rate allows between them is largest after the smallest start.
inline QString rateViolation(const std::vector<Micros> &times, double rate, double burst) {
    double least = std::numeric_limits<double>::max();
    double worst = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
        const double ahead = static_cast<double>(i) - rate * std::chrono::duration<double>(times[i]).count();
        least = std::min(least, ahead);
        worst = std::max(worst, ahead - least + 1);
    }
    return worst <= burst + 1e-6 ? QString() : QStringLiteral("%1 posts more than the rate allows, not %2").arg(worst).arg(burst);
}

} // namespace songda::simulation
