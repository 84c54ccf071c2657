// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <set>

using namespace songda;
using namespace songda::testing;

namespace {

NewMessage keyed(const std::string &openid, const std::string &key) {
    NewMessage m = TestJournal::newMessage(openid);
    m.idempotencyKey = key;
    return m;
}

/// Where a key's probe sequence begins: read from the index after storing it in a scratch journal.
std::int64_t slotOf(const std::string &key) {
    TestJournal scratch;
    scratch.add(scratch.batch, keyed("oA", key));
    return scratch.number("SELECT slot FROM idempotency");
}

} // namespace

class StoreIntakeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void messagesAreQueuedAsHandedIn();
    void idsGrowAndAreNeverShared();
    void theSameKeyGivesTheSameMessage();
    void aKeyTwiceInOneCallIsOneMessage();
    void keysBelongToTheirAccount();
    void keysBelongToWhoeverUsedThem();
    void anotherWishUnderAUsedKeyIsToldApart();
    void aWishHashedAsBeforeIsTheSame();
    void messagesWithoutAKeyAreNeverDuplicates();
    void collidingSlotsStayApart_data();
    void collidingSlotsStayApart();
    void aKeyOfALostMessageIsNotAMatch();
    void keysAreComparedByteForByte();
    void anEmptyCallChangesNothing();
    void duplicatesDoNotCount();
    void aFailedCallLeavesNoKeyBehind();
    void tenThousandKeysAreAllFound();
};

void StoreIntakeTest::messagesAreQueuedAsHandedIn() {
    TestJournal journal;
    NewMessage m = keyed("oA", "order-1");
    m.content = R"({"data":{"thing1":{"value":"订单已发货 📦"}},"url":"https://example.org/?a=1&b=2"})";
    m.dueAt = morning.wall + std::chrono::hours{2};
    m.expiresAt = morning.wall + std::chrono::hours{3};
    const auto added = journal.write([&](store::WriteSession &session) {
        return store::enqueue(session, journal.account, journal.batch, {m}, morning.wall, "li");
    });
    QCOMPARE(added.size(), 1U);
    QVERIFY(!added[0].duplicate);
    const Message read = journal.message(added[0].id);
    COMPARE_NAMED(read.state, MessageState::Queued);
    COMPARE_TEXT(read.openid, m.openid);
    COMPARE_TEXT(read.content, m.content);
    COMPARE_TEXT(read.clientMsgId, m.clientMsgId);
    COMPARE_TEXT(read.idempotencyKey, m.idempotencyKey);
    COMPARE_TEXT(read.createdBy, std::string("li"));
    COMPARE_TEXT(read.accountName, std::string("main"));
    COMPARE_TEXT(read.templateId, std::string(43, 'a'));
    QCOMPARE(toMillis(read.createdAt), toMillis(morning.wall));
    QCOMPARE(toMillis(read.dueAt), toMillis(m.dueAt));
    QCOMPARE(toMillis(read.expiresAt.value()), toMillis(*m.expiresAt));
    QCOMPARE(read.attempts, 0);
    QCOMPARE(read.life, 1);
    QVERIFY(!read.firstSentAt && !read.finishedAt && !read.ambiguous && !read.errcode);
    COMPARE_TEXT(journal.message(journal.add("oB")).createdBy, std::string("tester"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreIntakeTest::idsGrowAndAreNeverShared() {
    TestJournal journal;
    std::set<std::int64_t> seen;
    std::int64_t last = 0;
    for (int round = 0; round < 5; ++round) {
        for (const MessageId id : journal.addMany(journal.batch, 20, "o" + std::to_string(round) + "_")) {
            QVERIFY(id.value > last);
            last = id.value;
            seen.insert(id.value);
        }
    }
    QCOMPARE(seen.size(), 100U);
}

void StoreIntakeTest::theSameKeyGivesTheSameMessage() {
    TestJournal journal;
    const auto first = journal.add(journal.account, journal.batch, keyed("oA", "order-1"));
    const auto again = journal.add(journal.account, journal.batch, keyed("oA", "order-1"));
    QVERIFY(!first.duplicate);
    QVERIFY(again.duplicate);
    QCOMPARE(again.id.value, first.id.value);
    // Also through another batch, and after the message has ended.
    journal.finish(journal.claim().messages.at(0), MessageState::Accepted);
    const auto later = journal.add(journal.account, journal.addBatch(), keyed("oOther", "order-1"));
    QVERIFY(later.duplicate);
    QCOMPARE(later.id.value, first.id.value);
    QCOMPARE(journal.number("SELECT count(*) FROM message"), 1);
    QCOMPARE(journal.number("SELECT count(*) FROM payload"), 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreIntakeTest::aKeyTwiceInOneCallIsOneMessage() {
    TestJournal journal;
    const auto added = journal.write([&](store::WriteSession &session) {
        return store::enqueue(session, journal.account, journal.batch,
            {keyed("oA", "k1"), keyed("oB", "k2"), keyed("oA", "k1"), keyed("oC", "k3")}, morning.wall);
    });
    QCOMPARE(added.size(), 4U);
    QVERIFY(added[2].duplicate);
    QCOMPARE(added[2].id.value, added[0].id.value);
    QVERIFY(!added[3].duplicate);
    QCOMPARE(journal.number("SELECT count(*) FROM message"), 3);
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Queued], 3);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreIntakeTest::keysBelongToTheirAccount() {
    TestJournal journal;
    const AccountId other = journal.addAccount("other");
    const BatchId its = journal.addBatch(other, journal.addTemplate(other, 'b'));
    const auto mine = journal.add(journal.account, journal.batch, keyed("oA", "k"));
    const auto theirs = journal.add(other, its, keyed("oA", "k"));
    QVERIFY(!theirs.duplicate);
    auto database = journal.reader();
    QCOMPARE(must(store::findByKey(database, journal.account, "k")).value().value, mine.id.value);
    QCOMPARE(must(store::findByKey(database, other, "k")).value().value, theirs.id.value);
    QVERIFY(!must(store::findByKey(database, AccountId{99}, "k")));
}

void StoreIntakeTest::messagesWithoutAKeyAreNeverDuplicates() {
    TestJournal journal;
    QVERIFY(!journal.add(journal.account, journal.batch, keyed("oA", "")).duplicate);
    QVERIFY(!journal.add(journal.account, journal.batch, keyed("oA", "")).duplicate);
    QCOMPARE(journal.number("SELECT count(*) FROM idempotency"), 0);
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE idempotency_key IS NULL"), 2);
}

void StoreIntakeTest::collidingSlotsStayApart_data() {
    QTest::addColumn<int>("taken");
    QTest::newRow("one slot taken") << 1;
    QTest::newRow("five slots taken") << 5;
}

void StoreIntakeTest::collidingSlotsStayApart() {
    // Slots are 64 bits wide, so real collisions do not happen by themselves: put other keys in the way.
    QFETCH(int, taken);
    const std::int64_t slot = slotOf("k");
    TestJournal journal;
    std::vector<MessageId> strangers;
    for (int i = 0; i < taken; ++i) {
        const std::string key = "stranger" + std::to_string(i);
        strangers.push_back(journal.add(journal.batch, keyed("oS" + std::to_string(i), key)));
        journal.exec("UPDATE idempotency SET slot = " + std::to_string(slot + i)
            + " WHERE message_id = " + std::to_string(strangers.back().value));
    }
    const auto first = journal.add(journal.account, journal.batch, keyed("oA", "k"));
    QVERIFY(!first.duplicate);
    QCOMPARE(journal.number("SELECT slot FROM idempotency WHERE message_id = " + std::to_string(first.id.value)), slot + taken);
    const auto again = journal.add(journal.account, journal.batch, keyed("oA", "k"));
    QVERIFY(again.duplicate);
    QCOMPARE(again.id.value, first.id.value);
    auto database = journal.reader();
    QCOMPARE(must(store::findByKey(database, journal.account, "k")).value().value, first.id.value);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreIntakeTest::aKeyOfALostMessageIsNotAMatch() {
    TestJournal journal;
    const MessageId lost = journal.add(journal.batch, keyed("oA", "k"));
    journal.add("oB");
    const std::string id = std::to_string(lost.value);
    journal.exec("DELETE FROM message WHERE id = " + id + "; DELETE FROM payload WHERE message_id = " + id
        + "; UPDATE counter SET n = n - 1 WHERE state = 1");
    const auto again = journal.add(journal.account, journal.batch, keyed("oA", "k"));
    QVERIFY(!again.duplicate);
    QVERIFY(again.id.value != lost.value);
    auto database = journal.reader();
    QCOMPARE(must(store::findByKey(database, journal.account, "k")).value().value, again.id.value);
}

void StoreIntakeTest::keysAreComparedByteForByte() {
    TestJournal journal;
    const std::vector<std::string> keys{"k", "K", "k ", "kk", "é", "e\xcc\x81", "订单", std::string(500, 'k')};
    std::set<std::int64_t> ids;
    for (const std::string &key : keys) {
        const auto added = journal.add(journal.account, journal.batch, keyed("oA", key));
        QVERIFY(!added.duplicate);
        ids.insert(added.id.value);
    }
    QCOMPARE(ids.size(), keys.size());
    auto database = journal.reader();
    for (const std::string &key : keys)
        QVERIFY(must(store::findByKey(database, journal.account, key)).has_value());
}

void StoreIntakeTest::anEmptyCallChangesNothing() {
    TestJournal journal;
    const auto added = journal.write([&](store::WriteSession &session) {
        return store::enqueue(session, journal.account, journal.batch, {}, morning.wall);
    });
    QVERIFY(added.empty());
    QCOMPARE(journal.number("SELECT count(*) FROM counter"), 0);
}

void StoreIntakeTest::duplicatesDoNotCount() {
    TestJournal journal;
    for (int i = 0; i < 5; ++i)
        journal.add(journal.batch, keyed("oA", "k"));
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Queued], 1);
    QCOMPARE(journal.number("SELECT n FROM counter WHERE state = 1"), 1);
}

void StoreIntakeTest::aFailedCallLeavesNoKeyBehind() {
    TestJournal journal;
    const auto done = journal.writer->submitAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto added = store::enqueue(session, journal.account, journal.batch, {keyed("oA", "k")}, morning.wall);
        if (!added)
            return tl::unexpected(added.error());
        return fail(ErrorCode::InvalidInput, "the caller thought better of it");
    });
    QVERIFY(!done);
    QVERIFY(!journal.add(journal.account, journal.batch, keyed("oA", "k")).duplicate);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreIntakeTest::tenThousandKeysAreAllFound() {
    TestJournal journal;
    std::vector<NewMessage> messages;
    for (int i = 0; i < 10'000; ++i)
        messages.push_back(keyed("o" + std::to_string(i), "key-" + std::to_string(i)));
    const auto enqueue = [&](store::WriteSession &session) {
        return store::enqueue(session, journal.account, journal.batch, messages, morning.wall);
    };
    const auto first = journal.write(enqueue);
    const auto second = journal.write(enqueue);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        QVERIFY(!first[i].duplicate);
        QVERIFY(second[i].duplicate);
        QCOMPARE(second[i].id.value, first[i].id.value);
    }
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreIntakeTest::keysBelongToWhoeverUsedThem() {
    TestJournal journal;
    const auto add = [&](std::int64_t scope) {
        NewMessage m = keyed("oA", "order-1");
        m.keyScope = scope;
        return journal.write([&](store::WriteSession &s) { return store::enqueue(s, journal.account, journal.batch, {m}, morning.wall); }).front();
    };
    const auto people = add(0);
    const auto orders = add(17);
    const auto parcels = add(-17);
    QVERIFY(!people.duplicate && !orders.duplicate && !parcels.duplicate);
    QVERIFY(add(17).duplicate);
    QCOMPARE(add(17).id.value, orders.id.value);
    QCOMPARE(add(0).id.value, people.id.value);
    journal.write([&](store::WriteSession &s) -> Result<void> {
        const auto found = store::findByKey(s.database(), journal.account, "order-1", -17);
        if (!found || *found != parcels.id)
            return fail(ErrorCode::Internal, "not found");
        return {};
    });
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreIntakeTest::anotherWishUnderAUsedKeyIsToldApart() {
    TestJournal journal;
    const auto add = [&](std::optional<std::int64_t> hash) {
        NewMessage m = keyed("oA", "order-1");
        m.requestHash = hash;
        return journal.write([&](store::WriteSession &s) { return store::enqueue(s, journal.account, journal.batch, {m}, morning.wall); }).front();
    };
    const auto first = add(5);
    QVERIFY(!first.duplicate && first.sameRequest);
    const auto again = add(5);
    QVERIFY(again.duplicate && again.sameRequest);
    QCOMPARE(again.batch.value, journal.batch.value);
    const auto other = add(6);
    QVERIFY(other.duplicate && !other.sameRequest);
    QCOMPARE(other.id.value, first.id.value);
}

void StoreIntakeTest::aWishHashedAsBeforeIsTheSame() {
    TestJournal journal;
    const auto add = [&](std::int64_t hash, std::optional<std::int64_t> earlier) {
        NewMessage m = keyed("oA", "order-1");
        m.requestHash = hash;
        m.earlierHash = earlier;
        return journal.add(journal.account, journal.batch, m);
    };
    add(1, {}); // stored by a version that hashed otherwise
    QVERIFY(add(2, 1).sameRequest);
    QVERIFY(!add(2, {}).sameRequest);
    QVERIFY(!add(2, 3).sameRequest);
}

QTEST_GUILESS_MAIN(StoreIntakeTest)
#include "store_intake_test.moc"
