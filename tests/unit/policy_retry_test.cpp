// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/retry.h"

#include "tests/unit/printing.h"

using namespace songda;

namespace {

using C = ErrorClass;
using Kind = RetryVerdict::Kind;

constexpr double nearOne = 1.0 - 0x1.0p-53;

Outcome outcomeOf(C errorClass, bool ambiguous = false, bool answered = true, bool offline = false) {
    Outcome outcome;
    outcome.errorClass = errorClass;
    outcome.ambiguous = ambiguous;
    outcome.answered = answered;
    outcome.offline = offline;
    return outcome;
}

const Outcome timeout = outcomeOf(C::Transient, true, false);
const Outcome busy = outcomeOf(C::Transient, true, true);
const Outcome strange = outcomeOf(C::Unknown);

} // namespace

class PolicyRetryTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void backOffStaysInItsBounds_data();
    void backOffStaysInItsBounds();
    void backOffIsUniform();
    void classesThatAreNotTheMessagesFaultUseNoTry_data();
    void classesThatAreNotTheMessagesFaultUseNoTry();
    void finalClassesEndTheMessageAtOnce();
    void transientFailuresUseTriesAndGrow();
    void unknownCodesGetThreeTries();
    void lastTryDecidesBetweenDeadAndUncertain_data();
    void lastTryDecidesBetweenDeadAndUncertain();
    void nothingIsCountedWhileTheBreakerIsOpen();
    void retryAfterIsTheLeastDelay();
    void jitterDecidesWhatChanceMayTake_data();
    void jitterDecidesWhatChanceMayTake();
    void jitterHasItsName();
    void aFactorOfOneNeverGrows();
    void eachClassKeepsToItsOwnNumbers_data();
    void eachClassKeepsToItsOwnNumbers();
    void theLastTryIsCountedByTheClassOfTheLastFailure();
};

void PolicyRetryTest::backOffStaysInItsBounds_data() {
    QTest::addColumn<int>("n");
    QTest::addColumn<qint64>("ceiling");
    QTest::newRow("before the first") << -1 << qint64{1000};
    QTest::newRow("first") << 0 << qint64{1000};
    QTest::newRow("second") << 1 << qint64{2000};
    QTest::newRow("third") << 2 << qint64{4000};
    QTest::newRow("sixth") << 5 << qint64{32000};
    QTest::newRow("capped") << 6 << qint64{60000};
    QTest::newRow("long after") << 1000 << qint64{60000};
    QTest::newRow("beyond a double") << 2000000000 << qint64{60000};
}

void PolicyRetryTest::backOffStaysInItsBounds() {
    QFETCH(int, n);
    QFETCH(qint64, ceiling);
    const BackOff backOff{Millis{1000}, 2, Millis{60000}};
    QCOMPARE(backOffDelay(backOff, n, 0), Millis{0});
    QCOMPARE(backOffDelay(backOff, n, 0.5), Millis{ceiling / 2});
    const Millis longest = backOffDelay(backOff, n, nearOne);
    QVERIFY(longest <= Millis{ceiling});
    QVERIFY(longest >= Millis{ceiling - 1});
}

void PolicyRetryTest::backOffIsUniform() {
    const BackOff backOff{Millis{1000}, 2, Millis{60000}};
    for (int i = 0; i <= 1000; ++i)
        QCOMPARE(backOffDelay(backOff, 0, i / 1000.0), Millis{i});
}

void PolicyRetryTest::classesThatAreNotTheMessagesFaultUseNoTry_data() {
    QTest::addColumn<ErrorClass>("errorClass");
    for (const C errorClass : {C::Token, C::ThrottleMinute, C::ThrottleDay, C::Config})
        QTest::newRow(toString(errorClass)) << errorClass;
}

void PolicyRetryTest::classesThatAreNotTheMessagesFaultUseNoTry() {
    QFETCH(ErrorClass, errorClass);
    // However often: such a message never dies of it.
    for (const int tries : {0, 7, 8, 1000}) {
        const RetryVerdict verdict = decideRetry({}, outcomeOf(errorClass), tries, true, 0.5);
        QVERIFY(verdict.kind == Kind::Repeat);
        QVERIFY(!verdict.counted);
    }
    const RetryVerdict offline
        = decideRetry({}, outcomeOf(C::Transient, false, false, true), 1000, true, 0.5);
    QVERIFY(offline.kind == Kind::Repeat);
    QVERIFY(!offline.counted);
}

void PolicyRetryTest::finalClassesEndTheMessageAtOnce() {
    QVERIFY(decideRetry({}, outcomeOf(C::Success), 0, true, 0.5).kind == Kind::Accept);
    QVERIFY(decideRetry({}, outcomeOf(C::Success), 1000, false, 0.5).kind == Kind::Accept);
    for (const C errorClass : {C::Recipient, C::Content}) {
        QVERIFY(decideRetry({}, outcomeOf(errorClass), 0, true, 0.5).kind == Kind::Bury);
        QVERIFY(decideRetry({}, outcomeOf(errorClass), 0, false, 0.5).kind == Kind::Bury);
    }
}

void PolicyRetryTest::transientFailuresUseTriesAndGrow() {
    const RetryPolicy policy;
    Millis ceiling = policy.uncertain.backOff.base;
    for (int tries = 0; tries + 1 < policy.uncertain.attempts; ++tries) {
        const RetryVerdict verdict = decideRetry(policy, timeout, tries, true, nearOne);
        QVERIFY(verdict.kind == Kind::Repeat);
        QVERIFY(verdict.counted);
        QVERIFY(verdict.delay <= ceiling && verdict.delay >= ceiling - Millis{1});
        ceiling = std::min(ceiling * 2, policy.uncertain.backOff.cap);
        QCOMPARE(decideRetry(policy, timeout, tries, true, 0).delay, Millis{0});
    }
    // All tries of an ambiguous failure fit into the window in which a repeat is safe.
    Millis sum{0};
    for (int tries = 0; tries < policy.uncertain.attempts; ++tries)
        sum += backOffDelay(policy.uncertain.backOff, tries, nearOne) + Seconds{15};
    QVERIFY(sum < std::chrono::minutes{8});
}

void PolicyRetryTest::unknownCodesGetThreeTries() {
    const RetryPolicy policy;
    const RetryVerdict first = decideRetry(policy, strange, 0, true, nearOne);
    const RetryVerdict second = decideRetry(policy, strange, 1, true, nearOne);
    QVERIFY(first.kind == Kind::Repeat && first.counted);
    QVERIFY(second.kind == Kind::Repeat && second.counted);
    QVERIFY(second.delay > first.delay);
    QVERIFY(decideRetry(policy, strange, 2, true, nearOne).kind == Kind::Bury);
}

void PolicyRetryTest::lastTryDecidesBetweenDeadAndUncertain_data() {
    QTest::addColumn<bool>("ambiguous");
    QTest::addColumn<bool>("answered");
    QTest::addColumn<bool>("unknown");
    QTest::addColumn<bool>("doubt");
    QTest::newRow("timeout") << true << false << false << true;
    QTest::newRow("busy, an answer after all") << true << true << false << false;
    QTest::newRow("plain refusal") << false << true << false << false;
    QTest::newRow("unknown code") << false << true << true << false;
    QTest::newRow("answer without result") << true << false << true << true;
}

void PolicyRetryTest::lastTryDecidesBetweenDeadAndUncertain() {
    QFETCH(bool, ambiguous);
    QFETCH(bool, answered);
    QFETCH(bool, unknown);
    QFETCH(bool, doubt);
    const RetryPolicy policy;
    const Outcome outcome = outcomeOf(unknown ? C::Unknown : C::Transient, ambiguous, answered);
    const int tries = unknown ? policy.unknown.attempts : ambiguous && !answered ? policy.uncertain.attempts : policy.transient.attempts;
    QVERIFY(decideRetry(policy, outcome, tries - 2, true, 0.5).kind == Kind::Repeat);
    for (const int used : {tries - 1, tries, 1000}) {
        const RetryVerdict verdict = decideRetry(policy, outcome, used, true, 0.5);
        QVERIFY(verdict.kind == (doubt ? Kind::Doubt : Kind::Bury));
        QVERIFY(verdict.counted);
    }
}

void PolicyRetryTest::nothingIsCountedWhileTheBreakerIsOpen() {
    for (const Outcome &outcome : {timeout, busy, strange}) {
        for (const int tries : {0, 7, 8, 1000}) {
            const RetryVerdict verdict = decideRetry({}, outcome, tries, false, 0.5);
            QVERIFY(verdict.kind == Kind::Repeat);
            QVERIFY(!verdict.counted);
            QVERIFY(verdict.delay > Millis{0});
        }
    }
}

void PolicyRetryTest::retryAfterIsTheLeastDelay() {
    Outcome unavailable = timeout;
    unavailable.retryAfter = Seconds{40};
    QCOMPARE(decideRetry({}, unavailable, 0, true, nearOne).delay, Millis{Seconds{40}});
    QCOMPARE(decideRetry({}, unavailable, 0, false, nearOne).delay, Millis{Seconds{40}});
    unavailable.retryAfter = Millis{1};
    QCOMPARE(decideRetry({}, unavailable, 0, true, 0.5).delay, Millis{500});
    unavailable.retryAfter = std::chrono::hours{48};
    QCOMPARE(decideRetry({}, unavailable, 0, true, 0.5).delay, longestRepeatDelay);
}

void PolicyRetryTest::jitterDecidesWhatChanceMayTake_data() {
    QTest::addColumn<int>("jitter");
    QTest::addColumn<double>("unit");
    QTest::addColumn<qint64>("delay"); // of a ceiling of four seconds
    QTest::newRow("full, least") << int(Jitter::Full) << 0.0 << qint64{0};
    QTest::newRow("full, middle") << int(Jitter::Full) << 0.5 << qint64{2000};
    QTest::newRow("full, most") << int(Jitter::Full) << 1.0 << qint64{4000};
    QTest::newRow("equal, least") << int(Jitter::Equal) << 0.0 << qint64{2000};
    QTest::newRow("equal, middle") << int(Jitter::Equal) << 0.5 << qint64{3000};
    QTest::newRow("equal, most") << int(Jitter::Equal) << 1.0 << qint64{4000};
    QTest::newRow("none, least") << int(Jitter::None) << 0.0 << qint64{4000};
    QTest::newRow("none, most") << int(Jitter::None) << 1.0 << qint64{4000};
    QTest::newRow("a chance below nothing") << int(Jitter::Full) << -1.0 << qint64{0};
    QTest::newRow("a chance beyond one") << int(Jitter::Equal) << 7.0 << qint64{4000};
}

void PolicyRetryTest::jitterDecidesWhatChanceMayTake() {
    QFETCH(int, jitter);
    QFETCH(double, unit);
    QFETCH(qint64, delay);
    const Jitter kind = static_cast<Jitter>(jitter);
    QCOMPARE(backOffDelay({Millis{1000}, 2, Millis{60000}, kind}, 2, unit), Millis{delay});
    QCOMPARE(backOffDelay({Millis{1000}, 2, Millis{4000}, kind}, 40, unit), Millis{delay}); // at the cap likewise
}

void PolicyRetryTest::jitterHasItsName() {
    QCOMPARE(std::string(songda::toString(Jitter::Full)), std::string("full"));
    QCOMPARE(std::string(songda::toString(Jitter::Equal)), std::string("equal"));
    QCOMPARE(std::string(songda::toString(Jitter::None)), std::string("none"));
}

void PolicyRetryTest::aFactorOfOneNeverGrows() {
    for (const int n : {0, 1, 10, 1000000})
        QCOMPARE(backOffDelay({Millis{700}, 1, Millis{60000}, Jitter::None}, n, 0.3), Millis{700});
}

void PolicyRetryTest::eachClassKeepsToItsOwnNumbers_data() {
    QTest::addColumn<int>("failure");
    QTest::addColumn<int>("attempts");
    QTest::addColumn<qint64>("base");
    QTest::addColumn<bool>("doubtful");
    QTest::newRow("busy is an answer: transient") << 0 << 4 << qint64{100} << false;
    QTest::newRow("refused before anything was written: transient") << 1 << 4 << qint64{100} << false;
    QTest::newRow("never answered: uncertain") << 2 << 6 << qint64{2000} << true;
    QTest::newRow("unknown code") << 3 << 2 << qint64{30000} << false;
    QTest::newRow("unknown code, perhaps sent") << 4 << 2 << qint64{30000} << true;
}

void PolicyRetryTest::eachClassKeepsToItsOwnNumbers() {
    QFETCH(int, failure);
    QFETCH(int, attempts);
    QFETCH(qint64, base);
    QFETCH(bool, doubtful);
    const Outcome outcomes[] = {busy, outcomeOf(C::Transient, false, false), timeout, strange, outcomeOf(C::Unknown, true, false)};
    RetryPolicy policy;
    policy.transient = {4, {Millis{100}, 2, Millis{100000}, Jitter::None}};
    policy.uncertain = {6, {Millis{2000}, 3, Millis{100000}, Jitter::None}};
    policy.unknown = {2, {Millis{30000}, 1, Millis{100000}, Jitter::None}};
    const Outcome &outcome = outcomes[failure];
    for (int tries = 0; tries < 8; ++tries) {
        const RetryVerdict verdict = decideRetry(policy, outcome, tries, true, 0.9);
        const bool again = tries + 1 < attempts;
        QVERIFY(verdict.kind == (again ? Kind::Repeat : doubtful ? Kind::Doubt : Kind::Bury));
        QVERIFY(verdict.counted);
        QCOMPARE(verdict.delay >= Millis{base}, again);
    }
    QCOMPARE(decideRetry(policy, outcome, 0, true, 0.9).delay, Millis{base});
}

void PolicyRetryTest::theLastTryIsCountedByTheClassOfTheLastFailure() {
    RetryPolicy policy;
    policy.transient.attempts = 2;
    policy.uncertain.attempts = 6;
    // Three tries used, whatever for: a refusal ends it, silence does not yet.
    QVERIFY(decideRetry(policy, busy, 3, true, 0.5).kind == Kind::Bury);
    QVERIFY(decideRetry(policy, timeout, 3, true, 0.5).kind == Kind::Repeat);
    policy.uncertain.attempts = 1;
    QVERIFY(decideRetry(policy, timeout, 0, true, 0.5).kind == Kind::Doubt);
}

QTEST_GUILESS_MAIN(PolicyRetryTest)
#include "policy_retry_test.moc"
