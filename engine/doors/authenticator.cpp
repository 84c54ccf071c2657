// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/authenticator.h"

#include "engine/doors/client_address.h"
#include "engine/doors/problem.h"

#include <QCryptographicHash>
#include <algorithm>

namespace songda::doors {

namespace {

constexpr std::string_view keyPrefix = "songda_";
constexpr std::size_t mostSigned = 10'000;

QByteArray hashOf(std::string_view text) {
    return QCryptographicHash::hash(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())), QCryptographicHash::Sha256);
}

/// Error codes as RFC 6750 section 3.1 has them; none for whoever shows nothing.
Response unauthorized(const std::string &detail, const char *error = "") {
    Response response = problem(401, "unauthorized", detail);
    response.headers.push_back({"WWW-Authenticate", std::string("Bearer realm=\"songda\"") + error});
    return response;
}

constexpr std::string_view scheme = "bearer ";

bool isBearer(std::string_view text) {
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

Result<Caller> Authenticator::byKey(std::string_view credential, WallTime now) const {
    // What is compared is the hash of 256 random bits: how long that takes tells nothing of the key.
    const std::string hash = hashOf(credential).toHex().toStdString();
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

Result<Caller> Authenticator::byToken(
    std::string_view token, WallTime now, const std::string &place, RateLimiter::Time steady, bool &unseen) {
    const auto look = [&](const JwtIssuer &issuer, std::string_view text, std::string_view signature) {
        if (issuer.key.looksFast())
            return issuer.key.signs(text, signature);
        // The whole token, and which key: what one key has signed proves nothing of another.
        const std::string seen = hashOf(token).toStdString() + std::to_string(&issuer - m_issuers.data());
        {
            const std::lock_guard lock(m_mutex);
            if (m_signed.contains(seen))
                return true;
        }
        if (!m_guesses.look(place, steady).passes && !m_looks.take(place, steady).passes) {
            unseen = true;
            return false;
        }
        if (!issuer.key.signs(text, signature))
            return false;
        const std::lock_guard lock(m_mutex);
        if (m_signed.insert(seen).second)
            m_signedOrder.push_back(seen);
        if (m_signedOrder.size() > mostSigned) {
            m_signed.erase(m_signedOrder.front());
            m_signedOrder.pop_front();
        }
        return true;
    };
    return readJwt(token, m_issuers, now, look);
}

std::variant<Caller, Response> Authenticator::identify(const Request &request, WallTime now, RateLimiter::Time steady) {
    const auto given = std::count_if(request.headers.begin(), request.headers.end(), [](const Header &h) { return h.name == "authorization"; });
    const auto header = request.header("authorization");
    if (!header)
        return unauthorized("Say who asks: Authorization: Bearer followed by a key or a token.");
    const std::string place = limitName(request.client);
    bool unseen = false;
    const auto caller = [&]() -> Result<Caller> {
        if (given != 1 || !isBearer(*header))
            return fail(ErrorCode::InvalidInput, "the header Authorization must be \"Bearer\" and one key or token");
        std::string_view credential = header->substr(scheme.size());
        credential.remove_prefix(std::min(credential.find_first_not_of(' '), credential.size())); // RFC 6750 section 2.1: one or more blanks
        return credential.starts_with(keyPrefix) ? byKey(credential, now) : byToken(credential, now, place, steady, unseen);
    }();
    if (caller)
        return *caller;
    const auto verdict = unseen ? m_guesses.look(place, steady) : m_guesses.take(place, steady);
    if (!unseen && verdict.passes)
        return unauthorized("Not taken: " + caller.error().detail + ".", ", error=\"invalid_token\"");
    Response response = problem(429, "too_many_guesses", "There were too many wrong keys or tokens from this address.");
    response.headers.push_back({"Retry-After", std::to_string(std::max<std::int64_t>(1, verdict.wait.count()))});
    return response;
}

} // namespace songda::doors
