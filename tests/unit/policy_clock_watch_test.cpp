// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/clock_watch.h"

#include <QTest>

using namespace songda;
using namespace std::chrono_literals;

class PolicyClockWatchTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyMoreThanAMinuteIsADifference() {
        const WallTime peer = parseIso8601("2026-03-02T10:00:00+08:00").value();
        for (const Millis by : {0ms, 60'000ms, -60'000ms, 59'000ms})
            QVERIFY(!clockDifference(peer, peer + by));
        for (const Millis by : {60'001ms, -60'001ms, 600'000ms, Millis{-24h}, Millis{24h * 365 * 50}})
            QCOMPARE(clockDifference(peer, peer + by), std::optional(by));
    }

    void onlyTheMachinesSleepIsASleep() {
        SleepWatch watch;
        SteadyTime steady{3h};
        Micros awake = 1h; // two of the three hours since boot were slept through before anybody looked
        QVERIFY(!watch.look(steady, awake));
        // A program that was stopped, or a busy machine: both clocks went on.
        QVERIFY(!watch.look(steady += 15min, awake += 15min));
        QVERIFY(!watch.look(steady += 100ms, awake += 99ms));
        QVERIFY(watch.look(steady += 8h, awake += 100ms));
        QVERIFY(!watch.look(steady += 100ms, awake += 100ms));
        QVERIFY(watch.look(steady += 3s, awake += 100ms));
    }
};

QTEST_GUILESS_MAIN(PolicyClockWatchTest)
#include "policy_clock_watch_test.moc"
