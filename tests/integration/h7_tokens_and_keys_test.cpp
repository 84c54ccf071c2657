// SPDX-License-Identifier: GPL-3.0-or-later
//
// H7 on real sockets: tokens of a configured issuer get in; a flood of wrong keys from one address is slowed for that
// address alone, and honest ones there do not notice. The single cases are in doors_tokens_test and doors_auth_test.
#include "tests/full_form.h"
#include "tests/integration/doors_fixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QMessageAuthenticationCode>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <thread>

using namespace songda;
using namespace songda::testing;
using nlohmann::json;

namespace {

using Client = DoorClient;
const QByteArray secret = "a secret of thirty-two bytes, or more";

QByteArray base64url(const QByteArray &bytes) { return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals); }

QByteArray token(const json &claims, const char *algorithm = "HS256") {
    const json head{{"alg", algorithm}, {"typ", "JWT"}};
    const QByteArray text = base64url(QByteArray::fromStdString(head.dump())) + "." + base64url(QByteArray::fromStdString(claims.dump()));
    return "Authorization: Bearer " + text + "." + base64url(QMessageAuthenticationCode::hash(text, secret, QCryptographicHash::Sha256)) + "\r\n";
}

} // namespace

class H7TokensAndKeysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tokensGetInAndNoFurther();
    void guessingIsSlowedForTheGuesserAlone_data();
    void guessingIsSlowedForTheGuesserAlone();
};

void H7TokensAndKeysTest::tokensGetInAndNoFurther() {
    QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("secret")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(secret + "\n");
    file.close();
    auto settings = must(doors::readDoorSettings(
        R"({"enabled": true, "jwt": [{"issuer": "https://login.example", "audience": "songda", "algorithm": "HS256", "key_file": "secret", "scopes": "send"}]})",
        dir.path().toStdString()));
    settings.server.port = 0;
    DoorsFixture f(settings);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Engine::wallNow().time_since_epoch()).count();
    const json claims{{"iss", "https://login.example"}, {"aud", "songda"}, {"sub", "orders"}, {"exp", seconds + 60}};
    const auto client = f.client();
    const QByteArray message = f.bytes(f.message("oUser1"));
    const QByteArray taken = client->ask("POST", "/v1/messages", message, token(claims) + f.json);
    QCOMPARE(Client::statusOf(taken), 202);
    const QByteArray location = Client::headerOf(taken, "Location");
    QCOMPARE(f.jsonOf(client->ask("GET", location, {}, token(claims)))["created_by"].get<std::string>(), std::string("api:orders@https://login.example"));
    const QByteArray batch = "/v1/batches/" + QByteArray::number(f.jsonOf(taken)["batch_id"].get<int>());
    QCOMPARE(Client::statusOf(client->ask("GET", batch, {}, token(claims))), 200); // its own
    json other = claims;
    other["sub"] = "parcels";
    QCOMPARE(Client::statusOf(client->ask("GET", batch, {}, token(other))), 404);
    QCOMPARE(Client::statusOf(client->ask("GET", location, {}, token(other))), 404);
    json narrow = claims;
    narrow["accounts"] = {"second"};
    QCOMPARE(Client::statusOf(f.client()->ask("POST", "/v1/messages", message, token(narrow) + f.json)), 403);
    json expired = claims;
    expired["exp"] = seconds - 60;
    QCOMPARE(Client::statusOf(f.client()->ask("POST", "/v1/messages", message, token(expired) + f.json)), 401);
    QCOMPARE(Client::statusOf(f.client()->ask("POST", "/v1/messages", message, token(claims, "none") + f.json)), 401);
    QCOMPARE(f.queued(), 1);
}

void H7TokensAndKeysTest::guessingIsSlowedForTheGuesserAlone_data() {
    QTest::addColumn<QByteArray>("honestFrom");
    QTest::newRow("honest ones from elsewhere") << QByteArray("127.0.0.1");
    QTest::newRow("honest ones from where the guesser is") << QByteArray("127.0.0.66"); // one router, or one machine
}

void H7TokensAndKeysTest::guessingIsSlowedForTheGuesserAlone() {
    QFETCH(QByteArray, honestFrom);
    const int guesses = inFullForm(100'000, 10'000);
    DoorsFixture f;
    std::atomic<int> next{0};
    std::atomic<int> looked{0};
    std::atomic<int> others{0};
    QElapsedTimer clock;
    clock.start();
    std::vector<std::thread> guessers;
    for (int t = 0; t < 8; ++t) {
        guessers.emplace_back([&] {
            auto client = f.client("127.0.0.66");
            for (int n = next++; n < guesses; n = next++) {
                const QByteArray answer = client->ask("GET", "/v1/templates", {}, "Authorization: Bearer songda_" + QByteArray::number(n) + "\r\n");
                const int status = Client::statusOf(answer);
                if (Client::headerOf(answer, "Connection").toLower() == "close") // no connection is kept for ever
                    client = f.client("127.0.0.66");
                looked += status == 401 ? 1 : 0;
                others += status == 401 || status == 429 ? 0 : 1;
            }
        });
    }
    std::vector<qint64> took;
    const auto honest = f.client(honestFrom.constData());
    int refused = 0;
    do {
        QElapsedTimer one;
        one.start();
        refused += Client::statusOf(honest->ask("GET", "/v1/messages?account=main&key=none", {}, f.all)) == 404 ? 0 : 1;
        took.push_back(one.elapsed());
        QTest::qWait(5);
    } while (next < guesses);
    for (std::thread &t : guessers)
        t.join();
    const double seconds = static_cast<double>(clock.elapsed()) / 1000;
    std::sort(took.begin(), took.end());
    qInfo("%d guesses in %.1f s, %d looked at; %zu honest calls, p99 %lld ms", guesses, seconds, looked.load(), took.size(),
        static_cast<long long>(took[took.size() * 99 / 100]));
    QCOMPARE(others.load(), 0);
    QCOMPARE(refused, 0);
    QVERIFY(looked <= static_cast<int>(seconds * 10) + 11);
    QVERIFY(took[took.size() * 99 / 100] < 500);
}

QTEST_GUILESS_MAIN(H7TokensAndKeysTest)
#include "h7_tokens_and_keys_test.moc"
