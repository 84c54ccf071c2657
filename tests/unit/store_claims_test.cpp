// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <algorithm>
#include <map>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

std::string idsOf(const ClaimReply &reply) {
    std::string ids;
    for (const ClaimedMessage &m : reply.messages)
        ids += (ids.empty() ? "" : " ") + std::to_string(m.id.value);
    return ids;
}

std::map<BatchId, int> perBatch(const ClaimReply &reply) {
    std::map<BatchId, int> counts;
    for (const ClaimedMessage &m : reply.messages)
        ++counts[m.batch];
    return counts;
}

} // namespace

class StoreClaimsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClaimIsCommittedWithItsAttemptRowBeforeTheReply();
    void claimsComeInOrderOfDueTime();
    void neverMoreThanTheLimitIsClaimed();
    void whatIsNotDueWaitsAndIsAnnounced();
    void nothingIsClaimedTwice();
    void batchesOfOnePriorityShareFairly();
    void aSmallBatchLeavesItsShareToTheOthers();
    void claimsOfOneRowStillShareFairly();
    void higherPriorityGoesFirst();
    void whatIsStoppedIsSkippedAndCounted_data();
    void whatIsStoppedIsSkippedAndCounted();
    void otherAccountsAreLeftAlone();
    void whatHasExpiredEndsInsteadOfBeingSent();
    void aChunkOfExpiredRowsDoesNotHideTheRest();
    void repeatsGoBeforeWhatWasNeverTried();
    void aRepeatThatIsNoLongerUsefulEndsUncertain();
    void aRepeatOutsideTheWindowEndsUncertain();
    void aRepeatOutsideTheWindowIsResentWhenTheAccountSaysSo();
    void aRepeatInsideTheWindowKeepsIdAndContent();
    void whatMayHaveArrivedIsRepeatedAtItsAddress();
    void rowsThatNameTheirHostByItsPlaceFindIt();
    void repeatsThatWaitAreAnnounced();
    void onlyAChosenTimeIsComparedWithTheCalendar();
    void repeatsAreDueByTheirOwnTime();
    void moreIsToldWhileRowsAreDue();
};

void StoreClaimsTest::aClaimIsCommittedWithItsAttemptRowBeforeTheReply() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    const ClaimReply reply = journal.claim();
    QCOMPARE(reply.messages.size(), 1U);
    const ClaimedMessage &m = reply.messages.front();
    QCOMPARE(m.id.value, id.value);
    QCOMPARE(m.attempt, 1);
    QCOMPARE(m.tries, 0);
    QVERIFY(!m.ambiguous);
    COMPARE_TEXT(m.openid, std::string("oA"));
    COMPARE_TEXT(m.templateId, std::string(43, 'a'));
    COMPARE_TEXT(m.content, std::string(R"({"data":{"thing1":{"value":"hello"}}})"));
    COMPARE_NAMED(journal.state(id), MessageState::Sending);
    const auto attempts = journal.attempts(id);
    QCOMPARE(attempts.size(), 1U);
    COMPARE_NAMED(attempts[0].phase, AttemptPhase::Started);
    QCOMPARE(attempts[0].run.value, journal.run.value);
    QCOMPARE(toMillis(attempts[0].startedAt), toMillis(morning.wall));
    QVERIFY(!attempts[0].finishedAt);
    QCOMPARE(journal.number("SELECT claim_run FROM message"), journal.run.value);
    QCOMPARE(journal.number("SELECT claim_until FROM message"), toMillis(morning.wall + 60s));
    QCOMPARE(journal.number("SELECT claim_steady FROM message"), morning.steady.time_since_epoch().count());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimsTest::claimsComeInOrderOfDueTime() {
    TestJournal journal;
    const auto third = journal.add("oC", morning.wall + 3s);
    const auto first = journal.add("oA", morning.wall + 1s);
    const auto second = journal.add("oB", morning.wall + 2s);
    const auto now = journal.add("oD");
    COMPARE_TEXT(idsOf(journal.claim(2, later(morning, 5s))), std::to_string(now.value) + " " + std::to_string(first.value));
    COMPARE_TEXT(idsOf(journal.claim(5, later(morning, 5s))), std::to_string(second.value) + " " + std::to_string(third.value));
}

void StoreClaimsTest::neverMoreThanTheLimitIsClaimed() {
    for (const int limit : {1, 2, 3, 7, 10, 11}) {
        TestJournal journal;
        journal.addMany(journal.batch, 4, "oA");
        journal.addMany(journal.addBatch(), 4, "oB");
        journal.addMany(journal.addBatch(2), 2, "oC");
        const ClaimReply reply = journal.claim(limit);
        QCOMPARE(static_cast<int>(reply.messages.size()), std::min(limit, 10));
        QCOMPARE(journal.number("SELECT count(*) FROM message WHERE state = 2"), std::min(limit, 10));
    }
}

void StoreClaimsTest::whatIsNotDueWaitsAndIsAnnounced() {
    TestJournal journal;
    journal.add("oA", morning.wall + 90s);
    journal.add("oB", morning.wall + 30s);
    const ClaimReply reply = journal.claim();
    QVERIFY(reply.messages.empty());
    QVERIFY(!reply.more);
    QVERIFY(!reply.nextRepeat);
    QCOMPARE(toMillis(reply.nextDue.value()), toMillis(morning.wall + 30s));
    const ClaimReply atTheMoment = journal.claim(10, later(morning, 30s));
    QCOMPARE(atTheMoment.messages.size(), 1U);
    QCOMPARE(toMillis(atTheMoment.nextDue.value()), toMillis(morning.wall + 90s));
}

void StoreClaimsTest::nothingIsClaimedTwice() {
    TestJournal journal;
    journal.addMany(journal.batch, 10);
    QCOMPARE(journal.claim(6).messages.size(), 6U);
    QCOMPARE(journal.claim(100).messages.size(), 4U);
    QVERIFY(journal.claim(100).messages.empty());
}

void StoreClaimsTest::batchesOfOnePriorityShareFairly() {
    TestJournal journal;
    const BatchId second = journal.addBatch();
    const BatchId third = journal.addBatch();
    journal.addMany(journal.batch, 100, "oA");
    journal.addMany(second, 100, "oB");
    journal.addMany(third, 100, "oC");
    const auto counts = perBatch(journal.claim(30));
    QCOMPARE(counts.at(journal.batch), 10);
    QCOMPARE(counts.at(second), 10);
    QCOMPARE(counts.at(third), 10);
}

void StoreClaimsTest::aSmallBatchLeavesItsShareToTheOthers() {
    TestJournal journal;
    const BatchId large = journal.addBatch();
    journal.addMany(journal.batch, 3, "oA");
    journal.addMany(large, 100, "oB");
    const auto counts = perBatch(journal.claim(40));
    QCOMPARE(counts.at(journal.batch), 3);
    QCOMPARE(counts.at(large), 37);
}

void StoreClaimsTest::claimsOfOneRowStillShareFairly() {
    // A slow account claims row by row: then no single claim can hold a share for everybody.
    TestJournal journal;
    const BatchId second = journal.addBatch();
    journal.addMany(journal.batch, 100, "oA");
    journal.addMany(second, 100, "oB");
    std::map<BatchId, int> counts;
    for (int i = 0; i < 20; ++i) {
        for (const auto &[batch, n] : perBatch(journal.claim(1)))
            counts[batch] += n;
    }
    QCOMPARE(counts[journal.batch] + counts[second], 20);
    QVERIFY2(counts[second] >= 5, qPrintable(QStringLiteral("the second batch got %1 of 20").arg(counts[second])));
    QVERIFY2(counts[journal.batch] >= 5, qPrintable(QStringLiteral("the first batch got %1 of 20").arg(counts[journal.batch])));
}

void StoreClaimsTest::higherPriorityGoesFirst() {
    TestJournal journal;
    const BatchId bulk = journal.addBatch(0);
    const BatchId urgent = journal.addBatch(2);
    journal.addMany(bulk, 10, "oA", morning.wall - 1h);
    journal.addMany(journal.batch, 10, "oB");
    journal.addMany(urgent, 10, "oC");
    ClaimRequest request{journal.account, journal.run, 10, morning};
    request.limits.bulkShare = 0;
    request.limits.normalShare = 0;
    auto counts = perBatch(journal.claim(request));
    QCOMPARE(counts.size(), 1U);
    QCOMPARE(counts.at(urgent), 10);
    request.limit = 15;
    counts = perBatch(journal.claim(request));
    QCOMPARE(counts.at(journal.batch), 10);
    QCOMPARE(counts.at(bulk), 5);
}

void StoreClaimsTest::whatIsStoppedIsSkippedAndCounted_data() {
    QTest::addColumn<QString>("stop");
    QTest::addColumn<QString>("go");
    QTest::newRow("held template") << QStringLiteral("UPDATE template SET hold_cause = 'operator', hold_since = 1 WHERE id = 1")
                                   << QStringLiteral("UPDATE template SET hold_cause = NULL");
    QTest::newRow("paused batch") << QStringLiteral("UPDATE batch SET state = 1 WHERE id = 1")
                                  << QStringLiteral("UPDATE batch SET state = 0");
    QTest::newRow("cancelled batch") << QStringLiteral("UPDATE batch SET state = 2 WHERE id = 1")
                                     << QStringLiteral("UPDATE batch SET state = 0");
}

void StoreClaimsTest::whatIsStoppedIsSkippedAndCounted() {
    QFETCH(QString, stop);
    QFETCH(QString, go);
    TestJournal journal;
    const BatchId other = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'b'));
    journal.addMany(journal.batch, 7, "oA");
    journal.addMany(other, 2, "oB");
    journal.exec(stop.toStdString());
    ClaimReply reply = journal.claim();
    QCOMPARE(perBatch(reply), (std::map<BatchId, int>{{other, 2}}));
    QCOMPARE(reply.behindHolds, 7);
    QVERIFY(!reply.more);
    QVERIFY(!reply.nextDue);
    journal.exec(go.toStdString());
    reply = journal.claim();
    QCOMPARE(reply.messages.size(), 7U);
    QCOMPARE(reply.behindHolds, 0);
}

void StoreClaimsTest::otherAccountsAreLeftAlone() {
    TestJournal journal;
    const AccountId other = journal.addAccount("other");
    const BatchId its = journal.addBatch(other, journal.addTemplate(other, 'b'));
    journal.addMany(journal.batch, 2, "oA");
    journal.add(other, its, TestJournal::newMessage("oB"));
    journal.exec("UPDATE account SET hold_cause = 'operator', hold_since = 1 WHERE id = 1");
    const ClaimReply held = journal.claim();
    QVERIFY(held.messages.empty());
    QCOMPARE(held.behindHolds, 2);
    const ClaimReply reply = journal.claim(ClaimRequest{other, journal.run, 10, morning});
    QCOMPARE(perBatch(reply), (std::map<BatchId, int>{{its, 1}}));
    QCOMPARE(reply.behindHolds, 0);
}

void StoreClaimsTest::whatHasExpiredEndsInsteadOfBeingSent() {
    TestJournal journal;
    NewMessage over = TestJournal::newMessage("oA");
    over.expiresAt = morning.wall;
    NewMessage fresh = TestJournal::newMessage("oB");
    fresh.expiresAt = morning.wall + 1ms;
    const MessageId expired = journal.add(journal.batch, over);
    const MessageId useful = journal.add(journal.batch, fresh);
    COMPARE_TEXT(idsOf(journal.claim()), std::to_string(useful.value));
    const Message m = journal.message(expired);
    COMPARE_NAMED(m.state, MessageState::Expired);
    QCOMPARE(m.attempts, 0);
    QVERIFY(m.finishedAt.has_value());
    QVERIFY(journal.attempts(expired).empty());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimsTest::aChunkOfExpiredRowsDoesNotHideTheRest() {
    TestJournal journal;
    for (int i = 0; i < 20; ++i) {
        NewMessage m = TestJournal::newMessage("oA" + std::to_string(i), morning.wall - 1h);
        m.expiresAt = morning.wall - 1s;
        journal.add(journal.batch, m);
    }
    const MessageId good = journal.add("oZ");
    int asked = 0;
    ClaimReply reply;
    do {
        reply = journal.claim(4);
        QVERIFY(++asked < 20);
    } while (reply.messages.empty() && reply.more);
    COMPARE_TEXT(idsOf(reply), std::to_string(good.value));
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE state = 10"), 20);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimsTest::repeatsGoBeforeWhatWasNeverTried() {
    TestJournal journal;
    // A long batch that has been due for an hour, and one of higher priority.
    for (int i = 0; i < 50; ++i)
        journal.add("oA" + std::to_string(i), morning.wall - 1h);
    journal.addMany(journal.addBatch(2), 50, "oB");
    const MessageId repeat = journal.addIn(MessageState::Retrying, "oC");
    const ClaimReply reply = journal.claim(3, later(morning, 1min));
    QCOMPARE(reply.messages.size(), 3U);
    QCOMPARE(reply.messages.front().id.value, repeat.value);
    QVERIFY(reply.more);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimsTest::aRepeatThatIsNoLongerUsefulEndsUncertain() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Retrying, "oA");
    journal.exec(("UPDATE message SET expires_at = " + std::to_string(toMillis(morning.wall + 30s))).c_str());
    const ClaimReply reply = journal.claim(10, later(morning, 1min));
    QVERIFY(reply.messages.empty());
    COMPARE_NAMED(journal.message(id).state, MessageState::Uncertain);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimsTest::aRepeatOutsideTheWindowEndsUncertain() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Retrying, "oA");
    const ClaimReply inside = journal.claim(10, later(morning, 8min - 1ms));
    QCOMPARE(inside.messages.size(), 1U);
    journal.release(inside.messages);
    const ClaimReply outside = journal.claim(10, later(morning, 8min));
    QVERIFY(outside.messages.empty());
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, MessageState::Uncertain);
    COMPARE_TEXT(m.cause, std::string("window_passed"));
    QVERIFY(m.finishedAt.has_value());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimsTest::aRepeatOutsideTheWindowIsResentWhenTheAccountSaysSo() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Retrying, "oA");
    const std::string before = journal.message(id).clientMsgId;
    journal.exec("UPDATE account SET uncertain_policy = 1");
    const Now after = later(morning, 9min);
    const ClaimReply reply = journal.claim(10, after);
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages[0].life, 2);
    QCOMPARE(reply.messages[0].attempt, 2);
    QVERIFY(!reply.messages[0].ambiguous);
    QVERIFY(reply.messages[0].clientMsgId != before);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimsTest::aRepeatInsideTheWindowKeepsIdAndContent() {
    TestJournal journal;
    journal.add("oA");
    ClaimReply reply = journal.claim();
    const ClaimedMessage first = reply.messages.at(0);
    Now now = morning;
    for (int attempt = 2; attempt <= 5; ++attempt) {
        journal.finish(reply.messages.at(0), MessageState::Retrying, now);
        now = later(now, 1min);
        reply = journal.claim(1, now);
        QCOMPARE(reply.messages.size(), 1U);
        const ClaimedMessage &m = reply.messages[0];
        QCOMPARE(m.attempt, attempt);
        QCOMPARE(m.tries, attempt - 1);
        COMPARE_TEXT(m.clientMsgId, first.clientMsgId);
        COMPARE_TEXT(m.content, first.content);
        // The window opened with the first doubtful attempt and does not move.
        QVERIFY(m.ambiguous.has_value());
        QCOMPARE(toMillis(m.ambiguous->wall), toMillis(morning.wall));
        QCOMPARE(m.ambiguous->steady.time_since_epoch().count(), morning.steady.time_since_epoch().count());
        QCOMPARE(m.ambiguous->run.value, journal.run.value);
    }
}

namespace {

ClaimReply claimFor(TestJournal &journal, const char *base, bool second, Now now) {
    ClaimRequest request{journal.account, journal.run, 10, now};
    request.base = base;
    request.second = second;
    return journal.claim(request);
}

} // namespace

/// Whatever an account's addresses are changed to meanwhile.
void StoreClaimsTest::whatMayHaveArrivedIsRepeatedAtItsAddress() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    journal.finish(claimFor(journal, "https://a.example", false, morning).messages.at(0), MessageState::Retrying);
    // Another one in its place.
    Now now = later(morning, 1s);
    const ClaimReply none = claimFor(journal, "https://b.example", false, now);
    QVERIFY(none.messages.empty() && !none.more);
    QCOMPARE(toMillis(none.nextRepeat.value()), toMillis(now.wall + 10s));
    // It is the second one now.
    now = later(now, 10s);
    const ClaimReply reply = claimFor(journal, "https://a.example", true, now);
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages[0].id.value, id.value);
    journal.finish(reply.messages[0], MessageState::Retrying, now);
    // It is gone: nobody can say until its time is over, and then nobody knows.
    for (int i = 0; i < 60 && journal.state(id) == MessageState::Retrying; ++i) {
        now = later(now, 10s);
        QVERIFY(claimFor(journal, "https://b.example", i % 2 == 0, now).messages.empty());
    }
    COMPARE_NAMED(journal.state(id), MessageState::Uncertain);
    COMPARE_TEXT(journal.message(id).cause, std::string("window_passed"));
    QVERIFY(now.wall >= morning.wall + 8min);
    COMPARE_TEXT(journal.broken(), std::string());
}

/// As an earlier program left them.
void StoreClaimsTest::rowsThatNameTheirHostByItsPlaceFindIt() {
    for (const bool second : {false, true}) {
        TestJournal journal;
        journal.addIn(MessageState::Retrying, "oA");
        journal.exec(std::string("UPDATE message SET by_second = ") + (second ? "1" : "0"));
        QVERIFY(claimFor(journal, "https://a.example", !second, morning).messages.empty());
        QCOMPARE(claimFor(journal, "https://b.example", second, later(morning, 10s)).messages.size(), 1U);
    }
}

void StoreClaimsTest::repeatsThatWaitAreAnnounced() {
    TestJournal journal;
    journal.add("oA");
    AttemptResult r = TestJournal::result(journal.claim().messages.at(0), journal.run, MessageState::Retrying);
    r.dueAt = morning.wall + 5s;
    journal.finish({r});
    ClaimReply reply = journal.claim();
    QCOMPARE(toMillis(reply.nextRepeat.value()), toMillis(morning.wall + 5s));
    journal.exec("UPDATE batch SET state = 1");
    reply = journal.claim();
    QVERIFY(!reply.nextRepeat);
    QVERIFY(!reply.nextDue);
    QCOMPARE(reply.behindHolds, 1);
}

void StoreClaimsTest::onlyAChosenTimeIsComparedWithTheCalendar() {
    TestJournal journal;
    const MessageId now = journal.add("oNow");
    const MessageId tonight = journal.add("oTonight", morning.wall + 8h);
    // Somebody sets the calendar back by a day: what is due at once does not wait for a day.
    const Now yesterday{morning.wall - 24h, morning.steady + 1s};
    ClaimReply reply = journal.claim(10, yesterday);
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages.front().id.value, now.value);
    QCOMPARE(toMillis(reply.nextDue.value()), toMillis(morning.wall + 8h));
    reply = journal.claim(10, later(morning, 8h));
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages.front().id.value, tonight.value);
}

void StoreClaimsTest::repeatsAreDueByTheirOwnTime() {
    TestJournal journal;
    journal.add("oA");
    AttemptResult r = TestJournal::result(journal.claim().messages.at(0), journal.run, MessageState::Retrying);
    r.dueAt = morning.wall + 5s;
    journal.finish({r});
    ClaimRequest request{journal.account, journal.run, 10, {morning.wall - 24h, morning.steady + 4s}};
    request.even = morning.wall + 4s;
    QVERIFY(journal.claim(request).messages.empty());
    request.even = morning.wall + 5s;
    QCOMPARE(journal.claim(request).messages.size(), 1U);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimsTest::moreIsToldWhileRowsAreDue() {
    TestJournal journal;
    journal.addMany(journal.batch, 5);
    QVERIFY(journal.claim(4).more);
    QVERIFY(!journal.claim(4).more);
}

QTEST_GUILESS_MAIN(StoreClaimsTest)
#include "store_claims_test.moc"
