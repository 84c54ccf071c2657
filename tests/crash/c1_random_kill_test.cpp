// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random kill: a delivery with 16 requests in flight is killed at moments that a seed decides and started again
// until all is through. Nothing is lost, nobody is shown a message twice, and whatever was sent a second time was
// under way when a kill came, with the same client_msg_id and the same bytes.
//
// SONGDA_CRASH_ROWS, SONGDA_CRASH_KILLS: more of it. SONGDA_CRASH_SEED: the same moments again.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/drain_accounts.h"
#include "tests/crash/journal_state.h"
#include "tests/crash/recipients.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace songda::testing;

namespace {

constexpr int connections = 16;
constexpr int rate = 5000; ///< no limit: the connections are
constexpr int answerMs = 30; ///< so that all connections are busy at nearly every moment
constexpr int pollMs = 3;
constexpr int startDeadline = 5'000;
constexpr int importDeadline = 600'000;

/// One kill in so many comes into the start instead: recovery, the token, the first claims.
constexpr int startKillEvery = 8;
constexpr int latestStartKillMs = 400;

} // namespace

class C1RandomKillTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedAtRandomMoments_data();
    void killedAtRandomMoments();

private:
    /// Starts the delivery and kills it; true when the kill met it alive.
    bool deliverUntilKilled(const Console &console, SimulatorProcess &simulator, int kill);
    /// After a kill: the database is whole, and what is under way is known.
    void checkAfterKill(const Console &console, SimulatorProcess &simulator);

    Scale m_scale;
    QRandomGenerator m_random;
    qint64 m_slowestStartMs = 0;
    qint64 m_underWay = 0; ///< requests that arrived and whose answers were not recorded, over all kills
    qint64 m_mostUnderWay = 0;
};

void C1RandomKillTest::killedAtRandomMoments_data() {
    QTest::addColumn<QString>("transport");
    QTest::newRow("network managers") << QStringLiteral("standard");
    QTest::newRow("bulk") << QStringLiteral("bulk");
}

bool C1RandomKillTest::deliverUntilKilled(const Console &console, SimulatorProcess &simulator, int kill) {
    const auto before = simulator.sums();
    QElapsedTimer clock;
    clock.start();
    const auto delivery = console.start(runCommand());
    if (!delivery || !before)
        return false;
    if (kill % startKillEvery == startKillEvery - 1) {
        QTest::qSleep(m_random.bounded(latestStartKillMs));
        return delivery->killNow();
    }
    for (;;) {
        const auto sums = simulator.sums();
        if (delivery->hasEnded() || !sums || clock.elapsed() > startDeadline)
            return false;
        if (sums->wireCopies > before->wireCopies)
            break;
        QTest::qSleep(pollMs);
    }
    m_slowestStartMs = std::max(m_slowestStartMs, clock.elapsed());
    // All kills together leave the last quarter of the list to deliver.
    const double perSecond = connections * 1000.0 / answerMs;
    const int usualMs = static_cast<int>(m_scale.rows * 1000.0 / perSecond / m_scale.kills);
    QTest::qSleep(m_random.bounded(usualMs * 3 / 2));
    return delivery->killNow();
}

void C1RandomKillTest::checkAfterKill(const Console &console, SimulatorProcess &simulator) {
    const auto state = readJournalState(console.databaseFile());
    const auto sums = simulator.sums();
    QVERIFY(state && sums);
    QCOMPARE(state->integrity, QStringLiteral("ok"));
    QCOMPARE(state->total(), m_scale.rows);
    QCOMPARE(state->accepted() + state->uncertain() + state->queued() + state->sending() + state->retrying(), m_scale.rows);
    // Without faults at the platform each copy has either its recorded answer or was under way at some kill.
    const qint64 underWay = sums->wireCopies - state->answeredAttempts();
    m_mostUnderWay = std::max(m_mostUnderWay, underWay - m_underWay);
    QVERIFY2(underWay >= m_underWay, "an answer was recorded that was never given");
    m_underWay = underWay;
    QVERIFY2(state->openAttempts() == state->sending(), "a message is being sent without its attempt row");
}

void C1RandomKillTest::killedAtRandomMoments() {
    QFETCH(QString, transport);
    Scale usual;
    usual.rows = 800;
    m_scale = Scale::fromEnvironment(usual);
    m_random.seed(m_scale.seed);
    m_slowestStartMs = m_underWay = m_mostUnderWay = 0;
    qInfo("SONGDA_CRASH_SEED=%u SONGDA_CRASH_ROWS=%d SONGDA_CRASH_KILLS=%d", m_scale.seed, m_scale.rows, m_scale.kills);
    KeptWhenFailed dir;
    QElapsedTimer clock;
    clock.start();
    SimulatorProcess simulator(dir.path());
    QVERIFY(simulator.start({}, m_scale.seed, QString::number(answerMs)));
    const Console console(dir.path());
    QVERIFY(console.setUp(simulator.baseUrl(), rate, rate, connections, transport));
    const QString csv = dir.path() + QStringLiteral("/people.csv");
    QVERIFY(writeRecipients(csv, 0, m_scale.rows));
    QCOMPARE(console.run(importCommand(csv), {}, importDeadline).number("queued"), m_scale.rows);

    int landed = 0;
    for (int kill = 0; kill < m_scale.kills; ++kill) {
        landed += deliverUntilKilled(console, simulator, kill) ? 1 : 0;
        checkAfterKill(console, simulator);
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY2(landed * 10 >= m_scale.kills * 6, "the delivery ended before it could be killed, or did not start in time");
    const CommandResult verified = console.verify();
    QVERIFY2(verified.exitCode == 0, verified.output.constData());
    const CommandResult last = console.run(runCommand(), {}, m_scale.drainDeadline());
    QVERIFY2(last.exitCode == 0 || last.exitCode == drainedWithDeadLetters, last.output.constData());

    const DrainAccounts accounts = settleDrain(console, simulator, m_scale.rows, dir.path() + QStringLiteral("/report.csv"));
    const qint64 extra = accounts.sums.wireCopies - accounts.sums.messages;
    qInfo("%s: %d kills of which %d met it alive, %.0f s; %lld accepted, %lld uncertain; user copies beyond one %lld; extra "
          "wire copies "
          "%lld, under way at the kills %lld (at most %lld at one), of them not yet answered %lld; slowest start %lld ms",
        qPrintable(transport), m_scale.kills, landed, static_cast<double>(clock.elapsed()) / 1000, accounts.counts.accepted,
        accounts.counts.uncertain, accounts.sums.notifiedTwice, extra, m_underWay, m_mostUnderWay, accounts.sums.unanswered,
        m_slowestStartMs);
    QVERIFY2(accounts.faults.isEmpty(), qPrintable(accounts.faults.join(QLatin1Char('\n'))));
    QCOMPARE(accounts.counts.dead, 0);
    QVERIFY2(extra <= m_underWay, "a message was repeated that was not under way at a kill");
    // A copy under way had no answer yet, or one that came in the last moment and was not recorded any more.
    QVERIFY2(accounts.sums.unanswered <= qint64{landed} * connections, "more requests were in flight than there are connections");
    const CommandResult after = console.verify();
    QVERIFY2(after.exitCode == 0, after.output.constData());
}

SONGDA_CRASH_MAIN(C1RandomKillTest)
#include "c1_random_kill_test.moc"
