// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/day_success.h"
#include "ui/pages/overview/gate_history.h"

#include <QTest>

using namespace songda;
using namespace songda::ui;

namespace {

const WallTime begin = *parseIso8601("2026-03-02T12:00:00+08:00");

Snapshot at(int second, const std::function<void(AccountSnapshot &)> &change = {}) {
    Snapshot s;
    s.at = begin + Seconds(second);
    s.running = true;
    AccountSnapshot account;
    account.id = AccountId{1};
    account.name = "店铺";
    account.gate = Gate::Open;
    account.tokenLife = Seconds(600);
    if (change)
        change(account);
    s.accounts.push_back(account);
    return s;
}

void open(AccountSnapshot &a) {
    a.gate = Gate::BreakerOpen;
    a.breakerOpen = true;
}

void probing(AccountSnapshot &a) { a.breakerProbing = true; }

void withoutToken(AccountSnapshot &a) {
    a.gate = Gate::NoToken;
    a.tokenLife.reset();
}

HourlyCount hour(const char *cause, std::int64_t count) { return {begin, cause, count}; }

BreakdownRow ofCode(const char *code, std::int64_t dead) {
    BreakdownRow row;
    row.key = code;
    row.dead = dead;
    row.attempts = dead * 3;
    return row;
}

} // namespace

class GateHistoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theBandsSayWhatWasAndForHowLong();
    void anHourIsKept();
    void whatWasNotSeenIsUnknown();
    void aCalendarThatWentBackBeginsAnew();
    void whereThereIsTroubleComesFirst();
    void noTokenIsTroubleOnlyWhenOneIsNeeded();
    void theDayCountsWhatEndedInIt();
    void oneInAThousandIsTheLine();
};

void GateHistoryTest::theBandsSayWhatWasAndForHowLong() {
    GateHistory history;
    for (int second = 0; second < 60; ++second)
        history.sample(at(second, second >= 20 && second < 50 ? open : second >= 50 && second < 55 ? probing : std::function<void(AccountSnapshot &)>()));
    const auto rows = history.rows();
    QCOMPARE(rows.size(), std::size_t(1));
    const auto &spans = rows[0]->breaker.spans();
    QCOMPARE(spans.size(), std::size_t(4));
    QVERIFY(spans[0].state == BreakerBand::Closed && spans[1].state == BreakerBand::Open && spans[2].state == BreakerBand::HalfOpen
        && spans[3].state == BreakerBand::Closed);
    QCOMPARE(rows[0]->breaker.lasted(BreakerBand::Open, begin).count(), 30'000);
    QCOMPARE(rows[0]->breaker.lasted(BreakerBand::HalfOpen, begin).count(), 5'000);
    QVERIFY(rows[0]->breaker.at(begin + Seconds(30)) == BreakerBand::Open);
    QCOMPARE(rows[0]->token.spans().size(), std::size_t(1)); // ten snapshots a second are one span
    const QString text = describe(*rows[0], *history.now());
    QVERIFY2(text.contains(QStringLiteral("店铺")) && text.contains(QStringLiteral("breaker closed")) && text.contains(QStringLiteral("breaker open for 30 s")),
        qPrintable(text));
}

void GateHistoryTest::anHourIsKept() {
    GateHistory history;
    history.sample(at(0, open));
    for (int second = 5; second < 2 * 3600; second += 5)
        history.sample(at(second));
    const auto &spans = history.rows()[0]->breaker.spans();
    QCOMPARE(spans.size(), std::size_t(1)); // the open one is older
    QVERIFY(!history.rows()[0]->troubled());
    QVERIFY(!history.sample(at(2 * 3600 - 5))); // again the same second
}

void GateHistoryTest::whatWasNotSeenIsUnknown() {
    GateHistory history;
    history.sample(at(0));
    history.sample(at(600));
    const auto &spans = history.rows()[0]->breaker.spans();
    QCOMPARE(spans.size(), std::size_t(3));
    QVERIFY(spans[1].state == BreakerBand::Unknown);
    QVERIFY(spans[1].to - spans[1].from > Seconds(590));
    // Nobody runs the engine: nothing is known either.
    Snapshot still = at(601);
    still.running = false;
    history.sample(still);
    QVERIFY(history.rows()[0]->token.last() == TokenBand::Unknown);
}

void GateHistoryTest::aCalendarThatWentBackBeginsAnew() {
    GateHistory history;
    history.sample(at(0, open));
    history.sample(at(10, open));
    QVERIFY(history.sample(at(-3600)));
    QCOMPARE(history.rows()[0]->breaker.spans().size(), std::size_t(1));
    QVERIFY(history.rows()[0]->breaker.last() == BreakerBand::Closed);
}

void GateHistoryTest::whereThereIsTroubleComesFirst() {
    GateHistory history;
    for (int second = 0; second < 3; ++second) {
        Snapshot s = at(second);
        s.accounts.push_back(at(second, open).accounts[0]);
        s.accounts[1].id = AccountId{2};
        s.accounts[1].name = "second";
        history.sample(s);
    }
    QCOMPARE(history.rows().size(), std::size_t(2));
    QCOMPARE(history.rows()[0]->name, QStringLiteral("second"));
}

void GateHistoryTest::noTokenIsTroubleOnlyWhenOneIsNeeded() {
    AccountSnapshot account = at(0).accounts[0];
    QVERIFY(tokenOf(account, true) == TokenBand::There);
    account.tokenBeingFetched = true;
    QVERIFY(tokenOf(account, true) == TokenBand::Refreshing);
    account.tokenBeingFetched = false;
    account.tokenLife.reset();
    account.gate = Gate::Idle;
    QVERIFY(tokenOf(account, true) == TokenBand::Unneeded);
    withoutToken(account);
    QVERIFY(tokenOf(account, true) == TokenBand::Missing);
    QVERIFY(tokenOf(account, false) == TokenBand::Unknown);
}

void GateHistoryTest::theDayCountsWhatEndedInIt() {
    QCOMPARE(daySuccess({}, {}).ended(), 0);
    // Failed attempts that got through later are no failures; dead letters are, each once.
    DaySuccess day = daySuccess({hour("", 600), hour("-1", 50), hour("", 390)}, {ofCode("43004", 7), ofCode("-1", 0), ofCode("timeout", 3)});
    QCOMPARE(day.good, 990);
    QCOMPARE(day.failed, 10);
    // Who was accepted and then reported as undelivered is no success.
    day = daySuccess({hour("", 100)}, {ofCode("user_block", 4), ofCode("system_failed", 1)});
    QCOMPARE(day.good, 95);
    QCOMPARE(day.failed, 5);
    QCOMPARE(day.ended(), 100);
}

void GateHistoryTest::oneInAThousandIsTheLine() {
    QVERIFY(!daySuccess({}, {}).belowGoal());
    QVERIFY(!daySuccess({hour("", 999)}, {ofCode("43004", 1)}).belowGoal());
    QVERIFY(daySuccess({hour("", 998)}, {ofCode("43004", 1)}).belowGoal());
}

QTEST_GUILESS_MAIN(GateHistoryTest)
#include "gate_history_test.moc"
