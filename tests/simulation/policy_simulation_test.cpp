// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>
#include <map>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

WallTime at(const char *iso) { return parseIso8601(iso).value(); }

/// When a request left by the calendar, which nobody sets here.
WallTime wallOf(const World &world, Micros moment) { return world.options.start + std::chrono::floor<Millis>(moment); }

int copiesBetween(const World &world, WallTime from, WallTime until, const std::string &prefix = {}) {
    int n = 0;
    for (const SendCall &call : world.wechat.wireCopies()) {
        const WallTime t = wallOf(world, call.at);
        n += t >= from && t < until && call.openid.starts_with(prefix) ? 1 : 0;
    }
    return n;
}

} // namespace

/// What an account's policy lets out and when, over hours and days.
class PolicySimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingButUrgentLeavesInQuietHours_data();
    void nothingButUrgentLeavesInQuietHours();
    void quietHoursForAllStopUrgentToo();
    void whatMayHaveArrivedIsRepeatedInQuietHours();
    void theDaysQuotaIsNeverPassed_data();
    void theDaysQuotaIsNeverPassed();
    void whatFailedLeavesItsPartOfTheDayToOthers();
    void aReadingOfYesterdayDoesNotCloseTheNewDay();
    void aReserveIsKeptForUrgent();
    void theFrequencyCapHoldsOverHours();
    void repeatsAreBoundedByTheBudget_data();
    void repeatsAreBoundedByTheBudget();
    void concurrencyFollowsAPlatformThatSlowsDown();
    void aPolicyThatChangesIsTakenUpAtOnce();
};

void PolicySimulationTest::nothingButUrgentLeavesInQuietHours_data() {
    QTest::addColumn<int>("seed");
    const int seeds = qEnvironmentVariableIsSet("SONGDA_FULL_FORM") ? 100 : 4;
    for (int seed = 1; seed <= seeds; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void PolicySimulationTest::nothingButUrgentLeavesInQuietHours() {
    QFETCH(int, seed);
    Random fate(static_cast<std::uint64_t>(seed));
    // A slow disk: a claim may be on its way when quiet begins.
    World world({.seed = static_cast<std::uint64_t>(seed), .rate = 5 + 200 * fate.unit(), .burst = 1 + static_cast<int>(fate.unit() * 60),
        .connections = seed % 2 == 0 ? 4 : 32, .start = at("2026-03-02T21:59:00+08:00"),
        .journalDelays = {Micros{100}, Micros{static_cast<Micros::rep>(1000 + fate.unit() * 400'000)}}, .thinkTime = seed % 3 == 0 ? Micros{5000} : Micros{0}});
    world.policy.quietHours = {22h, 6h, true};
    const WallTime from = at("2026-03-02T22:00:00+08:00");
    const WallTime until = at("2026-03-03T06:00:00+08:00");
    const BatchId urgent = world.addBatch(2);
    const BatchId bulk = world.addBatch(0);
    const int many = static_cast<int>(world.options.rate * 62 + world.options.burst + 100); // more than a minute's
    world.enqueue(world.batch, many, "oNormal");
    world.enqueue(bulk, 20, "oBulk", 3h); // due in the middle of it
    for (int i = 0; i < 10; ++i)
        world.after(std::chrono::minutes{5 + 40 * i}, [&world, urgent, i] { world.enqueue(urgent, 3, "oUrgent" + std::to_string(i) + "_"); });
    world.start();
    world.runFor(until - world.options.start - 1ms);
    QCOMPARE(copiesBetween(world, from, until, "oNormal"), 0);
    QCOMPARE(copiesBetween(world, from, until, "oBulk"), 0);
    QVERIFY(copiesBetween(world, world.options.start, from, "oNormal") > 0);
    QCOMPARE(copiesBetween(world, from, until, "oUrgent"), 30);
    COMPARE_NAMED(world.gate(), Gate::QuietHours);
    QCOMPARE(QString::fromStdString(toIso8601(world.snapshot().accounts[0].gateUntil)), QStringLiteral("2026-03-03T06:00:00.000+08:00"));
    QVERIFY(world.dispatcher->isDrained());
    for (const SendCall &call : world.wechat.wireCopies()) {
        if (!call.openid.starts_with("oUrgent"))
            continue;
        const auto due = std::chrono::minutes{5 + 40 * std::stoi(call.openid.substr(7))};
        QVERIFY2(call.at - due < 5s, qPrintable(QString::fromStdString(call.openid)));
    }
    QVERIFY(world.drain(1h));
    QCOMPARE(world.counts()[MessageState::Accepted], many + 50);
    QVERIFY(copiesBetween(world, until, until + 5s) > 0);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::quietHoursForAllStopUrgentToo() {
    World world({.seed = 30, .rate = 10, .start = at("2026-03-02T12:59:50+08:00")});
    world.policy.quietHours = {13h, 14h, false};
    world.enqueue(world.addBatch(2), 1000, "oUrgent");
    world.start();
    world.runFor(1h);
    QCOMPARE(copiesBetween(world, at("2026-03-02T13:00:00+08:00"), at("2026-03-02T14:00:00+08:00")), 0);
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], 1000);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::whatMayHaveArrivedIsRepeatedInQuietHours() {
    World world({.seed = 31, .rate = 50, .start = at("2026-03-02T21:59:58+08:00")});
    world.policy.quietHours = {22h, 7h, false};
    world.wechat.setSendScript([](const SendCall &call) { return call.nth == 1 && (call.openid.back() - '0') % 5 == 0 ? Behaviour::recordedThenClosed() : Behaviour::ok(); });
    world.enqueue(1000);
    world.start();
    world.runFor(9min);
    // Whoever was written to once is told again inside the safe window; nobody new is.
    const auto c = world.counts();
    QVERIFY(c[MessageState::Accepted] >= 50);
    QCOMPARE(c[MessageState::Uncertain], 0);
    QCOMPARE(c[MessageState::Retrying], 0);
    for (const SendCall &call : world.wechat.wireCopies())
        QVERIFY(call.nth > 1 || call.at < 2s);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::theDaysQuotaIsNeverPassed_data() {
    QTest::addColumn<bool>("own");
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 5; ++seed) {
        QTest::addRow("our own, seed %d", seed) << true << seed;
        QTest::addRow("the platform's, seed %d", seed) << false << seed;
    }
}

void PolicySimulationTest::theDaysQuotaIsNeverPassed() {
    QFETCH(bool, own);
    QFETCH(int, seed);
    World world({.seed = static_cast<std::uint64_t>(seed), .rate = 40.0 * seed, .burst = 10 * seed, .connections = 4 * seed,
        .start = at("2026-03-02T23:30:00+08:00"), .journalDelays = {Micros{100}, Micros{60'000} * seed}});
    constexpr int limit = 1000;
    (own ? world.policy.quota.daily : world.wechat.dailyLimit) = limit;
    world.enqueue(2500);
    world.start();
    const WallTime midnight = at("2026-03-03T00:00:00+08:00");
    world.runFor(20min);
    world.crash(); // the next process counts on from what is on record
    world.start();
    world.runFor(midnight - world.clock.now().wall - 1ms);
    const int first = world.transport.posts();
    QCOMPARE(first, limit);
    COMPARE_NAMED(world.gate(), Gate::DayQuota);
    QCOMPARE(world.snapshot().accounts[0].quotaLimit.value_or(-1), limit);
    QVERIFY(world.runUntil([&] { return world.transport.posts() > first; }, 5min + 5s));
    QVERIFY(world.clock.now().wall >= midnight);
    world.runFor(midnight + 24h - world.clock.now().wall - 1ms);
    QCOMPARE(world.transport.posts(), 2 * limit);
    world.runFor(10min);
    QCOMPARE(world.counts()[MessageState::Accepted], 2500);
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE cause = '45009'"), 0);
    QCOMPARE(world.wechat.quotaCalls() > 2, true);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::whatFailedLeavesItsPartOfTheDayToOthers() {
    World world({.seed = 40, .rate = 100, .start = at("2026-03-02T10:00:00+08:00")});
    world.policy.quota.daily = 500;
    world.policy.quota.ask = false; // nothing else wakes it
    world.wechat.setSendScript([](const SendCall &call) { return call.openid.back() == '3' ? Behaviour::answer(43004) : Behaviour::ok(); });
    world.enqueue(2000);
    world.start();
    world.runFor(10min);
    QCOMPARE(world.counts()[MessageState::Accepted], 500);
    COMPARE_NAMED(world.gate(), Gate::DayQuota);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::aReadingOfYesterdayDoesNotCloseTheNewDay() {
    // Our clock is two minutes ahead of the platform's, and the engine is started in between.
    World world({.seed = 41, .rate = 100, .start = at("2026-03-02T20:00:00+08:00")});
    world.wechat.dailyLimit = 500;
    world.wechat.calendar = [&world](Micros) { return world.clock.now().wall - 2min; };
    world.enqueue(500, "oA");
    world.start();
    QVERIFY(world.drain());
    world.crash();
    world.runFor(at("2026-03-03T00:00:30+08:00") - world.clock.now().wall);
    world.enqueue(world.batch, 400, "oB");
    world.start();
    world.runFor(10min);
    QCOMPARE(world.counts()[MessageState::Accepted], 900);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::aReserveIsKeptForUrgent() {
    World world({.seed = 42, .rate = 100, .start = at("2026-03-02T10:00:00+08:00")});
    world.policy.quota.daily = 1000;
    world.policy.quota.keptForUrgent = 0.2;
    world.policy.quota.keptForNormal = 0.3;
    const BatchId bulk = world.addBatch(0);
    const BatchId urgent = world.addBatch(2);
    world.enqueue(bulk, 2000, "oBulk");
    world.start();
    world.runFor(1min);
    QCOMPARE(world.transport.posts(), 500);
    world.enqueue(world.batch, 2000, "oNormal");
    world.runFor(1min);
    QCOMPARE(world.transport.posts(), 800);
    world.enqueue(urgent, 150, "oUrgent");
    world.runFor(1min);
    QCOMPARE(world.transport.posts(), 950);
    world.enqueue(urgent, 150, "oMore");
    world.runFor(1min);
    QCOMPARE(world.transport.posts(), 1000);
    QCOMPARE(copiesBetween(world, world.options.start, at("2026-03-03T00:00:00+08:00"), "oNormal"), 300);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::theFrequencyCapHoldsOverHours() {
    World world({.seed = 43});
    world.policy.frequency = {2, 3600s, true};
    for (int person = 0; person < 20; ++person)
        world.enqueueForOne(7, "oP" + std::to_string(person));
    world.enqueue(100, "oOnce");
    world.start();
    world.runFor(10min);
    QCOMPARE(world.transport.posts(), 100 + 40);
    QVERIFY(world.drain(4h));
    std::map<std::string, std::vector<Micros>> times;
    for (const SendCall &call : world.wechat.wireCopies())
        times[call.openid].push_back(call.at);
    for (const auto &[openid, all] : times) {
        for (std::size_t i = 2; i < all.size(); ++i)
            QVERIFY2(all[i] - all[i - 2] >= 1h - 1ms, qPrintable(QString::fromStdString(openid)));
    }
    QCOMPARE(world.counts()[MessageState::Accepted], 240);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::repeatsAreBoundedByTheBudget_data() {
    QTest::addColumn<int>("seed");
    QTest::addColumn<double>("share");
    QTest::addColumn<double>("perSecond");
    QTest::addColumn<double>("rate");
    int seed = 50;
    for (const double share : {0.0, 0.2}) {
        for (const double perSecond : {0.5, 5.0}) {
            for (const double rate : {20.0, 200.0}) {
                QTest::addRow("share %g, %g/s, rate %g", share, perSecond, rate) << seed << share << perSecond << rate;
                ++seed;
            }
        }
    }
}

void PolicySimulationTest::repeatsAreBoundedByTheBudget() {
    QFETCH(int, seed);
    QFETCH(double, share);
    QFETCH(double, perSecond);
    QFETCH(double, rate);
    // Part of the platform answers with a code nobody knows: nothing arrived, and a repeat may help.
    World world({.seed = static_cast<std::uint64_t>(seed), .rate = rate, .connections = 8, .journalDelays = {Micros{100}, Micros{50'000}}});
    world.policy.budget = {share, perSecond, 1000};
    world.policy.retry.unknown = {50, {Millis{500}, 1.5, Millis{5000}, Jitter::Full}};
    Random dice(static_cast<std::uint64_t>(seed));
    bool outage = true;
    world.wechat.setSendScript([&](const SendCall &) { return outage && dice.unit() < 0.7 ? Behaviour::answer(88888888) : Behaviour::ok(); });
    const int many = static_cast<int>(rate * 30);
    world.enqueue(many);
    world.start();
    world.runFor(5min);
    double fresh = 0;
    double repeats = 0;
    double worst = 0;
    for (const SendCall &call : world.wechat.wireCopies()) {
        (call.nth == 1 ? fresh : repeats) += 1;
        const double seconds = std::chrono::duration<double>(call.at).count();
        // What an account starts with, and rounding.
        worst = std::max(worst, repeats - (share * fresh + perSecond * (seconds + 20) + 1));
    }
    QVERIFY2(worst <= 0, qPrintable(QStringLiteral("%1 repeats too many; %2 fresh, %3 repeats").arg(worst).arg(fresh).arg(repeats)));
    QVERIFY2(repeats > 0.8 * std::min(share * fresh + perSecond * 300, 2.0 * fresh), qPrintable(QStringLiteral("%1 repeats of %2").arg(repeats).arg(fresh)));
    outage = false;
    world.policy.budget = {};
    world.policy.budget.perSecond = 1000;
    world.reloadAccounts();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted] + world.counts()[MessageState::Dead], many);
    VERIFY_WORLD(world);
}

void PolicySimulationTest::concurrencyFollowsAPlatformThatSlowsDown() {
    const auto play = [](bool adaptive, int &least, int &afterwards) {
        World world({.seed = 70, .rate = 3000, .burst = 100, .connections = 64});
        world.policy.concurrency.adaptive = adaptive;
        bool crowded = false;
        // Eight at a time are served well; each one more makes all of them slower.
        world.wechat.setSendScript([&](const SendCall &) {
            const double load = crowded ? std::max(1.0, world.transport.inFlight() / 8.0) : 1.0;
            world.transport.latencies() = {Micros{static_cast<Micros::rep>(18'000 * load * load)}, Micros{static_cast<Micros::rep>(22'000 * load * load)}};
            return Behaviour::ok();
        });
        world.enqueue(25'000);
        world.start();
        world.runFor(3s);
        crowded = true;
        const auto before = world.counts()[MessageState::Accepted];
        least = world.options.connections;
        for (int second = 0; second < 20; ++second) {
            world.runFor(1s);
            least = std::min(least, world.snapshot().accounts[0].concurrencyLimit);
        }
        const auto served = world.counts()[MessageState::Accepted] - before;
        crowded = false;
        world.runFor(4s);
        afterwards = world.snapshot().accounts[0].concurrencyLimit;
        const QString broken = world.violations();
        if (!broken.isEmpty())
            qFatal("%s", qPrintable(broken));
        return static_cast<double>(served) / 20;
    };
    int least = 0;
    int afterwards = 0;
    int unused = 0;
    const double adaptive = play(true, least, afterwards);
    const double fixed = play(false, unused, unused);
    qInfo("crowded: %.0f/s with %d at a time, %.0f/s with 64", adaptive, least, fixed);
    QVERIFY2(adaptive > 1.1 * fixed, qPrintable(QStringLiteral("%1/s against %2/s").arg(adaptive).arg(fixed)));
    QVERIFY2(least <= 40, qPrintable(QString::number(least))); // what lasts becomes what is usual, and passes
    QCOMPARE(afterwards, 64);
}

void PolicySimulationTest::aPolicyThatChangesIsTakenUpAtOnce() {
    World world({.seed = 71, .rate = 20, .start = at("2026-03-02T10:00:00+08:00"), .journalDelays = {Micros{100}, Micros{200'000}}});
    world.enqueue(3000);
    world.start();
    world.runFor(20s);
    QVERIFY(world.transport.posts() > 300);
    world.policy.quietHours = {9h, 11h, true};
    world.reloadAccounts();
    int posts = world.transport.posts();
    world.runFor(10min);
    QCOMPARE(world.transport.posts(), posts); // also of what was claimed or being claimed
    COMPARE_NAMED(world.gate(), Gate::QuietHours);
    world.policy.quietHours = {};
    world.reloadAccounts();
    world.runFor(10s);
    QVERIFY(world.transport.posts() > posts + 150);
    posts = world.transport.posts();
    world.policy.quota.daily = posts + 25;
    world.reloadAccounts();
    world.runFor(10min);
    QCOMPARE(world.counts()[MessageState::Accepted], posts + 25);
    world.policy.quota.daily = 0;
    world.reloadAccounts();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], 3000);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(PolicySimulationTest)
#include "policy_simulation_test.moc"
