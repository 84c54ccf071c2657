// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/utf8.h"

#include "tests/unit/printing.h"

using namespace songda;

class PolicyUtf8Test final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void codePointsAreCounted_data();
    void codePointsAreCounted();
    void brokenBytesAreSeen_data();
    void brokenBytesAreSeen();
    void everyCodePointGoesRound();
    void printableCutsWholeCharacters_data();
    void printableCutsWholeCharacters();
    void hanIsWhatChineseIsWrittenWith_data();
    void hanIsWhatChineseIsWrittenWith();
    void controlsAreWhatBreaksLines();
};

void PolicyUtf8Test::codePointsAreCounted_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("length");
    QTest::newRow("empty") << std::string{} << 0;
    QTest::newRow("ASCII") << std::string("abc") << 3;
    QTest::newRow("Latin") << std::string("é") << 1;
    QTest::newRow("Chinese") << std::string("订单已发货") << 5;
    QTest::newRow("beyond the first plane") << std::string("𠮷野家") << 3;
    QTest::newRow("emoji") << std::string("😀") << 1;
    QTest::newRow("emoji with a skin colour") << std::string("👍🏽") << 2;
    QTest::newRow("family of four, joined") << std::string("👨‍👩‍👧‍👦") << 7;
    QTest::newRow("combining accent") << std::string("e\u0301") << 2;
    QTest::newRow("NUL is a character") << std::string("a\0b", 3) << 3;
    QTest::newRow("byte order mark") << std::string("\xEF\xBB\xBF") << 1;
    QTest::newRow("last code point") << std::string("\xF4\x8F\xBF\xBF") << 1;
}

void PolicyUtf8Test::codePointsAreCounted() {
    QFETCH(std::string, text);
    QFETCH(int, length);
    QVERIFY(utf8::isValid(text));
    QVERIFY(utf8::length(text) == static_cast<std::size_t>(length));
}

void PolicyUtf8Test::brokenBytesAreSeen_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("continuation alone") << std::string("\x80");
    QTest::newRow("lead alone") << std::string("\xE4");
    QTest::newRow("two of three") << std::string("\xE4\xB8");
    QTest::newRow("three of four") << std::string("\xF0\x9F\x98");
    QTest::newRow("lead and ASCII") << std::string("\xC3(");
    QTest::newRow("third byte wrong") << std::string("\xE4\xB8(");
    QTest::newRow("overlong slash") << std::string("\xC0\xAF");
    QTest::newRow("overlong, C1") << std::string("\xC1\xBF");
    QTest::newRow("overlong, three bytes") << std::string("\xE0\x80\xAF");
    QTest::newRow("overlong, just too low") << std::string("\xE0\x9F\xBF");
    QTest::newRow("overlong, four bytes") << std::string("\xF0\x8F\xBF\xBF");
    QTest::newRow("high surrogate") << std::string("\xED\xA0\x80");
    QTest::newRow("low surrogate") << std::string("\xED\xBF\xBF");
    QTest::newRow("above the last") << std::string("\xF4\x90\x80\x80");
    QTest::newRow("lead too high") << std::string("\xF5\x80\x80\x80");
    QTest::newRow("FE") << std::string("\xFE");
    QTest::newRow("FF") << std::string("\xFF");
    QTest::newRow("GBK") << std::string("\xD6\xD0\xCE\xC4");
}

void PolicyUtf8Test::brokenBytesAreSeen() {
    QFETCH(std::string, bytes);
    QVERIFY(!utf8::isValid(bytes));
    QVERIFY(!utf8::isValid("before" + bytes));
    QVERIFY(!utf8::isValid(bytes + "after"));
    QVERIFY(!utf8::length("中" + bytes + "文"));
    std::string_view rest = bytes;
    QVERIFY(!utf8::next(rest));
    QCOMPARE(rest.size(), bytes.size()); // nothing taken
}

void PolicyUtf8Test::everyCodePointGoesRound() {
    int good = 0;
    for (char32_t c = 0; c < 0x110000; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[4];
        std::size_t size = 0;
        const auto put
            = [&](char32_t byte) { bytes[size++] = static_cast<char>(static_cast<unsigned char>(byte)); };
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | c >> 6);
            put(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            put(0xE0 | c >> 12);
            put(0x80 | (c >> 6 & 0x3F));
            put(0x80 | (c & 0x3F));
        } else {
            put(0xF0 | c >> 18);
            put(0x80 | (c >> 12 & 0x3F));
            put(0x80 | (c >> 6 & 0x3F));
            put(0x80 | (c & 0x3F));
        }
        std::string_view rest(bytes, size);
        good += utf8::next(rest) == c && rest.empty();
    }
    QCOMPARE(good, 0x110000 - 0x800);
}

void PolicyUtf8Test::printableCutsWholeCharacters_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("most");
    QTest::addColumn<std::string>("printed");
    QTest::newRow("fits") << std::string("订单") << 6 << std::string("订单");
    QTest::newRow("one byte short") << std::string("订单") << 5 << std::string("订");
    QTest::newRow("no room") << std::string("订单") << 2 << std::string{};
    QTest::newRow("nothing") << std::string("abc") << 0 << std::string{};
    QTest::newRow("line breaks and tabs") << std::string("a\r\nb\tc") << 100 << std::string("a  b c");
    QTest::newRow("NUL and escape") << std::string("a\0\x1b[1mb", 7) << 100 << std::string("a  [1mb");
    QTest::newRow("line separator") << std::string("a\u2028b") << 100 << std::string("a b");
    QTest::newRow("broken byte") << std::string("订\xFF单") << 100 << std::string("订 单");
    QTest::newRow("half a character") << std::string("订\xE5\x8D") << 100 << std::string("订  ");
    QTest::newRow("emoji stays") << std::string("😀") << 4 << std::string("😀");
}

void PolicyUtf8Test::printableCutsWholeCharacters() {
    QFETCH(std::string, text);
    QFETCH(int, most);
    QFETCH(std::string, printed);
    QCOMPARE(utf8::printable(text, static_cast<std::size_t>(most)), printed);
}

void PolicyUtf8Test::hanIsWhatChineseIsWrittenWith_data() {
    QTest::addColumn<char32_t>("c");
    QTest::addColumn<bool>("han");
    QTest::newRow("one") << U'一' << true;
    QTest::newRow("last of the block") << char32_t{0x9FFF} << true;
    QTest::newRow("extension A") << char32_t{0x3400} << true;
    QTest::newRow("extension B") << U'𠮷' << true;
    QTest::newRow("zero as in a year") << U'〇' << true;
    QTest::newRow("compatibility form") << char32_t{0xF900} << true;
    QTest::newRow("letter") << U'a' << false;
    QTest::newRow("full-width letter") << U'Ａ' << false;
    QTest::newRow("hiragana") << U'あ' << false;
    QTest::newRow("hangul") << U'한' << false;
    QTest::newRow("full stop") << U'。' << false;
    QTest::newRow("emoji") << U'😀' << false;
    QTest::newRow("blank") << char32_t{0x3000} << false;
}

void PolicyUtf8Test::hanIsWhatChineseIsWrittenWith() {
    QFETCH(char32_t, c);
    QFETCH(bool, han);
    QCOMPARE(utf8::isHan(c), han);
}

void PolicyUtf8Test::controlsAreWhatBreaksLines() {
    for (char32_t c = 0; c < 0x20; ++c)
        QVERIFY(utf8::isControl(c));
    for (char32_t c = 0x20; c < 0x7F; ++c)
        QVERIFY(!utf8::isControl(c));
    for (char32_t c = 0x7F; c < 0xA0; ++c)
        QVERIFY(utf8::isControl(c));
    QVERIFY(utf8::isControl(0x2028));
    QVERIFY(utf8::isControl(0x2029));
    QVERIFY(!utf8::isControl(0xA0));
    QVERIFY(!utf8::isControl(U'中'));
    QVERIFY(!utf8::isControl(U'😀'));
}

QTEST_GUILESS_MAIN(PolicyUtf8Test)
#include "policy_utf8_test.moc"
