// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/failover.h"

#include <QTest>

using namespace songda;
using namespace std::chrono_literals;

namespace {

const SteadyTime start{1000s};

Failover onFirst() {
    Failover failover;
    failover.begin(false, start);
    return failover;
}

/// So many tries one after another, a second each, that do not reach the host.
SteadyTime miss(Failover &failover, SteadyTime now, int times = 3) {
    for (int i = 0; i < times; ++i, now += 1s)
        failover.onUnreached(now, now + 1s);
    return now;
}

SteadyTime changeOver(Failover &failover, SteadyTime now) {
    now = miss(failover, now);
    failover.probeStarted();
    failover.probeEnded(true, now);
    return now;
}

} // namespace

class PolicyFailoverTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatWasNeverWrittenCounts_data();
    void onlyWhatWasNeverWrittenCounts();
    void aFewInARowAskTheOtherHost();
    void anAnswerInBetweenBeginsAnew();
    void whatWasUnderWayTogetherIsOneTry();
    void aHostThatDoesNotAnswerIsNotGoneTo();
    void anotherOutageIsAskedAboutAtOnce();
    void whileTheSecondAnswersTheFirstIsNotAskedMoreOften();
    void itGoesBackAfterAWhile();
    void bothWaysAreOpenWhenTheSecondFails();
    void aHostThatFailsSoonAgainIsTrustedLater();
    void whatBeganBeforeTheChangeSaysNothingOfTheNewHost();
    void otherAddressesBeginAnew();
};

void PolicyFailoverTest::onlyWhatWasNeverWrittenCounts_data() {
    QTest::addColumn<int>("phase");
    QTest::addColumn<int>("failure");
    QTest::addColumn<bool>("never");
    const auto row = [](const char *name, WirePhase phase, HttpFailure failure, bool never) {
        QTest::newRow(name) << static_cast<int>(phase) << static_cast<int>(failure) << never;
    };
    row("no such name", WirePhase::NotWritten, HttpFailure::NameLookup, true);
    row("refused", WirePhase::NotWritten, HttpFailure::ConnectionRefused, true);
    row("no connection in time", WirePhase::NotWritten, HttpFailure::ConnectTimeout, true);
    row("no way there", WirePhase::NotWritten, HttpFailure::Unreachable, true);
    row("no TLS", WirePhase::NotWritten, HttpFailure::TlsHandshake, true);
    row("a wrong certificate", WirePhase::NotWritten, HttpFailure::TlsUntrusted, true);
    row("our own proxy", WirePhase::NotWritten, HttpFailure::Proxy, false);
    row("our own proxy wants a password", WirePhase::NotWritten, HttpFailure::ProxyLogin, false);
    row("closed, perhaps in the middle of the request", WirePhase::NotWritten, HttpFailure::Closed, false);
    row("the deadline passed meanwhile", WirePhase::NotWritten, HttpFailure::Timeout, false);
    row("cancelled by us", WirePhase::NotWritten, HttpFailure::Cancelled, false);
    row("written and refused", WirePhase::Written, HttpFailure::ConnectionRefused, false);
    row("written and closed", WirePhase::Written, HttpFailure::Closed, false);
    row("answered", WirePhase::Answered, HttpFailure::None, false);
}

void PolicyFailoverTest::onlyWhatWasNeverWrittenCounts() {
    QFETCH(int, phase);
    QFETCH(int, failure);
    QFETCH(bool, never);
    HttpResponse response;
    response.phase = static_cast<WirePhase>(phase);
    response.failure = static_cast<HttpFailure>(failure);
    QCOMPARE(neverReached(response), never);
}

void PolicyFailoverTest::aFewInARowAskTheOtherHost() {
    Failover failover = onFirst();
    SteadyTime now = miss(failover, start, 2);
    QVERIFY(!failover.wantsProbe(now) && !failover.nextProbe());
    now = miss(failover, now, 1);
    QVERIFY(failover.wantsProbe(now));
    failover.probeStarted();
    QVERIFY(!failover.wantsProbe(now + 1h)); // one question at a time
    QVERIFY(!failover.onSecond());
    QVERIFY(failover.probeEnded(true, now + 1s));
    QVERIFY(failover.onSecond());
    QVERIFY(!failover.wantsProbe(now + 1s));
}

void PolicyFailoverTest::anAnswerInBetweenBeginsAnew() {
    Failover failover = onFirst();
    SteadyTime now = start;
    for (int i = 0; i < 20; ++i) {
        now = miss(failover, now, 2);
        failover.onReached(now);
    }
    QVERIFY(!failover.wantsProbe(now));
}

void PolicyFailoverTest::whatWasUnderWayTogetherIsOneTry() {
    Failover failover = onFirst();
    for (int i = 0; i < 50; ++i)
        failover.onUnreached(start, start + 5s);
    QVERIFY(!failover.wantsProbe(start + 5s));
    failover.onUnreached(start + 6s, start + 11s);
    failover.onUnreached(start + 6s, start + 11s);
    QVERIFY(!failover.wantsProbe(start + 11s));
    failover.onUnreached(start + 12s, start + 17s);
    QVERIFY(failover.wantsProbe(start + 17s));
}

void PolicyFailoverTest::aHostThatDoesNotAnswerIsNotGoneTo() {
    Failover failover = onFirst();
    SteadyTime now = miss(failover, start);
    std::vector<Micros> waits;
    for (int i = 0; i < 9; ++i) {
        QVERIFY(failover.wantsProbe(now));
        failover.probeStarted();
        QVERIFY(!failover.probeEnded(false, now));
        const SteadyTime next = failover.nextProbe().value();
        waits.push_back(next - now);
        QVERIFY(!failover.wantsProbe(next - 1us));
        now = next;
    }
    QVERIFY((waits == std::vector<Micros>{5s, 10s, 20s, 40s, 80s, 160s, 300s, 300s, 300s}));
    QVERIFY(!failover.onSecond());
}

/// A dead line, during which the other host was asked in vain for long; then the first one alone fails.
void PolicyFailoverTest::anotherOutageIsAskedAboutAtOnce() {
    Failover failover = onFirst();
    SteadyTime now = miss(failover, start);
    for (int i = 0; i < 9; ++i) {
        failover.probeStarted();
        QVERIFY(!failover.probeEnded(false, now));
        now = failover.nextProbe().value();
    }
    failover.probeStarted();
    QVERIFY(!failover.probeEnded(false, now)); // the next one in five minutes
    failover.onReached(now - 1h); // begun before it was spoken to: says nothing
    QVERIFY(!failover.wantsProbe(now + 1s));
    failover.onReached(now);
    QVERIFY(!failover.nextProbe());
    now = miss(failover, now + 10s);
    QVERIFY(failover.wantsProbe(now));
    failover.probeStarted();
    QVERIFY(!failover.probeEnded(false, now));
    QVERIFY(failover.nextProbe() == now + 5s); // and slows down anew
}

void PolicyFailoverTest::whileTheSecondAnswersTheFirstIsNotAskedMoreOften() {
    Failover failover = onFirst();
    SteadyTime now = changeOver(failover, start) + 5min;
    for (const Micros wait : {Micros{5s}, Micros{10s}, Micros{20s}, Micros{40s}}) {
        QVERIFY(failover.wantsProbe(now));
        failover.probeStarted();
        QVERIFY(!failover.probeEnded(false, now));
        failover.onUnreached(now, now + 1s);
        failover.onReached(now + 2s);
        QVERIFY(failover.nextProbe() == now + wait);
        now += wait;
    }
}

void PolicyFailoverTest::itGoesBackAfterAWhile() {
    Failover failover = onFirst();
    SteadyTime now = changeOver(failover, start);
    QVERIFY(failover.nextProbe() == now + 5min);
    QVERIFY(!failover.wantsProbe(now + 5min - 1us));
    now += 5min;
    failover.probeStarted();
    QVERIFY(!failover.probeEnded(false, now));
    QVERIFY(failover.onSecond());
    now = failover.nextProbe().value();
    failover.probeStarted();
    QVERIFY(failover.probeEnded(true, now));
    QVERIFY(!failover.onSecond());
    QVERIFY(!failover.nextProbe()); // nothing to ask while the first answers
}

void PolicyFailoverTest::bothWaysAreOpenWhenTheSecondFails() {
    Failover failover = onFirst();
    SteadyTime now = changeOver(failover, start) + 10s;
    now = miss(failover, now);
    QVERIFY(failover.wantsProbe(now)); // long before its time
    failover.probeStarted();
    QVERIFY(failover.probeEnded(true, now));
    QVERIFY(!failover.onSecond());
}

void PolicyFailoverTest::aHostThatFailsSoonAgainIsTrustedLater() {
    Failover failover = onFirst();
    SteadyTime now = changeOver(failover, start);
    std::vector<Micros> stays;
    for (int i = 0; i < 6; ++i) {
        const SteadyTime back = failover.nextProbe().value();
        stays.push_back(back - now);
        failover.probeStarted();
        QVERIFY(failover.probeEnded(true, back));
        now = changeOver(failover, back + 1s);
    }
    QVERIFY((stays == std::vector<Micros>{5min, 10min, 20min, 40min, 60min, 60min}));
    const SteadyTime back = failover.nextProbe().value();
    failover.probeStarted();
    QVERIFY(failover.probeEnded(true, back));
    now = changeOver(failover, back + 2h); // it was well for a good while
    QVERIFY(failover.nextProbe() == now + 5min);
}

void PolicyFailoverTest::whatBeganBeforeTheChangeSaysNothingOfTheNewHost() {
    Failover failover = onFirst();
    const SteadyTime now = changeOver(failover, start);
    for (int i = 1; i <= 5; ++i)
        failover.onUnreached(now - Seconds(i), now + Seconds(i));
    QVERIFY(!failover.wantsProbe(now + 10s));
    const SteadyTime later = miss(failover, now + 10s, 2);
    failover.onReached(now - 1s); // a late answer of the first
    miss(failover, later, 1);
    QVERIFY(failover.wantsProbe(later + 1s));
}

void PolicyFailoverTest::otherAddressesBeginAnew() {
    Failover failover = onFirst();
    const SteadyTime now = miss(failover, start);
    failover.probeStarted();
    failover.begin(false, now);
    QVERIFY(!failover.wantsProbe(now) && !failover.onSecond());
    failover.begin(true, now);
    QVERIFY(failover.onSecond());
    QVERIFY(failover.nextProbe() == now + 5min);
}

QTEST_GUILESS_MAIN(PolicyFailoverTest)
#include "policy_failover_test.moc"
