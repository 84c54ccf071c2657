// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/send_rules.h"

#include "app/simulator/value_rules.h"

namespace songda::simulator {

namespace {

SendVerdict invalidArgument(const std::string &what) {
    return {47003, "argument invalid! " + what + " invalid"};
}

bool looksLikeAppid(std::string_view appid) {
    return appid.size() == 18 && appid.starts_with("wx")
        && appid.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

SendVerdict checkValues(const SendRequest &request, const std::vector<std::string> &keys) {
    for (const std::string &key : keys) {
        if (!isTypedKey(key)) {
            continue; // values of industry templates are shown as they come, empty if they do not come
        }
        const SendValue *value = request.value(key);
        if (!value || value->kind != SendValue::Kind::Text || value->text.empty()
            || !valueFits(key, value->text)) {
            return invalidArgument("data." + key + ".value");
        }
    }
    return {};
}

} // namespace

SendVerdict checkSend(const SendRequest &request, const TemplateBook &templates, ValueCheck check) {
    if (request.touser.empty() || request.touser.size() > longestOpenid) {
        return {40003, {}};
    }
    if (request.templateId.size() != templateIdLength) {
        return {40036, {}};
    }
    const std::vector<std::string> *keys = templates.keysOf(request.templateId);
    if (!keys) {
        return {40037, {}};
    }
    if (request.clientMsgId.size() > longestClientMsgId) {
        return {45067, {}};
    }
    if (request.url.size() > longestUrl) {
        return {40039, {}};
    }
    if (request.hasMiniprogram && !looksLikeAppid(request.miniprogramAppid)) {
        return {40013, {}};
    }
    if (check == ValueCheck::Off) {
        return {};
    }
    return request.hasData ? checkValues(request, *keys) : invalidArgument("data");
}

} // namespace songda::simulator
