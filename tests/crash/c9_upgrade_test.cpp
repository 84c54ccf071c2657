// SPDX-License-Identifier: GPL-3.0-or-later
//
// Schema upgrades under kills: at each statement, and at each write of a smaller database. Afterwards the file is
// a whole old one or a whole new one, a copy from before is there as soon as anything changed, and the next start
// finishes. Files of a newer program are refused and stay as they are.
//
// SONGDA_CRASH_ROWS: a larger database as well, from the oldest schema, whose way passes all statements.
// SONGDA_CRASH_ALL_WRITES: not only a part of the writes, and of the many statements from the oldest schema; and from
// every schema, not only from the oldest and the last.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/journal_state.h"
#include "tests/crash/kill_environment.h"
#include "tests/crash/older_database.h"
#include "tests/crash/recipients.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <algorithm>

using namespace songda::testing;

namespace {

constexpr int importDeadline = 600'000;
constexpr int startDeadline = 5'000;
constexpr int usualRows = 2'000;
constexpr int rowsForWrites = 500;

/// Opens the database to write and so upgrades it, and changes nothing else.
QStringList opening() {
    return {QStringLiteral("account"), QStringLiteral("resume"), Console::account()};
}

QByteArray digestOf(const QString &path) {
    QFile file(path);
    QCryptographicHash digest(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && digest.addData(&file) ? digest.result().toHex() : QByteArray();
}

bool isEverythingWanted() { return qEnvironmentVariableIsSet("SONGDA_CRASH_ALL_WRITES"); }

} // namespace

class C9UpgradeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedAtEachStatement_data();
    void killedAtEachStatement();
    void killedAtEachWrite_data();
    void killedAtEachWrite();
    void newerFilesAreRefusedUntouched();

private:
    static void addVersions(int rows);
    /// A profile with so many messages, a part of them for later, on an account that nobody answers for.
    static bool makeProfile(const Console &console, int rows);
    /// Keeps the database as it is beside the profile, and puts it back with nothing of an upgrade beside it.
    static bool keep(const Console &console);
    static bool putBack(const Console &console);

    /// Opens the profile once for each event from `first` on, in steps, dying at it, until one start comes through.
    void killAtEach(const Console &console, const QString &point, int version, int rows, int step);
    void checkAfterKill(const Console &console, int version, int rows);
    void checkNextStart(const Console &console, int version, int rows);

    static QString copyOf(const Console &console, int version) {
        return console.databaseFile() + QStringLiteral(".before-upgrade-from-%1").arg(version);
    }

    bool m_large = false;
    qint64 m_slowestStartMs = 0;
};

bool C9UpgradeTest::makeProfile(const Console &console, int rows) {
    // The templates come from a simulator that is gone by the time somebody could send.
    const QString folder = QFileInfo(console.profile()).path();
    SimulatorProcess simulator(folder);
    if (!simulator.start({}, 1) || !console.setUp(simulator.baseUrl(), 1, 1, 1))
        return false;
    const QString csv = folder + QStringLiteral("/people.csv");
    const int later = rows / 4;
    const auto queue = [&](int first, int count, const QStringList &more) {
        return writeRecipients(csv, first, count)
            && console.run(importCommand(csv) + more, {}, importDeadline).number("queued") == count;
    };
    return queue(0, rows - later, {})
        && queue(rows - later, later, {QStringLiteral("--at"), QStringLiteral("2090-01-31T18:30")});
}

bool C9UpgradeTest::keep(const Console &console) {
    return QFile::copy(console.databaseFile(), console.profile() + QStringLiteral("/../old.db"));
}

bool C9UpgradeTest::putBack(const Console &console) {
    QDir profile(console.profile());
    for (const QString &name :
        profile.entryList({QStringLiteral("songda.db*"), QStringLiteral("progress.json")}, QDir::Files)) {
        if (!profile.remove(name))
            return false;
    }
    return QFile::copy(console.profile() + QStringLiteral("/../old.db"), console.databaseFile());
}

void C9UpgradeTest::checkAfterKill(const Console &console, int version, int rows) {
    const auto now = queryDatabase(console.databaseFile(), QStringLiteral("PRAGMA user_version"));
    QVERIFY(now);
    QVERIFY(now->toInt() >= version && now->toInt() <= newestSchema());
    if (!m_large) {
        const auto state = readJournalState(console.databaseFile());
        QVERIFY(state);
        QCOMPARE(state->integrity, QStringLiteral("ok"));
        QCOMPARE(state->total(), rows);
    }
    if (!QFile::exists(copyOf(console, version))) {
        QVERIFY2(now->toInt() == version, "upgraded without a copy from before");
        return;
    }
    if (m_large)
        return;
    const auto copy = readJournalState(copyOf(console, version));
    QVERIFY(copy);
    QCOMPARE(copy->integrity, QStringLiteral("ok"));
    QCOMPARE(copy->schemaVersion, version);
    QCOMPARE(copy->total(), rows);
}

void C9UpgradeTest::checkNextStart(const Console &console, int version, int rows) {
    QElapsedTimer clock;
    clock.start();
    const CommandResult next = console.run(opening(), {}, importDeadline);
    m_slowestStartMs = std::max(m_slowestStartMs, clock.elapsed());
    QVERIFY2(next.exitCode == 0, next.output.constData());
    QVERIFY(m_large || m_slowestStartMs <= startDeadline);
    const auto state = readJournalState(console.databaseFile());
    QVERIFY(state);
    QCOMPARE(state->integrity, QStringLiteral("ok"));
    QCOMPARE(state->schemaVersion, newestSchema());
    QCOMPARE(state->total(), rows);
    const auto copied = queryDatabase(copyOf(console, version), QStringLiteral("SELECT count(*) FROM message"));
    QCOMPARE(copied.value_or(QString()), QString::number(rows));
    QVERIFY(!QFile::exists(copyOf(console, version) + QStringLiteral(".part")));
    const CommandResult verified = console.verify();
    QVERIFY2(verified.exitCode == 0, verified.output.constData());
}

void C9UpgradeTest::killAtEach(const Console &console, const QString &point, int version, int rows, int step) {
    QElapsedTimer clock;
    clock.start();
    int kills = 0;
    for (int event = 1;; event += step) {
        QVERIFY(putBack(console));
        const auto program = console.withEnvironment(dieAt(point, QStringLiteral("before"), event)).start(opening());
        QVERIFY(program);
        QVERIFY(program->waitForEnd(importDeadline));
        if (!program->wasKilled()) {
            QCOMPARE(program->exitCode(), 0);
            break;
        }
        ++kills;
        checkAfterKill(console, version, rows);
        if (!QTest::currentTestFailed())
            checkNextStart(console, version, rows);
        if (QTest::currentTestFailed()) {
            qInfo("at %s %d", qPrintable(point), event);
            return;
        }
    }
    QVERIFY2(kills * step > 10, "the kills did not reach the program");
    checkNextStart(console, version, rows);
    qInfo("schema %d to %d with %d rows: killed before each %s (every %d. of them), %d kills, %.0f s; slowest next start "
          "%lld ms",
        version, newestSchema(), rows, qPrintable(point), step, kills, static_cast<double>(clock.elapsed()) / 1000,
        m_slowestStartMs);
}

void C9UpgradeTest::addVersions(int rows) {
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("rows");
    for (int version = 1; version < newestSchema(); ++version) {
        if (version == 1 || version == newestSchema() - 1 || isEverythingWanted())
            QTest::addRow("from schema %d", version) << version << rows;
    }
}

void C9UpgradeTest::killedAtEachStatement_data() {
    addVersions(usualRows);
    Scale usual;
    usual.rows = usualRows;
    if (const int rows = Scale::fromEnvironment(usual).rows; rows != usualRows)
        QTest::addRow("from schema 1 with %d rows", rows) << 1 << rows;
}

void C9UpgradeTest::killedAtEachStatement() {
    QFETCH(int, version);
    QFETCH(int, rows);
    m_large = rows > 100'000;
    m_slowestStartMs = 0;
    KeptWhenFailed dir;
    const Console console(dir.path());
    QVERIFY(makeProfile(console, rows));
    QCOMPARE(makeOlder(console.databaseFile(), version), QString());
    QVERIFY(keep(console));
    // The way from the oldest passes some two hundred statements.
    killAtEach(console, QStringLiteral("upgrade-statement"), version, rows, isEverythingWanted() || version > 1 ? 1 : 4);
}

void C9UpgradeTest::killedAtEachWrite_data() {
    addVersions(rowsForWrites);
}

void C9UpgradeTest::killedAtEachWrite() {
    QFETCH(int, version);
    QFETCH(int, rows);
    m_large = false;
    m_slowestStartMs = 0;
    KeptWhenFailed dir;
    const Console console(dir.path());
    QVERIFY(makeProfile(console, rows));
    QCOMPARE(makeOlder(console.databaseFile(), version), QString());
    QVERIFY(keep(console));
    killAtEach(console, QStringLiteral("file-change"), version, rows, isEverythingWanted() ? 1 : 9);
}

void C9UpgradeTest::newerFilesAreRefusedUntouched() {
    KeptWhenFailed dir;
    const Console console(dir.path());
    QVERIFY(makeProfile(console, 100));
    const int newer = newestSchema() + 7;
    QCOMPARE(setSchemaVersion(console.databaseFile(), newer), QString());
    const QByteArray before = digestOf(console.databaseFile());
    QVERIFY(!before.isEmpty());
    const QByteArray named
        = "schema " + QByteArray::number(newer) + ", this program knows " + QByteArray::number(newestSchema());
    for (const QStringList &command : {opening(), runCommand(), QStringList{QStringLiteral("verify")},
             QStringList{QStringLiteral("queue"), QStringLiteral("stats")}}) {
        const CommandResult refused = console.run(command);
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.output.contains(named), refused.output.constData());
        QCOMPARE(digestOf(console.databaseFile()), before);
        QCOMPARE(QFile(console.databaseFile() + QStringLiteral("-wal")).size(), 0); // looking into it leaves an empty one
    }
}

SONGDA_CRASH_MAIN(C9UpgradeTest)
#include "c9_upgrade_test.moc"
