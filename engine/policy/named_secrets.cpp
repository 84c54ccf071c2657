// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/named_secrets.h"

#include "engine/model/outcome.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace songda {

namespace {

constexpr std::string_view redacted = "[redacted]";
constexpr std::array<std::string_view, 14> secretNames{"access_token", "accesstoken", "appsecret", "client_secret", "secret", "api_key", "apikey",
    "encoding_aes_key", "encodingaeskey", "authorization", "passphrase", "password", "refresh_token", "token"};
constexpr std::array<std::string_view, 2> schemes{"bearer", "basic"};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool beginsWith(std::string_view text, std::string_view word) {
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

bool isWordPart(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

/// Where the value ends that begins at `at`: at a blank, a quote, or what parts fields.
std::size_t endOfValue(std::string_view text, std::size_t at) {
    return std::min(text.find_first_of(" \t\r\n\"'`<>(){}[],;&|\\", at), text.size());
}

std::size_t skip(std::string_view text, std::size_t at, std::string_view any) { return std::min(text.find_first_not_of(any, at), text.size()); }

/// "no token: timeout" is a sentence, "token": "abc" is not.
bool isEverydayWord(std::string_view name) { return name == "token" || name == "secret"; }

/// The length of the name and of all up to its value, when a secret's name and a sign of assignment stand at `at`.
std::size_t assignment(std::string_view text, std::size_t at) {
    const auto name = std::find_if(secretNames.begin(), secretNames.end(), [&](std::string_view n) { return beginsWith(text.substr(at), n); });
    if (name == secretNames.end())
        return 0;
    std::size_t to = skip(text, at + name->size(), "\"'\\ ");
    const bool isField = text.substr(at + name->size(), to - at - name->size()).find_first_of("\"'") != std::string_view::npos;
    if (beginsWith(text.substr(to), "%3d"))
        to += 3;
    else if (to < text.size() && (text[to] == '=' || (text[to] == ':' && (isField || !isEverydayWord(*name)))))
        ++to;
    else
        return 0;
    return skip(text, to, "\"'\\ ") - at;
}

/// "Bearer abc": the value is what follows.
std::size_t scheme(std::string_view text, std::size_t at) {
    for (const std::string_view name : schemes) {
        if (beginsWith(text.substr(at), name) && at + name.size() < text.size() && text[at + name.size()] == ' ')
            return name.size() + 1;
    }
    return 0;
}

bool looksLikeToken(std::string_view word) {
    return (word.starts_with("eyJ") && std::count(word.begin(), word.end(), '.') >= 2) || word.starts_with("whsec_");
}

void replaceAll(std::string &text, std::string_view secret) {
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += redacted.size())
        text.replace(at, secret.size(), redacted);
}

} // namespace

std::string withoutNamedSecrets(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = at == 0 || !isWordPart(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '-';
        std::size_t length = begins ? assignment(text, at) : 0;
        if (const std::size_t more = begins ? scheme(text, at + length) : 0; more > 0)
            length += more;
        if (length == 0 && begins && looksLikeToken(text.substr(at, endOfValue(text, at) - at))) {
            out += redacted;
            at = endOfValue(text, at);
        } else if (length == 0) {
            out += text[at++];
        } else {
            const std::size_t end = endOfValue(text, at + length);
            out += text.substr(at, length);
            if (end > at + length)
                out += redacted;
            at = end;
        }
    }
    return out;
}

void hideSecrets(Outcome &outcome, std::initializer_list<std::string_view> secrets) {
    constexpr std::size_t shortest = 8; // shorter ones would hide innocent words
    for (const std::string_view secret : secrets) {
        if (secret.size() < shortest)
            continue;
        replaceAll(outcome.errmsg, secret);
        replaceAll(outcome.excerpt, secret);
    }
}

} // namespace songda
