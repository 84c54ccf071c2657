// SPDX-License-Identifier: GPL-3.0-or-later
//
// `songda-cli run` is killed again and again while it delivers messages and tells a business system what became of them.
// Every outcome is told, under one id and with the same bytes however often, and none is told that did not happen.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/kill_plan.h"
#include "tests/crash/recipients.h"
#include "tests/crash/scale.h"
#include "tests/crash/simulator_process.h"
#include "tests/integration/hook_receiver.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace songda::testing;

class HooksKillTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsLostAndIdsStay();
};

void HooksKillTest::nothingIsLostAndIdsStay() {
    Scale usual;
    usual.rows = 1500;
    usual.kills = 6;
    const Scale scale = Scale::fromEnvironment(usual);
    qInfo("SONGDA_CRASH_SEED=%u SONGDA_CRASH_ROWS=%d SONGDA_CRASH_KILLS=%d", scale.seed, scale.rows, scale.kills);
    QRandomGenerator random(scale.seed);
    KeptWhenFailed folder;
    SimulatorProcess simulator(folder.path());
    QVERIFY(simulator.start(QStringLiteral("43004=5,busy=2"), scale.seed, QStringLiteral("5:5")));
    const Console console(folder.path());
    QVERIFY(console.setUp(simulator.baseUrl(), scale.rate(), 20, 16));
    HookReceiver receiver;
    const CommandResult added
        = console.run({QStringLiteral("hook"), QStringLiteral("add"), QStringLiteral("--url"), QString::fromStdString(receiver.url()), QStringLiteral("--allow-private")});
    QCOMPARE(added.exitCode, 0);
    receiver.setSecret(added.json().value(QLatin1String("secret")).toString().toStdString());
    const QString csv = folder.path() + QStringLiteral("/people.csv");
    QVERIFY(writeRecipients(csv, 0, scale.rows));
    QCOMPARE(console.run(importCommand(csv)).number("queued"), scale.rows);

    int landed = 0;
    for (int kill = 0; kill < scale.kills; ++kill) {
        const auto delivery = console.start(runCommand());
        QVERIFY(delivery != nullptr);
        const auto from = receiver.record().requests;
        QElapsedTimer waited;
        waited.start();
        // Somewhere in the next part of what is to be told.
        const int after = from + scale.rows / (scale.kills + 1) / 2 + random.bounded(scale.rows / (scale.kills + 1) / 2);
        while (!delivery->hasEnded() && waited.elapsed() < 60'000 && receiver.record().requests < after)
            QTest::qWait(2);
        landed += delivery->killNow() ? 1 : 0;
    }
    QVERIFY2(landed * 2 > scale.kills, "it ended before it could be killed");
    const CommandResult last = console.run(runCommand(), {}, scale.drainDeadline());
    QVERIFY2(last.exitCode == 0 || last.exitCode == drainedWithDeadLetters, last.output.constData());
    const StateCounts counts = console.counts();
    const auto record = receiver.record();
    QCOMPARE(counts.accepted + counts.dead, static_cast<qint64>(scale.rows));
    // What is drained is told, all of it, and nothing else.
    qint64 accepted = 0;
    qint64 dead = 0;
    for (const auto &[message, state] : record.outcomes) {
        accepted += state == "accepted" ? 1 : 0;
        dead += state == "dead" ? 1 : 0;
    }
    QCOMPARE(accepted, counts.accepted);
    QCOMPARE(dead, counts.dead);
    QCOMPARE(record.outcomes.size(), static_cast<std::size_t>(scale.rows));
    QCOMPARE(record.taken.size(), record.outcomes.size()); // an id for each
    QCOMPARE(record.changed, 0);
    QCOMPARE(record.badlySigned, 0);
    QVERIFY2(record.again <= scale.kills * 700, qPrintable(QString::number(record.again)));
    const CommandResult verified = console.verify();
    QVERIFY2(verified.exitCode == 0, verified.output.constData());
    const CommandResult hooks = console.run({QStringLiteral("hook"), QStringLiteral("list")});
    const QJsonObject hook = QJsonDocument::fromJson(hooks.output).array().at(0).toObject();
    QCOMPARE(hook.value(QLatin1String("waiting")).toInt(), 0);
    QCOMPARE(hook.value(QLatin1String("dead")).toInt(), 0);
    qInfo("%d messages, %d of %d kills met it alive: 0 outcomes lost, %d told once more under the same id", scale.rows, landed, scale.kills, record.again);
}

SONGDA_CRASH_MAIN(HooksKillTest)
#include "hooks_kill_test.moc"
