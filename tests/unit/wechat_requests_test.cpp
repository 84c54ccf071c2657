// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/requests.h"
#include "engine/channels/wechat/template_list.h"

#include "tests/unit/printing.h"

#include <nlohmann/json.hpp>

using namespace songda;
using namespace songda::wechat;
using songda::testing::named;

namespace {

Account account(const char *apiBase = "https://api.weixin.qq.com") {
    Account a;
    a.id = AccountId{3};
    a.appid = "wx0123456789abcdef";
    a.apiBase = apiBase;
    return a;
}

ClaimedMessage claim() {
    ClaimedMessage message;
    message.openid = "oABCDEFGHIJKLMNOPQRSTUVWXYZ1";
    message.templateId = "ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY";
    message.clientMsgId = "Abc_def-0123456789xyz";
    message.content
        = R"({"url":"https://example.com/?a=1","data":{"thing1":{"value":"订单 \"12\" 已发货"}}})";
    return message;
}

} // namespace

class WechatRequestsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lookUps();
    void tokenRequestHasTheseBytes();
    void tokenRequestEscapesWhatItCarries();
    void sendRequestHasTheseBytes();
    void sameClaimSameBytes();
    void sendBodyIsJsonWithRawCharacters();
    void templateListRequestIsAPlainGet();
    void tokenIsPercentEncoded_data();
    void tokenIsPercentEncoded();
    void apiBaseMayHaveAPath();
    void allTravelByTheAccountsProxy();
    void deadlinesAreThoseOfTheNotes();
    void apiBasesAreChecked_data();
    void apiBasesAreChecked();
    void badApiBasesAreRefused_data();
    void badApiBasesAreRefused();
    void templateListIsRead();
    void emptyTemplateListIsFine();
    void entriesWithoutAnIdAreLeftOut();
    void otherAnswersAreNoTemplateList_data();
    void otherAnswersAreNoTemplateList();
};

void WechatRequestsTest::tokenRequestHasTheseBytes() {
    const HttpRequest request = tokenRequest(account(), "0123456789abcdef0123456789abcdef", false);
    QVERIFY(request.method == HttpRequest::Method::Post);
    QCOMPARE(request.url, std::string("https://api.weixin.qq.com/cgi-bin/stable_token"));
    QCOMPARE(request.contentType, std::string("application/json"));
    const std::string expected = R"({"grant_type":"client_credential","appid":"wx0123456789abcdef",)"
                                 R"("secret":"0123456789abcdef0123456789abcdef","force_refresh":false})";
    QCOMPARE(request.body, expected);
    const HttpRequest forced = tokenRequest(account(), "0123456789abcdef0123456789abcdef", true);
    const std::string expectedForced = R"({"grant_type":"client_credential","appid":"wx0123456789abcdef",)"
                                       R"("secret":"0123456789abcdef0123456789abcdef","force_refresh":true})";
    QCOMPARE(forced.body, expectedForced);
}

void WechatRequestsTest::tokenRequestEscapesWhatItCarries() {
    const std::string secret = "a\"b\\c\n\xE8\xAF\x8D";
    const auto body = nlohmann::json::parse(tokenRequest(account(), secret, false).body);
    QCOMPARE(body["secret"].get<std::string>(), secret);
    QCOMPARE(body.size(), std::size_t{4});
}

void WechatRequestsTest::sendRequestHasTheseBytes() {
    const HttpRequest request = sendRequest(account(), "ACCESS_TOKEN-1", claim());
    QVERIFY(request.method == HttpRequest::Method::Post);
    QCOMPARE(request.url,
        std::string("https://api.weixin.qq.com/cgi-bin/message/template/send?access_token=ACCESS_TOKEN-1"));
    QCOMPARE(request.contentType, std::string("application/json"));
    const std::string expected
        = R"({"touser":"oABCDEFGHIJKLMNOPQRSTUVWXYZ1",)"
          R"("template_id":"ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY",)"
          R"("client_msg_id":"Abc_def-0123456789xyz",)"
          R"("url":"https://example.com/?a=1","data":{"thing1":{"value":"订单 \"12\" 已发货"}}})";
    QCOMPARE(request.body, expected);
}

void WechatRequestsTest::sameClaimSameBytes() {
    const HttpRequest first = sendRequest(account(), "token-1", claim());
    ClaimedMessage again = claim();
    again.attempt = 4;
    again.tries = 3;
    again.claimedAt = fromMillis(1769817600000);
    again.ambiguous = AmbiguousSince{};
    // Another attempt, another token, another host after a move: the body stays.
    QCOMPARE(sendRequest(account(), "token-1", again).body, first.body);
    QCOMPARE(sendRequest(account("https://api2.weixin.qq.com"), "token-2", again).body, first.body);
}

void WechatRequestsTest::sendBodyIsJsonWithRawCharacters() {
    ClaimedMessage message = claim();
    message.openid = "o\"\\\x01";
    const std::string body = sendRequest(account(), "t", message).body;
    const auto json = nlohmann::json::parse(body);
    QCOMPARE(json["touser"].get<std::string>(), message.openid);
    QCOMPARE(json["data"]["thing1"]["value"].get<std::string>(), std::string("订单 \"12\" 已发货"));
    QCOMPARE(json.size(), std::size_t{5});
    QVERIFY(body.find("订单") != std::string::npos);
}

void WechatRequestsTest::templateListRequestIsAPlainGet() {
    const HttpRequest request = templateListRequest(account(), "t1");
    QVERIFY(request.method == HttpRequest::Method::Get);
    QCOMPARE(request.url,
        std::string("https://api.weixin.qq.com/cgi-bin/template/get_all_private_template?access_token=t1"));
    QVERIFY(request.body.empty());
    QVERIFY(request.contentType.empty());
}

void WechatRequestsTest::tokenIsPercentEncoded_data() {
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("inUrl");
    const auto row = [](const char *token, const char *inUrl) {
        QTest::newRow(token) << std::string(token) << std::string(inUrl);
    };
    row("72_AbC-xyz_09", "72_AbC-xyz_09");
    row("a+b/c=", "a%2Bb%2Fc%3D");
    row("a&appid=x", "a%26appid%3Dx");
    row("a b#c?d", "a%20b%23c%3Fd");
    row("100%", "100%25");
    QTest::newRow("line break") << std::string("a\r\nHost: x") << std::string("a%0D%0AHost%3A%20x");
    row("词", "%E8%AF%8D");
}

void WechatRequestsTest::tokenIsPercentEncoded() {
    QFETCH(std::string, token);
    QFETCH(std::string, inUrl);
    for (const std::string &url :
        {sendRequest(account(), token, claim()).url, templateListRequest(account(), token).url})
        QCOMPARE(url.substr(url.find("access_token=") + 13), inUrl);
}

void WechatRequestsTest::apiBaseMayHaveAPath() {
    const Account relay = account("https://relay.example.com:8443/wechat");
    QCOMPARE(tokenRequest(relay, "s", false).url,
        std::string("https://relay.example.com:8443/wechat/cgi-bin/stable_token"));
    QCOMPARE(sendRequest(relay, "t", claim()).url,
        std::string("https://relay.example.com:8443/wechat/cgi-bin/message/template/send?access_token=t"));
}

void WechatRequestsTest::allTravelByTheAccountsProxy() {
    for (const char *proxy : {"", "socks5h://127.0.0.1:1080"}) {
        Account a = account();
        a.proxy = proxy;
        for (const HttpRequest &request : {tokenRequest(a, "s", false), sendRequest(a, "t", claim()), templateListRequest(a, "t"), quotaRequest(a, "t"),
                 interceptionRequest(a, "t", "1", ""), failedCallRequest(a, "t", "rid")})
            QCOMPARE(request.proxy, std::string(proxy));
    }
}

void WechatRequestsTest::deadlinesAreThoseOfTheNotes() {
    const HttpRequest request = sendRequest(account(), "t", claim());
    QCOMPARE(request.connectDeadline, Millis{5000});
    QCOMPARE(request.deadline, Millis{15000});
}

void WechatRequestsTest::apiBasesAreChecked_data() {
    QTest::addColumn<std::string>("base");
    QTest::addColumn<std::string>("kept");
    const auto row = [](const char *base, const char *kept) {
        QTest::newRow(base) << std::string(base) << std::string(kept);
    };
    row("https://api.weixin.qq.com", "https://api.weixin.qq.com");
    row("https://api.weixin.qq.com/", "https://api.weixin.qq.com");
    row("https://api.weixin.qq.com//", "https://api.weixin.qq.com");
    row("HTTPS://API.WEIXIN.QQ.COM", "https://api.weixin.qq.com");
    row("https://relay.example.com:8443/wechat/", "https://relay.example.com:8443/wechat");
    row("https://192.0.2.7", "https://192.0.2.7");
    row("https://localhost", "https://localhost");
    row("http://localhost:8080", "http://localhost:8080");
    row("http://LocalHost/", "http://localhost");
    row("http://127.0.0.1:18080/", "http://127.0.0.1:18080");
    row("http://127.9.9.9", "http://127.9.9.9");
    row("http://[::1]:8080", "http://[::1]:8080");
    row("http://127.0.0.1/sim", "http://127.0.0.1/sim");
}

void WechatRequestsTest::apiBasesAreChecked() {
    QFETCH(std::string, base);
    QFETCH(std::string, kept);
    const auto checked = checkedApiBase(base);
    QVERIFY2(checked.has_value(), checked ? "" : checked.error().detail.c_str());
    QCOMPARE(*checked, kept);
    QCOMPARE(checkedApiBase(*checked).value_or("refused"), kept);
}

void WechatRequestsTest::badApiBasesAreRefused_data() {
    QTest::addColumn<std::string>("base");
    for (const char *base : {"", "/", "api.weixin.qq.com", "api.weixin.qq.com:443", "https://",
             "https:///path", "https:", "https://api.weixin.qq.com?x=1", "https://api.weixin.qq.com/?",
             "https://api.weixin.qq.com/#top", "https://api.weixin.qq.com:99999", "https://api weixin.qq.com",
             "https://user:password@api.weixin.qq.com", "https://user@api.weixin.qq.com",
             "https://api.weixin.qq.com@example.com", "ftp://api.weixin.qq.com", "file:///etc/passwd",
             "javascript:alert(1)",
             // Plain http leaves this machine.
             "http://api.weixin.qq.com", "http://192.0.2.7", "http://10.0.0.1", "http://0.0.0.0:8080",
             "http://localhost.example.com", "http://127.0.0.1.example.com", "http://127.example.com",
             "http://127.0.0.1@example.com", "http://example.com/127.0.0.1", "http://[2001:db8::1]"})
        QTest::newRow(*base ? base : "empty") << std::string(base);
    QTest::newRow("line break") << std::string("https://api.weixin.qq.com\r\nX: y");
    QTest::newRow("user of this machine") << std::string("http://user:password@127.0.0.1");
}

void WechatRequestsTest::badApiBasesAreRefused() {
    QFETCH(std::string, base);
    const auto checked = checkedApiBase(base);
    QVERIFY2(!checked.has_value(), checked ? checked->c_str() : "");
    QCOMPARE(named(checked.error().code), std::string("invalid_input"));
    QVERIFY2(checked.error().detail.find("API base") != std::string::npos, checked.error().detail.c_str());
    QVERIFY2(checked.error().detail.find("password@") == std::string::npos, checked.error().detail.c_str());
}

void WechatRequestsTest::templateListIsRead() {
    const WallTime now = fromMillis(1769817600000);
    const auto list = readTemplateList(
        R"({"template_list":[{"template_id":"ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY","title":"订单通知",)"
        R"("primary_industry":"IT科技","deputy_industry":"电子商务","content":"商品:{{thing1.DATA}}\n时间:{{time2.DATA}}",)"
        R"("example":"商品:茶\n时间:15:01"},{"template_id":"second","extra":{"a":[1]}}]})",
        AccountId{3}, now);
    QVERIFY(list.has_value());
    QCOMPARE(list->size(), std::size_t{2});
    const Template &first = list->front();
    QVERIFY(first.account == AccountId{3});
    QCOMPARE(first.templateId, std::string("ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY"));
    QCOMPARE(first.title, std::string("订单通知"));
    QCOMPARE(first.content, std::string("商品:{{thing1.DATA}}\n时间:{{time2.DATA}}"));
    QCOMPARE(first.example, std::string("商品:茶\n时间:15:01"));
    QCOMPARE(first.primaryIndustry, std::string("IT科技"));
    QCOMPARE(first.deputyIndustry, std::string("电子商务"));
    QCOMPARE(first.fetchedAt, std::optional(now));
    QVERIFY(!first.goneAt && !first.hold);
    QCOMPARE((*list)[1].templateId, std::string("second"));
    QVERIFY((*list)[1].title.empty());
}

void WechatRequestsTest::emptyTemplateListIsFine() {
    const auto list = readTemplateList(R"({"template_list":[]})", AccountId{3}, WallTime{});
    QVERIFY(list.has_value());
    QVERIFY(list->empty());
}

void WechatRequestsTest::entriesWithoutAnIdAreLeftOut() {
    const auto list = readTemplateList(
        R"({"template_list":[7,null,[],{},{"template_id":""},{"template_id":12},{"template_id":"a b"},)"
        R"({"template_id":"good","title":12}]})",
        AccountId{3}, WallTime{});
    QVERIFY(list.has_value());
    QCOMPARE(list->size(), std::size_t{1});
    QCOMPARE(list->front().templateId, std::string("good"));
}

void WechatRequestsTest::otherAnswersAreNoTemplateList_data() {
    QTest::addColumn<std::string>("body");
    QTest::newRow("empty") << std::string{};
    QTest::newRow("HTML") << std::string("<html></html>");
    QTest::newRow("refusal") << std::string(R"({"errcode":40001,"errmsg":"invalid credential"})");
    QTest::newRow("an object for the list") << std::string(R"({"template_list":{}})");
    QTest::newRow("null for the list") << std::string(R"({"template_list":null})");
    QTest::newRow("a list") << std::string(R"([{"template_id":"x"}])");
    QTest::newRow("cut off") << std::string(R"({"template_list":[{"template_id":"x"})");
    QTest::newRow("broken UTF-8") << std::string(
        "{\"template_list\":[{\"template_id\":\"x\",\"title\":\"\xFF\"}]}");
    QTest::newRow("nested without end") << std::string(1000000, '[');
}

void WechatRequestsTest::otherAnswersAreNoTemplateList() {
    QFETCH(std::string, body);
    const auto list = readTemplateList(body, AccountId{3}, WallTime{});
    QVERIFY(!list.has_value());
    QCOMPARE(named(list.error().code), std::string("refused"));
}

void WechatRequestsTest::lookUps() {
    Account account;
    account.apiBase = "https://api.weixin.qq.com";
    HttpRequest request = interceptionRequest(account, "T", "1700827132819554304", "");
    QVERIFY(request.method == HttpRequest::Method::Post);
    QCOMPARE(request.url, std::string("https://api.weixin.qq.com/wxa/sec/queryblocktmplmsg?access_token=T"));
    QCOMPARE(request.contentType, std::string("application/json"));
    QCOMPARE(request.body, std::string(R"({"tmpl_msg_id":"1700827132819554304","largest_id":0,"limit":100})"));
    QCOMPARE(interceptionRequest(account, "T", "1", "77").body, std::string(R"({"tmpl_msg_id":"1","largest_id":77,"limit":100})"));
    QCOMPARE(interceptionRequest(account, "T", "1", "7}").body, std::string(R"({"tmpl_msg_id":"1","largest_id":0,"limit":100})"));
    request = failedCallRequest(account, "T", "6543abcd-01234567-89abcdef");
    QVERIFY(request.method == HttpRequest::Method::Post);
    QCOMPARE(request.url, std::string("https://api.weixin.qq.com/cgi-bin/openapi/rid/get?access_token=T"));
    QCOMPARE(request.body, std::string("{\"rid\":\"6543abcd-01234567-89abcdef\"}"));
}

QTEST_GUILESS_MAIN(WechatRequestsTest)
#include "wechat_requests_test.moc"
