// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/json_lines.h"

#include "engine/policy/utf8.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_set>

namespace songda {

namespace {

/// Counts the lines that the parser has read: it says where it is in bytes only, and only when it fails. A line begins
/// with its first character, not behind the end of the one before: the parser looks one character ahead.
struct CountingIterator {
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char *;
    using reference = const char &;

    const char *at = nullptr;
    const char *first = nullptr;
    int *line = nullptr;

    reference operator*() const { return *at; }
    CountingIterator &operator++() {
        if (line && at != first && at[-1] == '\n')
            ++*line;
        ++at;
        return *this;
    }
    CountingIterator operator++(int) {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator &other) const { return at == other.at; }
};

constexpr std::size_t deepest = 16;
constexpr std::size_t longestQuote = 60;

class Builder final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit Builder(const int &line)
        : m_line(line) {}

    JsonLine root;
    std::string problem;
    int problemLine = 0;

    bool null() override { return add({}); }
    bool boolean(bool value) override {
        JsonLine v;
        v.kind = JsonLine::Kind::Bool;
        v.flag = value;
        return add(std::move(v));
    }
    bool number_integer(number_integer_t value) override {
        JsonLine v;
        v.kind = JsonLine::Kind::Whole;
        v.whole = value;
        return add(std::move(v));
    }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max()))
            return number_float(static_cast<double>(value), {});
        return number_integer(static_cast<number_integer_t>(value));
    }
    bool number_float(number_float_t value, const string_t &) override {
        JsonLine v;
        v.kind = JsonLine::Kind::Real;
        v.real = value;
        return add(std::move(v));
    }
    bool string(string_t &value) override {
        JsonLine v;
        v.kind = JsonLine::Kind::Text;
        v.text = std::move(value);
        return add(std::move(v));
    }
    bool binary(binary_t &) override { return false; }
    bool start_object(std::size_t) override { return open(JsonLine::Kind::Object); }
    bool start_array(std::size_t) override { return open(JsonLine::Kind::Array); }
    bool key(string_t &name) override {
        if (!m_seen.back().insert(name).second)
            return refuse(m_line, "\"" + utf8::printable(name, longestQuote) + "\" stands twice in one object");
        m_names.back() = std::move(name);
        m_nameLine = m_line;
        return true;
    }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string &lastToken, const nlohmann::json::exception &) override {
        return refuse(m_line, lastToken.empty() ? "this is no JSON" : "this is no JSON, near " + utf8::printable(lastToken, longestQuote));
    }

private:
    bool refuse(int line, std::string what) {
        if (problem.empty()) {
            problem = std::move(what);
            problemLine = line;
        }
        return false;
    }
    bool open(JsonLine::Kind kind) {
        if (m_open.size() >= deepest)
            return refuse(m_line, "nested too deep");
        JsonLine v;
        v.kind = kind;
        v.line = lineOfValue();
        m_open.push_back(std::move(v));
        m_names.emplace_back();
        m_seen.emplace_back();
        return true;
    }
    bool close() {
        JsonLine v = std::move(m_open.back());
        m_open.pop_back();
        m_names.pop_back();
        m_seen.pop_back();
        const int line = v.line;
        place(std::move(v), line);
        return true;
    }
    bool add(JsonLine v) {
        place(std::move(v), lineOfValue());
        return true;
    }
    /// A value of an object stands in the line of its name: behind a number the parser has read on.
    int lineOfValue() const { return !m_open.empty() && m_open.back().kind == JsonLine::Kind::Object ? m_nameLine : m_line; }
    void place(JsonLine v, int line) {
        v.line = line;
        if (m_open.empty()) {
            root = std::move(v);
        } else if (m_open.back().kind == JsonLine::Kind::Array) {
            m_open.back().elements.push_back(std::move(v));
        } else {
            v.name = m_names.back();
            m_open.back().members.push_back(std::move(v));
        }
    }

    const int &m_line;
    int m_nameLine = 1;
    std::vector<JsonLine> m_open;
    std::vector<std::string> m_names; ///< the name each open object is at
    std::vector<std::unordered_set<std::string>> m_seen; ///< the names each open object has
};

} // namespace

const JsonLine *JsonLine::find(std::string_view member) const {
    const auto found = std::find_if(members.begin(), members.end(), [member](const JsonLine &value) { return value.name == member; });
    return found != members.end() ? &*found : nullptr;
}

Result<JsonLine> readJsonLines(std::string_view text) {
    // The parser takes it for the end, and would let pass whatever follows.
    if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
        const auto before = std::ranges::count(text.substr(0, nul), '\n');
        return fail(ErrorCode::InvalidInput, "line " + std::to_string(before + 1) + ": this is no JSON, there is a NUL byte");
    }
    int line = 1;
    Builder builder(line);
    const CountingIterator first{text.data(), text.data(), &line};
    const CountingIterator last{text.data() + text.size(), text.data(), nullptr};
    const bool read = nlohmann::json::sax_parse(first, last, &builder, nlohmann::json::input_format_t::json, /*strict=*/true, /*ignore_comments=*/true);
    if (!read)
        return fail(ErrorCode::InvalidInput,
            "line " + std::to_string(builder.problemLine > 0 ? builder.problemLine : line) + ": "
                + (builder.problem.empty() ? std::string("this is no JSON") : builder.problem));
    return std::move(builder.root);
}

} // namespace songda
