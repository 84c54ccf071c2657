// SPDX-License-Identifier: GPL-3.0-or-later
//
// The server under the doors on real sockets: limits, promised answers, TLS and its change, the end.
#include "engine/doors/answer_thread.h"
#include "engine/doors/http_server.h"
#include "engine/doors/problem.h"
#include "tests/integration/door_client.h"
#include "tests/must.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QPromise>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <mutex>
#include <thread>

using namespace songda;
using namespace songda::doors;
using namespace songda::testing;

namespace {

Response text(std::string body) { return {200, "text/plain", std::move(body), {}, false}; }

/// Promises that a test keeps when it likes.
class Promises {
public:
    QFuture<Response> make() {
        const std::lock_guard lock(m_mutex);
        m_promises.emplace_back();
        m_promises.back().start();
        return m_promises.back().future();
    }
    std::size_t count() {
        const std::lock_guard lock(m_mutex);
        return m_promises.size();
    }
    void keepAll(const Response &response) {
        const std::lock_guard lock(m_mutex);
        for (auto &promise : m_promises) {
            promise.addResult(response);
            promise.finish();
        }
        m_promises.clear();
    }
    void breakAll() {
        const std::lock_guard lock(m_mutex);
        for (auto &promise : m_promises) {
            promise.future().cancel();
            promise.finish();
        }
        m_promises.clear();
    }

    QObject *context() { return m_answers.context(); }

private:
    AnswerThread m_answers;
    std::mutex m_mutex;
    std::vector<QPromise<Response>> m_promises;
};

HttpServer::Hooks hooksOf(Promises &promises) {
    HttpServer::Hooks hooks;
    hooks.context = promises.context();
    hooks.admit = [](Request &r) { return Admission{r.path == "/no" ? std::optional(problem(401, "who", "who?")) : std::nullopt, 1'000'000}; };
    hooks.handle = [&promises](Request &r) -> Answer {
        if (r.path == "/later")
            return promises.make();
        if (r.path == "/throw")
            throw std::runtime_error("a handler's fault");
        return text(r.client + (r.forwarded ? " forwarded" : ""));
    };
    return hooks;
}

} // namespace

class DoorsServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void promisedAnswersHoldNoThread();
    void aPromiseThatIsBrokenIsAnswered();
    void aHandlersFaultEndsItsConnectionAlone();
    void refusedAtTheHeadWithoutReadingTheBody();
    void theSlowestConnectionGivesWay();
    void eachConnectionHasItsChance();
    void whoIsWorkedForDoesNotGiveWay();
    void theOldestOfAllGivesWayOverAll();
    void slowOnesAreCutAndSteadyOnesAreNot();
    void whoDoesNotReadIsCut();
    void whoDoesNotReadGivesWay();
    void allBodiesTogetherAreBounded();
    void theEndLetsWorkFinish();
    void theEndDoesNotWaitForEver();
    void forwardedAddressesCountOnlyFromTrustedProxies();
    void aNewCertificateIsTakenUpAndABadOneIsNot();
    void wrongCertificatesAreRefusedAtTheStart();
};

void DoorsServerTest::promisedAnswersHoldNoThread() {
    Promises promises;
    HttpServer::Settings settings;
    settings.threads = 1;
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    std::vector<std::unique_ptr<DoorClient>> waiting;
    for (int i = 0; i < 20; ++i) {
        waiting.push_back(std::make_unique<DoorClient>(server->port()));
        QVERIFY(waiting.back()->say(DoorClient::request("GET", "/later")));
    }
    QTRY_COMPARE(promises.count(), std::size_t{20});
    DoorClient other(server->port());
    QCOMPARE(DoorClient::statusOf(other.ask("GET", "/now")), 200);
    promises.keepAll(text("kept"));
    for (auto &client : waiting)
        QCOMPARE(DoorClient::bodyOf(client->answer()), QByteArray("kept"));
    // The same connections go on.
    for (auto &client : waiting)
        QCOMPARE(DoorClient::statusOf(client->ask("GET", "/now")), 200);
}

void DoorsServerTest::aPromiseThatIsBrokenIsAnswered() {
    Promises promises;
    const auto server = must(HttpServer::start({}, hooksOf(promises)));
    DoorClient client(server->port());
    QVERIFY(client.say(DoorClient::request("GET", "/later")));
    QTRY_COMPARE(promises.count(), std::size_t{1});
    promises.breakAll();
    QCOMPARE(DoorClient::statusOf(client.answer()), 503);
}

void DoorsServerTest::aHandlersFaultEndsItsConnectionAlone() {
    Promises promises;
    const auto server = must(HttpServer::start({}, hooksOf(promises)));
    DoorClient client(server->port());
    DoorClient other(server->port());
    QVERIFY(client.say(DoorClient::request("GET", "/throw")));
    QVERIFY(client.isClosedWithin(5000));
    QCOMPARE(DoorClient::statusOf(other.ask("GET", "/now")), 200);
}

void DoorsServerTest::refusedAtTheHeadWithoutReadingTheBody() {
    Promises promises;
    const auto server = must(HttpServer::start({}, hooksOf(promises)));
    DoorClient client(server->port());
    QVERIFY(client.say("POST /no HTTP/1.1\r\nHost: h\r\nContent-Length: 900000\r\n\r\n"));
    QCOMPARE(DoorClient::statusOf(client.answer()), 401);
    QVERIFY(client.isClosedWithin(5000));
    // Without a body the connection goes on.
    DoorClient other(server->port());
    for (int i = 0; i < 3; ++i)
        QCOMPARE(DoorClient::statusOf(other.ask("GET", "/no")), 401);
    QCOMPARE(DoorClient::statusOf(other.ask("GET", "/now")), 200);
}

void DoorsServerTest::eachConnectionHasItsChance() {
    Promises promises;
    HttpServer::Settings settings;
    settings.limits.perAddress = 2;
    settings.limits.total = 20;
    settings.limits.chance = std::chrono::minutes{1};
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    std::vector<std::unique_ptr<DoorClient>> clients;
    const auto begin = [&] {
        clients.push_back(std::make_unique<DoorClient>(server->port()));
        return clients.back()->say("GET /now HTTP/1.1\r\nHost: h\r\n");
    };
    for (int i = 0; i < 10; ++i) { // all have just come: more than two, but no more than half of all
        QVERIFY(begin());
        QTRY_COMPARE(server->connections(), static_cast<std::size_t>(i + 1));
        QTest::qWait(5);
    }
    QCOMPARE(server->displaced(), std::uint64_t{0});
    QVERIFY(begin());
    QVERIFY(clients.front()->isClosedWithin(5000));
    QTRY_COMPARE(server->displaced(), std::uint64_t{1});
    for (std::size_t i = 1; i < clients.size(); ++i) {
        QVERIFY(clients[i]->say("\r\n"));
        QCOMPARE(DoorClient::statusOf(clients[i]->answer()), 200);
    }
}

void DoorsServerTest::theSlowestConnectionGivesWay() {
    Promises promises;
    HttpServer::Settings settings;
    settings.limits.perAddress = 5;
    settings.limits.chance = std::chrono::milliseconds{0};
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    std::vector<std::unique_ptr<DoorClient>> clients;
    for (int i = 0; i < 5; ++i) {
        clients.push_back(std::make_unique<DoorClient>(server->port()));
        QVERIFY(clients.back()->say("GET /now HTTP/1.1\r\nHost: h\r\n"));
        QTRY_COMPARE(server->connections(), static_cast<std::size_t>(i + 1));
        QTest::qWait(5); // the next one's time begins later
    }
    DoorClient elsewhere(server->port(), "127.0.0.2");
    QCOMPARE(DoorClient::statusOf(elsewhere.ask("GET", "/now")), 200);
    QCOMPARE(server->displaced(), std::uint64_t{0});
    DoorClient sixth(server->port());
    QCOMPARE(DoorClient::statusOf(sixth.ask("GET", "/now")), 200);
    QVERIFY(clients.front()->isClosedWithin(5000));
    QCOMPARE(DoorClient::statusOf(clients.front()->unread()), 503); // had said something: is told why
    QTRY_COMPARE(server->displaced(), std::uint64_t{1});
    // The others go on, and so does the one elsewhere.
    for (std::size_t i = 1; i < clients.size(); ++i) {
        QVERIFY(clients[i]->say("\r\n"));
        QCOMPARE(DoorClient::statusOf(clients[i]->answer()), 200);
    }
    QCOMPARE(DoorClient::statusOf(elsewhere.ask("GET", "/now")), 200);
    clients.clear();
    // Many at once: each gets in, what is open stays bounded.
    for (int i = 0; i < 500; ++i) {
        clients.push_back(std::make_unique<DoorClient>(server->port()));
        QVERIFY(clients.back()->isOpen());
    }
    QTRY_VERIFY(server->connections() <= 6);
    DoorClient last(server->port());
    QCOMPARE(DoorClient::statusOf(last.ask("GET", "/now")), 200);
}

void DoorsServerTest::whoIsWorkedForDoesNotGiveWay() {
    Promises promises;
    HttpServer::Settings settings;
    settings.limits.perAddress = 5;
    settings.trustedProxies = {must(Network::parse("127.0.0.3"))};
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    std::vector<std::unique_ptr<DoorClient>> clients;
    for (int i = 0; i < 5; ++i) {
        clients.push_back(std::make_unique<DoorClient>(server->port()));
        QVERIFY(clients.back()->say(DoorClient::request("GET", "/later")));
    }
    QTRY_COMPARE(promises.count(), std::size_t{5});
    DoorClient sixth(server->port());
    const QByteArray refusal = sixth.answer();
    QCOMPARE(DoorClient::statusOf(refusal), 503);
    QCOMPARE(DoorClient::headerOf(refusal, "Content-Type"), QByteArray("application/problem+json"));
    QVERIFY(DoorClient::headerOf(refusal, "Retry-After").toInt() >= 1);
    for (int i = 0; i < 10; ++i) { // a proxy stands for many
        clients.push_back(std::make_unique<DoorClient>(server->port(), "127.0.0.3"));
        QCOMPARE(DoorClient::statusOf(clients.back()->ask("GET", "/now")), 200);
    }
    promises.keepAll(text("kept"));
    for (std::size_t i = 0; i < 5; ++i)
        QCOMPARE(DoorClient::bodyOf(clients[i]->answer()), QByteArray("kept"));
    QCOMPARE(server->displaced(), std::uint64_t{0});
}

void DoorsServerTest::theOldestOfAllGivesWayOverAll() {
    Promises promises;
    HttpServer::Settings settings;
    settings.limits.total = 3;
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    std::vector<std::unique_ptr<DoorClient>> clients;
    for (const char *from : {"127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"}) {
        clients.push_back(std::make_unique<DoorClient>(server->port(), from));
        QCOMPARE(DoorClient::statusOf(clients.back()->ask("GET", "/now")), 200);
        QTest::qWait(5);
    }
    QVERIFY(clients.front()->isClosedWithin(5000));
    for (std::size_t i = 1; i < clients.size(); ++i)
        QVERIFY(clients[i]->say(DoorClient::request("GET", "/later")));
    QTRY_COMPARE(promises.count(), std::size_t{3});
    DoorClient fifth(server->port(), "127.0.0.5");
    QCOMPARE(DoorClient::statusOf(fifth.answer()), 503);
    promises.keepAll(text("kept"));
    for (std::size_t i = 1; i < clients.size(); ++i)
        QCOMPARE(DoorClient::bodyOf(clients[i]->answer()), QByteArray("kept"));
}

void DoorsServerTest::slowOnesAreCutAndSteadyOnesAreNot() {
    Promises promises;
    HttpServer::Settings settings;
    settings.limits.request = std::chrono::milliseconds(1000);
    settings.limits.slowest = 1000;
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    DoorClient silent(server->port());
    DoorClient halfHead(server->port());
    QVERIFY(halfHead.say("GET /now HTTP/1.1\r\nHost"));
    DoorClient halfBody(server->port());
    QVERIFY(halfBody.say("POST /now HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nabc"));
    DoorClient waiting(server->port());
    QVERIFY(waiting.say(DoorClient::request("GET", "/later")));
    // Ten bytes a moment keep the library's own time limit away for ever, this one not; ten thousand earn their time.
    DoorClient drip(server->port());
    DoorClient steady(server->port());
    QVERIFY(drip.say("POST /now HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"));
    QVERIFY(steady.say("POST /now HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n"));
    for (int i = 0; i < 10; ++i) {
        drip.say(QByteArray(10, 'x'));
        QVERIFY(steady.say(QByteArray(10'000, 'x')));
        QTest::qWait(200);
    }
    QCOMPARE(DoorClient::statusOf(steady.answer()), 200);
    QVERIFY(silent.isClosedWithin(5000));
    QVERIFY(silent.unread().isEmpty());
    for (DoorClient *client : {&halfHead, &halfBody, &drip}) { // said something: is told why
        QVERIFY(client->isClosedWithin(5000));
        QCOMPARE(DoorClient::statusOf(client->unread()), 408);
        QCOMPARE(DoorClient::headerOf(client->unread(), "Content-Type"), QByteArray("application/problem+json"));
    }
    QVERIFY(server->cut() >= 4);
    // Whoever waits for us is not slow.
    promises.keepAll(text("kept"));
    QCOMPARE(DoorClient::bodyOf(waiting.answer()), QByteArray("kept"));
}

void DoorsServerTest::whoDoesNotReadIsCut() {
    Promises promises;
    HttpServer::Settings settings;
    settings.limits.answer = std::chrono::milliseconds(1000);
    settings.limits.slowest = 50'000'000;
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    DoorClient client(server->port());
    QVERIFY(client.say(DoorClient::request("GET", "/later")));
    QTRY_COMPARE(promises.count(), std::size_t{1});
    promises.keepAll(text(std::string(20'000'000, 'x')));
    QTRY_COMPARE_WITH_TIMEOUT(server->connections(), std::size_t{0}, 10'000);
}

void DoorsServerTest::whoDoesNotReadGivesWay() {
    Promises promises;
    HttpServer::Settings settings;
    settings.limits.perAddress = 3;
    settings.limits.chance = std::chrono::milliseconds(0);
    settings.limits.slowest = 1'000'000'000;
    settings.limits.unread = std::chrono::milliseconds(50);
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    std::vector<std::unique_ptr<DoorClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<DoorClient>(server->port()));
        QVERIFY(clients.back()->say(DoorClient::request("GET", "/later")));
    }
    QTRY_COMPARE(promises.count(), std::size_t{3});
    promises.keepAll(text(std::string(20'000'000, 'x')));
    // None of the three reads: a newcomer gets in in place of one of them.
    const auto getsIn = [&] {
        DoorClient newcomer(server->port());
        return DoorClient::statusOf(newcomer.ask("GET", "/now")) == 200;
    };
    QVERIFY(QTest::qWaitFor(getsIn, 5000)); // the macro would ask once more, and not everybody gets in at once
    QVERIFY(server->displaced() >= 1);
    QCOMPARE(server->cut(), std::uint64_t{0});
}

void DoorsServerTest::allBodiesTogetherAreBounded() {
    Promises promises;
    HttpServer::Settings settings;
    settings.mostBodies = 1'048'576; // a quarter of it for those without a key
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    const QByteArray head = "POST /now HTTP/1.1\r\nHost: h\r\nContent-Length: ";
    DoorClient slow(server->port());
    QVERIFY(slow.say(head + "120000\r\n\r\n" + QByteArray(100'000, 'a')));
    DoorClient second(server->port());
    const auto large = [&] {
        DoorClient client(server->port());
        return client.ask("POST", "/now", QByteArray(200'000, 'b'));
    };
    // As soon as the first one's has come there is no room for another large one, but for any number of small ones.
    QTRY_COMPARE(DoorClient::statusOf(large()), 503);
    const QByteArray refusal = large();
    QVERIFY(DoorClient::bodyOf(refusal).contains("too_much_at_once"));
    QVERIFY(DoorClient::headerOf(refusal, "Retry-After").toInt() >= 1);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(DoorClient::statusOf(second.ask("POST", "/now", QByteArray(10'000, 'c'))), 200);
    QVERIFY(slow.say(QByteArray(20'000, 'a')));
    QCOMPARE(DoorClient::statusOf(slow.answer()), 200);
    QCOMPARE(DoorClient::statusOf(large()), 200); // its room is free again, though its connection is still open
}

void DoorsServerTest::theEndLetsWorkFinish() {
    Promises promises;
    auto server = must(HttpServer::start({}, hooksOf(promises)));
    DoorClient idle(server->port());
    DoorClient client(server->port());
    QVERIFY(client.say(DoorClient::request("GET", "/later")));
    QTRY_COMPARE(promises.count(), std::size_t{1});
    std::thread stopping([&] { server->stop(); });
    QVERIFY(idle.isClosedWithin(5000));
    promises.keepAll(text("kept"));
    const QByteArray answer = client.answer();
    stopping.join();
    QCOMPARE(DoorClient::bodyOf(answer), QByteArray("kept"));
    QCOMPARE(DoorClient::headerOf(answer, "Connection").toLower(), QByteArray("close"));
    DoorClient late(server->port());
    QVERIFY(!late.isOpen());
}

void DoorsServerTest::theEndDoesNotWaitForEver() {
    Promises promises;
    HttpServer::Settings settings;
    settings.grace = std::chrono::milliseconds(200);
    auto server = must(HttpServer::start(settings, hooksOf(promises)));
    DoorClient client(server->port());
    QVERIFY(client.say(DoorClient::request("GET", "/later")));
    QTRY_COMPARE(promises.count(), std::size_t{1});
    server.reset();
    promises.keepAll(text("too late")); // reaches nobody, harms nobody
    QVERIFY(client.isClosedWithin(5000));
    QVERIFY(!client.unread().contains("too late"));
}

void DoorsServerTest::forwardedAddressesCountOnlyFromTrustedProxies() {
    Promises promises;
    HttpServer::Settings settings;
    settings.trustedProxies = {must(Network::parse("127.0.0.2"))};
    const auto server = must(HttpServer::start(settings, hooksOf(promises)));
    const QByteArray header = "X-Forwarded-For: 203.0.113.9\r\n";
    DoorClient direct(server->port());
    DoorClient proxy(server->port(), "127.0.0.2");
    QCOMPARE(DoorClient::bodyOf(direct.ask("GET", "/now", {}, header)), QByteArray("127.0.0.1 forwarded"));
    QCOMPARE(DoorClient::bodyOf(direct.ask("GET", "/now")), QByteArray("127.0.0.1"));
    QCOMPARE(DoorClient::bodyOf(proxy.ask("GET", "/now", {}, header)), QByteArray("203.0.113.9"));
    // The proxy adds a line below what the stranger sent.
    QCOMPARE(DoorClient::bodyOf(proxy.ask("GET", "/now", {}, "X-Forwarded-For: 127.0.0.1\r\n" + header)), QByteArray("203.0.113.9"));
    QCOMPARE(DoorClient::bodyOf(proxy.ask("GET", "/now", {}, "X-Forwarded-For: 127.0.0.2, nobody\r\n")), QByteArray("unknown forwarded"));
}

namespace {

/// A certificate of a name, made by the openssl program; false when there is none.
bool makeCertificate(const QString &dir, const QString &name) {
    QProcess openssl;
    openssl.start(QStringLiteral("openssl"),
        {QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
            QStringLiteral("ec_paramgen_curve:P-256"), QStringLiteral("-nodes"), QStringLiteral("-days"), QStringLiteral("2"),
            QStringLiteral("-subj"), QStringLiteral("/CN=") + name, QStringLiteral("-keyout"), dir + QStringLiteral("/key.pem"),
            QStringLiteral("-out"), dir + QStringLiteral("/certificate.pem")});
    return openssl.waitForFinished() && openssl.exitCode() == 0;
}

/// The name in the certificate the server shows, and what it answers.
QByteArray askOverTls(std::uint16_t port) {
    QProcess openssl;
    openssl.setProcessChannelMode(QProcess::MergedChannels);
    openssl.start(QStringLiteral("openssl"),
        {QStringLiteral("s_client"), QStringLiteral("-quiet"), QStringLiteral("-connect"), QStringLiteral("127.0.0.1:%1").arg(port)});
    openssl.write("GET /now HTTP/1.0\r\n\r\n");
    openssl.waitForFinished(10'000);
    return openssl.readAll();
}

} // namespace

void DoorsServerTest::aNewCertificateIsTakenUpAndABadOneIsNot() {
    QTemporaryDir dir;
    QVERIFY(makeCertificate(dir.path(), QStringLiteral("first")));
    Promises promises;
    HttpServer::Settings settings;
    settings.certificateFile = dir.filePath(QStringLiteral("certificate.pem")).toStdString();
    settings.keyFile = dir.filePath(QStringLiteral("key.pem")).toStdString();
    settings.lookForCertificate = std::chrono::milliseconds(250);
    std::atomic<int> warnings{0};
    HttpServer::Hooks hooks = hooksOf(promises);
    hooks.warn = [&](const std::string &) { ++warnings; };
    const auto server = must(HttpServer::start(settings, hooks));
    QByteArray said = askOverTls(server->port());
    QVERIFY2(said.contains("CN = first") && said.contains("200 OK"), said);
    DoorClient plain(server->port());
    QVERIFY(plain.say(DoorClient::request("GET", "/now")));
    QVERIFY(plain.isClosedWithin(5000));
    QVERIFY(!plain.unread().contains("200 OK"));

    QVERIFY(makeCertificate(dir.path(), QStringLiteral("second")));
    QTRY_VERIFY_WITH_TIMEOUT(askOverTls(server->port()).contains("CN = second"), 10'000);

    QFile key(dir.filePath(QStringLiteral("key.pem")));
    QVERIFY(key.open(QIODevice::WriteOnly));
    key.write("no key");
    key.close();
    QTRY_COMPARE_WITH_TIMEOUT(warnings.load(), 1, 10'000);
    said = askOverTls(server->port());
    QVERIFY2(said.contains("CN = second") && said.contains("200 OK"), said);
}

void DoorsServerTest::wrongCertificatesAreRefusedAtTheStart() {
    QTemporaryDir dir;
    Promises promises;
    HttpServer::Settings settings;
    settings.certificateFile = dir.filePath(QStringLiteral("certificate.pem")).toStdString();
    settings.keyFile = dir.filePath(QStringLiteral("key.pem")).toStdString();
    const auto missing = HttpServer::start(settings, hooksOf(promises));
    QVERIFY(!missing);
    QVERIFY2(missing.error().detail.find("certificate.pem") != std::string::npos, missing.error().detail.c_str());
    HttpServer::Settings taken;
    const auto first = must(HttpServer::start({}, hooksOf(promises)));
    taken.port = first->port();
    const auto second = HttpServer::start(taken, hooksOf(promises));
    QVERIFY(!second);
    QVERIFY2(second.error().detail.find("cannot listen") != std::string::npos, second.error().detail.c_str());
}

QTEST_GUILESS_MAIN(DoorsServerTest)
#include "doors_server_test.moc"
