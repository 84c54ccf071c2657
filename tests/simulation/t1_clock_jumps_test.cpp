// SPDX-License-Identifier: GPL-3.0-or-later
//
// Somebody sets the machine's calendar every minute for half an hour, at load; then it stays ten minutes off.
#include "tests/full_form.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/post_times.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class T1ClockJumpsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jumpsEveryMinuteChangeNoWaitAndNoResult_data();
    void jumpsEveryMinuteChangeNoWaitAndNoResult();
    void aClockThatIsOffIsTold();
    void aCalendarJumpDoesNotStopTheQueue_data();
    void aCalendarJumpDoesNotStopTheQueue();
    void pausesCountSteadyTime_data();
    void pausesCountSteadyTime();
    void aDayParkedByAWrongCalendarIsOneDay();
    void noDurationIsNegative();
};

void T1ClockJumpsTest::jumpsEveryMinuteChangeNoWaitAndNoResult_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= static_cast<quint64>(songda::testing::inFullForm(10, 1)); ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void T1ClockJumpsTest::jumpsEveryMinuteChangeNoWaitAndNoResult() {
    QFETCH(quint64, seed);
    constexpr double rate = 20;
    constexpr int burst = 5;
    constexpr int messages = 42'000;
    World world({.seed = seed, .rate = rate, .burst = burst});
    Random dice(seed);
    std::map<std::string, std::vector<Micros>> posts; // of each client_msg_id
    world.wechat.setSendScript([&](const SendCall &c) {
        posts[c.clientMsgId].push_back(c.at);
        const double d = dice.unit();
        return d < 0.1 ? Behaviour::busy() : d < 0.15 ? Behaviour::recordedThenClosed() : Behaviour::ok();
    });
    // The repeats as the engine decided them, in true time: what it calls "due" counts on from its start.
    struct Repeat {
        MessageId id;
        int attempt = 0;
        Micros due{0};
    };
    std::vector<Repeat> repeats;
    world.journal.onResult = [&](const AttemptResult &r) {
        if (r.next == MessageState::Retrying)
            repeats.push_back({r.id, r.attempt, r.dueAt - world.options.start});
    };
    world.enqueue(messages);
    world.start();

    const auto jumpTo = [&](const char *date) { world.clock.jumpWall(parseIso8601(date).value() - world.clock.now().wall); };
    const std::vector<std::function<void()>> jumps{
        [&] { world.clock.jumpWall(2h); },
        [&] { world.clock.jumpWall(-2h); },
        [&] { world.clock.jumpWall(24h); },
        [&] { world.clock.jumpWall(-24h); },
        [&] { jumpTo("1970-01-01T00:00:00Z"); },
        [&] { jumpTo("2038-01-19T03:14:07Z"); },
        [&] { jumpTo("2100-03-01T00:00:00Z"); },
        [&] { world.clock.jumpWall(-2h); },
        [&] { world.clock.jumpWall(2h); },
        [&] { jumpTo("2026-03-02T10:00:00+08:00"); },
    };
    for (int minute = 1; minute <= 30; ++minute)
        world.after(std::chrono::minutes{minute}, jumps[static_cast<std::size_t>(minute - 1) % jumps.size()]);
    world.runFor(30min + 1s);
    // Then ten minutes off, and still at load for a while.
    world.clock.jumpWall(world.options.start + 30min + 1s + 10min - world.clock.now().wall);
    QVERIFY(world.drain(1h));
    QVERIFY(world.clock.elapsed() > 35min);

    const StateCounts counts = world.counts();
    QCOMPARE(counts[MessageState::Accepted] + counts[MessageState::Dead], messages);
    QCOMPARE(world.wechat.userCopies(), counts[MessageState::Accepted]);
    std::map<std::int64_t, std::string> clientIds;
    for (const MessageFacts &f : world.facts())
        clientIds[f.id.value] = f.clientMsgId;
    Micros latest{0};
    for (const Repeat &r : repeats) {
        const auto &at = posts[clientIds[r.id.value]];
        QVERIFY(at.size() > static_cast<std::size_t>(r.attempt));
        const Micros late = at[static_cast<std::size_t>(r.attempt)] - r.due;
        latest = std::max(latest, late);
        QVERIFY2(late >= -1ms, qPrintable(QStringLiteral("%1 ms early").arg(-late.count() / 1000)));
        QVERIFY2(late <= 5s, qPrintable(QStringLiteral("%1 ms late").arg(late.count() / 1000)));
    }
    qInfo("%zu repeats, the latest %lld ms after its delay; %zu token requests", repeats.size(),
        static_cast<long long>(latest.count() / 1000), world.wechat.tokenCalls().size());
    QVERIFY(repeats.size() > 4'000);
    const QString tooFast = rateViolation(world.transport.postTimes(), rate, burst);
    QVERIFY2(tooFast.isEmpty(), qPrintable(tooFast));
    QCOMPARE(world.wechat.tokenCalls().size(), 1U);
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE latency_us < 0 OR finished_at < started_at"), 0);
    QCOMPARE(world.number("SELECT count(*) FROM attempt_summary WHERE latency_us < 0"), 0);
    VERIFY_WORLD(world);
}

void T1ClockJumpsTest::aClockThatIsOffIsTold() {
    World world({.seed = 7, .rate = 10, .burst = 1});
    world.enqueue(1000);
    world.start();
    const auto told = [&] { return world.snapshot().accounts[0].clockDifference; };
    world.runFor(10s);
    QVERIFY(!told());
    for (const Millis off : {Millis{10min}, Millis{-10min}, Millis{90s}, Millis{-24h}}) {
        world.clock.jumpWall(off);
        world.runFor(2s);
        QVERIFY(told().has_value());
        const Millis error = *told() - off; // a header has no fractions of a second, and answers take a moment
        QVERIFY2(error >= -1s && error <= 2s, qPrintable(QString::number(error.count())));
        world.clock.jumpWall(-off);
        world.runFor(2s);
        QVERIFY(!told());
    }
    world.clock.jumpWall(50s);
    world.runFor(2s);
    QVERIFY(!told());
}

void T1ClockJumpsTest::aCalendarJumpDoesNotStopTheQueue_data() {
    QTest::addColumn<qint64>("hours");
    QTest::newRow("two hours ahead") << qint64{2};
    QTest::newRow("two hours back") << qint64{-2};
    QTest::newRow("a day ahead") << qint64{24};
    QTest::newRow("a day back") << qint64{-24};
}

void T1ClockJumpsTest::aCalendarJumpDoesNotStopTheQueue() {
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

void T1ClockJumpsTest::pausesCountSteadyTime_data() { aCalendarJumpDoesNotStopTheQueue_data(); }

void T1ClockJumpsTest::pausesCountSteadyTime() {
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

void T1ClockJumpsTest::aDayParkedByAWrongCalendarIsOneDay() {
    World world({.seed = 8});
    bool refuse = true;
    world.wechat.setSendScript([&](const SendCall &) { return refuse ? Behaviour::answer(45009) : Behaviour::ok(); });
    world.start();
    world.runFor(1s);
    world.enqueue(20);
    const Millis off = parseIso8601("2100-03-01T10:00:00+08:00").value() - world.clock.now().wall;
    world.clock.jumpWall(off);
    QVERIFY(world.runUntil([&] { return world.gate() == Gate::DayQuota; }, 1min));
    world.runFor(1min); // what was in flight
    refuse = false;
    world.clock.jumpWall(-off);
    world.runFor(23h);
    QCOMPARE(world.counts()[MessageState::Accepted], 0);
    COMPARE_NAMED(world.gate(), Gate::DayQuota);
    const auto until = world.snapshot().accounts[0].gateUntil;
    QVERIFY(until && *until < world.clock.now().wall + 2h);
    QVERIFY(world.drain(2h));
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    VERIFY_WORLD(world);
}

void T1ClockJumpsTest::noDurationIsNegative() {
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

QTEST_GUILESS_MAIN(T1ClockJumpsTest)
#include "t1_clock_jumps_test.moc"
