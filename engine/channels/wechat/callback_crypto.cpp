// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/callback_crypto.h"

#include <QByteArray>
#include <algorithm>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace songda::wechat {

namespace {

constexpr std::size_t lengthBytes = 4;
constexpr std::size_t paddedTo = 32; // not the cipher's block: PKCS#7 of a library refuses half of these
constexpr std::size_t cipherBlock = 16;
constexpr std::size_t longest = 2 << 20;

struct FreeCipher {
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); }
};

const unsigned char *bytes(std::string_view text) { return reinterpret_cast<const unsigned char *>(text.data()); }
unsigned char *bytes(std::string &text) { return reinterpret_cast<unsigned char *>(text.data()); }

tl::unexpected<Error> unreadable() { return fail(ErrorCode::Refused, "the callback cannot be decrypted with this key"); }

} // namespace

std::string callbackSignature(std::vector<std::string_view> parts) {
    std::sort(parts.begin(), parts.end());
    std::string all;
    for (const std::string_view part : parts)
        all += part;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (EVP_Digest(all.data(), all.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
        return {};
    constexpr const char *hex = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
        text += hex[digest[i] >> 4];
        text += hex[digest[i] & 15];
    }
    return text;
}

bool isSignature(std::string_view given, const std::string &right) {
    return !right.empty() && given.size() == right.size() && CRYPTO_memcmp(given.data(), right.data(), right.size()) == 0;
}

Result<CallbackKey> CallbackKey::fromText(std::string_view encodingAesKey) {
    const bool plausible = encodingAesKey.size() == 43 && std::all_of(encodingAesKey.begin(), encodingAesKey.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
    if (!plausible)
        return fail(ErrorCode::InvalidInput, "an EncodingAESKey is 43 letters and digits; copy it from the account's page");
    // 43 characters are 258 bits: the last two mean nothing.
    QByteArray key = QByteArray::fromBase64(QByteArray(encodingAesKey.data(), static_cast<qsizetype>(encodingAesKey.size())) + '=');
    CallbackKey made;
    if (key.size() != static_cast<qsizetype>(keyBytes))
        return fail(ErrorCode::InvalidInput, "the EncodingAESKey cannot be decoded");
    std::copy(key.cbegin(), key.cend(), made.m_key.begin());
    OPENSSL_cleanse(key.data(), static_cast<std::size_t>(key.size()));
    return made;
}

CallbackKey::~CallbackKey() { OPENSSL_cleanse(m_key.data(), m_key.size()); }

Result<std::string> CallbackKey::run(std::string_view input, bool encrypt) const {
    const std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> c(EVP_CIPHER_CTX_new());
    std::string output(input.size() + cipherBlock, '\0');
    int size = 0;
    int tail = 0;
    const bool ok = c && EVP_CipherInit_ex(c.get(), EVP_aes_256_cbc(), nullptr, m_key.data(), m_key.data(), encrypt ? 1 : 0) == 1
        && EVP_CIPHER_CTX_set_padding(c.get(), 0) == 1
        && EVP_CipherUpdate(c.get(), bytes(output), &size, bytes(input), static_cast<int>(input.size())) == 1
        && EVP_CipherFinal_ex(c.get(), bytes(output) + size, &tail) == 1;
    if (!ok)
        return unreadable();
    output.resize(static_cast<std::size_t>(size + tail));
    return output;
}

Result<std::string> CallbackKey::open(std::string_view encrypt, std::string_view receiver) const {
    if (encrypt.size() > longest)
        return unreadable();
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray::fromRawData(encrypt.data(), static_cast<qsizetype>(encrypt.size())), QByteArray::AbortOnBase64DecodingErrors);
    const std::string_view sealed(decoded.decoded.constData(), static_cast<std::size_t>(decoded.decoded.size()));
    if (!decoded || sealed.empty() || sealed.size() % cipherBlock != 0)
        return unreadable();
    const auto plain = run(sealed, false);
    if (!plain)
        return plain;
    // 16 random bytes, length, message, receiver, padding: each bound is checked before anything is cut.
    std::string_view rest = *plain;
    const auto padding = static_cast<std::size_t>(static_cast<unsigned char>(rest.back()));
    if (padding < 1 || padding > paddedTo || padding > rest.size()
        || rest.substr(rest.size() - padding).find_first_not_of(rest.back()) != std::string_view::npos)
        return unreadable();
    rest.remove_suffix(padding);
    if (rest.size() < randomBytes + lengthBytes)
        return unreadable();
    rest.remove_prefix(randomBytes);
    std::size_t length = 0;
    for (std::size_t i = 0; i < lengthBytes; ++i)
        length = length << 8 | static_cast<unsigned char>(rest[i]);
    rest.remove_prefix(lengthBytes);
    if (length > rest.size() || rest.substr(length) != receiver)
        return unreadable();
    return std::string(rest.substr(0, length));
}

Result<std::string> CallbackKey::seal(std::string_view message, std::string_view receiver, std::string_view random) const {
    if (random.size() != randomBytes || message.size() > longest)
        return fail(ErrorCode::Internal, "a callback answer cannot be encrypted like this");
    std::string plain(random);
    for (const int shift : {24, 16, 8, 0})
        plain += static_cast<char>(message.size() >> shift & 0xff);
    plain += message;
    plain += receiver;
    const std::size_t padding = paddedTo - plain.size() % paddedTo;
    plain.append(padding, static_cast<char>(padding));
    const auto sealed = run(plain, true);
    if (!sealed)
        return sealed;
    return QByteArray::fromRawData(sealed->data(), static_cast<qsizetype>(sealed->size())).toBase64().toStdString();
}

} // namespace songda::wechat
