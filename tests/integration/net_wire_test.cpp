// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/breaks.h"
#include "tests/integration/exchanges.h"
#include "tests/integration/scripted_server.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;

namespace {

const PeerKey peer{1};
constexpr int messages = 20;

} // namespace

class NetWireTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void t3_aPostWithoutABodyIsNeverRepeatedEither_data();
    void t3_aPostWithoutABodyIsNeverRepeatedEither();
    void t3_aGetIsToldAsWhatItIs_data();
    void t3_aGetIsToldAsWhatItIs();
    void aRequestThatCannotBeCompleteIsNotWritten_data();
    void aRequestThatCannotBeCompleteIsNotWritten();
    void aConnectionClosedWhileIdleCarriesNoRequestTwice_data();
    void aConnectionClosedWhileIdleCarriesNoRequestTwice();
    void aBrokenConnectionDoesNotSpoilTheNextExchange();
    void whatFollowsAnAnswerIsNeverTakenForTheNextOne_data();
    void whatFollowsAnAnswerIsNeverTakenForTheNextOne();

private:
    LanePool::Options trusting() const {
        LanePool::Options options;
        options.extraRootsPem = m_authority.certificate();
        return options;
    }
    ScriptedServer::Options serving(bool tls) const {
        ScriptedServer::Options options;
        if (tls)
            options.tls = m_identity;
        return options;
    }

    const Authority m_authority;
    const Identity m_identity = m_authority.issue({});
};

void NetWireTest::t3_aPostWithoutABodyIsNeverRepeatedEither_data() {
    QTest::addColumn<bool>("keptAlive");
    QTest::addColumn<bool>("tls");
    QTest::newRow("fresh, plain") << false << false;
    QTest::newRow("kept-alive, plain") << true << false;
    QTest::newRow("fresh, tls") << false << true;
    QTest::newRow("kept-alive, tls") << true << true;
}

void NetWireTest::t3_aPostWithoutABodyIsNeverRepeatedEither() {
    QFETCH(bool, keptAlive);
    QFETCH(bool, tls);
    for (const Plan::End end : {Plan::End::Close, Plan::End::Reset}) {
        ScriptedServer server(
            [&](int, int index) {
                return keptAlive && index == 0 ? after(Plan::wholeRequest, ok(), Plan::End::Keep)
                                               : after(Plan::wholeRequest, "", end);
            },
            serving(tls));
        Exchanges exchanges(trusting());
        exchanges.port().setConnections(peer, 1);
        if (keptAlive)
            exchanges.start(post(server.base() + "/warm", "{}"), peer);
        QVERIFY(exchanges.waitForAll());
        const ExchangeId id = exchanges.start(post(server.base() + "/send", ""), peer);
        QVERIFY(exchanges.eachFinishedOnce());
        QCOMPARE(server.copies(""), 1);
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("Written"));
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("Closed"));
    }
}

void NetWireTest::t3_aGetIsToldAsWhatItIs_data() { t3_aPostWithoutABodyIsNeverRepeatedEither_data(); }

void NetWireTest::t3_aGetIsToldAsWhatItIs() {
    QFETCH(bool, keptAlive);
    QFETCH(bool, tls);
    for (const Plan::End end : {Plan::End::Close, Plan::End::Reset}) {
        ScriptedServer server(
            [&](int, int index) {
                return keptAlive && index == 0 ? after(Plan::wholeRequest, ok(), Plan::End::Keep)
                                               : after(Plan::wholeRequest, "", end);
            },
            serving(tls));
        Exchanges exchanges(trusting());
        exchanges.port().setConnections(peer, 1);
        if (keptAlive)
            exchanges.start(post(server.base() + "/warm", "{}"), peer);
        QVERIFY(exchanges.waitForAll());
        const ExchangeId id = exchanges.start(get(server.base() + "/cgi-bin/token?secret=S"), peer);
        QVERIFY(exchanges.eachFinishedOnce());
        int copies = 0;
        for (const SeenRequest &request : server.requests()) {
            if (request.method == "GET")
                ++copies;
        }
        // The network manager repeats a GET by itself, a few times; nothing changes at the peer by that.
        QVERIFY2(copies >= 1 && copies <= (onBulkPort() ? 1 : 5), QByteArray::number(copies).constData());
        const HttpResponse response = exchanges.of(id);
        const bool repeated = copies > 1 && response.phase == WirePhase::Answered; // on a new connection, which answers
        QCOMPARE(nameOf(response.phase), QByteArray(repeated ? "Answered" : "Written"));
        QCOMPARE(nameOf(response.failure), QByteArray(repeated ? "None" : "Closed"));
    }
}

void NetWireTest::aRequestThatCannotBeCompleteIsNotWritten_data() {
    QTest::addColumn<int>("end");
    QTest::addColumn<bool>("keptAlive");
    QTest::addColumn<bool>("tls");
    const std::vector<std::pair<const char *, Plan::End>> ends{
        {"cut", Plan::End::Cut}, {"reset", Plan::End::Reset}, {"hang", Plan::End::Hang}};
    for (const auto &[name, end] : ends) {
        for (const bool tls : {false, true}) {
            for (const bool kept : {false, true})
                QTest::addRow("%s, %s, %s", name, kept ? "kept-alive" : "fresh", tls ? "tls" : "plain")
                    << static_cast<int>(end) << kept << tls;
        }
    }
}

void NetWireTest::aRequestThatCannotBeCompleteIsNotWritten() {
    QFETCH(int, end);
    QFETCH(bool, keptAlive);
    QFETCH(bool, tls);
    const auto how = static_cast<Plan::End>(end);
    // More than the buffers of both systems hold: the rest must still be with us when the peer goes.
    const QByteArray large(48 * 1024 * 1024, 'x');
    ScriptedServer server(
        [&](int, int index) {
            return keptAlive && index == 0 ? after(Plan::wholeRequest, ok(), Plan::End::Keep) : after(64 * 1024, "", how);
        },
        serving(tls));
    Exchanges exchanges(trusting());
    exchanges.port().setConnections(peer, 1);
    if (keptAlive)
        exchanges.start(post(server.base() + "/warm", "{}"), peer);
    QVERIFY(exchanges.waitForAll());
    const std::size_t before = server.requests().size();
    HttpRequest request = post(server.base() + "/send", large);
    request.deadline = how == Plan::End::Hang || onBulkPort() ? Millis(1500) : Millis(15000);
    const ExchangeId id = exchanges.start(request, peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
    // libcurl goes on writing to a peer that only ended its own half, until the deadline.
    const bool endless = how == Plan::End::Hang || (how == Plan::End::Cut && onBulkPort());
    QCOMPARE(nameOf(exchanges.of(id).failure), endless ? QByteArray("Timeout") : QByteArray("Closed"));
    QCOMPARE(server.requests().size(), before);
}

void NetWireTest::aConnectionClosedWhileIdleCarriesNoRequestTwice_data() {
    QTest::addColumn<int>("end");
    QTest::addColumn<bool>("tls");
    QTest::newRow("close, plain") << static_cast<int>(Plan::End::Close) << false;
    QTest::newRow("reset, plain") << static_cast<int>(Plan::End::Reset) << false;
    QTest::newRow("close, tls") << static_cast<int>(Plan::End::Close) << true;
    QTest::newRow("cut, tls") << static_cast<int>(Plan::End::Cut) << true;
    QTest::newRow("reset, tls") << static_cast<int>(Plan::End::Reset) << true;
}

void NetWireTest::aConnectionClosedWhileIdleCarriesNoRequestTwice() {
    // The server closes right after its answer without having announced it: the next request meets the end
    // of the connection at any moment.
    QFETCH(int, end);
    QFETCH(bool, tls);
    ScriptedServer server(
        [&](int, int) { return after(Plan::wholeRequest, ok(), static_cast<Plan::End>(end)); }, serving(tls));
    Exchanges exchanges(trusting());
    exchanges.port().setConnections(peer, 1);
    for (int i = 0; i < 5 * messages; ++i)
        exchanges.start(post(server.base() + "/send", messageBody(i)), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    int answered = 0;
    for (int i = 0; i < 5 * messages; ++i) {
        const HttpResponse response = exchanges.of(exchanges.started()[static_cast<std::size_t>(i)]);
        const int copies = server.copies(messageBody(i));
        QVERIFY2(copies <= 1, QByteArray::number(copies).constData());
        if (copies == 1)
            QVERIFY2(response.phase != WirePhase::NotWritten, "arrived, and reported as not written");
        if (response.phase == WirePhase::Answered) {
            QCOMPARE(copies, 1);
            QCOMPARE(nameOf(response.failure), QByteArray("None"));
            ++answered;
        } else {
            QCOMPARE(nameOf(response.failure), QByteArray("Closed"));
        }
    }
    QVERIFY(answered > 0);
}

void NetWireTest::aBrokenConnectionDoesNotSpoilTheNextExchange() {
    const auto all = breaks();
    ScriptedServer server([&](int connection, int) {
        const auto n = static_cast<std::size_t>(connection - 1);
        return n < all.size() ? all[n].plan : after(Plan::wholeRequest, ok(), Plan::End::Keep);
    });
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 1);
    for (std::size_t i = 0; i < 3 * all.size(); ++i) {
        HttpRequest request = post(server.base() + "/send", messageBody(static_cast<int>(i)));
        request.deadline = Millis(700);
        exchanges.start(request, peer);
    }
    QVERIFY(exchanges.waitForAll());
    const ExchangeId last = exchanges.start(post(server.base() + "/send", "last"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(last).failure), QByteArray("None"));
    QCOMPARE(exchanges.of(last).status, 200);
    QCOMPARE(server.mostOpen() <= 2, true); // one, and the one before whose end is still on its way
}

void NetWireTest::whatFollowsAnAnswerIsNeverTakenForTheNextOne_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("tls");
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    const QByteArray another = ok("{\"errcode\":0,\"msgid\":666}");
    for (const bool tls : {false, true}) {
        const char *over = tls ? "tls" : "plain";
        QTest::addRow("a second answer, %s", over) << ok() + another << tls;
        QTest::addRow("two more answers, %s", over) << ok() + another + another << tls;
        QTest::addRow("an answer after status 204, %s", over) << "HTTP/1.1 204 No Content\r\n\r\n" + another << tls;
        QTest::addRow("an answer after a 304, %s", over) << "HTTP/1.1 304 Not Modified\r\n\r\n" + another << tls;
        QTest::addRow("an answer after chunks, %s", over) << chunked + "2\r\n{}\r\n0\r\n\r\n" + another << tls;
        QTest::addRow("an answer after a broken chunk, %s", over) << chunked + "zz\r\n" + another << tls;
        QTest::addRow("an answer after an absurd chunk, %s", over) << chunked + "ffffffffffffffff\r\n" + another << tls;
        QTest::addRow("the start of an answer, %s", over) << ok() + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" << tls;
        QTest::addRow("junk, %s", over) << ok() + "surplus" << tls;
    }
}

void NetWireTest::whatFollowsAnAnswerIsNeverTakenForTheNextOne() {
    QFETCH(QByteArray, bytes);
    QFETCH(bool, tls);
    ScriptedServer server(
        [&](int, int index) {
            return index == 0 ? after(Plan::wholeRequest, bytes, Plan::End::Keep)
                              : after(Plan::wholeRequest, "", Plan::End::Close);
        },
        serving(tls));
    Exchanges exchanges(trusting());
    exchanges.port().setConnections(peer, 1);
    // Every other one is answered for its own sake; none may be told the surplus.
    for (int i = 0; i < messages; ++i)
        exchanges.start(post(server.base() + "/send", messageBody(i)), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (int i = 0; i < messages; ++i) {
        const HttpResponse response = exchanges.of(exchanges.started()[static_cast<std::size_t>(i)]);
        QVERIFY2(!QByteArray::fromStdString(response.body).contains("666"), "told the answer of nobody");
        const int copies = server.copies(messageBody(i));
        QVERIFY(copies <= 1);
        if (response.phase == WirePhase::Answered)
            QCOMPARE(copies, 1);
    }
}

QTEST_GUILESS_MAIN(NetWireTest)
#include "net_wire_test.moc"
