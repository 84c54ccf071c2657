// SPDX-License-Identifier: GPL-3.0-or-later
//
// Quit and log-off while the platform is silent: the program is gone in ten seconds, what was on its way waits for
// its repeat, the rest is queued as before, and the next start delivers everything once.
//
// SONGDA_CRASH_ROWS: a longer list.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/drain_accounts.h"
#include "tests/crash/journal_state.h"
#include "tests/crash/recipients.h"
#include "tests/crash/scale.h"

#include <QElapsedTimer>
#include <QTest>
#include <csignal>

using namespace songda::testing;

namespace {

constexpr int connections = 16;
constexpr int rate = 5000; ///< no limit: the connections are
constexpr int goneDeadline = 10'000;
constexpr int drainDeadline = 300'000;

} // namespace

class C5QuitTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quitsInTimeAndLosesNothing_data();
    void quitsInTimeAndLosesNothing();
};

void C5QuitTest::quitsInTimeAndLosesNothing_data() {
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("signal");
    const QStringList serve{QStringLiteral("serve")};
    QTest::newRow("SIGTERM, network managers") << QStringLiteral("standard") << serve << SIGTERM;
    QTest::newRow("log-off, bulk") << QStringLiteral("bulk") << runCommand() << SIGHUP;
    if (Scale::fromEnvironment().rows < 5000)
        return;
    QTest::newRow("SIGINT, network managers") << QStringLiteral("standard") << runCommand() << SIGINT;
    QTest::newRow("SIGTERM, bulk") << QStringLiteral("bulk") << serve << SIGTERM;
    QTest::newRow("log-off, network managers") << QStringLiteral("standard") << serve << SIGHUP;
}

void C5QuitTest::quitsInTimeAndLosesNothing() {
    QFETCH(QString, transport);
    QFETCH(QStringList, command);
    QFETCH(int, signal);
    const int rows = Scale::fromEnvironment().rows;
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    QVERIFY(simulator.start({}, 1));
    const Console console(dir.path());
    QVERIFY(console.setUp(simulator.baseUrl(), rate, rate, connections, transport));
    const QString csv = dir.path() + QStringLiteral("/people.csv");
    QVERIFY(writeRecipients(csv, 0, rows));
    QCOMPARE(console.run(importCommand(csv)).number("queued"), rows);
    // Every second one arrives although its sender is not told.
    QVERIFY(simulator.control({{QStringLiteral("mix"), QStringLiteral("hang=50,recorded_hang=50")}}));

    const auto engine = console.start(command);
    QVERIFY(engine);
    const auto wireCopies = [&] { return simulator.sums().value_or(LedgerSums()).wireCopies; };
    QTRY_COMPARE_WITH_TIMEOUT(wireCopies(), connections, 10'000);
    QElapsedTimer clock;
    clock.start();
    engine->signal(signal);
    // Whoever starts it again at once is told that the first one has not ended.
    const CommandResult tooEarly = console.run(runCommand());
    QCOMPARE(tooEarly.exitCode, 1);
    QVERIFY(tooEarly.output.contains("in_use"));
    QVERIFY(engine->waitForEnd(goneDeadline + 10'000));
    const qint64 goneMs = clock.elapsed();
    QCOMPARE(engine->exitCode(), 0);
    QVERIFY2(goneMs <= goneDeadline, qPrintable(QString::number(goneMs)));

    const auto state = readJournalState(console.databaseFile());
    QVERIFY(state);
    QCOMPARE(state->integrity, QStringLiteral("ok"));
    QCOMPARE(state->queued(), rows - connections);
    QCOMPARE(state->retrying() + state->uncertain(), connections);
    QCOMPARE(state->openAttempts(), 0);
    QCOMPARE(wireCopies(), connections);

    QVERIFY(simulator.control({{QStringLiteral("mix"), QString()}}));
    const CommandResult rest = console.run(runCommand(), {}, drainDeadline);
    QCOMPARE(rest.exitCode, 0);
    const DrainAccounts accounts = settleDrain(console, simulator, rows, dir.path() + QStringLiteral("/report.csv"));
    QVERIFY2(accounts.faults.isEmpty(), qPrintable(accounts.faults.join(QLatin1Char('\n'))));
    QCOMPARE(accounts.counts.accepted, rows);
    QCOMPARE(accounts.sums.wireCopies, rows + connections);
    const CommandResult verified = console.verify();
    QVERIFY2(verified.exitCode == 0, verified.output.constData());
    qInfo("%d queued, %d in flight and unanswered: gone in %lld ms, %lld waited for their repeat, everybody was written to "
          "once",
        rows, connections, goneMs, state->retrying());
}

SONGDA_CRASH_MAIN(C5QuitTest)
#include "c5_quit_test.moc"
