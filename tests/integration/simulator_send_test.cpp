// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/simulator_fixture.h"

#include "app/simulator/followers.h"

#include <QTest>

#include <set>

using namespace std::chrono_literals;
using namespace songda::simulator;
using namespace songda::simulator::testing;

class SimulatorSendTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodSendGetsAnIdNoDoubleCanHold();
    void badRequestsAreRefused_data();
    void badRequestsAreRefused();
    void refusedCopiesAreOnRecord();
    void chunkedBodiesGet412WithoutABody();
    void oversizedBodiesGet413();
    void wrongMethodIsSaid();
    void tokenIsCheckedBeforeTheBody();
    void errorsCarryRidAndLogicRet();
    void looseValuesPassWhenAsked();
    void industryTemplatesAreNotChecked();
    void bodiesCanBeDeepAndStrange();
    void unknownOpenidsFollowUnlessToldOtherwise();
    void followersAreListedInPages();
    void repeatsGetTheOldIdForTenMinutes();
    void repeatsCanBeAnswered45065();
    void oneClientMsgIdMayServeTwoPeople();
    void dailyLimitHoldsUntilMidnightInChina();
    void minuteLimitHoldsAMinute();
    void quotaIsToldAndCleared();
    void ridLeadsBackToTheCallWithoutItsToken();
    void interceptedOnesAreAcceptedAndShownToNobody();
    void unknownPathsAre404();
    void templateListIsServed();
};

void SimulatorSendTest::goodSendGetsAnIdNoDoubleCanHold() {
    Platform platform;
    std::set<std::uint64_t> ids;
    for (int i = 0; i < 100; ++i) {
        const Reply reply = platform.send(orderMessage("oPerson", "id" + std::to_string(i)));
        QCOMPARE(Platform::errcode(reply), 0);
        const std::uint64_t id = Platform::msgid(reply);
        QCOMPARE(std::to_string(id).size(), std::size_t{19});
        QVERIFY(static_cast<std::uint64_t>(static_cast<double>(id)) != id);
        ids.insert(id);
    }
    QCOMPARE(ids.size(), std::size_t{100});
}

void SimulatorSendTest::badRequestsAreRefused_data() {
    QTest::addColumn<QByteArray>("change"); // a JSON merge patch of a good message
    QTest::addColumn<int>("errcode");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("no openid") << QByteArray(R"({"touser":null})") << 40003 << QByteArray();
    QTest::newRow("empty openid") << QByteArray(R"({"touser":""})") << 40003 << QByteArray();
    QTest::newRow("short template id") << QByteArray(R"({"template_id":"abc"})") << 40036 << QByteArray();
    QTest::newRow("unknown template id")
        << QByteArray(R"({"template_id":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})") << 40037
        << QByteArray();
    QTest::newRow("missing key") << QByteArray(R"({"data":{"thing2":null}})") << 47003
                                 << QByteArray("data.thing2.value");
    QTest::newRow("empty value") << QByteArray(R"({"data":{"thing2":{"value":""}}})") << 47003
                                 << QByteArray("data.thing2.value");
    QTest::newRow("number for a text")
        << QByteArray(R"({"data":{"amount3":{"value":12}}})") << 47003 << QByteArray("data.amount3.value");
    QTest::newRow("text for an object")
        << QByteArray(R"({"data":{"time4":"15:01"}})") << 47003 << QByteArray("data.time4.value");
    QTest::newRow("over-long") << QByteArray(R"({"data":{"thing2":{"value":"123456789012345678901"}}})")
                               << 47003 << QByteArray("data.thing2.value");
    QTest::newRow("no data") << QByteArray(R"({"data":null})") << 47003 << QByteArray("data");
    QTest::newRow("mini program") << QByteArray(R"({"miniprogram":{"appid":"nonsense"}})") << 40013
                                  << QByteArray();
    QTest::newRow("long client_msg_id") << QByteArray(
        R"({"client_msg_id":"12345678901234567890123456789012345678901234567890123456789012345"})")
                                        << 45067 << QByteArray();
}

void SimulatorSendTest::badRequestsAreRefused() {
    QFETCH(const QByteArray, change);
    QFETCH(const int, errcode);
    QFETCH(const QByteArray, named);
    Platform platform;
    nlohmann::json message = orderMessage("oPerson", "id");
    message.merge_patch(parsed(change.toStdString()));
    const Reply reply = platform.send(message);
    QCOMPARE(reply.status, 200);
    QCOMPARE(Platform::errcode(reply), errcode);
    QVERIFY(Platform::errmsg(reply).find(named.toStdString()) != std::string::npos);
    QCOMPARE(platform.api.ledger().summary().userCopies, std::uint64_t{0});
}

void SimulatorSendTest::refusedCopiesAreOnRecord() {
    Platform platform;
    const std::string token = platform.stableToken();
    constexpr auto path = "/cgi-bin/message/template/send";
    QCOMPARE(Platform::errcode(platform.post(path, "", token)), 44002);
    QCOMPARE(Platform::errcode(platform.post(path, "{\"touser\":", token)), 47001);
    QCOMPARE(Platform::errcode(platform.post(path, "[]", token)), 47001);
    QCOMPARE(Platform::errcode(platform.post(path, "{\"touser\":\"\xff\"}", token)), 47001);
    QCOMPARE(Platform::errcode(platform.post(path, orderMessage("oPerson", "id").dump())), 41001);
    const LedgerSummary summary = platform.api.ledger().summary();
    QCOMPARE(summary.wireCopies, std::uint64_t{5});
    QCOMPARE(summary.userCopies, std::uint64_t{0});
    QCOMPARE(platform.api.ledger().received("oPerson").at(0).copies.at(0).answer, std::string{"41001"});
}

void SimulatorSendTest::chunkedBodiesGet412WithoutABody() {
    Platform platform;
    const std::string token = platform.stableToken();
    const std::string body = orderMessage("oPerson", "id").dump();
    Request request;
    request.method = Method::Post;
    request.path = "/cgi-bin/message/template/send";
    request.arguments = {{"access_token", token}};
    request.body = body;
    request.chunked = true;
    const Reply reply = platform.api.handle(request, platform.now);
    QCOMPARE(reply.status, 412);
    QVERIFY(reply.body.empty());
    QCOMPARE(platform.api.ledger().received("oPerson").at(0).userCopies, 0U);
}

void SimulatorSendTest::oversizedBodiesGet413() {
    Platform platform;
    Request request;
    request.method = Method::Post;
    request.path = "/cgi-bin/message/template/send";
    request.tooLarge = true;
    QCOMPARE(platform.api.handle(request, platform.now).status, 413);
}

void SimulatorSendTest::wrongMethodIsSaid() {
    Platform platform;
    const std::string token = platform.stableToken();
    QCOMPARE(Platform::errcode(platform.get("/cgi-bin/message/template/send", token)), 43002);
    QCOMPARE(
        Platform::errcode(platform.post("/cgi-bin/template/get_all_private_template", "{}", token)), 43001);
    QCOMPARE(platform.api.ledger().summary().wireCopies, std::uint64_t{0});
}

void SimulatorSendTest::tokenIsCheckedBeforeTheBody() {
    Platform platform;
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/message/template/send", "", "cut")), 40014);
}

void SimulatorSendTest::errorsCarryRidAndLogicRet() {
    Platform platform;
    const Reply reply = platform.send(orderMessage("", "id"));
    QCOMPARE(reply.logicRet, 40003);
    const std::string message = Platform::errmsg(reply);
    const std::size_t at = message.find(" rid: ");
    QVERIFY(at != std::string::npos);
    const std::string rid = message.substr(at + 6);
    QVERIFY(RidLog::wellFormed(rid));
    QCOMPARE(std::stoll(rid.substr(0, 8), nullptr, 16), static_cast<long long>(unixSeconds(platform.now)));
    QCOMPARE(platform.send(orderMessage("oPerson", "id")).logicRet, 0);
}

void SimulatorSendTest::looseValuesPassWhenAsked() {
    Platform platform;
    AccountState account = *platform.api.account();
    account.valueCheck = ValueCheck::Off;
    platform.api.setAccount(account);
    nlohmann::json message = orderMessage("oPerson", "id");
    message["data"] = nlohmann::json::object();
    QCOMPARE(Platform::errcode(platform.send(message)), 0);
}

void SimulatorSendTest::industryTemplatesAreNotChecked() {
    Platform platform;
    nlohmann::json message = orderMessage("oPerson", "id");
    message["template_id"] = builtinTemplates().back().id;
    message["data"] = {{"keyword1", {{"value", std::string(100, 'x')}, {"color", "#173177"}}}};
    QCOMPARE(Platform::errcode(platform.send(message)), 0);
}

void SimulatorSendTest::bodiesCanBeDeepAndStrange() {
    QVERIFY(!parseSendRequest(std::string(100'000, '[')));
    std::string deep;
    for (int i = 0; i < 100'000; ++i) {
        deep += "{\"a\":";
    }
    QVERIFY(!parseSendRequest(deep));
    QVERIFY(!parseSendRequest("\"text\""));
    QVERIFY(!parseSendRequest("17"));
    const auto request = parseSendRequest(
        R"({"touser":5,"data":{"thing1":{"value":"a","value":"b","x":{"value":"c"}},"thing1":{"value":"d"},"y":[{}]},)"
        R"("extra":{"touser":"no"},"touser":"yes"})");
    QVERIFY(request.has_value());
    QCOMPARE(request->touser, std::string{"yes"});
    QCOMPARE(request->data.size(), std::size_t{2});
    QCOMPARE(request->value("thing1")->text, std::string{"d"});
    QVERIFY(request->value("y")->kind == SendValue::Kind::OtherType);
}

void SimulatorSendTest::unknownOpenidsFollowUnlessToldOtherwise() {
    Platform platform;
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oStranger", "1"))), 0);
    AccountState account = *platform.api.account();
    account.followers = 10;
    account.followersOnly = true;
    platform.api.setAccount(account);
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oStranger", "2"))), 43004);
    QCOMPARE(Platform::errcode(platform.send(orderMessage(followerOpenid(9), "3"))), 0);
    QCOMPARE(Platform::errcode(platform.send(orderMessage(followerOpenid(10), "4"))), 43004);
}

void SimulatorSendTest::followersAreListedInPages() {
    ApiSettings settings;
    settings.account.followers = 10'003;
    Platform platform{settings};
    const std::string token = platform.stableToken();
    std::set<std::string> openids;
    std::string next;
    for (int page = 0; page < 3; ++page) {
        Request request;
        request.path = "/cgi-bin/user/get";
        request.arguments = {{"access_token", token}, {"next_openid", next}};
        const nlohmann::json answer = parsed(platform.api.handle(request, platform.now).body);
        QVERIFY(!answer.contains("errcode"));
        QCOMPARE(answer["total"].get<int>(), 10'003);
        QCOMPARE(answer["count"].get<int>(), page == 0 ? 10'000 : page == 1 ? 3 : 0);
        QCOMPARE(answer.contains("data"), page < 2);
        if (answer.contains("data")) {
            for (const auto &openid : answer["data"]["openid"]) {
                openids.insert(openid.get<std::string>());
            }
        }
        next = answer["next_openid"].get<std::string>();
    }
    QVERIFY(next.empty());
    QCOMPARE(openids.size(), std::size_t{10'003});
    for (const std::string &openid : openids) {
        QCOMPARE(openid.size(), std::size_t{28});
        QVERIFY(followerIndex(openid).value_or(99'999) < 10'003);
    }
}

void SimulatorSendTest::repeatsGetTheOldIdForTenMinutes() {
    Platform platform;
    const std::uint64_t first = Platform::msgid(platform.send(orderMessage("oPerson", "id")));
    platform.now += 599s;
    const Reply repeat = platform.send(orderMessage("oPerson", "id"));
    QCOMPARE(Platform::errcode(repeat), 0);
    QCOMPARE(Platform::msgid(repeat), first);
    QCOMPARE(platform.api.ledger().summary().userCopies, std::uint64_t{1});
    QCOMPARE(platform.api.ledger().summary().duplicatesDropped, std::uint64_t{1});
    platform.now += 1s; // the window counts from the first send, not from the repeat
    QVERIFY(Platform::msgid(platform.send(orderMessage("oPerson", "id"))) != first);
    const LedgerSummary summary = platform.api.ledger().summary();
    QCOMPARE(summary.userCopies, std::uint64_t{2});
    QCOMPARE(summary.notifiedTwiceCount, std::uint64_t{1});
    QCOMPARE(summary.notifiedTwice.at(0), (RepeatedNotice{"oPerson", "id", 2}));
}

void SimulatorSendTest::repeatsCanBeAnswered45065() {
    ApiSettings settings;
    settings.account.duplicateAnswer = DuplicateAnswer::Errcode45065;
    Platform platform{settings};
    const std::uint64_t first = Platform::msgid(platform.send(orderMessage("oPerson", "id")));
    const Reply repeat = platform.send(orderMessage("oPerson", "id"));
    QCOMPARE(Platform::errcode(repeat), 45065);
    QCOMPARE(Platform::msgid(repeat), first);
    QCOMPARE(platform.api.ledger().summary().byAnswer.at("45065"), std::uint64_t{1});
}

void SimulatorSendTest::oneClientMsgIdMayServeTwoPeople() {
    Platform platform;
    platform.send(orderMessage("oOne", "id"));
    platform.send(orderMessage("oTwo", "id"));
    const LedgerSummary summary = platform.api.ledger().summary();
    QCOMPARE(summary.userCopies, std::uint64_t{2});
    QCOMPARE(summary.notifiedTwiceCount, std::uint64_t{0});
    QCOMPARE(summary.bodyMismatch, std::uint64_t{0});
}

void SimulatorSendTest::dailyLimitHoldsUntilMidnightInChina() {
    Platform platform;
    platform.api.quotas().setLimit(Call::Send, {2, 0});
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "1"))), 0);
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "2"))), 0);
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "3"))), 45009);
    platform.now += 12h - 1s;
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "3"))), 45009);
    platform.now += 1s;
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "3"))), 0);
}

void SimulatorSendTest::minuteLimitHoldsAMinute() {
    Platform platform;
    platform.api.quotas().setLimit(Call::Send, {0, 1});
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "1"))), 0);
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "2"))), 45011);
    platform.now += 60s;
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "2"))), 0);
}

void SimulatorSendTest::quotaIsToldAndCleared() {
    Platform platform;
    platform.api.quotas().setLimit(Call::Send, {1, 30});
    platform.send(orderMessage("oPerson", "1"));
    const std::string token = platform.stableToken();
    const std::string path = R"({"cgi_path":"/cgi-bin/message/template/send"})";
    const nlohmann::json told = parsed(platform.post("/cgi-bin/openapi/quota/get", path, token).body);
    QCOMPARE(told["quota"].dump(), std::string{R"({"daily_limit":1,"remain":0,"used":1})"});
    QCOMPARE(told["rate_limit"].dump(), std::string{R"({"call_count":30,"refresh_second":60})"});
    QCOMPARE(Platform::errcode(
                 platform.post("/cgi-bin/openapi/quota/get", R"({"cgi_path":"/cgi-bin/none"})", token)),
        76021);

    const std::string body = nlohmann::json{{"appid", practiceAppId}, {"appsecret", practiceSecret}}.dump();
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(Platform::errcode(platform.post("/cgi-bin/clear_quota", body, token)), 0);
        QCOMPARE(Platform::errcode(platform.post("/cgi-bin/clear_quota/v2", body)), 0);
    }
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "2"))), 0);
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/clear_quota", body, token)), 48006);
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/clear_quota/v2", body)), 48006);
    platform.now += std::chrono::days{31};
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/clear_quota/v2", body)), 0);
}

void SimulatorSendTest::ridLeadsBackToTheCallWithoutItsToken() {
    Platform platform;
    const std::string message = Platform::errmsg(platform.send(orderMessage("", "id")));
    const std::string rid = message.substr(message.find("rid: ") + 5);
    const std::string token = platform.stableToken();
    const std::string body = nlohmann::json{{"rid", rid}}.dump();
    const Reply reply = platform.post("/cgi-bin/openapi/rid/get", body, token);
    QCOMPARE(Platform::errcode(reply), 0);
    QCOMPARE(reply.body.find(token), std::string::npos);
    QVERIFY(
        parsed(reply.body)["request"]["response_body"].get<std::string>().find("40003") != std::string::npos);
    QCOMPARE(
        Platform::errcode(platform.post("/cgi-bin/openapi/rid/get", R"({"rid":"nonsense"})", token)), 76002);
    platform.now += std::chrono::days{8};
    QCOMPARE(
        Platform::errcode(platform.post("/cgi-bin/openapi/rid/get", body, platform.stableToken())), 76004);
}

void SimulatorSendTest::interceptedOnesAreAcceptedAndShownToNobody() {
    Platform platform;
    int shown = 0;
    platform.api.setOnShown([&](std::string_view, std::uint64_t) { ++shown; });
    platform.api.faults().addScripts(*parseScripts(nlohmann::json::parse(R"({"oKept": "intercepted"})")));
    const nlohmann::json kept = parsed(platform.send(orderMessage("oKept", "one")).body);
    QCOMPARE(kept["errcode"].get<int>(), 0);
    const auto msgid = kept["msgid"].get<std::uint64_t>();
    // A repeat is one, as of any accepted message.
    QCOMPARE(parsed(platform.send(orderMessage("oKept", "one")).body)["msgid"].get<std::uint64_t>(), msgid);
    const auto other = parsed(platform.send(orderMessage("oOther", "two")).body)["msgid"].get<std::uint64_t>();
    QCOMPARE(shown, 1);
    const LedgerSummary summary = platform.api.ledger().summary();
    QCOMPARE(summary.userCopies, std::uint64_t{1});
    QCOMPARE(summary.duplicatesDropped, std::uint64_t{1});
    const std::string token = platform.stableToken();
    const auto asked = [&](std::uint64_t of, std::uint64_t after) {
        return parsed(platform.post("/wxa/sec/queryblocktmplmsg",
            nlohmann::json{{"tmpl_msg_id", std::to_string(of)}, {"largest_id", after}, {"limit", 100}}.dump(), token)
                .body);
    };
    const nlohmann::json answer = asked(msgid, 0);
    QCOMPARE(answer["errcode"].get<int>(), 0);
    QCOMPARE(answer["msginfo"]["tmpl_msg_id"].get<std::string>(), std::to_string(msgid));
    QCOMPARE(answer["msginfo"]["openid"].get<std::string>(), std::string("oKept"));
    QVERIFY(!answer["msginfo"]["title"].get<std::string>().empty());
    QVERIFY(answer["msginfo"]["content"].get<std::string>().find("云南普洱茶饼") != std::string::npos);
    QVERIFY(asked(msgid, answer["msginfo"]["id"].get<std::uint64_t>())["msginfo"].empty());
    QVERIFY(asked(other, 0)["msginfo"].empty());
    QCOMPARE(Platform::errcode(platform.post("/wxa/sec/queryblocktmplmsg", "{}")), 41001);
}

void SimulatorSendTest::unknownPathsAre404() {
    Platform platform;
    QCOMPARE(platform.get("/cgi-bin/unheard_of").status, 404);
    QCOMPARE(platform.post("/", "{}").status, 404);
}

void SimulatorSendTest::templateListIsServed() {
    Platform platform;
    const Reply reply = platform.get("/cgi-bin/template/get_all_private_template", platform.stableToken());
    const nlohmann::json answer = parsed(reply.body);
    QVERIFY(!answer.contains("errcode"));
    QCOMPARE(answer["template_list"].size(), builtinTemplates().size());
    for (const auto &item : answer["template_list"]) {
        QCOMPARE(item["template_id"].get<std::string>().size(), std::size_t{43});
    }
    // What the platform lists can be given to it again.
    QCOMPARE(*parseTemplates(answer), builtinTemplates());
    QCOMPARE(templateKeys("a:{{ thing1.DATA }}\r\n{{thing1.DATA}}{{b.DATA}} {{c}}"),
        (std::vector<std::string>{"thing1", "b"}));
    for (const MessageTemplate &item : builtinTemplates()) {
        QVERIFY(!templateKeys(item.content).empty());
    }
}

QTEST_GUILESS_MAIN(SimulatorSendTest)
#include "simulator_send_test.moc"
