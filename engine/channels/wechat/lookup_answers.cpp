// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/lookup_answers.h"

#include "engine/channels/wechat/json_answer.h"
#include "engine/policy/named_secrets.h"
#include "engine/policy/utf8.h"

#include <charconv>

namespace songda::wechat {

namespace {

using Json = nlohmann::json;

constexpr std::size_t keptText = 8192;
/// Seconds since 1970 beyond the year 5000 are milliseconds.
constexpr std::int64_t mostSeconds = 95'617'584'000;

const Json *member(const Json &object, const char *name) {
    const auto it = object.find(name);
    return it == object.end() ? nullptr : &*it;
}

/// A text, or a whole number as its digits; else empty.
std::string textOf(const Json &object, const char *name) {
    const Json *value = member(object, name);
    if (!value)
        return {};
    if (value->is_string())
        return utf8::printable(value->get_ref<const std::string &>(), keptText);
    return value->is_number_integer() ? value->dump() : std::string();
}

std::optional<std::int64_t> numberOf(const Json &object, const char *name) {
    const std::string text = textOf(object, name);
    std::int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(n) : std::nullopt;
}

std::optional<WallTime> timeOf(const Json &object, const char *name) {
    const auto n = numberOf(object, name);
    if (!n || *n <= 0)
        return std::nullopt;
    return *n > mostSeconds ? WallTime{Millis{*n}} : WallTime{Seconds{*n}};
}

std::string withoutSecrets(const Json &object, const char *name) { return withoutNamedSecrets(textOf(object, name)); }

} // namespace

Result<std::vector<InterceptedMessage>> readInterceptions(std::string_view body) {
    const Json root = parsedAnswer(body);
    if (!root.is_object())
        return fail(ErrorCode::Refused, "the answer is not one about intercepted messages");
    std::vector<InterceptedMessage> list;
    const auto add = [&](const Json &entry) {
        if (!entry.is_object())
            return;
        InterceptedMessage message{textOf(entry, "id"), textOf(entry, "tmpl_msg_id"), textOf(entry, "title"), textOf(entry, "content"),
            textOf(entry, "openid"), timeOf(entry, "send_timestamp")};
        // An entry of zeros and empty texts is none.
        if (!message.msgid.empty() || (!message.id.empty() && message.id != "0"))
            list.push_back(std::move(message));
    };
    if (const Json *info = member(root, "msginfo")) {
        if (info->is_array()) {
            for (const Json &entry : *info)
                add(entry);
        } else {
            add(*info);
        }
    }
    return list;
}

Result<FailedCall> readFailedCall(std::string_view body) {
    const Json root = parsedAnswer(body);
    const Json *request = root.is_object() ? member(root, "request") : nullptr;
    if (!request || !request->is_object())
        return fail(ErrorCode::Refused, "the answer is not one about a call");
    FailedCall call;
    call.at = timeOf(*request, "invoke_time");
    if (const auto took = numberOf(*request, "cost_in_ms"); took && *took >= 0)
        call.took = Millis{*took};
    call.url = withoutSecrets(*request, "request_url");
    call.requestBody = withoutSecrets(*request, "request_body");
    call.responseBody = withoutSecrets(*request, "response_body");
    call.clientIp = textOf(*request, "client_ip");
    return call;
}

} // namespace songda::wechat
