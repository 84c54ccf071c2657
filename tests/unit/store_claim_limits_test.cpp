// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <map>
#include <set>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

std::map<BatchId, int> perBatch(const ClaimReply &reply) {
    std::map<BatchId, int> counts;
    for (const ClaimedMessage &m : reply.messages)
        ++counts[m.batch];
    return counts;
}

/// An account with one batch of each priority, `each` messages in it.
struct ThreePriorities : TestJournal {
    explicit ThreePriorities(int each) {
        for (int priority = 0; priority < 3; ++priority) {
            batches[priority] = addBatch(priority);
            addMany(batches[priority], each, "o" + std::to_string(priority) + "_");
        }
    }
    ClaimRequest request(int limit) const {
        ClaimRequest r{account, run, limit, morning};
        r.limits.bulkShare = 0;
        r.limits.normalShare = 0;
        return r;
    }
    BatchId batches[3];
};

/// A repeat after a plain refusal: nobody doubts that it did not arrive.
MessageId addRefused(TestJournal &journal, BatchId to, const std::string &openid) {
    const MessageId id = journal.add(to, TestJournal::newMessage(openid));
    for (const ClaimedMessage &claim : journal.claim(10'000).messages) {
        if (claim.id != id) {
            journal.release({claim});
            continue;
        }
        AttemptResult r = TestJournal::result(claim, journal.run, MessageState::Retrying);
        r.outcome.ambiguous = false;
        r.ambiguous.reset();
        journal.finish({r});
    }
    return id;
}

} // namespace

class StoreClaimLimitsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPriorityMayUseWhatTheDayLeavesIt();
    void theQuotaIsSharedByAllPriorities();
    void aUsedUpDayIsToldEvenByTheClaimThatUsesItUp();
    void quietHoursLetThroughWhatIsHighEnough_data();
    void quietHoursLetThroughWhatIsHighEnough();
    void whatMayHaveArrivedPassesQuietHoursAndQuota();
    void whatWasRefusedWaitsForQuietHoursAndQuota();
    void repeatsKeepToTheirBudget();
    void aBudgetUsedUpLeavesTheRestToFreshMessages();
    void whatMayHaveArrivedNeedsNoBudget();
    void aClaimThatFindsNothingAllowedDoesNotAskForMore_data();
    void aClaimThatFindsNothingAllowedDoesNotAskForMore();
    void theFrequencyCapPostponesAndLaterLetsGo();
    void theFrequencyCapSeesWhatTheSameClaimTook();
    void aScheduledBatchIsNotReadThroughForTheCap();
    void urgentMessagesPassTheFrequencyCapIfSo_data();
    void urgentMessagesPassTheFrequencyCapIfSo();
    void whatNobodyGotCountsNotTowardsTheFrequencyCap_data();
    void whatNobodyGotCountsNotTowardsTheFrequencyCap();
    void aRepeatIsNotPostponed();
    void lowerPrioritiesKeepTheirShare();
    void sharesHoldWithTwoAccountsTakingTurns();
    void aShareNobodyWantsIsNotLost();
};

void StoreClaimLimitsTest::aPriorityMayUseWhatTheDayLeavesIt() {
    ThreePriorities journal(50);
    ClaimRequest request = journal.request(100);
    request.limits.quota = {0, 7, 20};
    const ClaimReply reply = journal.claim(request);
    const auto counts = perBatch(reply);
    QCOMPARE(counts.at(journal.batches[2]), 20);
    QVERIFY(!counts.contains(journal.batches[0]));
    QVERIFY(!counts.contains(journal.batches[1])); // the twenty are more than its seven
    QCOMPARE(reply.behindQuota, 50 + 50 + 30);
    QVERIFY(!reply.more);

    ThreePriorities other(5);
    request = other.request(100);
    request.limits.quota = {6, 8, 20};
    const auto some = perBatch(other.claim(request));
    QCOMPARE(some.at(other.batches[2]), 5);
    QCOMPARE(some.at(other.batches[1]), 3);
    QVERIFY(!some.contains(other.batches[0]));
    COMPARE_TEXT(other.broken(), std::string());
}

void StoreClaimLimitsTest::theQuotaIsSharedByAllPriorities() {
    for (const int limit : {1, 2, 3, 5, 8, 100}) {
        ThreePriorities journal(10);
        std::size_t all = 0;
        std::int64_t left = 13;
        for (int claims = 0; claims < 40; ++claims) {
            ClaimRequest request = journal.request(limit);
            request.limits.bulkShare = 0.2;
            request.limits.normalShare = 0.3;
            request.limits.quota = {left, left, left};
            const auto n = journal.claim(request).messages.size();
            all += n;
            left -= static_cast<std::int64_t>(n);
        }
        QCOMPARE(all, 13U);
    }
}

void StoreClaimLimitsTest::aUsedUpDayIsToldEvenByTheClaimThatUsesItUp() {
    // The larger batch takes the whole day; the smaller one must not be forgotten over it.
    TestJournal journal;
    const BatchId small = journal.addBatch(0);
    journal.addMany(journal.batch, 100, "oA");
    journal.addMany(small, 30, "oB");
    ClaimRequest request{journal.account, journal.run, 200, morning};
    request.limits.quota = {100, 100, 100};
    request.limits.bulkShare = 0;
    const ClaimReply reply = journal.claim(request);
    QCOMPARE(reply.messages.size(), 100U);
    QCOMPARE(reply.behindQuota, 30);
    QVERIFY(!reply.more);
}

void StoreClaimLimitsTest::quietHoursLetThroughWhatIsHighEnough_data() {
    QTest::addColumn<int>("lowest");
    QTest::addColumn<int>("claimed");
    QTest::newRow("no quiet") << 0 << 30;
    QTest::newRow("urgent passes") << 2 << 10;
    QTest::newRow("nothing passes") << 3 << 0;
}

void StoreClaimLimitsTest::quietHoursLetThroughWhatIsHighEnough() {
    QFETCH(int, lowest);
    QFETCH(int, claimed);
    ThreePriorities journal(10);
    ClaimRequest request = journal.request(100);
    request.limits.lowestPriority = lowest;
    const ClaimReply reply = journal.claim(request);
    QCOMPARE(static_cast<int>(reply.messages.size()), claimed);
    QCOMPARE(reply.behindQuiet, 30 - claimed);
    QVERIFY(!reply.more);
    if (claimed == 10)
        QCOMPARE(perBatch(reply).at(journal.batches[2]), 10);
    request.limits.lowestPriority = 0;
    QCOMPARE(static_cast<int>(journal.claim(request).messages.size()), 30 - claimed);
}

void StoreClaimLimitsTest::whatMayHaveArrivedPassesQuietHoursAndQuota() {
    TestJournal journal;
    const MessageId doubted = journal.addIn(MessageState::Retrying, "oA");
    journal.addMany(journal.batch, 5, "oB");
    ClaimRequest request{journal.account, journal.run, 100, later(morning, 1min)};
    request.limits.lowestPriority = 3;
    request.limits.quota = {0, 0, 0};
    request.limits.repeats = 0;
    request.limits.perRecipient = 1;
    const ClaimReply reply = journal.claim(request);
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages[0].id.value, doubted.value);
    QVERIFY(!reply.more);
    QVERIFY(!reply.repeatsOverBudget);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimLimitsTest::whatWasRefusedWaitsForQuietHoursAndQuota() {
    TestJournal journal;
    const MessageId refused = addRefused(journal, journal.batch, "oA");
    ClaimRequest request{journal.account, journal.run, 100, later(morning, 1min)};
    request.limits.lowestPriority = 2;
    ClaimReply reply = journal.claim(request);
    QVERIFY(reply.messages.empty() && !reply.more);
    QCOMPARE(reply.behindQuiet, 1);
    request.limits.lowestPriority = 0;
    request.limits.quota = {0, 0, 5};
    reply = journal.claim(request);
    QVERIFY(reply.messages.empty() && !reply.more);
    QCOMPARE(reply.behindQuota, 1);
    request.limits.quota = {0, 1, 5};
    reply = journal.claim(request);
    QCOMPARE(reply.messages.size(), 1U);
    QCOMPARE(reply.messages[0].id.value, refused.value);
}

void StoreClaimLimitsTest::repeatsKeepToTheirBudget() {
    TestJournal journal;
    const BatchId second = journal.addBatch(2);
    for (int i = 0; i < 10; ++i)
        addRefused(journal, i % 2 == 0 ? journal.batch : second, "oA" + std::to_string(i));
    ClaimRequest request{journal.account, journal.run, 100, later(morning, 1min)};
    request.limits.repeats = 3;
    const ClaimReply reply = journal.claim(request);
    QCOMPARE(reply.messages.size(), 3U);
    QVERIFY(reply.repeatsOverBudget);
    QVERIFY(!reply.more); // more would ask at once, again and again
    for (const ClaimedMessage &m : reply.messages)
        QCOMPARE(m.batch.value, second.value); // the higher priority has the budget first
    request.limits.repeats = ClaimLimits::none;
    const ClaimReply rest = journal.claim(request);
    QCOMPARE(rest.messages.size(), 7U);
    QVERIFY(!rest.repeatsOverBudget);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreClaimLimitsTest::aBudgetUsedUpLeavesTheRestToFreshMessages() {
    TestJournal journal;
    for (int i = 0; i < 5; ++i)
        addRefused(journal, journal.batch, "oA" + std::to_string(i));
    journal.addMany(journal.batch, 20, "oB");
    ClaimRequest request{journal.account, journal.run, 10, later(morning, 1min)};
    request.limits.repeats = 2;
    const ClaimReply reply = journal.claim(request);
    QCOMPARE(reply.messages.size(), 10U);
    QCOMPARE(std::count_if(reply.messages.begin(), reply.messages.end(), [](const ClaimedMessage &m) { return m.repeat; }), 2);
    QVERIFY(reply.more);
    QVERIFY(reply.repeatsOverBudget);
}

void StoreClaimLimitsTest::whatMayHaveArrivedNeedsNoBudget() {
    TestJournal journal;
    for (int i = 0; i < 4; ++i)
        journal.addIn(MessageState::Retrying, "oA" + std::to_string(i));
    addRefused(journal, journal.batch, "oB");
    ClaimRequest request{journal.account, journal.run, 100, later(morning, 1min)};
    request.limits.repeats = 1;
    const ClaimReply reply = journal.claim(request);
    QCOMPARE(reply.messages.size(), 5U);
    QVERIFY(!reply.repeatsOverBudget);
}

void StoreClaimLimitsTest::aClaimThatFindsNothingAllowedDoesNotAskForMore_data() {
    QTest::addColumn<int>("what");
    QTest::newRow("budget") << 0;
    QTest::newRow("quota") << 1;
    QTest::newRow("quiet hours") << 2;
    QTest::newRow("frequency cap") << 3;
}

void StoreClaimLimitsTest::aClaimThatFindsNothingAllowedDoesNotAskForMore() {
    QFETCH(int, what);
    TestJournal journal;
    if (what == 0)
        addRefused(journal, journal.batch, "oA");
    else
        journal.addMany(journal.batch, 1, "oA");
    if (what == 3) {
        journal.finish(journal.claim(1).messages.at(0), MessageState::Accepted);
        journal.addMany(journal.batch, 30, "oA");
        journal.exec("UPDATE message SET openid = 'oA0', recipient_hash = (SELECT recipient_hash FROM message WHERE id = 1)");
    }
    ClaimRequest request{journal.account, journal.run, 4, later(morning, 1min)};
    if (what == 0)
        request.limits.repeats = 0;
    else if (what == 1)
        request.limits.quota = {0, 0, 0};
    else if (what == 2)
        request.limits.lowestPriority = 3;
    else
        request.limits.perRecipient = 1;
    int asked = 1;
    ClaimReply reply = journal.claim(request);
    while (reply.more) {
        QVERIFY(++asked < 10);
        reply = journal.claim(request);
    }
    QVERIFY(reply.messages.empty());
    QCOMPARE(reply.repeatsOverBudget, what == 0);
    QCOMPARE(reply.behindQuota, what == 1 ? 1 : 0);
    QCOMPARE(reply.behindQuiet, what == 2 ? 1 : 0);
    QCOMPARE(reply.nextDue.has_value(), what == 3);
}

void StoreClaimLimitsTest::theFrequencyCapPostponesAndLaterLetsGo() {
    TestJournal journal;
    ClaimRequest request{journal.account, journal.run, 100, morning};
    request.limits.perRecipient = 2;
    request.limits.perRecipientWindow = 1h;
    std::vector<MessageId> ids;
    for (int i = 0; i < 5; ++i) {
        ids.push_back(journal.add("oA"));
        const ClaimReply reply = journal.claim(request);
        if (i < 2) {
            QCOMPARE(reply.messages.size(), 1U);
            journal.finish(reply.messages[0], MessageState::Accepted, request.now);
        } else {
            QVERIFY(reply.messages.empty());
            QVERIFY(reply.nextIsCapped);
            QCOMPARE(toMillis(reply.nextDue.value()), toMillis(morning.wall + 1h)); // the first of the two leaves the window
        }
        request.now = later(request.now, 10min);
    }
    journal.add("oB");
    QCOMPARE(journal.claim(request).messages.at(0).openid, std::string("oB"));
    const Message waiting = journal.message(ids[4]);
    COMPARE_NAMED(waiting.state, MessageState::Queued);
    COMPARE_TEXT(waiting.cause, std::string("frequency_cap"));
    COMPARE_TEXT(journal.broken(), std::string());

    request.now = later(morning, 1h - 1ms);
    QVERIFY(journal.claim(request).messages.empty());
    // One a window's step: 10:00 and 10:10 count, so the next two go at 11:00 and 11:10, one after the other.
    std::vector<Millis> went;
    for (Millis at = 1h; at <= 2h + 10min; at += 10min) {
        request.now = later(morning, at);
        for (const ClaimedMessage &m : journal.claim(request).messages) {
            went.push_back(at);
            journal.finish(m, MessageState::Accepted, request.now);
        }
    }
    QCOMPARE(went.size(), 3U);
    QCOMPARE(went[0].count(), Millis{1h}.count());
    QCOMPARE(went[1].count(), Millis{1h + 10min}.count());
    QCOMPARE(went[2].count(), Millis{2h}.count());
    QVERIFY(journal.message(ids[4]).cause.empty());
    COMPARE_TEXT(journal.broken(), std::string());
}

/// Whether what is due next was put off is looked up in one row: all sends wait while a claim is made.
void StoreClaimLimitsTest::aScheduledBatchIsNotReadThroughForTheCap() {
    TestJournal journal;
    journal.addMany(journal.batch, 20'000, "o", morning.wall + 1h);
    ClaimRequest request{journal.account, journal.run, 10, morning};
    request.limits.perRecipient = 1;
    int looks = 0; // one every thousand steps of SQLite
    const ClaimReply reply = journal.write([&](store::WriteSession &session) {
        session.database().stopWhen([&looks] {
            ++looks;
            return false;
        });
        auto claimed = store::claimDue(session, request);
        session.database().stopWhen({});
        return claimed;
    });
    QVERIFY(reply.messages.empty());
    QVERIFY(!reply.nextIsCapped);
    QCOMPARE(toMillis(reply.nextDue.value()), toMillis(morning.wall + 1h));
    QVERIFY2(looks <= 5, qPrintable(QString::number(looks)));
}

void StoreClaimLimitsTest::theFrequencyCapSeesWhatTheSameClaimTook() {
    TestJournal journal;
    for (int i = 0; i < 6; ++i)
        journal.add("oA");
    journal.add("oB");
    ClaimRequest request{journal.account, journal.run, 100, morning};
    request.limits.perRecipient = 2;
    QCOMPARE(journal.claim(request).messages.size(), 3U);
    QVERIFY(journal.claim(request).messages.empty());
}

void StoreClaimLimitsTest::urgentMessagesPassTheFrequencyCapIfSo_data() {
    QTest::addColumn<bool>("passes");
    QTest::newRow("passes") << true;
    QTest::newRow("waits too") << false;
}

void StoreClaimLimitsTest::urgentMessagesPassTheFrequencyCapIfSo() {
    QFETCH(bool, passes);
    TestJournal journal;
    const BatchId urgent = journal.addBatch(2);
    ClaimRequest request{journal.account, journal.run, 100, morning};
    request.limits.perRecipient = 1;
    request.limits.urgentPassesPerRecipient = passes;
    for (int i = 0; i < 3; ++i)
        journal.add(urgent, TestJournal::newMessage("oA"));
    QCOMPARE(journal.claim(request).messages.size(), passes ? 3U : 1U);
    journal.add("oA");
    QVERIFY(journal.claim(request).messages.empty()); // the urgent ones count for others all the same
}

void StoreClaimLimitsTest::whatNobodyGotCountsNotTowardsTheFrequencyCap_data() {
    QTest::addColumn<MessageState>("state");
    QTest::addColumn<bool>("counts");
    QTest::newRow("accepted") << MessageState::Accepted << true;
    QTest::newRow("uncertain") << MessageState::Uncertain << true;
    QTest::newRow("being sent") << MessageState::Sending << true;
    QTest::newRow("to be repeated") << MessageState::Retrying << true;
    QTest::newRow("dead") << MessageState::Dead << false;
    QTest::newRow("queued") << MessageState::Queued << false;
}

void StoreClaimLimitsTest::whatNobodyGotCountsNotTowardsTheFrequencyCap() {
    QFETCH(MessageState, state);
    QFETCH(bool, counts);
    TestJournal journal;
    journal.addIn(state, "oA");
    if (state == MessageState::Dead) // of its content, say: the person is not on the list
        journal.exec("UPDATE message SET cause = '47003', errcode = 47003; UPDATE cause_summary SET cause = '47003'");
    const BatchId other = journal.addBatch(2);
    const MessageId id = journal.add(other, TestJournal::newMessage("oA"));
    ClaimRequest request{journal.account, journal.run, 1, later(morning, 1s)};
    request.limits.perRecipient = 1;
    request.limits.urgentPassesPerRecipient = false;
    request.limits.repeats = 0;
    if (state == MessageState::Retrying)
        journal.exec("UPDATE message SET due_at = due_at + 3600000 WHERE state = 3");
    const ClaimReply reply = journal.claim(request);
    QCOMPARE(reply.messages.size(), counts ? 0U : 1U);
    if (!counts)
        QCOMPARE(reply.messages[0].id.value, id.value);
}

void StoreClaimLimitsTest::aRepeatIsNotPostponed() {
    TestJournal journal;
    addRefused(journal, journal.batch, "oA");
    journal.finish(
        [&] {
            journal.add("oA");
            return journal.claim(ClaimRequest{journal.account, journal.run, 100, morning, 60s, morning.wall - 1h}).messages.at(0);
        }(),
        MessageState::Accepted);
    ClaimRequest request{journal.account, journal.run, 100, later(morning, 1min)};
    request.limits.perRecipient = 1;
    QCOMPARE(journal.claim(request).messages.size(), 1U); // what was begun is brought to its end
}

void StoreClaimLimitsTest::lowerPrioritiesKeepTheirShare() {
    for (const int limit : {1, 3, 10, 64}) {
        ThreePriorities journal(1200);
        std::map<BatchId, int> counts;
        int all = 0;
        while (all < 1000) {
            ClaimRequest request{journal.account, journal.run, limit, morning};
            request.limits.bulkShare = 0.05;
            request.limits.normalShare = 0.20;
            for (const auto &[batch, n] : perBatch(journal.claim(request))) {
                counts[batch] += n;
                all += n;
            }
        }
        const QString seen = QStringLiteral("claims of %1: %2 bulk, %3 normal of %4")
                                 .arg(limit).arg(counts[journal.batches[0]]).arg(counts[journal.batches[1]]).arg(all);
        QVERIFY2(std::abs(counts[journal.batches[0]] - 0.05 * all) <= 3, qPrintable(seen));
        QVERIFY2(std::abs(counts[journal.batches[1]] - 0.20 * all) <= 3, qPrintable(seen));
    }
}

void StoreClaimLimitsTest::sharesHoldWithTwoAccountsTakingTurns() {
    TestJournal journal;
    const AccountId other = journal.addAccount("other");
    const BatchId its = journal.addBatch(other, journal.addTemplate(other, 'b'));
    for (int i = 0; i < 100; ++i)
        journal.add(other, its, TestJournal::newMessage("oX" + std::to_string(i)));
    const BatchId urgent = journal.addBatch(2);
    const BatchId second = journal.addBatch(2);
    journal.addMany(journal.batch, 100, "oA");
    journal.addMany(urgent, 100, "oB");
    journal.addMany(second, 100, "oC");
    std::map<BatchId, int> counts;
    for (int i = 0; i < 60; ++i) {
        for (const AccountId account : {journal.account, other}) {
            ClaimRequest request{account, journal.run, 1, morning};
            request.limits.normalShare = 0.5;
            for (const auto &[batch, n] : perBatch(journal.claim(request)))
                counts[batch] += n;
        }
    }
    QCOMPARE(counts[its], 60);
    QVERIFY2(std::abs(counts[journal.batch] - 30) <= 2, qPrintable(QStringLiteral("normal got %1 of 60").arg(counts[journal.batch])));
    QVERIFY2(counts[urgent] >= 5 && counts[second] >= 5, qPrintable(QStringLiteral("%1 and %2").arg(counts[urgent]).arg(counts[second])));
}

void StoreClaimLimitsTest::aShareNobodyWantsIsNotLost() {
    ThreePriorities journal(2);
    journal.addMany(journal.batches[2], 100, "oMore");
    ClaimRequest request{journal.account, journal.run, 50, morning};
    request.limits.bulkShare = 0.5;
    request.limits.normalShare = 0.5;
    const auto counts = perBatch(journal.claim(request));
    QCOMPARE(counts.at(journal.batches[0]), 2);
    QCOMPARE(counts.at(journal.batches[1]), 2);
    QCOMPARE(counts.at(journal.batches[2]), 46);
}

QTEST_GUILESS_MAIN(StoreClaimLimitsTest)
#include "store_claim_limits_test.moc"
