// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/load_profile.h"
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <map>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

store::LoadProfile profileOf(const TestJournal &journal, WallTime now = morning.wall) {
    auto database = journal.reader();
    return must(store::readLoad(database, journal.account, now));
}

std::int64_t today(const TestJournal &journal, WallTime now) {
    auto database = journal.reader();
    return must(store::readAcceptedToday(database, journal.account, now));
}

/// Messages by priority, minutes from now, and whether they are held.
std::map<std::tuple<int, std::int64_t, bool>, std::int64_t> shape(const store::LoadProfile &profile, WallTime now) {
    std::map<std::tuple<int, std::int64_t, bool>, std::int64_t> all;
    for (const ForecastLoad &load : profile.loads)
        all[{load.priority, std::chrono::floor<std::chrono::minutes>(load.dueAt - now).count(), load.held}] += load.messages;
    return all;
}

/// `count` messages that end at a time.
void end(TestJournal &journal, int count, MessageState state, Now at, Micros latency = Micros{25'000}) {
    static int people = 0;
    journal.addMany(journal.batch, count, "oEnd" + std::to_string(people++) + "_", at.wall);
    std::vector<AttemptResult> results;
    for (const ClaimedMessage &claim : journal.claim(count, at).messages) {
        results.push_back(TestJournal::result(claim, journal.run, state, at));
        results.back().latency = latency;
    }
    QCOMPARE(journal.finish(results), 0);
}

} // namespace

class StoreLoadProfileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWaitsIsCountedByPriorityAndMinute();
    void whatIsStoppedIsToldApart_data();
    void whatIsStoppedIsToldApart();
    void repeatsAreDueAtTheirOwnTime();
    void onlyThisAccountCounts();
    void whatEndedOrIsUnderWayDoesNotWait();
    void theEndOfUseIsKept();
    void theChinaDayDecidesWhatWasAcceptedToday_data();
    void theChinaDayDecidesWhatWasAcceptedToday();
    void onlyAcceptedAttemptsCountTowardsTheDay();
    void theLastDayTellsHowSendsGo();
    void anEmptyAccountHasAnEmptyProfile();
};

void StoreLoadProfileTest::whatWaitsIsCountedByPriorityAndMinute() {
    TestJournal journal;
    const BatchId urgent = journal.addBatch(2);
    const BatchId bulk = journal.addBatch(0);
    journal.addMany(journal.batch, 7, "oA");
    journal.addMany(journal.batch, 3, "oB", morning.wall - 5h); // long due is due now
    journal.addMany(urgent, 5, "oC", morning.wall + 90s);
    journal.addMany(bulk, 4, "oD", morning.wall + 2h);
    journal.addMany(bulk, 2, "oE", morning.wall + 2h + 59s);
    const auto seen = shape(profileOf(journal), morning.wall);
    const std::map<std::tuple<int, std::int64_t, bool>, std::int64_t> expected{
        {{1, 0, false}, 10}, {{2, 1, false}, 5}, {{0, 120, false}, 6}};
    QVERIFY(seen == expected);
}

void StoreLoadProfileTest::whatIsStoppedIsToldApart_data() {
    QTest::addColumn<QString>("stop");
    QTest::newRow("paused batch") << QStringLiteral("UPDATE batch SET state = 1 WHERE id = 1");
    QTest::newRow("held template") << QStringLiteral("UPDATE template SET hold_cause = 'operator', hold_since = 1 WHERE id = 1");
}

void StoreLoadProfileTest::whatIsStoppedIsToldApart() {
    QFETCH(QString, stop);
    TestJournal journal;
    const BatchId other = journal.addBatch(journal.account, journal.addTemplate(journal.account, 'b'));
    journal.addMany(journal.batch, 7, "oA");
    journal.addMany(other, 2, "oB");
    journal.exec(stop.toStdString());
    const auto seen = shape(profileOf(journal), morning.wall);
    const std::map<std::tuple<int, std::int64_t, bool>, std::int64_t> expected{{{1, 0, true}, 7}, {{1, 0, false}, 2}};
    QVERIFY(seen == expected);
}

void StoreLoadProfileTest::repeatsAreDueAtTheirOwnTime() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Retrying, "oA");
    journal.exec("UPDATE message SET due_at = " + std::to_string(toMillis(morning.wall + 10min)) + " WHERE id = " + std::to_string(id.value));
    const auto seen = shape(profileOf(journal), morning.wall);
    const std::map<std::tuple<int, std::int64_t, bool>, std::int64_t> expected{{{1, 10, false}, 1}};
    QVERIFY(seen == expected);
}

void StoreLoadProfileTest::onlyThisAccountCounts() {
    TestJournal journal;
    const AccountId other = journal.addAccount("other");
    const BatchId its = journal.addBatch(other, journal.addTemplate(other, 'b'));
    journal.add(other, its, TestJournal::newMessage("oX"));
    QVERIFY(profileOf(journal).loads.empty());
    const auto reply = journal.claim(ClaimRequest{other, journal.run, 10, morning});
    journal.finish(reply.messages.at(0), MessageState::Accepted);
    QCOMPARE(profileOf(journal).acceptedToday, 0);
    QCOMPARE(profileOf(journal).attempts, 0);
}

void StoreLoadProfileTest::whatEndedOrIsUnderWayDoesNotWait() {
    TestJournal journal;
    for (const MessageState state : {MessageState::Accepted, MessageState::Dead, MessageState::Uncertain, MessageState::Sending})
        journal.addIn(state, std::string("oA") + toString(state));
    journal.add("oWaits");
    const auto profile = profileOf(journal);
    QCOMPARE(profile.loads.size(), 1U);
    QCOMPARE(profile.loads[0].messages, 1);
}

void StoreLoadProfileTest::theEndOfUseIsKept() {
    TestJournal journal;
    NewMessage m = TestJournal::newMessage("oA");
    m.expiresAt = morning.wall + 30min;
    journal.add(journal.batch, m);
    m = TestJournal::newMessage("oB");
    m.expiresAt = morning.wall + 40s; // it has 40 s yet: a forecast must not take it for over
    journal.add(journal.batch, m);
    journal.add("oC");
    const auto profile = profileOf(journal);
    std::map<std::int64_t, std::int64_t> ends;
    for (const ForecastLoad &load : profile.loads)
        ends[load.expiresAt ? std::chrono::floor<Seconds>(*load.expiresAt - morning.wall).count() : -1] += load.messages;
    const std::map<std::int64_t, std::int64_t> expected{{-1, 1}, {60, 1}, {1800, 1}};
    QVERIFY(ends == expected);
}

void StoreLoadProfileTest::theChinaDayDecidesWhatWasAcceptedToday_data() {
    QTest::addColumn<QString>("accepted");
    QTest::addColumn<QString>("now");
    QTest::addColumn<int>("counted");
    QTest::newRow("an hour ago") << "2026-03-02T10:00:00+08:00" << "2026-03-02T11:00:00+08:00" << 1;
    QTest::newRow("just before midnight, asked just after") << "2026-03-02T23:59:59+08:00" << "2026-03-03T00:00:00+08:00" << 0;
    QTest::newRow("the first moment of the day") << "2026-03-03T00:00:00+08:00" << "2026-03-03T23:59:59+08:00" << 1;
    QTest::newRow("over midnight in UTC") << "2026-03-02T07:59:59+08:00" << "2026-03-02T08:00:01+08:00" << 1;
    QTest::newRow("over a leap day") << "2028-02-28T23:59:00+08:00" << "2028-02-29T00:01:00+08:00" << 0;
}

void StoreLoadProfileTest::theChinaDayDecidesWhatWasAcceptedToday() {
    QFETCH(QString, accepted);
    QFETCH(QString, now);
    QFETCH(int, counted);
    TestJournal journal;
    const WallTime at = parseIso8601(accepted.toStdString()).value();
    end(journal, 1, MessageState::Accepted, {at, morning.steady});
    QCOMPARE(today(journal, parseIso8601(now.toStdString()).value()), counted);
}

void StoreLoadProfileTest::onlyAcceptedAttemptsCountTowardsTheDay() {
    TestJournal journal;
    end(journal, 4, MessageState::Accepted, morning);
    end(journal, 3, MessageState::Dead, morning);
    end(journal, 2, MessageState::Retrying, morning);
    QCOMPARE(today(journal, morning.wall + 1h), 4);
    QCOMPARE(profileOf(journal).acceptedToday, 4);
}

void StoreLoadProfileTest::theLastDayTellsHowSendsGo() {
    TestJournal journal;
    end(journal, 10, MessageState::Accepted, later(morning, -40h), Micros{5'000'000}); // too long ago
    end(journal, 6, MessageState::Accepted, later(morning, -2h), Micros{100'000});
    end(journal, 2, MessageState::Dead, morning, Micros{300'000});
    const auto profile = profileOf(journal, morning.wall + 10min);
    QCOMPARE(profile.attempts, 8);
    QCOMPARE(profile.accepted, 6);
    QCOMPARE(profile.latency.count(), Micros{150'000}.count());
}

void StoreLoadProfileTest::anEmptyAccountHasAnEmptyProfile() {
    TestJournal journal;
    const auto profile = profileOf(journal);
    QVERIFY(profile.loads.empty());
    QCOMPARE(profile.acceptedToday, 0);
    QCOMPARE(profile.attempts, 0);
    QCOMPARE(profile.latency.count(), 0);
}

QTEST_GUILESS_MAIN(StoreLoadProfileTest)
#include "store_load_profile_test.moc"
