// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/secrets/encrypted_file_store.h"
#include "engine/secrets/memory_store.h"

#include "tests/unit/files.h"
#include "tests/unit/printing.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <QFileInfo>

using namespace songda;
using namespace songda::secrets;
using songda::testing::Files;
using songda::testing::named;

namespace {

const std::string secret = "0123456789abcdef0123456789ABCDEF";
const std::string passphrase = "correct horse 电池 staple";

void overwrite(const std::string &path, const std::string &bytes) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly)
        || file.write(bytes.data(), static_cast<qint64>(bytes.size())) != static_cast<qint64>(bytes.size()))
        qFatal("the test file could not be written");
}

/// What one could look for in the file: the secret as it is, in hex, and in base64 at each of its three
/// offsets.
std::vector<std::string> disguises(const std::string &text) {
    const QByteArray raw = QByteArray::fromStdString(text);
    std::vector<std::string> all{text, raw.toHex().toStdString(), raw.toHex().toUpper().toStdString()};
    for (int offset = 0; offset < 3; ++offset) {
        // The characters at the ends depend on the neighbours; the middle does not.
        const QByteArray encoded = (QByteArray(offset, 'x') + raw).toBase64();
        all.push_back(encoded.mid(4, encoded.size() - 8).toStdString());
    }
    return all;
}

} // namespace

class SecretsStoresTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void storesKeepReplaceAndForget_data();
    void storesKeepReplaceAndForget();
    void secretsSurviveTheProgram();
    void anyTextCanBeASecret();
    void wrongPassphraseIsRefusedAndChangesNothing();
    void alteredFilesAreRefused_data();
    void alteredFilesAreRefused();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void noFileYetIsFine();
    void onlyTheOwnerMayReadTheFile();
    void nothingIsInClearInTheFile();
    void sameSecretsLookDifferentEachTime();
    void unwritablePlacesAreRefused();
};

void SecretsStoresTest::storesKeepReplaceAndForget_data() {
    QTest::addColumn<bool>("onDisk");
    QTest::newRow("memory") << false;
    QTest::newRow("encrypted file") << true;
}

void SecretsStoresTest::storesKeepReplaceAndForget() {
    QFETCH(bool, onDisk);
    const Files files;
    std::unique_ptr<SecretStore> store;
    if (onDisk)
        store = std::make_unique<EncryptedFileStore>(files.path("secrets.json"), passphrase);
    else
        store = std::make_unique<MemoryStore>();
    const auto missing = store->get("shop");
    QVERIFY(!missing.has_value());
    QCOMPARE(named(missing.error().code), std::string("not_found"));
    QVERIFY2(missing.error().detail.find("shop") != std::string::npos, missing.error().detail.c_str());

    QVERIFY(store->put("shop", secret).has_value());
    QVERIFY(store->put("other", "second").has_value());
    QCOMPARE(store->get("shop").value_or(""), secret);
    QCOMPARE(store->get("other").value_or(""), std::string("second"));
    QVERIFY(!store->get("Shop").has_value());

    QVERIFY(store->put("shop", "new").has_value());
    QCOMPARE(store->get("shop").value_or(""), std::string("new"));

    QVERIFY(store->remove("shop").has_value());
    QCOMPARE(named(store->get("shop").error().code), std::string("not_found"));
    QVERIFY(store->remove("shop").has_value()); // gone is gone
    QCOMPARE(store->get("other").value_or(""), std::string("second"));
}

void SecretsStoresTest::secretsSurviveTheProgram() {
    const Files files;
    const std::string path = files.path("secrets.json");
    {
        EncryptedFileStore store(path, passphrase);
        QVERIFY(store.unlock().has_value());
        QVERIFY(store.put("shop", secret).has_value());
    }
    EncryptedFileStore again(path, passphrase);
    QVERIFY(again.unlock().has_value());
    QCOMPARE(again.get("shop").value_or(""), secret);
    QVERIFY(again.put("other", "second").has_value());
    EncryptedFileStore third(path, passphrase);
    QCOMPARE(third.get("shop").value_or(""), secret);
    QCOMPARE(third.get("other").value_or(""), std::string("second"));
}

void SecretsStoresTest::anyTextCanBeASecret() {
    const Files files;
    EncryptedFileStore store(files.path("secrets.json"), passphrase);
    const std::vector<std::string> texts{
        "", "\"\\\n\t", "密钥😀", std::string("a\0b", 3), std::string(100000, 'x')};
    for (std::size_t i = 0; i < texts.size(); ++i)
        QVERIFY(store.put("账号/" + std::to_string(i), texts[i]).has_value());
    EncryptedFileStore again(files.path("secrets.json"), passphrase);
    for (std::size_t i = 0; i < texts.size(); ++i)
        QCOMPARE(again.get("账号/" + std::to_string(i)).value_or("nothing"), texts[i]);
}

void SecretsStoresTest::wrongPassphraseIsRefusedAndChangesNothing() {
    const Files files;
    const std::string path = files.path("secrets.json");
    EncryptedFileStore store(path, passphrase);
    QVERIFY(store.put("shop", secret).has_value());
    const std::string before = Files::bytesOf(path);
    for (const std::string &wrong :
        {std::string{}, passphrase + " ", std::string("Correct horse 电池 staple")}) {
        EncryptedFileStore other(path, wrong);
        const auto unlocked = other.unlock();
        QVERIFY(!unlocked.has_value());
        QCOMPARE(named(unlocked.error().code), std::string("secret"));
        QVERIFY2(
            unlocked.error().detail.find("passphrase") != std::string::npos, unlocked.error().detail.c_str());
        QCOMPARE(named(other.get("shop").error().code), std::string("secret"));
        QVERIFY(!other.put("shop", "mine").has_value());
        QVERIFY(!other.remove("shop").has_value());
        QCOMPARE(Files::bytesOf(path), before);
    }
    QCOMPARE(EncryptedFileStore(path, passphrase).get("shop").value_or(""), secret);
}

void SecretsStoresTest::alteredFilesAreRefused_data() {
    QTest::addColumn<std::string>("field");
    QTest::addColumn<int>("byte"); // of the decoded field; negative: from its end
    QTest::newRow("salt") << std::string("salt") << 0;
    QTest::newRow("nonce") << std::string("nonce") << 5;
    QTest::newRow("first byte of the secrets") << std::string("sealed") << 0;
    QTest::newRow("byte in the middle") << std::string("sealed") << 20;
    QTest::newRow("last byte of the seal") << std::string("sealed") << -1;
    QTest::newRow("first byte of the seal") << std::string("sealed") << -16;
}

void SecretsStoresTest::alteredFilesAreRefused() {
    QFETCH(std::string, field);
    QFETCH(int, byte);
    const Files files;
    const std::string path = files.path("secrets.json");
    QVERIFY(EncryptedFileStore(path, passphrase).put("shop", secret).has_value());
    auto json = nlohmann::json::parse(Files::bytesOf(path));
    QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(json[field].get<std::string>()));
    const qsizetype at = byte < 0 ? bytes.size() + byte : byte;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    json[field] = bytes.toBase64().toStdString();
    overwrite(path, json.dump());

    EncryptedFileStore store(path, passphrase);
    QCOMPARE(named(store.unlock().error().code), std::string("secret"));
    QVERIFY(!store.get("shop").has_value());
    QVERIFY(!store.put("shop", "mine").has_value());
    QCOMPARE(Files::bytesOf(path), json.dump());
}

void SecretsStoresTest::otherFilesAreRefused_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("empty") << std::string{};
    QTest::newRow("no JSON") << std::string("hello");
    QTest::newRow("a list") << std::string("[]");
    QTest::newRow("other JSON") << std::string("{\"shop\":\"secret\"}");
    QTest::newRow("newer format") << std::string(
        R"({"format":"songda-secrets-2","salt":"","nonce":"","sealed":""})");
    QTest::newRow("no fields") << std::string(R"({"format":"songda-secrets-1"})");
    QTest::newRow("fields of another type")
        << std::string(R"({"format":"songda-secrets-1","salt":1,"nonce":[],"sealed":{}})");
    QTest::newRow("no base64") << std::string(
        R"({"format":"songda-secrets-1","salt":"!!","nonce":"!!","sealed":"!!"})");
    QTest::newRow("short salt") << std::string(
        R"({"format":"songda-secrets-1","salt":"AAAA","nonce":"AAAAAAAAAAAAAAAA","sealed":"AAAAAAAAAAAAAAAAAAAAAAAAAAAA"})");
    QTest::newRow("sealed shorter than its seal") << std::string(
        R"({"format":"songda-secrets-1","salt":"AAAAAAAAAAAAAAAAAAAAAA==","nonce":"AAAAAAAAAAAAAAAA","sealed":"AAAA"})");
}

void SecretsStoresTest::otherFilesAreRefused() {
    QFETCH(std::string, bytes);
    const Files files;
    const std::string path = files.path("secrets.json");
    overwrite(path, bytes);
    EncryptedFileStore store(path, passphrase);
    const auto unlocked = store.unlock();
    QVERIFY(!unlocked.has_value());
    QCOMPARE(named(unlocked.error().code), std::string("secret"));
    QVERIFY2(unlocked.error().detail.find(path) != std::string::npos, unlocked.error().detail.c_str());
    QVERIFY(!store.put("shop", secret).has_value());
    QCOMPARE(Files::bytesOf(path), bytes); // somebody else's file is not overwritten
}

void SecretsStoresTest::noFileYetIsFine() {
    const Files files;
    EncryptedFileStore store(files.path("secrets.json"), passphrase);
    QVERIFY(store.unlock().has_value());
    QVERIFY(!QFileInfo::exists(QString::fromStdString(files.path("secrets.json"))));
}

void SecretsStoresTest::onlyTheOwnerMayReadTheFile() {
    const Files files;
    const std::string path = files.path("secrets.json");
    EncryptedFileStore store(path, passphrase);
    for (const char *name : {"first", "second"}) {
        QVERIFY(store.put(name, secret).has_value());
        const auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
        const auto mode = QFileInfo(QString::fromStdString(path)).permissions()
            & ~(QFileDevice::ReadUser | QFileDevice::WriteUser); // those are of whoever runs the test
        QVERIFY(mode == owner);
        // A file made readable by others is closed again with the next change.
        QVERIFY(QFile::setPermissions(
            QString::fromStdString(path), owner | QFileDevice::ReadGroup | QFileDevice::ReadOther));
    }
}

void SecretsStoresTest::nothingIsInClearInTheFile() {
    const Files files;
    const std::string path = files.path("secrets.json");
    EncryptedFileStore store(path, passphrase);
    QVERIFY(store.put("account-name", secret).has_value());
    const std::string bytes = Files::bytesOf(path);
    const auto json = nlohmann::json::parse(bytes);
    const std::string sealed
        = QByteArray::fromBase64(QByteArray::fromStdString(json["sealed"].get<std::string>())).toStdString();
    QVERIFY(sealed.size() > secret.size());
    for (const std::string &text : {secret, passphrase, std::string("account-name")}) {
        for (const std::string &disguise : disguises(text)) {
            QVERIFY2(bytes.find(disguise) == std::string::npos, disguise.c_str());
            QVERIFY2(sealed.find(disguise) == std::string::npos, disguise.c_str());
        }
    }
}

void SecretsStoresTest::sameSecretsLookDifferentEachTime() {
    const Files files;
    const auto written = [&](const char *name) {
        EncryptedFileStore store(files.path(name), passphrase);
        if (!store.put("shop", secret))
            qFatal("the secret could not be stored");
        return nlohmann::json::parse(Files::bytesOf(files.path(name)));
    };
    const auto one = written("one.json");
    const auto two = written("two.json");
    QVERIFY(one["salt"] != two["salt"]);
    QVERIFY(one["nonce"] != two["nonce"]);
    QVERIFY(one["sealed"] != two["sealed"]);
    // Within one file the key stays and the nonce never does.
    const auto again = written("one.json");
    QVERIFY(again["nonce"] != one["nonce"]);
}

void SecretsStoresTest::unwritablePlacesAreRefused() {
    const Files files;
    EncryptedFileStore store(files.path("no/such/folder/secrets.json"), passphrase);
    const auto stored = store.put("shop", secret);
    QVERIFY(!stored.has_value());
    QCOMPARE(named(stored.error().code), std::string("secret"));
    QVERIFY2(stored.error().detail.find("secrets.json") != std::string::npos, stored.error().detail.c_str());
}

QTEST_GUILESS_MAIN(SecretsStoresTest)
#include "secrets_stores_test.moc"
