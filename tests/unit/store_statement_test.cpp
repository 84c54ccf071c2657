// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <limits>

using namespace songda;
using namespace songda::testing;
using store::Statement;

class StoreStatementTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesAreStoredAsWhatTheyAre();
    void integersKeepEveryBit_data();
    void integersKeepEveryBit();
    void emptyTextIsNotNull();
    void textKeepsNulAndForeignScripts();
    void absentValuesAreNull();
    void enumerationsAndIdsAreNumbers();
    void strictTablesRefuseTheWrongType_data();
    void strictTablesRefuseTheWrongType();
    void everyTableIsStrict();
    void bindAllStartsAnew();
    void aScopeEndsTheReadSnapshot();
    void severalStatementsRunInOneExec();
    void anErrorNamesWhatSqliteSaid();
    void cachedStatementsAreTheSameObject();
};

void StoreStatementTest::valuesAreStoredAsWhatTheyAre() {
    TestJournal journal;
    journal.exec("CREATE TABLE any_value(n INTEGER, v)");
    journal.write([](store::WriteSession &session) -> Result<void> {
        auto insert = session.sql("INSERT INTO any_value VALUES(?1, ?2)");
        if (!insert)
            return tl::unexpected(insert.error());
        Statement &s = **insert;
        SONGDA_TRY(s.bindAll(1, std::int64_t{1}).run());
        SONGDA_TRY(s.bindAll(2, 1).run());
        SONGDA_TRY(s.bindAll(3, true).run());
        SONGDA_TRY(s.bindAll(4, 1.5).run());
        SONGDA_TRY(s.bindAll(5, std::string("1")).run());
        SONGDA_TRY(s.bindAll(6, std::string_view("1")).run());
        SONGDA_TRY(s.bindAll(7, "1").run());
        SONGDA_TRY(s.bindAll(8, nullptr).run());
        SONGDA_TRY(s.bindAll(9, morning.wall).run());
        SONGDA_TRY(s.bindAll(10, MessageState::Dead).run());
        SONGDA_TRY(s.bindAll(11, MessageId{3}).run());
        SONGDA_TRY(s.bindAll(12, std::optional<std::string>("x")).run());
        SONGDA_TRY(s.bindAll(13, std::optional<WallTime>()).run());
        return {};
    });
    COMPARE_TEXT(journal.list("SELECT typeof(v) FROM any_value ORDER BY n"),
        std::string("integer integer integer real text text text null integer integer integer text null"));
}

void StoreStatementTest::integersKeepEveryBit_data() {
    QTest::addColumn<qint64>("value");
    QTest::newRow("zero") << qint64{0};
    QTest::newRow("minus one") << qint64{-1};
    QTest::newRow("above 2^53") << qint64{1700827132819554305};
    QTest::newRow("largest") << std::numeric_limits<qint64>::max();
    QTest::newRow("smallest") << std::numeric_limits<qint64>::min();
}

void StoreStatementTest::integersKeepEveryBit() {
    QFETCH(qint64, value);
    TestJournal journal;
    auto database = journal.reader();
    auto statement = must(Statement::prepare(database.handle(), "SELECT ?1"));
    statement.bindAll(static_cast<std::int64_t>(value));
    QVERIFY(must(statement.step()));
    QCOMPARE(statement.integer(0), value);
}

void StoreStatementTest::emptyTextIsNotNull() {
    TestJournal journal;
    auto database = journal.reader();
    auto statement = must(Statement::prepare(database.handle(), "SELECT typeof(?1), length(?1)"));
    for (const std::string_view empty : {std::string_view(), std::string_view("")}) {
        statement.bindAll(empty);
        QVERIFY(must(statement.step()));
        COMPARE_TEXT(statement.string(0), std::string("text"));
        QCOMPARE(statement.integer(1), 0);
    }
}

void StoreStatementTest::textKeepsNulAndForeignScripts() {
    TestJournal journal;
    auto database = journal.reader();
    auto statement = must(Statement::prepare(database.handle(), "SELECT ?1"));
    for (const std::string &text : {std::string("订单已发货 📦"), std::string("a\0b", 3), std::string(100'000, 'x')}) {
        statement.bindAll(text);
        QVERIFY(must(statement.step()));
        QVERIFY(statement.text(0) == text);
    }
}

void StoreStatementTest::absentValuesAreNull() {
    TestJournal journal;
    auto database = journal.reader();
    auto statement = must(Statement::prepare(database.handle(), "SELECT ?1, ?2"));
    statement.bindAll(std::optional<std::int64_t>(), nullptr);
    QVERIFY(must(statement.step()));
    QVERIFY(statement.isNull(0));
    QVERIFY(!statement.optionalInteger(0));
    QVERIFY(!statement.optionalTime(1));
    QVERIFY(statement.text(0).empty());
    QVERIFY(!must(statement.step()));
}

void StoreStatementTest::enumerationsAndIdsAreNumbers() {
    TestJournal journal;
    auto database = journal.reader();
    auto statement = must(Statement::prepare(database.handle(), "SELECT ?1, ?2, ?3"));
    for (const MessageState state : allMessageStates) {
        statement.bindAll(state, BatchId{77}, morning.wall);
        QVERIFY(must(statement.step()));
        QVERIFY(messageStateFromNumber(statement.integer(0)) == state);
        QCOMPARE(statement.id<BatchId>(1).value, 77);
        QCOMPARE(toMillis(statement.time(2)), toMillis(morning.wall));
    }
}

void StoreStatementTest::strictTablesRefuseTheWrongType_data() {
    QTest::addColumn<QString>("sql");
    QTest::newRow("text as time") << QStringLiteral("UPDATE message SET due_at = 'tomorrow'");
    QTest::newRow("text as state") << QStringLiteral("UPDATE message SET state = 'queued'");
    QTest::newRow("fraction as count") << QStringLiteral("UPDATE message SET attempts = 1.5");
    QTest::newRow("blob as openid") << QStringLiteral("UPDATE message SET openid = x'00'");
    QTest::newRow("null as openid") << QStringLiteral("UPDATE message SET openid = NULL");
    QTest::newRow("text as rate") << QStringLiteral("UPDATE account SET rate = 'fast'");
}

void StoreStatementTest::strictTablesRefuseTheWrongType() {
    QFETCH(QString, sql);
    TestJournal journal;
    journal.add("oA");
    const auto done = journal.writer->submitAndWait(
        [&](store::WriteSession &session) { return session.database().exec(sql.toUtf8().constData()); });
    QVERIFY(!done);
    COMPARE_NAMED(done.error().code, ErrorCode::Storage);
}

void StoreStatementTest::everyTableIsStrict() {
    TestJournal journal;
    COMPARE_TEXT(journal.list("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
                              " AND name NOT LIKE 'sqlite_%'"),
        std::string());
    QVERIFY(journal.number("SELECT count(*) FROM pragma_table_list WHERE strict = 1") > 10);
}

void StoreStatementTest::bindAllStartsAnew() {
    TestJournal journal;
    auto database = journal.reader();
    auto statement = must(Statement::prepare(database.handle(), "SELECT ?1 UNION ALL SELECT ?1 + 1"));
    statement.bindAll(1);
    QVERIFY(must(statement.step()));
    QCOMPARE(statement.integer(0), 1);
    statement.bindAll(10);
    QVERIFY(must(statement.step()));
    QCOMPARE(statement.integer(0), 10);
    QVERIFY(must(statement.step()));
    QCOMPARE(statement.integer(0), 11);
}

void StoreStatementTest::aScopeEndsTheReadSnapshot() {
    TestJournal journal;
    journal.addMany(journal.batch, 3);
    auto database = journal.reader();
    auto statement = must(Statement::prepare(database.handle(), "SELECT id FROM message"));
    {
        const store::StatementScope scope(statement);
        QVERIFY(must(statement.step()));
        journal.add("oLater");
    }
    QCOMPARE(must(database.scalar("SELECT count(*) FROM message")).value(), 4);
    // A snapshot left open would make the checkpoint busy.
    journal.writer->submitAndWait([](store::WriteSession &) { return Result<void>{}; });
    auto checkpoint = must(store::Database::open(
        journal.path(), store::Database::Mode::ReadWrite, store::newestSchemaVersion()));
    QCOMPARE(must(checkpoint.scalar("PRAGMA wal_checkpoint(TRUNCATE)")).value(), 0);
}

void StoreStatementTest::severalStatementsRunInOneExec() {
    TestJournal journal;
    journal.exec("CREATE TABLE a(x); CREATE TABLE b(x); INSERT INTO a VALUES(1); INSERT INTO b SELECT x + 1 FROM a");
    QCOMPARE(journal.number("SELECT x FROM b"), 2);
}

void StoreStatementTest::anErrorNamesWhatSqliteSaid() {
    TestJournal journal;
    auto database = journal.reader();
    const auto statement = Statement::prepare(database.handle(), "SELECT 1 FROM nowhere");
    QVERIFY(!statement);
    COMPARE_NAMED(statement.error().code, ErrorCode::Storage);
    QVERIFY2(statement.error().detail.find("nowhere") != std::string::npos, statement.error().detail.c_str());
}

void StoreStatementTest::cachedStatementsAreTheSameObject() {
    TestJournal journal;
    auto database = journal.reader();
    static const char sql[] = "SELECT 1";
    Statement *first = must(database.cached(sql));
    QCOMPARE(must(database.cached(sql)), first);
}

QTEST_GUILESS_MAIN(StoreStatementTest)
#include "store_statement_test.moc"
