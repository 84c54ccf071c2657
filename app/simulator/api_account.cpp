// SPDX-License-Identifier: GPL-3.0-or-later
// Templates, followers, quotas and diagnosis (wechat-api.md sections 3.5, 6.1 and 6.3).
#include "app/simulator/api.h"

#include "app/simulator/followers.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace songda::simulator {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t followersPerPage = 10'000;
constexpr std::chrono::days ridsKept{7};
/// What a call without a limit tells: the field is not optional.
constexpr std::uint64_t endless = 1'000'000'000;

Reply okReply() {
    Reply reply;
    reply.body = R"({"errcode":0,"errmsg":"ok"})";
    return reply;
}

Reply jsonReply(const Json &json) {
    Reply reply;
    reply.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    return reply;
}

std::string textMember(const nlohmann::json &object, const char *name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

nlohmann::json parsed(std::string_view body) {
    return nlohmann::json::parse(body, nullptr, false);
}

} // namespace

Reply Api::templateList(const Request &request, const AccountState &account, TimePoint now) {
    if (request.method != Method::Get) {
        return fail(request, now, 43001);
    }
    if (const int errcode = admit(request, Call::Templates, now); errcode != 0) {
        return fail(request, now, errcode);
    }
    Reply reply;
    reply.body = templateListJson(account.templates->templates());
    return reply;
}

Reply Api::userGet(const Request &request, const AccountState &account, TimePoint now) {
    if (request.method != Method::Get) {
        return fail(request, now, 43001);
    }
    if (const int errcode = admit(request, Call::UserGet, now); errcode != 0) {
        return fail(request, now, errcode);
    }
    std::size_t from = 0;
    if (const auto after = request.argument("next_openid"); after && !after->empty()) {
        const auto index = followerIndex(*after);
        if (!index || *index >= account.followers) {
            return fail(request, now, 40003);
        }
        from = *index + 1;
    }
    const std::size_t count = std::min(followersPerPage, account.followers - from);
    Json answer;
    answer["total"] = account.followers;
    answer["count"] = count;
    if (count > 0) {
        Json openids = Json::array();
        for (std::size_t i = from; i < from + count; ++i) {
            openids.push_back(followerOpenid(i));
        }
        answer["data"]["openid"] = std::move(openids);
    }
    answer["next_openid"] = count > 0 ? followerOpenid(from + count - 1) : std::string{};
    return jsonReply(answer);
}

Reply Api::clearQuota(const Request &request, const AccountState &account, Call call, TimePoint now) {
    if (request.method != Method::Post) {
        return fail(request, now, 43002);
    }
    const nlohmann::json body = parsed(request.body);
    if (call == Call::ClearQuota) {
        // The quota of the call that lifts quotas is its monthly allowance alone.
        if (const int errcode = m_tokens.check(request.argument("access_token"), now); errcode != 0) {
            return fail(request, now, errcode);
        }
    } else if (textMember(body, "appsecret") != account.secret) {
        return fail(request, now, 40125);
    }
    if (textMember(body, "appid") != account.appid) {
        return fail(request, now, 40013);
    }
    const int errcode = m_quotas.clearAll(now);
    return errcode == 0 ? okReply() : fail(request, now, errcode);
}

Reply Api::quotaGet(const Request &request, TimePoint now) {
    if (request.method != Method::Post) {
        return fail(request, now, 43002);
    }
    if (const int errcode = admit(request, Call::QuotaGet, now); errcode != 0) {
        return fail(request, now, errcode);
    }
    const auto call = callOfPath(textMember(parsed(request.body), "cgi_path"));
    if (!call) {
        return fail(request, now, 76021);
    }
    const CallUsage usage = m_quotas.usage(*call, now);
    const std::uint64_t limit = usage.limit.perDay > 0 ? usage.limit.perDay : endless;
    Json answer;
    answer["errcode"] = 0;
    answer["errmsg"] = "ok";
    answer["quota"]["daily_limit"] = limit;
    answer["quota"]["used"] = usage.usedToday;
    answer["quota"]["remain"] = limit - std::min(limit, usage.usedToday);
    if (usage.limit.perMinute > 0) {
        answer["rate_limit"]["call_count"] = usage.limit.perMinute;
        answer["rate_limit"]["refresh_second"] = 60;
    }
    return jsonReply(answer);
}

Reply Api::quotaClear(const Request &request, TimePoint now) {
    if (request.method != Method::Post) {
        return fail(request, now, 43002);
    }
    if (const int errcode = m_tokens.check(request.argument("access_token"), now); errcode != 0) {
        return fail(request, now, errcode);
    }
    const auto call = callOfPath(textMember(parsed(request.body), "cgi_path"));
    if (!call) {
        return fail(request, now, 76021);
    }
    const int errcode = m_quotas.clearOne(*call, now);
    return errcode == 0 ? okReply() : fail(request, now, errcode);
}

Reply Api::ridGet(const Request &request, TimePoint now) {
    if (request.method != Method::Post) {
        return fail(request, now, 43002);
    }
    if (const int errcode = admit(request, Call::RidGet, now); errcode != 0) {
        return fail(request, now, errcode);
    }
    const std::string rid = textMember(parsed(request.body), "rid");
    if (!RidLog::wellFormed(rid)) {
        return fail(request, now, rid.empty() ? 76001 : 76002);
    }
    const auto call = m_rids.find(rid);
    if (!call) {
        return fail(request, now, 76001);
    }
    if (now > call->at + ridsKept) {
        return fail(request, now, 76004);
    }
    Json answer;
    answer["errcode"] = 0;
    answer["errmsg"] = "ok";
    Json &shown = answer["request"];
    shown["invoke_time"] = unixSeconds(call->at);
    shown["cost_in_ms"] = 1;
    shown["request_url"] = call->url;
    shown["request_body"] = call->requestBody;
    shown["response_body"] = call->responseBody;
    shown["client_ip"] = call->clientIp;
    return jsonReply(answer);
}

Reply Api::interceptions(const Request &request, TimePoint now) {
    if (request.method != Method::Post) {
        return fail(request, now, 43002);
    }
    if (const int errcode = admit(request, Call::Interceptions, now); errcode != 0) {
        return fail(request, now, errcode);
    }
    constexpr std::uint64_t mostAPage = 100;
    const nlohmann::json body = parsed(request.body);
    const auto number = [&](const char *name, std::uint64_t otherwise) {
        const auto found = body.is_object() ? body.find(name) : body.end();
        return found != body.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : otherwise;
    };
    const auto found = m_interceptions.of(textMember(body, "tmpl_msg_id"), number("largest_id", 0),
        std::min(mostAPage, number("limit", mostAPage)));
    Json list = Json::array();
    for (const Interception &one : found) {
        list.push_back({{"id", one.id}, {"tmpl_msg_id", std::to_string(one.msgid)}, {"title", one.title},
            {"content", one.content}, {"send_timestamp", unixSeconds(one.at)}, {"openid", one.openid}});
    }
    Json answer;
    answer["errcode"] = 0;
    answer["errmsg"] = "ok";
    // The documents show one object; several can only be a list.
    answer["msginfo"] = list.size() == 1 ? list.front() : list;
    return jsonReply(answer);
}

} // namespace songda::simulator
