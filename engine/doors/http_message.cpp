// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/http_message.h"

#include "engine/policy/utf8.h"

#include <algorithm>

namespace songda::doors {

namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
    const auto it = std::find_if(headers.begin(), headers.end(), [&](const Header &h) { return h.name == name; });
    return it == headers.end() ? std::nullopt : std::optional<std::string_view>(it->value);
}

std::optional<std::string> Request::headerLines(std::string_view name) const {
    std::optional<std::string> lines;
    for (const Header &h : headers) {
        if (h.name == name)
            lines = lines ? *lines + ", " + h.value : h.value;
    }
    return lines;
}

std::optional<std::string_view> argumentOf(const Query &query, std::string_view name) {
    const auto it = std::find_if(query.begin(), query.end(), [&](const auto &q) { return q.first == name; });
    return it == query.end() ? std::nullopt : std::optional<std::string_view>(it->second);
}

std::optional<std::string_view> Request::argument(std::string_view name) const { return argumentOf(query, name); }

std::optional<std::string> percentDecoded(std::string_view text, bool plusIsSpace) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const int high = hexDigit(text[i + 1]);
            const int low = hexDigit(text[i + 2]);
            if (high < 0 || low < 0)
                return std::nullopt;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        } else if (c == '+' && plusIsSpace) {
            c = ' ';
        }
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f)
            return std::nullopt;
        out += c;
    }
    if (!utf8::isValid(out))
        return std::nullopt;
    return out;
}

std::optional<Query> parseQuery(std::string_view query, bool plusIsSpace) {
    Query result;
    while (!query.empty()) {
        const std::string_view part = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), part.size() + 1));
        if (part.empty())
            continue;
        const std::size_t equals = part.find('=');
        auto name = percentDecoded(part.substr(0, equals), plusIsSpace);
        auto value = equals == std::string_view::npos ? std::string() : percentDecoded(part.substr(equals + 1), plusIsSpace);
        if (!name || !value)
            return std::nullopt;
        result.emplace_back(std::move(*name), std::move(*value));
    }
    return result;
}

} // namespace songda::doors
