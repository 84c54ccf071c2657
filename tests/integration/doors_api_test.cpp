// SPDX-License-Identifier: GPL-3.0-or-later
//
// The intake API on real sockets, with a running engine and the simulator behind it.
#include "engine/doors/desk.h"
#include "tests/integration/doors_fixture.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>
#include <set>

using namespace songda;
using namespace songda::testing;
using nlohmann::json;

namespace {
using Client = DoorClient;
constexpr auto *asJson = DoorsFixture::json;
constexpr auto *asLines = DoorsFixture::ndjson;
int statusOf(const QByteArray &answer) { return Client::statusOf(answer); }
/// What is wrong with a text for Prometheus (prometheus.io, "Exposition formats" and "Metric and label naming"); empty: nothing.
QByteArray faultOf(const QByteArray &text) {
    static const QRegularExpression sample(QStringLiteral(R"(^([a-z_]+)(\{[a-z_]+="(?:[^"\\]|\\.)*"(?:,[a-z_]+="(?:[^"\\]|\\.)*")*\})? (NaN|[+-]Inf|-?[0-9.]+(?:e[+-]?[0-9]+)?)$)"));
    if (!text.endsWith('\n'))
        return "no line end at the end";
    QSet<QByteArray> helped;
    QSet<QByteArray> seen;
    QByteArray family;
    QByteArray type;
    for (const QByteArray &line : text.chopped(1).split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (line.startsWith("# HELP ")) {
            helped.insert(words.value(2));
            continue;
        }
        if (line.startsWith("# TYPE ")) {
            family = words.value(2);
            type = words.value(3);
            if (!helped.contains(family))
                return "without help: " + line;
            if ((type == "counter") != family.endsWith("_total"))
                return "a counter is called _total, and nothing else: " + line;
            continue;
        }
        const auto match = sample.match(QString::fromUtf8(line));
        if (!match.hasMatch())
            return "not a sample: " + line;
        QByteArray name = match.captured(1).toUtf8();
        const QByteArray full = name + match.captured(2).toUtf8();
        for (const char *end : {"_bucket", "_sum", "_count"}) {
            if (type == "histogram" && name.endsWith(end))
                name.chop(qstrlen(end));
        }
        if (name != family)
            return "outside its family: " + line;
        if (seen.contains(full))
            return "twice: " + line;
        seen.insert(full);
    }
    return {};
}

} // namespace

class DoorsApiTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneMessageIsTakenAndFound();
    void aWaitSeesTheEnd();
    void manyAreAnsweredLineByLine();
    void keysAreOfTheirClientAndMessage();
    void scopesAndAccountsAreKept();
    void revokedKeysAreRefusedSoon();
    void cancelledInTime();
    void templatesAndBatches();
    void theQueueHasABound();
    void clientsHaveARate();
    void everyChargedAnswerTellsTheRate();
    void refusalsAreCountedByTheirRoute();
    void aWrongKeyToTheFiguresIsAWrongKey();
    void refusalsHaveTheStandardsForm();
    void everythingThatCanBeAskedIsDescribed();
    void metricsAndHealth();
};

void DoorsApiTest::oneMessageIsTakenAndFound() {
    DoorsFixture f;
    const auto client = f.client();
    const QByteArray taken = client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + asJson + "Idempotency-Key: \"SO 1\"\r\n");
    QCOMPARE(statusOf(taken), 202);
    const json body = f.jsonOf(taken);
    QCOMPARE(body["idempotency_key"].get<std::string>(), std::string("SO 1"));
    const QByteArray location = Client::headerOf(taken, "Location");
    QVERIFY(!Client::headerOf(taken, "RateLimit").isEmpty());
    const json found = f.jsonOf(client->ask("GET", location, {}, f.all));
    QVERIFY(found["message_id"] == body["message_id"]);
    QCOMPARE(found["openid"].get<std::string>(), std::string("oUser1"));
    QCOMPARE(found["state"].get<std::string>(), std::string("queued"));
    QCOMPARE(found["created_by"].get<std::string>(), std::string("api:all"));
    QVERIFY(found["attempts"].is_array());
    const json byKey = f.jsonOf(client->ask("GET", "/v1/messages?account=main&key=SO%201", {}, f.all));
    QVERIFY(byKey["message_id"] == body["message_id"]);
    QCOMPARE(statusOf(client->ask("GET", "/v1/messages?account=main&key=SO%202", {}, f.all)), 404);
    // Quoted with escapes, in the body and in a question it is the same key.
    const QByteArray escaped = client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + asJson + "Idempotency-Key: \"a\\\"b\";p=1\r\n");
    QCOMPARE(f.jsonOf(escaped)["idempotency_key"].get<std::string>(), std::string("a\"b"));
    QCOMPARE(Client::bodyOf(client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1", "a\"b")), f.all + asJson)), Client::bodyOf(escaped));
    QVERIFY(f.jsonOf(client->ask("GET", "/v1/messages?account=main&key=a%22b", {}, f.all))["message_id"] == f.jsonOf(escaped)["message_id"]);
    QCOMPARE(statusOf(client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + asJson + "Idempotency-Key: \"a\r\n")), 400);
    QCOMPARE(statusOf(client->ask("GET", "/v1/messages/999999", {}, f.all)), 404);
    QCOMPARE(statusOf(client->ask("GET", "/v1/messages/x", {}, f.all)), 404);
    QCOMPARE(f.queued(), 2);
}

void DoorsApiTest::aWaitSeesTheEnd() {
    DoorsFixture f(DoorsFixture::defaults(), false);
    const auto client = f.client();
    QVERIFY(client->say(Client::request("POST", "/v1/messages?wait=30", f.bytes(f.message("oUser1")), f.all + asJson)));
    // The answer needs this thread's loop no more than any other does; the fixture's engine has its own.
    const QByteArray answer = client->answer(30'000);
    QCOMPARE(statusOf(answer), 200);
    const json body = f.jsonOf(answer);
    QVERIFY(body["ended"].get<bool>());
    QCOMPARE(body["attempts"].size(), std::size_t{1});
    f.engine->setPaused(true);
    const QByteArray notYet = client->ask("POST", "/v1/messages?wait=1", f.bytes(f.message("oUser2")), f.all + asJson);
    QCOMPARE(statusOf(notYet), 202);
    QVERIFY(!f.jsonOf(notYet)["ended"].get<bool>());
}

void DoorsApiTest::manyAreAnsweredLineByLine() {
    DoorsFixture f;
    const auto client = f.client();
    QByteArray body;
    for (int i = 0; i < 1000; ++i)
        body += f.bytes(f.message("oUser" + std::to_string(i), "k" + std::to_string(i))) + "\n";
    body += "\n" + f.bytes(f.message("oUser5", "k5")) + "\n"; // the same as before
    body += f.bytes(f.message("oUser6", "k5")) + "\n"; // another under a used key
    json wrong = f.message("oUser7");
    wrong["data"].erase("thing2");
    body += f.bytes(wrong) + "\nnonsense\n";
    json unknown = f.message("oUser8");
    unknown["template"] = "nothing";
    body += f.bytes(unknown);
    const QByteArray answer = client->ask("POST", "/v1/messages", body, f.all + asLines);
    QCOMPARE(statusOf(answer), 200);
    QCOMPARE(Client::headerOf(answer, "Content-Type"), QByteArray("application/x-ndjson"));
    const auto lines = Client::bodyOf(answer).trimmed().split('\n');
    QCOMPARE(lines.size(), 1005);
    std::set<std::int64_t> ids;
    for (int i = 0; i < 1000; ++i) {
        const json line = json::parse(lines[i].toStdString());
        QCOMPARE(line["line"].get<int>(), i + 1);
        QCOMPARE(line["status"].get<int>(), 202);
        ids.insert(line["message_id"].get<std::int64_t>());
    }
    QCOMPARE(ids.size(), std::size_t{1000});
    const auto line = [&](int n) { return json::parse(lines[n].toStdString()); };
    QCOMPARE(line(1000)["line"].get<int>(), 1002);
    QVERIFY(line(1000)["message_id"] == line(5)["message_id"]);
    QVERIFY(line(1000)["replayed"].get<bool>());
    for (int i = 1001; i < 1005; ++i)
        QCOMPARE(line(i)["status"].get<int>(), i == 1001 ? 409 : 422);
    QCOMPARE(line(1001)["code"].get<std::string>(), std::string("idempotency_key_reused"));
    QCOMPARE(f.queued(), 1000);
    for (const char *type : {"application/ndjson", "application/jsonl; charset=utf-8"}) {
        const QByteArray other = client->ask("POST", "/v1/messages", "\xef\xbb\xbf" + f.bytes(f.message("oUser1", "k1")) + "\r\n", f.all + "Content-Type: " + type + "\r\n");
        QCOMPARE(statusOf(other), 200);
        QVERIFY(json::parse(Client::bodyOf(other).trimmed().toStdString())["replayed"].get<bool>());
    }
    QCOMPARE(statusOf(client->ask("POST", "/v1/messages", "\n\n", f.all + asLines)), 422);
    QCOMPARE(statusOf(client->ask("POST", "/v1/messages", body, f.all + asLines + "Idempotency-Key: a\r\n")), 400);
}

void DoorsApiTest::keysAreOfTheirClientAndMessage() {
    DoorsFixture f;
    const QByteArray other = f.key("other", ApiScopes{ApiScope::Send});
    const auto client = f.client();
    QTRY_COMPARE(statusOf(client->ask("GET", "/v1/templates", {}, other)), 200);
    const auto post = [&](const QByteArray &who, const json &message, const QByteArray &key) {
        return client->ask("POST", "/v1/messages", f.bytes(message), who + asJson + "Idempotency-Key: " + key + "\r\n");
    };
    const QByteArray first = post(f.all, f.message("oUser1"), "k");
    const QByteArray again = post(f.all, f.message("oUser1"), "k");
    QCOMPARE(statusOf(again), 202);
    QCOMPARE(Client::bodyOf(again), Client::bodyOf(first));
    QCOMPARE(Client::headerOf(again, "Idempotency-Replayed"), QByteArray("true"));
    QVERIFY(Client::headerOf(first, "Idempotency-Replayed").isEmpty());
    const QByteArray another = post(f.all, f.message("oUser2"), "k");
    QCOMPARE(statusOf(another), 409);
    QCOMPARE(f.jsonOf(another)["code"].get<std::string>(), std::string("idempotency_key_reused"));
    // The time it is wanted at is part of the wish.
    json later = f.message("oUser1");
    later["at"] = "2030-01-01T00:00:00+08:00";
    QCOMPARE(statusOf(post(f.all, later, "k")), 409);
    const QByteArray others = post(other, f.message("oUser2"), "k");
    QCOMPARE(statusOf(others), 202);
    QVERIFY(f.jsonOf(others)["message_id"] != f.jsonOf(first)["message_id"]);
    QVERIFY(f.jsonOf(client->ask("GET", "/v1/messages?account=main&key=k", {}, other))["message_id"] == f.jsonOf(others)["message_id"]);
    QCOMPARE(f.queued(), 2);
}

void DoorsApiTest::scopesAndAccountsAreKept() {
    DoorsFixture f;
    NewAccount second;
    second.account.name = "second";
    second.account.appid = "wx1111111111111111";
    second.account.apiBase = f.base.simulator->baseUrl();
    second.secret = "5041435449434553454352455430f00d";
    must(f.engine->addAccount(second).result());
    const QByteArray send = f.key("sender", ApiScopes{ApiScope::Send});
    const QByteArray read = f.key("reader", ApiScopes{ApiScope::Read});
    const QByteArray elsewhere = f.key("elsewhere", ApiScopes{ApiScope::Send, ApiScope::Read, ApiScope::Manage}, {"second"});
    const auto client = f.client();
    QTRY_COMPARE(statusOf(client->ask("GET", "/v1/templates", {}, elsewhere)), 200);
    const QByteArray message = f.bytes(f.message("oUser1"));
    const QByteArray taken = client->ask("POST", "/v1/messages", message, f.all + asJson);
    const QByteArray own = client->ask("POST", "/v1/messages", message, send + asJson);
    QCOMPARE(statusOf(own), 202);
    const QByteArray location = Client::headerOf(taken, "Location");
    const QByteArray ownLocation = Client::headerOf(own, "Location");
    QCOMPARE(statusOf(client->ask("POST", "/v1/messages", message, read + asJson)), 403);
    // A refusal of the head ends what would have been the body; each has its own connection from here.
    const auto ask = [&](const QByteArray &method, const QByteArray &target, const QByteArray &who, const QByteArray &body = {}) {
        return statusOf(f.client()->ask(method, target, body, who + asJson));
    };
    QCOMPARE(ask("POST", "/v1/messages", elsewhere, message), 403);
    QCOMPARE(ask("GET", location, read), 200);
    QCOMPARE(ask("GET", location, send), 404); // another's
    QCOMPARE(ask("GET", ownLocation, send), 200);
    QCOMPARE(ask("GET", location, elsewhere), 404);
    QCOMPARE(ask("GET", "/v1/batches/1", send), 404); // another's
    QCOMPARE(ask("GET", "/v1/batches/1", elsewhere), 404);
    QCOMPARE(ask("POST", location + "/cancel", send), 404);
    QCOMPARE(ask("POST", location + "/cancel", read), 403);
    QCOMPARE(ask("POST", location + "/cancel", elsewhere), 404);
    QCOMPARE(ask("POST", ownLocation + "/cancel", send), 200);
    QCOMPARE(f.jsonOf(f.client()->ask("GET", "/v1/templates", {}, elsewhere))["templates"].size(), std::size_t{0});
    QCOMPARE(ask("GET", location, "Authorization: Bearer songda_nobody\r\n"), 401);
    QCOMPARE(ask("GET", location, {}), 401);
}

void DoorsApiTest::revokedKeysAreRefusedSoon() {
    DoorsFixture f;
    const QByteArray key = f.key("short", ApiScopes{ApiScope::Read});
    const auto client = f.client();
    QTRY_COMPARE(statusOf(client->ask("GET", "/v1/templates", {}, key)), 200);
    const auto keys = must(f.engine->apiKeys().result());
    QCOMPARE(keys.front().client, std::string("short"));
    QVERIFY(must(f.engine->revokeApiKey(keys.front().id, "test").result()));
    QVERIFY(!must(f.engine->revokeApiKey(keys.front().id, "test").result()));
    QVERIFY(!f.engine->revokeApiKey(12345, "test").result());
    QTRY_COMPARE(statusOf(client->ask("GET", "/v1/templates", {}, key)), 401);
    // The key itself is nowhere in the profile.
    const QByteArray secret = key.mid(22).trimmed();
    QVERIFY(secret.startsWith("songda_"));
    for (const char *file : {"profile/songda.db", "profile/songda.db-wal"}) {
        QFile opened(f.base.path(file));
        QVERIFY(opened.open(QIODevice::ReadOnly));
        QVERIFY(!opened.readAll().contains(secret));
    }
}

void DoorsApiTest::cancelledInTime() {
    DoorsFixture f;
    const auto client = f.client();
    const QByteArray location
        = Client::headerOf(client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + asJson), "Location");
    QCOMPARE(statusOf(client->ask("POST", location + "/cancel", "{\"why\":1}", f.all + asJson)), 422);
    const QByteArray cancelled = client->ask("POST", location + "/cancel", "{\"reason\":\"order was cancelled\"}", f.all + asJson);
    QCOMPARE(statusOf(cancelled), 200);
    QCOMPARE(f.jsonOf(cancelled)["state"].get<std::string>(), std::string("cancelled"));
    QCOMPARE(statusOf(client->ask("POST", location + "/cancel", {}, f.all)), 200); // as wished for
    const auto detail = must(f.engine->message(MessageId{location.mid(13).toLongLong()}).result());
    QCOMPARE(detail.acts.front().who, std::string("api:all"));
    QCOMPARE(detail.acts.front().reason, std::string("order was cancelled"));
    f.engine->setPaused(false);
    const QByteArray sent = client->ask("POST", "/v1/messages?wait=30", f.bytes(f.message("oUser2")), f.all + asJson);
    const QByteArray id = QByteArray::number(static_cast<qlonglong>(f.jsonOf(sent)["message_id"].get<std::int64_t>()));
    QCOMPARE(statusOf(client->ask("POST", "/v1/messages/" + id + "/cancel", {}, f.all)), 409);
}

void DoorsApiTest::templatesAndBatches() {
    DoorsFixture f;
    const auto client = f.client();
    const json templates = f.jsonOf(client->ask("GET", "/v1/templates?account=main", {}, f.all));
    QVERIFY(templates["templates"].size() > 0);
    QVERIFY(templates["templates"][0]["keys"].size() > 0);
    QCOMPARE(f.jsonOf(client->ask("GET", "/v1/templates?account=x", {}, f.all))["templates"].size(), std::size_t{0});
    const json taken = f.jsonOf(client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1")), f.all + asJson));
    const QByteArray batch = QByteArray::number(static_cast<qlonglong>(taken["batch_id"].get<std::int64_t>()));
    const json found = f.jsonOf(client->ask("GET", "/v1/batches/" + batch, {}, f.all));
    QCOMPARE(found["kind"].get<std::string>(), std::string("intake"));
    QCOMPARE(found["counts"]["queued"].get<int>(), 1);
    QCOMPARE(statusOf(client->ask("GET", "/v1/batches/4711", {}, f.all)), 404);
}

void DoorsApiTest::theQueueHasABound() {
    auto settings = DoorsFixture::defaults();
    settings.mostWaiting = 5;
    DoorsFixture f(settings);
    const auto client = f.client();
    QByteArray answer;
    for (int i = 0; i < 1000; ++i) {
        answer = client->ask("POST", "/v1/messages", f.bytes(f.message("oUser" + std::to_string(i))), f.all + asJson);
        if (statusOf(answer) != 202)
            break;
    }
    QCOMPARE(statusOf(answer), 503);
    QVERIFY(!Client::headerOf(answer, "Retry-After").isEmpty());
    QVERIFY(f.queued() > 5);
}

void DoorsApiTest::clientsHaveARate() {
    auto settings = DoorsFixture::defaults();
    settings.clientRate = 0.1;
    settings.clientBurst = 5;
    DoorsFixture f(settings);
    const auto client = f.client();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(statusOf(client->ask("GET", "/v1/templates", {}, f.all)), 200);
    const QByteArray refused = client->ask("GET", "/v1/templates", {}, f.all);
    QCOMPARE(statusOf(refused), 429);
    QVERIFY(Client::headerOf(refused, "RateLimit-Policy").contains("q=5;w=50"));
    QVERIFY(Client::headerOf(refused, "Retry-After").toInt() >= 1);
    QCOMPARE(statusOf(client->ask("GET", "/healthz")), 200);
}

void DoorsApiTest::everyChargedAnswerTellsTheRate() {
    DoorsFixture f;
    const QByteArray message = f.bytes(f.message("oUser1"));
    const auto left = [](const QByteArray &answer) {
        const QByteArray limit = Client::headerOf(answer, "RateLimit");
        const auto at = limit.indexOf("r=");
        return at >= 0 && !Client::headerOf(answer, "RateLimit-Policy").isEmpty() ? limit.mid(at + 2, limit.indexOf(';', at) - at - 2).toInt() : -1;
    };
    const auto client = f.client();
    QVERIFY(left(client->ask("GET", "/v1/templates", {}, f.all)) > 0);
    const QByteArray taken = client->ask("POST", "/v1/messages", message, f.all + asJson);
    QVERIFY(left(taken) > 0);
    const QByteArray location = Client::headerOf(taken, "Location");
    QVERIFY(left(client->ask("GET", location, {}, f.all)) > 0);
    QVERIFY(left(client->ask("GET", location + "?wait=1", {}, f.all)) > 0);
    QVERIFY(left(client->ask("POST", location + "/cancel", {}, f.all)) > 0);
    QVERIFY(left(client->ask("POST", "/v1/messages?wait=1", message, f.all + asJson)) > 0);
    for (const QByteArray &refused : {client->ask("GET", "/v1/messages/999999", {}, f.all), client->ask("POST", "/v1/messages", "{", f.all + asJson),
             f.client()->ask("POST", "/v1/messages", message, f.all + "Content-Type: text/plain\r\n"),
             f.client()->ask("POST", "/v1/messages", message, f.all + asJson + "Content-Encoding: gzip\r\n")}) {
        QVERIFY(statusOf(refused) >= 400);
        QVERIFY2(left(refused) > 0, refused);
    }
    const QByteArray many = client->ask("POST", "/v1/messages", QByteArray(1000, '\n') + (message + "\n").repeated(500), f.all + asLines);
    QCOMPARE(statusOf(many), 200);
    QVERIFY(left(many) > 0 && left(many) <= 20'000 - 400);
    // Nobody was charged.
    QCOMPARE(left(client->ask("GET", "/healthz")), -1);
    QCOMPARE(left(client->ask("GET", "/v1/templates", {}, "Authorization: Bearer songda_wrong\r\n")), -1);
}

void DoorsApiTest::refusalsAreCountedByTheirRoute() {
    auto settings = DoorsFixture::defaults();
    settings.mostWaiting = 0;
    DoorsFixture f(settings);
    const QByteArray message = f.bytes(f.message("oUser1"));
    QByteArray answer;
    QTRY_COMPARE(statusOf(answer = f.client()->ask("POST", "/v1/messages", message, f.all + asJson)), 503);
    QVERIFY(!Client::headerOf(answer, "Retry-After").isEmpty());
    const QByteArray ready = f.client()->ask("GET", "/readyz?for=intake");
    QCOMPARE(statusOf(ready), 503);
    QCOMPARE(f.jsonOf(ready)["intake"].get<std::string>(), std::string("queue-full"));
    QCOMPARE(f.jsonOf(ready)["gate"].get<std::string>(), std::string("engine-paused"));
    QCOMPARE(statusOf(f.client()->ask("GET", "/readyz?for=tea")), 400);
    QCOMPARE(statusOf(f.client()->ask("GET", "/nowhere")), 404);
    QCOMPARE(statusOf(f.client()->ask("POST", "/v1/messages", message, asJson)), 401);
    const auto large = f.client();
    QVERIFY(large->say("POST /v1/messages/1/cancel HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n" + f.all + "\r\n"));
    QCOMPARE(statusOf(large->answer()), 413); // by the server, not by a route
    const QByteArray metrics = Client::bodyOf(f.client()->ask("GET", "/metrics"));
    for (const char *sample : {"{route=\"POST /v1/messages\",status=\"503\"}", "{route=\"POST /v1/messages\",status=\"401\"} 1", "{route=\"none\",status=\"404\"} 1",
             "{route=\"POST /v1/messages/{id}/cancel\",status=\"413\"} 1"})
        QVERIFY2(metrics.contains(QByteArray("songda_door_requests_total") + sample), sample);
}

void DoorsApiTest::aWrongKeyToTheFiguresIsAWrongKey() {
    DoorsFixture f;
    const QByteArray stranger = "X-Forwarded-For: 203.0.113.7\r\n"; // not local, whatever the socket says
    const QByteArray send = f.key("sender", ApiScopes{ApiScope::Send});
    QTRY_COMPARE(statusOf(f.client()->ask("GET", "/v1/templates", {}, send)), 200);
    const auto client = f.client();
    QCOMPARE(statusOf(client->ask("GET", "/metrics", {}, stranger)), 403);
    const QByteArray lacks = client->ask("GET", "/metrics", {}, send + stranger);
    QCOMPARE(statusOf(lacks), 403);
    QVERIFY(Client::headerOf(lacks, "WWW-Authenticate").contains("error=\"insufficient_scope\", scope=\"read\""));
    const QByteArray wrong = stranger + "Authorization: Bearer songda_wrong\r\n";
    const QByteArray refused = client->ask("GET", "/metrics", {}, wrong);
    QCOMPARE(statusOf(refused), 401);
    QVERIFY(Client::headerOf(refused, "WWW-Authenticate").contains("error=\"invalid_token\""));
    QTRY_COMPARE(statusOf(client->ask("GET", "/metrics", {}, wrong)), 429);
    QCOMPARE(statusOf(client->ask("GET", "/metrics", {}, f.all + stranger)), 200);
}

void DoorsApiTest::refusalsHaveTheStandardsForm() {
    DoorsFixture f;
    const QByteArray message = f.bytes(f.message("oUser1"));
    const auto check = [&](const QByteArray &answer, int status) {
        const json body = f.jsonOf(answer);
        return statusOf(answer) == status && Client::headerOf(answer, "Content-Type") == "application/problem+json" && body["status"] == status
            && body["code"].is_string() && body["detail"].is_string() && body["type"].is_string() && body["title"].is_string();
    };
    QVERIFY(check(f.client()->ask("GET", "/nothing"), 404));
    const QByteArray wrongMethod = f.client()->ask("DELETE", "/v1/messages");
    QVERIFY(check(wrongMethod, 405));
    QCOMPARE(Client::headerOf(wrongMethod, "Allow"), QByteArray("POST, GET, HEAD"));
    const QByteArray unknown = f.client()->ask("POST", "/v1/messages", message, asJson);
    QVERIFY(check(unknown, 401));
    QVERIFY(Client::headerOf(unknown, "WWW-Authenticate").startsWith("Bearer"));
    QVERIFY(check(f.client()->ask("POST", "/v1/messages", message, f.all), 415));
    QVERIFY(check(f.client()->ask("POST", "/v1/messages", message, f.all + "Content-Type: text/plain\r\n"), 415));
    QVERIFY(check(f.client()->ask("POST", "/v1/messages", message, f.all + asJson + "Content-Encoding: gzip\r\n"), 415));
    QVERIFY(check(f.client()->ask("POST", "/v1/messages", "{", f.all + asJson), 422));
    QVERIFY(check(f.client()->ask("POST", "/v1/messages?wait=x", message, f.all + asJson), 400));
    QVERIFY(check(f.client()->ask("POST", "/v1/messages", message, f.all + asJson + "Idempotency-Key: \"\"\r\n"), 400));
    QVERIFY(check(f.client()->ask("GET", "/v1/messages", {}, f.all), 400));
    QVERIFY(check(f.client()->ask("POST", "/v1/messages", message, f.all + asJson + "Expect: something\r\n"), 417));
    QVERIFY(check(f.client()->ask("GET", "/v1/messages/1?a=%00", {}, f.all), 400));
    QCOMPARE(f.queued(), 0);
}

void DoorsApiTest::everythingThatCanBeAskedIsDescribed() {
    DoorsFixture f;
    const QByteArray answer = f.client()->ask("GET", "/v1/openapi.json");
    QCOMPARE(statusOf(answer), 200);
    const json document = f.jsonOf(answer);
    QCOMPARE(document["openapi"].get<std::string>(), std::string("3.1.0"));
    std::set<std::pair<std::string, std::string>> described;
    for (const auto &[path, methods] : document["paths"].items()) {
        for (const auto &[method, what] : methods.items()) {
            described.emplace(QString::fromStdString(method).toUpper().toStdString(), path);
            QVERIFY2(what.contains("responses") && what.contains("operationId"), path.c_str());
        }
    }
    std::set<std::pair<std::string, std::string>> routes;
    for (const auto &route : f.doors->routes())
        routes.insert(route);
    QVERIFY(described == routes);
    // Every reference leads somewhere.
    const std::string text = document.dump();
    for (std::size_t at = text.find("\"$ref\":\"#"); at != std::string::npos; at = text.find("\"$ref\":\"#", at + 1)) {
        const std::size_t from = at + 9;
        const std::string pointer = text.substr(from, text.find('"', from) - from);
        QVERIFY2(document.contains(json::json_pointer(pointer)), pointer.c_str());
    }
    // What is answered is what the document says.
    const auto client = f.client();
    const json taken = f.jsonOf(client->ask("POST", "/v1/messages", f.bytes(f.message("oUser1", "k")), f.all + asJson));
    const json message = f.jsonOf(client->ask("GET", "/v1/messages/1", {}, f.all));
    const auto members = [](const json &object) {
        std::set<std::string> names;
        for (const auto &[name, value] : object.items())
            names.insert(name);
        return names;
    };
    const json &schemas = document["components"]["schemas"];
    QVERIFY(members(taken) == members(schemas["Taken"]["properties"]));
    QVERIFY(members(message) == members(schemas["Message"]["properties"]));
    QVERIFY(members(f.jsonOf(client->ask("GET", "/v1/batches/1", {}, f.all))) == members(schemas["Batch"]["properties"]));
    const json templates = f.jsonOf(client->ask("GET", "/v1/templates", {}, f.all));
    QVERIFY(members(templates["templates"][0]) == members(schemas["Templates"]["properties"]["templates"]["items"]["properties"]));
}

void DoorsApiTest::metricsAndHealth() {
    DoorsFixture f(DoorsFixture::defaults(), false);
    const auto client = f.client();
    // What can be foreseen begins with 0.
    const QByteArray untouched = Client::bodyOf(client->ask("GET", "/metrics"));
    for (const char *counter : {"class=\"success\",code=\"0\"", "class=\"recipient\",code=\"43004\"", "class=\"transient\",code=\"timeout\""})
        QVERIFY2(untouched.contains(QByteArray("songda_attempts_total{account=\"main\",") + counter + "} 0\n"), counter);
    QCOMPARE(statusOf(client->ask("POST", "/v1/messages?wait=30", f.bytes(f.message("oUser1")), f.all + asJson)), 200);
    QCOMPARE(statusOf(client->ask("GET", "/healthz")), 200);
    const json ready = f.jsonOf(client->ask("GET", "/readyz"));
    QVERIFY(ready["ready"].get<bool>());
    QCOMPARE(ready["accounts"][0]["account"].get<std::string>(), std::string("main"));
    QByteArray metrics;
    QTRY_VERIFY((metrics = Client::bodyOf(client->ask("GET", "/metrics"))).contains("songda_messages{account=\"main\",state=\"accepted\"} 1"));
    QVERIFY(metrics.contains("songda_attempts_total{account=\"main\",class=\"success\",code=\"0\"} 1"));
    QVERIFY(metrics.contains("songda_door_requests_total{route=\"POST /v1/messages\",status=\"200\"} 1"));
    QVERIFY(metrics.contains("songda_token_life_seconds{account=\"main\"} "));
    // A proxy that nobody trusts hands on a stranger's question.
    QCOMPARE(statusOf(f.client()->ask("GET", "/metrics", {}, "X-Forwarded-For: 203.0.113.7\r\n")), 403);
    QCOMPARE(f.jsonOf(f.client()->ask("GET", "/readyz", {}, "X-Forwarded-For: 203.0.113.7\r\n")).size(), std::size_t{1});
    QCOMPARE(statusOf(f.client()->ask("GET", "/metrics", {}, f.all + "X-Forwarded-For: 203.0.113.7\r\n")), 200);
    QCOMPARE(faultOf(metrics), QByteArray());
    QVERIFY(!faultOf("songda_a 1\n").isEmpty());
    QVERIFY(!faultOf("# HELP songda_a x\n# TYPE songda_a counter\nsongda_a 1\n").isEmpty());
}

QTEST_GUILESS_MAIN(DoorsApiTest)
#include "doors_api_test.moc"
