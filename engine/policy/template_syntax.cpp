// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/template_syntax.h"

#include <algorithm>
#include <array>
#include <utility>

namespace songda {

namespace {

constexpr std::array<std::pair<std::string_view, ValueType>, 15> typeNames{{
    {"thing", ValueType::Thing},
    {"short_thing", ValueType::ShortThing},
    {"const", ValueType::Constant},
    {"enum", ValueType::Constant},
    {"character_string", ValueType::CharacterString},
    {"number", ValueType::Number},
    {"letter", ValueType::Letter},
    {"symbol", ValueType::Symbol},
    {"phrase", ValueType::Phrase},
    {"name", ValueType::Name},
    {"amount", ValueType::Amount},
    {"phone_number", ValueType::PhoneNumber},
    {"car_number", ValueType::CarNumber},
    {"time", ValueType::Time},
    {"date", ValueType::Date},
}};

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isKeyStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool isBlank(char c) { return c == ' ' || c == '\t'; }

/// Reads one placeholder at the front; its key and length, or nothing.
std::optional<std::pair<std::string, std::size_t>> placeholderAt(std::string_view text) {
    std::size_t at = 0;
    const auto skipBlanks = [&] {
        while (at < text.size() && isBlank(text[at]))
            ++at;
    };
    const auto take = [&](char c) {
        if (at >= text.size() || text[at] != c)
            return false;
        ++at;
        return true;
    };
    if (!take('{'))
        return std::nullopt;
    skipBlanks();
    if (!take('{'))
        return std::nullopt;
    skipBlanks();
    const std::size_t keyStart = at;
    if (at >= text.size() || !isKeyStart(text[at]))
        return std::nullopt;
    while (at < text.size() && (isKeyStart(text[at]) || isDigit(text[at])))
        ++at;
    std::string key(text.substr(keyStart, at - keyStart));
    if (text.substr(at, 5) != ".DATA")
        return std::nullopt;
    at += 5;
    skipBlanks();
    if (!take('}'))
        return std::nullopt;
    skipBlanks();
    if (!take('}'))
        return std::nullopt;
    return std::pair{std::move(key), at};
}

/// The words of the current line in front of a placeholder, without blanks and the closing colon.
std::string labelFrom(std::string_view line) {
    if (const auto newline = line.rfind('\n'); newline != std::string_view::npos)
        line.remove_prefix(newline + 1);
    static constexpr std::string_view wideColon = "\xEF\xBC\x9A";
    bool again = true;
    while (again && !line.empty()) {
        again = false;
        if (isBlank(line.back()) || line.back() == ':' || line.back() == '\r') {
            line.remove_suffix(1);
            again = true;
        } else if (line.ends_with(wideColon)) {
            line.remove_suffix(wideColon.size());
            again = true;
        }
    }
    while (!line.empty() && isBlank(line.front()))
        line.remove_prefix(1);
    return std::string(line);
}

} // namespace

const char *toString(ValueType type) {
    for (const auto &[name, value] : typeNames) {
        if (value == type)
            return name.data();
    }
    return "text";
}

ValueType valueTypeOf(std::string_view key) {
    std::string_view word = key;
    while (!word.empty() && isDigit(word.back()))
        word.remove_suffix(1);
    if (word.size() == key.size())
        return ValueType::Untyped; // category keys always end in a number
    const auto it = std::find_if(typeNames.begin(), typeNames.end(), [&](const auto &t) { return t.first == word; });
    return it == typeNames.end() ? ValueType::Untyped : it->second;
}

std::vector<TemplatePart> parseTemplate(std::string_view content) {
    std::vector<TemplatePart> parts;
    std::string text;
    while (!content.empty()) {
        if (content.front() == '{') {
            if (auto found = placeholderAt(content)) {
                if (!text.empty())
                    parts.push_back({std::exchange(text, {}), false});
                parts.push_back({std::move(found->first), true});
                content.remove_prefix(found->second);
                continue;
            }
        }
        text += content.front();
        content.remove_prefix(1);
    }
    if (!text.empty())
        parts.push_back({std::move(text), false});
    return parts;
}

std::vector<TemplateKey> templateKeys(std::string_view content) {
    std::vector<TemplateKey> keys;
    std::string before;
    for (const TemplatePart &part : parseTemplate(content)) {
        if (!part.isKey) {
            before = part.text;
            continue;
        }
        const bool known = std::any_of(keys.begin(), keys.end(), [&](const auto &k) { return k.name == part.text; });
        if (!known)
            keys.push_back({part.text, valueTypeOf(part.text), labelFrom(before)});
        before.clear();
    }
    return keys;
}

bool isHiddenKey(std::string_view key) { return key == "first" || key == "remark"; }

} // namespace songda
