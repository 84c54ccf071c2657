// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/lookup_answers.h"

#include "tests/must.h"
#include "tests/unit/printing.h"

using namespace songda;
using namespace songda::testing;
using namespace songda::wechat;
using namespace std::chrono_literals;

namespace {

/// Quotes inside of quotes, written as `: moc does not read raw strings that have a backslash before one.
std::string quoted(std::string text) {
    for (std::size_t at = 0; (at = text.find('`', at)) != std::string::npos; at += 2)
        text.replace(at, 1, "\\\"");
    return text;
}

const std::string called = quoted(R"({"errcode":0,"errmsg":"ok","request":{"invoke_time":1700000000,"cost_in_ms":30,)"
                                  R"("request_url":"/cgi-bin/message/template/send?access_token=76_abcDEF-123456","request_body":"{`touser`:`oABC`}",)"
                                  R"("response_body":"{`errcode`:40003}","client_ip":"192.0.2.1"}})");

} // namespace

class WechatLookupAnswersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void interceptionsAreRead_data();
    void interceptionsAreRead();
    void nothingIntercepted_data();
    void nothingIntercepted();
    void severalAreRead();
    void whatIsNoAnswerIsRefused_data();
    void whatIsNoAnswerIsRefused();
    void aCallIsReadWithoutItsSecrets();
    void aCallMayTellLittle();
    void everyCutOfAnAnswerIsRefused();
};

void WechatLookupAnswersTest::interceptionsAreRead_data() {
    QTest::addColumn<QByteArray>("body");
    const QByteArray rest = R"("title":"订单","content":"thing2: 书","openid":"oABC")";
    const auto row = [&](const char *name, const QByteArray &info) { QTest::newRow(name) << R"({"errcode":0,"errmsg":"ok","msginfo":)" + info + "}"; };
    row("object, numbers", R"({"id":55,"tmpl_msg_id":1700827132819554304,"send_timestamp":1700000000,)" + rest + "}");
    row("object, texts", R"({"id":"55","tmpl_msg_id":"1700827132819554304","send_timestamp":"1700000000",)" + rest + "}");
    row("array, numbers", R"([{"id":55,"tmpl_msg_id":1700827132819554304,"send_timestamp":1700000000,)" + rest + "}]");
    row("array, texts", R"([{"id":"55","tmpl_msg_id":"1700827132819554304","send_timestamp":"1700000000",)" + rest + "}]");
    row("milliseconds", R"([{"id":55,"tmpl_msg_id":"1700827132819554304","send_timestamp":1700000000000,)" + rest + "}]");
    QTest::newRow("no errcode, more members") << R"({"msginfo":{"id":55,"tmpl_msg_id":"1700827132819554304","send_timestamp":1700000000,"reason":7,)" + rest + R"(},"total":1})";
    QTest::newRow("control characters") << R"({"errcode":0,"msginfo":{"id":55,"tmpl_msg_id":"1700827132819554304","send_timestamp":1700000000,"title":"订单","content":"thing2:)"
            + QByteArray("\n") + R"(书","openid":"oABC"}})";
}

void WechatLookupAnswersTest::interceptionsAreRead() {
    QFETCH(QByteArray, body);
    const auto list = must(readInterceptions(body.toStdString()));
    QCOMPARE(list.size(), std::size_t{1});
    QCOMPARE(list[0].content, std::string("thing2: 书"));
    QVERIFY((list[0] == InterceptedMessage{"55", "1700827132819554304", "订单", "thing2: 书", "oABC", WallTime{Seconds{1'700'000'000}}}));
}

void WechatLookupAnswersTest::nothingIntercepted_data() {
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const char *body) { QTest::newRow(name) << QByteArray(body); };
    row("empty list", R"({"errcode":0,"errmsg":"ok","msginfo":[]})");
    row("empty object", R"({"errcode":0,"errmsg":"ok","msginfo":{}})");
    row("null", R"({"errcode":0,"errmsg":"ok","msginfo":null})");
    row("no member", R"({"errcode":0,"errmsg":"ok"})");
    row("zeros", R"({"errcode":0,"msginfo":{"id":0,"tmpl_msg_id":"","title":"","content":"","send_timestamp":0,"openid":""}})");
    row("another kind", R"({"errcode":0,"msginfo":"none"})");
    row("a list of another kind", R"({"errcode":0,"msginfo":[1,"x",null,[]]})");
    row("ids of another kind", R"({"errcode":0,"msginfo":{"id":1.5,"tmpl_msg_id":[1]}})");
}

void WechatLookupAnswersTest::nothingIntercepted() {
    QFETCH(QByteArray, body);
    QVERIFY(must(readInterceptions(body.toStdString())).empty());
}

void WechatLookupAnswersTest::severalAreRead() {
    const auto list = must(readInterceptions(R"({"msginfo":[{"id":7,"tmpl_msg_id":"1"},{"id":"8","tmpl_msg_id":18446744073709551557},{"id":9}]})"));
    QCOMPARE(list.size(), std::size_t{3});
    QCOMPARE(list[0].id, std::string("7"));
    QCOMPARE(list[1].msgid, std::string("18446744073709551557")); // no digit is lost
    QVERIFY(list[2].msgid.empty() && !list[2].sentAt);
}

void WechatLookupAnswersTest::whatIsNoAnswerIsRefused_data() {
    QTest::addColumn<QByteArray>("body");
    for (const char *body : {"", "<html>502</html>", "[]", "null", "17", "\"ok\"", R"({"msginfo":[)"})
        QTest::newRow(body) << QByteArray(body);
}

void WechatLookupAnswersTest::whatIsNoAnswerIsRefused() {
    QFETCH(QByteArray, body);
    QVERIFY(!readInterceptions(body.toStdString()));
    QVERIFY(!readFailedCall(body.toStdString()));
}

void WechatLookupAnswersTest::aCallIsReadWithoutItsSecrets() {
    const auto call = must(readFailedCall(called));
    QVERIFY(call.at == WallTime{Seconds{1'700'000'000}});
    QVERIFY(call.took == Millis{30});
    QVERIFY(call.url.starts_with("/cgi-bin/message/template/send?access_token=["));
    QVERIFY(call.url.find("76_abc") == std::string::npos);
    QCOMPARE(call.requestBody, std::string(R"({"touser":"oABC"})"));
    QCOMPARE(call.responseBody, std::string(R"({"errcode":40003})"));
    QCOMPARE(call.clientIp, std::string("192.0.2.1"));
    const auto token = must(readFailedCall(quoted(
        R"({"request":{"request_body":"{`appid`:`wx1`,`secret`:`5041435449434553`}","response_body":"{`access_token`:`76_abc`}"}})")));
    QVERIFY(token.requestBody.find("5041435449434553") == std::string::npos);
    QVERIFY(token.responseBody.find("76_abc") == std::string::npos);
}

void WechatLookupAnswersTest::aCallMayTellLittle() {
    QVERIFY(must(readFailedCall(R"({"errcode":0,"request":{}})")) == FailedCall{});
    const auto texts = must(readFailedCall(R"({"request":{"invoke_time":"1700000000","cost_in_ms":"30"}})"));
    QVERIFY(texts.at == WallTime{Seconds{1'700'000'000}} && texts.took == Millis{30});
    const auto odd = must(readFailedCall(R"({"request":{"invoke_time":-1,"cost_in_ms":-5,"request_url":17,"client_ip":null}})"));
    QVERIFY(!odd.at && !odd.took && odd.clientIp.empty());
    QVERIFY(!readFailedCall(R"({"errcode":0})"));
    QVERIFY(!readFailedCall(R"({"errcode":0,"request":[]})"));
}

void WechatLookupAnswersTest::everyCutOfAnAnswerIsRefused() {
    const std::string_view whole(called);
    for (std::size_t n = 0; n < whole.size(); ++n)
        QVERIFY2(!readFailedCall(whole.substr(0, n)), std::to_string(n).c_str());
}

QTEST_APPLESS_MAIN(WechatLookupAnswersTest)
#include "wechat_lookup_answers_test.moc"
