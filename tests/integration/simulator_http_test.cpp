// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/simulator_client.h"
#include "tests/integration/simulator_fixture.h"

#include "app/simulator/http_server.h"
#include "app/simulator/simulator.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using namespace songda::simulator;
using namespace songda::simulator::testing;

using End = ClientAnswer::End;

class SimulatorHttpTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersLookLikeThePlatforms();
    void connectionsAreKept();
    void everyFaultEndsAsNamed_data();
    void everyFaultEndsAsNamed();
    void chunkedUploadsGet412();
    void dripsArriveWhole();
    void clientsThatGiveUpAreNoticed();
    void hungConnectionsAreBounded();
    void stopDoesNotWaitForHungConnections();
    void unfinishedRequestsAreNotCounted();
    void windowRunsOnTheGivenClock();
    void refusingConnectionsAndComingBack();
    void refusingForAWhile();
    void controlAndLedgerOverHttp();
    void wrongOptionsAreSaid();
    void manyClientsAtOnce();
    void percentEncodedTokensAreUnderstood();
};

namespace {

constexpr auto sendPath = "/cgi-bin/message/template/send?access_token=";

std::unique_ptr<Simulator> started(Options options = {}) {
    auto simulator = Simulator::start(std::move(options));
    return simulator ? std::move(*simulator) : nullptr;
}

std::string tokenOf(const Simulator &simulator) {
    Client client{simulator.port()};
    return parsed(client.post("/cgi-bin/stable_token", credentials().dump()).body).value("access_token", "");
}

std::string scriptFor(const std::string &openid, const std::string &result) {
    return nlohmann::json{{"script", {{openid, nlohmann::json::array({result})}}}}.dump();
}

} // namespace

void SimulatorHttpTest::answersLookLikeThePlatforms() {
    const auto simulator = started();
    QVERIFY(simulator);
    Client client{simulator->port()};
    const ClientAnswer good
        = client.post(sendPath + tokenOf(*simulator), orderMessage("oPerson", "id").dump());
    QCOMPARE(good.status, 200);
    QCOMPARE(good.headers.at("content-type"), std::string{"application/json; encoding=utf-8"});
    QVERIFY(!good.headers.contains("logicret"));
    const ClientAnswer bad = client.post(sendPath, orderMessage("oPerson", "id").dump());
    QCOMPARE(bad.status, 200);
    QCOMPARE(bad.headers.at("logicret"), std::string{"40014"});
    const ClientAnswer missing
        = client.post("/cgi-bin/message/template/send", orderMessage("oPerson", "id").dump());
    QCOMPARE(missing.headers.at("logicret"), std::string{"41001"});
    QCOMPARE(client.get("/cgi-bin/unheard_of").status, 404);
}

void SimulatorHttpTest::connectionsAreKept() {
    const auto simulator = started();
    const std::string target = sendPath + tokenOf(*simulator);
    Client client{simulator->port()};
    for (int i = 0; i < 50; ++i) {
        QVERIFY(client.post(target, orderMessage("oPerson", std::to_string(i)).dump()).end == End::Complete);
    }
    QCOMPARE(simulator->ledger().userCopies, std::uint64_t{50});
}

void SimulatorHttpTest::everyFaultEndsAsNamed_data() {
    QTest::addColumn<QByteArray>("fault");
    QTest::addColumn<int>("end");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("userCopies");
    const auto row = [](const char *fault, End end, int status, int userCopies) {
        QTest::newRow(fault) << QByteArray(fault) << static_cast<int>(end) << status << userCopies;
    };
    row("ok", End::Complete, 200, 1);
    row("43004", End::Complete, 200, 0);
    row("busy", End::Complete, 200, 0);
    row("http:500", End::Complete, 500, 0);
    row("recorded_http:502", End::Complete, 502, 1);
    row("http:429:9", End::Complete, 429, 0);
    row("close", End::ClosedBefore, 0, 0);
    row("recorded_close", End::ClosedBefore, 0, 1);
    row("reset", End::Reset, 0, 0);
    row("recorded_reset", End::Reset, 0, 1);
    row("half", End::ClosedWithin, 200, 1);
    row("html", End::Complete, 200, 0);
    row("redirect", End::Complete, 302, 0);
    row("delay:20", End::Complete, 200, 1);
    row("drip:1", End::Complete, 200, 1);
}

void SimulatorHttpTest::everyFaultEndsAsNamed() {
    QFETCH(const QByteArray, fault);
    QFETCH(const int, end);
    QFETCH(const int, status);
    QFETCH(const int, userCopies);
    const auto simulator = started();
    QVERIFY(simulator->control(scriptFor("oPerson", fault.toStdString())).has_value());
    const std::string target = sendPath + tokenOf(*simulator);
    const std::string body = orderMessage("oPerson", "id").dump();
    // Once on a fresh connection, once on a kept one.
    Client fresh{simulator->port()};
    const ClientAnswer answer = fresh.post(target, body);
    QCOMPARE(static_cast<int>(answer.end), end);
    QCOMPARE(answer.status, status);
    QCOMPARE(simulator->received("oPerson").at(0).userCopies, static_cast<unsigned>(userCopies));
    QCOMPARE(simulator->received("oPerson").at(0).wireCopies, 1U);

    QVERIFY(simulator->control(scriptFor("oOther", fault.toStdString())).has_value());
    Client kept{simulator->port()};
    QVERIFY(kept.get("/__health").end == End::Complete);
    QCOMPARE(static_cast<int>(kept.post(target, orderMessage("oOther", "id").dump()).end), end);
    QCOMPARE(simulator->received("oOther").at(0).wireCopies, 1U);
}

void SimulatorHttpTest::chunkedUploadsGet412() {
    const auto simulator = started();
    Client client{simulator->port()};
    const std::string body = orderMessage("oPerson", "id").dump();
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", body.size());
    client.write("POST " + (sendPath + tokenOf(*simulator))
        + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + size.data() + body
        + "\r\n0\r\n\r\n");
    const ClientAnswer answer = client.read();
    QCOMPARE(answer.status, 412);
    QVERIFY(answer.body.empty());
    QCOMPARE(simulator->ledger().userCopies, std::uint64_t{0});
    QCOMPARE(simulator->ledger().byAnswer.at("http:412"), std::uint64_t{1});
}

void SimulatorHttpTest::dripsArriveWhole() {
    const auto simulator = started();
    QVERIFY(simulator->control(scriptFor("oPerson", "drip:0")).has_value());
    Client client{simulator->port()};
    const ClientAnswer answer
        = client.post(sendPath + tokenOf(*simulator), orderMessage("oPerson", "id").dump());
    QCOMPARE(parsed(answer.body)["msgid"].get<std::uint64_t>(), simulator->received("oPerson").at(0).msgid);
}

void SimulatorHttpTest::clientsThatGiveUpAreNoticed() {
    std::atomic<int> asked{0};
    std::atomic<std::uint64_t> unanswered{0};
    const auto server = HttpServer::start({}, [&](const Request &request) {
        ++asked;
        Reply reply;
        reply.ending = request.body == "body" ? Ending::Hang : Ending::Answer;
        reply.unanswered = &unanswered;
        return reply;
    });
    QVERIFY(server.has_value());
    Client client{(*server)->port()};
    QCOMPARE(client.post("/", "another").status, 200);
    client.writePost("/", "body");
    QTRY_COMPARE(asked.load(), 2);
    QCOMPARE(unanswered.load(), std::uint64_t{0});
    QCOMPARE((*server)->connectionCount(), std::size_t{1});
    client.close();
    QTRY_COMPARE((*server)->connectionCount(), std::size_t{0});
    QCOMPARE(unanswered.load(), std::uint64_t{1});
}

void SimulatorHttpTest::hungConnectionsAreBounded() {
    HttpSettings settings;
    settings.mostHung = 2;
    const auto server = HttpServer::start(settings, [](const Request &) {
        Reply reply;
        reply.ending = Ending::Hang;
        return reply;
    });
    Client first{(*server)->port()};
    Client second{(*server)->port()};
    Client third{(*server)->port()};
    // The oldest is let go for the third; which one that is depends on the order of arrival.
    for (Client *client : {&first, &second, &third}) {
        client->writePost("/", "body");
    }
    QTRY_COMPARE((*server)->connectionCount(), std::size_t{2});
}

void SimulatorHttpTest::stopDoesNotWaitForHungConnections() {
    const auto simulator = started();
    QVERIFY(
        simulator
            ->control(
                R"({"script":{"oPerson":"recorded_hang","oSlow":"delay:3600000","oDrip":"drip:3600000"}})")
            .has_value());
    const std::string target = sendPath + tokenOf(*simulator);
    std::vector<std::unique_ptr<Client>> clients;
    for (const char *openid : {"oPerson", "oSlow", "oDrip", "oPerson"}) {
        clients.push_back(std::make_unique<Client>(simulator->port()));
        clients.back()->writePost(target, orderMessage(openid, "id").dump());
    }
    QTRY_COMPARE(simulator->ledger().wireCopies, std::uint64_t{4});
    QCOMPARE(simulator->received("oPerson").at(0).userCopies, 1U);
    simulator->stop();
    QVERIFY(clients.front()->read().end == End::ClosedBefore);
}

void SimulatorHttpTest::unfinishedRequestsAreNotCounted() {
    const auto simulator = started();
    Client client{simulator->port()};
    client.write("POST " + (sendPath + tokenOf(*simulator))
        + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n{\"touser\":\"oPerson\"");
    client.close();
    Client next{simulator->port()};
    QVERIFY(next.get("/__health").end == End::Complete);
    QCOMPARE(simulator->ledger().wireCopies, std::uint64_t{0});
}

void SimulatorHttpTest::windowRunsOnTheGivenClock() {
    std::atomic<std::int64_t> elapsed{0};
    Options options;
    options.clock = [&elapsed] { return noon + std::chrono::seconds{elapsed}; };
    const auto simulator = started(options);
    Client client{simulator->port()};
    const std::string target = sendPath + tokenOf(*simulator);
    const std::string body = orderMessage("oPerson", "id").dump();
    client.post(target, body);
    elapsed = 599;
    client.post(target, body);
    QCOMPARE(simulator->ledger().userCopies, std::uint64_t{1});
    elapsed = 600;
    client.post(target, body);
    QCOMPARE(simulator->ledger().notifiedTwiceCount, std::uint64_t{1});
    elapsed = 7200;
    QCOMPARE(parsed(client.post(target, body).body)["errcode"].get<int>(), 42001);
}

void SimulatorHttpTest::refusingConnectionsAndComingBack() {
    const auto simulator = started();
    const std::string target = sendPath + tokenOf(*simulator);
    Client idle{simulator->port()};
    QVERIFY(idle.post(target, orderMessage("oPerson", "1").dump()).end == End::Complete);
    Client steering{simulator->port()};
    QCOMPARE(steering.post("/__control", R"({"accepting":false})").status, 200);
    QVERIFY(!Client{simulator->port()}.isConnected());
    // A kept connection ends without an answer and nothing is recorded.
    QVERIFY(idle.post(target, orderMessage("oPerson", "2").dump()).end != End::Complete);
    QCOMPARE(simulator->ledger().wireCopies, std::uint64_t{1});
    QCOMPARE(steering.post("/__control", R"({"accepting":true})").status, 200);
    Client again{simulator->port()};
    QVERIFY(again.post(target, orderMessage("oPerson", "2").dump()).end == End::Complete);
}

void SimulatorHttpTest::refusingForAWhile() {
    const auto simulator = started();
    QVERIFY(simulator->control(R"({"refuse_ms":1})").has_value());
    QTRY_VERIFY(Client{simulator->port()}.isConnected());
}

void SimulatorHttpTest::controlAndLedgerOverHttp() {
    const auto simulator = started();
    Client client{simulator->port()};
    QCOMPARE(client.post("/__control", R"({"script":{"oPerson":["busy"]},"daily_limit":5})").status, 200);
    const ClientAnswer refused = client.post("/__control", R"({"daily_limit":7,"unheard_of":1})");
    QCOMPARE(refused.status, 400);
    QVERIFY(refused.body.find("unheard_of") != std::string::npos);
    const std::string token = tokenOf(*simulator);
    client.post(sendPath + token, orderMessage("oPerson", "id").dump());
    client.post(sendPath + token, orderMessage("oPerson", "id").dump());

    const ClientAnswer state = client.get("/__control");
    QCOMPARE(parsed(state.body)["daily_limit"].get<int>(), 5); // the refused change left no trace
    QCOMPARE(parsed(state.body)["token_requests"]["stable"].get<int>(), 1);
    QCOMPARE(state.body.find(token), std::string::npos);
    QCOMPARE(state.body.find(std::string{practiceSecret}), std::string::npos);

    const nlohmann::json summary = parsed(client.get("/__ledger").body);
    QCOMPARE(summary["wire_copies"].get<int>(), 2);
    QCOMPARE(summary["user_copies"].get<int>(), 1);
    QCOMPARE(summary["by_answer"]["-1"].get<int>(), 1);
    const nlohmann::json person = parsed(client.get("/__ledger?openid=oPerson").body);
    QCOMPARE(person["messages"][0]["copies"].size(), std::size_t{2});
    const ClientAnswer csv = client.get("/__ledger.csv");
    QVERIFY(csv.body.find("\r\noPerson,id,2,1,") != std::string::npos);
    QCOMPARE(client.post("/__control", R"({"reset_ledger":true})").status, 200);
    QCOMPARE(simulator->ledger().wireCopies, std::uint64_t{0});
    QCOMPARE(client.get("/__unheard_of").status, 404);
}

void SimulatorHttpTest::wrongOptionsAreSaid() {
    const auto reasonFor = [](auto change) {
        Options options;
        change(options);
        const auto simulator = Simulator::start(options);
        return simulator ? std::string{} : simulator.error();
    };
    QVERIFY(!reasonFor([](Options &options) { options.mix = "nonsense"; }).empty());
    QVERIFY(!reasonFor([](Options &options) { options.script = "{"; }).empty());
    QVERIFY(!reasonFor([](Options &options) { options.templates = "{"; }).empty());
    QVERIFY(!reasonFor([](Options &options) { options.bindAddress = "nowhere"; }).empty());
    QVERIFY(
        !reasonFor([](Options &options) { options.tlsCertificate = options.tlsKey = "nonsense"; }).empty());
    const auto simulator = started();
    const std::string taken = reasonFor([&](Options &options) { options.port = simulator->port(); });
    QVERIFY(taken.find(std::to_string(simulator->port())) != std::string::npos);
}

void SimulatorHttpTest::manyClientsAtOnce() {
    Options options;
    options.threads = 2;
    options.mix = "busy=5,recorded_close=5,close=5,http500=5";
    const auto simulator = started(options);
    const std::string target = sendPath + tokenOf(*simulator);
    constexpr int threads = 4;
    constexpr int messages = 200;
    constexpr std::uint64_t all = 800;
    static_assert(all == threads * messages);
    std::atomic<int> posts{0};
    std::vector<std::thread> workers;
    workers.reserve(threads);
    for (int thread = 0; thread < threads; ++thread) {
        workers.emplace_back([&, thread] {
            auto client = std::make_unique<Client>(simulator->port());
            for (int i = 0; i < messages; ++i) {
                const std::string body
                    = orderMessage("o" + std::to_string(thread) + "_" + std::to_string(i), "id").dump();
                // Repeated until a good answer comes: the receiver must still see it once.
                while (true) {
                    ++posts;
                    const ClientAnswer answer = client->post(target, body);
                    if (answer.end != End::Complete) {
                        client = std::make_unique<Client>(simulator->port());
                    } else if (answer.status == 200 && parsed(answer.body).value("errcode", -99) == 0) {
                        break;
                    }
                }
            }
        });
    }
    for (std::thread &worker : workers) {
        worker.join();
    }
    const LedgerSummary summary = simulator->ledger();
    QCOMPARE(summary.userCopies, all);
    QCOMPARE(summary.wireCopies, static_cast<std::uint64_t>(posts.load()));
    QCOMPARE(summary.notifiedTwiceCount, std::uint64_t{0});
    QCOMPARE(summary.bodyMismatch, std::uint64_t{0});
    QVERIFY(summary.duplicatesDropped > 0);
}

void SimulatorHttpTest::percentEncodedTokensAreUnderstood() {
    const auto simulator = started();
    std::string encoded;
    for (const char c : tokenOf(*simulator)) {
        std::array<char, 4> digits{};
        std::snprintf(
            digits.data(), digits.size(), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        encoded += digits.data();
    }
    Client client{simulator->port()};
    const ClientAnswer answer = client.post(sendPath + encoded, orderMessage("oPerson", "id").dump());
    QCOMPARE(parsed(answer.body)["errcode"].get<int>(), 0);
}

QTEST_GUILESS_MAIN(SimulatorHttpTest)
#include "simulator_http_test.moc"
