// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/json_lines.h"

#include "engine/policy/utf8.h"
#include "tests/unit/printing.h"

using namespace songda;

namespace {

using Kind = JsonLine::Kind;

std::string refusal(std::string_view text) {
    const auto read = readJsonLines(text);
    return read ? "taken" : read.error().detail;
}

JsonLine readGood(std::string_view text) {
    auto read = readJsonLines(text);
    return read ? std::move(*read) : JsonLine{};
}

} // namespace

class PolicyJsonLinesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryKind();
    void namesStandInTheirLine();
    void numbersBeforeALineEndStandInTheirLine();
    void saysTheLineOfAMistake_data();
    void saysTheLineOfAMistake();
    void takesComments_data();
    void takesComments();
    void depthIsBounded();
    void numbersKeepTheirDigits();
    void takesAHundredThousandNames();
    void whatIsQuotedIsFitForALine_data();
    void whatIsQuotedIsFitForALine();
};

void PolicyJsonLinesTest::readsEveryKind() {
    const JsonLine root = readGood(R"({"n": null, "b": true, "w": -5, "r": 2.5, "t": "免费", "a": [1, "x", {}], "o": {"in": 1}})");
    QVERIFY(root.kind == Kind::Object);
    QCOMPARE(root.members.size(), std::size_t{7});
    QVERIFY(root.find("n")->kind == Kind::Null);
    QVERIFY(root.find("b")->kind == Kind::Bool && root.find("b")->flag);
    QVERIFY(root.find("w")->kind == Kind::Whole && root.find("w")->whole == -5);
    QVERIFY(root.find("r")->kind == Kind::Real && root.find("r")->real == 2.5);
    QCOMPARE(root.find("t")->text, std::string("免费"));
    QVERIFY(root.find("a")->kind == Kind::Array);
    QCOMPARE(root.find("a")->elements.size(), std::size_t{3});
    QVERIFY(root.find("o")->find("in"));
    QVERIFY(!root.find("in") && !root.find(""));
    QVERIFY(readGood("5").kind == Kind::Whole);
    QVERIFY(readGood("\xEF\xBB\xBF{}").kind == Kind::Object); // a byte order mark
}

void PolicyJsonLinesTest::namesStandInTheirLine() {
    for (const char *end : {"\n", "\r\n"}) {
        QByteArray text = "// first\n{\n\"a\": 1,\n\"b\":\n\n2, \"c\": {\n\"d\": /* over\nlines */ [\n3\n],\n\"e\":{}}\n}\n";
        text.replace("\n", end);
        const JsonLine root = readGood(text.toStdString());
        QCOMPARE(root.line, 2);
        QCOMPARE(root.find("a")->line, 3);
        QCOMPARE(root.find("b")->line, 4); // of its name
        QCOMPARE(root.find("c")->line, 6);
        QCOMPARE(root.find("c")->find("d")->line, 7);
        QCOMPARE(root.find("c")->find("d")->elements.at(0).line, 9);
        QCOMPARE(root.find("c")->find("e")->line, 11);
    }
}

void PolicyJsonLinesTest::numbersBeforeALineEndStandInTheirLine() {
    QCOMPARE(readGood("5\n\n").line, 1);
    QCOMPARE(readGood("\n5\n").line, 2);
    const JsonLine list = readGood("[\n1\n,\n2\n]\n");
    QCOMPARE(list.elements.at(0).line, 2);
    QCOMPARE(list.elements.at(1).line, 4);
}

void PolicyJsonLinesTest::saysTheLineOfAMistake_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("empty") << QByteArray() << 1;
    QTest::newRow("blank") << QByteArray("\n\n\n") << 3;
    QTest::newRow("not begun") << QByteArray("policy\n") << 1;
    QTest::newRow("colon missing") << QByteArray("{\n\"a\" 5\n}\n") << 2;
    QTest::newRow("colon missing before a text") << QByteArray("{\n\"a\" \"b\"\n}\n") << 2;
    QTest::newRow("comma missing") << QByteArray("{\n\"a\": 5\n\"b\": 6\n}\n") << 3;
    QTest::newRow("comma missing in a line") << QByteArray("{\n\"a\": 5 \"b\": 6\n}\n") << 2;
    QTest::newRow("comma too many") << QByteArray("{\n\"a\": 5,\n}\n") << 3;
    QTest::newRow("quote missing at the end") << QByteArray("{\n\"a\": \"full,\n\"b\": 6\n}\n") << 2;
    QTest::newRow("quote missing at the begin") << QByteArray("{\n\"a\": full\",\n\"b\": 6\n}\n") << 2;
    QTest::newRow("name without quotes") << QByteArray("{\na: 5\n}\n") << 2;
    QTest::newRow("single quotes") << QByteArray("{\n'a': 5\n}\n") << 2;
    QTest::newRow("number with a zero before") << QByteArray("{\n\"a\": 05\n}\n") << 2;
    QTest::newRow("number cut off") << QByteArray("{\n\"a\": 5.\n}\n") << 2;
    QTest::newRow("sign alone") << QByteArray("{\n\"a\": -\n}\n") << 2;
    QTest::newRow("number beyond a double") << QByteArray("{\n\"a\": 1e999\n}\n") << 2;
    QTest::newRow("no number") << QByteArray("{\n\"a\": NaN\n}\n") << 2;
    QTest::newRow("object not closed") << QByteArray("{\n\"a\": {\n\"b\": 1\n") << 3;
    QTest::newRow("closed by another") << QByteArray("{\n\"a\": [1\n}\n]") << 3;
    QTest::newRow("something behind") << QByteArray("{}\n\n{}\n") << 3;
    QTest::newRow("a number behind") << QByteArray("{}\n7\n") << 2;
    QTest::newRow("comment not ended") << QByteArray("{}\n/* and so\non\n") << 3;
    QTest::newRow("half a comment") << QByteArray("{\n/ here\n}") << 2;
    QTest::newRow("tab in a text") << QByteArray("{\n\"a\": \"x\ty\"\n}\n") << 2;
    QTest::newRow("unknown escape") << QByteArray("{\n\"a\": \"\\x\"\n}\n") << 2;
    QTest::newRow("half a surrogate") << QByteArray("{\n\"a\": \"\\ud800\"\n}\n") << 2;
    QTest::newRow("not UTF-8") << QByteArray("{\n\n\"a\": \"\xff\"\n}\n") << 3;
    QTest::newRow("twice") << QByteArray("{\n\"a\": 1,\n\"b\": 2,\n\"a\": 3\n}\n") << 4;
    QTest::newRow("twice, written otherwise") << QByteArray("{\n\"a\": 1,\n\"\\u0061\": 3\n}\n") << 3;
    QTest::newRow("twice, deeper") << QByteArray("{\n\"a\": {\n\"b\": 1, \"b\": 1}}") << 3;
    QTest::newRow("NUL behind") << QByteArray("{}\n\0{}", 6) << 2;
    QTest::newRow("NUL inside") << QByteArray("{\n\n\0}", 5) << 3;
    QTest::newRow("NUL in a comment") << QByteArray("// \0\n{}", 7) << 1;
    QTest::newRow("UTF-16") << QByteArray("{\0}\0", 4) << 1;
}

void PolicyJsonLinesTest::saysTheLineOfAMistake() {
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    const std::string wanted = "line " + std::to_string(line) + ": ";
    const std::string said = refusal(text.toStdString());
    QVERIFY2(said.starts_with(wanted), said.c_str());
    // The same with line ends of another system.
    QByteArray other = text;
    const std::string otherwise = refusal(other.replace("\n", "\r\n").toStdString());
    QVERIFY2(otherwise.starts_with(wanted), otherwise.c_str());
}

void PolicyJsonLinesTest::takesComments_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("line") << QByteArray("// before\n{\"a\": 1 // behind\n, \"b\": 2}\n// after");
    QTest::newRow("block") << QByteArray("/* before */{/**/\"a\"/***/:/* x */1/* * / */,\"b\":2}/* over\n\nlines */");
    QTest::newRow("not UTF-8 inside") << QByteArray("// \xff\xfe\n{\"a\": 1, /* \xc3 */ \"b\": 2}");
    QTest::newRow("marks inside texts are text") << QByteArray("{\"a\": 1, \"b\": 2, \"c\": \"// no /* comment */\"}");
    QTest::newRow("one in the other") << QByteArray("{\"a\": 1, // /* \n \"b\": 2 /* // */}");
}

void PolicyJsonLinesTest::takesComments() {
    QFETCH(QByteArray, text);
    const auto root = readJsonLines(text.toStdString());
    QVERIFY2(root.has_value(), refusal(text.toStdString()).c_str());
    QVERIFY(root->find("a") && root->find("a")->whole == 1);
    QVERIFY(root->find("b") && root->find("b")->whole == 2);
    if (const JsonLine *c = root->find("c"))
        QCOMPARE(c->text, std::string("// no /* comment */"));
}

void PolicyJsonLinesTest::depthIsBounded() {
    const auto nested = [](std::size_t depth, const std::string &open, const std::string &close) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i)
            text += open + "\n";
        text += open.size() > 1 ? "1" : "";
        for (std::size_t i = 0; i < depth; ++i)
            text += close;
        return text;
    };
    QCOMPARE(refusal(nested(16, "[", "]")), std::string("taken"));
    QCOMPARE(refusal(nested(17, "[", "]")), std::string("line 17: nested too deep"));
    QCOMPARE(refusal(nested(16, "{\"a\":", "}")), std::string("taken"));
    QVERIFY(refusal(nested(17, "{\"a\":", "}")).ends_with("nested too deep"));
    QVERIFY(refusal(nested(300'000, "[", "")).ends_with("nested too deep"));
}

void PolicyJsonLinesTest::numbersKeepTheirDigits() {
    const JsonLine root = readGood("[9223372036854775807, -9223372036854775808, 9223372036854775808, 1e3, 1.0, -0, 123456789012345678]");
    QCOMPARE(root.elements.at(0).whole, std::numeric_limits<std::int64_t>::max());
    QCOMPARE(root.elements.at(1).whole, std::numeric_limits<std::int64_t>::min());
    QVERIFY(root.elements.at(2).kind == Kind::Real); // beyond 64 bits
    QVERIFY(root.elements.at(3).kind == Kind::Real);
    QVERIFY(root.elements.at(4).kind == Kind::Real);
    QVERIFY(root.elements.at(5).kind == Kind::Whole);
    QCOMPARE(root.elements.at(6).whole, std::int64_t{123456789012345678});
}

void PolicyJsonLinesTest::takesAHundredThousandNames() {
    // Looking through all names for each name would take thousands of millions of comparisons.
    std::string text = "{";
    for (int i = 0; i < 100'000; ++i)
        text += "\"" + std::to_string(i) + "\":1,\n";
    text += "\"7\":2}";
    QCOMPARE(refusal(text), std::string("line 100001: \"7\" stands twice in one object"));
}

void PolicyJsonLinesTest::whatIsQuotedIsFitForALine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("long name twice") << QByteArray("{\"" + QByteArray(100'000, 'a') + "\":1,\"" + QByteArray(100'000, 'a') + "\":1}");
    QTest::newRow("line break in a name twice") << QByteArray(R"({"a\nline 9: b":1,"a\nline 9: b":2})");
    QTest::newRow("long token") << QByteArray("{\"a\" \"" + QStringLiteral("费").repeated(50'000).toUtf8() + "\"}");
    QTest::newRow("token cut inside a character") << QByteArray("{\"a\" \"xy" + QStringLiteral("费").repeated(50).toUtf8() + "\"}");
    QTest::newRow("token that is not UTF-8") << QByteArray("{\"a\": \"xy\xff");
    QTest::newRow("bytes outside of texts") << QByteArray("{\xff\xfe\x80");
}

void PolicyJsonLinesTest::whatIsQuotedIsFitForALine() {
    QFETCH(QByteArray, text);
    const std::string said = refusal(text.toStdString());
    QVERIFY(said.starts_with("line 1: "));
    QVERIFY(said.size() < 200);
    QVERIFY(said.find('\n') == std::string::npos);
    QVERIFY2(utf8::isValid(said), "an error that is not UTF-8 cannot be shown as JSON");
}

QTEST_GUILESS_MAIN(PolicyJsonLinesTest)
#include "policy_json_lines_test.moc"
