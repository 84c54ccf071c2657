// SPDX-License-Identifier: GPL-3.0-or-later
//
// H9: files as people, programs and attackers make them. Each has a verdict: which rows are queued, which are refused, with
// line and reason, or why the whole file is refused. Looking at a file first changes nothing. SONGDA_FULL_FORM: a million rows.
#include "tests/full_form.h"
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/compare.h"
#include "tests/unit/csv_files.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QStringEncoder>
#include <QTest>
#include <algorithm>
#include <fstream>
#include <random>
#include <thread>

using namespace songda;
using namespace songda::testing;

namespace {

const std::string head = "openid,character_string1,thing2,amount3,time4";
/// The rest of a good row.
const std::string rest = ",SO1,书,￥1.50,2026-01-31 15:01";

std::string good(const std::string &openid) { return openid + rest; }

/// A file's verdict. Refused rows are drawn as "line:fault@column", a space between two.
struct Verdict {
    int queued = 0;
    std::string refused;
    std::string whole = {}; ///< why nothing of it is taken: words of the reason
    int duplicates = 0;
    int doubtful = 0;
};

struct Case {
    const char *name;
    std::string bytes;
    Verdict verdict;
    std::string keyColumn = {};
};

std::string repeated(const std::string &text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
        all += text;
    return all;
}

std::string utf16Bare(const std::string &text, bool bigEndian) { return utf16(text, bigEndian).substr(2); }

std::string randomBytes(std::size_t size) {
    std::mt19937 random(20261122);
    std::string bytes(size, '\0');
    for (char &c : bytes)
        c = static_cast<char>(random());
    return bytes;
}

/// More columns than any table has, the five of the template somewhere among them.
std::string manyColumns(int columns) {
    std::string header, row;
    for (int i = 0; i < columns; ++i) {
        header += "extra" + std::to_string(i) + ",";
        row += "x,";
    }
    return header + head + "\n" + row + good("oWide") + "\n";
}

std::vector<Case> cases() {
    const std::string mark = "\xEF\xBB\xBF";
    const std::string two = head + "\n" + good("oA") + "\n" + good("oB") + "\n";
    const std::string crlf = head + "\r\n" + good("oA") + "\r\n" + good("oB") + "\r\n";
    const std::string broken = "\xEF\xBF\xBD";
    std::vector<Case> all;
    const auto add = [&](const char *name, std::string bytes, Verdict verdict, std::string keyColumn = {}) {
        all.push_back({name, std::move(bytes), std::move(verdict), std::move(keyColumn)});
    };
    // The row is the third line of the verdict; before it there are more good ones in the file, because one bad row says little
    // about the encoding of a file only where others say more.
    constexpr int more = 9;
    const auto one = [&](const char *name, const std::string &row, Verdict verdict) {
        std::string bytes = head + "\n";
        for (int i = 0; i <= more; ++i)
            bytes += good("oA" + std::to_string(i)) + "\n";
        verdict.queued += more;
        if (verdict.refused.starts_with("3:"))
            verdict.refused.replace(0, 1, std::to_string(3 + more));
        add(name, bytes + row + "\n" + good("oB") + "\n", std::move(verdict));
    };

    // Encodings
    add("UTF-8 with a mark", mark + two, {2, ""});
    add("UTF-8 with two marks", mark + mark + two, {2, ""});
    add("UTF-16, little end first", utf16(crlf, false), {2, ""});
    add("UTF-16, big end first", utf16(crlf, true), {2, ""});
    add("UTF-16 without a mark", utf16Bare(crlf, false), {2, ""});
    add("UTF-16 without a mark, big end first", utf16Bare(crlf, true), {2, ""});
    add("UTF-16 that ends in half a character", utf16(crlf, false) + "x", {2, "4:not_readable@openid"});
    add("UTF-32", encoded(two, "UTF-32LE"), {0, "", "NUL bytes"});
    add("GBK", encoded(two, "GBK"), {2, ""});
    add("GB18030, four bytes", encoded(head + "\n" + "oA,SO1,𠀀茶,￥1.50,2026-01-31 15:01\n", "GB18030"), {1, ""});
    one("UTF-8 with a row in GBK", encoded("oC,SO1,龙井茶,￥1.50,2026-01-31 15:01", "GBK"), {2, "3:not_readable@thing2"});
    add("GBK with rows in UTF-8",
        encoded(head + "\n" + repeated("oA,SO1,龙井茶两盒已发货,￥1.50,2026-01-31 15:01\n", 1) + repeated("oB,SO1,蓝牙耳机白色,￥1.50,2026-01-31 15:01\n", 1), "GBK")
            + "oC,SO1,龙井茶盒,1.50,2026-01-31 15:01\n" + "oD,SO1,茶A,1.50,2026-01-31 15:01\n" + encoded("oE,SO1,龙井茶,￥1.50,2026-01-31 15:01\n", "GBK"),
        {3, "4:not_readable@thing2 5:not_readable@thing2"});
    one("stray bytes in a value", "oC,SO1,坏\xFF的,￥1.50,2026-01-31 15:01", {2, "3:not_readable@thing2"});
    one("overlong UTF-8", "oC,SO1,\xC0\xAF,￥1.50,2026-01-31 15:01", {2, "3:not_readable@thing2"});
    one("half a pair as UTF-8", "oC,SO1,\xED\xA0\x80,￥1.50,2026-01-31 15:01", {2, "3:not_readable@thing2"});
    one("a replacement character", "oC,SO1,坏" + broken + ",￥1.50,2026-01-31 15:01", {2, "3:not_readable@thing2"});
    add("a download that broke off", two.substr(0, two.size() - 8) + "\xE7\x9A", {1, "3:not_readable@time4"});

    // Bytes that are no text
    add("nothing", "", {0, "", "is empty"});
    add("nothing but a mark", mark, {0, "", "is empty"});
    add("nothing but line ends", "\n\r\n\n\r", {0, "", "is empty"});
    add("a header and no rows", head + "\n", {0, "", "has a header but no rows"});
    add("random bytes", randomBytes(100'000), {0, "", "line 1"});
    add("NUL bytes", std::string(100'000, '\0'), {0, "", "line 1"});
    add("a workbook called .csv", std::string("PK\x03\x04\x14\x00\x06\x00", 8) + randomBytes(5000), {0, "", "no CSV file but a workbook"});
    add("an older workbook called .csv", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + randomBytes(5000), {0, "", "no CSV file but a workbook"});
    add("a compressed file", "\x1F\x8B\x08" + randomBytes(5000), {0, "", "no CSV file but a compressed file"});
    add("a web page", "<!DOCTYPE html>\n<html><body>Sign in, please</body></html>\n", {0, "", "no column \"openid\""});
    one("NUL in an openid", std::string("o\0C", 3) + rest, {2, "3:nul_byte@openid"});
    one("NUL in a value", std::string("oC,SO1,t\0ea,1.50,2026-01-31 15:01", 33), {2, "3:nul_byte@thing2"});
    add("the end mark of DOS", two + "\x1A", {2, ""});
    add("the end mark of DOS behind a value", head + "\n" + good("oA") + "\x1A", {1, ""});
    one("an end mark in the middle", "oC,SO1,a\x1A\x62,1.50,2026-01-31 15:01", {2, "3:value_control_character@thing2"});

    // Lines
    add("CR alone", head + "\r" + good("oA") + "\r" + good("oB") + "\r", {2, ""});
    add("CR, LF and CRLF mixed", head + "\r\n" + good("oA") + "\r" + good("oB") + "\n" + good("oC") + "\r\n\r" + good("oD"), {4, ""});
    add("blank lines in front", "\n\r\n\n" + two, {2, ""});
    add("blank lines everywhere", "\n" + head + "\n\n\n" + good("oA") + "\n\n" + good("oB") + "\n\n\n", {2, ""});
    add("rows of delimiters, as spreadsheets leave them", two + ",,,,\n,,,,\n", {2, "4:openid@openid 5:openid@openid"});
    one("a line of more than a million characters", good("oC") + std::string(1'200'000, 'x'), {2, "3:row_too_long"});
    add("a header of more than a million characters", head + std::string(1'200'000, 'x') + "\n" + good("oA") + "\n", {0, "", "longer than 1 MB"});
    add("one line without an end", std::string(5'000'000, 'x'), {0, "", "longer than 1 MB"});

    // Quotes
    one("a lone quote", "oC,SO1,5\" disk,￥1.50,2026-01-31 15:01", {3, ""});
    one("a quote that is not closed", "oC,SO1,\"tea,￥1.50,2026-01-31 15:01", {2, "3:broken_quote@thing2"});
    add("a quote that is not closed in the last row", two + "oC,SO1,\"tea", {2, "4:broken_quote@thing2"});
    add("a header with a quote that is not closed", "\"" + two, {0, "", "quote"});
    one("text behind a quote", "oC,SO1,\"tea\"x,￥1.50,2026-01-31 15:01", {2, "3:broken_quote@thing2"});
    one("quotes in quotes", "\"oC\",\"SO1\",\"\"\"\"\"\"\"a\"\"\"\"\"\"\",\"￥1.50\",\"2026-01-31 15:01\"", {3, ""});
    one("nothing but quotes", std::string(9999, '"'), {2, "3:broken_quote@openid"});
    one("a line break in quotes", "oC,SO1,\"two\nlines\",￥1.50,2026-01-31 15:01", {2, "3:value_control_character@thing2"});
    one("a cell of one megabyte", "oC,SO1,\"" + std::string(1'000'000, 'x') + "\",￥1.50,2026-01-31 15:01", {2, "3:value_too_long@thing2"});
    one("a quoted cell of two megabytes", "oC,SO1,\"" + std::string(2'000'000, 'x') + "\",￥1.50,2026-01-31 15:01", {2, "3:broken_quote@thing2"}); // not closed within what a row may have

    // Columns
    one("a row too short", "oC,SO1,tea", {2, "3:field_count"});
    one("a row too long", good("oC") + ",more", {2, "3:field_count"});
    add("ten thousand columns", manyColumns(10'000), {1, ""});
    add("two columns of one name", "openid,openid" + head.substr(6) + "\nevil," + good("oA") + "\n", {0, "", "two columns named \"openid\""});
    add("two columns of one name but for its letters", "OpenId,OPENID" + head.substr(6) + "\nevil," + good("oA") + "\n", {0, "", "large and small letters"});
    add("a recipient's column with blanks around it", " openid " + head.substr(6) + "\n" + good("oA") + "\n", {1, ""});
    add("a recipient's column with a zero-width space", "openid\u200B" + head.substr(6) + "\n" + good("oA") + "\n", {0, "", "no column \"openid\""});
    add("no header", good("oA") + "\n" + good("oB") + "\n", {0, "", "no column \"openid\""});
    add("semicolons", "openid;character_string1;thing2;amount3;time4\noA;SO1;a,b;1.50;2026-01-31 15:01\n", {1, ""});
    add("tabs", "openid\tcharacter_string1\tthing2\tamount3\ttime4\noA\tSO1\ta;b\t1.50\t2026-01-31 15:01\n", {1, ""});
    add("bars, and a line that says so", "sep=|\r\nopenid|character_string1|thing2|amount3|time4\r\noA|SO1|a;b|1.50|2026-01-31 15:01\r\n", {1, ""});
    add("a line that names a letter as delimiter", "sep=o\r\n" + two, {0, "", "no column"});

    // Recipients
    one("an openid with blanks around it", good("  oC  "), {3, ""});
    one("an openid with a blank inside", good("o C"), {2, "3:openid@openid"});
    one("an openid with a tab", good("oC\t"), {2, "3:openid@openid"});
    one("an openid with a control character", good("o\x07" "C"), {2, "3:openid@openid"});
    one("an openid with a zero-width space", good("oC\u200B"), {2, "3:openid@openid"});
    one("an openid with a no-break space", good("\u00A0oC"), {2, "3:openid@openid"});
    one("an openid that turns the direction of writing", good("o\u202EC"), {2, "3:openid@openid"});
    one("an openid in full-width digits", good("o１２"), {2, "3:openid@openid"});
    one("an openid with a letter that looks like another", good("оC"), {2, "3:openid@openid"}); // the Cyrillic o
    one("an openid that is a formula", good("=1+1"), {2, "3:openid@openid"});
    one("an openid with an address", good("<img src=http://127.0.0.1/>"), {2, "3:openid@openid"});
    one("an openid of 65 letters", good(std::string(65, 'o')), {2, "3:openid@openid"});
    one("no openid", good(""), {2, "3:openid@openid"});
    one("an openid that a spreadsheet program rounded", good("1.2E+10"), {2, "3:rounded@openid"});
    one("the same, as other languages write it", "\"1,2E+10\"" + rest, {2, "3:rounded@openid"});

    // Values
    one("a formula as a value", "oC,SO1,=cmd|' /C calc'!A0,￥1.50,2026-01-31 15:01", {3, ""});
    one("an order number that was rounded", "oC,1.2E+10,tea,￥1.50,2026-01-31 15:01", {3, "", {}, 0, 1});
    one("a date in American order", "oC,SO1,tea,￥1.50,01/31/2026 15:01", {2, "3:value_form@time4"});
    one("a date in German order", "oC,SO1,tea,￥1.50,31.01.2026 15:01", {2, "3:value_form@time4"});
    one("a date as a spreadsheet counts days", "oC,SO1,tea,￥1.50,46053.6", {2, "3:value_form@time4"});
    one("a day that does not exist", "oC,SO1,tea,￥1.50,2026-02-30 15:01", {2, "3:value_form@time4"});
    one("an amount with a decimal comma", "oC,SO1,tea,\"1,50\",2026-01-31 15:01", {2, "3:value_form@amount3"});
    one("an amount in full-width digits", "oC,SO1,tea,１.５０,2026-01-31 15:01", {2, "3:value_form@amount3"});
    one("an error of a spreadsheet", "oC,SO1,tea,#REF!,2026-01-31 15:01", {2, "3:value_form@amount3"});
    one("an empty value", "oC,SO1,,￥1.50,2026-01-31 15:01", {2, "3:value_empty@thing2"});
    one("nothing but blanks as a value", "oC,SO1, \u3000 ,￥1.50,2026-01-31 15:01", {2, "3:value_empty@thing2"});

    // The same thing twice
    add("a row three times", head + "\n" + repeated(good("oA") + "\n", 3), {1, "3:duplicate 4:duplicate", {}, 2});
    const std::string keyed = "key," + head;
    add("keys: empty, too long, used twice, rounded",
        keyed + "\nk1," + good("oA") + "\n," + good("oB") + "\n" + std::string(129, 'k') + "," + good("oC") + "\nk1," + good("oD") + "\n1.2E+10," + good("oE") + "\n",
        {1, "3:key@key 4:key@key 5:duplicate 6:rounded@key", {}, 1}, "key");
    return all;
}

/// Where a case's problems are, drawn in the order of their lines.
std::string drawnProblems(std::vector<RowProblem> problems) {
    std::ranges::stable_sort(problems, {}, &RowProblem::line);
    std::string text;
    for (const RowProblem &p : problems)
        text += (text.empty() ? "" : " ") + std::to_string(p.line) + ":" + toString(p.fault) + (p.column.empty() ? "" : "@" + p.column);
    return text;
}

std::int64_t statusKb(const char *name) {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == name) {
            std::int64_t kb = 0;
            status >> kb;
            return kb;
        }
    }
    return 0;
}

/// From here on the peak of the memory in use is counted anew.
void forgetPeak() {
    std::ofstream peak("/proc/self/clear_refs");
    peak << "5";
}

/// The profile's files, byte by byte; what the database notes of its readers does not count.
QByteArray digestOf(const QString &profile) {
    QCryptographicHash digest(QCryptographicHash::Sha256);
    QStringList names;
    QDirIterator it(profile, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext())
        names << it.next();
    names.sort();
    for (const QString &name : std::as_const(names)) {
        if (name.endsWith(QStringLiteral("-shm")) || name.endsWith(QStringLiteral("progress.json")) || name.contains(QStringLiteral("songda.log")))
            continue;
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(name));
        digest.addData(name.toUtf8());
        digest.addData(&file);
    }
    return digest.result();
}

} // namespace

class H9CsvInTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_engine = m_base.open(); }
    void filesHaveTheirVerdict_data();
    void filesHaveTheirVerdict();
    void cleanupTestCase();
    void wordsSayWhatIsNotSeen();
    void manyRowsInLittleMemory();
    void anImportCanBeStopped();

private:
    ImportRequest requestFor(const std::string &path, const std::string &batch) const {
        ImportRequest request;
        request.path = path;
        request.account = "main";
        request.templateId = EngineFixture::templateId();
        request.batchName = batch;
        return request;
    }
    QString writeRows(const char *name, int rows) const {
        QFile file(m_base.path(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write a file");
        file.write(QByteArray::fromStdString(head) + '\n');
        for (int i = 0; i < rows; ++i)
            file.write("oPerson" + QByteArray::number(i) + QByteArray::fromStdString(rest) + '\n');
        return file.fileName();
    }

    EngineFixture m_base;
    std::unique_ptr<Engine> m_engine;
    int m_files = 0, m_wholeRefused = 0, m_rowsQueued = 0;
};

void H9CsvInTest::filesHaveTheirVerdict_data() {
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Case &each : cases())
        QTest::newRow(each.name) << index++;
}

void H9CsvInTest::filesHaveTheirVerdict() {
    QFETCH(int, index);
    static const std::vector<Case> all = cases();
    const Case &test = all.at(static_cast<std::size_t>(index));
    m_base.writeFile("hostile.csv", QByteArray::fromStdString(test.bytes));
    const std::string path = m_base.path("hostile.csv").toStdString();
    ImportRequest request = requestFor(path, "case " + std::to_string(index));
    request.keyColumn = test.keyColumn;

    // Looked at, and checked: nothing is changed by that.
    const QByteArray before = digestOf(m_base.profile());
    const auto preview = m_engine->previewCsv(path, 20).result();
    QVERIFY(!preview || !preview->header.empty());
    request.dryRun = true;
    const auto checked = m_engine->importCsv(request).result();
    QVERIFY2(digestOf(m_base.profile()) == before, "a look at the file changed the profile");
    request.dryRun = false;
    const auto report = m_engine->importCsv(request).result();
    ++m_files;
    if (!test.verdict.whole.empty()) {
        QVERIFY2(!report && !checked, "taken");
        QVERIFY2(report.error().detail.find(test.verdict.whole) != std::string::npos, report.error().detail.c_str());
        QVERIFY2(report.error().detail.size() < 2000, "a reason that nobody can read");
        QCOMPARE(checked.error().detail, report.error().detail);
        QVERIFY2(digestOf(m_base.profile()) == before, "refused, and the profile is another one");
        ++m_wholeRefused;
        return;
    }
    QVERIFY2(report.has_value(), report ? "" : report.error().detail.c_str());
    COMPARE_TEXT(drawnProblems(report->firstRejects), test.verdict.refused);
    QCOMPARE(report->queued, test.verdict.queued);
    QCOMPARE(report->duplicates, test.verdict.duplicates);
    QCOMPARE(report->doubtful, test.verdict.doubtful);
    QCOMPARE(report->read, report->queued + report->duplicates + report->rejected);
    for (const RowProblem &problem : report->firstRejects)
        QVERIFY2(!problem.reason.empty() && problem.reason.size() < 500, problem.reason.c_str());
    // What was said beforehand is what came.
    QVERIFY2(checked.has_value(), checked ? "" : checked.error().detail.c_str());
    COMPARE_TEXT(drawnProblems(checked->firstRejects), test.verdict.refused);
    QCOMPARE(checked->queued, report->queued);
    m_rowsQueued += static_cast<int>(report->queued);
}

void H9CsvInTest::cleanupTestCase() {
    const auto counts = must(m_engine->counts().result());
    QVERIFY(must(m_engine->verify().result()).empty());
    qInfo("n = %d files, %d of them refused as a whole, %d rows queued", m_files, m_wholeRefused, m_rowsQueued);
    static_cast<void>(counts);
}

void H9CsvInTest::wordsSayWhatIsNotSeen() {
    m_base.writeFile("unseen.csv", QByteArray::fromStdString(head + "\n" + good("oC\u200B") + "\n" + good("1.2E+10") + "\n" + good("o１") + "\n"));
    const auto report = must(m_engine->importCsv(requestFor(m_base.path("unseen.csv").toStdString(), "unseen")).result());
    QCOMPARE(report.firstRejects.size(), std::size_t(3));
    const auto says = [&](std::size_t i, const char *words) {
        QVERIFY2(report.firstRejects[i].reason.find(words) != std::string::npos, report.firstRejects[i].reason.c_str());
    };
    says(0, "U+200B");
    says(1, "rounded");
    says(2, "U+FF11");
}

void H9CsvInTest::manyRowsInLittleMemory() {
    constexpr std::int64_t mostGrowth = 200 * 1024; // kB
    const int rows = inFullForm(1'000'000, 60'000);
    const std::string path = writeRows("many.csv", rows).toStdString();
    for (const bool dryRun : {true, false}) {
        ImportRequest request = requestFor(path, "many");
        request.dryRun = dryRun;
        forgetPeak();
        const std::int64_t before = statusKb("VmRSS:");
        const auto report = must(m_engine->importCsv(request).result());
        const std::int64_t growth = statusKb("VmHWM:") - before;
        QCOMPARE(report.queued, rows);
        QVERIFY2(growth <= mostGrowth, qPrintable(QStringLiteral("%1 kB").arg(growth)));
        qInfo("n = %d rows %s: the memory grew by %lld MB at most", rows, dryRun ? "checked" : "queued", static_cast<long long>(growth / 1024));
    }
}

void H9CsvInTest::anImportCanBeStopped() {
    const int rows = inFullForm(1'000'000, 200'000);
    const std::string path = writeRows("stopped.csv", rows).toStdString();
    const auto queuedIn = [&](const std::string &name) -> std::int64_t {
        const auto batch = must(m_engine->batchNamed(name).result());
        return batch ? must(m_engine->batch(*batch).result()).counts.total() : 0;
    };
    // Before the first transaction: nothing of it is there.
    ImportRequest request = requestFor(path, "stopped at once");
    request.control = std::make_shared<JobControl>();
    request.control->cancelled = true;
    auto report = must(m_engine->importCsv(request).result());
    QVERIFY(report.cancelled);
    QCOMPARE(report.queued, 0);
    QCOMPARE(queuedIn("stopped at once"), 0);
    // In the middle: what is said to be queued is, to the row, and the same file again queues the rest.
    request = requestFor(path, "stopped later");
    request.control = std::make_shared<JobControl>();
    auto running = m_engine->importCsv(request);
    QVERIFY(QTest::qWaitFor([&] { return request.control->rows > 0; }, 60'000));
    request.control->cancelled = true;
    report = must(running.result());
    QVERIFY(report.cancelled);
    QVERIFY(report.queued > 0 && report.queued < rows);
    QCOMPARE(report.read, report.queued);
    QCOMPARE(queuedIn("stopped later"), report.queued);
    request.control.reset();
    const auto again = must(m_engine->importCsv(request).result());
    QCOMPARE(again.duplicates, report.queued);
    QCOMPARE(again.queued, rows - report.queued);
    qInfo("stopped after %lld of %d rows; the same file again queued the other %lld", static_cast<long long>(report.queued), rows, static_cast<long long>(again.queued));
}

QTEST_GUILESS_MAIN(H9CsvInTest)
#include "h9_csv_in_test.moc"
