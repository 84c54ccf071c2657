// SPDX-License-Identifier: GPL-3.0-or-later
//
// An account with two API addresses while one of them cannot be reached.
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

const std::string first = "api.weixin.qq.com";
const std::string second = "api2.weixin.qq.com";

/// No connection to that host in these spans of true time.
struct Outages {
    std::vector<std::tuple<std::string, Micros, Micros>> spans;

    bool stops(const std::string &host, Micros at) const {
        return std::any_of(spans.begin(), spans.end(), [&](const auto &s) { return std::get<0>(s) == host && at >= std::get<1>(s) && at < std::get<2>(s); });
    }
};

void apply(World &world, Outages outages) {
    world.wechat.setSendScript([outages](const SendCall &c) { return outages.stops(c.host, c.at) ? Behaviour::refused() : Behaviour::ok(); });
    world.wechat.setTokenScript([outages](const TokenCall &c) { return outages.stops(c.host, c.at) ? Behaviour::refused() : Behaviour::ok(); });
}

WorldOptions twoHosts(quint64 seed) { return {.seed = seed, .rate = 50, .burst = 10, .secondBase = "https://" + second}; }

int sentBy(const World &world, const std::string &host) {
    const auto &wire = world.wechat.wireCopies();
    return static_cast<int>(std::count_if(wire.begin(), wire.end(), [&](const SendCall &c) { return c.host == host; }));
}

/// By which hosts each message went, by client_msg_id.
std::map<std::string, std::set<std::string>> hostsOf(const World &world) {
    std::map<std::string, std::set<std::string>> hosts;
    for (const SendCall &c : world.wechat.wireCopies())
        hosts[c.clientMsgId].insert(c.host);
    return hosts;
}

std::vector<std::string> whys(const World &world, const std::string &act) {
    std::vector<std::string> found;
    for (const auto &one : world.journal.acts()) {
        if (one.act == act)
            found.push_back(one.why);
    }
    return found;
}

} // namespace

class FailoverSimulationTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void messagesGoByTheSecondAndComeBack_data();
    void messagesGoByTheSecondAndComeBack();
    void aDeadLineMovesNothing();
    void whatMayHaveArrivedIsRepeatedAtItsHostOnly();
    void whatMayHaveArrivedAtADeadHostWaitsForAPerson();
    void whatMayHaveArrivedFollowsItsAddress();
    void whatMayHaveArrivedAtAnAddressThatIsGoneWaitsForAPerson();
    void anotherLifeOfTheProcessGoesOnAtTheSecond();
    void anAccountWithoutASecondWaits();
    void otherAddressesBeginWithTheFirst();
    void slowingDownIsRecordedOnceAndItsEnd();
};

void FailoverSimulationTest::messagesGoByTheSecondAndComeBack_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<int>("from");
    QTest::newRow("from the start, no token yet") << quint64{1} << 0;
    QTest::newRow("in the middle") << quint64{2} << 2;
    QTest::newRow("in the middle, other dice") << quint64{3} << 3;
}

void FailoverSimulationTest::messagesGoByTheSecondAndComeBack() {
    QFETCH(quint64, seed);
    QFETCH(int, from);
    World world(twoHosts(seed));
    apply(world, {{{first, Seconds{from}, 20min}}});
    world.enqueue(500);
    world.start();
    QVERIFY(world.drain(1min)); // long before the first is back
    QCOMPARE(world.counts()[MessageState::Accepted], 500);
    QVERIFY(sentBy(world, second) > 300);
    QVERIFY(world.snapshot().accounts.at(0).onSecondHost);
    QVERIFY(!world.storedHold());
    QCOMPARE(world.countedTries(), 0);
    // Within 5 to 10 minutes after it is back it is gone back to.
    QVERIFY(world.runUntil([&] { return !world.snapshot().accounts.at(0).onSecondHost; }, 30min));
    QVERIFY(world.clock.elapsed() >= 20min);
    world.runFor(1s); // and it is written down
    QCOMPARE(world.number("SELECT count(*) FROM account WHERE second_since IS NOT NULL"), 0);
    const int before = sentBy(world, first);
    world.enqueue(world.batch, 100, "later");
    QVERIFY(world.drain(1min));
    QCOMPARE(sentBy(world, first) - before, 100);
    QCOMPARE(world.wechat.userCopies(), 600);
    QCOMPARE(world.wechat.wireCopies().size(), 600U); // not one went twice
    const auto acts = whys(world, "account.failover");
    QCOMPARE(acts.size(), 2U);
    QCOMPARE(QString::fromStdString(acts[0]), QStringLiteral("from https://api.weixin.qq.com to https://api2.weixin.qq.com: connection_refused"));
    QCOMPARE(QString::fromStdString(acts[1]), QStringLiteral("from https://api2.weixin.qq.com to https://api.weixin.qq.com: it answers again"));
    VERIFY_WORLD(world);
}

void FailoverSimulationTest::aDeadLineMovesNothing() {
    World world(twoHosts(4));
    apply(world, {{{first, 1s, 10min}, {second, 1s, 10min}}});
    world.enqueue(200);
    world.start();
    world.runFor(9min);
    QVERIFY(!world.snapshot().accounts.at(0).onSecondHost);
    QVERIFY(whys(world, "account.failover").empty());
    QVERIFY(world.drain(5min));
    QCOMPARE(world.counts()[MessageState::Accepted], 200);
    QCOMPARE(world.wechat.wireCopies().size(), 200U);
    QVERIFY(whys(world, "account.failover").size() <= 2);
    VERIFY_WORLD(world);
}

/// The first host swallows answers, then is gone for a while that is shorter than the time for a safe repeat.
void FailoverSimulationTest::whatMayHaveArrivedIsRepeatedAtItsHostOnly() {
    World world(twoHosts(5));
    world.policy.failover.stay = 30s;
    const Outages outages{{{first, 3s, 2min}}};
    apply(world, outages);
    world.wechat.setSendScript([outages](const SendCall &c) {
        return outages.stops(c.host, c.at) ? Behaviour::refused() : c.at > 2s && c.at < 3s && c.nth == 1 ? Behaviour::recordedThenClosed() : Behaviour::ok();
    });
    world.enqueue(400);
    world.start();
    QVERIFY(world.drain(20min));
    QCOMPARE(world.counts()[MessageState::Accepted], 400);
    QVERIFY(sentBy(world, second) > 100);
    QCOMPARE(world.wechat.userCopies(), 400);
    QVERIFY(world.wechat.wireCopies().size() > 400);
    for (const auto &[id, seen] : hostsOf(world))
        QCOMPARE(seen.size(), 1U);
    VERIFY_WORLD(world);
}

void FailoverSimulationTest::whatMayHaveArrivedAtADeadHostWaitsForAPerson() {
    World world(twoHosts(6));
    const Outages outages{{{first, 3s, 5h}}};
    apply(world, outages);
    world.wechat.setSendScript([outages](const SendCall &c) {
        return outages.stops(c.host, c.at) ? Behaviour::refused() : c.host == first && c.at > 2s ? Behaviour::recordedThenClosed() : Behaviour::ok();
    });
    world.enqueue(400);
    world.start();
    world.runFor(1h);
    const StateCounts counts = world.counts();
    QVERIFY(counts[MessageState::Uncertain] > 0);
    QCOMPARE(counts[MessageState::Accepted] + counts[MessageState::Uncertain], 400);
    QCOMPARE(world.wechat.userCopies(), 400);
    const auto hosts = hostsOf(world);
    for (const MessageFacts &m : world.facts()) {
        if (m.state == MessageState::Uncertain)
            QVERIFY(hosts.at(m.clientMsgId) == std::set<std::string>{first});
    }
    VERIFY_WORLD(world);
}

/// The two addresses change places while the first swallows answers; then the new first one is gone.
void FailoverSimulationTest::whatMayHaveArrivedFollowsItsAddress() {
    World world(twoHosts(11));
    const Outages outages{{{second, 2500ms, 1h}}};
    apply(world, outages);
    world.wechat.setSendScript([outages](const SendCall &c) {
        return outages.stops(c.host, c.at) ? Behaviour::refused() : c.at > 2s && c.at < 2500ms && c.nth == 1 ? Behaviour::recordedThenClosed() : Behaviour::ok();
    });
    world.enqueue(400);
    world.start();
    world.runFor(2500ms);
    AccountChange change;
    change.apiBase = "https://" + second;
    change.secondBase = "https://" + first;
    world.changeAccount(change);
    QVERIFY(world.drain(20min));
    QVERIFY(world.snapshot().accounts.at(0).onSecondHost);
    QCOMPARE(world.counts()[MessageState::Accepted], 400);
    QVERIFY(world.wechat.wireCopies().size() > 400);
    QCOMPARE(world.wechat.userCopies(), 400);
    for (const auto &[id, seen] : hostsOf(world))
        QVERIFY(seen == std::set<std::string>{first});
    VERIFY_WORLD(world);
}

void FailoverSimulationTest::whatMayHaveArrivedAtAnAddressThatIsGoneWaitsForAPerson() {
    World world(twoHosts(12));
    world.wechat.setSendScript([](const SendCall &c) { return c.host == first && c.at > 2s ? Behaviour::recordedThenClosed() : Behaviour::ok(); });
    world.enqueue(400);
    world.start();
    world.runFor(2500ms);
    AccountChange change;
    change.apiBase = "https://sh.api.weixin.qq.com";
    world.changeAccount(change);
    world.runFor(1h);
    const StateCounts counts = world.counts();
    QVERIFY(counts[MessageState::Uncertain] > 0);
    QCOMPARE(counts[MessageState::Accepted] + counts[MessageState::Uncertain], 400);
    QCOMPARE(world.number("SELECT count(*) FROM message WHERE state = 8 AND cause <> 'window_passed'"), 0);
    QCOMPARE(world.wechat.userCopies(), 400);
    for (const auto &[id, seen] : hostsOf(world))
        QCOMPARE(seen.size(), 1U);
    VERIFY_WORLD(world);
}

void FailoverSimulationTest::anotherLifeOfTheProcessGoesOnAtTheSecond() {
    World world(twoHosts(7));
    apply(world, {{{first, 1s, 1h}}});
    world.enqueue(2000);
    world.start();
    QVERIFY(world.runUntil([&] { return world.snapshot().accounts.at(0).onSecondHost; }, 1min));
    world.runFor(3s);
    QVERIFY(world.transport.inFlight() > 0);
    world.crash();
    world.start();
    QVERIFY(world.snapshot().accounts.at(0).onSecondHost);
    QVERIFY(world.drain(3min)); // what was in flight at the second is repeated there
    QCOMPARE(world.counts()[MessageState::Accepted], 2000);
    QCOMPARE(world.wechat.userCopies(), 2000);
    VERIFY_WORLD(world);
}

void FailoverSimulationTest::anAccountWithoutASecondWaits() {
    World world({.seed = 8, .rate = 50, .burst = 10});
    apply(world, {{{first, 1s, 10min}}});
    world.enqueue(200);
    world.start();
    world.runFor(9min);
    COMPARE_NAMED(world.gate(), Gate::AccountHeld);
    QVERIFY(world.drain(5min));
    QVERIFY(whys(world, "account.failover").empty());
    VERIFY_WORLD(world);
}

void FailoverSimulationTest::otherAddressesBeginWithTheFirst() {
    World world(twoHosts(9));
    apply(world, {{{first, 1s, 1h}}});
    world.enqueue(200);
    world.start();
    QVERIFY(world.drain(2min));
    QVERIFY(world.snapshot().accounts.at(0).onSecondHost);
    AccountChange change;
    change.apiBase = "https://sh.api.weixin.qq.com";
    world.changeAccount(change);
    QVERIFY(!world.snapshot().accounts.at(0).onSecondHost);
    QCOMPARE(world.number("SELECT count(*) FROM account WHERE second_since IS NOT NULL"), 0);
    world.enqueue(world.batch, 50, "later");
    QVERIFY(world.drain(1min));
    QCOMPARE(sentBy(world, "sh.api.weixin.qq.com"), 50);
    VERIFY_WORLD(world);
}

void FailoverSimulationTest::slowingDownIsRecordedOnceAndItsEnd() {
    World world({.seed = 10, .rate = 50, .burst = 10});
    int refused = 0;
    world.wechat.setSendScript([&](const SendCall &c) {
        if (c.at < 6min && ++refused % 20 == 0)
            return Behaviour::answer(45011);
        return Behaviour::ok();
    });
    world.enqueue(10'000);
    world.start();
    QVERIFY(world.drain(1h));
    QVERIFY(world.number("SELECT count(*) FROM attempt WHERE errcode = 45011") > 3); // said again and again
    const auto begun = whys(world, "account.slow_down");
    const auto over = whys(world, "account.full_speed");
    QCOMPARE(begun.size(), 1U);
    QCOMPARE(over.size(), 1U);
    QVERIFY2(begun[0].starts_with("45011: from 50/s to 25/s"), begun[0].c_str());
    QVERIFY2(over[0].starts_with("back at 50/s after "), over[0].c_str());
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(FailoverSimulationTest)
#include "failover_simulation_test.moc"
