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
    void anOutageOpensTheBreakerAndKillsNothing_data();
    void anOutageOpensTheBreakerAndKillsNothing();
    void afterAnOutageTheRateStaysWithinItsLimit();
    void aBusyPlatformAcceptsEverythingInTheEnd_data();
    void aBusyPlatformAcceptsEverythingInTheEnd();
    void lostAnswersNotifyNobodyTwice_data();
    void lostAnswersNotifyNobodyTwice();
    void aBlackHoleIsLeftAtTheDeadline();
    void doubtLongerThanTheWindowWaitsForAPerson();
    void doubtLongerThanTheWindowIsResentWhenTheAccountSaysSo();
    void refusedRecipientsDieAtOnceAndAlone();
    void unknownAnswersAreTriedThreeTimes();
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

void OutageSimulationTest::anOutageOpensTheBreakerAndKillsNothing_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("minutes");
    QTest::newRow("500") << 500 << 10;
    QTest::newRow("502") << 502 << 10;
    QTest::newRow("closed connections") << 0 << 10;
    QTest::newRow("system busy") << -1 << 10;
    QTest::newRow("500 for five minutes") << 500 << 5;
}

void OutageSimulationTest::anOutageOpensTheBreakerAndKillsNothing() {
    QFETCH(int, status);
    QFETCH(int, minutes);
    World world({.seed = 5, .rate = 50, .burst = 10});
    const Micros end = 2s + std::chrono::minutes{minutes};
    world.wechat.setSendScript([=](const SendCall &c) {
        if (c.at < 2s || c.at >= end)
            return Behaviour::ok();
        return status == 0 ? Behaviour::closed() : status < 0 ? Behaviour::busy() : Behaviour::http(status);
    });
    world.enqueue(2000);
    world.start();
    world.runFor(2s);
    const int before = world.transport.posts();
    world.runFor(5s);
    COMPARE_NAMED(world.gate(), Gate::BreakerOpen);
    QVERIFY2(world.transport.posts() - before <= 250, qPrintable(QString::number(world.transport.posts() - before)));
    world.runFor(1min);
    const int open = world.transport.posts();
    world.runFor(3min);
    // At most one probe per half minute once the pause has grown.
    QVERIFY2(world.transport.posts() - open <= 8, qPrintable(QString::number(world.transport.posts() - open)));
    QVERIFY(world.drain(30min));
    const StateCounts counts = world.counts();
    QCOMPARE(counts[MessageState::Dead], 0);
    // Doubt older than eight minutes is for a person: the few tried before the breaker opened, and the probes.
    // Everybody else got the message.
    const auto uncertain = counts[MessageState::Uncertain];
    QCOMPARE(counts[MessageState::Accepted] + uncertain, 2000);
    QVERIFY2(minutes < 8 ? uncertain == 0 : uncertain <= 250, qPrintable(QString::number(uncertain)));
    QCOMPARE(world.number("SELECT count(*) FROM message WHERE state = 8 AND cause <> 'window_passed'"), 0);
    VERIFY_WORLD(world);
}

void OutageSimulationTest::afterAnOutageTheRateStaysWithinItsLimit() {
    World world({.seed = 6, .rate = 50, .burst = 10});
    world.wechat.setSendScript([](const SendCall &c) {
        return c.at >= 2s && c.at < 3min ? Behaviour::http(502) : Behaviour::ok();
    });
    world.enqueue(3000);
    world.start();
    QVERIFY(world.drain());
    const auto &times = world.transport.postTimes();
    for (std::size_t first = 0; first < times.size(); ++first) {
        const std::size_t last = std::min(times.size() - 1, first + 150);
        const double seconds = std::chrono::duration<double>(times[last] - times[first]).count();
        QVERIFY(static_cast<double>(last - first + 1) <= 50 * seconds + 10 + 1e-6);
    }
    QCOMPARE(world.counts()[MessageState::Accepted], 3000);
    VERIFY_WORLD(world);
}

void OutageSimulationTest::aBusyPlatformAcceptsEverythingInTheEnd_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<bool>("delivered");
    QTest::newRow("busy and not delivered") << quint64{1} << false;
    QTest::newRow("busy but delivered") << quint64{2} << true;
    QTest::newRow("other dice") << quint64{3} << false;
}

void OutageSimulationTest::aBusyPlatformAcceptsEverythingInTheEnd() {
    QFETCH(quint64, seed);
    QFETCH(bool, delivered);
    World world({.seed = seed});
    Random dice(seed);
    world.wechat.setSendScript(
        [&](const SendCall &) { return dice.unit() < 0.3 ? Behaviour::busy(delivered) : Behaviour::ok(); });
    world.enqueue(2000);
    world.start();
    QVERIFY(world.drain());
    const StateCounts counts = world.counts();
    QVERIFY2(counts[MessageState::Accepted] >= 1995, qPrintable(QString::number(counts[MessageState::Accepted])));
    QCOMPARE(counts[MessageState::Accepted] + counts[MessageState::Dead], 2000);
    QCOMPARE(world.number("SELECT count(*) FROM message WHERE state = 7 AND coalesce(cause, '') <> '-1'"), 0);
    const double wireMean = static_cast<double>(world.wechat.wireCopies().size()) / 2000;
    QVERIFY2(wireMean <= 1.5, qPrintable(QString::number(wireMean)));
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

void OutageSimulationTest::unknownAnswersAreTriedThreeTimes() {
    World world({.seed = 11});
    world.wechat.setSendScript([](const SendCall &c) {
        return c.openid == "o7" ? Behaviour::answer(987654) : Behaviour::ok();
    });
    world.enqueue(20);
    world.start();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Dead], 1);
    QCOMPARE(world.counts()[MessageState::Accepted], 19);
    QCOMPARE(world.number("SELECT attempts FROM message WHERE state = 7"), 3);
    QCOMPARE(world.number("SELECT errcode FROM message WHERE state = 7"), 987654);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(OutageSimulationTest)
#include "outage_simulation_test.moc"
