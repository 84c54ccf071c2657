// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packets vanish on established connections for twenty minutes; then answers come at one byte in ten seconds.
#include "engine/policy/deadline.h"
#include "tests/full_form.h"
#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;
using namespace std::chrono_literals;
using songda::testing::inFullForm;

namespace {

const PeerKey peer{1};

QByteArray messageBody(int number) {
    return "{\"touser\":\"o" + QByteArray::number(number) + "\",\"client_msg_id\":\"k" + QByteArray::number(number) + "\"}";
}

HttpRequest message(const ScriptedServer &server, int number) { return post(server.base() + "/send", messageBody(number)); }

HttpRequest withDeadline(HttpRequest request, int milliseconds) {
    request.deadline = Millis(milliseconds);
    return request;
}

Plan hanging() {
    Plan plan;
    plan.end = Plan::End::Hang;
    return plan;
}

LanePool::Options lanes(int count) {
    LanePool::Options options;
    options.lanes = count;
    return options;
}

} // namespace

class N4BlackHoleTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noDeadlineIsLongerThanThirtySeconds();
    void aPeerThatHangsDoesNotHoldUpAnother();
    void sixteenDripsDoNotHoldUpAnother();
    void dripsDoNotStretchTheDeadline_data();
    void dripsDoNotStretchTheDeadline();
    void afterAllConnectionsHungTheNextExchangesAreServed();
    void twentyMinutesOfSilence_data();
    void twentyMinutesOfSilence();
};

void N4BlackHoleTest::noDeadlineIsLongerThanThirtySeconds() {
    QVERIFY(HttpRequest{}.deadline <= 30s);
    QVERIFY(DeadlinePolicy{}.longest <= 30s);
}

void N4BlackHoleTest::sixteenDripsDoNotHoldUpAnother() {
    // A byte in ten seconds and the usual deadline; in the short form both a tenth of it.
    const int tenth = inFullForm(1, 10);
    Plan dripping;
    dripping.answer = ok();
    dripping.drip = 10s / tenth;
    ScriptedServer slow([&](int, int) { return dripping; });
    ScriptedServer healthy([](int, int) { return answering(); });
    Exchanges exchanges(lanes(1));
    exchanges.port().setConnections({1}, 16);
    exchanges.port().setConnections({2}, 6);
    std::vector<ExchangeId> stuck;
    const Millis deadline = DeadlinePolicy{}.longest / tenth;
    for (int i = 0; i < 16; ++i)
        stuck.push_back(exchanges.start(withDeadline(message(slow, i), static_cast<int>(deadline.count())), {1}));
    QVERIFY(slow.waitForRequests(16));
    std::vector<ExchangeId> served;
    for (int i = 0; i < 400; ++i)
        served.push_back(exchanges.start(message(healthy, i), {2}));
    for (const ExchangeId id : served) {
        QVERIFY(exchanges.waitFor(id));
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    }
    for (const ExchangeId id : stuck)
        QCOMPARE(exchanges.finishes(id), 0);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : stuck) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Timeout"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Written"));
        QVERIFY(exchanges.of(id).latency <= deadline + 1s);
    }
}

void N4BlackHoleTest::aPeerThatHangsDoesNotHoldUpAnother() {
    ScriptedServer silent([](int, int) { return hanging(); });
    ScriptedServer healthy([](int, int) { return answering(); });
    Exchanges exchanges(lanes(1));
    exchanges.port().setConnections({1}, 6);
    exchanges.port().setConnections({2}, 6);
    std::vector<ExchangeId> stuck;
    for (int i = 0; i < 40; ++i)
        stuck.push_back(exchanges.start(withDeadline(message(silent, i), 60'000), {1}));
    QVERIFY(silent.waitForRequests(6));
    std::vector<ExchangeId> served;
    for (int i = 0; i < 40; ++i)
        served.push_back(exchanges.start(message(healthy, i), {2}));
    for (const ExchangeId id : served) {
        QVERIFY(exchanges.waitFor(id));
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    }
    for (const ExchangeId id : stuck)
        QCOMPARE(exchanges.finishes(id), 0);
    QCOMPARE(silent.requests().size(), std::size_t(6));
}

void N4BlackHoleTest::dripsDoNotStretchTheDeadline_data() {
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("endless");
    QTest::addColumn<bool>("statusIsComplete");
    // A byte every 30 ms: never silent for as long as the deadline, and never done.
    QTest::newRow("the status line") << QByteArray("HTTP/1.1 ") << QByteArray("2") << false;
    QTest::newRow("the headers") << QByteArray("HTTP/1.1 200 OK\r\n") << QByteArray("X-Drip: a\r\n") << false;
    QTest::newRow("the body") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << QByteArray("b") << true;
}

void N4BlackHoleTest::dripsDoNotStretchTheDeadline() {
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, endless);
    QFETCH(bool, statusIsComplete);
    Plan dripping;
    dripping.answer = answer;
    dripping.endless = endless;
    dripping.drip = std::chrono::milliseconds(30);
    ScriptedServer server([&](int, int) { return dripping; });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 16);
    for (int i = 0; i < 16; ++i)
        exchanges.start(withDeadline(message(server, i), 1500), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Timeout"));
        QVERIFY(exchanges.of(id).latency <= 2500ms); // free a second after its deadline at the latest
        if (statusIsComplete)
            QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Answered"));
        else
            QVERIFY(exchanges.of(id).phase != WirePhase::NotWritten);
    }
    QCOMPARE(server.requests().size(), std::size_t(16));
}

void N4BlackHoleTest::afterAllConnectionsHungTheNextExchangesAreServed() {
    ScriptedServer server([](int connection, int) { return connection <= 20 ? hanging() : answering(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 20);
    for (int i = 0; i < 20; ++i)
        exchanges.start(withDeadline(message(server, i), 800), peer);
    QVERIFY(server.waitForRequests(20));
    for (int i = 20; i < 220; ++i)
        exchanges.start(message(server, i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (std::size_t i = 0; i < exchanges.started().size(); ++i)
        QCOMPARE(nameOf(exchanges.of(exchanges.started()[i]).failure), i < 20 ? QByteArray("Timeout") : QByteArray("None"));
    // Connections that went dead are not used again.
    for (const SeenRequest &request : server.requests())
        QVERIFY(request.connection > 20 || request.index == 0);
}

void N4BlackHoleTest::twentyMinutesOfSilence_data() {
    QTest::addColumn<int>("moreSeconds");
    // Where in its pauses the end of the silence meets the breaker is chance.
    for (const int more : {0, 8, 24})
        QTest::addRow("and %d s", more) << more;
}

void N4BlackHoleTest::twentyMinutesOfSilence() {
    QFETCH(int, moreSeconds);
    constexpr double rate = 50;
    constexpr double otherRate = 5;
    simulation::World world({.seed = 7, .rate = rate, .burst = 10});
    const auto other = world.addNeighbour("other", 'b', otherRate, 5);
    const Micros begins = 30s;
    const Micros ends = begins + 20min + Seconds{moreSeconds};
    world.wechat.setSendScript([=](const simulation::SendCall &c) {
        return c.templateId[0] == 'a' && c.at >= begins && c.at < ends ? simulation::Behaviour::hang(false)
                                                                       : simulation::Behaviour::ok();
    });
    world.enqueue(6'000);
    world.enqueue(other.batch, 7'000, "oOther");
    world.start();
    world.runFor(ends);
    // The other account never noticed.
    const double allowed = std::chrono::duration<double>(ends).count() * otherRate;
    QVERIFY(static_cast<double>(world.writer->counts().at(other.batch)[MessageState::Accepted]) >= 0.99 * allowed);
    // Each is given up at its deadline, which is at most fifteen seconds, and its end is not known.
    QCOMPARE(world.number("SELECT count(*) FROM attempt WHERE cause = 'timeout' AND (latency_us > 16000000 OR phase <> 2)"), 0);
    QVERIFY(world.number("SELECT count(*) FROM attempt WHERE cause = 'timeout'") >= world.options.connections);

    const auto accepted = [&] { return world.writer->counts().at(world.batch)[MessageState::Accepted]; };
    const auto before = accepted();
    QVERIFY(world.runUntil([&] { return accepted() >= before + 10; }, 5min));
    const double back = std::chrono::duration<double>(world.clock.elapsed() - ends).count();
    const auto from = accepted();
    world.runFor(10s);
    qInfo("sends again %.1f s after the silence, %.1f a second", back, static_cast<double>(accepted() - from) / 10);
    QVERIFY(static_cast<double>(accepted() - from) >= 0.95 * rate * 10);
    QVERIFY2(back <= 30, qPrintable(QString::number(back)));
    QVERIFY(world.drain(2h));
    QCOMPARE(world.counts()[MessageState::Dead], 0);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(N4BlackHoleTest)
#include "n4_black_hole_test.moc"
