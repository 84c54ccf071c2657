// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes to many people at once waits until a second person agrees.
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"

#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::testing;

namespace {

const std::string password = "correct horse battery";

/// A profile with three users in which more than ten messages at once take two of them.
struct Office : EngineFixture {
    Office() {
        auto engine = open(EngineOptions::Role::Tool);
        must(engine->addUser("ada", UserRole::Admin, password).result());
        must(engine->signIn("ada", password).result());
        must(engine->addUser("otto", UserRole::Operator, password).result());
        must(engine->addUser("sue", UserRole::Support, password).result());
        writePolicy(R"({"approval": {"over": 10}})");
    }
    std::unique_ptr<Engine> as(const char *name, EngineOptions::Role role = EngineOptions::Role::Tool) {
        auto engine = open(role);
        must(engine->signIn(name, password).result());
        // The secret was given before anybody had signed in.
        if (role == EngineOptions::Role::Engine)
            must(engine->changeSecret("main", canary::appSecret.toStdString()).result());
        return engine;
    }

    /// Queues rows first .. first + count of a list of this name.
    ImportReport queue(Engine &engine, int first, int count, const std::string &batch = "list", std::vector<std::string> seeds = {}) const {
        QByteArray csv = "openid,character_string1,thing2,amount3,time4\n";
        for (int i = first; i < first + count; ++i)
            csv += "oPerson_" + QByteArray::number(i).rightJustified(8, '0') + ",SO1,book,1.50,2026-01-31 15:01\n";
        writeFile("list.csv", csv);
        ImportRequest request;
        request.path = path("list.csv").toStdString();
        request.account = "main";
        request.templateId = templateId();
        request.batchName = batch;
        request.seeds = std::move(seeds);
        return must(engine.importCsv(request).result());
    }
};

Batch batchOf(Engine &engine, BatchId id) {
    const auto batches = must(engine.batches(100).result());
    const auto found = std::find_if(batches.begin(), batches.end(), [id](const Batch &b) { return b.id == id; });
    if (found == batches.end())
        qFatal("no such batch");
    return *found;
}

bool isPaused(Engine &engine, BatchId id) { return batchOf(engine, id).state == BatchState::Paused; }

template <class T> bool isRefused(const Result<T> &result) { return !result && result.error().code == ErrorCode::NotAllowed; }

/// Newest first.
std::vector<std::string> acts(Engine &engine, const std::string &name) {
    std::vector<std::string> found;
    for (const AuditEntry &entry : must(engine.audit(std::nullopt, 100).result())) {
        if (entry.act == name)
            found.push_back(entry.who + " " + std::to_string(entry.count));
    }
    return found;
}

} // namespace

class ApprovalTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSmallListGoesByItself() {
        Office office;
        auto ada = office.as("ada");
        const ImportReport report = office.queue(*ada, 0, 10);
        QVERIFY(!report.waitsForSecond);
        QVERIFY(!isPaused(*ada, report.batch));
        QVERIFY(!batchOf(*ada, report.batch).approval.waits());
    }

    void aLargeListWaitsForSomebodyElse() {
        Office office;
        BatchId batch;
        {
            auto ada = office.as("ada");
            const ImportReport report = office.queue(*ada, 0, 11);
            batch = report.batch;
            QVERIFY(report.waitsForSecond);
            QVERIFY(isPaused(*ada, batch));
            QVERIFY(isRefused(ada->setBatchState(batch, BatchState::Active, "I say so").result()));
            QVERIFY(isPaused(*ada, batch));
        }
        {
            // Support handles what failed and does not let lists go.
            auto sue = office.as("sue");
            QVERIFY(isRefused(sue->setBatchState(batch, BatchState::Active, "").result()));
        }
        auto otto = office.as("otto");
        QVERIFY(must(otto->setBatchState(batch, BatchState::Active, "looked at it").result()));
        QVERIFY(!isPaused(*otto, batch));
        COMPARE_TEXT(batchOf(*otto, batch).approval.grantedBy, std::string("otto"));
        auto ada = office.as("ada");
        QVERIFY((acts(*ada, "batch.approve") == std::vector<std::string>{"otto 11"}));
        // Agreed to is agreed to: the first may stop it and let it go on.
        QVERIFY(must(ada->setBatchState(batch, BatchState::Paused, "").result()));
        QVERIFY(must(ada->setBatchState(batch, BatchState::Active, "").result()));
        QCOMPARE(acts(*ada, "batch.approve").size(), std::size_t(1));
        COMPARE_TEXT(must(ada->checkAudit().result()).problem, std::string());
    }

    void nothingLeavesBeforeThat() {
        Office office;
        auto ada = office.as("ada", EngineOptions::Role::Engine);
        must(ada->start());
        const BatchId batch = office.queue(*ada, 0, 300).batch;
        const BatchId small = office.queue(*ada, 1000, 5, "small").batch;
        QVERIFY(EngineFixture::runUntil(*ada, [&](const Snapshot &) { return batchOf(*ada, small).counts[MessageState::Accepted] == 5; }));
        QCOMPARE(batchOf(*ada, batch).counts.waiting(), 300);
        must(ada->signIn("otto", password).result());
        must(ada->setBatchState(batch, BatchState::Active, "").result());
        QVERIFY(EngineFixture::runUntil(*ada, [&](const Snapshot &) { return batchOf(*ada, batch).counts[MessageState::Accepted] == 300; }));
    }

    void whatIsAddedHasToBeAgreedToAgain() {
        Office office;
        auto ada = office.as("ada");
        const BatchId batch = office.queue(*ada, 0, 11).batch;
        auto otto = office.as("otto");
        must(otto->setBatchState(batch, BatchState::Active, "").result());
        const ImportReport more = office.queue(*otto, 11, 1);
        QCOMPARE(more.batch.value, batch.value);
        QVERIFY(more.waitsForSecond);
        QVERIFY(isPaused(*otto, batch));
        QVERIFY(isRefused(otto->setBatchState(batch, BatchState::Active, "").result()));
        QVERIFY(must(ada->setBatchState(batch, BatchState::Active, "").result()));
    }

    /// A large list in small pieces is a large list.
    void piecesCountTogether() {
        Office office;
        auto ada = office.as("ada");
        QVERIFY(!office.queue(*ada, 0, 6).waitsForSecond);
        const ImportReport second = office.queue(*ada, 6, 6);
        QVERIFY(second.waitsForSecond);
        QVERIFY(isRefused(ada->setBatchState(second.batch, BatchState::Active, "").result()));
    }

    void aSeedDoesNotReplaceThem() {
        Office office;
        auto ada = office.as("ada");
        const ImportReport report = office.queue(*ada, 0, 11, "seeded", {"oSeed_0123456789abcdefghijkl"});
        QVERIFY(report.waitsForSecond);
        QVERIFY(report.seedBatch);
        QVERIFY(!isPaused(*ada, *report.seedBatch));
        QVERIFY(isRefused(ada->setBatchState(report.batch, BatchState::Active, "the seed was looked at").result()));
        auto otto = office.as("otto");
        QVERIFY(must(otto->setBatchState(report.batch, BatchState::Active, "the seed was looked at").result()));
    }

    void aPauseOfSomebodyStays() {
        Office office;
        auto ada = office.as("ada");
        const BatchId batch = office.queue(*ada, 0, 5).batch;
        must(ada->setBatchState(batch, BatchState::Paused, "not now").result());
        QVERIFY(!office.queue(*ada, 5, 2).waitsForSecond);
        QVERIFY(isPaused(*ada, batch));
        COMPARE_TEXT(batchOf(*ada, batch).hold->detail, std::string("not now"));
    }

    void manyAreSentAgainOnlyByAReplayThatWaits() {
        Office office;
        auto ada = office.as("ada");
        const BatchId batch = office.queue(*ada, 0, 10).batch;
        const BatchId other = office.queue(*ada, 10, 10, "other").batch;
        for (const BatchId id : {batch, other})
            must(ada->setBatchState(id, BatchState::Cancelled, "the wrong day").result());
        MessageFilter cancelled;
        cancelled.states = {MessageState::Cancelled};
        QVERIFY(isRefused(ada->resend(cancelled, "after all", {}).result()));
        const auto plan = must(ada->planReplay(cancelled, {}).result());
        QCOMPARE(plan.size(), 20);
        ReplayOptions options;
        options.reason = "after all";
        const ReplayRun run = must(ada->startReplay(plan, options).result());
        QCOMPARE(static_cast<int>(run.state), static_cast<int>(ReplayState::Paused));
        QVERIFY(run.approval.waits());
        QVERIFY(isRefused(ada->setReplayState(run.id, ReplayState::Running, "").result()));
        auto sue = office.as("sue");
        const ReplayRun agreed = must(sue->setReplayState(run.id, ReplayState::Running, "").result());
        QCOMPARE(static_cast<int>(agreed.state), static_cast<int>(ReplayState::Running));
        COMPARE_TEXT(agreed.approval.grantedBy, std::string("sue"));
        QVERIFY((acts(*ada, "replay.approve") == std::vector<std::string>{"sue 20"}));
        // One batch of them is few enough.
        MessageFilter few = cancelled;
        few.batch = batch;
        QCOMPARE(must(ada->resend(few, "these", {}).result()).resent, 10);
    }

    void withoutUsersNobodyIsAsked() {
        EngineFixture fixture;
        fixture.writePolicy(R"({"approval": {"over": 10}})");
        auto engine = fixture.open(EngineOptions::Role::Tool);
        fixture.import(*engine, 50, QStringLiteral("r"));
        for (const Batch &batch : must(engine->batches(10).result()))
            QVERIFY(batch.state == BatchState::Active);
    }
};

QTEST_GUILESS_MAIN(ApprovalTest)
#include "approval_test.moc"
