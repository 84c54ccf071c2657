// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kill at named points: before and after each step between a caller's message and its recorded result (and inside
// of commits and checkpoints, where the log or a page is written and not yet synced). The program dies by a
// preloaded library, kill_points/kill_point.h; which event of a kind it is comes from a seed that is printed.
//
// SONGDA_CRASH_KILLS: kills at each point with each transport. SONGDA_CRASH_SEED: the same events again.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/drain_accounts.h"
#include "tests/crash/journal_state.h"
#include "tests/crash/kill_environment.h"
#include "tests/crash/recipients.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>
#include <algorithm>

using namespace songda::testing;

namespace {

constexpr int connections = 4;
constexpr int rate = 5000; ///< no limit: the connections are
constexpr int startDeadline = 5'000;
constexpr int drainDeadline = 300'000;
constexpr int listRows = 600;
constexpr int leastQueued = 400; ///< before a kill, so that its event comes before the list ends

/// Where a delivery dies: at one of the first so many events of the kind.
struct DeliveryPoint {
    const char *name;
    int latestEvent;
    bool hasInside;
};
constexpr DeliveryPoint deliveryPoints[] = {
    {"claim-commit", 8, true},
    {"first-byte-out", 70, false},
    {"last-byte-out", 70, false},
    {"first-byte-in", 70, false},
    {"result-commit", 6, true}, // results gather: four hundred of them may share ten commits
    {"checkpoint", 3, true},
};

QStringList sides(bool hasInside) {
    QStringList all{QStringLiteral("before"), QStringLiteral("after")};
    if (hasInside)
        all << QStringLiteral("inside");
    return all;
}

} // namespace

class C2NamedPointsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aDeliveryKilledAtEachPoint_data();
    void aDeliveryKilledAtEachPoint();
    void aSendKilledAtEachPoint();
    void anImportKilledAtItsCommits();

private:
    bool queueAnotherList(const Console &console);
    void killDelivery(const Console &console, SimulatorProcess &simulator, const DeliveryPoint &point, const QString &side);
    void checkAfterKill(const Console &console, SimulatorProcess &simulator, bool arrived);
    void drainAndSettle(const Console &console, SimulatorProcess &simulator, const QString &report);
    /// Sends to one person, dying there; then again with the same key.
    void killSend(const Console &console, int row, const QString &point, const QString &side);
    static QStringList sendTo(int row);

    Scale m_scale;
    QRandomGenerator m_random;
    int m_rows = 0; ///< queued in this profile
    int m_kills = 0;
    qint64 m_open = 0; ///< attempts without an end, over all kills
    qint64 m_underWay = 0; ///< of them, requests that arrived
    qint64 m_extra = 0;
    qint64 m_slowestStartMs = 0;
};

void C2NamedPointsTest::initTestCase() {
    Scale usual;
    usual.kills = 1;
    m_scale = Scale::fromEnvironment(usual);
    m_random.seed(m_scale.seed);
    qInfo("SONGDA_CRASH_SEED=%u SONGDA_CRASH_KILLS=%d", m_scale.seed, m_scale.kills);
}

bool C2NamedPointsTest::queueAnotherList(const Console &console) {
    const QString csv = QStringLiteral("%1/../people-%2.csv").arg(console.profile()).arg(m_rows);
    if (!writeRecipients(csv, m_rows, listRows) || console.run(importCommand(csv)).number("queued") != listRows)
        return false;
    m_rows += listRows;
    return true;
}

void C2NamedPointsTest::aDeliveryKilledAtEachPoint_data() {
    QTest::addColumn<QString>("transport");
    QTest::newRow("network managers") << QStringLiteral("standard");
    QTest::newRow("bulk") << QStringLiteral("bulk");
}

void C2NamedPointsTest::aDeliveryKilledAtEachPoint() {
    QFETCH(QString, transport);
    m_rows = m_kills = 0;
    m_open = m_underWay = m_slowestStartMs = 0;
    KeptWhenFailed dir;
    QElapsedTimer clock;
    clock.start();
    SimulatorProcess simulator(dir.path());
    QVERIFY(simulator.start({}, m_scale.seed));
    const Console console(dir.path());
    QVERIFY(console.setUp(simulator.baseUrl(), rate, rate, connections, transport));
    for (const DeliveryPoint &point : deliveryPoints) {
        for (const QString &side : sides(point.hasInside)) {
            for (int kill = 0; kill < m_scale.kills; ++kill) {
                killDelivery(console, simulator, point, side);
                if (QTest::currentTestFailed()) {
                    qInfo("%s %s, kill %d", qPrintable(side), point.name, kill);
                    return;
                }
            }
        }
    }
    drainAndSettle(console, simulator, dir.path() + QStringLiteral("/report.csv"));
    qInfo("%s: %d messages, %d kills, %.0f s; extra wire copies %lld, under way at the kills %lld; slowest start and death "
          "%lld ms",
        qPrintable(transport), m_rows, m_kills, static_cast<double>(clock.elapsed()) / 1000, m_extra, m_underWay,
        m_slowestStartMs);
}

void C2NamedPointsTest::killDelivery(
    const Console &console, SimulatorProcess &simulator, const DeliveryPoint &point, const QString &side) {
    const auto before = m_rows > 0 ? readJournalState(console.databaseFile()) : JournalState();
    QVERIFY(before);
    if (before->queued() < leastQueued)
        QVERIFY(queueAnotherList(console));
    const int event = 1 + static_cast<int>(m_random.bounded(point.latestEvent));
    QElapsedTimer clock;
    clock.start();
    const auto delivery
        = console.withEnvironment(dieAt(QString::fromLatin1(point.name), side, event, simulator.port())).start(runCommand());
    QVERIFY(delivery);
    QVERIFY(delivery->waitForEnd(startDeadline + 5'000));
    m_slowestStartMs = std::max(m_slowestStartMs, clock.elapsed());
    QVERIFY2(delivery->wasKilled(), qPrintable(QStringLiteral("event %1 did not come").arg(event)));
    QVERIFY(clock.elapsed() <= startDeadline);
    ++m_kills;
    const QByteArrayView name(point.name);
    checkAfterKill(
        console, simulator, name == "first-byte-in" || (name == "last-byte-out" && side == QLatin1String("after")));
}

void C2NamedPointsTest::checkAfterKill(const Console &console, SimulatorProcess &simulator, bool arrived) {
    const auto state = readJournalState(console.databaseFile());
    QVERIFY(state);
    QCOMPARE(state->integrity, QStringLiteral("ok"));
    QCOMPARE(state->total(), m_rows);
    // What was claimed and has no result is on record as started, and nothing of an earlier run still is.
    QCOMPARE(state->openAttempts(), state->sending());
    QCOMPARE(queryDatabase(console.databaseFile(),
                 QStringLiteral("SELECT count(*) FROM attempt WHERE phase = 0 AND run_id <> (SELECT max(id) FROM run)")),
        std::optional(QStringLiteral("0")));
    m_open += state->openAttempts();
    const auto underWay = [&] { return simulator.sums().value_or(LedgerSums()).wireCopies - state->answeredAttempts(); };
    if (arrived) {
        QVERIFY(state->openAttempts() > 0);
        QTRY_VERIFY(underWay() > m_underWay);
    }
    m_underWay = underWay();
    QVERIFY2(m_underWay <= m_open, "a request left without its attempt row");
}

void C2NamedPointsTest::drainAndSettle(const Console &console, SimulatorProcess &simulator, const QString &report) {
    const CommandResult last = console.run(runCommand(), {}, drainDeadline);
    QVERIFY2(last.exitCode == 0 || last.exitCode == drainedWithDeadLetters, last.output.constData());
    const DrainAccounts accounts = settleDrain(console, simulator, m_rows, report);
    QVERIFY2(accounts.faults.isEmpty(), qPrintable(accounts.faults.join(QLatin1Char('\n'))));
    QCOMPARE(accounts.counts.dead, 0);
    m_extra = accounts.sums.wireCopies - accounts.sums.messages;
    QVERIFY2(m_extra <= m_underWay, "a message was repeated that was not under way at a kill");
    const CommandResult verified = console.verify();
    QVERIFY2(verified.exitCode == 0, verified.output.constData());
}

QStringList C2NamedPointsTest::sendTo(int row) {
    return {QStringLiteral("send"), QStringLiteral("--account"), Console::account(), QStringLiteral("--template"),
        Console::templateTitle(), QStringLiteral("--to=") + QString::fromUtf8(openidOf(row)),
        QStringLiteral("--key=") + QString::fromUtf8(keyOf(row)), QStringLiteral("--data"),
        QStringLiteral("character_string1=SO1"), QStringLiteral("thing2=tea"), QStringLiteral("amount3=¥1.50"),
        QStringLiteral("time4=2026-01-31 15:01")};
}

void C2NamedPointsTest::killSend(const Console &console, int row, const QString &point, const QString &side) {
    const auto sent = console.withEnvironment(dieAt(point, side, 1)).start(sendTo(row));
    QVERIFY(sent);
    QVERIFY(sent->waitForEnd(startDeadline));
    QVERIFY(sent->wasKilled());
    CommandResult answer;
    answer.output = sent->output();
    const bool answered = point == QLatin1String("intake-answer") && side == QLatin1String("after");
    QVERIFY2(answer.output.isEmpty() != answered, answer.output.constData());
    const auto state = readJournalState(console.databaseFile());
    QVERIFY(state);
    QCOMPARE(state->integrity, QStringLiteral("ok"));
    const qint64 kept = state->total() - m_rows;
    if (point != QLatin1String("intake-commit") || side == QLatin1String("after"))
        QCOMPARE(kept, 1);
    else if (side == QLatin1String("before"))
        QCOMPARE(kept, 0);
    const auto newest = queryDatabase(console.databaseFile(), QStringLiteral("SELECT max(id) FROM message"));

    QElapsedTimer clock;
    clock.start();
    const CommandResult again = console.run(sendTo(row));
    QVERIFY(clock.elapsed() <= startDeadline);
    QVERIFY2(again.exitCode == 0, again.output.constData());
    QCOMPARE(again.json().value(QStringLiteral("duplicate")).toBool(), kept == 1);
    if (kept == 1)
        QCOMPARE(again.number("message_id"), newest->toLongLong());
    if (answered)
        QCOMPARE(again.number("message_id"), answer.number("message_id"));
    ++m_rows;
    ++m_kills;
    QCOMPARE(console.run(sendTo(row)).number("message_id"), again.number("message_id"));
    QCOMPARE(console.counts().total, m_rows);
}

void C2NamedPointsTest::aSendKilledAtEachPoint() {
    m_rows = m_kills = 0;
    m_underWay = 0;
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    QVERIFY(simulator.start({}, m_scale.seed));
    const Console console(dir.path());
    QVERIFY(console.setUp(simulator.baseUrl(), rate, rate, connections));
    for (const char *point : {"intake-commit", "intake-answer"}) {
        for (const QString &side : sides(QByteArrayView(point) == "intake-commit")) {
            for (int kill = 0; kill < 2 * m_scale.kills; ++kill) {
                killSend(console, m_rows, QString::fromLatin1(point), side);
                if (QTest::currentTestFailed()) {
                    qInfo("%s %s, kill %d", qPrintable(side), point, kill);
                    return;
                }
            }
        }
    }
    drainAndSettle(console, simulator, dir.path() + QStringLiteral("/report.csv"));
    qInfo("send: %d kills", m_kills);
}

void C2NamedPointsTest::anImportKilledAtItsCommits() {
    m_rows = m_kills = 0;
    m_underWay = 0;
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    QVERIFY(simulator.start({}, m_scale.seed));
    const Console console(dir.path());
    QVERIFY(console.setUp(simulator.baseUrl(), rate, rate, connections));
    const QString csv = dir.path() + QStringLiteral("/people.csv");
    for (const QString &side : sides(true)) {
        for (int kill = 0; kill < 2 * m_scale.kills; ++kill) {
            QVERIFY(writeRecipients(csv, m_rows, listRows));
            const auto import
                = console.withEnvironment(dieAt(QStringLiteral("intake-commit"), side, 1)).start(importCommand(csv));
            QVERIFY(import);
            QVERIFY(import->waitForEnd(startDeadline));
            QVERIFY(import->wasKilled());
            QVERIFY(import->output().isEmpty());
            const qint64 kept = console.counts().total - m_rows;
            if (side != QLatin1String("inside"))
                QCOMPARE(kept, side == QLatin1String("after") ? listRows : 0);
            const CommandResult again = console.run(importCommand(csv));
            QCOMPARE(again.number("duplicates"), kept);
            QCOMPARE(again.number("queued"), listRows - kept);
            m_rows += listRows;
            ++m_kills;
        }
    }
    drainAndSettle(console, simulator, dir.path() + QStringLiteral("/report.csv"));
    qInfo("import: %d kills", m_kills);
}

SONGDA_CRASH_MAIN(C2NamedPointsTest)
#include "c2_named_points_test.moc"
