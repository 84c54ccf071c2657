// SPDX-License-Identifier: GPL-3.0-or-later
//
// The answer comes one second after we gave up. A thousand messages: each reaches its reader once, every repeat is the same
// message under the same key, and none is repeated after eight minutes.
#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>
#include <atomic>
#include <set>
#include <thread>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;
using namespace std::chrono_literals;

namespace {

constexpr int messages = 1000;
const PeerKey peer{1};

QByteArray messageBody(int number) {
    return "{\"touser\":\"o" + QByteArray::number(number) + "\",\"client_msg_id\":\"k" + QByteArray::number(number) + "\"}";
}

HttpRequest message(const ScriptedServer &server, int number) { return post(server.base() + "/send", messageBody(number)); }

HttpRequest withDeadline(HttpRequest request, int milliseconds) {
    request.deadline = Millis(milliseconds);
    return request;
}

} // namespace

class N3LateAnswerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLateAnswerIsATimeoutAndGoesToNobody();
    void aDeadlineThatPassesWhileAnEndIsToldIsKept();
    void aThousandLateAnswersAreTimeoutsAfterTheirRequest();
    void theEngineRepeatsUnderTheSameKeyForEightMinutes_data();
    void theEngineRepeatsUnderTheSameKeyForEightMinutes();
};

void N3LateAnswerTest::aLateAnswerIsATimeoutAndGoesToNobody() {
    ScriptedServer server([](int connection, int) {
        Plan late = answering();
        late.answer = ok("late");
        late.atTheGate = true;
        return connection == 1 ? late : answering();
    });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    const ExchangeId first = exchanges.start(withDeadline(message(server, 0), 600), peer);
    QVERIFY(exchanges.waitFor(first));
    server.openGate();
    const ExchangeId second = exchanges.start(message(server, 1), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(first).phase), QByteArray("Written"));
    QCOMPARE(nameOf(exchanges.of(first).failure), QByteArray("Timeout"));
    QCOMPARE(exchanges.of(first).status, 0);
    QVERIFY(exchanges.of(first).body.empty());
    QVERIFY(exchanges.of(second).body != "late");
    QCOMPARE(exchanges.of(second).status, 200);
}

void N3LateAnswerTest::aDeadlineThatPassesWhileAnEndIsToldIsKept() {
    ScriptedServer server([](int, int) {
        Plan never = answering();
        never.atTheGate = true;
        return never;
    });
    Exchanges exchanges;
    // Whoever is told of the first end takes so long that the deadline of the second passes meanwhile; after that nothing
    // at all happens on the line.
    std::atomic<int> told{0};
    exchanges.whenTold = [&told] {
        if (told++ == 0)
            std::this_thread::sleep_for(500ms);
    };
    exchanges.port().setConnections(peer, 2);
    exchanges.start(withDeadline(message(server, 0), 300), peer);
    exchanges.start(withDeadline(message(server, 1), 500), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started())
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Timeout"));
}

void N3LateAnswerTest::aThousandLateAnswersAreTimeoutsAfterTheirRequest() {
    constexpr int deadline = 1000;
    std::atomic<bool> late{true};
    ScriptedServer server([&](int, int) {
        Plan plan = answering();
        if (late)
            plan.delay = std::chrono::milliseconds(deadline) + 1s;
        return plan;
    });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 250);
    for (int i = 0; i < messages; ++i)
        exchanges.start(withDeadline(message(server, i), deadline), peer);
    QVERIFY(exchanges.waitForAll());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Written"));
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Timeout"));
        QVERIFY(exchanges.of(id).body.empty());
    }
    late = false;
    for (int i = 0; i < messages; ++i)
        exchanges.start(message(server, i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    std::set<QByteArray> userCopies; // the key is in the body
    for (const SeenRequest &request : server.requests())
        userCopies.insert(request.body);
    QCOMPARE(static_cast<int>(server.requests().size()), 2 * messages);
    QCOMPARE(static_cast<int>(userCopies.size()), messages);
    for (std::size_t i = messages; i < exchanges.started().size(); ++i)
        QCOMPARE(exchanges.of(exchanges.started()[i]).status, 200);
}

void N3LateAnswerTest::theEngineRepeatsUnderTheSameKeyForEightMinutes_data() {
    QTest::addColumn<int>("lateFor");
    QTest::newRow("the first answer of each") << 0;
    QTest::newRow("all answers for five minutes") << 5;
    QTest::newRow("all answers for twenty minutes") << 20;
}

void N3LateAnswerTest::theEngineRepeatsUnderTheSameKeyForEightMinutes() {
    // A message that is read and answered when nobody listens any more is, for us, one that gets no answer.
    QFETCH(int, lateFor);
    simulation::World world({.seed = 3, .connections = 64});
    const Micros end = std::chrono::minutes{lateFor};
    world.wechat.setSendScript([=](const simulation::SendCall &c) {
        return (lateFor == 0 ? c.nth == 1 : c.at < end) ? simulation::Behaviour::hang(true) : simulation::Behaviour::ok();
    });
    world.enqueue(messages);
    world.start();
    QVERIFY(world.drain(12h));
    std::map<std::string, Micros> first;
    for (const simulation::SendCall &c : world.wechat.wireCopies()) {
        const auto [known, fresh] = first.emplace(c.clientMsgId, c.at);
        QVERIFY2(c.at - known->second < 8min,
            qPrintable(QStringLiteral("repeated after %1 s").arg(std::chrono::duration<double>(c.at - known->second).count())));
    }
    QCOMPARE(world.wechat.userCopies(), messages);
    QCOMPARE(static_cast<int>(first.size()), messages);
    QVERIFY(world.wechat.changedBodies().empty());
    const StateCounts counts = world.counts();
    qInfo("%zu copies on the wire, %lld accepted, %lld for a person", world.wechat.wireCopies().size(),
        static_cast<long long>(counts[MessageState::Accepted]), static_cast<long long>(counts[MessageState::Uncertain]));
    QCOMPARE(counts[MessageState::Accepted] + counts[MessageState::Uncertain], messages);
    if (lateFor < 8)
        QCOMPARE(counts[MessageState::Accepted], messages);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(N3LateAnswerTest)
#include "n3_late_answer_test.moc"
