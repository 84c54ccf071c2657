// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_request.h"
#include "engine/channels/wechat/callback_events.h"
#include "tests/must.h"
#include "tests/unit/callback_vector.h"
#include "tests/unit/printing.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;
using wechat::CallbackKey;
using wechat::CallbackQuery;
using wechat::CallbackSecurity;

namespace {

const WallTime sentAt{1700000000s};

CallbackSecurity security() {
    return {callback::token, {must(CallbackKey::fromText(callback::encodingAesKey))}, callback::appid, false, 300s};
}

CallbackQuery clear() { return {callback::signature, callback::timestamp, callback::nonce, "", "", ""}; }
CallbackQuery secure() { return {callback::signature, callback::timestamp, callback::nonce, "", "aes", callback::msgSignature}; }

std::string envelope(const std::string &encrypt = callback::encrypt) {
    return "<xml><ToUserName><![CDATA[gh_songda]]></ToUserName><Encrypt><![CDATA[" + encrypt + "]]></Encrypt></xml>";
}

} // namespace

class WechatCallbackRequestTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void verificationAnswersTheEcho();
    void verificationRefusesWrongSignatures();
    void anEncryptedEchoIsAnsweredInClear();
    void anEchoGoesBackAsItCame();
    void theEchoIsNoMarkup_data();
    void theEchoIsNoMarkup();
    void aClearPushOpens();
    void anEncryptedPushOpens_data();
    void anEncryptedPushOpens();
    void compatibleModeIsReadFromItsEncryptedPart();
    void theTimeWindow_data();
    void theTimeWindow();
    void everyFlippedByteIsRefused();
    void onlyEncryptedMeansOnlyEncrypted();
    void anOldKeyCountsWhileItIsListed();
    void withoutATokenNothingIsBelieved();
    void requestsAreToldApart();
    void aSealedAnswerIsItsOwnPush();
};

void WechatCallbackRequestTest::verificationAnswersTheEcho() {
    CallbackQuery query = clear();
    query.echostr = "5837483294732984";
    for (int i = 0; i < 3; ++i) // it may come again
        QCOMPARE(must(wechat::answerVerification(security(), query)), query.echostr);
}

void WechatCallbackRequestTest::verificationRefusesWrongSignatures() {
    for (int part = 0; part < 3; ++part) {
        CallbackQuery query = clear();
        query.echostr = "1";
        (part == 0 ? query.signature : part == 1 ? query.timestamp : query.nonce).back() ^= 1;
        QVERIFY(!wechat::answerVerification(security(), query));
    }
    CallbackQuery none;
    none.echostr = "1";
    QVERIFY(!wechat::answerVerification(security(), none));
}

void WechatCallbackRequestTest::anEncryptedEchoIsAnsweredInClear() {
    const auto asking = [](const std::string &echo, const std::string &signedEcho) {
        CallbackQuery query = clear();
        query.signature.clear(); // work accounts send only the other one
        query.echostr = echo;
        query.msgSignature = wechat::callbackSignature({callback::token, query.timestamp, query.nonce, signedEcho});
        return query;
    };
    const std::string sealed = must(security().keys.front().seal("1616140317555161061", callback::appid, callback::random));
    QCOMPARE(must(wechat::answerVerification(security(), asking(sealed, sealed))), std::string("1616140317555161061"));
    // With its + as they are, read as blanks.
    std::string blank = must(security().keys.front().seal("7", callback::appid, "++++++++++++++++"));
    for (int n = 0; blank.find('+') == std::string::npos; ++n)
        blank = must(security().keys.front().seal(std::to_string(n), callback::appid, callback::random));
    std::string read = blank;
    std::replace(read.begin(), read.end(), '+', ' ');
    QVERIFY(wechat::answerVerification(security(), asking(read, blank)));
    // Signed by somebody else, or of another account, or under a key that is none here.
    QVERIFY(!wechat::answerVerification(security(), asking(sealed, sealed + "x")));
    const std::string foreign = must(security().keys.front().seal("1", "wx9999999999999999", callback::random));
    QVERIFY(!wechat::answerVerification(security(), asking(foreign, foreign)));
    QVERIFY(!wechat::answerVerification(security(), asking("1616140317555161061", "1616140317555161061")));
    const std::string markup = must(security().keys.front().seal("<script>", callback::appid, callback::random));
    QVERIFY(!wechat::answerVerification(security(), asking(markup, markup)));
    // A key that was replaced still counts for a while.
    CallbackSecurity changed = security();
    changed.keys.insert(changed.keys.begin(), must(CallbackKey::fromText("0000000000000000000000000000000000000000000")));
    QVERIFY(wechat::answerVerification(changed, asking(sealed, sealed)));
}

void WechatCallbackRequestTest::anEchoGoesBackAsItCame() {
    CallbackQuery query = clear();
    query.echostr = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1+DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";
    QCOMPARE(must(wechat::answerVerification(security(), query)), query.echostr);
    // With nothing that signs it, it is not guessed at.
    query.echostr = "a b";
    QVERIFY(!wechat::answerVerification(security(), query));
}

void WechatCallbackRequestTest::theEchoIsNoMarkup_data() {
    QTest::addColumn<std::string>("echo");
    for (const char *echo : {"", "<script>", "a\tb", "a\r\nSet-Cookie: x", "&lt;", "\"", "你好"})
        QTest::addRow("%s", echo) << std::string(echo);
    QTest::newRow("long") << std::string(513, '1');
}

void WechatCallbackRequestTest::theEchoIsNoMarkup() {
    QFETCH(std::string, echo);
    CallbackQuery query = clear();
    query.echostr = echo;
    QVERIFY(!wechat::answerVerification(security(), query));
}

void WechatCallbackRequestTest::aClearPushOpens() {
    QCOMPARE(must(wechat::openPush(security(), clear(), callback::message, sentAt)), callback::message);
    for (int part = 0; part < 3; ++part) {
        CallbackQuery query = clear();
        (part == 0 ? query.signature : part == 1 ? query.timestamp : query.nonce).back() ^= 1;
        QVERIFY(!wechat::openPush(security(), query, callback::message, sentAt));
    }
}

void WechatCallbackRequestTest::anEncryptedPushOpens_data() {
    QTest::addColumn<std::string>("body");
    QTest::newRow("xml") << envelope();
    QTest::newRow("json") << "{\"ToUserName\":\"gh_songda\",\"Encrypt\":\"" + callback::encrypt + "\"}";
    std::string broken = callback::encrypt;
    for (std::size_t i = 64; i < broken.size(); i += 65)
        broken.insert(i, "\n");
    QTest::newRow("in lines") << envelope(broken);
    QTest::newRow("with blanks around") << envelope("\n  " + callback::encrypt + "\n");
}

void WechatCallbackRequestTest::anEncryptedPushOpens() {
    QFETCH(std::string, body);
    QCOMPARE(must(wechat::openPush(security(), secure(), body, sentAt)), callback::message);
    CallbackQuery quiet = secure();
    quiet.encryptType.clear(); // the signature says it as well
    QCOMPARE(must(wechat::openPush(security(), quiet, body, sentAt)), callback::message);
}

void WechatCallbackRequestTest::compatibleModeIsReadFromItsEncryptedPart() {
    // The clear fields beside it are not covered by the signature.
    std::string body = callback::message;
    body.replace(body.find("<MsgID>200163836"), 16, "<MsgID>999999999");
    body.insert(body.find("</xml>"), "<Encrypt><![CDATA[" + callback::encrypt + "]]></Encrypt>");
    QCOMPARE(must(wechat::openPush(security(), secure(), body, sentAt)), callback::message);
}

void WechatCallbackRequestTest::theTimeWindow_data() {
    QTest::addColumn<std::string>("timestamp");
    QTest::addColumn<int>("later");
    QTest::addColumn<bool>("opens");
    const auto row = [](const char *name, const std::string &timestamp, int later, bool opens) {
        QTest::newRow(name) << timestamp << later << opens;
    };
    row("now", "1700000000", 0, true);
    row("just in time", "1700000000", 300, true);
    row("too late", "1700000000", 301, false);
    row("six minutes", "1700000000", 360, false);
    row("a day", "1700000000", 86400, false);
    row("their clock ahead", "1700000000", -300, true);
    row("too far ahead", "1700000000", -301, false);
    row("empty", "", 0, false);
    row("a sign", "+1700000000", 0, false);
    row("a leading blank", " 1700000000", 0, false);
    row("letters", "17000000x0", 0, false);
    row("milliseconds", "1700000000000", 0, false);
    row("monstrous", "99999999999999999999999999", 0, false);
    row("negative", "-1700000000", 0, false);
}

void WechatCallbackRequestTest::theTimeWindow() {
    QFETCH(std::string, timestamp);
    QFETCH(int, later);
    QFETCH(bool, opens);
    CallbackQuery query = clear();
    query.timestamp = timestamp;
    query.signature = wechat::callbackSignature({callback::token, timestamp, query.nonce});
    QCOMPARE(wechat::openPush(security(), query, callback::message, sentAt + Seconds{later}).has_value(), opens);
}

void WechatCallbackRequestTest::everyFlippedByteIsRefused() {
    int refused = 0;
    const std::string body = envelope();
    const std::size_t from = body.find(callback::encrypt);
    for (std::size_t i = 0; i < callback::encrypt.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string other = body;
            other[from + i] = static_cast<char>(other[from + i] ^ 1 << bit);
            const auto opened = wechat::openPush(security(), secure(), other, sentAt);
            // A letter that became a blank is no letter any more: refused as well.
            QVERIFY2(!opened, qPrintable(QStringLiteral("byte %1 bit %2").arg(i).arg(bit)));
            ++refused;
        }
    }
    QCOMPARE(refused, static_cast<int>(callback::encrypt.size()) * 8);
    for (std::string CallbackQuery::*field : {&CallbackQuery::msgSignature, &CallbackQuery::timestamp, &CallbackQuery::nonce}) {
        for (std::size_t i = 0; i < (secure().*field).size(); ++i) {
            CallbackQuery query = secure();
            (query.*field)[i] = static_cast<char>((query.*field)[i] ^ 1);
            QVERIFY(!wechat::openPush(security(), query, body, sentAt));
        }
    }
}

void WechatCallbackRequestTest::onlyEncryptedMeansOnlyEncrypted() {
    CallbackSecurity strict = security();
    strict.onlyEncrypted = true;
    QVERIFY(wechat::openPush(strict, secure(), envelope(), sentAt));
    // The signature of the address alone, seen once, with a body of one's own.
    QVERIFY(!wechat::openPush(strict, clear(), callback::message, sentAt));
    CallbackQuery wrong = secure();
    wrong.msgSignature.clear();
    QVERIFY(!wechat::openPush(strict, wrong, envelope(), sentAt));
    QVERIFY(!wechat::openPush(strict, secure(), callback::message, sentAt)); // says it is encrypted
}

void WechatCallbackRequestTest::anOldKeyCountsWhileItIsListed() {
    CallbackSecurity changed = security();
    const CallbackKey fresh = must(CallbackKey::fromText(std::string(43, 'Q')));
    changed.keys = {fresh, changed.keys.front()};
    QCOMPARE(must(wechat::openPush(changed, secure(), envelope(), sentAt)), callback::message);
    changed.keys = {fresh};
    QVERIFY(!wechat::openPush(changed, secure(), envelope(), sentAt));
    changed.keys.clear();
    QVERIFY(!wechat::openPush(changed, secure(), envelope(), sentAt));
}

void WechatCallbackRequestTest::withoutATokenNothingIsBelieved() {
    CallbackSecurity none = security();
    none.token.clear();
    CallbackQuery query = clear();
    query.echostr = "1";
    query.signature = wechat::callbackSignature({"", query.timestamp, query.nonce});
    QVERIFY(!wechat::answerVerification(none, query));
    QVERIFY(!wechat::openPush(none, query, callback::message, sentAt));
}

void WechatCallbackRequestTest::requestsAreToldApart() {
    const auto digest = [](const std::string &timestamp, const std::string &nonce, const std::string &body) {
        return wechat::requestDigest({"", timestamp, nonce, "", "", ""}, body);
    };
    QVERIFY(digest("1", "2", "3") == digest("1", "2", "3"));
    QVERIFY(digest("1", "2", "3") != digest("1", "2", "4"));
    QVERIFY(digest("12", "", "3") != digest("1", "2", "3"));
    QVERIFY(digest("1", "23", "") != digest("1", "2", "3"));
    QVERIFY(digest("1", "2:3", "x") != digest("1", "2", "3:x"));
}

void WechatCallbackRequestTest::aSealedAnswerIsItsOwnPush() {
    const std::string xml = must(wechat::sealAnswer(security(), "<xml><Content>你好</Content></xml>", callback::timestamp, "abc123", callback::random));
    const auto from = xml.find("<MsgSignature><![CDATA[") + 23;
    CallbackQuery query{"", callback::timestamp, "abc123", "", "aes", xml.substr(from, 40)};
    QCOMPARE(must(wechat::openPush(security(), query, xml, sentAt)), std::string("<xml><Content>你好</Content></xml>"));
    QVERIFY(!wechat::sealAnswer(security(), "x", callback::timestamp, "]]>", callback::random));
}

QTEST_GUILESS_MAIN(WechatCallbackRequestTest)
#include "wechat_callback_request_test.moc"
