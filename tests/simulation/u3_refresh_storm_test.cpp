// SPDX-License-Identifier: GPL-3.0-or-later
//
// The token ends or is taken away while 64 requests carry it, all of which are refused within 50 ms; a thousand times.
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

class U3RefreshStormTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachExpiryCostsOneTokenRequest();
};

void U3RefreshStormTest::eachExpiryCostsOneTokenRequest() {
    constexpr int workers = 64;
    constexpr int rounds = 1000;
    // Answers between 50 and 100 ms after their request, which arrives half way: all 64 are refused before the first
    // refusal can have brought a new token.
    const SimulatedTransport::Latencies together{50ms, 100ms};
    World world({.seed = 1, .rate = 5000, .burst = 200, .connections = workers, .latencies = together});
    std::vector<std::string> tokens; // in the order in which they were first used
    bool oldTokenUsedAgain = false;
    world.wechat.setSendScript([&](const SendCall &c) {
        if (tokens.empty() || c.token != tokens.back()) {
            oldTokenUsedAgain = oldTokenUsedAgain || std::find(tokens.begin(), tokens.end(), c.token) != tokens.end();
            tokens.push_back(c.token);
        }
        return Behaviour::ok();
    });
    world.policy.concurrency.adaptive = false; // answers of four seconds would make them fewer than 64
    world.enqueue(workers);
    world.start();
    QVERIFY(world.drain(1min));
    QCOMPARE(world.wechat.tokenCalls().size(), 1U);

    int late = 0;
    for (int round = 1; round <= rounds; ++round) {
        // Every tenth time the refusals trickle in for four seconds, most of them long after the new token: they name an
        // older one.
        const bool trickling = round % 10 == 0;
        world.transport.latencies() = trickling ? SimulatedTransport::Latencies{5ms, 4s} : together;
        const std::size_t copiesBefore = world.wechat.wireCopies().size();
        const std::string old = world.wechat.currentToken();
        if (round % 2 == 0)
            world.wechat.stealToken(world.clock.elapsed()); // 40001
        else
            world.wechat.expireToken(world.clock.elapsed()); // 42001
        world.enqueue(world.batch, workers, "o" + std::to_string(round) + "_");
        QVERIFY(world.drain(1min));
        const auto &copies = world.wechat.wireCopies();
        const auto withOld = std::count_if(copies.begin() + static_cast<std::ptrdiff_t>(copiesBefore), copies.end(),
            [&](const SendCall &c) { return c.token == old; });
        QCOMPARE(withOld, workers);
        QCOMPARE(copies.size() - copiesBefore, static_cast<std::size_t>(2 * workers));
        QVERIFY2(world.wechat.tokenCalls().size() == static_cast<std::size_t>(round) + 1,
            qPrintable(QStringLiteral("round %1: %2 token requests").arg(round).arg(world.wechat.tokenCalls().size() - 1)));
        late += trickling ? workers - 1 : 0;
    }
    QVERIFY2(!oldTokenUsedAgain, "an older token was used after a newer one");
    QCOMPARE(static_cast<int>(tokens.size()), rounds + 1);
    const auto refused = world.number("SELECT count(*) FROM attempt WHERE cause IN ('40001', '42001')");
    qInfo("%d rounds of %d, %lld refusals, about %d of them late", rounds, workers, static_cast<long long>(refused), late);
    QCOMPARE(refused, rounds * workers);
    QCOMPARE(world.countedTries(), 0);
    QCOMPARE(world.counts()[MessageState::Accepted], (rounds + 1) * workers);
    QCOMPARE(world.wechat.userCopies(), (rounds + 1) * workers);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(U3RefreshStormTest)
#include "u3_refresh_storm_test.moc"
