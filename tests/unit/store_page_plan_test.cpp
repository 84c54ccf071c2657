// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a page is reached: not by walking through what does not belong to it, whatever it is asked by.
#include "tests/simulation/test_journal.h"

#include "engine/store/desk_acts.h"
#include "engine/store/export_cursor.h"

#include <QTest>
#include <functional>
#include <memory>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

constexpr int crowd = 20'000;

/// Batches, oldest first: an old one of another account, of which two died and one has a key; a crowd that was accepted; a crowd
/// of which a few still wait; single messages of a third template between all of them, one of which is dead.
class Years {
public:
    Years() {
        other = journal.addAccount("other");
        old = journal.addBatch(other, journal.addTemplate(other, 'c'));
        single = journal.addBatch(journal.account, journal.addTemplate(journal.account, 's'), 1, BatchKind::Single);
        add(other, old, 100, morning.wall - 24h * 300, 4);
        journal.exec("UPDATE message SET state = 7, cause = 'rare' WHERE id IN (5, 50)");
        add(journal.account, single, 5, morning.wall - 24h * 200, 4);
        add(journal.account, journal.batch, crowd / 2, morning.wall - 24h * 100, 4);
        add(journal.account, single, 5, morning.wall - 24h * 50, 4);
        add(journal.account, journal.addBatch(), crowd / 2, morning.wall, 1);
        add(journal.account, single, 5, morning.wall, 4);
        journal.exec("UPDATE message SET state = 7, cause = '43004' WHERE id % 3 = 0 AND batch_id = " + std::to_string(journal.batch.value)
            + "; UPDATE message SET state = 7, cause = '43004' WHERE id = 103;"
              "UPDATE message SET finished_at = created_at WHERE state > 3;"
              "DELETE FROM counter; INSERT INTO counter SELECT state, batch_id, count(*) FROM message GROUP BY 1, 2;"
              "INSERT INTO dead_summary SELECT finished_at / 3600000, batch_id, state, cause, count(*) FROM message WHERE state = 7 GROUP BY 1, 2, 3, 4;"
              "UPDATE message_span SET (ended_from, ended_to) = (SELECT min(finished_at), max(finished_at) FROM message WHERE id BETWEEN block * 4096 AND block * 4096 + 4095)");
    }

    TestJournal journal;
    AccountId other;
    BatchId old, single;

private:
    void add(AccountId account, BatchId batch, int count, WallTime at, int state) {
        std::vector<NewMessage> messages;
        for (int i = 0; i < count; ++i)
            messages.push_back(TestJournal::newMessage("o" + std::to_string(i)));
        if (batch == old)
            messages[7].idempotencyKey = "202601311234";
        journal.write([&](store::WriteSession &session) { return store::enqueue(session, account, batch, messages, at); });
        if (state != 1)
            journal.exec("UPDATE message SET state = 4, msgid = id WHERE state = 1 AND batch_id = " + std::to_string(batch.value));
    }
};

using Change = std::function<void(MessageFilter &, const Years &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class StorePagePlanTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_years = std::make_unique<Years>(); }
    void cleanupTestCase() { m_years.reset(); }
    void aPageIsReadWithoutAWalk_data();
    void aPageIsReadWithoutAWalk();
    void manyBatchesAreOnePage();
    void anActOnAnOldBatchDoesNotWalkEither();
    void oneMessageOrOnePersonIsExportedWithoutAWalk();
    void anUnwantedQuestionEnds();

private:
    std::unique_ptr<Years> m_years;
};

void StorePagePlanTest::aPageIsReadWithoutAWalk_data() {
    using S = MessageState;
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("rows");
    const auto row = [](const char *name, int rows, Change change) { QTest::newRow(name) << std::move(change) << rows; };
    row("everything", 50, [](MessageFilter &, const Years &) {});
    row("a key", 1, [](MessageFilter &f, const Years &) { f.idempotencyKey = "202601311234"; });
    row("a key that nobody has", 0, [](MessageFilter &f, const Years &) { f.idempotencyKey = "no such key"; });
    row("digits", 1, [](MessageFilter &f, const Years &) { f.number = "202601311234"; });
    row("digits that are nothing", 0, [](MessageFilter &f, const Years &) { f.number = "99999999999"; });
    row("waiting for a repeat, and nothing does", 0, [](MessageFilter &f, const Years &) { f.states = {S::Retrying}; });
    row("waiting", 50, [](MessageFilter &f, const Years &) { f.states = {S::Queued, S::Retrying}; });
    row("accepted, under a crowd that waits", 50, [](MessageFilter &f, const Years &) { f.states = {S::Accepted, S::Delivered}; });
    row("delivered, and nothing is", 0, [](MessageFilter &f, const Years &) { f.states = {S::Delivered}; });
    row("an old batch", 50, [](MessageFilter &f, const Years &y) { f.batch = y.old; });
    row("what waits of an old batch", 0, [](MessageFilter &f, const Years &y) {
        f.batch = y.old;
        f.states = {S::Held, S::Queued, S::Retrying};
    });
    row("the dead of an old batch", 2, [](MessageFilter &f, const Years &y) {
        f.batch = y.old;
        f.states = {S::Dead};
    });
    row("another account", 50, [](MessageFilter &f, const Years &y) { f.account = y.other; });
    row("the dead of another account", 2, [](MessageFilter &f, const Years &y) {
        f.account = y.other;
        f.states = {S::Dead, S::Undelivered, S::Uncertain};
    });
    row("a template between all others", 15, [](MessageFilter &f, const Years &) { f.templateRef = TemplateRef{3}; });
    row("what was accepted of it", 14, [](MessageFilter &f, const Years &) {
        f.templateRef = TemplateRef{3};
        f.states = {S::Accepted, S::Delivered};
    });
    row("the dead of it", 1, [](MessageFilter &f, const Years &) {
        f.templateRef = TemplateRef{3};
        f.states = {S::Dead};
    });
    row("a cause among many", 2, [](MessageFilter &f, const Years &) {
        f.states = {S::Dead};
        f.cause = "rare";
    });
    row("a cause of a state that has it not", 0, [](MessageFilter &f, const Years &) {
        f.states = {S::Uncertain};
        f.cause = "43004";
    });
    row("discarded, and nothing is", 0, [](MessageFilter &f, const Years &) {
        f.states = {S::Cancelled};
        f.discarded = true;
    });
    row("until long ago", 50, [](MessageFilter &f, const Years &) { f.createdTo = morning.wall - 24h * 250; });
    row("since then, for a while", 5, [](MessageFilter &f, const Years &) {
        f.createdFrom = morning.wall - 24h * 60;
        f.createdTo = morning.wall - 24h * 40;
    });
    row("dead in a while without any", 0, [](MessageFilter &f, const Years &) {
        f.states = {S::Dead};
        f.endedFrom = morning.wall - 1h;
    });
    row("dead long ago", 2, [](MessageFilter &f, const Years &) {
        f.states = {S::Dead, S::Undelivered, S::Uncertain};
        f.endedTo = morning.wall - 24h * 250;
    });
    row("ended long ago", 50, [](MessageFilter &f, const Years &) { f.endedTo = morning.wall - 24h * 250; });
}

namespace {

/// How many thousands of SQLite's steps `read` takes; no clock has a say.
template <class Read> int stepsOf(store::Database &database, Read read) {
    int looks = 0;
    database.stopWhen([&looks] {
        ++looks;
        return false;
    });
    read();
    database.stopWhen({});
    return looks;
}

} // namespace

void StorePagePlanTest::aPageIsReadWithoutAWalk() {
    QFETCH(Change, change);
    QFETCH(int, rows);
    MessageFilter filter;
    change(filter, *m_years);
    auto database = m_years->journal.reader();
    std::size_t found = 0;
    const int steps = stepsOf(database, [&] { found = must(store::readPage(database, {filter, std::nullopt, 50})).rows.size(); });
    QCOMPARE(found, static_cast<std::size_t>(rows));
    // A walk through half of the crowd takes more than fifty.
    QVERIFY2(steps <= 30, qPrintable(QString::number(steps)));
}

void StorePagePlanTest::manyBatchesAreOnePage() {
    TestJournal journal;
    const TemplateRef other = journal.addTemplate(journal.account, 'b');
    std::vector<BatchId> batches;
    for (int i = 0; i < 60; ++i)
        batches.push_back(journal.addBatch(journal.account, i % 2 == 0 ? other : journal.templateRef));
    std::vector<std::int64_t> expected;
    for (int i = 0; i < 400; ++i) {
        const BatchId batch = batches[static_cast<std::size_t>(i * 7 % 60)];
        const MessageId id = journal.add(batch, TestJournal::newMessage("o" + std::to_string(i)));
        if (i * 7 % 60 % 2 == 0)
            expected.insert(expected.begin(), id.value);
    }
    auto database = journal.reader();
    MessageFilter filter;
    filter.templateRef = other;
    std::vector<std::int64_t> ids;
    PageRequest request{filter, std::nullopt, 30};
    for (;;) {
        const Page page = must(store::readPage(database, request));
        for (const MessageRow &row : page.rows)
            ids.push_back(row.id.value);
        if (!page.more)
            break;
        request.before = page.rows.back().id;
    }
    QCOMPARE(ids, expected);
}

void StorePagePlanTest::anActOnAnOldBatchDoesNotWalkEither() {
    store::ActRequest request;
    request.act = store::DeskAct::Cancel;
    request.filter.batch = m_years->old;
    int steps = 0;
    m_years->journal.write([&](store::WriteSession &session) -> Result<store::ActChunk> {
        Result<store::ActChunk> chunk = store::ActChunk{};
        steps = stepsOf(session.database(), [&] { chunk = store::actOnChunk(session, request, morning); });
        return chunk;
    });
    QVERIFY2(steps <= 30, qPrintable(QString::number(steps)));
}

void StorePagePlanTest::oneMessageOrOnePersonIsExportedWithoutAWalk() {
    MessageFilter byMsgid;
    byMsgid.msgid = "150";
    MessageFilter byPerson; // of whom every batch and every round of single messages has one
    byPerson.recipientOf = MessageId{1};
    for (const auto &[filter, rows] : {std::pair(byMsgid, 1), std::pair(byPerson, 6)}) {
        auto database = m_years->journal.reader();
        int found = 0;
        const int steps = stepsOf(database, [&database, &found, &wanted = filter] {
            auto cursor = must(store::ExportCursor::open(database, wanted));
            MessageId last;
            for (store::ExportRow row; must(cursor.next(row)); last = row.id) {
                if (last < row.id)
                    ++found;
            }
        });
        QCOMPARE(found, rows);
        QVERIFY2(steps <= 30, qPrintable(QString::number(steps)));
    }
}

void StorePagePlanTest::anUnwantedQuestionEnds() {
    auto database = m_years->journal.reader();
    int looks = 0;
    database.stopWhen([&looks] { return ++looks == 3; });
    const auto ended = database.scalar("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
    QVERIFY(!ended);
    COMPARE_NAMED(ended.error().code, ErrorCode::Cancelled);
    // The connection is as good as before.
    database.stopWhen({});
    QCOMPARE(must(store::readPage(database, {{}, std::nullopt, 50})).rows.size(), 50U);
}

QTEST_GUILESS_MAIN(StorePagePlanTest)
#include "store_page_plan_test.moc"
