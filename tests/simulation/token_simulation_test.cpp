// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class TokenSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBusyTokenEndpointIsNotHammered();
    void aWrongSecretHoldsTheAccountAtOnce();
    void anAddressOffTheWhitelistIsTriedAgainByItself();
    void aSendOffTheWhitelistIsTriedAgainByItself();
    void aHoldWithATimeOfItsOwnOutlastsARestart();
    void anAnswerToTheFormerSecretIsNoneToTheNewOne();
    void aLimitOfTheRenewalStopsNoSends_data();
    void aLimitOfTheRenewalStopsNoSends();
    void aLimitOfTheFirstTokenStopsThem();
    void aProbeOfAHoldThatFailsOtherwiseIsTriedAgain_data();
    void aProbeOfAHoldThatFailsOtherwiseIsTriedAgain();
    void theTokenIsRenewedBeforeItEnds();
    void anIdleAccountFetchesNoToken();
    void noRequestCarriesASecretButTheTokenCall();
};

void TokenSimulationTest::aBusyTokenEndpointIsNotHammered() {
    World world({.seed = 5});
    world.wechat.setTokenScript([&](const TokenCall &call) { return call.at < 10min ? Behaviour::busy() : Behaviour::ok(); });
    world.enqueue(20);
    world.start();
    world.runFor(10min);
    COMPARE_NAMED(world.gate(), Gate::NoToken);
    QCOMPARE(world.transport.posts(), 0);
    QVERIFY2(world.wechat.tokenCalls().size() <= 25, qPrintable(QString::number(world.wechat.tokenCalls().size())));
    QVERIFY(world.drain(2min));
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    VERIFY_WORLD(world);
}

void TokenSimulationTest::aWrongSecretHoldsTheAccountAtOnce() {
    World world({.seed = 6});
    world.wechat.setTokenScript([](const TokenCall &) { return Behaviour::answer(40125); });
    world.enqueue(20);
    world.start();
    world.runFor(1h);
    QCOMPARE(world.wechat.tokenCalls().size(), 1U);
    QCOMPARE(world.transport.posts(), 0);
    QCOMPARE(QString::fromStdString(world.storedHold().value().cause), QStringLiteral("token:40125"));
    QVERIFY(world.dispatcher->isDrained());
    world.wechat.setTokenScript({});
    world.releaseAccount();
    QVERIFY(world.drain(1min));
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
}

void TokenSimulationTest::anAddressOffTheWhitelistIsTriedAgainByItself() {
    World world({.seed = 7});
    world.wechat.setTokenScript([&](const TokenCall &call) { return call.at < 1h ? Behaviour::answer(40164) : Behaviour::ok(); });
    world.enqueue(20);
    world.start();
    world.runFor(1h);
    QCOMPARE(QString::fromStdString(world.storedHold().value().cause), QStringLiteral("token:40164"));
    // Every five to ten minutes.
    QVERIFY2(world.wechat.tokenCalls().size() >= 6 && world.wechat.tokenCalls().size() <= 14,
        qPrintable(QString::number(world.wechat.tokenCalls().size())));
    world.runFor(10min + 5s);
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    QVERIFY(!world.storedHold());
    VERIFY_WORLD(world);
}

void TokenSimulationTest::aSendOffTheWhitelistIsTriedAgainByItself() {
    World world({.seed = 12});
    world.wechat.setSendScript([](const SendCall &c) { return c.at < 12min ? Behaviour::answer(40164) : Behaviour::ok(); });
    world.enqueue(20);
    world.start();
    world.runFor(9min);
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    COMPARE_TEXT(world.storedHold().value().cause, std::string("40164"));
    QVERIFY2(world.transport.posts() <= 2 * world.options.connections, qPrintable(QString::number(world.transport.posts())));
    QCOMPARE(world.counts().finished(), 0);
    QCOMPARE(world.countedTries(), 0);
    QVERIFY(world.drain(10min));
    QVERIFY(!world.storedHold());
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    VERIFY_WORLD(world);
}

void TokenSimulationTest::aHoldWithATimeOfItsOwnOutlastsARestart() {
    const auto refusedOnce = [](const TokenCall &c) { return c.nth == 1 ? Behaviour::answer(89507) : Behaviour::ok(); };
    World world({.seed = 13});
    world.wechat.setTokenScript(refusedOnce);
    world.enqueue(20);
    world.start();
    world.runFor(10min);
    COMPARE_TEXT(world.storedHold().value().cause, std::string("token:89507"));
    world.crash();
    world.start();
    world.runFor(49min);
    QCOMPARE(world.wechat.tokenCalls().size(), 1U); // an hour, whoever counts it
    QVERIFY(world.drain(2min));
    QVERIFY(!world.storedHold());
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    VERIFY_WORLD(world);

    World other({.seed = 14});
    other.wechat.setTokenScript(refusedOnce);
    other.enqueue(20);
    other.start();
    other.runFor(10min);
    other.crash();
    other.start();
    other.secret = std::string(32, 'f'); // a person did something: that is worth a look
    other.reloadAccounts();
    QVERIFY(other.drain(10s));
    QCOMPARE(other.counts()[MessageState::Accepted], 20);
}

void TokenSimulationTest::anAnswerToTheFormerSecretIsNoneToTheNewOne() {
    World world({.seed = 15});
    world.wechat.setTokenScript([](const TokenCall &c) { return c.nth == 1 ? Behaviour::answer(40125) : Behaviour::ok(); });
    world.enqueue(20);
    world.start();
    QVERIFY(world.runUntil([&] { return world.wechat.tokenCalls().size() == 1; }, 1s));
    world.secret = std::string(32, 'f');
    world.reloadAccounts();
    QVERIFY(world.drain(10s));
    QVERIFY(!world.storedHold());
    QCOMPARE(world.wechat.tokenCalls().size(), 2U);
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    VERIFY_WORLD(world);
}

void TokenSimulationTest::aLimitOfTheRenewalStopsNoSends_data() {
    QTest::addColumn<int>("code");
    QTest::newRow("of the minute") << 45011;
    QTest::newRow("of the day") << 45009;
}

void TokenSimulationTest::aLimitOfTheRenewalStopsNoSends() {
    QFETCH(int, code);
    World world({.seed = 16, .rate = 20, .burst = 5});
    world.wechat.tokenLife = 400s; // renewed after a minute and a half
    world.wechat.setTokenScript([=](const TokenCall &c) { return c.nth == 2 ? Behaviour::answer(code) : Behaviour::ok(); });
    world.enqueue(6000);
    world.start();
    QVERIFY(world.runUntil([&] { return world.wechat.tokenCalls().size() == 2; }, 5min));
    QVERIFY(world.snapshot().accounts.at(0).tokenLife.has_value());
    world.runFor(200ms); // its answer has come
    QVERIFY(world.gate() != Gate::MinuteThrottle && world.gate() != Gate::DayQuota);
    QCOMPARE(world.snapshot().accounts.at(0).rateLimit, 20.0);
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted], 6000);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

void TokenSimulationTest::aLimitOfTheFirstTokenStopsThem() {
    World world({.seed = 17});
    world.wechat.setTokenScript([](const TokenCall &c) { return c.nth == 1 ? Behaviour::answer(45011) : Behaviour::ok(); });
    world.enqueue(20);
    world.start();
    world.runFor(1s);
    COMPARE_NAMED(world.gate(), Gate::MinuteThrottle);
    QCOMPARE(world.wechat.tokenCalls().size(), 1U);
    QVERIFY(world.drain(2min));
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
}

void TokenSimulationTest::aProbeOfAHoldThatFailsOtherwiseIsTriedAgain_data() {
    QTest::addColumn<QString>("how");
    QTest::newRow("busy") << QStringLiteral("busy");
    QTest::newRow("offline") << QStringLiteral("offline");
    QTest::newRow("server error") << QStringLiteral("http");
    QTest::newRow("silence") << QStringLiteral("hang");
}

void TokenSimulationTest::aProbeOfAHoldThatFailsOtherwiseIsTriedAgain() {
    // The hold would end by itself, but the one look at it meets another trouble.
    QFETCH(QString, how);
    World world({.seed = 11});
    world.wechat.setTokenScript([&](const TokenCall &c) {
        if (c.nth == 1)
            return Behaviour::answer(40164);
        if (c.nth > 2)
            return Behaviour::ok();
        return how == QLatin1String("busy") ? Behaviour::busy()
            : how == QLatin1String("offline") ? Behaviour::refused()
            : how == QLatin1String("http")    ? Behaviour::http(502)
                                              : Behaviour::hang();
    });
    world.enqueue(20);
    world.start();
    world.runFor(1h);
    QCOMPARE(world.counts()[MessageState::Accepted], 20);
    QVERIFY(!world.storedHold());
    VERIFY_WORLD(world);
}

void TokenSimulationTest::theTokenIsRenewedBeforeItEnds() {
    World world({.seed = 8, .rate = 0.2, .burst = 1});
    world.enqueue(4500);
    world.start();
    world.runFor(6h);
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE cause IN ('40001', '42001', '40014')"), 0);
    // Four lives of two hours, each renewed in its last minutes.
    QVERIFY2(world.wechat.tokenCalls().size() <= 12, qPrintable(QString::number(world.wechat.tokenCalls().size())));
    QVERIFY(world.counts()[MessageState::Accepted] > 4200);
}

void TokenSimulationTest::anIdleAccountFetchesNoToken() {
    World world({.seed = 9});
    world.start();
    world.runFor(1min);
    const auto calls = world.wechat.tokenCalls().size();
    QVERIFY(calls <= 1); // one look at the start may need it
    world.runFor(24h);
    QCOMPARE(world.wechat.tokenCalls().size(), calls);
}

void TokenSimulationTest::noRequestCarriesASecretButTheTokenCall() {
    World world({.seed = 10});
    world.enqueue(50);
    world.start();
    QVERIFY(world.drain());
    for (const SendCall &call : world.wechat.wireCopies()) {
        QVERIFY(call.body.find(world.secret) == std::string::npos);
        QVERIFY(call.body.find(call.token) == std::string::npos);
    }
    for (const char *column : {"errmsg", "excerpt", "cause", "rid"}) {
        const std::string where = std::string("SELECT count(*) FROM attempt WHERE instr(coalesce(") + column + ", ''), 'TOKEN_') > 0";
        QCOMPARE(world.number(where), 0);
    }
}

QTEST_GUILESS_MAIN(TokenSimulationTest)
#include "token_simulation_test.moc"
