// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/crash/console.h"
#include "tests/crash/delivery_check.h"

namespace songda::testing {

struct DrainAccounts {
    StateCounts counts;
    DeliveryFigures figures;
    LedgerSums sums;
    QStringList faults; ///< as sentences; empty when all is well
};

/// Settles a drain that is through: the report is exported and its digest compared, and report, attempt rows and
/// ledger are held against each other (delivery_check.h). Everybody on the list must have come to an end, nobody
/// may have been shown two messages, and all copies of a message must be the same bytes under the same id.
DrainAccounts settleDrain(const Console &console, SimulatorProcess &simulator, int rows, const QString &report);

} // namespace songda::testing
