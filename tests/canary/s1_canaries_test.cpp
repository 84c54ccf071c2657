// SPDX-License-Identifier: GPL-3.0-or-later
//
// S1: eight marked values go through the programs at the highest log level: set up, sent with, handed in at the doors, through
// every error path of the network, a crash, a change of the passphrase, exports and backups, and the windows of the console.
// Then all that was written is searched for them: profile with database, log and free pages, temporary files, homes, what the
// programs said, core files, command lines, environments, window titles, clipboard. They are found nowhere but where they
// belong: the phone number, a value of a message, in the database, its copies, and the file that the operator handed in.
//
// The passphrase is not one of the eight. Whoever gives it by SONGDA_PASSPHRASE has put it into the environment, which other
// programs of the same user and of root can read; everything else is searched for it, too.
#include "engine/engine.h"
#include "engine/when_done.h"
#include "tests/canary/journey.h"
#include "tests/free_port.h"
#include "tests/integration/door_client.h"
#include "tests/must.h"
#include "ui/shell/main_window.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QSettings>
#include <QTest>
#include <csignal>

using namespace songda;
using namespace songda::canary;
using songda::testing::DoorClient;
using songda::testing::freePort;
using songda::testing::must;

namespace {

constexpr int patience = 60'000;
const QString account = QStringLiteral("main");
const QByteArray jwtSecret = "a secret of thirty-two bytes, or more";

QStringList line(const char *words) { return QString::fromUtf8(words).split(QLatin1Char(' ')); }

QByteArray base64url(const QByteArray &bytes) { return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals); }

QByteArray makeJwt() {
    const auto expires = QDateTime::currentSecsSinceEpoch() + 600;
    const QByteArray head = base64url("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
        + "." + base64url("{\"iss\":\"https://login.example\",\"aud\":\"songda\",\"sub\":\"orders\",\"jti\":\"" + jwtMark + "\",\"exp\":" + QByteArray::number(expires) + "}");
    return head + "." + base64url(QMessageAuthenticationCode::hash(head, jwtSecret, QCryptographicHash::Sha256));
}

QByteArray bearer(const QByteArray &token) { return "Authorization: Bearer " + token + "\r\n"; }

QByteArray messageFor(const QByteArray &openid) {
    return "{\"account\":\"main\",\"template\":\"" + QByteArray(43, 'c') + "\",\"openid\":\"" + openid + "\",\"data\":{\"thing1\":\"tea\",\"phone_number2\":\"" + phoneNumber + "\"}}";
}

} // namespace

class S1CanariesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void setUpFromTheCommandLine();
    void everyErrorPathOfTheNetwork();
    void theDoorsAndACrash();
    void anotherPassphraseAndWhatLeavesTheHouse();
    void theWindows();
    void nothingIsFoundOutsideItsPlace();
    void theSearchWouldFindEach();

private:
    QList<Canary> all() const {
        QList<Canary> canaries = fixed();
        canaries.append({"API key", m_apiKey});
        canaries.append({"JWT's signature", m_jwt.mid(m_jwt.lastIndexOf('.') + 1)});
        canaries.append({"hook's secret", m_hookSecret});
        return canaries;
    }
    /// What others see of a program: no secret, but the passphrase that was put there.
    void lookAtProcess(const QProcess &process, const char *name) {
        QList<Canary> canaries;
        for (const Canary &canary : all()) {
            if (canary.value != passphrase && canary.value != newPassphrase)
                canaries.append(canary);
        }
        const QByteArray outside = outsideOf(process.processId());
        QVERIFY(outside.contains("songda"));
        m_processes += 1;
        m_found << Search(canaries).in(outside, QStringLiteral("the command line or environment of ") + QLatin1String(name));
    }
    void openTheDoors() {
        QFile file(m_journey.profile() + QStringLiteral("/settings.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QJsonObject settings = QJsonDocument::fromJson(file.readAll()).object();
        file.close();
        m_port = freePort();
        m_journey.write(QStringLiteral("profile/jwt-secret"), jwtSecret + "\n");
        settings[QStringLiteral("doors")] = QJsonDocument::fromJson("{\"enabled\": true, \"port\": " + QByteArray::number(m_port)
            + ", \"jwt\": [{\"issuer\": \"https://login.example\", \"audience\": \"songda\", \"algorithm\": \"HS256\", \"key_file\": \"jwt-secret\", \"scopes\": \"send\"}]}")
                                                .object();
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QJsonDocument(settings).toJson());
    }
    bool doorsAreOpen() const {
        return QTest::qWaitFor(
            [&] {
                DoorClient client(m_port);
                return client.isOpen() && DoorClient::statusOf(client.ask("GET", "/readyz")) == 200;
            },
            patience);
    }

    LeakyPlatform m_platform;
    Journey m_journey;
    QByteArray m_apiKey, m_hookSecret, m_jwt = makeJwt();
    quint16 m_port = 0;
    QStringList m_found;
    int m_processes = 0, m_titles = 0;
};

void S1CanariesTest::setUpFromTheCommandLine() {
    const auto done = [&](const QStringList &arguments, const QByteArray &input = {}, Journey::Says says = Journey::Says::Kept) {
        m_journey.cli(arguments, input, says);
        if (m_journey.exitCode() != 0)
            qWarning("%s", qPrintable(arguments.join(QLatin1Char(' '))));
        return m_journey.exitCode() == 0;
    };
    QVERIFY(done(line("init")));
    QVERIFY(done(line("log levels engine=debug,delivery=debug,intake=debug,reports=debug,hooks=debug,doors=debug,qt=debug")));
    QVERIFY(done(line("account add --name main --appid wx0123456789abcdef --secret-stdin --connections 2 --api-base") << QString::fromStdString(m_platform.base()), appSecret + "\n"));
    // Mistakes as people make them.
    m_journey.cli(line("account add --name main --appid wx0123456789abcdef --secret-stdin"), appSecret + "\n");
    m_journey.cli(line("account add --name second --appid wx0123456789abcdef --secret-stdin"), appSecret + " with blanks\n");
    m_journey.cli(line("callback set --account none --secrets-stdin"), callbackToken + "\n" + encodingAesKey + "\n");
    m_journey.cli(line("callback set --account main --secrets-stdin"), callbackToken + "\n" + encodingAesKey.chopped(1) + "!\n");
    QVERIFY(done(line("callback set --account main --secrets-stdin"), callbackToken + "\n" + encodingAesKey + "\n", Journey::Says::Asked));
    QVERIFY(done(line("alert sink add --kind mail --server 127.0.0.1:9 --tls required --user songda --from a@example.com --to b@example.com"), mailPassword + "\n"));
    m_journey.cli(line("alert sink test 1"));
    QVERIFY(m_journey.exitCode() != 0);
    m_hookSecret = QJsonDocument::fromJson(m_journey.cli(line("--json hook add --url http://127.0.0.1:9/hook --allow-private"), {}, Journey::Says::Asked)).object()[QLatin1String("secret")].toString().toUtf8();
    m_apiKey = QJsonDocument::fromJson(m_journey.cli(line("--json key add --client shop --scope send --scope read"), {}, Journey::Says::Asked)).object()[QLatin1String("key")].toString().toUtf8();
    QVERIFY2(m_apiKey.size() > 16 && m_hookSecret.size() > 16, (m_apiKey + " " + m_hookSecret).constData());
    m_journey.write(QStringLiteral("in/template.txt"), "{{thing1.DATA}} {{phone_number2.DATA}}");
    QVERIFY(done(line("template add --account main --title canary --id") << QString(43, QLatin1Char('c')) << QStringLiteral("--content") << m_journey.path(QStringLiteral("in/template.txt"))));
    // A wrong passphrase, typed into the wrong program.
    m_journey.setPassphrase(passphrase + "?");
    m_journey.cli(line("account test main"));
    QVERIFY(m_journey.exitCode() != 0);
    m_journey.setPassphrase(passphrase);
}

void S1CanariesTest::everyErrorPathOfTheNetwork() {
    QByteArray csv = "openid,thing1,phone_number2\n";
    for (int i = 0; i < 40; ++i)
        csv += "oPerson" + QByteArray::number(i) + ",tea," + phoneNumber + "\n";
    csv += "oBad,," + phoneNumber + "\nno openid,tea," + phoneNumber + "\n";
    m_journey.write(QStringLiteral("in/people.csv"), csv);
    m_journey.write(QStringLiteral("profile/policy.json"),
        R"({"format": "songda-policy-1", "defaults": {"retry": {"transient": {"first_ms": 100, "most_ms": 500}}, "breaker": {"open_ms": 1000}}})");
    m_journey.cli(line("policy check"));
    if (m_journey.exitCode() != 0)
        QFile::remove(m_journey.profile() + QStringLiteral("/policy.json"));
    m_journey.cli(line("import --account main --template canary") << m_journey.path(QStringLiteral("in/people.csv")));
    QCOMPARE(m_journey.exitCode(), 0);
    for (const LeakyPlatform::Mode mode : LeakyPlatform::modes) {
        m_platform.setMode(mode);
        const int before = m_platform.requests();
        m_journey.cli(line("account test main"));
        m_journey.cli(line("template sync --account main"));
        m_journey.cli(line("run --for 2"));
        m_journey.cli(line("account list"));
        m_journey.cli(line("--json queue list --limit 50"));
        QVERIFY2(m_platform.requests() > before, "nobody asked the platform");
        m_journey.cli(line("account resume main"));
    }
    m_platform.setMode(LeakyPlatform::Mode::Well);
    m_journey.cli(line("dead retry --all --reason again"));
    m_journey.cli(line("run --for 5"));
    for (const char *look : {"errors", "errors --lang zh", "--json errors --by account", "dead list", "--json dead list", "audit", "--json audit", "alert list", "--json alert list",
             "hook list", "key list", "alert sink list", "queue stats", "radar", "template list"})
        m_journey.cli(line(look));
    // It shows what was asked for: the values of a message.
    m_journey.cli(line("--json message show 1"), {}, Journey::Says::Asked);
}

void S1CanariesTest::theDoorsAndACrash() {
    openTheDoors();
    if (QTest::currentTestFailed())
        return;
    auto serve = m_journey.start(QStringLiteral("songda-cli"), QStringList{QStringLiteral("--profile"), m_journey.profile()} + line("serve"));
    QVERIFY(doorsAreOpen());
    lookAtProcess(*serve, "songda-cli serve");
    const auto ask = [&](const QByteArray &target, const QByteArray &headers, const QByteArray &body = {}) {
        DoorClient client(m_port);
        return DoorClient::statusOf(client.ask(body.isEmpty() ? "GET" : "POST", target, body, headers + "Content-Type: application/json\r\n"));
    };
    QCOMPARE(ask("/v1/messages", bearer(m_apiKey), messageFor("oByKey")), 202);
    QCOMPARE(ask("/v1/messages", bearer(m_jwt), messageFor("oByToken")), 202);
    // Credentials where they do not belong, and not quite right.
    for (const QByteArray &credential : {m_apiKey, m_jwt, accessToken, appSecret}) {
        static_cast<void>(ask("/v1/messages", bearer(credential + "x"), messageFor("oNobody")));
        static_cast<void>(ask("/v1/messages?access_token=" + credential, bearer("none"), messageFor("oNobody")));
        static_cast<void>(ask("/v1/" + credential, bearer(credential)));
        static_cast<void>(ask("/v1/messages", "X-Api-Key: " + credential + "\r\n", "{\"" + credential + "\": broken"));
        static_cast<void>(ask("/v1/messages", "Cookie: token=" + credential + "\r\n", messageFor("oNobody").replace("thing1", "password")));
    }
    for (const QByteArray &target : {QByteArray("/wechat/wx0123456789abcdef?signature=0123&timestamp=1&nonce=2&echostr=" + callbackToken),
             QByteArray("/wechat/" + callbackToken), QByteArray("/wechat/wx0123456789abcdef?token=" + callbackToken + "&key=" + encodingAesKey)}) {
        static_cast<void>(ask(target, {}));
        static_cast<void>(ask(target, "X: y\r\n", "<xml><Encrypt>" + encodingAesKey + "</Encrypt><Token>" + callbackToken + "</Token></xml>"));
    }
    QVERIFY(ask("/metrics", bearer(m_apiKey)) > 0);
    // It dies of a fault in its own memory. Whoever allowed core files gets none of this program: less than a file needs,
    // and what the system asks for that hands cores to another program.
    QVERIFY(QList<QByteArray>({"0", "1"}).contains(coreLimitOf(serve->processId()).soft));
    ::kill(static_cast<pid_t>(serve->processId()), SIGSEGV);
    QVERIFY(serve->waitForFinished(patience));
    QVERIFY(serve->exitStatus() == QProcess::CrashExit);
    QVERIFY2(QDir(m_journey.path(QStringLiteral("work"))).entryList({QStringLiteral("core*")}, QDir::Files).isEmpty(), "a core file");
    // And after it, from what it left.
    m_journey.cli(line("run --for 3"));
    m_journey.cli(line("check"));
    QCOMPARE(m_journey.exitCode(), 0);
}

void S1CanariesTest::anotherPassphraseAndWhatLeavesTheHouse() {
    // Typed, so that neither stands in an environment.
    m_journey.setPassphrase({});
    m_journey.cli(line("secrets rekey"), "wrong " + passphrase + "\n" + newPassphrase + "\n" + newPassphrase + "\n");
    QVERIFY(m_journey.exitCode() != 0);
    m_journey.cli(line("secrets rekey"), passphrase + "\n" + newPassphrase + "\n" + newPassphrase + "\n");
    QCOMPARE(m_journey.exitCode(), 0);
    m_journey.setPassphrase(passphrase); // no longer the right one
    m_journey.cli(line("account test main"));
    QVERIFY(m_journey.exitCode() != 0);
    m_journey.setPassphrase(newPassphrase);
    const QString out = m_journey.path(QStringLiteral("out/"));
    for (const QStringList &command : {line("account test main"), line("report export --out") << out + QStringLiteral("report.csv"),
             line("report export --lang zh --out") << out + QStringLiteral("report-zh.csv"), line("backup --out") << out + QStringLiteral("backup.db"), line("verify"), line("audit verify")}) {
        m_journey.cli(command);
        QVERIFY2(m_journey.exitCode() == 0, qPrintable(command.join(QLatin1Char(' '))));
    }
    m_journey.cli(line("import --account main --template canary --dry-run") << m_journey.path(QStringLiteral("in/people.csv")) << QStringLiteral("--rejects") << out + QStringLiteral("rejects.csv"));
    QCOMPARE(m_journey.exitCode(), 0);
    m_journey.cli(line("account set main --secret-stdin"), appSecret + "\n");
    // Nothing of it may stay in what is free in the database.
    m_journey.cli(line("callback remove --account main"));
    m_journey.cli(line("callback set --account main --secrets-stdin"), callbackToken + "\n" + encodingAesKey + "\n", Journey::Says::Asked);
}

void S1CanariesTest::theWindows() {
    // The program itself, as people start it.
    auto console = m_journey.start(QStringLiteral("songda"), {QStringLiteral("--profile"), m_journey.profile(), QStringLiteral("--lang"), QStringLiteral("en")});
    QVERIFY(QTest::qWaitFor([&] { return QFile::exists(m_journey.profile() + QStringLiteral("/engine.lock")) && outsideOf(console->processId()).contains("songda"); }, patience));
    QVERIFY(!console->waitForFinished(3000)); // it runs
    lookAtProcess(*console, "songda");
    console->kill();
    QVERIFY(console->waitForFinished(patience));
    // And its windows from within: every page, what they are called, and the clipboard.
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_journey.path(QStringLiteral("home/config")));
    qputenv("SONGDA_PASSPHRASE", newPassphrase);
    EngineOptions options;
    options.profileDir = m_journey.profile().toStdString();
    options.role = EngineOptions::Role::Engine;
    options.user = "tester";
    const auto engine = must(Engine::open(options));
    must(engine->start());
    ui::Theme theme;
    ui::Language language;
    ui::MainWindow window(*engine, theme, language);
    window.show();
    const Search search(all());
    for (const char *page : {"overview", "send", "queue", "dead_letters", "recipient", "errors", "templates", "reports", "accounts", "audit", "alerts", "connections", "users", "settings", "handover"}) {
        window.showPage(QLatin1String(page));
        QTest::qWait(200);
        for (const QWidget *each : QApplication::topLevelWidgets()) {
            m_found << search.in(each->windowTitle().toUtf8(), QStringLiteral("the title of a window"));
            ++m_titles;
        }
    }
    m_found << search.in(QGuiApplication::clipboard()->text().toUtf8(), QStringLiteral("the clipboard"));
    qunsetenv("SONGDA_PASSPHRASE");
}

void S1CanariesTest::nothingIsFoundOutsideItsPlace() {
    const Search search(all());
    // The phone number is a value of messages: in the database, what was copied from it, and the operator's own file.
    const QString database = m_journey.profile() + QStringLiteral("/songda.db");
    m_found << search.inFolder(m_journey.root(), [&](const QString &path, const Canary &canary) {
        const bool holdsMessages = path.startsWith(database) || path == m_journey.path(QStringLiteral("out/backup.db")) || path == m_journey.path(QStringLiteral("in/people.csv"))
            || path == m_journey.path(QStringLiteral("out/rejects.csv"));
        return canary.value != phoneNumber || !holdsMessages;
    });
    m_found.removeDuplicates();
    QVERIFY2(m_found.isEmpty(), qPrintable(m_found.join(QLatin1Char('\n'))));
    QVERIFY(search.filesLookedAt() > m_journey.commands());
    // It was worth looking: everything is in use, and the log speaks at length.
    QVERIFY(QFileInfo(m_journey.profile() + QStringLiteral("/songda.log")).size() > 10'000);
    QVERIFY(m_platform.requests() > 20);
    qInfo("n = %lld marked values in %d forms each, at most; %d commands and programs; %d files, %lld bytes, %d processes and %d window titles searched: 0 finds", static_cast<long long>(all().size()), 15,
        m_journey.commands(), search.filesLookedAt(), static_cast<long long>(search.bytesLookedAt()), m_processes, m_titles);
}

void S1CanariesTest::theSearchWouldFindEach() {
    const Search search(all());
    for (const Canary &canary : all()) {
        for (const QByteArray &form : formsOf(canary.value)) {
            m_journey.write(QStringLiteral("tmp/planted"), "before " + form + " behind");
            const QStringList found = search.inFolder(m_journey.path(QStringLiteral("tmp")));
            QVERIFY2(!found.isEmpty(), canary.what);
        }
    }
    // What a core file would hold, taken from the memory of a program that was told that it may leave one.
    auto serve = m_journey.start(QStringLiteral("songda-cli"), QStringList{QStringLiteral("--profile"), m_journey.profile()} + line("serve"), {{QStringLiteral("SONGDA_CORE_FILES"), QStringLiteral("1")}});
    QVERIFY(doorsAreOpen());
    const CoreLimit limit = coreLimitOf(serve->processId());
    QCOMPARE(limit.soft, limit.hard); // as it was begun with
    QVERIFY(writeMemoryOf(serve->processId(), m_journey.path(QStringLiteral("work/memory"))));
    serve->kill();
    QVERIFY(serve->waitForFinished(patience));
    const QStringList found = search.inFolder(m_journey.path(QStringLiteral("work")));
    QVERIFY2(found.join(QLatin1Char(' ')).contains(QStringLiteral("app secret")), qPrintable(found.join(QLatin1Char('\n'))));
}

QTEST_MAIN(S1CanariesTest)
#include "s1_canaries_test.moc"
