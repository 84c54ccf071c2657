// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/database.h"
#include "engine/store/engine_pause.h"
#include "engine/store/migrations.h"
#include "tests/integration/engine_fixture.h"

#include <QTest>
#include <atomic>
#include <future>

using namespace songda;
using namespace songda::testing;

/// The facade at work, ended without ceremony.
class EngineLifetimeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void destroyedAtWorkNothingIsLostOrDoubled_data();
    void destroyedAtWorkNothingIsLostOrDoubled();
    void aPauseOutlivesTheProcess();
    void whatIsBeingTakenInAtTheEndIsAnswered();
    void nobodyWaitsForAnAnswerThatIsTypedOnTheirThread();
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

void EngineLifetimeTest::aPauseOutlivesTheProcess() {
    constexpr int rows = 20;
    EngineFixture fixture;
    auto engine = fixture.open();
    must(engine->start());
    QVERIFY(must(engine->setPaused(true, "smells").result()));
    QVERIFY(!must(engine->setPaused(true).result())); // it is whose it was
    fixture.import(*engine, rows, QStringLiteral("oPause"));
    EngineFixture::stop(*engine);
    engine.reset();

    engine = fixture.open();
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.running && s.counts.waiting() == rows && !s.accounts.empty(); }));
    const Snapshot s = engine->snapshot();
    QVERIFY(s.paused);
    QCOMPARE(s.pausedBy, std::string("tester"));
    QVERIFY(s.pausedSince.has_value() && *s.pausedSince <= s.at);
    QTRY_VERIFY(engine->isDrained()); // whoever waits for that does not wait for ever
    QCOMPARE(fixture.simulator->ledger().wireCopies, std::uint64_t{0});

    // Another process lets it go on; the one that delivers keeps to that.
    {
        auto tool = fixture.open(EngineOptions::Role::Tool);
        const auto read = [&fixture] {
            auto database = must(store::Database::open((fixture.profile() + QStringLiteral("/songda.db")).toStdString(), store::Database::Mode::ReadOnly, store::newestSchemaVersion()));
            return must(store::readPause(database));
        };
        const auto before = read();
        QTRY_VERIFY(Engine::wallNow() > before.pause->since + Millis{1});
        QVERIFY(!must(tool->setPaused(true).result()));
        QVERIFY(read().text != before.text); // seen, should the engine think otherwise; but not another pause
        QVERIFY(read().pause->by == before.pause->by && read().pause->since == before.pause->since);
        QVERIFY(must(tool->lookOn().result()).pause.has_value());
        QVERIFY(must(tool->setPaused(false).result()));
        QVERIFY(!must(tool->lookOn().result()).pause.has_value());
    }
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &now) { return !now.paused && now.counts[MessageState::Accepted] == rows; }));
    QVERIFY(engine->snapshot().pausedBy.empty() && !engine->snapshot().pausedSince);
    int acts = 0;
    for (const AuditEntry &act : must(engine->audit(std::nullopt, 100).result()))
        acts += act.act == "engine.pause" || act.act == "engine.resume" ? 1 : 0;
    QCOMPARE(acts, 2);
    EngineFixture::stop(*engine);
}

/// More than one transaction of the intake: the first hands in the second while the journal is being closed.
void EngineLifetimeTest::whatIsBeingTakenInAtTheEndIsAnswered() {
    constexpr int many = 5000;
    EngineFixture fixture;
    auto engine = fixture.open(EngineOptions::Role::Tool);
    const auto wish = [](int n) {
        SendRequest request;
        request.account = "main";
        request.templateId = EngineFixture::templateId();
        request.openid = "oTaken" + std::to_string(n);
        request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
        return request;
    };
    must(engine->takeIn({wish(0)}, {"shop"}).result().at(0)); // from now on accounts and templates are known
    std::vector<SendRequest> requests;
    for (int i = 1; i <= many; ++i)
        requests.push_back(wish(i));
    const auto taken = engine->takeIn(std::move(requests), {"shop"});
    engine.reset();
    QVERIFY(taken.isFinished());
    std::int64_t queued = 1;
    for (const auto &report : taken.result()) {
        queued += report ? 1 : 0;
        QVERIFY2(report || report.error().code == ErrorCode::Cancelled, report ? "" : report.error().detail.c_str());
    }
    engine = fixture.open(EngineOptions::Role::Tool);
    QCOMPARE(must(engine->counts().result()).total(), queued);
}

/// Workers ask for the passphrase while a person, whose answer comes on the thread of the window, lets the sending begin.
void EngineLifetimeTest::nobodyWaitsForAnAnswerThatIsTypedOnTheirThread() {
    const std::string passphrase = "a passphrase that is typed";
    constexpr int rows = 5;
    EngineFixture fixture;
    fixture.import(*fixture.open(EngineOptions::Role::Tool), rows, QStringLiteral("oTyped"));
    EngineOptions options;
    options.profileDir = fixture.profile().toStdString();
    options.role = EngineOptions::Role::Engine;
    options.user = "tester";
    qputenv("SONGDA_PASSPHRASE", QByteArray::fromStdString(passphrase));
    must(must(Engine::open(options))->changeSecret("main", canary::appSecret.toStdString()).result());
    qunsetenv("SONGDA_PASSPHRASE");

    std::promise<void> begun;
    std::promise<void> typed;
    const std::shared_future<void> answer = typed.get_future().share();
    std::atomic<int> questions{0};
    options.askPassphrase = [&]() -> std::optional<std::string> {
        if (++questions == 1)
            begun.set_value();
        answer.wait();
        return passphrase;
    };
    const auto engine = must(Engine::open(options));
    const auto first = engine->testAccount("main");
    begun.get_future().wait();
    const auto second = engine->testAccount("main");
    must(engine->start());
    QVERIFY(!first.isFinished() && !second.isFinished());
    typed.set_value();
    QVERIFY(must(first.result()).token);
    QVERIFY(must(second.result()).token);
    // What waited goes, and nobody has to let the account go on.
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == rows; }));
    QCOMPARE(questions.load(), 1);
}

QTEST_GUILESS_MAIN(EngineLifetimeTest)
#include "engine_lifetime_test.moc"
