// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/retry_budget.h"

#include "tests/unit/printing.h"

#include <random>

using namespace songda;
using namespace std::chrono_literals;

namespace {

const SteadyTime start{1000s};

/// Makes all repeats there are.
int spend(RetryBudget &budget, SteadyTime now) {
    int spent = 0;
    for (; budget.available(now) > 0; ++spent)
        budget.onRepeat(now);
    return spent;
}

/// A budget of which nothing is left.
RetryBudget empty(const RetryBudgetPolicy &policy) {
    RetryBudget budget(policy, start);
    spend(budget, start);
    return budget;
}

} // namespace

class PolicyRetryBudgetTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsWithTwentySecondsOfTheSteadyAllowance_data();
    void startsWithTwentySecondsOfTheSteadyAllowance();
    void firstTriesPayTheirShare_data();
    void firstTriesPayTheirShare();
    void timePaysTheSteadyAllowance();
    void neverSavesUpMoreThanItMay();
    void whatMustNotWaitTakesItBelowZero();
    void theDebtIsBounded();
    void nextIsExact_data();
    void nextIsExact();
    void newNumbersKeepWhatIsThere();
    void timeGoingBackwardsGivesNothing();
    void repeatsNeverExceedShareAndAllowance_data();
    void repeatsNeverExceedShareAndAllowance();
};

void PolicyRetryBudgetTest::startsWithTwentySecondsOfTheSteadyAllowance_data() {
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<double>("atMost");
    QTest::addColumn<int>("there");
    QTest::newRow("built in") << 5.0 << 2000.0 << 100;
    QTest::newRow("slow") << 0.1 << 2000.0 << 2;
    QTest::newRow("little may be saved") << 5.0 << 30.0 << 30;
}

void PolicyRetryBudgetTest::startsWithTwentySecondsOfTheSteadyAllowance() {
    QFETCH(double, perSecond);
    QFETCH(double, atMost);
    QFETCH(int, there);
    RetryBudget budget({.share = 0.5, .perSecond = perSecond, .atMost = atMost}, start);
    QCOMPARE(budget.available(start), there);
    QCOMPARE(spend(budget, start), there);
}

void PolicyRetryBudgetTest::firstTriesPayTheirShare_data() {
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("tries");
    QTest::addColumn<int>("repeats");
    QTest::newRow("nothing") << 0.0 << 1000 << 0;
    QTest::newRow("a tenth") << 0.1 << 1000 << 100;
    QTest::newRow("a tenth, not quite one") << 0.1 << 9 << 0;
    QTest::newRow("a tenth, one") << 0.1 << 10 << 1;
    QTest::newRow("a third") << 1.0 / 3 << 3 << 1;
    QTest::newRow("half") << 0.5 << 101 << 50;
    QTest::newRow("ten") << 10.0 << 7 << 70;
}

void PolicyRetryBudgetTest::firstTriesPayTheirShare() {
    QFETCH(double, share);
    QFETCH(int, tries);
    QFETCH(int, repeats);
    RetryBudget budget = empty({.share = share, .perSecond = 5, .atMost = 2000});
    for (int i = 0; i < tries; ++i)
        budget.onFirstTry();
    QCOMPARE(budget.available(start), repeats);
    QCOMPARE(spend(budget, start), repeats);
}

void PolicyRetryBudgetTest::timePaysTheSteadyAllowance() {
    RetryBudget budget = empty({.share = 0, .perSecond = 5, .atMost = 2000});
    QCOMPARE(budget.available(start), 0);
    QCOMPARE(budget.available(start + 199999us), 0);
    QCOMPARE(budget.available(start + 200ms), 1);
    QCOMPARE(budget.available(start + 1s), 5);
    QCOMPARE(budget.available(start + 60s), 300);
    // The same in many small steps.
    int spent = 0;
    for (SteadyTime now = start; now <= start + 60s; now += 1ms)
        spent += spend(budget, now);
    QCOMPARE(spent, 300);
}

void PolicyRetryBudgetTest::neverSavesUpMoreThanItMay() {
    RetryBudget budget({.share = 10, .perSecond = 100, .atMost = 50}, start);
    for (int i = 0; i < 1000; ++i)
        budget.onFirstTry();
    QCOMPARE(budget.available(start + 1h), 50);
    QCOMPARE(spend(budget, start + 1h), 50);
    QCOMPARE(budget.available(start + 1h), 0);
}

void PolicyRetryBudgetTest::whatMustNotWaitTakesItBelowZero() {
    RetryBudget budget = empty({.share = 0.5, .perSecond = 5, .atMost = 2000});
    for (int i = 0; i < 3; ++i)
        budget.onRepeat(start);
    QCOMPARE(budget.available(start), 0); // not negative
    // Three owed: the fourth to be earned may be made.
    QCOMPARE(budget.available(start + 799ms), 0);
    QCOMPARE(budget.available(start + 800ms), 1);
    QCOMPARE(budget.nextAt(start), start + 800ms);
    for (int i = 0; i < 7; ++i)
        budget.onFirstTry();
    QCOMPARE(budget.available(start), 0);
    budget.onFirstTry();
    QCOMPARE(budget.available(start), 1);
}

void PolicyRetryBudgetTest::theDebtIsBounded() {
    RetryBudget budget = empty({.share = 0, .perSecond = 5, .atMost = 2000});
    for (int i = 0; i < 100'000; ++i)
        budget.onRepeat(start);
    QCOMPARE(budget.nextAt(start), start + 1200ms); // a second of debt and the one itself
    QCOMPARE(budget.available(start + 1200ms), 1);
}

void PolicyRetryBudgetTest::nextIsExact_data() {
    QTest::addColumn<double>("perSecond");
    for (const double perSecond : {0.1, 0.3, 1.0, 3.0, 5.0, 7.0, 33.3, 100.0, 9999.0, 10'000.0})
        QTest::addRow("%g a second", perSecond) << perSecond;
}

void PolicyRetryBudgetTest::nextIsExact() {
    QFETCH(double, perSecond);
    std::mt19937_64 random(2);
    for (int round = 0; round < 2000; ++round) {
        RetryBudget budget = empty({.share = static_cast<double>(random() % 1000) / 1000, .perSecond = perSecond, .atMost = 2000});
        const int owed = static_cast<int>(random() % 3);
        for (int i = 0; i < owed; ++i)
            budget.onRepeat(start);
        budget.onFirstTry();
        const SteadyTime now = start + Micros{static_cast<std::int64_t>(random() % 300'000)};
        const SteadyTime next = budget.nextAt(now);
        QVERIFY2(budget.available(next) >= 1, "woken too early");
        if (next > now) {
            QCOMPARE(budget.available(now), 0);
            QVERIFY2(budget.available(next - 1us) == 0, "woken too late");
        } else {
            QVERIFY(next == now && budget.available(now) >= 1);
        }
    }
}

void PolicyRetryBudgetTest::newNumbersKeepWhatIsThere() {
    RetryBudget budget({.share = 0.5, .perSecond = 5, .atMost = 2000}, start);
    budget.configure({.share = 0, .perSecond = 1, .atMost = 2000}, start + 2s);
    QCOMPARE(budget.available(start + 2s), 110); // the two seconds were earned at five
    QCOMPARE(budget.available(start + 4s), 112);
    budget.configure({.share = 0, .perSecond = 1, .atMost = 10}, start + 4s);
    QCOMPARE(budget.available(start + 4s), 10);
    QCOMPARE(budget.available(start + 1h), 10);
}

void PolicyRetryBudgetTest::timeGoingBackwardsGivesNothing() {
    RetryBudget budget = empty({.share = 0, .perSecond = 5, .atMost = 2000});
    budget.onRepeat(start + 1s);
    QCOMPARE(budget.available(start), 4);
    budget.onRepeat(start);
    QCOMPARE(budget.available(start + 1s), 3);
}

void PolicyRetryBudgetTest::repeatsNeverExceedShareAndAllowance_data() {
    QTest::addColumn<double>("share");
    QTest::addColumn<double>("perSecond");
    QTest::newRow("built in") << 0.5 << 5.0;
    QTest::newRow("time alone") << 0.0 << 2.0;
    QTest::newRow("more than each first try") << 3.0 << 0.1;
}

void PolicyRetryBudgetTest::repeatsNeverExceedShareAndAllowance() {
    QFETCH(double, share);
    QFETCH(double, perSecond);
    std::mt19937_64 random(3);
    const RetryBudgetPolicy policy{.share = share, .perSecond = perSecond, .atMost = 100};
    RetryBudget budget(policy, start);
    const double atStart = std::min(policy.atMost, 20 * perSecond);
    SteadyTime now = start;
    int firsts = 0;
    int repeats = 0;
    for (int step = 0; step < 20'000; ++step) {
        now += Micros{static_cast<std::int64_t>(random() % 100'000)};
        if (random() % 3 == 0) {
            budget.onFirstTry();
            ++firsts;
        } else if (budget.available(now) > 0) { // as many wait as there are
            budget.onRepeat(now);
            ++repeats;
        }
        const double earned = atStart + share * firsts + perSecond * std::chrono::duration<double>(now - start).count();
        QVERIFY2(repeats <= earned + 1e-6, qPrintable(QStringLiteral("%1 repeats for %2 earned, seed 3").arg(repeats).arg(earned)));
    }
    QVERIFY(repeats > 1000);
}

QTEST_GUILESS_MAIN(PolicyRetryBudgetTest)
#include "policy_retry_budget_test.moc"
