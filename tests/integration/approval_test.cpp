// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes to many people at once waits until a second person agrees.
#include "engine/store/database.h"
#include "engine/store/migrations.h"
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <csignal>
#include <sys/resource.h>

using namespace songda;
using namespace songda::testing;

namespace {

/// No file of this process grows beyond this, as on a disk that is full.
class SmallFiles {
public:
    explicit SmallFiles(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        if (::getrlimit(RLIMIT_FSIZE, &m_before) != 0)
            qFatal("the limit of files cannot be read");
        const rlimit small{bytes, m_before.rlim_max};
        if (::setrlimit(RLIMIT_FSIZE, &small) != 0)
            qFatal("the limit of files cannot be set");
    }
    ~SmallFiles() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    SmallFiles(const SmallFiles &) = delete;
    SmallFiles &operator=(const SmallFiles &) = delete;

private:
    rlimit m_before{};
};

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

    /// Two lists of ten that nobody got: each is few enough, both together are not.
    std::array<BatchId, 2> cancelLists(Engine &engine) const {
        const std::array<BatchId, 2> lists = {queue(engine, 0, 10).batch, queue(engine, 10, 10, "other").batch};
        for (const BatchId id : lists)
            must(engine.setBatchState(id, BatchState::Cancelled, "the wrong day").result());
        return lists;
    }
};

MessageFilter cancelledOnes() {
    MessageFilter filter;
    filter.states = {MessageState::Cancelled};
    return filter;
}

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

    /// The second person agrees; whoever paused it, or somebody else, has to let it go all the same.
    void anAgreementReleasesNoPause() {
        Office office;
        auto ada = office.as("ada");
        const BatchId batch = office.queue(*ada, 0, 11).batch;
        auto otto = office.as("otto");
        QVERIFY(must(otto->setBatchState(batch, BatchState::Paused, "after lunch").result()));
        COMPARE_TEXT(batchOf(*ada, batch).hold->detail, std::string("after lunch"));
        QVERIFY(isRefused(ada->setBatchState(batch, BatchState::Active, "").result()));
        QVERIFY(must(otto->setBatchState(batch, BatchState::Active, "it is right").result()));
        QVERIFY(isPaused(*ada, batch));
        QVERIFY(!ada->setBatchState(batch, BatchState::Paused, approvalHold).result()); // that is not a person's word
        COMPARE_TEXT(batchOf(*ada, batch).hold->detail, std::string("after lunch"));
        QVERIFY((acts(*ada, "batch.approve") == std::vector<std::string>{"otto 11"}));
        QVERIFY(ada->mayLetGo(batchOf(*ada, batch), "main") == MayLetGo::Freely);
        QVERIFY(must(ada->setBatchState(batch, BatchState::Active, "").result()));
        QVERIFY(!isPaused(*ada, batch));
    }

    /// Nothing of an import is under way any more when it has failed, and its batch is decided about.
    void anImportThatFailsIsSettled() {
        for (const bool small : {true, false}) {
            Office office;
            office.writePolicy(small ? R"({"approval": {"over": 50000}})" : R"({"approval": {"over": 10}})");
            auto ada = office.as("ada");
            constexpr int rows = 20'000; // as many as are written at once
            QByteArray csv = "openid,character_string1,thing2,amount3,time4\n";
            for (int i = 0; i < rows; ++i)
                csv += "oPerson_" + QByteArray::number(i) + ",SO1,book,1.50,2026-01-31 15:01\n";
            for (int i = 0; i < 100; ++i)
                csv += QByteArray(800'000, 'x') + ",SO1,book,1.50,2026-01-31 15:01\n";
            office.writeFile("list.csv", csv);
            ImportRequest request;
            request.path = office.path("list.csv").toStdString();
            request.account = "main";
            request.templateId = Office::templateId();
            request.rejectsPath = office.path("rejects.csv").toStdString();
            Result<ImportReport> report = fail(ErrorCode::Internal, "not begun");
            {
                const SmallFiles upTo(40'000'000); // the refused rows have twice as much
                report = ada->importCsv(request).result();
            }
            QVERIFY(!report);
            QVERIFY2(report.error().detail.find("rejects.csv") != std::string::npos, report.error().detail.c_str());
            const Batch batch = must(ada->batches(1).result()).front();
            QCOMPARE(batch.counts.total(), rows);
            QVERIFY(batch.state == (small ? BatchState::Active : BatchState::Paused));
            QCOMPARE(batch.approval.waits(), !small);
            QVERIFY((acts(*ada, "batch.import") == std::vector<std::string>{"ada 20000"}));
        }
    }

    /// Rows that come in after the cancelling are not left waiting in it.
    void aBatchCancelledDuringItsImportHasNothingLeft() {
        Office office;
        auto ada = office.as("ada");
        auto otto = office.as("otto");
        QByteArray csv = "openid,character_string1,thing2,amount3,time4\n";
        for (int i = 0; i < 60'000; ++i)
            csv += "oPerson_" + QByteArray::number(i) + ",SO1,book,1.50,2026-01-31 15:01\n";
        office.writeFile("list.csv", csv);
        ImportRequest request;
        request.path = office.path("list.csv").toStdString();
        request.account = "main";
        request.templateId = Office::templateId();
        auto import = ada->importCsv(request);
        QTRY_VERIFY(!must(otto->batches(1).result()).empty());
        const BatchId batch = must(otto->batches(1).result()).front().id;
        must(otto->setBatchState(batch, BatchState::Cancelled, "the wrong list").result());
        const auto report = import.result();
        QVERIFY(report || report.error().code == ErrorCode::Cancelled);
        const StateCounts counts = batchOf(*otto, batch).counts;
        QCOMPARE(counts.waiting(), 0);
        QCOMPARE(counts[MessageState::Cancelled], counts.total());
    }

    /// As a death of the program leaves it.
    void anImportThatWasCutOffIsSettledByTheEngine() {
        Office office;
        BatchId small, large;
        {
            auto ada = office.as("ada");
            small = office.queue(*ada, 0, 5, "small").batch;
            large = office.queue(*ada, 10, 20, "large").batch;
        }
        {
            auto database = must(store::Database::open(office.profile().toStdString() + "/songda.db", store::Database::Mode::ReadWrite, store::newestSchemaVersion()));
            must(database.exec((std::string("UPDATE batch SET state = 1, hold_by = 'ada', hold_since = 1, asked_by = 'ada', hold_reason = '") + importHold + "'").c_str()));
        }
        auto ada = office.as("ada", EngineOptions::Role::Engine);
        QVERIFY(ada->mayLetGo(batchOf(*ada, small), "main") == MayLetGo::Freely);
        QVERIFY(ada->mayLetGo(batchOf(*ada, large), "main") == MayLetGo::NeedsAnother);
        must(ada->start());
        QVERIFY(EngineFixture::runUntil(*ada, [&](const Snapshot &) { return batchOf(*ada, small).counts[MessageState::Accepted] == 5; }));
        QVERIFY(!batchOf(*ada, small).approval.waits());
        COMPARE_TEXT(batchOf(*ada, large).hold->detail, std::string(approvalHold));
        QCOMPARE(batchOf(*ada, large).counts.waiting(), 20);
    }

    void seedsAreFewAndCount() {
        Office office;
        auto ada = office.as("ada");
        std::vector<std::string> seeds;
        for (std::size_t i = 0; i <= mostSeeds; ++i)
            seeds.push_back("oSeed_" + std::to_string(i));
        ImportRequest request;
        office.queue(*ada, 0, 1, "before"); // writes the file
        request.path = office.path("list.csv").toStdString();
        request.account = "main";
        request.templateId = Office::templateId();
        request.batchName = "too many";
        request.seeds = seeds;
        const auto refused = ada->importCsv(request).result();
        QVERIFY(!refused && refused.error().code == ErrorCode::InvalidInput);
        QVERIFY(refused.error().detail.find("at most 20") != std::string::npos);
        // Eight and three are more than ten.
        const ImportReport few = office.queue(*ada, 100, 8, "eight", {"oSeed_1", "oSeed_2", "oSeed_3"});
        QVERIFY(few.waitsForSecond);
        QVERIFY(isRefused(ada->setBatchState(few.batch, BatchState::Active, "").result()));
        QVERIFY(!office.queue(*ada, 200, 8, "eight and two", {"oSeed_1", "oSeed_2"}).waitsForSecond);
        // So many seeds need somebody else by themselves.
        seeds.resize(11);
        const ImportReport many = office.queue(*ada, 300, 2, "two", seeds);
        QVERIFY(isPaused(*ada, *many.seedBatch));
        QVERIFY(isRefused(ada->setBatchState(*many.seedBatch, BatchState::Active, "").result()));
        auto otto = office.as("otto");
        QVERIFY(must(otto->setBatchState(*many.seedBatch, BatchState::Active, "").result()));
    }

    void whoQueuedItBeforeThereWasALimitAskedForIt() {
        Office office;
        office.writePolicy("{}");
        BatchId batch;
        {
            auto ada = office.as("ada");
            batch = office.queue(*ada, 0, 20).batch;
            QVERIFY(!isPaused(*ada, batch));
        }
        office.writePolicy(R"({"approval": {"over": 10}})");
        auto ada = office.as("ada");
        auto otto = office.as("otto");
        // What runs needs nobody's word.
        QVERIFY(!must(otto->setBatchState(batch, BatchState::Active, "").result()));
        QVERIFY(acts(*ada, "batch.approve").empty());
        QVERIFY(must(ada->setBatchState(batch, BatchState::Paused, "").result()));
        QVERIFY(isRefused(ada->setBatchState(batch, BatchState::Active, "").result()));
        QVERIFY(must(otto->setBatchState(batch, BatchState::Active, "").result())); // agreed; ada's pause stands
        QVERIFY(must(ada->setBatchState(batch, BatchState::Active, "").result()));
        QVERIFY((acts(*ada, "batch.approve") == std::vector<std::string>{"otto 20"}));
    }

    /// A list that nobody agreed to does not go in slices.
    void whatNobodyAgreedToIsNotSentAgainInSlices() {
        Office office;
        auto ada = office.as("ada");
        const BatchId batch = office.queue(*ada, 0, 20).batch;
        must(ada->setBatchState(batch, BatchState::Cancelled, "refused").result());
        MessageFilter slice;
        slice.batch = batch;
        slice.states = {MessageState::Cancelled};
        const auto rows = must(ada->page({slice, {}, 5}).result()).rows;
        MessageFilter byIds;
        for (const MessageRow &row : rows)
            byIds.ids.push_back(row.id);
        QVERIFY(isRefused(ada->resend(byIds, "only these", {}).result()));
        EditRequest edit;
        edit.id = rows.front().id;
        edit.reason = "only this one";
        QVERIFY(isRefused(ada->editAndResend(edit).result()));
        QVERIFY(isRefused(ada->sendToRest(batch, "all of it").result()));
        QVERIFY(batchOf(*ada, batch).state == BatchState::Cancelled);
        byIds.states = {MessageState::Cancelled};
        ReplayOptions options;
        options.reason = "only these";
        const ReplayRun run = must(ada->startReplay(must(ada->planReplay(byIds, {}).result()), options).result());
        QVERIFY(run.approval.waits());
        QVERIFY(isRefused(ada->setReplayState(run.id, ReplayState::Running, "").result()));
        auto otto = office.as("otto");
        QCOMPARE(static_cast<int>(must(otto->setReplayState(run.id, ReplayState::Running, "").result()).state), static_cast<int>(ReplayState::Running));
        // Of one as well.
        byIds.ids.resize(1);
        const ReplayRun one = must(ada->startReplay(must(ada->planReplay(byIds, {}).result()), options).result());
        QVERIFY(isRefused(ada->setReplayState(one.id, ReplayState::Running, "").result()));
    }

    /// The limit of another account says nothing about this one.
    void eachAccountIsJudgedByItsOwnLimit() {
        Office office;
        auto ada = office.as("ada");
        NewAccount shop;
        shop.account.name = "shop";
        shop.account.appid = "wx0123456789abcdef";
        shop.account.apiBase = office.simulator->baseUrl();
        shop.secret = canary::appSecret.toStdString();
        must(ada->addAccount(shop).result());
        office.writeFile("profile/policy.json", R"({"format": "songda-policy-1", "defaults": {"approval": {"over": 10}}, "accounts": {"shop": {"approval": {"over": 2}}}})");
        ada = office.as("ada");
        const BatchId batch = office.queue(*ada, 0, 8).batch;
        must(ada->setBatchState(batch, BatchState::Cancelled, "the wrong day").result());
        MessageFilter rest;
        rest.states = {MessageState::Cancelled};
        QCOMPARE(must(ada->resend(rest, "after all", {}).result()).resent, 8);
    }

    void whatASecondPersonLetsGoCanStillBeTakenBack() {
        Office office;
        auto ada = office.as("ada");
        ImportRequest request;
        const BatchId other = office.queue(*ada, 0, 11, "at once").batch;
        request.path = office.path("list.csv").toStdString();
        request.account = "main";
        request.templateId = Office::templateId();
        request.batchName = "with time";
        request.recall = Seconds{600};
        const BatchId batch = must(ada->importCsv(request).result()).batch;
        auto otto = office.as("otto");
        const WallTime before = Engine::wallNow();
        for (const BatchId id : {other, batch})
            must(otto->setBatchState(id, BatchState::Active, "").result());
        QVERIFY(batchOf(*otto, batch).leavesAt >= before + Seconds{600});
        QVERIFY(batchOf(*otto, other).leavesAt < before);
    }

    void manyAreSentAgainOnlyByAReplayThatWaits() {
        Office office;
        auto ada = office.as("ada");
        const BatchId list = office.cancelLists(*ada)[0];
        const MessageFilter cancelled = cancelledOnes();
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
        few.batch = list;
        QCOMPARE(must(ada->resend(few, "these", {}).result()).resent, 10);
    }

    /// What may have arrived goes again by the same word, if it says so, and counts.
    void whatMayArriveTwiceCountsToo() {
        Office office;
        BatchId batch;
        {
            auto ada = office.as("ada");
            batch = office.queue(*ada, 0, 10).batch;
            office.queue(*ada, 10, 10, "other");
        }
        {
            auto database = must(store::Database::open(office.profile().toStdString() + "/songda.db", store::Database::Mode::ReadWrite, store::newestSchemaVersion()));
            must(database.exec("UPDATE message SET state = 8, cause = 'timeout', finished_at = 1"));
        }
        auto ada = office.as("ada");
        const auto plan = must(ada->planReplay({}, {}).result());
        QCOMPARE(plan.willGo, 0);
        QCOMPARE(plan.needConfirmation, 20);
        ReplayOptions options;
        options.reason = "nobody got it";
        QVERIFY(!must(ada->startReplay(plan, options).result()).approval.waits()); // none of them goes
        options.mayArriveTwice = true;
        const ReplayRun run = must(ada->startReplay(plan, options).result());
        QCOMPARE(static_cast<int>(run.state), static_cast<int>(ReplayState::Paused));
        QVERIFY(run.approval.waits());
        QVERIFY(isRefused(ada->setReplayState(run.id, ReplayState::Running, "").result()));
        auto otto = office.as("otto");
        QCOMPARE(static_cast<int>(must(otto->setReplayState(run.id, ReplayState::Running, "").result()).state), static_cast<int>(ReplayState::Running));
        // Few enough.
        MessageFilter few;
        few.batch = batch;
        const auto fewer = must(ada->planReplay(few, {}).result());
        QCOMPARE(fewer.needConfirmation, 10);
        QVERIFY(!must(ada->startReplay(fewer, options).result()).approval.waits());
    }

    /// Whoever asked is judged, whether they sit at the screen to the end or not.
    void whoSignsOutMeanwhileIsStillOnePerson() {
        Office office;
        auto ada = office.as("ada");
        const auto lists = office.cancelLists(*ada);
        auto resent = ada->resend(cancelledOnes(), "after all", {});
        ada->signOut();
        QVERIFY(isRefused(resent.result()));
        must(ada->signIn("ada", password).result());
        for (const BatchId id : lists)
            QCOMPARE(batchOf(*ada, id).counts[MessageState::Cancelled], 10);
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
