// SPDX-License-Identifier: GPL-3.0-or-later
//
// How claims end: by a result, which counts once and only for the claim it belongs to, or by being let go of.
#include "tests/simulation/test_journal.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

/// All tables that a late or foreign result could touch, as text.
std::string picture(const TestJournal &journal) {
    return journal.list("SELECT quote(id)||quote(state)||quote(due_at)||quote(attempts)||quote(tries)||quote(claim_run)"
                        "||quote(cause)||quote(msgid)||quote(ambiguous_wall)||quote(finished_at) FROM message ORDER BY id")
        + "|" + journal.list("SELECT quote(message_id)||quote(n)||quote(phase)||quote(cause) FROM attempt ORDER BY message_id, n")
        + "|" + journal.list("SELECT quote(state)||quote(batch_id)||quote(n) FROM counter WHERE n <> 0 ORDER BY 1")
        + "|" + journal.list("SELECT quote(cause)||quote(n) FROM attempt_summary ORDER BY 1");
}

} // namespace

class StoreClaimEndsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptedIsRecordedWithItsAnswer();
    void aResultOfAnotherClaimChangesNothing_data();
    void aResultOfAnotherClaimChangesNothing();
    void theSecondResultOfOneClaimChangesNothing();
    void triesCountOnlyWhatIsCounted();
    void theFirstWriteIsRemembered();
    void aMsgidAboveTwoToTheSixtyThreeSurvives();
    void releasedClaimsLeaveNoAttemptRow();
    void releasingARepeatLeavesItRetrying();
    void releasingAFirstAttemptOfALaterLifeLeavesItQueued();
    void releasingForeignClaimsChangesNothing();
};

void StoreClaimEndsTest::acceptedIsRecordedWithItsAnswer() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    AttemptResult r = TestJournal::result(journal.claim().messages.at(0), journal.run, MessageState::Accepted, later(morning, 40ms));
    QCOMPARE(journal.finish({r}), 0);
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, MessageState::Accepted);
    COMPARE_TEXT(m.msgid, r.outcome.msgid);
    QVERIFY(!m.errcode);
    QVERIFY(m.cause.empty());
    QVERIFY(!m.ambiguous);
    QCOMPARE(toMillis(m.finishedAt.value()), toMillis(morning.wall + 40ms));
    QCOMPARE(toMillis(m.firstSentAt.value()), toMillis(morning.wall));
    const Attempt a = journal.attempts(id).at(0);
    COMPARE_NAMED(a.phase, AttemptPhase::Answered);
    QCOMPARE(a.httpStatus, 200);
    QCOMPARE(a.errcode.value(), 0);
    COMPARE_NAMED(a.errorClass.value(), ErrorClass::Success);
    QCOMPARE(a.latency.count(), 25'000);
    QVERIFY(!a.counted);
    COMPARE_TEXT(a.node, std::string("node"));
    QCOMPARE(journal.number("SELECT claim_run IS NULL AND claim_until IS NULL FROM message"), 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimEndsTest::aResultOfAnotherClaimChangesNothing_data() {
    QTest::addColumn<int>("runOff");
    QTest::addColumn<int>("attemptOff");
    QTest::newRow("an earlier run") << -1 << 0;
    QTest::newRow("a later run") << 1 << 0;
    QTest::newRow("an earlier attempt") << 0 << -1;
    QTest::newRow("a later attempt") << 0 << 1;
    QTest::newRow("both") << 1 << 1;
}

void StoreClaimEndsTest::aResultOfAnotherClaimChangesNothing() {
    QFETCH(int, runOff);
    QFETCH(int, attemptOff);
    TestJournal journal;
    journal.add("oA");
    journal.finish(journal.claim().messages.at(0), MessageState::Retrying);
    const ClaimedMessage claim = journal.claim().messages.at(0);
    QCOMPARE(claim.attempt, 2);
    const std::string before = picture(journal);
    for (const MessageState next : {MessageState::Accepted, MessageState::Dead, MessageState::Retrying}) {
        AttemptResult r = TestJournal::result(claim, journal.run, next);
        r.run.value += runOff;
        r.attempt += attemptOff;
        QCOMPARE(journal.finish({r}), 1);
        COMPARE_TEXT(picture(journal), before);
    }
    COMPARE_TEXT(journal.broken(), std::string());
    QCOMPARE(journal.finish({TestJournal::result(claim, journal.run, MessageState::Accepted)}), 0);
}

void StoreClaimEndsTest::theSecondResultOfOneClaimChangesNothing() {
    TestJournal journal;
    journal.add("oA");
    const ClaimedMessage claim = journal.claim().messages.at(0);
    journal.finish(claim, MessageState::Accepted);
    const std::string before = picture(journal);
    QCOMPARE(journal.finish(claim, MessageState::Dead), 1);
    COMPARE_TEXT(picture(journal), before);
}

void StoreClaimEndsTest::triesCountOnlyWhatIsCounted() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    for (int i = 0; i < 4; ++i) {
        AttemptResult r = TestJournal::result(journal.claim().messages.at(0), journal.run, MessageState::Retrying);
        r.counted = i % 2 == 0;
        journal.finish({r});
    }
    const ClaimedMessage next = journal.claim().messages.at(0);
    QCOMPARE(next.tries, 2);
    QCOMPARE(next.attempt, 5);
    QCOMPARE(journal.number("SELECT sum(counted) FROM attempt WHERE message_id = " + std::to_string(id.value)), 2);
}

void StoreClaimEndsTest::theFirstWriteIsRemembered() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    AttemptResult refused = TestJournal::result(journal.claim().messages.at(0), journal.run, MessageState::Retrying);
    refused.phase = AttemptPhase::NotWritten;
    refused.outcome = {};
    refused.outcome.errorClass = ErrorClass::Transient;
    refused.outcome.cause = "connection_refused";
    refused.outcome.offline = true;
    refused.ambiguous.reset();
    journal.finish({refused});
    QVERIFY(!journal.message(id).firstSentAt);
    QVERIFY(!journal.message(id).ambiguous);
    const Now second = later(morning, 10s);
    journal.finish(journal.claim(1, second).messages.at(0), MessageState::Retrying, second);
    QCOMPARE(toMillis(journal.message(id).firstSentAt.value()), toMillis(second.wall));
    const Now third = later(morning, 20s);
    journal.finish(journal.claim(1, third).messages.at(0), MessageState::Accepted, third);
    QCOMPARE(toMillis(journal.message(id).firstSentAt.value()), toMillis(second.wall));
}

void StoreClaimEndsTest::aMsgidAboveTwoToTheSixtyThreeSurvives() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    AttemptResult r = TestJournal::result(journal.claim().messages.at(0), journal.run, MessageState::Accepted);
    r.outcome.msgid = "18446744073709551617";
    journal.finish({r});
    COMPARE_TEXT(journal.message(id).msgid, std::string("18446744073709551617"));
}

void StoreClaimEndsTest::releasedClaimsLeaveNoAttemptRow() {
    TestJournal journal;
    journal.addMany(journal.batch, 5);
    const std::string before = picture(journal);
    const ClaimReply reply = journal.claim();
    QCOMPARE(reply.messages.size(), 5U);
    QVERIFY(picture(journal) != before);
    journal.release(reply.messages);
    COMPARE_TEXT(picture(journal), before);
    COMPARE_TEXT(journal.broken(), std::string());
    QCOMPARE(journal.claim().messages.at(0).attempt, 1);
}

void StoreClaimEndsTest::releasingARepeatLeavesItRetrying() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Retrying, "oA");
    const std::string before = picture(journal);
    journal.release(journal.claim().messages);
    COMPARE_TEXT(picture(journal), before);
    COMPARE_NAMED(journal.state(id), MessageState::Retrying);
    QVERIFY(journal.message(id).ambiguous.has_value());
}

void StoreClaimEndsTest::releasingAFirstAttemptOfALaterLifeLeavesItQueued() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Retrying, "oA");
    journal.exec("UPDATE account SET uncertain_policy = 1");
    const Now after = later(morning, 9min);
    const ClaimReply second = journal.claim(10, after); // begins the second life
    QCOMPARE(second.messages.at(0).life, 2);
    journal.release(second.messages);
    COMPARE_NAMED(journal.state(id), MessageState::Queued);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimEndsTest::releasingForeignClaimsChangesNothing() {
    TestJournal journal;
    journal.add("oA");
    const ClaimReply reply = journal.claim();
    const std::string before = picture(journal);
    const RunId own = std::exchange(journal.run, RunId{journal.run.value + 1});
    journal.release(reply.messages);
    COMPARE_TEXT(picture(journal), before);
    journal.run = own;
    auto old = reply.messages;
    ++old[0].attempt;
    journal.release(old);
    COMPARE_TEXT(picture(journal), before);
    COMPARE_TEXT(journal.broken(), std::string());
}

QTEST_GUILESS_MAIN(StoreClaimEndsTest)
#include "store_claim_ends_test.moc"
