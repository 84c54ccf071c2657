// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/exchange/column_mapping.h"

#include "engine/policy/utf8.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace songda::exchange {

namespace {

/// Without blanks around it, and without byte order marks that files put together leave.
std::string trimmed(std::string_view text) {
    while (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return std::string(text);
}

std::string folded(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

constexpr std::size_t mostListed = 20;
constexpr std::size_t longestName = 60; // bytes

/// A name in a sentence; a file may call its columns whatever it likes.
std::string readable(const std::string &name) { return utf8::printable(name, longestName) + (name.size() > longestName ? "..." : ""); }

std::string listed(const std::vector<std::string> &names) {
    std::string list;
    for (std::size_t i = 0; i < std::min(names.size(), mostListed); ++i)
        list += (list.empty() ? "" : ", ") + readable(names[i]);
    if (names.size() > mostListed)
        list += " and " + std::to_string(names.size() - mostListed) + " more";
    return list;
}

class Header {
public:
    explicit Header(const std::vector<std::string> &names) {
        for (const std::string &name : names)
            m_names.push_back(trimmed(name));
    }
    std::optional<std::size_t> find(const std::string &name) const {
        const auto exact = std::find(m_names.begin(), m_names.end(), name);
        if (exact != m_names.end())
            return static_cast<std::size_t>(exact - m_names.begin());
        const auto it = std::find_if(m_names.begin(), m_names.end(), [&](const auto &n) { return folded(n) == folded(name); });
        return it == m_names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(it - m_names.begin()));
    }
    const std::vector<std::string> &names() const { return m_names; }

private:
    std::vector<std::string> m_names;
};

Error noColumn(const std::string &what, const std::string &name, const Header &header) {
    return Error{ErrorCode::InvalidInput,
        "the file has no column \"" + name + "\" for " + what + "; its columns are: " + listed(header.names())};
}

} // namespace

Result<ColumnMapping> mapColumns(
    const std::vector<std::string> &names, const std::vector<TemplateKey> &keys, const MappingWish &wish) {
    const Header header(names);
    std::unordered_set<std::string_view> seen;
    for (const std::string &name : header.names()) {
        if (!name.empty() && !seen.insert(name).second)
            return fail(ErrorCode::InvalidInput, "the file has two columns named \"" + readable(name) + "\"; rename one");
    }
    for (const auto &[key, column] : wish.keys) {
        const bool known = std::any_of(keys.begin(), keys.end(), [&k = key](const TemplateKey &t) { return t.name == k; });
        if (!known) {
            std::vector<std::string> there;
            for (const TemplateKey &t : keys)
                there.push_back(t.name);
            return fail(ErrorCode::InvalidInput, "the template has no key \"" + key + "\"; its keys are: " + listed(there));
        }
    }

    ColumnMapping mapping;
    mapping.columns = names.size();
    std::vector<bool> used(names.size(), false);
    const auto use = [&](std::size_t column) { return used[column] = true, column; };

    std::optional<std::size_t> openid;
    if (!wish.openidColumn.empty()) {
        openid = header.find(wish.openidColumn);
        if (!openid)
            return tl::unexpected(noColumn("the recipient", wish.openidColumn, header));
    } else {
        openid = header.find("openid");
        if (!openid)
            openid = header.find("touser");
        if (!openid)
            return tl::unexpected(noColumn("the recipient", "openid", header));
    }
    mapping.openid = use(*openid);

    if (!wish.keyColumn.empty()) {
        const auto column = header.find(wish.keyColumn);
        if (!column)
            return tl::unexpected(noColumn("the idempotency key", wish.keyColumn, header));
        mapping.key = use(*column);
    }
    if (!wish.urlColumn.empty()) {
        const auto column = header.find(wish.urlColumn);
        if (!column)
            return tl::unexpected(noColumn("the link", wish.urlColumn, header));
        mapping.url = use(*column);
    }

    for (const TemplateKey &key : keys) {
        const auto wished = wish.keys.find(key.name);
        std::optional<std::size_t> column;
        if (wished != wish.keys.end()) {
            column = header.find(wished->second);
            if (!column)
                return tl::unexpected(noColumn("the key " + key.name, wished->second, header));
        } else {
            column = header.find(key.name);
            if (!column && !key.label.empty())
                column = header.find(key.label);
            if (!column && isHiddenKey(key.name))
                continue;
            if (!column)
                return tl::unexpected(noColumn("the key " + key.name, key.name, header));
        }
        mapping.values.emplace_back(key, use(*column));
    }
    if (!mapping.url && wish.urlColumn.empty()) {
        if (const auto column = header.find("url"); column && !used[*column])
            mapping.url = use(*column);
    }
    std::unordered_map<std::string, std::string_view> taken; // by how they are compared
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (used[i])
            taken.emplace(folded(header.names()[i]), header.names()[i]);
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (used[i])
            continue;
        const std::string &name = header.names()[i];
        if (const auto it = taken.find(folded(name)); it != taken.end())
            return fail(ErrorCode::InvalidInput, "the columns \"" + readable(std::string(it->second)) + "\" and \"" + readable(name) + "\" differ by nothing but large and small letters; rename one");
        // A leftover column that is written like a key of a template is no remark of the file's owner: most
        // likely the wrong template was chosen, and its values would be missing from the message.
        if (valueTypeOf(name) != ValueType::Untyped)
            return fail(ErrorCode::InvalidInput,
                "the column \"" + readable(name) + "\" looks like a template key, but the template has no such key; choose the right"
                " template, or remove or rename the column");
        mapping.ignored.push_back(name);
    }
    return mapping;
}

} // namespace songda::exchange
