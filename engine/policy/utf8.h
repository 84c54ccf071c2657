// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace songda::utf8 {

/// Takes the next code point off the front; nothing (and nothing taken) when the bytes are not UTF-8:
/// overlong forms, surrogates and values above U+10FFFF are not.
std::optional<char32_t> next(std::string_view &text);

bool isValid(std::string_view text);
/// Number of code points; nothing when the text is not UTF-8.
std::optional<std::size_t> length(std::string_view text);

/// At most `maxBytes` of the text fit for a log line or a cell: whole code points, control characters
/// and broken bytes replaced by a blank.
std::string printable(std::string_view text, std::size_t maxBytes);

bool isHan(char32_t c);
/// C0, C1, DEL, line and paragraph separators.
bool isControl(char32_t c);

} // namespace songda::utf8
