// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class OutageSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beingOfflineUsesUpNothingAndEndsByItself_data();
    void beingOfflineUsesUpNothingAndEndsByItself();
    void aShortOfflineSpellHoldsNothing();
    void lostAnswersNotifyNobodyTwice_data();
    void lostAnswersNotifyNobodyTwice();
    void aBlackHoleIsLeftAtTheDeadline();
    void doubtLongerThanTheWindowWaitsForAPerson();
    void doubtLongerThanTheWindowIsResentWhenTheAccountSaysSo();
    void refusedRecipientsDieAtOnceAndAlone();
    void aClashOverOneReaderIsNoOutage();
};

void OutageSimulationTest::beingOfflineUsesUpNothingAndEndsByItself_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("from");
    QTest::newRow("from the start, no token yet") << quint64{1} << 0;
    QTest::newRow("in the middle") << quint64{2} << 2;
    QTest::newRow("in the middle, other dice") << quint64{3} << 3;
}

void OutageSimulationTest::beingOfflineUsesUpNothingAndEndsByItself() {
    QFETCH(quint64, seed);
    QFETCH(int, from);
    World world({.seed = seed, .rate = 50, .burst = 10});
    const Micros begin = Seconds{from};
    const Micros end = begin + 10min;
    const auto offline = [begin, end](Micros at) { return at >= begin && at < end; };
    world.wechat.setSendScript([=](const SendCall &c) { return offline(c.at) ? Behaviour::refused() : Behaviour::ok(); });
    world.wechat.setTokenScript([=](const TokenCall &c) { return offline(c.at) ? Behaviour::refused() : Behaviour::ok(); });
    world.enqueue(500);
    world.start();
    world.runFor(begin + 50s);
    QVERIFY(!world.storedHold());
    // Between two probes; a probe itself takes a moment.
    QVERIFY(world.runUntil([&] { return world.gate() == Gate::Offline; }, 1s));
    world.runFor(60s);
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    QCOMPARE(QString::fromStdString(world.storedHold().value().cause), QStringLiteral("connection_refused"));
    QCOMPARE(world.countedTries(), 0);
    const int refused = world.transport.refused();
    world.runFor(8min);
    // Held: a probe every half minute.
    QVERIFY2(world.transport.refused() - refused <= 20, qPrintable(QString::number(world.transport.refused() - refused)));
    QVERIFY(world.drain(2min));
    QVERIFY(!world.storedHold());
    QCOMPARE(world.counts()[MessageState::Accepted], 500);
    QCOMPARE(world.countedTries(), 0);
    QCOMPARE(world.wechat.userCopies(), 500);
    VERIFY_WORLD(world);
}

void OutageSimulationTest::aShortOfflineSpellHoldsNothing() {
    World world({.seed = 4, .rate = 50, .burst = 10});
    world.wechat.setSendScript([](const SendCall &c) {
        return c.at >= 2s && c.at < 22s ? Behaviour::refused() : Behaviour::ok();
    });
    world.enqueue(300);
    world.start();
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 300);
    QCOMPARE(world.countedTries(), 0);
    QVERIFY(world.transport.refused() < 60);
    VERIFY_WORLD(world);
}

void OutageSimulationTest::lostAnswersNotifyNobodyTwice_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void OutageSimulationTest::lostAnswersNotifyNobodyTwice() {
    QFETCH(quint64, seed);
    World world({.seed = seed, .connections = 32});
    Random dice(seed);
    world.wechat.setSendScript([&](const SendCall &) {
        const double d = dice.unit();
        return d < 0.15 ? Behaviour::recordedThenClosed() : d < 0.25 ? Behaviour::http(504, true) : d < 0.27 ? Behaviour::hang() : Behaviour::ok();
    });
    world.enqueue(1000);
    world.start();
    QVERIFY(world.drain(3h));
    const StateCounts counts = world.counts();
    QCOMPARE(counts[MessageState::Accepted] + counts[MessageState::Uncertain] + counts[MessageState::Dead], 1000);
    QVERIFY2(counts[MessageState::Accepted] >= 980, qPrintable(QString::number(counts[MessageState::Accepted])));
    QCOMPARE(world.wechat.userCopies(), 1000);
    VERIFY_WORLD(world);
}

void OutageSimulationTest::aBlackHoleIsLeftAtTheDeadline() {
    World world({.seed = 7, .connections = 8});
    world.wechat.setSendScript([](const SendCall &c) { return c.at < 1min ? Behaviour::hang(false) : Behaviour::ok(); });
    world.enqueue(200);
    world.start();
    world.runFor(14s);
    QCOMPARE(world.transport.inFlight(), 8);
    world.runFor(2500ms); // the first deadlines pass
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE phase = 2 AND cause = 'timeout'"), 8);
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted], 200);
    QVERIFY(world.clock.elapsed() < 5min);
    VERIFY_WORLD(world);
}

void OutageSimulationTest::doubtLongerThanTheWindowWaitsForAPerson() {
    World world({.seed = 8});
    // The answer to the first copy is lost; then nothing at all gets through for an hour.
    world.wechat.setSendScript([](const SendCall &c) {
        return c.nth == 1 ? Behaviour::recordedThenClosed() : c.at < 1h ? Behaviour::refused() : Behaviour::ok();
    });
    world.wechat.setTokenScript([](const TokenCall &c) { return c.at < 1s || c.at > 1h ? Behaviour::ok() : Behaviour::refused(); });
    world.enqueue(1);
    world.start();
    world.runFor(30s);
    QCOMPARE(world.counts()[MessageState::Retrying] + world.counts()[MessageState::Sending], 1);
    world.runFor(2h);
    QCOMPARE(world.counts()[MessageState::Uncertain], 1);
    QCOMPARE(world.wechat.wireCopies().size(), 1U);
    QCOMPARE(world.wechat.userCopies(), 1);
    VERIFY_WORLD(world);
}

void OutageSimulationTest::doubtLongerThanTheWindowIsResentWhenTheAccountSaysSo() {
    World world({.seed = 9, .uncertainPolicy = UncertainPolicy::Resend});
    world.wechat.setSendScript([](const SendCall &c) { return c.at < 1s ? Behaviour::closed() : Behaviour::ok(); });
    world.enqueue(3);
    world.start();
    world.runFor(500ms);
    world.dispatcher->setPaused(true);
    world.runFor(9min);
    world.dispatcher->setPaused(false);
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], 3);
    QCOMPARE(world.number("SELECT min(life) FROM message"), 2);
    QCOMPARE(world.wechat.userCopies(), 3);
    VERIFY_WORLD(world);
}

void OutageSimulationTest::refusedRecipientsDieAtOnceAndAlone() {
    World world({.seed = 10});
    world.wechat.setSendScript([](const SendCall &c) {
        return c.openid.back() == '7' ? Behaviour::answer(43004) : Behaviour::ok();
    });
    world.enqueue(500);
    world.start();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Dead], 50);
    QCOMPARE(world.counts()[MessageState::Accepted], 450);
    QCOMPARE(world.number("SELECT count(*) FROM message WHERE state = 7 AND (cause <> '43004' OR errcode <> 43004 OR attempts <> 1)"), 0);
    QVERIFY(!world.storedHold());
    VERIFY_WORLD(world);
}

void OutageSimulationTest::aClashOverOneReaderIsNoOutage() {
    // Another program sends to the same people at the same time.
    World world({.seed = 11});
    world.wechat.setSendScript([](const SendCall &c) { return c.nth == 1 ? Behaviour::answer(43108) : Behaviour::ok(); });
    world.enqueue(50);
    world.start();
    QVERIFY(!world.runUntil([&] { return world.gate() == Gate::BreakerOpen; }, 30s));
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted], 50);
    QCOMPARE(world.number("SELECT max(attempts) FROM message"), 2);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(OutageSimulationTest)
#include "outage_simulation_test.moc"
