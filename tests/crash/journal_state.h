// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>
#include <optional>

namespace songda::testing {

/// What the database of a profile holds, read from the file itself, past the engine. The numbers are those of
/// engine/model: MessageState and AttemptPhase.
struct JournalState {
    QString integrity; ///< "ok", or what SQLite finds
    qint64 schemaVersion = 0;
    QHash<int, qint64> messages; ///< by state
    QHash<int, qint64> attempts; ///< by phase

    qint64 total() const;
    qint64 queued() const { return messages.value(1); }
    qint64 sending() const { return messages.value(2); }
    qint64 retrying() const { return messages.value(3); }
    qint64 accepted() const { return messages.value(4); }
    qint64 dead() const { return messages.value(7); }
    qint64 uncertain() const { return messages.value(8); }
    qint64 openAttempts() const { return attempts.value(0); }
    qint64 answeredAttempts() const { return attempts.value(3); }
    qint64 interruptedAttempts() const { return attempts.value(4); }
};

/// Nothing when it cannot be read.
std::optional<JournalState> readJournalState(const QString &databaseFile);

/// The only value of a query on a database file; nothing when it cannot be read.
std::optional<QString> queryDatabase(const QString &databaseFile, const QString &sql);

} // namespace songda::testing
