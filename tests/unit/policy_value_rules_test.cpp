// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/value_rules.h"

#include "engine/policy/utf8.h"

#include "tests/unit/printing.h"

using namespace songda;

namespace {

using T = ValueType;
using F = ValueFault;
using Data = std::map<std::string, std::string, std::less<>>;

std::string times(int n, const char *text) {
    std::string all;
    for (int i = 0; i < n; ++i)
        all += text;
    return all;
}

const char *nameOf(std::optional<ValueFault> fault) {
    if (!fault)
        return "fine";
    switch (*fault) {
    case F::Empty:
        return "empty";
    case F::TooLong:
        return "too long";
    case F::NotUtf8:
        return "not UTF-8";
    case F::ControlCharacter:
        return "control character";
    case F::WrongForm:
        return "wrong form";
    case F::MissingKey:
        return "missing key";
    case F::UnknownKey:
        return "unknown key";
    case F::BadOpenid:
        return "bad openid";
    case F::BadUrl:
        return "bad URL";
    }
    return "?";
}

const std::vector<ValueType> allTypes{T::Thing, T::ShortThing, T::Constant, T::CharacterString, T::Number,
    T::Letter, T::Symbol, T::Phrase, T::Name, T::Amount, T::PhoneNumber, T::CarNumber, T::Time, T::Date,
    T::Untyped};

} // namespace

class PolicyValueRulesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesFollowTheirTypes_data();
    void valuesFollowTheirTypes();
    void everyTypeRefusesWhatNoneTakes();
    void limitsCountCharactersNotBytes_data();
    void limitsCountCharactersNotBytes();
    void dataHasExactlyTheTemplatesKeys_data();
    void dataHasExactlyTheTemplatesKeys();
    void problemsAreToldInOneSentence_data();
    void problemsAreToldInOneSentence();
    void openidsAreChecked_data();
    void openidsAreChecked();
    void urlsAreChecked_data();
    void urlsAreChecked();
    void templateIdsHaveFortyThreeCharacters();
};

void PolicyValueRulesTest::valuesFollowTheirTypes_data() {
    QTest::addColumn<ValueType>("type");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("verdict");
    const auto rows = [](T type, const char *verdict, std::initializer_list<std::string> values) {
        int n = 0;
        for (const std::string &value : values)
            QTest::addRow("%s, %s, %d: %s", toString(type), verdict, ++n, utf8::printable(value, 60).c_str())
                << type << value << std::string(verdict);
    };
    const char *fine = "fine";
    const char *wrong = "wrong form";
    const char *tooLong = "too long";

    rows(T::Thing, fine, {"a", "订单 No.12，已发货！", times(20, "货"), times(20, "😀"), "=1+1", "<b>"});
    rows(T::Thing, tooLong, {times(21, "货"), times(21, "a"), times(21, "😀")});
    rows(T::ShortThing, fine, {"a", "已发货", times(5, "货"), times(5, "😀")});
    rows(T::ShortThing, tooLong, {times(6, "货"), "abcdef"});
    rows(T::Constant, fine, {"已发货", times(20, "货")});
    rows(T::Constant, tooLong, {times(21, "货")});
    rows(T::CharacterString, fine, {"A", "SF-2026/0001 #7", "~!@#$%^&*()", times(32, "x")});
    rows(T::CharacterString, wrong, {"订单1", "é", "😀", "Ａ"});
    rows(T::CharacterString, tooLong, {times(33, "x")});
    rows(T::Number, fine, {"0", "12", "-12", "12.5", "-0.001", "007", times(32, "9")});
    rows(T::Number, wrong,
        {"+1", "1.", ".5", "-", "1,000", "1e5", "1.2.3", "--1", "1 2", " 1", "1 ", "0x10", "１２", "一"});
    rows(T::Number, tooLong, {times(33, "9")});
    rows(T::Letter, fine, {"a", "AbC", times(32, "z")});
    rows(T::Letter, wrong, {"a1", "a b", "a-b", "é", "字", "Ａ"});
    rows(T::Letter, tooLong, {times(33, "z")});
    rows(T::Symbol, fine, {"*", "￥$€", "……", "★★★★★"});
    rows(T::Symbol, wrong, {"a", "1", "*a", "(1)"});
    rows(T::Symbol, tooLong, {"******"});
    rows(T::Phrase, fine, {"好", "已发货", times(5, "货"), "〇", "𠮷"});
    rows(T::Phrase, wrong, {"OK", "已1", "已 发", "已！", "あ", "😀"});
    rows(T::Phrase, tooLong, {times(6, "货")});
    rows(T::Name, fine, {"张三", times(10, "张"), times(20, "a"), "Anna-Maria O'Neill", "张san"});
    rows(T::Name, wrong, {times(11, "张"), "张" + times(10, "a")});
    rows(T::Name, tooLong, {times(21, "a"), times(21, "张")});
    rows(T::Amount, fine,
        {"0", "12", "12.5", "12.50", "¥12.50", "￥12", "$1", "€1", "£1", "12元", "¥12.50元", times(10, "9"),
            "¥" + times(10, "9") + ".99元"});
    rows(T::Amount, wrong,
        {"-1", "+1", "1.", ".5", "12.505", "1,000", "元", "¥", "12 元", "¥¥1", "12元元", "12.5元x", "12块",
            "USD 1", times(11, "9"), "１２"});
    rows(T::Amount, tooLong, {times(16, "9")});
    rows(T::PhoneNumber, fine, {"13800138000", "+86-13800138000", "(010) 8888-8888", times(17, "1")});
    rows(T::PhoneNumber, wrong, {"138x", "13800138000转1", "１３８", "138.0013.8000", "138/139"});
    rows(T::PhoneNumber, tooLong, {times(18, "1")});
    rows(T::CarNumber, fine, {"粤A8Z888", "粤A8Z888挂", "沪AD12345", "A12345", "使A"});
    rows(T::CarNumber, wrong, {"粤A8挂88", "粤A-8888", "粤A 888", "あA888", "粤A😀8"});
    rows(T::CarNumber, tooLong, {"粤A8Z88888", "A12345678"});
    rows(T::Time, fine,
        {"15:01", "9:05", "00:00", "23:59", "15:01:30", "2019年10月1日 15:01", "2019-10-01 15:01:30",
            "2019/10/01 15:01", "2019.10.1 15:01", "15:01~16:30", "15:01 ~ 16:30",
            "2019年10月1日 15:01~2019年10月2日 16:01", "2024-02-29 15:01"});
    rows(T::Time, wrong,
        {"15", "15:1", "25:00", "24:30", "15:60", "15:01:60", "15:01:", "15：01", "15:01pm", "15.01",
            "2019年10月1日", "2019-10-01", "2019-13-01 15:01", "2019-10-32 15:01", "2019-00-01 15:01",
            "2019-10/01 15:01", "2019年10-1日 15:01", "19-10-01 15:01", "2023-02-29 15:01", "15:01~",
            "~15:01", "15:01~16:30~17:00", "15:01-16:30", "明天"});
    rows(T::Date, fine,
        {"2019年10月1日", "2019-10-01", "2019/10/01", "2019.10.01", "2019-1-1", "2019年10月1日 15:01",
            "2019-10-01 15:01:30", "2019-10-01~2019-10-07", "2019年10月1日 ~ 2019年10月7日",
            "2019-10-01 08:00~2019-10-01 09:00", "2024-02-29", "2000-02-29"});
    rows(T::Date, wrong,
        {"15:01", "10-01", "2019-10", "2019年10月", "2019年10月1", "2019-10-00", "2019-13-01", "2019-10-32",
            "2019-04-31", "2023-02-29", "2100-02-29", "2019 10 01", "2019-10/01", "20191001", "2019-10-01x",
            "2019-10-01~", "2019-10-01 25:00", "2019-10-01T15:01", "Oct 1 2019", "二〇一九年十月一日"});
    rows(T::Untyped, fine, {"a", times(1000, "货"), "first line\nsecond line", "tab\there", "=1+1"});
}

void PolicyValueRulesTest::valuesFollowTheirTypes() {
    QFETCH(ValueType, type);
    QFETCH(std::string, value);
    QFETCH(std::string, verdict);
    QCOMPARE(std::string(nameOf(checkValue(type, value))), verdict);
}

void PolicyValueRulesTest::everyTypeRefusesWhatNoneTakes() {
    for (const ValueType type : allTypes) {
        for (const char *blank : {"", " ", "   ", "\u3000"})
            QVERIFY2(checkValue(type, blank) == F::Empty, toString(type));
        for (const char *broken : {"\xFF", "1\xFF", "\xE4\xB8", "\xC0\xB1", "\xED\xA0\x80", "\xD6\xD0"})
            QVERIFY2(checkValue(type, broken) == F::NotUtf8, toString(type));
        for (const std::string &control : {std::string("1\0", 2), std::string("1\x1b"), std::string("1\x7f"),
                 std::string("1\u0085"), std::string("1\u2028"), std::string("1\u2029")})
            QVERIFY2(checkValue(type, control) == F::ControlCharacter, toString(type));
        if (type == T::Untyped)
            continue;
        for (const char *lineBreak : {"1\n", "1\r\n2", "1\t2", "\n1"})
            QVERIFY2(checkValue(type, lineBreak) == F::ControlCharacter, toString(type));
    }
}

void PolicyValueRulesTest::limitsCountCharactersNotBytes_data() {
    QTest::addColumn<std::string>("character");
    QTest::addColumn<int>("codePoints");
    QTest::newRow("ASCII") << std::string("a") << 1;
    QTest::newRow("Latin") << std::string("é") << 1;
    QTest::newRow("Chinese") << std::string("货") << 1;
    QTest::newRow("rare Chinese") << std::string("𠮷") << 1;
    QTest::newRow("emoji") << std::string("😀") << 1;
    QTest::newRow("combining accent") << std::string("e\u0301") << 2;
    QTest::newRow("flag") << std::string("🇨🇳") << 2;
    QTest::newRow("joined emoji") << std::string("👩‍💻") << 3;
}

void PolicyValueRulesTest::limitsCountCharactersNotBytes() {
    QFETCH(std::string, character);
    QFETCH(int, codePoints);
    const int fits = 20 / codePoints;
    QCOMPARE(std::string(nameOf(checkValue(T::Thing, times(fits, character.c_str())))), std::string("fine"));
    QCOMPARE(std::string(nameOf(checkValue(T::Thing, times(fits + 1, character.c_str())))),
        std::string("too long"));
}

void PolicyValueRulesTest::dataHasExactlyTheTemplatesKeys_data() {
    QTest::addColumn<std::string>("content");
    QTest::addColumn<Data>("data");
    QTest::addColumn<std::string>("verdict");
    const auto row = [](const char *name, const char *content, Data data, const char *verdict) {
        QTest::newRow(name) << std::string(content) << std::move(data) << std::string(verdict);
    };
    const char *two = "a:{{thing1.DATA}}\nb:{{time2.DATA}}";
    row("all there", two, {{"thing1", "x"}, {"time2", "15:01"}}, "fine");
    row("one missing", two, {{"thing1", "x"}}, "time2 missing key");
    row("all missing", two, {}, "thing1 missing key");
    row("one too many", two, {{"thing1", "x"}, {"time2", "15:01"}, {"thing3", "y"}}, "thing3 unknown key");
    row("wrong case", two, {{"Thing1", "x"}, {"time2", "15:01"}}, "thing1 missing key");
    row("one empty", two, {{"thing1", ""}, {"time2", "15:01"}}, "thing1 empty");
    row("one wrong", two, {{"thing1", "x"}, {"time2", "soon"}}, "time2 wrong form");
    row("one too long", two, {{"thing1", times(21, "x")}, {"time2", "15:01"}}, "thing1 too long");
    const char *old = "{{first.DATA}}\n{{keyword1.DATA}}\n{{remark.DATA}}";
    row("hidden keys may be missing", old, {{"keyword1", "x"}}, "fine");
    row("hidden keys may be empty", old, {{"first", ""}, {"keyword1", "x"}, {"remark", ""}}, "fine");
    row("hidden keys may be there", old, {{"first", "hello"}, {"keyword1", "x"}, {"remark", "bye"}}, "fine");
    row("hidden keys must be readable", old, {{"first", "\xFF"}, {"keyword1", "x"}}, "first not UTF-8");
    row("shown ones may not be missing", old, {{"first", "hello"}}, "keyword1 missing key");
    row("hidden keys of another template", two, {{"thing1", "x"}, {"time2", "15:01"}, {"first", "y"}},
        "first unknown key");
    row("no keys at all", "hello", {}, "fine");
}

void PolicyValueRulesTest::dataHasExactlyTheTemplatesKeys() {
    QFETCH(std::string, content);
    QFETCH(Data, data);
    QFETCH(std::string, verdict);
    const auto problem = checkData(templateKeys(content), data);
    QCOMPARE(problem ? problem->key + " " + nameOf(problem->fault) : std::string("fine"), verdict);
}

void PolicyValueRulesTest::problemsAreToldInOneSentence_data() {
    QTest::addColumn<ValueFault>("fault");
    QTest::addColumn<ValueType>("type");
    QTest::addColumn<std::string>("words");
    QTest::newRow("empty") << F::Empty << T::Thing << std::string("empty");
    QTest::newRow("too long") << F::TooLong << T::Thing << std::string("20");
    QTest::newRow("too long, short thing") << F::TooLong << T::ShortThing << std::string("5");
    QTest::newRow("too long, phone") << F::TooLong << T::PhoneNumber << std::string("17");
    QTest::newRow("not UTF-8") << F::NotUtf8 << T::Thing << std::string("UTF-8");
    QTest::newRow("control character") << F::ControlCharacter << T::Thing << std::string("line break");
    QTest::newRow("number") << F::WrongForm << T::Number << std::string("number");
    QTest::newRow("date") << F::WrongForm << T::Date << std::string("2019-10-01");
    QTest::newRow("missing") << F::MissingKey << T::Thing << std::string("missing");
    QTest::newRow("unknown") << F::UnknownKey << T::Thing << std::string("not a key");
}

void PolicyValueRulesTest::problemsAreToldInOneSentence() {
    QFETCH(ValueFault, fault);
    QFETCH(ValueType, type);
    QFETCH(std::string, words);
    const std::string sentence = toString(ValueProblem{"thing7", fault, type});
    QVERIFY2(sentence.starts_with("thing7 "), sentence.c_str());
    QVERIFY2(sentence.find(words) != std::string::npos, sentence.c_str());
}

void PolicyValueRulesTest::openidsAreChecked_data() {
    QTest::addColumn<std::string>("openid");
    QTest::addColumn<bool>("good");
    QTest::newRow("real") << std::string("oABC-DEF_GHIJKLMNOPQRSTUVWX1") << true;
    QTest::newRow("one character") << std::string("o") << true;
    QTest::newRow("sixty-four") << std::string(64, 'o') << true;
    QTest::newRow("sixty-five") << std::string(65, 'o') << false;
    QTest::newRow("empty") << std::string{} << false;
    QTest::newRow("blank inside") << std::string("o A") << false;
    QTest::newRow("blank behind") << std::string("oA ") << false;
    QTest::newRow("Chinese") << std::string("张三") << false;
    QTest::newRow("list") << std::string("oA,oB") << false;
    QTest::newRow("quote") << std::string("oA\"") << false;
    QTest::newRow("NUL") << std::string("oA\0", 3) << false;
    QTest::newRow("Excel's number") << std::string("1.23E+11") << false;
}

void PolicyValueRulesTest::openidsAreChecked() {
    QFETCH(std::string, openid);
    QFETCH(bool, good);
    QCOMPARE(isPlausibleOpenid(openid), good);
}

void PolicyValueRulesTest::urlsAreChecked_data() {
    QTest::addColumn<std::string>("url");
    QTest::addColumn<bool>("good");
    const std::string base = "https://example.com/";
    QTest::newRow("https") << base << true;
    QTest::newRow("http") << std::string("http://example.com/a?b=c&d=%20#e") << true;
    QTest::newRow("Chinese in the path") << base + "订单" << true;
    QTest::newRow("1024 bytes") << base + std::string(1024 - base.size(), 'x') << true;
    QTest::newRow("1025 bytes") << base + std::string(1025 - base.size(), 'x') << false;
    QTest::newRow("empty") << std::string{} << false;
    QTest::newRow("no scheme") << std::string("example.com") << false;
    QTest::newRow("ftp") << std::string("ftp://example.com") << false;
    QTest::newRow("script") << std::string("javascript:alert(1)") << false;
    QTest::newRow("mini-program path") << std::string("pages/index") << false;
    QTest::newRow("scheme only") << std::string("https://") << false;
    QTest::newRow("blank") << base + "a b" << false;
    QTest::newRow("line break") << base + "a\n" << false;
    QTest::newRow("broken UTF-8") << base + "\xFF" << false;
}

void PolicyValueRulesTest::urlsAreChecked() {
    QFETCH(std::string, url);
    QFETCH(bool, good);
    QCOMPARE(isPlausibleUrl(url), good);
}

void PolicyValueRulesTest::templateIdsHaveFortyThreeCharacters() {
    QVERIFY(isTemplateId("ngqIpbwh8bUfcSsECmogfXcV14J0tQlEpBO27izEYtY"));
    QVERIFY(isTemplateId(std::string(43, '-')));
    QVERIFY(!isTemplateId(std::string(42, 'a')));
    QVERIFY(!isTemplateId(std::string(44, 'a')));
    QVERIFY(!isTemplateId(std::string(42, 'a') + "."));
    QVERIFY(!isTemplateId(""));
}

QTEST_GUILESS_MAIN(PolicyValueRulesTest)
#include "policy_value_rules_test.moc"
