// SPDX-License-Identifier: GPL-3.0-or-later
//
// The callback from the command line; and S1, S2 for its secrets: they lie nowhere but in the encrypted store.
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray token = "canaryToken31415926";
const QByteArray aesKey = "canaryKey2718281828459045235360287471352662";

QByteArray utf16(const QByteArray &text) {
    const QString wide = QString::fromLatin1(text);
    return QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2);
}

} // namespace

class CliCallbackTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatToEnterIsPrinted();
    void whatIsNotNamedStays();
    void twoAccountsHaveTwoPaths();
    void secretsLieNowhereInClear();
    void mistakesAreTold_data();
    void mistakesAreTold();
    void removedIsGone();

private:
    struct Answer {
        int code = -1;
        QByteArray out, error;
        QJsonDocument json() const { return QJsonDocument::fromJson(out); }
    };
    Answer cli(const QByteArrayList &arguments, const QByteArray &input = {}, const QByteArray &passphrase = "open sesame") {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SONGDA_PASSPHRASE"), QString::fromUtf8(passphrase));
        process.setProcessEnvironment(environment);
        QStringList list{QStringLiteral("--profile"), m_profile};
        for (const QByteArray &argument : arguments)
            list.append(QString::fromUtf8(argument));
        process.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"), list);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(30'000))
            qFatal("songda-cli does not end");
        const Answer answer{process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
        m_errors += answer.error;
        return answer;
    }
    QJsonObject set(const QByteArrayList &more, const QByteArray &input = {}) {
        return cli(QByteArrayList{"--json", "callback", "set", "--account", "main"} + more, input).json().object();
    }

    QTemporaryDir m_dir;
    QString m_profile;
    QByteArray m_errors; ///< of all commands
};

void CliCallbackTest::initTestCase() {
    m_profile = m_dir.filePath(QStringLiteral("profile"));
    QCOMPARE(cli({"init"}).code, 0);
    for (const char *name : {"main", "second"})
        QCOMPARE(cli({"account", "add", "--name", name, "--appid", "wx0123456789abcdef", "--secret-stdin"}, "5041435449434553454352455430f00d\n").code, 0);
}

void CliCallbackTest::whatToEnterIsPrinted() {
    QFile settings(m_profile + QStringLiteral("/settings.json"));
    QVERIFY(settings.open(QIODevice::ReadOnly));
    auto json = QJsonDocument::fromJson(settings.readAll()).object();
    settings.close();
    const Answer before = cli({"callback", "set", "--account", "main"});
    QCOMPARE(before.code, 0);
    QVERIFY(before.out.contains("https://YOUR-HOST/wechat/wx0123456789abcdef") && before.error.contains("public_url"));
    json[QStringLiteral("doors")] = QJsonObject{{QStringLiteral("enabled"), true}, {QStringLiteral("public_url"), QStringLiteral("https://notify.example.com/")}};
    QVERIFY(settings.open(QIODevice::WriteOnly | QIODevice::Truncate));
    settings.write(QJsonDocument(json).toJson());
    settings.close();
    const Answer shown = cli({"callback", "show"});
    QCOMPARE(shown.code, 0);
    const QJsonObject made = cli({"--json", "callback", "show", "--account", "main"}).json().array().at(0).toObject();
    QCOMPARE(made[QStringLiteral("url")].toString(), QStringLiteral("https://notify.example.com/wechat/wx0123456789abcdef"));
    QCOMPARE(made[QStringLiteral("mode")].toString(), QStringLiteral("secure"));
    QCOMPARE(made[QStringLiteral("token")].toString().size(), 32);
    QCOMPARE(made[QStringLiteral("encoding_aes_key")].toString().size(), 43);
    for (const char *member : {"url", "token", "encoding_aes_key"})
        QVERIFY2(shown.out.contains(made[QLatin1String(member)].toString().toUtf8()), member);
    QVERIFY(shown.out.contains("安全模式"));
}

void CliCallbackTest::whatIsNotNamedStays() {
    const QJsonObject first = set({});
    const auto same = [&](const QJsonObject &a, const char *member) { return a[QLatin1String(member)] == first[QLatin1String(member)]; };
    QJsonObject next = set({"--mode", "plain", "--path", "one"});
    QVERIFY(same(next, "token") && same(next, "encoding_aes_key") && !same(next, "mode") && !same(next, "url"));
    next = set({"--new-key"});
    QVERIFY(same(next, "token") && !same(next, "encoding_aes_key"));
    QCOMPARE(next[QStringLiteral("mode")].toString(), QStringLiteral("plain"));
    QVERIFY(next[QStringLiteral("former_key_until")].isString());
    QVERIFY(!same(set({"--new-token"}), "token"));
    next = set({"--secrets-stdin", "--mode", "secure"}, token + "\n" + aesKey + "\n");
    QCOMPARE(next[QStringLiteral("token")].toString().toUtf8(), token);
    QCOMPARE(next[QStringLiteral("encoding_aes_key")].toString().toUtf8(), aesKey);
}

void CliCallbackTest::twoAccountsHaveTwoPaths() {
    QCOMPARE(cli({"callback", "set", "--account", "main", "--path", "wx0123456789abcdef"}).code, 0);
    const Answer taken = cli({"callback", "set", "--account", "second"});
    QCOMPARE(taken.code, 1);
    QVERIFY(taken.error.contains("main"));
    QCOMPARE(cli({"callback", "set", "--account", "second", "--path", "two"}).code, 0);
    QCOMPARE(cli({"--json", "callback", "show"}).json().array().size(), 2);
}

void CliCallbackTest::secretsLieNowhereInClear() {
    QDirIterator it(m_dir.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int files = 0;
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray all = file.readAll();
        ++files;
        for (const QByteArray &secret : {token, aesKey}) {
            for (const QByteArray &form : {secret, secret.toBase64(), secret.toHex(), utf16(secret)})
                QVERIFY2(!all.contains(form), qPrintable(file.fileName()));
        }
        QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions{});
    }
    QVERIFY(files >= 3);
    for (const QByteArray &secret : {token, aesKey})
        QVERIFY(!m_errors.contains(secret));
    const Answer wrong = cli({"callback", "show", "--account", "main"}, {}, "open simsim");
    QVERIFY(wrong.error.contains("passphrase"));
    QVERIFY(!wrong.out.contains(token) && !wrong.out.contains(aesKey));
}

void CliCallbackTest::mistakesAreTold_data() {
    QTest::addColumn<QByteArrayList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("code");
    QTest::newRow("account") << QByteArrayList{"--account", "nobody"} << QByteArray() << 1;
    QTest::newRow("mode") << QByteArrayList{"--account", "main", "--mode", "open"} << QByteArray() << 2;
    QTest::newRow("path") << QByteArrayList{"--account", "main", "--path", "a/b"} << QByteArray() << 1;
    QTest::newRow("path up") << QByteArrayList{"--account", "main", "--path", ".."} << QByteArray() << 1;
    QTest::newRow("one line") << QByteArrayList{"--account", "main", "--secrets-stdin"} << QByteArray("abc\n") << 1;
    QTest::newRow("token") << QByteArrayList{"--account", "main", "--secrets-stdin"} << QByteArray("a-b\n" + aesKey + "\n") << 1;
    QTest::newRow("short token") << QByteArrayList{"--account", "main", "--secrets-stdin"} << QByteArray("ab\n" + aesKey + "\n") << 1;
    QTest::newRow("key") << QByteArrayList{"--account", "main", "--secrets-stdin"} << QByteArray("abc\n" + aesKey + "x\n") << 1;
}

void CliCallbackTest::mistakesAreTold() {
    QFETCH(QByteArrayList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(int, code);
    const Answer answer = cli(QByteArrayList{"callback", "set"} + arguments, input);
    QCOMPARE(answer.code, code);
    QVERIFY(!answer.error.isEmpty() || code == 2);
    QVERIFY(!answer.error.contains(aesKey));
}

void CliCallbackTest::removedIsGone() {
    QCOMPARE(cli({"callback", "remove", "--account", "second"}).code, 0);
    QCOMPARE(cli({"callback", "show", "--account", "second"}).code, 1);
    QCOMPARE(cli({"--json", "callback", "show"}).json().array().size(), 1);
    QCOMPARE(cli({"verify"}).code, 0);
}

QTEST_GUILESS_MAIN(CliCallbackTest)
#include "cli_callback_test.moc"
