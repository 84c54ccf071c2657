// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/priority_shares.h"

#include <algorithm>
#include <cmath>

namespace songda {

std::vector<int> keptSlots(const PriorityShares &shares, const std::vector<int> &priorities, int slots, std::int64_t turn) {
    std::vector<int> kept(priorities.size(), 0);
    int left = slots;
    for (std::size_t i = 1; i < priorities.size(); ++i) {
        const double share = priorities[i] <= 0 ? shares.bulk : shares.normal;
        // Two shares that come due in the same claim of one slot would lose one of them: their turns are set apart.
        const double each = share * slots;
        const double before = static_cast<double>(turn % 1'000'000) * each + static_cast<double>(i) * 0.37;
        const int mine = static_cast<int>(std::floor(before + each) - std::floor(before));
        kept[i] = std::min(mine, left);
        left -= kept[i];
    }
    return kept;
}

} // namespace songda
