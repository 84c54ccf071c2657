// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/concurrency.h"

#include "tests/unit/printing.h"

#include <functional>
#include <queue>
#include <random>

using namespace songda;
using namespace std::chrono_literals;

namespace {

const SteadyTime start{1000s};

/// An account that always has as many requests under way as it may, or as it has work for.
class Load {
public:
    Load(const ConcurrencyPolicy &policy, int most)
        : limit(policy, most) {}

    ConcurrencyLimit limit;
    SteadyTime now = start;
    Micros latency = 50ms;
    int work = 1'000'000; ///< requests there would be at a time
    int least = 1'000'000; ///< limits seen
    int highest = 0;

    void runFor(Micros span) {
        const SteadyTime end = now + span;
        while (now < end) {
            while (static_cast<int>(m_ends.size()) < std::min(limit.limit(), work))
                m_ends.push({now + drawn(), now});
            const Request next = m_ends.top();
            if (next.endsAt > end)
                break;
            now = next.endsAt;
            limit.onAnswer(now, now - next.startedAt, static_cast<int>(m_ends.size()));
            m_ends.pop();
            look();
        }
        now = end;
    }
    void look() {
        least = std::min(least, limit.limit());
        highest = std::max(highest, limit.limit());
    }

private:
    struct Request {
        SteadyTime endsAt;
        SteadyTime startedAt;
        bool operator>(const Request &other) const { return endsAt > other.endsAt; }
    };
    /// A tenth up or down.
    Micros drawn() { return latency * static_cast<Micros::rep>(90 + m_random() % 21) / 100; }

    std::mt19937_64 m_random{6};
    std::priority_queue<Request, std::vector<Request>, std::greater<>> m_ends;
};

} // namespace

class PolicyConcurrencyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsAtTheMost_data();
    void startsAtTheMost();
    void staysThereWhileAnswersComeAsUsual_data();
    void staysThereWhileAnswersComeAsUsual();
    void fallsWhenAnswersTakeTenTimesAsLong_data();
    void fallsWhenAnswersTakeTenTimesAsLong();
    void isBackWithinHalfAMinute_data();
    void isBackWithinHalfAMinute();
    void aLongBadTimeIsSoonForgotten();
    void slowerWithinItsToleranceIsNoTrouble();
    void whatIsNotUsedSaysNothing();
    void timeoutsTakeItDown();
    void fewTimeoutsAmongGoodAnswersDoNot();
    void timeoutsBeforeAnyAnswerDoNoHarm();
    void switchedOffItIsTheMost();
    void followsNewBounds();
    void neverLeavesItsBounds();
};

void PolicyConcurrencyTest::startsAtTheMost_data() {
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("limit");
    QTest::newRow("built in") << 10 << 10;
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("all there are") << 480 << 480;
    QTest::newRow("senseless") << 0 << 1;
    QTest::newRow("below nothing") << -3 << 1;
}

void PolicyConcurrencyTest::startsAtTheMost() {
    QFETCH(int, most);
    QFETCH(int, limit);
    QCOMPARE(ConcurrencyLimit({}, most).limit(), limit);
}

void PolicyConcurrencyTest::staysThereWhileAnswersComeAsUsual_data() {
    QTest::addColumn<int>("most");
    for (const int most : {1, 3, 10, 100, 480})
        QTest::addRow("%d", most) << most;
}

void PolicyConcurrencyTest::staysThereWhileAnswersComeAsUsual() {
    QFETCH(int, most);
    Load load({}, most);
    load.runFor(60s);
    QCOMPARE(load.least, most);
    QCOMPARE(load.highest, most);
}

void PolicyConcurrencyTest::fallsWhenAnswersTakeTenTimesAsLong_data() {
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("below");
    QTest::newRow("10") << 10 << 7; // few answers a second, so it takes longer
    QTest::newRow("100") << 100 << 50;
    QTest::newRow("480") << 480 << 200;
}

void PolicyConcurrencyTest::fallsWhenAnswersTakeTenTimesAsLong() {
    QFETCH(int, most);
    QFETCH(int, below);
    Load load({}, most);
    load.runFor(30s);
    load.latency = 500ms;
    load.runFor(10s);
    QVERIFY2(load.least <= below, qPrintable(QString::number(load.least)));
    QVERIFY(load.least >= 4);
}

void PolicyConcurrencyTest::isBackWithinHalfAMinute_data() {
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("badFor"); // seconds
    QTest::addColumn<int>("settlesAt"); // milliseconds of latency afterwards
    QTest::newRow("10, short") << 10 << 5 << 50;
    QTest::newRow("10, long") << 10 << 60 << 50;
    QTest::newRow("100, short") << 100 << 5 << 50;
    QTest::newRow("100, long") << 100 << 60 << 50;
    QTest::newRow("480, short") << 480 << 3 << 50;
    QTest::newRow("480, slower for good") << 480 << 5 << 500;
    QTest::newRow("100, slower for good") << 100 << 5 << 500;
    QTest::newRow("10, slower for good") << 10 << 5 << 500;
}

void PolicyConcurrencyTest::isBackWithinHalfAMinute() {
    QFETCH(int, most);
    QFETCH(int, badFor);
    QFETCH(int, settlesAt);
    Load load({}, most);
    load.runFor(30s);
    load.latency = 500ms;
    load.runFor(Seconds{badFor});
    QVERIFY(load.least < most);
    load.latency = Millis{settlesAt};
    load.runFor(30s);
    QCOMPARE(load.limit.limit(), most);
    // And a second bad time is seen as the first was.
    load.latency *= 10;
    load.least = most;
    load.runFor(20s);
    QVERIFY2(load.least < most, "a second bad time passed unseen");
}

void PolicyConcurrencyTest::aLongBadTimeIsSoonForgotten() {
    Load load({}, 100);
    load.runFor(30s);
    load.latency = 500ms;
    load.runFor(60s); // long enough to be taken for usual
    load.latency = 50ms;
    load.runFor(4s);
    QCOMPARE(load.limit.limit(), 100);
    load.least = 100;
    load.latency = 500ms;
    load.runFor(10s);
    QVERIFY2(load.least < 70, qPrintable(QString::number(load.least)));
}

void PolicyConcurrencyTest::slowerWithinItsToleranceIsNoTrouble() {
    Load load({.tolerance = 2}, 100);
    load.runFor(30s);
    load.latency = 85ms;
    load.runFor(60s);
    QCOMPARE(load.least, 100);
}

void PolicyConcurrencyTest::whatIsNotUsedSaysNothing() {
    Load load({}, 100);
    load.work = 20;
    load.runFor(30s);
    load.latency = 5s;
    load.runFor(120s);
    QCOMPARE(load.least, 100);
    QCOMPARE(load.highest, 100);
}

void PolicyConcurrencyTest::timeoutsTakeItDown() {
    ConcurrencyLimit limit({.atLeast = 4}, 100);
    SteadyTime now = start;
    for (int i = 0; i < 200; ++i) {
        now += 100ms;
        limit.onDropped(now);
        QVERIFY(limit.limit() >= 4 && limit.limit() <= 100);
    }
    QCOMPARE(limit.limit(), 4);
    // Good answers bring it back.
    for (int i = 0; i < 3000; ++i) {
        now += 10ms;
        limit.onAnswer(now, 50ms, limit.limit());
    }
    QCOMPARE(limit.limit(), 100);
}

void PolicyConcurrencyTest::fewTimeoutsAmongGoodAnswersDoNot() {
    ConcurrencyLimit limit({}, 100);
    SteadyTime now = start;
    for (int i = 1; i <= 20'000; ++i) {
        now += 1ms;
        if (i % 50 == 49)
            limit.onDropped(now);
        else
            limit.onAnswer(now, 50ms, 100);
        QCOMPARE(limit.limit(), 100);
    }
}

void PolicyConcurrencyTest::timeoutsBeforeAnyAnswerDoNoHarm() {
    ConcurrencyLimit limit({}, 10);
    limit.onDropped(start);
    QVERIFY(limit.limit() >= 4 && limit.limit() <= 10);
    SteadyTime now = start;
    for (int i = 0; i < 1000; ++i) {
        now += 10ms;
        limit.onAnswer(now, 0us, 10);
    }
    QCOMPARE(limit.limit(), 10);
}

void PolicyConcurrencyTest::switchedOffItIsTheMost() {
    Load load({.adaptive = false}, 100);
    load.runFor(10s);
    load.latency = 5s;
    load.runFor(60s);
    for (int i = 0; i < 1000; ++i)
        load.limit.onDropped(load.now + i * 1s);
    QCOMPARE(load.limit.limit(), 100);
    load.limit.configure({.adaptive = true}, 100);
    QCOMPARE(load.limit.limit(), 100); // begins anew from the most
}

void PolicyConcurrencyTest::followsNewBounds() {
    ConcurrencyLimit limit({}, 10);
    limit.configure({}, 100);
    QCOMPARE(limit.limit(), 100); // it was at its most and stays there
    for (int i = 1; i <= 100; ++i)
        limit.onDropped(start + i * 1s);
    QCOMPARE(limit.limit(), 4);
    limit.configure({}, 200);
    QCOMPARE(limit.limit(), 4); // trouble does not end with a new setting
    limit.configure({.atLeast = 50}, 200);
    QCOMPARE(limit.limit(), 50);
    limit.configure({.atLeast = 50}, 20);
    QCOMPARE(limit.limit(), 20); // the account's own limit comes first
    limit.configure({.adaptive = false}, 20);
    QCOMPARE(limit.limit(), 20);
}

void PolicyConcurrencyTest::neverLeavesItsBounds() {
    std::mt19937_64 random(7);
    for (int round = 0; round < 200; ++round) {
        ConcurrencyPolicy policy{true, 1 + static_cast<int>(random() % 480), 1 + static_cast<double>(random() % 90) / 10};
        int most = 1 + static_cast<int>(random() % 480);
        ConcurrencyLimit limit(policy, most);
        SteadyTime now = start;
        for (int step = 0; step < 2000; ++step) {
            now += Micros{static_cast<std::int64_t>(random() % 50'000)};
            if (random() % 500 == 0) {
                most = 1 + static_cast<int>(random() % 480);
                policy.atLeast = 1 + static_cast<int>(random() % 480);
                limit.configure(policy, most);
            }
            if (random() % 8 == 0)
                limit.onDropped(now);
            else
                limit.onAnswer(now, Micros{static_cast<std::int64_t>(random() % 10 == 0 ? random() % 60'000'000 : random() % 100'000)},
                    static_cast<int>(random() % 480));
            const int lowest = std::min(policy.atLeast, most);
            QVERIFY2(limit.limit() >= lowest && limit.limit() <= most,
                qPrintable(QStringLiteral("%1 not in %2 .. %3, seed 7, round %4").arg(limit.limit()).arg(lowest).arg(most).arg(round)));
        }
    }
}

QTEST_GUILESS_MAIN(PolicyConcurrencyTest)
#include "policy_concurrency_test.moc"
