// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_events.h"
#include "engine/channels/wechat/callback_fields.h"
#include "engine/model/random.h"
#include "tests/must.h"
#include "tests/unit/callback_vector.h"
#include "tests/unit/printing.h"

#include <QElapsedTimer>
#include <QTest>

using namespace songda;
using namespace songda::testing;
using wechat::CallbackEvents;
using wechat::readCallbackEvents;

namespace {

std::string xml(const std::string &event, const std::string &rest, const std::string &from = "oABC") {
    return "<xml><ToUserName><![CDATA[gh_songda]]></ToUserName><FromUserName><![CDATA[" + from
        + "]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[" + event + "]]></Event>" + rest
        + "</xml>";
}

std::string json(const std::string &event, const std::string &rest) {
    return R"({"ToUserName":"gh_songda","FromUserName":"oABC","CreateTime":"1700000000","MsgType":"event","Event":")" + event + "\"" + rest + "}";
}

/// "oABC 200163836 success", "oABC followed", ...; several with semicolons.
std::string words(const std::vector<PlatformEvent> &events) {
    std::string all;
    for (const PlatformEvent &event : events) {
        all += all.empty() ? "" : "; ";
        if (const auto *report = std::get_if<DeliveryReport>(&event)) {
            all += report->openid + " " + report->msgid + " " + report->status;
        } else {
            const auto &consent = std::get<ConsentEvent>(event);
            constexpr const char *kinds[] = {"followed", "left", "allowed", "refused"};
            all += consent.openid + " " + kinds[static_cast<int>(consent.kind)] + (consent.templateId.empty() ? "" : " " + consent.templateId);
        }
    }
    return all;
}

std::string read(const std::string &body) {
    const auto events = readCallbackEvents(body);
    return events ? words(events->events) : "refused";
}

} // namespace

class WechatCallbackEventsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theExampleIsRead();
    void eventsAreRead_data();
    void eventsAreRead();
    void msgidsSurviveDigitForDigit_data();
    void msgidsSurviveDigitForDigit();
    void tenThousandInAList();
    void whatCannotBeReadIsRefused_data();
    void whatCannotBeReadIsRefused();
    void hostileBodiesAreRefusedQuickly_data();
    void hostileBodiesAreRefusedQuickly();
    void damagedBodiesNeverBringAnotherId();
};

void WechatCallbackEventsTest::theExampleIsRead() {
    const CallbackEvents read = must(readCallbackEvents(callback::message));
    QCOMPARE(read.event, std::string("TEMPLATESENDJOBFINISH"));
    QCOMPARE(read.toUserName, std::string("gh_songda"));
    QCOMPARE(read.events.size(), 1U);
    const DeliveryReport expected{"200163836", "oABC", "success", WallTime{Seconds{1700000000}}};
    QVERIFY(std::get<DeliveryReport>(read.events[0]) == expected);
}

void WechatCallbackEventsTest::eventsAreRead_data() {
    QTest::addColumn<std::string>("body");
    QTest::addColumn<std::string>("events");
    const auto row = [](const char *name, const std::string &body, const std::string &events) { QTest::newRow(name) << body << events; };
    const std::string one = "<MsgID>17</MsgID><Status><![CDATA[success]]></Status>";
    row("lower-case name", xml("templatesendjobfinish", one), "oABC 17 success");
    row("MsgId", xml("TEMPLATESENDJOBFINISH", "<MsgId>17</MsgId><Status>success</Status>"), "oABC 17 success");
    row("blanks around the id", xml("TEMPLATESENDJOBFINISH", "<MsgID>\n 17 </MsgID><Status> success </Status>"), "oABC 17 success");
    row("a failure", xml("TEMPLATESENDJOBFINISH", "<MsgID>17</MsgID><Status><![CDATA[failed: system failed]]></Status>"), "oABC 17 failed: system failed");
    row("json", json("TEMPLATESENDJOBFINISH", R"(,"MsgID":17,"Status":"failed:user block")"), "oABC 17 failed:user block");
    row("json text", json("TEMPLATESENDJOBFINISH", R"(,"MsgID":"17","Status":"success")"), "oABC 17 success");
    row("no msgid", xml("TEMPLATESENDJOBFINISH", "<Status>success</Status>"), "oABC  success");
    row("a msgid of letters", xml("TEMPLATESENDJOBFINISH", "<MsgID>abc</MsgID><Status>success</Status>"), "oABC  success");
    row("a monstrous msgid", xml("TEMPLATESENDJOBFINISH", "<MsgID>" + std::string(65, '1') + "</MsgID><Status>success</Status>"), "oABC  success");
    row("no openid worth the name", xml("TEMPLATESENDJOBFINISH", one, "<b>"), " 17 success");
    row("byte order mark", "\xEF\xBB\xBF" + xml("TEMPLATESENDJOBFINISH", one), "oABC 17 success");
    row("a declaration", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml("TEMPLATESENDJOBFINISH", one), "oABC 17 success");
    row("predefined entities", xml("TEMPLATESENDJOBFINISH", "<MsgID>17</MsgID><Status>a &lt;b&gt; &amp; &#99;</Status>"), "oABC 17 a <b> & c");
    row("a doctype in a text", xml("TEMPLATESENDJOBFINISH", "<MsgID>17</MsgID><Status><![CDATA[<!DOCTYPE x>]]></Status>"), "oABC 17 <!DOCTYPE x>");
    row("a list of reports", xml("TEMPLATESENDJOBFINISH", "<List>" + one + "</List><List><MsgID>19</MsgID><Status>failed</Status></List>"),
        "oABC 17 success; oABC 19 failed");

    const auto popup = [](const std::string &id, const std::string &status) {
        return "<List><TemplateId><![CDATA[" + id + "]]></TemplateId><SubscribeStatusString><![CDATA[" + status
            + "]]></SubscribeStatusString><PopupScene>2</PopupScene></List>";
    };
    row("popup", xml("subscribe_msg_popup_event", "<SubscribeMsgPopupEvent>" + popup("tA", "accept") + popup("tB", "reject") + "</SubscribeMsgPopupEvent>"),
        "oABC allowed tA; oABC refused tB");
    row("change", xml("subscribe_msg_change_event", "<SubscribeMsgChangeEvent>" + popup("tA", "reject") + "</SubscribeMsgChangeEvent>"), "oABC refused tA");
    row("an unknown word", xml("subscribe_msg_change_event", "<SubscribeMsgChangeEvent>" + popup("tA", "ban") + "</SubscribeMsgChangeEvent>"), "");
    row("json popup, one", json("subscribe_msg_popup_event", R"(,"List":{"TemplateId":"tA","SubscribeStatusString":"reject","PopupScene":"0"})"), "oABC refused tA");
    row("json popup, several",
        json("subscribe_msg_popup_event",
            R"(,"List":[{"TemplateId":"tA","SubscribeStatusString":"reject"},{"TemplateId":"tB","SubscribeStatusString":"accept"}])"),
        "oABC refused tA; oABC allowed tB");
    row("json popup, nested",
        json("subscribe_msg_popup_event", R"(,"SubscribeMsgPopupEvent":{"List":[{"TemplateId":"tA","SubscribeStatusString":"accept"}]})"), "oABC allowed tA");
    row("sent", xml("subscribe_msg_sent_event",
                    "<SubscribeMsgSentEvent><List><TemplateId>tA</TemplateId><MsgID>17</MsgID><ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus></List>"
                    "</SubscribeMsgSentEvent>"),
        "oABC 17 success");
    row("json sent", json("subscribe_msg_sent_event", R"(,"List":{"TemplateId":"tA","MsgID":"17","ErrorCode":"43101","ErrorStatus":"user refuse"})"),
        "oABC 17 failed: 43101 user refuse");
    row("subscribe", xml("subscribe", "<EventKey>qrscene_1</EventKey><Ticket>t</Ticket>"), "oABC followed");
    row("unsubscribe", xml("unsubscribe", ""), "oABC left");
    row("unsubscribe of nobody", xml("unsubscribe", "", ""), "");
    row("a scan", xml("SCAN", "<EventKey>1</EventKey>"), "");
    row("an event of tomorrow", xml("something_new", "<List><MsgID>17</MsgID></List>"), "");
    row("an ordinary message", "<xml><FromUserName>oABC</FromUserName><MsgType>text</MsgType><Event>unsubscribe</Event><Content>hi</Content></xml>", "");
}

void WechatCallbackEventsTest::eventsAreRead() {
    QFETCH(std::string, body);
    QFETCH(std::string, events);
    QCOMPARE(read(body), events);
}

void WechatCallbackEventsTest::msgidsSurviveDigitForDigit_data() {
    QTest::addColumn<std::string>("msgid");
    QTest::addColumn<bool>("asNumber");
    for (const char *id : {"0", "9007199254740993", "1700827132819554305", "9223372036854775807", "9223372036854775808", "18446744073709551615",
             "18446744073709551616", "36893488147419103233", "123456789012345678901234567890"})
        QTest::addRow("%s", id) << std::string(id) << true;
    QTest::newRow("leading zeros") << std::string("000017") << false; // as text: JSON has no such number
}

void WechatCallbackEventsTest::msgidsSurviveDigitForDigit() {
    QFETCH(std::string, msgid);
    QFETCH(bool, asNumber);
    const std::string expected = "oABC " + msgid + " success";
    QCOMPARE(read(xml("TEMPLATESENDJOBFINISH", "<MsgID>" + msgid + "</MsgID><Status>success</Status>")), expected);
    QCOMPARE(read(json("TEMPLATESENDJOBFINISH", ",\"Status\":\"success\",\"MsgID\":\"" + msgid + "\"")), expected);
    if (asNumber)
        QCOMPARE(read(json("TEMPLATESENDJOBFINISH", ",\"Status\":\"success\",\"MsgID\":" + msgid)), expected);
}

void WechatCallbackEventsTest::tenThousandInAList() {
    std::string list;
    for (int i = 0; i < 10'000; ++i)
        list += "<List><MsgID>" + std::to_string(1700827132819554305 + i) + "</MsgID><Status>success</Status></List>";
    const CallbackEvents read = must(readCallbackEvents(xml("TEMPLATESENDJOBFINISH", list)));
    QCOMPARE(read.events.size(), 10'000U);
    QCOMPARE(std::get<DeliveryReport>(read.events.back()).msgid, std::string("1700827132819564304"));
}

void WechatCallbackEventsTest::whatCannotBeReadIsRefused_data() {
    QTest::addColumn<std::string>("body");
    const auto row = [](const char *name, const std::string &body) { QTest::newRow(name) << body; };
    const std::string good = callback::message;
    row("empty", "");
    row("blanks", " \r\n");
    row("neither", "success");
    row("cut", good.substr(0, good.size() - 3));
    row("cut in a CDATA", good.substr(0, 60));
    row("two roots", good + good);
    row("text behind", good + "x");
    row("wrong nesting", "<xml><a></b></xml>");
    row("undeclared entity", xml("subscribe", "<a>&xxe;</a>"));
    row("two ids", xml("TEMPLATESENDJOBFINISH", "<MsgID>17</MsgID><MsgID>19</MsgID><Status>success</Status>"));
    row("two ids in two spellings", xml("TEMPLATESENDJOBFINISH", "<MsgID>17</MsgID><MsgId>19</MsgId><Status>success</Status>"));
    row("two names", json("TEMPLATESENDJOBFINISH", R"(,"MsgID":17,"MsgID":19,"Status":"success")"));
    row("an array of ids", json("TEMPLATESENDJOBFINISH", R"(,"MsgID":[17,19],"Status":"success")"));
    row("no UTF-8", xml("subscribe", "<a>\xff</a>"));
    row("a zero byte", xml("subscribe", std::string("<a>\0</a>", 8)));
    row("UTF-16", std::string("\xff\xfe<\0x\0", 6));
    row("json array", "[" + json("subscribe", "") + "]");
    row("json cut", json("subscribe", "").substr(0, 40));
    row("json twice", json("subscribe", "") + json("subscribe", ""));
    row("json comment", "/**/" + json("subscribe", ""));
    row("json NaN", json("subscribe", ",\"a\":NaN"));
    row("doctype", "<!DOCTYPE xml>" + good);
    row("doctype behind a declaration", "<?xml version=\"1.0\"?><!DOCTYPE xml>" + good);
    row("doctype behind a comment", "<!-- <![CDATA[ --><!DOCTYPE xml>" + good);
    row("doctype behind an instruction", "<?x <![CDATA[ ?><!DOCTYPE xml [<!ENTITY e \"x\">]>" + good);
}

void WechatCallbackEventsTest::whatCannotBeReadIsRefused() {
    QFETCH(std::string, body);
    const auto read = readCallbackEvents(body);
    QVERIFY(!read);
    QCOMPARE(named(read.error().code), named(ErrorCode::Refused));
}

void WechatCallbackEventsTest::hostileBodiesAreRefusedQuickly_data() {
    QTest::addColumn<std::string>("body");
    const auto row = [](const char *name, const std::string &body) { QTest::newRow(name) << body; };
    const std::string end = "<xml><Event>&e9;</Event></xml>";
    std::string bomb = "<!DOCTYPE xml [<!ENTITY e0 \"ha\">";
    for (int i = 1; i < 10; ++i) {
        bomb += "<!ENTITY e" + std::to_string(i) + " \"";
        for (int j = 0; j < 10; ++j)
            bomb += "&e" + std::to_string(i - 1) + ";";
        bomb += "\">";
    }
    row("a billion laughs", bomb + "]>" + end);
    row("the same behind a CDATA in a comment", "<!-- <![CDATA[ -->" + bomb + "]>" + end);
    row("quadratic", "<!DOCTYPE xml [<!ENTITY e9 \"" + std::string(100'000, 'a') + "\">]><xml>" + std::string(3000, '&') + "</xml>");
    row("external file", "<!DOCTYPE xml [<!ENTITY e9 SYSTEM \"file:///etc/passwd\">]>" + end);
    row("external address", "<!DOCTYPE xml SYSTEM \"http://127.0.0.1:9/x.dtd\">" + end);
    row("parameter entity", "<!DOCTYPE xml [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/x\"> %p;]>" + end);
    std::string deep;
    for (int i = 0; i < 300'000; ++i)
        deep += "<a>";
    row("deep", deep);
    row("deep and closed", "<a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a>");
    row("many elements", "<xml>" + [] {
        std::string many;
        for (int i = 0; i < 200'000; ++i)
            many += "<a/>";
        return many;
    }() + "</xml>");
    row("50 MB of text", "<xml><a>" + std::string(50 << 20, 'x') + "</a></xml>");
    row("many attributes of a name", "<xml " + [] {
        std::string many;
        for (int i = 0; i < 2000; ++i)
            many += "a='1' ";
        return many;
    }() + "/>");
    row("json deep", std::string(500'000, '['));
    row("json deep in an object", "{\"a\":" + std::string(500'000, '['));
    row("json deep objects", [] {
        std::string deepObjects;
        for (int i = 0; i < 100'000; ++i)
            deepObjects += "{\"a\":";
        return deepObjects;
    }());
    row("json with many members", "{\"a\":[" + [] {
        std::string many;
        for (int i = 0; i < 200'000; ++i)
            many += "1,";
        return many;
    }() + "1]}");
}

void WechatCallbackEventsTest::hostileBodiesAreRefusedQuickly() {
    QFETCH(std::string, body);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(read(body), std::string("refused"));
    // Only printed: what a machine under load needs says nothing.
    qInfo("%lld us", static_cast<long long>(timer.nsecsElapsed() / 1000));
}

void WechatCallbackEventsTest::damagedBodiesNeverBringAnotherId() {
    // A body is believed only with a signature; still nothing may crash, and a damaged one says less, not something else
    // about another message, as long as the damage is not in the id itself.
    Random random(3);
    const std::string bodies[] = {callback::message, json("TEMPLATESENDJOBFINISH", R"(,"MsgID":200163836,"Status":"success")")};
    int readable = 0;
    for (int i = 0; i < 40'000; ++i) {
        std::string body = bodies[i % 2];
        const std::size_t id = body.find("200163836");
        for (int n = 0; n <= i % 4; ++n) {
            const auto at = static_cast<std::size_t>(random.unit() * static_cast<double>(body.size()));
            if (at + 1 >= id && at <= id + 9)
                continue;
            body[at] = static_cast<char>(random.unit() * 256);
        }
        const auto events = readCallbackEvents(body);
        if (!events || events->events.empty())
            continue;
        ++readable;
        for (const PlatformEvent &event : events->events) {
            const auto *report = std::get_if<DeliveryReport>(&event);
            QVERIFY2(!report || report->msgid.empty() || report->msgid == "200163836", qPrintable(QStringLiteral("round %1").arg(i)));
        }
    }
    QVERIFY(readable > 1000);
}

QTEST_GUILESS_MAIN(WechatCallbackEventsTest)
#include "wechat_callback_events_test.moc"
