// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dead letters are sent again as a replay of a frozen list, by the real engine against the simulator.
#include "tests/full_form.h"
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/test_journal.h"

#include <QElapsedTimer>
#include <QTest>

using namespace songda;
using songda::testing::EngineFixture;
using songda::testing::must;

namespace {

/// Who stands at a place of the list, as EngineFixture::import names them.
std::string openidAt(int index) { return QStringLiteral("r%1").arg(index, 8, 10, QLatin1Char('0')).toStdString(); }

void control(EngineFixture &fixture, const std::string &json) {
    if (const auto done = fixture.simulator->control(json); !done)
        qFatal("%s", done.error().c_str());
}

/// A profile in which all of a list died because nobody followed, and do now.
std::unique_ptr<Engine> buried(EngineFixture &fixture, int rows) {
    auto engine = fixture.open();
    control(fixture, R"({"mix": "43004=100"})");
    fixture.import(*engine, rows, QStringLiteral("r"));
    must(engine->start());
    if (!EngineFixture::runUntil(*engine, [&](const Snapshot &s) { return s.counts[MessageState::Dead] == rows; }))
        qFatal("not all died");
    control(fixture, R"({"mix": ""})");
    return engine;
}

MessageFilter deadLetters() {
    MessageFilter filter;
    filter.states = {MessageState::Dead};
    return filter;
}

ReplayOptions options(std::vector<int> steps, double pace = 0) {
    ReplayOptions o;
    o.reason = "the account is followed again";
    o.ladder.steps = std::move(steps);
    o.pace = pace;
    return o;
}

ReplayRun latest(Engine &engine) { return must(engine.replays(1).result()).front(); }

/// Waits until the newest replay is no longer running and nothing of it is under way.
bool settled(Engine &engine) {
    return EngineFixture::runUntil(engine, [&](const Snapshot &s) {
        const ReplayRun run = latest(engine);
        return run.state != ReplayState::Running && run.underWay() == 0 && s.inFlight == 0;
    });
}

} // namespace

class EngineReplayTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLadderStopsAtAPlantedFaultAndTheRestGoesWhenItIsMended();
    void aSecondDeathComesBackWithBothLives();
    void thePaceHolds();
    void aReplayOutlivesTheEngineAndCanBeBegunBesideIt();
    void aReplayNeedsAReasonAndSomethingToSend();
    void manyAreAcceptedAtOnce();
};

void EngineReplayTest::aLadderStopsAtAPlantedFaultAndTheRestGoesWhenItIsMended() {
    constexpr int rows = 700;
    EngineFixture fixture;
    auto engine = buried(fixture, rows);
    control(fixture, R"({"script": {")" + openidAt(149) + R"(": "47003"}})");
    const ReplayPlan plan = must(engine->planReplay(deadLetters()).result());
    QCOMPARE(plan.size(), rows);
    QCOMPARE(plan.willGo, rows);
    QVERIFY(plan.endsAt.has_value());
    const ReplayRun begun = must(engine->startReplay(plan, options(usualLadder())).result());
    QCOMPARE(begun.fingerprint, plan.fingerprint);
    QVERIFY(settled(*engine));

    const ReplayRun stopped = latest(*engine);
    COMPARE_NAMED(stopped.state, ReplayState::Stopped);
    COMPARE_NAMED(stopped.stop, ReplayStop::NewCause);
    QCOMPARE(stopped.stopCause, std::string("47003"));
    QVERIFY2(stopped.position >= 150 && stopped.position <= 200, qPrintable(QString::number(stopped.position)));
    const StateCounts counts = must(engine->counts().result());
    QCOMPARE(counts[MessageState::Accepted], stopped.released - 1);
    QCOMPARE(counts[MessageState::Dead], rows - stopped.released + 1);
    QCOMPARE(counts.waiting(), 0);

    control(fixture, R"({"clear_script": true})");
    must(engine->setReplayState(stopped.id, ReplayState::Running, "the template is right again").result());
    QVERIFY(settled(*engine));
    const ReplayRun done = latest(*engine);
    COMPARE_NAMED(done.state, ReplayState::Done);
    QCOMPARE(done.accepted, rows - 1);
    QCOMPARE(done.failed, 1);
    QCOMPARE(must(engine->counts().result())[MessageState::Dead], 1);
    QCOMPARE(static_cast<int>(fixture.simulator->ledger().recipients), rows - 1);
    QVERIFY(must(engine->verify().result()).empty());
    QStringList acts;
    for (const AuditEntry &entry : must(engine->audit(std::nullopt, 4).result()))
        acts.append(QString::fromStdString(entry.act));
    QVERIFY2(acts.contains(QStringLiteral("replay.stop")) && acts.contains(QStringLiteral("replay.resume")), qPrintable(acts.join(QLatin1Char(' '))));
    EngineFixture::stop(*engine);
}

void EngineReplayTest::aSecondDeathComesBackWithBothLives() {
    EngineFixture fixture;
    auto engine = buried(fixture, 20);
    control(fixture, R"({"mix": "43004=100"})");
    must(engine->startReplay(must(engine->planReplay(deadLetters()).result()), options({})).result());
    QVERIFY(settled(*engine));
    QCOMPARE(latest(*engine).failed, 20);
    const Page page = must(engine->page({deadLetters(), std::nullopt, 100}).result());
    QCOMPARE(page.rows.size(), std::size_t(20));
    const MessageDetail detail = must(engine->message(page.rows.front().id).result());
    QCOMPARE(detail.message.life, 2);
    QCOMPARE(detail.attempts.size(), std::size_t(2));
    QCOMPARE(detail.attempts.front().life, 2);
    QCOMPARE(detail.attempts.back().life, 1);
    QCOMPARE(detail.acts.size(), std::size_t(1));
    QCOMPARE(detail.acts.front().reason, std::string("the account is followed again"));
    QCOMPARE(detail.odds.tried, 20);
    QCOMPARE(detail.odds.helped, 0);
    EngineFixture::stop(*engine);
}

void EngineReplayTest::thePaceHolds() {
    constexpr double pace = 40;
    const int rows = testing::inFullForm(800, 100);
    EngineFixture fixture;
    auto engine = buried(fixture, rows);
    must(engine->startReplay(must(engine->planReplay(deadLetters()).result()), options({}, pace)).result());
    QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &) { return latest(*engine).state == ReplayState::Done; }));
    // Nothing is due, and nothing leaves, closer together than the pace allows.
    std::vector<WallTime> due;
    std::vector<WallTime> left;
    for (const MessageRow &row : must(engine->page({{}, std::nullopt, rows}).result()).rows) {
        due.push_back(row.dueAt);
        const MessageDetail detail = must(engine->message(row.id).result());
        QVERIFY(detail.attempts.front().startedAt >= row.dueAt);
        left.push_back(detail.attempts.front().startedAt);
    }
    std::sort(due.begin(), due.end());
    std::sort(left.begin(), left.end());
    for (std::size_t i = 1; i < due.size(); ++i)
        QVERIFY((due[i] - due[i - 1]).count() >= 25);
    const double seconds = std::chrono::duration<double>(left.back() - left.front()).count();
    qInfo("%d at a pace of %.0f a second: %.2f a second", rows, pace, (rows - 1) / seconds);
    EngineFixture::stop(*engine);
}

void EngineReplayTest::aReplayOutlivesTheEngineAndCanBeBegunBesideIt() {
    constexpr int rows = 150;
    EngineFixture fixture;
    auto engine = buried(fixture, rows);
    {
        // By another program, as the command line does.
        auto tool = fixture.open(EngineOptions::Role::Tool);
        must(tool->startReplay(must(tool->planReplay(deadLetters()).result()), options({1, 5, 20, 100})).result());
    }
    QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &) { return latest(*engine).position >= 10; }));
    QVERIFY(!engine->isDrained());
    EngineFixture::stop(*engine);
    const ReplayRun before = latest(*engine);
    COMPARE_NAMED(before.state, ReplayState::Running);
    QVERIFY(before.position < rows);
    engine.reset();
    engine = fixture.open();
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &) { return latest(*engine).state == ReplayState::Done; }));
    QCOMPARE(latest(*engine).accepted, rows);
    QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &) { return engine->isDrained(); }));
    QCOMPARE(static_cast<int>(fixture.simulator->ledger().recipients), rows);
    EngineFixture::stop(*engine);
}

void EngineReplayTest::aReplayNeedsAReasonAndSomethingToSend() {
    EngineFixture fixture;
    auto engine = buried(fixture, 3);
    const ReplayPlan plan = must(engine->planReplay(deadLetters()).result());
    ReplayOptions noReason = options({});
    noReason.reason = "  ";
    QVERIFY(!engine->startReplay(plan, noReason).result().has_value());
    QVERIFY(!engine->startReplay(plan, options({0})).result().has_value());
    QVERIFY(!engine->startReplay(plan, options({}, -1)).result().has_value());
    QVERIFY(!engine->startReplay(ReplayPlan{}, options({})).result().has_value());
    QVERIFY(must(engine->replays(5).result()).empty());
    EngineFixture::stop(*engine);
}

void EngineReplayTest::manyAreAcceptedAtOnce() {
    const int rows = testing::inFullForm(200'000, 5000);
    EngineFixture fixture;
    fixture.import(*fixture.open(), rows, QStringLiteral("r"));
    {
        auto writer = must(store::JournalWriter::open({fixture.profile().toStdString() + "/songda.db", store::JournalWriter::Mode::Inline, 512}));
        must(writer->submitAndWait(
            [&](store::WriteSession &session) -> Result<void> {
                const Now now{Engine::wallNow(), SteadyTime{Micros{1}}};
                const RunId run = must(store::startRun(session, {"another node", 1, "another boot"}, now));
                const AccountId account = must(store::readAccounts(session.database())).front().id;
                std::vector<AttemptResult> results;
                for (const ClaimedMessage &message : must(store::claimDue(session, ClaimRequest{account, run, rows, now})).messages)
                    results.push_back(testing::TestJournal::result(message, run, MessageState::Dead, now));
                must(store::finishAttempts(session, results));
                return store::endRun(session, run, now.wall);
            },
            store::JournalWriter::Isolation::None));
    }
    auto engine = fixture.open();
    must(engine->start());
    QElapsedTimer timer;
    timer.start();
    ReplayPlan plan = must(engine->planReplay(deadLetters()).result());
    const auto planned = timer.restart();
    must(engine->startReplay(std::move(plan), options({}, 1)).result());
    qInfo("%d dead letters: frozen in %lld ms, accepted in %lld ms", rows, static_cast<long long>(planned), static_cast<long long>(timer.elapsed()));
    EngineFixture::stop(*engine);
}

QTEST_GUILESS_MAIN(EngineReplayTest)
#include "engine_replay_test.moc"
