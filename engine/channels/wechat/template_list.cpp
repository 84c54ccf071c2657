// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/template_list.h"

#include "engine/channels/wechat/json_answer.h"
#include "engine/policy/value_rules.h"

namespace songda::wechat {

Result<std::vector<Template>> readTemplateList(std::string_view body, AccountId account, WallTime fetchedAt) {
    const auto root = parsedAnswer(body);
    if (!root.is_object() || !root.contains("template_list") || !root["template_list"].is_array())
        return fail(ErrorCode::Refused, "the answer is not a template list");
    std::vector<Template> list;
    for (const auto &item : root["template_list"]) {
        if (!item.is_object())
            continue;
        const auto text = [&](const char *name) {
            const auto it = item.find(name);
            return it != item.end() && it->is_string() ? it->get<std::string>() : std::string{};
        };
        Template t;
        t.account = account;
        t.templateId = text("template_id");
        if (!isPlausibleOpenid(t.templateId)) // the same alphabet
            continue;
        t.title = text("title");
        t.content = text("content");
        t.example = text("example");
        t.primaryIndustry = text("primary_industry");
        t.deputyIndustry = text("deputy_industry");
        t.fetchedAt = fetchedAt;
        list.push_back(std::move(t));
    }
    return list;
}

} // namespace songda::wechat
