// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/templates.h"

#include "app/simulator/random.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace songda::simulator {

namespace {

constexpr std::size_t templatesPerAccount = 25; // wechat-api.md section 3.3

std::string_view withoutBlanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

std::string textMember(const nlohmann::json &object, const char *name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

} // namespace

std::vector<std::string> templateKeys(std::string_view content) {
    constexpr std::string_view suffix = ".DATA";
    std::vector<std::string> keys;
    for (std::size_t at = content.find("{{"); at != std::string_view::npos; at = content.find("{{", at)) {
        const std::size_t end = content.find("}}", at);
        if (end == std::string_view::npos) {
            break;
        }
        std::string_view key = withoutBlanks(content.substr(at + 2, end - at - 2));
        if (key.ends_with(suffix)) {
            key.remove_suffix(suffix.size());
            if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) {
                keys.emplace_back(key);
            }
        }
        at = end + 2;
    }
    return keys;
}

TemplateBook::TemplateBook(std::vector<MessageTemplate> templates)
    : m_templates(std::move(templates)) {
    m_keys.reserve(m_templates.size());
    for (const MessageTemplate &item : m_templates) {
        m_keys.push_back(templateKeys(item.content));
    }
}

const std::vector<std::string> *TemplateBook::keysOf(std::string_view templateId) const {
    for (std::size_t i = 0; i < m_templates.size(); ++i) {
        if (m_templates[i].id == templateId) {
            return &m_keys[i];
        }
    }
    return nullptr;
}

tl::expected<std::vector<MessageTemplate>, std::string> parseTemplates(const nlohmann::json &json) {
    const nlohmann::json *list = &json;
    if (json.is_object()) {
        const auto found = json.find("template_list");
        if (found == json.end()) {
            return tl::unexpected(std::string{"templates are a list or an object with \"template_list\""});
        }
        list = &*found;
    }
    if (!list->is_array()) {
        return tl::unexpected(std::string{"templates are a list or an object with \"template_list\""});
    }
    std::vector<MessageTemplate> templates;
    for (const auto &item : *list) {
        if (!item.is_object()) {
            return tl::unexpected(std::string{"a template is an object"});
        }
        MessageTemplate entry{textMember(item, "template_id"), textMember(item, "title"),
            textMember(item, "primary_industry"), textMember(item, "deputy_industry"),
            textMember(item, "content"), textMember(item, "example")};
        if (entry.title.empty() || templateKeys(entry.content).empty()) {
            return tl::unexpected(std::string{"a template needs a title and a content with {{KEY.DATA}}"});
        }
        if (entry.id.empty()) {
            entry.id = idText(hash64(entry.content, hash64(entry.title)), templateIdLength);
        }
        if (entry.id.size() != templateIdLength
            || entry.id.find_first_not_of(idAlphabet) != std::string::npos) {
            return tl::unexpected(
                "template id of \"" + entry.title + "\" is not 43 characters of A-Za-z0-9_-");
        }
        templates.push_back(std::move(entry));
    }
    if (templates.size() > templatesPerAccount) {
        return tl::unexpected(std::string{"an account has at most 25 templates"});
    }
    return templates;
}

std::string templateListJson(const std::vector<MessageTemplate> &templates) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const MessageTemplate &item : templates) {
        list.push_back({{"template_id", item.id}, {"title", item.title},
            {"primary_industry", item.primaryIndustry}, {"deputy_industry", item.deputyIndustry},
            {"content", item.content}, {"example", item.example}});
    }
    nlohmann::ordered_json answer;
    answer["template_list"] = std::move(list);
    return answer.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

} // namespace songda::simulator
