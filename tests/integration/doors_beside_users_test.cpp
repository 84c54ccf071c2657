// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whoever sits at the console, or nobody: the doors serve their callers as before, and what was begun goes on in the name of
// who began it.
#include "tests/integration/callback_fixture.h"
#include "tests/simulation/compare.h"

#include <algorithm>

using namespace songda;
using namespace songda::testing;
using Client = DoorClient;

namespace {

const std::string password = "correct horse battery";

void signIn(Engine &engine, const char *name) {
    if (*name)
        CallbackFixture::finished(engine.signIn(name, password));
}

} // namespace

class DoorsBesideUsersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCallerIsServed();
    void aKeyTakenAwayCountsNoMore();
    void whatWasBegunGoesOnInThatName();
};

void DoorsBesideUsersTest::everyCallerIsServed() {
    CallbackFixture c;
    Engine &engine = *c.f.engine;
    for (const auto &[name, role] : {std::pair("ada", UserRole::Admin), {"otto", UserRole::Operator}, {"sue", UserRole::Support}, {"ulf", UserRole::Auditor}}) {
        CallbackFixture::finished(engine.addUser(name, role, password));
        signIn(engine, "ada");
    }
    int n = 0;
    for (const char *who : {"otto", "sue", "ulf", "", "ada"}) { // "": the screen is locked
        engine.signOut();
        signIn(engine, who);
        c.reopen(); // as a console does that was started by them
        const auto client = c.f.client();
        const auto body = c.f.message("oUser_of_the_shop_0001", "order " + std::to_string(++n));
        const QByteArray taken = client->ask("POST", "/v1/messages", c.f.bytes(body), c.f.all + c.f.json);
        QVERIFY2(Client::statusOf(taken) == 202, who);
        const QByteArray location = Client::headerOf(taken, "Location");
        const auto found = c.f.jsonOf(client->ask("GET", location, {}, c.f.all));
        COMPARE_TEXT(found["openid"].get<std::string>(), std::string("oUser_of_the_shop_0001"));
        COMPARE_TEXT(found["created_by"].get<std::string>(), std::string("api:all"));
        QVERIFY2(Client::statusOf(client->ask("POST", location + "/cancel", {}, c.f.all)) == 200, who);
        QVERIFY2(Client::statusOf(c.get()) == 200, who);
        QVERIFY2(CallbackFixture::isSuccess(c.post(c.push(c.target(), "oUser_of_the_shop_0001", 7'000U + static_cast<unsigned>(n)))), who);
    }
    const auto acts = CallbackFixture::finished(engine.audit(std::nullopt, 50));
    QCOMPARE(std::ranges::count_if(acts, [](const AuditEntry &a) { return a.act == "message.cancel" && a.who == "api:all"; }), 5);
}

void DoorsBesideUsersTest::aKeyTakenAwayCountsNoMore() {
    DoorsFixture f;
    CallbackFixture::finished(f.engine->addUser("ada", UserRole::Admin, password));
    signIn(*f.engine, "ada");
    CallbackFixture::finished(f.engine->addUser("otto", UserRole::Operator, password));
    const auto client = f.client();
    QCOMPARE(Client::statusOf(client->ask("GET", "/v1/templates", {}, f.all)), 200);
    const auto keys = CallbackFixture::finished(f.engine->apiKeys());
    CallbackFixture::finished(f.engine->revokeApiKey(keys.front().id, "no longer needed"));
    f.engine->signOut();
    signIn(*f.engine, "otto");
    QTRY_COMPARE_WITH_TIMEOUT(Client::statusOf(f.client()->ask("GET", "/v1/templates", {}, f.all)), 401, 30'000);
}

void DoorsBesideUsersTest::whatWasBegunGoesOnInThatName() {
    EngineFixture fixture;
    auto engine = fixture.open(EngineOptions::Role::Tool);
    must(engine->addUser("ada", UserRole::Admin, password).result());
    SendRequest request;
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    for (int i = 0; i < 8; ++i) {
        must(engine->signIn("ada", password).result());
        request.openid = "oUser" + std::to_string(i);
        auto sent = engine->send(request);
        engine->signOut(); // before it was written, most of the times
        const auto report = sent.result();
        QVERIFY2(report, "who might begin it may see it done");
        must(engine->signIn("ada", password).result());
        COMPARE_TEXT(must(engine->message(report->id).result()).message.createdBy, std::string("ada"));
        engine->signOut();
    }
}

QTEST_GUILESS_MAIN(DoorsBesideUsersTest)
#include "doors_beside_users_test.moc"
