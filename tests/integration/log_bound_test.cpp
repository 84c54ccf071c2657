// SPDX-License-Identifier: GPL-3.0-or-later
// The write-ahead log is begun anew again and again, so it stays small however much is written, and whoever reads.
#include "tests/simulation/test_journal.h"

#include <QFileInfo>
#include <QTest>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <thread>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

constexpr qint64 megabyte = 1 << 20;
/// Where the writer begins to write the log into the database, and what it is cut back to.
constexpr qint64 checkpointAt = 64 * megabyte;
constexpr qint64 bound = 128 * megabyte;
/// Of one commit.
constexpr qint64 written = 4 * megabyte;

/// A journal whose commits overwrite the same rows, a few megabytes each.
struct Busy : TestJournal {
    Busy()
        : TestJournal(store::JournalWriter::Mode::Threaded) {
        exec("CREATE TABLE filler(x INTEGER PRIMARY KEY, content BLOB)");
        overwrite();
    }
    void overwrite() {
        exec("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1024)"
             " INSERT OR REPLACE INTO filler SELECT x, randomblob(4000) FROM n");
    }
    /// Writes so many megabytes; answers the largest size of the log on the way.
    qint64 overwrite(qint64 bytes) {
        qint64 most = 0;
        for (qint64 done = 0; done < bytes; done += written) {
            overwrite();
            most = std::max(most, logSize());
        }
        return most;
    }
    qint64 logSize() const { return QFileInfo(QString::fromStdString(path() + "-wal")).size(); }
    qint64 size() const { return QFileInfo(QString::fromStdString(path())).size(); }
};

void beginReading(store::Database &database) {
    must(database.exec("BEGIN"));
    must(database.scalar("SELECT count(*) FROM filler"));
}

/// Reads in short transactions; two of them in turns, so that there is never a moment without one.
class Relay {
public:
    explicit Relay(const Busy &journal)
        : m_threads{std::thread([&] { read(journal); }), std::thread([&] { read(journal); })} {}
    ~Relay() {
        m_ending = true;
        for (std::thread &thread : m_threads)
            thread.join();
    }

private:
    void read(const Busy &journal) {
        auto database = journal.reader();
        while (!m_ending) {
            beginReading(database);
            const int begun = ++m_begun;
            const auto deadline = std::chrono::steady_clock::now() + 100ms;
            while (!m_ending && m_begun == begun && std::chrono::steady_clock::now() < deadline)
                std::this_thread::sleep_for(1ms); // until the other has begun as well
            std::this_thread::sleep_for(20ms);
            must(database.exec("COMMIT"));
        }
    }
    std::atomic<bool> m_ending{false};
    std::atomic<int> m_begun{0};
    std::array<std::thread, 2> m_threads;
};

} // namespace

class LogBoundTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysSmallWithoutReaders() {
        Busy journal;
        const qint64 size = journal.size();
        const qint64 most = journal.overwrite(400 * megabyte);
        qInfo("log %.0f MB at most", double(most) / megabyte);
        QVERIFY(most >= checkpointAt / 2); // the test writes enough to mean something
        QVERIFY(most <= checkpointAt + 4 * written);
        QVERIFY(journal.size() <= size + 2 * written + megabyte); // the same pages again
    }

    /// Nothing can be done while somebody looks at an old state; when they are done it is small again soon.
    void comesBackAfterALongReader() {
        Busy journal;
        auto reader = journal.reader();
        beginReading(reader);
        const qint64 meanwhile = journal.overwrite(200 * megabyte);
        QVERIFY(meanwhile > bound);
        must(reader.exec("COMMIT"));
        journal.overwrite(2 * written);
        qInfo("log %.0f MB with a reader, %.0f MB after it", double(meanwhile) / megabyte, double(journal.logSize()) / megabyte);
        QVERIFY(journal.logSize() <= checkpointAt + written);
        QVERIFY(journal.overwrite(200 * megabyte) <= checkpointAt + 4 * written);
    }

    /// An archive, an export or lists on a screen: each of them short, always one of them under way.
    void staysSmallUnderReadersInTurns() {
        Busy journal;
        const Relay relay(journal);
        const qint64 most = journal.overwrite(600 * megabyte);
        qInfo("log %.0f MB at most", double(most) / megabyte);
        QVERIFY(most <= bound);
    }
};

QTEST_GUILESS_MAIN(LogBoundTest)
#include "log_bound_test.moc"
