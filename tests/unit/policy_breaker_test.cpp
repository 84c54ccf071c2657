// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/breaker.h"

#include "tests/unit/printing.h"

#include <cmath>
#include <limits>
#include <random>

using namespace songda;
using namespace std::chrono_literals;

namespace {

using State = CircuitBreaker::State;

const SteadyTime start{1000s};
constexpr int unlimited = std::numeric_limits<int>::max();

void fail(CircuitBreaker &breaker, SteadyTime now, int times) {
    for (int i = 0; i < times; ++i)
        breaker.onFailure(now, 7);
}

void succeed(CircuitBreaker &breaker, SteadyTime now, int times) {
    for (int i = 0; i < times; ++i)
        breaker.onSuccess(now);
}

/// A short first pause, so that it can be seen growing.
const BreakerPolicy growing{.openFor = 5s};

/// A breaker that opened at `start`.
CircuitBreaker opened() {
    CircuitBreaker breaker(growing);
    fail(breaker, start, 10);
    return breaker;
}

} // namespace

class PolicyBreakerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closedLetsEverythingThrough();
    void opensAtItsShareAndVolume_data();
    void opensAtItsShareAndVolume();
    void openLetsNothingThroughUntilThePauseIsOver();
    void halfOpenLetsOneProbeThrough();
    void threeGoodProbesCloseIt();
    void aFailedProbeDoublesThePause();
    void pauseIsShortAgainAfterClosing();
    void probesStartAnewAfterAFailure();
    void answersFromBeforeThePauseChangeNothing();
    void oldOutcomesAreForgotten();
    void outcomesInsideTheWindowAddUp();
    void closingForgetsTheFailuresBefore();
    void followsItsPolicy();
    void neverLetsMoreThanItsProbesThroughWhileNotClosed();
    void aQuietAccountStopsAfterFailuresOfSeveralMessagesInARow_data();
    void aQuietAccountStopsAfterFailuresOfSeveralMessagesInARow();
    void oneMessageThatNobodyCanDeliverStopsNobody();
    void aSuccessEndsTheRun();
    void aSuddenOutageIsSeenBeforeItsShareTells();
    void theUsualShareRaisesTheThreshold_data();
    void theUsualShareRaisesTheThreshold();
    void whatIsInTheWindowIsNotUsualYet();
    void anOutageDoesNotRaiseItsOwnBar();
    void theUsualShareIsForgottenAgain();
    void adaptationOfNothingIsAFixedShare();
    void newNumbersTakeEffectAtOnce();
    void aNewWindowBeginsEmpty();
};

void PolicyBreakerTest::closedLetsEverythingThrough() {
    const CircuitBreaker breaker;
    QVERIFY(breaker.isClosed(start));
    QCOMPARE(breaker.allowed(start, 0), unlimited);
    QCOMPARE(breaker.allowed(start, 100000), unlimited);
    QVERIFY(!breaker.opensAgainAt(start));
    QCOMPARE(breaker.timesOpened(), 0);
}

void PolicyBreakerTest::opensAtItsShareAndVolume_data() {
    QTest::addColumn<int>("successes");
    QTest::addColumn<int>("failures");
    QTest::addColumn<bool>("opens");
    QTest::newRow("nine failures are too few") << 0 << 9 << false;
    QTest::newRow("ten failures") << 0 << 10 << true;
    QTest::newRow("six in ten") << 4 << 6 << true;
    QTest::newRow("five in ten") << 5 << 5 << false;
    QTest::newRow("just below the share") << 41 << 59 << false;
    QTest::newRow("exactly the share") << 40 << 60 << true;
    QTest::newRow("many successes") << 1000 << 500 << false;
}

void PolicyBreakerTest::opensAtItsShareAndVolume() {
    QFETCH(int, successes);
    QFETCH(int, failures);
    QFETCH(bool, opens);
    CircuitBreaker breaker;
    succeed(breaker, start, successes);
    fail(breaker, start, failures);
    QVERIFY(breaker.state(start) == (opens ? State::Open : State::Closed));
    QCOMPARE(breaker.timesOpened(), opens ? 1 : 0);
}

void PolicyBreakerTest::openLetsNothingThroughUntilThePauseIsOver() {
    const CircuitBreaker breaker = opened();
    QVERIFY(breaker.state(start) == State::Open);
    QVERIFY(breaker.opensAgainAt(start) == std::optional(start + 5s));
    QCOMPARE(breaker.allowed(start, 0), 0);
    QCOMPARE(breaker.allowed(start + 4999ms, 0), 0);
    QVERIFY(breaker.state(start + 5s) == State::HalfOpen);
    QVERIFY(!breaker.opensAgainAt(start + 5s));
    QVERIFY(!breaker.isClosed(start + 1h));
}

void PolicyBreakerTest::halfOpenLetsOneProbeThrough() {
    const CircuitBreaker breaker = opened();
    QCOMPARE(breaker.allowed(start + 5s, 0), 1);
    QCOMPARE(breaker.allowed(start + 5s, 1), 0);
    QCOMPARE(breaker.allowed(start + 5s, 7), 0); // never negative
}

void PolicyBreakerTest::threeGoodProbesCloseIt() {
    CircuitBreaker breaker = opened();
    breaker.onSuccess(start + 5s);
    QVERIFY(breaker.state(start + 5s) == State::HalfOpen);
    breaker.onSuccess(start + 6s);
    QVERIFY(breaker.state(start + 6s) == State::HalfOpen);
    breaker.onSuccess(start + 7s);
    QVERIFY(breaker.isClosed(start + 7s));
    QCOMPARE(breaker.allowed(start + 7s, 3), unlimited);
}

void PolicyBreakerTest::aFailedProbeDoublesThePause() {
    CircuitBreaker breaker = opened();
    SteadyTime now = start;
    int times = 1;
    for (const Seconds pause : {5s, 10s, 20s, 30s, 30s, 30s}) {
        QCOMPARE(breaker.timesOpened(), times++);
        QVERIFY(breaker.state(now + pause - 1us) == State::Open);
        QVERIFY(breaker.opensAgainAt(now) == std::optional(now + pause));
        now += pause;
        QVERIFY(breaker.state(now) == State::HalfOpen);
        breaker.onFailure(now, 7);
        QVERIFY(breaker.state(now) == State::Open);
    }
}

void PolicyBreakerTest::pauseIsShortAgainAfterClosing() {
    CircuitBreaker breaker = opened();
    breaker.onFailure(start + 5s, 7);
    breaker.onFailure(start + 15s, 7);
    succeed(breaker, start + 35s, 3);
    QVERIFY(breaker.isClosed(start + 35s));
    fail(breaker, start + 36s, 10);
    QVERIFY(breaker.opensAgainAt(start + 36s) == std::optional(start + 41s));
}

void PolicyBreakerTest::probesStartAnewAfterAFailure() {
    CircuitBreaker breaker = opened();
    succeed(breaker, start + 5s, 2);
    breaker.onFailure(start + 5s, 7);
    succeed(breaker, start + 15s, 2);
    QVERIFY(breaker.state(start + 15s) == State::HalfOpen);
    breaker.onSuccess(start + 15s);
    QVERIFY(breaker.isClosed(start + 15s));
}

void PolicyBreakerTest::answersFromBeforeThePauseChangeNothing() {
    CircuitBreaker breaker = opened();
    succeed(breaker, start + 1s, 100);
    QVERIFY(breaker.state(start + 1s) == State::Open);
    fail(breaker, start + 1s, 100);
    QVERIFY(breaker.opensAgainAt(start + 1s) == std::optional(start + 5s));
    QCOMPARE(breaker.timesOpened(), 1);
    breaker.onSuccess(start + 5s);
    QVERIFY(breaker.state(start + 5s) == State::HalfOpen); // the hundred did not count as probes
}

void PolicyBreakerTest::oldOutcomesAreForgotten() {
    CircuitBreaker breaker;
    fail(breaker, start, 9);
    breaker.onFailure(start + 10s, 7);
    QVERIFY(breaker.isClosed(start + 10s)); // the nine are outside the window
    succeed(breaker, start + 20s, 1000);
    fail(breaker, start + 31s, 10);
    QVERIFY(!breaker.isClosed(start + 31s)); // and so are the thousand
}

void PolicyBreakerTest::outcomesInsideTheWindowAddUp() {
    CircuitBreaker breaker;
    for (int second = 0; second < 9; ++second) {
        breaker.onFailure(start + Seconds{second}, 7);
        QVERIFY(breaker.isClosed(start + Seconds{second}));
    }
    breaker.onFailure(start + 9s, 7);
    QVERIFY(!breaker.isClosed(start + 9s));
    // One failure a second and a half never gathers ten in ten seconds.
    CircuitBreaker slow;
    for (int i = 0; i < 1000; ++i)
        slow.onFailure(start + i * 1500ms, 7);
    QCOMPARE(slow.timesOpened(), 0);
}

void PolicyBreakerTest::closingForgetsTheFailuresBefore() {
    CircuitBreaker breaker(BreakerPolicy{.openFor = 1s});
    fail(breaker, start, 10);
    succeed(breaker, start + 1s, 3);
    QVERIFY(breaker.isClosed(start + 1s));
    fail(breaker, start + 2s, 9);
    QVERIFY(breaker.isClosed(start + 2s));
}

void PolicyBreakerTest::followsItsPolicy() {
    BreakerPolicy policy;
    policy.minimumVolume = 2;
    policy.failureShare = 1.0;
    policy.openFor = 100ms;
    policy.openForAtMost = 150ms;
    policy.probes = 2;
    policy.probesToClose = 1;
    CircuitBreaker breaker(policy);
    fail(breaker, start, 2);
    QVERIFY(breaker.opensAgainAt(start) == std::optional(start + 100ms));
    QCOMPARE(breaker.allowed(start + 100ms, 0), 2);
    QCOMPARE(breaker.allowed(start + 100ms, 1), 1);
    breaker.onFailure(start + 100ms, 7);
    QVERIFY(breaker.opensAgainAt(start + 100ms) == std::optional(start + 250ms));
    breaker.onSuccess(start + 250ms);
    QVERIFY(breaker.isClosed(start + 250ms));
}

void PolicyBreakerTest::neverLetsMoreThanItsProbesThroughWhileNotClosed() {
    std::mt19937_64 random(5);
    CircuitBreaker breaker;
    SteadyTime now = start;
    for (int step = 0; step < 100000; ++step) {
        now += Micros{static_cast<std::int64_t>(random() % 200000)};
        // Phases of health and of trouble.
        const bool trouble = step / 500 % 2 == 1;
        if (random() % 10 < (trouble ? 9u : 1u))
            breaker.onFailure(now, 7);
        else
            breaker.onSuccess(now);
        const int inFlight = static_cast<int>(random() % 3);
        const int allowed = breaker.allowed(now, inFlight);
        switch (breaker.state(now)) {
        case State::Closed:
            QCOMPARE(allowed, unlimited);
            break;
        case State::Open:
            QCOMPARE(allowed, 0);
            QVERIFY(breaker.opensAgainAt(now).has_value());
            QVERIFY(*breaker.opensAgainAt(now) - now <= 30s);
            break;
        case State::HalfOpen:
            QCOMPARE(allowed, inFlight == 0 ? 1 : 0);
            break;
        }
    }
    QVERIFY(breaker.timesOpened() > 10);
}

void PolicyBreakerTest::aQuietAccountStopsAfterFailuresOfSeveralMessagesInARow_data() {
    QTest::addColumn<QVector<int>>("messages");
    QTest::addColumn<int>("opensAt"); // of the messages; 0: never
    QTest::newRow("all different") << QVector<int>{1, 2, 3, 4, 5} << 5;
    QTest::newRow("four are too few") << QVector<int>{1, 2, 3, 4} << 0;
    QTest::newRow("two of them") << QVector<int>{1, 2, 1, 2, 1} << 5;
    QTest::newRow("the last is another") << QVector<int>{1, 1, 1, 1, 2} << 5;
    QTest::newRow("the first is another") << QVector<int>{2, 1, 1, 1, 1} << 5;
    QTest::newRow("another after many of one") << QVector<int>{1, 1, 1, 1, 1, 1, 1, 2} << 8;
    QTest::newRow("all of one") << QVector<int>{1, 1, 1, 1, 1, 1, 1, 1, 1} << 0;
    QTest::newRow("message 0 is one too") << QVector<int>{0, 0, 0, 0, 0, 0} << 0;
}

void PolicyBreakerTest::aQuietAccountStopsAfterFailuresOfSeveralMessagesInARow() {
    QFETCH(QVector<int>, messages);
    QFETCH(int, opensAt);
    CircuitBreaker breaker;
    SteadyTime now = start;
    for (int i = 0; i < messages.size(); ++i) {
        now += 1min; // the window never holds two
        if (breaker.isClosed(now))
            breaker.onFailure(now, messages[i]);
        QCOMPARE(breaker.timesOpened(), opensAt > 0 && i + 1 >= opensAt ? 1 : 0);
    }
}

void PolicyBreakerTest::oneMessageThatNobodyCanDeliverStopsNobody() {
    CircuitBreaker breaker;
    for (int i = 0; i < 100'000; ++i)
        breaker.onFailure(start + i * 1500ms, 42);
    QCOMPARE(breaker.timesOpened(), 0);
}

void PolicyBreakerTest::aSuccessEndsTheRun() {
    CircuitBreaker breaker;
    SteadyTime now = start;
    for (int round = 0; round < 100; ++round) {
        for (int message = 0; message < 4; ++message)
            breaker.onFailure(now += 20s, message);
        breaker.onSuccess(now += 20s);
    }
    QCOMPARE(breaker.timesOpened(), 0);
    // The success also ends what it knew of the run's messages.
    for (int i = 0; i < 50; ++i)
        breaker.onFailure(now += 20s, 9);
    QCOMPARE(breaker.timesOpened(), 0);
}

void PolicyBreakerTest::aSuddenOutageIsSeenBeforeItsShareTells() {
    CircuitBreaker breaker;
    succeed(breaker, start, 100);
    for (int message = 0; message < 19; ++message)
        breaker.onFailure(start, message);
    QCOMPARE(breaker.timesOpened(), 0);
    breaker.onFailure(start, 19); // four times in_a_row, though a sixth of all
    QCOMPARE(breaker.timesOpened(), 1);
    // A message nobody can deliver is no outage, however often it fails between good answers.
    CircuitBreaker other;
    succeed(other, start, 100);
    for (int i = 0; i < 100; ++i)
        other.onFailure(start, 7);
    QCOMPARE(other.timesOpened(), 0);
}

void PolicyBreakerTest::theUsualShareRaisesTheThreshold_data() {
    QTest::addColumn<int>("failuresInTen"); // on good days
    QTest::addColumn<double>("threshold");
    QTest::newRow("none") << 0 << 0.6;
    QTest::newRow("a tenth") << 1 << 0.65;
    QTest::newRow("three tenths") << 3 << 0.75;
    QTest::newRow("half") << 5 << 0.85;
}

void PolicyBreakerTest::theUsualShareRaisesTheThreshold() {
    QFETCH(int, failuresInTen);
    QFETCH(double, threshold);
    CircuitBreaker breaker;
    SteadyTime now = start;
    for (int i = 0; i < 10'000; ++i) {
        now += 20ms;
        if (i * 7 % 10 < failuresInTen) // spread: a run of them would open it
            breaker.onFailure(now, i);
        else
            breaker.onSuccess(now);
    }
    QCOMPARE(breaker.timesOpened(), 0);
    QVERIFY2(std::abs(breaker.threshold() - threshold) < 0.005, qPrintable(QString::number(breaker.threshold())));
    // By it, and not by the plain share, it opens: so many of a hundred in a fresh window.
    const int enough = static_cast<int>(std::ceil(breaker.threshold() * 100));
    now += 1min;
    succeed(breaker, now, 100 - enough);
    fail(breaker, now, enough - 1);
    QVERIFY(breaker.isClosed(now));
    fail(breaker, now, 1);
    QVERIFY(breaker.isClosed(now) == (enough < breaker.threshold() * 100));
    fail(breaker, now, 10);
    QVERIFY(!breaker.isClosed(now));
}

void PolicyBreakerTest::whatIsInTheWindowIsNotUsualYet() {
    CircuitBreaker breaker;
    SteadyTime now = start;
    for (int i = 0; i < 495; ++i) { // 9.9 seconds, half of them failures
        if (i % 2 == 1)
            breaker.onFailure(now, i);
        else
            breaker.onSuccess(now);
        now += 20ms;
    }
    QCOMPARE(breaker.threshold(), 0.6);
    breaker.onSuccess(start + 10s); // the first second leaves
    QVERIFY(breaker.threshold() > 0.6);
}

void PolicyBreakerTest::anOutageDoesNotRaiseItsOwnBar() {
    CircuitBreaker breaker(growing);
    SteadyTime now = start;
    for (int round = 0; round < 200; ++round) {
        // Healthy for a minute, then everything fails until it opens; a failed probe; then it recovers.
        for (int i = 0; i < 600; ++i)
            breaker.onSuccess(now += 100ms);
        int failures = 0;
        for (; breaker.isClosed(now); ++failures)
            breaker.onFailure(now += 10ms, failures);
        QVERIFY2(failures <= 160, qPrintable(QStringLiteral("%1 failures in round %2").arg(failures).arg(round)));
        now += 5s;
        breaker.onFailure(now, 1);
        now += 10s;
        succeed(breaker, now, 3);
        QVERIFY(breaker.isClosed(now));
    }
    QVERIFY(breaker.threshold() < 0.605);
}

void PolicyBreakerTest::theUsualShareIsForgottenAgain() {
    CircuitBreaker breaker;
    SteadyTime now = start;
    for (int i = 0; i < 10'000; ++i) {
        now += 20ms;
        if (i % 2 == 1)
            breaker.onFailure(now, i);
        else
            breaker.onSuccess(now);
    }
    QVERIFY(breaker.threshold() > 0.8);
    for (int i = 0; i < 10'000; ++i)
        breaker.onSuccess(now += 20ms);
    QVERIFY(breaker.threshold() < 0.605);
}

void PolicyBreakerTest::adaptationOfNothingIsAFixedShare() {
    CircuitBreaker fixed(BreakerPolicy{.adaptation = 0});
    CircuitBreaker most(BreakerPolicy{.failureShare = 0.95, .adaptation = 1});
    SteadyTime now = start;
    for (int i = 0; i < 10'000; ++i) {
        now += 20ms;
        for (CircuitBreaker *breaker : {&fixed, &most}) {
            if (i % 2 == 1)
                breaker->onFailure(now, i);
            else
                breaker->onSuccess(now);
        }
    }
    QCOMPARE(fixed.threshold(), 0.6);
    QCOMPARE(most.threshold(), 0.95); // total failure always opens it
}

void PolicyBreakerTest::newNumbersTakeEffectAtOnce() {
    CircuitBreaker breaker; // pauses of 30 s
    breaker.configure({.openFor = 5s, .openForAtMost = 20s});
    fail(breaker, start, 10);
    QVERIFY(breaker.opensAgainAt(start) == std::optional(start + 5s));
    breaker.onFailure(start + 5s, 7); // 10 s
    breaker.configure({.openFor = 1s, .openForAtMost = 8s});
    QVERIFY(breaker.opensAgainAt(start + 6s) == std::optional(start + 15s)); // a pause that is on stays
    breaker.onFailure(start + 15s, 7);
    QVERIFY(breaker.opensAgainAt(start + 15s) == std::optional(start + 23s));
    succeed(breaker, start + 23s, 3);
    fail(breaker, start + 24s, 10);
    QVERIFY(breaker.opensAgainAt(start + 24s) == std::optional(start + 25s));
}

void PolicyBreakerTest::aNewWindowBeginsEmpty() {
    for (const Millis window : {Millis{1000}, Millis{100'000}, Millis{3'600'000}}) {
        CircuitBreaker breaker;
        fail(breaker, start, 9);
        breaker.configure({.window = window});
        // Long after: those nine are in no window of any size.
        breaker.onFailure(start + 2h, 7);
        QVERIFY(breaker.isClosed(start + 2h));
        fail(breaker, start + 2h, 9);
        QVERIFY(!breaker.isClosed(start + 2h));
    }
}

QTEST_GUILESS_MAIN(PolicyBreakerTest)
#include "policy_breaker_test.moc"
