// SPDX-License-Identifier: GPL-3.0-or-later
//
// S2: `songda-cli secrets rekey` is killed before each change of the file of secrets and of the database, and at random
// moments. Afterwards the old or the new passphrase opens the file, never both and never none, and every secret is there.
// Processes that change secrets at the same time lose none of them.
#include "engine/secrets/encrypted_file_store.h"
#include "tests/crash/commands.h"
#include "tests/crash/crash_main.h"
#include "tests/crash/kill_environment.h"
#include "tests/crash/scale.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>
#include <sys/stat.h>

using namespace songda::testing;
using songda::secrets::EncryptedFileStore;

namespace {

constexpr int deadline = 60'000;
constexpr int manyAtOnce = 6;
const QString before = QStringLiteral("the passphrase before");
const QString after = QStringLiteral("the passphrase after");
const QByteArray token = "rekeyCallbackToken";
const QByteArray aesKey = "rekeyabcdefghijklmnopqrstuvwxyz0123456789AB";

QStringList rekey() { return {QStringLiteral("secrets"), QStringLiteral("rekey")}; }

Console under(const Console &console, const QString &passphrase) {
    return console.withEnvironment({{QStringLiteral("SONGDA_PASSPHRASE"), passphrase}});
}

/// What the command is told: the present passphrase and the wanted one.
Console from(const Console &console, const QString &present, const QString &fresh) {
    return console.withEnvironment({{QStringLiteral("SONGDA_PASSPHRASE"), present}, {QStringLiteral("SONGDA_NEW_PASSPHRASE"), fresh}});
}

QString secretsFile(const Console &console) { return console.profile() + QStringLiteral("/secrets.enc"); }

bool addAccount(const Console &console, const QString &name) {
    return console.run({QStringLiteral("account"), QStringLiteral("add"), QStringLiteral("--name"), name, QStringLiteral("--appid"), QStringLiteral("wx0123456789abcdef"),
                           QStringLiteral("--secret-stdin"), QStringLiteral("--api-base"), QStringLiteral("http://127.0.0.1:9")},
               "secretof" + name.toUtf8() + "\n")
               .exitCode
        == 0;
}

/// A profile with secrets of several kinds under the passphrase `before`.
bool makeProfile(const Console &plain) {
    const Console console = under(plain, before);
    return console.run({QStringLiteral("init")}).exitCode == 0 && addAccount(console, QStringLiteral("one")) && addAccount(console, QStringLiteral("two"))
        && console
               .run({QStringLiteral("callback"), QStringLiteral("set"), QStringLiteral("--account"), QStringLiteral("one"), QStringLiteral("--secrets-stdin")},
                   token + "\n" + aesKey + "\n")
               .exitCode
        == 0;
}

bool opens(const Console &console, const QString &passphrase) {
    return EncryptedFileStore(secretsFile(console).toStdString(), passphrase.toStdString()).unlock().has_value();
}

/// Whether every secret is there under a passphrase.
bool holdsAll(const Console &console, const QString &passphrase) {
    EncryptedFileStore store(secretsFile(console).toStdString(), passphrase.toStdString());
    const std::string callback = store.get("one/callback").value_or("");
    return store.get("one").value_or("") == "secretofone" && store.get("two").value_or("") == "secretoftwo" && callback.find(token.toStdString()) != std::string::npos
        && callback.find(aesKey.toStdString()) != std::string::npos;
}

QStringList leftovers(const Console &console) {
    return QDir(console.profile()).entryList({QStringLiteral("secrets.enc.new")}, QDir::Files | QDir::Hidden);
}

} // namespace

class S2RekeyKillTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedBeforeEachChange_data();
    void killedBeforeEachChange();
    void killedAtRandomMoments();
    void whoWritesAtOnceLosesNothing();

private:
    /// Which passphrase counts after a kill; fails the test unless it is exactly one, and everything is there under it.
    static void settle(const Console &console, const QString &old, const QString &fresh, QString *counts);
};

void S2RekeyKillTest::settle(const Console &console, const QString &old, const QString &fresh, QString *counts) {
    const bool byOld = opens(console, old);
    QVERIFY2(byOld != opens(console, fresh), byOld ? "both passphrases open the secrets" : "no passphrase opens the secrets");
    *counts = byOld ? old : fresh;
    QVERIFY2(holdsAll(console, *counts), "a secret is missing");
    for (const QString &name : leftovers(console) + QStringList{QStringLiteral("secrets.enc")}) {
        struct stat status {};
        QCOMPARE(::stat(QFile::encodeName(console.profile() + QLatin1Char('/') + name).constData(), &status), 0);
        QVERIFY2((status.st_mode & 0077U) == 0, qPrintable(name));
    }
}

void S2RekeyKillTest::killedBeforeEachChange_data() {
    QTest::addColumn<QString>("point");
    QTest::addColumn<int>("least");
    QTest::newRow("of the secrets") << QStringLiteral("secrets-change") << 4; // made, written, synced, renamed
    QTest::newRow("of the database") << QStringLiteral("file-change") << 2; // the act's commit: written, synced
}

void S2RekeyKillTest::killedBeforeEachChange() {
    QFETCH(QString, point);
    QFETCH(int, least);
    KeptWhenFailed dir;
    const Console console(dir.path());
    QVERIFY(makeProfile(console));
    QString counts = before;
    int kills = 0, oldCounted = 0;
    for (int event = 1;; ++event) {
        const QString old = counts;
        const QString fresh = QStringLiteral("passphrase number %1").arg(event);
        const auto program = from(console, old, fresh).withEnvironment(dieAt(point, QStringLiteral("before"), event)).start(rekey());
        QVERIFY(program);
        QVERIFY(program->waitForEnd(deadline));
        settle(console, old, fresh, &counts);
        if (QTest::currentTestFailed()) {
            qInfo("at %s %d", qPrintable(point), event);
            return;
        }
        if (!program->wasKilled()) {
            QCOMPARE(program->exitCode(), 0);
            QCOMPARE(counts, fresh);
            break;
        }
        ++kills;
        oldCounted += counts == old;
    }
    QVERIFY2(kills >= least, "the kills did not reach the program");
    // Halves that the kills left are gone with the next change, and whoever comes next needs no help.
    QCOMPARE(from(console, counts, after).run(rekey()).exitCode, 0);
    QVERIFY(holdsAll(console, after));
    QVERIFY(!opens(console, before));
    QCOMPARE(leftovers(console), QStringList());
    QCOMPARE(under(console, after).run({QStringLiteral("audit"), QStringLiteral("verify")}).exitCode, 0);
    qInfo("killed before each %s: n = %d kills, the old passphrase counted after %d of them, the new one after %d", qPrintable(point), kills, oldCounted,
        kills - oldCounted);
}

void S2RekeyKillTest::killedAtRandomMoments() {
    Scale usual;
    usual.kills = 6;
    const Scale scale = Scale::fromEnvironment(usual);
    QRandomGenerator random(scale.seed);
    KeptWhenFailed dir;
    const Console console(dir.path());
    QVERIFY(makeProfile(console));
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(from(console, before, QStringLiteral("measured")).run(rekey()).exitCode, 0);
    int usualMs = static_cast<int>(clock.elapsed());
    QString counts = QStringLiteral("measured");
    int kills = 0, ended = 0, changed = 0;
    for (int round = 0; kills < scale.kills && round < 10 * scale.kills; ++round) {
        const QString old = counts;
        const QString fresh = QStringLiteral("random passphrase %1").arg(round);
        clock.restart();
        const auto program = from(console, old, fresh).start(rekey());
        QVERIFY(program);
        if (program->waitForEnd(random.bounded(usualMs + 1)))
            usualMs = std::max(50, std::min(usualMs, static_cast<int>(clock.elapsed()))); // a machine is not always equally busy
        (program->killNow() ? kills : ended) += 1;
        settle(console, old, fresh, &counts);
        if (QTest::currentTestFailed()) {
            qInfo("round %d, SONGDA_CRASH_SEED=%u", round, scale.seed);
            return;
        }
        changed += counts == fresh;
    }
    QCOMPARE(kills, scale.kills);
    QCOMPARE(from(console, counts, after).run(rekey()).exitCode, 0);
    QVERIFY(holdsAll(console, after));
    QCOMPARE(leftovers(console), QStringList());
    qInfo("n = %d kills at random moments of %d ms and %d that ended before; the new passphrase counted after %d; 0 secrets lost; seed %u", kills, usualMs, ended,
        changed, scale.seed);
}

void S2RekeyKillTest::whoWritesAtOnceLosesNothing() {
    KeptWhenFailed dir;
    const Console plain(dir.path());
    QVERIFY(makeProfile(plain));
    const Console console = under(plain, before);
    int n = 0;
    for (int round = 0; round < 3; ++round) {
        std::vector<std::unique_ptr<Program>> programs;
        for (int i = 0; i < manyAtOnce; ++i) {
            const QString name = QStringLiteral("round%1account%2").arg(round).arg(i);
            programs.push_back(console.program({QStringLiteral("account"), QStringLiteral("add"), QStringLiteral("--name"), name, QStringLiteral("--appid"),
                QStringLiteral("wx0123456789abcdef"), QStringLiteral("--secret-stdin"), QStringLiteral("--api-base"), QStringLiteral("http://127.0.0.1:9")}));
            QVERIFY(programs.back()->start("secretof" + name.toUtf8() + "\n"));
        }
        for (const auto &program : programs) {
            QVERIFY(program->waitForEnd(deadline));
            QCOMPARE(program->exitCode(), 0);
            ++n;
        }
        EncryptedFileStore store(secretsFile(console).toStdString(), before.toStdString());
        for (int i = 0; i < manyAtOnce; ++i) {
            const std::string name = QStringLiteral("round%1account%2").arg(round).arg(i).toStdString();
            QVERIFY2(store.get(name).value_or("") == "secretof" + name, name.c_str());
        }
        QVERIFY(holdsAll(console, before));
    }
    // And while the passphrase changes: whoever comes too late is told so, and nothing of what was said to be kept is lost.
    const auto adding = console.program({QStringLiteral("account"), QStringLiteral("add"), QStringLiteral("--name"), QStringLiteral("late"), QStringLiteral("--appid"),
        QStringLiteral("wx0123456789abcdef"), QStringLiteral("--secret-stdin"), QStringLiteral("--api-base"), QStringLiteral("http://127.0.0.1:9")});
    const auto changing = from(console, before, after).start(rekey());
    QVERIFY(changing);
    QVERIFY(adding->start("secretoflate\n"));
    QVERIFY(changing->waitForEnd(deadline) && adding->waitForEnd(deadline));
    QCOMPARE(changing->exitCode(), 0);
    EncryptedFileStore store(secretsFile(console).toStdString(), after.toStdString());
    QCOMPARE(store.get("late").has_value(), adding->exitCode() == 0);
    QVERIFY(holdsAll(console, after));
    qInfo("n = %d processes in groups of %d added a secret at once, 0 lost", n, manyAtOnce);
}

SONGDA_CRASH_MAIN(S2RekeyKillTest)
#include "s2_rekey_kill_test.moc"
