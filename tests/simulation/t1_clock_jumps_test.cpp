// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class ClockSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCalendarJumpDoesNotStopTheQueue_data();
    void aCalendarJumpDoesNotStopTheQueue();
    void waitingRepeatsKeepTheirDelay_data();
    void waitingRepeatsKeepTheirDelay();
    void theWindowCountsSteadyTime_data();
    void theWindowCountsSteadyTime();
    void jumpsEveryMinuteChangeNoResult();
    void pausesCountSteadyTime_data();
    void pausesCountSteadyTime();
    void noDurationIsNegative();
};

void ClockSimulationTest::aCalendarJumpDoesNotStopTheQueue_data() {
    QTest::addColumn<qint64>("hours");
    QTest::newRow("two hours ahead") << qint64{2};
    QTest::newRow("two hours back") << qint64{-2};
    QTest::newRow("a day ahead") << qint64{24};
    QTest::newRow("a day back") << qint64{-24};
}

void ClockSimulationTest::aCalendarJumpDoesNotStopTheQueue() {
    QFETCH(qint64, hours);
    World world({.seed = 1, .rate = 50, .burst = 5});
    world.enqueue(1000);
    world.start();
    world.runFor(5s);
    const auto calls = world.wechat.tokenCalls().size();
    world.clock.jumpWall(std::chrono::hours{hours});
    const auto before = world.counts()[MessageState::Accepted];
    world.runFor(10s);
    const auto done = world.counts()[MessageState::Accepted] - before;
    QVERIFY2(done >= 450 && done <= 520, qPrintable(QStringLiteral("%1 in ten seconds at 50 a second").arg(done)));
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 1000);
    QVERIFY(world.wechat.tokenCalls().size() <= calls + 1);
    VERIFY_WORLD(world);
}

void ClockSimulationTest::waitingRepeatsKeepTheirDelay_data() { aCalendarJumpDoesNotStopTheQueue_data(); }

void ClockSimulationTest::waitingRepeatsKeepTheirDelay() {
    QFETCH(qint64, hours);
    World world({.seed = 2});
    world.wechat.setSendScript([](const SendCall &c) {
        return c.nth <= 3 && c.openid.back() == '1' ? Behaviour::busy() : Behaviour::ok();
    });
    world.enqueue(200);
    world.start();
    world.runFor(500ms);
    QVERIFY(world.counts()[MessageState::Retrying] > 5);
    // What the engine itself decided, in true time.
    std::map<std::string, Micros> due;
    {
        const auto wall = world.clock.now().wall;
        for (const MessageFacts &f : world.facts()) {
            if (f.state == MessageState::Retrying) {
                const auto at = fromMillis(world.number("SELECT due_at FROM message WHERE id = " + std::to_string(f.id.value)));
                due[f.openid] = world.clock.elapsed() + (at - wall);
            }
        }
    }
    const Micros jumped = world.clock.elapsed();
    world.clock.jumpWall(std::chrono::hours{hours});
    world.runFor(30s);
    for (const auto &[openid, at] : due) {
        std::optional<Micros> next;
        for (const SendCall &call : world.wechat.wireCopies()) {
            if (call.openid == openid && call.at >= jumped) {
                next = call.at;
                break;
            }
        }
        QVERIFY2(next.has_value(), openid.c_str());
        QVERIFY2(*next <= at + 5s, qPrintable(QStringLiteral("%1 s late").arg(std::chrono::duration<double>(*next - at).count())));
        QVERIFY2(*next >= at - 2ms, qPrintable(QStringLiteral("%1 s early").arg(std::chrono::duration<double>(at - *next).count())));
    }
    QVERIFY(world.drain(1min));
    VERIFY_WORLD(world);
}

void ClockSimulationTest::theWindowCountsSteadyTime_data() { aCalendarJumpDoesNotStopTheQueue_data(); }

void ClockSimulationTest::theWindowCountsSteadyTime() {
    // The answer is lost, the engine is paused, the calendar jumps: what decides is the time that really passed.
    QFETCH(qint64, hours);
    for (const Millis pause : {Millis{7min}, Millis{9min}, Millis{11min}}) {
        World world({.seed = 3});
        world.wechat.setSendScript([](const SendCall &c) { return c.nth == 1 ? Behaviour::recordedThenClosed() : Behaviour::ok(); });
        world.enqueue(5);
        world.start();
        world.runFor(200ms);
        world.dispatcher->setPaused(true);
        world.clock.jumpWall(std::chrono::hours{hours});
        world.runFor(pause);
        world.clock.jumpWall(-std::chrono::hours{hours});
        world.dispatcher->setPaused(false);
        world.dispatcher->onWorkChanged();
        QVERIFY(world.drain(1h));
        QCOMPARE(world.wechat.userCopies(), 5);
        const StateCounts counts = world.counts();
        QCOMPARE(counts[MessageState::Accepted], pause < 8min ? 5 : 0);
        QCOMPARE(counts[MessageState::Uncertain], pause < 8min ? 0 : 5);
        VERIFY_WORLD(world);
    }
}

void ClockSimulationTest::jumpsEveryMinuteChangeNoResult() {
    World world({.seed = 4, .rate = 20, .burst = 5});
    Random dice(4);
    world.wechat.setSendScript([&](const SendCall &) {
        const double d = dice.unit();
        return d < 0.1 ? Behaviour::busy() : d < 0.15 ? Behaviour::recordedThenClosed() : Behaviour::ok();
    });
    world.enqueue(3000);
    world.start();
    static constexpr std::chrono::hours jumps[] = {2h, -2h, 24h, -24h, -2h, 2h, -24h, 24h};
    for (int minute = 1; minute <= 4 * 8; ++minute)
        world.after(std::chrono::minutes{minute}, [&world, by = jumps[minute % 8]] { world.clock.jumpWall(by); });
    world.runFor(33min);
    QVERIFY(world.drain(1h));
    const StateCounts counts = world.counts();
    QVERIFY2(counts[MessageState::Accepted] >= 2990, qPrintable(QString::number(counts[MessageState::Accepted])));
    QCOMPARE(counts.finished(), 3000);
    QVERIFY2(world.wechat.tokenCalls().size() <= 2, qPrintable(QString::number(world.wechat.tokenCalls().size())));
    // The rate held all the time.
    const auto &times = world.transport.postTimes();
    for (std::size_t i = 0; i + 100 < times.size(); ++i) {
        const double seconds = std::chrono::duration<double>(times[i + 100] - times[i]).count();
        QVERIFY(101 <= 20 * seconds + 5 + 1e-6);
    }
    VERIFY_WORLD(world);
}

void ClockSimulationTest::pausesCountSteadyTime_data() { aCalendarJumpDoesNotStopTheQueue_data(); }

void ClockSimulationTest::pausesCountSteadyTime() {
    QFETCH(qint64, hours);
    World world({.seed = 5, .rate = 100, .burst = 10});
    bool refuse = true;
    world.wechat.setSendScript([&](const SendCall &) { return refuse ? Behaviour::answer(45011) : Behaviour::ok(); });
    world.enqueue(100);
    world.start();
    QVERIFY(world.runUntil([&] { return world.gate() == Gate::MinuteThrottle; }, 5s));
    world.runFor(1s); // what was in flight
    refuse = false;
    const int posts = world.transport.posts();
    world.clock.jumpWall(std::chrono::hours{hours});
    world.runFor(58s);
    QCOMPARE(world.transport.posts(), posts);
    world.runFor(10s);
    QVERIFY(world.transport.posts() > posts);
}

void ClockSimulationTest::noDurationIsNegative() {
    World world({.seed = 6, .latencies = {500ms, 900ms}});
    world.enqueue(50);
    world.start();
    world.after(600ms, [&] { world.clock.jumpWall(-2h); });
    world.runFor(10s);
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE latency_us < 0 OR latency_us > 2000000"), 0);
    QCOMPARE(world.number("SELECT count(*) FROM attempt_summary WHERE latency_us < 0"), 0);
    // A row that ended before it began would make a negative bar in every chart.
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE finished_at < started_at"), 0);
}

QTEST_GUILESS_MAIN(ClockSimulationTest)
#include "clock_simulation_test.moc"
