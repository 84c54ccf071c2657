// SPDX-License-Identifier: GPL-3.0-or-later
//
// However a connection breaks, the platform never reads more copies of a message than there are attempt rows. Qt's network
// manager and libcurl both repeat a POST by themselves when the peer closes without an answer, unless they are kept from it.
// Neither transport speaks HTTP/2: what is said of HTTP/1.1 is all there is, and a server that prefers HTTP/2 is served by
// HTTP/1.1.
#include "tests/full_form.h"
#include "tests/integration/breaks.h"
#include "tests/integration/scripted_engine.h"

#include <QTest>
#include <atomic>
#include <string_view>

using namespace songda;
using namespace songda::net;
using namespace songda::net::testing;
using songda::testing::inFullForm;

namespace {

const PeerKey peer{1};
/// At one time, each on a connection of its own.
const int together = inFullForm(40, 12);

} // namespace

class N2NoHiddenRepeatsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void copiesOnTheWireArePosts_data();
    void copiesOnTheWireArePosts();
    void copiesOnTheWireAreAttemptRows();
    void aServerThatPrefersHttp2IsServedByHttp1();

private:
    void breakOnce(const Break &broken, bool keptAlive, bool tls);
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

void N2NoHiddenRepeatsTest::copiesOnTheWireArePosts_data() {
    QTest::addColumn<int>("breakIndex");
    QTest::addColumn<bool>("keptAlive");
    QTest::addColumn<bool>("tls");
    const auto all = breaks();
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (const bool tls : {true, false}) {
            for (const bool kept : {false, true}) {
                // That a kept connection is closed before reading is seen before anything is written, most often:
                // net_wire_test has it.
                if (kept && all[i].plan.afterBytes == 0)
                    continue;
                // Silence costs its deadline: two of its places stand for all in every run.
                const std::string_view name = all[i].name;
                const bool standsForAll = tls && (name == "after the request: hang" || name == "inside the body: hang");
                if (all[i].plan.end == Plan::End::Hang && !standsForAll && inFullForm(1, 0) == 0)
                    continue;
                QTest::addRow("%s, %s, %s", all[i].name, kept ? "kept-alive" : "fresh", tls ? "tls" : "plain")
                    << static_cast<int>(i) << kept << tls;
            }
        }
    }
}

void N2NoHiddenRepeatsTest::copiesOnTheWireArePosts() {
    QFETCH(int, breakIndex);
    QFETCH(bool, keptAlive);
    QFETCH(bool, tls);
    Break broken = breaks()[static_cast<std::size_t>(breakIndex)];
    if (tls && (broken.plan.end == Plan::End::Cut || broken.plan.end == Plan::End::Reset)) {
        // A stream that ends without a goodbye may take the last record with it. The answer is then unknown.
        broken.phases.push_back(WirePhase::Written);
        broken.failures.push_back(HttpFailure::Closed);
    }
    // 1,000 messages over TLS in the full form; silence costs its deadline each time and has its own test (N4).
    const int rounds = tls && broken.plan.end != Plan::End::Hang ? inFullForm(25, 1) : 1;
    for (int round = 0; round < rounds && !QTest::currentTestFailed(); ++round)
        breakOnce(broken, keptAlive, tls);
}

void N2NoHiddenRepeatsTest::breakOnce(const Break &how, bool keptAlive, bool tls) {
    Break broken = how;
    const int warmUps = keptAlive ? together : 0;

    auto options = serving(tls);
    options.gate = together; // so that each needs a connection of its own, and no end comes before all have arrived
    broken.plan.atTheGate = broken.plan.afterBytes == Plan::wholeRequest;
    ScriptedServer server(
        [&](int, int index) {
            Plan warm;
            warm.answer = ok();
            warm.atTheGate = true;
            return keptAlive && index == 0 ? warm : broken.plan;
        },
        options);
    Exchanges exchanges(trusting());
    exchanges.port().setConnections(peer, together);
    for (int i = 0; i < warmUps; ++i)
        exchanges.start(post(server.base() + "/warm", "{}"));
    QVERIFY(exchanges.waitForAll());
    QCOMPARE(server.connections(), warmUps);

    // A message whose turn comes when another's kept connection is already broken meets a fresh one, whose first request
    // the server reads whole and leaves at the gate. With libcurl that is common: kept from repeating, it gives up the
    // kept connection that it had picked for the repeat.
    const bool mayMeetAFreshOne = keptAlive && broken.copies == 0;
    for (int i = 0; i < together; ++i) {
        HttpRequest request = post(server.base() + "/send?access_token=SECRET", messageBody(i));
        // Only who is left hanging needs the deadline; nobody else may get near it.
        request.deadline = broken.plan.end == Plan::End::Hang ? Millis(700) : mayMeetAFreshOne ? Millis(2000) : Millis(15000);
        exchanges.start(request, peer);
    }
    QVERIFY2(exchanges.eachFinishedOnce(), "an exchange did not finish exactly once");

    if (mayMeetAFreshOne)
        broken.failures.push_back(HttpFailure::Timeout);
    int uncertainOrAnswered = 0;
    for (int i = 0; i < together; ++i) {
        const HttpResponse response = exchanges.of(exchanges.started()[static_cast<std::size_t>(warmUps + i)]);
        const QByteArray told = nameOf(response.phase) + '/' + nameOf(response.failure);
        QVERIFY2(isOneOf(response.phase, broken.phases), told.constData());
        QVERIFY2(isOneOf(response.failure, broken.failures), told.constData());
        QCOMPARE(response.status != 0, response.phase == WirePhase::Answered);
        QVERIFY(!textOf(response).contains("SECRET"));
        const int copies = server.copies(messageBody(i));
        if (mayMeetAFreshOne)
            QVERIFY2(copies == 0 || (copies == 1 && response.phase == WirePhase::Written), told.constData());
        else
            QCOMPARE(copies, broken.copies);
        if (response.phase != WirePhase::NotWritten)
            ++uncertainOrAnswered;
    }
    const auto seen = server.requests();
    if (mayMeetAFreshOne)
        return;
    QCOMPARE(static_cast<int>(seen.size()), warmUps + together * broken.copies);
    if (broken.copies > 0)
        QCOMPARE(uncertainOrAnswered, static_cast<int>(seen.size()) - warmUps);
    for (const SeenRequest &request : seen) {
        // The messages really met the kept-alive connections, or the fresh ones, that the row is about.
        if (broken.plan.end != Plan::End::Keep)
            QCOMPARE(request.index, keptAlive && request.target != "/warm" ? 1 : 0);
    }
    QVERIFY(!server.sawChunkedRequest());
    QVERIFY(!server.sawPipelining());
}

void N2NoHiddenRepeatsTest::copiesOnTheWireAreAttemptRows() {
    // The whole engine with its journal: a third of the sends meets one of the ends that come after the whole request.
    const int messages = inFullForm(1000, 150);
    std::vector<Plan> ends;
    for (const Break &one : breaks()) {
        const bool silent = one.plan.end == Plan::End::Hang || one.plan.end == Plan::End::Keep;
        if (one.plan.afterBytes == Plan::wholeRequest && !silent)
            ends.push_back(one.plan);
    }
    std::atomic<unsigned> asked{0};
    ScriptedServer server(
        [&](int connection, int index) {
            const bool isToken = connection == 1 && index == 0;
            const unsigned n = isToken ? 1 : asked++;
            return n % 3 == 0 ? ends[n / 3 % ends.size()] : workingPlatform();
        },
        serving(true));
    ScriptedEngine engine({.apiBase = server.base(), .roots = m_authority.certificate()});
    engine.queue(messages);
    engine.start();
    QVERIFY(engine.drain());
    engine.stop();
    std::map<std::string, int> copies;
    std::map<std::string, QByteArray> bodies;
    for (const SeenRequest &request : server.requests()) {
        if (!isSend(request))
            continue;
        const std::string openid = request.body.mid(11, 6).toStdString();
        ++copies[openid];
        const auto [first, fresh] = bodies.emplace(openid, request.body);
        QVERIFY2(fresh || first->second == request.body, "a repeat with other bytes");
    }
    const auto rows = engine.attemptRows();
    QCOMPARE(static_cast<int>(rows.size()), messages);
    int total = 0;
    for (const auto &[openid, of] : rows) {
        QVERIFY2(copies[openid] == of.written,
            qPrintable(QStringLiteral("%1: %2 copies, %3 rows").arg(QString::fromStdString(openid)).arg(copies[openid]).arg(of.written)));
        QCOMPARE(of.open, 0);
        total += of.written;
    }
    qInfo("%d messages, %d copies on the wire, %d attempt rows", messages, static_cast<int>(server.requests().size()) - 1, total);
    QVERIFY(total > messages);
    QCOMPARE(engine.number("SELECT count(*) FROM message WHERE state = 4"), messages);
    QCOMPARE(QByteArray::fromStdString(engine.broken()), QByteArray());
}

void N2NoHiddenRepeatsTest::aServerThatPrefersHttp2IsServedByHttp1() {
    auto options = serving(true);
    options.alpn = {"h2", "http/1.1"};
    ScriptedServer server([](int, int) { return after(Plan::wholeRequest, ok(), Plan::End::Keep); }, options);
    Exchanges exchanges(trusting());
    exchanges.port().setConnections(peer, 4);
    for (int i = 0; i < together; ++i)
        exchanges.start(post(server.base() + "/send", messageBody(i)), peer);
    QVERIFY(exchanges.eachFinishedOnce());
    for (const ExchangeId id : exchanges.started()) {
        QCOMPARE(nameOf(exchanges.of(id).failure), QByteArray("None"));
        QCOMPARE(exchanges.of(id).status, 200);
    }
    QCOMPARE(static_cast<int>(server.requests().size()), together);
    for (const SeenRequest &request : server.requests())
        QCOMPARE(request.version, QByteArray("HTTP/1.1"));
}

QTEST_GUILESS_MAIN(N2NoHiddenRepeatsTest)
#include "n2_no_hidden_repeats_test.moc"
