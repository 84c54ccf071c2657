// SPDX-License-Identifier: GPL-3.0-or-later
//
// One engine a profile, however many are started: twenty at once, from several sessions, through every name the
// folder has. One sends, the others say so and end; when the one is killed, the next start needs no hand.
//
// SONGDA_CRASH_KILLS: how often that is done.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/journal_state.h"
#include "tests/crash/recipients.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <vector>

using namespace songda::testing;

namespace {

constexpr int starts = 20;
constexpr int refusalDeadline = 2'000;
constexpr int sendDeadline = 5'000;
constexpr int pollMs = 5;
constexpr int rate = 100; ///< so slow that the list lasts for all rounds
constexpr int connections = 4;

} // namespace

class C8SecondInstanceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneOfManySends();
    void anotherProcessWithTheNumberOfADeadOneIsNoHolder();

private:
    struct Start {
        std::unique_ptr<Program> program;
        QElapsedTimer clock;
        bool ended = false;
    };

    /// Starts all at once and returns the one that stays.
    std::unique_ptr<Program> startMany(const QList<Console> &names);
    static bool sendsSoon(SimulatorProcess &simulator);

    qint64 m_slowestRefusalMs = 0;
};

std::unique_ptr<Program> C8SecondInstanceTest::startMany(const QList<Console> &names) {
    std::vector<Start> all(starts);
    for (int i = 0; i < starts; ++i) {
        Start &start = all[static_cast<std::size_t>(i)];
        start.program = names[i % names.size()].program({QStringLiteral("serve")});
        if (i % 2 == 1)
            start.program->setOwnSession();
        start.clock.start();
        if (!start.program->start())
            return nullptr;
    }
    QElapsedTimer waited;
    waited.start();
    int alive = starts;
    while (alive > 1 && waited.elapsed() < 2 * refusalDeadline) {
        for (Start &start : all) {
            if (start.ended || !start.program->hasEnded())
                continue;
            start.ended = true;
            --alive;
            m_slowestRefusalMs = std::max(m_slowestRefusalMs, start.clock.elapsed());
        }
        QTest::qSleep(pollMs);
    }
    const auto stays = std::find_if(all.begin(), all.end(), [](const Start &start) { return !start.ended; });
    if (alive != 1 || stays == all.end())
        return nullptr;
    const QByteArray name = "songda-cli (process " + QByteArray::number(stays->program->processId()) + ") runs its engine";
    int named = 0;
    for (Start &start : all) {
        if (!start.ended)
            continue;
        const QByteArray said = start.program->output();
        named += said.contains(name) ? 1 : 0;
        // It may not have written its name yet, but nobody else's may be told.
        if (start.program->exitCode() == 1 && said.contains("\"in_use\"")
            && (said.contains(name) || said.contains("in use: another process runs its engine")))
            continue;
        qWarning("exit code %d: %s", start.program->exitCode(), said.constData());
        return nullptr;
    }
    qInfo("%d of %d named the holder", named, starts - 1);
    return std::move(stays->program);
}

bool C8SecondInstanceTest::sendsSoon(SimulatorProcess &simulator) {
    const auto before = simulator.sums();
    QElapsedTimer clock;
    clock.start();
    while (before && clock.elapsed() < sendDeadline) {
        const auto now = simulator.sums();
        if (now && now->wireCopies > before->wireCopies)
            return true;
        QTest::qSleep(pollMs);
    }
    return false;
}

void C8SecondInstanceTest::oneOfManySends() {
    Scale usual;
    usual.kills = 3;
    const Scale scale = Scale::fromEnvironment(usual);
    const int rows = 1'000 + 500 * scale.kills;
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    QVERIFY(simulator.start({}, 1));
    const Console console(dir.path());
    QVERIFY(console.setUp(simulator.baseUrl(), rate, 1, connections));
    const QString csv = dir.path() + QStringLiteral("/people.csv");
    QVERIFY(writeRecipients(csv, 0, rows));
    QCOMPARE(console.run(importCommand(csv)).number("queued"), rows);
    QVERIFY(QFile::link(console.profile(), dir.path() + QStringLiteral("/other name")));
    const QList<Console> names{console, console.underName(QStringLiteral("profile")),
        console.underName(dir.path() + QStringLiteral("/other name")),
        console.underName(QStringLiteral("./other name/../profile/"))};

    for (int round = 1; round <= scale.kills; ++round) {
        const auto holder = startMany(names);
        QVERIFY2(holder, "not exactly one engine stayed, or one of the others did not say why it ended");
        QVERIFY(sendsSoon(simulator));
        QVERIFY(!holder->hasEnded());
        const auto runs = queryDatabase(console.databaseFile(), QStringLiteral("SELECT count(*) FROM run"));
        QCOMPARE(runs.value_or(QString()), QString::number(round));
        QVERIFY2(m_slowestRefusalMs <= refusalDeadline, qPrintable(QString::number(m_slowestRefusalMs)));
        QVERIFY(holder->killNow());
    }
    // The one after the last kill, alone.
    const auto next = console.start({QStringLiteral("serve")});
    QVERIFY(sendsSoon(simulator));
    next->terminate();
    QVERIFY(next->waitForEnd(10'000));
    QCOMPARE(next->exitCode(), 0);

    const auto state = readJournalState(console.databaseFile());
    const auto sums = simulator.sums();
    QVERIFY(state && sums);
    QCOMPARE(state->integrity, QStringLiteral("ok"));
    QCOMPARE(state->total(), rows);
    QCOMPARE(sums->notifiedTwice, 0);
    QVERIFY2(
        sums->wireCopies <= state->answeredAttempts() + state->interruptedAttempts(), "copies that no engine has on record");
    const CommandResult verified = console.verify();
    QVERIFY2(verified.exitCode == 0, verified.output.constData());
    qInfo("%d times %d starts at once: one sent, the others said so in %lld ms at most", scale.kills, starts,
        m_slowestRefusalMs);
}

void C8SecondInstanceTest::anotherProcessWithTheNumberOfADeadOneIsNoHolder() {
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    QVERIFY(simulator.start({}, 1));
    const Console console(dir.path());
    QVERIFY(console.setUp(simulator.baseUrl(), rate, 1, connections));
    const auto killed = console.start({QStringLiteral("serve")});
    const QString lockPath = console.profile() + QStringLiteral("/engine.lock");
    QTRY_VERIFY(QFile::exists(lockPath));
    QTRY_VERIFY(QFile(lockPath).size() > 0);
    QVERIFY(killed->killNow());

    // The same program at work elsewhere has got the dead one's number, as in a container that is started again.
    const Console elsewhere(dir.path() + QStringLiteral("/elsewhere"));
    QVERIFY(QDir().mkpath(dir.path() + QStringLiteral("/elsewhere")));
    QVERIFY(elsewhere.setUp(simulator.baseUrl(), rate, 1, connections));
    const auto namesake = elsewhere.start({QStringLiteral("serve")});
    QTRY_VERIFY(QFile::exists(elsewhere.profile() + QStringLiteral("/engine.lock")));
    QFile lock(lockPath);
    QVERIFY(lock.open(QIODevice::ReadWrite));
    QByteArrayList lines = lock.readAll().split('\n');
    lines[0] = QByteArray::number(namesake->processId());
    QVERIFY(lock.resize(0) && lock.seek(0) && lock.write(lines.join('\n')) > 0);
    lock.close();

    const CommandResult next = console.run({QStringLiteral("run"), QStringLiteral("--for"), QStringLiteral("0.1")});
    QVERIFY2(next.exitCode == 0, next.output.constData());
}

SONGDA_CRASH_MAIN(C8SecondInstanceTest)
#include "c8_second_instance_test.moc"
