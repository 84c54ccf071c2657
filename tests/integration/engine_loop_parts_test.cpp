// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/own_writes.h"
#include "engine/facade/reading_order.h"

#include <QTest>
#include <vector>

using namespace songda;
using namespace std::chrono_literals;

/// What the engine thread decides by, without threads and disk.
class EngineLoopPartsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOlderReadingNeverReplacesANewer();
    void aChangeOfOnesOwnOutdatesWhatIsUnderWay();
    void whatCannotBeWrittenIsWrittenAgain();
    void whatIsNewerTakesThePlaceOfWhatFailed();
};

namespace {

using Numbers = std::vector<std::uint64_t>;

OwnWrites::Job nothing() {
    return [](store::WriteSession &) { return Result<void>{}; };
}

constexpr SteadyTime start{1h};

} // namespace

void EngineLoopPartsTest::anOlderReadingNeverReplacesANewer() {
    ReadingOrder order;
    const auto first = order.begin();
    const auto second = order.begin();
    const auto third = order.begin();
    QVERIFY(order.take(second));
    QVERIFY(!order.take(first));
    QVERIFY(order.take(third));
    QVERIFY(!order.take(third));
}

void EngineLoopPartsTest::aChangeOfOnesOwnOutdatesWhatIsUnderWay() {
    ReadingOrder order;
    const auto before = order.begin();
    order.outdate();
    const auto after = order.begin();
    QVERIFY(!order.take(before));
    QVERIFY(order.take(after));
}

void EngineLoopPartsTest::whatCannotBeWrittenIsWrittenAgain() {
    Numbers handedIn;
    OwnWrites writes([&](std::uint64_t number, const OwnWrites::Job &) { handedIn.push_back(number); });
    writes.write("template 1", nothing());
    writes.write("template 2", nothing());
    QVERIFY(handedIn == Numbers({1, 2}));
    writes.ended(2, true, start);
    writes.tick(start + 1h);
    QVERIFY(handedIn == Numbers({1, 2})); // the first is still under way
    writes.ended(1, false, start);
    writes.tick(start + 900ms);
    QVERIFY(handedIn == Numbers({1, 2}));
    writes.tick(start + 1s);
    QVERIFY(handedIn == Numbers({1, 2, 1}));
    writes.tick(start + 2s);
    QVERIFY(handedIn == Numbers({1, 2, 1}));
    writes.ended(1, true, start + 2s);
    writes.tick(start + 1h);
    QVERIFY(handedIn == Numbers({1, 2, 1}));
}

void EngineLoopPartsTest::whatIsNewerTakesThePlaceOfWhatFailed() {
    Numbers handedIn;
    OwnWrites writes([&](std::uint64_t number, const OwnWrites::Job &) { handedIn.push_back(number); });
    writes.write("host of account 1", nothing());
    writes.write("host of account 1", nothing());
    writes.ended(1, false, start);
    writes.tick(start + 1h);
    QVERIFY(handedIn == Numbers({1, 2}));
    writes.ended(2, false, start + 1h);
    writes.tick(start + 2h);
    QVERIFY(handedIn == Numbers({1, 2, 2}));
}

QTEST_GUILESS_MAIN(EngineLoopPartsTest)
#include "engine_loop_parts_test.moc"
