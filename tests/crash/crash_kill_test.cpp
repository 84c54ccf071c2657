// SPDX-License-Identifier: GPL-3.0-or-later
//
// The real programs under kill -9: an import and a delivery are killed at random moments and started again
// until they are through. Nothing may be lost, nobody notified twice, and the record must tell what happened.
// The moments come from a seed that is printed; the verdict does not depend on where they fall.
//
// SONGDA_CRASH_ROWS, SONGDA_CRASH_KILLS: more of it. SONGDA_CRASH_SEED: the same moments again.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/drain_accounts.h"
#include "tests/crash/kill_plan.h"
#include "tests/crash/recipients.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace songda::testing;

namespace {

constexpr int connections = 16;
constexpr int burst = 20;
constexpr int pollMs = 10;
constexpr int killsPerImport = 2;
constexpr int importDeadline = 600'000;
constexpr int killWait = 120'000; ///< then the kill comes although too little has arrived

/// Errors, lost answers and silence, in percent of the sends.
constexpr const char *weather = "busy=2,43004=0.5,http500=0.5,recorded_close=0.5,hang=0.2";

/// The batch's name begins like a formula: exports must make it harmless.
constexpr const char *batchName = "@drain";

} // namespace

class CrashKillTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aKilledImportIsFinishedByTheNextOne();
    void aKilledDeliveryLosesNothingAndNotifiesNobodyTwice();
    void cleanup();

private:
    QString folder(const char *name) const;
    /// Kills the import of a list of so many new rows at random moments of its life, twice, and lets it end
    /// after that.
    void importUnderKills(const Console &console, const QString &csv, const QString &batch, int rows, int usualMs);
    /// Kills one delivery; true when the kill met it alive.
    bool deliverUntilKilled(const Console &console, SimulatorProcess &simulator, const KillMoment &moment);
    void checkConserved(const Console &console, qint64 rows);
    void checkAccounts(const Console &console, SimulatorProcess &simulator, const QString &report);

    Scale m_scale;
    QRandomGenerator m_random;
    QTemporaryDir m_dir;
};

void CrashKillTest::initTestCase() {
    m_scale = Scale::fromEnvironment();
    m_random.seed(m_scale.seed);
    qInfo("SONGDA_CRASH_SEED=%u SONGDA_CRASH_ROWS=%d SONGDA_CRASH_KILLS=%d", m_scale.seed, m_scale.rows, m_scale.kills);
    QVERIFY(m_dir.isValid());
}

void CrashKillTest::cleanup() {
    if (!QTest::currentTestFailed())
        return;
    m_dir.setAutoRemove(false);
    qInfo("seed %u; profiles and logs are kept in %s", m_scale.seed, qPrintable(m_dir.path()));
}

QString CrashKillTest::folder(const char *name) const {
    const QString path = m_dir.filePath(QString::fromLatin1(name));
    QDir().mkpath(path);
    return path;
}

void CrashKillTest::checkConserved(const Console &console, qint64 rows) {
    QCOMPARE(console.counts().total, rows);
    const CommandResult verified = console.verify();
    QVERIFY2(verified.exitCode == 0, verified.output.constData());
}

void CrashKillTest::importUnderKills(const Console &console, const QString &csv, const QString &batch, int rows, int usualMs) {
    const qint64 before = console.counts().total;
    qint64 taken = 0; // of this list
    int landed = 0;
    for (int kill = 0; kill < killsPerImport; ++kill) {
        const auto import = console.start(importCommand(csv, batch));
        QVERIFY2(import != nullptr, "the import did not start");
        // Not at its very beginning: it is short and a third of it is the start of the program.
        QTest::qSleep(usualMs / 4 + m_random.bounded(usualMs * 3 / 4));
        landed += import->killNow() ? 1 : 0;
        const qint64 now = console.counts().total - before;
        QVERIFY2(now >= taken && now <= rows, qPrintable(QStringLiteral("%1 rows taken after %2 of %3").arg(now).arg(taken).arg(rows)));
        taken = now;
        checkConserved(console, before + taken);
        if (QTest::currentTestFailed())
            return;
    }
    const CommandResult last = console.run(importCommand(csv, batch), {}, importDeadline);
    QVERIFY2(last.exitCode == 0, last.output.constData());
    QCOMPARE(last.number("read"), rows);
    QCOMPARE(last.number("rejected"), 0);
    QCOMPARE(last.number("duplicates"), taken);
    QCOMPARE(last.number("queued"), rows - taken);
    checkConserved(console, before + rows);
    qInfo("import of %d rows: %d of %d kills met it alive, %lld rows were there before the last one", rows, landed, killsPerImport, taken);
}

void CrashKillTest::aKilledImportIsFinishedByTheNextOne() {
    const QString directory = folder("import");
    SimulatorProcess simulator(directory);
    QVERIFY(simulator.start({}, 1));
    const Console console(directory);
    QVERIFY(console.setUp(simulator.baseUrl(), 1, 1, 1));

    // The first list is left alone and tells how long an import takes here, so that kills fall inside of it.
    const int rows = m_scale.importRows;
    const auto csv = [&](int list) { return directory + QStringLiteral("/people-%1.csv").arg(list); };
    for (int list = 0; list <= m_scale.importLists; ++list)
        QVERIFY(writeRecipients(csv(list), list * rows, rows));
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(console.run(importCommand(csv(0)), {}, importDeadline).number("queued"), rows);
    const int usualMs = static_cast<int>(clock.elapsed());

    for (int list = 1; list <= m_scale.importLists; ++list) {
        importUnderKills(console, csv(list), {}, rows, usualMs);
        if (QTest::currentTestFailed())
            return;
    }
    // Once more changes nothing.
    for (int list = 0; list <= m_scale.importLists; ++list) {
        const CommandResult again = console.run(importCommand(csv(list)), {}, importDeadline);
        QCOMPARE(again.exitCode, 0);
        QCOMPARE(again.number("queued"), 0);
        QCOMPARE(again.number("duplicates"), rows);
    }
    checkConserved(console, (m_scale.importLists + 1) * rows);
}

bool CrashKillTest::deliverUntilKilled(const Console &console, SimulatorProcess &simulator, const KillMoment &moment) {
    const auto delivery = console.start(runCommand());
    if (!delivery)
        return false;
    QElapsedTimer waited;
    waited.start();
    while (!delivery->hasEnded() && waited.elapsed() < killWait) {
        const auto sums = simulator.sums();
        if (sums && sums->wireCopies >= moment.wireCopies)
            break;
        QTest::qSleep(pollMs);
    }
    QTest::qSleep(moment.afterMs);
    return delivery->killNow();
}

void CrashKillTest::aKilledDeliveryLosesNothingAndNotifiesNobodyTwice() {
    const QString directory = folder("delivery");
    QElapsedTimer clock;
    clock.start();
    SimulatorProcess simulator(directory);
    QVERIFY(simulator.start(QString::fromLatin1(weather), m_scale.seed));
    const Console console(directory);
    QVERIFY(console.setUp(simulator.baseUrl(), m_scale.rate(), burst, connections));
    const QString csv = directory + QStringLiteral("/people.csv");
    QVERIFY(writeRecipients(csv, 0, m_scale.rows));
    importUnderKills(console, csv, QString::fromLatin1(batchName), m_scale.rows, 60 + m_scale.rows / 130);
    if (QTest::currentTestFailed())
        return;

    int landed = 0;
    const QList<KillMoment> plan = killPlan(m_random, m_scale.rows, m_scale.kills);
    for (const KillMoment &moment : plan) {
        landed += deliverUntilKilled(console, simulator, moment) ? 1 : 0;
        checkConserved(console, m_scale.rows);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(landed * 2 > m_scale.kills, "the delivery ended before it could be killed");
    const CommandResult last = console.run(runCommand(), {}, m_scale.drainDeadline());
    QVERIFY2(last.exitCode == 0 || last.exitCode == drainedWithDeadLetters, last.output.constData());
    QVERIFY2(!simulator.hasEnded(), "the simulator must live to the end: its ledger is the truth");
    qInfo("%d of %d kills met the delivery alive; drained after %.1f s", landed, m_scale.kills,
        static_cast<double>(clock.elapsed()) / 1000);

    checkConserved(console, m_scale.rows);
    checkAccounts(console, simulator, directory + QStringLiteral("/report.csv"));
    if (QTest::currentTestFailed())
        return;

    // The same list again: everybody has been written to, so nothing is queued.
    const CommandResult again = console.run(importCommand(csv, QString::fromLatin1(batchName)), {}, importDeadline);
    QCOMPARE(again.number("queued"), 0);
    QCOMPARE(again.number("duplicates"), m_scale.rows);
}

void CrashKillTest::checkAccounts(const Console &console, SimulatorProcess &simulator, const QString &report) {
    const DrainAccounts accounts = settleDrain(console, simulator, m_scale.rows, report);
    const DeliveryFigures &f = accounts.figures;
    qInfo("%lld accepted, %lld dead, %lld uncertain; notified twice %lld; wire copies %lld, attempt rows %lld (%lld interrupted, "
          "%lld not written); repeats dropped %lld; shown though dead %lld, though uncertain %lld; written but never seen %lld; "
          "token requests %lld",
        f.accepted, f.dead, f.uncertain, accounts.sums.notifiedTwice, f.wireCopies, f.attemptRows, f.interrupted, f.notWritten,
        accounts.sums.duplicatesDropped, f.shownThoughDead, f.shownThoughUncertain, f.writtenButNeverSeen,
        accounts.sums.tokenRequests);
    QVERIFY2(accounts.faults.isEmpty(), qPrintable(accounts.faults.join(QLatin1Char('\n'))));
}

SONGDA_CRASH_MAIN(CrashKillTest)
#include "crash_kill_test.moc"
