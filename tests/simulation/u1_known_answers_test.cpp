// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every errcode, HTTP status and broken line of the API notes (sections 9 and 10) has its class, as the engine reads it from
// a whole answer; whatever is in none of the tables is no success.
#include "engine/policy/classify.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"
#include "tests/unit/catalogue.h"
#include "tests/unit/printing.h"

#include <QTest>
#include <functional>
#include <set>
#include <sstream>

using namespace songda;
using namespace songda::simulation;
using songda::testing::named;
using songda::testing::shippedCatalogue;

namespace {

/// Codes of one API family that mean the same; `apis` are those whose answers may carry them.
struct Meaning {
    const char *apis;
    const char *codes;
    ErrorClass errorClass;
    HoldScope scope;
};

constexpr auto none = HoldScope::None;
constexpr auto templateOnly = HoldScope::Template;
constexpr auto account = HoldScope::Account;
using C = ErrorClass;

/// Table 9.1 of the API notes with the scopes of 9.4.
constexpr Meaning meanings[] = {
    {"token send query", "0", C::Success, none},
    {"token send query", "-1 -1000 61450 9001002 268487001 268487002", C::Transient, none},
    {"send", "-41000", C::Recipient, none},
    {"send query", "40001", C::Token, none},
    {"token", "40001", C::Config, account},
    {"token", "40002 41002 41004", C::Config, account},
    {"send query", "40003", C::Recipient, none},
    {"send customer", "40008", C::Content, none},
    {"token", "40013", C::Config, account},
    {"send", "40013", C::Config, templateOnly},
    {"send query", "40014", C::Token, none},
    {"user", "40031 40032", C::Content, none},
    {"send query", "40033 40035 40038 40097 61451 9001001", C::Content, none},
    {"send", "40036 40037 40165 40249 41030 43107 43116", C::Config, templateOnly},
    {"subscribe", "40037 41030 43107", C::Config, templateOnly},
    {"send", "40039", C::Content, none},
    {"send query", "40048 40066", C::Content, none},
    {"subscribe", "40062", C::Content, none},
    {"token", "40125 40164 40243", C::Config, account},
    {"send query", "40164", C::Config, account},
    {"library", "40246 40247", C::Config, account},
    {"send query", "41001 42001", C::Token, none},
    {"send", "41009", C::Content, none},
    {"retired", "41028 41029", C::Content, none},
    {"component", "42007", C::Config, account},
    {"token send query", "43001 43002 43003", C::Config, account},
    {"send customer", "43004 43019 48002", C::Recipient, none},
    {"industry", "43100", C::ThrottleDay, none},
    {"send subscribe", "43101", C::Recipient, none},
    {"send query", "43104", C::Config, account},
    {"send subscribe", "43108", C::Transient, none},
    {"send query", "44002", C::Content, none},
    {"customer", "44004", C::Content, none},
    {"media", "45001", C::Content, none},
    {"send query", "45002 45003 45004 45005", C::Content, none},
    {"token send query", "45009", C::ThrottleDay, none},
    {"token send query", "45011", C::ThrottleMinute, none},
    {"customer", "45015 45047", C::Recipient, none},
    {"library", "45026 45027", C::Config, account},
    {"tags", "45059 45159 45171", C::Content, none},
    {"send", "45065", C::Success, none},
    {"send", "45066", C::ThrottleMinute, none},
    {"send", "45067", C::Content, none},
    {"send", "45109", C::Config, account},
    {"send query", "45166 45168 87014", C::Content, none},
    {"send query", "46004", C::Recipient, none},
    {"send query", "47001", C::Content, none},
    {"send subscribe", "47003", C::Content, none},
    {"send query", "48001 48004 48008 50001 50002", C::Config, account},
    {"mass", "48003", C::Config, account},
    {"quota", "48006", C::ThrottleDay, none},
    {"token send", "50004 50007", C::Config, account},
    {"send query", "50005", C::Recipient, none},
    {"component", "45035 61003 61004 61007 61016", C::Config, account},
    {"openapi", "76001 76002 76003 76004 76021 76022", C::Content, none},
    {"signed", "87009", C::Config, account},
    {"token", "89501 89503 89504 89505 89506 89507", C::Config, account},
    {"library", "200011 200012 200013 200014 200020 200021 200022", C::Config, account},
    {"send", "other", C::Unknown, none},
};

std::vector<std::string> words(const char *text) {
    std::istringstream stream(text);
    std::vector<std::string> list;
    for (std::string word; stream >> word;)
        list.push_back(word);
    return list;
}

const WallTime answeredAt = *parseIso8601("2026-01-31T08:00:00+08:00");

HttpResponse answer(int status, std::string body) {
    HttpResponse response;
    response.phase = WirePhase::Answered;
    response.status = status;
    response.body = std::move(body);
    return response;
}

HttpResponse failure(HttpFailure what, WirePhase phase) {
    HttpResponse response;
    response.phase = phase;
    response.failure = what;
    response.status = phase == WirePhase::Answered ? 200 : 0;
    return response;
}

Outcome graded(const HttpResponse &response, ApiKind api = ApiKind::Send) {
    return classify(response, api, shippedCatalogue(), answeredAt);
}

/// As the platform writes it.
std::string refusal(const std::string &code) {
    return "{\"errcode\":" + code + ",\"errmsg\":\"no, because rid: 697d4640-0b0c21d1-6a7a8e6f\"}";
}

} // namespace

class U1KnownAnswersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKnownCodeHasItsClass_data();
    void everyKnownCodeHasItsClass();
    void everyKnownAnswerIsGradedSo_data();
    void everyKnownAnswerIsGradedSo();
    void brokenLinesAreGraded_data();
    void brokenLinesAreGraded();
    void statusesWithoutEnvelopeAreGraded_data();
    void statusesWithoutEnvelopeAreGraded();
    void nothingUnknownIsASuccess();
    void unknownAnswersAreTriedThreeTimes();

private:
    static void addRows(const std::function<bool(const Meaning &, const std::string &api, const std::string &code)> &wanted);
};

void U1KnownAnswersTest::addRows(const std::function<bool(const Meaning &, const std::string &api, const std::string &code)> &wanted) {
    QTest::addColumn<std::string>("api");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::addColumn<HoldScope>("scope");
    for (const Meaning &m : meanings) {
        for (const std::string &api : words(m.apis)) {
            for (const std::string &code : words(m.codes)) {
                if (wanted(m, api, code))
                    QTest::addRow("%s %s", api.c_str(), code.c_str()) << api << code << m.errorClass << m.scope;
            }
        }
    }
}

void U1KnownAnswersTest::everyKnownCodeHasItsClass_data() {
    addRows([](const Meaning &, const std::string &, const std::string &) { return true; });
}

void U1KnownAnswersTest::everyKnownCodeHasItsClass() {
    QFETCH(std::string, api);
    QFETCH(std::string, code);
    QFETCH(ErrorClass, errorClass);
    QFETCH(HoldScope, scope);
    const CatalogueEntry *entry = shippedCatalogue().find("wechat", api, code);
    QVERIFY(entry);
    QCOMPARE(entry->code, code);
    QCOMPARE(named(entry->errorClass), named(errorClass));
    QCOMPARE(entry->scope, scope);
}

void U1KnownAnswersTest::everyKnownAnswerIsGradedSo_data() {
    // Of the calls that the engine makes; a success needs its result beside it and is in policy_classify_test.
    addRows([](const Meaning &m, const std::string &api, const std::string &code) {
        return (api == "token" || api == "send" || api == "query") && m.errorClass != C::Success && code != "other";
    });
}

void U1KnownAnswersTest::everyKnownAnswerIsGradedSo() {
    QFETCH(std::string, api);
    QFETCH(std::string, code);
    QFETCH(ErrorClass, errorClass);
    QFETCH(HoldScope, scope);
    const auto kind = api == "token" ? ApiKind::Token : api == "send" ? ApiKind::Send : ApiKind::Query;
    // An errcode is an answer whatever the status: gateways like to put their own.
    for (const int status : {200, 400, 403, 500, 503}) {
        const Outcome outcome = graded(answer(status, refusal(code)), kind);
        QCOMPARE(named(outcome.errorClass), named(errorClass));
        QCOMPARE(outcome.scope, scope);
        QCOMPARE(outcome.cause, code);
        QCOMPARE(outcome.errcode.value(), std::stoll(code));
        QCOMPARE(outcome.errmsg, std::string("no, because"));
        QCOMPARE(outcome.rid, std::string("697d4640-0b0c21d1-6a7a8e6f"));
        QVERIFY(outcome.answered);
        QVERIFY(outcome.msgid.empty());
    }
}

void U1KnownAnswersTest::brokenLinesAreGraded_data() {
    QTest::addColumn<HttpFailure>("what");
    QTest::addColumn<WirePhase>("phase");
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::addColumn<std::string>("cause");
    QTest::addColumn<bool>("ambiguous");
    QTest::addColumn<bool>("offline");
    using F = HttpFailure;
    using P = WirePhase;
    const auto before = [](const char *name, F what, const char *cause) {
        QTest::newRow(name) << what << P::NotWritten << C::Transient << std::string(cause) << false << true;
    };
    const auto after = [](const char *name, F what, P phase, const char *cause) {
        QTest::newRow(name) << what << phase << C::Transient << std::string(cause) << true << false;
    };
    before("no such name", F::NameLookup, "name_lookup");
    before("refused", F::ConnectionRefused, "connection_refused");
    before("no route", F::Unreachable, "unreachable");
    before("connect timeout", F::ConnectTimeout, "connect_timeout");
    before("proxy says no", F::Proxy, "proxy");
    before("handshake breaks", F::TlsHandshake, "tls_handshake");
    before("closed before the request was out", F::Closed, "not_written");
    before("timeout before the request was out", F::Timeout, "connect_timeout");
    before("cancelled before the request was out", F::Cancelled, "not_written");
    before("other before the request was out", F::Other, "not_written");
    before("nothing known, nothing out", F::None, "not_written");
    after("closed after the request was out", F::Closed, P::Written, "closed");
    after("timeout waiting for the answer", F::Timeout, P::Written, "timeout");
    after("cancelled after the request was out", F::Cancelled, P::Written, "closed");
    after("other after the request was out", F::Other, P::Written, "closed");
    after("no status, request out", F::None, P::Written, "closed");
    after("timeout inside the answer", F::Timeout, P::Answered, "timeout");
    after("closed inside the answer", F::Closed, P::Answered, "closed");
    after("answer cut off", F::BrokenBody, P::Answered, "broken_body");
    after("answer too large", F::TooLarge, P::Answered, "too_large");
    // Never ignored, never repeated: a wrong clock, an intercepting proxy or old roots need a person.
    QTest::newRow("certificate not trusted")
        << F::TlsUntrusted << P::NotWritten << C::Config << std::string("tls_untrusted") << false << false;
    QTest::newRow("proxy wants a password") << F::ProxyLogin << P::NotWritten << C::Config << std::string("proxy_login") << false << false;
}

void U1KnownAnswersTest::brokenLinesAreGraded() {
    QFETCH(HttpFailure, what);
    QFETCH(WirePhase, phase);
    QFETCH(ErrorClass, errorClass);
    for (const ApiKind api : {ApiKind::Send, ApiKind::Token, ApiKind::Query}) {
        const Outcome outcome = graded(failure(what, phase), api);
        QCOMPARE(named(outcome.errorClass), named(errorClass));
        QTEST(outcome.cause, "cause");
        QTEST(outcome.ambiguous, "ambiguous");
        QTEST(outcome.offline, "offline");
        QCOMPARE(outcome.scope, outcome.errorClass == C::Config ? HoldScope::Account : HoldScope::None);
        QVERIFY(!outcome.answered);
        QVERIFY(!outcome.errcode);
        QVERIFY(shippedCatalogue().findCause(outcome.cause));
    }
}

void U1KnownAnswersTest::statusesWithoutEnvelopeAreGraded_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::addColumn<std::string>("cause");
    QTest::addColumn<bool>("ambiguous");
    const auto row = [](int status, C errorClass, const char *cause, bool ambiguous) {
        QTest::addRow("HTTP %d", status) << status << errorClass << std::string(cause) << ambiguous;
    };
    for (const int status : {301, 302, 303, 304, 307, 308})
        row(status, C::Config, "http_redirect", false);
    row(400, C::Content, "http_400", false);
    row(405, C::Content, "http_405", false);
    row(411, C::Content, "http_411", false);
    row(413, C::Content, "http_413", false);
    row(414, C::Content, "http_414", false);
    row(415, C::Content, "http_415", false);
    row(401, C::Config, "http_401", false);
    row(403, C::Config, "http_403", false);
    row(404, C::Config, "http_404", false);
    row(412, C::Config, "http_412", false);
    row(408, C::Transient, "http_408", true);
    row(429, C::ThrottleMinute, "http_429", false);
    row(500, C::Transient, "http_500", true);
    row(502, C::Transient, "http_502", true);
    row(503, C::Transient, "http_503", true); // mostly refused, but nobody knows
    row(504, C::Transient, "http_504", true);
    row(402, C::Unknown, "http_402", true);
    row(418, C::Unknown, "http_418", true);
    row(499, C::Unknown, "http_499", true);
    row(501, C::Unknown, "http_501", true);
    row(520, C::Unknown, "http_520", true);
    row(599, C::Unknown, "http_599", true);
}

void U1KnownAnswersTest::statusesWithoutEnvelopeAreGraded() {
    QFETCH(int, status);
    QFETCH(ErrorClass, errorClass);
    for (const char *body :
        {"", "<html><body>gateway</body></html>", "{\"message\":\"no\"}", "{\"msgid\":12}"}) {
        const Outcome outcome = graded(answer(status, body));
        QCOMPARE(named(outcome.errorClass), named(errorClass));
        QTEST(outcome.cause, "cause");
        QTEST(outcome.ambiguous, "ambiguous");
        QCOMPARE(outcome.scope, outcome.errorClass == C::Config ? HoldScope::Account : HoldScope::None);
        QVERIFY(!outcome.offline);
        QVERIFY(outcome.msgid.empty());
        QVERIFY(shippedCatalogue().findCause(outcome.cause));
    }
}

void U1KnownAnswersTest::nothingUnknownIsASuccess() {
    std::set<std::string> known;
    for (const Meaning &m : meanings) {
        for (const std::string &code : words(m.codes))
            known.insert(code);
    }
    int unknown = 0;
    for (int code = -100'000; code <= 350'000; code += code > -60'000 && code < 100'000 ? 1 : 97) {
        const std::string text = std::to_string(code);
        if (code == 0 || known.contains(text))
            continue;
        // Even beside a message id.
        const Outcome outcome = graded(answer(200, "{\"errcode\":" + text + ",\"errmsg\":\"?\",\"msgid\":12}"));
        if (outcome.errorClass != C::Unknown || outcome.cause != text || outcome.scope != HoldScope::None || !outcome.answered)
            QFAIL(("errcode " + text + " is graded as " + toString(outcome.errorClass)).c_str());
        ++unknown;
    }
    qInfo("%d unknown codes", unknown);
}

void U1KnownAnswersTest::unknownAnswersAreTriedThreeTimes() {
    World world({.seed = 11});
    world.wechat.setSendScript([](const SendCall &c) {
        return c.openid == "o7" ? Behaviour::answer(987654) : Behaviour::ok();
    });
    world.enqueue(20);
    world.start();
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Dead], 1);
    QCOMPARE(world.counts()[MessageState::Accepted], 19);
    QCOMPARE(world.number("SELECT attempts FROM message WHERE state = 7"), 3);
    QCOMPARE(world.number("SELECT errcode FROM message WHERE state = 7"), 987654);
    // Shown with its number and the platform's words.
    COMPARE_TEXT(world.text("SELECT cause FROM message WHERE state = 7"), std::string("987654"));
    COMPARE_TEXT(world.text("SELECT DISTINCT errmsg FROM attempt WHERE errcode = 987654"), std::string("failed"));
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(U1KnownAnswersTest)
#include "u1_known_answers_test.moc"
