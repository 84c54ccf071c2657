// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/requests.h"

#include <QHostAddress>
#include <QUrl>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace songda::wechat {

namespace {

constexpr const char *jsonType = "application/json";
constexpr const char *sendPath = "/cgi-bin/message/template/send";

/// Letters, digits and the marks that stand for themselves in URLs as well as in JSON: tokens and ids are made of them.
bool isPlain(const std::string &text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == '~';
    });
}

/// An empty one, by the account's way.
HttpRequest requestOf(const Account &account) {
    HttpRequest request;
    request.proxy = account.proxy;
    return request;
}

std::string withToken(const Account &account, const char *path, const std::string &token) {
    return baseInUse(account) + path + "?access_token="
        + (isPlain(token) ? token : QUrl::toPercentEncoding(QString::fromStdString(token)).toStdString());
}

/// A JSON string literal. Raw UTF-8, no \u escapes for Chinese (section 1).
std::string quoted(const std::string &text) {
    if (isPlain(text))
        return '"' + text + '"';
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool isThisMachine(const QString &host) {
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

HttpRequest tokenRequest(const Account &account, const std::string &secret, bool forced) {
    HttpRequest request = requestOf(account);
    request.method = HttpRequest::Method::Post;
    request.url = baseInUse(account) + "/cgi-bin/stable_token";
    request.contentType = jsonType;
    request.body = "{\"grant_type\":\"client_credential\",\"appid\":" + quoted(account.appid)
        + ",\"secret\":" + quoted(secret) + ",\"force_refresh\":" + (forced ? "true" : "false") + "}";
    return request;
}

HttpRequest sendRequest(const Account &account, const std::string &token, const ClaimedMessage &message) {
    HttpRequest request = requestOf(account);
    request.method = HttpRequest::Method::Post;
    request.url = withToken(account, sendPath, token);
    request.contentType = jsonType;
    request.body.reserve(message.content.size() + 160);
    request.body.append("{\"touser\":").append(quoted(message.openid));
    request.body.append(",\"template_id\":").append(quoted(message.templateId));
    request.body.append(",\"client_msg_id\":").append(quoted(message.clientMsgId));
    // content is a JSON object with at least "data": its members follow ours.
    request.body.append(",").append(message.content, 1, std::string::npos);
    return request;
}

HttpRequest templateListRequest(const Account &account, const std::string &token) {
    HttpRequest request = requestOf(account);
    request.url = withToken(account, "/cgi-bin/template/get_all_private_template", token);
    return request;
}

HttpRequest quotaRequest(const Account &account, const std::string &token) {
    HttpRequest request = requestOf(account);
    request.method = HttpRequest::Method::Post;
    request.url = withToken(account, "/cgi-bin/openapi/quota/get", token);
    request.contentType = jsonType;
    request.body = std::string("{\"cgi_path\":\"") + sendPath + "\"}";
    return request;
}

HttpRequest interceptionRequest(const Account &account, const std::string &token, const std::string &msgid, const std::string &after) {
    const bool digits = !after.empty() && std::ranges::all_of(after, [](char c) { return c >= '0' && c <= '9'; });
    HttpRequest request = requestOf(account);
    request.method = HttpRequest::Method::Post;
    request.url = withToken(account, "/wxa/sec/queryblocktmplmsg", token);
    request.contentType = jsonType;
    request.body = "{\"tmpl_msg_id\":" + quoted(msgid) + ",\"largest_id\":" + (digits ? after : "0")
        + ",\"limit\":" + std::to_string(interceptionsAPage) + "}";
    return request;
}

HttpRequest failedCallRequest(const Account &account, const std::string &token, const std::string &rid) {
    HttpRequest request = requestOf(account);
    request.method = HttpRequest::Method::Post;
    request.url = withToken(account, "/cgi-bin/openapi/rid/get", token);
    request.contentType = jsonType;
    request.body = "{\"rid\":" + quoted(rid) + "}";
    return request;
}

Result<std::string> checkedApiBase(std::string_view base) {
    const QUrl url(QString::fromUtf8(base.data(), static_cast<qsizetype>(base.size())), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.hasQuery() || url.hasFragment())
        return fail(ErrorCode::InvalidInput, "the API base must be a URL such as https://api.weixin.qq.com");
    if (!url.userInfo().isEmpty())
        return fail(ErrorCode::InvalidInput, "the API base must not contain a user name or password");
    const bool secure = url.scheme() == QLatin1String("https");
    if (!secure && !(url.scheme() == QLatin1String("http") && isThisMachine(url.host())))
        return fail(ErrorCode::InvalidInput,
            "the API base must begin with https://; plain http is allowed for this machine only");
    std::string checked = url.toString(QUrl::StripTrailingSlash).toStdString();
    while (!checked.empty() && checked.back() == '/')
        checked.pop_back();
    return checked;
}

} // namespace songda::wechat
