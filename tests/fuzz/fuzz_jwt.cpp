// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/caller.h"
#include "engine/doors/jwt.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

/// corpus/jwt/good: signed with the key below. Nobody can make another one without it.
constexpr std::string_view signedPart = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0.eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUuY29tIiwiYXVkIjoic29uZ2RhIiwic"
                                         "3ViIjoib3JkZXJzIiwiZXhwIjoxODAwMDAwNjAwLCJpYXQiOjE3OTk5OTk5OTAsInNjb3BlIjoic2VuZCByZWFkIiwiYWNjb3VudHMiOlsibWFpbiJdfQ";

} // namespace

/// A token: taken is only what was signed, letter for letter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace songda;
    static const std::vector<doors::JwtIssuer> issuers = [] {
        doors::JwtIssuer issuer;
        issuer.issuer = "https://id.example.com";
        issuer.audience = "songda";
        issuer.algorithm = "HS256";
        issuer.keyId = "k1";
        issuer.key = "0123456789abcdef0123456789abcdef";
        issuer.scopes = {ApiScope::Send, ApiScope::Read};
        return std::vector{issuer};
    }();
    const WallTime now{std::chrono::seconds{1'800'000'000}};
    const std::string_view token(reinterpret_cast<const char *>(data), size);
    if (doors::readJwt(token, issuers, now) && token.substr(0, token.rfind('.')) != signedPart)
        std::abort();
    return 0;
}
