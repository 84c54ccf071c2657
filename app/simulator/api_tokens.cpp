// SPDX-License-Identifier: GPL-3.0-or-later
// The two token calls (wechat-api.md sections 2.1 and 2.2).
#include "app/simulator/api.h"

#include <nlohmann/json.hpp>

namespace songda::simulator {

namespace {

using Json = nlohmann::json;

std::string tokenJson(const IssuedToken &issued) {
    return "{\"access_token\":\"" + issued.token
        + "\",\"expires_in\":" + std::to_string(issued.expiresIn.count()) + "}";
}

std::string textMember(const Json &object, const char *name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

} // namespace

std::optional<Reply> Api::refuseCredentials(const Request &request, const AccountState &account, Call call,
    std::string_view grantType, std::string_view appid, std::string_view secret, TimePoint now) {
    if (appid.empty()) {
        return fail(request, now, 41002);
    }
    if (secret.empty()) {
        return fail(request, now, 41004);
    }
    if (grantType != "client_credential") {
        return fail(request, now, 40002);
    }
    if (appid != account.appid) {
        return fail(request, now, 40013);
    }
    if (secret != account.secret) {
        return fail(request, now, 40125);
    }
    if (account.whitelistRefuses) {
        const std::string ip{request.peer};
        return fail(request, now, 40164, "invalid ip " + ip + " ipv6 ::ffff:" + ip + ", not in whitelist");
    }
    if (account.tokenError != 0) {
        return fail(request, now, account.tokenError);
    }
    if (const int errcode = m_quotas.take(call, now); errcode != 0) {
        return fail(request, now, errcode);
    }
    return std::nullopt;
}

Reply Api::classicToken(const Request &request, const AccountState &account, TimePoint now) {
    if (request.method != Method::Get) {
        return fail(request, now, 43001);
    }
    const auto argument
        = [&](std::string_view name) { return request.argument(name).value_or(std::string_view{}); };
    if (auto refused = refuseCredentials(request, account, Call::Token, argument("grant_type"),
            argument("appid"), argument("secret"), now)) {
        return *refused;
    }
    Reply reply;
    reply.body = tokenJson(m_tokens.classic(now));
    return reply;
}

Reply Api::stableToken(const Request &request, const AccountState &account, TimePoint now) {
    if (request.method != Method::Post) {
        return fail(request, now, 43002);
    }
    if (request.chunked) {
        Reply refused;
        refused.status = 412;
        refused.type = ContentType::None;
        return refused;
    }
    if (request.body.empty()) {
        return fail(request, now, 44002);
    }
    const Json body = Json::parse(request.body, nullptr, false);
    if (!body.is_object()) {
        return fail(request, now, 47001);
    }
    if (auto refused = refuseCredentials(request, account, Call::StableToken, textMember(body, "grant_type"),
            textMember(body, "appid"), textMember(body, "secret"), now)) {
        return *refused;
    }
    Reply reply;
    const auto force = body.find("force_refresh");
    if (force == body.end() || *force != true) {
        reply.body = tokenJson(m_tokens.stable(now));
        return reply;
    }
    ++m_forcedCalls;
    const auto issued = m_tokens.forced(now);
    if (!issued) {
        return fail(request, now, 45009);
    }
    reply.body = tokenJson(*issued);
    return reply;
}

} // namespace songda::simulator
