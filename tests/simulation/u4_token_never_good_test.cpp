// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every token is refused, however often it is renewed; or somebody else takes a fresh one every minute for an hour.
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class U4TokenNeverGoodTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTokenThatIsNeverGoodHoldsTheAccount_data();
    void aTokenThatIsNeverGoodHoldsTheAccount();
    void aTokenStolenEveryMinuteCostsNoMessage();
    void theOnlyTokenOutlivesStrayRefusals_data();
    void theOnlyTokenOutlivesStrayRefusals();
};

void U4TokenNeverGoodTest::aTokenThatIsNeverGoodHoldsTheAccount_data() {
    QTest::addColumn<bool>("alwaysNew");
    QTest::addColumn<bool>("fixed");
    QTest::addColumn<int>("code");
    QTest::newRow("each refresh gives a new token, 40001") << true << false << 40001;
    QTest::newRow("each refresh gives a new token, 42001") << true << false << 42001;
    QTest::newRow("the stable endpoint gives the same token again") << false << false << 40001;
    QTest::newRow("a forced refresh gives the same token, too") << false << true << 40001;
}

void U4TokenNeverGoodTest::aTokenThatIsNeverGoodHoldsTheAccount() {
    QFETCH(bool, alwaysNew);
    QFETCH(bool, fixed);
    QFETCH(int, code);
    World world({.seed = 3});
    world.wechat.alwaysNewToken = alwaysNew;
    world.wechat.fixedToken = fixed;
    world.wechat.rejectEveryToken = code;
    world.enqueue(100);
    world.start();
    world.runFor(10min);
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    QVERIFY(world.storedHold().has_value());
    QCOMPARE(QString::fromStdString(world.storedHold()->cause), QStringLiteral("token_never_good"));
    // The first fetch is no refresh.
    const auto calls = world.wechat.tokenCalls().size();
    QVERIFY2(calls - 1 <= 3, qPrintable(QStringLiteral("%1 refreshes in ten minutes").arg(calls - 1)));
    QCOMPARE(world.counts().finished(), 0);
    QCOMPARE(world.counts().waiting(), 100);
    QCOMPARE(world.countedTries(), 0);
    world.runFor(2h);
    QCOMPARE(world.wechat.tokenCalls().size(), calls);
    world.wechat.rejectEveryToken.reset();
    world.wechat.alwaysNewToken = false;
    world.releaseAccount();
    QVERIFY(world.drain(5min));
    QCOMPARE(world.counts()[MessageState::Accepted], 100);
    VERIFY_WORLD(world);
}

void U4TokenNeverGoodTest::aTokenStolenEveryMinuteCostsNoMessage() {
    World world({.seed = 4, .rate = 2, .burst = 2});
    world.enqueue(7500);
    world.start();
    QVERIFY(!world.snapshot().accounts.at(0).secretUsedElsewhere);
    for (int minute = 1; minute <= 60; ++minute) {
        world.after(std::chrono::minutes{minute} - 1s, [&] { world.wechat.stealToken(world.clock.elapsed()); });
    }
    world.runFor(1h);
    COMPARE_NAMED(world.gate(), Gate::Open);
    QVERIFY(world.snapshot().accounts.at(0).secretUsedElsewhere);
    QVERIFY2(world.wechat.tokenCalls().size() <= 62, qPrintable(QString::number(world.wechat.tokenCalls().size())));
    QCOMPARE(world.countedTries(), 0);
    QVERIFY(world.counts()[MessageState::Accepted] > 7000);
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], 7500);
    VERIFY_WORLD(world);
}

void U4TokenNeverGoodTest::theOnlyTokenOutlivesStrayRefusals_data() {
    QTest::addColumn<bool>("maySay");
    QTest::newRow("a forced refresh gives the same token") << true;
    QTest::newRow("forced refreshes are used up") << false;
}

void U4TokenNeverGoodTest::theOnlyTokenOutlivesStrayRefusals() {
    QFETCH(bool, maySay);
    World world({.seed = 5, .rate = 10, .burst = 2});
    world.wechat.fixedToken = true;
    world.wechat.setTokenScript([=](const TokenCall &c) { return c.forced && !maySay ? Behaviour::answer(45009) : Behaviour::ok(); });
    int sends = 0;
    world.wechat.setSendScript([&](const SendCall &) {
        ++sends;
        return sends == 5 || sends == 1000 ? Behaviour::answer(40001) : Behaviour::ok();
    });
    world.enqueue(2000);
    world.start();
    QVERIFY(world.drain(15min));
    QCOMPARE(world.counts()[MessageState::Accepted], 2000);
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE errcode = 40001"), 2);
    QVERIFY(!world.storedHold());
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(U4TokenNeverGoodTest)
#include "u4_token_never_good_test.moc"
