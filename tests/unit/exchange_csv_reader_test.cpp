// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_reader.h"
#include "engine/exchange/formula_guard.h"

#include "tests/unit/csv_files.h"
#include "tests/unit/printing.h"

#include <QCryptographicHash>
#include <random>

using namespace songda;
using namespace songda::exchange;
using namespace songda::testing;

namespace {

/// The size of the pieces the reader takes from a file.
constexpr std::size_t piece = 256 * 1024;

/// A header and rows of known fields, `size` bytes in all, the last of them a line end.
std::string filler(std::size_t size) {
    std::string text = "a,b,c\n";
    const std::string line = std::string(5000, 'f') + ",filler,filler\n";
    while (text.size() + 2 * line.size() <= size)
        text += line;
    text += "x," + std::string(size - text.size() - 5, 'y') + ",\n";
    return text;
}

} // namespace

class ExchangeCsvReaderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void filesAreRead_data();
    void filesAreRead();
    void lineNumbersAreThoseOfAnEditor_data();
    void lineNumbersAreThoseOfAnEditor();
    void aBrokenQuoteLosesOnlyItsLine_data();
    void aBrokenQuoteLosesOnlyItsLine();
    void aQuoteNeverClosedInALargeFileLosesOnlyItsLine();
    void rowsWithNulBytesAreRefused_data();
    void rowsWithNulBytesAreRefused();
    void emptyFilesAreRefused();
    void missingFilesAreRefused();
    void recordsMaySpanTwoPieces_data();
    void recordsMaySpanTwoPieces();
    void aLongRecordIsRead();
    void aTooLongLineIsOneFaultyRow_data();
    void aTooLongLineIsOneFaultyRow();
    void progressGoesFromNothingToAll();
    void theDigestIsThatOfTheBytes_data();
    void theDigestIsThatOfTheBytes();
    void randomRowsAreReadBack_data();
    void randomRowsAreReadBack();
    void faultsHaveWords();
};

void ExchangeCsvReaderTest::filesAreRead_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("rows");
    const auto row = [](const char *name, const char *bytes, const char *rows) {
        QTest::newRow(name) << std::string(bytes) << std::string(rows);
    };
    row("LF", "a,b\n1,2\n", "1:[a|b] 2:[1|2]");
    row("CRLF", "a,b\r\n1,2\r\n", "1:[a|b] 2:[1|2]");
    row("CR", "a,b\r1,2\r", "1:[a|b] 2:[1|2]");
    row("no line end at the end", "a,b\n1,2", "1:[a|b] 2:[1|2]");
    row("CR at the very end", "a,b\r\n1,2\r", "1:[a|b] 2:[1|2]");
    row("one cell", "a", "1:[a]");
    row("header only", "a,b\n", "1:[a|b]");
    row("blank lines", "\n\na,b\n\n\n1,2\n\n", "3:[a|b] 6:[1|2]");
    row("blank lines, CRLF", "\r\na,b\r\n\r\n1,2\r\n\r\n", "2:[a|b] 4:[1|2]");
    row("blanks are no blank line", "a,b\n  \n1,2\n", "1:[a|b] 2:[  ] 3:[1|2]");
    row("nothing but blank lines", "\n\r\n\n", "");
    row("empty fields", "a,b,c\n,,\n1,,3\n", "1:[a|b|c] 2:[-|-|-] 3:[1|-|3]");
    row("delimiter at the end", "a,b\n1,2,\n", "1:[a|b] 2:[1|2|-]");
    row("delimiter at the very end", "a,b\n1,", "1:[a|b] 2:[1|-]");
    row("too few and too many fields", "a,b\n1\n1,2,3\n", "1:[a|b] 2:[1] 3:[1|2|3]");
    row("quotes", "\"a\",\"b\"\n\"1\",2\n", "1:[a|b] 2:[1|2]");
    row("empty quotes", "a,b\n\"\",\"\"\n", "1:[a|b] 2:[-|-]");
    row("doubled quotes", "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", "1:[a|b] 2:[say \"hi\"|\"]");
    row("quoted delimiter", "a,b\n\"1,5\",\"x,y,z\"\n", "1:[a|b] 2:[1,5|x,y,z]");
    row("quoted line break", "a,b\n\"1\n2\",3\n", "1:[a|b] 2:[1\n2|3]");
    row("quoted CRLF stays CRLF", "a,b\r\n\"1\r\n2\",3\r\n", "1:[a|b] 2:[1\r\n2|3]");
    row("quoted at the very end", "a,b\n1,\"2\"", "1:[a|b] 2:[1|2]");
    row("quote inside a plain field", "a,b\n5\" disk,2\n", "1:[a|b] 2:[5\" disk|2]");
    row("blanks stay", "a,b\n 1 , 2 \n", "1:[a|b] 2:[ 1 | 2 ]");
    row("semicolon", "a;b\n1,5;2\n", "1:[a|b] 2:[1,5|2]");
    row("tab", "a\tb\n1,5\t2\n", "1:[a|b] 2:[1,5|2]");
    row("bar", "a|b\nx;y|2\n", "1:[a|b] 2:[x;y|2]");
    row("sep line", "sep=;\r\na,b;c\r\n1;2\r\n", "2:[a,b|c] 3:[1|2]");
    row("sep line after a byte order mark", "\xEF\xBB\xBFsep=;\na,b;c\n1;2\n", "2:[a,b|c] 3:[1|2]");
    row("byte order mark", "\xEF\xBB\xBF\x61,b\n1,2\n", "1:[a|b] 2:[1|2]");
    row("byte order mark, quoted", "\xEF\xBB\xBF\"a\",b\n1,2\n", "1:[a|b] 2:[1|2]");
    row("guarded formulas", "a,b\n'=1,''=1\n'x,'-5\n", "1:[a|b] 2:[=1|'=1] 3:['x|'-5]");
    row("Chinese and emoji", "收件人,商品\noA,茶😀\n", "1:[收件人|商品] 2:[oA|茶😀]");
}

void ExchangeCsvReaderTest::filesAreRead() {
    QFETCH(std::string, bytes);
    QFETCH(std::string, rows);
    Files files;
    const ReadFile read = readCsv(files.write(bytes));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(read.encoding, std::string("UTF-8"));
    QCOMPARE(drawn(read.rows), rows);
}

void ExchangeCsvReaderTest::lineNumbersAreThoseOfAnEditor_data() {
    QTest::addColumn<std::string>("lineEnd");
    QTest::newRow("LF") << std::string("\n");
    QTest::newRow("CRLF") << std::string("\r\n");
    QTest::newRow("CR") << std::string("\r");
}

void ExchangeCsvReaderTest::lineNumbersAreThoseOfAnEditor() {
    QFETCH(std::string, lineEnd);
    std::string bytes;
    for (const char *line : {"a,b", "\"1", "2", "3\",x", "", "y,\"4", "5\"", "z,z", "broken,\"x\"y", "w,w"})
        bytes += line + lineEnd;
    Files files;
    const ReadFile read = readCsv(files.write(bytes));
    std::string lines;
    for (const CsvRow &row : read.rows)
        lines += std::to_string(row.line) + " ";
    QCOMPARE(lines, std::string("1 2 6 8 9 10 "));
}

void ExchangeCsvReaderTest::aBrokenQuoteLosesOnlyItsLine_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("rows");
    const auto row = [](const char *name, const char *bytes, const char *rows) {
        QTest::newRow(name) << std::string(bytes) << std::string(rows);
    };
    row("first row", "a,b\n\"1,2\n3,4\n5,6\n", "1:[a|b] 2:!quote@1 3:[3|4] 4:[5|6]");
    row("middle row", "a,b\n1,2\n3,\"4\n5,6\n", "1:[a|b] 2:[1|2] 3:!quote@2 4:[5|6]");
    row("last row", "a,b\n1,2\n3,\"4\n", "1:[a|b] 2:[1|2] 3:!quote@2");
    row("last row, no line end", "a,b\n1,2\n3,\"4", "1:[a|b] 2:[1|2] 3:!quote@2");
    row("header", "\"a,b\n1,2\n3,4\n", "1:!quote@1 2:[1|2] 3:[3|4]");
    row("lone quote at the end", "a,b\n1,\"", "1:[a|b] 2:!quote@2");
    row("two of them", "a,b\n\"1,2\n3,4\n5,\"6\n7,8\n", "1:[a|b] 2:!quote@1 3:[3|4] 4:!quote@2 5:[7|8]");
    row("good quotes behind it", "a,b\n\"1,2\n\"3\",4\n5,\"6\"\n", "1:[a|b] 2:!quote@1 3:[3|4] 4:[5|6]");
    row("words behind the quote", "a,b\n\"1\"x,2\n3,4\n", "1:[a|b] 2:!quote@1 3:[3|4]");
    row("blank behind the quote", "a,b\n\"1\" ,2\n3,4\n", "1:[a|b] 2:!quote@1 3:[3|4]");
    row("quote not doubled", "a,b\n\"say \"hi\"\",2\n3,4\n", "1:[a|b] 2:!quote@1 3:[3|4]");
    row("CRLF", "a,b\r\n\"1,2\r\n3,4\r\n", "1:[a|b] 2:!quote@1 3:[3|4]");
    row("CR", "a,b\r\"1,2\r3,4\r", "1:[a|b] 2:!quote@1 3:[3|4]");
    row("last field", "a,b,c\n1,\"2\",\"3\n4,5,6\n", "1:[a|b|c] 2:!quote@3 3:[4|5|6]");
}

void ExchangeCsvReaderTest::aBrokenQuoteLosesOnlyItsLine() {
    QFETCH(std::string, bytes);
    QFETCH(std::string, rows);
    Files files;
    const ReadFile read = readCsv(files.write(bytes));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(drawn(read.rows), rows);
}

void ExchangeCsvReaderTest::aQuoteNeverClosedInALargeFileLosesOnlyItsLine() {
    // Four megabytes behind the quote and no other quote in them.
    std::string bytes = "a,b\n1,2\n3,\"4\n";
    constexpr int count = 200000;
    for (int i = 0; i < count; ++i)
        bytes += "row " + std::to_string(i) + ",some value\n";
    Files files;
    const ReadFile read = readCsv(files.write(bytes));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(static_cast<int>(read.rows.size()), count + 3);
    QCOMPARE(drawn({read.rows[1], read.rows[2], read.rows[3], read.rows.back()}),
        std::string("2:[1|2] 3:!quote@2 4:[row 0|some value] 200003:[row 199999|some value]"));
}

void ExchangeCsvReaderTest::rowsWithNulBytesAreRefused_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("rows");
    const auto row = [](const char *name, std::string bytes, const char *rows) {
        std::replace(bytes.begin(), bytes.end(), '0', '\0');
        QTest::newRow(name) << bytes << std::string(rows);
    };
    row("plain", "a,b\n1,x0y\n3,4\n", "1:[a|b] 2:!nul@2 3:[3|4]");
    row("quoted", "a,b\n\"x0\",2\n3,4\n", "1:[a|b] 2:!nul@1 3:[3|4]");
    row("alone", "a,b\n0\n3,4\n", "1:[a|b] 2:!nul@1 3:[3|4]");
    row("at the very end", "a,b\n1,20", "1:[a|b] 2:!nul@2");
    row("a tail of them", "a,b\n1,2\n0000", "1:[a|b] 2:[1|2] 3:!nul@1");
}

void ExchangeCsvReaderTest::rowsWithNulBytesAreRefused() {
    QFETCH(std::string, bytes);
    QFETCH(std::string, rows);
    Files files;
    QCOMPARE(drawn(readCsv(files.write(bytes)).rows), rows);
}

void ExchangeCsvReaderTest::emptyFilesAreRefused() {
    Files files;
    const std::string path = files.write("");
    const auto reader = CsvReader::open(path);
    QVERIFY(!reader.has_value());
    QCOMPARE(named(reader.error().code), std::string("invalid_input"));
    QVERIFY2(reader.error().detail.find(path) != std::string::npos, reader.error().detail.c_str());
    QVERIFY2(reader.error().detail.find("empty") != std::string::npos, reader.error().detail.c_str());
    // A mark and nothing else is a file without rows.
    const ReadFile marked = readCsv(files.write("\xEF\xBB\xBF"));
    QCOMPARE(marked.error, std::string{});
    QVERIFY(marked.rows.empty());
}

void ExchangeCsvReaderTest::missingFilesAreRefused() {
    const Files files;
    const auto missing = CsvReader::open(files.path("nothing.csv"));
    QVERIFY(!missing.has_value());
    QCOMPARE(named(missing.error().code), std::string("not_found"));
    QVERIFY2(missing.error().detail.find("nothing.csv") != std::string::npos, missing.error().detail.c_str());
    QVERIFY(!CsvReader::open(files.directory().toStdString()).has_value());
}

void ExchangeCsvReaderTest::recordsMaySpanTwoPieces_data() {
    QTest::addColumn<std::string>("record");
    QTest::addColumn<std::string>("fields");
    const auto row = [](const char *name, const char *text, const char *fields) {
        QTest::newRow(name) << std::string(text) << std::string(fields);
    };
    row("plain", "1,2,3\n", "[1|2|3]");
    row("CRLF", "1,2,3\r\n", "[1|2|3]");
    row("CR", "1,2,3\r", "[1|2|3]");
    row("quotes, doubled quotes, line break", "\"a\"\"b\",\"x\r\ny\",\"\"\"\"\r\n", "[a\"b|x\r\ny|\"]");
    row("characters of two, three and four bytes", "é,茶,😀\n", "[é|茶|😀]");
    row("quoted characters", "\"é,\",\"茶\n\",\"😀\"\n", "[é,|茶\n|😀]");
    row("empty fields", ",,\n", "[-|-|-]");
    row("blank lines in front", "\n\r\n\n1,2,3\n", "[1|2|3]");
}

void ExchangeCsvReaderTest::recordsMaySpanTwoPieces() {
    QFETCH(std::string, record);
    QFETCH(std::string, fields);
    Files files;
    // The border falls before, into and behind every byte of the record.
    for (std::size_t before = 0; before <= record.size() + 1; ++before) {
        const std::string front = filler(piece + 1 - before);
        const ReadFile read = readCsv(files.write(front + record + "last,last,last\n"));
        QCOMPARE(read.error, std::string{});
        const std::size_t n = read.rows.size();
        QVERIFY(n > 10);
        QCOMPARE(static_cast<std::ptrdiff_t>(n), std::count(front.begin(), front.end(), '\n') + 2);
        const std::string text = drawn({read.rows[n - 2]});
        QCOMPARE(text.substr(text.find(':') + 1), fields);
        const std::string last = drawn({read.rows[n - 1]});
        QCOMPARE(last.substr(last.find(':') + 1), std::string("[last|last|last]"));
    }
}

void ExchangeCsvReaderTest::aLongRecordIsRead() {
    // Longer than several pieces, shorter than the longest allowed one.
    const std::string field = std::string(400000, 'x') + "\n\"" + std::string(400000, 'y');
    Files files;
    const ReadFile read = readCsv(files.write("a,b\n" + record({field, "2"}, ',', "\n") + "3,4\n"));
    QCOMPARE(read.rows.size(), std::size_t{3});
    QVERIFY(read.rows[1].fault == CsvFault::None);
    QVERIFY(read.rows[1].fields[0] == field);
    QCOMPARE(drawn({read.rows[2]}), std::string("4:[3|4]"));
}

void ExchangeCsvReaderTest::aTooLongLineIsOneFaultyRow_data() {
    QTest::addColumn<std::string>("line");
    const std::string x(3 * CsvReader::longestRecord, 'x');
    QTest::newRow("one field") << x;
    QTest::newRow("fields behind the long one") << x + ",oA,hello";
    QTest::newRow("many short fields") << [] {
        std::string fields;
        while (fields.size() < 3 * CsvReader::longestRecord)
            fields += "x,y,z,";
        return fields + "end";
    }();
    QTest::newRow("quoted") << "\"" + x + "\",2";
    QTest::newRow("quote never closed") << "\"" + x + ",2";
}

void ExchangeCsvReaderTest::aTooLongLineIsOneFaultyRow() {
    QFETCH(std::string, line);
    for (const char *lineEnd : {"\n", "\r\n"}) {
        Files files;
        const ReadFile read = readCsv(
            files.write(std::string("a,b") + lineEnd + "1,2" + lineEnd + line + lineEnd + "3,4" + lineEnd));
        QCOMPARE(read.error, std::string{});
        QCOMPARE(read.rows.size(), std::size_t{4});
        QCOMPARE(drawn({read.rows[0], read.rows[1]}), std::string("1:[a|b] 2:[1|2]"));
        QVERIFY(read.rows[2].fault == CsvFault::TooLong || read.rows[2].fault == CsvFault::BrokenQuote);
        QCOMPARE(read.rows[2].line, std::int64_t{3});
        QCOMPARE(drawn({read.rows[3]}), std::string("4:[3|4]"));
    }
}

void ExchangeCsvReaderTest::progressGoesFromNothingToAll() {
    Files files;
    std::string bytes;
    while (bytes.size() < 10 * piece)
        bytes += "some,value\n";
    auto reader = CsvReader::open(files.write(bytes));
    QVERIFY(reader.has_value());
    double before = reader->progress();
    QVERIFY(before < 0.2);
    CsvRow row;
    for (;;) {
        const auto more = reader->next(row);
        QVERIFY(more.has_value());
        QVERIFY(reader->progress() >= before);
        before = reader->progress();
        if (!*more)
            break;
    }
    QCOMPARE(before, 1.0);
    QVERIFY(!*reader->next(row)); // and it stays at the end
}

void ExchangeCsvReaderTest::theDigestIsThatOfTheBytes_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("plain") << std::string("openid,thing1\no1,x\n");
    QTest::newRow("marked as UTF-8") << std::string("\xEF\xBB\xBFopenid,thing1\no1,x\n");
    QTest::newRow("UTF-16") << utf16("openid,thing1\no1,书\n", false);
    QTest::newRow("several pieces") << filler(3 * piece + 17);
}

/// Marks at the beginning count, and what was read before somebody asked for the whole.
void ExchangeCsvReaderTest::theDigestIsThatOfTheBytes() {
    QFETCH(std::string, bytes);
    Files files;
    const std::string digest = QCryptographicHash::hash(QByteArray::fromStdString(bytes), QCryptographicHash::Sha256).toHex().toStdString();
    auto reader = CsvReader::open(files.write(bytes));
    QVERIFY(reader.has_value());
    CsvRow row;
    QVERIFY(*reader->next(row));
    const auto ahead = reader->digestOfAll();
    QVERIFY(ahead.has_value());
    QCOMPARE(*ahead, digest);
    while (*reader->next(row)) {
    }
    QCOMPARE(reader->digest(), digest);
}

void ExchangeCsvReaderTest::randomRowsAreReadBack_data() {
    QTest::addColumn<int>("seed");
    QTest::addColumn<char>("delimiter");
    QTest::addColumn<std::string>("lineEnd");
    QTest::addColumn<bool>("large"); // fields of up to half a piece
    int seed = 1;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        for (const char *lineEnd : {"\n", "\r\n"}) {
            for (const bool large : {false, true})
                QTest::addRow("seed %d", seed) << seed << delimiter << std::string(lineEnd) << large, ++seed;
        }
    }
}

void ExchangeCsvReaderTest::randomRowsAreReadBack() {
    QFETCH(int, seed);
    QFETCH(char, delimiter);
    QFETCH(std::string, lineEnd);
    QFETCH(bool, large);
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    static const std::vector<std::string> atoms{"a", "Z", "0", " ", "\"", "\"\"", ",", ";", "\t", "|", "\n",
        "\r\n", "'", "=", "é", "茶", "订单", "😀", "e\u0301", "\u3000", "\x01"};
    const std::size_t columns = 2 + below(5);
    std::vector<std::vector<std::string>> rows(1);
    std::vector<std::int64_t> lines{1};
    for (std::size_t c = 0; c < columns; ++c)
        rows[0].push_back("column" + std::to_string(c));
    std::string bytes = record(rows[0], delimiter, lineEnd);
    std::int64_t line = 2;
    const std::size_t count = large ? 24 : 1500;
    for (std::size_t r = 0; r < count; ++r) {
        std::vector<std::string> fields;
        for (std::size_t c = 0; c < columns; ++c) {
            std::string field;
            const std::size_t length = large && below(4) == 0 ? below(piece / 4) : below(12);
            for (std::size_t i = 0; i < length; ++i)
                field += atoms[below(atoms.size())];
            fields.push_back(std::move(field));
        }
        lines.push_back(line);
        const std::string text = record(fields, delimiter, lineEnd);
        line += std::count(text.begin(), text.end(), '\n');
        bytes += text;
        // An apostrophe that guards a formula does not belong to the cell.
        for (std::string &field : fields) {
            if (isGuarded(field))
                field.erase(0, 1);
        }
        rows.push_back(std::move(fields));
        if (below(20) == 0) {
            bytes += lineEnd;
            ++line;
        }
    }
    if (below(2) == 0)
        bytes.resize(bytes.size() - lineEnd.size());
    Files files;
    const ReadFile read = readCsv(files.write(bytes));
    QCOMPARE(read.error, std::string{});
    QCOMPARE(read.delimiter, delimiter);
    QCOMPARE(read.rows.size(), rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
        QVERIFY2(read.rows[r].fault == CsvFault::None, std::to_string(r).c_str());
        QVERIFY2(read.rows[r].fields == rows[r], std::to_string(r).c_str());
        QCOMPARE(read.rows[r].line, lines[r]);
    }
}

void ExchangeCsvReaderTest::faultsHaveWords() {
    QCOMPARE(toString(CsvFault::None), std::string{});
    QVERIFY(toString(CsvFault::BrokenQuote).find("quote") != std::string::npos);
    QVERIFY(toString(CsvFault::NulByte).find("NUL") != std::string::npos);
    QVERIFY(toString(CsvFault::NotUtf8).find("encoding") != std::string::npos);
    QVERIFY(toString(CsvFault::TooLong).find("1 MB") != std::string::npos);
}

QTEST_GUILESS_MAIN(ExchangeCsvReaderTest)
#include "exchange_csv_reader_test.moc"
