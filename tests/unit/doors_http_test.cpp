// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the doors decide before anything is done: heads, queries, addresses, routes, refusals.
#include "engine/doors/client_address.h"
#include "engine/doors/figures.h"
#include "engine/doors/http_message.h"
#include "engine/doors/problem.h"
#include "engine/doors/request_head.h"
#include "engine/doors/router.h"

#include <QTest>

using namespace songda;
using namespace songda::doors;

namespace {

/// A head as the library would hand it over, split where it lies.
class SplitHead {
public:
    explicit SplitHead(std::string text)
        : m_text(std::move(text)) {
        RawHead &h = head;
        std::string_view rest(m_text);
        h.size = m_text.size();
        h.method = rest.substr(0, rest.find(' '));
        rest.remove_prefix(h.method.size() + 1);
        m_target = rest.substr(0, rest.find(' '));
        h.target = m_target;
        h.targetAt = rest.data();
        rest.remove_prefix(m_target.size() + 1);
        h.version = rest.substr(0, rest.find_first_of("\r\n"));
        rest.remove_prefix(h.version.size());
        const auto skipEnd = [&] { rest.remove_prefix(rest.starts_with("\r\n") ? 2 : 1); };
        skipEnd();
        while (!rest.empty() && rest[0] != '\r' && rest[0] != '\n') {
            const std::string_view line = rest.substr(0, rest.find('\n') - (rest[rest.find('\n') - 1] == '\r' ? 1 : 0));
            const std::size_t colon = line.find(':');
            std::size_t value = colon + 1;
            while (value < line.size() && line[value] == ' ')
                ++value;
            h.headers.emplace_back(line.substr(0, colon), line.substr(value));
            rest.remove_prefix(line.size());
            skipEnd();
        }
    }
    SplitHead(const SplitHead &) = delete;
    SplitHead &operator=(const SplitHead &) = delete;

    RawHead head;

private:
    std::string m_text;
    std::string m_target;
};

std::string codeOf(const std::optional<Response> &response) {
    return response ? nlohmann::json::parse(response->body)["code"].get<std::string>() : std::string();
}

Request asking(const char *method, const char *path) {
    Request request;
    request.method = method;
    request.path = path;
    return request;
}

} // namespace

class DoorsHttpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyLineMustEndAsTheStandardSays_data();
    void everyLineMustEndAsTheStandardSays();
    void headsThatAreRefused_data();
    void headsThatAreRefused();
    void queriesAreDecodedStrictly();
    void networksContainWhatTheyShould();
    void theClientIsFoundBehindTrustedProxiesOnly_data();
    void theClientIsFoundBehindTrustedProxiesOnly();
    void allForwardedLinesCount();
    void whoIsHandedOnWithoutAnAddressIsNobodyLocal();
    void aSubscribersAddressesAreOneForLimits();
    void routesAreFoundByPathAndMethod();
    void codedBodiesAreRefused();
    void readinessNamesTheGate_data();
    void readinessNamesTheGate();
    void problemsAreOfTheStandardsForm();
    void whatAnEngineCannotStoreIsNoFaultOfTheCaller();
};

void DoorsHttpTest::everyLineMustEndAsTheStandardSays_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("fine");
    QTest::newRow("plain") << QByteArray("GET /a?b=c HTTP/1.1\r\nHost: h\r\nA:b\r\nC:   d  \r\n\r\n") << true;
    QTest::newRow("no headers") << QByteArray("GET / HTTP/1.0\r\n\r\n") << true;
    QTest::newRow("bare LF after the request line") << QByteArray("GET / HTTP/1.1\nHost: h\r\n\r\n") << false;
    QTest::newRow("bare LF after a header") << QByteArray("GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n") << false;
    QTest::newRow("bare LF at the end") << QByteArray("GET / HTTP/1.1\r\nHost: h\r\n\n") << false;
}

void DoorsHttpTest::everyLineMustEndAsTheStandardSays() {
    QFETCH(QByteArray, text);
    QFETCH(bool, fine);
    const SplitHead split(text.toStdString());
    QCOMPARE(liesAsSent(split.head), fine);
}

void DoorsHttpTest::headsThatAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code"); // empty: taken
    const auto row = [](const char *name, const QByteArray &headers, const char *code, const QByteArray &line = "POST /a HTTP/1.1") {
        QTest::newRow(name) << QByteArray(line + "\r\n" + headers + "\r\n") << QByteArray(code);
    };
    row("plain", "Host: h\r\nContent-Length: 3\r\n", "");
    row("chunked", "Host: h\r\nTransfer-Encoding: chunked\r\n", "");
    row("negative length", "Host: h\r\nContent-Length: -1\r\n", "bad_length");
    row("signed length", "Host: h\r\nContent-Length: +1\r\n", "bad_length");
    row("no number", "Host: h\r\nContent-Length: 0x10\r\n", "bad_length");
    row("empty length", "Host: h\r\nContent-Length:\r\n", "bad_length");
    row("endless length", "Host: h\r\nContent-Length: 99999999999999999999\r\n", "bad_length");
    row("two lengths", "Host: h\r\nContent-Length: 3\r\nContent-Length: 3\r\n", "bad_length");
    row("list of lengths", "Host: h\r\nContent-Length: 3, 3\r\n", "bad_length");
    row("length beside chunked", "Host: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", "bad_encoding");
    row("unknown encoding", "Host: h\r\nTransfer-Encoding: gzip, chunked\r\n", "bad_encoding");
    row("chunked twice", "Host: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "bad_encoding");
    row("chunked in 1.0", "Transfer-Encoding: chunked\r\n", "bad_encoding", "POST /a HTTP/1.0");
    row("no host", "A: b\r\n", "bad_host");
    row("two hosts", "Host: h\r\nHost: i\r\n", "bad_host");
    row("1.0 without host", "A: b\r\n", "", "GET / HTTP/1.0");
    row("blank before colon", "Host : h\r\n", "bad_header");
    row("control character", "Host: h\r\nA: b\x01\r\n", "bad_header");
    row("absolute target", "Host: h\r\n", "bad_target", "GET http://h/a HTTP/1.1");
    row("star", "Host: h\r\n", "bad_target", "OPTIONS * HTTP/1.1");
    row("odd method", "Host: h\r\n", "bad_method", "G(T / HTTP/1.1");
    row("odd version", "Host: h\r\n", "bad_version", "GET / HTTP/1.2");
    row("long", "Host: h\r\nA: " + QByteArray(17'000, 'a') + "\r\n", "head_too_large");
}

void DoorsHttpTest::headsThatAreRefused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    const SplitHead split(text.toStdString());
    const auto refusal = refuseHead(split.head, 16'384);
    QCOMPARE(QByteArray::fromStdString(codeOf(refusal)), code);
    if (refusal)
        QVERIFY(refusal->close); // what follows such a head cannot be trusted to be a request
}

void DoorsHttpTest::queriesAreDecodedStrictly() {
    const auto query = parseQuery("key=a%2Fb+c&empty&x=%E4%B9%A6");
    QVERIFY(query.has_value());
    QCOMPARE(query->size(), std::size_t{3});
    QCOMPARE((*query)[0].second, std::string("a/b c"));
    QCOMPARE((*query)[1].second, std::string());
    QCOMPARE((*query)[2].second, std::string("书"));
    for (const char *bad : {"a=%0", "a=%zz", "a=%00", "a=%0a", "a=%ff", "a=%c0%80"})
        QVERIFY2(!parseQuery(bad), bad);
}

void DoorsHttpTest::networksContainWhatTheyShould() {
    const auto holds = [](const char *network, const char *address) { return Network::parse(network)->contains(*Address::parse(address)); };
    QVERIFY(holds("127.0.0.0/8", "127.9.9.9"));
    QVERIFY(!holds("127.0.0.0/8", "128.0.0.1"));
    QVERIFY(holds("10.1.2.128/25", "10.1.2.200"));
    QVERIFY(!holds("10.1.2.128/25", "10.1.2.100"));
    QVERIFY(holds("10.0.0.1", "10.0.0.1"));
    QVERIFY(holds("10.0.0.1", "::ffff:10.0.0.1"));
    QVERIFY(holds("0.0.0.0/0", "8.8.8.8"));
    QVERIFY(!holds("0.0.0.0/0", "2001:db8::1"));
    QVERIFY(holds("2001:db8::/33", "2001:db8:1::1"));
    QVERIFY(!holds("2001:db8::/33", "2001:db8:8000::1"));
    for (const char *bad : {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "010.0.0.1", "::/129"})
        QVERIFY2(!Network::parse(bad), bad);
}

void DoorsHttpTest::theClientIsFoundBehindTrustedProxiesOnly_data() {
    QTest::addColumn<std::string>("peer");
    QTest::addColumn<std::string>("forwarded");
    QTest::addColumn<std::string>("client");
    const auto row = [](const char *name, const char *peer, const char *forwarded, const char *client) {
        QTest::newRow(name) << std::string(peer) << std::string(forwarded) << std::string(client);
    };
    row("peer unknown", "203.0.113.5", "198.51.100.1", "203.0.113.5");
    row("one", "10.0.0.1", "198.51.100.1", "198.51.100.1");
    row("several", "10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1");
    row("only proxies", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3");
    row("with a port", "10.0.0.1", "198.51.100.1:4711", "198.51.100.1");
    row("IPv6", "10.0.0.1", "2001:db8::7", "2001:db8::7");
    row("IPv6 in brackets", "10.0.0.1", "[2001:db8::7]", "2001:db8::7");
    row("IPv6 with a port", "10.0.0.1", "[2001:db8::7]:4711, 10.0.0.2:80", "2001:db8::7");
    row("empty elements", "10.0.0.1", ", 198.51.100.1, ,", "198.51.100.1");
    row("empty", "10.0.0.1", "", "nobody");
    row("a word", "10.0.0.1", "unknown", "nobody");
    row("a word before a proxy", "10.0.0.1", "198.51.100.1, nonsense, 10.0.0.2", "nobody");
    row("port of no number", "10.0.0.1", "198.51.100.1:x", "nobody");
    row("no port", "10.0.0.1", "198.51.100.1:", "nobody");
    row("open bracket", "10.0.0.1", "[2001:db8::7", "nobody");
    row("IPv4 in brackets", "10.0.0.1", "[198.51.100.1]", "nobody");
    row("behind the bracket", "10.0.0.1", "[2001:db8::7]x", "nobody");
    row("unreadable left of the client", "10.0.0.1", "nonsense, 198.51.100.1", "198.51.100.1");
}

void DoorsHttpTest::theClientIsFoundBehindTrustedProxiesOnly() {
    QFETCH(std::string, peer);
    QFETCH(std::string, forwarded);
    QFETCH(std::string, client);
    const auto found = clientAddress(*Address::parse(peer), std::string_view(forwarded), {*Network::parse("10.0.0.0/8")});
    QCOMPARE(found ? found->text() : std::string("nobody"), client);
}

namespace {

/// Who asks behind a proxy on this machine, and whether they may be somebody local.
Request behindLocalProxy(std::vector<Header> headers, const char *peer = "127.0.0.1") {
    Request request;
    request.headers = std::move(headers);
    findClient(request, *Address::parse(peer), {*Network::parse("127.0.0.1")});
    return request;
}

} // namespace

void DoorsHttpTest::allForwardedLinesCount() {
    // HAProxy writes a line of its own below what the stranger sent.
    const Request stranger = behindLocalProxy({{"x-forwarded-for", "127.0.0.1"}, {"host", "h"}, {"x-forwarded-for", "203.0.113.9"}});
    QCOMPARE(stranger.client, std::string("203.0.113.9"));
    QVERIFY(!stranger.forwarded);
    QCOMPARE(behindLocalProxy({{"x-forwarded-for", "198.51.100.1"}, {"x-forwarded-for", "127.0.0.1"}}).client, std::string("198.51.100.1"));
}

void DoorsHttpTest::whoIsHandedOnWithoutAnAddressIsNobodyLocal() {
    for (const Header &said : std::vector<Header>{{"x-forwarded-for", ""}, {"x-forwarded-for", "_hidden"}, {"forwarded", "for=203.0.113.9"}, {"x-real-ip", "203.0.113.9"}, {"x-forwarded-proto", "https"}}) {
        const Request stranger = behindLocalProxy({said});
        QCOMPARE(stranger.client, std::string("unknown"));
        QVERIFY(stranger.forwarded);
    }
    // Whoever is on the proxy's machine and asks directly is what they seem.
    const Request local = behindLocalProxy({});
    QCOMPARE(local.client, std::string("127.0.0.1"));
    QVERIFY(!local.forwarded);
    const Request untrusted = behindLocalProxy({{"x-forwarded-for", "203.0.113.9"}}, "127.0.0.2");
    QCOMPARE(untrusted.client, std::string("127.0.0.2"));
    QVERIFY(untrusted.forwarded);
}

void DoorsHttpTest::aSubscribersAddressesAreOneForLimits() {
    QCOMPARE(limitName("2001:db8:1:2:3::4"), limitName("2001:db8:1:2:ffff::1"));
    QVERIFY(limitName("2001:db8:1:2::1") != limitName("2001:db8:1:3::1"));
    QVERIFY(limitName("198.51.100.1") != limitName("198.51.100.2"));
    QCOMPARE(limitName("::ffff:198.51.100.1"), limitName("198.51.100.1"));
    QCOMPARE(limitName("unknown"), std::string("unknown"));
}

void DoorsHttpTest::routesAreFoundByPathAndMethod() {
    Router router;
    const auto says = [](const char *text) { return [text](Request &r) { return Answer(Response{200, {}, text + (r.parameters.empty() ? "" : r.parameters[0]), {}, false}); }; };
    router.add({"GET", "/v1/messages/{id}", 0, {}, says("get ")});
    router.add({"POST", "/v1/messages/{id}/cancel", 10, {}, says("cancel ")});
    router.add({"POST", "/v1/messages", 20, [](Request &r) { return r.header("x") ? std::nullopt : std::optional(problem(401, "who", "who?")); }, says("post")});
    const auto ask = [&](const char *method, const char *path) {
        Request request = asking(method, path);
        return router.handle(request).takeNow();
    };
    QCOMPARE(ask("GET", "/v1/messages/a%2Fb").body, std::string("get a/b"));
    QCOMPARE(ask("HEAD", "/v1/messages/7").body, std::string("get 7"));
    QCOMPARE(ask("POST", "/v1/messages/7/cancel").body, std::string("cancel 7"));
    for (const char *path : {"/", "/v1", "/v1/messages/", "/v1/messages/7/", "/v1/messages//cancel", "/v1/messages/7/cancel/x", "/v1/messages/%00", "/V1/messages/7", "/v1/messagesx"})
        QCOMPARE(ask("GET", path).status, 404);
    const Response wrong = ask("DELETE", "/v1/messages/7");
    QCOMPARE(wrong.status, 405);
    QCOMPARE(wrong.headers.front().value, std::string("GET, HEAD"));

    Request request = asking("POST", "/v1/messages");
    Admission admission = router.admit(request);
    QCOMPARE(admission.refusal->status, 401);
    request.headers.push_back({"x", "1"});
    admission = router.admit(request);
    QVERIFY(!admission.refusal);
    QCOMPARE(admission.mostBody, std::size_t{20});
}

void DoorsHttpTest::codedBodiesAreRefused() {
    Router router;
    router.add({"POST", "/a", 10, {}, [](Request &) -> Answer { return Response{}; }});
    Request request = asking("POST", "/a");
    request.headers.push_back({"content-encoding", "identity"});
    QVERIFY(!router.admit(request).refusal);
    request.headers.push_back({"content-encoding", "gzip"});
    const auto admission = router.admit(request);
    QVERIFY(admission.refusal);
    QCOMPARE(admission.refusal->status, 415);
    QVERIFY((admission.refusal->headers.front() == Header{"Accept-Encoding", "identity"}));
}

void DoorsHttpTest::readinessNamesTheGate_data() {
    QTest::addColumn<std::string>("what");
    QTest::addColumn<int>("both");
    QTest::addColumn<int>("intakeAlone");
    QTest::addColumn<int>("deliveryAlone");
    QTest::addColumn<std::string>("gate");
    QTest::addColumn<std::string>("intake");
    const auto row = [](const char *what, int both, int intakeAlone, int deliveryAlone, const char *gate, const char *intake) {
        QTest::newRow(what) << std::string(what) << both << intakeAlone << deliveryAlone << std::string(gate) << std::string(intake);
    };
    row("well", 200, 200, 200, "open", "open");
    row("paused", 503, 200, 503, "engine-paused", "open");
    row("all held", 503, 200, 503, "account-held", "open");
    row("one held", 200, 200, 200, "open", "open");
    row("full", 503, 503, 200, "open", "queue-full");
    row("at once", 503, 503, 200, "open", "too-much-at-once");
    row("stopped", 503, 503, 503, "engine-stopped", "journal-blocked");
    row("must restart", 503, 503, 503, "journal-blocked", "journal-blocked");
}

void DoorsHttpTest::readinessNamesTheGate() {
    QFETCH(std::string, what);
    Snapshot s;
    s.engineOwner = true;
    s.running = what != "stopped";
    s.mustRestart = what == "must restart";
    s.paused = what == "paused";
    s.accounts.resize(2);
    if (what == "one held" || what == "all held")
        s.accounts[0].hold.emplace();
    if (what == "all held")
        s.accounts[1].hold.emplace();
    const IntakeGate gate = what == "full" ? IntakeGate::QueueFull
        : what == "at once"                ? IntakeGate::TooMuchAtOnce
        : s.mustRestart || !s.running      ? IntakeGate::Blocked
                                           : IntakeGate::Open;
    const Response both = readiness(s, gate, ReadyFor::IntakeAndDelivery, true);
    QTEST(both.status, "both");
    QTEST(readiness(s, gate, ReadyFor::Intake, true).status, "intakeAlone");
    QTEST(readiness(s, gate, ReadyFor::Delivery, true).status, "deliveryAlone");
    const auto json = nlohmann::json::parse(both.body);
    QTEST(json["gate"].get<std::string>(), "gate");
    QTEST(json["intake"].get<std::string>(), "intake");
    QCOMPARE(nlohmann::json::parse(readiness(s, gate, ReadyFor::IntakeAndDelivery, false).body).size(), std::size_t{1}); // strangers learn no more
}

void DoorsHttpTest::problemsAreOfTheStandardsForm() {
    const Response r = problem(422, "bad_value", "the value of thing1 is empty\xff");
    QCOMPARE(r.contentType, std::string("application/problem+json"));
    const auto json = nlohmann::json::parse(r.body);
    QCOMPARE(json["status"].get<int>(), 422);
    QCOMPARE(json["title"].get<std::string>(), std::string("Unprocessable Content"));
    QCOMPARE(json["type"].get<std::string>(), std::string("about:blank"));
    QVERIFY(json["detail"].get<std::string>().starts_with("the value"));
}

void DoorsHttpTest::whatAnEngineCannotStoreIsNoFaultOfTheCaller() {
    const Response full = problem(Error{ErrorCode::DiskFull, "/home/someone/songda.db"});
    QCOMPARE(full.status, 507);
    QVERIFY(full.body.find("/home") == std::string::npos);
    QCOMPARE(full.headers.front().name, std::string("Retry-After"));
    QCOMPARE(problem(Error{ErrorCode::InvalidInput, "x"}).status, 422);
    QCOMPARE(problem(Error{ErrorCode::NotFound, "x"}).status, 404);
    QCOMPARE(problem(Error{ErrorCode::Storage, "x"}).status, 503);
}

QTEST_GUILESS_MAIN(DoorsHttpTest)
#include "doors_http_test.moc"
