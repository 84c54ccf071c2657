// SPDX-License-Identifier: GPL-3.0-or-later
//
// An act on many messages tells how far it is, and can be ended between two of its chunks: then what is done stays done,
// the count is true, and the audit has both.
#include "tests/integration/engine_fixture.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;

namespace {

constexpr int many = 2300; ///< five chunks

/// Nothing leaves while one looks: everything is held.
std::unique_ptr<Engine> withMany(EngineFixture &f) {
    auto engine = f.open(EngineOptions::Role::Tool);
    f.import(*engine, many, QStringLiteral("oL"));
    return engine;
}

AuditEntry newest(Engine &engine, const char *act) {
    for (AuditEntry &entry : must(engine.audit(std::nullopt, 50).result())) {
        if (entry.act == act)
            return std::move(entry);
    }
    return {};
}

} // namespace

class EngineLongActsTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneThatIsThroughSaysHowMany();
    void oneThatIsEndedLeavesTheRest();
    void oneThatEndsWithTheLastChunkIsWhole();
    void anImportNamesItsBatchInTheAudit();
};

void EngineLongActsTest::oneThatIsThroughSaysHowMany() {
    EngineFixture f;
    auto engine = withMany(f);
    const auto control = std::make_shared<JobControl>();
    QCOMPARE(must(engine->hold({}, "wait", control).result()), many);
    QCOMPARE(control->rows.load(), many);
    QVERIFY(!control->cutShort);
    QVERIFY(newest(*engine, "message.cut_short").act.empty());
    // Its messages are known one by one.
    const AuditEntry act = newest(*engine, "message.hold");
    QVERIFY(act.listed);
    PageRequest request;
    request.filter.act = act.id;
    request.limit = 10'000;
    QCOMPARE(must(engine->page(request).result()).rows.size(), static_cast<std::size_t>(many));
}

void EngineLongActsTest::oneThatIsEndedLeavesTheRest() {
    EngineFixture f;
    auto engine = withMany(f);
    const auto control = std::make_shared<JobControl>();
    control->cancelled = true; // before its first chunk: that one is done all the same
    const std::int64_t done = must(engine->discard({}, "none are dead", control).result());
    QCOMPARE(done, 0);
    QVERIFY(!control->cutShort); // nothing matched: there was nothing to end

    const std::int64_t held = must(engine->hold({}, "wait", control).result());
    QCOMPARE(held, 500);
    QVERIFY(control->cutShort);
    const StateCounts counts = must(engine->counts().result());
    QCOMPARE(counts[MessageState::Held], 500);
    QCOMPARE(counts[MessageState::Queued], many - 500);
    const AuditEntry act = newest(*engine, "message.hold");
    QCOMPARE(act.count, 500);
    const AuditEntry cut = newest(*engine, "message.cut_short");
    QCOMPARE(cut.count, 500);
    QCOMPARE(QByteArray::fromStdString(cut.who), QByteArray("tester"));
    QVERIFY(cut.object.starts_with("act " + std::to_string(act.id.value)));
    QVERIFY(must(engine->verify().result()).empty());
    // The rest goes on from there.
    QCOMPARE(must(engine->hold({}, "wait", std::make_shared<JobControl>()).result()), many - 500);
    QVERIFY(must(engine->checkAudit().result()).problem.empty());
}

void EngineLongActsTest::oneThatEndsWithTheLastChunkIsWhole() {
    EngineFixture f;
    auto engine = f.open(EngineOptions::Role::Tool);
    f.import(*engine, 100, QStringLiteral("oS"));
    const auto control = std::make_shared<JobControl>();
    control->cancelled = true;
    QCOMPARE(must(engine->cancel({}, "all of it", control).result()), 100);
    QVERIFY(!control->cutShort);
}

void EngineLongActsTest::anImportNamesItsBatchInTheAudit() {
    EngineFixture f;
    auto engine = f.open(EngineOptions::Role::Tool);
    f.import(*engine, 3, QStringLiteral("oI"));
    const BatchId batch = must(engine->batches(1).result()).front().id;
    QVERIFY(newest(*engine, "batch.import").object.starts_with("batch " + std::to_string(batch.value) + " "));
}

QTEST_GUILESS_MAIN(EngineLongActsTest)
#include "engine_long_acts_test.moc"
