// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/why_dialog.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/shell/status_strip.h"

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
    void theStripSpeaksOfTheAccountInTrouble();
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
    for (const Gate gate : {Gate::AccountHeld, Gate::DayQuota, Gate::MinuteThrottle, Gate::BreakerOpen, Gate::Offline, Gate::NoToken, Gate::TemplatesHeld})
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

QTEST_GUILESS_MAIN(GatesTest)
#include "gates_test.moc"
