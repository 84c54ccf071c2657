// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same list is imported twice, queued five times in a hurry, and imported while it is being imported: nobody gets a
// second message, and every row that was left out is counted and listed.
#include "tests/integration/engine_fixture.h"

#include <QCryptographicHash>
#include <QTest>

using namespace songda;
using songda::testing::EngineFixture;
using songda::testing::must;

namespace {

constexpr int rows = 3000;

ImportRequest listOf(EngineFixture &fixture, const char *name, const char *rejects) {
    QFile file(fixture.path(name));
    if (!file.exists()) {
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write a file");
        file.write("openid,character_string1,thing2,amount3,time4\n");
        for (int i = 0; i < rows; ++i)
            file.write(QStringLiteral("o%1,SO%1,书,¥1.50,2026-01-31 15:01\n").arg(i, 8, 10, QLatin1Char('0')).toUtf8());
        file.close();
    }
    ImportRequest request;
    request.path = file.fileName().toStdString();
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.rejectsPath = fixture.path(rejects).toStdString();
    return request;
}

int linesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : -1;
}

} // namespace

class O1TwiceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameFileTwice();
    void queuedFiveTimesInAHurry();
    void importedWhileImporting();
    void whatWasChangedSinceItWasCheckedIsNotQueued();

private:
    /// Sends everything and looks at what arrived: each row once.
    static void drainAndCompare(Engine &engine);
};

void O1TwiceTest::drainAndCompare(Engine &engine) {
    QCOMPARE(must(engine.counts().result()).waiting(), rows);
    must(engine.start());
    QVERIFY(EngineFixture::runUntil(engine, [](const Snapshot &s) { return s.accepted >= rows; }));
    EngineFixture::stop(engine);
    const StateCounts counts = must(engine.counts().result());
    QCOMPARE(counts[MessageState::Accepted], rows);
    QCOMPARE(counts.waiting() + counts.finished(), rows);
    QVERIFY(must(engine.verify().result()).empty());
}

void O1TwiceTest::theSameFileTwice() {
    EngineFixture fixture;
    auto engine = fixture.open();
    const ImportReport first = must(engine->importCsv(listOf(fixture, "list.csv", "first.csv")).result());
    QCOMPARE(first.queued, rows);
    QCOMPARE(first.duplicates, 0);
    const ImportReport again = must(engine->importCsv(listOf(fixture, "list.csv", "again.csv")).result());
    QCOMPARE(again.read, rows);
    QCOMPARE(again.queued, 0);
    QCOMPARE(again.duplicates, rows);
    QCOMPARE(again.firstRejects.size(), std::size_t(100));
    for (const RowProblem &problem : again.firstRejects) {
        QVERIFY(problem.fault == RowFault::Duplicate);
        QVERIFY2(problem.reason.find("message ") != std::string::npos, problem.reason.c_str());
    }
    QCOMPARE(linesOf(fixture.path("again.csv")), rows + 1);
    drainAndCompare(*engine);
    // And once more when all were sent.
    QCOMPARE(must(engine->importCsv(listOf(fixture, "list.csv", "later.csv")).result()).duplicates, rows);
    QCOMPARE(must(engine->counts().result()).waiting(), 0);
}

void O1TwiceTest::queuedFiveTimesInAHurry() {
    EngineFixture fixture;
    auto engine = fixture.open();
    std::vector<QFuture<Result<ImportReport>>> presses;
    static constexpr const char *rejects[] = {"1.csv", "2.csv", "3.csv", "4.csv", "5.csv"};
    for (const char *name : rejects)
        presses.push_back(engine->importCsv(listOf(fixture, "list.csv", name)));
    std::int64_t queued = 0;
    std::int64_t duplicates = 0;
    int listed = 0;
    for (std::size_t i = 0; i < presses.size(); ++i) {
        const ImportReport report = must(presses[i].result());
        QCOMPARE(report.read, rows);
        queued += report.queued;
        duplicates += report.duplicates;
        listed += linesOf(fixture.path(rejects[i])) - 1;
    }
    QCOMPARE(queued, rows);
    QCOMPARE(duplicates, 4 * rows);
    QCOMPARE(listed, 4 * rows);
    drainAndCompare(*engine);
}

void O1TwiceTest::importedWhileImporting() {
    // Another program imports the same rows while the engine does, and sends them already.
    EngineFixture fixture;
    auto engine = fixture.open();
    auto tool = fixture.open(EngineOptions::Role::Tool);
    must(engine->start());
    auto here = engine->importCsv(listOf(fixture, "list.csv", "here.csv"));
    auto there = tool->importCsv(listOf(fixture, "list.csv", "there.csv"));
    const ImportReport a = must(here.result());
    const ImportReport b = must(there.result());
    QCOMPARE(a.queued + b.queued, rows);
    QCOMPARE(a.duplicates + b.duplicates, rows);
    QCOMPARE(linesOf(fixture.path("here.csv")) + linesOf(fixture.path("there.csv")), rows + 2);
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted >= rows; }));
    EngineFixture::stop(*engine);
    QCOMPARE(must(engine->counts().result())[MessageState::Accepted], rows);
    QVERIFY(must(engine->verify().result()).empty());
}

void O1TwiceTest::whatWasChangedSinceItWasCheckedIsNotQueued() {
    EngineFixture fixture;
    auto engine = fixture.open();
    ImportRequest request = listOf(fixture, "list.csv", "rejects.csv");
    request.dryRun = true;
    const std::string checked = must(engine->importCsv(request).result()).fileDigest;
    QFile file(fixture.path("list.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(checked, QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex().toStdString());
    file.close();

    request.dryRun = false;
    request.expectedDigest = checked;
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() - 2) && file.write("2") == 1); // a minute of the last row
    file.close();
    const auto refused = engine->importCsv(request).result();
    QVERIFY(!refused && refused.error().code == ErrorCode::InvalidInput);
    QVERIFY2(refused.error().detail.find("list.csv was changed since it was checked") != std::string::npos, refused.error().detail.c_str());
    QCOMPARE(must(engine->counts().result()).total(), 0);
    QVERIFY(must(engine->batches(10).result()).empty());

    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() - 2) && file.write("1") == 1);
    file.close();
    const ImportReport queued = must(engine->importCsv(request).result());
    QCOMPARE(queued.queued, rows);
    QCOMPARE(queued.fileDigest, checked);
}

QTEST_GUILESS_MAIN(O1TwiceTest)
#include "o1_twice_test.moc"
