// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/word_screen.h"

#include "engine/policy/utf8.h"

#include <deque>

namespace songda {

namespace {

constexpr std::size_t longestWord = 100;

/// One form for what reads the same: small letters, plain instead of full-width.
char32_t folded(char32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    else if (c == 0x3000)
        c = U' ';
    return c >= U'A' && c <= U'Z' ? c + 32 : c;
}

/// Never 0: no edge leads out on the character 0.
std::uint64_t edgeKey(std::uint32_t node, char32_t c) { return static_cast<std::uint64_t>(node) << 21 | c; }

std::size_t slotOf(std::uint64_t key, std::size_t slots) {
    return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ULL) >> 32) & (slots - 1);
}

std::string_view trimmed(std::string_view line) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!line.empty() && blank(line.front()))
        line.remove_prefix(1);
    while (!line.empty() && blank(line.back()))
        line.remove_suffix(1);
    return line;
}

} // namespace

Result<WordScreen> WordScreen::fromLines(std::string_view text) {
    WordScreen screen;
    screen.m_edges.resize(64);
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    for (int line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        const std::string_view word = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (word.empty() || word.front() == '#')
            continue;
        std::uint32_t node = 0;
        std::size_t length = 0;
        for (std::string_view rest = word; !rest.empty(); ++length) {
            const auto c = utf8::next(rest);
            if (!c || *c == 0)
                return fail(ErrorCode::InvalidInput, "line " + std::to_string(line) + ": the word is not UTF-8");
            if (length == longestWord)
                return fail(ErrorCode::InvalidInput, "line " + std::to_string(line) + ": the word is longer than 100 characters");
            const char32_t f = folded(*c);
            if (length == 0)
                screen.m_firsts.set(f & 0xFFFF);
            std::uint32_t to = screen.next(node, f);
            if (to == 0) {
                to = static_cast<std::uint32_t>(screen.m_nodes.size());
                screen.m_nodes.emplace_back();
                screen.addEdge(node, f, to);
            }
            node = to;
        }
        if (screen.m_nodes[node].word < 0) {
            screen.m_nodes[node].word = static_cast<std::int32_t>(screen.m_words.size());
            screen.m_words.emplace_back(word);
        }
    }
    screen.link();
    return screen;
}

const std::string *WordScreen::find(std::string_view text) const {
    if (m_words.empty())
        return nullptr;
    std::uint32_t node = 0;
    while (!text.empty()) {
        const auto read = utf8::next(text);
        if (!read) { // utf8::next has passed over nothing
            text.remove_prefix(1);
            node = 0;
            continue;
        }
        const char32_t c = folded(*read);
        if (node == 0 && !m_firsts.test(c & 0xFFFF))
            continue;
        std::uint32_t to = next(node, c);
        while (to == 0 && node != 0) {
            node = m_nodes[node].fail;
            to = next(node, c);
        }
        node = to;
        if (m_nodes[node].word >= 0)
            return &m_words[static_cast<std::size_t>(m_nodes[node].word)];
    }
    return nullptr;
}

std::uint32_t WordScreen::next(std::uint32_t node, char32_t c) const {
    const std::uint64_t key = edgeKey(node, c);
    for (std::size_t slot = slotOf(key, m_edges.size()); m_edges[slot].key != 0; slot = (slot + 1) & (m_edges.size() - 1)) {
        if (m_edges[slot].key == key)
            return m_edges[slot].to;
    }
    return 0;
}

void WordScreen::addEdge(std::uint32_t node, char32_t c, std::uint32_t to) {
    const auto put = [this](const Edge &edge) {
        std::size_t slot = slotOf(edge.key, m_edges.size());
        while (m_edges[slot].key != 0)
            slot = (slot + 1) & (m_edges.size() - 1);
        m_edges[slot] = edge;
    };
    if (2 * ++m_used > m_edges.size()) {
        std::vector<Edge> before(m_edges.size() * 2);
        before.swap(m_edges);
        for (const Edge &edge : before) {
            if (edge.key != 0)
                put(edge);
        }
    }
    put({edgeKey(node, c), to});
}

void WordScreen::link() {
    // Breadth first: the fallback of a node is one that is nearer to the root.
    std::vector<std::vector<std::pair<char32_t, std::uint32_t>>> children(m_nodes.size());
    for (const Edge &edge : m_edges) {
        if (edge.key != 0)
            children[edge.key >> 21].emplace_back(static_cast<char32_t>(edge.key & 0x1FFFFF), edge.to);
    }
    std::deque<std::uint32_t> open;
    for (const auto &[c, child] : children[0])
        open.push_back(child);
    while (!open.empty()) {
        const std::uint32_t node = open.front();
        open.pop_front();
        if (m_nodes[node].word < 0)
            m_nodes[node].word = m_nodes[m_nodes[node].fail].word;
        for (const auto &[c, child] : children[node]) {
            std::uint32_t back = m_nodes[node].fail;
            std::uint32_t to = next(back, c);
            while (to == 0 && back != 0) {
                back = m_nodes[back].fail;
                to = next(back, c);
            }
            m_nodes[child].fail = to;
            open.push_back(child);
        }
    }
}

} // namespace songda
