// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/api.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace songda::simulator::testing {

/// Noon of 1 October 2025 in China.
inline constexpr TimePoint noon{
    std::chrono::sys_days{std::chrono::year{2025} / 10 / 1}.time_since_epoch() + std::chrono::hours{4}};

inline nlohmann::json parsed(std::string_view text) {
    return nlohmann::json::parse(text, nullptr, false);
}

inline std::string orderTemplate() {
    return builtinTemplates().front().id;
}

/// A good send with the order template.
inline nlohmann::json orderMessage(const std::string &openid, const std::string &clientMsgId) {
    return {{"touser", openid}, {"template_id", orderTemplate()}, {"client_msg_id", clientMsgId},
        {"data",
            {{"character_string1", {{"value", "SD2025"}}}, {"thing2", {{"value", "云南普洱茶饼"}}},
                {"amount3", {{"value", "¥128.00"}}}, {"time4", {{"value", "2025-10-01 15:01:30"}}}}}};
}

inline nlohmann::json credentials(bool forced = false) {
    return {{"grant_type", "client_credential"}, {"appid", practiceAppId}, {"secret", practiceSecret},
        {"force_refresh", forced}};
}

/// The platform without sockets, under a clock that moves when told.
class Platform {
public:
    explicit Platform(const ApiSettings &settings = {})
        : api(settings, noon) { }

    Reply post(std::string_view path, const std::string &body, std::string_view token = {}) {
        return call(Method::Post, path, body, token);
    }
    Reply get(std::string_view path, std::string_view token = {}) {
        return call(Method::Get, path, {}, token);
    }

    Reply call(Method method, std::string_view path, const std::string &body, std::string_view token) {
        Request request;
        request.method = method;
        request.path = path;
        request.body = body;
        request.peer = "127.0.0.1";
        if (!token.empty()) {
            request.arguments.push_back({"access_token", token});
        }
        return api.handle(request, now);
    }

    std::string stableToken(bool forced = false) {
        return parsed(post("/cgi-bin/stable_token", credentials(forced).dump()).body)
            .value("access_token", "");
    }

    /// Posts a message with a valid token.
    Reply send(const nlohmann::json &message) {
        return post("/cgi-bin/message/template/send", message.dump(), stableToken());
    }

    static int errcode(const Reply &reply) { return parsed(reply.body).value("errcode", -99); }
    static std::string errmsg(const Reply &reply) { return parsed(reply.body).value("errmsg", ""); }
    static std::uint64_t msgid(const Reply &reply) {
        return parsed(reply.body).value("msgid", std::uint64_t{0});
    }

    Api api;
    TimePoint now = noon;
};

} // namespace songda::simulator::testing
