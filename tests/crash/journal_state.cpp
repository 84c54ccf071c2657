// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/journal_state.h"

#include "tests/crash/read_only_database.h"

#include <QVariant>
#include <numeric>

namespace songda::testing {

namespace {

bool readGroups(QSqlQuery &query, const QString &sql, QHash<int, qint64> &groups) {
    if (!query.exec(sql))
        return false;
    while (query.next())
        groups.insert(query.value(0).toInt(), query.value(1).toLongLong());
    return true;
}

bool readValue(QSqlQuery &query, const QString &sql, QVariant &value) {
    if (!query.exec(sql) || !query.next())
        return false;
    value = query.value(0);
    query.finish();
    return true;
}

} // namespace

qint64 JournalState::total() const {
    return std::accumulate(messages.cbegin(), messages.cend(), qint64{0});
}

std::optional<JournalState> readJournalState(const QString &databaseFile) {
    const ReadOnlyDatabase database(databaseFile);
    QSqlQuery query = database.query();
    JournalState state;
    QVariant integrity;
    QVariant version;
    if (!readValue(query, QStringLiteral("PRAGMA integrity_check"), integrity)
        || !readValue(query, QStringLiteral("PRAGMA user_version"), version)
        || !readGroups(query, QStringLiteral("SELECT state, count(*) FROM message GROUP BY state"), state.messages)
        || !readGroups(query, QStringLiteral("SELECT phase, count(*) FROM attempt GROUP BY phase"), state.attempts))
        return std::nullopt;
    state.integrity = integrity.toString();
    state.schemaVersion = version.toLongLong();
    return state;
}

std::optional<QString> queryDatabase(const QString &databaseFile, const QString &sql) {
    const ReadOnlyDatabase database(databaseFile);
    QSqlQuery query = database.query();
    QVariant value;
    return readValue(query, sql, value) ? std::optional(value.toString()) : std::nullopt;
}

} // namespace songda::testing
