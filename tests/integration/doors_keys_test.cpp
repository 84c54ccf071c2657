// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whose messages and batches are whose at the doors: keys for some accounts and templates only, batches of a client and
// by name, and keys that take each other's place.
#include "tests/integration/doors_fixture.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using nlohmann::json;

namespace {

using Client = DoorClient;
constexpr auto *asJson = DoorsFixture::json;
constexpr auto *asLines = DoorsFixture::ndjson;
const std::string other(43, 'B'); ///< the id of another template

int statusOf(const QByteArray &answer) { return Client::statusOf(answer); }
QByteArray text(std::int64_t n) { return QByteArray::number(static_cast<qlonglong>(n)); }

struct Fixture : DoorsFixture {
    Fixture() {
        Template t;
        t.templateId = other;
        t.title = "another";
        t.content = "{{thing1.DATA}}";
        must(engine->addTemplate("main", t).result());
    }
    static nlohmann::json otherMessage(const std::string &openid, const std::string &idempotencyKey = {}) {
        nlohmann::json message = DoorsFixture::message(openid, idempotencyKey);
        message["template"] = other;
        message["data"] = {{"thing1", "书"}};
        return message;
    }
    QByteArray ask(const QByteArray &method, const QByteArray &target, const QByteArray &who, const nlohmann::json &body = nullptr) {
        // A refusal of the head ends what would have been the body; each has its own connection.
        return client()->ask(method, target, body.is_null() ? QByteArray() : bytes(body), who + asJson);
    }
    nlohmann::json post(const QByteArray &who, const nlohmann::json &message, const QByteArray &target = "/v1/messages") { return jsonOf(ask("POST", target, who, message)); }
    bool isKnown(const QByteArray &key) { return statusOf(ask("GET", "/v1/templates", key)) == 200; }
    nlohmann::json batch(const QByteArray &who, std::int64_t id) { return jsonOf(ask("GET", "/v1/batches/" + text(id), who)); }
};

} // namespace

class DoorsKeysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aKeyIsForItsTemplatesOnly();
    void everyLineIsToldThatItsTemplateIsForOthers();
    void aKeyMayBeForSomeAccounts();
    void limitsThatMeanNothingAreRefused();
    void figuresOfAllAreNotForLimitedKeys();
    void aBatchIsOfItsClientAlone();
    void aNamedBatchHoldsWhatBelongsTogether();
    void whatWasHandedOverBeforeMakesNoBatch();
    void aTemplateIsTheSameHoweverItIsNamed();
    void ofTwoLinesUnderOneKeyTheFirstCounts();
    void aKeyIsReplacedWithAnOverlap();
    void theAuditNamesWhoCancelled();
};

void DoorsKeysTest::everyLineIsToldThatItsTemplateIsForOthers() {
    Fixture f;
    const QByteArray limited = f.key("limited", ApiScopes{ApiScope::Send}, {}, {other});
    QByteArray answer;
    const auto ask = [&] {
        answer = f.client()->ask("POST", "/v1/messages", f.bytes(f.message("oUser1")) + "\n" + f.bytes(f.message("oUser2")) + "\nnonsense", limited + asLines);
        return Client::statusOf(answer);
    };
    QTRY_COMPARE(ask(), 200); // the key is known in a moment
    const auto lines = Client::bodyOf(answer).trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(json::parse(lines[i].toStdString())["status"].get<int>(), i < 2 ? 403 : 422);
}

void DoorsKeysTest::aKeyIsForItsTemplatesOnly() {
    Fixture f;
    const ApiScopes everything{ApiScope::Send, ApiScope::Read, ApiScope::Manage};
    const QByteArray limited = f.key("limited", everything, {}, {"another"}); // by its title
    QTRY_VERIFY(f.isKnown(limited));
    QCOMPARE(must(f.engine->apiKeys().result()).front().templates, std::vector<std::string>{other});
    const json foreign = f.post(f.all, f.message("oUser1", "k"));
    const json own = f.post(limited, f.otherMessage("oUser1", "k"));
    QVERIFY(foreign["message_id"].is_number() && own["message_id"].is_number());
    const QByteArray foreignMessage = "/v1/messages/" + text(foreign["message_id"].get<std::int64_t>());
    const QByteArray ownMessage = "/v1/messages/" + text(own["message_id"].get<std::int64_t>());

    QCOMPARE(statusOf(f.ask("POST", "/v1/messages", limited, f.message("oUser2"))), 403);
    json byTitle = f.otherMessage("oUser2");
    byTitle["template"] = "another";
    QCOMPARE(statusOf(f.ask("POST", "/v1/messages", limited, byTitle)), 202);
    const QByteArray lines = f.bytes(f.message("oUser3")) + "\n" + f.bytes(f.otherMessage("oUser3")) + "\n";
    const auto answers = Client::bodyOf(f.client()->ask("POST", "/v1/messages", lines, limited + asLines)).trimmed().split('\n');
    QCOMPARE(json::parse(answers.at(0).toStdString())["status"].get<int>(), 403);
    QCOMPARE(json::parse(answers.at(1).toStdString())["status"].get<int>(), 202);

    QCOMPARE(statusOf(f.ask("GET", foreignMessage, limited)), 404);
    QCOMPARE(statusOf(f.ask("GET", foreignMessage + "?wait=1", limited)), 404);
    QCOMPARE(statusOf(f.ask("GET", ownMessage, limited)), 200);
    QCOMPARE(statusOf(f.ask("POST", foreignMessage + "/cancel", limited)), 404);
    QCOMPARE(statusOf(f.ask("GET", "/v1/batches/" + text(foreign["batch_id"].get<std::int64_t>()), limited)), 404);
    QCOMPARE(statusOf(f.ask("GET", "/v1/batches/" + text(own["batch_id"].get<std::int64_t>()), limited)), 200);
    const json templates = f.jsonOf(f.ask("GET", "/v1/templates", limited))["templates"];
    QCOMPARE(templates.size(), std::size_t{1});
    QCOMPARE(templates[0]["template_id"].get<std::string>(), other);
    QCOMPARE(statusOf(f.ask("POST", ownMessage + "/cancel", limited)), 200);

    // Handed over by this very client, with a key that could: found by its key only with such a one.
    const QByteArray wider = f.key("limited", everything);
    QTRY_VERIFY(f.isKnown(wider));
    QCOMPARE(statusOf(f.ask("POST", "/v1/messages", wider, f.message("oUser4", "wide"))), 202);
    QCOMPARE(statusOf(f.ask("GET", "/v1/messages?account=main&key=wide", wider)), 200);
    QCOMPARE(statusOf(f.ask("GET", "/v1/messages?account=main&key=wide", limited)), 404);
    QCOMPARE(statusOf(f.ask("GET", "/v1/messages?account=main&key=k", limited)), 200);
}

void DoorsKeysTest::aKeyMayBeForSomeAccounts() {
    Fixture f;
    for (const char *name : {"second", "third"}) {
        NewAccount account;
        account.account.name = name;
        account.account.appid = "wx1111111111111111";
        account.account.apiBase = f.base.simulator->baseUrl();
        account.secret = "5041435449434553454352455430f00d";
        must(f.engine->addAccount(account).result());
        must(f.engine->addTemplate(name, [] {
            Template t;
            t.templateId = other;
            t.title = "another";
            t.content = "{{thing1.DATA}}";
            return t;
        }()).result());
    }
    const QByteArray two = f.key("two", ApiScopes{ApiScope::Send, ApiScope::Read}, {"main", "second", "main"});
    QTRY_VERIFY(f.isKnown(two));
    QCOMPARE(must(f.engine->apiKeys().result()).front().accounts, (std::vector<std::string>{"main", "second"}));
    const auto to = [&](const char *account) {
        json message = f.otherMessage("oUser1");
        message["account"] = account;
        return message;
    };
    for (const char *account : {"main", "second"})
        QTRY_COMPARE(statusOf(f.ask("POST", "/v1/messages", two, to(account))), 202);
    QCOMPARE(statusOf(f.ask("POST", "/v1/messages", two, to("third"))), 403);
    const json foreign = f.post(f.all, to("third"));
    QCOMPARE(statusOf(f.ask("GET", "/v1/messages/" + text(foreign["message_id"].get<std::int64_t>()), two)), 404);
    QCOMPARE(statusOf(f.ask("GET", "/v1/messages?account=third&key=k", two)), 404);
    for (const json &t : f.jsonOf(f.ask("GET", "/v1/templates", two))["templates"])
        QVERIFY(t["account"] != "third");
}

void DoorsKeysTest::limitsThatMeanNothingAreRefused() {
    Fixture f;
    const auto refusal = [&](std::vector<std::string> accounts, std::vector<std::string> templates) {
        const auto made = f.engine->addApiKey({"x", ApiScopes{ApiScope::Send}, std::move(accounts), std::move(templates)}).result();
        return made ? std::string("made") : std::string(toString(made.error().code));
    };
    QCOMPARE(refusal({"nobody"}, {}), std::string(toString(ErrorCode::NotFound)));
    QCOMPARE(refusal({}, {"nothing"}), std::string(toString(ErrorCode::InvalidInput)));
    QCOMPARE(refusal({"main"}, {other, "nothing"}), std::string(toString(ErrorCode::InvalidInput)));
    QCOMPARE(refusal({}, {""}), std::string(toString(ErrorCode::InvalidInput)));
    QCOMPARE(must(f.engine->apiKeys().result()).size(), std::size_t{1});
}

void DoorsKeysTest::figuresOfAllAreNotForLimitedKeys() {
    Fixture f;
    const QByteArray ofAccount = f.key("a", ApiScopes{ApiScope::Read}, {"main"});
    const QByteArray ofTemplate = f.key("b", ApiScopes{ApiScope::Read}, {}, {other});
    const QByteArray stranger = "X-Forwarded-For: 203.0.113.7\r\n"; // is not asked from this machine
    QTRY_VERIFY(f.isKnown(ofAccount) && f.isKnown(ofTemplate));
    for (const QByteArray &key : {ofAccount, ofTemplate}) {
        QCOMPARE(statusOf(f.client()->ask("GET", "/metrics", {}, key + stranger)), 403);
        QCOMPARE(f.jsonOf(f.client()->ask("GET", "/readyz", {}, key + stranger)).size(), std::size_t{1});
    }
    QCOMPARE(statusOf(f.client()->ask("GET", "/metrics", {}, f.all + stranger)), 200);
    QVERIFY(f.jsonOf(f.client()->ask("GET", "/readyz", {}, f.all + stranger)).size() > 1);
}

void DoorsKeysTest::aBatchIsOfItsClientAlone() {
    Fixture f;
    const QByteArray orders = f.key("orders", ApiScopes{ApiScope::Send});
    const QByteArray parcels = f.key("parcels", ApiScopes{ApiScope::Send});
    QTRY_VERIFY(f.isKnown(orders) && f.isKnown(parcels));
    std::int64_t batch = 0;
    for (int i = 0; i < 3; ++i)
        batch = f.post(orders, f.message("oUser" + std::to_string(i)))["batch_id"].get<std::int64_t>();
    const auto foreign = f.post(parcels, f.message("oUser1"))["batch_id"].get<std::int64_t>();
    QVERIFY(batch != foreign);
    const json seen = f.batch(orders, batch);
    QCOMPARE(seen["total"].get<int>(), 3);
    QCOMPARE(seen["name"].get<std::string>(), std::string("orders"));
    QCOMPARE(seen["created_by"].get<std::string>(), std::string("api:orders"));
    QCOMPARE(statusOf(f.ask("GET", "/v1/batches/" + text(foreign), orders)), 404);
    QCOMPARE(f.batch(f.all, foreign)["total"].get<int>(), 1); // may read everything
}

void DoorsKeysTest::aNamedBatchHoldsWhatBelongsTogether() {
    Fixture f;
    const QByteArray orders = f.key("orders", ApiScopes{ApiScope::Send});
    QTRY_VERIFY(f.isKnown(orders));
    const auto alone = f.post(orders, f.message("oUser0"))["batch_id"].get<std::int64_t>();
    QByteArray lines;
    for (int i = 0; i < 20; ++i)
        lines += f.bytes(f.message("oUser" + std::to_string(i), "spring-" + std::to_string(i))) + "\n";
    const QByteArray target = "/v1/messages?batch=" + QByteArray("春季促销").toPercentEncoding();
    const auto answers = Client::bodyOf(f.client()->ask("POST", target, lines, orders + asLines)).trimmed().split('\n');
    QCOMPARE(answers.size(), 20);
    const auto named = json::parse(answers.front().toStdString())["batch_id"].get<std::int64_t>();
    for (const QByteArray &line : answers)
        QVERIFY(json::parse(line.toStdString())["batch_id"] == named);
    QVERIFY(named != alone);
    QVERIFY(f.post(orders, f.message("oUser21"), target)["batch_id"] == named); // more of it
    const json seen = f.batch(orders, named);
    QCOMPARE(seen["total"].get<int>(), 21);
    QCOMPARE(seen["name"].get<std::string>(), std::string("春季促销"));
    // Somebody stops it: what comes after waits in it, too.
    QVERIFY(must(f.engine->setBatchState(BatchId{named}, BatchState::Paused, "wrong price").result()));
    QVERIFY(f.post(orders, f.message("oUser22"), target)["batch_id"] == named);
    // Of the same name, and somebody else's.
    QVERIFY(f.post(f.all, f.message("oUser1"), target)["batch_id"] != named);
    for (const QByteArray &bad : {QByteArray("?batch="), QByteArray("?batch=a%0Ab"), "?batch=" + QByteArray(101, 'a')})
        QCOMPARE(statusOf(f.ask("POST", "/v1/messages" + bad, orders, f.message("oUser1"))), 400);
}

void DoorsKeysTest::whatWasHandedOverBeforeMakesNoBatch() {
    Fixture f;
    const json first = f.post(f.all, f.message("oUser1", "k"));
    const auto batches = must(f.engine->batches(100).result()).size();
    const json again = f.post(f.all, f.message("oUser1", "k"), "/v1/messages?batch=later");
    QVERIFY(again["message_id"] == first["message_id"] && again["batch_id"] == first["batch_id"]);
    QCOMPARE(must(f.engine->batches(100).result()).size(), batches);
    QCOMPARE(must(f.engine->verify().result()).size(), std::size_t{0});
}

void DoorsKeysTest::aTemplateIsTheSameHoweverItIsNamed() {
    Fixture f;
    json byTitle = f.otherMessage("oUser1", "k");
    byTitle["template"] = "another";
    const json first = f.post(f.all, f.otherMessage("oUser1", "k"));
    const json again = f.post(f.all, byTitle);
    QVERIFY(first["message_id"].is_number() && again == first);
    QCOMPARE(f.queued(), 1);
}

void DoorsKeysTest::ofTwoLinesUnderOneKeyTheFirstCounts() {
    Fixture f;
    for (const bool otherFirst : {false, true}) {
        const std::string key = otherFirst ? "other first" : "other last";
        const QByteArray a = f.bytes(f.message("oUser1", key));
        const QByteArray b = f.bytes(f.otherMessage("oUser1", key));
        const QByteArray lines = (otherFirst ? b + "\n" + a : a + "\n" + b) + "\n";
        const auto answers = Client::bodyOf(f.client()->ask("POST", "/v1/messages", lines, f.all + asLines)).trimmed().split('\n');
        QCOMPARE(answers.size(), 2);
        QCOMPARE(json::parse(answers.at(0).toStdString())["status"].get<int>(), 202);
        const json second = json::parse(answers.at(1).toStdString());
        QCOMPARE(second["status"].get<int>(), 409);
        QCOMPARE(second["code"].get<std::string>(), std::string("idempotency_key_reused"));
    }
    QCOMPARE(f.queued(), 2);
}

void DoorsKeysTest::aKeyIsReplacedWithAnOverlap() {
    Fixture f;
    const QByteArray first = f.key("orders", ApiScopes{ApiScope::Send}, {"main"}, {other});
    const std::int64_t id = must(f.engine->apiKeys().result()).front().id;
    QTRY_VERIFY(f.isKnown(first));
    const auto bearing = [](const IssuedApiKey &issued) { return "Authorization: Bearer " + QByteArray::fromStdString(issued.secret) + "\r\n"; };
    const auto second = must(f.engine->rotateApiKey(id, std::chrono::hours{1}, "once a year").result());
    QTRY_VERIFY(f.isKnown(bearing(second)));
    QVERIFY(f.isKnown(first)); // both
    QCOMPARE(second.key.accounts, std::vector<std::string>{"main"});
    QCOMPARE(second.key.templates, std::vector<std::string>{other});
    const json taken = f.post(first, f.otherMessage("oUser1", "k"));
    QVERIFY(f.post(bearing(second), f.otherMessage("oUser1", "k")) == taken); // the same client
    // One that has a successor is not replaced again; its successor is, and at once.
    QVERIFY(!f.engine->rotateApiKey(id, std::chrono::hours{1}, "").result());
    const auto third = must(f.engine->rotateApiKey(second.key.id, Seconds{0}, "lost").result());
    QTRY_VERIFY(f.isKnown(bearing(third)));
    QVERIFY(!f.isKnown(bearing(second)));
    QTRY_VERIFY(f.isKnown(first)); // wrong keys slow those down who come from the same address
    QVERIFY(must(f.engine->revokeApiKey(id, "before its time").result())); // the overlap can be ended
    QTRY_VERIFY(!f.isKnown(first));
    QVERIFY(!f.engine->rotateApiKey(third.key.id, std::chrono::hours{24 * 31}, "").result());
    QVERIFY(!f.engine->rotateApiKey(4711, Seconds{0}, "").result());
    int rotations = 0;
    for (const AuditEntry &act : must(f.engine->audit({}, 100).result()))
        rotations += act.act == "key.rotate" ? 1 : 0;
    QCOMPARE(rotations, 2);
}

void DoorsKeysTest::theAuditNamesWhoCancelled() {
    Fixture f;
    const json taken = f.post(f.all, f.message("oUser1"));
    const auto id = taken["message_id"].get<std::int64_t>();
    QCOMPARE(statusOf(f.ask("POST", "/v1/messages/" + text(id) + "/cancel", f.all, {{"reason", "out of stock"}})), 200);
    const auto detail = must(f.engine->message(MessageId{id}).result());
    QCOMPARE(detail.acts.front().who, std::string("api:all"));
    QCOMPARE(detail.acts.front().reason, std::string("out of stock"));
}

QTEST_GUILESS_MAIN(DoorsKeysTest)
#include "doors_keys_test.moc"
