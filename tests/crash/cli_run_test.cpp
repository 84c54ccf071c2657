// SPDX-License-Identifier: GPL-3.0-or-later
//
// What songda-cli says of a profile that stands still, and how much of a long list it prints.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/recipients.h"
#include "tests/crash/simulator_process.h"

#include <QFile>
#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace songda::testing;

namespace {

constexpr int rows = 60;

QJsonArray blockedIn(const CommandResult &result) { return result.json().value(QStringLiteral("blocked")).toArray(); }

/// What the commands have said on standard error so far.
QByteArray said(const Console &console) {
    QFile file(console.errorLog());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool queueList(const Console &console, const QString &directory, int first, int count) {
    const QString csv = directory + QStringLiteral("/people%1.csv").arg(first);
    return writeRecipients(csv, first, count) && console.run(importCommand(csv)).number("queued") == count;
}

} // namespace

class CliRunTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPausedProfileStaysSoUntilItIsResumed();
    void aHeldAccountWithNothingToSendIsNoFailure();
    void aListIsAsLongAsItWasAskedFor();
};

void CliRunTest::aPausedProfileStaysSoUntilItIsResumed() {
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    const Console console(dir.path());
    QVERIFY(simulator.start({}, 1) && console.setUp(simulator.baseUrl(), 500, 500, 4));
    const CommandResult paused = console.run(words("pause --reason smells"));
    QCOMPARE(paused.exitCode, 0);
    QVERIFY(paused.json().value(QStringLiteral("changed")).toBool());
    QVERIFY(!console.run(words("pause")).json().value(QStringLiteral("changed")).toBool(true));
    // Nothing waits: there is nothing to tell.
    QCOMPARE(console.run(runCommand()).exitCode, 0);
    QVERIFY(queueList(console, dir.path(), 0, rows));

    const CommandResult refused = console.run(runCommand());
    QCOMPARE(refused.exitCode, 1);
    QCOMPARE(blockedIn(refused).size(), 1);
    const QJsonObject why = blockedIn(refused).first().toObject();
    QCOMPARE(why.value(QStringLiteral("cause")).toString(), QStringLiteral("paused"));
    QCOMPARE(why.value(QStringLiteral("waiting")).toInt(), rows);
    for (const char *word : {"paused by ", "since ", "songda-cli resume"})
        QVERIFY2(why.value(QStringLiteral("why")).toString().contains(QLatin1String(word)), refused.output.constData());
    QVERIFY(said(console).contains("songda-cli resume"));
    QCOMPARE(simulator.sums().value_or(LedgerSums()).wireCopies, 0);

    QCOMPARE(console.run(words("resume")).exitCode, 0);
    QCOMPARE(console.run(runCommand()).exitCode, 0);
    QCOMPARE(console.counts().accepted, rows);
    QCOMPARE(console.verify().exitCode, 0);
}

void CliRunTest::aHeldAccountWithNothingToSendIsNoFailure() {
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    const Console console(dir.path());
    QVERIFY(simulator.start({}, 1) && console.setUp(simulator.baseUrl(), 500, 500, 4));
    QCOMPARE(console.run(QStringList{QStringLiteral("account"), QStringLiteral("hold"), Console::account(), QStringLiteral("--reason"), QStringLiteral("moved")}).exitCode, 0);
    const CommandResult idle = console.run(runCommand());
    QVERIFY2(idle.exitCode == 0, idle.output.constData());
    QVERIFY(blockedIn(idle).isEmpty());
    QVERIFY(queueList(console, dir.path(), 0, rows));
    const CommandResult blocked = console.run(runCommand());
    QCOMPARE(blocked.exitCode, 1);
    QCOMPARE(blockedIn(blocked).size(), 1);
}

void CliRunTest::aListIsAsLongAsItWasAskedFor() {
    constexpr int many = 10'020; // more than the engine gives at once
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    const Console console(dir.path());
    QVERIFY(simulator.start({}, 1) && console.setUp(simulator.baseUrl(), 500, 500, 4));
    QVERIFY(queueList(console, dir.path(), 0, many));
    const auto listed = [&](const char *command) {
        const CommandResult result = console.run(words(command));
        QSet<qint64> ids;
        const QJsonArray list = QJsonDocument::fromJson(result.output).array();
        for (const auto &row : list)
            ids.insert(row.toObject().value(QStringLiteral("message_id")).toInteger());
        return result.exitCode == 0 && ids.size() == list.size() ? static_cast<int>(ids.size()) : -1;
    };
    QCOMPARE(listed("queue list --limit 20000"), many);
    QVERIFY(!said(console).contains("there are more"));
    QCOMPARE(listed("queue list --limit 10010"), 10'010);
    QVERIFY(said(console).contains("only the first 10010 messages are listed"));
    QCOMPARE(listed("queue list"), 50);
    QCOMPARE(listed("dead list --limit 20000"), 0);
    QCOMPARE(console.run(words("dead list")).output.trimmed(), QByteArray("[]"));
    QCOMPARE(console.run(words("queue list --limit 0")).exitCode, 2);
}

SONGDA_CRASH_MAIN(CliRunTest)
#include "cli_run_test.moc"
