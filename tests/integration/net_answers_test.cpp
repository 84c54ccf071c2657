// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"
#include "tests/integration/warnings.h"

#include <QTest>
#include <array>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;

namespace {

const PeerKey peer{1};
const QByteArray chunkedHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

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

/// As gzip does it, from zlib's form.
QByteArray gzip(const QByteArray &plain) {
    quint32 crc = 0xffffffffu;
    for (const char c : plain) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
    }
    crc = ~crc;
    const auto littleEndian = [](quint32 value) {
        QByteArray bytes;
        for (int i = 0; i < 4; ++i)
            bytes += static_cast<char>((value >> (8 * i)) & 0xffu);
        return bytes;
    };
    const QByteArray zlib = qCompress(plain, 9).mid(4); // without the length Qt puts in front
    return QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10) + zlib.mid(2, zlib.size() - 6)
        + littleEndian(crc) + littleEndian(static_cast<quint32>(plain.size()));
}

QByteArray gzipAnswer(const QByteArray &body) {
    return answer("200 OK", "Content-Type: application/json\r\nContent-Encoding: gzip\r\n", body);
}

} // namespace

class NetAnswersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLocationIsReportedWithoutItsQuery_data();
    void aLocationIsReportedWithoutItsQuery();
    void everyStatusComesBackAsItIs_data();
    void everyStatusComesBackAsItIs();
    void interimAnswersAreNotTheAnswer_data();
    void interimAnswersAreNotTheAnswer();
    void anInterimAnswerAloneIsNoSuccess();
    void anInterimAnswerNobodyAskedForIsNeverASuccess_data();
    void anInterimAnswerNobodyAskedForIsNeverASuccess();
    void retryAfterIsPassedOnRaw();
    void theTimeAtThePeerIsRead();
    void answersArriveByteForByte_data();
    void answersArriveByteForByte();
    void brokenFramingIsABrokenBody_data();
    void brokenFramingIsABrokenBody();
    void aDamagedAnswerNeverLooksWhole_data();
    void aDamagedAnswerNeverLooksWhole();
    void whatIsNotHttpIsNoAnswer_data();
    void whatIsNotHttpIsNoAnswer();
    void aBodyAtTheLimitIsRead();
    void aBodyOverTheLimitIsTooLarge_data();
    void aBodyOverTheLimitIsTooLarge();
    void aGzipBombIsDefused();
    void endlessAnswersEndAndAreNotSwallowed_data();
    void endlessAnswersEndAndAreNotSwallowed();
    void aFloodFromOnePeerDoesNotHoldUpAnother();
    void theTokenIsNeitherInTheResponseNorInAnyWarning();
};

void NetAnswersTest::aLocationIsReportedWithoutItsQuery_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("reported");
    QTest::newRow("absolute") << QByteArray("https://portal.example/login?url=http://api/?access_token=SECRET")
                              << QByteArray("https://portal.example/login");
    QTest::newRow("relative") << QByteArray("/login?access_token=SECRET") << QByteArray("/login");
    QTest::newRow("query only") << QByteArray("?access_token=SECRET") << QByteArray("");
    QTest::newRow("fragment") << QByteArray("/login#access_token=SECRET") << QByteArray("/login");
    QTest::newRow("user and password") << QByteArray("http://me:SECRET@portal.example/") << QByteArray("http://portal.example/");
    QTest::newRow("no scheme") << QByteArray("//portal.example/a?SECRET") << QByteArray("//portal.example/a");
    QTest::newRow("other scheme") << QByteArray("weixin://dl/business?ticket=SECRET") << QByteArray("weixin://dl/business");
    QTest::newRow("plain") << QByteArray("http://portal.example/a/b") << QByteArray("http://portal.example/a/b");
    QTest::newRow("spaces") << QByteArray("http://portal.example/a b?x=SECRET y") << QByteArray("http://portal.example/a b");
}

void NetAnswersTest::aLocationIsReportedWithoutItsQuery() {
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, reported);
    const HttpResponse response = tell(answering(answer("302 Found", "Location: " + header + "\r\n", ""))).response;
    QVERIFY(response.location.has_value());
    QCOMPARE(QByteArray::fromStdString(*response.location), reported);
    QVERIFY(!textOf(response).contains("SECRET"));
}

void NetAnswersTest::everyStatusComesBackAsItIs_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    for (const int status : {200, 201, 202, 400, 403, 404, 405, 408, 409, 410, 413, 418, 422, 429, 500, 501, 502, 503, 504, 599})
        QTest::addRow("%d", status) << status << QByteArray("{\"errcode\":-1,\"errmsg\":\"system busy\"}");
    QTest::addRow("204") << 204 << QByteArray();
    QTest::addRow("200 without a body") << 200 << QByteArray();
    QTest::addRow("500 without a body") << 500 << QByteArray();
}

void NetAnswersTest::everyStatusComesBackAsItIs() {
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + " Whatever\r\nContent-Type: application/json; charset=utf-8\r\n";
    const Told told = tell(answering(
        status == 204 ? head + "\r\n" : head + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body));
    QCOMPARE(told.response.status, status);
    QCOMPARE(nameOf(told.response.phase), QByteArray("Answered"));
    QCOMPARE(nameOf(told.response.failure), QByteArray("None"));
    QCOMPARE(QByteArray::fromStdString(told.response.body), body);
    QCOMPARE(QByteArray::fromStdString(told.response.contentType), QByteArray("application/json; charset=utf-8"));
    QVERIFY(!told.response.location.has_value());
    QVERIFY(!told.response.retryAfter.has_value());
    QCOMPARE(told.seen.size(), std::size_t(1));
}

void NetAnswersTest::interimAnswersAreNotTheAnswer_data() {
    QTest::addColumn<QByteArray>("interim");
    QTest::newRow("100 continue") << QByteArray("HTTP/1.1 100 Continue\r\n\r\n");
    QTest::newRow("100 continue twice") << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n");
}

void NetAnswersTest::interimAnswersAreNotTheAnswer() {
    QFETCH(QByteArray, interim);
    const Told told = tell(answering(interim + ok("{\"errcode\":0,\"msgid\":1}")));
    QCOMPARE(told.response.status, 200);
    QCOMPARE(nameOf(told.response.failure), QByteArray("None"));
    QCOMPARE(QByteArray::fromStdString(told.response.body), QByteArray("{\"errcode\":0,\"msgid\":1}"));
    QCOMPARE(told.seen.size(), std::size_t(1));
}

void NetAnswersTest::anInterimAnswerAloneIsNoSuccess() {
    for (const Plan::End end : {Plan::End::Close, Plan::End::Reset, Plan::End::Hang}) {
        const Told told = tell(answering("HTTP/1.1 100 Continue\r\n\r\n", end), 1000);
        QVERIFY(told.response.phase != WirePhase::NotWritten);
        QVERIFY(told.response.failure != HttpFailure::None);
        QVERIFY(told.response.status < 200);
        QCOMPARE(told.seen.size(), std::size_t(1));
    }
}

void NetAnswersTest::anInterimAnswerNobodyAskedForIsNeverASuccess_data() {
    QTest::addColumn<QByteArray>("interim");
    QTest::addColumn<int>("status");
    QTest::newRow("101") << QByteArray("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n") << 101;
    QTest::newRow("102") << QByteArray("HTTP/1.1 102 Processing\r\n\r\n") << 102;
    QTest::newRow("103") << QByteArray("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n") << 103;
}

void NetAnswersTest::anInterimAnswerNobodyAskedForIsNeverASuccess() {
    // The network manager takes these for the answer itself. Then they are told as they are, with nothing of
    // what follows them, and what follows them is told to nobody else.
    QFETCH(QByteArray, interim);
    QFETCH(int, status);
    ScriptedServer server([&](int connection, int) {
        return connection == 1 ? answering(interim + ok("{\"errcode\":0,\"msgid\":666}")) : answering(ok());
    });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    for (int i = 0; i < 10; ++i)
        exchanges.start(post(server.base() + "/send", "{\"n\":" + QByteArray::number(i) + "}"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (int i = 0; i < 10; ++i) {
        const HttpResponse response = exchanges.of(exchanges.started()[static_cast<std::size_t>(i)]);
        const int copies = server.copies("{\"n\":" + QByteArray::number(i) + "}");
        QVERIFY(copies <= 1);
        if (response.status == 200) {
            QCOMPARE(copies, 1);
            QVERIFY(response.phase == WirePhase::Answered);
        } else if (response.status != 0) {
            QCOMPARE(response.status, status);
            QVERIFY2(response.body.empty(), response.body.c_str());
        }
        // The bulk transport skips them as it should, and each gets its own answer, whatever its number.
        if (i > 0 && !onBulkPort())
            QVERIFY2(response.body.find("666") == std::string::npos, "told the answer of another");
    }
}

void NetAnswersTest::retryAfterIsPassedOnRaw() {
    for (const QByteArray &value : {QByteArray("120"), QByteArray("Fri, 31 Dec 1999 23:59:59 GMT"), QByteArray("soon")}) {
        const Told told = tell(answering(answer("429 Too Many Requests", "Retry-After: " + value + "\r\n", "")));
        QCOMPARE(told.response.retryAfter, std::optional<std::string>(value.toStdString()));
    }
}

void NetAnswersTest::theTimeAtThePeerIsRead() {
    const Told told = tell(answering(answer("200 OK", "Date: Fri, 31 Dec 1999 23:59:59 GMT\r\n", "{}")));
    QCOMPARE(told.response.date, parseIso8601("1999-12-31T23:59:59Z"));
    QVERIFY(!tell(answering(answer("200 OK", "Date: yesterday\r\n", "{}"))).response.date);
    QVERIFY(!tell(answering(answer("200 OK", "", "{}"))).response.date);
}

void NetAnswersTest::answersArriveByteForByte_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("end");
    const int keep = static_cast<int>(Plan::End::Keep);
    const int close = static_cast<int>(Plan::End::Close);
    QByteArray all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    const QByteArray text = "{\"errcode\":0,\"errmsg\":\"\u60a8\u597d\"}";
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    QTest::newRow("utf-8") << ok(text) << text << keep;
    QTest::newRow("every byte") << ok(all) << all << keep;
    QTest::newRow("1 MiB") << ok(all.repeated(4096)) << all.repeated(4096) << keep;
    QTest::newRow("chunked") << chunkedHead + "5\r\n{\"a\":\r\n2;x=y\r\n1}\r\n0\r\n\r\n" << QByteArray("{\"a\":1}") << keep;
    QTest::newRow("chunked with a trailer") << chunkedHead + "2\r\n{}\r\n0\r\nX-T: 1\r\n\r\n" << QByteArray("{}") << keep;
    QTest::newRow("chunked, empty") << chunkedHead + "0\r\n\r\n" << QByteArray() << keep;
    QTest::newRow("until the end of the connection") << head + "\r\n" + text << text << close;
    QTest::newRow("http 1.0") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}") << QByteArray("{}") << close;
    QTest::newRow("closes after a whole answer") << ok(text) << text << close;
    QTest::newRow("gzip") << gzipAnswer(gzip(text)) << text << keep;
    QTest::newRow("gzip, 1 MiB") << gzipAnswer(gzip(all.repeated(4096))) << all.repeated(4096) << keep;
}

void NetAnswersTest::answersArriveByteForByte() {
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, body);
    QFETCH(int, end);
    const Told told = tell(answering(bytes, static_cast<Plan::End>(end)));
    QCOMPARE(told.response.status, 200);
    QCOMPARE(nameOf(told.response.failure), QByteArray("None"));
    QVERIFY(QByteArray::fromStdString(told.response.body) == body);
    QCOMPARE(told.seen.size(), std::size_t(1));
}

void NetAnswersTest::brokenFramingIsABrokenBody_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("end");
    QTest::addColumn<bool>("mayTimeOut"); ///< who waits for more is right to wait
    const int close = static_cast<int>(Plan::End::Close);
    const int hang = static_cast<int>(Plan::End::Hang);
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const QByteArray text = "{\"errcode\":0}";
    QTest::newRow("shorter than announced") << head + "Content-Length: 100\r\n\r\n" + text << close << false;
    QTest::newRow("shorter than announced, silent") << head + "Content-Length: 100\r\n\r\n" + text << hang << true;
    QTest::newRow("absurd length") << head + "Content-Length: 9223372036854775807\r\n\r\n" + text << close << false;
    QTest::newRow("chunks without the last") << chunkedHead + "d\r\n" + text + "\r\n" << close << false;
    QTest::newRow("a chunk without its end") << chunkedHead + "ff\r\n" + text << close << false;
    QTest::newRow("chunk length 7fffffffffffffff") << chunkedHead + "7fffffffffffffff\r\n" + text << close << false;
    QByteArray damaged = gzip(text.repeated(50));
    damaged[14] = static_cast<char>(damaged[14] ^ 0x55);
    QTest::newRow("gzip damaged") << gzipAnswer(damaged) << close << false;
}

void NetAnswersTest::brokenFramingIsABrokenBody() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, end);
    QFETCH(bool, mayTimeOut);
    const Told told = tell(answering(bytes, static_cast<Plan::End>(end)), mayTimeOut ? 1000 : 15000);
    QCOMPARE(nameOf(told.response.phase), QByteArray("Answered"));
    QCOMPARE(told.response.status, 200);
    if (!mayTimeOut || told.response.failure != HttpFailure::Timeout)
        QCOMPARE(nameOf(told.response.failure), QByteArray("BrokenBody"));
    QVERIFY(told.response.body.size() <= HttpLimits::maxBody);
    QCOMPARE(told.seen.size(), std::size_t(1));
}

void NetAnswersTest::aDamagedAnswerNeverLooksWhole_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("end");
    const int close = static_cast<int>(Plan::End::Close);
    const int hang = static_cast<int>(Plan::End::Hang);
    const QByteArray text = "{\"errcode\":0}";
    const std::vector<std::pair<const char *, QByteArray>> lengths{{"ffffffffffffffff", "ffffffffffffffff"},
        {"8000000000000000", "8000000000000000"}, {"of 1000 digits", QByteArray(1000, 'f')}, {"negative", "-5"},
        {"no number", "zz"}, {"empty", ""}};
    for (const auto &[name, length] : lengths) {
        const QByteArray before = "{\"errcode\":";
        QTest::addRow("chunk length %s", name) << chunkedHead + length + "\r\n" + text + "\r\n0\r\n\r\n" << close;
        QTest::addRow("chunk length %s, silent", name) << chunkedHead + length + "\r\n" + text << hang;
        QTest::addRow("second chunk length %s", name)
            << chunkedHead + "b\r\n" + before + "\r\n" + length + "\r\n0}\r\n0\r\n\r\n" << close;
    }
    QTest::newRow("gzip cut off") << gzipAnswer(gzip("  " + text).chopped(12)) << close;
    QTest::newRow("not gzip at all") << gzipAnswer(text) << close;
}

void NetAnswersTest::aDamagedAnswerNeverLooksWhole() {
    // The network manager takes some of these for the end of the body and sees no fault in it. That is bearable
    // as long as nobody could read a result out of what is left.
    QFETCH(QByteArray, bytes);
    QFETCH(int, end);
    const Told told = tell(answering(bytes, static_cast<Plan::End>(end)), 1000);
    QCOMPARE(nameOf(told.response.phase), QByteArray("Answered"));
    if (told.response.failure == HttpFailure::None)
        QVERIFY2(told.response.body.find('}') == std::string::npos, told.response.body.c_str());
    else
        QVERIFY2(told.response.failure == HttpFailure::BrokenBody || told.response.failure == HttpFailure::Timeout,
            nameOf(told.response.failure).constData());
    QCOMPARE(told.seen.size(), std::size_t(1));
}

void NetAnswersTest::whatIsNotHttpIsNoAnswer_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("text") << QByteArray("hello\r\n\r\n");
    QTest::newRow("zeros") << QByteArray(100, '\0');
    QTest::newRow("smtp") << QByteArray("220 mail.example ESMTP\r\n");
    QTest::newRow("ssh") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n");
    QTest::newRow("http 0.9") << QByteArray("<html>{\"errcode\":0}</html>");
    QTest::newRow("a status of letters") << QByteArray("HTTP/1.1 OK 200\r\nContent-Length: 2\r\n\r\n{}");
    QTest::newRow("no status") << QByteArray("HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}");
    QTest::newRow("only json") << QByteArray("{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":1}");
}

void NetAnswersTest::whatIsNotHttpIsNoAnswer() {
    QFETCH(QByteArray, bytes);
    const Told told = tell(answering(bytes, Plan::End::Close));
    // The server had it all: this is never "not written", and never a success.
    QVERIFY(told.response.phase != WirePhase::NotWritten);
    QVERIFY2(told.response.failure != HttpFailure::None, QByteArray::number(told.response.status).constData());
    QCOMPARE(told.seen.size(), std::size_t(1));
}

void NetAnswersTest::aBodyAtTheLimitIsRead() {
    const QByteArray body(static_cast<qsizetype>(HttpLimits::maxBody), 'b');
    const Told told = tell(answering(ok(body)));
    QCOMPARE(nameOf(told.response.failure), QByteArray("None"));
    QVERIFY(QByteArray::fromStdString(told.response.body) == body);
}

void NetAnswersTest::aBodyOverTheLimitIsTooLarge_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("end");
    const int keep = static_cast<int>(Plan::End::Keep);
    const QByteArray justOver(static_cast<qsizetype>(HttpLimits::maxBody) + 1, 'b');
    const QByteArray fiveMegabytes(5 * 1024 * 1024, 'b');
    QTest::newRow("one byte over") << ok(justOver) << keep;
    QTest::newRow("5 MiB") << ok(fiveMegabytes) << keep;
    QTest::newRow("5 MiB in one chunk") << chunkedHead + "500000\r\n" + fiveMegabytes + "\r\n0\r\n\r\n" << keep;
    QTest::newRow("5 MiB with status 500") << answer("500 Oops", "", fiveMegabytes) << keep;
    QTest::newRow("gzip bomb, 5 MiB") << gzipAnswer(gzip(fiveMegabytes)) << keep;
}

void NetAnswersTest::aBodyOverTheLimitIsTooLarge() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, end);
    const Told told = tell(answering(bytes, static_cast<Plan::End>(end)));
    QCOMPARE(nameOf(told.response.phase), QByteArray("Answered"));
    QCOMPARE(nameOf(told.response.failure), QByteArray("TooLarge"));
    QVERIFY(told.response.body.size() <= HttpLimits::maxBody);
    QCOMPARE(told.seen.size(), std::size_t(1));
}

void NetAnswersTest::aGzipBombIsDefused() {
    // The network manager has a limit of its own; whose limit is met first is no matter.
    const Told told = tell(answering(gzipAnswer(gzip(QByteArray(100 * 1024 * 1024, '\0')))));
    QCOMPARE(nameOf(told.response.phase), QByteArray("Answered"));
    QVERIFY2(told.response.failure == HttpFailure::TooLarge || told.response.failure == HttpFailure::BrokenBody,
        nameOf(told.response.failure).constData());
    QVERIFY(told.response.body.size() <= HttpLimits::maxBody);
    QCOMPARE(told.seen.size(), std::size_t(1));
}

void NetAnswersTest::endlessAnswersEndAndAreNotSwallowed_data() {
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("endless");
    QTest::addColumn<int>("pause");
    QTest::addColumn<QByteArray>("failure");
    const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    const QByteArray piece(64 * 1024, 'b');
    const QByteArray tooLarge = "TooLarge";
    const QByteArray timeout = "Timeout";
    QTest::newRow("a body without end") << head + "\r\n" << piece << 1 << tooLarge;
    QTest::newRow("a body of 1 TB") << head + "Content-Length: 1000000000000\r\n\r\n" << piece << 1 << tooLarge;
    QTest::newRow("chunks without end") << chunkedHead << "10000\r\n" + piece + "\r\n" << 1 << tooLarge;
    // The network manager sets no limit to these; the deadline does. The bulk transport may be sooner.
    QTest::newRow("headers without end") << head << "X-More: " + QByteArray(1000, 'h') + "\r\n" << 10 << timeout;
    QTest::newRow("a header without end") << head + "X-Long: " << QByteArray(1000, 'h') << 10 << timeout;
    QTest::newRow("a status line without end") << QByteArray("HTTP/1.1 200 ") << QByteArray(1000, 's') << 10 << timeout;
    QTest::newRow("interim answers without end") << QByteArray() << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << 10 << timeout;
}

void NetAnswersTest::endlessAnswersEndAndAreNotSwallowed() {
    QFETCH(QByteArray, start);
    QFETCH(QByteArray, endless);
    QFETCH(int, pause);
    QFETCH(QByteArray, failure);
    Plan plan = answering(start);
    plan.endless = endless;
    plan.pause = std::chrono::milliseconds(pause);
    ScriptedServer server([&](int, int) { return plan; });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    HttpRequest request = post(server.base() + "/send", "{}");
    request.deadline = failure == "Timeout" ? Millis(1500) : Millis(15000);
    const ExchangeId id = exchanges.start(request, peer);
    QVERIFY(exchanges.waitForAll());
    // The connection ends with the exchange, not with the pool.
    QVERIFY(server.waitForNoConnections());
    QVERIFY2(server.bytesSent() <= 64 * 1024 * 1024, QByteArray::number(server.bytesSent()).constData());
    QVERIFY(exchanges.eachFinishedOnce());
    const HttpResponse response = exchanges.of(id);
    QVERIFY(response.phase != WirePhase::NotWritten);
    if (!onBulkPort() || nameOf(response.failure) != "TooLarge")
        QCOMPARE(nameOf(response.failure), failure);
    QVERIFY(response.body.size() <= HttpLimits::maxBody);
    QCOMPARE(server.requests().size(), std::size_t(1));
}

void NetAnswersTest::aFloodFromOnePeerDoesNotHoldUpAnother() {
    Plan flood = answering("HTTP/1.1 200 OK\r\n");
    flood.endless = ("X-More: " + QByteArray(1000, 'h') + "\r\n").repeated(64);
    ScriptedServer flooding([&](int, int) { return flood; });
    ScriptedServer healthy([](int, int) { return answering(ok()); });
    LanePool::Options oneLane;
    oneLane.lanes = 1;
    Exchanges exchanges(oneLane);
    exchanges.port().setConnections({1}, 1);
    exchanges.port().setConnections({2}, 1);
    HttpRequest request = post(flooding.base() + "/send", "{}");
    request.deadline = Millis(3000);
    const ExchangeId flooded = exchanges.start(request, {1});
    QVERIFY(flooding.waitForRequests(1));
    for (int i = 0; i < 50; ++i) {
        const ExchangeId id = exchanges.start(post(healthy.base() + "/send", "{}"), {2});
        QVERIFY(exchanges.waitFor(id));
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
    }
    QVERIFY(exchanges.waitFor(flooded));
    flooding.hangUp();
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(flooded).failure), QByteArray(onBulkPort() ? "TooLarge" : "Timeout"));
}

void NetAnswersTest::theTokenIsNeitherInTheResponseNorInAnyWarning() {
    const Warnings qt;
    const std::vector<Plan> plans{
        answering("", Plan::End::Close), answering("", Plan::End::Reset), answering("", Plan::End::Hang),
        answering("HTTP/1.1 2", Plan::End::Close), answering("junk\r\n\r\n", Plan::End::Close),
        answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", Plan::End::Close),
        answering(chunkedHead + "zz\r\n", Plan::End::Close), answering(gzipAnswer("x"), Plan::End::Close),
        answering(answer("502 Bad Gateway", "", "bad gateway")), answering(answer("404 Not Found", "", "")),
        answering(answer("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n", "")),
        answering(answer("407 Proxy", "Proxy-Authenticate: Basic realm=\"x\"\r\n", "")),
        answering(answer("302 Found", "Location: /send?access_token=SECRET\r\n", ""))};
    for (const Plan &plan : plans)
        QVERIFY(!textOf(tell(plan, plan.end == Plan::End::Hang ? 500 : 15000).response).contains("SECRET"));
    QVERIFY2(!qt.text().contains("SECRET"), qt.text().constData());
}

QTEST_GUILESS_MAIN(NetAnswersTest)
#include "net_answers_test.moc"
