// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/api_keys.h"
#include "tests/simulation/test_journal.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTest>
#include <sqlite3.h>

using namespace songda;
using namespace songda::testing;
using store::Database;
using store::JournalWriter;

namespace {

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("cannot read " + path.toStdString());
    return file.readAll();
}

/// Every file of a directory with a digest of its content.
QStringList contentsOf(const QTemporaryDir &dir) {
    QStringList list;
    for (const QString &name : QDir(dir.path()).entryList(QDir::Files, QDir::Name)) {
        const QByteArray digest = QCryptographicHash::hash(bytesOf(dir.filePath(name)), QCryptographicHash::Sha256);
        list += name + QLatin1Char('=') + QString::fromLatin1(digest.toHex());
    }
    return list;
}

/// A database written with SQLite alone.
class PlainDatabase {
public:
    explicit PlainDatabase(const QString &path) {
        if (sqlite3_open(path.toUtf8().constData(), &m_db) != SQLITE_OK)
            throw std::runtime_error("cannot open");
    }
    ~PlainDatabase() { sqlite3_close(m_db); }
    PlainDatabase(const PlainDatabase &) = delete;
    PlainDatabase &operator=(const PlainDatabase &) = delete;
    void exec(const char *sql) {
        if (sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(m_db));
    }

private:
    sqlite3 *m_db = nullptr;
};

std::string schemaOf(const std::string &path) {
    auto database = must(Database::open(path, Database::Mode::ReadOnly, store::newestSchemaVersion()));
    auto statement = must(store::Statement::prepare(database.handle(), "SELECT sql FROM sqlite_schema ORDER BY type, name"));
    std::string all;
    while (must(statement.step()))
        all += statement.string(0) + "\n";
    return all;
}

} // namespace

class StoreMigrationsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewFileGetsTheNewestSchema();
    void openingAgainKeepsEverything();
    void theFirstWriterSyncsEveryCommit();
    void aNewerDatabaseIsRefusedUntouched_data();
    void aNewerDatabaseIsRefusedUntouched();
    void whatIsNotOursIsRefusedUntouched_data();
    void whatIsNotOursIsRefusedUntouched();
    void anEmptyFileIsANewDatabase();
    void aMissingFileIsNotCreatedForReading();
    void aMissingDirectoryIsAnError();
    void anInterruptedMigrationResumes_data();
    void anInterruptedMigrationResumes();
    void whatPagesGoByIsMadeOfTheRows();
    void twoProcessesMayOpenANewFileAtOnce();
    void aKeysAccountGoesIntoItsList();
    void readersCannotWrite();
    void triggersOfAForeignHandHaveNoPower();
};

void StoreMigrationsTest::aNewFileGetsTheNewestSchema() {
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("songda.db")).toStdString();
    must(JournalWriter::open({path, JournalWriter::Mode::Inline, 512}));
    auto database = must(Database::open(path, Database::Mode::ReadOnly, store::newestSchemaVersion()));
    QVERIFY(store::newestSchemaVersion() >= 1);
    QCOMPARE(must(database.scalar("PRAGMA user_version")).value(), store::newestSchemaVersion());
    QCOMPARE(must(database.scalar("PRAGMA application_id")).value(), Database::applicationId);
    QVERIFY(must(store::verify(database)).empty());
}

void StoreMigrationsTest::openingAgainKeepsEverything() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Accepted, "oA");
    journal.writer.reset();
    const std::string schema = schemaOf(journal.path());
    journal.writer = must(JournalWriter::open({journal.path(), JournalWriter::Mode::Inline, 512}));
    COMPARE_NAMED(journal.state(id), MessageState::Accepted);
    COMPARE_TEXT(schemaOf(journal.path()), schema);
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Accepted], 1);
    COMPARE_TEXT(journal.broken(), std::string());
    // No step was taken, so nothing had to be set aside.
    QVERIFY(QDir(journal.dir.path()).entryList({QStringLiteral("*upgrade*")}).isEmpty());
}

void StoreMigrationsTest::theFirstWriterSyncsEveryCommit() {
    TestJournal journal;
    const auto pragma = [&](const char *sql) {
        return journal.write([&](store::WriteSession &session) { return session.database().scalar(sql); });
    };
    QCOMPARE(pragma("PRAGMA synchronous").value(), 2);
    QCOMPARE(pragma("PRAGMA foreign_keys").value(), 1);
    COMPARE_TEXT(journal.list("PRAGMA journal_mode"), std::string("wal"));
}

void StoreMigrationsTest::aNewerDatabaseIsRefusedUntouched_data() {
    QTest::addColumn<bool>("leaveLog");
    QTest::newRow("closed in order") << false;
    QTest::newRow("with a write-ahead log left by a crash") << true;
}

void StoreMigrationsTest::aNewerDatabaseIsRefusedUntouched() {
    QFETCH(bool, leaveLog);
    TestJournal journal;
    journal.add("oA");
    const QString path = QString::fromStdString(journal.path());
    QTemporaryDir copies;
    const QString copy = copies.filePath(QStringLiteral("songda.db"));
    journal.exec("PRAGMA user_version = 1000");
    if (leaveLog) {
        QVERIFY(QFile::copy(path, copy));
        QVERIFY(QFile::copy(path + QStringLiteral("-wal"), copy + QStringLiteral("-wal")));
    } else {
        journal.writer.reset();
        QVERIFY(QFile::copy(path, copy));
    }
    const QByteArray before = bytesOf(copy);
    const auto opened = JournalWriter::open({copy.toStdString(), JournalWriter::Mode::Inline, 512});
    QVERIFY(!opened);
    COMPARE_NAMED(opened.error().code, ErrorCode::TooNew);
    QVERIFY(opened.error().detail.find(copy.toStdString()) != std::string::npos);
    QVERIFY(bytesOf(copy) == before);
    const auto read = Database::open(copy.toStdString(), Database::Mode::ReadOnly, store::newestSchemaVersion());
    QVERIFY(!read);
    COMPARE_NAMED(read.error().code, ErrorCode::TooNew);
    QVERIFY(bytesOf(copy) == before);
}

void StoreMigrationsTest::whatIsNotOursIsRefusedUntouched_data() {
    QTest::addColumn<QString>("kind");
    QTest::newRow("another program's tables") << QStringLiteral("tables");
    QTest::newRow("another program's application id") << QStringLiteral("id");
    QTest::newRow("a text file") << QStringLiteral("text");
    QTest::newRow("a short file") << QStringLiteral("short");
    QTest::newRow("a cut-off header") << QStringLiteral("cut");
}

void StoreMigrationsTest::whatIsNotOursIsRefusedUntouched() {
    QFETCH(QString, kind);
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("songda.db"));
    if (kind == QLatin1String("tables")) {
        PlainDatabase(path).exec("CREATE TABLE bookmarks(url TEXT); INSERT INTO bookmarks VALUES('x')");
    } else if (kind == QLatin1String("id")) {
        PlainDatabase(path).exec("PRAGMA application_id = 42");
    } else {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kind == QLatin1String("text") ? QByteArray("openid,thing1\n").repeated(1000)
                : kind == QLatin1String("short") ? QByteArray("x")
                                                 : QByteArray("SQLite format 3\0", 16));
    }
    const QStringList before = contentsOf(dir);
    const auto opened = JournalWriter::open({path.toStdString(), JournalWriter::Mode::Inline, 512});
    QVERIFY(!opened);
    COMPARE_NAMED(opened.error().code, ErrorCode::Corrupt);
    QVERIFY(!opened.error().detail.empty());
    QCOMPARE(contentsOf(dir), before);
    QVERIFY(!Database::open(path.toStdString(), Database::Mode::ReadOnly, store::newestSchemaVersion()));
    QCOMPARE(contentsOf(dir), before);
}

void StoreMigrationsTest::anEmptyFileIsANewDatabase() {
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("songda.db"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(JournalWriter::open({path.toStdString(), JournalWriter::Mode::Inline, 512}).has_value());
}

void StoreMigrationsTest::aMissingFileIsNotCreatedForReading() {
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("songda.db"));
    const auto opened = Database::open(path.toStdString(), Database::Mode::ReadOnly, store::newestSchemaVersion());
    QVERIFY(!opened);
    COMPARE_NAMED(opened.error().code, ErrorCode::NotFound);
    QVERIFY(!QFile::exists(path));
}

void StoreMigrationsTest::aMissingDirectoryIsAnError() {
    QTemporaryDir dir;
    const auto opened = JournalWriter::open(
        {dir.filePath(QStringLiteral("nowhere/songda.db")).toStdString(), JournalWriter::Mode::Inline, 512});
    QVERIFY(!opened);
    COMPARE_NAMED(opened.error().code, ErrorCode::Storage);
}

void StoreMigrationsTest::anInterruptedMigrationResumes_data() {
    QTest::addColumn<bool>("spilled");
    QTest::newRow("nothing had reached the file") << false;
    QTest::newRow("a part had reached the log") << true;
}

void StoreMigrationsTest::anInterruptedMigrationResumes() {
    QFETCH(bool, spilled);
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("songda.db"));
    QTemporaryDir crashed;
    const QString image = crashed.filePath(QStringLiteral("songda.db"));
    {
        auto database = must(Database::open(path.toStdString(), Database::Mode::ReadWrite, store::newestSchemaVersion()));
        if (spilled)
            must(database.exec("PRAGMA cache_size=5; PRAGMA cache_spill=1"));
        must(database.exec("BEGIN IMMEDIATE; CREATE TABLE meta(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;"
                           "CREATE TABLE run(id INTEGER PRIMARY KEY) STRICT;"));
        if (spilled)
            must(database.exec("CREATE TABLE filler(t TEXT);"
                               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
                               " INSERT INTO filler SELECT hex(zeroblob(2000)) FROM n;"));
        // The picture that a kill at this moment leaves on the disk.
        QVERIFY(QFile::copy(path, image));
        if (QFile::exists(path + QStringLiteral("-wal")))
            QVERIFY(QFile::copy(path + QStringLiteral("-wal"), image + QStringLiteral("-wal")));
        must(database.exec("ROLLBACK"));
    }
    if (spilled)
        QVERIFY(QFileInfo(image + QStringLiteral("-wal")).size() > 100'000);
    must(JournalWriter::open({image.toStdString(), JournalWriter::Mode::Inline, 512}));
    must(JournalWriter::open({path.toStdString(), JournalWriter::Mode::Inline, 512}));
    COMPARE_TEXT(schemaOf(image.toStdString()), schemaOf(path.toStdString()));
    auto database = must(Database::open(image.toStdString(), Database::Mode::ReadOnly, store::newestSchemaVersion()));
    QCOMPARE(must(database.scalar("PRAGMA user_version")).value(), store::newestSchemaVersion());
    QVERIFY(must(store::verify(database)).empty());
}

void StoreMigrationsTest::aKeysAccountGoesIntoItsList() {
    QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("songda.db"));
    QVERIFY(store::newestSchemaVersion() > 0);
    {
        PlainDatabase database(path);
        int version = 0;
        for (const QString &name : QDir(QStringLiteral(":/songda/schema")).entryList(QDir::Files, QDir::Name)) {
            if (name.endsWith(QStringLiteral("_intake_keys.sql")))
                break;
            database.exec(bytesOf(QStringLiteral(":/songda/schema/") + name).constData());
            ++version;
        }
        QVERIFY(version > 0 && version < store::newestSchemaVersion());
        database.exec(("PRAGMA user_version=" + QByteArray::number(version) + "; PRAGMA application_id=" + QByteArray::number(Database::applicationId)).constData());
        database.exec("INSERT INTO account(id, name, appid, api_base, rate, burst, connections, created_at) VALUES(3, 'main', 'wx', 'x', 1, 1, 1, 1), (5, 'second', 'wx', 'x', 1, 1, 1, 1);"
                      "INSERT INTO api_key(id, client, hash, hint, scopes, account_id, created_at, created_by, expires_at, revoked_at, revoked_by) VALUES"
                      " (1, 'orders', 'h1', 'songda_a', 3, 5, 10, 'li', 20, NULL, NULL), (2, 'orders', 'h2', 'songda_b', 1, NULL, 11, 'li', NULL, 12, 'wang');"
                      "INSERT INTO idempotency VALUES(10, 900), (11, 901), (20, 902), (9223372036854775807, 903)"); // of messages archived before
    }
    must(JournalWriter::open({path.toStdString(), JournalWriter::Mode::Inline, 512}));
    auto database = must(Database::open(path.toStdString(), Database::Mode::ReadOnly, store::newestSchemaVersion()));
    const auto keys = must(store::readApiKeys(database));
    QCOMPARE(keys.size(), 2U);
    QCOMPARE(keys[0].id, 2);
    QVERIFY(keys[0].accounts.empty() && keys[0].templates.empty());
    COMPARE_TEXT(keys[0].revokedBy, std::string("wang"));
    QVERIFY(keys[1].accounts == std::vector<std::string>{"second"} && keys[1].templates.empty());
    COMPARE_TEXT(keys[1].hash, std::string("h1"));
    QVERIFY(keys[1].expiresAt && toMillis(*keys[1].expiresAt) == 20);
    // Slots of lost keys are free, but for those with another behind them.
    QCOMPARE(must(database.scalar("SELECT group_concat(slot) = '10,9223372036854775807' FROM (SELECT slot FROM idempotency ORDER BY slot)")).value(), 1);
    QVERIFY(must(store::verify(database)).empty());
}

void StoreMigrationsTest::whatPagesGoByIsMadeOfTheRows() {
    TestJournal journal;
    const MessageId keyed = journal.add(journal.batch, [] {
        NewMessage m = TestJournal::newMessage("oKeyed");
        m.idempotencyKey = "order-1";
        m.keyScope = 77;
        return m;
    }());
    journal.addIn(MessageState::Dead, "oA");
    journal.addIn(MessageState::Uncertain, "oB", later(morning, std::chrono::hours{2}));
    journal.addIn(MessageState::Accepted, "oC", later(morning, std::chrono::hours{3}));
    journal.exec("UPDATE message SET id = 3 * 4096 WHERE openid = 'oC'; UPDATE payload SET message_id = 3 * 4096 WHERE message_id = 4;"
                 "UPDATE attempt SET message_id = 3 * 4096 WHERE message_id = 4");
    const std::string schema = schemaOf(journal.path());
    // As the step before left it.
    journal.exec("DROP TABLE message_span; DROP TABLE key_owner; DROP TABLE dead_summary; DROP INDEX message_state; DROP INDEX message_batch;"
                 "DROP INDEX message_aside; DROP INDEX message_discarded; DROP INDEX message_cause; DROP INDEX message_dead_time;"
                 "CREATE INDEX message_rare ON message(state, id) WHERE state NOT IN (1, 4, 5);"
                 "CREATE INDEX message_cause ON message(cause, id) WHERE cause IS NOT NULL;"
                 "CREATE INDEX message_dead_time ON message(finished_at, batch_id, cause) WHERE state IN (6, 7, 8);"
                 "ALTER TABLE account DROP COLUMN proxy; PRAGMA user_version = 20");
    journal.writer.reset();
    journal.writer = must(JournalWriter::open({journal.path(), JournalWriter::Mode::Inline, 512}));
    COMPARE_TEXT(schemaOf(journal.path()), schema);
    COMPARE_TEXT(journal.broken(), std::string());
    QCOMPARE(journal.number("SELECT count(*) FROM dead_summary"), 2);
    auto database = journal.reader();
    MessageFilter filter;
    filter.idempotencyKey = "order-1";
    const auto found = must(store::readPage(database, {filter, std::nullopt, 10})).rows;
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found.front().id.value, keyed.value);
}

void StoreMigrationsTest::twoProcessesMayOpenANewFileAtOnce() {
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("songda.db")).toStdString();
    auto first = must(Database::open(path, Database::Mode::ReadWrite, store::newestSchemaVersion()));
    auto second = must(Database::open(path, Database::Mode::ReadWrite, store::newestSchemaVersion()));
    must(store::migrate(first));
    must(store::migrate(second));
    QCOMPARE(must(second.scalar("PRAGMA user_version")).value(), store::newestSchemaVersion());
}

void StoreMigrationsTest::readersCannotWrite() {
    TestJournal journal;
    auto database = journal.reader();
    QVERIFY(!database.exec("DELETE FROM account"));
    QCOMPARE(journal.number("SELECT count(*) FROM account"), 1);
}

void StoreMigrationsTest::triggersOfAForeignHandHaveNoPower() {
    TestJournal journal;
    journal.add("oA");
    journal.writer.reset();
    PlainDatabase(QString::fromStdString(journal.path()))
        .exec("CREATE TRIGGER evil AFTER UPDATE ON message BEGIN UPDATE message SET openid = 'oEvil'; END");
    auto opened = JournalWriter::open({journal.path(), JournalWriter::Mode::Inline, 512});
    if (!opened)
        return; // refused: also right
    journal.writer = std::move(*opened);
    journal.claim();
    COMPARE_TEXT(journal.list("SELECT openid FROM message"), std::string("oA"));
}

QTEST_GUILESS_MAIN(StoreMigrationsTest)
#include "store_migrations_test.moc"
