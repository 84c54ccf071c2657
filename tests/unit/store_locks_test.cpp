// SPDX-License-Identifier: GPL-3.0-or-later
//
// What another process sees of the locks on the database, while connections come and go in this one.
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace songda;
using namespace songda::testing;

namespace {

/// Where SQLite's readers lock a database (sqlite.org, "File Locking And Concurrency").
constexpr off_t sharedFirst = 0x40000000 + 2;
constexpr off_t sharedSize = 510;

/// Whether a process of its own would have to wait for the database's last user.
bool isInUseForOthers(const std::string &path) {
    const pid_t child = ::fork();
    if (child == 0) {
        const int file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        struct flock range {};
        range.l_type = F_WRLCK;
        range.l_whence = SEEK_SET;
        range.l_start = sharedFirst;
        range.l_len = sharedSize;
        ::_exit(file >= 0 && ::fcntl(file, F_GETLK, &range) == 0 && range.l_type != F_UNLCK ? 0 : 1);
    }
    int status = 1;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

class StoreLocksTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aReaderThatComesAndGoesLeavesTheWritersLock();
    void aWriterThatIsRefusedLeavesItToo();
};

void StoreLocksTest::aReaderThatComesAndGoesLeavesTheWritersLock() {
    TestJournal journal;
    QVERIFY(isInUseForOthers(journal.path()));
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(journal.number("SELECT count(*) FROM batch"), 1);
        QVERIFY(isInUseForOthers(journal.path()));
    }
    const auto reader = journal.reader();
    QVERIFY(isInUseForOthers(journal.path()));
    journal.writer.reset();
    QVERIFY(isInUseForOthers(journal.path()));
}

void StoreLocksTest::aWriterThatIsRefusedLeavesItToo() {
    TestJournal journal;
    QVERIFY(!store::Database::open(journal.path(), store::Database::Mode::ReadWrite, 1));
    QVERIFY(isInUseForOthers(journal.path()));
}

QTEST_GUILESS_MAIN(StoreLocksTest)
#include "store_locks_test.moc"
