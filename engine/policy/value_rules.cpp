// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/value_rules.h"

#include "engine/policy/utf8.h"

#include <algorithm>
#include <chrono>

namespace songda {

namespace {

bool isDigit(char32_t c) { return c >= '0' && c <= '9'; }
bool isAsciiLetter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The value as code points: every rule below counts and compares these, never bytes.
using Text = std::u32string_view;

bool take(Text &text, char32_t c) {
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

/// Takes between `least` and `most` digits; their value, or nothing.
std::optional<int> takeDigits(Text &text, std::size_t least, std::size_t most) {
    std::size_t n = 0;
    int value = 0;
    while (n < text.size() && n < most && isDigit(text[n])) {
        value = value * 10 + static_cast<int>(text[n] - U'0');
        ++n;
    }
    if (n < least)
        return std::nullopt;
    text.remove_prefix(n);
    return value;
}

void skipBlanks(Text &text) {
    while (take(text, U' ')) { }
}

/// 2019年10月1日, 2019-10-01, 2019/10/01, 2019.10.01
bool takeDate(Text &text) {
    const auto year = takeDigits(text, 4, 4);
    if (!year || text.empty())
        return false;
    const char32_t separator = text.front();
    const bool chinese = separator == U'年';
    if (!chinese && separator != U'-' && separator != U'/' && separator != U'.')
        return false;
    text.remove_prefix(1);
    const auto month = takeDigits(text, 1, 2);
    if (!month || *month < 1 || *month > 12 || !take(text, chinese ? U'月' : separator))
        return false;
    const auto day = takeDigits(text, 1, 2);
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(day.value_or(0))}};
    if (!date.ok())
        return false;
    return !chinese || take(text, U'日');
}

/// 15:01 or 15:01:30
bool takeClock(Text &text) {
    const auto hour = takeDigits(text, 1, 2);
    if (!hour || *hour > 24 || !take(text, U':'))
        return false;
    const auto minute = takeDigits(text, 2, 2);
    if (!minute || *minute > 59 || (*hour == 24 && *minute > 0))
        return false;
    if (!take(text, U':'))
        return true;
    const auto second = takeDigits(text, 2, 2);
    return second && *second <= 59;
}

/// One moment: a time needs its clock, a date may have one.
bool takeMoment(Text &text, ValueType type, bool first) {
    Text rest = text;
    const bool dated = takeDate(rest);
    if (dated) {
        text = rest;
        Text afterBlank = text;
        skipBlanks(afterBlank);
        if (takeClock(afterBlank)) {
            text = afterBlank;
            return true;
        }
        return type == ValueType::Date;
    }
    // Only a time, or the end of a range whose date stands in front, may lack the date.
    return (type == ValueType::Time || !first) && takeClock(text);
}

bool isMoment(Text text, ValueType type) {
    if (!takeMoment(text, type, true))
        return false;
    if (text.empty())
        return true;
    skipBlanks(text);
    if (!take(text, U'~'))
        return false;
    skipBlanks(text);
    return takeMoment(text, type, false) && text.empty();
}

bool isNumber(Text text) {
    take(text, U'-');
    const auto digits = [&] {
        std::size_t n = 0;
        while (n < text.size() && isDigit(text[n]))
            ++n;
        text.remove_prefix(n);
        return n;
    };
    if (digits() == 0)
        return false;
    if (take(text, U'.') && digits() == 0)
        return false;
    return text.empty();
}

bool isAmount(Text text) {
    if (!text.empty() && Text(U"¥￥$€£").find(text.front()) != Text::npos)
        text.remove_prefix(1);
    std::size_t n = 0;
    while (n < text.size() && isDigit(text[n]))
        ++n;
    if (n < 1 || n > 10)
        return false;
    text.remove_prefix(n);
    if (take(text, U'.')) {
        n = 0;
        while (n < text.size() && isDigit(text[n]))
            ++n;
        if (n < 1 || n > 2)
            return false;
        text.remove_prefix(n);
    }
    take(text, U'元');
    return text.empty();
}

/// At most ten when any Chinese is in it, else twenty.
bool isName(Text text) {
    const bool chinese = std::any_of(text.begin(), text.end(), utf8::isHan);
    return text.size() <= (chinese ? 10u : 20u);
}

bool isCarNumber(Text text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool edge = i == 0 || i + 1 == text.size();
        if (!isDigit(text[i]) && !isAsciiLetter(text[i]) && !(edge && utf8::isHan(text[i])))
            return false;
    }
    return true;
}

template <class Predicate> bool allOf(Text text, Predicate predicate) {
    return std::all_of(text.begin(), text.end(), predicate);
}

bool hasForm(ValueType type, Text text) {
    switch (type) {
    case ValueType::CharacterString: return allOf(text, [](char32_t c) { return c >= 0x20 && c <= 0x7E; });
    case ValueType::Number: return isNumber(text);
    case ValueType::Letter: return allOf(text, isAsciiLetter);
    case ValueType::Symbol: return allOf(text, [](char32_t c) { return !isDigit(c) && !isAsciiLetter(c); });
    case ValueType::Phrase: return allOf(text, utf8::isHan);
    case ValueType::Name: return isName(text);
    case ValueType::Amount: return isAmount(text);
    case ValueType::PhoneNumber:
        return allOf(text, [](char32_t c) { return isDigit(c) || Text(U"+-() ").find(c) != Text::npos; });
    case ValueType::CarNumber: return isCarNumber(text);
    case ValueType::Time:
    case ValueType::Date: return isMoment(text, type);
    case ValueType::Thing:
    case ValueType::ShortThing:
    case ValueType::Constant:
    case ValueType::Untyped: return true;
    }
    return true;
}

const char *formOf(ValueType type) {
    switch (type) {
    case ValueType::CharacterString: return "letters, digits and symbols without Chinese";
    case ValueType::Number: return "a number such as 12 or 12.5";
    case ValueType::Letter: return "letters only";
    case ValueType::Symbol: return "symbols only";
    case ValueType::Phrase: return "Chinese characters only";
    case ValueType::Name: return "a name of at most 10 characters (20 without Chinese)";
    case ValueType::Amount: return "an amount such as ¥12.50 or 12元";
    case ValueType::PhoneNumber: return "a phone number";
    case ValueType::CarNumber: return "a number plate";
    case ValueType::Time: return "a time such as 15:01 or 2019-10-01 15:01";
    case ValueType::Date: return "a date such as 2019-10-01 or 2019年10月1日";
    default: return "text";
    }
}

} // namespace

int lengthLimit(ValueType type) {
    switch (type) {
    case ValueType::Thing:
    case ValueType::Constant:
    case ValueType::Name: return 20;
    case ValueType::ShortThing:
    case ValueType::Symbol:
    case ValueType::Phrase: return 5;
    case ValueType::CharacterString:
    case ValueType::Number:
    case ValueType::Letter: return 32;
    case ValueType::PhoneNumber: return 17;
    case ValueType::CarNumber: return 8;
    case ValueType::Amount: return 15; // sign, ten digits, point, two digits, 元
    case ValueType::Time:
    case ValueType::Date: return 64;
    case ValueType::Untyped: return 10000;
    }
    return 20;
}

std::optional<ValueFault> checkValue(ValueType type, std::string_view value) {
    std::u32string text;
    text.reserve(value.size());
    for (std::string_view rest = value; !rest.empty();) {
        const auto c = utf8::next(rest);
        if (!c)
            return ValueFault::NotUtf8;
        const bool lineBreak = *c == U'\n' || *c == U'\r' || *c == U'\t';
        if (utf8::isControl(*c) && !(type == ValueType::Untyped && lineBreak))
            return ValueFault::ControlCharacter;
        text += *c;
    }
    if (text.find_first_not_of(U" \t\r\n\u3000") == std::u32string::npos)
        return ValueFault::Empty;
    if (static_cast<int>(text.size()) > lengthLimit(type))
        return ValueFault::TooLong;
    if (!hasForm(type, text))
        return ValueFault::WrongForm;
    return std::nullopt;
}

std::optional<ValueProblem> checkData(
    const std::vector<TemplateKey> &keys, const std::map<std::string, std::string, std::less<>> &data) {
    for (const TemplateKey &key : keys) {
        const auto it = data.find(key.name);
        if (it == data.end()) {
            if (isHiddenKey(key.name))
                continue;
            return ValueProblem{key.name, ValueFault::MissingKey, key.type};
        }
        if (isHiddenKey(key.name) && it->second.empty())
            continue;
        if (const auto fault = checkValue(key.type, it->second))
            return ValueProblem{key.name, *fault, key.type};
    }
    for (const auto &entry : data) {
        const std::string &name = entry.first; // of its own: clang keeps parts of a structured binding out of lambdas
        const bool known = std::any_of(keys.begin(), keys.end(), [&](const auto &k) { return k.name == name; });
        if (!known)
            return ValueProblem{name, ValueFault::UnknownKey, ValueType::Untyped};
    }
    return std::nullopt;
}

std::string toString(const ValueProblem &problem) {
    const std::string &key = problem.key;
    switch (problem.fault) {
    case ValueFault::Empty: return key + " is empty; every key of the template needs a value";
    case ValueFault::TooLong:
        return key + " is longer than " + std::to_string(lengthLimit(problem.type)) + " characters; shorten it";
    case ValueFault::NotUtf8: return key + " is not valid UTF-8";
    case ValueFault::ControlCharacter: return key + " contains a line break or another control character; remove it";
    case ValueFault::WrongForm: return key + " must be " + formOf(problem.type);
    case ValueFault::MissingKey: return key + " is missing; the template needs it";
    case ValueFault::UnknownKey: return key + " is not a key of the template; remove it";
    case ValueFault::BadOpenid: return "the openid is empty or has characters other than letters, digits, _ and -";
    case ValueFault::BadUrl: return "the URL must begin with http:// or https:// and be at most 1024 bytes without blanks";
    }
    return key;
}

bool isPlausibleOpenid(std::string_view openid) {
    return !openid.empty() && openid.size() <= 64
        && std::all_of(openid.begin(), openid.end(), [](char c) {
               return isDigit(static_cast<char32_t>(static_cast<unsigned char>(c))) || isAsciiLetter(static_cast<unsigned char>(c)) || c == '_'
                   || c == '-';
           });
}

bool isPlausibleUrl(std::string_view url) {
    if (!url.starts_with("http://") && !url.starts_with("https://"))
        return false;
    if (url.size() > 1024 || url.find("://") + 3 >= url.size())
        return false;
    return utf8::isValid(url) && std::none_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; });
}

bool isTemplateId(std::string_view id) { return id.size() == 43 && isPlausibleOpenid(id); }

} // namespace songda
