// SPDX-License-Identifier: GPL-3.0-or-later
//
// The overview: what went well today, the curves, breaker and token, and what the engine found out about accounts.
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/pages/accounts/accounts_page.h"
#include "ui/pages/overview/gate_timeline.h"
#include "ui/pages/overview/latency_chart.h"
#include "ui/pages/overview/overview_page.h"
#include "ui/shell/status_strip.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QLabel>
#include <QPushButton>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

Snapshot answered(int second, int p50) {
    Snapshot s;
    s.at = fromMillis(1'772'424'000'000) + Seconds(second);
    s.latencyP50 = Millis(p50);
    s.latencyP95 = Millis(p50 * 2);
    s.latencyP99 = Millis(p50 * 4);
    return s;
}

ui::Page *page(ConsoleFixture &console, const char *name) { return console.window().page(QLatin1String(name)); }

} // namespace

class OverviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silenceIsNoLineAtTheBottom();
    void theShareOfTodayOpensWhatFailedToday();
    void aTopCauseOpensByTheKeyboard();
    void theTimelineIsReadWithoutAMouse();
    void whatTheEngineFoundOutIsSaidWhereOneLooks();
    void theStripNamesTheWorstBreaker();
    void theStripNamesWhoseTokenItIs();
    void theCurvesStandStillWithThePage();
    void whoPausedStandsAtTheAccount();
    void aLongCancelIsWatchedAndEnded();
};

void OverviewTest::silenceIsNoLineAtTheBottom() {
    LatencyChart chart;
    chart.resize(500, 220);
    chart.show();
    for (int second = 0; second < 30; ++second)
        chart.sample(answered(second, 80));
    QCOMPARE(chart.pieces(), 1);
    QCOMPARE(chart.silence().count(), 0);
    for (int second = 30; second < 50; ++second)
        chart.sample(answered(second, 0));
    QCOMPARE(chart.pieces(), 1);
    QCOMPARE(chart.silence().count(), 20'000);
    QVERIFY2(chart.accessibleDescription().contains(QStringLiteral("Nothing was answered")), qPrintable(chart.accessibleDescription()));
    for (int second = 50; second < 60; ++second)
        chart.sample(answered(second, 40));
    QCOMPARE(chart.pieces(), 2); // two lines with a gap between, not one that falls to nothing
    QVERIFY(chart.accessibleDescription().contains(QStringLiteral("40 ms")));
    // Five minutes on the old gap has left the chart.
    for (int second = 60; second < 400; ++second)
        chart.sample(answered(second, 40));
    QCOMPARE(chart.pieces(), 1);
    QCOMPARE(chart.silence().count(), 0);
}

void OverviewTest::theShareOfTodayOpensWhatFailedToday() {
    ConsoleFixture console({.mix = "43004=20,busy=20"});
    QVERIFY(console.isReady());
    auto *success = part<StatTile>(page(console, "overview"), "successToday");
    QVERIFY(!success->opens()); // nothing failed yet
    QVERIFY(console.import(console.writeCsv(QStringLiteral("t.csv"), 0, 120)));
    QVERIFY(console.drain());
    const StateCounts counts = console.engine().snapshot().counts;
    const std::int64_t dead = counts[MessageState::Dead];
    QVERIFY(dead > 0 && dead < 120);
    const auto said = [&] { return success->accessibleDescription(); };
    const QString share = ui::share(counts[MessageState::Accepted], 120);
    QTRY_VERIFY2(said().startsWith(share), qPrintable(said() + QStringLiteral(" is not ") + share));
    QVERIFY2(said().contains(QStringLiteral("%1 failed").arg(dead)), qPrintable(said()));
    QVERIFY(success->toolTip().contains(QStringLiteral("00:00")));
    DataTable *queue = table(page(console, "queue"), "queue");
    QTest::mouseClick(success, Qt::LeftButton);
    QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
    QTRY_COMPARE(queue->model()->rowCount(), static_cast<int>(dead));
    // The same with the keyboard.
    console.window().showPage(QStringLiteral("overview"));
    success->setFocus();
    QTest::keyClick(success, Qt::Key_Return);
    QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
}

void OverviewTest::aTopCauseOpensByTheKeyboard() {
    ConsoleFixture console({.mix = "43004=20,43101=10"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("c.csv"), 0, 100)));
    QVERIFY(console.drain());
    console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window()));
    DataTable *causes = table(page(console, "overview"), "top_causes");
    QTRY_COMPARE(causes->model()->rowCount(), 2);
    QTRY_COMPARE(causes->model()->index(0, 1).data().toInt() + causes->model()->index(1, 1).data().toInt(),
        static_cast<int>(console.engine().snapshot().counts[MessageState::Dead]));
    QTest::keyClick(&console.window(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(causes->hasFocus());
    QTest::keyClick(causes, Qt::Key_Down);
    const int row = causes->currentIndex().row();
    QCOMPARE(row, 1);
    const int n = causes->model()->index(row, 1).data().toInt();
    QTest::keyClick(causes, Qt::Key_Return);
    QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
    QTRY_COMPARE(table(page(console, "queue"), "queue")->model()->rowCount(), n);
}

void OverviewTest::theTimelineIsReadWithoutAMouse() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window()));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("m.csv"), 0, 20)));
    QVERIFY(console.drain());
    auto *timeline = part<GateTimeline>(page(console, "overview"), "gateTimeline");
    QTRY_VERIFY_WITH_TIMEOUT(timeline->accessibleDescription().contains(QString::fromUtf8(accountName)), 10'000);
    QVERIFY2(timeline->accessibleDescription().contains(QStringLiteral("breaker closed")), qPrintable(timeline->accessibleDescription()));
    QTest::keyClick(&console.window(), Qt::Key_3, Qt::ControlModifier);
    QVERIFY(timeline->hasFocus());
    QVERIFY(timeline->caption().isEmpty());
    QTest::keyClick(timeline, Qt::Key_Left);
    const QString now = timeline->caption();
    QVERIFY2(now.contains(QStringLiteral("breaker closed")), qPrintable(now));
    QTest::keyClick(timeline, Qt::Key_Home);
    QVERIFY2(timeline->caption() != now && timeline->caption().contains(QStringLiteral("not known")), qPrintable(timeline->caption())); // before it was started
    QVERIFY(timeline->accessibleDescription().startsWith(timeline->caption()));
}

void OverviewTest::whatTheEngineFoundOutIsSaidWhereOneLooks() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    auto *overview = page(console, "overview");
    auto *accounts = page(console, "accounts");
    console.window().showPage(QStringLiteral("accounts"));
    QTRY_COMPARE(table(accounts, "accounts")->model()->rowCount(), 1);
    QTRY_VERIFY(!table(accounts, "accounts")->chosenRows().isEmpty());
    Snapshot s = console.engine().snapshot();
    auto *onOverview = part<Notice>(overview, "accountFacts");
    auto *onAccounts = part<Notice>(accounts, "accountFacts");
    const auto show = [&] {
        overview->showSnapshot(s);
        accounts->showSnapshot(s);
    };
    show();
    QVERIFY(onOverview->text().isEmpty() && onAccounts->text().isEmpty());
    s.accounts[0].secretUsedElsewhere = true;
    s.accounts[0].clockDifference = Millis(-125'000);
    show();
    for (const Notice *notice : {onOverview, onAccounts}) {
        QVERIFY2(notice->text().contains(QStringLiteral("AppSecret")) && notice->text().contains(QString::fromUtf8(accountName)), qPrintable(notice->text()));
        QVERIFY2(notice->text().contains(QStringLiteral("2 min behind")), qPrintable(notice->text()));
    }
    QVERIFY(table(accounts, "accounts")->model()->index(0, 3).data().toString().contains(QStringLiteral("secret")));
    s.accounts[0].clockDifference = Millis(125'000);
    show();
    QVERIFY(onOverview->text().contains(QStringLiteral("2 min ahead")));
    s = console.engine().snapshot();
    show();
    QVERIFY(onOverview->text().isEmpty() && onAccounts->text().isEmpty());
}

void OverviewTest::theStripNamesTheWorstBreaker() {
    StatusStrip strip;
    auto *breaker = strip.findChild<Chip *>(QStringLiteral("breaker"));
    Snapshot s;
    strip.StatusStrip::show(s);
    QVERIFY(breaker->text().isEmpty()); // nobody runs the engine: nothing is known
    s.running = true;
    s.accounts.resize(3);
    s.accounts[0].name = "one";
    s.accounts[1].name = "two";
    s.accounts[2].name = "three";
    strip.StatusStrip::show(s);
    QCOMPARE(breaker->text(), QStringLiteral("Breaker closed"));
    s.accounts[1].breakerProbing = true;
    strip.StatusStrip::show(s);
    QCOMPARE(breaker->text(), QStringLiteral("Breaker half open"));
    QVERIFY(breaker->toolTip().contains(QStringLiteral("two")));
    // An open one counts more, also behind another closed gate.
    s.accounts[2].breakerOpen = true;
    s.accounts[2].gate = Gate::AccountHeld;
    strip.StatusStrip::show(s);
    QCOMPARE(breaker->text(), QStringLiteral("Breaker open"));
    QVERIFY2(breaker->toolTip().contains(QStringLiteral("three")) && breaker->toolTip().contains(QStringLiteral("wait unharmed")), qPrintable(breaker->toolTip()));
}

void OverviewTest::theStripNamesWhoseTokenItIs() {
    Snapshot s = answered(0, 80);
    s.engineOwner = s.running = true;
    for (const char *name : {"main", "shop"}) {
        AccountSnapshot account;
        account.name = name;
        account.gate = Gate::Open;
        account.tokenLife = Seconds(600);
        s.accounts.push_back(account);
    }
    StatusStrip strip;
    const auto said = [&strip] {
        QString text;
        for (const QLabel *label : strip.findChildren<QLabel *>())
            text += label->text() + QLatin1Char('\n');
        return text;
    };
    strip.show(s);
    QVERIFY2(said().contains(QStringLiteral("main: token 10 min")), qPrintable(said()));
    s.accounts[1].gate = Gate::DayQuota; // it speaks of this one now
    strip.show(s);
    QVERIFY2(said().contains(QStringLiteral("shop: token")), qPrintable(said()));
    s.accounts.pop_back();
    strip.show(s);
    QVERIFY2(!said().contains(QStringLiteral("main: token")) && said().contains(QStringLiteral("token 10 min")), qPrintable(said()));
}

void OverviewTest::theCurvesStandStillWithThePage() {
    LatencyChart chart;
    chart.resize(500, 220);
    chart.show();
    for (int second = 0; second < 30; ++second)
        chart.sample(answered(second, 80));
    chart.holdStill(true);
    for (int second = 30; second < 50; ++second)
        chart.sample(answered(second, 0));
    for (int second = 50; second < 60; ++second)
        chart.sample(answered(second, 40));
    QCOMPARE(chart.pieces(), 1);
    chart.holdStill(false);
    QCOMPARE(chart.pieces(), 2); // nothing is lost of what came meanwhile

    GateTimeline timeline;
    Snapshot s = answered(0, 80);
    s.engineOwner = s.running = true;
    s.accounts.resize(1);
    s.accounts[0].name = "main";
    timeline.sample(s);
    timeline.holdStill(true);
    s.at += Seconds(30);
    timeline.sample(s);
    QVERIFY(timeline.history().now() == s.at - Seconds(30));
    timeline.holdStill(false);
    QVERIFY(timeline.history().now() == s.at);
    // The button for it is always there.
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    auto *strip = console.window().findChild<StatusStrip *>();
    auto *still = part<QPushButton>(strip, "letItMove");
    QVERIFY(still->isVisible() && !still->isChecked());
    QVERIFY(press(strip, "letItMove"));
    QVERIFY(still->isChecked());
    QVERIFY(press(strip, "letItMove"));
    QVERIFY(!still->isChecked());
}

void OverviewTest::whoPausedStandsAtTheAccount() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("accounts"));
    auto *accounts = page(console, "accounts");
    QTRY_COMPARE(table(accounts, "accounts")->model()->rowCount(), 1);
    Snapshot s = console.engine().snapshot();
    s.paused = true;
    s.pausedBy = "ada";
    s.pausedSince = *parseIso8601("2019-01-31T18:30:05+08:00");
    s.accounts[0].gate = Gate::EnginePaused;
    accounts->showSnapshot(s);
    QCOMPARE(table(accounts, "accounts")->model()->index(0, 2).data().toString(), QStringLiteral("Paused by ada since 2019-01-31 18:30:05"));
}

void OverviewTest::aLongCancelIsWatchedAndEnded() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    constexpr int many = 100'000;
    const auto report = console.importForTomorrow(many);
    QVERIFY(report.has_value());
    auto *overview = page(console, "overview");
    DataTable *batches = table(overview, "batches");
    QTRY_COMPARE(batches->model()->rowCount(), 1);
    batches->selectRow(0);
    auto *cancel = part<QPushButton>(overview, "overviewCancel");
    answerReason(QStringLiteral("wrong list"));
    QVERIFY(pressSoon(overview, "overviewCancel"));
    QVERIFY(!cancel->isEnabled()); // one at a time
    QTRY_VERIFY_WITH_TIMEOUT(part<ActProgress>(overview, "actProgress")->isVisible(), 30'000);
    QVERIFY(press(overview, "stopAct"));
    QTRY_VERIFY_WITH_TIMEOUT(says(overview, QStringLiteral("the batch is paused")), 30'000);
    QTRY_VERIFY(cancel->isEnabled());
    const Batch half = wait(console.engine().batch(report->batch)).value();
    QVERIFY(half.state == BatchState::Paused);
    QVERIFY(half.counts[MessageState::Cancelled] > 0 && half.counts[MessageState::Queued] > 0);
}

QTEST_MAIN(OverviewTest)
#include "overview_test.moc"
