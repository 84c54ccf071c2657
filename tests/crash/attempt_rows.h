// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <optional>

namespace songda::testing {

/// The attempt rows of one message by how far they got (AttemptPhase).
struct AttemptRows {
    qint64 open = 0; ///< started, no end recorded
    qint64 notWritten = 0;
    qint64 written = 0;
    qint64 answered = 0;
    qint64 interrupted = 0; ///< the program was killed meanwhile

    qint64 all() const { return open + notWritten + written + answered + interrupted; }
};

/// Reads them from the database file itself, past the engine. By message id; nothing when it cannot be read.
std::optional<QHash<qint64, AttemptRows>> readAttemptRows(const QString &databaseFile);

} // namespace songda::testing
