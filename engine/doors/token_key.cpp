// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/token_key.h"

#include <array>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>

namespace songda::doors {

namespace {

constexpr std::size_t shortestSecret = 32; ///< RFC 7518 section 3.2: as long as the hash
constexpr int shortestRsa = 2048;
constexpr std::size_t half = 32; ///< of an ES256 signature: r and s one after the other, each as long as the curve's field

template <class T, void (*give)(T *)> struct Give {
    void operator()(T *t) const { give(t); }
};
using Signature = std::unique_ptr<ECDSA_SIG, Give<ECDSA_SIG, &ECDSA_SIG_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Give<EVP_MD_CTX, &EVP_MD_CTX_free>>;

const unsigned char *bytesOf(std::string_view text) { return reinterpret_cast<const unsigned char *>(text.data()); }

bool isMac(const std::string &secret, std::string_view text, std::string_view signature) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    return HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytesOf(text), text.size(), mac.data(), &size)
        && signature.size() == size && CRYPTO_memcmp(signature.data(), mac.data(), size) == 0;
}

/// The two numbers of an ES256 signature in ASN.1, as OpenSSL wants them; empty when they are none.
std::string inAsn1(std::string_view signature) {
    if (signature.size() != 2 * half)
        return {};
    const Signature pair(ECDSA_SIG_new());
    BIGNUM *r = BN_bin2bn(bytesOf(signature), half, nullptr);
    BIGNUM *s = BN_bin2bn(bytesOf(signature.substr(half)), half, nullptr);
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    unsigned char *out = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &out);
    if (size <= 0)
        return {};
    std::string text(reinterpret_cast<const char *>(out), static_cast<std::size_t>(size));
    OPENSSL_free(out);
    return text;
}

bool isSigned(EVP_PKEY *key, std::string_view text, std::string_view signature) {
    const Context context(EVP_MD_CTX_new());
    const bool right = context && !signature.empty() && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1
        && EVP_DigestVerify(context.get(), bytesOf(signature), signature.size(), bytesOf(text), text.size()) == 1;
    ERR_clear_error(); // a wrong one leaves words behind in this thread
    return right;
}

} // namespace

Result<TokenKey> TokenKey::make(const std::string &algorithm, const std::string &text) {
    const auto bad = [](const char *why) { return fail(ErrorCode::InvalidInput, why); };
    TokenKey key;
    key.m_text = text;
    if (algorithm == "HS256") {
        key.m_algorithm = Algorithm::Hs256;
        return text.size() >= shortestSecret ? Result<TokenKey>(key) : bad("a secret for HS256 has at least 32 bytes");
    }
    if (algorithm != "RS256" && algorithm != "ES256")
        return bad("the algorithm is none of HS256, RS256 and ES256");
    const std::unique_ptr<BIO, Give<BIO, &BIO_free_all>> in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    key.m_key = std::shared_ptr<EVP_PKEY>(in ? PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr) : nullptr, &EVP_PKEY_free);
    ERR_clear_error();
    if (!key.m_key)
        return bad("the file is not a public key as PEM (\"BEGIN PUBLIC KEY\")");
    if (algorithm == "RS256") {
        key.m_algorithm = Algorithm::Rs256;
        const bool fine = EVP_PKEY_is_a(key.m_key.get(), "RSA") && EVP_PKEY_get_bits(key.m_key.get()) >= shortestRsa;
        return fine ? Result<TokenKey>(key) : bad("RS256 needs an RSA key of at least 2048 bits");
    }
    key.m_algorithm = Algorithm::Es256;
    std::array<char, 64> curve{};
    const bool named = EVP_PKEY_get_group_name(key.m_key.get(), curve.data(), curve.size(), nullptr) == 1;
    const bool fine = named && std::string_view(curve.data()) == SN_X9_62_prime256v1;
    return fine ? Result<TokenKey>(key) : bad("ES256 needs an elliptic key on the curve P-256");
}

bool TokenKey::signs(std::string_view text, std::string_view signature) const {
    switch (m_algorithm) {
    case Algorithm::None: return false;
    case Algorithm::Hs256: return isMac(m_text, text, signature);
    case Algorithm::Rs256: return isSigned(m_key.get(), text, signature);
    case Algorithm::Es256: return isSigned(m_key.get(), text, inAsn1(signature));
    }
    return false;
}

} // namespace songda::doors
