// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/token_bucket.h"

#include "tests/unit/printing.h"

#include <random>
#include <vector>

using namespace songda;
using namespace std::chrono_literals;

namespace {

const SteadyTime start{1000s};

double secondsBetween(SteadyTime from, SteadyTime to) {
    return std::chrono::duration<double>(to - from).count();
}

/// Takes all there is at `now`.
int drain(TokenBucket &bucket, SteadyTime now) {
    int taken = 0;
    while (bucket.take(now))
        ++taken;
    return taken;
}

} // namespace

class PolicyTokenBucketTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsFullAndRefillsAtItsRate();
    void neverHoldsMoreThanItsBurst();
    void waitsExactlyForTheNextToken_data();
    void waitsExactlyForTheNextToken();
    void keepsUpItsRate_data();
    void keepsUpItsRate();
    void neverLetsMoreThroughThanRateAndBurst_data();
    void neverLetsMoreThroughThanRateAndBurst();
    void givesBackWhatWasNotUsed();
    void timeGoingBackwardsGivesNothing();
    void slowDownHalvesAndEmpties();
    void slowDownKeepsOnePercent();
    void creepsUpInAboutAHundredSeconds_data();
    void creepsUpInAboutAHundredSeconds();
    void newLimitsTakeEffect();
    void senselessLimitsAreMadeSafe();
};

void PolicyTokenBucketTest::startsFullAndRefillsAtItsRate() {
    TokenBucket bucket(10, 3, start);
    QCOMPARE(bucket.available(start), 3);
    QCOMPARE(drain(bucket, start), 3);
    QVERIFY(!bucket.take(start + 99ms));
    QVERIFY(bucket.take(start + 100ms));
    QVERIFY(!bucket.take(start + 199ms));
    QCOMPARE(bucket.available(start + 300ms), 2);
    QCOMPARE(drain(bucket, start + 300ms), 2);
}

void PolicyTokenBucketTest::neverHoldsMoreThanItsBurst() {
    TokenBucket bucket(1000, 5, start);
    QCOMPARE(bucket.available(start + 24h), 5);
    QCOMPARE(drain(bucket, start + 48h), 5);
    QCOMPARE(drain(bucket, start + 48h), 0);
}

void PolicyTokenBucketTest::waitsExactlyForTheNextToken_data() {
    QTest::addColumn<double>("rate");
    for (const double rate : {0.01, 0.3, 1.0, 3.0, 7.3, 20.0, 333.3, 100000.0})
        QTest::addRow("%g a second", rate) << rate;
}

void PolicyTokenBucketTest::waitsExactlyForTheNextToken() {
    QFETCH(double, rate);
    TokenBucket bucket(rate, 1, start);
    QVERIFY(bucket.nextAt(start) == start);
    QVERIFY(bucket.take(start));
    SteadyTime now = start;
    for (int i = 0; i < 100; ++i) {
        const SteadyTime next = bucket.nextAt(now);
        QVERIFY(next > now);
        QVERIFY(std::abs(secondsBetween(now, next) - 1 / rate) < 3e-6);
        QVERIFY(!bucket.take(next - 2us));
        QVERIFY(bucket.take(next));
        now = next;
    }
}

void PolicyTokenBucketTest::keepsUpItsRate_data() {
    waitsExactlyForTheNextToken_data();
}

void PolicyTokenBucketTest::keepsUpItsRate() {
    QFETCH(double, rate);
    TokenBucket bucket(rate, 1, start);
    SteadyTime now = start;
    constexpr int count = 2000;
    for (int i = 0; i < count; ++i) {
        now = bucket.nextAt(now);
        QVERIFY(bucket.take(now));
    }
    // The first token was there; each of the others came in its time, but for rounding up to microseconds.
    const double expected = (count - 1) / rate;
    QVERIFY(secondsBetween(start, now) >= expected * (1 - 1e-6) - 1e-5);
    QVERIFY(secondsBetween(start, now) <= expected + count * 1.1e-6);
}

void PolicyTokenBucketTest::neverLetsMoreThroughThanRateAndBurst_data() {
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("burst");
    QTest::addColumn<int>("seed");
    int seed = 1;
    for (const double rate : {0.5, 7.3, 20.0, 1000.0}) {
        for (const double burst : {1.0, 5.0, 50.0})
            QTest::addRow("%g a second, burst %g", rate, burst) << rate << burst << seed++;
    }
}

void PolicyTokenBucketTest::neverLetsMoreThroughThanRateAndBurst() {
    QFETCH(double, rate);
    QFETCH(double, burst);
    QFETCH(int, seed);
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(random() % n); };
    TokenBucket bucket(rate, burst, start);
    SteadyTime now = start;
    std::vector<SteadyTime> taken;
    for (int step = 0; step < 4000; ++step) {
        switch (below(8)) {
        case 0:
            now = bucket.nextAt(now);
            break;
        case 1:
            now += Micros{below(static_cast<std::uint64_t>(3e6 / rate))};
            break;
        case 2:
            now += Micros{below(1000)};
            break;
        case 3:
            if (below(50) == 0)
                now += Micros{static_cast<std::int64_t>(burst / rate * 2e6)};
            break;
        case 4:
            if (below(20) == 0)
                bucket.slowDown(now);
            break;
        case 5:
            bucket.creepUp(now);
            break;
        default:
            if (bucket.take(now))
                taken.push_back(now);
        }
        QVERIFY(bucket.workingRate() <= rate);
        QVERIFY(bucket.workingRate() >= rate / 100);
    }
    QVERIFY(taken.size() > 100);
    for (std::size_t first = 0; first < taken.size(); ++first) {
        for (std::size_t last = first; last < taken.size(); ++last) {
            const double most = rate * secondsBetween(taken[first], taken[last]) + burst;
            QVERIFY(static_cast<double>(last - first + 1) <= most + 1e-6);
        }
    }
}

void PolicyTokenBucketTest::givesBackWhatWasNotUsed() {
    TokenBucket bucket(10, 3, start);
    QCOMPARE(drain(bucket, start), 3);
    bucket.giveBack();
    QCOMPARE(bucket.available(start), 1);
    QCOMPARE(drain(bucket, start), 1);
    for (int i = 0; i < 10; ++i)
        bucket.giveBack();
    QCOMPARE(drain(bucket, start), 3); // never above the burst
}

void PolicyTokenBucketTest::timeGoingBackwardsGivesNothing() {
    TokenBucket bucket(10, 3, start);
    QCOMPARE(drain(bucket, start), 3);
    QCOMPARE(bucket.available(start - 1h), 0);
    QVERIFY(!bucket.take(start - 1h));
    QCOMPARE(bucket.available(start), 0); // the way back is no refill
    QVERIFY(bucket.take(start + 100ms));
}

void PolicyTokenBucketTest::slowDownHalvesAndEmpties() {
    TokenBucket bucket(20, 10, start);
    bucket.slowDown(start);
    QCOMPARE(bucket.workingRate(), 10.0);
    QCOMPARE(bucket.available(start), 0);
    QVERIFY(!bucket.take(start + 99ms));
    QVERIFY(bucket.take(start + 100ms));
    bucket.slowDown(start + 100ms);
    QCOMPARE(bucket.workingRate(), 5.0);
}

void PolicyTokenBucketTest::slowDownKeepsOnePercent() {
    TokenBucket bucket(20, 10, start);
    for (int i = 0; i < 100; ++i)
        bucket.slowDown(start);
    QCOMPARE(bucket.workingRate(), 0.2);
    QVERIFY(bucket.take(start + 5s));
}

void PolicyTokenBucketTest::creepsUpInAboutAHundredSeconds_data() {
    QTest::addColumn<double>("rate");
    for (const double rate : {5.0, 20.0, 100.0, 1000.0})
        QTest::addRow("%g a second", rate) << rate;
}

void PolicyTokenBucketTest::creepsUpInAboutAHundredSeconds() {
    QFETCH(double, rate);
    TokenBucket bucket(rate, 1, start);
    for (int i = 0; i < 100; ++i)
        bucket.slowDown(start);
    SteadyTime now = start;
    double before = bucket.workingRate();
    while (bucket.workingRate() < rate) {
        now = bucket.nextAt(now);
        QVERIFY(bucket.take(now));
        bucket.creepUp(now);
        QVERIFY(bucket.workingRate() > before);
        before = bucket.workingRate();
        QVERIFY(secondsBetween(start, now) < 1000);
    }
    QCOMPARE(bucket.workingRate(), rate);
    QVERIFY(secondsBetween(start, now) > 60);
    QVERIFY(secondsBetween(start, now) < 200);
}

void PolicyTokenBucketTest::newLimitsTakeEffect() {
    TokenBucket bucket(10, 10, start);
    bucket.configure(100, 4, start);
    QCOMPARE(drain(bucket, start), 4);
    QVERIFY(bucket.take(start + 10ms));
    bucket.configure(1, 50, start + 10ms);
    QCOMPARE(drain(bucket, start + 10ms), 0); // a larger burst is earned, not given
    QVERIFY(!bucket.take(start + 1s));
    QVERIFY(bucket.take(start + 1010ms));
    QCOMPARE(bucket.workingRate(), 1.0);
}

void PolicyTokenBucketTest::senselessLimitsAreMadeSafe() {
    for (const double rate : {0.0, -5.0}) {
        TokenBucket bucket(rate, 0, start);
        QCOMPARE(drain(bucket, start), 1);
        QVERIFY(bucket.nextAt(start) > start + 1h);
        QVERIFY(bucket.workingRate() > 0);
    }
}

QTEST_GUILESS_MAIN(PolicyTokenBucketTest)
#include "policy_token_bucket_test.moc"
