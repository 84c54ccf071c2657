// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/authenticator.h"

#include "engine/doors/problem.h"

#include <QCryptographicHash>
#include <algorithm>

namespace songda::doors {

namespace {

constexpr std::string_view keyPrefix = "songda_";

Response unauthorized(const std::string &detail) {
    Response response = problem(401, "unauthorized", detail);
    response.headers.push_back({"WWW-Authenticate", "Bearer realm=\"songda\""});
    return response;
}

bool isBearer(std::string_view text) {
    static constexpr std::string_view scheme = "bearer ";
    return text.size() > scheme.size() && std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) {
        return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
    });
}

} // namespace

void Authenticator::setKeys(const std::vector<ApiKey> &keys) {
    Keys byHash;
    for (const ApiKey &key : keys)
        byHash.emplace(key.hash, key);
    auto shared = std::make_shared<const Keys>(std::move(byHash));
    const std::lock_guard lock(m_mutex);
    m_keys = std::move(shared);
}

Result<Caller> Authenticator::callerOf(std::string_view credential, WallTime now) const {
    if (!credential.starts_with(keyPrefix))
        return readJwt(credential, m_issuers, now);
    // What is compared is the hash of 256 random bits: how long that takes tells nothing of the key.
    const std::string hash = QCryptographicHash::hash(QByteArray(credential.data(), static_cast<qsizetype>(credential.size())),
        QCryptographicHash::Sha256)
                                 .toHex()
                                 .toStdString();
    std::shared_ptr<const Keys> keys;
    {
        const std::lock_guard lock(m_mutex);
        keys = m_keys;
    }
    const auto it = keys->find(hash);
    if (it == keys->end() || !it->second.isGood(now))
        return fail(ErrorCode::InvalidInput, "the key is not known, has expired or was revoked");
    Caller caller;
    caller.client = it->second.client;
    caller.scopes = it->second.scopes;
    const auto limit = [](const std::vector<std::string> &names) {
        return names.empty() ? std::nullopt : std::optional(std::set<std::string, std::less<>>(names.begin(), names.end()));
    };
    caller.accounts = limit(it->second.accounts);
    caller.templates = limit(it->second.templates);
    return caller;
}

std::variant<Caller, Response> Authenticator::identify(const Request &request, WallTime now, RateLimiter::Time steady) {
    const auto given = std::count_if(request.headers.begin(), request.headers.end(), [](const Header &h) { return h.name == "authorization"; });
    const auto header = request.header("authorization");
    if (!header)
        return unauthorized("Say who asks: Authorization: Bearer followed by a key or a token.");
    if (const auto verdict = m_guesses.look(request.client, steady); !verdict.passes) {
        Response response = problem(429, "too_many_guesses", "There were too many wrong keys or tokens from this address.");
        response.headers.push_back({"Retry-After", std::to_string(verdict.wait.count())});
        return response;
    }
    auto caller = given == 1 && isBearer(*header) ? callerOf(header->substr(7), now)
                                                  : Result<Caller>(fail(ErrorCode::InvalidInput, "the header Authorization must be \"Bearer\" and one key or token"));
    if (caller)
        return std::move(*caller);
    m_guesses.take(request.client, steady);
    return unauthorized("Not taken: " + caller.error().detail + ".");
}

} // namespace songda::doors
