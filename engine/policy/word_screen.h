// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace songda {

/// Finds sensitive words in texts: an Aho-Corasick automaton over characters, so that the time a text takes does not
/// grow with the number of words. Letters from A to Z match in either case, full-width forms like the plain ones. Immutable;
/// may be shared between threads.
class WordScreen {
public:
    /// One word a line; empty lines and such as begin with # do not count. InvalidInput names a line that is not UTF-8 or
    /// longer than 100 characters.
    static Result<WordScreen> fromLines(std::string_view text);

    /// The first word that `text` (UTF-8) contains, nullptr if none. What is not UTF-8 is passed over.
    const std::string *find(std::string_view text) const;
    std::size_t size() const { return m_words.size(); }

private:
    struct Node {
        std::uint32_t fail = 0;
        std::int32_t word = -1; ///< that ends here
    };
    struct Edge {
        std::uint64_t key = 0; ///< node and character, see edgeKey(); 0: free
        std::uint32_t to = 0;
    };

    std::uint32_t next(std::uint32_t node, char32_t c) const;
    void addEdge(std::uint32_t node, char32_t c, std::uint32_t to);
    void link();

    std::vector<std::string> m_words;
    std::vector<Node> m_nodes{1};
    std::vector<Edge> m_edges; ///< open addressing, a power of two, at most half full
    std::size_t m_used = 0;
    std::bitset<0x10000> m_firsts; ///< characters some word begins with, by their lower 16 bits
};

} // namespace songda
