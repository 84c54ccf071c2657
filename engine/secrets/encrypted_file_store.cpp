// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/secrets/encrypted_file_store.h"

#include "engine/secrets/file_lock.h"
#include "engine/secrets/whole_file.h"

#include <QByteArray>
#include <QFile>
#include <memory>
#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <optional>

namespace songda::secrets {

namespace {

using Json = nlohmann::json;

constexpr int keySize = 32;
constexpr int saltSize = 16;
constexpr int nonceSize = 12;
constexpr int tagSize = 16;
constexpr std::uint64_t scryptN = 1 << 15;
constexpr std::uint64_t scryptR = 8;
constexpr std::uint64_t scryptP = 1;
constexpr const char *format = "songda-secrets-1";
/// A change takes some tenths of a second, most of it for the key.
constexpr std::chrono::seconds patienceForOthers{10};

unsigned char *bytes(std::string &s) { return reinterpret_cast<unsigned char *>(s.data()); }
const unsigned char *bytes(const std::string &s) { return reinterpret_cast<const unsigned char *>(s.data()); }

std::string randomBytes(int size) {
    std::string out(static_cast<std::size_t>(size), '\0');
    return RAND_bytes(bytes(out), size) == 1 ? out : std::string{};
}

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

std::optional<std::string> seal(const std::string &key, const std::string &nonce, const std::string &plain) {
    const Cipher c(EVP_CIPHER_CTX_new());
    std::string out(plain.size() + tagSize, '\0');
    int size = 0;
    int tail = 0;
    const bool ok = c && EVP_EncryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, bytes(key), bytes(nonce)) == 1
        && EVP_EncryptUpdate(c.get(), bytes(out), &size, bytes(plain), static_cast<int>(plain.size())) == 1
        && EVP_EncryptFinal_ex(c.get(), bytes(out) + size, &tail) == 1
        && EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_GET_TAG, tagSize, bytes(out) + size + tail) == 1;
    return ok ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<std::string> unseal(const std::string &key, const std::string &nonce, std::string sealed) {
    if (sealed.size() < tagSize)
        return std::nullopt;
    const Cipher c(EVP_CIPHER_CTX_new());
    const int plainSize = static_cast<int>(sealed.size()) - tagSize;
    std::string out(static_cast<std::size_t>(plainSize), '\0');
    int size = 0;
    int tail = 0;
    const bool ok = c && EVP_DecryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, bytes(key), bytes(nonce)) == 1
        && EVP_DecryptUpdate(c.get(), bytes(out), &size, bytes(sealed), plainSize) == 1
        && EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_SET_TAG, tagSize, bytes(sealed) + plainSize) == 1
        && EVP_DecryptFinal_ex(c.get(), bytes(out) + size, &tail) == 1;
    return ok ? std::optional(std::move(out)) : std::nullopt;
}

std::string toBase64(const std::string &raw) { return QByteArray::fromStdString(raw).toBase64().toStdString(); }

std::optional<std::string> fromBase64(const Json &j, const char *name) {
    if (!j.contains(name) || !j[name].is_string())
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray::fromStdString(j[name].get<std::string>()), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional((*decoded).toStdString()) : std::nullopt;
}

void wipe(std::string &text) { OPENSSL_cleanse(text.data(), text.size()); }

void replaceSecret(std::string &old, const std::string &fresh) {
    wipe(old);
    old = fresh;
}

} // namespace

EncryptedFileStore::EncryptedFileStore(std::string path, std::string passphrase)
    : m_path(std::move(path))
    , m_passphrase(std::move(passphrase)) {}

EncryptedFileStore::~EncryptedFileStore() {
    wipe(m_passphrase);
    wipe(m_key);
    for (auto &[name, secret] : m_lastRead)
        wipe(secret);
}

Result<std::string> EncryptedFileStore::keyFor(const std::string &salt) {
    if (!m_key.empty() && m_salt == salt)
        return m_key;
    std::string key(keySize, '\0');
    if (EVP_PBE_scrypt(m_passphrase.data(), m_passphrase.size(), bytes(salt), salt.size(), scryptN, scryptR, scryptP,
            64 * 1024 * 1024, bytes(key), keySize)
        != 1)
        return fail(ErrorCode::Secret, "the key could not be derived from the passphrase");
    m_salt = salt;
    replaceSecret(m_key, key);
    return key;
}

Result<EncryptedFileStore::Secrets> EncryptedFileStore::load() {
    QFile file(QString::fromStdString(m_path));
    if (!file.exists())
        return Secrets{};
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Secret, "cannot read " + m_path + ": " + file.errorString().toStdString());
    const Json j = Json::parse(file.read(1 << 20).toStdString(), nullptr, false);
    if (!j.is_object() || !j.contains("format") || j["format"] != format)
        return fail(ErrorCode::Secret, m_path + " is not a secrets file of this program");
    const auto salt = fromBase64(j, "salt");
    const auto nonce = fromBase64(j, "nonce");
    const auto sealed = fromBase64(j, "sealed");
    if (!salt || salt->size() != saltSize || !nonce || nonce->size() != nonceSize || !sealed)
        return fail(ErrorCode::Secret, m_path + " is damaged");
    const auto key = keyFor(*salt);
    if (!key)
        return tl::unexpected(key.error());
    auto plain = unseal(*key, *nonce, *sealed);
    if (!plain) {
        m_shutOut = wasChangedElsewhere(*salt);
        return fail(ErrorCode::Secret,
            m_shutOut ? "the passphrase of " + m_path + " was changed since this program opened it; start it anew with the new passphrase"
                      : "the passphrase does not open " + m_path);
    }
    const Json entries = Json::parse(*plain, nullptr, false);
    wipe(*plain);
    Secrets secrets;
    if (!entries.is_object())
        return fail(ErrorCode::Secret, m_path + " is damaged");
    for (const auto &[name, value] : entries.items()) {
        if (value.is_string())
            secrets[name] = value.get<std::string>();
    }
    m_shutOut = false;
    m_openedSalt = *salt;
    m_lastRead = secrets;
    return secrets;
}

Result<void> EncryptedFileStore::save(const Secrets &secrets) {
    const std::string salt = m_salt.empty() ? randomBytes(saltSize) : m_salt;
    const std::string nonce = randomBytes(nonceSize);
    if (salt.empty() || nonce.empty())
        return fail(ErrorCode::Secret, "the system has no random bytes");
    const auto key = keyFor(salt);
    if (!key)
        return tl::unexpected(key.error());
    std::string plain = Json(secrets).dump(-1, ' ', false, Json::error_handler_t::replace);
    const auto sealed = seal(*key, nonce, plain);
    wipe(plain);
    if (!sealed)
        return fail(ErrorCode::Secret, "the secrets could not be encrypted");
    const Json j{{"format", format}, {"kdf", "scrypt"}, {"salt", toBase64(salt)}, {"nonce", toBase64(nonce)},
        {"sealed", toBase64(*sealed)}};
    const auto [outcome, inPlace] = replaceFile(m_path, j.dump(1) + "\n");
    if (inPlace) {
        m_openedSalt = salt;
        m_lastRead = secrets;
    }
    return outcome;
}

Result<void> EncryptedFileStore::change(const std::function<void(Secrets &)> &how) {
    const std::lock_guard guard(m_mutex);
    const auto lock = FileLock::take(m_path + ".lock", patienceForOthers);
    if (!lock)
        return tl::unexpected(lock.error());
    auto secrets = load(); // what others have changed meanwhile is kept
    if (!secrets)
        return tl::unexpected(secrets.error());
    how(*secrets);
    return save(*secrets);
}

Result<void> EncryptedFileStore::unlock() {
    const std::lock_guard guard(m_mutex);
    const auto secrets = load();
    if (!secrets)
        return tl::unexpected(secrets.error());
    return {};
}

Result<void> EncryptedFileStore::changePassphrase(const std::string &present, const std::string &fresh, bool &counts) {
    counts = false;
    const std::lock_guard guard(m_mutex);
    const auto lock = FileLock::take(m_path + ".lock", patienceForOthers);
    if (!lock)
        return tl::unexpected(lock.error());
    if (!QFile::exists(QString::fromStdString(m_path)))
        return fail(ErrorCode::NotFound, "no secret is kept in " + m_path + " yet, so it has no passphrase that could be changed");
    EncryptedFileStore other(m_path, present);
    const auto secrets = other.load();
    if (!secrets)
        return tl::unexpected(secrets.error());
    replaceSecret(other.m_passphrase, fresh);
    other.m_salt.clear();
    replaceSecret(other.m_key, {});
    const auto saved = other.save(*secrets);
    counts = other.m_openedSalt == other.m_salt;
    if (!counts) // not in its place: the file before counts
        return saved;
    replaceSecret(m_passphrase, fresh);
    m_salt = other.m_salt;
    replaceSecret(m_key, other.m_key);
    m_openedSalt = other.m_openedSalt;
    m_lastRead = *secrets;
    m_shutOut = false;
    return saved;
}

bool EncryptedFileStore::isShutOut() {
    const std::lock_guard guard(m_mutex);
    static_cast<void>(load());
    return m_shutOut;
}

Result<void> EncryptedFileStore::put(const std::string &name, const std::string &secret) {
    return change([&](Secrets &secrets) { secrets[name] = secret; });
}

Result<std::string> EncryptedFileStore::get(const std::string &name) {
    const std::lock_guard guard(m_mutex);
    auto secrets = load();
    if (!secrets && !(m_shutOut && m_lastRead.contains(name)))
        return tl::unexpected(secrets.error());
    const Secrets &known = secrets ? *secrets : m_lastRead;
    const auto it = known.find(name);
    if (it == known.end())
        return fail(ErrorCode::NotFound, "no secret is kept for " + name + "; add it with account add");
    return it->second;
}

Result<void> EncryptedFileStore::remove(const std::string &name) {
    return change([&](Secrets &secrets) { secrets.erase(name); });
}

} // namespace songda::secrets
