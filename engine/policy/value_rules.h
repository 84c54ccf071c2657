// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/policy/template_syntax.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace songda {

/// Why a value or a recipient would be refused. The console has the words in each language; `toString`
/// has the English ones.
enum class ValueFault {
    Empty,
    TooLong, ///< limit() says how long it may be
    NotUtf8,
    ControlCharacter, ///< newline, tab, NUL and the like
    WrongForm, ///< not a number, date, phone number ...
    MissingKey,
    UnknownKey,
    BadOpenid,
    BadUrl,
};

struct ValueProblem {
    std::string key; ///< empty when it is not about a key
    ValueFault fault = ValueFault::Empty;
    ValueType type = ValueType::Untyped;

    bool operator==(const ValueProblem &) const = default;
};

/// Most code points a value of this type may have.
int lengthLimit(ValueType type);
/// One clear English sentence: what, where, what to do.
std::string toString(const ValueProblem &problem);

/// Checks one value by its key's type (wechat-api.md section 3.4); nothing when it is fine. Over-long
/// values of untyped keys are cut on the phone, not refused, so they pass.
std::optional<ValueFault> checkValue(ValueType type, std::string_view value);

/// Exactly the template's keys, none empty (section 3.1); hidden keys may be missing. First problem found.
std::optional<ValueProblem> checkData(
    const std::vector<TemplateKey> &keys, const std::map<std::string, std::string, std::less<>> &data);

/// An openid is 1 .. 64 of [A-Za-z0-9_-]; real ones have 28 and begin with 'o', test doubles may not.
bool isPlausibleOpenid(std::string_view openid);
/// http or https, printable ASCII or UTF-8 without blanks, at most 1024 bytes (40039 beyond).
bool isPlausibleUrl(std::string_view url);
/// 43 of [A-Za-z0-9_-] is what WeChat issues; anything else is refused with 40036.
bool isTemplateId(std::string_view id);

} // namespace songda
