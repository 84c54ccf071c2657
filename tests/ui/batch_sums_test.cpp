// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batch_pulse.h"
#include "ui/pages/send/batch_sums.h"
#include "ui/pages/send/missed_table.h"
#include "ui/widgets/number_tile.h"

#include <QTest>

using namespace songda;
using namespace songda::ui;

class BatchSumsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyStateIsInExactlyOneNumber();
    void aNumberOpensItsStatesByMouseAndKey();
    void whoMissedItIsEverybodyWhoEndedWithoutIt();
    void theRateIsOfTheLastSeconds();
    void aResendStartsTheRateAnew();
};

namespace {

StateCounts oneOfEach() {
    StateCounts counts;
    std::int64_t n = 1;
    for (const MessageState s : allMessageStates) {
        counts[s] = n;
        n *= 2;
    }
    return counts;
}

} // namespace

void BatchSumsTest::everyStateIsInExactlyOneNumber() {
    BatchSums sums;
    sums.show(oneOfEach());
    std::int64_t sum = 0;
    std::int64_t total = 0;
    for (const NumberTile *tile : sums.findChildren<NumberTile *>())
        (tile->objectName() == QLatin1String("sum_total") ? total : sum) += tile->number();
    // With powers of two no other distribution gives the same sum.
    QCOMPARE(sum, oneOfEach().total());
    QCOMPARE(total, oneOfEach().total());
}

void BatchSumsTest::aNumberOpensItsStatesByMouseAndKey() {
    BatchSums sums;
    StateCounts counts;
    counts[MessageState::Uncertain] = 3;
    sums.show(counts);
    sums.setVisible(true);
    std::vector<std::vector<MessageState>> opened;
    connect(&sums, &BatchSums::opened, this, [&opened](const std::vector<MessageState> &states) { opened.push_back(states); });
    auto *uncertain = sums.findChild<NumberTile *>(QStringLiteral("sum_uncertain"));
    QTest::mouseClick(uncertain, Qt::LeftButton);
    QTest::keyClick(uncertain, Qt::Key_Space);
    QCOMPARE(opened.size(), std::size_t(2));
    QVERIFY(opened[0] == std::vector{MessageState::Uncertain});
    QCOMPARE(uncertain->accessibleName(), QStringLiteral("Uncertain: 3"));
    // A number of nothing opens nothing.
    QTest::mouseClick(sums.findChild<NumberTile *>(QStringLiteral("sum_accepted")), Qt::LeftButton);
    QCOMPARE(opened.size(), std::size_t(2));
}

void BatchSumsTest::whoMissedItIsEverybodyWhoEndedWithoutIt() {
    StateCounts counts;
    counts[MessageState::Accepted] = 100;
    counts[MessageState::Dead] = 7;
    counts[MessageState::Uncertain] = 2;
    counts[MessageState::Cancelled] = 30;
    counts[MessageState::Expired] = 4;
    std::vector<CauseGroup> dead(3);
    dead[0].cause = "43004";
    dead[0].count = 5;
    dead[1].cause = "47003";
    dead[1].count = 2;
    dead[2].state = MessageState::Uncertain;
    dead[2].cause = "timeout";
    dead[2].count = 2;
    const auto missed = missedOf(counts, dead);
    std::int64_t people = 0;
    for (const Missed &m : missed)
        people += m.people;
    QCOMPARE(people, counts.finished() - counts[MessageState::Accepted]);
    QCOMPARE(missed.front().people, 30); // the biggest first
}

void BatchSumsTest::theRateIsOfTheLastSeconds() {
    BatchPulse pulse;
    QVERIFY(!pulse.rate());
    WallTime at = fromMillis(1'000'000);
    pulse.saw(at, 0);
    QVERIFY(!pulse.rate());
    for (int second = 1; second <= 60; ++second)
        pulse.saw(at + Seconds(second), second <= 40 ? 0 : (second - 40) * 100);
    QCOMPARE(qRound(pulse.rate().value_or(0)), 100); // the forty idle seconds no longer count
    QCOMPARE(pulse.timeFor(500)->count(), 5000);
    BatchPulse still;
    still.saw(at, 10);
    still.saw(at + Seconds(10), 10);
    QVERIFY(!still.timeFor(500)); // never says that it takes for ever
}

void BatchSumsTest::aResendStartsTheRateAnew() {
    BatchPulse pulse;
    const WallTime at = fromMillis(1'000'000);
    pulse.saw(at, 100);
    pulse.saw(at + Seconds(1), 200);
    pulse.saw(at + Seconds(2), 150);
    QVERIFY(!pulse.rate());
    pulse.saw(at + Seconds(3), 160);
    QCOMPARE(qRound(pulse.rate().value_or(0)), 10);
}

QTEST_MAIN(BatchSumsTest)
#include "batch_sums_test.moc"
