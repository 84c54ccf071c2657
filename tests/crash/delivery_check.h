// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/crash/attempt_rows.h"
#include "tests/crash/simulator_process.h"

#include <QStringList>

namespace songda::testing {

/// Everything that tells about one drain, from three sides that know nothing of each other.
struct DeliveryEvidence {
    int rows = 0; ///< of the list that was imported
    QByteArray report; ///< the exported CSV
    QList<LedgerRow> ledger; ///< what the simulator received
    QHash<qint64, AttemptRows> attempts; ///< what the database holds
};

/// What was found, for whoever publishes figures.
struct DeliveryFigures {
    qint64 accepted = 0;
    qint64 dead = 0;
    qint64 uncertain = 0;
    qint64 wireCopies = 0;
    qint64 userCopies = 0;
    qint64 attemptRows = 0;
    qint64 interrupted = 0; ///< attempt rows cut off by a kill
    qint64 notWritten = 0; ///< attempt rows that say nothing went out
    qint64 shownThoughDead = 0;
    qint64 shownThoughUncertain = 0;
    qint64 writtenButNeverSeen = 0; ///< attempt rows `written` without a copy to show for it
};

struct DeliveryVerdict {
    DeliveryFigures figures;
    QStringList faults; ///< the first of them as sentences; empty when all is well
};

/// Holds the three sides against each other, message by message.
///
/// About copies on the wire and attempt rows, this is what must be true for every message:
///
///   answered <= copies <= answered + written + interrupted
///
/// The left side, because an answer is only given to a request that was read in full. The right side,
/// because each POST has its own row, committed before it leaves, and a row that says "not written" had none.
/// They need not be equal: a row that a kill interrupted may never have left.
DeliveryVerdict checkDelivery(const DeliveryEvidence &evidence);

} // namespace songda::testing
