// SPDX-License-Identifier: GPL-3.0-or-later
//
// S2: what lies on disk gives no secret away: not the profile's files as they are, and not a copy of them elsewhere.
#include "engine/engine.h"
#include "tests/must.h"
#include "tests/simulation/compare.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace songda;
using namespace songda::testing;

namespace {

constexpr const char *passphrase = "the passphrase of this profile";
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
        apiKey = must(engine->addApiKey({"shop", ApiScopes{ApiScope::Send}, "", {}}).result()).secret;
        must(engine->addUser("ada", UserRole::Admin, password).result());
    }
    ~Secrets() { qunsetenv("SONGDA_PASSPHRASE"); }

    QList<QByteArray> all() const {
        return {appSecret, callbackToken, aesKey, password, passphrase, QByteArray::fromStdString(hookSecret), QByteArray::fromStdString(hookSecret).mid(6),
            QByteArray::fromStdString(apiKey)};
    }

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
};

QTEST_GUILESS_MAIN(S2AtRestTest)
#include "s2_at_rest_test.moc"
