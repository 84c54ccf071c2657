// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/value_rules.h"

#include "app/simulator/value_time.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace songda::simulator {

namespace {

bool isDigit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
bool isLetter(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}
bool isControl(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}
bool isHan(char32_t c) {
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0x20000 && c <= 0x323af) || c == 0x3007;
}

/// The parser has refused invalid UTF-8 already; a stray byte would simply count as one character.
std::u32string codePoints(std::string_view text) {
    std::u32string points;
    points.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        char32_t point = length == 1 ? lead : static_cast<char32_t>(lead & (0xffU >> (length + 1)));
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k) {
            point = (point << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
        }
        points += point;
        i += length;
    }
    return points;
}

bool lengthWithin(const std::u32string &text, std::size_t limit) {
    return !text.empty() && text.size() <= limit;
}

template <typename Predicate> bool all(const std::u32string &text, Predicate predicate) {
    return std::all_of(text.begin(), text.end(), predicate);
}

bool fitsThing(const std::u32string &text) {
    return lengthWithin(text, 20) && std::none_of(text.begin(), text.end(), isControl);
}

bool fitsShortThing(const std::u32string &text) {
    return lengthWithin(text, 5) && std::none_of(text.begin(), text.end(), isControl);
}

bool fitsConstant(const std::u32string &text) {
    return lengthWithin(text, 20);
}

bool fitsCharacterString(const std::u32string &text) {
    return lengthWithin(text, 32) && all(text, [](char32_t c) { return c >= 0x20 && c <= 0x7e; });
}

bool fitsNumber(const std::u32string &text) {
    if (!lengthWithin(text, 32)) {
        return false;
    }
    const std::u32string digits = text.front() == U'-' ? text.substr(1) : text;
    const std::size_t point = digits.find(U'.');
    const std::u32string whole = digits.substr(0, point);
    if (whole.empty() || !all(whole, isDigit)) {
        return false;
    }
    return point == std::u32string::npos
        || (point + 1 < digits.size() && all(digits.substr(point + 1), isDigit));
}

bool fitsLetter(const std::u32string &text) {
    return lengthWithin(text, 32) && all(text, isLetter);
}

bool fitsSymbol(const std::u32string &text) {
    return lengthWithin(text, 5)
        && all(text, [](char32_t c) { return !isLetter(c) && !isDigit(c) && !isControl(c); });
}

bool fitsPhrase(const std::u32string &text) {
    return lengthWithin(text, 5) && all(text, isHan);
}

bool fitsName(const std::u32string &text) {
    // A mix of Chinese and other characters counts as Chinese.
    const bool chinese = std::any_of(text.begin(), text.end(), isHan);
    return lengthWithin(text, chinese ? 10 : 20)
        && all(text, [](char32_t c) { return !isDigit(c) && !isControl(c); });
}

bool fitsAmount(const std::u32string &text) {
    std::u32string rest = text;
    constexpr std::u32string_view signs = U"¥￥$€£";
    if (!rest.empty() && signs.find(rest.front()) != std::u32string_view::npos) {
        rest.erase(0, 1);
    }
    if (!rest.empty() && rest.back() == U'元') {
        rest.pop_back();
    }
    const std::size_t point = rest.find(U'.');
    const std::u32string whole = rest.substr(0, point);
    if (!lengthWithin(whole, 10) || !all(whole, isDigit)) {
        return false;
    }
    return point == std::u32string::npos
        || (lengthWithin(rest.substr(point + 1), 2) && all(rest.substr(point + 1), isDigit));
}

bool fitsPhoneNumber(const std::u32string &text) {
    constexpr std::u32string_view others = U"+-() ";
    return lengthWithin(text, 17)
        && all(text, [&](char32_t c) { return isDigit(c) || others.find(c) != std::u32string_view::npos; });
}

bool fitsCarNumber(const std::u32string &text) {
    if (!lengthWithin(text, 8)) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool edge = i == 0 || i + 1 == text.size();
        if (!isLetter(text[i]) && !isDigit(text[i]) && !(edge && isHan(text[i]))) {
            return false;
        }
    }
    return true;
}

struct Rule {
    std::string_view type;
    bool (*fits)(const std::u32string &);
};

constexpr std::array rules{
    Rule{"thing", fitsThing},
    Rule{"short_thing", fitsShortThing},
    Rule{"const", fitsConstant},
    Rule{"enum", fitsConstant},
    Rule{"character_string", fitsCharacterString},
    Rule{"number", fitsNumber},
    Rule{"letter", fitsLetter},
    Rule{"symbol", fitsSymbol},
    Rule{"phrase", fitsPhrase},
    Rule{"name", fitsName},
    Rule{"amount", fitsAmount},
    Rule{"phone_number", fitsPhoneNumber},
    Rule{"car_number", fitsCarNumber},
    Rule{"time", isTimeValue},
    Rule{"date", isDateValue},
};

const Rule *ruleOf(std::string_view key) {
    const std::size_t lastOfType = key.find_last_not_of("0123456789");
    if (lastOfType == std::string_view::npos || lastOfType + 1 == key.size()) {
        return nullptr; // a type is always followed by a number
    }
    const std::string_view type = key.substr(0, lastOfType + 1);
    const auto found
        = std::find_if(rules.begin(), rules.end(), [type](const Rule &rule) { return rule.type == type; });
    return found == rules.end() ? nullptr : &*found;
}

} // namespace

bool isTypedKey(std::string_view key) {
    return ruleOf(key) != nullptr;
}

bool valueFits(std::string_view key, std::string_view value) {
    const Rule *rule = ruleOf(key);
    return !rule || rule->fits(codePoints(value));
}

} // namespace songda::simulator
