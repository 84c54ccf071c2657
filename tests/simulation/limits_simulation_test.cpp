// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>
#include <ctime>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

/// The machine's time zone for as long as the object lives.
class TimeZone {
public:
    explicit TimeZone(const QByteArray &name) {
        m_before = qgetenv("TZ");
        qputenv("TZ", name);
        tzset();
    }
    ~TimeZone() {
        m_before.isEmpty() ? static_cast<void>(qunsetenv("TZ")) : static_cast<void>(qputenv("TZ", m_before));
        tzset();
    }
    TimeZone(const TimeZone &) = delete;
    TimeZone &operator=(const TimeZone &) = delete;

private:
    QByteArray m_before;
};

} // namespace

class LimitsSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aUsedUpDayWaitsForFivePastMidnightInChina_data();
    void aUsedUpDayWaitsForFivePastMidnightInChina();
    void tooManyRequestsWaitAsLongAsTheServerSays();
    void unavailableWaitsAsLongAsTheServerSays();
};

void LimitsSimulationTest::aUsedUpDayWaitsForFivePastMidnightInChina_data() {
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("expected");
    QTest::newRow("in China") << QByteArray("Asia/Shanghai") << QStringLiteral("2026-03-02T22:00:00+08:00")
                              << QStringLiteral("2026-03-03T00:05:00.000+08:00");
    QTest::newRow("in California") << QByteArray("America/Los_Angeles") << QStringLiteral("2026-03-02T22:00:00+08:00")
                                   << QStringLiteral("2026-03-03T00:05:00.000+08:00");
    QTest::newRow("over a change of the clocks") << QByteArray("America/Los_Angeles") << QStringLiteral("2026-03-08T17:00:00+08:00")
                                                 << QStringLiteral("2026-03-09T00:05:00.000+08:00");
    QTest::newRow("just after midnight") << QByteArray("Europe/Berlin") << QStringLiteral("2026-03-03T00:01:00+08:00")
                                         << QStringLiteral("2026-03-03T00:05:00.000+08:00");
    QTest::newRow("over a leap day") << QByteArray("UTC") << QStringLiteral("2028-02-29T23:50:00+08:00")
                                     << QStringLiteral("2028-03-01T00:05:00.000+08:00");
}

void LimitsSimulationTest::aUsedUpDayWaitsForFivePastMidnightInChina() {
    QFETCH(QByteArray, zone);
    QFETCH(QString, start);
    QFETCH(QString, expected);
    const TimeZone abroad(zone);
    World world({.seed = 1, .start = parseIso8601(start.toStdString()).value()});
    const WallTime reset = parseIso8601(expected.toStdString()).value();
    int accepted = 0;
    world.wechat.setSendScript([&](const SendCall &) {
        if (world.clock.now().wall < reset - 1min && ++accepted > 100)
            return Behaviour::answer(45009);
        return Behaviour::ok();
    });
    world.enqueue(400);
    world.start();
    world.runFor(1min);
    COMPARE_NAMED(world.gate(), Gate::DayQuota);
    QCOMPARE(QString::fromStdString(toIso8601(world.snapshot().accounts[0].gateUntil)), expected);
    QCOMPARE(world.counts()[MessageState::Sending], 0);
    QVERIFY(world.dispatcher->isDrained()); // nothing more today
    const int posts = world.transport.posts();
    world.runFor(reset - world.clock.now().wall - 1ms);
    QCOMPARE(world.transport.posts(), posts);
    world.runFor(5min);
    QCOMPARE(world.counts()[MessageState::Accepted], 400);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

void LimitsSimulationTest::tooManyRequestsWaitAsLongAsTheServerSays() {
    World world({.seed = 6});
    world.wechat.setSendScript([](const SendCall &call) {
        Behaviour b = Behaviour::http(429);
        b.retryAfter = "120";
        return call.at < 30s ? b : Behaviour::ok();
    });
    world.enqueue(100);
    world.start();
    world.runFor(5s);
    COMPARE_NAMED(world.gate(), Gate::MinuteThrottle);
    const int posts = world.transport.posts();
    world.runFor(114s);
    QCOMPARE(world.transport.posts(), posts);
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 100);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

void LimitsSimulationTest::unavailableWaitsAsLongAsTheServerSays() {
    World world({.seed = 7});
    world.wechat.setSendScript([](const SendCall &call) {
        Behaviour b = Behaviour::http(503);
        b.retryAfter = "90";
        return call.at < 30s ? b : Behaviour::ok();
    });
    world.enqueue(5);
    world.start();
    world.runFor(5s);
    const int posts = world.transport.posts();
    world.runFor(80s);
    QCOMPARE(world.transport.posts(), posts);
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 5);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(LimitsSimulationTest)
#include "limits_simulation_test.moc"
