// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a forecast says against what then happens.
#include "engine/policy/forecast.h"
#include "engine/store/load_profile.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>
#include <cmath>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

double seconds(WallTime from, WallTime until) { return std::chrono::duration<double>(until - from).count(); }

} // namespace

class ForecastSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsForetoldHappens_data();
    void whatIsForetoldHappens();
};

void ForecastSimulationTest::whatIsForetoldHappens_data() {
    QTest::addColumn<int>("seed");
    const int seeds = qEnvironmentVariableIsSet("SONGDA_FULL_FORM") ? 300 : 20;
    for (int seed = 1; seed <= seeds; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void ForecastSimulationTest::whatIsForetoldHappens() {
    QFETCH(int, seed);
    Random fate(static_cast<std::uint64_t>(seed) * 7919);
    const auto upTo = [&](double most) { return fate.unit() * most; };
    WorldOptions o;
    o.seed = static_cast<std::uint64_t>(seed);
    o.rate = 3 + std::pow(upTo(10), 2);
    o.burst = 1 + static_cast<int>(upTo(40));
    o.connections = 1 + static_cast<int>(upTo(16));
    const Micros latency{20'000 + static_cast<Micros::rep>(upTo(400'000))};
    o.latencies = {latency - latency / 10, latency + latency / 10};
    o.start = parseIso8601("2026-03-02T00:00:00+08:00").value() + std::chrono::minutes{static_cast<int>(upTo(24 * 60))};
    World world(o);
    world.policy.concurrency.adaptive = false;
    world.policy.quota.ask = false;
    if (upTo(1) < 0.6) {
        const auto from = std::chrono::minutes{static_cast<int>(upTo(24 * 60))};
        const auto length = std::chrono::minutes{30 + static_cast<int>(upTo(600))};
        world.policy.quietHours = {from, (from + length) % std::chrono::minutes{24 * 60}, upTo(1) < 0.5};
    }
    std::int64_t all = 0;
    const int batches = 1 + static_cast<int>(upTo(4));
    for (int b = 0; b < batches; ++b) {
        const BatchId batch = world.addBatch(static_cast<int>(upTo(3)));
        const int n = 200 + static_cast<int>(upTo(2500));
        const Millis due = upTo(1) < 0.5 ? Millis{0} : std::chrono::minutes{static_cast<int>(upTo(300))};
        world.enqueue(batch, n, "oB" + std::to_string(b) + "_", due);
        if (upTo(1) < 0.15)
            world.setBatchState(batch, BatchState::Paused);
        all += n;
    }
    if (upTo(1) < 0.6) {
        world.policy.quota.daily = std::max<std::int64_t>(200, static_cast<std::int64_t>(static_cast<double>(all) * (0.3 + upTo(1.2))));
        if (upTo(1) < 0.5)
            world.policy.quota.keptForUrgent = upTo(0.3);
        if (upTo(1) < 0.5)
            world.policy.quota.keptForNormal = upTo(0.3);
    }

    ForecastInput input;
    input.now = world.clock.now().wall;
    input.rate = o.rate;
    input.burst = o.burst;
    input.connections = o.connections;
    input.latency = latency;
    input.quietHours = world.policy.quietHours;
    input.quota = world.policy.quota;
    input.quotaLimit = world.policy.quota.daily > 0 ? world.policy.quota.daily : noQuota;
    {
        auto database = world.reader();
        input.loads = testing::must(store::readLoad(database, world.account, input.now)).loads;
    }
    const Forecast foretold = forecast(input);
    QCOMPARE(foretold.willGo + foretold.held + foretold.expired, all);

    world.start();
    world.runUntil([&] { return world.counts()[MessageState::Accepted] == foretold.willGo; }, std::chrono::hours{24 * 20});
    QCOMPARE(world.counts()[MessageState::Accepted], foretold.willGo);
    const WallTime ended = world.clock.now().wall;
    world.runFor(24h * 2); // and no more
    QCOMPARE(world.counts()[MessageState::Accepted], foretold.willGo);
    QCOMPARE(world.counts()[MessageState::Queued], foretold.held);
    VERIFY_WORLD(world);
    if (!foretold.endsAt)
        return;
    const double span = seconds(input.now, ended);
    const double off = seconds(ended, *foretold.endsAt);
    const QString words = QStringLiteral("foretold %1, was %2: off by %3 s of %4 s; %5 messages, rate %6, burst %7, %8 connections of %9 ms")
                              .arg(QString::fromStdString(toIso8601(*foretold.endsAt)), QString::fromStdString(toIso8601(ended)))
                              .arg(off).arg(span).arg(all).arg(o.rate).arg(o.burst).arg(o.connections)
                              .arg(std::chrono::duration<double, std::milli>(latency).count());
    // Two in a hundred; a token, an answer and a commit take their moment also on the shortest of days. A bucket of one loses
    // what falls while a claim is on its way.
    QVERIFY2(std::abs(off) <= (o.burst == 1 ? 0.05 : 0.02) * span + 1, qPrintable(words));
}

QTEST_GUILESS_MAIN(ForecastSimulationTest)
#include "forecast_simulation_test.moc"
