// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/string_item.h"

#include <algorithm>

namespace songda::doors {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isLetter(char c) { return isLower(c) || (c >= 'A' && c <= 'Z'); }
bool isOneOf(char c, std::string_view these) { return these.find(c) != std::string_view::npos; }

/// Takes an Item apart from its beginning, by the algorithms of RFC 8941, 4.2.
class ItemReader {
public:
    explicit ItemReader(std::string_view text)
        : m_text(text) {}

    bool atEnd() const { return m_at == m_text.size(); }
    char next() const { return atEnd() ? '\0' : m_text[m_at]; }
    void skipBlanks() { m_at = std::min(m_text.find_first_not_of(' ', m_at), m_text.size()); }

    Result<std::string> string() {
        if (!take('"'))
            return fail(ErrorCode::InvalidInput, "it does not begin with a quotation mark");
        std::string value;
        while (!atEnd()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return value;
            if (c == '\\') {
                if (!isOneOf(next(), "\"\\"))
                    return fail(ErrorCode::InvalidInput, "after a backslash only a quotation mark or a backslash may stand");
                value += m_text[m_at++];
            } else if (c < ' ' || c > '~') {
                return fail(ErrorCode::InvalidInput, "between quotation marks only printable ASCII may stand");
            } else {
                value += c;
            }
        }
        return fail(ErrorCode::InvalidInput, "the closing quotation mark is missing");
    }

    /// ;key or ;key=value, any number of them.
    bool parameters() {
        while (take(';')) {
            skipBlanks();
            if (!isLower(next()) && next() != '*')
                return false;
            takeWhile([](char c) { return isLower(c) || isDigit(c) || isOneOf(c, "_-.*"); });
            if (take('=') && !bareItem())
                return false;
        }
        return true;
    }

private:
    bool take(char c) {
        if (atEnd() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    template <class Is> std::size_t takeWhile(Is is) {
        const std::size_t from = m_at;
        while (!atEnd() && is(m_text[m_at]))
            ++m_at;
        return m_at - from;
    }
    bool number() {
        take('-');
        const std::size_t whole = takeWhile(isDigit);
        if (!take('.'))
            return whole >= 1 && whole <= 15;
        const std::size_t part = takeWhile(isDigit);
        return whole >= 1 && whole <= 12 && part >= 1 && part <= 3;
    }
    bool bareItem() {
        const char c = next();
        if (c == '"')
            return string().has_value();
        if (c == '-' || isDigit(c))
            return number();
        if (take('?'))
            return take('0') || take('1');
        if (take(':')) {
            takeWhile([](char b) { return isLetter(b) || isDigit(b) || isOneOf(b, "+/="); });
            return take(':');
        }
        if (!isLetter(c) && c != '*')
            return false;
        takeWhile([](char t) { return isLetter(t) || isDigit(t) || isOneOf(t, "!#$%&'*+-.^_`|~:/"); });
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

Result<std::string> readStringItem(std::string_view field) {
    ItemReader reader(field);
    reader.skipBlanks();
    auto value = reader.string();
    if (!value)
        return value;
    if (!reader.parameters())
        return fail(ErrorCode::InvalidInput, "its parameters are malformed");
    reader.skipBlanks();
    if (!reader.atEnd())
        return fail(ErrorCode::InvalidInput, "something stands behind the closing quotation mark");
    return value;
}

} // namespace songda::doors
