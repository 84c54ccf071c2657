// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/classify.h"

#include "tests/unit/catalogue.h"
#include "tests/unit/printing.h"

using namespace songda;
using songda::testing::named;
using songda::testing::shippedCatalogue;

namespace {

using C = ErrorClass;

const WallTime answeredAt = *parseIso8601("2026-01-31T08:00:00+08:00");

HttpResponse answer(int status, std::string body) {
    HttpResponse response;
    response.phase = WirePhase::Answered;
    response.status = status;
    response.body = std::move(body);
    return response;
}

Outcome graded(const HttpResponse &response, ApiKind api = ApiKind::Send) {
    return classify(response, api, shippedCatalogue(), answeredAt);
}

Outcome gradedBody(const std::string &body, ApiKind api = ApiKind::Send) {
    return graded(answer(200, body), api);
}

std::string nested(int depth) {
    // The outermost object is the first level.
    return "{\"errcode\":0,\"msgid\":1,\"x\":" + std::string(static_cast<std::size_t>(depth - 1), '[')
        + std::string(static_cast<std::size_t>(depth - 1), ']') + "}";
}

} // namespace

class PolicyClassifyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unreadableAnswersAreUncertain_data();
    void unreadableAnswersAreUncertain();
    void startOfAnUnreadableBodyIsKept_data();
    void startOfAnUnreadableBodyIsKept();
    void errcodesAreReadInAllTheirForms_data();
    void errcodesAreReadInAllTheirForms();
    void errcodesThatCannotBeReadAreNoSuccess_data();
    void errcodesThatCannotBeReadAreNoSuccess();
    void msgidsKeepEveryDigit_data();
    void msgidsKeepEveryDigit();
    void successWithoutItsResultIsUncertain_data();
    void successWithoutItsResultIsUncertain();
    void successOfEachCallIsSeen_data();
    void successOfEachCallIsSeen();
    void tokenLivesAreRead_data();
    void tokenLivesAreRead();
    void refusalsNeedNoWholeBody_data();
    void refusalsNeedNoWholeBody();
    void errcodeWinsOverTheStatus_data();
    void errcodeWinsOverTheStatus();
    void tokenEndpointGivesCodesAnotherMeaning_data();
    void tokenEndpointGivesCodesAnotherMeaning();
    void duplicatesCountAsTheFirstMessage();
    void busyMayHaveArrived();
    void ridIsSplitOff_data();
    void ridIsSplitOff();
    void longErrmsgKeepsItsRid();
    void errmsgIsFitToPrint();
    void controlCharactersInsideStringsAreTolerated_data();
    void controlCharactersInsideStringsAreTolerated();
    void deepNestingIsRefused();
    void onlyTopLevelFieldsCount();
    void retryAfterIsRead_data();
    void retryAfterIsRead();
    void throttledAnswersObeyRetryAfter();
    void holdsComeFromTheCatalogue();
};

void PolicyClassifyTest::unreadableAnswersAreUncertain_data() {
    QTest::addColumn<std::string>("body");
    QTest::newRow("empty") << std::string{};
    QTest::newRow("blank") << std::string(" \r\n");
    QTest::newRow("HTML") << std::string(
        "<!DOCTYPE html><html><body>Sign in to the hotel network</body></html>");
    QTest::newRow("plain words") << std::string("ok");
    QTest::newRow("a string") << std::string("\"ok\"");
    QTest::newRow("a number") << std::string("0");
    QTest::newRow("null") << std::string("null");
    QTest::newRow("a list") << std::string(R"([{"errcode":0,"errmsg":"ok","msgid":12}])");
    const std::string whole = R"({"errcode":0,"errmsg":"ok","msgid":1700827132819554305})";
    for (const std::size_t size :
        {std::size_t{1}, std::size_t{10}, std::size_t{13}, whole.size() - 6, whole.size() - 1})
        QTest::addRow("cut off after %d bytes", static_cast<int>(size)) << whole.substr(0, size);
    QTest::newRow("two answers in one") << whole + whole;
    QTest::newRow("words behind it") << whole + "x";
    QTest::newRow("DEL behind it") << whole + '\x7f';
    QTest::newRow("single quotes") << std::string("{'errcode':0,'msgid':12}");
    QTest::newRow("comma too many") << std::string(R"({"errcode":0,"msgid":12,})");
    QTest::newRow("comment") << std::string(R"({"errcode":0,/**/"msgid":12})");
    QTest::newRow("stray byte in a string")
        << std::string("{\"errcode\":0,\"errmsg\":\"\xFF\",\"msgid\":12}");
    QTest::newRow("half a character") << std::string("{\"errcode\":0,\"errmsg\":\"\xE4\xB8\",\"msgid\":12}");
    QTest::newRow("GBK") << std::string("{\"errcode\":0,\"errmsg\":\"\xB3\xC9\xB9\xA6\",\"msgid\":12}");
    QTest::newRow("overlong form") << std::string("{\"errcode\":0,\"errmsg\":\"\xC0\xAF\",\"msgid\":12}");
    QTest::newRow("surrogate in UTF-8")
        << std::string("{\"errcode\":0,\"errmsg\":\"\xED\xA0\x80\",\"msgid\":12}");
    QTest::newRow("half an escaped pair") << std::string(R"({"errcode":0,"errmsg":"\ud83d","msgid":12})");
    QTest::newRow("number beyond all bounds") << std::string(R"({"errcode":0,"msgid":1e999})");
}

void PolicyClassifyTest::unreadableAnswersAreUncertain() {
    QFETCH(std::string, body);
    QVERIFY(!readEnvelope(body).has_value());
    for (const ApiKind api : {ApiKind::Send, ApiKind::Token, ApiKind::Query}) {
        const Outcome outcome = gradedBody(body, api);
        QCOMPARE(named(outcome.errorClass), named(C::Transient));
        QCOMPARE(outcome.cause, std::string("bad_body"));
        QVERIFY(outcome.ambiguous);
        QVERIFY(!outcome.answered);
        QVERIFY(!outcome.offline);
        QVERIFY(outcome.msgid.empty());
    }
}

void PolicyClassifyTest::startOfAnUnreadableBodyIsKept_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<HttpFailure>("what");
    QTest::newRow("200") << 200 << HttpFailure::None;
    QTest::newRow("502") << 502 << HttpFailure::None;
    QTest::newRow("400") << 400 << HttpFailure::None;
    QTest::newRow("cut off") << 200 << HttpFailure::BrokenBody;
    QTest::newRow("too large") << 200 << HttpFailure::TooLarge;
}

void PolicyClassifyTest::startOfAnUnreadableBodyIsKept() {
    QFETCH(int, status);
    QFETCH(HttpFailure, what);
    HttpResponse response = answer(status, "<html>\n\x01 login \xFF" + std::string(20000, 'x'));
    response.failure = what;
    const std::string excerpt = graded(response).excerpt;
    QCOMPARE(excerpt.substr(0, 17), std::string("<html>   login  x"));
    QCOMPARE(excerpt.size(), std::size_t{4096});
    // Never half a character at the end.
    response.body = std::string(4094, 'x') + "测测";
    QCOMPARE(graded(response).excerpt, std::string(4094, 'x') + "  ");
}

void PolicyClassifyTest::errcodesAreReadInAllTheirForms_data() {
    QTest::addColumn<std::string>("errcode");
    QTest::addColumn<qint64>("number");
    QTest::addColumn<ErrorClass>("errorClass");
    const auto row = [](const char *errcode, qint64 number, C errorClass) {
        QTest::newRow(errcode) << std::string(errcode) << number << errorClass;
    };
    row("43004", 43004, C::Recipient);
    row("\"43004\"", 43004, C::Recipient);
    row("-1", -1, C::Transient);
    row("\"-1\"", -1, C::Transient);
    row("-1000", -1000, C::Transient);
    row("-41000", -41000, C::Recipient);
    row("\"-41000\"", -41000, C::Recipient);
    row("47003", 47003, C::Content);
    row("45009", 45009, C::ThrottleDay);
    row("45011", 45011, C::ThrottleMinute);
    row("42001", 42001, C::Token);
    row("40037", 40037, C::Config);
    row("268487001", 268487001, C::Transient);
    row("9223372036854775807", 9223372036854775807LL, C::Unknown);
    row("-9223372036854775808", -9223372036854775807LL - 1, C::Unknown);
}

void PolicyClassifyTest::errcodesAreReadInAllTheirForms() {
    QFETCH(std::string, errcode);
    QFETCH(qint64, number);
    QFETCH(ErrorClass, errorClass);
    const Outcome outcome = gradedBody("{\"errcode\":" + errcode + ",\"errmsg\":\"no\"}");
    QCOMPARE(named(outcome.errorClass), named(errorClass));
    QCOMPARE(outcome.errcode, std::optional<std::int64_t>(number));
    QCOMPARE(outcome.cause, std::to_string(number));
    QCOMPARE(outcome.errmsg, std::string("no"));
    QVERIFY(outcome.answered);
    QVERIFY(!outcome.offline);
}

void PolicyClassifyTest::errcodesThatCannotBeReadAreNoSuccess_data() {
    QTest::addColumn<std::string>("errcode");
    for (const char *errcode :
        {"\"oops\"", "\"\"", "\"43004x\"", "\" 0\"", "99999999999999999999", "-99999999999999999999",
            "\"99999999999999999999\"", "43004.5", "4.3004e4", "true", "{\"code\":43004}", "[43004]"})
        QTest::newRow(errcode) << std::string(errcode);
}

void PolicyClassifyTest::errcodesThatCannotBeReadAreNoSuccess() {
    QFETCH(std::string, errcode);
    // Even beside a message id: an answer we cannot understand is never taken for a yes.
    const Outcome outcome = gradedBody("{\"errcode\":" + errcode + ",\"errmsg\":\"no\",\"msgid\":12}");
    QVERIFY2(outcome.errorClass != C::Success, toString(outcome.errorClass));
    QVERIFY(outcome.ambiguous);
}

void PolicyClassifyTest::msgidsKeepEveryDigit_data() {
    QTest::addColumn<std::string>("inJson");
    QTest::addColumn<std::string>("msgid");
    const auto row = [](const char *inJson, const char *msgid) {
        QTest::newRow(inJson) << std::string(inJson) << std::string(msgid);
    };
    row("1", "1");
    row("9007199254740993", "9007199254740993"); // 2^53 + 1: no double holds it
    row("1700827132819554305", "1700827132819554305");
    row("9223372036854775807", "9223372036854775807");
    row("9223372036854775809", "9223372036854775809"); // above 2^63
    row("18446744073709551615", "18446744073709551615");
    row("18446744073709551617", "18446744073709551617"); // above 2^64
    row("123456789012345678901234567890", "123456789012345678901234567890");
    row("\"1700827132819554305\"", "1700827132819554305");
    row("\"9223372036854775809\"", "9223372036854775809");
    row("\"123456789012345678901234567890\"", "123456789012345678901234567890");
}

void PolicyClassifyTest::msgidsKeepEveryDigit() {
    QFETCH(std::string, inJson);
    QFETCH(std::string, msgid);
    for (const char *prefix : {"{\"errcode\":0,\"errmsg\":\"ok\",\"msgid\":", "{\"msgid\":"}) {
        const Outcome outcome = gradedBody(prefix + inJson + "}");
        QCOMPARE(named(outcome.errorClass), named(C::Success));
        QCOMPARE(outcome.msgid, msgid);
        QVERIFY(outcome.cause.empty());
        QVERIFY(!outcome.ambiguous);
        QVERIFY(outcome.answered);
    }
}

void PolicyClassifyTest::successWithoutItsResultIsUncertain_data() {
    QTest::addColumn<ApiKind>("api");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char *name, ApiKind api, const char *body) {
        QTest::newRow(name) << api << std::string(body);
    };
    row("send, empty object", ApiKind::Send, "{}");
    row("send, no msgid", ApiKind::Send, R"({"errcode":0,"errmsg":"ok"})");
    row("send, msgid is null", ApiKind::Send, R"({"errcode":0,"msgid":null})");
    row("send, msgid is empty", ApiKind::Send, R"({"errcode":0,"msgid":""})");
    row("send, msgid is words", ApiKind::Send, R"({"errcode":0,"msgid":"soon"})");
    row("send, msgid is negative", ApiKind::Send, R"({"errcode":0,"msgid":-12})");
    row("send, msgid is a fraction", ApiKind::Send, R"({"errcode":0,"msgid":1.5})");
    row("send, msgid is an object", ApiKind::Send, R"({"errcode":0,"msgid":{"id":12}})");
    row("send, only a token", ApiKind::Send, R"({"access_token":"abc","expires_in":7200})");
    row("token, empty object", ApiKind::Token, "{}");
    row("token, errcode 0 only", ApiKind::Token, R"({"errcode":0,"errmsg":"ok"})");
    row("token, empty", ApiKind::Token, R"({"access_token":"","expires_in":7200})");
    row("token is a number", ApiKind::Token, R"({"access_token":12,"expires_in":7200})");
    row("query, empty object", ApiKind::Query, "{}");
    row("query, other words", ApiKind::Query, R"({"message":"hello"})");
}

void PolicyClassifyTest::successWithoutItsResultIsUncertain() {
    QFETCH(ApiKind, api);
    QFETCH(std::string, body);
    const Outcome outcome = gradedBody(body, api);
    QCOMPARE(named(outcome.errorClass), named(C::Unknown));
    QCOMPARE(outcome.cause, std::string("no_result"));
    QVERIFY(outcome.ambiguous);
    QVERIFY(!outcome.answered);
}

void PolicyClassifyTest::successOfEachCallIsSeen_data() {
    QTest::addColumn<ApiKind>("api");
    QTest::addColumn<std::string>("body");
    const auto row = [](const char *name, ApiKind api, const char *body) {
        QTest::newRow(name) << api << std::string(body);
    };
    row("send", ApiKind::Send, R"({"errcode":0,"errmsg":"ok","msgid":12})");
    row("send, errcode as text", ApiKind::Send, R"({"errcode":"0","errmsg":"ok","msgid":12})");
    row("token", ApiKind::Token, R"({"access_token":"abc","expires_in":7200})");
    row("token with errcode", ApiKind::Token, R"({"errcode":0,"access_token":"abc","expires_in":7200})");
    row("templates", ApiKind::Query, R"({"template_list":[{"template_id":"x"}]})");
    row("no templates", ApiKind::Query, R"({"template_list":[]})");
    row("query with errcode", ApiKind::Query, R"({"errcode":0,"errmsg":"ok"})");
}

void PolicyClassifyTest::successOfEachCallIsSeen() {
    QFETCH(ApiKind, api);
    QFETCH(std::string, body);
    const Outcome outcome = gradedBody(body, api);
    QCOMPARE(named(outcome.errorClass), named(C::Success));
    QVERIFY(outcome.answered);
    QVERIFY(!outcome.ambiguous);
    const auto envelope = readEnvelope(R"({"access_token":"abc","expires_in":"300"})");
    QVERIFY(envelope.has_value());
    QCOMPARE(envelope->accessToken, std::string("abc"));
    QCOMPARE(envelope->expiresIn, std::int64_t{300});
}

void PolicyClassifyTest::tokenLivesAreRead_data() {
    QTest::addColumn<std::string>("inJson");
    QTest::addColumn<qint64>("seconds");
    const auto row = [](const char *inJson, qint64 seconds) { QTest::newRow(inJson) << std::string(inJson) << seconds; };
    row("7200", 7200);
    row("\"7200\"", 7200);
    row("7200.0", 7200);
    row("7.2e3", 7200);
    row("7199.9", 7199);
    row("\"7200.5\"", 7200);
    row("86400", 86'400);
    row("86401", 86'400);
    row("9e18", 86'400);
    row("1e300", 86'400);
    row("9223372036854775807", 86'400);
    row("18446744073709551616", 86'400);
    row("0", 0);
    row("-5", 0);
    row("-1e300", 0);
    row("\"soon\"", 0);
    row("\"7200 s\"", 0);
    row("\"nan\"", 0);
    row("null", 0);
}

void PolicyClassifyTest::tokenLivesAreRead() {
    QFETCH(std::string, inJson);
    QFETCH(qint64, seconds);
    const auto envelope = readEnvelope("{\"access_token\":\"abc\",\"expires_in\":" + inJson + "}");
    QVERIFY(envelope.has_value());
    QCOMPARE(envelope->expiresIn, std::int64_t{seconds});
}

void PolicyClassifyTest::refusalsNeedNoWholeBody_data() {
    QTest::addColumn<HttpFailure>("what");
    QTest::newRow("cut off, or packed in an unknown way") << HttpFailure::BrokenBody;
    QTest::newRow("too large") << HttpFailure::TooLarge;
}

void PolicyClassifyTest::refusalsNeedNoWholeBody() {
    QFETCH(HttpFailure, what);
    const auto broken = [&](int status) {
        HttpResponse response = answer(status, "<html>");
        response.failure = what;
        response.retryAfter = "7";
        return response;
    };
    for (const int status : {400, 403, 408, 412, 413, 418, 429, 500, 503, 520}) {
        const Outcome whole = graded(answer(status, "<html>"));
        const Outcome outcome = graded(broken(status));
        QCOMPARE(outcome.cause, whole.cause);
        QCOMPARE(named(outcome.errorClass), named(whole.errorClass));
        QCOMPARE(outcome.scope, whole.scope);
        QCOMPARE(outcome.ambiguous, whole.ambiguous);
        QCOMPARE(outcome.excerpt, std::string("<html>"));
        QVERIFY(!outcome.answered && !outcome.offline);
    }
    for (const int status : {429, 503})
        QCOMPARE(graded(broken(status)).retryAfter, std::optional<Millis>(Seconds{7}));
    // Of a success the body is all that counts.
    const Outcome unread = graded(broken(200));
    QCOMPARE(named(unread.errorClass), named(C::Transient));
    QVERIFY(unread.ambiguous);
    QVERIFY(unread.cause == "broken_body" || unread.cause == "too_large");
}

void PolicyClassifyTest::errcodeWinsOverTheStatus_data() {
    QTest::addColumn<int>("status");
    for (const int status : {201, 302, 400, 403, 404, 412, 429, 500, 502, 503})
        QTest::addRow("HTTP %d", status) << status;
}

void PolicyClassifyTest::errcodeWinsOverTheStatus() {
    QFETCH(int, status);
    const Outcome refused = graded(answer(status, R"({"errcode":43004,"errmsg":"require subscribe"})"));
    QCOMPARE(named(refused.errorClass), named(C::Recipient));
    QCOMPARE(refused.cause, std::string("43004"));
    QVERIFY(!refused.ambiguous);
    const Outcome accepted = graded(answer(status, R"({"errcode":0,"errmsg":"ok","msgid":12})"));
    QCOMPARE(named(accepted.errorClass), named(C::Success));
    QCOMPARE(accepted.msgid, std::string("12"));
}

void PolicyClassifyTest::tokenEndpointGivesCodesAnotherMeaning_data() {
    QTest::addColumn<int>("errcode");
    QTest::addColumn<ErrorClass>("atToken");
    QTest::addColumn<HoldScope>("tokenScope");
    QTest::addColumn<ErrorClass>("atSend");
    QTest::addColumn<HoldScope>("sendScope");
    constexpr auto none = HoldScope::None;
    constexpr auto account = HoldScope::Account;
    QTest::newRow("40001") << 40001 << C::Config << account << C::Token << none;
    QTest::newRow("40013") << 40013 << C::Config << account << C::Config << HoldScope::Template;
    QTest::newRow("50004") << 50004 << C::Config << account << C::Config << account;
    QTest::newRow("50007") << 50007 << C::Config << account << C::Config << account;
    QTest::newRow("45009") << 45009 << C::ThrottleDay << none << C::ThrottleDay << none;
    QTest::newRow("45011") << 45011 << C::ThrottleMinute << none << C::ThrottleMinute << none;
}

void PolicyClassifyTest::tokenEndpointGivesCodesAnotherMeaning() {
    QFETCH(int, errcode);
    const std::string body = "{\"errcode\":" + std::to_string(errcode) + ",\"errmsg\":\"no\"}";
    const Outcome token = gradedBody(body, ApiKind::Token);
    QFETCH(ErrorClass, atToken);
    QCOMPARE(named(token.errorClass), named(atToken));
    QTEST(token.scope, "tokenScope");
    const Outcome send = gradedBody(body, ApiKind::Send);
    QFETCH(ErrorClass, atSend);
    QCOMPARE(named(send.errorClass), named(atSend));
    QTEST(send.scope, "sendScope");
}

void PolicyClassifyTest::duplicatesCountAsTheFirstMessage() {
    const Outcome first = gradedBody(R"({"errcode":45065,"errmsg":"clientmsgid exist","msgid":12})");
    QCOMPARE(named(first.errorClass), named(C::Success));
    QCOMPARE(first.msgid, std::string("12"));
    const Outcome unnamed = gradedBody(R"({"errcode":45065,"errmsg":"clientmsgid exist"})");
    QCOMPARE(named(unnamed.errorClass), named(C::Unknown));
    QVERIFY(unnamed.ambiguous);
    QVERIFY(!unnamed.answered); // three of these end in doubt, not as dead
}

void PolicyClassifyTest::busyMayHaveArrived() {
    const Outcome outcome = gradedBody(R"({"errcode":-1,"errmsg":"system error"})");
    QCOMPARE(named(outcome.errorClass), named(C::Transient));
    QVERIFY(outcome.ambiguous);
    QVERIFY(outcome.answered);
}

void PolicyClassifyTest::ridIsSplitOff_data() {
    QTest::addColumn<std::string>("sent");
    QTest::addColumn<std::string>("errmsg");
    QTest::addColumn<std::string>("rid");
    const auto row = [](const char *name, const char *sent, const char *errmsg, const char *rid) {
        QTest::newRow(name) << std::string(sent) << std::string(errmsg) << std::string(rid);
    };
    row("usual", "invalid appid rid: 645b6916-1c3f5a7b-0d2e4f60", "invalid appid",
        "645b6916-1c3f5a7b-0d2e4f60");
    row("blanks behind", "invalid appid rid: 645b6916-1c3f5a7b-0d2e4f60 ", "invalid appid",
        "645b6916-1c3f5a7b-0d2e4f60");
    row("line break behind", "no rid: 645b6916-1c3f5a7b-0d2e4f60\\n", "no", "645b6916-1c3f5a7b-0d2e4f60");
    row("nothing before", "rid: 645b6916-1c3f5a7b-0d2e4f60", "", "645b6916-1c3f5a7b-0d2e4f60");
    row("Chinese before", "参数错误 rid: 645b6916-1c3f5a7b-0d2e4f60", "参数错误",
        "645b6916-1c3f5a7b-0d2e4f60");
    row("the word twice", "bad rid: x rid: 645b6916-1c3f5a7b-0d2e4f60", "bad rid: x",
        "645b6916-1c3f5a7b-0d2e4f60");
    row("none", "system error", "system error", "");
    row("the word only", "the rid: is missing", "the rid: is missing", "");
    row("nothing after", "system error rid: ", "system error rid: ", "");
    row("no hex", "wrong rid: hello-world", "wrong rid: hello-world", "");
    row("old style", "invalid credential hint: [AbCdEf01234567]", "invalid credential hint: [AbCdEf01234567]",
        "");
}

void PolicyClassifyTest::ridIsSplitOff() {
    QFETCH(std::string, sent);
    const Outcome outcome = gradedBody("{\"errcode\":40013,\"errmsg\":\"" + sent + "\"}");
    QTEST(outcome.errmsg, "errmsg");
    QTEST(outcome.rid, "rid");
}

void PolicyClassifyTest::longErrmsgKeepsItsRid() {
    const std::string rid = "645b6916-1c3f5a7b-0d2e4f60";
    // Longer than what is kept, and so long that the cut falls into the rid.
    for (const std::size_t length : {490, 495, 505, 600, 5000}) {
        const Outcome outcome = gradedBody(
            "{\"errcode\":47003,\"errmsg\":\"" + std::string(length, 'm') + " rid: " + rid + "\"}");
        QCOMPARE(outcome.rid, rid);
        QVERIFY(outcome.errmsg.size() <= 512);
        QCOMPARE(outcome.errmsg.find("rid"), std::string::npos);
    }
}

void PolicyClassifyTest::errmsgIsFitToPrint() {
    const Outcome outcome = gradedBody(
        "{\"errcode\":47003,\"errmsg\":\"a\\u0000b\\u001bc\\u2028d\\n" + std::string(510, 'e') + "测\"}");
    QCOMPARE(outcome.errmsg.substr(0, 8), std::string("a b c d "));
    QVERIFY(outcome.errmsg.size() <= 512);
    QCOMPARE(outcome.errmsg.back(), 'e');
}

void PolicyClassifyTest::controlCharactersInsideStringsAreTolerated_data() {
    QTest::addColumn<std::string>("control");
    for (int c = 0; c < 0x20; ++c)
        QTest::addRow("U+%04X", static_cast<unsigned>(c)) << std::string(1, static_cast<char>(c));
    QTest::newRow("DEL") << std::string(1, '\x7f');
}

void PolicyClassifyTest::controlCharactersInsideStringsAreTolerated() {
    QFETCH(std::string, control);
    const Outcome accepted
        = gradedBody("{\"errcode\":0,\"errmsg\":\"o" + control + "k\",\"msgid\":1700827132819554305}");
    QCOMPARE(named(accepted.errorClass), named(C::Success));
    QCOMPARE(accepted.msgid, std::string("1700827132819554305"));
    const Outcome refused = gradedBody("{\"errcode\":43004,\"errmsg\":\"require" + control + "subscribe\"}");
    QCOMPARE(named(refused.errorClass), named(C::Recipient));
    QCOMPARE(refused.errmsg, std::string("require subscribe"));
}

void PolicyClassifyTest::deepNestingIsRefused() {
    QCOMPARE(named(gradedBody(nested(64)).errorClass), named(C::Success));
    QCOMPARE(gradedBody(nested(65)).cause, std::string("bad_body"));
    QCOMPARE(gradedBody(nested(1000000)).cause, std::string("bad_body"));
    // Not even closed: the parser must not need the end to give up.
    QCOMPARE(gradedBody("{\"x\":" + std::string(1000000, '[')).cause, std::string("bad_body"));
    std::string objects;
    for (int i = 0; i < 100000; ++i)
        objects += "{\"a\":";
    QCOMPARE(gradedBody(objects).cause, std::string("bad_body"));
}

void PolicyClassifyTest::onlyTopLevelFieldsCount() {
    const Outcome hidden = gradedBody(R"({"result":{"errcode":0,"msgid":12},"list":[{"msgid":13}]})");
    QCOMPARE(hidden.cause, std::string("no_result"));
    const Outcome outer
        = gradedBody(R"({"detail":{"errcode":43004,"msgid":99},"errcode":0,"msgid":12,"more":{"msgid":98}})");
    QCOMPARE(named(outer.errorClass), named(C::Success));
    QCOMPARE(outer.msgid, std::string("12"));
}

void PolicyClassifyTest::retryAfterIsRead_data() {
    QTest::addColumn<std::string>("value");
    QTest::addColumn<qint64>("ms"); // -1: nothing
    const auto row = [](const char *value, qint64 ms) {
        QTest::newRow(*value ? value : "empty") << std::string(value) << ms;
    };
    row("0", 0);
    row("1", 1000);
    row("120", 120000);
    row(" 120 ", 120000);
    row("86400", 86400000);
    row("86401", 86400000);
    row("99999999999", 86400000);
    row("99999999999999999999999999", 86400000);
    row("-5", 0);
    // It is Sat, 31 Jan 2026 00:00:00 GMT.
    row("Sat, 31 Jan 2026 00:00:00 GMT", 0);
    row("Sat, 31 Jan 2026 00:00:30 GMT", 30000);
    row("Sat, 31 Jan 2026 01:00:00 GMT", 3600000);
    row("Sun, 01 Feb 2026 00:00:00 GMT", 86400000);
    row("Tue, 31 Dec 2030 00:00:00 GMT", 86400000);
    row("Wed, 21 Oct 2015 07:28:00 GMT", 0);
    row("", -1);
    row("soon", -1);
    row("12 s", -1);
    row("1.5", -1);
    row("Sat, 31 Jan 2026 00:00:30 CST", -1);
    row("Sat, 31 Foo 2026 00:00:30 GMT", -1);
    row("Sat, 31 anF 2026 00:00:30 GMT", -1);
    row("Sat, 32 Jan 2026 00:00:30 GMT", -1);
    row("Sat, 31 Jan 2026 25:00:30 GMT", -1);
}

void PolicyClassifyTest::retryAfterIsRead() {
    QFETCH(std::string, value);
    QFETCH(qint64, ms);
    const auto expected = ms < 0 ? std::nullopt : std::optional(Millis{ms});
    QCOMPARE(parseRetryAfter(value, answeredAt), expected);
}

void PolicyClassifyTest::throttledAnswersObeyRetryAfter() {
    HttpResponse response = answer(429, "slow down");
    QCOMPARE(graded(response).retryAfter, std::optional<Millis>(Seconds{60}));
    response.retryAfter = "7";
    QCOMPARE(graded(response).retryAfter, std::optional<Millis>(Seconds{7}));
    response.retryAfter = "Sat, 31 Jan 2026 00:02:00 GMT";
    QCOMPARE(graded(response).retryAfter, std::optional<Millis>(Seconds{120}));
    response.retryAfter = "nonsense";
    QCOMPARE(graded(response).retryAfter, std::optional<Millis>(Seconds{60}));
    response.status = 503;
    response.retryAfter = "7";
    QCOMPARE(graded(response).retryAfter, std::optional<Millis>(Seconds{7}));
    response.retryAfter.reset();
    QCOMPARE(graded(response).retryAfter, std::optional<Millis>{});
}

void PolicyClassifyTest::holdsComeFromTheCatalogue() {
    const auto hold = [](const char *errcode, ApiKind api) {
        return gradedBody(std::string("{\"errcode\":") + errcode + ",\"errmsg\":\"no\"}", api).retryAfter;
    };
    QCOMPARE(hold("45011", ApiKind::Send), std::optional<Millis>(Seconds{60}));
    QCOMPARE(hold("45066", ApiKind::Send), std::optional<Millis>(Seconds{60}));
    QCOMPARE(hold("40164", ApiKind::Token), std::optional<Millis>(Seconds{300}));
    QCOMPARE(hold("40164", ApiKind::Send), std::optional<Millis>(Seconds{300}));
    QCOMPARE(hold("43108", ApiKind::Send), std::optional<Millis>(Seconds{1}));
    QCOMPARE(hold("-1", ApiKind::Send), std::optional<Millis>{});
    QCOMPARE(hold("89507", ApiKind::Token), std::optional<Millis>(Seconds{3600}));
    QCOMPARE(hold("43004", ApiKind::Send), std::optional<Millis>{});
    QCOMPARE(hold("40037", ApiKind::Send), std::optional<Millis>{});
}

QTEST_GUILESS_MAIN(PolicyClassifyTest)
#include "policy_classify_test.moc"
