// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/older_database.h"

#include <QByteArrayList>
#include <QDir>
#include <QFile>
#include <sqlite3.h>

namespace songda::testing {

namespace {

constexpr const char *schemaFolder = SONGDA_SOURCE_DIR "/resources/schema";
constexpr int applicationId = 0x534F4E47; // SONG

QStringList schemaFiles() {
    return QDir(QString::fromUtf8(schemaFolder)).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name);
}

/// SQLite alone, past the engine. The first error stays.
class PlainDatabase {
public:
    explicit PlainDatabase(const QString &path) {
        if (sqlite3_open(path.toUtf8().constData(), &m_db) != SQLITE_OK)
            m_error = QStringLiteral("cannot open ") + path;
    }
    ~PlainDatabase() { sqlite3_close(m_db); }
    PlainDatabase(const PlainDatabase &) = delete;
    PlainDatabase &operator=(const PlainDatabase &) = delete;

    void exec(const QByteArray &sql) {
        char *error = nullptr;
        if (m_error.isEmpty() && sqlite3_exec(m_db, sql.constData(), nullptr, nullptr, &error) != SQLITE_OK)
            m_error = QString::fromUtf8(error) + QStringLiteral(" in ") + QString::fromUtf8(sql.left(200));
        sqlite3_free(error);
    }
    /// The first column of each row.
    QByteArrayList list(const QByteArray &sql) {
        QByteArrayList values;
        const auto add = [](void *list, int, char **row, char **) {
            static_cast<QByteArrayList *>(list)->append(row[0]);
            return 0;
        };
        if (m_error.isEmpty() && sqlite3_exec(m_db, sql.constData(), add, &values, nullptr) != SQLITE_OK)
            m_error = QString::fromUtf8(sqlite3_errmsg(m_db));
        return values;
    }
    QString error() const { return m_error; }

private:
    sqlite3 *m_db = nullptr;
    QString m_error;
};

void setPragmas(PlainDatabase &database, int version) {
    database.exec("PRAGMA user_version=" + QByteArray::number(version)
        + "; PRAGMA application_id=" + QByteArray::number(applicationId));
}

} // namespace

int newestSchema() {
    return static_cast<int>(schemaFiles().size());
}

QString makeOlder(const QString &databaseFile, int version) {
    const QString newer = databaseFile + QStringLiteral(".newer");
    if (!QFile::rename(databaseFile, newer))
        return QStringLiteral("cannot rename ") + databaseFile;
    PlainDatabase database(databaseFile);
    database.exec("PRAGMA journal_mode=WAL");
    const QStringList files = schemaFiles();
    for (int step = 0; step < version; ++step) {
        QFile file(QString::fromUtf8(schemaFolder) + QLatin1Char('/') + files[step]);
        if (!file.open(QIODevice::ReadOnly))
            return QStringLiteral("cannot read ") + file.fileName();
        database.exec(file.readAll());
    }
    setPragmas(database, version);
    database.exec("ATTACH '" + newer.toUtf8() + "' AS newer; BEGIN");
    // Rows that a schema file puts into a table come from the newer file, too.
    for (const QByteArray &table :
        database.list("SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")) {
        const QByteArray columns
            = database
                  .list("SELECT o.name FROM pragma_table_info('" + table + "', 'main') o JOIN pragma_table_info('" + table
                      + "', 'newer') n ON n.name = o.name")
                  .join(',');
        database.exec("DELETE FROM main." + table + "; INSERT INTO main." + table + "(" + columns + ") SELECT " + columns
            + " FROM newer." + table);
    }
    if (version < 2)
        database.exec("DELETE FROM main.meta WHERE key = 'commits'");
    database.exec("COMMIT; DETACH newer");
    if (database.error().isEmpty())
        QFile::remove(newer);
    return database.error();
}

QString setSchemaVersion(const QString &databaseFile, int version) {
    PlainDatabase database(databaseFile);
    setPragmas(database, version);
    return database.error();
}

} // namespace songda::testing
