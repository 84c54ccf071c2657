// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/priority_shares.h"

#include <algorithm>
#include <cmath>

namespace songda {

std::vector<int> keptSlots(const PriorityShares &shares, const std::vector<int> &priorities, int slots, std::int64_t turn) {
    // What is left of a slot comes due by chance, as it were, and yet evenly: steps of the golden ratio. Steps of the
    // share itself fall into step with claims that come in turns, as those of two accounts do, and starve one of them.
    constexpr double golden = 0.6180339887498949;
    std::vector<int> kept(priorities.size(), 0);
    int left = std::max(0, slots);
    double before = static_cast<double>(turn % 1'000'000) * golden;
    before -= std::floor(before);
    for (std::size_t i = 1; i < priorities.size(); ++i) {
        // One after the other, so that two shares never come due in the same claim of one slot.
        const double after = before + (priorities[i] <= 0 ? shares.bulk : shares.normal) * slots;
        kept[i] = std::clamp(static_cast<int>(std::floor(after) - std::floor(before)), 0, left);
        left -= kept[i];
        before = after;
    }
    return kept;
}

} // namespace songda
