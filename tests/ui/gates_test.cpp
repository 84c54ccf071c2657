// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/gates.h"
#include "ui/pages/overview/why_dialog.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/shell/status_strip.h"
#include "ui/widgets/words.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::ui;

namespace {

Snapshot moving() {
    Snapshot s;
    s.at = fromMillis(1'000'000);
    s.engineOwner = s.running = true;
    s.counts[MessageState::Queued] = 5;
    s.oldestDue = s.at - Seconds(3);
    AccountSnapshot account;
    account.id = AccountId{1};
    account.name = "店铺";
    account.gate = Gate::Open;
    s.accounts.push_back(account);
    return s;
}

/// Index of the first closed gate; -1 when all are open.
int firstClosed(const Snapshot &s) {
    const auto checks = walkGates(s);
    const auto found = std::find_if(checks.begin(), checks.end(), [](const GateCheck &c) { return !c.open; });
    return found == checks.end() ? -1 : static_cast<int>(found - checks.begin());
}

using Change = std::function<void(Snapshot &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class GatesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pointsAtTheFirstClosedGate_data();
    void pointsAtTheFirstClosedGate();
    void everyClosedGateSaysWhatToDo();
    void whatStandsStillIsNamedWithWhatSetsItFree();
    void everyGateThatAPersonClosedHasAnActThatOpensIt();
    void aRefusedPolicyIsSaidAndClosesNothing();
    void theQuotaSaysWhenItRunsOut_data();
    void theQuotaSaysWhenItRunsOut();
    void aSecretUsedElsewhereIsTheCauseWhenTheTokenIsMissing();
    void aClockThatIsBehindIsTheCauseWhenNothingIsDue();
    void theStripSpeaksOfTheAccountInTrouble();
    void theStripSpeaksInWords();
    void whoPausedIsSaidAndSinceWhen();
    void theStripSaysNothingBeforeItHasLooked();
    void theStripPausesForWhoMay();
    void whoLooksOnIsToldWhatIsKnown();
    void openGatesAreNotCalledMovement();
    void countsAreKnownOnlyWhereTheEngineKeepsThem();
};

void GatesTest::pointsAtTheFirstClosedGate_data() {
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("first");
    QTest::newRow("all is well") << Change([](Snapshot &) {}) << -1;
    QTest::newRow("disk full") << Change([](Snapshot &s) { s.problem = "disk full"; s.running = false; }) << 0;
    QTest::newRow("stopped") << Change([](Snapshot &s) { s.running = false; }) << 1;
    QTest::newRow("paused") << Change([](Snapshot &s) { s.paused = true; s.accounts[0].gate = Gate::EnginePaused; }) << 2;
    QTest::newRow("no account") << Change([](Snapshot &s) { s.accounts.clear(); }) << 3;
    QTest::newRow("nothing waits") << Change([](Snapshot &s) { s.counts = {}; s.oldestDue.reset(); s.accounts[0].gate = Gate::Idle; }) << 4;
    for (const Gate gate : {Gate::AccountHeld, Gate::DayQuota, Gate::QuietHours, Gate::MinuteThrottle, Gate::BreakerOpen,
             Gate::Offline, Gate::NoToken, Gate::TemplatesHeld, Gate::Rate, Gate::RetryBudget, Gate::FrequencyCap})
        QTest::newRow(toString(gate)) << Change([gate](Snapshot &s) { s.accounts[0].gate = gate; }) << 5;
    QTest::newRow("not due yet") << Change([](Snapshot &s) { s.oldestDue = s.at + Seconds(60); s.accounts[0].gate = Gate::Idle; }) << 6;
}

void GatesTest::pointsAtTheFirstClosedGate() {
    QFETCH(Change, change);
    QFETCH(int, first);
    Snapshot s = moving();
    change(s);
    QCOMPARE(firstClosed(s), first);
}

void GatesTest::everyClosedGateSaysWhatToDo() {
    Snapshot s = moving();
    s.problem = "disk full";
    s.running = false;
    s.paused = true;
    s.accounts[0].gate = Gate::BreakerOpen;
    s.oldestDue = s.at + Seconds(60);
    for (const GateCheck &check : walkGates(s))
        QVERIFY2(check.open || !check.advice.isEmpty(), qPrintable(check.name));
}

namespace {

StandingStill oneOfEach() {
    StandingStill still;
    Template t;
    t.account = AccountId{1};
    t.templateId = "T1";
    t.title = "付款通知";
    t.hold = Hold{"operator", "wrong words", "tester", fromMillis(1)};
    still.templates = {t};
    Batch b;
    b.id = BatchId{7};
    b.account = AccountId{1};
    b.name = "spring";
    b.state = BatchState::Paused;
    b.counts[MessageState::Queued] = 12;
    b.hold = Hold{"operator", "the shop asked", "tester", fromMillis(1)};
    still.batches = {b};
    return still;
}

} // namespace

void GatesTest::whatStandsStillIsNamedWithWhatSetsItFree() {
    Snapshot s = moving();
    // Others move: worth a look, nothing is closed.
    auto checks = walkGates(s, oneOfEach());
    QVERIFY(std::all_of(checks.begin(), checks.end(), [](const GateCheck &c) { return c.open; }));
    const auto named = [&](GateAct::Kind kind) {
        return std::count_if(checks.begin(), checks.end(), [kind](const GateCheck &c) { return c.act.kind == kind; });
    };
    QCOMPARE(named(GateAct::Kind::ReleaseTemplate), 1);
    QCOMPARE(named(GateAct::Kind::ResumeBatch), 1);
    // Nothing else waits: the finger points at what opens it.
    s.accounts[0].gate = Gate::TemplatesHeld;
    checks = walkGates(s, oneOfEach());
    const auto first = std::find_if(checks.begin(), checks.end(), [](const GateCheck &c) { return !c.open; });
    QVERIFY(first != checks.end());
    QVERIFY(first->act.kind == GateAct::Kind::ReleaseTemplate);
    QCOMPARE(first->act.templateId, std::string("T1"));
    QCOMPARE(first->act.account, s.accounts[0].name); // and no other account's template of that id
    // What the engine held is looked at, not let go from here.
    StandingStill gone = oneOfEach();
    gone.templates[0].hold->cause = "template_gone";
    checks = walkGates(s, gone);
    const auto look = std::find_if(checks.begin(), checks.end(), [](const GateCheck &c) { return !c.open; });
    QVERIFY(look->act.kind == GateAct::Kind::OpenPage && look->act.page == QStringLiteral("templates"));
    // Another account's are not its business.
    StandingStill others = oneOfEach();
    others.templates[0].account = others.batches[0].account = AccountId{2};
    QVERIFY(walkGates(s, others).size() == walkGates(s).size());
    // A batch with a seed is looked at, not let go blindly.
    StandingStill seed = oneOfEach();
    seed.batches[0].hold->detail = seedHold;
    checks = walkGates(s, seed);
    QCOMPARE(named(GateAct::Kind::ShowBatch), 1);
}

void GatesTest::everyGateThatAPersonClosedHasAnActThatOpensIt() {
    Snapshot s = moving();
    s.paused = true;
    QVERIFY(walkGates(s)[2].act.kind == GateAct::Kind::GoOn);
    s = moving();
    s.accounts[0].gate = Gate::AccountHeld;
    s.accounts[0].hold = Hold{"operator", "audit", "tester", fromMillis(1)};
    QVERIFY(walkGates(s)[5].act.kind == GateAct::Kind::ReleaseAccount);
    s.accounts[0].hold->cause = "40013"; // not a person's: mend it first
    QVERIFY(walkGates(s)[5].act.kind == GateAct::Kind::OpenPage);
}

void GatesTest::aRefusedPolicyIsSaidAndClosesNothing() {
    Snapshot s = moving();
    s.policyProblem = "policy.json, line 3: quota.daily is below 0";
    const auto checks = walkGates(s);
    QCOMPARE(firstClosed(s), -1);
    QVERIFY(checks.back().advice.contains(QStringLiteral("line 3")));
}

void GatesTest::theQuotaSaysWhenItRunsOut_data() {
    QTest::addColumn<Change>("change");
    QTest::addColumn<bool>("known");
    QTest::addColumn<int>("minutes"); ///< until it runs out; -1: does not
    QTest::newRow("nobody said") << Change([](Snapshot &s) { s.accounts[0].quotaLimit.reset(); }) << false << -1;
    QTest::newRow("10 a second, 6,000 left") << Change([](Snapshot &) {}) << true << 10;
    QTest::newRow("fits") << Change([](Snapshot &s) { s.accounts[0].counts[MessageState::Queued] = 5999; }) << true << -1;
    QTest::newRow("nothing moves") << Change([](Snapshot &s) { s.accounts[0].ratePerSecond = 0; }) << true << -1;
    QTest::newRow("midnight comes first") << Change([](Snapshot &s) { s.accounts[0].ratePerSecond = 0.06; }) << true << -1;
}

void GatesTest::theQuotaSaysWhenItRunsOut() {
    QFETCH(Change, change);
    QFETCH(bool, known);
    QFETCH(int, minutes);
    Snapshot s = moving();
    s.at = *parseIso8601("2026-03-02T12:00:00+08:00");
    AccountSnapshot &account = s.accounts[0];
    account.quotaLimit = 10'000;
    account.acceptedToday = 4'000;
    account.ratePerSecond = 10;
    account.counts[MessageState::Queued] = 20'000;
    change(s);
    const auto gauge = quotaGauge(s);
    QCOMPARE(gauge.has_value(), known);
    if (!known)
        return;
    QCOMPARE(gauge->runsOut
            ? static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(*gauge->runsOut - s.at).count())
            : -1,
        minutes);
    account.acceptedToday = 10'000;
    QVERIFY(quotaGauge(s)->usedUp);
}

void GatesTest::aSecretUsedElsewhereIsTheCauseWhenTheTokenIsMissing() {
    Snapshot s = moving();
    s.accounts[0].secretUsedElsewhere = true;
    auto checks = walkGates(s);
    QCOMPARE(firstClosed(s), -1); // it still sends: to be looked at, no more
    QVERIFY(checks[5].look && checks[5].advice.contains(QStringLiteral("AppSecret")));
    QVERIFY(checks[5].act.kind == GateAct::Kind::OpenPage && checks[5].act.page == QStringLiteral("accounts"));
    s.accounts[0].gate = Gate::NoToken;
    QCOMPARE(firstClosed(s), 5); // the finger points at it, and not at the token that comes and goes
    QVERIFY(walkGates(s)[5].name.contains(QStringLiteral("店铺")));
    s.accounts[0].secretUsedElsewhere = false;
    QVERIFY(!walkGates(s)[5].name.contains(QStringLiteral("AppSecret")));
}

void GatesTest::aClockThatIsBehindIsTheCauseWhenNothingIsDue() {
    const auto clock = [](const Snapshot &s) {
        const auto checks = walkGates(s);
        const auto found = std::find_if(checks.begin(), checks.end(), [](const GateCheck &c) { return c.name.contains(QStringLiteral("clock")); });
        return found == checks.end() ? std::optional<GateCheck>() : std::optional(*found);
    };
    Snapshot s = moving();
    QVERIFY(!clock(s));
    s.accounts[0].clockDifference = Millis(-600'000);
    QVERIFY(clock(s)->open && clock(s)->look);
    QVERIFY2(clock(s)->advice.contains(QStringLiteral("10 min behind")), qPrintable(clock(s)->advice));
    s.oldestDue = s.at + Seconds(60);
    s.accounts[0].gate = Gate::Idle;
    QVERIFY(!clock(s)->open);
    QVERIFY(walkGates(s)[static_cast<std::size_t>(firstClosed(s))].name.contains(QStringLiteral("clock")));
    s.accounts[0].clockDifference = Millis(600'000); // ahead: what is due goes too early, not too late
    QVERIFY(clock(s)->open);
    QVERIFY(clock(s)->advice.contains(QStringLiteral("ahead")));
}

void GatesTest::theStripSpeaksOfTheAccountInTrouble() {
    Snapshot s = moving();
    AccountSnapshot held;
    held.id = AccountId{2};
    held.gate = Gate::AccountHeld;
    s.accounts.push_back(held);
    QVERIFY(mostTelling(s)->id == AccountId{2});
    s.accounts.pop_back();
    QVERIFY(mostTelling(s)->id == AccountId{1});
    s.accounts.clear();
    QVERIFY(mostTelling(s) == nullptr);
}

void GatesTest::theStripSpeaksInWords() {
    const auto causes = [](const std::string &cause) { return QStringLiteral("words of ") + QString::fromStdString(cause); };
    AccountSnapshot account;
    account.gate = Gate::AccountHeld;
    account.hold = Hold{"operator", "the shop is closed", "li", fromMillis(1)};
    account.gateDetail = "operator";
    QCOMPARE(words::gateSentence(account, causes), QStringLiteral("Account is held: the shop is closed"));
    account.hold = Hold{"48001", "", "engine", fromMillis(1)};
    account.gateDetail = "48001";
    QCOMPARE(words::gateSentence(account, causes), QStringLiteral("Account is held: words of 48001"));
    account.hold.reset();
    account.gate = Gate::Offline;
    account.gateDetail = "connection_refused";
    QCOMPARE(words::gateSentence(account, causes), QStringLiteral("No connection: words of connection_refused"));
    account.gate = Gate::JournalBlocked;
    account.gateDetail = "disk I/O error";
    QCOMPARE(words::gateSentence(account, causes),
        QStringLiteral("The database cannot be written: it is tried again every second; the system says “disk I/O error”"));
}

void GatesTest::whoPausedIsSaidAndSinceWhen() {
    Snapshot s = moving();
    s.paused = true;
    s.accounts[0].gate = Gate::EnginePaused;
    QVERIFY2(!words::pausedBy(s).contains(QStringLiteral("you")), qPrintable(words::pausedBy(s))); // whoever reads it
    s.pausedSince = *parseIso8601("2019-01-31T18:30:05+08:00");
    QCOMPARE(words::pausedBy(s), QStringLiteral("Paused since 2019-01-31 18:30:05"));
    s.pausedBy = "ada";
    const QString said = QStringLiteral("Paused by ada since 2019-01-31 18:30:05");
    QCOMPARE(words::pausedBy(s), said);
    QVERIFY2(walkGates(s)[2].advice.startsWith(said), qPrintable(walkGates(s)[2].advice));
    StatusStrip strip;
    strip.show(s);
    const auto labels = strip.findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->text() == said; }));
}

void GatesTest::theStripSaysNothingBeforeItHasLooked() {
    StatusStrip strip;
    const auto said = [&strip](const Snapshot &snapshot) {
        strip.show(snapshot);
        QString text;
        for (const QLabel *label : strip.findChildren<QLabel *>())
            text += label->text();
        return text;
    };
    Snapshot s;
    QCOMPARE(said(s), QString());
    s.problem = "disk full";
    QVERIFY2(said(s).contains(QStringLiteral("disk full")), qPrintable(said(s)));
    s.problem.clear();
    s.at = fromMillis(1'000'000);
    QVERIFY2(said(s).contains(QStringLiteral("No process runs the engine")), qPrintable(said(s)));
}

void GatesTest::theStripPausesForWhoMay() {
    StatusStrip strip;
    strip.show(moving());
    QVERIFY(strip.pauseButton()->isEnabled());
    strip.setMayPause(false, QStringLiteral("Only for: admins"));
    strip.show(moving());
    QVERIFY(!strip.pauseButton()->isEnabled());
    QCOMPARE(strip.pauseButton()->toolTip(), QStringLiteral("Only for: admins"));
    strip.setMayPause(true, {});
    QVERIFY(strip.pauseButton()->isEnabled());
}

void GatesTest::whoLooksOnIsToldWhatIsKnown() {
    Snapshot s = moving();
    s.engineOwner = s.running = false;
    s.oldestDue.reset();
    s.accounts[0].gate = Gate::EngineStopped;
    s.elsewhere = true;
    auto checks = walkGates(s);
    QVERIFY(std::all_of(checks.begin(), checks.end(), [](const GateCheck &c) { return c.open; }));
    QVERIFY(std::any_of(checks.begin(), checks.end(), [](const GateCheck &c) { return c.look && !c.advice.isEmpty(); }));
    const auto verdict = [](const Snapshot &snapshot, const std::vector<GateCheck> &of) {
        WhyDialog dialog(snapshot, of, true);
        return dialog.findChild<QLabel *>(QStringLiteral("verdict"))->text();
    };
    QVERIFY(!verdict(s, checks).contains(QStringLiteral("moving")));
    s.elsewhere = false;
    checks = walkGates(s);
    const auto first = std::find_if(checks.begin(), checks.end(), [](const GateCheck &c) { return !c.open; });
    QVERIFY(first != checks.end() && first->advice.contains(QStringLiteral("songda-cli")));
    // What is held stands in the database, whoever delivers.
    s.elsewhere = true;
    s.accounts[0].gate = Gate::AccountHeld;
    s.accounts[0].hold = Hold{"operator", "the shop is closed", "li", fromMillis(1)};
    checks = walkGates(s, oneOfEach());
    const auto held = std::find_if(checks.begin(), checks.end(), [](const GateCheck &c) { return !c.open; });
    QVERIFY(held != checks.end() && held->act.kind == GateAct::Kind::ReleaseAccount);
    QVERIFY(std::any_of(checks.begin(), checks.end(), [](const GateCheck &c) { return c.act.kind == GateAct::Kind::ResumeBatch; }));
}

void GatesTest::openGatesAreNotCalledMovement() {
    Snapshot s = moving();
    const auto verdict = [](const Snapshot &snapshot) {
        WhyDialog dialog(snapshot, walkGates(snapshot), true);
        return dialog.findChild<QLabel *>(QStringLiteral("verdict"))->text();
    };
    QVERIFY(!verdict(s).contains(QStringLiteral("moving")));
    s.ratePerSecond = 12;
    QVERIFY(verdict(s).contains(QStringLiteral("moving")));
}

void GatesTest::countsAreKnownOnlyWhereTheEngineKeepsThem() {
    StateCounts counts;
    counts[MessageState::Dead] = 3;
    counts[MessageState::Uncertain] = 2;
    counts[MessageState::Accepted] = 10;
    MessageFilter filter;
    QCOMPARE(knownCount(filter, counts).value_or(-1), 15);
    filter.states = {MessageState::Dead, MessageState::Uncertain};
    QCOMPARE(knownCount(filter, counts).value_or(-1), 5);
    filter.cause = "43004";
    QVERIFY(!knownCount(filter, counts));
}

QTEST_MAIN(GatesTest)
#include "gates_test.moc"
