// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/engine_fixture.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;

/// The facade at work, ended without ceremony.
class EngineLifetimeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void destroyedAtWorkNothingIsLostOrDoubled_data();
    void destroyedAtWorkNothingIsLostOrDoubled();
};

void EngineLifetimeTest::destroyedAtWorkNothingIsLostOrDoubled_data() {
    QTest::addColumn<int>("transport");
    QTest::newRow("standard") << static_cast<int>(TransportChoice::Standard);
    QTest::newRow("bulk") << static_cast<int>(TransportChoice::Bulk);
}

void EngineLifetimeTest::destroyedAtWorkNothingIsLostOrDoubled() {
    QFETCH(int, transport);
    constexpr int rows = 3000;
    simulator::Options target;
    target.latency = std::chrono::milliseconds{5};
    EngineFixture fixture(target, static_cast<TransportChoice>(transport));
    fixture.import(*fixture.open(), rows, QStringLiteral("oLife"));

    bool drained = false;
    for (int life = 0; life < 12 && !drained; ++life) {
        auto engine = fixture.open();
        must(engine->start());
        // Ended after so many more were accepted, in the middle of its work; the last life may finish.
        qint64 before = -1;
        QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &s) {
            if (before < 0)
                before = s.counts[MessageState::Accepted];
            drained = s.counts.total() == rows && s.counts.waiting() == 0 && s.counts[MessageState::Sending] == 0;
            return drained || (life < 11 && s.counts[MessageState::Accepted] >= before + 300);
        }));
    }
    QVERIFY(drained);
    QVERIFY(must(fixture.open()->verify().result()).empty());
    const auto ledger = fixture.simulator->ledger();
    QCOMPARE(ledger.notifiedTwiceCount, std::uint64_t{0});
    QCOMPARE(ledger.recipients, std::uint64_t{rows});
}

QTEST_GUILESS_MAIN(EngineLifetimeTest)
#include "engine_lifetime_test.moc"
