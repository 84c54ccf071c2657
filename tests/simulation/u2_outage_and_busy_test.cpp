// SPDX-License-Identifier: GPL-3.0-or-later
//
// The platform answers 5xx, resets connections or says "busy" for ten minutes at 50 sends a second; then it says "busy" to
// 30 % of 20,000 sends.
#include "tests/simulation/compare.h"
#include "tests/simulation/post_times.h"
#include "tests/simulation/world.h"

#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

constexpr double rate = 50;
constexpr int burst = 10;
/// Long enough for the breaker's window to be full of good answers.
constexpr Micros begins = 30s;

Behaviour failing(int status) {
    return status == 0 ? Behaviour::closed() : status < 0 ? Behaviour::busy() : Behaviour::http(status);
}

Micros shortestGap(const std::vector<Micros> &times, Micros before) {
    Micros shortest = Micros::max();
    for (const Micros at : times) {
        shortest = std::min(shortest, at - before);
        before = at;
    }
    return shortest;
}

double inSeconds(Micros span) { return std::chrono::duration<double>(span).count(); }

} // namespace

class U2OutageAndBusyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOutageOpensTheBreakerAndKillsNothing_data();
    void anOutageOpensTheBreakerAndKillsNothing();
    void oneBadAccountDoesNotStopAnother_data();
    void oneBadAccountDoesNotStopAnother();
    void aBusyPlatformAcceptsEverythingInTheEnd_data();
    void aBusyPlatformAcceptsEverythingInTheEnd();
};

void U2OutageAndBusyTest::anOutageOpensTheBreakerAndKillsNothing_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("minutes");
    QTest::newRow("500") << 500 << 10;
    QTest::newRow("502") << 502 << 10;
    QTest::newRow("520, a gateway's own word") << 520 << 10;
    QTest::newRow("resets") << 0 << 10;
    QTest::newRow("busy") << -1 << 10;
    QTest::newRow("500, shorter than the safe window") << 500 << 5;
}

void U2OutageAndBusyTest::anOutageOpensTheBreakerAndKillsNothing() {
    QFETCH(int, status);
    QFETCH(int, minutes);
    constexpr int messages = 4'000;
    World world({.seed = 5, .rate = rate, .burst = burst});
    const Micros end = begins + std::chrono::minutes{minutes};
    world.wechat.setSendScript(
        [=](const SendCall &c) { return c.at < begins || c.at >= end ? Behaviour::ok() : failing(status); });
    world.enqueue(messages);
    world.start();
    world.runFor(begins);
    QVERIFY(world.runUntil([&] { return world.gate() == Gate::BreakerOpen; }, 1min));
    const Micros opened = world.clock.elapsed();
    const auto failures = world.number("SELECT count(*) FROM attempt WHERE error_class IN (4, 8)");
    qInfo("open after %.2f s and %lld failures", inSeconds(opened - begins), static_cast<long long>(failures));
    QVERIFY(opened - begins <= 5s || failures <= 10);

    // While it is open: one probe in half a minute. What was in flight when it opened is none.
    world.runFor(end - opened);
    std::vector<Micros> probes;
    for (const Micros at : world.transport.postTimes()) {
        if (at > opened)
            probes.push_back(at);
    }
    QVERIFY(!probes.empty());
    QVERIFY(shortestGap(probes, opened) >= 30s);
    const auto settled = std::find_if(probes.begin(), probes.end(), [&](Micros at) { return at > opened + 35s; });
    QVERIFY(settled != probes.end());
    QVERIFY(shortestGap({settled + 1, probes.end()}, *settled) >= 30s);

    QVERIFY(world.drain(30min));
    const QString tooFast = rateViolation(world.transport.postTimes(), rate, burst);
    QVERIFY2(tooFast.isEmpty(), qPrintable(tooFast));
    const StateCounts counts = world.counts();
    QCOMPARE(counts[MessageState::Dead], 0);
    // Doubt older than eight minutes is for a person: those tried before the breaker opened, and the probes.
    const auto uncertain = counts[MessageState::Uncertain];
    QCOMPARE(counts[MessageState::Accepted] + uncertain, messages);
    QVERIFY2(uncertain <= (minutes < 8 ? 0 : failures + static_cast<int>(probes.size())), qPrintable(QString::number(uncertain)));
    QCOMPARE(world.number("SELECT count(*) FROM message WHERE state = 8 AND cause <> 'window_passed'"), 0);
    VERIFY_WORLD(world);
}

void U2OutageAndBusyTest::oneBadAccountDoesNotStopAnother_data() {
    QTest::addColumn<int>("status");
    QTest::newRow("500") << 500;
    QTest::newRow("resets") << 0;
}

void U2OutageAndBusyTest::oneBadAccountDoesNotStopAnother() {
    QFETCH(int, status);
    World world({.seed = 6, .rate = rate, .burst = burst});
    const auto good = world.addNeighbour("good", 'b', rate, burst);
    const Micros end = begins + 10min;
    world.wechat.setSendScript([=](const SendCall &c) {
        return c.templateId[0] == 'b' || c.at < begins || c.at >= end ? Behaviour::ok() : failing(status);
    });
    world.enqueue(3'000);
    world.enqueue(good.batch, 20'000, "oGood");
    world.start();
    world.runFor(end);
    const auto accepted = world.writer->counts().at(good.batch)[MessageState::Accepted];
    const double allowed = std::min(20'000.0, inSeconds(end) * rate);
    QVERIFY2(static_cast<double>(accepted) >= allowed * 0.99, qPrintable(QString::number(accepted)));
    QVERIFY(world.drain(30min));
    QCOMPARE(world.counts()[MessageState::Dead], 0);
    VERIFY_WORLD(world);
}

void U2OutageAndBusyTest::aBusyPlatformAcceptsEverythingInTheEnd_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<bool>("delivered");
    QTest::newRow("busy and not delivered") << quint64{1} << false;
    QTest::newRow("busy but delivered") << quint64{2} << true;
}

void U2OutageAndBusyTest::aBusyPlatformAcceptsEverythingInTheEnd() {
    QFETCH(quint64, seed);
    QFETCH(bool, delivered);
    constexpr int messages = 20'000;
    World world({.seed = seed});
    Random dice(seed);
    world.wechat.setSendScript(
        [&](const SendCall &) { return dice.unit() < 0.3 ? Behaviour::busy(delivered) : Behaviour::ok(); });
    world.enqueue(messages);
    world.start();
    QVERIFY(world.drain());
    const double wireMean = static_cast<double>(world.wechat.wireCopies().size()) / messages;
    qInfo("%lld of %d accepted, %.3f copies on the wire for each",
        static_cast<long long>(world.counts()[MessageState::Accepted]), messages, wireMean);
    QVERIFY2(wireMean <= 1.5, qPrintable(QString::number(wireMean)));
    VERIFY_WORLD(world);
    QCOMPARE(world.counts()[MessageState::Accepted], messages);
    QCOMPARE(world.wechat.userCopies(), messages);
}

QTEST_GUILESS_MAIN(U2OutageAndBusyTest)
#include "u2_outage_and_busy_test.moc"
