// SPDX-License-Identifier: GPL-3.0-or-later
//
// What answers is not the platform but something on the way to it: a redirect, a proxy that wants a password, a page to log
// in. Exactly one POST leaves for each attempt, none goes elsewhere, and nothing counts as sent.
#include "tests/integration/scripted_engine.h"

#include <QTest>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;

namespace {

const PeerKey peer{1};

/// One POST to a server that answers everything in one way.
struct Told {
    HttpResponse response;
    std::vector<SeenRequest> seen;
};

Told tell(const Plan &plan, int deadline = 15000) {
    ScriptedServer server([&](int, int) { return plan; });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 6);
    HttpRequest request = post(server.base() + "/send?access_token=SECRET", "{\"touser\":\"o1\"}");
    request.deadline = Millis(deadline);
    const ExchangeId id = exchanges.start(request, peer);
    if (!exchanges.eachFinishedOnce())
        qFatal("the exchange did not finish exactly once");
    return {exchanges.of(id), server.requests()};
}

} // namespace

class N6RedirectsAndPortalsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noRedirectIsFollowed_data();
    void noRedirectIsFollowed();
    void noRedirectOfAGetIsFollowed_data();
    void noRedirectOfAGetIsFollowed();
    void noRedirectLeavesTlsOrReachesInside_data();
    void noRedirectLeavesTlsOrReachesInside();
    void aPortalsPageComesBackAsItIs();
    void askingForAPasswordIsAnAnswer_data();
    void askingForAPasswordIsAnAnswer();
    void theEngineTakesNoneOfThemForThePlatform_data();
    void theEngineTakesNoneOfThemForThePlatform();

private:
    const Authority m_authority;
    const Identity m_identity = m_authority.issue({});
};

void N6RedirectsAndPortalsTest::noRedirectIsFollowed_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("elsewhere");
    for (const int status : {300, 301, 302, 303, 307, 308}) {
        QTest::addRow("%d to itself", status) << status << false;
        QTest::addRow("%d to another port", status) << status << true;
    }
}

void N6RedirectsAndPortalsTest::noRedirectIsFollowed() {
    QFETCH(int, status);
    QFETCH(bool, elsewhere);
    ScriptedServer other([](int, int) { return answering(ok()); });
    std::string target;
    ScriptedServer server([&](int, int) {
        return answering(answer(QByteArray::number(status) + " Moved",
            "Location: " + QByteArray::fromStdString(target) + "?access_token=SECRET\r\n", ""));
    });
    target = (elsewhere ? other.base() : server.base()) + "/send";
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 2);
    for (int i = 0; i < 20; ++i)
        exchanges.start(post(server.base() + "/send?access_token=SECRET", "{\"n\":" + QByteArray::number(i) + "}"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        const HttpResponse response = exchanges.of(id);
        QCOMPARE(response.status, status);
        QCOMPARE(nameOf(response.phase), QByteArray("Answered"));
        QCOMPARE(nameOf(response.failure), QByteArray("None"));
        QCOMPARE(response.location, std::optional<std::string>(target));
        QVERIFY(!textOf(response).contains("SECRET"));
    }
    QCOMPARE(server.requests().size(), std::size_t(20));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(server.copies("{\"n\":" + QByteArray::number(i) + "}"), 1);
    QCOMPARE(other.connections(), 0);
}

void N6RedirectsAndPortalsTest::noRedirectOfAGetIsFollowed_data() { noRedirectIsFollowed_data(); }

void N6RedirectsAndPortalsTest::noRedirectOfAGetIsFollowed() {
    QFETCH(int, status);
    QFETCH(bool, elsewhere);
    ScriptedServer other([](int, int) { return answering(ok()); });
    std::string target;
    ScriptedServer server([&](int, int) {
        return answering(
            answer(QByteArray::number(status) + " Moved", "Location: " + QByteArray::fromStdString(target) + "\r\n", ""));
    });
    target = (elsewhere ? other.base() : server.base()) + "/token";
    Exchanges exchanges;
    const ExchangeId id = exchanges.start(get(server.base() + "/token?secret=SECRET"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(exchanges.of(id).status, status);
    QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Answered"));
    QCOMPARE(server.requests().size(), std::size_t(1));
    QCOMPARE(other.connections(), 0);
}

void N6RedirectsAndPortalsTest::aPortalsPageComesBackAsItIs() {
    const QByteArray page = "<html><body>Please log in</body></html>";
    const Told told = tell(answering(answer("200 OK", "Content-Type: text/html; charset=gbk\r\n", page)));
    QCOMPARE(told.response.status, 200);
    QCOMPARE(nameOf(told.response.failure), QByteArray("None"));
    QCOMPARE(QByteArray::fromStdString(told.response.body), page);
    QCOMPARE(QByteArray::fromStdString(told.response.contentType), QByteArray("text/html; charset=gbk"));
}

void N6RedirectsAndPortalsTest::askingForAPasswordIsAnAnswer_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("401 basic") << 401 << QByteArray("WWW-Authenticate: Basic realm=\"x\"\r\n");
    QTest::newRow("401 digest") << 401 << QByteArray("WWW-Authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth\"\r\n");
    QTest::newRow("401 ntlm") << 401 << QByteArray("WWW-Authenticate: NTLM\r\n");
    QTest::newRow("401 negotiate") << 401 << QByteArray("WWW-Authenticate: Negotiate\r\n");
    QTest::newRow("401 without a challenge") << 401 << QByteArray();
    QTest::newRow("407 basic") << 407 << QByteArray("Proxy-Authenticate: Basic realm=\"x\"\r\n");
    QTest::newRow("407 without a challenge") << 407 << QByteArray();
}

void N6RedirectsAndPortalsTest::askingForAPasswordIsAnAnswer() {
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    const Told told = tell(answering(answer(QByteArray::number(status) + " Who are you", header, "no")));
    QCOMPARE(told.response.status, status);
    QCOMPARE(nameOf(told.response.phase), QByteArray("Answered"));
    QVERIFY(!textOf(told.response).contains("SECRET"));
    QCOMPARE(told.seen.size(), std::size_t(1));
    QVERIFY(told.seen.front().all("authorization").empty());
    QVERIFY(told.seen.front().all("proxy-authorization").empty());
}

void N6RedirectsAndPortalsTest::noRedirectLeavesTlsOrReachesInside_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d to plain HTTP", status) << status << QByteArray();
        QTest::addRow("%d to the machine's own metadata", status) << status << QByteArray("http://169.254.169.254/latest/meta-data/");
    }
}

void N6RedirectsAndPortalsTest::noRedirectLeavesTlsOrReachesInside() {
    QFETCH(int, status);
    QFETCH(QByteArray, location);
    ScriptedServer plain([](int, int) { return answering(ok()); });
    const QByteArray target = location.isEmpty() ? QByteArray::fromStdString(plain.base()) + "/send" : location;
    ScriptedServer::Options serving;
    serving.tls = m_identity;
    ScriptedServer server(
        [&](int, int) { return answering(answer(QByteArray::number(status) + " Moved", "Location: " + target + "\r\n", "")); }, serving);
    LanePool::Options trusting;
    trusting.extraRootsPem = m_authority.certificate();
    Exchanges exchanges(trusting);
    exchanges.port().setConnections(peer, 2);
    for (int i = 0; i < 20; ++i)
        exchanges.start(post(server.base() + "/send?access_token=SECRET", "{\"n\":" + QByteArray::number(i) + "}"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(exchanges.of(id).status, status);
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
        QCOMPARE(exchanges.of(id).location, std::optional(target.toStdString()));
    }
    QCOMPARE(server.requests().size(), std::size_t(20));
    QCOMPARE(plain.connections(), 0);
}

void N6RedirectsAndPortalsTest::theEngineTakesNoneOfThemForThePlatform_data() {
    QTest::addColumn<QByteArray>("statusLine");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("cause");
    const QByteArray html = "Content-Type: text/html; charset=gbk\r\n";
    const QByteArray page = "<!DOCTYPE html><html><body><form>Please log in</form></body></html>";
    for (const char *status : {"301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"})
        QTest::newRow(status) << QByteArray(status) << QByteArray("Location: ELSEWHERE\r\n") << QByteArray() << QByteArray("http_redirect");
    QTest::newRow("307 in a loop") << QByteArray("307 Temporary Redirect") << QByteArray("Location: ITSELF\r\n") << QByteArray()
                                   << QByteArray("http_redirect");
    QTest::newRow("a proxy wants a password") << QByteArray("407 Proxy Authentication Required")
                                              << QByteArray("Proxy-Authenticate: Basic realm=\"inside\"\r\n") << QByteArray("no")
                                              << QByteArray("http_407");
    QTest::newRow("a page to log in") << QByteArray("200 OK") << html << page << QByteArray("bad_body");
    QTest::newRow("a page that calls itself JSON") << QByteArray("200 OK") << QByteArray("Content-Type: application/json\r\n") << page
                                                   << QByteArray("bad_body");
    QTest::newRow("an empty page") << QByteArray("200 OK") << html << QByteArray() << QByteArray("bad_body");
}

void N6RedirectsAndPortalsTest::theEngineTakesNoneOfThemForThePlatform() {
    QFETCH(QByteArray, statusLine);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, cause);
    constexpr int messages = 20;
    ScriptedServer elsewhere([](int, int) { return workingPlatform(); });
    QByteArray other = headers;
    ScriptedServer::Options serving;
    serving.tls = m_identity;
    ScriptedServer server(
        [&](int, int) {
            Plan plan;
            plan.answerTo = [&](const SeenRequest &request) { // the token came before somebody stepped in between
                return isSend(request) ? answer(statusLine, other, body) : platformAnswer(request);
            };
            return plan;
        },
        serving);
    other.replace("ELSEWHERE", QByteArray::fromStdString(elsewhere.base()) + "/cgi-bin/message/template/send");
    other.replace("ITSELF", QByteArray::fromStdString(server.base()) + "/cgi-bin/message/template/send");
    ScriptedEngine engine({.apiBase = server.base(), .roots = m_authority.certificate(), .connections = 2});
    engine.queue(messages);
    engine.start();
    // A redirect is for a person; everything else is taken up again later, until the breaker opens.
    QVERIFY(engine.runUntil([&](const Snapshot &s) {
        return s.accounts.at(0).hold || s.accounts.at(0).gate == Gate::BreakerOpen
            || (s.inFlight == 0 && s.retried >= messages);
    }));
    engine.stop();
    int sends = 0;
    for (const SeenRequest &request : server.requests())
        sends += isSend(request) ? 1 : 0;
    QVERIFY(sends >= 1);
    QCOMPARE(engine.number("SELECT count(*) FROM attempt WHERE phase = 3"), sends);
    QCOMPARE(engine.number("SELECT count(*) FROM attempt WHERE phase <> 3"), 0);
    QCOMPARE(engine.number(("SELECT count(*) FROM attempt WHERE cause = '" + cause + "'").constData()), sends);
    QCOMPARE(engine.number("SELECT count(*) FROM message WHERE state IN (4, 5)"), 0);
    QCOMPARE(engine.number("SELECT count(*) FROM message WHERE state IN (1, 3)"), messages);
    QCOMPARE(elsewhere.connections(), 0);
    if (cause == "http_redirect") {
        QCOMPARE(engine.engine->snapshot().accounts.at(0).hold.value().cause, std::string("http_redirect"));
        QVERIFY2(sends <= 2, QByteArray::number(sends).constData()); // what was in flight
    }
}

QTEST_GUILESS_MAIN(N6RedirectsAndPortalsTest)
#include "n6_redirects_and_portals_test.moc"
