// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/caller.h"
#include "engine/doors/jwt.h"

#include <QByteArray>
#include <cstdint>
#include <cstdlib>
#include <openssl/hmac.h>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

constexpr std::string_view key = "0123456789abcdef0123456789abcdef";

/// corpus/jwt/good: signed with the key. Nobody can make another one without it.
constexpr std::string_view signedPart = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUuY29tIiwiYXVkIjoic29uZ2RhIiwic"
                                         "3ViIjoib3JkZXJzIiwiZXhwIjoxODAwMDAwNjAwLCJpYXQiOjE3OTk5OTk5OTAsInNjb3BlIjoic2VuZCByZWFkIiwiYWNjb3VudHMiOlsibWFpbiJdfQ";

QByteArray base64url(QByteArrayView bytes) {
    return bytes.toByteArray().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// What somebody with the key could hand in.
std::string signedToken(QByteArrayView head, QByteArrayView claims) {
    const QByteArray text = base64url(head) + "." + base64url(claims);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char *>(text.constData()), static_cast<std::size_t>(text.size()), digest, &length);
    return (text + "." + base64url(QByteArrayView(digest, static_cast<qsizetype>(length)))).toStdString();
}

} // namespace

/// A token: taken is only what was signed, letter for letter. And the input as claims and as head of a token that is signed
/// rightly, so that what stands behind the signature is reached: who is let in has a name, and no more than the issuer's
/// scopes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace songda;
    static const std::vector<doors::JwtIssuer> issuers = [] {
        doors::JwtIssuer issuer;
        issuer.issuer = "https://id.example.com";
        issuer.audience = "songda";
        issuer.algorithm = "HS256";
        issuer.keyId = "k1";
        issuer.key = *doors::TokenKey::make("HS256", std::string(key));
        issuer.scopes = {ApiScope::Send, ApiScope::Read};
        return std::vector{issuer};
    }();
    const WallTime now{std::chrono::seconds{1'800'000'000}};
    const std::string_view token(reinterpret_cast<const char *>(data), size);
    if (doors::readJwt(token, issuers, now) && token.substr(0, token.rfind('.')) != signedPart)
        std::abort();
    const QByteArrayView input(data, static_cast<qsizetype>(size));
    const auto asClaims = doors::readJwt(signedToken(R"({"alg":"HS256","typ":"JWT","kid":"k1"})", input), issuers, now);
    if (asClaims && (asClaims->client.empty() || asClaims->scopes.has(ApiScope::Manage)))
        std::abort();
    static_cast<void>(doors::readJwt(signedToken(input, R"({"iss":"https://id.example.com","aud":"songda","sub":"orders","exp":1800000600})"), issuers, now));
    return 0;
}
