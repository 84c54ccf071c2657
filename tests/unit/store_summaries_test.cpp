// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/store/desk_acts.h"
#include "engine/store/message_pages.h"
#include "engine/store/summaries.h"
#include "engine/store/templates_table.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

/// Claims everything due and ends it the same way.
void endAll(TestJournal &journal, MessageState next, Now now, const std::string &cause = {}, std::optional<std::int64_t> errcode = {}) {
    std::vector<AttemptResult> results;
    for (const ClaimedMessage &claim : journal.claim(10'000, now).messages) {
        AttemptResult r = TestJournal::result(claim, journal.run, next, now);
        if (!cause.empty()) {
            r.outcome.cause = cause;
            r.outcome.errcode = errcode;
        }
        results.push_back(r);
    }
    journal.finish(results);
}

std::string text(const std::vector<BreakdownRow> &rows) {
    std::string s;
    for (const BreakdownRow &row : rows)
        s += (s.empty() ? "" : " ") + row.key + "=" + std::to_string(row.attempts);
    return s;
}

} // namespace

class StoreSummariesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void causeGroupsAreBiggestFirst();
    void aResentGroupDisappears();
    void groupsOfOneBatch();
    void breakdownsCountFailedAttempts_data();
    void breakdownsCountFailedAttempts();
    void daysAreChinaDays();
    void deadLettersOfAPeriodAreExactlyTheirMessages_data();
    void deadLettersOfAPeriodAreExactlyTheirMessages();
    void aResentMessageIsNoDeadLetterOfAnyPeriod();
    void deadLettersByTheHourAreExactlyTheirMessages();
    void templatesAreCountedByUse();
    void aTemplateKeepsWhatItWas();
    void hoursShowAcceptedAndFailed();
    void theOldestDueIsTheLongestWaiting();
    void batchesAreNewestFirstWithTheirSums();
    void importBatchesAreFoundByName();
    void singleSendsShareOneBatchPerTemplate();
};

void StoreSummariesTest::causeGroupsAreBiggestFirst() {
    TestJournal journal;
    journal.addMany(journal.batch, 3, "oA");
    endAll(journal, MessageState::Dead, morning);
    journal.addMany(journal.batch, 5, "oB");
    endAll(journal, MessageState::Dead, later(morning, 1h), "47003", 47003);
    journal.addMany(journal.addBatch(), 4, "oC");
    endAll(journal, MessageState::Dead, later(morning, 2h), "47003", 47003);
    journal.addMany(journal.batch, 2, "oD");
    endAll(journal, MessageState::Uncertain, morning, "timeout");
    auto database = journal.reader();
    const auto groups = must(store::readCauseGroups(database, morning.wall));
    QCOMPARE(groups.size(), 3U);
    COMPARE_TEXT(groups[0].cause, std::string("47003"));
    QCOMPARE(groups[0].errcode.value(), 47003);
    QCOMPARE(groups[0].count, 9);
    COMPARE_TEXT(groups[0].accountName, std::string("main"));
    QCOMPARE(toMillis(groups[0].firstAt), toMillis(morning.wall + 1h));
    QCOMPARE(toMillis(groups[0].lastAt), toMillis(morning.wall + 2h));
    COMPARE_TEXT(groups[1].cause, std::string("43004"));
    QCOMPARE(groups[1].count, 3);
    COMPARE_TEXT(groups[2].cause, std::string("timeout"));
    COMPARE_NAMED(groups[2].state, MessageState::Uncertain);
    QVERIFY(!groups[2].errcode);
}

void StoreSummariesTest::aResentGroupDisappears() {
    TestJournal journal;
    journal.addMany(journal.batch, 3);
    endAll(journal, MessageState::Dead, morning);
    store::ActRequest request;
    request.act = store::DeskAct::Resend;
    journal.write([&](store::WriteSession &session) { return store::actOnChunk(session, request, later(morning, 1min)); });
    auto database = journal.reader();
    QVERIFY(must(store::readCauseGroups(database, morning.wall)).empty());
    // It comes back with the time of the new failures, not of the first ones.
    endAll(journal, MessageState::Dead, later(morning, 2h));
    const auto groups = must(store::readCauseGroups(database, morning.wall));
    QCOMPARE(groups.size(), 1U);
    QCOMPARE(groups[0].count, 3);
    QCOMPARE(toMillis(groups[0].firstAt), toMillis(morning.wall + 2h));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreSummariesTest::groupsOfOneBatch() {
    TestJournal journal;
    const BatchId second = journal.addBatch();
    journal.addMany(journal.batch, 3, "oA");
    journal.addMany(second, 4, "oB");
    endAll(journal, MessageState::Dead, morning);
    auto database = journal.reader();
    const auto groups = must(store::readCauseGroups(database, second));
    QCOMPARE(groups.size(), 1U);
    QCOMPARE(groups[0].count, 4);
    QVERIFY(must(store::readCauseGroups(database, journal.addBatch())).empty());
}

void StoreSummariesTest::breakdownsCountFailedAttempts_data() {
    QTest::addColumn<int>("by");
    QTest::addColumn<int>("sinceHours");
    QTest::addColumn<QString>("expected");
    const auto code = static_cast<int>(BreakdownBy::Code);
    const auto day = static_cast<int>(BreakdownBy::Day);
    const auto templ = static_cast<int>(BreakdownBy::Template);
    const auto account = static_cast<int>(BreakdownBy::Account);
    const QString a(43, QLatin1Char('a'));
    const QString b(43, QLatin1Char('b'));
    QTest::newRow("by code") << code << -24 << QStringLiteral("47003=6 -1=5 43004=3");
    QTest::newRow("by code, the last hour") << code << 2 << QStringLiteral("47003=6");
    QTest::newRow("by template") << templ << -24 << b + QStringLiteral("=9 ") + a + QStringLiteral("=5");
    QTest::newRow("by account") << account << -24 << QStringLiteral("main=14");
    QTest::newRow("by day") << day << -24 << QStringLiteral("2026-03-02=14");
    QTest::newRow("nothing since") << code << 3 << QString();
}

void StoreSummariesTest::breakdownsCountFailedAttempts() {
    QFETCH(int, by);
    QFETCH(int, sinceHours);
    QFETCH(QString, expected);
    TestJournal journal;
    journal.addMany(journal.batch, 5, "oA");
    endAll(journal, MessageState::Retrying, morning);
    endAll(journal, MessageState::Accepted, morning);
    const BatchId second = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'b'));
    journal.addMany(second, 3, "oB");
    endAll(journal, MessageState::Dead, later(morning, 1h));
    journal.addMany(second, 6, "oC");
    endAll(journal, MessageState::Dead, later(morning, 2h), "47003", 47003);
    auto database = journal.reader();
    const auto rows = must(
        store::readBreakdown(database, morning.wall + std::chrono::hours{sinceHours}, static_cast<BreakdownBy>(by)));
    COMPARE_TEXT(text(rows), expected.toStdString());
}

void StoreSummariesTest::daysAreChinaDays() {
    TestJournal journal;
    const Now evening{chinaTime("2026-03-02T23:59:59"), morning.steady};
    journal.add("oA", evening.wall);
    endAll(journal, MessageState::Dead, evening);
    const Now night{chinaTime("2026-03-03T00:00:00"), morning.steady};
    journal.add("oB", night.wall);
    journal.add("oC", night.wall);
    endAll(journal, MessageState::Dead, night);
    auto database = journal.reader();
    COMPARE_TEXT(text(must(store::readBreakdown(database, morning.wall, BreakdownBy::Day))),
        std::string("2026-03-02=1 2026-03-03=2"));
}

namespace {

/// Of each kind of end something, in two batches with a template each, over three hours.
void fillHours(TestJournal &journal) {
    journal.addMany(journal.batch, 5, "oA");
    endAll(journal, MessageState::Dead, morning);
    const BatchId second = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'b'));
    journal.addMany(second, 3, "oB");
    endAll(journal, MessageState::Retrying, later(morning, 1h), "-1", -1);
    endAll(journal, MessageState::Dead, later(morning, 1h + 1min), "47003", 47003);
    journal.addMany(journal.batch, 2, "oC");
    endAll(journal, MessageState::Uncertain, later(morning, 2h), "timeout");
    journal.addMany(second, 7, "oD");
    endAll(journal, MessageState::Accepted, later(morning, 2h));
}

std::int64_t countOf(store::Database &database, const MessageFilter &filter) {
    PageRequest request;
    request.filter = filter;
    request.limit = 10'000;
    return static_cast<std::int64_t>(must(store::readPage(database, request)).rows.size());
}

} // namespace

void StoreSummariesTest::deadLettersOfAPeriodAreExactlyTheirMessages_data() {
    QTest::addColumn<int>("by");
    QTest::addColumn<int>("sinceHours");
    QTest::addColumn<QString>("expected");
    const QString a(43, QLatin1Char('a'));
    const QString b(43, QLatin1Char('b'));
    const auto row = [](const char *name, BreakdownBy by, int hours, const QString &expected) {
        QTest::newRow(name) << static_cast<int>(by) << hours << expected;
    };
    row("code", BreakdownBy::Code, 0, QStringLiteral("43004=5 47003=3 timeout=2 -1=0"));
    row("code, the last hour", BreakdownBy::Code, 2, QStringLiteral("timeout=2"));
    row("template", BreakdownBy::Template, 0, a + QStringLiteral("=7 ") + b + QStringLiteral("=3"));
    row("account", BreakdownBy::Account, 0, QStringLiteral("main=10"));
    row("batch", BreakdownBy::Batch, 0, QStringLiteral("1=7 2=3"));
    row("day", BreakdownBy::Day, 0, QStringLiteral("2026-03-02=10"));
}

void StoreSummariesTest::deadLettersOfAPeriodAreExactlyTheirMessages() {
    QFETCH(int, by);
    QFETCH(int, sinceHours);
    QFETCH(QString, expected);
    TestJournal journal;
    fillHours(journal);
    auto database = journal.reader();
    const WallTime since = morning.wall + std::chrono::hours(sinceHours);
    auto rows = must(store::readBreakdown(database, since, static_cast<BreakdownBy>(by)));
    std::stable_sort(rows.begin(), rows.end(), [](const BreakdownRow &x, const BreakdownRow &y) { return x.dead > y.dead; });
    QString text;
    for (const BreakdownRow &row : rows) {
        text += QStringLiteral("%1%2=%3").arg(text.isEmpty() ? QString() : QStringLiteral(" "), QString::fromStdString(row.key)).arg(row.dead);
        if (static_cast<BreakdownBy>(by) != BreakdownBy::Code)
            continue;
        MessageFilter filter;
        filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
        filter.cause = row.key;
        filter.endedFrom = since;
        QCOMPARE(countOf(database, filter), row.dead);
    }
    QCOMPARE(text, expected);
}

void StoreSummariesTest::aResentMessageIsNoDeadLetterOfAnyPeriod() {
    TestJournal journal;
    fillHours(journal);
    auto database = journal.reader();
    const auto hours = must(store::readBreakdown(database, morning.wall, BreakdownBy::Hour));
    QCOMPARE(hours.size(), 3U);
    for (const BreakdownRow &row : hours) {
        MessageFilter filter;
        filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
        filter.endedFrom = *parseIso8601(row.key);
        filter.endedTo = *filter.endedFrom + 1h;
        QCOMPARE(countOf(database, filter), row.dead);
    }
    QCOMPARE(hours[0].dead, 5);
    QCOMPARE(hours[1].dead, 3);
    QCOMPARE(hours[1].attempts, 6); // each failed for a while first
    QCOMPARE(hours[2].dead, 2);
    store::ActRequest request;
    request.act = store::DeskAct::Resend;
    request.filter.states = {MessageState::Dead};
    request.mayArriveTwice = true; // WeChat was busy when some of them were tried
    journal.write([&](store::WriteSession &session) { return store::actOnChunk(session, request, later(morning, 3h)); });
    std::int64_t dead = 0;
    for (const BreakdownRow &row : must(store::readBreakdown(database, morning.wall, BreakdownBy::Hour)))
        dead += row.dead;
    QCOMPARE(dead, 2); // the uncertain ones stay
}

void StoreSummariesTest::deadLettersByTheHourAreExactlyTheirMessages() {
    TestJournal journal;
    fillHours(journal);
    auto database = journal.reader();
    std::int64_t sum = 0;
    const auto counts = must(store::readHourlyDead(database, morning.wall));
    QCOMPARE(counts.size(), 3U);
    for (const HourlyCount &each : counts) {
        MessageFilter filter;
        filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
        filter.cause = each.cause;
        filter.endedFrom = each.hour;
        filter.endedTo = each.hour + 1h;
        QCOMPARE(countOf(database, filter), each.count);
        sum += each.count;
    }
    QCOMPARE(sum, 10);
    // From the middle of an hour on it is the whole hour, as in the breakdown.
    QCOMPARE(must(store::readHourlyDead(database, morning.wall + 2h + 10min)).size(), 1U);
}

void StoreSummariesTest::templatesAreCountedByUse() {
    TestJournal journal;
    fillHours(journal);
    journal.addMany(journal.batch, 6, "oE");
    auto database = journal.reader();
    const auto uses = must(store::readTemplateUse(database, morning.wall));
    QCOMPARE(uses.size(), 2U);
    QVERIFY(uses[0] == (TemplateUse{journal.templateRef, 0, 7, 6}));
    QCOMPARE(uses[1].accepted, 7);
    QCOMPARE(uses[1].failed, 6);
    QCOMPARE(uses[1].waiting, 0);
    QCOMPARE(must(store::readTemplateUse(database, morning.wall + 5h)).front().failed, 0);
}

void StoreSummariesTest::aTemplateKeepsWhatItWas() {
    TestJournal journal;
    auto database = journal.reader();
    Template t;
    for (const Template &each : must(store::readTemplates(database, journal.account))) {
        if (each.id == journal.templateRef)
            t = each;
    }
    const Template first = t;
    for (const char *content : {"{{thing8.DATA}}", "{{thing9.DATA}}"}) {
        t.content = content;
        journal.write([&](store::WriteSession &session) { return store::putTemplate(session, t, morning.wall); });
    }
    const auto versions = must(store::readTemplateHistory(database, journal.templateRef));
    QCOMPARE(versions.size(), 2U);
    COMPARE_TEXT(versions[0].content, std::string("{{thing8.DATA}}"));
    COMPARE_TEXT(versions[1].content, first.content);
}

void StoreSummariesTest::hoursShowAcceptedAndFailed() {
    TestJournal journal;
    journal.addMany(journal.batch, 4, "oA");
    endAll(journal, MessageState::Dead, morning);
    journal.addMany(journal.batch, 4, "oB", morning.wall + 1h);
    endAll(journal, MessageState::Accepted, later(morning, 1h));
    auto database = journal.reader();
    const auto hours = must(store::readHourly(database, morning.wall));
    QCOMPARE(hours.size(), 2U);
    COMPARE_TEXT(hours[0].cause, std::string("43004"));
    QCOMPARE(hours[0].count, 4);
    QCOMPARE(toMillis(hours[0].hour), toMillis(morning.wall));
    COMPARE_TEXT(hours[1].cause, std::string());
    QCOMPARE(hours[1].count, 4);
    QCOMPARE(toMillis(hours[1].hour), toMillis(morning.wall + 1h));
    QCOMPARE(journal.number("SELECT sum(latency_us) FROM attempt_summary"), 8 * 25'000);
}

void StoreSummariesTest::theOldestDueIsTheLongestWaiting() {
    TestJournal journal;
    auto database = journal.reader();
    QVERIFY(!must(store::readOldestDue(database, morning.wall)));
    journal.add("oA", morning.wall + 1h);
    QVERIFY(!must(store::readOldestDue(database, morning.wall)));
    journal.add("oB", morning.wall - 10s);
    journal.add(journal.addBatch(), TestJournal::newMessage("oC", morning.wall - 20s));
    QCOMPARE(toMillis(must(store::readOldestDue(database, morning.wall)).value()), toMillis(morning.wall - 20s));
    endAll(journal, MessageState::Accepted, morning);
    QVERIFY(!must(store::readOldestDue(database, morning.wall)));
}

void StoreSummariesTest::batchesAreNewestFirstWithTheirSums() {
    TestJournal journal;
    const BatchId second = journal.addBatch(2);
    journal.addMany(journal.batch, 4, "oA");
    journal.addMany(second, 3, "oB");
    journal.claim(3);
    auto database = journal.reader();
    const auto batches = must(store::readBatches(database, 10));
    QCOMPARE(batches.size(), 2U);
    QCOMPARE(batches[0].id.value, second.value);
    QCOMPARE(batches[0].counts[MessageState::Sending], 3);
    QCOMPARE(batches[0].priority, 2);
    QCOMPARE(batches[1].counts.waiting(), 4);
    QCOMPARE(must(store::readBatches(database, 1)).size(), 1U);
}

void StoreSummariesTest::importBatchesAreFoundByName() {
    TestJournal journal;
    const BatchId newer = journal.addBatch();
    auto database = journal.reader();
    QCOMPARE(must(store::findImportBatch(database, journal.account, journal.templateRef, "batch")).value().value, newer.value);
    QVERIFY(!must(store::findImportBatch(database, journal.account, journal.templateRef, "other")));
    QVERIFY(!must(store::findImportBatch(database, AccountId{9}, journal.templateRef, "batch")));
    journal.write([&](store::WriteSession &session) { return store::setBatchState(session, newer, BatchState::Cancelled, {"tester", "a test"}, morning.wall); });
    QCOMPARE(must(store::findImportBatch(database, journal.account, journal.templateRef, "batch")).value().value, journal.batch.value);
}

void StoreSummariesTest::singleSendsShareOneBatchPerTemplate() {
    TestJournal journal;
    const TemplateRef other = journal.addTemplate(journal.account, 'b');
    const auto single = [&](TemplateRef t) {
        return journal.write([&](store::WriteSession &session) {
            return store::streamBatch(session, journal.account, t, 1, morning.wall);
        });
    };
    const BatchId first = single(journal.templateRef);
    QCOMPARE(single(journal.templateRef).value, first.value);
    QVERIFY(single(other).value != first.value);
    QVERIFY(first.value != journal.batch.value);
}

QTEST_GUILESS_MAIN(StoreSummariesTest)
#include "store_summaries_test.moc"
