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
    void theEndOfTheProgramEndsIt();
    void theEndOfTheProgramEndsAnImport();
    void anImportNamesItsBatchInTheAudit();
    void aCancellingOfABatchThatIsEndedLeavesItPaused();
    void theRestIsSentAsFarAsItCame();
    void whomMessagesAreForIsPutOnTheListInChunks();
    void whomAMessageIsForIsLookedUpAndLifted();
    void aCheckOfReportsIsEnded();
    void askingForTemplatesIsEnded();
    void whatMayHaveArrivedIsNotCalledCancelled();
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
    QCOMPARE(must(engine->cancel({}, "all of it", control).result()).cancelled, 100);
    QVERIFY(!control->cutShort);
}

void EngineLongActsTest::theEndOfTheProgramEndsIt() {
    EngineFixture f;
    auto engine = withMany(f);
    const auto held = engine->hold({}, "wait");
    engine.reset();
    const std::int64_t done = must(held.result());
    QVERIFY2(done < many, "it was not ended");
    engine = f.open(EngineOptions::Role::Tool);
    QCOMPARE(must(engine->counts().result())[MessageState::Held], done);
    const AuditEntry cut = newest(*engine, "message.cut_short");
    QCOMPARE(cut.count, done);
    QVERIFY2(cut.reason.find("closed") != std::string::npos, cut.reason.c_str());
    QVERIFY(must(engine->verify().result()).empty());
}

void EngineLongActsTest::theEndOfTheProgramEndsAnImport() {
    EngineFixture f;
    auto engine = withMany(f);
    ImportRequest request;
    request.path = f.path("oL.csv").toStdString();
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    const auto running = engine->importCsv(request);
    engine.reset();
    const ImportReport report = must(running.result());
    QVERIFY(report.cancelled && report.queued == 0);
    engine = f.open(EngineOptions::Role::Tool);
    QCOMPARE(must(engine->counts().result()).total(), many);
    QVERIFY(must(engine->verify().result()).empty());
}

void EngineLongActsTest::anImportNamesItsBatchInTheAudit() {
    EngineFixture f;
    auto engine = f.open(EngineOptions::Role::Tool);
    f.import(*engine, 3, QStringLiteral("oI"));
    const BatchId batch = must(engine->batches(1).result()).front().id;
    QVERIFY(newest(*engine, "batch.import").object.starts_with("batch " + std::to_string(batch.value) + " "));
}

void EngineLongActsTest::aCancellingOfABatchThatIsEndedLeavesItPaused() {
    EngineFixture f;
    auto engine = withMany(f);
    const BatchId batch = must(engine->batches(1).result()).front().id;
    const auto control = std::make_shared<JobControl>();
    control->cancelled = true;
    QVERIFY(must(engine->setBatchState(batch, BatchState::Cancelled, "wrong list", control).result()));
    QVERIFY(control->cutShort);
    const Batch half = must(engine->batch(batch).result());
    QVERIFY(half.state == BatchState::Paused);
    QCOMPARE(half.counts[MessageState::Cancelled], 500);
    QCOMPARE(half.counts[MessageState::Queued], many - 500);
    QVERIFY(half.hold && half.hold->by == "tester");
    QCOMPARE(newest(*engine, "message.cut_short").count, 500);
    QVERIFY(!newest(*engine, "batch.pause").act.empty());
    // It is nobody's half-done work: the rest can be cancelled, and can go on.
    QVERIFY(must(engine->setBatchState(batch, BatchState::Cancelled, "wrong list", std::make_shared<JobControl>()).result()));
    const Batch whole = must(engine->batch(batch).result());
    QVERIFY(whole.state == BatchState::Cancelled);
    QCOMPARE(whole.counts[MessageState::Cancelled], many);
    QVERIFY(must(engine->verify().result()).empty());
    QVERIFY(must(engine->checkAudit().result()).problem.empty());
}

void EngineLongActsTest::theRestIsSentAsFarAsItCame() {
    EngineFixture f;
    auto engine = withMany(f);
    const BatchId batch = must(engine->batches(1).result()).front().id;
    must(engine->setBatchState(batch, BatchState::Cancelled, "wrong list").result());
    const auto control = std::make_shared<JobControl>();
    control->cancelled = true;
    QCOMPARE(must(engine->sendToRest(batch, "it was right", control).result()).resent, 500);
    QVERIFY(control->cutShort);
    QCOMPARE(control->rows.load(), 500);
    const StateCounts counts = must(engine->batch(batch).result()).counts;
    QCOMPARE(counts[MessageState::Queued], 500);
    QCOMPARE(counts[MessageState::Cancelled], many - 500);
}

void EngineLongActsTest::whomMessagesAreForIsPutOnTheListInChunks() {
    EngineFixture f;
    auto engine = withMany(f);
    SuppressRequest wish{"main", {}, {}, false, "they left", MessageFilter{}};
    const auto control = std::make_shared<JobControl>();
    control->cancelled = true;
    QCOMPARE(must(engine->suppress(wish, control).result()), 500);
    QVERIFY(control->cutShort);
    QCOMPARE(control->rows.load(), 500);
    AuditEntry act = newest(*engine, "recipient.suppress");
    QCOMPARE(act.count, 500);
    QVERIFY(act.listed);
    QVERIFY2(act.object.find("oL") == std::string::npos, act.object.c_str()); // whom stands in the list, not in the audit
    // The same once more, to the end: who is on the list already is not counted again.
    const auto whole = std::make_shared<JobControl>();
    QCOMPARE(must(engine->suppress(wish, whole).result()), many - 500);
    QVERIFY(!whole->cutShort);
    QCOMPARE(whole->rows.load(), many);
    const auto list = must(engine->suppressions(std::nullopt, {}, std::nullopt, 10'000).result());
    QCOMPARE(list.size(), static_cast<std::size_t>(many));
    QVERIFY(std::all_of(list.begin(), list.end(), [](const Suppression &s) { return s.cause == "operator" && s.by == "tester" && !s.templateRef; }));
    QVERIFY(must(engine->verify().result()).empty());
    QVERIFY(must(engine->checkAudit().result()).problem.empty());
}

void EngineLongActsTest::whomAMessageIsForIsLookedUpAndLifted() {
    EngineFixture f;
    auto engine = f.open(EngineOptions::Role::Tool);
    f.import(*engine, 3, QStringLiteral("oP"));
    f.import(*engine, 2, QStringLiteral("oQ"));
    const auto rows = must(engine->page({{}, std::nullopt, 10}).result()).rows;
    const MessageRow &one = rows[1];
    PageRequest request;
    request.filter.recipientOf = one.id;
    const auto theirs = must(engine->page(request).result()).rows;
    QCOMPARE(theirs.size(), 1U);
    QVERIFY(theirs.front().openid == one.openid);
    request.filter.states = {MessageState::Dead}; // of rare states, by their own index
    QVERIFY(must(engine->page(request).result()).rows.empty());
    request.filter.recipientOf = MessageId{999'999};
    request.filter.states.clear();
    QVERIFY(must(engine->page(request).result()).rows.empty());

    SuppressRequest wish{"main", {}, {}, false, "she called", MessageFilter{}};
    wish.recipientsOf->ids = {one.id};
    QCOMPARE(must(engine->suppress(wish).result()), 1);
    const auto list = must(engine->suppressionsOf(one.id, 10).result());
    QCOMPARE(list.size(), 1U);
    QVERIFY(list.front().openid == one.openid);
    QVERIFY(must(engine->suppressionsOf(rows[0].id, 10).result()).empty());
    QCOMPARE(must(engine->liftSuppression(one.id, {}, "she called again").result()), 1);
    QVERIFY(must(engine->suppressionsOf(one.id, 10).result()).front().liftedAt.has_value());
    // Which account knows somebody.
    QCOMPARE(must(engine->accountsKnowing(one.openid).result()).size(), 1U);
    QVERIFY(must(engine->accountsKnowing("oNobodyAtAll").result()).empty());
}

void EngineLongActsTest::aCheckOfReportsIsEnded() {
    EngineFixture f;
    auto engine = withMany(f);
    ExportRequest request;
    request.path = f.path("report.csv").toStdString();
    must(engine->exportReport(request).result());
    const auto control = std::make_shared<JobControl>();
    QVERIFY(must(engine->checkReportsSoon({request.path}, control).result()).front().problems.empty());
    QVERIFY2(control->rows.load() > 0, "it tells how far it is");
    control->cancelled = true;
    const auto ended = engine->checkReportsSoon({request.path}, control).result();
    QVERIFY(!ended && ended.error().code == ErrorCode::Cancelled);
}

void EngineLongActsTest::askingForTemplatesIsEnded() {
    EngineFixture f;
    auto engine = f.open();
    const auto before = must(engine->templates().result());
    const auto control = std::make_shared<JobControl>();
    control->cancelled = true;
    const auto ended = engine->syncTemplates("main", control).result();
    QVERIFY(!ended && ended.error().code == ErrorCode::Cancelled);
    QCOMPARE(must(engine->templates().result()).size(), before.size());
    QCOMPARE(must(engine->syncTemplates("main", std::make_shared<JobControl>()).result()).unchanged, static_cast<int>(before.size()));
}

void EngineLongActsTest::whatMayHaveArrivedIsNotCalledCancelled() {
    simulator::Options options;
    options.mix = "recorded_close=100";
    EngineFixture f(options);
    auto engine = f.open();
    f.import(*engine, 6, QStringLiteral("oU"));
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Retrying] == 6; }));
    engine->setPaused(true);
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.inFlight == 0 && s.counts[MessageState::Retrying] == 6; }));
    EngineFixture::stop(*engine);
    engine = f.open(EngineOptions::Role::Tool);
    f.import(*engine, 4, QStringLiteral("oV")); // surely never left
    const CancelReport report = must(engine->cancel({}, "wrong list").result());
    QCOMPARE(report.uncertain, 6);
    QCOMPARE(report.cancelled, 4);
    const StateCounts counts = must(engine->counts().result());
    QCOMPARE(counts[MessageState::Uncertain], 6);
    QCOMPARE(counts[MessageState::Cancelled], 4);
}

QTEST_GUILESS_MAIN(EngineLongActsTest)
#include "engine_long_acts_test.moc"
