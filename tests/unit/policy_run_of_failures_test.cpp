// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/run_of_failures.h"

#include "tests/unit/printing.h"

using namespace songda;

namespace {

using C = ErrorClass;

constexpr BatchId batch{1};
constexpr BatchId otherBatch{2};

Outcome refusal(std::int64_t errcode, C errorClass) {
    Outcome outcome;
    outcome.errorClass = errorClass;
    outcome.errcode = errcode;
    outcome.cause = std::to_string(errcode);
    outcome.answered = true;
    return outcome;
}

const Outcome badData = refusal(47003, C::Content);
const Outcome badUrl = refusal(40048, C::Content);
const Outcome badOpenid = refusal(40003, C::Recipient);

Outcome accepted() {
    Outcome outcome;
    outcome.errorClass = C::Success;
    outcome.errcode = 0;
    outcome.answered = true;
    return outcome;
}

struct Runs {
    bool record(BatchId of, std::uint64_t recipient, const Outcome &outcome) { return runs.record(of, recipient, outcome, now); }
    void forget(BatchId of) { runs.forget(of); }

    RunOfFailures runs;
    SteadyTime now{};
};

} // namespace

class PolicyRunOfFailuresTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fiveRecipientsWithOneContentErrorAreARun();
    void oneRecipientManyTimesIsNoRun();
    void anotherContentErrorStartsAnew();
    void batchesAreCountedApart();
    void endsOfOtherKindsBreakTheRun_data();
    void endsOfOtherKindsBreakTheRun();
    void whatEndsNoMessageDoesNotBreakTheRun_data();
    void whatEndsNoMessageDoesNotBreakTheRun();
    void twentyInvalidOpenidsAreARun();
    void forbiddenContentOfTwoRecipientsIsEnough_data();
    void forbiddenContentOfTwoRecipientsIsEnough();
    void forbiddenContentOfAnotherDayIsAnotherMatter();
    void aCompletedRunStartsAnew();
    void forgottenBatchesStartAnew();
};

void PolicyRunOfFailuresTest::fiveRecipientsWithOneContentErrorAreARun() {
    Runs runs;
    for (std::uint64_t person = 1; person < 5; ++person)
        QVERIFY(!runs.record(batch, person, badData));
    QVERIFY(runs.record(batch, 5, badData));
}

void PolicyRunOfFailuresTest::oneRecipientManyTimesIsNoRun() {
    Runs runs;
    for (int i = 0; i < 100; ++i)
        QVERIFY(!runs.record(batch, 1, badData));
}

void PolicyRunOfFailuresTest::anotherContentErrorStartsAnew() {
    Runs runs;
    for (std::uint64_t person = 1; person < 5; ++person)
        QVERIFY(!runs.record(batch, person, badData));
    for (std::uint64_t person = 5; person < 9; ++person)
        QVERIFY(!runs.record(batch, person, badUrl));
    QVERIFY(runs.record(batch, 9, badUrl));
}

void PolicyRunOfFailuresTest::batchesAreCountedApart() {
    Runs runs;
    for (std::uint64_t person = 1; person < 5; ++person) {
        QVERIFY(!runs.record(batch, person, badData));
        QVERIFY(!runs.record(otherBatch, person, badData));
    }
    QVERIFY(runs.record(batch, 5, badData));
    QVERIFY(runs.record(otherBatch, 5, badData));
}

void PolicyRunOfFailuresTest::endsOfOtherKindsBreakTheRun_data() {
    QTest::addColumn<qint64>("errcode");
    QTest::newRow("accepted") << qint64{0};
    QTest::newRow("not a follower") << qint64{43004};
}

void PolicyRunOfFailuresTest::endsOfOtherKindsBreakTheRun() {
    QFETCH(qint64, errcode);
    Runs runs;
    for (std::uint64_t person = 1; person < 5; ++person)
        QVERIFY(!runs.record(batch, person, badData));
    QVERIFY(!runs.record(batch, 5, errcode == 0 ? accepted() : refusal(errcode, C::Recipient)));
    for (std::uint64_t person = 6; person < 10; ++person)
        QVERIFY(!runs.record(batch, person, badData));
    QVERIFY(runs.record(batch, 10, badData));
}

void PolicyRunOfFailuresTest::whatEndsNoMessageDoesNotBreakTheRun_data() {
    QTest::addColumn<qint64>("errcode"); // 0: no answer at all
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::newRow("timeout") << qint64{0} << C::Transient;
    QTest::newRow("busy") << qint64{-1} << C::Transient;
    QTest::newRow("token expired") << qint64{42001} << C::Token;
    QTest::newRow("too fast") << qint64{45011} << C::ThrottleMinute;
    QTest::newRow("quota used up") << qint64{45009} << C::ThrottleDay;
}

void PolicyRunOfFailuresTest::whatEndsNoMessageDoesNotBreakTheRun() {
    QFETCH(qint64, errcode);
    QFETCH(ErrorClass, errorClass);
    Outcome between = refusal(errcode, errorClass);
    if (errcode == 0) {
        between.errcode.reset();
        between.cause = "timeout";
        between.answered = false;
        between.ambiguous = true;
    }
    Runs runs;
    for (std::uint64_t person = 1; person < 5; ++person) {
        QVERIFY(!runs.record(batch, person, badData));
        QVERIFY(!runs.record(batch, 100 + person, between));
    }
    QVERIFY(runs.record(batch, 5, badData));
}

void PolicyRunOfFailuresTest::twentyInvalidOpenidsAreARun() {
    Runs runs;
    for (std::uint64_t person = 1; person < 20; ++person)
        QVERIFY(!runs.record(batch, person, badOpenid));
    QVERIFY(runs.record(batch, 20, badOpenid));
    // Other faults of recipients are ordinary in any number.
    for (std::uint64_t person = 1; person < 1000; ++person)
        QVERIFY(!runs.record(batch, person, refusal(43004, C::Recipient)));
}

void PolicyRunOfFailuresTest::forbiddenContentOfTwoRecipientsIsEnough_data() {
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("second");
    QTest::newRow("45166") << qint64{45166} << qint64{45166};
    QTest::newRow("45168") << qint64{45168} << qint64{45168};
    QTest::newRow("87014") << qint64{87014} << qint64{87014};
    QTest::newRow("a word, then a risk") << qint64{45168} << qint64{87014};
}

void PolicyRunOfFailuresTest::forbiddenContentOfTwoRecipientsIsEnough() {
    QFETCH(qint64, first);
    QFETCH(qint64, second);
    Runs runs;
    for (int round = 0; round < 2; ++round) { // it starts anew
        QVERIFY(!runs.record(batch, 1, refusal(first, C::Content)));
        QVERIFY(!runs.record(batch, 1, refusal(first, C::Content))); // the same person again
        for (std::uint64_t person = 2; person < 100; ++person)
            QVERIFY(!runs.record(batch, person, accepted()));
        QVERIFY(!runs.record(otherBatch, 100, refusal(second, C::Content)));
        QVERIFY(runs.record(batch, 100, refusal(second, C::Content)));
        runs.forget(otherBatch);
    }
}

void PolicyRunOfFailuresTest::forbiddenContentOfAnotherDayIsAnotherMatter() {
    Runs runs;
    const Outcome risky = refusal(87014, C::Content);
    QVERIFY(!runs.record(batch, 1, risky));
    runs.now += std::chrono::hours{24} + Micros{1};
    QVERIFY(!runs.record(batch, 2, risky));
    runs.now += std::chrono::hours{24};
    QVERIFY(runs.record(batch, 3, risky));
}

void PolicyRunOfFailuresTest::aCompletedRunStartsAnew() {
    Runs runs;
    int completed = 0;
    for (std::uint64_t person = 1; person <= 50; ++person)
        completed += runs.record(batch, person, badData);
    QCOMPARE(completed, 10);
}

void PolicyRunOfFailuresTest::forgottenBatchesStartAnew() {
    Runs runs;
    for (std::uint64_t person = 1; person < 5; ++person)
        QVERIFY(!runs.record(batch, person, badData));
    runs.forget(batch);
    for (std::uint64_t person = 5; person < 9; ++person)
        QVERIFY(!runs.record(batch, person, badData));
    QVERIFY(runs.record(batch, 9, badData));
}

QTEST_GUILESS_MAIN(PolicyRunOfFailuresTest)
#include "policy_run_of_failures_test.moc"
