// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person looks for: the messages of an act, acts by what they say, batches by their name; however much there is.
#include "tests/simulation/compare.h"
#include "tests/simulation/test_journal.h"

#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"
#include "engine/store/replays.h"

#include <QElapsedTimer>
#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

AuditId record(TestJournal &journal, const char *who, const char *act, const std::string &object, const char *reason, WallTime at = morning.wall) {
    return journal.write([&](store::WriteSession &session) { return store::recordAct(session, {who, reason}, act, object, 1, at); });
}

std::string numbers(const std::vector<MessageRow> &rows) {
    std::string text;
    for (const MessageRow &row : rows)
        text += (text.empty() ? "" : " ") + std::to_string(row.id.value);
    return text;
}

std::string acts(const AuditFound &found) {
    std::string text;
    for (const AuditEntry &act : found.acts)
        text += (text.empty() ? "" : " ") + std::to_string(act.id.value);
    return text;
}

void nothing(AuditEntry &) {}

std::string found(TestJournal &journal, const AuditSearch &search) {
    auto database = journal.reader();
    return acts(must(store::findAudit(database, search, nothing)));
}

} // namespace

class StoreSearchesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theMessagesOfAnActArePages();
    void theMessagesOfAReplayAreWhatItHasSentAgain();
    void aPageOfAnActCostsTheSameAtAnyDepth();
    void actsAreFoundByWhatTheySay();
    void aLookBackIsBounded();
    void whatIsMaskedIsNotFoundOut();
    void batchesAreFoundAtAnyAge();
    void aRowCarriesTheNameOfItsBatch();
    void manyBatchesHaveTheirOwnSums();
};

void StoreSearchesTest::theMessagesOfAnActArePages() {
    TestJournal journal;
    const auto ids = journal.addMany(journal.batch, 25, "o");
    const AuditId act = record(journal, "li", "message.hold", "id:1", "why");
    const AuditId other = record(journal, "li", "message.hold", "id:2", "why");
    journal.write([&](store::WriteSession &session) -> Result<void> {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (i % 2 == 0)
                SONGDA_TRY(store::recordTouched(session, i < 20 ? act : other, ids[i], MessageState::Queued));
        }
        return {};
    });
    auto database = journal.reader();
    PageRequest request;
    request.filter.act = act;
    request.limit = 4;
    std::string seen;
    for (;;) {
        const auto page = must(store::readPage(database, request));
        seen += numbers(page.rows) + (page.more ? " " : "");
        if (!page.more)
            break;
        request.before = page.rows.back().id;
    }
    COMPARE_TEXT(seen, std::string("19 17 15 13 11 9 7 5 3 1"));
    // Together with other conditions, and where all of a list is read.
    request.before.reset();
    request.limit = 100;
    request.filter.states = {MessageState::Held};
    QVERIFY(must(store::readPage(database, request)).rows.empty());
    request.filter.states = {MessageState::Queued, MessageState::Dead};
    QCOMPARE(must(store::readPage(database, request)).rows.size(), 10U);
    request.filter.openid = must(store::readMessage(database, ids[4])).openid;
    COMPARE_TEXT(numbers(must(store::readPage(database, request)).rows), std::string("5"));
    MessageFilter all;
    all.act = other;
    all.states = {MessageState::Queued};
    QCOMPARE(must(store::freeze(database, all, morning, journal.run, "boot-1")).size(), 3);
}

void StoreSearchesTest::theMessagesOfAReplayAreWhatItHasSentAgain() {
    TestJournal journal;
    journal.addMany(journal.batch, 10, "o");
    for (const ClaimedMessage &claim : journal.claim(10).messages)
        journal.finish(claim, MessageState::Dead);
    auto database = journal.reader();
    MessageFilter some;
    some.ids = {MessageId{2}, MessageId{3}, MessageId{5}, MessageId{8}};
    const auto plan = must(store::freeze(database, some, morning, journal.run, "boot-1"));
    ReplayOptions options;
    options.reason = "mended";
    options.ladder.steps = {1, 2};
    const auto id = journal.write([&](store::WriteSession &session) { return store::insertReplay(session, plan, "id:2,3,5,8", options, {"li", "mended"}, morning.wall); });
    store::PaceTime paceFrom;
    journal.write([&](store::WriteSession &session) { return store::workOnReplay(session, id, {journal.run, "boot-1", "engine"}, paceFrom, later(morning, 1s)); });
    PageRequest request;
    request.filter.replay = id;
    COMPARE_TEXT(numbers(must(store::readPage(database, request)).rows), std::string("2")); // its first step
    request.filter.replay = ReplayId{99};
    QVERIFY(must(store::readPage(database, request)).rows.empty());
    // Past ones are read by keys, too.
    const auto second = journal.write([&](store::WriteSession &session) { return store::insertReplay(session, plan, "x", options, {"li", "again"}, morning.wall); });
    const auto newest = must(store::readReplays(database, 1));
    QCOMPARE(newest.front().id.value, second.value);
    const auto before = must(store::readReplays(database, 10, newest.front().id));
    QCOMPARE(before.size(), 1U);
    QCOMPARE(before.front().id.value, id.value);
}

void StoreSearchesTest::aPageOfAnActCostsTheSameAtAnyDepth() {
    TestJournal journal;
    constexpr int many = 60'000;
    journal.addMany(journal.batch, many, "o");
    const AuditId act = record(journal, "li", "message.hold", "everything", "why");
    journal.exec("INSERT INTO audit_item(audit_id, message_id, old_state) SELECT " + std::to_string(act.value) + ", id, 1 FROM message");
    auto database = journal.reader();
    auto statement = must(store::Statement::prepare(database.handle(),
        "EXPLAIN QUERY PLAN SELECT m.id FROM audit_item touched CROSS JOIN message m ON m.id = touched.message_id"
        " WHERE touched.audit_id = 1 AND touched.message_id < 5 ORDER BY touched.message_id DESC LIMIT 5"));
    std::string plan;
    while (must(statement.step()))
        plan += statement.string(3) + "; ";
    QVERIFY2(plan.find("TEMP B-TREE") == std::string::npos && plan.find("SCAN") == std::string::npos, plan.c_str());
    // And what is really asked gives the middle and the end as readily as the beginning.
    for (const std::int64_t before : {INT64_MAX, static_cast<std::int64_t>(many / 2), std::int64_t{201}}) {
        PageRequest request;
        request.filter.act = act;
        request.before = MessageId{before};
        const auto page = must(store::readPage(database, request));
        QCOMPARE(page.rows.size(), 200U);
        QCOMPARE(page.rows.front().id.value, std::min<std::int64_t>(before - 1, many));
    }
}

void StoreSearchesTest::actsAreFoundByWhatTheySay() {
    TestJournal journal;
    const auto before = record(journal, "system", "engine.pause", "engine", "").value;
    record(journal, "Anna Li", "message.hold", "state:queued", "客户投诉：暂停"); // +1
    record(journal, "anna li", "batch.pause", "batch 7", "looks wrong"); // +2
    record(journal, "Bo", "message.discard", "code:43004 id:5", "Test orders", later(morning, 1h).wall); // +3
    record(journal, "Bo", "account.hold", "100%_sure", "x", later(morning, 2h).wall); // +4
    const auto n = [&](std::int64_t plus) { return std::to_string(before + plus); };
    COMPARE_TEXT(found(journal, {}), n(4) + " " + n(3) + " " + n(2) + " " + n(1) + " " + n(0));
    AuditSearch search;
    search.who = "ANNA";
    COMPARE_TEXT(found(journal, search), n(2) + " " + n(1));
    search.act = "message.";
    COMPARE_TEXT(found(journal, search), n(1));
    search = {};
    search.act = "message.hold";
    COMPARE_TEXT(found(journal, search), n(1));
    search.act = "message";
    COMPARE_TEXT(found(journal, search), std::string());
    search = {};
    search.object = "%_";
    COMPARE_TEXT(found(journal, search), n(4));
    search = {};
    search.reason = "投诉";
    COMPARE_TEXT(found(journal, search), n(1));
    search = {};
    search.reason = "test";
    search.who = "bo";
    search.object = "43004";
    COMPARE_TEXT(found(journal, search), n(3));
    search = {};
    search.since = later(morning, 1h).wall;
    COMPARE_TEXT(found(journal, search), n(4) + " " + n(3));
    // By keys: nothing twice, nothing left out.
    auto database = journal.reader();
    search = {};
    search.limit = 2;
    std::string seen;
    for (int pages = 0; pages < 10; ++pages) {
        const auto part = must(store::findAudit(database, search, nothing));
        seen += acts(part) + "|";
        if (!part.next)
            break;
        search.before = part.next;
    }
    COMPARE_TEXT(seen, n(4) + " " + n(3) + "|" + n(2) + " " + n(1) + "|" + n(0) + "|");
}

void StoreSearchesTest::aLookBackIsBounded() {
    TestJournal journal;
    const AuditId first = record(journal, "rare", "account.add", "x", "");
    journal.exec("WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 50000)"
                 " INSERT INTO audit(at, who, act, object, reason, n) SELECT 0, 'often', 'message.send', 'message ' || n, '', 1 FROM i");
    auto database = journal.reader();
    AuditSearch search;
    search.who = "rare";
    int looks = 0;
    for (;; ++looks) {
        const auto part = must(store::findAudit(database, search, nothing));
        if (!part.acts.empty()) {
            QCOMPARE(part.acts.front().id.value, first.value);
            QVERIFY(!part.next);
            break;
        }
        QVERIFY(part.next && looks < 10);
        search.before = part.next;
    }
    QCOMPARE(looks, 2); // 20,000 acts each
}

void StoreSearchesTest::whatIsMaskedIsNotFoundOut() {
    TestJournal journal;
    const AuditId act = record(journal, "li", "recipient.lift", "main oSecretPerson", "she asked");
    auto database = journal.reader();
    const auto mask = [](AuditEntry &entry) { entry.object = "main o..."; };
    AuditSearch search;
    search.object = "secret";
    COMPARE_TEXT(acts(must(store::findAudit(database, search, nothing))), std::to_string(act.value));
    COMPARE_TEXT(acts(must(store::findAudit(database, search, mask))), std::string());
}

void StoreSearchesTest::batchesAreFoundAtAnyAge() {
    TestJournal journal;
    const auto named = [&](const std::string &name, const std::string &by, BatchKind kind = BatchKind::Import) {
        Batch b;
        b.account = journal.account;
        b.templateRef = journal.templateRef;
        b.kind = kind;
        b.name = name;
        b.createdBy = by;
        b.createdAt = morning.wall;
        return journal.write([&](store::WriteSession &session) { return store::insertBatch(session, b); });
    };
    const BatchId old = named("Spring 100%", "anna");
    const BatchId stream = named("", "", BatchKind::Single);
    for (int i = 0; i < 1200; ++i)
        named("daily " + std::to_string(i), "bo");
    journal.addMany(old, 3, "oA");
    auto database = journal.reader();
    const auto ids = [&](const BatchSearch &search) {
        std::string text;
        for (const Batch &b : must(store::findBatches(database, search)))
            text += (text.empty() ? "" : " ") + std::to_string(b.id.value);
        return text;
    };
    BatchSearch search;
    search.text = "spring";
    COMPARE_TEXT(ids(search), std::to_string(old.value));
    search.text = "0%";
    COMPARE_TEXT(ids(search), std::to_string(old.value));
    search.text = "ANNA";
    COMPARE_TEXT(ids(search), std::to_string(old.value));
    search.text = std::to_string(old.value);
    search.limit = 10'000;
    QVERIFY(ids(search).ends_with(std::to_string(old.value)));
    QCOMPARE(must(store::batchNamed(database, "SPRING 100%")).value().value, old.value);
    QVERIFY(!must(store::batchNamed(database, "spring")));
    // What waits, among what is older than the newest.
    search = {};
    search.waiting = true;
    COMPARE_TEXT(ids(search), std::to_string(old.value));
    QCOMPARE(must(store::findBatches(database, search)).front().counts.waiting(), 3);
    // By keys to the very first one; streams only when they are wanted.
    search = {};
    std::int64_t seen = 0;
    for (;;) {
        const auto page = must(store::findBatches(database, search));
        if (page.empty())
            break;
        seen += static_cast<std::int64_t>(page.size());
        search.before = page.back().id;
    }
    QCOMPARE(seen, 1202); // with the one of the journal
    search = {};
    search.withSingles = true;
    search.before = BatchId{stream.value + 1};
    search.limit = 1;
    COMPARE_TEXT(ids(search), std::to_string(stream.value));
}

void StoreSearchesTest::aRowCarriesTheNameOfItsBatch() {
    TestJournal journal;
    journal.add("oA");
    auto database = journal.reader();
    COMPARE_TEXT(must(store::readPage(database, {})).rows.front().batchName, std::string("batch"));
    COMPARE_TEXT(must(store::readMessage(database, MessageId{1})).batchName, std::string("batch"));
}

void StoreSearchesTest::manyBatchesHaveTheirOwnSums() {
    TestJournal journal;
    std::vector<BatchId> batches;
    for (int i = 0; i < 7; ++i) {
        batches.push_back(journal.addBatch());
        journal.addMany(batches.back(), i, "o" + std::to_string(i));
    }
    auto database = journal.reader();
    const auto read = must(store::readBatches(database, 4));
    QCOMPARE(read.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i)
        QCOMPARE(read[i].counts.total(), 6 - static_cast<std::int64_t>(i));
    QCOMPARE(must(store::readBatch(database, batches[2])).counts.total(), 2);
}

QTEST_GUILESS_MAIN(StoreSearchesTest)
#include "store_searches_test.moc"
