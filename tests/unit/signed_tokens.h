// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/doors/jwt.h"
#include "tests/must.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <memory>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

/// Tokens signed here, with keys of the tests' own.
namespace songda::testing::tokens {

using nlohmann::json;

inline const WallTime now = fromMillis(1'800'000'000'000);
inline constexpr std::int64_t nowSeconds = 1'800'000'000;

inline std::string base64url(const QByteArray &bytes) {
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
}
inline std::string base64url(const std::string &text) { return base64url(QByteArray::fromStdString(text)); }

/// A key pair of the test's own.
class Pair {
public:
    static Pair rsa(unsigned bits) { return Pair(EVP_RSA_gen(bits)); }
    static Pair elliptic(const char *curve) { return Pair(EVP_EC_gen(curve)); }

    QByteArray publicPem() const {
        const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
        PEM_write_bio_PUBKEY(out.get(), m_key.get());
        char *data = nullptr;
        const auto size = BIO_get_mem_data(out.get(), &data);
        return QByteArray(data, size);
    }
    QByteArray sign(const std::string &text) const {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_key.get());
        std::size_t size = 0;
        const auto *data = reinterpret_cast<const unsigned char *>(text.data());
        EVP_DigestSign(context.get(), nullptr, &size, data, text.size());
        QByteArray signature(static_cast<qsizetype>(size), '\0');
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, data, text.size());
        signature.resize(static_cast<qsizetype>(size));
        return EVP_PKEY_is_a(m_key.get(), "EC") ? plain(signature) : signature;
    }

private:
    explicit Pair(EVP_PKEY *key)
        : m_key(key, &EVP_PKEY_free) {}
    /// A token has both numbers one after the other, not in ASN.1.
    static QByteArray plain(const QByteArray &der) {
        const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
        const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(d2i_ECDSA_SIG(nullptr, &at, der.size()), &ECDSA_SIG_free);
        QByteArray out(64, '\0');
        BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), reinterpret_cast<unsigned char *>(out.data()), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), reinterpret_cast<unsigned char *>(out.data()) + 32, 32);
        return out;
    }

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> m_key;
};

inline const QByteArray secret = "0123456789abcdef0123456789abcdef!";
inline const Pair &rsa() {
    static const Pair pair = Pair::rsa(2048);
    return pair;
}
inline const Pair &elliptic() {
    static const Pair pair = Pair::elliptic("P-256");
    return pair;
}

inline doors::JwtIssuer issuer(const char *algorithm, const QByteArray &key, const char *keyId = "k1") {
    doors::JwtIssuer i;
    i.issuer = "https://orders.example";
    i.audience = "songda";
    i.algorithm = algorithm;
    i.keyId = keyId;
    i.key = must(doors::TokenKey::make(algorithm, key.toStdString()));
    i.scopes = ApiScopes{ApiScope::Send, ApiScope::Read};
    return i;
}

inline json goodClaims() {
    return {{"iss", "https://orders.example"}, {"aud", "songda"}, {"sub", "orders"}, {"iat", nowSeconds - 10}, {"exp", nowSeconds + 300}};
}
inline json header(const char *algorithm) { return {{"alg", algorithm}, {"typ", "JWT"}, {"kid", "k1"}}; }

inline std::string head(const json &h, const json &claims) { return base64url(h.dump()) + "." + base64url(claims.dump()); }
inline std::string hmacToken(const std::string &text, const QByteArray &key = secret) {
    return text + "." + base64url(QMessageAuthenticationCode::hash(QByteArray::fromStdString(text), key, QCryptographicHash::Sha256));
}
inline std::string hmacToken(const json &h, const json &claims, const QByteArray &key = secret) { return hmacToken(head(h, claims), key); }
inline std::string signedToken(const json &h, const json &claims, const Pair &pair) {
    const std::string text = head(h, claims);
    return text + "." + base64url(pair.sign(text));
}

} // namespace songda::testing::tokens
