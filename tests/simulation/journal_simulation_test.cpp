// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class JournalSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFailingJournalStopsPostsAndLosesNoResult_data();
    void aFailingJournalStopsPostsAndLosesNoResult();
    void aJournalThatFailsNowAndThenLosesNothing_data();
    void aJournalThatFailsNowAndThenLosesNothing();
    void stoppingWaitsForResultsThatCouldNotBeWritten();
    void aSlowJournalHoldsBackTheWire();
    void claimsAreNoLargerThanWhatMaySoonLeave();
};

void JournalSimulationTest::aFailingJournalStopsPostsAndLosesNoResult_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void JournalSimulationTest::aFailingJournalStopsPostsAndLosesNoResult() {
    QFETCH(quint64, seed);
    World world({.seed = seed, .rate = 200, .burst = 20});
    world.enqueue(3000);
    world.start();
    world.runFor(3s + Millis{static_cast<int>(seed) * 17});
    world.journal.failure = Error{ErrorCode::DiskFull, "database: no space left on the device"};
    world.runFor(1s);
    const int posts = world.transport.posts();
    const auto accepted = world.wechat.userCopies();
    QCOMPARE(world.transport.inFlight(), 0);
    COMPARE_NAMED(world.gate(), Gate::JournalBlocked);
    QVERIFY(world.snapshot().problem.find("no space") != std::string::npos);
    world.runFor(29s);
    // Not one POST without its row, and a try a second, not a thousand.
    QCOMPARE(world.transport.posts(), posts);
    QVERIFY2(world.journal.failedCalls() < 200, qPrintable(QString::number(world.journal.failedCalls())));
    QVERIFY(!world.dispatcher->isDrained());
    world.journal.failure.reset();
    world.runFor(2s);
    QVERIFY(world.counts()[MessageState::Accepted] >= accepted);
    QVERIFY(world.snapshot().problem.empty());
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 3000);
    // The results of before were kept: nobody had to be asked twice.
    QCOMPARE(static_cast<int>(world.wechat.wireCopies().size()), 3000);
    QCOMPARE(world.journal.lateResults(), 0);
    VERIFY_WORLD(world);
}

void JournalSimulationTest::aJournalThatFailsNowAndThenLosesNothing_data() { aFailingJournalStopsPostsAndLosesNoResult_data(); }

void JournalSimulationTest::aJournalThatFailsNowAndThenLosesNothing() {
    QFETCH(quint64, seed);
    World world({.seed = seed, .rate = 100, .burst = 20});
    Random dice(seed);
    world.wechat.setSendScript([&](const SendCall &) { return dice.unit() < 0.2 ? Behaviour::busy() : Behaviour::ok(); });
    world.enqueue(1000);
    world.start();
    for (int i = 1; i < 60; ++i) {
        world.after(Millis{i * 400}, [&] {
            if (dice.unit() < 0.4)
                world.journal.failure = Error{ErrorCode::Storage, "database: disk I/O error"};
            else
                world.journal.failure.reset();
        });
    }
    world.after(25s, [&] { world.journal.failure.reset(); });
    world.runFor(26s);
    QVERIFY(world.journal.failedCalls() > 0);
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted] + world.counts()[MessageState::Dead], 1000);
    QVERIFY(world.counts()[MessageState::Accepted] >= 995);
    QCOMPARE(world.journal.lateResults(), 0);
    QCOMPARE(world.number("SELECT count(*) FROM attempt"), world.transport.posts());
    VERIFY_WORLD(world);
}

void JournalSimulationTest::stoppingWaitsForResultsThatCouldNotBeWritten() {
    World world({.seed = 7, .rate = 200, .burst = 20});
    world.enqueue(1000);
    world.start();
    world.runFor(2s);
    world.journal.failure = Error{ErrorCode::DiskFull, "full"};
    world.runFor(500ms);
    world.dispatcher->stop();
    QVERIFY(!world.runUntil([&] { return world.dispatcher->isStopped(); }, 5s));
    world.journal.failure.reset();
    QVERIFY(world.runUntil([&] { return world.dispatcher->isStopped(); }, 5s));
    QCOMPARE(world.counts()[MessageState::Sending], 0);
    QCOMPARE(world.counts()[MessageState::Accepted], world.wechat.userCopies());
    VERIFY_WORLD(world);
}

void JournalSimulationTest::aSlowJournalHoldsBackTheWire() {
    // Each commit takes half a second: then the pace is the journal's, and nothing piles up in memory.
    World world({.seed = 8, .rate = 1000, .burst = 50, .journalDelays = {400ms, 600ms}});
    world.enqueue(1000);
    world.start();
    world.runFor(10s);
    QVERIFY(world.counts()[MessageState::Sending] <= 600);
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], 1000);
    VERIFY_WORLD(world);
}

void JournalSimulationTest::claimsAreNoLargerThanWhatMaySoonLeave() {
    World world({.seed = 9, .rate = 10, .burst = 3, .connections = 64});
    world.enqueue(500);
    world.start();
    for (int i = 0; i < 100; ++i) {
        world.runFor(100ms);
        QVERIFY2(world.counts()[MessageState::Sending] <= 10, qPrintable(QString::number(world.counts()[MessageState::Sending])));
    }
    World fast({.seed = 10, .rate = 100'000, .burst = 100'000, .connections = 480, .latencies = {1s, 2s}});
    fast.enqueue(5000);
    fast.start();
    fast.runFor(3s);
    QVERIFY2(fast.journal.largestClaim() <= 480 + 256, qPrintable(QString::number(fast.journal.largestClaim())));
    QCOMPARE(fast.transport.mostInFlight(), 480);
}

QTEST_GUILESS_MAIN(JournalSimulationTest)
#include "journal_simulation_test.moc"
