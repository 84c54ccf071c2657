// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/error_catalogue.h"

#include "tests/unit/catalogue.h"
#include "tests/unit/printing.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

using namespace songda;
using songda::testing::named;
using songda::testing::shippedCatalogue;

namespace {

using C = ErrorClass;

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
    void otherCodesAreNotKnown();
    void platformsDisagreeAboutOneCode_data();
    void platformsDisagreeAboutOneCode();
    void holdsLastAsLongAsWeChatSays_data();
    void holdsLastAsLongAsWeChatSays();
    void punishmentsRaiseAnAlarm();
    void entriesCanBeRead();
    void causesAreFound();
    void causesOfAttemptsAreForeseen();
    void exactApiGoesBeforeAny();
    void brokenCataloguesAreRefused_data();
    void brokenCataloguesAreRefused();
    void missingFieldsAreRefused_data();
    void missingFieldsAreRefused();
};

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
    row("43108", "wechat", "send", 1, 3);
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
    QCOMPARE(found("40164"), std::string("wechat any 40164"));
    QCOMPARE(found("token:40164"), std::string("wechat any 40164"));
    QCOMPARE(found("token:45009"), std::string("wechat any 45009"));
    QCOMPARE(found("token:timeout"), std::string("transport any timeout"));
    QCOMPARE(found("timeout"), std::string("transport any timeout"));
    QCOMPARE(found("http_502"), std::string("transport any http_502"));
    QCOMPARE(found("http_418"), std::string("transport any http_other"));
    QCOMPARE(found("99999"), std::string("nothing"));
    QCOMPARE(found(""), std::string("nothing"));
}

void PolicyErrorCatalogueTest::causesOfAttemptsAreForeseen() {
    const auto causes = shippedCatalogue().attemptCauses();
    const std::set<std::pair<ErrorClass, std::string>> all(causes.begin(), causes.end());
    QCOMPARE(all.size(), causes.size());
    for (const auto &cause : std::vector<std::pair<ErrorClass, std::string>>{
             {C::Success, ""}, {C::Transient, "-1"}, {C::Recipient, "43004"}, {C::Transient, "timeout"}, {C::Transient, "http_500"}})
        QVERIFY2(all.contains(cause), cause.second.c_str());
    QCOMPARE(std::count_if(all.begin(), all.end(), [](const auto &cause) { return cause.first == C::Success; }), 1);
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
