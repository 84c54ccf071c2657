// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace songda::simulator {

/// One template of the account, as get_all_private_template lists it (wechat-api.md section 3.5).
struct MessageTemplate {
    std::string id; ///< 43 characters
    std::string title;
    std::string primaryIndustry;
    std::string deputyIndustry;
    std::string content; ///< text with `{{KEY.DATA}}` placeholders
    std::string example;

    bool operator==(const MessageTemplate &) const = default;
};

/// Length of a template id (wechat-api.md section 3.1).
inline constexpr std::size_t templateIdLength = 43;

/// The keys of the placeholders of a content, in order, each once.
std::vector<std::string> templateKeys(std::string_view content);

/// The templates of an account with their keys, searchable by id. Unchangeable once made.
class TemplateBook {
public:
    explicit TemplateBook(std::vector<MessageTemplate> templates);

    const std::vector<MessageTemplate> &templates() const { return m_templates; }
    /// The keys of a template; null if the account has no such template.
    const std::vector<std::string> *keysOf(std::string_view templateId) const;

private:
    std::vector<MessageTemplate> m_templates;
    std::vector<std::vector<std::string>> m_keys; ///< same order as m_templates
};

/// The templates the practice account starts with. Their ids are the same in every run.
const std::vector<MessageTemplate> &builtinTemplates();

/// Reads a list as it stands in an answer of get_all_private_template: `{"template_list": [...]}` or the
/// list.
tl::expected<std::vector<MessageTemplate>, std::string> parseTemplates(const nlohmann::json &json);

/// The answer of get_all_private_template.
std::string templateListJson(const std::vector<MessageTemplate> &templates);

} // namespace songda::simulator
