// SPDX-License-Identifier: GPL-3.0-or-later
//
// The audit as a chain of acts: whatever is changed, taken away, put in or put elsewhere is noticed, and what Songda itself
// changes later (a count, a text that is erased) is not taken for it.
#include "engine/store/audit_chain.h"
#include "engine/store/audit_table.h"
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

constexpr int acts = 7;

/// Seven acts; the count of the third was set twice since, that of the last once, and the texts of the second were erased.
struct Acts : TestJournal {
    Acts() {
        for (int i = 1; i <= 5; ++i)
            record(i);
        write([&](store::WriteSession &s) { return store::setActCount(s, ids[2], 400); });
        record(6);
        write([&](store::WriteSession &s) { return store::setActCount(s, ids[2], 500); });
        write([&](store::WriteSession &s) { return store::eraseTexts(s, ids[1], "[erased]", ""); });
        record(7);
        write([&](store::WriteSession &s) { return store::setActCount(s, ids[6], 8); });
    }
    AuditId record(int i) {
        ids.push_back(write([&](store::WriteSession &s) {
            return store::recordAct(s, {"li", "reason " + std::to_string(i)}, "message.resend", "object " + std::to_string(i), i, morning.wall + i * 1s);
        }));
        return ids.back();
    }
    AuditCheck check(const std::optional<AuditHead> &noted = {}) const {
        auto database = reader();
        return must(store::checkAudit(database, noted));
    }
    std::string idOf(int n) const { return std::to_string(ids[static_cast<std::size_t>(n - 1)].value); }
    std::string linkOf(int n) const { return list("SELECT link FROM audit WHERE id = " + idOf(n)); }

    std::vector<AuditId> ids;
};

} // namespace

class StoreAuditChainTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void actsAndTheirLaterChangesHold() {
        Acts journal;
        const AuditCheck check = journal.check();
        COMPARE_TEXT(check.problem, std::string());
        QVERIFY(!check.broken);
        QCOMPARE(check.head.acts, acts);
        COMPARE_TEXT(check.head.link, journal.linkOf(acts));
        COMPARE_TEXT(journal.broken(), std::string());
        QCOMPARE(journal.number("SELECT n FROM audit WHERE id = " + journal.idOf(3)), 500);
        COMPARE_TEXT(journal.list("SELECT object FROM audit WHERE id = " + journal.idOf(2)), std::string("[erased]"));
    }

    void anEmptyAuditHolds() {
        TestJournal journal;
        auto database = journal.reader();
        const AuditCheck check = must(store::checkAudit(database));
        COMPARE_TEXT(check.problem, std::string());
        QCOMPARE(check.head.acts, 0);
    }

    void eachChangeOfOneFieldIsNoticed_data() {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("value");
        QTest::addRow("id") << "id" << "id + 100";
        QTest::addRow("at") << "at" << "at + 1";
        QTest::addRow("who") << "who" << "'wang'";
        QTest::addRow("act") << "act" << "act || ' '";
        QTest::addRow("object") << "object" << "object || '.'";
        QTest::addRow("reason") << "reason" << "'x' || reason";
        QTest::addRow("n") << "n" << "n + 1";
        QTest::addRow("first_n") << "first_n" << "CASE WHEN first_n IS NULL THEN n ELSE first_n + 1 END";
        QTest::addRow("no first_n") << "first_n" << "CASE WHEN first_n IS NULL THEN 0 END";
        QTest::addRow("changes") << "changes" << "changes || ',1=5'";
        QTest::addRow("salt") << "salt" << "CASE WHEN salt IS NULL THEN '00' ELSE substr(salt, 2) END";
        QTest::addRow("no salt") << "salt" << "CASE WHEN salt IS NULL THEN '' END";
        QTest::addRow("erased") << "erased" << "'00'";
        QTest::addRow("link") << "link" << "replace(replace(link, 'a', 'b'), '1', '2')";
        QTest::addRow("no link") << "link" << "NULL";
    }
    void eachChangeOfOneFieldIsNoticed() {
        QFETCH(QString, column);
        QFETCH(QString, value);
        for (int n = 1; n <= acts; ++n) {
            Acts journal;
            // What stands in place of erased texts says nothing any more.
            if (n == 2 && (column == QLatin1String("object") || column == QLatin1String("reason")))
                continue;
            journal.exec("UPDATE audit SET " + column.toStdString() + " = " + value.toStdString() + " WHERE id = " + journal.idOf(n));
            const AuditCheck check = journal.check();
            QVERIFY2(!check.problem.empty(), qPrintable(QStringLiteral("act %1: %2").arg(n).arg(column)));
            QVERIFY(check.broken);
            // The act itself, or the next one that builds on it.
            const auto broken = check.broken->value;
            QVERIFY2(column == QLatin1String("id") || broken == journal.ids[static_cast<std::size_t>(n - 1)].value, check.problem.c_str());
            COMPARE_TEXT(journal.broken(), std::string("audit chain"));
        }
    }

    void aDeletedActIsNoticed() {
        for (int n = 1; n <= acts; ++n) {
            Acts journal;
            journal.exec("DELETE FROM audit WHERE id = " + journal.idOf(n));
            const AuditCheck check = journal.check();
            QVERIFY2(!check.problem.empty(), qPrintable(QString::number(n)));
            // Of the last ones nobody stands behind the gap; the mark tells.
            QCOMPARE(check.broken.has_value(), n < acts);
            if (check.broken)
                QCOMPARE(check.broken->value, journal.ids[static_cast<std::size_t>(n)].value);
        }
    }

    void actsCutOffAtTheEndAreNoticed() {
        Acts journal;
        journal.exec("DELETE FROM audit WHERE id > " + journal.idOf(3));
        QVERIFY(journal.check().problem.find("4 acts are missing") != std::string::npos);
    }

    void swappedActsAreNoticed() {
        for (int n = 1; n < acts; ++n) {
            Acts journal;
            const std::string a = journal.idOf(n);
            const std::string b = journal.idOf(n + 1);
            journal.exec("UPDATE audit SET id = -1 WHERE id = " + a + "; UPDATE audit SET id = " + a + " WHERE id = " + b + "; UPDATE audit SET id = " + b
                + " WHERE id = -1");
            const AuditCheck check = journal.check();
            QVERIFY(check.broken);
            QCOMPARE(check.broken->value, journal.ids[static_cast<std::size_t>(n - 1)].value);
        }
    }

    void anActPutInIsNoticed() {
        Acts journal;
        journal.exec("INSERT INTO audit(at, who, act, object, reason, n) VALUES(1, 'li', 'message.resend', 'x', '', 1)");
        QVERIFY(journal.check().problem.find("it has no link") != std::string::npos);
    }

    void aCopyOfAnActIsNoticed() {
        Acts journal;
        journal.exec("INSERT INTO audit SELECT id + 1, at, who, act, object, reason, n, first_n, changes, salt, erased, link FROM audit ORDER BY id DESC LIMIT 1");
        QVERIFY(journal.check().broken);
    }

    void openingTheProfileDoesNotChainWhatWasPutIn() {
        Acts journal;
        journal.exec("INSERT INTO audit(at, who, act, object, reason, n) VALUES(1, 'li', 'message.resend', 'x', '', 1)");
        journal.writer.reset();
        journal.writer = must(store::JournalWriter::open({journal.path(), store::JournalWriter::Mode::Inline}));
        QVERIFY(!journal.check().problem.empty());
        journal.record(8);
        QVERIFY(!journal.check().problem.empty());
    }

    void theMarkIsLookedAt_data() {
        QTest::addColumn<QString>("sql");
        QTest::addRow("gone") << "DELETE FROM meta WHERE key = 'audit_mark'";
        QTest::addRow("more") << "UPDATE meta SET value = '8' || substr(value, 2) WHERE key = 'audit_mark'";
        QTest::addRow("fewer") << "UPDATE meta SET value = '6' || substr(value, 2) WHERE key = 'audit_mark'";
        QTest::addRow("no number") << "UPDATE meta SET value = 'x' || value WHERE key = 'audit_mark'";
        QTest::addRow("open count") << "UPDATE meta SET value = replace(value, '=8', '=9') WHERE key = 'audit_mark'";
    }
    void theMarkIsLookedAt() {
        QFETCH(QString, sql);
        Acts journal;
        journal.exec(sql.toStdString());
        QVERIFY(!journal.check().problem.empty());
    }

    /// Without its mark people can work on, but that it was away is never forgotten.
    void aMarkThatWasTakenAwayIsNoticedForEver() {
        Acts journal;
        journal.exec("DELETE FROM audit WHERE id = " + journal.idOf(acts) + "; DELETE FROM meta WHERE key = 'audit_mark'");
        for (int i = 8; i < 12; ++i)
            journal.record(i);
        QVERIFY(journal.check().problem.find("1 acts are missing") != std::string::npos);
    }

    /// Who writes the whole file can cut it and set the mark to fit; only what was noted elsewhere tells.
    void aNotedHeadTellsWhatTheFileCannot() {
        Acts journal;
        const AuditHead noted = journal.check().head;
        COMPARE_TEXT(journal.check(noted).problem, std::string());
        journal.exec("DELETE FROM audit WHERE id > " + journal.idOf(3) + "; UPDATE audit SET n = first_n, first_n = NULL WHERE id = " + journal.idOf(3)
            + "; UPDATE meta SET value = '3 " + journal.idOf(3) + " " + journal.linkOf(3) + " " + journal.idOf(2) + "-' WHERE key = 'audit_mark'");
        COMPARE_TEXT(journal.check().problem, std::string());
        QVERIFY(journal.check(noted).problem.find("4 acts are missing at the end") != std::string::npos);
        for (int i = 8; i < 13; ++i)
            journal.record(i);
        COMPARE_TEXT(journal.check().problem, std::string());
        const AuditCheck later = journal.check(noted);
        QVERIFY(later.problem.find("was noted as number 7") != std::string::npos);
        QVERIFY(later.broken);
    }

    void aHeadStaysGoodWhileTheAuditGrows() {
        Acts journal;
        const AuditHead noted = journal.check().head;
        journal.write([&](store::WriteSession &s) { return store::setActCount(s, journal.ids[0], 9); });
        for (int i = 8; i < 20; ++i)
            journal.record(i);
        COMPARE_TEXT(journal.check(noted).problem, std::string());
    }

    void anActTakenBackLeavesNoGap() {
        Acts journal;
        journal.write([&](store::WriteSession &s) -> Result<void> {
            const auto id = store::recordAct(s, {"li", ""}, "message.edit", "x", 1, morning.wall);
            return id ? store::forgetAct(s, *id) : tl::unexpected(id.error());
        });
        COMPARE_TEXT(journal.check().problem, std::string());
        QCOMPARE(journal.check().head.acts, acts);
        journal.record(8);
        COMPARE_TEXT(journal.check().problem, std::string());
        QCOMPARE(journal.number("SELECT n FROM audit WHERE id = " + journal.idOf(7)), 8);
    }

    void onlyTheLastActCanBeTakenBack() {
        Acts journal;
        const auto result = journal.writer->submitAndWait(
            [&](store::WriteSession &s) { return store::forgetAct(s, journal.ids[3]); }, store::JournalWriter::Isolation::Savepoint);
        QVERIFY(!result);
        COMPARE_TEXT(journal.check().problem, std::string());
    }

    void erasedTextsCannotBeGuessed() {
        Acts journal;
        // Neither the texts nor what they were salted with is anywhere any more.
        QCOMPARE(journal.number("SELECT count(*) FROM audit WHERE salt IS NULL"), 1);
        COMPARE_TEXT(journal.list("SELECT object || reason FROM audit WHERE salt IS NULL"), std::string("[erased]"));
        journal.write([&](store::WriteSession &s) { return store::eraseTexts(s, journal.ids[1], "[again]", ""); });
        COMPARE_TEXT(journal.check().problem, std::string());
    }

    /// As an older program left them, with a gap in the numbers.
    void actsFromBeforeAreChainedInSteps() {
        Acts journal;
        journal.exec("DELETE FROM audit WHERE id = " + journal.idOf(4) + "; UPDATE audit SET changes = '', salt = NULL, first_n = NULL, erased = NULL, link = NULL;"
                     " DELETE FROM meta WHERE key = 'audit_mark'; INSERT INTO meta VALUES('audit_unchained', '" + journal.idOf(7) + "')");
        QVERIFY(journal.check().problem.find("not chained yet") != std::string::npos);
        QVERIFY(journal.write([&](store::WriteSession &s) { return store::chainOldActs(s, 2); }));
        QVERIFY(journal.write([&](store::WriteSession &s) { return store::chainOldActs(s, 2); }));
        journal.writer.reset();
        journal.writer = must(store::JournalWriter::open({journal.path(), store::JournalWriter::Mode::Inline}));
        COMPARE_TEXT(journal.check().problem, std::string());
        QCOMPARE(journal.check().head.acts, acts - 1);
        QVERIFY(!journal.write([&](store::WriteSession &s) { return store::chainOldActs(s, 2); }));
        journal.record(8);
        COMPARE_TEXT(journal.check().problem, std::string());
    }
};

QTEST_GUILESS_MAIN(StoreAuditChainTest)
#include "store_audit_chain_test.moc"
