// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/kill_plan.h"

#include <algorithm>

namespace songda::testing {

namespace {

constexpr int latestAfterCopies = 120;
constexpr int earliestAfterStart = 20;
constexpr int latestAfterStart = 700;

} // namespace

QList<KillMoment> killPlan(QRandomGenerator &random, int rows, int kills) {
    QList<KillMoment> plan;
    for (int i = 0; i < kills; ++i)
        plan.append({random.bounded(rows), random.bounded(latestAfterCopies)});
    // Every message is received at least once, so that this many POSTs are there before the drain ends.
    std::sort(plan.begin(), plan.end(), [](const KillMoment &a, const KillMoment &b) { return a.wireCopies < b.wireCopies; });
    for (int i = 3; i < kills; i += 4)
        plan[i] = {plan[i - 1].wireCopies, random.bounded(earliestAfterStart, latestAfterStart)};
    return plan;
}

} // namespace songda::testing
