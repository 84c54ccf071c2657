// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/quota.h"

#include "tests/unit/printing.h"

using namespace songda;
using namespace std::chrono_literals;

namespace {

WallTime china(const char *time) { return *parseIso8601(time); }

const WallTime morning = china("2026-03-01T10:00");
constexpr int bulk = 0;
constexpr int normal = 1;
constexpr int urgent = 2;

QuotaReading reading(std::int64_t limit, std::int64_t used, WallTime now = morning) {
    QuotaReading r;
    r.dailyLimit = limit;
    r.used = used;
    r.day = startOfChinaDay(now);
    return r;
}

void accept(QuotaLedger &ledger, WallTime now, int times) {
    for (int i = 0; i < times; ++i)
        ledger.onAccepted(now);
}

} // namespace

class PolicyQuotaTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutAnyLimitThereIsNoEnd();
    void theSmallerOfBothLimitsCounts_data();
    void theSmallerOfBothLimitsCounts();
    void reservesByPriority_data();
    void reservesByPriority();
    void whatWasUsedCountsAgainstEveryPriority();
    void theDayTurnsAtMidnightInChina();
    void beginsWithWhatTheJournalHas();
    void aReadingWithMoreUsedCounts();
    void aReadingWithLessUsedForgetsNothing();
    void aReadingOfAnotherDayLeavesTodayAlone();
    void aCalendarThatGoesBackFindsItsDayAgain();
    void rememberedDaysAreBounded();
    void hugeNumbersDoNotOverflow();
};

void PolicyQuotaTest::withoutAnyLimitThereIsNoEnd() {
    QuotaLedger ledger;
    ledger.begin(1'000'000, morning);
    for (const int priority : {bulk, normal, urgent})
        QCOMPARE(ledger.left({.keptForUrgent = 0.5, .keptForNormal = 0.4}, priority, morning), noQuota);
    QCOMPARE(ledger.limit({}), noQuota);
    QCOMPARE(ledger.used(morning), 1'000'000);
}

void PolicyQuotaTest::theSmallerOfBothLimitsCounts_data() {
    QTest::addColumn<qint64>("own");
    QTest::addColumn<qint64>("platform");
    QTest::addColumn<qint64>("limit");
    QTest::newRow("none") << qint64{0} << qint64{0} << qint64{noQuota};
    QTest::newRow("own alone") << qint64{500} << qint64{0} << qint64{500};
    QTest::newRow("platform alone") << qint64{0} << qint64{100'000} << qint64{100'000};
    QTest::newRow("own is less") << qint64{500} << qint64{100'000} << qint64{500};
    QTest::newRow("platform is less") << qint64{500'000} << qint64{100'000} << qint64{100'000};
}

void PolicyQuotaTest::theSmallerOfBothLimitsCounts() {
    QFETCH(qint64, own);
    QFETCH(qint64, platform);
    QFETCH(qint64, limit);
    QuotaLedger ledger;
    ledger.begin(0, morning);
    if (platform > 0)
        ledger.onReading(reading(platform, 0));
    const QuotaPolicy policy{.daily = own};
    QCOMPARE(ledger.limit(policy), limit);
    QCOMPARE(ledger.left(policy, bulk, morning), limit);
    // A limit of the platform holds on the next day too, until it says another.
    QCOMPARE(ledger.limit(policy), limit);
    QCOMPARE(ledger.left(policy, bulk, morning + 24h), limit);
}

void PolicyQuotaTest::reservesByPriority_data() {
    QTest::addColumn<double>("forUrgent");
    QTest::addColumn<double>("forNormal");
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<qint64>("bulkMay");
    QTest::addColumn<qint64>("normalMay");
    QTest::newRow("none") << 0.0 << 0.0 << qint64{1000} << qint64{1000} << qint64{1000};
    QTest::newRow("for urgent") << 0.1 << 0.0 << qint64{1000} << qint64{900} << qint64{900};
    QTest::newRow("for normal") << 0.0 << 0.3 << qint64{1000} << qint64{700} << qint64{1000};
    QTest::newRow("for both") << 0.1 << 0.2 << qint64{1000} << qint64{700} << qint64{900};
    QTest::newRow("for both, all thirds") << 0.3 << 0.3 << qint64{10} << qint64{4} << qint64{7};
    QTest::newRow("rounds down") << 0.5 << 0.0 << qint64{3} << qint64{1} << qint64{1};
    QTest::newRow("a limit of one") << 0.1 << 0.0 << qint64{1} << qint64{0} << qint64{0};
    QTest::newRow("no rounding error: 0.1") << 0.1 << 0.0 << qint64{100'000} << qint64{90'000} << qint64{90'000};
    QTest::newRow("no rounding error: 0.9") << 0.9 << 0.0 << qint64{10} << qint64{1} << qint64{1};
    QTest::newRow("more than everything") << 0.9 << 0.9 << qint64{1000} << qint64{0} << qint64{100};
}

void PolicyQuotaTest::reservesByPriority() {
    QFETCH(double, forUrgent);
    QFETCH(double, forNormal);
    QFETCH(qint64, limit);
    QFETCH(qint64, bulkMay);
    QFETCH(qint64, normalMay);
    const QuotaPolicy policy{.daily = limit, .keptForUrgent = forUrgent, .keptForNormal = forNormal};
    QuotaLedger ledger;
    ledger.begin(0, morning);
    QCOMPARE(ledger.left(policy, bulk, morning), bulkMay);
    QCOMPARE(ledger.left(policy, normal, morning), normalMay);
    QCOMPARE(ledger.left(policy, urgent, morning), limit);
}

void PolicyQuotaTest::whatWasUsedCountsAgainstEveryPriority() {
    const QuotaPolicy policy{.daily = 1000, .keptForUrgent = 0.1, .keptForNormal = 0.2};
    QuotaLedger ledger;
    ledger.begin(690, morning);
    QCOMPARE(ledger.left(policy, bulk, morning), 10);
    accept(ledger, morning, 15);
    QCOMPARE(ledger.left(policy, bulk, morning), 0); // never below
    QCOMPARE(ledger.left(policy, normal, morning), 195);
    QCOMPARE(ledger.left(policy, urgent, morning), 295);
    accept(ledger, morning, 400);
    for (const int priority : {bulk, normal, urgent})
        QCOMPARE(ledger.left(policy, priority, morning), 0);
}

void PolicyQuotaTest::theDayTurnsAtMidnightInChina() {
    const QuotaPolicy policy{.daily = 100};
    const WallTime midnight = china("2026-03-02T00:00");
    QuotaLedger ledger;
    ledger.begin(0, morning);
    accept(ledger, midnight - 1ms, 100);
    QCOMPARE(ledger.left(policy, urgent, midnight - 1ms), 0);
    QCOMPARE(ledger.used(midnight), 0);
    QCOMPARE(ledger.left(policy, urgent, midnight), 100);
    accept(ledger, midnight, 1);
    QCOMPARE(ledger.used(midnight), 1);
    QCOMPARE(ledger.left(policy, urgent, midnight + 24h - 1ms), 99);
    QCOMPARE(ledger.left(policy, urgent, midnight + 24h), 100);
}

void PolicyQuotaTest::beginsWithWhatTheJournalHas() {
    QuotaLedger ledger;
    ledger.begin(42, morning);
    QCOMPARE(ledger.used(morning), 42);
    accept(ledger, morning, 1);
    QCOMPARE(ledger.used(morning), 43);
    QCOMPARE(ledger.used(morning + 24h), 0);
}

void PolicyQuotaTest::aReadingWithMoreUsedCounts() {
    QuotaLedger ledger;
    ledger.begin(10, morning);
    ledger.onReading(reading(100, 60));
    QCOMPARE(ledger.used(morning), 60);
    QCOMPARE(ledger.left({}, normal, morning), 40);
    accept(ledger, morning, 3);
    QCOMPARE(ledger.left({}, normal, morning), 37);
    ledger.onReading(reading(100, 250)); // the counter errs by a percent, and others may be faster
    QCOMPARE(ledger.left({}, urgent, morning), 0);
    ledger.onReading(reading(1000, 250)); // raised
    QCOMPARE(ledger.left({}, urgent, morning), 750);
}

void PolicyQuotaTest::aReadingWithLessUsedForgetsNothing() {
    QuotaLedger ledger;
    ledger.begin(50, morning);
    ledger.onReading(reading(100, 3)); // its counter lags
    QCOMPARE(ledger.used(morning), 50);
    QCOMPARE(ledger.left({}, bulk, morning), 50);
}

void PolicyQuotaTest::aReadingOfAnotherDayLeavesTodayAlone() {
    const WallTime after = china("2026-03-02T00:01");
    QuotaLedger ledger;
    ledger.begin(0, after);
    accept(ledger, after, 7);
    ledger.onReading(reading(100, 100, morning)); // yesterday's count, told after midnight
    QCOMPARE(ledger.used(after), 7);
    QCOMPARE(ledger.left({}, normal, after), 93);
}

void PolicyQuotaTest::aCalendarThatGoesBackFindsItsDayAgain() {
    const QuotaPolicy policy{.daily = 100};
    QuotaLedger ledger;
    ledger.begin(90, morning);
    // A day too far for a while, then set right.
    accept(ledger, morning + 24h, 5);
    QCOMPARE(ledger.left(policy, normal, morning + 24h), 95);
    QCOMPARE(ledger.used(morning), 90);
    QCOMPARE(ledger.left(policy, normal, morning), 10);
    accept(ledger, morning, 10);
    QCOMPARE(ledger.left(policy, normal, morning), 0);
    // A second across midnight and back.
    const WallTime midnight = china("2026-03-02T00:00");
    accept(ledger, midnight, 1);
    QCOMPARE(ledger.left(policy, normal, midnight - 1ms), 0);
    QCOMPARE(ledger.used(midnight), 6);
    // To 1970 and to 2100.
    for (const char *far : {"1970-01-02T12:00", "2100-01-01T12:00"}) {
        accept(ledger, china(far), 1);
        QCOMPARE(ledger.used(china(far)), 1);
        QCOMPARE(ledger.left(policy, normal, morning), 0);
    }
}

void PolicyQuotaTest::rememberedDaysAreBounded() {
    QuotaLedger ledger;
    ledger.begin(1, morning);
    for (int day = 1; day <= 1000; ++day)
        accept(ledger, morning + std::chrono::days{day}, day);
    QCOMPARE(ledger.used(morning + std::chrono::days{1000}), 1000);
    QCOMPARE(ledger.used(morning + std::chrono::days{999}), 999);
    QCOMPARE(ledger.used(morning), 0); // long gone
    accept(ledger, morning, 2); // older than all that is remembered: counts all the same
    QCOMPARE(ledger.used(morning), 2);
}

void PolicyQuotaTest::hugeNumbersDoNotOverflow() {
    for (const std::int64_t limit : {noQuota - 1, noQuota - 1024, std::int64_t{1} << 62, std::int64_t{1'000'000'000'000}}) {
        QuotaLedger ledger;
        ledger.begin(0, morning);
        ledger.onReading(reading(limit, 0));
        QCOMPARE(ledger.left({}, urgent, morning), limit);
        QCOMPARE(ledger.left({}, bulk, morning), limit);
        const std::int64_t half = ledger.left({.keptForUrgent = 0.5}, bulk, morning);
        QVERIFY(half >= limit / 2 - 1 && half <= limit / 2 + 1);
        ledger.onReading(reading(limit, noQuota));
        accept(ledger, morning, 3);
        QCOMPARE(ledger.used(morning), noQuota);
        QCOMPARE(ledger.left({}, urgent, morning), 0);
    }
    QuotaLedger endless;
    endless.onReading(reading(noQuota, 5));
    QCOMPARE(endless.left({.keptForUrgent = 0.9}, bulk, morning), noQuota);
}

QTEST_GUILESS_MAIN(PolicyQuotaTest)
#include "policy_quota_test.moc"
