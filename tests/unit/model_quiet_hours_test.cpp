// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/quiet_hours.h"

#include "tests/unit/printing.h"

#include <cstdlib>
#include <ctime>
#include <random>

using namespace songda;
using namespace std::chrono_literals;

namespace {

WallTime china(const char *time) { return *parseIso8601(time); }

const QuietHours night{.from = 22h + 30min, .until = 7h};
const QuietHours noon{.from = 12h, .until = 13h + 30min};

} // namespace

class ModelQuietHoursTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void edgesToTheMillisecond_data();
    void edgesToTheMillisecond();
    void equalTimesAreNoQuiet();
    void theNextBeginIsAlwaysAhead_data();
    void theNextBeginIsAlwaysAhead();
    void everyMinuteOfTheDayAsCountedByHand();
    void theMachinesTimeZoneDoesNotMatter();
};

void ModelQuietHoursTest::edgesToTheMillisecond_data() {
    QTest::addColumn<bool>("overMidnight");
    QTest::addColumn<QByteArray>("at");
    QTest::addColumn<QByteArray>("until"); // empty: not quiet
    QTest::newRow("night: before") << true << QByteArray("2026-02-28T22:29:59.999") << QByteArray();
    QTest::newRow("night: first moment") << true << QByteArray("2026-02-28T22:30:00.000") << QByteArray("2026-03-01T07:00");
    QTest::newRow("night: last of the day") << true << QByteArray("2026-02-28T23:59:59.999") << QByteArray("2026-03-01T07:00");
    QTest::newRow("night: midnight") << true << QByteArray("2026-03-01T00:00:00.000") << QByteArray("2026-03-01T07:00");
    QTest::newRow("night: last moment") << true << QByteArray("2026-03-01T06:59:59.999") << QByteArray("2026-03-01T07:00");
    QTest::newRow("night: over") << true << QByteArray("2026-03-01T07:00:00.000") << QByteArray();
    QTest::newRow("night: over the leap day") << true << QByteArray("2028-02-28T23:00:00.000") << QByteArray("2028-02-29T07:00");
    QTest::newRow("night: over the year") << true << QByteArray("2026-12-31T23:00:00.000") << QByteArray("2027-01-01T07:00");
    QTest::newRow("night: before 1970") << true << QByteArray("1969-12-31T03:00:00.000") << QByteArray("1969-12-31T07:00");
    QTest::newRow("noon: before") << false << QByteArray("2026-03-01T11:59:59.999") << QByteArray();
    QTest::newRow("noon: first moment") << false << QByteArray("2026-03-01T12:00:00.000") << QByteArray("2026-03-01T13:30");
    QTest::newRow("noon: last moment") << false << QByteArray("2026-03-01T13:29:59.999") << QByteArray("2026-03-01T13:30");
    QTest::newRow("noon: over") << false << QByteArray("2026-03-01T13:30:00.000") << QByteArray();
    QTest::newRow("noon: midnight") << false << QByteArray("2026-03-01T00:00:00.000") << QByteArray();
}

void ModelQuietHoursTest::edgesToTheMillisecond() {
    QFETCH(bool, overMidnight);
    QFETCH(QByteArray, at);
    QFETCH(QByteArray, until);
    const auto expected = until.isEmpty() ? std::nullopt : std::optional(china(until));
    QCOMPARE(quietUntil(overMidnight ? night : noon, china(at)), expected);
}

void ModelQuietHoursTest::equalTimesAreNoQuiet() {
    for (const auto minute : {0min, 1min, 720min, 1439min}) {
        const QuietHours none{.from = minute, .until = minute};
        for (const char *at : {"2026-03-01T00:00", "2026-03-01T00:01", "2026-03-01T12:00", "2026-03-01T23:59"}) {
            QVERIFY(!quietUntil(none, china(at)));
            QVERIFY(!nextQuiet(none, china(at)));
        }
    }
}

void ModelQuietHoursTest::theNextBeginIsAlwaysAhead_data() {
    QTest::addColumn<QByteArray>("at");
    QTest::addColumn<QByteArray>("next");
    QTest::newRow("before") << QByteArray("2026-03-01T22:29:59.999") << QByteArray("2026-03-01T22:30");
    QTest::newRow("at its begin") << QByteArray("2026-03-01T22:30:00.000") << QByteArray("2026-03-02T22:30");
    QTest::newRow("inside") << QByteArray("2026-03-02T03:00:00.000") << QByteArray("2026-03-02T22:30");
    QTest::newRow("at its end") << QByteArray("2026-03-02T07:00:00.000") << QByteArray("2026-03-02T22:30");
}

void ModelQuietHoursTest::theNextBeginIsAlwaysAhead() {
    QFETCH(QByteArray, at);
    QFETCH(QByteArray, next);
    QCOMPARE(nextQuiet(night, china(at)), std::optional(china(next)));
}

void ModelQuietHoursTest::everyMinuteOfTheDayAsCountedByHand() {
    std::mt19937_64 random(1);
    for (int round = 0; round < 300; ++round) {
        const int from = static_cast<int>(random() % 1440);
        const int until = round == 0 ? from : static_cast<int>(random() % 1440);
        const QuietHours hours{.from = std::chrono::minutes{from}, .until = std::chrono::minutes{until}};
        const WallTime day = china("2026-03-01") + std::chrono::days{static_cast<int>(random() % 4000)};
        for (int minute = 0; minute < 1440; minute += 7) {
            const WallTime at = day + std::chrono::minutes{minute};
            // Walking on minute by minute from the begin meets this minute before the end.
            int walked = (minute - from + 1440) % 1440;
            const int length = (until - from + 1440) % 1440;
            const auto end = quietUntil(hours, at);
            QCOMPARE(end.has_value(), walked < length);
            if (end) {
                QVERIFY(*end == at + std::chrono::minutes{length - walked});
                QVERIFY(!quietUntil(hours, *end));
            }
        }
    }
}

void ModelQuietHoursTest::theMachinesTimeZoneDoesNotMatter() {
    for (const char *zone : {"America/Los_Angeles", "UTC", "Asia/Shanghai", "Pacific/Kiritimati", "Asia/Kolkata"}) {
        setenv("TZ", zone, 1);
        tzset();
        QCOMPARE(quietUntil(night, china("2026-03-08T22:30:00+08:00")), std::optional(china("2026-03-09T07:00:00+08:00")));
        QVERIFY(!quietUntil(night, china("2026-03-08T22:29:59.999+08:00")));
        QCOMPARE(nextQuiet(night, china("2026-03-08T10:00:00Z")), std::optional(china("2026-03-08T14:30:00Z")));
    }
}

QTEST_GUILESS_MAIN(ModelQuietHoursTest)
#include "model_quiet_hours_test.moc"
