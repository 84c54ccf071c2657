// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/format.h"

#include <QDateTimeEdit>
#include <QLocale>
#include <QTest>

using namespace songda;
using namespace songda::ui;

class FormatTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void anEditorShowsAndGivesBackChinaTime_data();
    void anEditorShowsAndGivesBackChinaTime();
    void aShareIsNeverRoundedUpToAll();
    void aProposedTimeIsToCome();
    void spansReadAsPeopleSayThem_data();
    void spansReadAsPeopleSayThem();
};

void FormatTest::initTestCase() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::China));
}

void FormatTest::anEditorShowsAndGivesBackChinaTime_data() {
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone : {"UTC", "Asia/Shanghai", "America/New_York"})
        QTest::newRow(zone) << QByteArray(zone);
}

void FormatTest::anEditorShowsAndGivesBackChinaTime() {
    QFETCH(QByteArray, zone);
    qputenv("TZ", zone);
    const WallTime time = *parseIso8601("2026-03-08T02:30:00+08:00"); // an hour New York does not have
    QDateTimeEdit edit;
    edit.setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
    edit.setTimeSpec(Qt::UTC);
    edit.setDateTime(forEditor(time));
    QCOMPARE(edit.text(), QStringLiteral("2026-03-08 02:30"));
    QVERIFY(fromEditor(edit.dateTime()) == time);
}

void FormatTest::aProposedTimeIsToCome() {
    const auto at = [](const char *time) { return *parseIso8601(time); };
    const std::chrono::hours hour{1};
    QVERIFY(proposedTime(at("2026-03-08T02:30:00+08:00"), hour) == at("2026-03-08T03:30:00+08:00"));
    QVERIFY(proposedTime(at("2026-03-08T02:30:00.001+08:00"), hour) == at("2026-03-08T03:35:00+08:00"));
    QVERIFY(proposedTime(at("2026-03-08T23:58:10+08:00"), hour) == at("2026-03-09T01:00:00+08:00"));
}

void FormatTest::aShareIsNeverRoundedUpToAll() {
    QCOMPARE(share(999'999, 1'000'000), QStringLiteral("99.99 %"));
    QCOMPARE(share(5, 5), QStringLiteral("100.00 %"));
    QCOMPARE(share(0, 0), QStringLiteral("–"));
}

void FormatTest::spansReadAsPeopleSayThem_data() {
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << QStringLiteral("0 ms");
    QTest::newRow("a clock set back") << qint64(-5) << QStringLiteral("0 ms");
    QTest::newRow("millis") << qint64(850) << QStringLiteral("850 ms");
    QTest::newRow("seconds") << qint64(1240) << QStringLiteral("1.2 s");
    QTest::newRow("many seconds") << qint64(12'400) << QStringLiteral("12 s");
    QTest::newRow("minutes") << qint64(200'000) << QStringLiteral("3 min");
    QTest::newRow("hours") << qint64(7'500'000) << QStringLiteral("2 h 5 min");
    QTest::newRow("days") << qint64(4 * 86'400'000 + 7'200'000) << QStringLiteral("4 d 2 h");
}

void FormatTest::spansReadAsPeopleSayThem() {
    QFETCH(qint64, ms);
    QFETCH(QString, text);
    QCOMPARE(span(Millis(ms)), text);
}

QTEST_MAIN(FormatTest)
#include "format_test.moc"
