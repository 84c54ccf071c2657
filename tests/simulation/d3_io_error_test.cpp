// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nth read, write or sync fails, for every n until a run passes without reaching it.
#include "tests/simulation/sanitized.h"
#include "tests/simulation/world.h"

#include <QTest>
#include <optional>
#include <sqlite3.h>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;
using Call = FaultyVfs::Call;
using Loss = FaultyVfs::Loss;

namespace {

bool handIn(World &world, int count, const std::string &prefix) {
    try {
        world.enqueue(count, prefix);
        return true;
    } catch (const std::runtime_error &) {
        return false; // whether it was written nobody knows; nobody was told so either
    }
}

} // namespace

class D3IoErrorTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsAcknowledgedThatIsNotOnTheDisk_data();
    void nothingIsAcknowledgedThatIsNotOnTheDisk();
    void aFailedSyncIsNotBelievedAfterARestartEither();
    void norBesideAReaderThatKeepsTheLog();

private:
    static void afterAFailedSync(World &world);
    /// The engine has ended, and its log holds what could not be synced.
    static void endAtAFailedSync(World &world);
};

void D3IoErrorTest::nothingIsAcknowledgedThatIsNotOnTheDisk_data() {
    QTest::addColumn<int>("call");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("lasting");
    for (const bool lasting : {false, true}) {
        const char *often = lasting ? ", and every later one" : "";
        QTest::addRow("a read fails%s", often) << static_cast<int>(Call::Read) << SQLITE_IOERR_READ << lasting;
        QTest::addRow("a write fails%s", often) << static_cast<int>(Call::Write) << SQLITE_IOERR_WRITE << lasting;
        QTest::addRow("a sync fails%s", often) << static_cast<int>(Call::Sync) << SQLITE_IOERR_FSYNC << lasting;
    }
}

/// The journal takes nothing any more, no request leaves, and the engine says so.
void D3IoErrorTest::afterAFailedSync(World &world) {
    const auto acknowledged = world.journal.acknowledged();
    world.runFor(100ms); // what was claimed before the failure may still leave: its rows are on the disk
    const int posts = world.transport.posts();
    QVERIFY(!handIn(world, 1, "oRefused"));
    world.runFor(5s);
    QCOMPARE(world.transport.posts(), posts);
    QCOMPARE(world.journal.acknowledged().size(), acknowledged.size());
    QVERIFY(!handIn(world, 1, "oRefusedToo"));
    world.dispatcher->onWorkChanged();
    world.runFor(2s);
    COMPARE_NAMED(world.gate(), Gate::JournalBlocked);
    QVERIFY(QString::fromStdString(world.snapshot().problem).contains(QStringLiteral("synced")));
}

void D3IoErrorTest::endAtAFailedSync(World &world) {
    world.enqueue(5, "oFirst");
    world.disk.fail(Call::Sync, 1, SQLITE_IOERR_FSYNC, false);
    QVERIFY(!handIn(world, 5, "oUnknown"));
    QVERIFY(world.writer->failure().has_value());
    world.halt(Loss::Nothing);
    world.disk.heal();
}

void D3IoErrorTest::nothingIsAcknowledgedThatIsNotOnTheDisk() {
    QFETCH(int, call);
    QFETCH(int, code);
    QFETCH(bool, lasting);
    const bool sync = static_cast<Call>(call) == Call::Sync;
    std::int64_t runs = 0;
    std::int64_t n = 1;
    for (bool reached = true; reached; n += everyNthCall, ++runs) {
        World world({.seed = static_cast<std::uint64_t>(n), .connections = 4});
        world.enqueue(6, "oFirst");
        world.halt(Loss::Nothing); // so that the start reads the log and the database anew
        world.disk.fail(static_cast<Call>(call), n, code, lasting);
        const bool started = world.tryStart().has_value();
        if (started) {
            world.runFor(300ms);
            handIn(world, 3, "oSecond");
            world.runFor(3s);
            if (sync && world.writer->failure())
                afterAFailedSync(world);
            static_cast<void>(world.checkpoint());
            handIn(world, 2, "oThird");
            world.runFor(2s);
        }
        if (QTest::currentTestFailed())
            return;
        reached = world.disk.hasFailed();
        world.disk.heal();
        VERIFY_WORLD(world);
        if (sync || !started) {
            // A new start, and it must not matter that the power goes right after it.
            world.halt(Loss::Nothing);
            world.start();
            world.crash(Loss::All);
            VERIFY_WORLD(world);
            world.start();
        }
        QVERIFY2(world.drain(10min), qPrintable(QStringLiteral("call %1: ").arg(n) + QString::fromStdString(world.snapshot().problem)));
        VERIFY_WORLD(world);
        QCOMPARE(world.number("SELECT count(*) FROM message WHERE state <> 4"), 0);
    }
    qInfo("%lld runs, the last one passed", static_cast<long long>(runs));
}

void D3IoErrorTest::aFailedSyncIsNotBelievedAfterARestartEither() {
    // What could not be synced still stands in the log and can be read. A writer that believed it would put what it
    // acknowledges behind it, where it is lost with it.
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        World world({.seed = seed});
        endAtAFailedSync(world);
        world.start();
        world.enqueue(5, "oAfter");
        world.crash(Loss::All);
        VERIFY_WORLD(world);
    }
}

void D3IoErrorTest::norBesideAReaderThatKeepsTheLog() {
    // Somebody looked before the engine started again: the log can neither be emptied nor begun anew while they read.
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        World world({.seed = seed});
        endAtAFailedSync(world);
        std::optional<store::Database> reader = world.reader();
        testing::must(reader->exec("BEGIN"));
        const auto seen = testing::must(reader->scalar("SELECT count(*) FROM message"));
        world.start();
        world.enqueue(5, "oAfter");
        QCOMPARE(testing::must(reader->scalar("SELECT count(*) FROM message")).value_or(-1), seen.value_or(-1));
        testing::must(reader->exec("COMMIT"));
        reader.reset();
        world.crash(Loss::All);
        VERIFY_WORLD(world);
    }
}

QTEST_GUILESS_MAIN(D3IoErrorTest)
#include "d3_io_error_test.moc"
