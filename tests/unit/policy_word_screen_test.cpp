// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/word_screen.h"

#include "tests/unit/printing.h"

#include <random>
#include <vector>

using namespace songda;

namespace {

WordScreen screenOf(std::string_view lines) {
    auto screen = WordScreen::fromLines(lines);
    return screen ? std::move(*screen) : WordScreen{};
}

std::string foundIn(const WordScreen &screen, std::string_view text) {
    const std::string *word = screen.find(text);
    return word ? *word : "nothing";
}

std::string refusal(std::string_view lines) {
    const auto screen = WordScreen::fromLines(lines);
    return screen ? "taken" : screen.error().detail;
}

/// The same text as it is compared: written anew here, character by character, to be independent of what is tested.
const std::vector<std::pair<std::string, std::string>> alphabet{{"a", "a"}, {"A", "a"}, {"ａ", "a"}, {"Ａ", "a"}, {"b", "b"}, {"B", "b"},
    {"ｂ", "b"}, {"z", "z"}, {"Z", "z"}, {"Ｚ", "z"}, {"1", "1"}, {"１", "1"}, {"!", "!"}, {"！", "!"}, {"免", "免"}, {"费", "费"}, {"领", "领"},
    {"取", "取"}, {"é", "é"}, {"𠀀", "𠀀"}, {"😀", "😀"}, {"@", "@"}, {"[", "["}, {"`", "`"}};

struct Written {
    std::string text; ///< as it stands there
    std::vector<std::string> plain; ///< what it is compared as
};

Written randomText(std::mt19937_64 &random, std::size_t length, std::size_t letters) {
    Written w;
    for (std::size_t i = 0; i < length; ++i) {
        const auto &[shown, plain] = alphabet[random() % letters];
        w.text += shown;
        w.plain.push_back(plain);
    }
    return w;
}

/// The word that ends first, of those that end there the longest, of those the one that was listed first.
std::string naive(const std::vector<Written> &words, const Written &text) {
    for (std::size_t end = 1; end <= text.plain.size(); ++end) {
        const Written *best = nullptr;
        for (const Written &word : words) {
            const std::size_t size = word.plain.size();
            if (size > end || (best && size <= best->plain.size()))
                continue;
            if (std::equal(word.plain.begin(), word.plain.end(), text.plain.begin() + static_cast<std::ptrdiff_t>(end - size)))
                best = &word;
        }
        if (best)
            return best->text;
    }
    return "nothing";
}

} // namespace

class PolicyWordScreenTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWords_data();
    void findsWords();
    void readsLists_data();
    void readsLists();
    void saysWhereAListIsWrong_data();
    void saysWhereAListIsWrong();
    void aTextThatIsNotUtf8IsPassedOver();
    void nothingInNothing();
    void findsWhatASearchWordByWordFinds_data();
    void findsWhatASearchWordByWordFinds();
    void takesAHundredThousandWords();
};

void PolicyWordScreenTest::findsWords_data() {
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char *name, const char *words, const char *text, const char *found) {
        QTest::newRow(name) << QByteArray(words) << QByteArray(text) << QByteArray(found);
    };
    row("Chinese", "免费\n中奖", "恭喜您中奖了", "中奖");
    row("none", "免费\n中奖", "您的订单已发货", "nothing");
    row("the whole text", "免费", "免费", "免费");
    row("halves apart", "免费", "免 费", "nothing");
    row("other case", "Viagra", "cheap vIAGRA here", "Viagra");
    row("full width in the text", "vip", "成为ＶＩＰ会员", "vip");
    row("full width in the list", "ＶＩＰ１", "a vip1 b", "ＶＩＰ１");
    row("full width space", "vip card", "ＶＩＰ　ＣＡＲＤ", "vip card");
    row("word in word, the shorter ends first", "abcd\nbc", "xabcd", "bc");
    row("word in word, the longer at the same end", "cd\nabcd\nd", "xabcd", "abcd");
    row("word in word, the longer breaks off", "abcde\ncd", "abcdx", "cd");
    row("overlapping", "abab\nbabc", "xababc", "abab");
    row("overlapping, only the second is whole", "aabb\nabc", "aabc", "abc");
    row("begins again inside itself", "aab", "aaaab", "aab");
    row("falls back twice", "abcabd\nbcx\ncabq", "abcabq", "cabq");
    row("a prefix is no word", "abc", "ababab", "nothing");
    row("one letter", "x", "axb", "x");
    row("beyond the first plane", "𠀀费", "a𠀀费", "𠀀费");
    row("no mix with the lower plane", "𠀀", "\xEF\xBC\x80", "nothing");
    row("blanks around do not count", "  免费\t", "免费", "免费");
    row("blanks inside do", "free gift", "free  gift", "nothing");
    row("twice in the list, as it stands first", "Free\nFREE\nfree", "free", "Free");
    row("a letter is no sign", "[", "{", "nothing");
    row("a number sign inside a word", "c#d", "abc#def", "c#d");
}

void PolicyWordScreenTest::findsWords() {
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, found);
    const WordScreen screen = screenOf(words.toStdString());
    QVERIFY(screen.size() > 0);
    QCOMPARE(foundIn(screen, text.toStdString()), found.toStdString());
}

void PolicyWordScreenTest::readsLists_data() {
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<int>("words");
    QTest::newRow("empty") << QByteArray() << 0;
    QTest::newRow("empty lines") << QByteArray("\n\r\n \t\n") << 0;
    QTest::newRow("comments") << QByteArray("# words\n #with a blank before\n#\n") << 0;
    QTest::newRow("a comment need not be UTF-8") << QByteArray("# \xff\xfe\nword\n") << 1;
    QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBFword") << 1;
    QTest::newRow("byte order mark alone") << QByteArray("\xEF\xBB\xBF") << 0;
    QTest::newRow("byte order mark before a comment") << QByteArray("\xEF\xBB\xBF# words\nword") << 1;
    QTest::newRow("CRLF") << QByteArray("one\r\ntwo\r\n") << 2;
    QTest::newRow("no end of line at the end") << QByteArray("one\ntwo") << 2;
    QTest::newRow("the same in other case") << QByteArray("One\none\nＯＮＥ") << 1;
    QTest::newRow("a hundred characters") << QByteArray(QStringLiteral("费").repeated(100).toUtf8()) << 1;
}

void PolicyWordScreenTest::readsLists() {
    QFETCH(QByteArray, lines);
    QFETCH(int, words);
    const auto screen = WordScreen::fromLines(lines.toStdString());
    QVERIFY(screen.has_value());
    QCOMPARE(screen->size(), static_cast<std::size_t>(words));
    QVERIFY(words > 0 || !screen->find("one two word # \xEF\xBB\xBF"));
    if (lines.contains("word\n") || lines.endsWith("word"))
        QCOMPARE(foundIn(*screen, "a WORD"), std::string("word")); // without what stands around it
    if (lines.contains("two"))
        QCOMPARE(foundIn(*screen, "two"), std::string("two"));
}

void PolicyWordScreenTest::saysWhereAListIsWrong_data() {
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("not UTF-8") << QByteArray("one\n\n# two\nth\xffree\nfour") << QByteArray("line 4: the word is not UTF-8");
    QTest::newRow("GBK") << QByteArray("\xc3\xe2\xb7\xd1\n") << QByteArray("line 1: the word is not UTF-8");
    QTest::newRow("surrogate") << QByteArray("a\n\xED\xA0\x80") << QByteArray("line 2: the word is not UTF-8");
    QTest::newRow("cut off") << QByteArray("a\nb\xE5\x85") << QByteArray("line 2: the word is not UTF-8");
    QTest::newRow("NUL") << QByteArray("a\nb\0c", 5) << QByteArray("line 2: the word is not UTF-8");
    QTest::newRow("too long") << QByteArray(QStringLiteral("a\r\n%1\r\n").arg(QStringLiteral("费").repeated(101)).toUtf8())
                              << QByteArray("line 2: the word is longer than 100 characters");
}

void PolicyWordScreenTest::saysWhereAListIsWrong() {
    QFETCH(QByteArray, lines);
    QFETCH(QByteArray, reason);
    QCOMPARE(refusal(lines.toStdString()), reason.toStdString());
}

void PolicyWordScreenTest::aTextThatIsNotUtf8IsPassedOver() {
    const WordScreen screen = screenOf("免费\nab");
    QCOMPARE(foundIn(screen, "\xff\xfe免费"), std::string("免费"));
    QCOMPARE(foundIn(screen, "\xE5\x85免费"), std::string("免费"));
    QCOMPARE(foundIn(screen, "a\xff" "b"), std::string("nothing"));
    QCOMPARE(foundIn(screen, "a\xff" "ab"), std::string("ab"));
    QCOMPARE(foundIn(screen, std::string_view("a\0b\0ab", 6)), std::string("ab"));
    QCOMPARE(foundIn(screen, std::string(100'000, '\xE5')), std::string("nothing"));
    const WordScreen lowIsNul = screenOf("𠀀"); // its lower 16 bits are those of NUL
    QCOMPARE(foundIn(lowIsNul, std::string_view("\0\0", 2)), std::string("nothing"));
}

void PolicyWordScreenTest::nothingInNothing() {
    QVERIFY(!WordScreen{}.find("免费"));
    QVERIFY(!WordScreen{}.find(""));
    QVERIFY(!screenOf("免费").find(""));
    QVERIFY(!screenOf("").find("免费"));
}

void PolicyWordScreenTest::findsWhatASearchWordByWordFinds_data() {
    QTest::addColumn<int>("letters");
    QTest::addColumn<int>("longest");
    QTest::addColumn<int>("words");
    // Few letters make many words in words; many make few finds.
    QTest::newRow("all letters") << static_cast<int>(alphabet.size()) << 6 << 500;
    QTest::newRow("three letters") << 8 << 12 << 60;
    QTest::newRow("two letters") << 6 << 14 << 12;
}

void PolicyWordScreenTest::findsWhatASearchWordByWordFinds() {
    QFETCH(int, letters);
    QFETCH(int, longest);
    QFETCH(int, words);
    std::mt19937_64 random(8);
    const auto of = static_cast<std::size_t>(letters);
    int found = 0;
    for (int list = 0; list < 4; ++list) {
        std::vector<Written> listed;
        std::string lines = "# " + std::to_string(list) + "\r\n";
        for (int i = 0; i < words; ++i) {
            listed.push_back(randomText(random, 2 + random() % static_cast<std::size_t>(longest - 1), of));
            lines += listed.back().text + (i % 2 == 0 ? "\n" : "\r\n");
        }
        const WordScreen screen = screenOf(lines);
        QVERIFY(screen.size() > 0);
        for (int i = 0; i < 500; ++i) {
            const Written text = randomText(random, random() % 40, of);
            const std::string expected = naive(listed, text);
            QVERIFY2(foundIn(screen, text.text) == expected,
                ("seed 8, list " + std::to_string(list) + ", \"" + text.text + "\": " + foundIn(screen, text.text) + " instead of " + expected).c_str());
            found += expected == "nothing" ? 0 : 1;
        }
    }
    QVERIFY2(found > 200 && found < 2000, qPrintable(QString::number(found))); // both happen
}

void PolicyWordScreenTest::takesAHundredThousandWords() {
    std::string lines;
    for (int i = 0; i < 100'000; ++i)
        lines += "词" + std::to_string(i) + "号\n";
    const WordScreen screen = screenOf(lines);
    QCOMPARE(screen.size(), std::size_t{100'000});
    for (int i = 0; i < 100'000; i += 37) {
        const std::string word = "词" + std::to_string(i) + "号";
        QCOMPARE(foundIn(screen, "订单" + word + "。"), word);
        QCOMPARE(foundIn(screen, "订单词" + std::to_string(i) + "条"), std::string("nothing"));
    }
}

QTEST_GUILESS_MAIN(PolicyWordScreenTest)
#include "policy_word_screen_test.moc"
