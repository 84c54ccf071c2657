// SPDX-License-Identifier: GPL-3.0-or-later
//
// Alerts on virtual time: what begins, what ends, and what is told of it.
#include "engine/policy/alert_book.h"
#include "engine/policy/alert_words.h"

#include <QTest>

using namespace songda;
using namespace std::chrono_literals;
using Kind = AlertNotice::Kind;

namespace {

/// A profile whose facts one sets, and a clock that goes on when told.
class Day {
public:
    Day() {
        policy.alerts.recoverAfter = 60s;
        policy.alerts.groupWithin = 30s;
        account("shop");
    }

    AccountFacts &account(const std::string &name) {
        for (AccountFacts &a : sample.accounts) {
            if (a.name == name)
                return a;
        }
        sample.accounts.emplace_back().name = name;
        return sample.accounts.back();
    }
    /// A second after the other with the facts as they are; `heard`: the engine tells of itself.
    void pass(Seconds span, bool heard = true) {
        for (Seconds s{0}; s < span; s += 1s) {
            now.steady += 1s;
            now.wall += 1s;
            step(heard);
        }
    }
    void step(bool heard = true) {
        if (heard) {
            sample.at = now.steady;
            rules.add(sample);
        }
        AlertMoves moves = book.step(rules.judge(now.steady, [this](const std::string &) -> const Policy & { return policy; }), now, policy.alerts);
        write(moves);
    }
    /// The process ends and another begins: what is left is what was written down.
    void restart(Seconds away) {
        now.steady += away;
        now.wall += away;
        rules = {};
        book = {};
        std::vector<Alert> kept;
        for (const auto &[id, alert] : table) {
            if (!alert.recoveredAt || !alert.recoveryToldAt)
                kept.push_back(alert);
        }
        book.load(kept, now);
    }
    int open() const { return total(book.counts()); }
    int noticesOf(Kind kind) const {
        return static_cast<int>(std::ranges::count_if(notices, [kind](const AlertNotice &n) { return n.kind == kind; }));
    }

    Policy policy;
    AlertSample sample;
    Now now{*parseIso8601("2026-01-31T12:00:00+08:00"), SteadyTime{1000h}};
    AlertRules rules;
    AlertBook book;
    std::map<std::int64_t, Alert> table;
    std::vector<AlertNotice> notices;

private:
    void write(AlertMoves &moves) {
        for (Alert &alert : moves.fired) {
            alert.id = static_cast<std::int64_t>(table.size()) + 1;
            book.setId(alert.key, alert.id);
            table[alert.id] = alert;
        }
        for (const auto *list : {&moves.changed, &moves.ended}) {
            for (const Alert &alert : *list)
                table[alert.id] = alert;
        }
        for (AlertNotice &notice : moves.notices)
            notices.push_back(notice);
    }
};

} // namespace

class PolicyAlertRulesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachRuleFiresAndRecovers_data();
    void eachRuleFiresAndRecovers();
    void itLastsBeforeItIsAnAlert();
    void flappingIsOneAlert();
    void theLineHasAWidth();
    void aJumpOfTheCalendarChangesNothing();
    void sleepIsNotLasting();
    void aRestartDoesNotFireAnew();
    void anEndThatWasNotToldIsToldAfterARestart();
    void aStalledQueueGrowsOlderWithoutNews();
    void aPausedEngineMayLetThemWait();
    void whatBeginsTogetherIsOneNotice();
    void whatIsStillThereIsToldAgainUntilAcknowledged();
    void quietHoursLetOnlyCriticalPass();
    void fewMessagesNeedALargeShare_data();
    void fewMessagesNeedALargeShare();
    void aRepeatThatSucceedsIsNoFailure();
    void whatFailsAndWaitsForItsRepeatIsInTrouble();
    void aProbeBetweenTwoPausesEndsNothing();
    void whatIsGoneIsNoTrouble();
    void noticesAreReadBack();
    void namesAreNoMarkup();
    void everyRuleHasWords();
};

void PolicyAlertRulesTest::eachRuleFiresAndRecovers_data() {
    QTest::addColumn<int>("rule");
    QTest::addColumn<int>("lasts"); ///< seconds it must be bad for
    QTest::addColumn<int>("window"); ///< seconds after which what happened is forgotten
    const auto row = [](AlertRule rule, Seconds lasts, Seconds window = 0s) {
        QTest::newRow(toString(rule)) << static_cast<int>(rule) << static_cast<int>(lasts.count()) << static_cast<int>(window.count());
    };
    row(AlertRule::MustRestart, 0s);
    row(AlertRule::CommitsFail, 0s, 300s);
    row(AlertRule::OldestWaiting, 300s);
    row(AlertRule::Failures, 300s, 600s);
    row(AlertRule::UnknownCode, 0s, 1800s);
    row(AlertRule::BreakerOpen, 60s);
    row(AlertRule::AccountHeld, 0s);
    row(AlertRule::NoToken, 120s);
    row(AlertRule::Quota, 0s);
    row(AlertRule::DeadLettersGrow, 0s, 1800s);
    row(AlertRule::ReportsSilent, 600s);
    row(AlertRule::DiskLow, 0s);
    row(AlertRule::Clock, 0s);
    row(AlertRule::SecondHost, 0s);
    row(AlertRule::HookStopped, 0s);
    row(AlertRule::HookDead, 0s);
    row(AlertRule::HookBacklog, 900s);
}

void PolicyAlertRulesTest::eachRuleFiresAndRecovers() {
    QFETCH(int, rule);
    QFETCH(int, lasts);
    QFETCH(int, window);
    Day day;
    AccountFacts &shop = day.account("shop");
    shop.reportsExpected = true;
    day.sample.hooks.push_back({7, false, 0, 0});
    day.sample.diskFree = std::int64_t{10} << 30;
    shop.quotaLimit = 100'000;
    day.pass(20s);
    QCOMPARE(day.open(), 0);
    HookFacts &hook = day.sample.hooks.front();
    switch (static_cast<AlertRule>(rule)) {
    case AlertRule::MustRestart: day.sample.mustRestart = true; break;
    case AlertRule::CommitsFail: day.sample.failedCommits = 1; break;
    case AlertRule::OldestWaiting: day.sample.oldestAge = 601s; break;
    case AlertRule::Failures:
        shop.ended += 10'000;
        shop.lost += 20; // of 10,000: success is 99.8 %
        break;
    case AlertRule::UnknownCode: shop.unknownCodes["99999"] = 1; break;
    case AlertRule::BreakerOpen: shop.breakerOpen = true; break;
    case AlertRule::SecondHost: shop.onSecondHost = true; break;
    case AlertRule::AccountHeld: shop.gate = Gate::AccountHeld; break;
    case AlertRule::NoToken: shop.gate = Gate::NoToken; break;
    case AlertRule::Quota: shop.acceptedToday = 80'001; break;
    case AlertRule::DeadLettersGrow: shop.dead = 101; break;
    case AlertRule::ReportsSilent: shop.accepted += 101; break;
    case AlertRule::DiskLow: day.sample.diskFree = (std::int64_t{1} << 30) - 1; break;
    case AlertRule::Clock: shop.clockDifference = -61s; break;
    case AlertRule::HookStopped: hook.stopped = true; break;
    case AlertRule::HookDead: hook.dead = 1; break;
    case AlertRule::HookBacklog: hook.waiting = 1001; break;
    }
    day.pass(Seconds{lasts});
    QCOMPARE(day.open(), 0);
    day.pass(2s);
    QCOMPARE(day.open(), 1);
    const Alert alert = day.book.open().front();
    QVERIFY(alert.key.rule == static_cast<AlertRule>(rule));
    QVERIFY(alert.level == levelOf(alert.key.rule));
    day.pass(40s);
    QCOMPARE(day.noticesOf(Kind::Fired), 1);
    // And all is well again.
    shop.gate = Gate::Idle;
    shop.breakerOpen = shop.onSecondHost = false;
    day.sample.mustRestart = false;
    day.sample.oldestAge.reset();
    shop.acceptedToday = 0;
    shop.reports += 1;
    day.sample.diskFree = std::int64_t{10} << 30;
    shop.clockDifference.reset();
    hook = {7, false, 0, 0};
    day.pass(Seconds{window} + 60s + 40s);
    QCOMPARE(day.open(), 0);
    QCOMPARE(day.noticesOf(Kind::Recovered), 1);
    QCOMPARE(day.notices.size(), std::size_t{2});
    QVERIFY(day.table.at(1).recoveredAt && day.table.at(1).recoveryToldAt);
}

void PolicyAlertRulesTest::itLastsBeforeItIsAnAlert() {
    Day day;
    for (int i = 0; i < 10; ++i) {
        day.account("shop").breakerOpen = true;
        day.pass(59s);
        day.account("shop").breakerOpen = false;
        day.pass(1s);
    }
    QCOMPARE(day.open(), 0);
    QVERIFY(day.notices.empty());
}

void PolicyAlertRulesTest::flappingIsOneAlert() {
    Day day;
    for (int i = 0; i < 30; ++i) {
        day.account("shop").gate = Gate::AccountHeld;
        day.pass(20s);
        day.account("shop").gate = Gate::Open;
        day.pass(50s); // never well for the whole minute
    }
    QCOMPARE(day.table.size(), std::size_t{1});
    QCOMPARE(day.noticesOf(Kind::Fired), 1);
    QCOMPARE(day.noticesOf(Kind::Recovered), 0);
    day.pass(100s);
    QCOMPARE(day.noticesOf(Kind::Recovered), 1);
}

void PolicyAlertRulesTest::theLineHasAWidth() {
    Day day;
    AccountFacts &shop = day.account("shop");
    shop.quotaLimit = 1000;
    shop.acceptedToday = 801;
    day.pass(5s);
    QCOMPARE(day.open(), 1);
    shop.acceptedToday = 790; // below the line, and not by a tenth
    day.pass(1h);
    QCOMPARE(day.open(), 1);
    shop.acceptedToday = 719;
    day.pass(62s);
    QCOMPARE(day.open(), 0);
    shop.acceptedToday = 790; // and none begins below it
    day.pass(60s);
    QCOMPARE(day.open(), 0);
}

void PolicyAlertRulesTest::aJumpOfTheCalendarChangesNothing() {
    for (const Millis jump : {Millis{48h}, Millis{-48h}}) {
        Day day;
        day.account("shop").breakerOpen = true;
        day.pass(30s);
        day.now.wall += jump;
        day.pass(29s);
        QCOMPARE(day.open(), 0);
        day.pass(2s);
        QCOMPARE(day.open(), 1);
        day.pass(40s);
        day.now.wall -= jump;
        day.pass(600s);
        QCOMPARE(day.notices.size(), std::size_t{1}); // nothing told again before four hours have really passed
        day.account("shop").breakerOpen = false;
        day.now.wall += jump;
        day.pass(59s);
        QCOMPARE(day.open(), 1);
        day.pass(2s);
        QCOMPARE(day.open(), 0);
    }
}

void PolicyAlertRulesTest::sleepIsNotLasting() {
    Day day;
    day.account("shop").breakerOpen = true;
    day.pass(5s);
    day.now.steady += 8h; // the machine slept
    day.now.wall += 8h;
    day.pass(50s);
    QCOMPARE(day.open(), 0);
    day.pass(20s);
    QCOMPARE(day.open(), 1);
}

void PolicyAlertRulesTest::aRestartDoesNotFireAnew() {
    Day day;
    day.account("shop").gate = Gate::AccountHeld;
    day.pass(100s);
    QCOMPARE(day.noticesOf(Kind::Fired), 1);
    day.restart(20s);
    QCOMPARE(day.open(), 1);
    day.pass(100s);
    QCOMPARE(day.table.size(), std::size_t{1});
    QCOMPARE(day.notices.size(), std::size_t{1});
    day.account("shop").gate = Gate::Open;
    day.restart(20s);
    day.pass(100s);
    QCOMPARE(day.open(), 0);
    QCOMPARE(day.noticesOf(Kind::Recovered), 1);
    // With rates: what the windows knew is gone, and that is no recovery.
    AccountFacts &shop = day.account("shop");
    shop.ended = 100'000;
    shop.lost = 0;
    day.pass(20s);
    shop.ended = 200'000;
    shop.lost = 50'000;
    day.pass(340s);
    QCOMPARE(day.open(), 1);
    day.restart(5s);
    day.pass(300s);
    QCOMPARE(day.open(), 1);
}

void PolicyAlertRulesTest::anEndThatWasNotToldIsToldAfterARestart() {
    Day day;
    day.account("shop").gate = Gate::AccountHeld;
    day.pass(40s);
    day.account("shop").gate = Gate::Open;
    day.pass(65s); // it ended, and waits for others to be told with
    QCOMPARE(day.open(), 0);
    QCOMPARE(day.noticesOf(Kind::Recovered), 0);
    day.restart(10s);
    day.pass(40s);
    QCOMPARE(day.noticesOf(Kind::Recovered), 1);
    QCOMPARE(day.notices.back().alerts.size(), std::size_t{1});
}

void PolicyAlertRulesTest::aStalledQueueGrowsOlderWithoutNews() {
    Day day;
    day.sample.oldestAge = 10s;
    day.pass(5s);
    day.pass(590s, false);
    QCOMPARE(day.open(), 0);
    day.pass(310s, false);
    QCOMPARE(day.open(), 1);
    QVERIFY(day.book.open().front().value > 880);
}

void PolicyAlertRulesTest::aPausedEngineMayLetThemWait() {
    Day day;
    day.sample.oldestAge = 3h;
    day.sample.paused = true;
    day.pass(1h);
    QCOMPARE(day.open(), 0);
}

void PolicyAlertRulesTest::whatBeginsTogetherIsOneNotice() {
    Day day;
    for (const char *name : {"a", "b", "c", "d"})
        day.account(name);
    day.account("a").gate = Gate::AccountHeld;
    day.pass(10s);
    day.account("b").gate = Gate::AccountHeld;
    day.account("c").gate = Gate::AccountHeld;
    day.pass(30s);
    QCOMPARE(day.notices.size(), std::size_t{1});
    QCOMPARE(day.notices.front().alerts.size(), std::size_t{3});
    day.account("d").gate = Gate::AccountHeld; // too late for that one
    day.account("shop").quotaLimit = 1;
    day.account("shop").acceptedToday = 1; // another rule, another notice
    day.pass(40s);
    QCOMPARE(day.notices.size(), std::size_t{3});
    for (AccountFacts &account : day.sample.accounts)
        account.gate = Gate::Open;
    day.pass(120s);
    QCOMPARE(day.noticesOf(Kind::Recovered), 1);
    QCOMPARE(day.notices.back().alerts.size(), std::size_t{4});
}

void PolicyAlertRulesTest::whatIsStillThereIsToldAgainUntilAcknowledged() {
    Day day;
    day.policy.alerts.repeatAfter = 3600s;
    day.account("shop").gate = Gate::AccountHeld;
    day.pass(40s);
    QCOMPARE(day.notices.size(), std::size_t{1});
    day.pass(3500s);
    QCOMPARE(day.notices.size(), std::size_t{1});
    day.pass(100s);
    QCOMPARE(day.noticesOf(Kind::Again), 1);
    // The time that has passed counts across a restart.
    day.pass(1800s);
    day.restart(10s);
    day.pass(1780s);
    QCOMPARE(day.noticesOf(Kind::Again), 1);
    day.pass(20s);
    QCOMPARE(day.noticesOf(Kind::Again), 2);
    Alert seen = day.book.open().front();
    seen.acknowledgedBy = "li";
    day.book.acknowledge(seen);
    day.pass(4h);
    QCOMPARE(day.noticesOf(Kind::Again), 2);
    day.account("shop").gate = Gate::Open;
    day.pass(120s);
    QCOMPARE(day.noticesOf(Kind::Recovered), 1);
    // The next one is another.
    day.account("shop").gate = Gate::AccountHeld;
    day.pass(40s);
    QVERIFY(day.book.open().front().acknowledgedBy.empty());
    QCOMPARE(day.noticesOf(Kind::Fired), 2);
}

void PolicyAlertRulesTest::quietHoursLetOnlyCriticalPass() {
    Day day; // it is noon
    day.policy.alerts.quiet = {12h, 13h, true};
    day.account("shop").gate = Gate::AccountHeld;
    day.account("other");
    day.pass(300s);
    QCOMPARE(day.open(), 1);
    QVERIFY(day.notices.empty());
    day.sample.mustRestart = true;
    day.pass(2s);
    QCOMPARE(day.noticesOf(Kind::Fired), 1);
    QVERIFY(day.notices.front().level == AlertLevel::Critical);
    // One comes and goes while it is quiet.
    day.account("other").gate = Gate::AccountHeld;
    day.pass(100s);
    day.account("other").gate = Gate::Open;
    day.pass(100s);
    QCOMPARE(day.open(), 2);
    day.pass(3600s);
    QCOMPARE(day.noticesOf(Kind::Summary), 1);
    const auto summary = std::ranges::find_if(day.notices, [](const AlertNotice &n) { return n.kind == Kind::Summary; });
    QCOMPARE(summary->alerts.size(), std::size_t{2});
    QCOMPARE(std::ranges::count_if(summary->alerts, [](const Alert &a) { return a.recoveredAt.has_value(); }), std::ptrdiff_t{1});
    QCOMPARE(day.notices.size(), std::size_t{2});
}

void PolicyAlertRulesTest::fewMessagesNeedALargeShare_data() {
    QTest::addColumn<int>("ended");
    QTest::addColumn<int>("lost");
    QTest::addColumn<bool>("alert");
    QTest::newRow("900 of 900") << 900 << 900 << true;
    QTest::newRow("all of ten") << 10 << 10 << true;
    QTest::newRow("nine of nine are too few") << 9 << 9 << false;
    QTest::newRow("three of ten") << 10 << 3 << true;
    QTest::newRow("two of ten") << 10 << 2 << false;
    QTest::newRow("three of a thousand may be chance") << 1000 << 3 << false;
    QTest::newRow("five of a thousand are not") << 1000 << 5 << true;
    QTest::newRow("119 of 100,000 may be chance") << 100'000 << 119 << false;
    QTest::newRow("140 of 100,000 are not") << 100'000 << 140 << true;
    QTest::newRow("99 of 100,000 are the goal") << 100'000 << 99 << false;
}

void PolicyAlertRulesTest::fewMessagesNeedALargeShare() {
    QFETCH(int, ended);
    QFETCH(int, lost);
    QFETCH(bool, alert);
    Day day;
    AccountFacts &shop = day.account("shop");
    day.pass(20s);
    shop.ended += ended;
    shop.lost += lost;
    day.pass(310s);
    QCOMPARE(day.open(), alert ? 1 : 0);
}

void PolicyAlertRulesTest::aRepeatThatSucceedsIsNoFailure() {
    Day day;
    AccountFacts &shop = day.account("shop");
    for (int minute = 0; minute < 60; ++minute) { // a tenth of the tries fail, and each of them is followed by one that does not
        shop.ended += 1000;
        shop.failures += 110;
        day.pass(60s);
    }
    QCOMPARE(day.open(), 0);
}

void PolicyAlertRulesTest::whatFailsAndWaitsForItsRepeatIsInTrouble() {
    Day day;
    AccountFacts &shop = day.account("shop");
    day.pass(20s);
    shop.failures += 900;
    shop.retrying = 900; // nothing has ended
    day.pass(310s);
    QCOMPARE(day.open(), 1);
    QCOMPARE(day.book.open().front().value, 1.0);
    shop.retrying = 0;
    shop.ended += 900; // all of them passed in the end
    day.pass(120s);
    QCOMPARE(day.open(), 0);
    // Held back, they are not tried, and whoever holds them knows.
    shop.retrying = 50;
    day.pass(2h);
    QCOMPARE(day.open(), 0);
}

void PolicyAlertRulesTest::aProbeBetweenTwoPausesEndsNothing() {
    Day day;
    AccountFacts &shop = day.account("shop");
    for (int i = 0; i < 4; ++i) {
        shop.breakerOpen = true;
        shop.gate = Gate::AccountHeld; // whatever gate is the first
        shop.breakerProbing = false;
        day.pass(30s);
        shop.breakerOpen = false;
        shop.breakerProbing = true;
        day.pass(5s);
    }
    const auto open = day.book.open();
    QCOMPARE(std::ranges::count_if(open, [](const Alert &a) { return a.key.rule == AlertRule::BreakerOpen; }), std::ptrdiff_t{1});
}

void PolicyAlertRulesTest::whatIsGoneIsNoTrouble() {
    Day day;
    day.account("shop").gate = Gate::AccountHeld;
    day.pass(40s);
    day.sample.accounts.clear();
    day.pass(120s);
    QCOMPARE(day.open(), 0);
    QCOMPARE(day.noticesOf(Kind::Recovered), 1);
}

void PolicyAlertRulesTest::noticesAreReadBack() {
    Day day;
    day.account("shop").unknownCodes["99999"] = 0;
    day.pass(20s);
    day.account("shop").unknownCodes["99999"] = 3;
    day.pass(40s);
    QCOMPARE(day.notices.size(), std::size_t{1});
    const auto read = noticeFromJson(noticeJson(day.notices.front()));
    QVERIFY(read.has_value());
    QCOMPARE(read->alerts.size(), std::size_t{1});
    QVERIFY(read->alerts.front().key == day.notices.front().alerts.front().key);
    QCOMPARE(noticeText(*read, true), noticeText(day.notices.front(), true));
    for (const char *broken : {"", "{}", "[]", "{\"type\":1,\"data\":[]}", R"({"type":"alert.fired","data":{"alerts":[{"rule":"x"}]}})", R"({"type":"alert.fired","data":{"alerts":[]}})"})
        QVERIFY(!noticeFromJson(broken));
}

void PolicyAlertRulesTest::namesAreNoMarkup() {
    AlertNotice notice;
    notice.alerts.emplace_back().key = {AlertRule::AccountHeld, "[x](http://evil)<@all>\n# a", {}};
    const std::string text = noticeMarkdown(notice, false);
    QVERIFY2(text.find("[x]") == std::string::npos && text.find("<@") == std::string::npos && text.find("\n#") == std::string::npos, text.c_str());
    for (int i = 0; i < 500; ++i)
        notice.alerts.push_back(notice.alerts.front());
    QVERIFY(noticeMarkdown(notice, true).size() < 4096);
}

void PolicyAlertRulesTest::everyRuleHasWords() {
    for (const AlertRule rule : allAlertRules) {
        Alert alert;
        alert.key.rule = rule;
        for (const bool chinese : {false, true}) {
            const AlertWords words = alertWords(alert, chinese);
            QVERIFY2(!words.title.empty() && !words.sentence.empty() && !words.advice.empty(), toString(rule));
            QVERIFY2(!alertRuleInfo(rule, {}, chinese).condition.empty(), toString(rule));
        }
        QVERIFY(alertRuleFromString(toString(rule)) == rule);
    }
}

QTEST_GUILESS_MAIN(PolicyAlertRulesTest)
#include "policy_alert_rules_test.moc"
