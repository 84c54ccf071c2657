// SPDX-License-Identifier: GPL-3.0-or-later
//
// What keeps messages back although the platform is well: it has a name, and an end.
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class GatesSimulationTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSlowRateIsTheGate();
    void aFullRateIsNone();
    void anExhaustedRetryBudgetIsTheGate();
    void aReaderWhoHasHadEnoughIsTheGate();
};

void GatesSimulationTest::aSlowRateIsTheGate() {
    World world({.seed = 1, .rate = 0.1, .burst = 1});
    world.enqueue(3);
    world.start();
    world.runFor(3s);
    QCOMPARE(world.counts()[MessageState::Accepted], 1);
    COMPARE_NAMED(world.gate(), Gate::Rate);
    const auto until = world.snapshot().accounts.at(0).gateUntil;
    QVERIFY(until && *until > world.clock.now().wall && *until <= world.clock.now().wall + 10s);
    QVERIFY(world.drain(1min));
    world.runFor(20s);
    COMPARE_NAMED(world.gate(), Gate::Idle);
    VERIFY_WORLD(world);
}

void GatesSimulationTest::aFullRateIsNone() {
    World world({.seed = 2, .rate = 20, .burst = 1});
    world.enqueue(200);
    world.start();
    for (int i = 0; i < 40; ++i) {
        world.runFor(170ms);
        QVERIFY(world.gate() == Gate::Open || world.gate() == Gate::NoToken);
    }
}

void GatesSimulationTest::anExhaustedRetryBudgetIsTheGate() {
    World world({.seed = 3});
    world.policy.budget = {.share = 0, .perSecond = 0.1, .atMost = 1};
    world.policy.breaker.inARow = 1000;
    world.policy.breaker.minimumVolume = 1000;
    world.wechat.setSendScript([](const SendCall &c) { return c.nth == 1 ? Behaviour::answer(99999) : Behaviour::ok(); });
    world.enqueue(6);
    world.start();
    world.runFor(25s);
    QVERIFY(world.counts()[MessageState::Retrying] > 0);
    COMPARE_NAMED(world.gate(), Gate::RetryBudget);
    QVERIFY(!world.dispatcher->isDrained()); // they will go, without anybody's doing
    const auto until = world.snapshot().accounts.at(0).gateUntil;
    QVERIFY(until && *until <= world.clock.now().wall + 11s);
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted], 6);
    VERIFY_WORLD(world);
}

void GatesSimulationTest::aReaderWhoHasHadEnoughIsTheGate() {
    World world({.seed = 4});
    world.policy.frequency.messages = 1;
    world.policy.frequency.window = 3600s;
    world.start();
    world.enqueueForOne(2, "oOften");
    world.runFor(5s);
    QCOMPARE(world.counts()[MessageState::Accepted], 1);
    COMPARE_NAMED(world.gate(), Gate::FrequencyCap);
    const auto until = world.snapshot().accounts.at(0).gateUntil;
    QVERIFY(until && *until > world.clock.now().wall + 50min);
    // Somebody else's message is not kept back by it.
    world.enqueue(world.batch, 3, "other");
    world.runFor(5s);
    QCOMPARE(world.counts()[MessageState::Accepted], 4);
    COMPARE_NAMED(world.gate(), Gate::FrequencyCap);
    QVERIFY(world.drain(2h));
    COMPARE_NAMED(world.gate(), Gate::Idle);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(GatesSimulationTest)
#include "gates_simulation_test.moc"
