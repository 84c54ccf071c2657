// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/error_catalogue.h"

#include "tests/unit/catalogue.h"
#include "tests/unit/printing.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

using namespace songda;
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
    {"send", "40036 40037 40165 40249 43116", C::Config, templateOnly},
    {"subscribe", "40037 41030 43107", C::Config, templateOnly},
    {"send", "40039", C::Content, none},
    {"send query", "40048 40066", C::Content, none},
    {"subscribe", "40062", C::Content, none},
    {"token", "40125 40164 40243", C::Config, account},
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
    {"subscribe", "43108", C::Transient, none},
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

nlohmann::json goodEntry(const char *code = "43004") {
    return {{"family", "wechat"}, {"api", "send"}, {"code", code}, {"class", "recipient"}, {"scope", "none"},
        {"move", "recipient"}, {"retry_helps", false}, {"ambiguous", false}, {"hold_seconds", 0},
        {"alarm", false}, {"meaning", {{"en", "Not a follower"}, {"zh", "未关注"}}},
        {"advice", {{"en", "Nothing"}, {"zh", "无"}}}};
}

std::string catalogueOf(const nlohmann::json &entries) {
    return nlohmann::json{{"version", 1}, {"entries", entries}}.dump();
}

} // namespace

class PolicyErrorCatalogueTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKnownCodeHasItsClass_data();
    void everyKnownCodeHasItsClass();
    void otherCodesAreNotKnown();
    void platformsDisagreeAboutOneCode_data();
    void platformsDisagreeAboutOneCode();
    void holdsLastAsLongAsWeChatSays_data();
    void holdsLastAsLongAsWeChatSays();
    void punishmentsRaiseAnAlarm();
    void entriesCanBeRead();
    void causesAreFound();
    void exactApiGoesBeforeAny();
    void brokenCataloguesAreRefused_data();
    void brokenCataloguesAreRefused();
    void missingFieldsAreRefused_data();
    void missingFieldsAreRefused();
};

void PolicyErrorCatalogueTest::everyKnownCodeHasItsClass_data() {
    QTest::addColumn<std::string>("api");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<ErrorClass>("errorClass");
    QTest::addColumn<HoldScope>("scope");
    for (const Meaning &m : meanings) {
        for (const std::string &api : words(m.apis)) {
            for (const std::string &code : words(m.codes))
                QTest::addRow("%s %s", api.c_str(), code.c_str()) << api << code << m.errorClass << m.scope;
        }
    }
}

void PolicyErrorCatalogueTest::everyKnownCodeHasItsClass() {
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

void PolicyErrorCatalogueTest::otherCodesAreNotKnown() {
    for (const char *code : {"", "1", "99999", "43004 ", "+43004", "043004"})
        QVERIFY2(!shippedCatalogue().find("wechat", "send", code), code);
    QVERIFY(!shippedCatalogue().find("nobody", "send", "43004"));
    QVERIFY(!shippedCatalogue().find("wechat", "send", "timeout"));
}

void PolicyErrorCatalogueTest::platformsDisagreeAboutOneCode_data() {
    QTest::addColumn<std::string>("code");
    QTest::addColumn<ErrorClass>("wechat");
    QTest::addColumn<ErrorClass>("wecom");
    QTest::addColumn<ErrorClass>("dingtalk");
    QTest::newRow("45009") << std::string("45009") << C::ThrottleDay << C::ThrottleMinute << C::Unknown;
    QTest::newRow("40066") << std::string("40066") << C::Content << C::Recipient << C::Content;
    QTest::newRow("48002") << std::string("48002") << C::Recipient << C::Config << C::Config;
    QTest::newRow("50002") << std::string("50002") << C::Config << C::Recipient << C::Recipient;
    QTest::newRow("43003") << std::string("43003") << C::Config << C::Unknown << C::Config;
}

void PolicyErrorCatalogueTest::platformsDisagreeAboutOneCode() {
    QFETCH(std::string, code);
    QFETCH(ErrorClass, wechat);
    QFETCH(ErrorClass, wecom);
    QFETCH(ErrorClass, dingtalk);
    const auto classOf = [&](const char *family) {
        const CatalogueEntry *entry = shippedCatalogue().find(family, "send", code);
        return entry ? entry->errorClass : ErrorClass::Unknown;
    };
    QCOMPARE(named(classOf("wechat")), named(wechat));
    QCOMPARE(named(classOf("wecom")), named(wecom));
    QCOMPARE(named(classOf("dingtalk")), named(dingtalk));
}

void PolicyErrorCatalogueTest::holdsLastAsLongAsWeChatSays_data() {
    QTest::addColumn<std::string>("family");
    QTest::addColumn<std::string>("api");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    const auto row = [](const char *code, const char *family, const char *api, int least, int most) {
        QTest::newRow(code) << std::string(family) << std::string(api) << least << most;
    };
    row("45011", "wechat", "send", 60, 60);
    row("45066", "wechat", "send", 60, 60);
    row("40164", "wechat", "token", 300, 600);
    row("40243", "wechat", "token", 600, 600);
    row("89503", "wechat", "token", 300, 300);
    row("89506", "wechat", "token", 86400, 86400);
    row("89507", "wechat", "token", 3600, 3600);
    row("http_429", "transport", "any", 60, 60);
}

void PolicyErrorCatalogueTest::holdsLastAsLongAsWeChatSays() {
    QFETCH(std::string, family);
    QFETCH(std::string, api);
    QFETCH(int, least);
    QFETCH(int, most);
    const CatalogueEntry *entry = shippedCatalogue().find(family, api, QTest::currentDataTag());
    QVERIFY(entry);
    QVERIFY(entry->hold >= Seconds{least} && entry->hold <= Seconds{most});
}

void PolicyErrorCatalogueTest::punishmentsRaiseAnAlarm() {
    for (const char *code : {"40249", "43116", "48004", "50002", "50004", "50007"}) {
        const CatalogueEntry *entry = shippedCatalogue().find("wechat", "send", code);
        QVERIFY2(entry && entry->alarm, code);
    }
    for (const char *code : {"0", "-1", "43004", "43101", "45011", "47003"}) {
        const CatalogueEntry *entry = shippedCatalogue().find("wechat", "send", code);
        QVERIFY2(entry && !entry->alarm, code);
    }
}

void PolicyErrorCatalogueTest::entriesCanBeRead() {
    static const std::set<std::string> moves{
        "recipient", "content", "template", "account", "wechat", "network", "program"};
    QVERIFY(shippedCatalogue().entries().size() > 200);
    for (const CatalogueEntry &e : shippedCatalogue().entries()) {
        const std::string name = e.family + " " + e.api + " " + e.code;
        QVERIFY2(!e.en.meaning.empty() && !e.en.advice.empty(), name.c_str());
        QVERIFY2(!e.zh.meaning.empty() && !e.zh.advice.empty(), name.c_str());
        QVERIFY2(moves.contains(e.move), name.c_str());
        QVERIFY2(e.hold.count() >= 0, name.c_str());
        // Only what needs a person stops anything; and what needs a person says what it stops.
        QVERIFY2((e.errorClass == ErrorClass::Config) == (e.scope != HoldScope::None), name.c_str());
        // Nobody repeats what is final.
        const bool final = e.errorClass == ErrorClass::Recipient || e.errorClass == ErrorClass::Content
            || e.errorClass == ErrorClass::Success;
        QVERIFY2(!final || !e.retryHelps, name.c_str());
        QVERIFY2(!final || !e.ambiguous, name.c_str());
    }
}

void PolicyErrorCatalogueTest::causesAreFound() {
    const ErrorCatalogue &catalogue = shippedCatalogue();
    const auto found = [&](const char *cause) {
        const CatalogueEntry *entry = catalogue.findCause(cause);
        return entry ? entry->family + " " + entry->api + " " + entry->code : std::string("nothing");
    };
    QCOMPARE(found("43004"), std::string("wechat any 43004"));
    QCOMPARE(found("40001"), std::string("wechat any 40001"));
    QCOMPARE(found("token:40001"), std::string("wechat token 40001"));
    QCOMPARE(found("token:45009"), std::string("wechat any 45009"));
    QCOMPARE(found("token:timeout"), std::string("transport any timeout"));
    QCOMPARE(found("timeout"), std::string("transport any timeout"));
    QCOMPARE(found("http_502"), std::string("transport any http_502"));
    QCOMPARE(found("http_418"), std::string("transport any http_other"));
    QCOMPARE(found("99999"), std::string("nothing"));
    QCOMPARE(found(""), std::string("nothing"));
}

void PolicyErrorCatalogueTest::exactApiGoesBeforeAny() {
    auto any = goodEntry();
    any["api"] = "any";
    any["class"] = "content";
    const auto catalogue = ErrorCatalogue::fromJson(catalogueOf({any, goodEntry()}));
    QVERIFY(catalogue.has_value());
    QCOMPARE(named(catalogue->find("wechat", "send", "43004")->errorClass), named(ErrorClass::Recipient));
    QCOMPARE(named(catalogue->find("wechat", "token", "43004")->errorClass), named(ErrorClass::Content));
    QCOMPARE(catalogue->entries().size(), std::size_t{2});
}

void PolicyErrorCatalogueTest::brokenCataloguesAreRefused_data() {
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("culprit");
    const auto row = [](const char *name, const std::string &json, const char *culprit) {
        QTest::newRow(name) << json << std::string(culprit);
    };
    row("empty", "", "catalogue");
    row("no JSON", "{\"entries\":[", "catalogue");
    row("a list", "[]", "catalogue");
    row("no entries", "{}", "entries");
    row("entries are no list", R"({"entries":{}})", "entries");
    row("an entry is no object", catalogueOf({goodEntry("1"), 7}), "entry 2");
    row("duplicate", catalogueOf({goodEntry("1"), goodEntry("2"), goodEntry("1")}), "wechat send 1");
    const auto changed = [](const char *field, const nlohmann::json &value) {
        auto entry = goodEntry("2");
        entry[field] = value;
        return catalogueOf({goodEntry("1"), entry, goodEntry("3")});
    };
    row("unknown class", changed("class", "permanent"), "entry 2");
    row("class in capitals", changed("class", "Recipient"), "entry 2");
    row("class is a number", changed("class", 5), "entry 2");
    row("unknown scope", changed("scope", "world"), "entry 2");
    row("code is a number", changed("code", 2), "entry 2");
    row("no Chinese meaning", changed("meaning", {{"en", "Words"}}), "entry 2");
    row("empty meaning", changed("meaning", {{"en", ""}, {"zh", "无"}}), "entry 2");
    row("no English advice", changed("advice", {{"zh", "无"}}), "entry 2");
    row("hold is a text", changed("hold_seconds", "60"), "entry 2");
    row("ambiguous is a text", changed("ambiguous", "true"), "entry 2");
}

void PolicyErrorCatalogueTest::brokenCataloguesAreRefused() {
    QFETCH(std::string, json);
    QFETCH(std::string, culprit);
    const auto catalogue = ErrorCatalogue::fromJson(json);
    QVERIFY(!catalogue.has_value());
    QCOMPARE(named(catalogue.error().code), named(ErrorCode::InvalidInput));
    QVERIFY2(catalogue.error().detail.find(culprit) != std::string::npos, catalogue.error().detail.c_str());
}

void PolicyErrorCatalogueTest::missingFieldsAreRefused_data() {
    QTest::addColumn<std::string>("field");
    const auto entry = goodEntry();
    for (const auto &[field, value] : entry.items())
        QTest::newRow(field.c_str()) << field;
}

void PolicyErrorCatalogueTest::missingFieldsAreRefused() {
    QFETCH(std::string, field);
    auto entry = goodEntry("2");
    QCOMPARE(entry.erase(field), std::size_t{1});
    const auto catalogue = ErrorCatalogue::fromJson(catalogueOf({goodEntry("1"), entry}));
    QVERIFY(!catalogue.has_value());
    QCOMPARE(named(catalogue.error().code), named(ErrorCode::InvalidInput));
    QVERIFY2(catalogue.error().detail.find("entry 2") != std::string::npos, catalogue.error().detail.c_str());
}

QTEST_GUILESS_MAIN(PolicyErrorCatalogueTest)
#include "policy_error_catalogue_test.moc"
