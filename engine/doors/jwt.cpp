// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/jwt.h"

#include "engine/doors/json_input.h"
#include "engine/policy/utf8.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <jwt.h>
#include <memory>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>
#include <sstream>

namespace songda::doors {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestToken = 8192;
constexpr std::size_t longestSubject = 64;
constexpr std::size_t shortestSecret = 32; ///< RFC 7518 section 3.2: as long as the hash
constexpr int shortestRsa = 2048;

tl::unexpected<Error> refused(const char *why) { return fail(ErrorCode::InvalidInput, why); }

/// base64url without padding, in its only form.
std::optional<std::string> decoded(std::string_view text) {
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    unsigned bits = 0;
    int have = 0;
    for (const char c : text) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6) | static_cast<unsigned>(value);
        have += 6;
        if (have >= 8) {
            have -= 8;
            out += static_cast<char>((bits >> have) & 0xffU);
        }
    }
    if (have >= 6 || (bits & ((1U << have) - 1)) != 0)
        return std::nullopt;
    return out;
}

std::optional<ApiScope> scopeOf(std::string_view name) {
    if (name == "send")
        return ApiScope::Send;
    if (name == "read")
        return ApiScope::Read;
    if (name == "manage")
        return ApiScope::Manage;
    return std::nullopt;
}

/// Words apart by blanks; those that mean nothing here are somebody else's.
ApiScopes scopesOf(std::string_view words) {
    ApiScopes scopes;
    while (!words.empty()) {
        const std::string_view word = words.substr(0, words.find(' '));
        words.remove_prefix(std::min(words.size(), word.size() + 1));
        if (const auto scope = scopeOf(word))
            scopes.add(*scope);
    }
    return scopes;
}

struct FreeJwt {
    void operator()(jwt_t *jwt) const { jwt_free(jwt); }
};

bool isSignedBy(const std::string &token, const JwtIssuer &issuer) {
    jwt_t *jwt = nullptr;
    const int code = jwt_decode(
        &jwt, token.c_str(), reinterpret_cast<const unsigned char *>(issuer.key.data()), static_cast<int>(issuer.key.size()));
    const std::unique_ptr<jwt_t, FreeJwt> owner(jwt);
    return code == 0 && jwt && issuer.algorithm == jwt_alg_str(jwt_get_alg(jwt));
}

/// A point in time of a token; nothing when it is no time.
std::optional<double> timeOf(const Json &claims, const char *name) {
    const auto it = claims.find(name);
    if (it == claims.end() || !it->is_number())
        return std::nullopt;
    const double t = it->get<double>();
    return std::isfinite(t) && std::abs(t) < 1e12 ? std::optional(t) : std::nullopt;
}

bool isFor(const Json &claims, const std::string &audience) {
    const auto aud = claims.find("aud");
    if (aud == claims.end())
        return false;
    if (aud->is_string())
        return *aud == audience;
    return aud->is_array() && std::any_of(aud->begin(), aud->end(), [&](const Json &a) { return a.is_string() && a == audience; });
}

/// A list that narrows; false when it is there and not a list of names.
bool narrow(const Json &claims, const char *name, std::optional<std::set<std::string, std::less<>>> &to) {
    const auto it = claims.find(name);
    if (it == claims.end())
        return true;
    if (!it->is_array())
        return false;
    to.emplace();
    for (const Json &entry : *it) {
        if (!entry.is_string())
            return false;
        to->insert(entry.get<std::string>());
    }
    return true;
}

Result<Caller> readClaims(const Json &claims, const JwtIssuer &issuer, WallTime now) {
    const auto text = [&](const char *name) {
        const auto it = claims.find(name);
        return it != claims.end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    const double at = static_cast<double>(toMillis(now)) / 1000;
    const auto leeway = static_cast<double>(issuer.leeway.count());
    if (text("iss") != issuer.issuer)
        return refused("the token is of another issuer");
    if (!isFor(claims, issuer.audience))
        return refused("the token is not for this audience");
    const auto expires = timeOf(claims, "exp");
    if (!expires)
        return refused("the token says nothing of when it expires");
    if (*expires + leeway <= at)
        return refused("the token has expired by this machine's clock");
    if (*expires > at + static_cast<double>(issuer.longest.count()) + leeway)
        return refused("the token is good for longer than is taken here");
    for (const char *name : {"nbf", "iat"}) {
        if (!claims.contains(name))
            continue;
        const auto from = timeOf(claims, name);
        if (!from)
            return refused("a time in the token is none");
        if (*from > at + leeway)
            return refused("the token is not good yet by this machine's clock");
    }
    const std::string subject = text("sub");
    if (subject.empty() || subject.size() > longestSubject || utf8::printable(subject, longestSubject) != subject)
        return refused("the token names no subject of 1 to 64 bytes");
    Caller caller;
    caller.client = subject + "@" + issuer.issuer;
    caller.scopes = issuer.scopes;
    if (const auto scope = claims.find("scope"); scope != claims.end()) {
        if (!scope->is_string())
            return refused("the token's scope is not a text");
        caller.scopes = ApiScopes(issuer.scopes.bits() & scopesOf(scope->get<std::string>()).bits());
    }
    if (!narrow(claims, "accounts", caller.accounts) || !narrow(claims, "templates", caller.templates))
        return refused("the token's accounts or templates are not lists of names");
    return caller;
}

/// Why a key cannot serve for an algorithm; empty when it can.
std::string keyProblem(const std::string &algorithm, const std::string &key) {
    if (algorithm == "HS256")
        return key.size() >= shortestSecret ? "" : "a secret for HS256 has at least 32 bytes";
    const std::unique_ptr<BIO, decltype(&BIO_free)> in(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())), &BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pkey(
        in ? PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr) : nullptr, &EVP_PKEY_free);
    if (!pkey)
        return "the file is not a public key as PEM (\"BEGIN PUBLIC KEY\")";
    if (algorithm == "RS256")
        return EVP_PKEY_is_a(pkey.get(), "RSA") && EVP_PKEY_get_bits(pkey.get()) >= shortestRsa ? "" : "RS256 needs an RSA key of at least 2048 bits";
    std::array<char, 64> curve{};
    const bool named = EVP_PKEY_get_group_name(pkey.get(), curve.data(), curve.size(), nullptr) == 1;
    return named && std::string_view(curve.data()) == SN_X9_62_prime256v1 ? "" : "ES256 needs an elliptic key on the curve P-256";
}

std::string trimmedEnd(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

} // namespace

Result<std::vector<JwtIssuer>> readIssuers(const Json &list, const std::string &profileDir) {
    const auto bad = [](const std::string &what) { return fail(ErrorCode::InvalidInput, "settings.json, \"doors\", \"jwt\": " + what); };
    if (!list.is_array())
        return bad("must be a list of issuers");
    std::vector<JwtIssuer> issuers;
    for (const Json &entry : list) {
        if (!entry.is_object())
            return bad("each issuer must be an object");
        JwtIssuer issuer;
        std::string keyFile;
        for (const auto &[name, value] : entry.items()) {
            std::string *text = name == "issuer" ? &issuer.issuer
                : name == "audience"             ? &issuer.audience
                : name == "algorithm"            ? &issuer.algorithm
                : name == "kid"                  ? &issuer.keyId
                : name == "key_file"             ? &keyFile
                                                 : nullptr;
            if (name == "leeway_seconds") {
                if (!value.is_number_integer() || value.get<std::int64_t>() < 0 || value.get<std::int64_t>() > 300)
                    return bad("\"leeway_seconds\" must be a whole number from 0 to 300");
                issuer.leeway = Seconds{value.get<std::int64_t>()};
            } else if (name == "scopes") {
                if (!value.is_string() || scopesOf(value.get<std::string>()).bits() == 0)
                    return bad("\"scopes\" must be some of send, read and manage, apart by blanks");
                issuer.scopes = scopesOf(value.get<std::string>());
            } else if (!text) {
                return bad("there is no setting \"" + name + "\"");
            } else if (!value.is_string() || value.get<std::string>().empty()) {
                return bad("\"" + name + "\" must be a text that is not empty");
            } else {
                *text = value.get<std::string>();
            }
        }
        if (issuer.issuer.empty() || issuer.audience.empty() || keyFile.empty() || issuer.scopes.bits() == 0)
            return bad("\"issuer\", \"audience\", \"algorithm\", \"key_file\" and \"scopes\" must be there");
        if (issuer.algorithm != "HS256" && issuer.algorithm != "RS256" && issuer.algorithm != "ES256")
            return bad("\"algorithm\" must be HS256, RS256 or ES256");
        const std::string path = keyFile.starts_with('/') ? keyFile : profileDir + "/" + keyFile;
        std::ifstream file(path, std::ios::binary);
        std::ostringstream text;
        if (!file || !(text << file.rdbuf()))
            return bad("cannot read " + path);
        issuer.key = issuer.algorithm == "HS256" ? trimmedEnd(text.str()) : text.str();
        if (const std::string problem = keyProblem(issuer.algorithm, issuer.key); !problem.empty())
            return bad(path + ": " + problem);
        issuers.push_back(std::move(issuer));
    }
    return issuers;
}

Result<Caller> readJwt(std::string_view token, const std::vector<JwtIssuer> &issuers, WallTime now) {
    if (token.size() > longestToken)
        return refused("the token is longer than 8192 bytes");
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return refused("the token does not have three parts");
    const auto head = decoded(token.substr(0, first));
    const auto body = decoded(token.substr(first + 1, second - first - 1));
    const auto signature = decoded(token.substr(second + 1));
    if (!head || !body || !signature || signature->empty())
        return refused("a part of the token is empty or not base64url");
    const auto header = readJson(*head);
    const auto claims = readJson(*body);
    if (!header || !header->is_object() || !claims || !claims->is_object())
        return refused("a part of the token is not a JSON object");
    if (header->contains("crit"))
        return refused("the token demands extensions that are not known");
    const auto text = [&](const char *name) { return header->contains(name) && (*header)[name].is_string() ? (*header)[name].get<std::string>() : std::string(); };
    if (header->contains("typ") && text("typ") != "JWT" && text("typ") != "at+jwt")
        return refused("the token is of another type");
    if (header->contains("kid") && text("kid").empty())
        return refused("the token's key id is none");
    const std::string algorithm = text("alg");
    const std::string keyId = text("kid");
    for (const JwtIssuer &issuer : issuers) {
        // Which algorithm a key is used with is ours to say.
        if (issuer.algorithm == algorithm && issuer.keyId == keyId && isSignedBy(std::string(token), issuer))
            return readClaims(*claims, issuer, now);
    }
    return refused("the token is not signed by a key that is known here");
}

} // namespace songda::doors
