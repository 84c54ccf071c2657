// SPDX-License-Identifier: GPL-3.0-or-later
//
// A profile that moves: into another locale, where numbers and dates must read and write the same, and to a machine
// that cannot open its secrets, where nothing is sent and nothing is lost until somebody helps.
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/journal_state.h"
#include "tests/crash/recipients.h"
#include "tests/crash/simulator_process.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QProcess>
#include <QTest>

using namespace songda::testing;

namespace {

constexpr int rows = 60;

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool replace(const QString &path, const QByteArray &text) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size();
}

} // namespace

class C9ForeignProfileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersAndDatesAreTheSameInAnyLocale_data();
    void numbersAndDatesAreTheSameInAnyLocale();
    void settingsOfAnotherMachineSendNothingAndLoseNothing();
    void settingsOfANewerProgramAreRefusedUntouched();

private:
    /// A profile with a list that is queued, on a simulator that refuses some of it.
    static bool makeProfile(const Console &console, SimulatorProcess &simulator);
};

bool C9ForeignProfileTest::makeProfile(const Console &console, SimulatorProcess &simulator) {
    const QString csv = QFileInfo(console.profile()).path() + QStringLiteral("/people.csv");
    return simulator.start(QStringLiteral("43004=20"), 1) && console.setUp(simulator.baseUrl(), 500, 500, 4)
        && writeRecipients(csv, 0, rows) && console.run(importCommand(csv)).number("queued") == rows;
}

void C9ForeignProfileTest::numbersAndDatesAreTheSameInAnyLocale_data() {
    QTest::addColumn<QString>("locale");
    for (const char *name : {"de_DE", "ar_EG", "fa_IR", "zh_CN", "tr_TR"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void C9ForeignProfileTest::numbersAndDatesAreTheSameInAnyLocale() {
    QFETCH(QString, locale);
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    const Console usual(dir.path());
    QVERIFY(makeProfile(usual, simulator));

    // Qt takes the locale from the environment; the C library wants one that is built, which needs its sources.
    const QString name = locale + QStringLiteral(".UTF-8");
    const QString folder = dir.path() + QStringLiteral("/locales");
    QVERIFY(QDir().mkpath(folder));
    const int built = QProcess::execute(QStringLiteral("localedef"),
        {QStringLiteral("--quiet"), QStringLiteral("-i"), locale, QStringLiteral("-f"), QStringLiteral("UTF-8"),
            folder + QLatin1Char('/') + name});
    if (built != 0)
        qInfo("%s is not built here: only Qt's part of it is tested", qPrintable(name));
    QMap<QString, QString> environment{{QStringLiteral("LC_ALL"), name}, {QStringLiteral("LANG"), name}};
    if (built == 0)
        environment.insert(QStringLiteral("LOCPATH"), folder);
    const Console abroad = usual.withEnvironment(environment);

    // Written abroad, read at home.
    QVERIFY(abroad.run(runCommand()).exitCode == drainedWithDeadLetters);
    QCOMPARE(abroad.run(words("account set practice --rate 1234.5")).exitCode, 0);
    const CommandResult sent = abroad.run(words("send --account practice --to oAbroad --at 2090-01-31T18:30:00+08:00 --data"
                                                " character_string1=SO1 thing2=tea amount3=¥1234.50 time4=15:01 --template")
        << Console::templateTitle());
    QVERIFY2(sent.exitCode == 0, sent.output.constData());
    const auto value
        = [&](const char *sql) { return queryDatabase(usual.databaseFile(), QString::fromLatin1(sql)).value_or(QString()); };
    QCOMPARE(value("SELECT CAST(rate AS TEXT) FROM account"), QStringLiteral("1234.5"));
    QCOMPARE(value("SELECT CAST(due_at AS TEXT) FROM message WHERE openid = 'oAbroad'"), QStringLiteral("3789541800000"));

    // Read abroad as at home.
    for (const char *look : {"queue list --limit 100", "queue stats", "message show 1", "account list", "batch list",
             "errors --by day --since 2020-01-31", "audit"}) {
        const CommandResult here = usual.run(words(look));
        const CommandResult there = abroad.run(words(look));
        QVERIFY2(here.exitCode == 0, here.output.constData());
        QCOMPARE(there.output, here.output);
    }
    const auto exported = [&](const Console &console, const QString &file) {
        return console.run(words("report export --from 2020-01-31 --out") << dir.path() + file)
            .json()
            .value(QStringLiteral("sha256"))
            .toString();
    };
    const QString digest = exported(usual, QStringLiteral("/here.csv"));
    QVERIFY(!digest.isEmpty());
    QCOMPARE(exported(abroad, QStringLiteral("/there.csv")), digest);
    QCOMPARE(usual.verify().exitCode, 0);
}

void C9ForeignProfileTest::settingsOfAnotherMachineSendNothingAndLoseNothing() {
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    const Console console(dir.path());
    QVERIFY(makeProfile(console, simulator));
    const QString settings = console.profile() + QStringLiteral("/settings.json");
    const QByteArray ours = bytesOf(settings);
    QVERIFY(ours.contains("\"file\""));

    // There the secrets are in a key store that this machine does not have.
    QVERIFY(replace(settings, QByteArray(ours).replace("\"file\"", "\"keychain\"")));
    const CommandResult refused = console.run(runCommand());
    QCOMPARE(refused.exitCode, 1);
    const QJsonArray blocked = refused.json().value(QStringLiteral("blocked")).toArray();
    QCOMPARE(blocked.size(), 1);
    QVERIFY2(!blocked[0].toObject().value(QStringLiteral("why")).toString().isEmpty(), refused.output.constData());
    qInfo("key store of another machine: %s", qPrintable(blocked[0].toObject().value(QStringLiteral("why")).toString()));
    const auto state = readJournalState(console.databaseFile());
    QVERIFY(state);
    QCOMPARE(state->queued(), rows);
    QCOMPARE(simulator.sums().value_or(LedgerSums()).wireCopies, 0);

    // There the passphrase was another.
    QVERIFY(replace(settings, ours));
    const CommandResult locked
        = console.withEnvironment({{QStringLiteral("SONGDA_PASSPHRASE"), QStringLiteral("another")}}).run(runCommand());
    QCOMPARE(locked.exitCode, 1);
    QCOMPARE(simulator.sums().value_or(LedgerSums()).wireCopies, 0);

    // At home again it goes on, after somebody has said so.
    QCOMPARE(console.run({QStringLiteral("account"), QStringLiteral("resume"), Console::account()}).exitCode, 0);
    const CommandResult home = console.run(runCommand());
    QVERIFY2(home.exitCode == drainedWithDeadLetters, home.output.constData());
    QCOMPARE(console.counts().unfinished, 0);
    QCOMPARE(console.verify().exitCode, 0);
}

void C9ForeignProfileTest::settingsOfANewerProgramAreRefusedUntouched() {
    KeptWhenFailed dir;
    SimulatorProcess simulator(dir.path());
    const Console console(dir.path());
    QVERIFY(makeProfile(console, simulator));
    const QString settings = console.profile() + QStringLiteral("/settings.json");
    const QByteArray newer = bytesOf(settings).replace("songda-profile-1", "songda-profile-2");
    QVERIFY(replace(settings, newer));
    for (const QStringList &command : {runCommand(), QStringList{QStringLiteral("queue"), QStringLiteral("stats")}}) {
        const CommandResult refused = console.run(command);
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.output.contains("settings.json") && refused.output.contains("songda-profile-2"),
            refused.output.constData());
        QCOMPARE(bytesOf(settings), newer);
    }
    QCOMPARE(simulator.sums().value_or(LedgerSums()).wireCopies, 0);
}

SONGDA_CRASH_MAIN(C9ForeignProfileTest)
#include "c9_foreign_profile_test.moc"
