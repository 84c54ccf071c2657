// SPDX-License-Identifier: GPL-3.0-or-later
//
// H8: the same request many times at once is one message with equal answers; callers that are gone before the answer, and
// an end of the engine in the middle, change nothing of that.
#include "engine/store/database.h"
#include "engine/store/migrations.h"
#include "tests/full_form.h"
#include "tests/integration/doors_fixture.h"

#include <QTest>
#include <map>
#include <set>
#include <thread>

using namespace songda;
using namespace songda::testing;
using nlohmann::json;

namespace {
using Client = DoorClient;
constexpr int callers = 64;
int rounds() { return inFullForm(200, 20); }
} // namespace

class H8IdempotentIntakeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sixtyFourAtOnceAreOneMessage();
    void ofTwoWishesUnderOneKeyOneWins();
    void callersThatAreGoneLeaveWhatTheyHandedOver();
    void whatWasAnsweredIsThereAfterTheEnd();
    void aKeyIsTheSameMessageAfterItsArchive();
    void aRepeatIsNotJudgedAnew();
};

void H8IdempotentIntakeTest::sixtyFourAtOnceAreOneMessage() {
    DoorsFixture f;
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < callers; ++i)
        clients.push_back(f.client());
    for (int round = 0; round < rounds(); ++round) {
        const std::string key = "order-" + std::to_string(round);
        const QByteArray request
            = Client::request("POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + f.json + "Idempotency-Key: " + QByteArray::fromStdString(key) + "\r\n");
        std::atomic<int> ready{0};
        std::vector<std::thread> threads;
        for (auto &client : clients) {
            threads.emplace_back([&, c = client.get()] {
                ++ready;
                while (ready < callers)
                    std::this_thread::yield();
                c->say(request);
            });
        }
        for (std::thread &t : threads)
            t.join();
        std::set<QByteArray> answers;
        int fresh = 0;
        for (auto &client : clients) {
            const QByteArray answer = client->answer();
            QCOMPARE(Client::statusOf(answer), 202);
            answers.insert(Client::bodyOf(answer));
            fresh += Client::headerOf(answer, "Idempotency-Replayed").isEmpty() ? 1 : 0;
        }
        QCOMPARE(answers.size(), std::size_t{1});
        QCOMPARE(fresh, 1);
        QCOMPARE(f.queued(), round + 1);
    }
    qInfo("%d rounds of %d callers: %d messages", rounds(), callers, rounds());
}

void H8IdempotentIntakeTest::ofTwoWishesUnderOneKeyOneWins() {
    DoorsFixture f;
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < callers; ++i)
        clients.push_back(f.client());
    for (int round = 0; round < rounds(); ++round) {
        std::vector<std::thread> threads;
        for (int i = 0; i < callers; ++i) {
            threads.emplace_back([&, i] {
                clients[static_cast<std::size_t>(i)]->say(Client::request("POST", "/v1/messages", f.bytes(f.message(i % 2 == 0 ? "oEven" : "oOdd")),
                    f.all + f.json + "Idempotency-Key: k" + QByteArray::number(round) + "\r\n"));
            });
        }
        for (std::thread &t : threads)
            t.join();
        std::map<int, int> statuses[2];
        for (int i = 0; i < callers; ++i)
            ++statuses[i % 2][Client::statusOf(clients[static_cast<std::size_t>(i)]->answer())];
        const std::map<int, int> won{{202, callers / 2}};
        const std::map<int, int> lost{{409, callers / 2}};
        QVERIFY((statuses[0] == won && statuses[1] == lost) || (statuses[0] == lost && statuses[1] == won));
        QCOMPARE(f.queued(), round + 1);
    }
}

void H8IdempotentIntakeTest::callersThatAreGoneLeaveWhatTheyHandedOver() {
    DoorsFixture f;
    for (int i = 0; i < 50; ++i) {
        const auto client = f.client();
        client->say(Client::request(
            "POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + f.json + "Idempotency-Key: k" + QByteArray::number(i) + "\r\n"));
    }
    const auto client = f.client();
    for (int i = 0; i < 50; ++i) {
        const QByteArray answer = client->ask(
            "POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + f.json + "Idempotency-Key: k" + QByteArray::number(i) + "\r\n");
        QCOMPARE(Client::statusOf(answer), 202);
    }
    QCOMPARE(f.queued(), 50);
}

void H8IdempotentIntakeTest::whatWasAnsweredIsThereAfterTheEnd() {
    std::map<int, std::int64_t> answered;
    DoorsFixture f;
    std::mutex mutex;
    std::vector<std::thread> threads;
    std::atomic<bool> go{true};
    for (int t = 0; t < 16; ++t) {
        threads.emplace_back([&, t] {
            const auto client = f.client();
            for (int i = 0; go; ++i) {
                const int n = t * 1'000'000 + i;
                const QByteArray answer = client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1")),
                    f.all + f.json + "Idempotency-Key: k" + QByteArray::number(n) + "\r\n");
                if (Client::statusOf(answer) != 202)
                    return;
                const std::lock_guard lock(mutex);
                answered[n] = f.jsonOf(answer)["message_id"].get<std::int64_t>();
            }
        });
    }
    QTRY_VERIFY_WITH_TIMEOUT(([&] {
        const std::lock_guard lock(mutex);
        return answered.size() > 1000;
    }()),
        30'000);
    f.doors.reset(); // in the middle
    go = false;
    for (std::thread &t : threads)
        t.join();
    f.open(DoorsFixture::defaults());
    const auto client = f.client();
    const auto before = f.queued();
    for (const auto &[n, id] : answered) {
        const QByteArray answer = client->ask(
            "POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + f.json + "Idempotency-Key: k" + QByteArray::number(n) + "\r\n");
        QCOMPARE(f.jsonOf(answer)["message_id"].get<std::int64_t>(), id);
    }
    QCOMPARE(f.queued(), before);
    QVERIFY(before - static_cast<std::int64_t>(answered.size()) <= 16); // unanswered ones may have been stored
}

void H8IdempotentIntakeTest::aRepeatIsNotJudgedAnew() {
    DoorsFixture f;
    const auto ask = [&](const json &message) { return f.client()->ask("POST", "/v1/messages", f.bytes(message), f.all + f.json); };
    const json wish = f.message("oUser1", "order-1");
    const QByteArray first = ask(wish);
    QCOMPARE(Client::statusOf(first), 202);
    // The answer was lost, and meanwhile the template wants more than was handed over.
    Template t;
    t.templateId = EngineFixture::templateId();
    t.title = "Another";
    t.content = "{{character_string1.DATA}} {{thing2.DATA}} {{amount3.DATA}} {{time4.DATA}} {{thing5.DATA}}";
    must(f.engine->addTemplate("main", t).result());
    QTRY_COMPARE(Client::statusOf(ask(f.message("oUser2"))), 422); // from now on nothing like it is taken in
    const QByteArray again = ask(wish);
    QCOMPARE(Client::statusOf(again), 202);
    QCOMPARE(Client::bodyOf(again), Client::bodyOf(first));
    QCOMPARE(Client::headerOf(again, "Idempotency-Replayed"), QByteArray("true"));
    // Among many lines as well, where one under the same key that asks for something else is told what is wrong with it.
    const QByteArray many = f.client()->ask("POST", "/v1/messages", f.bytes(wish) + "\n" + f.bytes(f.message("oUser3", "order-1")), f.all + f.ndjson);
    const auto lines = Client::bodyOf(many).trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(json::parse(lines[0].toStdString())["replayed"].get<bool>());
    QCOMPARE(json::parse(lines[1].toStdString())["status"].get<int>(), 422);
}

void H8IdempotentIntakeTest::aKeyIsTheSameMessageAfterItsArchive() {
    DoorsFixture f(DoorsFixture::defaults(), false);
    const QByteArray stranger = f.key("stranger", ApiScopes{ApiScope::Send});
    const auto ask = [&](const QByteArray &method, const QByteArray &target, const QByteArray &body = {}, const QByteArray &who = {}) {
        return f.client()->ask(method, target, body, (who.isEmpty() ? f.all : who) + f.json);
    };
    const QByteArray request = f.bytes(f.message("oUser1", "order-1"));
    const QByteArray first = ask("POST", "/v1/messages", request);
    const QByteArray location = Client::headerOf(first, "Location");
    QCOMPARE(Client::statusOf(ask("POST", "/v1/messages?wait=30", request)), 200);
    QCOMPARE(Client::statusOf(ask("POST", "/v1/messages?wait=30", f.bytes(f.message("oLast")))), 200); // the newest of all stays
    const auto archived = must(f.engine->archive({f.base.path("old.db").toStdString(), Engine::wallNow() + std::chrono::hours{1}, {}}).result());
    QCOMPARE(archived.deleted, 1);

    const QByteArray again = ask("POST", "/v1/messages", request);
    QCOMPARE(Client::statusOf(again), 202);
    QCOMPARE(Client::bodyOf(again), Client::bodyOf(first));
    QCOMPARE(Client::headerOf(again, "Idempotency-Replayed"), QByteArray("true"));
    QCOMPARE(f.queued(), 1);
    QCOMPARE(Client::statusOf(ask("POST", "/v1/messages", f.bytes(f.message("oUser2", "order-1")))), 409);
    for (const QByteArray &answer : {ask("GET", location), ask("GET", location + "?wait=30"), ask("GET", "/v1/messages?account=main&key=order-1"), ask("POST", "/v1/messages?wait=30", request)}) {
        QCOMPARE(Client::statusOf(answer), 200);
        const json seen = f.jsonOf(answer);
        QVERIFY(seen["message_id"] == f.jsonOf(first)["message_id"] && seen["archived"].get<bool>() && seen["ended"].get<bool>());
        QCOMPARE(seen["state"].get<std::string>(), std::string("accepted"));
    }
    QCOMPARE(Client::statusOf(ask("POST", location + "/cancel")), 409);
    QCOMPARE(Client::statusOf(ask("GET", location, {}, stranger)), 404);
    QCOMPARE(Client::statusOf(ask("POST", location + "/cancel", {}, stranger)), 404);
    QCOMPARE(must(f.engine->verify().result()).size(), std::size_t{0});

    // When its time is over, the key is free again: an engine that starts sees to it.
    f.doors.reset();
    EngineFixture::stop(*f.engine);
    f.engine.reset();
    {
        auto database = must(store::Database::open(f.base.path("profile/songda.db").toStdString(), store::Database::Mode::ReadWrite, store::newestSchemaVersion()));
        must(database.exec("UPDATE kept_key SET created_at = created_at - 89 * 86400000"));
    }
    f.engine = f.base.open();
    must(f.engine->start());
    f.open(DoorsFixture::defaults());
    QVERIFY(f.jsonOf(ask("POST", "/v1/messages", request)) == f.jsonOf(first));
    f.base.writePolicy(R"({"idempotency": {"keep_days": 88}})");
    f.doors.reset();
    EngineFixture::stop(*f.engine);
    f.engine.reset();
    f.engine = f.base.open();
    must(f.engine->start());
    f.open(DoorsFixture::defaults());
    QTRY_VERIFY(f.jsonOf(ask("POST", "/v1/messages", request)) != f.jsonOf(first));
    QCOMPARE(f.queued(), 2);
    QCOMPARE(must(f.engine->verify().result()).size(), std::size_t{0});
}

QTEST_GUILESS_MAIN(H8IdempotentIntakeTest)
#include "h8_idempotent_intake_test.moc"
