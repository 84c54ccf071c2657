// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda {

/// What a key's value must look like (wechat-api.md section 3.4). The type is the key's name without its
/// number: thing1 is a Thing.
enum class ValueType {
    Thing,
    ShortThing,
    Constant,
    CharacterString,
    Number,
    Letter,
    Symbol,
    Phrase,
    Name,
    Amount,
    PhoneNumber,
    CarNumber,
    Time,
    Date,
    Untyped, ///< first, keywordN, remark and named keys of industry templates: no check by WeChat
};
const char *toString(ValueType type);
ValueType valueTypeOf(std::string_view key);

struct TemplateKey {
    std::string name;
    ValueType type = ValueType::Untyped;
    std::string label; ///< the words before the placeholder, without the colon

    bool operator==(const TemplateKey &) const = default;
};

/// A piece of template content: fixed words or a placeholder.
struct TemplatePart {
    std::string text; ///< fixed words, or the key's name
    bool isKey = false;

    bool operator==(const TemplatePart &) const = default;
};

/// Splits content into fixed words and {{KEY.DATA}} placeholders, `{ {KEY.DATA} }` with inner spaces
/// included. What only looks like a placeholder stays text.
std::vector<TemplatePart> parseTemplate(std::string_view content);

/// The keys in order of appearance, each once.
std::vector<TemplateKey> templateKeys(std::string_view content);

/// first and remark: accepted but not shown since May 2023, so a missing value is no fault.
bool isHiddenKey(std::string_view key);

} // namespace songda
