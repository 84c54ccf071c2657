// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/jwt.h"

#include "engine/doors/json_input.h"
#include "engine/policy/utf8.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

namespace songda::doors {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestToken = 8192;
constexpr std::size_t longestSubject = 64;
constexpr std::int64_t mostLeeway = 300;
constexpr std::int64_t leastLife = 60;
constexpr std::int64_t mostLife = 366 * 86'400;

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

/// A media type, and those have no capitals; "application/" may be left out (RFC 7515 section 4.1.9).
bool isTokenType(std::string type) {
    constexpr std::string_view prefix = "application/";
    std::transform(type.begin(), type.end(), type.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (type.starts_with(prefix))
        type.erase(0, prefix.size());
    return type == "jwt" || type == "at+jwt";
}

/// Whether a token of that key id, or without one, may be signed with this issuer's key.
bool mayBeKey(const JwtIssuer &issuer, const std::optional<std::string> &keyId, const std::vector<JwtIssuer> &issuers) {
    if (issuer.keyId.empty())
        return true;
    if (keyId)
        return *keyId == issuer.keyId;
    return std::all_of(issuers.begin(), issuers.end(), [&](const JwtIssuer &other) {
        return other.issuer != issuer.issuer || other.algorithm != issuer.algorithm || other.key == issuer.key;
    });
}

std::string textOf(const Json &object, const char *name) {
    const auto it = object.find(name);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
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
    const double at = static_cast<double>(toMillis(now)) / 1000;
    const auto leeway = static_cast<double>(issuer.leeway.count());
    if (!isFor(claims, issuer.audience))
        return refused("the token is not for this audience");
    const auto expires = timeOf(claims, "exp");
    if (!expires)
        return refused("the token says nothing of when it expires");
    if (*expires + leeway <= at)
        return refused("the token has expired by this machine's clock");
    if (issuer.longest > Seconds{0} && *expires > at + static_cast<double>(issuer.longest.count()) + leeway)
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
    const std::string subject = textOf(claims, "sub");
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

bool isBetween(const Json &value, std::int64_t least, std::int64_t most) {
    return value.is_number_integer() && value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most;
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
                if (!isBetween(value, 0, mostLeeway))
                    return bad("\"leeway_seconds\" must be a whole number from 0 to 300");
                issuer.leeway = Seconds{value.get<std::int64_t>()};
            } else if (name == "longest_seconds") {
                if (!isBetween(value, leastLife, mostLife) && !isBetween(value, 0, 0))
                    return bad("\"longest_seconds\" must be 0 for no limit or a whole number from 60 to 31622400");
                issuer.longest = Seconds{value.get<std::int64_t>()};
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
        auto key = TokenKey::make(issuer.algorithm, issuer.algorithm == "HS256" ? trimmedEnd(text.str()) : text.str());
        if (!key)
            return bad(path + ": " + key.error().detail);
        issuer.key = std::move(*key);
        issuers.push_back(std::move(issuer));
    }
    return issuers;
}

Result<Caller> readJwt(std::string_view token, const std::vector<JwtIssuer> &issuers, WallTime now, const SignatureLook &look) {
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
    if (header->contains("typ") && !isTokenType(textOf(*header, "typ")))
        return refused("the token is of another type");
    std::optional<std::string> keyId;
    if (header->contains("kid")) {
        keyId = textOf(*header, "kid");
        if (keyId->empty())
            return refused("the token's key id is none");
    }
    const std::string algorithm = textOf(*header, "alg");
    const std::string by = textOf(*claims, "iss");
    const std::string_view text = token.substr(0, second);
    Result<Caller> result = refused("the token is not of an issuer, algorithm and key id that are known here");
    bool isSigned = false;
    for (const JwtIssuer &issuer : issuers) {
        // Which algorithm a key is used with is ours to say.
        if (issuer.issuer != by || issuer.algorithm != algorithm || !mayBeKey(issuer, keyId, issuers))
            continue;
        if (look ? look(issuer, text, *signature) : issuer.key.signs(text, *signature)) {
            isSigned = true;
            result = readClaims(*claims, issuer, now);
            if (result)
                break; // else another entry may be for another audience
        } else if (!isSigned) {
            result = refused("the token is not signed by a key that is known here");
        }
    }
    return result;
}

} // namespace songda::doors
