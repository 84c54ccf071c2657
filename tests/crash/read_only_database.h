// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

namespace songda::testing {

/// A connection that only reads, past the engine; it may be opened beside a running one. Queries on one that
/// could not be opened fail. They must be gone before it is.
class ReadOnlyDatabase {
public:
    explicit ReadOnlyDatabase(const QString &file) {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name());
        database.setDatabaseName(file);
        database.setConnectOptions(QStringLiteral("QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=10000"));
        database.open();
    }
    ~ReadOnlyDatabase() {
        QSqlDatabase::database(name(), false).close();
        QSqlDatabase::removeDatabase(name());
    }
    ReadOnlyDatabase(const ReadOnlyDatabase &) = delete;
    ReadOnlyDatabase &operator=(const ReadOnlyDatabase &) = delete;

    QSqlQuery query() const {
        QSqlQuery query(QSqlDatabase::database(name(), false));
        query.setForwardOnly(true);
        return query;
    }

private:
    static QString name() { return QStringLiteral("read only"); }
};

} // namespace songda::testing
