// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/replay_window.h"
#include "engine/policy/wechat_day.h"

#include "tests/unit/printing.h"

using namespace songda;
using namespace std::chrono_literals;

namespace {

constexpr RunId thisRun{7};
constexpr RunId earlierRun{6};

} // namespace

class PolicyTimeWindowsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repeatIsSafeForEightMinutes_data();
    void repeatIsSafeForEightMinutes();
    void quotaComesBackFiveMinutesAfterMidnight_data();
    void quotaComesBackFiveMinutesAfterMidnight();
};

void PolicyTimeWindowsTest::repeatIsSafeForEightMinutes_data() {
    QTest::addColumn<bool>("sameRun");
    QTest::addColumn<bool>("sameBoot");
    QTest::addColumn<qint64>("steadySeconds");
    QTest::addColumn<qint64>("wallSeconds");
    QTest::addColumn<qint64>("leftSeconds");
    const auto row
        = [](const char *name, bool sameRun, bool sameBoot, qint64 steady, qint64 wall, qint64 left) {
              QTest::newRow(name) << sameRun << sameBoot << steady << wall << left;
          };
    const qint64 day = 86400;
    row("at once", true, true, 0, 0, 480);
    row("after a minute", true, true, 60, 60, 420);
    row("just before the end", true, true, 479, 479, 1);
    row("at the end", true, true, 480, 480, 0);
    row("long after", true, true, day, day, 0);
    // Inside one process only the steady clock tells the time.
    row("same run, calendar set forward", true, true, 60, day, 420);
    row("same run, calendar set back", true, true, 60, -day, 420);
    row("same run, calendar stands still", true, true, 480, 0, 0);
    row("same run, boot not recognised", true, false, 60, 60, 420);
    // After a restart of the program the larger of both ages counts.
    row("same boot, clocks agree", false, true, 60, 60, 420);
    row("same boot, calendar set forward", false, true, 60, 300, 180);
    row("same boot, calendar set far forward", false, true, 60, day, 0);
    row("same boot, calendar set back", false, true, 300, 60, 180);
    row("same boot, calendar set back before it", false, true, 300, -day, 180);
    row("same boot, at the end by the steady clock", false, true, 480, 0, 0);
    row("same boot, at the end by the calendar", false, true, 0, 480, 0);
    // After a restart of the machine its steady clock says nothing.
    row("other boot, by the calendar", false, false, -day, 60, 420);
    row("other boot, steady clock ahead", false, false, day, 60, 420);
    row("other boot, at the end", false, false, -day, 480, 0);
    row("other boot, long after", false, false, 0, day, 0);
    row("other boot, calendar set back", false, false, 60, -1, 0);
    row("other boot, calendar set far back", false, false, 60, -day, 0);
}

void PolicyTimeWindowsTest::repeatIsSafeForEightMinutes() {
    QFETCH(bool, sameRun);
    QFETCH(bool, sameBoot);
    QFETCH(qint64, steadySeconds);
    QFETCH(qint64, wallSeconds);
    QFETCH(qint64, leftSeconds);
    const Now first{fromMillis(1769817600000), SteadyTime{100h}};
    const AmbiguousSince since{first.wall, first.steady, sameRun ? thisRun : earlierRun};
    const Now now{first.wall + Seconds{wallSeconds}, first.steady + Seconds{steadySeconds}};
    QCOMPARE(safeRepeatTimeLeft(since, now, thisRun, sameBoot), Millis{Seconds{leftSeconds}});
}

void PolicyTimeWindowsTest::quotaComesBackFiveMinutesAfterMidnight_data() {
    QTest::addColumn<std::string>("moment");
    QTest::addColumn<std::string>("reset");
    const auto row = [](const char *name, const char *moment, const char *reset) {
        QTest::newRow(name) << std::string(moment) << std::string(reset);
    };
    row("noon", "2026-01-30T12:00:00+08:00", "2026-01-31T00:05:00.000+08:00");
    row("last moment of the day", "2026-01-30T23:59:59.999+08:00", "2026-01-31T00:05:00.000+08:00");
    row("midnight", "2026-01-31T00:00:00+08:00", "2026-01-31T00:05:00.000+08:00");
    row("just before the reset", "2026-01-31T00:04:59.999+08:00", "2026-01-31T00:05:00.000+08:00");
    row("at the reset", "2026-01-31T00:05:00+08:00", "2026-02-01T00:05:00.000+08:00");
    row("UTC midnight is eight in China", "2026-01-31T00:00:00Z", "2026-02-01T00:05:00.000+08:00");
    row("evening in UTC is the next day in China", "2026-01-30T16:00:00Z", "2026-01-31T00:05:00.000+08:00");
    row("before a leap day", "2024-02-28T12:00:00+08:00", "2024-02-29T00:05:00.000+08:00");
    row("leap day", "2024-02-29T12:00:00+08:00", "2024-03-01T00:05:00.000+08:00");
    row("year end", "2025-12-31T12:00:00+08:00", "2026-01-01T00:05:00.000+08:00");
}

void PolicyTimeWindowsTest::quotaComesBackFiveMinutesAfterMidnight() {
    QFETCH(std::string, moment);
    QFETCH(std::string, reset);
    const auto t = parseIso8601(moment);
    QVERIFY(t.has_value());
    QCOMPARE(toIso8601(nextQuotaReset(*t)), reset);
    QVERIFY(nextQuotaReset(*t) > *t);
}

QTEST_GUILESS_MAIN(PolicyTimeWindowsTest)
#include "policy_time_windows_test.moc"
