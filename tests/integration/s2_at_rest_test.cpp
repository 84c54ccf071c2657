// SPDX-License-Identifier: GPL-3.0-or-later
//
// S2: what lies on disk gives no secret away: not the profile's files as they are, and not a copy of them elsewhere.
#include "engine/engine.h"
#include "engine/secrets/encrypted_file_store.h"
#include "tests/must.h"
#include "tests/simulation/compare.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <sys/stat.h>
#include <thread>

using namespace songda;
using namespace songda::testing;

namespace {

constexpr const char *passphrase = "the passphrase of this profile";
constexpr const char *fresh = "CANARY another passphrase";
constexpr const char *appSecret = "0123456789abcdefCANARYappsecret0";
constexpr const char *callbackToken = "CANARYcallbackToken1";
constexpr const char *aesKey = "CANARYabcdefghijklmnopqrstuvwxyz0123456789A";
constexpr const char *password = "CANARY user password";

QList<QByteArray> formsOf(const QByteArray &text) {
    QByteArray wide;
    for (const char c : text)
        wide.append(c).append('\0');
    QList<QByteArray> forms{text, wide, text.toHex(), text.toPercentEncoding()};
    for (int offset = 0; offset < 3; ++offset)
        forms += (QByteArray(offset, 'x') + text + "xxx").toBase64().mid(offset == 0 ? 0 : offset + 1, int(text.size()) * 4 / 3 - 2);
    return forms;
}

/// Whatever of these stands in any file below a folder.
QStringList finds(const QString &folder, const QList<QByteArray> &secrets) {
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        const QByteArray all = file.readAll();
        for (const QByteArray &secret : secrets) {
            for (const QByteArray &form : formsOf(secret)) {
                if (all.contains(form))
                    found << it.fileName() + QStringLiteral(" holds ") + QString::fromLatin1(secret);
            }
        }
    }
    return found;
}

void copyFolder(const QString &from, const QString &to) {
    QDir().mkpath(to);
    for (const QFileInfo &info : QDir(from).entryInfoList(QDir::Files | QDir::Hidden)) {
        if (!QFile::copy(info.filePath(), to + QLatin1Char('/') + info.fileName()))
            qFatal("cannot copy %s", qPrintable(info.filePath()));
    }
}

std::unique_ptr<Engine> open(const QString &profile, EngineOptions::Role role = EngineOptions::Role::Tool) {
    EngineOptions options;
    options.profileDir = profile.toStdString();
    options.role = role;
    options.user = "tester";
    return must(Engine::open(options));
}

bool isAbout(const Error &error, const char *words) { return error.detail.find(words) != std::string::npos; }

QByteArray bytesOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A profile with one of each secret that it keeps.
struct Secrets {
    Secrets() {
        qputenv("SONGDA_PASSPHRASE", passphrase);
        must(Engine::createProfile(profile.toStdString()));
        const auto engine = open(profile, EngineOptions::Role::Engine);
        NewAccount account;
        account.account.name = "main";
        account.account.appid = "wx0123456789abcdef";
        account.account.apiBase = "http://127.0.0.1:9";
        account.secret = appSecret;
        must(engine->addAccount(account).result());
        CallbackWish callback;
        callback.account = "main";
        callback.mode = CallbackMode::Secure;
        callback.token = callbackToken;
        callback.encodingAesKey = aesKey;
        must(engine->setCallback(callback).result());
        NewHook hook;
        hook.url = "http://127.0.0.1:9/";
        hook.allowPrivate = true;
        hookSecret = must(engine->addHook(hook).result()).secret;
        apiKey = must(engine->addApiKey({"shop", ApiScopes{ApiScope::Send}}).result()).secret;
        must(engine->addUser("ada", UserRole::Admin, password).result());
    }
    ~Secrets() { qunsetenv("SONGDA_PASSPHRASE"); }

    QList<QByteArray> all() const {
        return {appSecret, callbackToken, aesKey, password, passphrase, fresh, QByteArray::fromStdString(hookSecret), QByteArray::fromStdString(hookSecret).mid(6),
            QByteArray::fromStdString(apiKey)};
    }

    QString file() const { return profile + QStringLiteral("/secrets.enc"); }

    QTemporaryDir dir;
    const QString profile = dir.filePath(QStringLiteral("profile"));
    std::string hookSecret, apiKey;
};

} // namespace

class S2AtRestTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noFileGivesASecretAway() {
        const Secrets secrets;
        QVERIFY(QFileInfo(secrets.profile + QStringLiteral("/secrets.enc")).size() > 100);
        const QStringList found = finds(secrets.profile, secrets.all());
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral(", "))));
    }

    void theSearchWouldFindThem() {
        const Secrets secrets;
        QFile file(secrets.profile + QStringLiteral("/plain"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const QByteArray &secret : secrets.all())
            file.write(secret.toBase64() + "\n");
        file.close();
        QVERIFY(finds(secrets.profile, secrets.all()).size() >= secrets.all().size());
    }

    void filesAreTheOwnersAlone() {
        const Secrets secrets;
        // Open, so that what lives only meanwhile is there, too.
        const auto engine = open(secrets.profile, EngineOptions::Role::Engine);
        struct stat status{};
        QCOMPARE(::stat(secrets.profile.toUtf8().constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0700U);
        for (const QFileInfo &info : QDir(secrets.profile).entryInfoList(QDir::Files | QDir::Hidden)) {
            QCOMPARE(::stat(info.filePath().toUtf8().constData(), &status), 0);
            QVERIFY2((status.st_mode & 0077U) == 0, qPrintable(info.fileName()));
        }
    }

    void aCopyElsewhereOpensNothing() {
        const Secrets secrets;
        const QString copy = secrets.dir.filePath(QStringLiteral("copy"));
        copyFolder(secrets.profile, copy);
        for (const char *guess : {"", "a wrong passphrase", "the passphrase of this profil", "the passphrase of this profile "}) {
            qputenv("SONGDA_PASSPHRASE", guess);
            const auto engine = open(copy);
            must(engine->signIn("ada", password).result());
            const auto setups = engine->callbackSetups().result();
            QVERIFY(!setups || !setups->front().problem.empty());
            QVERIFY(!engine->changeSecret("main", "another-secret").result());
        }
        qputenv("SONGDA_PASSPHRASE", passphrase);
        const auto engine = open(copy);
        must(engine->signIn("ada", password).result());
        COMPARE_TEXT(must(engine->callbackSetups().result()).front().secrets.encodingAesKey, std::string(aesKey));
    }

    /// Each guess costs what deriving the key by scrypt costs, a tenth of a second and 32 MB; each profile anew.
    void guessesAreSlow() {
        const Secrets first, second;
        const auto header = [](const Secrets &secrets) {
            QFile file(secrets.profile + QStringLiteral("/secrets.enc"));
            return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
        };
        QCOMPARE(header(first)[QLatin1String("kdf")].toString(), QStringLiteral("scrypt"));
        const QString salt = header(first)[QLatin1String("salt")].toString();
        QVERIFY(QByteArray::fromBase64(salt.toLatin1()).size() >= 16);
        QVERIFY(salt != header(second)[QLatin1String("salt")].toString());
    }

    void anotherPassphraseCountsForEverythingAtOnce() {
        const Secrets secrets;
        const QByteArray before = bytesOf(secrets.file());
        const auto engine = open(secrets.profile);
        must(engine->signIn("ada", password).result());
        for (const auto &[present, wanted, words] : {std::tuple("not this one", fresh, "does not open"), std::tuple(passphrase, "", "empty"),
                 std::tuple(passphrase, passphrase, "is the present one"), std::tuple(passphrase, "two\nlines", "control characters"), std::tuple("", fresh, "does not open")}) {
            const auto refused = engine->changePassphrase(present, wanted).result();
            QVERIFY2(!refused && isAbout(refused.error(), words), refused ? "changed" : refused.error().detail.c_str());
            QCOMPARE(bytesOf(secrets.file()), before);
        }
        // A copy that somebody keeps beside it is nobody else's to touch, whatever its name.
        const QStringList kept{secrets.file() + QStringLiteral(".backup"), secrets.file() + QStringLiteral(".before")};
        for (const QString &copy : kept)
            QVERIFY(QFile::copy(secrets.file(), copy));
        must(engine->changePassphrase(passphrase, fresh).result());
        for (const QString &copy : kept) {
            QCOMPARE(bytesOf(copy), before);
            QVERIFY(QFile::remove(copy));
        }
        const QJsonObject was = QJsonDocument::fromJson(before).object(), is = QJsonDocument::fromJson(bytesOf(secrets.file())).object();
        QVERIFY(was[QLatin1String("salt")] != is[QLatin1String("salt")] && was[QLatin1String("sealed")] != is[QLatin1String("sealed")]);
        struct stat status{};
        QCOMPARE(::stat(secrets.file().toUtf8().constData(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        // This engine goes on, reads and changes; so does one that is started with the new passphrase, and none with the old one.
        must(engine->changeSecret("main", appSecret).result());
        QVERIFY(!secrets::EncryptedFileStore(secrets.file().toStdString(), passphrase).unlock());
        qputenv("SONGDA_PASSPHRASE", fresh);
        const auto next = open(secrets.profile);
        must(next->signIn("ada", password).result());
        COMPARE_TEXT(must(next->callbackSetups().result()).front().secrets.encodingAesKey, std::string(aesKey));
        const auto acts = must(next->audit(std::nullopt, 10).result());
        QVERIFY(std::ranges::any_of(acts, [](const AuditEntry &a) { return a.act == "secrets.rekey" && a.who == "ada"; }));
        QVERIFY2(std::ranges::any_of(acts, [](const AuditEntry &a) { return a.act == "secrets.rekey_begin" && a.who == "ada"; }), "on record before it is done");
        const QStringList found = finds(secrets.profile, secrets.all());
        QVERIFY2(found.isEmpty(), qPrintable(found.join(QStringLiteral(", "))));
    }

    void onlyWhoSetsUpMayChangeIt() {
        const Secrets secrets;
        const auto engine = open(secrets.profile);
        must(engine->signIn("ada", password).result());
        must(engine->addUser("olga", UserRole::Operator, "another user password").result());
        must(engine->signIn("olga", "another user password").result());
        const auto refused = engine->changePassphrase(passphrase, fresh).result();
        QVERIFY(!refused && refused.error().code == ErrorCode::NotAllowed);
        QVERIFY(secrets::EncryptedFileStore(secrets.file().toStdString(), passphrase).unlock());
    }

    /// An engine that is at work goes on with what it has read when somebody else changes the passphrase, and says why it cannot
    /// change a secret any more.
    void whoHadItOpenIsTold() {
        const Secrets secrets;
        const auto working = open(secrets.profile, EngineOptions::Role::Engine);
        must(working->signIn("ada", password).result());
        COMPARE_TEXT(must(working->callbackSetups().result()).front().secrets.token, std::string(callbackToken));
        COMPARE_TEXT(must(working->secretsPlace().result()), std::string("file"));
        {
            const auto other = open(secrets.profile);
            must(other->signIn("ada", password).result());
            must(other->changePassphrase(passphrase, fresh).result());
            must(other->changeSecret("main", "anothersecret0123456789").result());
        }
        const CallbackSetup setup = must(working->callbackSetups().result()).front();
        COMPARE_TEXT(setup.problem, std::string());
        COMPARE_TEXT(setup.secrets.token, std::string(callbackToken));
        COMPARE_TEXT(must(working->secretsPlace().result()), std::string("shut out"));
        const QByteArray before = bytesOf(secrets.file());
        const auto refused = working->changeSecret("main", "a-third-secret").result();
        QVERIFY(!refused && refused.error().code == ErrorCode::Secret);
        QVERIFY2(isAbout(refused.error(), "was changed since this program opened it"), refused.error().detail.c_str());
        QCOMPARE(bytesOf(secrets.file()), before);
        // Whoever knows the present one can let it back in from there.
        must(working->changePassphrase(fresh, "a third passphrase").result());
        COMPARE_TEXT(must(working->secretsPlace().result()), std::string("file"));
        must(working->changeSecret("main", appSecret).result());
        secrets::EncryptedFileStore file(secrets.file().toStdString(), "a third passphrase");
        COMPARE_TEXT(must(file.get("main")), std::string(appSecret));
    }

    void aKeyStoreKeepsItsOwnKey() {
        QTemporaryDir dir;
        const QString profile = dir.filePath(QStringLiteral("profile"));
        must(Engine::createProfile(profile.toStdString()));
        const auto none = open(profile)->changePassphrase(passphrase, fresh).result();
        QVERIFY(!none && none.error().code == ErrorCode::NotFound && isAbout(none.error(), "no secret is kept yet"));
        QJsonObject settings = QJsonDocument::fromJson(bytesOf(profile + QStringLiteral("/settings.json"))).object();
        settings[QStringLiteral("secrets")] = QStringLiteral("keychain");
        QFile file(profile + QStringLiteral("/settings.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(settings).toJson()) > 0);
        file.close();
        const auto refused = open(profile)->changePassphrase(passphrase, fresh).result();
        QVERIFY(!refused && refused.error().code == ErrorCode::InvalidInput);
        QVERIFY2(isAbout(refused.error(), "key store") && isAbout(refused.error(), "a key of its own"), refused.error().detail.c_str());
    }

    void whoWritesAtOnceLosesNothing() {
        QTemporaryDir dir;
        const std::string path = dir.filePath(QStringLiteral("secrets.enc")).toStdString();
        constexpr int writers = 4, each = 25;
        {
            std::vector<std::jthread> threads;
            for (int w = 0; w < writers; ++w)
                threads.emplace_back([&path, w] {
                    secrets::EncryptedFileStore store(path, passphrase); // as another process has it
                    for (int i = 0; i < each; ++i)
                        must(store.put("writer " + std::to_string(w) + " secret " + std::to_string(i), "value"));
                });
        }
        secrets::EncryptedFileStore store(path, passphrase);
        int kept = 0;
        for (int w = 0; w < writers; ++w) {
            for (int i = 0; i < each; ++i)
                kept += store.get("writer " + std::to_string(w) + " secret " + std::to_string(i)).has_value();
        }
        QCOMPARE(kept, writers * each);
        qInfo("n = %d changes by %d writers at once, %d lost", writers * each, writers, writers * each - kept);
    }

    void theCommandLineAsksOrReadsTheEnvironment() {
        const Secrets secrets;
        const auto rekey = [&](const QMap<QString, QString> &more, const QByteArray &input) {
            QProcess process;
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.remove(QStringLiteral("SONGDA_PASSPHRASE"));
            for (auto it = more.cbegin(); it != more.cend(); ++it)
                environment.insert(it.key(), it.value());
            process.setProcessEnvironment(environment);
            process.setProcessChannelMode(QProcess::MergedChannels);
            process.start(QStringLiteral(SONGDA_BIN_DIR "/songda-cli"),
                {QStringLiteral("--profile"), secrets.profile, QStringLiteral("--as"), QStringLiteral("ada"), QStringLiteral("secrets"), QStringLiteral("rekey")});
            process.write(QByteArray(password) + "\n" + input);
            process.closeWriteChannel();
            if (!process.waitForFinished(60'000))
                qFatal("songda-cli does not end");
            return std::pair(process.exitCode(), process.readAll());
        };
        const auto opens = [&](const char *phrase) { return secrets::EncryptedFileStore(secrets.file().toStdString(), phrase).unlock().has_value(); };
        const QString present = QStringLiteral("SONGDA_PASSPHRASE"), wanted = QStringLiteral("SONGDA_NEW_PASSPHRASE");
        const QString old = QString::fromLatin1(passphrase), next = QString::fromLatin1(fresh);
        auto [code, said] = rekey({{present, old}}, "one\nanother\n");
        QVERIFY(code == 1 && said.contains("differ") && opens(passphrase));
        std::tie(code, said) = rekey({{present, old}}, "");
        QVERIFY(code == 1 && said.contains("SONGDA_NEW_PASSPHRASE") && opens(passphrase));
        std::tie(code, said) = rekey({{present, QStringLiteral("wrong")}, {wanted, next}}, "");
        QVERIFY(code == 1 && said.contains("does not open") && opens(passphrase));
        std::tie(code, said) = rekey({{present, old}, {wanted, next}}, "");
        QVERIFY2(code == 0 && opens(fresh) && !said.contains(fresh), said.constData());
        std::tie(code, said) = rekey({}, QByteArray(fresh) + "\nshort\nshort\n");
        QVERIFY2(code == 0 && opens("short") && said.contains("that passphrase is short"), said.constData());
    }
};

QTEST_GUILESS_MAIN(S2AtRestTest)
#include "s2_at_rest_test.moc"
