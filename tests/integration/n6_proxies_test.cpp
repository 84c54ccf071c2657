// SPDX-License-Identifier: GPL-3.0-or-later
//
// An account with a proxy. Everything goes through tunnels that it opens, exactly one POST for each attempt; what it does not let
// through was not written, and nothing that it says itself counts as sent.
#include "tests/free_port.h"
#include "tests/integration/proxy_stand_in.h"
#include "tests/integration/scripted_engine.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;

namespace {

const PeerKey peer{1};
using Manner = ProxyStandIn::Manner;

/// The platform under a name that only a proxy knows.
std::string namedBase(const ScriptedServer &platform) { return "http://platform.invalid:" + std::to_string(platform.port()); }

HttpRequest through(const std::string &proxy, const std::string &base, int number) {
    HttpRequest request = post(base + "/send?access_token=SECRET", "{\"n\":" + QByteArray::number(number) + "}");
    request.proxy = proxy;
    return request;
}

std::string wayOf(const ProxyStandIn &proxy, bool socks) { return socks ? proxy.socks() : proxy.http(); }

const QByteArray wantsPassword = answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"inside\"\r\n", "no");
const QByteArray badGateway = answer("502 Bad Gateway", "", "no");
const QByteArray page = "<html><body>Please log in</body></html>\n";

void setProxy(ScriptedEngine &engine, const std::string &proxy) {
    AccountChange change;
    change.proxy = proxy;
    must(engine.engine->changeAccount("main", change).result());
}

std::int64_t sendsTo(const ScriptedServer &platform) {
    const auto requests = platform.requests();
    return std::count_if(requests.begin(), requests.end(), isSend);
}

} // namespace

class N6ProxiesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingGoesThroughTheTunnelOnce_data();
    void everythingGoesThroughTheTunnelOnce();
    void aTunnelThatIsRefusedIsNotWritten_data();
    void aTunnelThatIsRefusedIsNotWritten();
    void aProxyThatIsNotThereIsNotWritten_data();
    void aProxyThatIsNotThereIsNotWritten();
    void aTunnelThatBreaksIsNotTriedAgain_data();
    void aTunnelThatBreaksIsNotTriedAgain();
    void aPageFromTheTunnelIsNoAnswer_data();
    void aPageFromTheTunnelIsNoAnswer();
    void everyProxyHasItsOwnConnections();
    void theEnvironmentHasNoSay();
    void whatIsNoProxyIsNoDirectWay();
    void proxiesOfAnAccountAreChecked();
    void aProxyThatWantsAPasswordHoldsTheAccount();
    void aProxyThatIsDownUsesNothingUp();
    void aProxyIsChangedWhileMessagesLeave();

private:
    LanePool::Options trusting() const {
        LanePool::Options options;
        options.extraRootsPem = m_authority.certificate();
        return options;
    }

    const Authority m_authority;
    const Identity m_identity = m_authority.issue({});
};

void N6ProxiesTest::everythingGoesThroughTheTunnelOnce_data() {
    QTest::addColumn<bool>("socks");
    QTest::addColumn<bool>("tls");
    QTest::newRow("CONNECT") << false << false;
    QTest::newRow("CONNECT, TLS inside") << false << true;
    QTest::newRow("SOCKS5") << true << false;
    QTest::newRow("SOCKS5, TLS inside") << true << true;
}

void N6ProxiesTest::everythingGoesThroughTheTunnelOnce() {
    QFETCH(bool, socks);
    QFETCH(bool, tls);
    constexpr int messages = 20;
    ScriptedServer::Options serving;
    if (tls)
        serving.tls = m_identity;
    ScriptedServer platform([](int, int) { return answering(ok()); }, serving);
    const ProxyStandIn proxy;
    const std::string base = tls ? platform.base() : namedBase(platform);
    Exchanges exchanges(trusting());
    exchanges.port().setConnections(peer, 2);
    for (int i = 0; i < messages; ++i)
        exchanges.start(through(wayOf(proxy, socks), base, i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Answered"));
        QCOMPARE(exchanges.of(id).status, 200);
    }
    QCOMPARE(platform.requests().size(), std::size_t(messages));
    for (int i = 0; i < messages; ++i)
        QCOMPARE(platform.copies("{\"n\":" + QByteArray::number(i) + "}"), 1);
    for (const SeenRequest &request : platform.requests()) {
        QCOMPARE(request.target, QByteArray("/send?access_token=SECRET")); // as to the platform itself
        QVERIFY(request.all("proxy-connection").empty() && request.all("proxy-authorization").empty());
    }
    const auto targets = proxy.targets();
    QVERIFY(static_cast<int>(targets.size()) >= platform.connections()); // none went without
    const QByteArray target = (tls ? "localhost:" : "platform.invalid:") + QByteArray::number(platform.port());
    for (const QByteArray &asked : targets)
        QCOMPARE(asked, target);
    QVERIFY(!proxy.heard().contains("SECRET"));
}

void N6ProxiesTest::aTunnelThatIsRefusedIsNotWritten_data() {
    QTest::addColumn<bool>("socks");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("failure");
    QTest::newRow("it wants a password") << false << wantsPassword << QByteArray("ProxyLogin");
    for (const char *status : {"403 Forbidden", "404 Not Found", "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "504 Gateway Timeout"})
        QTest::newRow(status) << false << answer(status, "Content-Type: text/html\r\n", page) << QByteArray("Proxy");
    QTest::newRow("a redirect") << false << answer("302 Found", "Location: http://127.0.0.1/login\r\n", "") << QByteArray("Proxy");
    // The libraries tell these in different ways.
    QTest::newRow("it closes without a word") << false << QByteArray() << QByteArray("Proxy|ConnectTimeout");
    QTest::newRow("SOCKS5, it wants a password") << true << QByteArray() << QByteArray("Proxy|ProxyLogin");
}

void N6ProxiesTest::aTunnelThatIsRefusedIsNotWritten() {
    QFETCH(bool, socks);
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, failure);
    ScriptedServer platform([](int, int) { return answering(ok()); });
    const ProxyStandIn proxy(Manner::Refuse, words);
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 2);
    for (int i = 0; i < 5; ++i)
        exchanges.start(through(wayOf(proxy, socks), platform.base(), i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        const HttpResponse response = exchanges.of(id);
        QCOMPARE(nameOf(response.phase), QByteArray("NotWritten"));
        QVERIFY2(failure.split('|').contains(nameOf(response.failure)), nameOf(response.failure).constData());
        QCOMPARE(response.status, 0);
        QVERIFY(response.body.empty() && !response.location);
    }
    QCOMPARE(platform.connections(), 0);
    QVERIFY(!proxy.heard().isEmpty());
    QVERIFY(!proxy.heard().contains("SECRET"));
}

void N6ProxiesTest::aProxyThatIsNotThereIsNotWritten_data() {
    QTest::addColumn<std::string>("proxy");
    const std::string port = std::to_string(songda::testing::freePort());
    QTest::newRow("CONNECT") << "http://127.0.0.1:" + port;
    QTest::newRow("SOCKS5") << "socks5h://127.0.0.1:" + port;
    QTest::newRow("CONNECT, no such name") << std::string("http://songda-proxy.invalid:3128");
}

void N6ProxiesTest::aProxyThatIsNotThereIsNotWritten() {
    QFETCH(std::string, proxy);
    ScriptedServer platform([](int, int) { return answering(ok()); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 2);
    for (int i = 0; i < 5; ++i)
        exchanges.start(through(proxy, platform.base(), i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Proxy"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
    }
    QCOMPARE(platform.connections(), 0);
}

void N6ProxiesTest::aTunnelThatBreaksIsNotTriedAgain_data() { everythingGoesThroughTheTunnelOnce_data(); }

void N6ProxiesTest::aTunnelThatBreaksIsNotTriedAgain() {
    QFETCH(bool, socks);
    QFETCH(bool, tls);
    ScriptedServer::Options serving;
    if (tls)
        serving.tls = m_identity;
    ScriptedServer platform([](int, int) { return answering(ok()); }, serving);
    const ProxyStandIn proxy(Manner::Drop);
    Exchanges exchanges(trusting());
    const ExchangeId id = exchanges.start(through(wayOf(proxy, socks), platform.base(), 1), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    const HttpResponse response = exchanges.of(id);
    QVERIFY(response.failure != HttpFailure::None);
    QCOMPARE(response.status, 0);
    // With TLS the first that comes back is of the handshake: the request never left.
    QCOMPARE(nameOf(response.phase), QByteArray(tls ? "NotWritten" : "Written"));
    QCOMPARE(platform.requests().size(), std::size_t(tls ? 0 : 1));
}

void N6ProxiesTest::aPageFromTheTunnelIsNoAnswer_data() {
    QTest::addColumn<bool>("socks");
    QTest::addColumn<bool>("http");
    QTest::newRow("CONNECT, a page") << false << true;
    QTest::newRow("CONNECT, nothing but HTML") << false << false;
    QTest::newRow("SOCKS5, a page") << true << true;
    QTest::newRow("SOCKS5, nothing but HTML") << true << false;
}

void N6ProxiesTest::aPageFromTheTunnelIsNoAnswer() {
    QFETCH(bool, socks);
    QFETCH(bool, http);
    ScriptedServer platform([](int, int) { return answering(ok()); });
    const ProxyStandIn proxy(Manner::Speak, http ? answer("200 OK", "Content-Type: text/html\r\n", page) : page);
    Exchanges exchanges;
    const ExchangeId id = exchanges.start(through(wayOf(proxy, socks), platform.base(), 1), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    const HttpResponse response = exchanges.of(id);
    // It may have been written anywhere, so it is open what became of it; the page itself is graded as such.
    QCOMPARE(nameOf(response.phase), QByteArray(http ? "Answered" : "Written"));
    QCOMPARE(response.status, http ? 200 : 0);
    QCOMPARE(QByteArray::fromStdString(response.body), http ? page : QByteArray());
    QVERIFY(http || response.failure != HttpFailure::None);
    QCOMPARE(platform.connections(), 0);
}

void N6ProxiesTest::everyProxyHasItsOwnConnections() {
    constexpr int messages = 30;
    ScriptedServer platform([](int, int) { return answering(ok()); });
    const ProxyStandIn first;
    const ProxyStandIn second;
    const std::vector<std::string> ways{first.http(), second.http(), second.socks(), ""};
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 4);
    for (int i = 0; i < messages; ++i) {
        HttpRequest request = through(ways[static_cast<std::size_t>(i) % ways.size()], platform.base(), i);
        request.url = platform.base() + "/send?way=" + std::to_string(static_cast<std::size_t>(i) % ways.size());
        exchanges.start(request, peer);
    }
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started())
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    for (int i = 0; i < messages; ++i)
        QCOMPARE(platform.copies("{\"n\":" + QByteArray::number(i) + "}"), 1);
    std::map<int, std::set<QByteArray>> waysOf;
    for (const SeenRequest &request : platform.requests())
        waysOf[request.connection].insert(request.target);
    for (const auto &[connection, targets] : waysOf)
        QVERIFY2(targets.size() == 1, QByteArray::number(connection).constData());
    QVERIFY(!first.targets().empty() && !second.targets().empty());
}

void N6ProxiesTest::theEnvironmentHasNoSay() {
    ScriptedServer platform([](int, int) { return answering(ok()); });
    const ProxyStandIn named;
    const ProxyStandIn fromOutside;
    const std::pair<const char *, QByteArray> settings[]{{"http_proxy", QByteArray::fromStdString(fromOutside.http())},
        {"ALL_PROXY", QByteArray::fromStdString(fromOutside.http())}, {"no_proxy", "*"}, {"NO_PROXY", "*"}};
    for (const auto &[name, value] : settings)
        qputenv(name, value);
    Exchanges exchanges;
    const ExchangeId straight = exchanges.start(through("", platform.base(), 1), peer);
    const ExchangeId byProxy = exchanges.start(through(named.http(), platform.base(), 2), peer);
    const bool finished = exchanges.eachFinishedOnce();
    for (const auto &[name, value] : settings)
        qunsetenv(name);
    QVERIFY(finished);
    QCOMPARE(exchanges.of(straight).status, 200);
    QCOMPARE(exchanges.of(byProxy).status, 200);
    QCOMPARE(named.targets().size(), std::size_t(1));
    QVERIFY(fromOutside.targets().empty());
}

void N6ProxiesTest::whatIsNoProxyIsNoDirectWay() {
    ScriptedServer platform([](int, int) { return answering(ok()); });
    Exchanges exchanges;
    const ExchangeId id = exchanges.start(through("ftp://127.0.0.1:21", platform.base(), 1), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QVERIFY(exchanges.of(id).failure != HttpFailure::None);
    QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
    QCOMPARE(platform.connections(), 0);
}

void N6ProxiesTest::proxiesOfAnAccountAreChecked() {
    ScriptedServer platform([](int, int) { return workingPlatform(); });
    ScriptedEngine engine({.apiBase = platform.base(), .roots = {}});
    const auto kept = [&] { return must(engine.engine->accounts().result()).at(0).proxy; };
    QCOMPARE(kept(), std::string());
    setProxy(engine, "SOCKS5://127.0.0.1:1080/");
    QCOMPARE(kept(), std::string("socks5h://127.0.0.1:1080"));
    for (const char *bad : {"nonsense", "http://user:password@127.0.0.1:3128", "http://169.254.169.254:3128"}) {
        AccountChange change;
        change.proxy = bad;
        const auto done = engine.engine->changeAccount("main", change).result();
        QVERIFY2(!done && done.error().code == ErrorCode::InvalidInput, bad);
        QVERIFY2(done.error().detail.find("password@") == std::string::npos, bad);
    }
    QCOMPARE(kept(), std::string("socks5h://127.0.0.1:1080"));
    AccountChange other; // a change of something else leaves it
    other.burst = 7;
    must(engine.engine->changeAccount("main", other).result());
    QCOMPARE(kept(), std::string("socks5h://127.0.0.1:1080"));
    setProxy(engine, "");
    QCOMPARE(kept(), std::string());
}

void N6ProxiesTest::aProxyThatWantsAPasswordHoldsTheAccount() {
    constexpr int messages = 20;
    ScriptedServer platform([](int, int) { return workingPlatform(); });
    const ProxyStandIn asking(Manner::Refuse, wantsPassword);
    const ProxyStandIn good;
    ScriptedEngine engine({.apiBase = platform.base(), .roots = {}});
    setProxy(engine, asking.http());
    engine.queue(messages);
    engine.start();
    QVERIFY(engine.runUntil([](const Snapshot &s) { return s.accounts.at(0).hold.has_value(); }));
    QCOMPARE(engine.engine->snapshot().accounts.at(0).hold.value().cause, std::string("proxy_login"));
    QVERIFY(engine.engine->causeWords("proxy_login", false).known);
    QCOMPARE(platform.connections(), 0);
    QCOMPARE(engine.number("SELECT count(*) FROM message WHERE state = 1 AND id NOT IN (SELECT message_id FROM attempt)"), messages);

    // With another one it goes on by itself.
    setProxy(engine, good.http());
    QVERIFY(engine.runUntil([](const Snapshot &s) { return s.counts[MessageState::Accepted] == messages && !s.accounts.at(0).hold; }));
    QCOMPARE(sendsTo(platform), messages);
    QVERIFY(!good.targets().empty());
    // A person who asks goes the same way.
    const std::size_t before = good.targets().size();
    QVERIFY(must(engine.engine->testAccount("main").result()).token);
    QVERIFY(good.targets().size() > before);
    QVERIFY(static_cast<int>(good.targets().size()) >= platform.connections()); // none went without
    engine.stop();
    QCOMPARE(QByteArray::fromStdString(engine.broken()), QByteArray());
}

void N6ProxiesTest::aProxyThatIsDownUsesNothingUp() {
    constexpr int messages = 40;
    ScriptedServer platform([](int, int) { return workingPlatform(); });
    ProxyStandIn proxy;
    ScriptedEngine engine({.apiBase = platform.base(), .roots = {}, .connections = 2, .rate = 20, .burst = 1});
    setProxy(engine, proxy.http());
    engine.queue(messages);
    engine.start();
    QVERIFY(engine.runUntil([](const Snapshot &s) { return s.counts[MessageState::Accepted] >= 5; }));
    proxy.behave(Manner::Refuse, badGateway);
    platform.hangUp(); // the tunnels that stand
    QVERIFY(engine.runUntil([](const Snapshot &s) { return s.accounts.at(0).gate == Gate::Offline; }));
    proxy.behave(Manner::Carry);
    QVERIFY(engine.runUntil([](const Snapshot &s) { return s.counts[MessageState::Accepted] == messages; }));
    engine.stop();
    QVERIFY(engine.number("SELECT count(*) FROM attempt WHERE phase = 1 AND cause = 'proxy'") >= 1);
    QCOMPARE(engine.number("SELECT count(*) FROM attempt WHERE phase = 1 AND counted <> 0"), 0);
    QVERIFY(sendsTo(platform) >= messages);
    QVERIFY(sendsTo(platform) <= engine.number("SELECT count(*) FROM attempt WHERE phase IN (2, 3)"));
    QCOMPARE(QByteArray::fromStdString(engine.broken()), QByteArray());
}

void N6ProxiesTest::aProxyIsChangedWhileMessagesLeave() {
    constexpr int messages = 200;
    ScriptedServer platform([](int, int) { return workingPlatform(); });
    const ProxyStandIn first;
    const ProxyStandIn second;
    ScriptedEngine engine({.apiBase = platform.base(), .roots = {}, .connections = 4, .rate = 100, .burst = 1});
    setProxy(engine, first.http());
    engine.queue(messages);
    engine.start();
    QVERIFY(engine.runUntil([](const Snapshot &s) { return s.counts[MessageState::Accepted] >= 50; }));
    QVERIFY(second.targets().empty());
    setProxy(engine, second.socks());
    QVERIFY(engine.runUntil([](const Snapshot &s) { return s.counts[MessageState::Accepted] == messages; }));
    const auto tunnels = static_cast<int>(first.targets().size() + second.targets().size());
    engine.stop();
    QVERIFY(!first.targets().empty() && !second.targets().empty());
    QVERIFY(platform.connections() <= tunnels); // none went without
    QCOMPARE(sendsTo(platform), messages);
    QCOMPARE(engine.number("SELECT count(*) FROM attempt WHERE phase IN (2, 3)"), messages);
    QCOMPARE(QByteArray::fromStdString(engine.broken()), QByteArray());
}

QTEST_GUILESS_MAIN(N6ProxiesTest)
#include "n6_proxies_test.moc"
