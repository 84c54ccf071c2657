// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/template_syntax.h"

#include "tests/unit/printing.h"

using namespace songda;

namespace {

/// Parts as one text: [words] and <key>.
std::string drawn(const std::vector<TemplatePart> &parts) {
    std::string text;
    for (const TemplatePart &part : parts)
        text += part.isKey ? "<" + part.text + ">" : "[" + part.text + "]";
    return text;
}

/// Keys as one text: name:type:label, one after the other.
std::string drawn(const std::vector<TemplateKey> &keys) {
    std::string text;
    for (const TemplateKey &key : keys)
        text += (text.empty() ? "" : ", ") + key.name + "/" + toString(key.type) + "/" + key.label;
    return text;
}

} // namespace

class PolicyTemplateSyntaxTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placeholdersAreFound_data();
    void placeholdersAreFound();
    void whatOnlyLooksLikeOneStaysText_data();
    void whatOnlyLooksLikeOneStaysText();
    void keysHaveTypesAndLabels_data();
    void keysHaveTypesAndLabels();
    void typeIsTheNameBeforeTheNumber_data();
    void typeIsTheNameBeforeTheNumber();
    void typesHaveTheirNames_data();
    void typesHaveTheirNames();
    void hiddenKeysAreKnown();
    void partsAddUpToTheContent();
};

void PolicyTemplateSyntaxTest::placeholdersAreFound_data() {
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::string>("parts");
    const auto row = [](const char *name, const char *content, const char *parts) {
        QTest::newRow(name) << std::string(content) << std::string(parts);
    };
    row("empty", "", "");
    row("words only", "hello", "[hello]");
    row("alone", "{{thing1.DATA}}", "<thing1>");
    row("title, colon", "商品名称:{{thing1.DATA}}", "[商品名称:]<thing1>");
    row("title, full-width colon", "商品名称：{{thing1.DATA}}", "[商品名称：]<thing1>");
    row("suffix", "金额:{{amount1.DATA}}元", "[金额:]<amount1>[元]");
    row("blanks inside", "{{ thing1.DATA }}", "<thing1>");
    row("blanks between the braces", "{ {thing1.DATA} }", "<thing1>");
    row("blanks everywhere", "{  {  thing1.DATA  }  }", "<thing1>");
    row("tabs", "{\t{thing1.DATA}\t}", "<thing1>");
    row("two lines", "a:{{thing1.DATA}}\nb:{{time2.DATA}}", "[a:]<thing1>[\nb:]<time2>");
    row("CRLF", "a:{{thing1.DATA}}\r\nb:{{time2.DATA}}\r\n", "[a:]<thing1>[\r\nb:]<time2>[\r\n]");
    row("two beside each other", "{{thing1.DATA}}{{thing2.DATA}}", "<thing1><thing2>");
    row("one key twice", "{{thing1.DATA}} {{thing1.DATA}}", "<thing1>[ ]<thing1>");
    row("industry template", "{{first.DATA}}\n订单号：{{keyword1.DATA}}\n{{remark.DATA}}",
        "<first>[\n订单号：]<keyword1>[\n]<remark>");
    row("named key", "{{orderMoneySum.DATA}}", "<orderMoneySum>");
    row("underscore first", "{{_x.DATA}}", "<_x>");
    row("underscore inside", "{{phone_number12.DATA}}", "<phone_number12>");
    row("capitals", "{{KEYWORD.DATA}}", "<KEYWORD>");
    row("key called DATA", "{{DATA.DATA}}", "<DATA>");
    row("one brace before", "{{{thing1.DATA}}", "[{]<thing1>");
    row("one brace behind", "{{thing1.DATA}}}", "<thing1>[}]");
    row("broken one before", "{{thing1 {{thing2.DATA}}", "[{{thing1 ]<thing2>");
}

void PolicyTemplateSyntaxTest::placeholdersAreFound() {
    QFETCH(std::string, content);
    QFETCH(std::string, parts);
    QCOMPARE(drawn(parseTemplate(content)), parts);
}

void PolicyTemplateSyntaxTest::whatOnlyLooksLikeOneStaysText_data() {
    QTest::addColumn<std::string>("content");
    for (const char *content : {"{{thing1}}", "{{thing1.data}}", "{{thing1.Data}}", "{{thing1.DATA}",
             "{{thing1.DATA", "{thing1.DATA}", "{thing1.DATA}}", "{{1thing.DATA}}", "{{.DATA}}", "{{}}",
             "{{ }}", "{{thing 1.DATA}}", "{{thing1 .DATA}}", "{{thing1. DATA}}", "{{thing1.DATAX}}",
             "{{thing1.DATA.DATA}}", "{{thing-1.DATA}}", "{{名称.DATA}}", "{{thing1．DATA}}",
             "｛｛thing1.DATA｝｝", "{{thing1.DATA)}", "}}thing1.DATA{{", "{", "{{", "}}"})
        QTest::newRow(content) << std::string(content);
    QTest::newRow("NUL in the key") << std::string("{{thi\0ng1.DATA}}", 16);
    QTest::newRow("many braces") << std::string(10000, '{');
}

void PolicyTemplateSyntaxTest::whatOnlyLooksLikeOneStaysText() {
    QFETCH(std::string, content);
    const auto parts = parseTemplate(content);
    QCOMPARE(parts.size(), std::size_t{1});
    QVERIFY(!parts[0].isKey);
    QCOMPARE(parts[0].text, content);
    QVERIFY(templateKeys(content).empty());
}

void PolicyTemplateSyntaxTest::keysHaveTypesAndLabels_data() {
    QTest::addColumn<std::string>("content");
    QTest::addColumn<std::string>("keys");
    const auto row = [](const char *name, const char *content, const char *keys) {
        QTest::newRow(name) << std::string(content) << std::string(keys);
    };
    row("none", "hello", "");
    row("category template", "商品名称:{{thing1.DATA}}\n支付时间:{{time2.DATA}}\n金额:{{amount3.DATA}}元",
        "thing1/thing/商品名称, time2/time/支付时间, amount3/amount/金额");
    row("industry template",
        "{{first.DATA}}\r\n订单号：{{keyword1.DATA}}\r\n状态：{{keyword2.DATA}}\r\n{{remark.DATA}}",
        "first/text/, keyword1/text/订单号, keyword2/text/状态, remark/text/");
    row("blanks around the title", "  商品名称 : {{thing1.DATA}}", "thing1/thing/商品名称");
    row("blanks and a full-width colon", "商品名称 ： {{thing1.DATA}}", "thing1/thing/商品名称");
    row("colon inside the title", "时间:开始：{{time1.DATA}}", "time1/time/时间:开始");
    row("title without colon", "尊敬的{{name1.DATA}}您好", "name1/name/尊敬的");
    row("two in a line", "时间:{{time1.DATA}} 至 {{time2.DATA}}", "time1/time/时间, time2/time/至");
    row("beside each other", "x:{{thing1.DATA}}{{thing2.DATA}}", "thing1/thing/x, thing2/thing/");
    row("one key twice counts once", "a:{{thing1.DATA}}\nb:{{thing1.DATA}}\nc:{{thing2.DATA}}",
        "thing1/thing/a, thing2/thing/c");
    row("title on the line above", "标题\n{{thing1.DATA}}", "thing1/thing/");
    row("in order of appearance", "{{thing9.DATA}}{{thing1.DATA}}", "thing9/thing/, thing1/thing/");
}

void PolicyTemplateSyntaxTest::keysHaveTypesAndLabels() {
    QFETCH(std::string, content);
    QFETCH(std::string, keys);
    QCOMPARE(drawn(templateKeys(content)), keys);
}

void PolicyTemplateSyntaxTest::typeIsTheNameBeforeTheNumber_data() {
    QTest::addColumn<ValueType>("type");
    QTest::newRow("thing1") << ValueType::Thing;
    QTest::newRow("thing12") << ValueType::Thing;
    QTest::newRow("short_thing2") << ValueType::ShortThing;
    QTest::newRow("const3") << ValueType::Constant;
    QTest::newRow("enum4") << ValueType::Constant;
    QTest::newRow("character_string5") << ValueType::CharacterString;
    QTest::newRow("number6") << ValueType::Number;
    QTest::newRow("letter7") << ValueType::Letter;
    QTest::newRow("symbol8") << ValueType::Symbol;
    QTest::newRow("phrase9") << ValueType::Phrase;
    QTest::newRow("name10") << ValueType::Name;
    QTest::newRow("amount11") << ValueType::Amount;
    QTest::newRow("phone_number12") << ValueType::PhoneNumber;
    QTest::newRow("car_number13") << ValueType::CarNumber;
    QTest::newRow("time14") << ValueType::Time;
    QTest::newRow("date15") << ValueType::Date;
    for (const char *key : {"first", "remark", "keyword1", "keyword20", "orderMoneySum", "thing", "time",
             "Thing1", "THING1", "things1", "mything1", "thing_1", "1", ""})
        QTest::newRow(*key ? key : "empty") << ValueType::Untyped;
}

void PolicyTemplateSyntaxTest::typeIsTheNameBeforeTheNumber() {
    QFETCH(ValueType, type);
    const char *key = QTest::currentDataTag();
    QVERIFY(valueTypeOf(std::string_view(key) == "empty" ? "" : key) == type);
}

void PolicyTemplateSyntaxTest::typesHaveTheirNames_data() {
    QTest::addColumn<ValueType>("type");
    QTest::newRow("thing") << ValueType::Thing;
    QTest::newRow("const") << ValueType::Constant;
    QTest::newRow("character_string") << ValueType::CharacterString;
    QTest::newRow("phone_number") << ValueType::PhoneNumber;
    QTest::newRow("date") << ValueType::Date;
    QTest::newRow("text") << ValueType::Untyped;
}

void PolicyTemplateSyntaxTest::typesHaveTheirNames() {
    QFETCH(ValueType, type);
    QCOMPARE(toString(type), QTest::currentDataTag());
}

void PolicyTemplateSyntaxTest::hiddenKeysAreKnown() {
    QVERIFY(isHiddenKey("first"));
    QVERIFY(isHiddenKey("remark"));
    for (const char *key : {"", "First", "first1", "keyword1", "thing1"})
        QVERIFY2(!isHiddenKey(key), key);
}

void PolicyTemplateSyntaxTest::partsAddUpToTheContent() {
    const std::string content = "x{{a.DATA}} {b} {{c}} {{{d.DATA}}}\r\n{{e.DATA}}";
    std::string again;
    for (const TemplatePart &part : parseTemplate(content))
        again += part.isKey ? "{{" + part.text + ".DATA}}" : part.text;
    QCOMPARE(again, content);
}

QTEST_GUILESS_MAIN(PolicyTemplateSyntaxTest)
#include "policy_template_syntax_test.moc"
