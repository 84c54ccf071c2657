// SPDX-License-Identifier: GPL-3.0-or-later
//
// A list is queued to the wrong template and cancelled under way, while part of the platform is silent.
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/test_journal.h"

#include <QTest>

using namespace songda;
using songda::testing::EngineFixture;
using songda::testing::must;
using namespace std::chrono_literals;

class O2WrongListTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void afterASecondNothingLeavesAndEverybodyIsAccountedFor_data();
    void afterASecondNothingLeavesAndEverybodyIsAccountedFor();
};

void O2WrongListTest::afterASecondNothingLeavesAndEverybodyIsAccountedFor_data() {
    QTest::addColumn<TransportChoice>("transport");
    QTest::newRow("standard transport") << TransportChoice::Standard;
    QTest::newRow("bulk transport") << TransportChoice::Bulk;
}

void O2WrongListTest::afterASecondNothingLeavesAndEverybodyIsAccountedFor() {
    QFETCH(TransportChoice, transport);
    constexpr int rows = 5000;
    simulator::Options target;
    target.mix = "recorded_hang=2,hang=2,busy=5";
    EngineFixture fixture(target, transport);
    // Silence is given up soon, so that the test need not wait for it.
    fixture.writePolicy(R"({"deadline": {"shortest_ms": 1500, "longest_ms": 1500}, "concurrency": {"adaptive": false}})");
    auto engine = fixture.open();
    AccountChange rate;
    rate.rate = 400;
    must(engine->changeAccount("main", rate).result());
    fixture.import(*engine, rows, QStringLiteral("oWrong"));
    const BatchId batch = must(engine->batches(10).result()).front().id;
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted >= 300 && s.inFlight > 0; }));
    const WallTime clicked = Engine::wallNow();
    QVERIFY(must(engine->setBatchState(batch, BatchState::Cancelled, "the wrong list").result()));
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts.waiting() == 0 && s.counts[MessageState::Sending] == 0; }));
    EngineFixture::stop(*engine);

    const StateCounts counts = must(engine->counts().result());
    qInfo("%lld sent, %lld cancelled, %lld uncertain", static_cast<long long>(counts[MessageState::Accepted]),
        static_cast<long long>(counts[MessageState::Cancelled]), static_cast<long long>(counts[MessageState::Uncertain]));
    QCOMPARE(counts[MessageState::Accepted] + counts[MessageState::Cancelled] + counts[MessageState::Uncertain], rows);
    QVERIFY(counts[MessageState::Cancelled] > 0);
    auto database = must(store::Database::open(
        fixture.profile().toStdString() + "/songda.db", store::Database::Mode::ReadOnly, store::newestSchemaVersion()));
    const auto last = must(database.scalar("SELECT max(finished_at - latency_us / 1000) FROM attempt WHERE phase IN (2, 3)")).value();
    QVERIFY2(last <= toMillis(clicked) + 1000, qPrintable(QStringLiteral("%1 ms after the click").arg(last - toMillis(clicked))));
    // Who got it, by the platform's own record: only such as are called sent or uncertain.
    auto cancelled = must(store::Statement::prepare(database.handle(), "SELECT openid FROM message WHERE state = 9"));
    while (must(cancelled.step()))
        QVERIFY2(fixture.simulator->received(cancelled.string(0)).empty(), cancelled.string(0).c_str());
    QCOMPARE(fixture.simulator->ledger().notifiedTwiceCount, std::uint64_t{0});
    const Batch ended = must(engine->batches(10).result()).front();
    QVERIFY(ended.state == BatchState::Cancelled);
    QCOMPARE(ended.hold.value().detail, std::string("the wrong list"));
    QVERIFY(must(engine->verify().result()).empty());

    // It was the right list after all: the rest, and only the rest.
    must(fixture.simulator->control(R"({"mix": ""})").has_value() ? Result<void>{} : fail(ErrorCode::Internal, "the simulator"));
    const ResendReport report = must(engine->sendToRest(batch, "it was right").result());
    QCOMPARE(report.resent, counts[MessageState::Cancelled]);
    engine.reset();
    engine = fixture.open();
    rate.rate = 2000;
    must(engine->changeAccount("main", rate).result());
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &s) { return s.accepted == report.resent; }));
    EngineFixture::stop(*engine);
    QCOMPARE(fixture.simulator->ledger().openidsWithMoreThanOne, std::uint64_t{0});
    QVERIFY(must(engine->verify().result()).empty());
}

QTEST_GUILESS_MAIN(O2WrongListTest)
#include "o2_wrong_list_test.moc"
