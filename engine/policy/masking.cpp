// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/masking.h"

#include "engine/model/erasure.h"

#include <algorithm>
#include <cctype>

namespace songda {

namespace {

constexpr std::size_t shownFirst = 3;
constexpr std::size_t shownLast = 2;
/// WeChat's have 28 letters.
constexpr std::size_t shortestOpenid = 20;

bool isOpenidPart(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-'; }

} // namespace

std::string maskedOpenid(std::string_view openid) {
    if (isErased(openid) || openid.empty())
        return std::string(openid);
    if (openid.size() <= shownFirst + shownLast + 2)
        return std::string(openid.substr(0, 1)) + "...";
    return std::string(openid.substr(0, shownFirst)) + "..." + std::string(openid.substr(openid.size() - shownLast));
}

std::string withMaskedOpenids(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isOpenidPart) - text.begin());
        const std::string_view word = text.substr(0, end);
        const bool named = out.ends_with("openid:");
        out += named || (word.starts_with('o') && word.size() >= shortestOpenid) ? maskedOpenid(word) : std::string(word);
        if (end < text.size())
            out += text[end];
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

} // namespace songda
