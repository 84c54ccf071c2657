// SPDX-License-Identifier: GPL-3.0-or-later
//
// A report that left the house: whether it is what it was can be told from the files alone, by somebody without a profile.
#include "engine/store/chain_link.h"
#include "tests/integration/engine_fixture.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace songda;
using songda::testing::EngineFixture;
using songda::testing::must;

namespace {

QByteArray readAll(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s cannot be written", qPrintable(path));
}

bool has(const ReportCheck &check, ReportFault fault) {
    return std::any_of(check.problems.begin(), check.problems.end(), [fault](const ReportProblem &p) { return p.fault == fault; });
}

} // namespace

class ReportCheckTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void threeReportsAreAsTheyWereWritten();
    void everyChangeIsFound_data();
    void everyChangeIsFound();
    void aReportThatIsMissingIsFound();
    void theAuditHoldsTheLinks();
    void linksMadeAnewAreFoundByTheProfile();
    void fromTheCommandLineWithoutAProfile();

private:
    QString report(int n) const { return m_dir.filePath(QStringLiteral("report%1.csv").arg(n)); }
    ReportCheck check(const QString &path) { return must(Engine::checkReports({path.toStdString()})).front(); }

    QTemporaryDir m_dir;
    std::unique_ptr<EngineFixture> m_fixture;
    std::unique_ptr<Engine> m_engine;
};

void ReportCheckTest::initTestCase() {
    m_fixture = std::make_unique<EngineFixture>();
    m_engine = m_fixture->open();
    QVERIFY(m_engine != nullptr);
    m_fixture->import(*m_engine, 40, QStringLiteral("r"));
    for (int n = 1; n <= 3; ++n) {
        ExportRequest request;
        request.path = report(n).toStdString();
        request.chineseHeader = n == 2;
        must(m_engine->exportReport(request).result());
    }
}

void ReportCheckTest::threeReportsAreAsTheyWereWritten() {
    const auto checks = must(Engine::checkReports({report(1).toStdString(), report(2).toStdString(), report(3).toStdString()}));
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY2(checks[i].problems.empty(), checks[i].problems.empty() ? "" : checks[i].problems.front().detail.c_str());
        QCOMPARE(checks[i].rows, 40);
        QVERIFY(checks[i].chain.has_value());
        QCOMPARE(checks[i].chain->number, static_cast<std::int64_t>(i) + 1);
    }
    QVERIFY(checks[0].chain->previous.empty());
    QCOMPARE(checks[1].chain->previous, checks[0].chain->link);
    QCOMPARE(checks[2].chain->previous, checks[1].chain->link);
}

void ReportCheckTest::everyChangeIsFound_data() {
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("inManifest");
    QTest::addColumn<int>("fault");
    const auto row = [](const char *name, const char *from, const char *to, bool manifest, ReportFault fault) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << manifest << static_cast<int>(fault);
    };
    row("a state", "queued", "accepted", false, ReportFault::States);
    row("one letter", "queued", "Queued", false, ReportFault::Content);
    row("a row more", "\r\n", "\r\n1,a,b,c,d,queued\r\n", false, ReportFault::Rows);
    row("who made it", "\"created_by\": \"", "\"created_by\": \"not ", true, ReportFault::Chain);
    row("when", "\"created_at\": \"20", "\"created_at\": \"19", true, ReportFault::Chain);
    row("its number", "\"number\": 2", "\"number\": 1", true, ReportFault::Chain);
    row("its name", "report2.csv", "report9.csv", true, ReportFault::OtherFile);
    row("another format", "songda-report-1", "songda-report-0", true, ReportFault::NotAManifest);
    row("no JSON", "{", "", true, ReportFault::NotAManifest);
}

void ReportCheckTest::everyChangeIsFound() {
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(bool, inManifest);
    QFETCH(int, fault);
    const QString file = inManifest ? report(2) + QStringLiteral(".manifest.json") : report(2);
    const QByteArray before = readAll(file);
    QByteArray changed = before;
    const auto at = changed.indexOf(from);
    QVERIFY2(at >= 0, before.constData());
    changed.replace(at, from.size(), to);
    write(file, changed);
    const ReportCheck found = check(report(2));
    write(file, before);
    QVERIFY(has(found, static_cast<ReportFault>(fault)));
    QVERIFY(check(report(2)).problems.empty());
}

void ReportCheckTest::aReportThatIsMissingIsFound() {
    const auto checks = must(Engine::checkReports({report(3).toStdString(), report(1).toStdString()}));
    QVERIFY(has(checks[0], ReportFault::Chain));
    QVERIFY(checks[1].problems.empty());
    QFile::rename(report(1) + QStringLiteral(".manifest.json"), report(1) + QStringLiteral(".away"));
    QVERIFY(has(check(report(1)), ReportFault::NoManifest));
    QFile::rename(report(1) + QStringLiteral(".away"), report(1) + QStringLiteral(".manifest.json"));
    QVERIFY(!Engine::checkReports({m_dir.filePath(QStringLiteral("none.csv")).toStdString()}).has_value());
}

void ReportCheckTest::theAuditHoldsTheLinks() {
    const auto acts = must(m_engine->audit(std::nullopt, 50).result());
    for (int n = 1; n <= 3; ++n) {
        const std::string wanted = "chain:" + std::to_string(n) + ":" + check(report(n)).chain->link;
        QVERIFY(std::any_of(acts.begin(), acts.end(), [&](const AuditEntry &a) { return a.act == "report.export" && a.object.find(wanted) != std::string::npos; }));
    }
}

void ReportCheckTest::linksMadeAnewAreFoundByTheProfile() {
    const std::vector<std::string> files{report(1).toStdString(), report(2).toStdString(), report(3).toStdString()};
    for (const ReportCheck &own : must(m_engine->checkReportsSoon(files).result()))
        QVERIFY2(own.problems.empty(), own.problems.empty() ? "" : own.problems.front().detail.c_str());
    // Somebody changes who made the second one, and makes its link and all later ones anew: there is no key in them.
    std::vector<std::pair<QString, QByteArray>> before;
    std::string previous;
    for (int n = 2; n <= 3; ++n) {
        const QString path = report(n) + QStringLiteral(".manifest.json");
        before.emplace_back(path, readAll(path));
        auto manifest = nlohmann::ordered_json::parse(before.back().second.toStdString());
        auto chain = manifest["chain"];
        manifest.erase("chain");
        if (n == 2)
            manifest["created_by"] = "somebody else";
        else
            chain["previous"] = previous;
        previous = store::chainLink(n, chain["previous"], manifest.dump());
        chain["link"] = previous;
        manifest["chain"] = chain;
        write(path, QByteArray::fromStdString(manifest.dump(2)));
    }
    const auto byThemselves = must(Engine::checkReports(files));
    const auto byTheProfile = must(m_engine->checkReportsSoon(files).result());
    for (const auto &[path, text] : before)
        write(path, text);
    for (const ReportCheck &check : byThemselves)
        QVERIFY(check.problems.empty());
    QVERIFY(byTheProfile[0].problems.empty());
    QVERIFY(has(byTheProfile[1], ReportFault::Chain));
    QVERIFY(has(byTheProfile[2], ReportFault::Chain));
    // And a report of another profile is not one of this.
    EngineFixture elsewhere;
    const auto stranger = elsewhere.open();
    QVERIFY(has(must(stranger->checkReportsSoon({files[0]}).result())[0], ReportFault::Chain));
}

void ReportCheckTest::fromTheCommandLineWithoutAProfile() {
    const auto run = [](const QStringList &arguments) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove(QStringLiteral("SONGDA_PROFILE"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"), arguments);
        if (!process.waitForFinished(30'000))
            qFatal("songda-cli does not end");
        return std::pair(process.exitCode(), process.readAllStandardOutput());
    };
    const auto [code, out] = run({QStringLiteral("--json"), QStringLiteral("verify-report"), report(1), report(2), report(3)});
    QCOMPARE(code, 0);
    QCOMPARE(QJsonDocument::fromJson(out).array().size(), 3);
    QCOMPARE(run({QStringLiteral("verify-report"), report(1), report(3)}).first, 1);
    const QStringList own{QStringLiteral("--profile"), m_fixture->profile(), QStringLiteral("verify-report"), report(1)};
    QCOMPARE(run(own).first, 0);
    const EngineFixture elsewhere;
    QCOMPARE(run({QStringLiteral("--profile"), elsewhere.profile(), QStringLiteral("verify-report"), report(1)}).first, 1);
    QCOMPARE(run({QStringLiteral("verify")}).first, 2); // the others still want a profile
    QCOMPARE(run({QStringLiteral("verify-report")}).first, 2);
}

QTEST_GUILESS_MAIN(ReportCheckTest)
#include "report_check_test.moc"
