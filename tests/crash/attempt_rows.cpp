// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/attempt_rows.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

namespace songda::testing {

namespace {

std::optional<QHash<qint64, AttemptRows>> read(QSqlDatabase &database) {
    QSqlQuery query(database);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT message_id, phase, count(*) FROM attempt GROUP BY message_id, phase")))
        return std::nullopt;
    QHash<qint64, AttemptRows> rows;
    while (query.next()) {
        AttemptRows &of = rows[query.value(0).toLongLong()];
        const qint64 n = query.value(2).toLongLong();
        switch (query.value(1).toInt()) {
        case 0: of.open += n; break;
        case 1: of.notWritten += n; break;
        case 2: of.written += n; break;
        case 3: of.answered += n; break;
        case 4: of.interrupted += n; break;
        default: return std::nullopt;
        }
    }
    return rows;
}

} // namespace

std::optional<QHash<qint64, AttemptRows>> readAttemptRows(const QString &databaseFile) {
    const QString name = QStringLiteral("attempt rows");
    std::optional<QHash<qint64, AttemptRows>> rows;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(databaseFile);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=10000"));
        if (database.open())
            rows = read(database);
    }
    QSqlDatabase::removeDatabase(name);
    return rows;
}

} // namespace songda::testing
