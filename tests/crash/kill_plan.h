// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRandomGenerator>

namespace songda::testing {

/// When a running delivery is killed.
struct KillMoment {
    qint64 wireCopies = 0; ///< not before the simulator has received so many POSTs in all
    int afterMs = 0; ///< and then so much later; when there are that many at the start already, after the start
};

/// Moments that fall inside the drain of so many rows however fast the machine is, because they are tied to
/// what arrived and not to the clock: spread over the whole drain, up to the repeats at its end. Every fourth
/// comes soon after the start, into recovery, the first claims and the first answers.
QList<KillMoment> killPlan(QRandomGenerator &random, int rows, int kills);

} // namespace songda::testing
