// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/preflight.h"
#include "ui/widgets/format.h"

#include <QLocale>
#include <QTest>

using namespace songda;
using namespace songda::ui;

namespace {

/// 100 rows: 80 can go, 12 have mistakes, 5 asked for none, 3 are duplicates; 4 of the 80 are on the list.
PreflightFacts facts() {
    PreflightFacts f;
    f.report.read = 100;
    f.report.queued = 80;
    f.report.rejected = 17;
    f.report.optedOut = 5;
    f.report.duplicates = 3;
    f.report.suppressed = 4;
    f.without.emplace();
    f.without->willGo = 1000;
    f.with = f.without;
    f.with->willGo += 76;
    f.with->firstAt = fromMillis(1'000'000);
    f.with->endsAt = fromMillis(9'000'000);
    f.rate = 20;
    return f;
}

std::int64_t sumOf(const std::vector<PreflightLine> &lines) {
    std::int64_t sum = 0;
    for (const PreflightLine &line : lines)
        sum += line.count;
    return sum;
}

Hold held() {
    return {"operator", "price is wrong", "tester", fromMillis(1)};
}

using Change = std::function<void(PreflightFacts &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class PreflightTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyRowIsSomewhere_data();
    void everyRowIsSomewhere();
    void stopsAreToldWithTheirTimes();
    void aSeedIsSaidToComeFirst();
    void nothingIsSaidOfWhatIsNothing();
};

void PreflightTest::initTestCase() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::China));
}

void PreflightTest::everyRowIsSomewhere_data() {
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("go");
    QTest::addColumn<int>("held");
    QTest::addColumn<int>("expired");
    QTest::newRow("all go") << Change([](PreflightFacts &) {}) << 76 << 0 << 0;
    QTest::newRow("no forecast yet") << Change([](PreflightFacts &f) { f.with.reset(); }) << 76 << 0 << 0;
    QTest::newRow("account held") << Change([](PreflightFacts &f) { f.accountHold = held(); }) << 0 << 76 << 0;
    QTest::newRow("template held") << Change([](PreflightFacts &f) { f.templateHold = held(); }) << 0 << 76 << 0;
    QTest::newRow("some expire") << Change([](PreflightFacts &f) { f.with->willGo -= 30; f.with->expired += 30; }) << 46 << 0 << 30;
    QTest::newRow("some beyond what is foreseen") << Change([](PreflightFacts &f) {
        f.with->willGo -= 6;
        f.with->held += 6;
    }) << 70 << 6 << 0;
    QTest::newRow("others expire because of it") << Change([](PreflightFacts &f) {
        f.with->willGo -= 500;
        f.with->expired += 500;
    }) << 0 << 0 << 76;
}

void PreflightTest::everyRowIsSomewhere() {
    QFETCH(Change, change);
    QFETCH(int, go);
    QFETCH(int, held);
    QFETCH(int, expired);
    PreflightFacts f = facts();
    change(f);
    const PreflightSums sums = preflightSums(f);
    QCOMPARE(sums.willGo, go);
    QCOMPARE(sums.held, held);
    QCOMPARE(sums.expired, expired);
    QCOMPARE(sums.refused, 21);
    QCOMPARE(sums.willGo + sums.held + sums.expired + sums.refused + sums.duplicates, f.report.read);
    QCOMPARE(sumOf(preflightLines(f)), f.report.read);
}

void PreflightTest::stopsAreToldWithTheirTimes() {
    PreflightFacts f = facts();
    const WallTime from = fromMillis(2'000'000);
    const WallTime until = fromMillis(8'000'000);
    f.with->stops = {{ForecastStop::Why::Quota, from, until, 1234}, {ForecastStop::Why::Quiet, from, until, 7}};
    const QString text = preflightTimes(f).join(QLatin1Char('\n'));
    QVERIFY2(text.contains(QStringLiteral("1,234")) && text.contains(shortTime(from)) && text.contains(shortTime(until)),
        qPrintable(text));
    QVERIFY(text.contains(rate(20)));
    f.accountHold = held(); // when it ends is then not known
    QVERIFY(!preflightTimes(f).join(QLatin1Char('\n')).contains(shortTime(until)));
    QVERIFY(!preflightSums(f).endsAt);
}

void PreflightTest::aSeedIsSaidToComeFirst() {
    PreflightFacts f = facts();
    f.seeds = 2;
    QVERIFY(preflightLines(f).front().what.contains(QStringLiteral("seed")));
}

void PreflightTest::nothingIsSaidOfWhatIsNothing() {
    PreflightFacts f;
    f.report.read = f.report.queued = 9;
    QCOMPARE(preflightLines(f).size(), std::size_t(1));
    QVERIFY(preflightTimes(f).isEmpty());
}

QTEST_GUILESS_MAIN(PreflightTest)
#include "preflight_test.moc"
