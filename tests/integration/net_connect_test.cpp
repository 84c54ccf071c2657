// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"

#include <QTcpServer>
#include <QTest>
#include <array>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace std::chrono_literals;
using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;

namespace {

const PeerKey peer{1};

ScriptedServer::Options serving(const Identity &identity) {
    ScriptedServer::Options options;
    options.tls = identity;
    return options;
}

LanePool::Options trusting(const QByteArray &roots) {
    LanePool::Options options;
    options.extraRootsPem = roots;
    return options;
}

HttpRequest sending(const std::string &base, int number = 0) {
    return post(base + "/send?access_token=SECRET", "{\"n\":" + QByteArray::number(number) + ",\"secret\":\"SECRET\"}");
}

/// A loopback port that takes no connection: its queue of those to accept is full.
class FullHouse {
public:
    FullHouse() {
        m_listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(m_listener, 0) != 0
            || ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size) != 0)
            qFatal("cannot listen on the loopback interface");
        m_port = ntohs(address.sin_port);
        for (int &guest : m_guests) {
            guest = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            (void)::connect(guest, reinterpret_cast<sockaddr *>(&address), size);
        }
    }
    ~FullHouse() {
        for (const int guest : m_guests)
            ::close(guest);
        ::close(m_listener);
    }
    FullHouse(const FullHouse &) = delete;
    FullHouse &operator=(const FullHouse &) = delete;
    std::string host() const { return "127.0.0.1:" + std::to_string(m_port); }

private:
    int m_listener = -1;
    std::array<int, 8> m_guests{};
    quint16 m_port = 0;
};

quint16 unusedPort() {
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("cannot listen on the loopback interface");
    return server.serverPort();
}

} // namespace

class NetConnectTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTrustedPeerIsServed();
    void oneOfSeveralRootsIsEnough();
    void aRefusedCertificateMayBeRepaired();
    void tlsToAPortThatSpeaksHttpFails();
    void httpToAPortThatSpeaksTlsFails();
    void aNameThatDoesNotResolve_data();
    void aNameThatDoesNotResolve();
    void aRefusedPort_data();
    void aRefusedPort();
    void aPeerThatTakesNoConnection_data();
    void aPeerThatTakesNoConnection();
    void aPeerThatNeverAnswersTheHandshake();
    void theConnectDeadlineDoesNotCutAnAnswer();
    void theWholeDeadlineHoldsWhileConnecting();
    void requestsBehindAConnectThatFailsAreServed();
    void manyFailingConnectsFinishEachOnce();

private:
    const Authority m_authority;
    const Authority m_stranger;
};

void NetConnectTest::aTrustedPeerIsServed() {
    ScriptedServer server([](int, int) { return answering(); }, serving(m_authority.issue({})));
    Exchanges exchanges(trusting(m_authority.certificate()));
    exchanges.port().setConnections(peer, 4);
    for (int i = 0; i < 40; ++i)
        exchanges.start(sending(server.base(), i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Answered"));
        QCOMPARE(exchanges.of(id).status, 200);
    }
    QCOMPARE(server.requests().size(), std::size_t(40));
    QVERIFY(server.mostOpen() <= 4);
}

void NetConnectTest::oneOfSeveralRootsIsEnough() {
    ScriptedServer first([](int, int) { return answering(); }, serving(m_authority.issue({})));
    ScriptedServer second([](int, int) { return answering(); }, serving(m_stranger.issue({})));
    Exchanges exchanges(trusting(m_stranger.certificate() + m_authority.certificate()));
    const ExchangeId a = exchanges.start(sending(first.base()), peer);
    const ExchangeId b = exchanges.start(sending(second.base()), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(a).failure), QByteArray("None"));
    QCOMPARE(nameOf(exchanges.of(b).failure), QByteArray("None"));
}

void NetConnectTest::aRefusedCertificateMayBeRepaired() {
    ScriptedServer server([](int, int) { return answering(); }, serving(Authority::selfSigned({})));
    Exchanges exchanges(trusting(m_authority.certificate()));
    exchanges.port().setConnections(peer, 1);
    const ExchangeId before = exchanges.start(sending(server.base(), 1), peer);
    QVERIFY(exchanges.waitFor(before));
    server.setIdentity(m_authority.issue({}));
    const ExchangeId after = exchanges.start(sending(server.base(), 2), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(before).failure), QByteArray("TlsUntrusted"));
    QCOMPARE(nameOf(exchanges.of(after).failure), QByteArray("None"));
}

void NetConnectTest::tlsToAPortThatSpeaksHttpFails() {
    ScriptedServer server([](int, int) {
        Plan plan;
        plan.afterBytes = 1;
        plan.answer = answer("400 Bad Request", "", "");
        plan.end = Plan::End::Close;
        return plan;
    });
    Exchanges exchanges;
    const ExchangeId id = exchanges.start(sending("https" + server.base().substr(4)), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("TlsHandshake"));
    QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
    QCOMPARE(server.requests().size(), std::size_t(0));
}

void NetConnectTest::httpToAPortThatSpeaksTlsFails() {
    ScriptedServer server([](int, int) { return answering(); }, serving(m_authority.issue({})));
    Exchanges exchanges(trusting(m_authority.certificate()));
    const ExchangeId id = exchanges.start(sending("http" + server.base().substr(5)), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QVERIFY(exchanges.of(id).failure != HttpFailure::None);
    QCOMPARE(exchanges.of(id).status, 0);
    QCOMPARE(server.requestBytes(), qint64(0));
}

void NetConnectTest::aNameThatDoesNotResolve_data() {
    QTest::addColumn<QByteArray>("base");
    QTest::newRow("http") << QByteArray("http://songda-test.invalid");
    QTest::newRow("https") << QByteArray("https://songda-test.invalid");
}

void NetConnectTest::aNameThatDoesNotResolve() {
    QFETCH(QByteArray, base);
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 2);
    for (int i = 0; i < 6; ++i)
        exchanges.start(sending(base.toStdString(), i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("NameLookup"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
        QVERIFY(!textOf(exchanges.of(id)).contains("SECRET"));
    }
}

void NetConnectTest::aRefusedPort_data() {
    QTest::addColumn<QByteArray>("base");
    QTest::newRow("http") << QByteArray("http://127.0.0.1:");
    QTest::newRow("http, by name") << QByteArray("http://localhost:");
    QTest::newRow("https") << QByteArray("https://localhost:");
}

void NetConnectTest::aRefusedPort() {
    QFETCH(QByteArray, base);
    const std::string url = base.toStdString() + std::to_string(unusedPort());
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 2);
    for (int i = 0; i < 20; ++i)
        exchanges.start(sending(url, i), peer);
    exchanges.start(post(url + "/send", ""), peer);
    exchanges.start(get(url + "/token?secret=SECRET"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("ConnectionRefused"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
        QVERIFY(!textOf(exchanges.of(id)).contains("SECRET"));
    }
}

void NetConnectTest::aPeerThatTakesNoConnection_data() {
    QTest::addColumn<QByteArray>("scheme");
    QTest::newRow("http") << QByteArray("http://");
    QTest::newRow("https") << QByteArray("https://");
}

void NetConnectTest::aPeerThatTakesNoConnection() {
    QFETCH(QByteArray, scheme);
    const FullHouse house;
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 3);
    std::vector<HttpRequest> requests(4, sending(scheme.toStdString() + house.host()));
    requests.push_back(get(scheme.toStdString() + house.host() + "/token"));
    requests.push_back(post(scheme.toStdString() + house.host() + "/send", ""));
    for (HttpRequest &request : requests) {
        request.connectDeadline = Millis(400);
        request.deadline = Millis(60'000);
        exchanges.start(request, peer);
    }
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("ConnectTimeout"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
    }
}

void NetConnectTest::aPeerThatNeverAnswersTheHandshake() {
    ScriptedServer::Options options;
    options.insteadOfTls = "";
    options.afterInsteadOfTls = Plan::End::Hang;
    ScriptedServer server([](int, int) { return answering(); }, options);
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 3);
    for (int i = 0; i < 6; ++i) {
        HttpRequest request = sending(server.base(), i);
        request.connectDeadline = Millis(400);
        request.deadline = Millis(60'000);
        exchanges.start(request, peer);
    }
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("ConnectTimeout"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
    }
}

void NetConnectTest::theConnectDeadlineDoesNotCutAnAnswer() {
    // The answer comes long after the time to connect: one byte at a time.
    Plan slow = answering();
    slow.answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    slow.drip = std::chrono::milliseconds(40);
    ScriptedServer server([&](int, int) { return slow; });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 2);
    HttpRequest request = sending(server.base());
    request.connectDeadline = Millis(700);
    exchanges.start(request, peer);
    request = get(server.base() + "/token");
    request.connectDeadline = Millis(700);
    exchanges.start(request, peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
        QCOMPARE(QByteArray::fromStdString(exchanges.of(id).body), QByteArray("{}"));
    }
}

void NetConnectTest::theWholeDeadlineHoldsWhileConnecting() {
    const FullHouse house;
    Exchanges exchanges;
    HttpRequest request = sending("http://" + house.host());
    request.connectDeadline = Millis(60'000);
    request.deadline = Millis(400);
    const ExchangeId id = exchanges.start(request, peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Timeout"));
    QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
}

void NetConnectTest::requestsBehindAConnectThatFailsAreServed() {
    // All of one peer, on its only connection: the bad ones must not spoil the good one.
    const FullHouse house;
    ScriptedServer server([](int, int) { return answering(); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    HttpRequest stuck = sending("http://" + house.host());
    stuck.connectDeadline = Millis(300);
    exchanges.start(stuck, peer);
    exchanges.start(sending("http://127.0.0.1:" + std::to_string(unusedPort())), peer);
    const ExchangeId good = exchanges.start(sending(server.base()), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(1).failure), QByteArray("ConnectTimeout"));
    QCOMPARE(nameOf(exchanges.of(2).failure), QByteArray("ConnectionRefused"));
    QCOMPARE(nameOf(exchanges.of(good).failure), QByteArray("None"));
}

void NetConnectTest::manyFailingConnectsFinishEachOnce() {
    const std::string url = "http://127.0.0.1:" + std::to_string(unusedPort());
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 20);
    for (int i = 0; i < 1000; ++i)
        exchanges.start(sending(url, i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started())
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("ConnectionRefused"));
}

QTEST_GUILESS_MAIN(NetConnectTest)
#include "net_connect_test.moc"
