// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/utf8.h"

namespace songda::utf8 {

std::optional<char32_t> next(std::string_view &text) {
    if (text.empty())
        return std::nullopt;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) {
        text.remove_prefix(1);
        return lead;
    }
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size)
        return std::nullopt;
    char32_t value = lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return std::nullopt;
        value = value << 6 | (byte(i) & 0x3F);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return std::nullopt;
    text.remove_prefix(size);
    return value;
}

bool isValid(std::string_view text) { return length(text).has_value(); }

std::optional<std::size_t> length(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        if (!next(text))
            return std::nullopt;
        ++count;
    }
    return count;
}

std::string printable(std::string_view text, std::size_t maxBytes) {
    std::string out;
    while (!text.empty()) {
        const std::string_view before = text;
        const auto c = next(text);
        if (!c)
            text.remove_prefix(1);
        const std::size_t size = c ? before.size() - text.size() : 1;
        if (out.size() + size > maxBytes)
            break;
        if (!c || isControl(*c))
            out += ' ';
        else
            out += before.substr(0, size);
    }
    return out;
}

bool isHan(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF)
        || (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}

bool isControl(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

} // namespace songda::utf8
