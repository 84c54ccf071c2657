// SPDX-License-Identifier: GPL-3.0-or-later
//
// H10: what is exported. Texts that spreadsheet programs would take for formulas, and texts that break lines and quotes, go
// through a profile into reports and files of rejected rows. A reader that knows nothing of ours, by RFC 4180, finds no cell
// that is a formula; read back, every text is what it was.
#include "engine/exchange/csv_writer.h"
#include "tests/integration/engine_fixture.h"
#include "tests/unit/csv_files.h"

#include <QTest>
#include <algorithm>

using namespace songda;
using namespace songda::testing;

namespace {

using Table = std::vector<std::vector<std::string>>;

/// RFC 4180 and no more: what a spreadsheet program has in its cells. Nothing for a file that breaks it.
std::optional<Table> strictRead(const QByteArray &bytes) {
    QByteArray text = bytes;
    if (text.startsWith("\xEF\xBB\xBF"))
        text.remove(0, 3);
    Table table(1);
    table.back().emplace_back();
    for (qsizetype i = 0; i < text.size();) {
        std::string &cell = table.back().back();
        if (cell.empty() && text[i] == '"') {
            for (++i;; ++i) {
                if (i >= text.size())
                    return std::nullopt;
                if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"')
                    ++i;
                else if (text[i] == '"')
                    break;
                cell += text[i];
            }
            ++i;
            if (i < text.size() && text[i] != ',' && text[i] != '\r')
                return std::nullopt;
            continue;
        }
        if (text[i] == ',') {
            table.back().emplace_back();
            ++i;
        } else if (text[i] == '\r') {
            if (i + 1 >= text.size() || text[i + 1] != '\n')
                return std::nullopt;
            i += 2;
            if (i < text.size())
                table.push_back({std::string()});
        } else if (text[i] == '"' || text[i] == '\n') {
            return std::nullopt;
        } else {
            cell += text[i++];
        }
    }
    return table;
}

/// By the rule of OWASP ASVS 1.2.10, and the wide forms.
bool wouldCalculate(const std::string &cell) {
    const QString text = QString::fromStdString(cell).trimmed();
    const QString raw = QString::fromStdString(cell);
    static const QString starts = QStringLiteral("=+-@＝＋－＠−");
    if (!raw.isEmpty() && (raw[0] == QLatin1Char('\t') || raw[0] == QLatin1Char('\r') || raw[0] == QLatin1Char('\n') || raw[0].isNull()))
        return true;
    if (text.isEmpty() || !starts.contains(text[0]))
        return false;
    bool plainNumber = false;
    static_cast<void>(raw.toDouble(&plainNumber));
    return !(plainNumber && raw[0] == QLatin1Char('-'));
}

const std::vector<std::string> &hostile() {
    static const std::vector<std::string> texts{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://127.0.0.1/?\"&A1,\"x\")", "＝1+1", "＋1", "－1", "＠SUM(1)",
        "−1+1", " =1+1", "\u00A0=1+1", "\u3000=1", "\u200B=1+1", "\uFEFF=1+1", "'=1+1", "''=1+1", "'", "''", "'plain", "a\"b", "\"", "\"\"", "a,b", ",", "\"=1+1\"", "=\"a\",\"b\"",
        "-5", "-1.5", "'-5", "+8613800138000", "-", "=", "@", "1-1", "a=b", "0012", "1.2E+10x", "<b>bold</b>", "\u202Egnp.exe", ";=1+1", "|=1+1", "a\t=1+1"};
    return texts;
}

/// And those that only some places take.
const std::vector<std::string> &withBreaks() {
    static const std::vector<std::string> texts{"\t=1+1", "\r=1+1", "\n=1+1", "a\n=1+1", "a\r\n=1+1", "\r", "\n", "\t", "a\r", std::string("\0=1+1", 5), std::string("a\0b", 3), "\v=1+1", "\x1A"};
    return texts;
}

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class H10CsvOutTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyCellIsTextAndComesBack();
    void reportsHaveNoFormula();
    void rejectedRowsComeBackAsTheyWere();
    void theLookWouldFindAFormula();
};

void H10CsvOutTest::anyCellIsTextAndComesBack() {
    QTemporaryDir dir;
    const std::string path = dir.filePath(QStringLiteral("cells.csv")).toStdString();
    std::vector<std::string> texts = hostile();
    texts.insert(texts.end(), withBreaks().begin(), withBreaks().end());
    // Each behind each sign that a formula may begin with, and behind an apostrophe.
    for (const std::string front : {"=", "+", "-", "@", "\t", "＝", "'", " ", "\""}) {
        for (const std::string &text : hostile())
            texts.push_back(front + text);
    }
    auto writer = must(exchange::CsvWriter::create(path));
    writer->cell("first");
    writer->cell("text");
    must(writer->endRow());
    for (const std::string &text : texts) {
        writer->cell("x");
        writer->cell(text);
        must(writer->endRow());
    }
    must(writer->commit());
    const auto strict = strictRead(bytesOf(QString::fromStdString(path)));
    QVERIFY(strict && strict->size() == texts.size() + 1);
    const ReadFile read = readCsv(path);
    QCOMPARE(read.error, std::string());
    QCOMPARE(read.rows.size(), texts.size() + 1);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string &cell = strict->at(i + 1).at(1);
        QVERIFY2(!wouldCalculate(cell), cell.c_str());
        if (texts[i].find('\0') != std::string::npos)
            continue; // no text: refused where it comes in
        QVERIFY2(read.rows[i + 1].fault == exchange::CsvFault::None, texts[i].c_str());
        QCOMPARE(read.rows[i + 1].fields.at(1), texts[i]);
    }
    qInfo("n = %zu texts written, none a formula, each read back as it was", texts.size());
}

void H10CsvOutTest::reportsHaveNoFormula() {
    EngineFixture f;
    EngineOptions options;
    options.profileDir = f.profile().toStdString();
    options.role = EngineOptions::Role::Tool;
    options.user = "=cmd|' /C calc'!A0";
    options.secretsInMemory = true;
    auto engine = must(Engine::open(options));
    NewAccount account;
    account.account.name = "@SUM(1,1)";
    account.account.appid = "wx0123456789abcdef";
    account.account.apiBase = f.simulator->baseUrl();
    account.secret = "0123456789abcdef0123456789abcdef";
    must(engine->addAccount(account).result());
    Template t;
    t.templateId = "-hostile" + std::string(35, 'x');
    t.title = "=1+1";
    t.content = "{{first.DATA}} {{remark.DATA}}";
    must(engine->addTemplate(account.account.name, t).result());
    std::map<std::string, std::string> openidOfKey;
    int n = 0;
    for (const std::string &text : hostile()) {
        SendRequest request;
        request.account = account.account.name;
        request.templateId = t.templateId;
        request.openid = "-person" + std::to_string(n++);
        request.data = {{"first", text}, {"remark", "x"}};
        request.idempotencyKey = text;
        const auto sent = engine->send(request).result();
        if (sent && !sent->duplicate)
            openidOfKey[request.openid] = text;
        else
            QVERIFY2(text.find('\t') != std::string::npos, sent ? "a duplicate" : sent.error().detail.c_str());
    }
    // Batches with such names as well.
    int batches = 0;
    for (const std::string &name : hostile()) {
        f.writeFile("batch.csv", "openid,first,remark\noBatch,a,b\n");
        ImportRequest request;
        request.path = f.path("batch.csv").toStdString();
        request.account = account.account.name;
        request.templateId = t.templateId;
        request.batchName = name;
        batches += must(engine->importCsv(request).result()).queued == 1;
    }
    QCOMPARE(batches, static_cast<int>(hostile().size()));
    for (const bool chinese : {false, true}) {
        ExportRequest request;
        request.path = f.path("report.csv").toStdString();
        request.chineseHeader = chinese;
        const auto report = must(engine->exportReport(request).result());
        const auto table = strictRead(bytesOf(QString::fromStdString(request.path)));
        QVERIFY(table.has_value());
        QCOMPARE(static_cast<std::int64_t>(table->size()), report.rows + 1);
        for (const auto &row : *table) {
            QCOMPARE(row.size(), std::size_t(20));
            for (const std::string &cell : row)
                QVERIFY2(!wouldCalculate(cell), cell.c_str());
        }
        // And nothing of it is lost.
        const ReadFile read = readCsv(request.path);
        int keys = 0;
        std::vector<std::string> names;
        for (std::size_t i = 1; i < read.rows.size(); ++i) {
            const auto &fields = read.rows[i].fields;
            QCOMPARE(fields.at(1), account.account.name);
            QCOMPARE(fields.at(19), options.user);
            if (const auto it = openidOfKey.find(fields.at(4)); it != openidOfKey.end()) {
                QCOMPARE(fields.at(12), it->second);
                ++keys;
            } else {
                names.push_back(fields.at(2));
            }
        }
        QCOMPARE(static_cast<std::size_t>(keys), openidOfKey.size());
        for (const std::string &name : hostile())
            QVERIFY2(std::ranges::find(names, name) != names.end(), name.c_str());
        qInfo("n = %lld rows of 20 cells in the report (%s header), none a formula", static_cast<long long>(report.rows), chinese ? "Chinese" : "English");
    }
}

void H10CsvOutTest::rejectedRowsComeBackAsTheyWere() {
    EngineFixture f;
    const auto engine = f.open();
    std::vector<std::string> texts = hostile();
    for (const std::string &text : withBreaks()) {
        if (text.find('\0') == std::string::npos)
            texts.push_back(text);
    }
    QByteArray csv = "openid,character_string1,thing2,amount3,time4,note\n";
    for (const std::string &text : texts) // the openid is never one
        csv += QByteArray::fromStdString(record({"not an openid", "SO1", "x", "1.50", "2026-01-31 15:01", text}, ',', "\n"));
    f.writeFile("rows.csv", csv);
    ImportRequest request;
    request.path = f.path("rows.csv").toStdString();
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.rejectsPath = f.path("rejects.csv").toStdString();
    const auto report = must(engine->importCsv(request).result());
    QCOMPARE(report.rejected, static_cast<std::int64_t>(texts.size()));
    const auto table = strictRead(bytesOf(QString::fromStdString(request.rejectsPath)));
    QVERIFY(table && table->size() == texts.size() + 1);
    for (const auto &row : *table) {
        for (const std::string &cell : row)
            QVERIFY2(!wouldCalculate(cell), cell.c_str());
    }
    QCOMPARE(table->front().at(2), std::string("reason"));
    request.chineseRejects = true;
    must(engine->importCsv(request).result());
    const auto chinese = strictRead(bytesOf(QString::fromStdString(request.rejectsPath)));
    QVERIFY(chinese && chinese->size() == texts.size() + 1);
    QCOMPARE(chinese->front().at(0) + chinese->front().at(1) + chinese->front().at(2), std::string("行号列原因"));
    for (std::size_t i = 1; i < chinese->size(); ++i)
        QVERIFY2(chinese->at(i).at(2).find("openid 由 1 至 64") == 0, chinese->at(i).at(2).c_str());
    const ReadFile read = readCsv(request.rejectsPath), source = readCsv(request.path);
    for (std::size_t i = 1; i < read.rows.size(); ++i)
        QCOMPARE(read.rows[i].fields.back(), source.rows[i].fields.back());
    qInfo("n = %zu rejected rows, none a formula, each read back as it was", texts.size());
}

void H10CsvOutTest::theLookWouldFindAFormula() {
    for (const char *cell : {"=1", "+1", "-1+1", "@x", "\t=1", "＝1", " =1"})
        QVERIFY(wouldCalculate(cell));
    QVERIFY(!wouldCalculate("'=1") && !wouldCalculate("-5") && !wouldCalculate("a=1"));
    QVERIFY(!strictRead("a\"b,c\r\n") && !strictRead("\"a"));
    QCOMPARE(strictRead("a,\"=1\"\r\n")->at(0).at(1), std::string("=1"));
}

QTEST_GUILESS_MAIN(H10CsvOutTest)
#include "h10_csv_out_test.moc"
