// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/content_builder.h"

#include "tests/unit/printing.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

using namespace songda;
using namespace songda::exchange;

namespace {

std::string literal(const std::string &text) {
    std::string out;
    appendJsonString(out, text);
    return out;
}

} // namespace

class ExchangeContentBuilderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stringsAreEscapedAsJsonDemands_data();
    void stringsAreEscapedAsJsonDemands();
    void everyStringIsParsedBack();
    void contentHasTheseBytes_data();
    void contentHasTheseBytes();
    void contentIsParsedBack();
    void contentKeyNeverChanges();
    void contentKeyTellsMessagesApart();
    void contentKeyIsFitForAColumn();
};

void ExchangeContentBuilderTest::stringsAreEscapedAsJsonDemands_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("json");
    QTest::newRow("empty") << std::string{} << std::string("\"\"");
    QTest::newRow("plain") << std::string("abc") << std::string("\"abc\"");
    QTest::newRow("Chinese stays raw") << std::string("订单") << std::string("\"订单\"");
    QTest::newRow("emoji stays raw") << std::string("😀") << std::string("\"😀\"");
    QTest::newRow("quote") << std::string("a\"b") << std::string("\"a\\\"b\"");
    QTest::newRow("backslash") << std::string("a\\b") << std::string("\"a\\\\b\"");
    QTest::newRow("slash stays") << std::string("a/b") << std::string("\"a/b\"");
    QTest::newRow("line breaks") << std::string("a\r\nb") << std::string("\"a\\r\\nb\"");
    QTest::newRow("tab") << std::string("a\tb") << std::string("\"a\\tb\"");
    QTest::newRow("NUL") << std::string("a\0b", 3) << std::string("\"a\\u0000b\"");
    QTest::newRow("escape") << std::string("\x1b") << std::string("\"\\u001b\"");
    QTest::newRow("DEL stays") << std::string("\x7f") << std::string("\"\x7f\"");
    QTest::newRow("markup stays") << std::string("<b>&'") << std::string("\"<b>&'\"");
    QTest::newRow("line separator stays") << std::string("\u2028") << std::string("\"\u2028\"");
}

void ExchangeContentBuilderTest::stringsAreEscapedAsJsonDemands() {
    QFETCH(std::string, text);
    QTEST(literal(text), "json");
}

void ExchangeContentBuilderTest::everyStringIsParsedBack() {
    std::mt19937_64 random(7);
    static const std::vector<std::string> atoms{"\"", "\\", "\n", "\r", "\t", std::string(1, '\0'), "\x01",
        "\x1f", "\x7f", "/", "u0041", "é", "茶", "😀", "a", " "};
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        const auto length = random() % 20;
        for (std::uint64_t n = 0; n < length; ++n)
            text += atoms[random() % atoms.size()];
        const auto parsed = nlohmann::json::parse(literal(text), nullptr, false);
        QVERIFY2(parsed.is_string(), literal(text).c_str());
        QCOMPARE(parsed.get<std::string>(), text);
    }
}

void ExchangeContentBuilderTest::contentHasTheseBytes_data() {
    using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;
    QTest::addColumn<Pairs>("data");
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::string>("content");
    QTest::newRow("nothing") << Pairs{} << std::string{} << std::string(R"({"data":{}})");
    QTest::newRow("one") << Pairs{{"thing1", "茶"}} << std::string{}
                         << std::string(R"({"data":{"thing1":{"value":"茶"}}})");
    QTest::newRow("order as given") << Pairs{{"time2", "15:01"}, {"thing1", "茶"}} << std::string{}
                                    << std::string(
                                           R"({"data":{"time2":{"value":"15:01"},"thing1":{"value":"茶"}}})");
    QTest::newRow("url first")
        << Pairs{{"thing1", "x"}} << std::string("https://example.com/?a=\"b\"")
        << std::string(R"({"url":"https://example.com/?a=\"b\"","data":{"thing1":{"value":"x"}}})");
    QTest::newRow("numbers are strings")
        << Pairs{{"number1", "12"}} << std::string{} << std::string(R"({"data":{"number1":{"value":"12"}}})");
}

void ExchangeContentBuilderTest::contentHasTheseBytes() {
    using Pairs = std::vector<std::pair<std::string_view, std::string_view>>;
    QFETCH(Pairs, data);
    QFETCH(std::string, url);
    QTEST(buildContent(data, url), "content");
    QCOMPARE(buildContent(data, url), buildContent(data, url));
}

void ExchangeContentBuilderTest::contentIsParsedBack() {
    const auto json = nlohmann::json::parse(
        buildContent({{"thing1", "say \"hi\"\\\n"}, {"odd\"key", "\x01"}}, "https://example.com/\\\""));
    QCOMPARE(json["url"].get<std::string>(), std::string("https://example.com/\\\""));
    QCOMPARE(json["data"]["thing1"]["value"].get<std::string>(), std::string("say \"hi\"\\\n"));
    QCOMPARE(json["data"]["odd\"key"]["value"].get<std::string>(), std::string("\x01"));
    QCOMPARE(json.size(), std::size_t{2});
    QCOMPARE(json["data"].size(), std::size_t{2});
}

void ExchangeContentBuilderTest::contentKeyNeverChanges() {
    // Stored with every imported message: another value would send an old file's messages again.
    const std::string content = R"({"data":{"thing1":{"value":"茶"}}})";
    QCOMPARE(contentKey(TemplateRef{7}, "", "oA", content), std::string("c.Cxx0LGMJGLiI2XFDaWgJ"));
    QCOMPARE(contentKey(TemplateRef{7}, "spring", "oA", content), std::string("c.rLkBuNfsNu1oAS-cEjmU"));
}

void ExchangeContentBuilderTest::contentKeyTellsMessagesApart() {
    std::set<std::string> keys;
    int count = 0;
    // Parts that run together into the same bytes when they are only put side by side.
    for (const std::int64_t ref : {1, 11}) {
        for (const char *batch : {"", "1", "a", "ab"}) {
            for (const char *openid : {"o", "bo", "1:o", "oo"}) {
                for (const char *content : {"{}", "o{}", "{\"data\":{}}"}) {
                    keys.insert(contentKey(TemplateRef{ref}, batch, openid, content));
                    ++count;
                }
            }
        }
    }
    QCOMPARE(static_cast<int>(keys.size()), count);
}

void ExchangeContentBuilderTest::contentKeyIsFitForAColumn() {
    static constexpr std::string_view alphabet
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    for (int i = 0; i < 1000; ++i) {
        const std::string key = contentKey(TemplateRef{i}, "批次", "oA", "{}");
        QCOMPARE(key.size(), std::size_t{22});
        QVERIFY(key.starts_with("c."));
        QVERIFY2(key.find_first_not_of(alphabet) == std::string::npos, key.c_str());
    }
}

QTEST_GUILESS_MAIN(ExchangeContentBuilderTest)
#include "exchange_content_builder_test.moc"
