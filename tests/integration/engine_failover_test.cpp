// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole engine with two API addresses: the first is dead, comes back, and nobody is notified twice.
#include "tests/integration/engine_fixture.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrl>
#include <algorithm>

using namespace songda;
using namespace songda::testing;

namespace {

/// A way to the simulator by another address, which can be closed and opened again.
class SideDoor {
public:
    explicit SideDoor(const std::string &target)
        : m_target(QString::fromStdString(target)) {
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *caller = m_server.nextPendingConnection())
                join(caller);
        });
        open(0);
        m_port = m_server.serverPort();
    }
    std::string base() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    void open(quint16 port) {
        if (!m_server.listen(QHostAddress::LocalHost, port))
            qFatal("cannot listen");
    }
    void openAgain() { open(m_port); }
    void close() {
        m_server.close();
        for (QTcpSocket *socket : m_server.findChildren<QTcpSocket *>())
            socket->abort();
    }
    int connections() const { return m_connections; }

private:
    void join(QTcpSocket *caller) {
        ++m_connections;
        auto *onward = new QTcpSocket(&m_server);
        onward->connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(m_target.port()));
        const auto pump = [](QTcpSocket *from, QTcpSocket *to) {
            QObject::connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
            QObject::connect(from, &QTcpSocket::disconnected, to, &QTcpSocket::disconnectFromHost);
        };
        pump(caller, onward);
        pump(onward, caller);
    }

    QUrl m_target;
    QTcpServer m_server;
    quint16 m_port = 0;
    int m_connections = 0;
};

std::vector<AuditEntry> changesOver(Engine &engine) {
    AuditSearch search;
    search.act = "account.failover";
    return must(engine.findAudit(search).result()).acts;
}

const AccountSnapshot &lane(const Snapshot &s) { return s.accounts.at(0); }

} // namespace

class EngineFailoverTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSecondAddressCarriesOnAndTheFirstComesBack();
    void badSecondAddressesAreRefused();
};

void EngineFailoverTest::theSecondAddressCarriesOnAndTheFirstComesBack() {
    EngineFixture f;
    f.writePolicy(R"({"pause": {"offline_base_ms": 100, "offline_cap_ms": 200}, "failover": {"stay_ms": 1000, "probe": {"base_ms": 1000, "cap_ms": 1000}}})");
    SideDoor first(f.simulator->baseUrl());
    auto engine = f.open();
    AccountChange change;
    change.apiBase = first.base();
    change.secondBase = f.simulator->baseUrl() + "/";
    must(engine->changeAccount("main", change).result());
    first.close();
    f.import(*engine, 400, QStringLiteral("oSecond"));
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 400; }));
    QVERIFY(lane(engine->snapshot()).onSecondHost);
    const Account onSecond = must(engine->accounts().result()).at(0);
    QVERIFY(onSecond.secondSince.has_value());
    QCOMPARE(baseInUse(onSecond), f.simulator->baseUrl()); // without the slash
    auto acts = changesOver(*engine);
    QCOMPARE(acts.size(), 1U);
    QCOMPARE(acts[0].who, std::string("engine"));
    QCOMPARE(acts[0].reason, "from " + first.base() + " to " + f.simulator->baseUrl() + ": connection_refused");

    first.openAgain();
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return !lane(s).onSecondHost; }));
    const int before = first.connections();
    f.import(*engine, 100, QStringLiteral("oFirst"));
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 500; }));
    QVERIFY(first.connections() > before || before > 1);
    acts = changesOver(*engine);
    QCOMPARE(acts.size(), 2U);
    QCOMPARE(acts[0].reason, "from " + f.simulator->baseUrl() + " to " + first.base() + ": it answers again");
    QVERIFY(!must(engine->accounts().result()).at(0).secondSince);
    const auto ledger = f.simulator->ledger();
    QCOMPARE(ledger.wireCopies, 500U);
    QCOMPARE(ledger.userCopies, 500U);
    EngineFixture::stop(*engine);
}

void EngineFailoverTest::badSecondAddressesAreRefused() {
    EngineFixture f;
    auto engine = f.open();
    for (const std::string &bad : {std::string("nonsense"), f.simulator->baseUrl(), f.simulator->baseUrl() + "/", std::string("https://api2.weixin.qq.com"),
             std::string("http://example.com")}) {
        AccountChange change;
        change.secondBase = bad;
        const auto done = engine->changeAccount("main", change).result();
        QVERIFY2(!done && done.error().code == ErrorCode::InvalidInput, bad.c_str());
    }
    AccountChange change;
    change.secondBase = "http://localhost:8099";
    must(engine->changeAccount("main", change).result());
    QCOMPARE(must(engine->accounts().result()).at(0).secondBase, std::string("http://localhost:8099"));
    change.secondBase = ""; // none any more
    must(engine->changeAccount("main", change).result());
    QVERIFY(must(engine->accounts().result()).at(0).secondBase.empty());
    change.secondBase = "http://localhost:8099";
    must(engine->changeAccount("main", change).result());
    AccountChange first; // the first must not become what the second is
    first.apiBase = "http://localhost:8099";
    QVERIFY(!engine->changeAccount("main", first).result());
}

QTEST_GUILESS_MAIN(EngineFailoverTest)
#include "engine_failover_test.moc"
