// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/post_times.h"
#include "tests/simulation/world.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class DrainSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMessageArrivesOnce_data();
    void everyMessageArrivesOnce();
    void drainedIsSaidWhenNothingWaitsAndNotBefore_data();
    void drainedIsSaidWhenNothingWaitsAndNotBefore();
    void noPostLeavesBeforeItsRowIsCommitted();
    void allAttemptsOfALifeCarryTheSameIdAndBytes();
    void theRateIsNeverExceeded_data();
    void theRateIsNeverExceeded();
    void noWakeIsLostWhileTheEngineThinks_data();
    void noWakeIsLostWhileTheEngineThinks();
    void theRateIsUsed_data();
    void theRateIsUsed();
    void connectionsAreNeverExceeded_data();
    void connectionsAreNeverExceeded();
    void onePersonHasOneRequestAtATime();
    void scheduledMessagesWaitForTheirTime();
    void urgentBatchesOvertake();
    void littleIsClaimedAheadOfASlowPeer();
    void muchIsClaimedAheadOfAQuickPeer();
    void aLongDrainLeavesNobodyUncertain();
    void aSlowAccountServesAllItsBatches();
    void pausingStopsPostsAndResumingGoesOn();
    void aPausedBatchWaitsAlone();
    void aGracefulStopLeavesNothingSending_data();
    void aGracefulStopLeavesNothingSending();
    void stoppingCancelsWhatHangs();
    void anAccountThatAppearsWhileStoppingSendsNothing();
    void changedLimitsHoldAtOnce();
    void anIdleEngineSleeps();
    void aMissingSecretHoldsTheAccount();
};

void DrainSimulationTest::everyMessageArrivesOnce_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("messages");
    QTest::addColumn<int>("connections");
    QTest::newRow("one message") << quint64{1} << 1 << 1;
    QTest::newRow("one connection") << quint64{2} << 50 << 1;
    QTest::newRow("many") << quint64{3} << 2000 << 64;
}

void DrainSimulationTest::everyMessageArrivesOnce() {
    QFETCH(quint64, seed);
    QFETCH(int, messages);
    QFETCH(int, connections);
    World world({.seed = seed, .connections = connections});
    world.enqueue(messages);
    world.start();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], messages);
    QCOMPARE(world.wechat.userCopies(), messages);
    QCOMPARE(static_cast<int>(world.wechat.wireCopies().size()), messages);
    QCOMPARE(world.wechat.tokenCalls().size(), 1U);
    QCOMPARE(world.snapshot().accepted, messages);
    QVERIFY(world.clock.elapsed() < 1min);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::drainedIsSaidWhenNothingWaitsAndNotBefore_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void DrainSimulationTest::drainedIsSaidWhenNothingWaitsAndNotBefore() {
    QFETCH(quint64, seed);
    World world({.seed = seed});
    Random dice(seed);
    world.wechat.setSendScript(
        [&](const SendCall &) { return dice.unit() < 0.3 ? Behaviour::busy() : Behaviour::ok(); });
    world.enqueue(200);
    world.start();
    QVERIFY(world.runUntil([&] { return world.dispatcher->isDrained(); }, 1h));
    const StateCounts counts = world.counts();
    QCOMPARE(counts[MessageState::Queued], 0);
    QCOMPARE(counts[MessageState::Sending], 0);
    QVERIFY2(counts[MessageState::Retrying] == 0,
        qPrintable(QStringLiteral("said to be drained while %1 wait for their repeat").arg(counts[MessageState::Retrying])));
    VERIFY_WORLD(world);
}

void DrainSimulationTest::noPostLeavesBeforeItsRowIsCommitted() {
    // The transport looks at every post, through another connection; here the journal is slower than the wire.
    World world({.seed = 5, .journalDelays = {50ms, 400ms}});
    Random dice(5);
    world.wechat.setSendScript([&](const SendCall &) {
        const double d = dice.unit();
        return d < 0.1 ? Behaviour::busy() : d < 0.2 ? Behaviour::recordedThenClosed() : Behaviour::ok();
    });
    world.enqueue(300);
    world.start();
    QVERIFY(world.drain());
    QVERIFY(world.transport.posts() > 300);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::allAttemptsOfALifeCarryTheSameIdAndBytes() {
    World world({.seed = 6});
    Random dice(6);
    world.wechat.setSendScript([&](const SendCall &) {
        const double d = dice.unit();
        return d < 0.2 ? Behaviour::busy() : d < 0.3 ? Behaviour::recordedThenClosed() : d < 0.4 ? Behaviour::http(502, true) : Behaviour::ok();
    });
    world.enqueue(300);
    world.start();
    QVERIFY(world.drain());
    std::map<std::string, std::set<std::string>> bodies;
    std::map<std::string, std::set<std::string>> ids;
    for (const SendCall &call : world.wechat.wireCopies()) {
        bodies[call.openid].insert(call.body);
        ids[call.openid].insert(call.clientMsgId);
    }
    QCOMPARE(bodies.size(), 300U);
    for (const auto &[openid, set] : bodies)
        QCOMPARE(set.size(), 1U);
    for (const auto &[openid, set] : ids)
        QCOMPARE(set.size(), 1U);
    QVERIFY(world.wechat.wireCopies().size() > 350);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::theRateIsNeverExceeded_data() {
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("burst");
    QTest::addColumn<int>("messages");
    QTest::newRow("slow") << 0.5 << 1 << 20;
    QTest::newRow("default") << 20.0 << 20 << 300;
    QTest::newRow("fast") << 700.0 << 10 << 1500;
    QTest::newRow("odd") << 33.3 << 7 << 300;
}

void DrainSimulationTest::theRateIsNeverExceeded() {
    QFETCH(double, rate);
    QFETCH(int, burst);
    QFETCH(int, messages);
    World world({.seed = 7, .rate = rate, .burst = burst, .connections = 64});
    Random dice(7);
    world.wechat.setSendScript([&](const SendCall &) { return dice.unit() < 0.1 ? Behaviour::busy() : Behaviour::ok(); });
    world.enqueue(messages);
    world.start();
    QVERIFY(world.drain());
    const QString violation = rateViolation(world.transport.postTimes(), rate, burst);
    QVERIFY2(violation.isEmpty(), qPrintable(violation));
    VERIFY_WORLD(world);
}

void DrainSimulationTest::noWakeIsLostWhileTheEngineThinks_data() {
    QTest::addColumn<double>("rate");
    QTest::addColumn<quint64>("seed");
    for (const double rate : {5.0, 20.0, 200.0, 2000.0}) {
        for (quint64 seed = 1; seed <= 3; ++seed)
            QTest::addRow("rate %g seed %llu", rate, static_cast<unsigned long long>(seed)) << rate << seed;
    }
}

void DrainSimulationTest::noWakeIsLostWhileTheEngineThinks() {
    // A real clock goes on between the last step of the dispatcher and the question when to wake it.
    QFETCH(double, rate);
    QFETCH(quint64, seed);
    World world({.seed = seed, .rate = rate, .burst = 3, .latencies = {1ms, 3ms}, .thinkTime = 300us});
    world.enqueue(400);
    world.start();
    world.drain(10min);
    QCOMPARE(world.counts()[MessageState::Accepted], 400);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::theRateIsUsed_data() { theRateIsNeverExceeded_data(); }

void DrainSimulationTest::theRateIsUsed() {
    QFETCH(double, rate);
    QFETCH(int, burst);
    QFETCH(int, messages);
    World world({.seed = 8, .rate = rate, .burst = burst, .connections = 64});
    world.enqueue(messages);
    world.start();
    QVERIFY(world.drain());
    const auto &times = world.transport.postTimes();
    const double ideal = std::max(0.0, (messages - burst) / rate);
    const double taken = std::chrono::duration<double>(times.back() - times.front()).count();
    QVERIFY2(taken <= ideal * 1.1 + 0.2, qPrintable(QStringLiteral("%1 s instead of %2 s").arg(taken).arg(ideal)));
}

void DrainSimulationTest::connectionsAreNeverExceeded_data() {
    QTest::addColumn<int>("connections");
    QTest::newRow("1") << 1;
    QTest::newRow("7") << 7;
    QTest::newRow("64") << 64;
}

void DrainSimulationTest::connectionsAreNeverExceeded() {
    QFETCH(int, connections);
    World world({.seed = 9, .connections = connections});
    world.enqueue(500);
    world.start();
    QVERIFY(world.drain());
    QVERIFY(world.transport.mostInFlight() <= connections);
    // And they are used when there is work for all of them.
    QVERIFY2(world.transport.mostInFlight() >= std::min(connections, 20),
        qPrintable(QString::number(world.transport.mostInFlight())));
    VERIFY_WORLD(world);
}

void DrainSimulationTest::onePersonHasOneRequestAtATime() {
    World world({.seed = 10});
    Random dice(10);
    world.wechat.setSendScript([&](const SendCall &) { return dice.unit() < 0.2 ? Behaviour::busy() : Behaviour::ok(); });
    world.enqueueForOne(30, "oPopular");
    world.enqueueForOne(30, "oAlso");
    world.enqueue(100);
    world.start();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], 160);
    QCOMPARE(world.wechat.userCopies("oPopular"), 30);
    VERIFY_WORLD(world); // names two requests at once
}

void DrainSimulationTest::scheduledMessagesWaitForTheirTime() {
    World world({.seed = 11});
    world.enqueue(world.batch, 10, "oLater", 3h);
    world.enqueue(world.batch, 10, "oNow");
    world.start();
    world.runFor(3h - 1s);
    QCOMPARE(world.counts()[MessageState::Accepted], 10);
    QCOMPARE(world.counts()[MessageState::Queued], 10);
    world.runFor(2s);
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::urgentBatchesOvertake() {
    World world({.seed = 12, .rate = 50, .burst = 5});
    world.enqueue(1000);
    world.start();
    world.runFor(5s);
    const BatchId urgent = world.addBatch(2);
    world.enqueue(urgent, 50, "oUrgent");
    world.runFor(4s);
    QCOMPARE(world.writer->counts().at(urgent)[MessageState::Accepted], 50);
    QVERIFY(world.counts()[MessageState::Accepted] < 600);
}

void DrainSimulationTest::littleIsClaimedAheadOfASlowPeer() {
    World world({.seed = 13, .connections = 4, .latencies = {1'000'000us, 1'500'000us}});
    world.enqueue(1000);
    world.start();
    world.runFor(20s); // what was claimed before anything was known of the peer is gone
    for (int i = 0; i < 20; ++i) {
        world.runFor(500ms);
        const auto claimed = world.counts()[MessageState::Sending];
        QVERIFY2(claimed <= 4 + 4 * 2, qPrintable(QString::number(claimed)));
    }
    const BatchId urgent = world.addBatch(2);
    world.enqueue(urgent, 1, "oUrgent");
    world.runFor(6s); // behind two a connection, not behind all that a quick peer would have got
    QCOMPARE(world.writer->counts().at(urgent)[MessageState::Accepted], 1);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::muchIsClaimedAheadOfAQuickPeer() {
    World world({.seed = 14, .rate = 100'000, .burst = 1000, .connections = 4, .latencies = {100us, 400us}});
    world.enqueue(5000);
    world.start();
    QVERIFY(world.drain());
    QVERIFY2(world.journal.largestClaim() > 64, qPrintable(QString::number(world.journal.largestClaim())));
    VERIFY_WORLD(world);
}

void DrainSimulationTest::aLongDrainLeavesNobodyUncertain() {
    // Ten minutes of work lie ahead of everything, more than the platform's memory lasts: a repeat that queued up
    // behind them would come too late to be safe.
    World world({.seed = 41, .rate = 20, .burst = 5});
    Random dice(41);
    world.wechat.setSendScript([&](const SendCall &call) {
        if (call.nth > 1)
            return Behaviour::ok();
        const double d = dice.unit();
        return d < 0.02 ? Behaviour::recordedThenClosed() : d < 0.04 ? Behaviour::busy() : Behaviour::ok();
    });
    world.enqueue(12000);
    world.start();
    QVERIFY(world.drain(1h));
    QVERIFY(world.clock.elapsed() > 9min);
    QCOMPARE(world.counts()[MessageState::Accepted], 12000);
    QCOMPARE(world.wechat.userCopies(), 12000);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::aSlowAccountServesAllItsBatches() {
    World world({.seed = 13, .rate = 20, .burst = 20});
    world.enqueue(2000);
    world.start();
    world.runFor(5s);
    const BatchId second = world.addBatch();
    world.enqueue(second, 100, "oSecond");
    world.runFor(20s);
    const auto done = world.writer->counts().at(second)[MessageState::Accepted];
    QVERIFY2(done >= 50, qPrintable(QStringLiteral("the second batch got %1 of about 400 sends").arg(done)));
}

void DrainSimulationTest::pausingStopsPostsAndResumingGoesOn() {
    World world({.seed = 14, .rate = 100, .burst = 10});
    world.enqueue(500);
    world.start();
    world.runFor(2s);
    world.dispatcher->setPaused(true);
    COMPARE_NAMED(world.gate(), Gate::EnginePaused);
    const int before = world.transport.posts();
    world.runFor(1h);
    QCOMPARE(world.transport.posts(), before);
    QCOMPARE(world.counts()[MessageState::Sending], 0);
    QVERIFY(world.counts()[MessageState::Queued] > 200);
    world.dispatcher->setPaused(false);
    QVERIFY(world.drain(10s));
    QCOMPARE(world.counts()[MessageState::Accepted], 500);
    QCOMPARE(static_cast<int>(world.wechat.wireCopies().size()), 500);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::aPausedBatchWaitsAlone() {
    World world({.seed = 15, .rate = 100, .burst = 10});
    const BatchId other = world.addBatch();
    world.enqueue(world.batch, 200, "oA");
    world.enqueue(other, 200, "oB");
    world.start();
    world.runFor(500ms);
    world.setBatchState(world.batch, BatchState::Paused);
    world.runFor(1min);
    QCOMPARE(world.writer->counts().at(other)[MessageState::Accepted], 200);
    const auto paused = world.writer->counts().at(world.batch);
    QVERIFY(paused[MessageState::Queued] > 100);
    QCOMPARE(paused[MessageState::Sending], 0);
    COMPARE_NAMED(world.gate(), Gate::TemplatesHeld);
    QVERIFY(world.dispatcher->isDrained());
    world.setBatchState(world.batch, BatchState::Active);
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 400);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::aGracefulStopLeavesNothingSending_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("millis");
    for (quint64 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed << static_cast<int>(seed * 37 % 400);
}

void DrainSimulationTest::aGracefulStopLeavesNothingSending() {
    QFETCH(quint64, seed);
    QFETCH(int, millis);
    World world({.seed = seed, .journalDelays = {1ms, 50ms}});
    world.enqueue(2000);
    world.start();
    world.runFor(Millis{millis});
    world.dispatcher->stop();
    const int posts = world.transport.posts();
    QVERIFY(world.runUntil([&] { return world.dispatcher->isStopped(); }, 20s));
    QCOMPARE(world.transport.posts(), posts);
    QCOMPARE(world.counts()[MessageState::Sending], 0);
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE phase = 0"), 0);
    QCOMPARE(world.number("SELECT count(*) FROM attempt"), posts);
    VERIFY_WORLD(world);
    // The next start has nothing to recover and sends the rest.
    world.crash();
    world.start();
    QCOMPARE(world.number("SELECT count(*) FROM message WHERE crashes > 0"), 0);
    QVERIFY(world.drain());
    QCOMPARE(world.wechat.userCopies(), 2000);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::stoppingCancelsWhatHangs() {
    World world({.seed = 16, .connections = 8});
    world.wechat.setSendScript([](const SendCall &call) { return call.nth == 1 ? Behaviour::hang() : Behaviour::ok(); });
    world.enqueue(20);
    world.start();
    world.runFor(1s);
    world.dispatcher->stop();
    QVERIFY(!world.runUntil([&] { return world.dispatcher->isStopped(); }, 5s));
    world.dispatcher->cancelInFlight();
    QVERIFY(world.runUntil([&] { return world.dispatcher->isStopped(); }, 1s));
    QCOMPARE(world.counts()[MessageState::Sending], 0);
    QCOMPARE(world.counts()[MessageState::Retrying], 8);
    // By our own hand: nobody's fault, no try used.
    QCOMPARE(world.countedTries(), 0);
    world.crash();
    world.start();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    QCOMPARE(world.wechat.userCopies(), 20);
    VERIFY_WORLD(world);
}

void DrainSimulationTest::anAccountThatAppearsWhileStoppingSendsNothing() {
    World world({.seed = 17});
    world.enqueue(50);
    const auto configs = world.accountConfigs();
    auto none = configs;
    none.clear();
    world.start();
    world.crash();
    // A run that knew of no account; one is added in the moment it stops.
    delivery::Dispatcher dispatcher({world.clock, world.transport, world.journal}, catalogue(), Random(1), world.run);
    const auto calls = world.wechat.tokenCalls().size();
    dispatcher.setAccounts(none);
    dispatcher.stop();
    dispatcher.setAccounts(configs);
    QCOMPARE(world.wechat.tokenCalls().size(), calls);
    QVERIFY(dispatcher.isStopped());
}

void DrainSimulationTest::changedLimitsHoldAtOnce() {
    World world({.seed = 18, .rate = 500, .burst = 10, .connections = 32});
    world.enqueue(3000);
    world.start();
    world.runFor(2s);
    auto configs = world.accountConfigs();
    configs[0].account.rate = 20;
    configs[0].account.burst = 5;
    configs[0].account.connections = 2;
    world.dispatcher->setAccounts(configs);
    world.runFor(200ms); // what is in flight on the old connections
    world.transport.forgetPosts();
    world.runFor(10s);
    const int posts = world.transport.posts();
    QVERIFY2(posts <= 205 && posts >= 150, qPrintable(QString::number(posts)));
    QVERIFY(world.transport.mostInFlight() <= 2);
}

void DrainSimulationTest::anIdleEngineSleeps() {
    World world({.seed = 19});
    world.enqueue(world.batch, 100, "oTomorrow", 24h);
    world.start();
    world.runFor(1min);
    const int claims = world.journal.claims();
    world.runFor(10h);
    // At most a look a minute.
    QVERIFY2(world.journal.claims() - claims <= 610, qPrintable(QString::number(world.journal.claims() - claims)));
    QCOMPARE(world.transport.posts(), 0);
}

void DrainSimulationTest::aMissingSecretHoldsTheAccount() {
    World world({.seed = 20});
    world.secret.clear();
    world.enqueue(10);
    world.start();
    world.runFor(1min);
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    QVERIFY(world.storedHold().has_value());
    QCOMPARE(QString::fromStdString(world.storedHold()->cause), QStringLiteral("secret_unavailable"));
    QCOMPARE(world.wechat.tokenCalls().size(), 0U);
    world.secret = "0123456789abcdef0123456789abcdef";
    world.releaseAccount();
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 10);
}

QTEST_GUILESS_MAIN(DrainSimulationTest)
#include "drain_simulation_test.moc"
