// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class HoldsSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTemplateErrorStopsThatTemplateAlone_data();
    void aTemplateErrorStopsThatTemplateAlone();
    void anAccountErrorStopsTheAccount_data();
    void anAccountErrorStopsTheAccount();
    void fiveEqualContentFailuresInARowStopTheTemplate();
    void scatteredContentFailuresStopNothing();
    void twoForbiddenContentsOfABatchStopTheTemplate();
    void manyInvalidOpenidsInARowStopTheTemplate();
    void whatIsInHandGoesBackUnhurt();
    void aHeldAccountSurvivesARestart();
    void anOfflineHoldEndsByItselfAfterARestart();
    void aHoldOnItsWayToTheDatabaseSurvivesAnOlderReading();
    void anOperatorsHoldStopsAtOnceAndItsReleaseGoesOn();
    void anOperatorsHoldOutlastsTheEnginesOwn_data();
    void anOperatorsHoldOutlastsTheEnginesOwn();
    void aHoldAndItsEndAreWrittenWhenTheDiskHasRoomAgain();
    void aHoldThatOnlyTheDatabaseKnowsIsProbed();

private:
    /// Somebody holds the account, whoever the hold names. Whether that changed anything.
    static bool hold(World &world, const Hold &with);
    /// WeChat cannot be reached in the first five minutes.
    static void takeOffline(World &world);
};

bool HoldsSimulationTest::hold(World &world, const Hold &with) {
    bool changed = false;
    const auto job = [&](store::WriteSession &session) -> Result<void> {
        const auto done = store::setAccountHold(session, world.account, with);
        changed = done.value_or(false);
        return done ? Result<void>{} : tl::unexpected(done.error());
    };
    testing::must(world.writer->submitAndWait(job, store::JournalWriter::Isolation::None));
    return changed;
}

void HoldsSimulationTest::takeOffline(World &world) {
    world.wechat.setSendScript([](const SendCall &c) { return c.at < 5min ? Behaviour::refused() : Behaviour::ok(); });
    world.wechat.setTokenScript([](const TokenCall &c) { return c.at < 5min ? Behaviour::refused() : Behaviour::ok(); });
}

void HoldsSimulationTest::aTemplateErrorStopsThatTemplateAlone_data() {
    QTest::addColumn<int>("code");
    for (const int code : {40036, 40037, 40165, 40249, 41030, 43107, 43116, 40013})
        QTest::addRow("%d", code) << code;
}

void HoldsSimulationTest::aTemplateErrorStopsThatTemplateAlone() {
    QFETCH(int, code);
    World world({.seed = 1, .rate = 200, .burst = 10});
    const TemplateRef second = world.addTemplate('b');
    const BatchId good = world.addBatch(second);
    bool broken = true;
    world.wechat.setSendScript([&](const SendCall &c) {
        return broken && c.templateId[0] == 'a' && c.at > 1s ? Behaviour::answer(code) : Behaviour::ok();
    });
    world.enqueue(world.batch, 1000, "oA");
    world.enqueue(good, 1000, "oB");
    world.start();
    world.runFor(5min);
    COMPARE_TEXT(world.text("SELECT hold_cause FROM template WHERE hold_cause IS NOT NULL"), std::to_string(code));
    QCOMPARE(world.number("SELECT id FROM template WHERE hold_cause IS NOT NULL"), world.templateRef.value);
    QVERIFY(!world.storedHold());
    QCOMPARE(world.writer->counts().at(good)[MessageState::Accepted], 1000);
    const auto stopped = world.writer->counts().at(world.batch);
    QCOMPARE(stopped.finished() - stopped[MessageState::Accepted], 0);
    QCOMPARE(stopped[MessageState::Sending], 0);
    QVERIFY(world.number("SELECT count(*) FROM attempt WHERE errcode = " + std::to_string(code)) <= 26);
    QCOMPARE(world.countedTries(), 0);
    COMPARE_NAMED(world.gate(), Gate::TemplatesHeld);
    QVERIFY(world.dispatcher->isDrained());
    broken = false;
    world.releaseTemplate(world.templateRef);
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 2000);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::anAccountErrorStopsTheAccount_data() {
    QTest::addColumn<int>("code");
    for (const int code : {48001, 48004, 50002, 50007})
        QTest::addRow("%d", code) << code;
}

void HoldsSimulationTest::anAccountErrorStopsTheAccount() {
    QFETCH(int, code);
    World world({.seed = 2, .rate = 200, .burst = 10});
    bool broken = true;
    world.wechat.setSendScript([&](const SendCall &c) { return broken && c.at > 1s ? Behaviour::answer(code) : Behaviour::ok(); });
    world.enqueue(1000);
    world.start();
    world.runFor(5min);
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    COMPARE_TEXT(world.storedHold().value().cause, std::to_string(code));
    COMPARE_TEXT(world.storedHold()->by, std::string("engine"));
    QVERIFY(world.number("SELECT count(*) FROM attempt WHERE errcode = " + std::to_string(code)) <= world.options.connections);
    QCOMPARE(world.counts().finished(), world.counts()[MessageState::Accepted]);
    QCOMPARE(world.counts()[MessageState::Sending], 0);
    QCOMPARE(world.countedTries(), 0);
    const int posts = world.transport.posts();
    world.runFor(24h);
    QCOMPARE(world.transport.posts(), posts);
    broken = false;
    world.releaseAccount();
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 1000);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::fiveEqualContentFailuresInARowStopTheTemplate() {
    World world({.seed = 3, .rate = 100, .burst = 1, .connections = 2});
    const BatchId good = world.addBatch(world.addTemplate('b'));
    world.wechat.setSendScript(
        [](const SendCall &c) { return c.templateId[0] == 'a' ? Behaviour::answer(47003) : Behaviour::ok(); });
    world.enqueue(world.batch, 100, "oA");
    world.enqueue(good, 100, "oB");
    world.start();
    world.runFor(1min);
    COMPARE_TEXT(world.text("SELECT hold_cause FROM template WHERE id = 1"), std::string("same_content_failure"));
    const auto dead = world.counts()[MessageState::Dead];
    QVERIFY2(dead >= 5 && dead <= 10, qPrintable(QString::number(dead)));
    QCOMPARE(world.writer->counts().at(good)[MessageState::Accepted], 100);
    QCOMPARE(world.writer->counts().at(world.batch)[MessageState::Queued], 100 - dead);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::scatteredContentFailuresStopNothing() {
    World world({.seed = 4, .connections = 1});
    world.wechat.setSendScript([](const SendCall &c) {
        const int n = std::stoi(c.openid.substr(1));
        return n % 5 == 4 ? Behaviour::ok() : n % 2 == 0 ? Behaviour::answer(47003) : Behaviour::answer(45002);
    });
    world.enqueue(200);
    world.start();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Dead], 160);
    QCOMPARE(world.number("SELECT count(*) FROM template WHERE hold_cause IS NOT NULL"), 0);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::twoForbiddenContentsOfABatchStopTheTemplate() {
    World world({.seed = 11, .rate = 100, .burst = 1, .connections = 1});
    world.wechat.setSendScript([](const SendCall &c) {
        return c.openid == "o20" || c.openid == "o60" ? Behaviour::answer(87014) : Behaviour::ok();
    });
    world.enqueue(200);
    world.start();
    world.runFor(1min);
    COMPARE_TEXT(world.text("SELECT hold_cause FROM template WHERE id = 1"), std::string("same_content_failure"));
    QCOMPARE(world.counts()[MessageState::Dead], 2);
    QVERIFY(world.counts().waiting() > 0);
    world.releaseTemplate(world.templateRef);
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 198);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::manyInvalidOpenidsInARowStopTheTemplate() {
    World world({.seed = 5, .connections = 1});
    world.wechat.setSendScript([](const SendCall &) { return Behaviour::answer(40003); });
    world.enqueue(200);
    world.start();
    world.runFor(1min);
    COMPARE_TEXT(world.text("SELECT hold_cause FROM template WHERE id = 1"), std::string("same_content_failure"));
    const auto dead = world.counts()[MessageState::Dead];
    QVERIFY2(dead >= 20 && dead <= 26, qPrintable(QString::number(dead)));
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::whatIsInHandGoesBackUnhurt() {
    World world({.seed = 6, .rate = 1000, .burst = 500, .connections = 2});
    world.wechat.setSendScript([](const SendCall &c) { return c.openid == "o0" ? Behaviour::answer(40037) : Behaviour::ok(); });
    world.enqueue(300);
    world.start();
    world.runFor(10s);
    QCOMPARE(world.counts()[MessageState::Sending], 0);
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE phase = 0"), 0);
    QCOMPARE(world.number("SELECT count(*) FROM attempt"), world.transport.posts());
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::aHeldAccountSurvivesARestart() {
    World world({.seed = 7});
    world.wechat.setSendScript([](const SendCall &) { return Behaviour::answer(48001); });
    world.enqueue(50);
    world.start();
    world.runFor(10s);
    const int posts = world.transport.posts();
    world.crash();
    world.start();
    world.runFor(1h);
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    QCOMPARE(world.transport.posts(), posts);
}

void HoldsSimulationTest::anOfflineHoldEndsByItselfAfterARestart() {
    World world({.seed = 8});
    const auto offline = [](Micros at) { return at < 5min; };
    world.wechat.setSendScript([=](const SendCall &c) { return offline(c.at) ? Behaviour::refused() : Behaviour::ok(); });
    world.wechat.setTokenScript([=](const TokenCall &c) { return offline(c.at) ? Behaviour::refused() : Behaviour::ok(); });
    world.enqueue(50);
    world.start();
    world.runFor(2min);
    QVERIFY(world.storedHold().has_value());
    world.crash();
    world.start();
    QVERIFY(world.drain(10min));
    QVERIFY(!world.storedHold());
    QCOMPARE(world.counts()[MessageState::Accepted], 50);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::aHoldOnItsWayToTheDatabaseSurvivesAnOlderReading() {
    // Somebody changes an account in the very moment in which the engine holds one: the accounts are read
    // before the hold is written and handed over after it was decided.
    World world({.seed = 9});
    const auto offline = [](Micros at) { return at > 1s && at < 5min; };
    world.wechat.setSendScript([=](const SendCall &c) { return offline(c.at) ? Behaviour::refused() : Behaviour::ok(); });
    world.wechat.setTokenScript([=](const TokenCall &c) { return offline(c.at) ? Behaviour::refused() : Behaviour::ok(); });
    bool once = true;
    world.journal.onHold = [&] {
        if (!std::exchange(once, false))
            return;
        world.after(Micros{1}, [&world, older = world.accountConfigs()] { world.dispatcher->setAccounts(older); });
    };
    world.start();
    world.runFor(2s);
    world.enqueue(50);
    world.runFor(3min);
    QVERIFY(!once);
    QVERIFY(world.storedHold().has_value());
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted], 50);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::anOperatorsHoldStopsAtOnceAndItsReleaseGoesOn() {
    World world({.seed = 10, .rate = 100, .burst = 5});
    world.enqueue(500);
    world.start();
    world.runFor(1s);
    auto configs = world.accountConfigs();
    configs[0].account.hold = Hold{"operator", "smells", "li", world.clock.now().wall};
    world.dispatcher->setAccounts(configs);
    const int posts = world.transport.posts();
    world.runFor(1h);
    QCOMPARE(world.transport.posts(), posts);
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    QCOMPARE(world.counts()[MessageState::Sending], 0);
    world.reloadAccounts();
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 500);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::anOperatorsHoldOutlastsTheEnginesOwn_data() {
    QTest::addColumn<bool>("told");
    QTest::newRow("the engine knows of it") << true;
    QTest::newRow("the engine ends its own before it hears of it") << false;
}

void HoldsSimulationTest::anOperatorsHoldOutlastsTheEnginesOwn() {
    QFETCH(bool, told);
    World world({.seed = 12});
    takeOffline(world);
    world.enqueue(50);
    world.start();
    world.runFor(2min);
    COMPARE_TEXT(world.storedHold().value().by, std::string("engine"));
    QVERIFY(hold(world, {"operator", "let me look at it first", "li", world.clock.now().wall}));
    QVERIFY(!hold(world, {"operator", "me too", "wang", world.clock.now().wall}));
    if (told)
        world.reloadAccounts();
    world.runFor(1h);
    COMPARE_TEXT(world.storedHold().value().by, std::string("li"));
    COMPARE_TEXT(world.storedHold()->detail, std::string("let me look at it first"));
    QCOMPARE(world.counts()[MessageState::Accepted], 0);
    world.releaseAccount();
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 50);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::aHoldAndItsEndAreWrittenWhenTheDiskHasRoomAgain() {
    World world({.seed = 13});
    takeOffline(world);
    bool full = true; // from the next hold or release on, for five seconds
    world.journal.onHold = [&] {
        if (!std::exchange(full, false))
            return;
        world.journal.failure = Error{ErrorCode::DiskFull, "no room"};
        world.after(5s, [&] { world.journal.failure.reset(); });
    };
    world.enqueue(50);
    world.start();
    world.runFor(2min);
    QVERIFY(!full);
    QVERIFY(world.storedHold().has_value());
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    COMPARE_TEXT(world.snapshot().problem, std::string());
    full = true;
    QVERIFY(world.drain(10min));
    QVERIFY(!full);
    QVERIFY(!world.storedHold());
    QCOMPARE(world.counts()[MessageState::Accepted], 50);
    VERIFY_WORLD(world);
}

void HoldsSimulationTest::aHoldThatOnlyTheDatabaseKnowsIsProbed() {
    World world({.seed = 14});
    world.start();
    world.runFor(1s);
    QVERIFY(hold(world, {"connection_refused", "", "engine", world.clock.now().wall}));
    world.enqueue(50);
    world.reloadAccounts();
    QVERIFY(world.drain(1min));
    QVERIFY(!world.storedHold());
    QCOMPARE(world.counts()[MessageState::Accepted], 50);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(HoldsSimulationTest)
#include "holds_simulation_test.moc"
