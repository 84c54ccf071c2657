// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace songda {

/// The higher priority goes first, but these shares of the sends are kept for the lower ones while they have
/// something waiting: nobody is starved by an urgent stream without end.
struct PriorityShares {
    double bulk = 0.05;
    double normal = 0.20;
};

/// Slots of one claim for each of the priorities in which something waits, given highest first, after which whoever
/// comes first takes what is left. `turn` counts the claims, so that a share of many small claims comes out right too.
/// The highest is not in need of a share and gets none.
std::vector<int> keptSlots(const PriorityShares &shares, const std::vector<int> &priorities, int slots, std::int64_t turn);

} // namespace songda
