// SPDX-License-Identifier: GPL-3.0-or-later
//
// H12 for hooks: however an address is spelt, and whatever its name comes to mean later, the connection goes to an address
// that was judged, or nowhere.
#include "engine/net/web_client.h"
#include "tests/integration/engine_fixture.h"
#include "tests/integration/scripted_server.h"

#include <QTest>
#include <condition_variable>
#include <mutex>

using namespace songda;
using namespace songda::testing;
using net::WebAnswer;
using net::WebClient;
using net::WebRequest;
using net::testing::Plan;
using net::testing::ScriptedServer;

namespace {

/// A client that waits for each answer.
class Asking {
public:
    explicit Asking(WebClient::Options options = {})
        : m_client(std::move(options), [this](WebAnswer answer) {
            const std::lock_guard lock(m_mutex);
            m_answer = std::move(answer);
            m_came.notify_all();
        }) {}

    WebAnswer ask(const std::string &url, bool allowPrivate = false) {
        WebRequest request;
        request.id = ++m_id;
        request.url = url;
        request.body = "secret body";
        request.headers = {{"webhook-id", "evt_1"}};
        request.allowPrivate = allowPrivate;
        std::unique_lock lock(m_mutex);
        m_answer.reset();
        m_client.start(std::move(request));
        if (!m_came.wait_for(lock, std::chrono::seconds(30), [this] { return m_answer.has_value(); }))
            qFatal("no end");
        return *m_answer;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_came;
    std::optional<WebAnswer> m_answer;
    std::uint64_t m_id = 0;
    WebClient m_client; ///< last: its thread calls back
};

Plan ok() { return net::testing::answering(net::testing::ok()); }

} // namespace

class H12AddressesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void spellings_data();
    void spellings();
    void whatIsNeverMeant_data();
    void whatIsNeverMeant();
    void redirectsAreNotFollowed_data();
    void redirectsAreNotFollowed();
    void aNameThatChangesHelpsNobody();
    void aNameWithOneBadAddressIsNotCalled();
    void aKeptConnectionIsJudgedAnew();
    void onlyTheBeginningOfAnAnswerIsRead();
    void silenceEnds();
    void noProxyIsAsked();
    void enteredAddresses_data();
    void enteredAddresses();
};

void H12AddressesTest::spellings_data() {
    QTest::addColumn<QByteArray>("host");
    for (const char *host : {"127.0.0.1", "localhost", "LOCALHOST", "localhost.", "2130706433", "0x7f000001", "0x7F.0x0.0x0.0x1", "017700000001", "0177.0.0.01",
             "127.1", "127.0.1", "127.0.0.1.", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "127.255.255.254",
             "%31%32%37.0.0.1"})
        QTest::newRow(host) << QByteArray(host);
}

void H12AddressesTest::spellings() {
    QFETCH(QByteArray, host);
    ScriptedServer server([](int, int) { return ok(); });
    Asking client;
    const std::string url = "http://" + host.toStdString() + ":" + std::to_string(server.port()) + "/";
    const WebAnswer answer = client.ask(url);
    QCOMPARE(answer.status, 0);
    QVERIFY(!answer.detail.empty());
    QCOMPARE(server.connections(), 0);
    // Named as meant, those that are this machine are called: the refusal was about the address, and not a failure.
    const bool isThisMachine = !host.startsWith('0') || host.startsWith("0x7") || host.startsWith("017");
    if (isThisMachine && !host.startsWith('[') && host != "127.255.255.254")
        QVERIFY2(client.ask(url, true).status == 200 || host.contains('%') || host.endsWith('.'), host);
}

void H12AddressesTest::whatIsNeverMeant_data() {
    QTest::addColumn<QByteArray>("host");
    for (const char *host : {"169.254.169.254", "[::ffff:169.254.169.254]", "2852039166", "0xa9fea9fe", "169.254.10.10", "[fe80::1]", "[fd00:ec2::254]", "100.100.100.200",
             "0.0.0.0", "224.0.0.1", "255.255.255.255", "[ff02::1]", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::1]"})
        QTest::newRow(host) << QByteArray(host);
}

void H12AddressesTest::whatIsNeverMeant() {
    QFETCH(QByteArray, host);
    WebClient::Options options;
    options.connectDeadline = Millis{1000};
    Asking client(options);
    for (const bool allowPrivate : {false, true}) {
        const WebAnswer answer = client.ask("http://" + host.toStdString() + "/latest/meta-data/", allowPrivate);
        QCOMPARE(answer.status, 0);
        QVERIFY2(answer.detail.find("is not called") != std::string::npos, answer.detail.c_str());
    }
}

void H12AddressesTest::redirectsAreNotFollowed_data() {
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::newRow(QByteArray::number(status).constData()) << status;
}

void H12AddressesTest::redirectsAreNotFollowed() {
    QFETCH(int, status);
    ScriptedServer inside([](int, int) { return ok(); });
    const QByteArray location = "Location: " + QByteArray::fromStdString(inside.base()) + "/inside\r\n";
    ScriptedServer server([&](int, int) { return net::testing::answering(net::testing::answer(QByteArray::number(status) + " Go", location, "")); });
    Asking client;
    const WebAnswer answer = client.ask(server.base() + "/", true);
    QCOMPARE(answer.status, status);
    QVERIFY(answer.detail.find("not followed") != std::string::npos);
    QCOMPARE(server.requests().size(), std::size_t{1});
    QCOMPARE(inside.connections(), 0);
}

void H12AddressesTest::aNameThatChangesHelpsNobody() {
    // 127.0.0.2 plays a public address here; the name means that at first, and this machine's own a moment later.
    ScriptedServer server([](int, int) { return net::testing::answering(net::testing::ok(), Plan::End::Close); });
    const std::string port = std::to_string(server.port());
    std::vector<IpBytes> judged;
    const auto guard = [&](const IpBytes &address, bool) {
        judged.push_back(address);
        return address == mappedV4(127, 0, 0, 2);
    };
    WebClient::Options first;
    first.guard = guard;
    first.names = {"hooks.example.com:" + port + ":127.0.0.2"};
    WebClient::Options second = first;
    second.names = {"hooks.example.com:" + port + ":127.0.0.1"};
    const std::string url = "http://hooks.example.com:" + port + "/";
    // The server listens on 127.0.0.1 alone, so the "public" one fails at connecting, after it was judged.
    Asking(first).ask(url);
    QCOMPARE(judged.size(), std::size_t{1});
    const WebAnswer answer = Asking(second).ask(url);
    QCOMPARE(answer.status, 0);
    QVERIFY(answer.detail.find("127.0.0.1") != std::string::npos);
    QVERIFY(judged.back() == mappedV4(127, 0, 0, 1)); // what is judged is what would be called
    QCOMPARE(server.connections(), 0);
}

void H12AddressesTest::aNameWithOneBadAddressIsNotCalled() {
    ScriptedServer server([](int, int) { return ok(); });
    const std::string port = std::to_string(server.port());
    WebClient::Options options;
    options.guard = [](const IpBytes &address, bool) { return address == mappedV4(127, 0, 0, 1); };
    options.names = {"hooks.example.com:" + port + ":10.0.0.7,127.0.0.1"};
    const WebAnswer answer = Asking(options).ask("http://hooks.example.com:" + port + "/");
    QCOMPARE(answer.status, 0);
    QVERIFY(answer.detail.find("10.0.0.7") != std::string::npos);
    QCOMPARE(server.requestBytes(), 0);
}

void H12AddressesTest::aKeptConnectionIsJudgedAnew() {
    ScriptedServer server([](int, int) { return ok(); });
    Asking client;
    // One hook's host is meant to be this machine; another hook goes by the same name and is not allowed to.
    QCOMPARE(client.ask(server.base() + "/", true).status, 200);
    const WebAnswer answer = client.ask(server.base() + "/other");
    QCOMPARE(answer.status, 0);
    QVERIFY2(answer.detail.find("is not called") != std::string::npos, answer.detail.c_str());
    QCOMPARE(server.requests().size(), std::size_t{1});
    QCOMPARE(client.ask(server.base() + "/", true).status, 200);
}

void H12AddressesTest::onlyTheBeginningOfAnAnswerIsRead() {
    ScriptedServer server([](int, int) {
        Plan plan;
        plan.answer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
        plan.endless = QByteArray(65'536, 'x');
        return plan;
    });
    WebClient::Options options;
    options.deadline = Millis{10'000};
    const WebAnswer answer = Asking(options).ask(server.base() + "/", true);
    QCOMPARE(answer.status, 200); // its status is its word
    QVERIFY(answer.latency < std::chrono::seconds{9});
    QVERIFY(server.waitForNoConnections());
}

void H12AddressesTest::silenceEnds() {
    ScriptedServer server([](int, int) {
        Plan plan;
        plan.end = Plan::End::Hang;
        return plan;
    });
    WebClient::Options options;
    options.deadline = Millis{500};
    const WebAnswer answer = Asking(options).ask(server.base() + "/", true);
    QCOMPARE(answer.status, 0);
    QCOMPARE(answer.detail, std::string("no answer in time"));
}

void H12AddressesTest::noProxyIsAsked() {
    ScriptedServer proxy([](int, int) { return ok(); });
    ScriptedServer server([](int, int) { return ok(); });
    for (const char *name : {"http_proxy", "https_proxy", "ALL_PROXY"})
        qputenv(name, QByteArray::fromStdString(proxy.base()));
    QCOMPARE(Asking().ask(server.base() + "/", true).status, 200);
    for (const char *name : {"http_proxy", "https_proxy", "ALL_PROXY"})
        qunsetenv(name);
    QCOMPARE(proxy.connections(), 0);
}

void H12AddressesTest::enteredAddresses_data() {
    QTest::addColumn<bool>("allowPrivate");
    QTest::addColumn<bool>("good");
    const auto row = [](const char *url, bool allowPrivate, bool good) {
        QTest::addRow("%s%s", url, allowPrivate ? " as meant" : "") << allowPrivate << good;
    };
    row("https://127.0.0.1/", false, false);
    row("https://127.0.0.1/", true, true);
    row("https://localhost/", false, false);
    row("https://10.1.2.3/", false, false);
    row("https://10.1.2.3/", true, true);
    row("https://2130706433/", false, false);
    row("https://0x7f.1/", false, false);
    row("https://[::1]/", false, false);
    row("https://[::ffff:10.0.0.1]/", false, false);
    row("https://169.254.169.254/", false, false);
    row("https://169.254.169.254/", true, false);
    row("https://[fe80::1]/", true, false);
    row("https://user:password@8.8.8.8/", false, false);
    row("http://8.8.8.8/", false, false); // nobody reads what became of messages on the way
    row("https://8.8.8.8/", false, true);
    row("https://nobody.invalid/", false, true); // may come to be; judged when it is called
}

void H12AddressesTest::enteredAddresses() {
    QFETCH(bool, allowPrivate);
    QFETCH(bool, good);
    static EngineFixture base;
    const auto engine = base.open(EngineOptions::Role::Tool);
    const std::string url = QByteArray(QTest::currentDataTag()).replace(" as meant", "").toStdString();
    const auto issued = engine->addHook({url, HookStates::all(), {}, allowPrivate}).result();
    QVERIFY2(issued.has_value() == good, issued ? "" : issued.error().detail.c_str());
    if (!issued)
        QVERIFY(issued.error().code == ErrorCode::InvalidInput);
}

QTEST_GUILESS_MAIN(H12AddressesTest)
#include "h12_addresses_test.moc"
