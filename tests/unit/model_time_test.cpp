// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/time.h"

#include "tests/unit/printing.h"

#include <random>

using namespace songda;

class ModelTimeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timesArePrintedInChinaTime_data();
    void timesArePrintedInChinaTime();
    void noTimeIsPrintedAsNothing();
    void timesAreRead_data();
    void timesAreRead();
    void badTextsAreNoTimes_data();
    void badTextsAreNoTimes();
    void whatIsPrintedIsReadBack();
    void chinaDaysBeginAtMidnightInChina_data();
    void chinaDaysBeginAtMidnightInChina();
    void evenTimeGoesOnWithTheSteadyClock();
    void datesOfHeadersAreRead();
};

void ModelTimeTest::timesArePrintedInChinaTime_data() {
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<std::string>("text");
    QTest::newRow("morning") << qint64{1769817600123} << std::string("2026-01-31T08:00:00.123+08:00");
    QTest::newRow("leap day") << qint64{1709136000000} << std::string("2024-02-29T00:00:00.000+08:00");
    QTest::newRow("leap day of a century")
        << qint64{951753600000} << std::string("2000-02-29T00:00:00.000+08:00");
    QTest::newRow("last of a year") << qint64{1735660799999} << std::string("2024-12-31T23:59:59.999+08:00");
    QTest::newRow("first of a year") << qint64{1735660800000} << std::string("2025-01-01T00:00:00.000+08:00");
    QTest::newRow("epoch") << qint64{0} << std::string("1970-01-01T08:00:00.000+08:00");
    QTest::newRow("before the epoch") << qint64{-28800001} << std::string("1969-12-31T23:59:59.999+08:00");
}

void ModelTimeTest::timesArePrintedInChinaTime() {
    QFETCH(qint64, ms);
    QFETCH(std::string, text);
    QCOMPARE(toIso8601(fromMillis(ms)), text);
    QCOMPARE(parseIso8601(text), std::optional(fromMillis(ms)));
}

void ModelTimeTest::noTimeIsPrintedAsNothing() {
    QCOMPARE(toIso8601(std::optional<WallTime>{}), std::string{});
    QCOMPARE(toIso8601(std::optional(fromMillis(0))), std::string("1970-01-01T08:00:00.000+08:00"));
}

void ModelTimeTest::timesAreRead_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<qint64>("ms");
    const qint64 eight = 1769817600000; // 2026-01-31 08:00 in China
    QTest::newRow("bare date is its first moment") << std::string("2026-01-31") << eight - 8 * 3600 * 1000;
    QTest::newRow("no offset is China time") << std::string("2026-01-31T08:00:00") << eight;
    QTest::newRow("blank for T") << std::string("2026-01-31 08:00:00") << eight;
    QTest::newRow("no seconds") << std::string("2026-01-31T08:00") << eight;
    QTest::newRow("no seconds, with offset") << std::string("2026-01-31T08:00+08:00") << eight;
    QTest::newRow("Z") << std::string("2026-01-31T00:00:00Z") << eight;
    QTest::newRow("offset without colon") << std::string("2026-01-31T08:00:00+0800") << eight;
    QTest::newRow("offset zero") << std::string("2026-01-31T00:00:00+00:00") << eight;
    QTest::newRow("minus zero") << std::string("2026-01-31T00:00:00-00:00") << eight;
    QTest::newRow("west, the day before") << std::string("2026-01-30T19:00:00-05:00") << eight;
    QTest::newRow("half hour, east") << std::string("2026-01-31T05:30:00+05:30") << eight;
    QTest::newRow("half hour, west") << std::string("2026-01-30T20:30:00-03:30") << eight;
    QTest::newRow("farthest east, the day after") << std::string("2026-01-31T14:00:00+14:00") << eight;
    QTest::newRow("tenths") << std::string("2026-01-31T08:00:00.5") << eight + 500;
    QTest::newRow("hundredths") << std::string("2026-01-31T08:00:00.05Z") << eight + 8 * 3600 * 1000 + 50;
    QTest::newRow("finer than milliseconds")
        << std::string("2026-01-31T08:00:00.123456789+08:00") << eight + 123;
    QTest::newRow("leap day") << std::string("2024-02-29") << qint64{1709136000000};
}

void ModelTimeTest::timesAreRead() {
    QFETCH(std::string, text);
    QFETCH(qint64, ms);
    QCOMPARE(parseIso8601(text), std::optional(fromMillis(ms)));
}

void ModelTimeTest::badTextsAreNoTimes_data() {
    QTest::addColumn<std::string>("text");
    for (const char *text : {"", "tomorrow", "2026", "2026-01", "2026-1-31", "26-01-31", "2026/01/31",
             "20260131", "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "2026-02-29", "2100-02-29",
             "2026-04-31", "-026-01-31", "2026--1-31", "2026-01-31T", "2026-01-31 ", " 2026-01-31",
             "2026-01-31x08:00", "2026-01-31T08", "2026-01-31T8:00", "2026-01-31T25:00", "2026-01-31T08:60",
             "2026-01-31T08:00:61", "2026-01-31T08:00:", "2026-01-31T08:00:00.", "2026-01-31T08:00:00,5",
             "2026-01-31T-8:00", "2026-01-31T08:00:00+", "2026-01-31T08:00:00+8", "2026-01-31T08:00:00+15:00",
             "2026-01-31T08:00:00+08:60", "2026-01-31T08:00:00+08:00x", "2026-01-31T08:00:00+-8:00",
             "2026-01-31T08:00:00Zx", "2026-01-31T08:00:00ZZ", "2026-01-31T08:00:00 CST", "2026年01月31日"})
        QTest::newRow(*text ? text : "empty") << std::string(text);
    QTest::newRow("NUL at the end") << std::string("2026-01-31\0", 11);
}

void ModelTimeTest::badTextsAreNoTimes() {
    QFETCH(std::string, text);
    QCOMPARE(parseIso8601(text), std::optional<WallTime>{});
}

void ModelTimeTest::whatIsPrintedIsReadBack() {
    std::mt19937_64 random(20260131);
    for (int i = 0; i < 20000; ++i) {
        const WallTime t
            = fromMillis(static_cast<std::int64_t>(random() % 7258118400000)); // till the year 2200
        QCOMPARE(parseIso8601(toIso8601(t)), std::optional(t));
    }
}

void ModelTimeTest::chinaDaysBeginAtMidnightInChina_data() {
    QTest::addColumn<std::string>("moment");
    QTest::addColumn<std::string>("start");
    const auto row = [](const char *name, const char *moment, const char *start) {
        QTest::newRow(name) << std::string(moment) << std::string(start);
    };
    row("first moment", "2026-01-31T00:00:00.000+08:00", "2026-01-31");
    row("last moment", "2026-01-31T23:59:59.999+08:00", "2026-01-31");
    row("UTC is still the day before", "2026-01-30T16:00:00Z", "2026-01-31");
    row("one before", "2026-01-30T15:59:59.999Z", "2026-01-30");
    row("leap day", "2024-02-29T12:00:00+08:00", "2024-02-29");
    row("leap day ends", "2024-02-29T23:59:59.999+08:00", "2024-02-29");
    row("after a leap day", "2024-03-01T00:00:00+08:00", "2024-03-01");
    row("no leap day", "2025-02-28T23:59:59.999+08:00", "2025-02-28");
    row("year ends", "2025-12-31T23:59:59.999+08:00", "2025-12-31");
    row("year begins", "2025-12-31T16:00:00Z", "2026-01-01");
    row("before the epoch", "1969-12-31T15:59:59.999Z", "1969-12-31");
}

void ModelTimeTest::chinaDaysBeginAtMidnightInChina() {
    QFETCH(std::string, moment);
    QFETCH(std::string, start);
    const auto t = parseIso8601(moment);
    QVERIFY(t.has_value());
    QCOMPARE(toIso8601(startOfChinaDay(*t)), start + "T00:00:00.000+08:00");
    QCOMPARE(chinaDate(*t), start);
}

void ModelTimeTest::evenTimeGoesOnWithTheSteadyClock() {
    using namespace std::chrono_literals;
    const Now start{fromMillis(1769817600123), SteadyTime{1h + 999us}};
    const EvenTime even(start);
    QCOMPARE(toMillis(even.at(start.steady)), toMillis(start.wall));
    QCOMPARE(toMillis(even.at(start.steady + 1999us)), toMillis(start.wall) + 1);
    QCOMPARE(toMillis(even.at(start.steady + 24h)), toMillis(start.wall + 24h));
    // What is due at a moment is due when the steady time for it has come, not a tick later: else a wait would
    // end in a question that is answered with "not yet".
    for (const WallTime when : {start.wall, start.wall + 1ms, start.wall + 77777ms})
        QCOMPARE(toMillis(even.at(even.steadyAt(when))), toMillis(when));
}

void ModelTimeTest::datesOfHeadersAreRead() {
    QCOMPARE(parseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), parseIso8601("1994-11-06T08:49:37Z"));
    QCOMPARE(parseHttpDate("Tue, 29 Feb 2028 23:59:59 GMT"), parseIso8601("2028-02-29T23:59:59Z"));
    for (const char *text : {"", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 CST",
             "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
             "Sun, 06 ovD 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT "})
        QVERIFY2(!parseHttpDate(text), text);
}

QTEST_GUILESS_MAIN(ModelTimeTest)
#include "model_time_test.moc"
