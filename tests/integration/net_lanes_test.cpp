// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"

#include <QDir>
#include <QDirIterator>
#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;

namespace {

const PeerKey peer{1};

Plan atTheGate() {
    Plan plan = answering();
    plan.atTheGate = true;
    return plan;
}

Plan hanging() {
    Plan plan;
    plan.end = Plan::End::Hang;
    return plan;
}

ScriptedServer::Options gate(int size) {
    ScriptedServer::Options options;
    options.gate = size;
    return options;
}

LanePool::Options lanes(int count) {
    LanePool::Options options;
    options.lanes = count;
    return options;
}

QByteArray messageBody(int number) { return "{\"touser\":\"o" + QByteArray::number(number) + "\"}"; }

HttpRequest message(const ScriptedServer &server, int number) { return post(server.base() + "/send", messageBody(number)); }

HttpRequest withDeadline(HttpRequest request, int milliseconds) {
    request.deadline = Millis(milliseconds);
    return request;
}

} // namespace

class NetLanesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void t1_neverMoreConnectionsThanAllowedAndAllOfThemUsed_data();
    void t1_neverMoreConnectionsThanAllowedAndAllOfThemUsed();
    void t2_moreThanSixConnectionsToOnePeer();
    void eachPeerHasItsOwnConnections();
    void oneConnectionIsUsedAgainAndAgain();
    void t4_timeInTheQueueIsNotChargedToTheDeadline();
    void t5_aTimeoutAndACancelAreToldApart();
    void cancelledInTheQueueIsNotWrittenAndNeverSent();
    void cancellingWhatIsUnknownOrOverChangesNothing();
    void cancelledTwiceFinishesOnce();
    void cancelledRightAfterItsStartIsNotSentBehindOurBack_data();
    void cancelledRightAfterItsStartIsNotSentBehindOurBack();
    void t6_cancellingManyAtOnceFinishesEachOnce_data();
    void t6_cancellingManyAtOnceFinishesEachOnce();
    void t6_cancellingWhileAnswersArriveFinishesEachOnce();
    void t7_destroyingThePoolFinishesWhatIsUnderWay_data();
    void t7_destroyingThePoolFinishesWhatIsUnderWay();
    void t7_destroyingThePoolFinishesWhatWasStartedThisInstant_data();
    void t7_destroyingThePoolFinishesWhatWasStartedThisInstant();
    void t7_destroyingThePoolWhileAnswersArriveFinishesEachOnce();
    void t9_threadsDoNotGrowWithTheNumberOfExchanges();
    void t10_aLargeBacklogWaitsInsideThePortAndEachGetsItsOwnAnswer();
    void t12_theHttpServerPreviewIsNotUsed();
};

void NetLanesTest::t1_neverMoreConnectionsThanAllowedAndAllOfThemUsed_data() {
    QTest::addColumn<int>("connections");
    QTest::addColumn<int>("laneCount");
    for (const int laneCount : {1, 2, 3}) {
        for (const int connections : {1, 2, 6, 7, 20})
            QTest::addRow("%d connections, %d lanes", connections, laneCount) << connections << laneCount;
    }
}

void NetLanesTest::t1_neverMoreConnectionsThanAllowedAndAllOfThemUsed() {
    QFETCH(int, connections);
    QFETCH(int, laneCount);
    ScriptedServer server([](int, int) { return atTheGate(); });
    Exchanges exchanges(lanes(laneCount));
    exchanges.port().setConnections(peer, connections);
    for (int i = 0; i < connections; ++i)
        exchanges.start(message(server, i), peer);
    // None is answered before all of them are there: each has its connection.
    QVERIFY(server.waitForAtTheGate(connections));
    for (int i = connections; i < 10 * connections; ++i)
        exchanges.start(message(server, i), peer);
    server.openGate();
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started())
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    QCOMPARE(server.mostAtTheGate(), connections);
    QCOMPARE(server.mostOpen(), connections);
    QCOMPARE(server.connections(), connections);
}

void NetLanesTest::t2_moreThanSixConnectionsToOnePeer() {
    // One network manager opens six; the port opens as many as it is told, also on a single thread.
    ScriptedServer server([](int, int) { return atTheGate(); }, gate(60));
    Exchanges exchanges(lanes(1));
    exchanges.port().setConnections(peer, 60);
    for (int i = 0; i < 120; ++i)
        exchanges.start(message(server, i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(server.mostAtTheGate(), 60);
    QCOMPARE(server.mostOpen(), 60);
}

void NetLanesTest::eachPeerHasItsOwnConnections() {
    ScriptedServer server([](int, int) { return atTheGate(); });
    Exchanges exchanges;
    exchanges.port().setConnections({1}, 2);
    exchanges.port().setConnections({2}, 3);
    for (int i = 0; i < 15; ++i) {
        exchanges.start(post(server.base() + "/first", messageBody(i)), {1});
        exchanges.start(post(server.base() + "/second", messageBody(i)), {2});
    }
    QVERIFY(server.waitForAtTheGate(5));
    server.openGate();
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started())
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    QCOMPARE(server.mostOpen(), 5);
    std::map<int, std::pair<bool, bool>> users;
    for (const SeenRequest &request : server.requests()) {
        auto &[first, second] = users[request.connection];
        (request.target == "/second" ? second : first) = true;
    }
    if (onBulkPort())
        return; // one host's idle connections serve all accounts there; what each has in flight is its own
    for (const auto &[connection, used] : users)
        QVERIFY2(used.first != used.second, QByteArray::number(connection).constData());
}

void NetLanesTest::oneConnectionIsUsedAgainAndAgain() {
    ScriptedServer server([](int, int) { return answering(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    for (int i = 0; i < 100; ++i)
        exchanges.start(message(server, i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(server.requests().size(), std::size_t(100));
    QCOMPARE(server.connections(), 1);
    QVERIFY(!server.sawPipelining());
}

void NetLanesTest::t4_timeInTheQueueIsNotChargedToTheDeadline() {
    // The only connection is taken for longer than those behind it may last.
    ScriptedServer server([](int connection, int) { return connection == 1 ? hanging() : answering(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    const ExchangeId slow = exchanges.start(withDeadline(message(server, 0), 2500), peer);
    std::vector<ExchangeId> behind;
    for (int i = 1; i < 8; ++i)
        behind.push_back(exchanges.start(withDeadline(message(server, i), 1500), peer));
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(slow).failure), QByteArray("Timeout"));
    QCOMPARE(nameOf(exchanges.of(slow).phase), QByteArray("Written"));
    for (const ExchangeId id : behind) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
        QCOMPARE(exchanges.of(id).status, 200);
    }
    QCOMPARE(server.requests().size(), std::size_t(8));
}

void NetLanesTest::t5_aTimeoutAndACancelAreToldApart() {
    ScriptedServer server([](int, int) { return hanging(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 20);
    std::vector<ExchangeId> cancelled;
    std::vector<ExchangeId> timedOut;
    for (int i = 0; i < 10; ++i) {
        cancelled.push_back(exchanges.start(withDeadline(message(server, i), 60'000), peer));
        timedOut.push_back(exchanges.start(withDeadline(message(server, 100 + i), 900), peer));
    }
    QVERIFY(server.waitForRequests(20));
    for (const ExchangeId id : cancelled)
        exchanges.port().cancel(id);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : cancelled) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Cancelled"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Written"));
    }
    for (const ExchangeId id : timedOut) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Timeout"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Written"));
    }
}

void NetLanesTest::cancelledInTheQueueIsNotWrittenAndNeverSent() {
    ScriptedServer server([](int, int) { return atTheGate(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    const ExchangeId first = exchanges.start(message(server, 0), peer);
    std::vector<ExchangeId> queued;
    for (int i = 1; i < 10; ++i)
        queued.push_back(exchanges.start(message(server, i), peer));
    QVERIFY(server.waitForAtTheGate(1));
    for (std::size_t i = 0; i < queued.size(); i += 2)
        exchanges.port().cancel(queued[i]);
    for (std::size_t i = 0; i < queued.size(); i += 2)
        QVERIFY(exchanges.waitFor(queued[i]));
    server.openGate();
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(first).failure), QByteArray("None"));
    for (std::size_t i = 0; i < queued.size(); ++i) {
        const bool wasCancelled = i % 2 == 0;
        QCOMPARE(nameOf(exchanges.of(queued[i]).failure), wasCancelled ? QByteArray("Cancelled") : QByteArray("None"));
        QCOMPARE(nameOf(exchanges.of(queued[i]).phase), wasCancelled ? QByteArray("NotWritten") : QByteArray("Answered"));
        QCOMPARE(server.copies(messageBody(static_cast<int>(i) + 1)), wasCancelled ? 0 : 1);
    }
}

void NetLanesTest::cancellingWhatIsUnknownOrOverChangesNothing() {
    ScriptedServer server([](int, int) { return answering(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 2);
    exchanges.port().cancel(4711);
    const ExchangeId id = exchanges.start(message(server, 0), peer);
    QVERIFY(exchanges.waitFor(id));
    exchanges.port().cancel(id);
    const ExchangeId next = exchanges.start(message(server, 1), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    QCOMPARE(nameOf(exchanges.of(next).failure), QByteArray("None"));
    QCOMPARE(exchanges.finishes(4711), 0);
}

void NetLanesTest::cancelledTwiceFinishesOnce() {
    ScriptedServer server([](int, int) { return hanging(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    const ExchangeId running = exchanges.start(message(server, 0), peer);
    const ExchangeId queued = exchanges.start(message(server, 1), peer);
    QVERIFY(server.waitForRequests(1));
    for (int i = 0; i < 3; ++i) {
        exchanges.port().cancel(queued);
        exchanges.port().cancel(running);
    }
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(running).failure), QByteArray("Cancelled"));
    QCOMPARE(nameOf(exchanges.of(queued).failure), QByteArray("Cancelled"));
}

void NetLanesTest::cancelledRightAfterItsStartIsNotSentBehindOurBack_data() {
    QTest::addColumn<bool>("warm");
    QTest::newRow("fresh connections") << false;
    QTest::newRow("kept-alive connections") << true;
}

void NetLanesTest::cancelledRightAfterItsStartIsNotSentBehindOurBack() {
    // The network manager begins a request one turn of the loop later, even one that was aborted meanwhile.
    QFETCH(bool, warm);
    ScriptedServer server([](int, int) { return answering(); });
    Exchanges exchanges(lanes(1));
    exchanges.port().setConnections(peer, 6);
    constexpr int rounds = 60;
    for (int round = 0; round < rounds; ++round) {
        if (warm)
            exchanges.start(post(server.base() + "/warm", "{}"), peer);
        QVERIFY(exchanges.waitForAll());
        for (int i = 0; i < 6; ++i) {
            const ExchangeId id = exchanges.start(message(server, 6 * round + i), peer);
            exchanges.port().cancel(id);
        }
        QVERIFY(exchanges.waitForAll());
    }
    QVERIFY(exchanges.eachFinishedOnce());
    QVERIFY(server.waitForNoConnections());
    const auto seen = server.requests();
    int sentBehindOurBack = 0;
    std::size_t at = 0;
    for (int round = 0; round < rounds; ++round) {
        at += warm ? 1 : 0;
        for (int i = 0; i < 6; ++i) {
            const HttpResponse response = exchanges.of(exchanges.started()[at++]);
            const int copies = server.copies(messageBody(6 * round + i));
            QVERIFY(copies <= 1);
            if (copies == 1 && response.phase == WirePhase::NotWritten)
                ++sentBehindOurBack;
        }
    }
    QCOMPARE(sentBehindOurBack, 0);
}

void NetLanesTest::t6_cancellingManyAtOnceFinishesEachOnce_data() {
    QTest::addColumn<bool>("newestFirst");
    QTest::newRow("oldest first") << false;
    QTest::newRow("newest first") << true;
}

void NetLanesTest::t6_cancellingManyAtOnceFinishesEachOnce() {
    QFETCH(bool, newestFirst);
    ScriptedServer server([](int, int) { return hanging(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 20);
    for (int i = 0; i < 500; ++i)
        exchanges.start(withDeadline(message(server, i), 60'000), peer);
    QVERIFY(server.waitForRequests(20));
    auto order = exchanges.started();
    if (newestFirst)
        std::reverse(order.begin(), order.end());
    for (const ExchangeId id : order)
        exchanges.port().cancel(id);
    QVERIFY(exchanges.eachFinishedOnce());
    int written = 0;
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Cancelled"));
        if (exchanges.of(id).phase != WirePhase::NotWritten)
            ++written;
    }
    QVERIFY(server.waitForNoConnections());
    // Whatever reached the server is owned up to.
    for (int i = 0; i < 500; ++i) {
        const int copies = server.copies(messageBody(i));
        QVERIFY2(copies <= 1, QByteArray::number(copies).constData());
        if (copies == 1)
            QVERIFY2(exchanges.of(exchanges.started()[static_cast<std::size_t>(i)]).phase != WirePhase::NotWritten,
                "arrived, and reported as not written");
    }
    QVERIFY(written >= static_cast<int>(server.requests().size()));
    QVERIFY2(newestFirst ? written == 20 : written >= 20, QByteArray::number(written).constData());
}

void NetLanesTest::t6_cancellingWhileAnswersArriveFinishesEachOnce() {
    ScriptedServer server([](int, int) { return answering(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 12);
    for (int i = 0; i < 1000; ++i) {
        const ExchangeId id = exchanges.start(message(server, i), peer);
        if (i >= 30 && i % 3 == 0)
            exchanges.port().cancel(id - 30);
    }
    QVERIFY(exchanges.eachFinishedOnce());
    for (std::size_t i = 0; i < exchanges.started().size(); ++i) {
        const HttpResponse response = exchanges.of(exchanges.started()[i]);
        const int copies = server.copies(messageBody(static_cast<int>(i)));
        QVERIFY(copies <= 1);
        if (copies == 1)
            QVERIFY(response.phase != WirePhase::NotWritten);
        if (response.failure == HttpFailure::None)
            QCOMPARE(copies, 1);
        else
            QCOMPARE(nameOf(response.failure), QByteArray("Cancelled"));
    }
}

void NetLanesTest::t7_destroyingThePoolFinishesWhatIsUnderWay_data() {
    QTest::addColumn<int>("laneCount");
    QTest::addColumn<int>("connections");
    QTest::newRow("1 lane, 1 connection") << 1 << 1;
    QTest::newRow("1 lane, 20 connections") << 1 << 20;
    QTest::newRow("4 lanes, 20 connections") << 4 << 20;
}

void NetLanesTest::t7_destroyingThePoolFinishesWhatIsUnderWay() {
    QFETCH(int, laneCount);
    QFETCH(int, connections);
    ScriptedServer server([](int, int) { return hanging(); });
    Exchanges exchanges(lanes(laneCount));
    exchanges.port().setConnections(peer, connections);
    for (int i = 0; i < 3 * connections; ++i)
        exchanges.start(withDeadline(message(server, i), 60'000), peer);
    QVERIFY(server.waitForRequests(connections));
    exchanges.destroyPool();
    int written = 0;
    for (int i = 0; i < 3 * connections; ++i) {
        const ExchangeId id = exchanges.started()[static_cast<std::size_t>(i)];
        QCOMPARE(exchanges.finishes(id), 1);
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Cancelled"));
        const bool arrived = server.copies(messageBody(i)) > 0;
        QCOMPARE(nameOf(exchanges.of(id).phase), arrived ? QByteArray("Written") : QByteArray("NotWritten"));
        written += arrived ? 1 : 0;
    }
    QCOMPARE(written, connections);
    QVERIFY(server.waitForNoConnections());
}

void NetLanesTest::t7_destroyingThePoolFinishesWhatWasStartedThisInstant_data() {
    QTest::addColumn<int>("laneCount");
    QTest::addColumn<bool>("cancelToo");
    QTest::newRow("1 lane") << 1 << false;
    QTest::newRow("4 lanes") << 4 << false;
    QTest::newRow("4 lanes, cancelled as well") << 4 << true;
}

void NetLanesTest::t7_destroyingThePoolFinishesWhatWasStartedThisInstant() {
    // A start may still be on its way to its lane when the pool goes.
    QFETCH(int, laneCount);
    QFETCH(bool, cancelToo);
    ScriptedServer server([](int, int) { return hanging(); });
    for (int round = 0; round < 50; ++round) {
        Exchanges exchanges(lanes(laneCount));
        exchanges.port().setConnections(peer, 6);
        for (int i = 0; i < 20; ++i)
            exchanges.start(withDeadline(message(server, 1000 * round + i), 60'000), peer);
        if (cancelToo) {
            for (const ExchangeId id : exchanges.started())
                exchanges.port().cancel(id);
        }
        exchanges.destroyPool();
        for (std::size_t i = 0; i < exchanges.started().size(); ++i) {
            const ExchangeId id = exchanges.started()[i];
            QCOMPARE(exchanges.finishes(id), 1);
            QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Cancelled"));
        }
    }
}

void NetLanesTest::t7_destroyingThePoolWhileAnswersArriveFinishesEachOnce() {
    ScriptedServer server([](int, int) { return answering(); });
    for (int round = 0; round < 20; ++round) {
        Exchanges exchanges(lanes(3));
        exchanges.port().setConnections(peer, 12);
        const std::size_t before = server.requests().size();
        for (int i = 0; i < 200; ++i)
            exchanges.start(message(server, 1000 * round + i), peer);
        QVERIFY(server.waitForRequests(static_cast<int>(before) + 20));
        exchanges.destroyPool();
        QVERIFY(server.waitForNoConnections());
        for (int i = 0; i < 200; ++i) {
            const ExchangeId id = exchanges.started()[static_cast<std::size_t>(i)];
            QCOMPARE(exchanges.finishes(id), 1);
            const int copies = server.copies(messageBody(1000 * round + i));
            QVERIFY(copies <= 1);
            if (copies == 1)
                QVERIFY(exchanges.of(id).phase != WirePhase::NotWritten);
        }
    }
}

void NetLanesTest::t9_threadsDoNotGrowWithTheNumberOfExchanges() {
    const auto threads = [] {
        return QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
    };
    ScriptedServer server([](int, int) { return answering(); });
    const auto before = threads();
    Exchanges exchanges(lanes(2));
    exchanges.port().setConnections(peer, 24);
    for (int i = 0; i < 2000; ++i)
        exchanges.start(message(server, i), peer);
    QVERIFY(exchanges.waitForAll());
    // Two lanes with two network managers each, which have one thread each; a few more are Qt's own.
    QVERIFY2(threads() - before <= 2 + 4 + 5, QByteArray::number(threads() - before).constData());
    QVERIFY(exchanges.eachFinishedOnce());
}

void NetLanesTest::t10_aLargeBacklogWaitsInsideThePortAndEachGetsItsOwnAnswer() {
    Plan echoing;
    echoing.answerTo = [](const SeenRequest &request) { return ok("answer to " + request.body); };
    ScriptedServer server([&](int, int) { return echoing; });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 20);
    constexpr int backlog = 5000;
    for (int i = 0; i < backlog; ++i)
        exchanges.start(message(server, i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (int i = 0; i < backlog; ++i) {
        const HttpResponse response = exchanges.of(exchanges.started()[static_cast<std::size_t>(i)]);
        QCOMPARE(nameOf(response.failure), QByteArray("None"));
        QCOMPARE(QByteArray::fromStdString(response.body), "answer to " + messageBody(i));
    }
    QCOMPARE(server.requests().size(), std::size_t(backlog));
    QVERIFY2(server.mostOpen() <= 20, QByteArray::number(server.mostOpen()).constData());
}

void NetLanesTest::t12_theHttpServerPreviewIsNotUsed() {
    int files = 0;
    for (const char *part : {"engine", "app", "ui"}) {
        QDirIterator it(QStringLiteral(SONGDA_SOURCE_DIR "/") + QLatin1String(part),
            {QStringLiteral("*.h"), QStringLiteral("*.cpp"), QStringLiteral("CMakeLists.txt")}, QDir::Files,
            QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            for (const char *word : {"<QHttpServer", "<QtHttpServer", "<QAbstractHttpServer", "Qt6::HttpServer"})
                QVERIFY2(!text.contains(word), qPrintable(file.fileName()));
            ++files;
        }
    }
    QVERIFY(files > 0);
}

QTEST_GUILESS_MAIN(NetLanesTest)
#include "net_lanes_test.moc"
