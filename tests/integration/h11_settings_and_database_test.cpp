// SPDX-License-Identifier: GPL-3.0-or-later
//
// H11: settings and databases as doors. Whatever somebody wrote into them: what it was before, or a refusal with a reason;
// no code in a file runs, and a file that is not ours is left as it is.
#include "engine/doors/door_settings.h"
#include "engine/facade/profile.h"
#include "tests/full_form.h"
#include "tests/integration/engine_fixture.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTest>
#include <sqlite3.h>

using namespace songda;
using namespace songda::testing;

namespace {

/// Pieces that readers of settings stumble over.
const QList<QByteArray> &pieces() {
    static const QList<QByteArray> list{"\"", "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e999", "99999999999999999999", "\"../../etc/passwd\"", "\"\\u0000\"",
        QByteArray("\0", 1), "\xff", "\"port\": 70000,", "\"enabled\": \"yes\",", "\"certificate\": \"/dev/zero\",", "\"secrets\": \"memory\",", "\"format\": \"songda-profile-9\",",
        "\"trusted_proxies\": [\"0.0.0.0/99\"],", "\"threads\": 1e9,", QByteArray(300, '['), QByteArray("{\"a\":").repeated(200)};
    return list;
}

QByteArray mutated(QByteArray text, QRandomGenerator &random) {
    const int changes = random.bounded(1, 5);
    for (int i = 0; i < changes; ++i) {
        const auto at = static_cast<qsizetype>(random.bounded(static_cast<quint32>(text.size()) + 1));
        switch (random.bounded(4)) {
        case 0: text.insert(at, pieces()[random.bounded(static_cast<int>(pieces().size()))]); break;
        case 1: text.remove(at, random.bounded(1, 12)); break;
        case 2:
            if (at < text.size())
                text[at] = static_cast<char>(random.bounded(256));
            break;
        default: text.insert(at, text.mid(at, random.bounded(1, 60))); break;
        }
    }
    return text;
}

quint32 seedOfRun() {
    return qEnvironmentVariableIsSet("SONGDA_SEED") ? qEnvironmentVariable("SONGDA_SEED").toUInt() : QRandomGenerator::global()->generate();
}

QByteArray contentOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray hashOf(const QString &path) { return QCryptographicHash::hash(contentOf(path), QCryptographicHash::Sha256); }

void write(const QString &path, const QByteArray &content) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

/// With every protection of ours off, as another program would.
void runSql(const QString &path, const char *sql) {
    sqlite3 *db = nullptr;
    char *error = nullptr;
    if (sqlite3_open(path.toUtf8().constData(), &db) != SQLITE_OK || sqlite3_exec(db, sql, nullptr, nullptr, &error) != SQLITE_OK)
        qFatal("%s", error != nullptr ? error : "cannot open");
    sqlite3_close(db);
}

std::int64_t numberOf(const QString &path, const char *sql) {
    sqlite3 *db = nullptr;
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_open_v2(path.toUtf8().constData(), &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK || sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) != SQLITE_OK
        || sqlite3_step(statement) != SQLITE_ROW)
        qFatal("%s", sqlite3_errmsg(db));
    const std::int64_t n = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return n;
}

Result<std::unique_ptr<Engine>> openProfile(const QString &profile) {
    EngineOptions options;
    options.profileDir = profile.toStdString();
    options.role = EngineOptions::Role::Engine;
    options.user = "tester";
    options.secretsInMemory = true;
    return Engine::open(options);
}

} // namespace

class H11SettingsAndDatabaseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void mutatedSettings();
    void monstrousSettings();
    void triggersOfTheFileDoNotFire();
    void aViewInPlaceOfATableIsNoWayIn();
    void otherFilesAreLeftAsTheyAre();
    void mutatedDatabases();
};

void H11SettingsAndDatabaseTest::mutatedSettings() {
    const int count = inFullForm(5'000, 1'000);
    const quint32 seed = seedOfRun();
    QRandomGenerator random(seed);
    QTemporaryDir dir;
    const QByteArray good = R"({"format": "songda-profile-1", "profile_id": "p", "secrets": "file", "doors": {"enabled": true, "address": "127.0.0.1", "port": 8460,
        "threads": 2, "trusted_proxies": ["10.0.0.0/8"], "connections": 100, "connections_per_address": 10, "request_seconds": 2.5, "public_url": "https://a.example", "jwt": []}})";
    int taken = 0;
    for (int i = 0; i < count; ++i) {
        const QByteArray text = i == 0 ? good : mutated(good, random);
        write(dir.filePath(QStringLiteral("settings.json")), text);
        const auto settings = profile::readSettings(dir.path().toStdString());
        const auto doors = settings ? doors::readDoorSettings(settings->doors, dir.path().toStdString()) : tl::unexpected(settings.error());
        if (doors) {
            ++taken;
            QVERIFY(doors->server.port != 0 && doors->server.threads >= 1 && doors->server.threads <= 16);
        } else {
            QVERIFY2(!doors.error().detail.empty() && doors.error().detail.size() < 1000,
                qPrintable(QStringLiteral("seed %1, number %2: %3").arg(seed).arg(i).arg(QString::fromStdString(doors.error().detail))));
        }
        QCOMPARE(contentOf(dir.filePath(QStringLiteral("settings.json"))), text); // reading changes nothing
    }
    QVERIFY(taken > 0 && taken < count);
}

void H11SettingsAndDatabaseTest::monstrousSettings() {
    EngineFixture f;
    const QString settings = f.profile() + QStringLiteral("/settings.json");
    const QByteArray good = contentOf(settings);
    const QByteArray deep = QByteArray(500'000, '[');
    const QByteArray large = good + QByteArray(100 << 20, ' ');
    const QByteArray wrongTypes = R"({"format": 1, "profile_id": [], "secrets": {}, "doors": 7})";
    const QByteArray nul = QByteArray(good).replace("\"profile_id\"", QByteArray("\"profile\0_id\"", 13));
    for (const QByteArray &text : {deep, wrongTypes, QByteArray(), QByteArray(1, '\0'), QByteArray(good).replace("songda-profile-1", "songda-profile-2"), nul}) {
        write(settings, text);
        const auto opened = openProfile(f.profile());
        QVERIFY2(!opened && !opened.error().detail.empty(), text.left(60).constData());
        QCOMPARE(contentOf(settings), text);
    }
    write(settings, large); // whatever comes of it, the first of it is all that is read
    if (const auto opened = openProfile(f.profile()); !opened)
        QVERIFY(!opened.error().detail.empty());
    write(settings, good);
    QVERIFY(openProfile(f.profile()).has_value());
}

void H11SettingsAndDatabaseTest::triggersOfTheFileDoNotFire() {
    EngineFixture f;
    const QString database = f.profile() + QStringLiteral("/songda.db");
    {
        auto engine = f.open();
        f.import(*engine, 20, QStringLiteral("oUser"));
    }
    runSql(database, "CREATE TABLE trap(what TEXT);"
                     "CREATE TRIGGER steal AFTER UPDATE ON message BEGIN INSERT INTO trap VALUES('update'); UPDATE message SET openid = 'oStolen' WHERE id = NEW.id; END;"
                     "CREATE TRIGGER count_attempts AFTER INSERT ON attempt BEGIN INSERT INTO trap VALUES('attempt'); DELETE FROM attempt WHERE message_id = NEW.message_id; END;"
                     "CREATE VIEW everybody AS SELECT * FROM message;");
    auto engine = openProfile(f.profile());
    if (!engine) { // refused as a whole is as good
        QVERIFY(!engine.error().detail.empty());
        return;
    }
    static_cast<void>((*engine)->changeSecret("main", canary::appSecret.toStdString()).result());
    QVERIFY((*engine)->start().has_value());
    QTRY_COMPARE_WITH_TIMEOUT((*engine)->snapshot().counts[MessageState::Accepted], 20, 30'000);
    engine->reset();
    QCOMPARE(numberOf(database, "SELECT count(*) FROM trap"), 0);
    QCOMPARE(numberOf(database, "SELECT count(*) FROM message WHERE openid = 'oStolen'"), 0);
    QCOMPARE(f.simulator->ledger().wireCopies, std::uint64_t{20});
}

void H11SettingsAndDatabaseTest::aViewInPlaceOfATableIsNoWayIn() {
    EngineFixture f;
    const QString database = f.profile() + QStringLiteral("/songda.db");
    {
        auto engine = f.open();
        f.import(*engine, 5, QStringLiteral("oUser"));
    }
    runSql(database, "ALTER TABLE suppression RENAME TO hidden; CREATE VIEW suppression AS SELECT * FROM hidden WHERE 0;");
    auto engine = openProfile(f.profile());
    if (!engine) {
        QVERIFY(!engine.error().detail.empty());
        return;
    }
    // It opens: then nothing goes out past a list that cannot be read.
    static_cast<void>((*engine)->changeSecret("main", canary::appSecret.toStdString()).result());
    static_cast<void>((*engine)->start());
    QTest::qWait(1500);
    QCOMPARE(f.simulator->ledger().wireCopies, std::uint64_t{0});
}

void H11SettingsAndDatabaseTest::otherFilesAreLeftAsTheyAre() {
    EngineFixture f;
    const QString database = f.profile() + QStringLiteral("/songda.db");
    f.open().reset();
    const QByteArray good = contentOf(database);
    const auto refused = [&](const char *what) {
        const QByteArray before = hashOf(database);
        const auto engine = openProfile(f.profile());
        QVERIFY2(!engine, what);
        QVERIFY2(engine.error().detail.find("songda.db") != std::string::npos, engine.error().detail.c_str()); // which file
        QVERIFY2(hashOf(database) == before, what);
    };
    runSql(database, "PRAGMA application_id = 252006673"); // a Fossil checkout
    refused("another application id");
    QFile::remove(database);
    runSql(database, "CREATE TABLE contacts(name TEXT); INSERT INTO contacts VALUES('a')");
    refused("another program's database");
    write(database, "%PDF-1.7\n" + QByteArray(5000, 'x'));
    refused("no database");
    write(database, QByteArray(good.left(100)));
    refused("a head alone");
    write(database, good);
    QVERIFY(openProfile(f.profile()).has_value());
}

void H11SettingsAndDatabaseTest::mutatedDatabases() {
    const int count = inFullForm(1'000, 150);
    const quint32 seed = seedOfRun();
    QRandomGenerator random(seed);
    EngineFixture f;
    const QString database = f.profile() + QStringLiteral("/songda.db");
    {
        auto engine = f.open();
        f.import(*engine, 10, QStringLiteral("oUser"));
    }
    const QByteArray good = contentOf(database);
    int opened = 0;
    for (int i = 0; i < count; ++i) {
        QByteArray bad = good;
        // Most of them where the schema lies: its text is a program to SQLite.
        const int changes = random.bounded(1, 6);
        for (int c = 0; c < changes; ++c) {
            const auto end = static_cast<quint32>(random.bounded(4) == 0 ? bad.size() : std::min<qsizetype>(bad.size(), 32'768));
            bad[static_cast<qsizetype>(random.bounded(end))] = static_cast<char>(random.bounded(256));
        }
        write(database, bad);
        QFile::remove(database + QStringLiteral("-wal"));
        QFile::remove(database + QStringLiteral("-shm"));
        auto engine = openProfile(f.profile());
        if (!engine) {
            QVERIFY2(!engine.error().detail.empty(), qPrintable(QStringLiteral("seed %1, number %2").arg(seed).arg(i)));
            continue;
        }
        ++opened;
        static_cast<void>((*engine)->counts().result());
        static_cast<void>((*engine)->page({{}, std::nullopt, 100}).result());
    }
    qInfo("%d of %d opened, seed %u", opened, count, seed);
}

QTEST_GUILESS_MAIN(H11SettingsAndDatabaseTest)
#include "h11_settings_and_database_test.moc"
