// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/formula_guard.h"

#include "engine/policy/utf8.h"

#include <algorithm>
#include <charconv>

namespace songda::exchange {

namespace {

bool isPlainNumber(std::string_view cell) {
    if (cell.find_first_not_of("-.0123456789") != std::string_view::npos)
        return false; // from_chars would also take "-inf" and "-nan(A1)"
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value, std::chars_format::fixed);
    return error == std::errc{} && end == cell.data() + cell.size();
}

/// Some programs fold the wide forms, and a minus of typographers, to the narrow ones.
bool begins(char32_t c) {
    static constexpr std::u32string_view starts = U"=+-@\t\r\n＝＋－＠﹢﹣﹦﹫−";
    return c == 0 || starts.find(c) != std::u32string_view::npos;
}

/// Passed over in front of a formula, by one program or another.
bool isBlank(char32_t c) {
    return c == ' ' || c == 0x0B || c == 0x0C || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x202A && c <= 0x202F)
        || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0xAD;
}

std::string_view withoutApostrophes(std::string_view cell) { return cell.substr(std::min(cell.find_first_not_of('\''), cell.size())); }

} // namespace

bool isFormula(std::string_view cell) {
    for (std::string_view rest = cell; !rest.empty();) {
        const auto c = utf8::next(rest);
        if (!c)
            return false;
        if (begins(*c))
            return !(*c == '-' && isPlainNumber(cell));
        if (!isBlank(*c))
            return false;
    }
    return false;
}

bool needsGuard(std::string_view cell) { return isFormula(withoutApostrophes(cell)); }

bool isGuarded(std::string_view cell) { return cell.starts_with('\'') && isFormula(withoutApostrophes(cell)); }

} // namespace songda::exchange
