// SPDX-License-Identifier: GPL-3.0-or-later
//
// A peer that cannot prove that it is the platform gets nothing: no token, no secret, not a byte of a request.
#include "tests/integration/scripted_engine.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QTest>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;
using namespace std::chrono_literals;

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

const AccountSnapshot &only(const Snapshot &s) { return s.accounts.at(0); }

} // namespace

class N5TlsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anUntrustedPeerGetsNothing_data();
    void anUntrustedPeerGetsNothing();
    void anUntrustedPeerGetsNothingFromManyAtOnce();
    void aCertificateThatGoesBadIsRefusedOnTheNextConnection();
    void aBrokenHandshakeIsNotWritten_data();
    void aBrokenHandshakeIsNotWritten();
    void theEngineStopsBeforeAnUntrustedPlatform_data();
    void theEngineStopsBeforeAnUntrustedPlatform();
    void theEngineStopsWhenTheCertificateGoesBad();
    void theEngineWaitsBeforeAPlatformOfTls10();
    void nothingInTheEngineIgnoresACertificate();

private:
    const Authority m_authority;
    const Authority m_stranger;
};

void N5TlsTest::anUntrustedPeerGetsNothing_data() {
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("trustAuthority");
    const auto row = [](const char *name, const Identity &identity, bool trusted) {
        QTest::newRow(name) << identity.certificate << identity.key << trusted;
    };
    Authority::Wish good;
    Authority::Wish expired;
    expired.validFrom = -24h * 365;
    expired.validTo = -1h;
    Authority::Wish future;
    future.validFrom = 24h;
    Authority::Wish otherName;
    otherName.host = "api.weixin.example";
    Authority::Wish otherWildcard;
    otherWildcard.host = "*.example";
    row("expired", m_authority.issue(expired), true);
    row("not yet valid", m_authority.issue(future), true);
    row("wrong name", m_authority.issue(otherName), true);
    row("wildcard of another domain", m_authority.issue(otherWildcard), true);
    row("unknown issuer", m_authority.issue(good), false);
    row("another issuer", m_stranger.issue(good), true);
    row("self-signed", Authority::selfSigned(good), true);
    row("self-signed, no extra roots", Authority::selfSigned(good), false);
    row("expired, of another issuer, with a wrong name",
        [&] {
            Authority::Wish bad = expired;
            bad.host = "api.weixin.example";
            return m_stranger.issue(bad);
        }(),
        true);
}

void N5TlsTest::anUntrustedPeerGetsNothing() {
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    QFETCH(bool, trustAuthority);
    ScriptedServer server([](int, int) { return answering(); }, serving({certificate, key}));
    Exchanges exchanges(trusting(trustAuthority ? m_authority.certificate() : QByteArray()));
    exchanges.port().setConnections(peer, 1);
    for (int i = 0; i < 5; ++i)
        exchanges.start(sending(server.base(), i), peer);
    exchanges.start(get(server.base() + "/token?secret=SECRET"), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QVERIFY(server.waitForNoConnections());
    for (const ExchangeId id : exchanges.started()) {
        const HttpResponse response = exchanges.of(id);
        QCOMPARE(nameOf(response.failure), QByteArray("TlsUntrusted"));
        QCOMPARE(nameOf(response.phase), QByteArray("NotWritten"));
        QCOMPARE(response.status, 0);
        QVERIFY(!textOf(response).contains("SECRET"));
    }
    QCOMPARE(server.requestBytes(), qint64(0));
    QVERIFY(server.connections() > 0);
}

void N5TlsTest::anUntrustedPeerGetsNothingFromManyAtOnce() {
    ScriptedServer server([](int, int) { return answering(); }, serving(Authority::selfSigned({})));
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 12);
    for (int i = 0; i < 60; ++i)
        exchanges.start(sending(server.base(), i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QVERIFY(server.waitForNoConnections());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("TlsUntrusted"));
        QCOMPARE(nameOf(exchanges.of(id).phase), QByteArray("NotWritten"));
    }
    QCOMPARE(server.requestBytes(), qint64(0));
}

void N5TlsTest::aCertificateThatGoesBadIsRefusedOnTheNextConnection() {
    ScriptedServer server(
        [](int, int) {
            Plan plan;
            plan.answer = answer("200 OK", "Connection: close\r\n", "{}");
            plan.end = Plan::End::Close;
            return plan;
        },
        serving(m_authority.issue({})));
    Exchanges exchanges(trusting(m_authority.certificate()));
    exchanges.port().setConnections(peer, 1);
    const ExchangeId before = exchanges.start(sending(server.base(), 1), peer);
    QVERIFY(exchanges.waitFor(before));
    QVERIFY(server.waitForNoConnections());
    const qint64 bytes = server.requestBytes();
    server.setIdentity(Authority::selfSigned({}));
    const ExchangeId after = exchanges.start(sending(server.base(), 2), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    QCOMPARE(nameOf(exchanges.of(before).failure), QByteArray("None"));
    QCOMPARE(nameOf(exchanges.of(after).failure), QByteArray("TlsUntrusted"));
    QCOMPARE(nameOf(exchanges.of(after).phase), QByteArray("NotWritten"));
    QCOMPARE(server.requestBytes(), bytes);
}

void N5TlsTest::aBrokenHandshakeIsNotWritten_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("end");
    QTest::addColumn<bool>("said"); ///< the peer said what it thinks of us, rather than just going away
    const int close = static_cast<int>(Plan::End::Close);
    const int reset = static_cast<int>(Plan::End::Reset);
    QTest::newRow("junk") << QByteArray("this is no handshake\r\n\r\n") << close << true;
    QTest::newRow("alert: handshake failure") << QByteArray("\x15\x03\x03\x00\x02\x02\x28", 7) << close << true;
    QTest::newRow("alert: protocol version") << QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7) << close << true;
    QTest::newRow("alert: internal error") << QByteArray("\x15\x03\x03\x00\x02\x02\x50", 7) << close << true;
    // A server hello of TLS 1.0, which nobody may speak any more.
    QTest::newRow("TLS 1.0") << QByteArray("\x16\x03\x01\x00\x2a\x02\x00\x00\x26\x03\x01", 11) + QByteArray(32, 'r')
            + QByteArray("\x00\x00\x2f\x00", 4)
                             << close << true;
    QTest::newRow("closed") << QByteArray("") << close << false;
    QTest::newRow("reset") << QByteArray("") << reset << false;
    QTest::newRow("half a record, closed") << QByteArray("\x16\x03\x03\x10\x00\x02", 6) << close << false;
}

void N5TlsTest::aBrokenHandshakeIsNotWritten() {
    QFETCH(QByteArray, bytes);
    QFETCH(int, end);
    QFETCH(bool, said);
    ScriptedServer::Options options;
    options.insteadOfTls = bytes;
    options.afterInsteadOfTls = static_cast<Plan::End>(end);
    ScriptedServer server([](int, int) { return answering(); }, options);
    Exchanges exchanges;
    exchanges.port().setConnections(peer, 2);
    for (int i = 0; i < 10; ++i)
        exchanges.start(sending(server.base(), i), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        const HttpResponse response = exchanges.of(id);
        QCOMPARE(nameOf(response.phase), QByteArray("NotWritten"));
        if (said)
            QCOMPARE(nameOf(response.failure), QByteArray("TlsHandshake"));
        else
            QVERIFY2(response.failure == HttpFailure::TlsHandshake || response.failure == HttpFailure::Closed,
                nameOf(response.failure).constData());
        QVERIFY(!textOf(response).contains("SECRET"));
    }
    QCOMPARE(server.requests().size(), std::size_t(0));
}

void N5TlsTest::theEngineStopsBeforeAnUntrustedPlatform_data() { anUntrustedPeerGetsNothing_data(); }

void N5TlsTest::theEngineStopsBeforeAnUntrustedPlatform() {
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    QFETCH(bool, trustAuthority);
    ScriptedServer server([](int, int) { return workingPlatform(); }, serving({certificate, key}));
    ScriptedEngine engine({.apiBase = server.base(), .roots = trustAuthority ? m_authority.certificate() : QByteArray()});
    engine.queue(50);
    engine.start();
    QVERIFY(engine.runUntil([](const Snapshot &s) { return only(s).gate == Gate::AccountHeld; }));
    // Sooner than after five: the first refusal stops the account, and a person reads why.
    QCOMPARE(only(engine.engine->snapshot()).hold.value().cause, std::string("tls_untrusted"));
    QVERIFY(engine.engine->causeWords("tls_untrusted", false).known);
    engine.stop();
    QVERIFY2(server.connections() <= 5, QByteArray::number(server.connections()).constData());
    QCOMPARE(server.requestBytes(), qint64(0));
    QCOMPARE(engine.number("SELECT count(*) FROM attempt"), 0);
    QCOMPARE(engine.number("SELECT count(*) FROM message WHERE state = 1"), 50);
}

void N5TlsTest::theEngineStopsWhenTheCertificateGoesBad() {
    ScriptedServer server([](int, int) { return workingPlatform(); }, serving(m_authority.issue({})));
    constexpr int messages = 400;
    constexpr int connections = 4;
    ScriptedEngine engine(
        {.apiBase = server.base(), .roots = m_authority.certificate(), .connections = connections, .rate = 100, .burst = 10});
    engine.queue(messages);
    engine.start();
    QVERIFY(engine.runUntil([](const Snapshot &s) { return s.accepted >= 50; }));
    server.setIdentity(Authority::selfSigned({}));
    const int connectionsBefore = server.connections();
    server.hangUp();
    const auto requests = server.requests().size();
    QVERIFY(engine.runUntil([](const Snapshot &s) { return only(s).gate == Gate::AccountHeld; }));
    QCOMPARE(only(engine.engine->snapshot()).hold.value().cause, std::string("tls_untrusted"));
    engine.stop();
    QCOMPARE(server.requests().size(), requests);
    QVERIFY2(server.connections() - connectionsBefore <= connections + 1,
        QByteArray::number(server.connections() - connectionsBefore).constData());
    // What was not sent waits; what was cut off is not said to have arrived.
    QCOMPARE(engine.number("SELECT count(*) FROM message WHERE state IN (1, 3, 4)"), messages);
    QVERIFY(engine.number("SELECT count(*) FROM message WHERE state = 4") <= static_cast<qint64>(requests));
}

void N5TlsTest::theEngineWaitsBeforeAPlatformOfTls10() {
    ScriptedServer::Options options;
    options.insteadOfTls = QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7); // its alert: protocol version
    ScriptedServer server([](int, int) { return workingPlatform(); }, options);
    ScriptedEngine engine({.apiBase = server.base(), .roots = m_authority.certificate()});
    engine.queue(50);
    engine.start();
    QVERIFY(engine.runUntil([](const Snapshot &s) { return only(s).gate == Gate::Offline; }));
    QCOMPARE(only(engine.engine->snapshot()).gateDetail, std::string("tls_handshake"));
    engine.stop();
    QVERIFY2(server.connections() <= 5, QByteArray::number(server.connections()).constData());
    QCOMPARE(server.requests().size(), std::size_t(0));
    QCOMPARE(engine.number("SELECT count(*) FROM attempt"), 0);
}

void N5TlsTest::nothingInTheEngineIgnoresACertificate() {
    const QRegularExpression ignoring(QStringLiteral("ignoreSslErrors|VerifyNone|QueryPeer|SSL_VERIFY(PEER|HOST), *0"));
    int files = 0;
    QDirIterator it(QStringLiteral(SONGDA_SOURCE_DIR "/engine"), {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
        QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!QString::fromUtf8(file.readAll()).contains(ignoring), qPrintable(it.filePath()));
        ++files;
    }
    QVERIFY(files > 100);
}

QTEST_GUILESS_MAIN(N5TlsTest)
#include "n5_tls_test.moc"
