// SPDX-License-Identifier: GPL-3.0-or-later
//
// The disk is full at the nth write, for every n until a whole day's work passes without reaching it.
#include "engine/exchange/report_writer.h"
#include "tests/simulation/sanitized.h"
#include "tests/simulation/world.h"

#include <QDir>
#include <QTest>
#include <csignal>
#include <sqlite3.h>
#include <sys/resource.h>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;
using Call = FaultyVfs::Call;

namespace {

Result<exchange::ReportResult> exportTo(World &world, const QString &file) {
    auto database = store::Database::open(world.path(), store::Database::Mode::ReadOnly, store::newestSchemaVersion());
    if (!database)
        return tl::unexpected(database.error());
    const std::atomic<bool> cancelled{false};
    return exchange::writeReport(*database, {file.toStdString(), {}, false, "tester", world.clock.now().wall}, {}, cancelled);
}

/// True when the journal took the messages. What it refuses it must not keep.
bool handIn(World &world, int count, const std::string &prefix) {
    const auto before = world.number("SELECT count(*) FROM message");
    try {
        world.enqueue(count, prefix);
        return true;
    } catch (const std::runtime_error &) {
        return world.number("SELECT count(*) FROM message") != before;
    }
}

} // namespace

class D1FullDiskTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noWorkIsLostAndItGoesOnWithoutARestart_data();
    void noWorkIsLostAndItGoesOnWithoutARestart();
    void anExportThatDoesNotFitLeavesNoFile();
};

void D1FullDiskTest::noWorkIsLostAndItGoesOnWithoutARestart_data() {
    QTest::addColumn<bool>("lasting");
    QTest::newRow("one write fails") << false;
    QTest::newRow("full from then on") << true;
}

void D1FullDiskTest::noWorkIsLostAndItGoesOnWithoutARestart() {
    QFETCH(bool, lasting);
    std::int64_t runs = 0;
    std::int64_t n = 1;
    for (bool reached = true; reached; n += everyNthCall, ++runs) {
        World world({.seed = static_cast<std::uint64_t>(n), .connections = 4});
        world.disk.fail(Call::Write, n, SQLITE_FULL, lasting);
        const bool taken = handIn(world, 6, "oFirst");
        if (world.disk.hasFailed() && taken)
            QCOMPARE(world.number("SELECT count(*) FROM message"), 6);
        const bool started = world.tryStart().has_value();
        if (started) {
            world.runFor(3s);
            handIn(world, 3, "oSecond");
            world.runFor(3s);
            static_cast<void>(world.checkpoint());
            QVERIFY(exportTo(world, QString::fromStdString(world.path() + ".csv")).has_value());
        }
        VERIFY_WORLD(world);
        reached = world.disk.hasFailed();
        // Somebody makes room.
        world.disk.heal();
        if (!started)
            world.start();
        world.enqueue(2, "oThird");
        QVERIFY2(world.drain(30s), qPrintable(QStringLiteral("write %1: ").arg(n) + QString::fromStdString(world.snapshot().problem)));
        VERIFY_WORLD(world);
        QCOMPARE(world.number("SELECT count(*) FROM message WHERE state <> 4"), 0);
    }
    qInfo("%lld runs, the last one passed all its writes", static_cast<long long>(runs));
}

void D1FullDiskTest::anExportThatDoesNotFitLeavesNoFile() {
    World world;
    world.enqueue(200);
    const QString file = QString::fromStdString(world.path() + ".csv");
    const QDir dir = QFileInfo(file).dir();
    const auto filesBefore = dir.entryList(QDir::Files);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlim_t usual = limit.rlim_cur;
    int tries = 0;
    for (bool fits = false; !fits; ++tries) {
        QVERIFY(tries < 1000);
        limit.rlim_cur = static_cast<rlim_t>(tries) * 512;
        setrlimit(RLIMIT_FSIZE, &limit);
        const auto result = exportTo(world, file);
        limit.rlim_cur = usual;
        setrlimit(RLIMIT_FSIZE, &limit);
        fits = result.has_value();
        if (!fits && result.error().code != ErrorCode::DiskFull && result.error().code != ErrorCode::Storage)
            QFAIL(result.error().detail.c_str());
        if (!fits)
            QCOMPARE(dir.entryList(QDir::Files), filesBefore);
    }
    QVERIFY(tries > 40);
    QVERIFY(QFileInfo::exists(file));
    qInfo("%d exports, the last one fitted", tries);
}

QTEST_GUILESS_MAIN(D1FullDiskTest)
#include "d1_full_disk_test.moc"
