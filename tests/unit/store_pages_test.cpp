// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/store/export_cursor.h"

#include <QTest>
#include <algorithm>
#include <map>
#include <set>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

/// A journal with many messages of every kind, and the same messages as plain values to compare with.
class Crowd {
public:
    explicit Crowd(std::uint64_t seed)
        : random(seed) {
        const TemplateRef second = journal.addTemplate(journal.account, 'b');
        const AccountId other = journal.addAccount("other");
        const TemplateRef third = journal.addTemplate(other, 'c');
        batches = {journal.batch, journal.addBatch(), journal.addBatch(journal.account, second), journal.addBatch(other, third)};
        journal.write([&](store::WriteSession &session) -> Result<void> {
            for (int i = 0; i < 600; ++i) {
                const BatchId batch = pick(batches);
                NewMessage m = TestJournal::newMessage("o" + std::to_string(below(40)));
                if (below(3) == 0) {
                    m.idempotencyKey = chance(30) ? std::to_string(i + 300) : chance(30) ? "shared" : "key" + std::to_string(i);
                    m.keyScope = m.idempotencyKey == "shared" ? i : below(3); // a key is one inside its scope
                }
                const AccountId of = batch == batches[3] ? other : journal.account;
                const auto added = store::enqueue(session, of, batch, {m}, morning.wall + Seconds{below(1000)});
                if (!added)
                    return tl::unexpected(added.error());
            }
            return {};
        });
        // States and answers by SQL: paging reads rows, it does not care how they came about.
        static const char *causes[] = {"43004", "47003", "timeout", "-1"};
        std::string sql;
        for (int i = 1; i <= 600; ++i) {
            const int state = below(11);
            sql += "UPDATE message SET state = " + std::to_string(state);
            if (state == 4 || state == 5)
                sql += ", msgid = '" + std::to_string(1700827132819554300 + below(500)) + "'";
            if (state >= 6 && state <= 8)
                sql += std::string(", cause = '") + causes[below(4)] + "', error_class = 5, errcode = -1";
            if (state >= 4)
                sql += ", finished_at = " + std::to_string(toMillis(morning.wall + Seconds{below(1000)}));
            if (state == 9 && chance(50))
                sql += ", discarded_at = 1", discarded.insert(i);
            sql += " WHERE id = " + std::to_string(i) + ";";
            for (int n = 1; n <= below(5); ++n) {
                const Try t{chance(40) ? causes[below(4)] : "", morning.wall + Seconds{below(1000)}};
                sql += "INSERT INTO attempt(message_id, n, life, run_id, phase, started_at, finished_at, cause) VALUES(" + std::to_string(i) + ", "
                    + std::to_string(n) + ", 1, 1, 3, 1, " + std::to_string(toMillis(t.at)) + ", nullif('" + t.cause + "', ''));";
                tries[i].push_back(t);
            }
        }
        journal.exec(sql
            + "DELETE FROM dead_summary; INSERT INTO dead_summary SELECT finished_at / 3600000, batch_id, state, cause, count(*) FROM message"
              " WHERE state IN (6, 7, 8) GROUP BY 1, 2, 3, 4;"
              "UPDATE message_span SET (ended_from, ended_to) = (SELECT min(finished_at), max(finished_at) FROM message WHERE id / 4096 = block)");
        auto database = journal.reader();
        for (int i = 1; i <= 600; ++i)
            all.push_back(must(store::readMessage(database, MessageId{i})));
    }

    int below(int n) { return static_cast<int>(random.next() % static_cast<std::uint64_t>(n)); }
    template <class T> T pick(const std::vector<T> &list) { return list[random.next() % list.size()]; }
    bool chance(int percent) { return below(100) < percent; }

    MessageFilter randomFilter() {
        MessageFilter f;
        if (chance(60)) {
            std::set<MessageState> states;
            for (int n = 1 + below(5); n > 0; --n)
                states.insert(pick(std::vector<MessageState>(allMessageStates.begin(), allMessageStates.end())));
            f.states.assign(states.begin(), states.end());
        }
        if (chance(20))
            f.account = pick(all).account;
        if (chance(20))
            f.templateRef = pick(all).templateRef;
        if (chance(20))
            f.batch = pick(batches);
        if (chance(20))
            f.cause = pick(all).cause;
        if (!f.cause.empty() && chance(40))
            f.cause += "," + pick(all).cause;
        if (chance(20))
            f.openid = pick(all).openid;
        if (chance(10))
            f.idempotencyKey = pick(all).idempotencyKey;
        if (chance(10))
            f.msgid = pick(all).msgid;
        if (chance(10))
            f.number = chance(30) ? std::to_string(pick(all).id.value) : chance(50) ? pick(all).msgid : pick(all).idempotencyKey;
        f.discarded = chance(5);
        if (chance(15)) {
            for (int n = 1 + below(60); n > 0; --n)
                f.ids.push_back(pick(all).id);
        }
        if (chance(25))
            f.createdFrom = morning.wall + Seconds{below(1000)};
        if (chance(25))
            f.createdTo = morning.wall + Seconds{below(1000)};
        if (chance(15))
            f.endedFrom = morning.wall + Seconds{below(1000)};
        if (chance(15))
            f.endedTo = morning.wall + Seconds{below(1000)};
        if (chance(30))
            f.failedWith = chance(30) ? MessageFilter::anyCause : pick(std::vector<std::string>{"43004", "47003", "timeout", "-1", "none", "43004,timeout"});
        if (chance(20))
            f.failedFrom = morning.wall + Seconds{below(1000)};
        if (chance(20))
            f.failedTo = morning.wall + Seconds{below(1000)};
        return f;
    }
    /// One of the causes that have commas between them.
    static bool oneOf(const std::string &causes, const std::string &cause) {
        return !cause.empty() && QString::fromStdString(causes).split(QLatin1Char(',')).contains(QString::fromStdString(cause));
    }
    bool failedAsWanted(MessageId id, const MessageFilter &f) const {
        if (f.failedWith.empty() && !f.failedFrom && !f.failedTo)
            return true;
        const auto found = tries.find(id.value);
        return found != tries.end() && std::any_of(found->second.begin(), found->second.end(), [&f](const Try &t) {
            return !t.cause.empty() && (f.failedWith.empty() || f.failedWith == MessageFilter::anyCause || oneOf(f.failedWith, t.cause))
                && (!f.failedFrom || t.at >= *f.failedFrom) && (!f.failedTo || t.at < *f.failedTo);
        });
    }
    bool matches(const Message &m, const MessageFilter &f) const {
        const auto in = [](const auto &list, const auto &value) {
            return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
        };
        return in(f.states, m.state) && in(f.ids, m.id) && (!f.account || *f.account == m.account)
            && (!f.templateRef || *f.templateRef == m.templateRef) && (!f.batch || *f.batch == m.batch)
            && (f.cause.empty() || oneOf(f.cause, m.cause)) && (f.openid.empty() || f.openid == m.openid)
            && (f.idempotencyKey.empty() || f.idempotencyKey == m.idempotencyKey)
            && (f.msgid.empty() || f.msgid == m.msgid) && (!f.createdFrom || m.createdAt >= *f.createdFrom)
            && (!f.createdTo || m.createdAt < *f.createdTo) && (!f.endedFrom || (m.finishedAt && *m.finishedAt >= *f.endedFrom))
            && (!f.endedTo || (m.finishedAt && *m.finishedAt < *f.endedTo)) && (!f.discarded || discarded.contains(m.id.value))
            && (f.number.empty() || std::to_string(m.id.value) == f.number || m.msgid == f.number || m.idempotencyKey == f.number)
            && failedAsWanted(m.id, f);
    }
    /// Ids that match, newest first: what a full sort gives.
    std::vector<std::int64_t> expected(const MessageFilter &f) const {
        std::vector<std::int64_t> ids;
        for (auto it = all.rbegin(); it != all.rend(); ++it) {
            if (matches(*it, f))
                ids.push_back(it->id.value);
        }
        return ids;
    }

    Random random;
    TestJournal journal;
    std::vector<BatchId> batches;
    std::vector<Message> all;

    struct Try {
        std::string cause; ///< empty: it did not fail
        WallTime at;
    };
    std::map<std::int64_t, std::vector<Try>> tries;
    std::set<std::int64_t> discarded;
};

std::vector<std::int64_t> allPages(store::Database &database, const MessageFilter &filter, int limit, bool &fits) {
    std::vector<std::int64_t> ids;
    PageRequest request{filter, std::nullopt, limit};
    fits = true;
    for (;;) {
        const Page page = must(store::readPage(database, request));
        for (const MessageRow &row : page.rows)
            ids.push_back(row.id.value);
        fits = fits && static_cast<int>(page.rows.size()) <= limit && (!page.more || static_cast<int>(page.rows.size()) == limit);
        if (!page.more)
            return ids;
        request.before = page.rows.back().id;
    }
}

} // namespace

class StorePagesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysetPagingEqualsAFullSort_data();
    void keysetPagingEqualsAFullSort();
    void theExportCursorReadsWhatThePagesShow_data();
    void theExportCursorReadsWhatThePagesShow();
    void rowsCarryWhatTheMessageHas();
    void aStateNamedTwiceIsOneState();
    void textFromOutsideIsNeverSql_data();
    void textFromOutsideIsNeverSql();
    void limitsAreKeptInBounds();
    void aMissingMessageIsNotFound();
    void attemptsAreNewestFirst();
    void traceIdsFindTheirMessage();
    void foreignTraceIdsFindNothing_data();
    void foreignTraceIdsFindNothing();
    void theExportCursorReadsOneSnapshot();
    void exportRowsCarryEveryColumn();
    void accountsOfBatchesAreReadFromTheNewestKnownOn();
};

void StorePagesTest::keysetPagingEqualsAFullSort_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 4; ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void StorePagesTest::keysetPagingEqualsAFullSort() {
    QFETCH(quint64, seed);
    Crowd crowd(seed);
    auto database = crowd.journal.reader();
    std::size_t found = 0;
    for (int round = 0; round < 150; ++round) {
        const MessageFilter filter = crowd.randomFilter();
        const int limit = 1 + crowd.below(90);
        bool fits = false;
        const auto ids = allPages(database, filter, limit, fits);
        const auto expected = crowd.expected(filter);
        QVERIFY2(ids == expected,
            qPrintable(QStringLiteral("seed %1 round %2: %3 rows instead of %4").arg(seed).arg(round).arg(ids.size()).arg(expected.size())));
        QVERIFY(fits);
        found += ids.size();
    }
    QVERIFY(found > 1000); // the filters were not all empty
}

void StorePagesTest::theExportCursorReadsWhatThePagesShow_data() { keysetPagingEqualsAFullSort_data(); }

void StorePagesTest::theExportCursorReadsWhatThePagesShow() {
    QFETCH(quint64, seed);
    Crowd crowd(seed + 100);
    auto database = crowd.journal.reader();
    for (int round = 0; round < 60; ++round) {
        const MessageFilter filter = crowd.randomFilter();
        auto cursor = must(store::ExportCursor::open(database, filter));
        store::ExportRow row;
        std::vector<std::int64_t> ids;
        while (must(cursor.next(row)))
            ids.push_back(row.id.value);
        auto expected = crowd.expected(filter);
        std::reverse(expected.begin(), expected.end());
        QVERIFY2(ids == expected, qPrintable(QStringLiteral("seed %1 round %2").arg(seed).arg(round)));
    }
}

void StorePagesTest::rowsCarryWhatTheMessageHas() {
    Crowd crowd(9);
    auto database = crowd.journal.reader();
    const Page page = must(store::readPage(database, {{}, std::nullopt, 10000}));
    QCOMPARE(page.rows.size(), 600U);
    for (const MessageRow &row : page.rows)
        QVERIFY(row == static_cast<const MessageRow &>(crowd.all[static_cast<std::size_t>(row.id.value - 1)]));
}

void StorePagesTest::aStateNamedTwiceIsOneState() {
    TestJournal journal;
    journal.addIn(MessageState::Dead, "oA");
    journal.add("oB");
    auto database = journal.reader();
    MessageFilter filter;
    filter.states = {MessageState::Dead, MessageState::Dead};
    QCOMPARE(must(store::readPage(database, {filter, std::nullopt, 10})).rows.size(), 1U);
    filter.states = {MessageState::Queued, MessageState::Queued};
    QCOMPARE(must(store::readPage(database, {filter, std::nullopt, 10})).rows.size(), 1U);
}

void StorePagesTest::textFromOutsideIsNeverSql_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("quote") << QStringLiteral("' OR 1=1 --");
    QTest::newRow("parameter") << QStringLiteral("?101");
    QTest::newRow("wildcard") << QStringLiteral("%");
    QTest::newRow("semicolon") << QStringLiteral("x'; DELETE FROM message; --");
}

void StorePagesTest::textFromOutsideIsNeverSql() {
    QFETCH(QString, text);
    TestJournal journal;
    journal.addIn(MessageState::Dead, "oA");
    auto database = journal.reader();
    const std::string evil = text.toStdString();
    for (std::string MessageFilter::*field :
        {&MessageFilter::cause, &MessageFilter::openid, &MessageFilter::idempotencyKey, &MessageFilter::msgid, &MessageFilter::number}) {
        MessageFilter filter;
        filter.*field = evil;
        QVERIFY(must(store::readPage(database, {filter, std::nullopt, 10})).rows.empty());
    }
    QCOMPARE(journal.number("SELECT count(*) FROM message"), 1);
}

void StorePagesTest::limitsAreKeptInBounds() {
    TestJournal journal;
    journal.addMany(journal.batch, 5);
    auto database = journal.reader();
    for (const int limit : {-5, 0, 1}) {
        const Page page = must(store::readPage(database, {{}, std::nullopt, limit}));
        QCOMPARE(page.rows.size(), 1U);
        QVERIFY(page.more);
    }
    const Page exact = must(store::readPage(database, {{}, std::nullopt, 5}));
    QCOMPARE(exact.rows.size(), 5U);
    QVERIFY(!exact.more);
    QVERIFY(must(store::readPage(database, {{}, MessageId{1}, 5})).rows.empty());
}

void StorePagesTest::aMissingMessageIsNotFound() {
    TestJournal journal;
    auto database = journal.reader();
    const auto m = store::readMessage(database, MessageId{4711});
    QVERIFY(!m);
    COMPARE_NAMED(m.error().code, ErrorCode::NotFound);
    QVERIFY(m.error().detail.find("4711") != std::string::npos);
}

void StorePagesTest::attemptsAreNewestFirst() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    for (int i = 0; i < 12; ++i)
        journal.finish(journal.claim().messages.at(0), MessageState::Retrying);
    const auto attempts = journal.attempts(id);
    QCOMPARE(attempts.size(), 12U);
    for (std::size_t i = 0; i < 12; ++i)
        QCOMPARE(attempts[i].number, 12 - static_cast<int>(i));
}

void StorePagesTest::traceIdsFindTheirMessage() {
    TestJournal journal;
    journal.exec("INSERT INTO meta VALUES('profile_nonce', '-6148914691236517206')");
    const MessageId id = journal.add("oA");
    auto database = journal.reader();
    const std::int64_t nonce = must(store::profileNonce(database));
    QCOMPARE(nonce, -6148914691236517206);
    const std::string trace = journal.message(id).traceId;
    QCOMPARE(trace.size(), 32U);
    QVERIFY(trace.find_first_not_of("0123456789abcdef") == std::string::npos);
    QCOMPARE(store::messageOfTraceId(nonce, trace).value().value, id.value);
    for (const std::int64_t value : {std::int64_t{1}, std::int64_t{4294967296}, std::int64_t{INT64_MAX}})
        QCOMPARE(store::messageOfTraceId(nonce, store::traceIdOf(nonce, MessageId{value})).value().value, value);
    // As a filter it is a page of one; one of another profile is an empty page.
    journal.add("oB");
    const auto found = [&](std::string text) {
        MessageFilter filter;
        filter.traceId = std::move(text);
        return must(store::readPage(database, {filter, std::nullopt, 10})).rows;
    };
    QCOMPARE(found(trace).size(), 1U);
    QCOMPARE(found(trace).front().id.value, id.value);
    QVERIFY(found(store::traceIdOf(nonce + 1, id)).empty());
    QVERIFY(found("no trace id").empty());
}

void StorePagesTest::foreignTraceIdsFindNothing_data() {
    QTest::addColumn<QString>("trace");
    const QString good = QString::fromStdString(store::traceIdOf(77, MessageId{5}));
    QTest::newRow("empty") << QString();
    QTest::newRow("too short") << good.left(31);
    QTest::newRow("too long") << good + QLatin1Char('0');
    QTest::newRow("another profile") << QString::fromStdString(store::traceIdOf(78, MessageId{5}));
    QTest::newRow("upper case") << QStringLiteral("000000000000004D0000000000000005");
    QTest::newRow("not hex") << good.left(31) + QLatin1Char('g');
    QTest::newRow("a sign") << good.left(16) + QStringLiteral("-000000000000005");
}

void StorePagesTest::foreignTraceIdsFindNothing() {
    QFETCH(QString, trace);
    QVERIFY(!store::messageOfTraceId(77, trace.toStdString()));
}

void StorePagesTest::theExportCursorReadsOneSnapshot() {
    TestJournal journal;
    journal.addMany(journal.batch, 300);
    auto database = journal.reader();
    auto cursor = must(store::ExportCursor::open(database, {}));
    store::ExportRow row;
    QVERIFY(must(cursor.next(row)));
    journal.addMany(journal.batch, 50, "oLater");
    for (const ClaimedMessage &claim : journal.claim(1000).messages)
        journal.finish(claim, MessageState::Accepted);
    int rows = 1;
    while (must(cursor.next(row))) {
        COMPARE_NAMED(row.state, MessageState::Queued);
        ++rows;
    }
    QCOMPARE(rows, 300);
}

void StorePagesTest::exportRowsCarryEveryColumn() {
    TestJournal journal;
    NewMessage m = TestJournal::newMessage("oA");
    m.idempotencyKey = "order-1";
    const MessageId id = journal.add(journal.batch, m);
    journal.finish(journal.claim().messages.at(0), MessageState::Retrying);
    journal.finish(journal.claim().messages.at(0), MessageState::Dead, later(morning, 3s));
    auto database = journal.reader();
    auto cursor = must(store::ExportCursor::open(database, {}));
    store::ExportRow row;
    QVERIFY(must(cursor.next(row)));
    QCOMPARE(row.id.value, id.value);
    QVERIFY(row.account == "main" && row.batch == "batch" && row.templateId == std::string(43, 'a') && row.openid == "oA");
    QVERIFY(row.clientMsgId == m.clientMsgId && row.idempotencyKey == "order-1" && row.createdBy == "tester");
    QVERIFY(row.cause == "43004" && row.msgid.empty() && row.reportStatus.empty());
    COMPARE_NAMED(row.state, MessageState::Dead);
    QCOMPARE(row.attempts, 2);
    QCOMPARE(row.errcode.value(), 43004);
    COMPARE_NAMED(row.errorClass.value(), ErrorClass::Recipient);
    QCOMPARE(toMillis(row.createdAt), toMillis(morning.wall));
    QCOMPARE(toMillis(row.firstSentAt.value()), toMillis(morning.wall));
    QCOMPARE(toMillis(row.finishedAt.value()), toMillis(morning.wall + 3s));
    QVERIFY(!row.reportedAt);
    QVERIFY(!must(cursor.next(row)));
}

void StorePagesTest::accountsOfBatchesAreReadFromTheNewestKnownOn() {
    TestJournal journal;
    const AccountId other = journal.addAccount("other");
    const BatchId second = journal.addBatch(other, journal.addTemplate(other, 'b'));
    const BatchId third = journal.addBatch();
    auto database = journal.reader();
    const auto page = must(store::readBatchAccounts(database, BatchId{}, 2));
    QCOMPARE(page.size(), std::size_t{2});
    QCOMPARE(page[0].batch.value, journal.batch.value);
    QCOMPARE(page[0].account.value, journal.account.value);
    QCOMPARE(page[1].batch.value, second.value);
    QCOMPARE(page[1].account.value, other.value);
    const auto rest = must(store::readBatchAccounts(database, second, 2));
    QCOMPARE(rest.size(), std::size_t{1});
    QCOMPARE(rest[0].batch.value, third.value);
    QVERIFY(must(store::readBatchAccounts(database, third, 2)).empty());
}

QTEST_GUILESS_MAIN(StorePagesTest)
#include "store_pages_test.moc"
