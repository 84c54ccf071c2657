// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/backup.h"

#include "engine/store/verify.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/test_journal.h"

#include <QFile>
#include <QTest>
#include <atomic>
#include <thread>

using namespace songda;
using namespace songda::testing;

class StoreBackupTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCopyIsWholeAndOfOneMoment();
    void aFileThatExistsIsLeftAlone();
    void whatIsNotOursIsNotCopied();
    void oneThatIsEndedLeavesNoFile();
    void onlyCommitsThatChangeSomethingAreCounted();

private:
    static std::int64_t commits(TestJournal &journal) { return journal.number(store::commitsOf); }
};

void StoreBackupTest::aCopyIsWholeAndOfOneMoment() {
    TestJournal journal(store::JournalWriter::Mode::Threaded);
    journal.addMany(journal.batch, 5000);
    std::atomic<bool> enough{false};
    std::atomic<int> added{0};
    std::thread busy([&] {
        for (int round = 0; !enough; ++round) {
            journal.addMany(journal.batch, 20, "r" + std::to_string(round) + "_");
            added += 20;
        }
    });
    const std::string target = journal.dir.filePath(QStringLiteral("copy.db")).toStdString();
    while (added < 100)
        std::this_thread::yield();
    const auto bytes = store::backupDatabase(journal.path(), target);
    enough = true;
    busy.join();
    QVERIFY2(bytes.has_value(), bytes ? "" : bytes.error().detail.c_str());
    QCOMPARE(QFile(QString::fromStdString(target)).size(), *bytes);
    QCOMPARE(QFile::permissions(QString::fromStdString(target)) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions{});
    QVERIFY(!QFile::exists(QString::fromStdString(target + ".part")));
    auto copy = must(store::Database::open(target, store::Database::Mode::ReadOnly, store::newestSchemaVersion()));
    QVERIFY(must(store::verify(copy)).empty());
    const auto rows = must(copy.scalar("SELECT count(*) FROM message")).value();
    QVERIFY2(rows >= 5100 && rows <= 5000 + added, qPrintable(QString::number(rows)));
    QCOMPARE(must(copy.scalar("SELECT sum(n) FROM counter")).value(), rows);
}

void StoreBackupTest::aFileThatExistsIsLeftAlone() {
    TestJournal journal;
    const QString target = journal.dir.filePath(QStringLiteral("copy.db"));
    QFile file(target);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    const auto bytes = store::backupDatabase(journal.path(), target.toStdString());
    QVERIFY(!bytes);
    QVERIFY(bytes.error().code == ErrorCode::AlreadyExists);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
}

void StoreBackupTest::oneThatIsEndedLeavesNoFile() {
    TestJournal journal;
    journal.addMany(journal.batch, 5000);
    const QString target = journal.dir.filePath(QStringLiteral("copy.db"));
    const std::atomic<bool> cancelled{true};
    const auto bytes = store::backupDatabase(journal.path(), target.toStdString(), &cancelled);
    QVERIFY(!bytes && bytes.error().code == ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(target) && !QFile::exists(target + QStringLiteral(".part")));
}

void StoreBackupTest::whatIsNotOursIsNotCopied() {
    const QTemporaryDir dir;
    const QString source = dir.filePath(QStringLiteral("songda.db"));
    QFile file(source);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const QString target = dir.filePath(QStringLiteral("copy.db"));
    QVERIFY(!store::backupDatabase(source.toStdString(), target.toStdString()));
    QVERIFY(!QFile::exists(target));
    QVERIFY(!QFile::exists(target + QStringLiteral(".part")));
    // A folder that is not there gets one sentence, too.
    TestJournal journal;
    QVERIFY(!store::backupDatabase(journal.path(), "/nonexistent/copy.db"));
}

void StoreBackupTest::onlyCommitsThatChangeSomethingAreCounted() {
    TestJournal journal;
    const auto before = commits(journal);
    QVERIFY(journal.claim().messages.empty());
    QCOMPARE(commits(journal), before);
    journal.add("oA");
    QCOMPARE(commits(journal), before + 1);
    QCOMPARE(journal.claim().messages.size(), 1U);
    QCOMPARE(commits(journal), before + 2);
}

QTEST_GUILESS_MAIN(StoreBackupTest)
#include "store_backup_test.moc"
