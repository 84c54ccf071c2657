// SPDX-License-Identifier: GPL-3.0-or-later
//
// A profile on a share that cannot lock: nobody could tell whether another machine works with it. Nothing is sent or
// taken in, the file is named, and it stays as it is.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/recipients.h"
#include "tests/crash/simulator_process.h"

#include <QFile>
#include <QTest>

using namespace songda::testing;

namespace {

constexpr int rows = 40;
/// Longer than any wait for a lock that is only taken.
constexpr int deadline = 30'000;

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class D4ShareWithoutLocksTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSentOrTakenIn_data();
    void nothingIsSentOrTakenIn();
};

void D4ShareWithoutLocksTest::nothingIsSentOrTakenIn_data() {
    QTest::addColumn<QStringList>("command");
    QTest::newRow("engine") << runCommand();
    QTest::newRow("service") << words("serve");
    QTest::newRow("import") << QStringList();
    QTest::newRow("one message") << words("send --account practice --to oNew --data thing2=x --template TITLE");
}

void D4ShareWithoutLocksTest::nothingIsSentOrTakenIn() {
    QFETCH(QStringList, command);
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    const Console console(dir.path());
    const QString csv = dir.path() + QStringLiteral("/people.csv");
    QVERIFY(simulator.start({}, 1) && console.setUp(simulator.baseUrl(), 500, 500, 4));
    QVERIFY(writeRecipients(csv, 0, rows) && console.run(importCommand(csv)).number("queued") == rows);
    const QString more = dir.path() + QStringLiteral("/more.csv");
    QVERIFY(writeRecipients(more, rows, rows));
    if (command.isEmpty())
        command = importCommand(more);
    if (command.first() == QLatin1String("send"))
        command.last() = Console::templateTitle();
    const QByteArray before = bytesOf(console.databaseFile());

    const Console onShare = console.withEnvironment({{QStringLiteral("LD_PRELOAD"), QStringLiteral(SONGDA_NO_LOCKS)}});
    const qint64 logged = QFile(console.errorLog()).size();
    const CommandResult result = onShare.run(command, {}, deadline);
    QCOMPARE(result.exitCode, 1);
    QFile log(console.errorLog());
    QVERIFY(log.open(QIODevice::ReadOnly) && log.seek(logged));
    const QByteArray said = result.output + log.readAll();
    QVERIFY2(said.contains(console.profile().toUtf8()), said.constData());
    QVERIFY2(said.contains("lock"), said.constData());
    QCOMPARE(simulator.sums().value_or(LedgerSums{.wireCopies = -1}).wireCopies, 0);
    QCOMPARE(bytesOf(console.databaseFile()), before);

    // Back on a disk that can, everything is there and goes.
    QCOMPARE(console.counts().unfinished, rows);
    QCOMPARE(console.run(runCommand()).exitCode, 0);
    QCOMPARE(console.counts().accepted, rows);
    QCOMPARE(console.verify().exitCode, 0);
}

SONGDA_CRASH_MAIN(D4ShareWithoutLocksTest)
#include "d4_share_without_locks_test.moc"
