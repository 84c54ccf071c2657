// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/utf8.h"
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"

#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

/// Quiet hours that lie over the present moment.
QByteArray quietNow() {
    const auto minute = std::chrono::floor<std::chrono::minutes>(Engine::wallNow() - startOfChinaDay(Engine::wallNow())).count();
    const auto clock = [](std::int64_t m) {
        m = (m + 24 * 60) % (24 * 60);
        return QStringLiteral("\"%1:%2\"").arg(m / 60, 2, 10, QLatin1Char('0')).arg(m % 60, 2, 10, QLatin1Char('0')).toUtf8();
    };
    return "{\"quiet_hours\": {\"from\": " + clock(minute - 60) + ", \"until\": " + clock(minute + 60) + "}}";
}

SendRequest to(const std::string &openid, const std::string &thing = "书") {
    SendRequest request;
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.openid = openid;
    request.data = {{"character_string1", "SO1"}, {"thing2", thing}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    return request;
}

ImportRequest importOf(const EngineFixture &fixture, const QByteArray &rows) {
    fixture.writeFile("list.csv", "openid,character_string1,thing2,amount3,time4\n" + rows);
    ImportRequest request;
    request.path = fixture.path("list.csv").toStdString();
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    return request;
}

QByteArray row(const char *openid, const char *thing = "书") { return QByteArray(openid) + ",SO1," + thing + ",¥1.50,2026-01-31 15:01\n"; }

const AccountSnapshot &lane(const Snapshot &s) { return s.accounts.at(0); }

int acts(Engine &engine, const std::string &act) {
    const auto entries = must(engine.audit({}, 1000).result());
    return static_cast<int>(std::ranges::count(entries, act, &AuditEntry::act));
}

} // namespace

class EnginePolicyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChangedFileIsTakenUpWhileRunning();
    void aBadFileIsToldAndTheOldOneStays();
    void theAuditOfALongChangeIsWholeText();
    void aWordFileThatComesLaterIsTakenUp();
    void aChangedWordFileIsTakenUp();
    void aBadFileRefusesTheStart_data();
    void aBadFileRefusesTheStart();
    void aFileThatTurnedBadSinceItWasReadRefusesTheStart();
    void sensitiveWordsRefuseRowsAndSingleSends();
    void accountsHaveWordsOfTheirOwn();
    void optOutsRefuseRows();
    void whatSomebodyOptedOutOfIsNotSent();
    void messagesWithoutAnEndGetOne();
    void seedsGetTheFirstMessageAndTheBatchWaits();
    void seedsAreForANewBatch();
    void recallIsTimeToCancel();
    void theForecastKnowsWhatWaits();
    void anArchiveBesideARunningEngine();
    void aHoldThatChangesNothingIsNotInTheAudit();
};

void EnginePolicyTest::aChangedFileIsTakenUpWhileRunning() {
    constexpr int rows = 3000;
    EngineFixture fixture;
    auto engine = fixture.open();
    AccountChange slower;
    slower.rate = 300;
    must(engine->changeAccount("main", slower).result());
    fixture.import(*engine, rows, QStringLiteral("o"));
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted >= 50; }));
    fixture.writePolicy(quietNow());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return lane(s).gate == Gate::QuietHours && lane(s).inFlight == 0; }));
    const auto accepted = engine->snapshot().accepted;
    QVERIFY(accepted < rows);
    QVERIFY(lane(engine->snapshot()).gateUntil > Engine::wallNow());
    QCOMPARE(acts(*engine, "policy.load"), 1);
    // An urgent one passes.
    SendRequest urgent = to("oUrgent");
    urgent.priority = 2;
    must(engine->send(urgent).result());
    QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &s) { return s.accepted == accepted + 1; }));
    QCOMPARE(fixture.simulator->received("oUrgent").size(), 1U);
    // The file goes, and with it the quiet.
    slower.rate = 2000;
    must(engine->changeAccount("main", slower).result());
    QVERIFY(QFile::remove(fixture.path("profile/policy.json")));
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted == rows + 1; }));
    QCOMPARE(acts(*engine, "policy.load"), 2);
    EngineFixture::stop(*engine);
    QVERIFY(must(engine->verify().result()).empty());
}

void EnginePolicyTest::aBadFileIsToldAndTheOldOneStays() {
    EngineFixture fixture;
    fixture.writePolicy(quietNow());
    auto engine = fixture.open();
    fixture.import(*engine, 100, QStringLiteral("o"));
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return lane(s).gate == Gate::QuietHours; }));
    fixture.writePolicy("{\n  \"quota\": {\n    \"daily\": -5\n  }\n}");
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return !s.policyProblem.empty(); }));
    const std::string problem = engine->snapshot().policyProblem;
    for (const char *part : {"policy.json", "line 3", "daily"})
        QVERIFY2(problem.find(part) != std::string::npos, problem.c_str());
    // Several looks later: the old one is in force, the refusal is told once in the audit.
    int snapshots = 0;
    QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &) { return ++snapshots > 30; }));
    COMPARE_NAMED(lane(engine->snapshot()).gate, Gate::QuietHours);
    QCOMPARE(engine->snapshot().accepted, 0);
    QCOMPARE(acts(*engine, "policy.refuse"), 1);
    const auto entries = must(engine->audit({}, 100).result());
    const auto refusal = std::ranges::find(entries, "policy.refuse", &AuditEntry::act);
    QCOMPARE(refusal->reason, problem);
    QCOMPARE(refusal->who, std::string("engine"));
    // An import beside it goes by what is in force, too.
    fixture.import(*engine, 10, QStringLiteral("oMore"));
    fixture.writePolicy("{}");
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.policyProblem.empty() && s.accepted == 110; }));
    EngineFixture::stop(*engine);
}

void EnginePolicyTest::theAuditOfALongChangeIsWholeText() {
    EngineFixture fixture;
    const auto engine = fixture.open();
    for (const char *first : {"", "a", "ab"}) { // so that the cut falls on each byte of a letter
        PolicyDraft draft = must(engine->draftPolicy({{}, {}}).result());
        std::string name = first;
        for (int i = 0; i < 1000; ++i)
            name += "号";
        draft.differences = {{name, "额", "度", "一"}};
        must(engine->writePolicy(draft, "").result());
        const std::string what = must(engine->audit({}, 1).result()).at(0).object;
        QVERIFY(what.size() > 1990 && what.ends_with("..."));
        QVERIFY(utf8::isValid(what));
    }
}

void EnginePolicyTest::aWordFileThatComesLaterIsTakenUp() {
    EngineFixture fixture;
    auto engine = fixture.open();
    must(engine->start());
    fixture.writePolicy(R"({"words_file": "words.txt"})");
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.policyProblem.find("words.txt") != std::string::npos; }));
    fixture.writeFile("profile/words.txt", "发票\n"); // the policy itself is not touched again
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.policyProblem.empty(); }));
    QVERIFY(!engine->send(to("oA", "开发票")).result());
    QVERIFY(engine->send(to("oA", "书")).result().has_value());
    EngineFixture::stop(*engine);
}

void EnginePolicyTest::aChangedWordFileIsTakenUp() {
    EngineFixture fixture;
    fixture.writeFile("profile/words.txt", "发票\n");
    fixture.writePolicy(R"({"words_file": "words.txt"})");
    auto engine = fixture.open();
    must(engine->start());
    QVERIFY(engine->send(to("oA", "贷款")).result().has_value());
    fixture.writeFile("profile/words.txt", "发票\n贷款\n");
    QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &) { return acts(*engine, "policy.load") == 1; }));
    const auto refused = engine->send(to("oB", "贷款")).result();
    QVERIFY(!refused && refused.error().code == ErrorCode::InvalidInput);
    EngineFixture::stop(*engine);
}

void EnginePolicyTest::aBadFileRefusesTheStart_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << QByteArray("{\n\n  \"format\" \"songda-policy-1\"}") << QStringLiteral("line 3");
    QTest::newRow("unknown field") << QByteArray("{\"format\": \"songda-policy-1\",\n\"defaults\": {\n\"quoter\": {}}}") << QStringLiteral("line 3");
    QTest::newRow("missing word file") << QByteArray("{\"format\": \"songda-policy-1\", \"defaults\": {\"words_file\": \"none.txt\"}}") << QStringLiteral("none.txt");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("policy.json");
}

void EnginePolicyTest::aBadFileRefusesTheStart() {
    QFETCH(QByteArray, text);
    QFETCH(QString, says);
    EngineFixture fixture;
    fixture.writeFile("profile/policy.json", text);
    auto engine = fixture.open();
    const auto started = engine->start();
    QVERIFY(!started && started.error().code == ErrorCode::InvalidInput);
    QVERIFY2(QString::fromStdString(started.error().detail).contains(says), started.error().detail.c_str());
    QVERIFY(!Engine::checkPolicyFile(fixture.path("profile/policy.json").toStdString()));
    // Mended, it starts.
    fixture.writeFile("profile/policy.json", QByteArray::fromStdString(Engine::examplePolicy()));
    must(engine->start());
    EngineFixture::stop(*engine);
}

void EnginePolicyTest::aFileThatTurnedBadSinceItWasReadRefusesTheStart() {
    EngineFixture fixture;
    fixture.writePolicy(quietNow());
    auto engine = fixture.open();
    fixture.import(*engine, 10, QStringLiteral("o")); // has read the policy
    fixture.writePolicy(R"({"quota": {"daily": "many"}})");
    const auto started = engine->start();
    QVERIFY(!started && started.error().code == ErrorCode::InvalidInput);
    fixture.writePolicy("{}");
    must(engine->start()); // and goes by the newest
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted == 10; }));
    EngineFixture::stop(*engine);
}

void EnginePolicyTest::sensitiveWordsRefuseRowsAndSingleSends() {
    EngineFixture fixture;
    fixture.writeFile("profile/words.txt", "发票\nLoan\n");
    fixture.writePolicy(R"({"words_file": "words.txt"})");
    auto engine = fixture.open();
    ImportRequest request = importOf(fixture, row("oAAAAAAAA1") + row("oAAAAAAAA2", "代开发票") + row("oAAAAAAAA3", "ＬＯＡＮ now") + row("oAAAAAAAA4"));
    request.rejectsPath = fixture.path("rejects.csv").toStdString();
    const ImportReport report = must(engine->importCsv(request).result());
    QCOMPARE(report.read, 4);
    QCOMPARE(report.queued, 2);
    QCOMPARE(report.rejected, 2);
    QCOMPARE(report.firstRejects.size(), 2U);
    QCOMPARE(report.firstRejects[0].line, 3);
    QCOMPARE(report.firstRejects[0].column, std::string("thing2"));
    QVERIFY2(report.firstRejects[0].reason.find("发票") != std::string::npos, report.firstRejects[0].reason.c_str());
    QFile rejects(fixture.path("rejects.csv"));
    QVERIFY(rejects.open(QIODevice::ReadOnly));
    QVERIFY(rejects.readAll().contains("oAAAAAAAA3"));
    const auto refused = engine->send(to("oB", "无抵押loan")).result();
    QVERIFY(!refused && refused.error().code == ErrorCode::InvalidInput);
    QVERIFY2(refused.error().detail.find("thing2") != std::string::npos, refused.error().detail.c_str());
    QVERIFY(engine->send(to("oB", "书")).result().has_value());
}

void EnginePolicyTest::accountsHaveWordsOfTheirOwn() {
    EngineFixture fixture;
    fixture.writeFile("profile/words.txt", "发票\n");
    fixture.writeFile("profile/policy.json", R"({"format": "songda-policy-1", "defaults": {"words_file": "words.txt"}, "accounts": {"main": {"words_file": ""}}})");
    auto engine = fixture.open();
    QVERIFY(engine->send(to("oB", "发票")).result().has_value());
}

void EnginePolicyTest::optOutsRefuseRows() {
    EngineFixture fixture;
    auto engine = fixture.open();
    QCOMPARE(must(engine->suppress({"main", {"oAAAAAAAA2", "oAAAAAAAA9"}, {}, true, "asked for it"}).result()), 2);
    QCOMPARE(must(engine->suppress({"main", {"oAAAAAAAA3"}, EngineFixture::templateId(), true, "not this one"}).result()), 1);
    QCOMPARE(must(engine->suppress({"main", {"oAAAAAAAA2"}, {}, true, "once more"}).result()), 0);
    const auto refused = engine->suppress({"main", {"oGood", "no openid!"}, {}, true, {}}).result();
    QVERIFY(!refused && refused.error().code == ErrorCode::InvalidInput);
    const ImportReport report
        = must(engine->importCsv(importOf(fixture, row("oAAAAAAAA1") + row("oAAAAAAAA2") + row("oAAAAAAAA3") + row("oAAAAAAAA4"))).result());
    QCOMPARE(report.queued, 2);
    QCOMPARE(report.rejected, 2);
    for (const RowProblem &problem : report.firstRejects)
        QVERIFY(problem.fault == RowFault::OptedOut);
    QCOMPARE(report.firstRejects[0].line, 3);
    QCOMPARE(report.firstRejects[0].column, std::string("openid"));
    QCOMPARE(report.optedOut, 2);
    QCOMPARE(report.suppressed, 0);
    QCOMPARE(acts(*engine, "recipient.suppress"), 3);
    // By an operator's decision: the row is taken, counted, and refused when its turn comes.
    QCOMPARE(must(engine->suppress({"main", {"oAAAAAAAA7"}, {}, false, "angry call"}).result()), 1);
    ImportRequest check = importOf(fixture, row("oAAAAAAAA7") + row("oAAAAAAAA8") + row("oAAAAAAAA9"));
    check.dryRun = true;
    const ImportReport foreseen = must(engine->importCsv(check).result());
    QCOMPARE(foreseen.queued, 2);
    QCOMPARE(foreseen.suppressed, 1);
    QCOMPARE(foreseen.optedOut, 1);
    // A file of them, with a header and without; a line that is none adds nobody.
    fixture.writeFile("out.csv", "openid,name\noAAAAAAAA5,x\noAAAAAAAA6,y\n");
    QCOMPARE(must(engine->readOpenids(fixture.path("out.csv").toStdString()).result()).size(), 2U);
    fixture.writeFile("out.csv", "oAAAAAAAA5\noAAAAAAAA6\n");
    QCOMPARE(must(engine->readOpenids(fixture.path("out.csv").toStdString()).result()).size(), 2U);
    fixture.writeFile("out.csv", "oAAAAAAAA5\nnot one\n");
    const auto bad = engine->readOpenids(fixture.path("out.csv").toStdString()).result();
    QVERIFY(!bad);
    QVERIFY2(bad.error().detail.find("line 2") != std::string::npos, bad.error().detail.c_str());
}

void EnginePolicyTest::whatSomebodyOptedOutOfIsNotSent() {
    EngineFixture fixture;
    auto engine = fixture.open();
    fixture.import(*engine, 3, QStringLiteral("oQueued")); // oQueued00000000 and so on
    must(engine->suppress({"main", {"oQueued00000001"}, {}, true, "asked after the import"}).result());
    const SendReport single = must(engine->send(to("oQueued00000001")).result());
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts.waiting() == 0 && s.counts[MessageState::Sending] == 0; }));
    QCOMPARE(must(engine->counts().result())[MessageState::Accepted], 2);
    QCOMPARE(must(engine->counts().result())[MessageState::Dead], 2);
    QCOMPARE(must(engine->message(single.id).result()).message.cause, std::string("opted_out"));
    QVERIFY(fixture.simulator->received("oQueued00000001").empty());
    // Lifted, the person may be written to again.
    QCOMPARE(must(engine->liftSuppression("main", "oQueued00000001", {}, "asked again").result()), 1);
    must(engine->send(to("oQueued00000001")).result());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted == 3; }));
    EngineFixture::stop(*engine);
}

void EnginePolicyTest::messagesWithoutAnEndGetOne() {
    EngineFixture fixture;
    fixture.writePolicy(R"({"useful_for_s": 3600})");
    auto engine = fixture.open();
    const WallTime at = fromMillis(toMillis(Engine::wallNow() + 2h));
    SendRequest send = to("oA");
    send.at = at;
    const auto endOf = [&](MessageId id) { return must(engine->message(id).result()).message.expiresAt; };
    QVERIFY(endOf(must(engine->send(send).result()).id) == at + 1h);
    send.expiresAt = at + 5min;
    QVERIFY(endOf(must(engine->send(send).result()).id) == at + 5min);
    send.expiresAt = at - 1s;
    QVERIFY(!engine->send(send).result());
    ImportRequest request = importOf(fixture, row("oAAAAAAAA1"));
    request.at = at;
    must(engine->importCsv(request).result());
    QVERIFY(endOf(must(engine->page({}).result()).rows.front().id) == at + 1h);
    request = importOf(fixture, row("oAAAAAAAA2"));
    request.at = at;
    request.expiresAt = at + 7min;
    must(engine->importCsv(request).result());
    QVERIFY(endOf(must(engine->page({}).result()).rows.front().id) == at + 7min);
    request.expiresAt = at;
    QVERIFY(!engine->importCsv(request).result());
}

void EnginePolicyTest::seedsGetTheFirstMessageAndTheBatchWaits() {
    EngineFixture fixture;
    auto engine = fixture.open();
    must(engine->start());
    ImportRequest request = importOf(fixture, row("oAAAAAAAA1", "首条") + row("oAAAAAAAA2") + row("oAAAAAAAA3"));
    request.seeds = {"oSeed1", "oSeed2"};
    const ImportReport report = must(engine->importCsv(request).result());
    QCOMPARE(report.queued, 3);
    QVERIFY(report.seedBatch.has_value());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted == 2 && s.counts.waiting() == 3; }));
    for (const char *seed : {"oSeed1", "oSeed2"}) {
        QCOMPARE(fixture.simulator->received(seed).size(), 1U);
        MessageFilter filter;
        filter.openid = seed;
        const MessageId id = must(engine->page({filter, {}, 10}).result()).rows.at(0).id;
        QVERIFY(must(engine->message(id).result()).message.content.find("首条") != std::string::npos);
    }
    const auto batches = must(engine->batches(10).result());
    const auto waiting = std::ranges::find(batches, report.batch, &Batch::id);
    QVERIFY(waiting->state == BatchState::Paused);
    QVERIFY(!waiting->hold.value().detail.empty());
    must(engine->setBatchState(report.batch, BatchState::Active, "it looks right").result());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted == 5; }));
    EngineFixture::stop(*engine);
    QVERIFY(must(engine->verify().result()).empty());
    ImportRequest bad = importOf(fixture, row("oAAAAAAAA9"));
    bad.seeds = {"no openid!"};
    QVERIFY(!engine->importCsv(bad).result());
}

void EnginePolicyTest::seedsAreForANewBatch() {
    EngineFixture fixture;
    auto engine = fixture.open();
    ImportRequest request = importOf(fixture, row("oAAAAAAAA1") + row("oAAAAAAAA2"));
    request.batchName = "spring";
    request.seeds = {"oSeed1"};
    const ImportReport first = must(engine->importCsv(request).result());
    // The same import once more, as after a cut: it goes on into the batch that waits.
    const ImportReport again = must(engine->importCsv(request).result());
    QCOMPARE(again.queued, 0);
    QVERIFY(again.batch == first.batch && !again.seedBatch);
    must(engine->setBatchState(first.batch, BatchState::Active, "it looks right").result());
    // More rows for a batch that runs would leave before anybody has seen a seed.
    ImportRequest more = importOf(fixture, row("oAAAAAAAA3"));
    more.batchName = "spring";
    more.seeds = {"oSeed1"};
    const auto refused = engine->importCsv(more).result();
    QVERIFY(!refused && refused.error().code == ErrorCode::InvalidInput);
    QCOMPARE(must(engine->counts().result()).total(), 3);
    more.seeds.clear();
    QCOMPARE(must(engine->importCsv(more).result()).queued, 1);
}

void EnginePolicyTest::recallIsTimeToCancel() {
    EngineFixture fixture;
    auto engine = fixture.open();
    must(engine->start());
    ImportRequest request = importOf(fixture, row("oAAAAAAAA1") + row("oAAAAAAAA2"));
    request.recall = Seconds{600};
    const WallTime before = Engine::wallNow();
    const ImportReport report = must(engine->importCsv(request).result());
    for (const MessageRow &r : must(engine->page({}).result()).rows)
        QVERIFY(r.dueAt >= before + 600s && r.dueAt <= Engine::wallNow() + 600s);
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts.waiting() == 2 && lane(s).gate == Gate::Idle; }));
    must(engine->setBatchState(report.batch, BatchState::Cancelled, "a mistake").result());
    QCOMPARE(must(engine->counts().result())[MessageState::Cancelled], 2);
    QCOMPARE(fixture.simulator->ledger().wireCopies, std::uint64_t{0});
    // A time that is later than the recall stands.
    request = importOf(fixture, row("oAAAAAAAA5"));
    request.recall = Seconds{60};
    request.at = fromMillis(toMillis(Engine::wallNow() + 1h));
    must(engine->importCsv(request).result());
    QVERIFY(must(engine->page({}).result()).rows.front().dueAt == *request.at);
    EngineFixture::stop(*engine);
}

void EnginePolicyTest::theForecastKnowsWhatWaits() {
    EngineFixture fixture;
    fixture.writePolicy(R"({"quota": {"daily": 150, "ask": false}})");
    auto engine = fixture.open();
    AccountChange slower;
    slower.rate = 10;
    slower.burst = 1;
    must(engine->changeAccount("main", slower).result());
    fixture.import(*engine, 100, QStringLiteral("o"));
    const Forecast waiting = must(engine->forecast({"main", 0, 1, {}, {}, 0}).result());
    QCOMPARE(waiting.willGo, 100);
    const auto span = waiting.endsAt.value() - Engine::wallNow();
    QVERIFY2(span > 5s && span < 12s, qPrintable(QString::number(span.count())));
    const Forecast more = must(engine->forecast({"main", 100, 1, {}, {}, 7}).result());
    QCOMPARE(more.willGo, 200);
    QCOMPARE(more.refused, 7);
    QVERIFY(std::ranges::any_of(more.stops, [](const ForecastStop &s) { return s.why == ForecastStop::Why::Quota && s.waiting == 50; }));
    QVERIFY(startOfChinaDay(more.endsAt.value()) > startOfChinaDay(Engine::wallNow()));
    must(engine->holdAccount("main", "a pause").result());
    const Forecast held = must(engine->forecast({"main", 100, 1, {}, {}, 0}).result());
    QCOMPARE(held.willGo, 0);
    QCOMPARE(held.held, 200);
    QVERIFY(!engine->forecast({"nobody", 1, 1, {}, {}, 0}).result());
}

void EnginePolicyTest::anArchiveBesideARunningEngine() {
    constexpr int old = 1500;
    EngineFixture fixture;
    auto engine = fixture.open();
    fixture.import(*engine, old, QStringLiteral("oOld"));
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted == old; }));
    const WallTime before = Engine::wallNow() + 1ms;
    fixture.import(*engine, 2000, QStringLiteral("oNew"));
    ArchiveRequest request{fixture.path("old.db").toStdString(), before, std::make_shared<JobControl>()};
    const ArchiveReport report = must(engine->archive(request).result());
    QCOMPARE(report.archived, old);
    QCOMPARE(report.deleted, old);
    QCOMPARE(request.control->share.load(), 1.0);
    const auto again = engine->archive(request).result();
    QVERIFY(!again && again.error().code == ErrorCode::AlreadyExists);
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 2000; }));
    EngineFixture::stop(*engine);
    QCOMPARE(must(engine->counts().result()).total(), 2000);
    QVERIFY(must(engine->verify().result()).empty());
    const auto entries = must(engine->audit({}, 100).result());
    const auto act = std::ranges::find(entries, "archive", &AuditEntry::act);
    QCOMPARE(act->count, old);
    QCOMPARE(act->reason, request.path);
}

void EnginePolicyTest::aHoldThatChangesNothingIsNotInTheAudit() {
    EngineFixture fixture;
    auto engine = fixture.open();
    const std::string id = EngineFixture::templateId();
    QVERIFY(must(engine->holdAccount("main", "a look first").result()));
    QVERIFY(!must(engine->holdAccount("main", "once more").result()));
    QVERIFY(must(engine->resumeAccount("main").result()));
    QVERIFY(!must(engine->resumeAccount("main").result()));
    QVERIFY(must(engine->holdTemplate("main", id, "a look first").result()));
    QVERIFY(!must(engine->holdTemplate("main", id, "once more").result()));
    QVERIFY(must(engine->resumeTemplate("main", id).result()));
    QVERIFY(!must(engine->resumeTemplate("main", id).result()));
    for (const char *act : {"account.hold", "account.resume", "template.hold", "template.resume"})
        QCOMPARE(acts(*engine, act), 1);
}

QTEST_GUILESS_MAIN(EnginePolicyTest)
#include "engine_policy_test.moc"
