// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a peer gets to see of a request.
#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"
#include "tests/integration/warnings.h"

#include <QTest>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;

namespace {

const PeerKey peer{1};

} // namespace

class NetRequestsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestBodiesArriveByteForByte_data();
    void requestBodiesArriveByteForByte();
    void t11_contentTypeAndLengthAreAlwaysSent_data();
    void t11_contentTypeAndLengthAreAlwaysSent();
    void t11_aGetHasNeitherBodyNorContentType();
    void theTargetArrivesAsItWasGiven_data();
    void theTargetArrivesAsItWasGiven();
    void cookiesAreNeitherKeptNorSent();
    void anAddressThatIsNotHttpIsRefused_data();
    void anAddressThatIsNotHttpIsRefused();
};

void NetRequestsTest::requestBodiesArriveByteForByte_data() {
    QTest::addColumn<QByteArray>("body");
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    QByteArray large;
    while (large.size() < 100 * 1024)
        large += "{\"value\":\"\u60a8\u597d\",\"n\":" + QByteArray::number(large.size()) + "}";
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("utf-8") << QByteArray("{\"first\":{\"value\":\"\u60a8\u597d\uff0c\U0001f600\"}}");
    QTest::newRow("zero bytes") << QByteArray("a\0\0b\0", 5);
    QTest::newRow("every byte") << all;
    QTest::newRow("line ends") << QByteArray("\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    QTest::newRow("16 KiB") << QByteArray(16 * 1024, 'k');
    QTest::newRow("16 KiB and one") << QByteArray(16 * 1024 + 1, 'k');
    QTest::newRow("100 KiB") << large;
    QTest::newRow("3 MiB") << all.repeated(12 * 1024);
}

void NetRequestsTest::requestBodiesArriveByteForByte() {
    QFETCH(QByteArray, body);
    ScriptedServer server([](int, int) { return answering(ok()); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    for (int i = 0; i < 3; ++i)
        exchanges.start(post(server.base() + "/send", body), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started())
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    QVERIFY(!server.sawChunkedRequest());
    QVERIFY(!server.sawPipelining());
    QCOMPARE(server.requests().size(), std::size_t(3));
    for (const SeenRequest &request : server.requests()) {
        QCOMPARE(request.method, QByteArray("POST"));
        QVERIFY(request.body == body);
        QCOMPARE(request.all("content-length").size(), std::size_t(1));
        QCOMPARE(request.first("content-length"), QByteArray::number(body.size()));
    }
}

void NetRequestsTest::t11_contentTypeAndLengthAreAlwaysSent_data() {
    QTest::addColumn<QByteArray>("contentType");
    QTest::newRow("json") << QByteArray("application/json");
    QTest::newRow("json with charset") << QByteArray("application/json; charset=utf-8");
    QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded");
    QTest::newRow("text") << QByteArray("text/plain");
}

void NetRequestsTest::t11_contentTypeAndLengthAreAlwaysSent() {
    QFETCH(QByteArray, contentType);
    const Warnings qt;
    ScriptedServer server([](int, int) { return answering(ok()); });
    Exchanges exchanges;
    HttpRequest request = post(server.base() + "/send", "{}");
    request.contentType = contentType.toStdString();
    exchanges.start(request, peer);
    request.body.clear();
    exchanges.start(request, peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(server.requests().size(), std::size_t(2));
    for (const SeenRequest &seen : server.requests()) {
        QCOMPARE(seen.all("content-type").size(), std::size_t(1));
        QCOMPARE(seen.first("content-type"), contentType);
        QCOMPARE(seen.all("content-length").size(), std::size_t(1));
        QVERIFY(seen.all("transfer-encoding").empty());
        QVERIFY(seen.all("expect").empty());
    }
    QCOMPARE(qt.text(), QByteArray());
}

void NetRequestsTest::t11_aGetHasNeitherBodyNorContentType() {
    const Warnings qt;
    ScriptedServer server([](int, int) { return answering(ok()); });
    Exchanges exchanges;
    const ExchangeId id = exchanges.start(get(server.base() + "/token?a=b"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    QCOMPARE(server.requests().size(), std::size_t(1));
    const SeenRequest seen = server.requests().front();
    QCOMPARE(seen.method, QByteArray("GET"));
    QVERIFY(seen.all("content-type").empty());
    QVERIFY(seen.all("transfer-encoding").empty());
    QVERIFY(seen.body.isEmpty());
    QCOMPARE(qt.text(), QByteArray());
}

void NetRequestsTest::theTargetArrivesAsItWasGiven_data() {
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("plain") << QByteArray("/cgi-bin/message/template/send?access_token=ABC");
    QTest::newRow("base64") << QByteArray("/send?access_token=a-b_c%2Bd%2Fe%3D%3D");
    QTest::newRow("plus") << QByteArray("/send?access_token=a+b");
    QTest::newRow("percent of percent") << QByteArray("/send?access_token=a%2525b");
    QTest::newRow("utf-8") << QByteArray("/send?q=%E6%82%A8");
    QTest::newRow("512 characters") << "/send?access_token=" + QByteArray(512, 'T');
}

void NetRequestsTest::theTargetArrivesAsItWasGiven() {
    QFETCH(QByteArray, target);
    ScriptedServer server([](int, int) { return answering(ok()); });
    Exchanges exchanges;
    exchanges.start(post(server.base() + target.toStdString(), "{}"), peer);
    exchanges.start(get(server.base() + target.toStdString()), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(server.requests().size(), std::size_t(2));
    for (const SeenRequest &seen : server.requests())
        QCOMPARE(seen.target, target);
}

void NetRequestsTest::cookiesAreNeitherKeptNorSent() {
    ScriptedServer server([](int, int) { return answering(answer("200 OK", "Set-Cookie: session=1; Path=/\r\n", "{}")); });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    for (int i = 0; i < 5; ++i) {
        exchanges.start(post(server.base() + "/send", "{}"), peer);
        exchanges.start(get(server.base() + "/token"), peer);
        QVERIFY(exchanges.waitForAll());
    }
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(server.requests().size(), std::size_t(10));
    for (const SeenRequest &seen : server.requests())
        QVERIFY(seen.all("cookie").empty());
}

void NetRequestsTest::anAddressThatIsNotHttpIsRefused_data() {
    QTest::addColumn<QByteArray>("url");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("no scheme") << QByteArray("api.weixin.qq.com/cgi-bin/token?secret=SECRET");
    QTest::newRow("no host") << QByteArray("http:///token?secret=SECRET");
    QTest::newRow("a space in the host") << QByteArray("http://api weixin/?secret=SECRET");
    QTest::newRow("half an address") << QByteArray("http://[::1/?secret=SECRET");
    QTest::newRow("a port too high") << QByteArray("http://127.0.0.1:99999/?secret=SECRET");
    QTest::newRow("file") << QByteArray("file:///proc/self/status?secret=SECRET");
    QTest::newRow("data") << QByteArray("data:application/json,{\"errcode\":0}");
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/?secret=SECRET");
    QTest::newRow("qrc") << QByteArray("qrc:/nothing");
    QTest::newRow("unknown") << QByteArray("weixin://dl/business?secret=SECRET");
}

void NetRequestsTest::anAddressThatIsNotHttpIsRefused() {
    QFETCH(QByteArray, url);
    const Warnings qt;
    Exchanges exchanges;
    exchanges.start(get(url.toStdString()), peer);
    exchanges.start(post(url.toStdString(), "{}"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        const HttpResponse response = exchanges.of(id);
        QCOMPARE(nameOf(response.phase), QByteArray("NotWritten"));
        QVERIFY(response.failure != HttpFailure::None);
        QCOMPARE(response.status, 0);
        QCOMPARE(QByteArray::fromStdString(response.body), QByteArray());
        QVERIFY(!textOf(response).contains("SECRET"));
    }
    QVERIFY2(!qt.text().contains("SECRET"), qt.text().constData());
}

QTEST_GUILESS_MAIN(NetRequestsTest)
#include "net_requests_test.moc"
