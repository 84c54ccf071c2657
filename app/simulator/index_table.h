// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace songda::simulator {

/// A hash table of indices into a store kept elsewhere: 8 bytes a slot, nothing removed. It holds the ledger
/// of a million messages in a fraction of what a node-based map would take.
class IndexTable {
public:
    /// The index stored under the hash for which `same(index)` holds.
    template <typename Same> std::optional<std::uint32_t> find(std::uint64_t hash, Same same) const {
        if (m_slots.empty()) {
            return std::nullopt;
        }
        const std::uint32_t mark = markOf(hash);
        for (std::size_t at = mark & mask();; at = (at + 1) & mask()) {
            const Slot &slot = m_slots[at];
            if (slot.indexPlusOne == 0) {
                return std::nullopt;
            }
            if (slot.mark == mark && same(slot.indexPlusOne - 1)) {
                return slot.indexPlusOne - 1;
            }
        }
    }

    void insert(std::uint64_t hash, std::uint32_t index) {
        if ((m_used + 1) * 4 > m_slots.size() * 3) {
            grow();
        }
        place({markOf(hash), index + 1});
        ++m_used;
    }

private:
    struct Slot {
        std::uint32_t mark = 0;
        std::uint32_t indexPlusOne = 0; ///< 0 = empty
    };

    static std::uint32_t markOf(std::uint64_t hash) {
        return static_cast<std::uint32_t>(hash ^ (hash >> 32));
    }
    std::size_t mask() const { return m_slots.size() - 1; }

    void place(Slot slot) {
        std::size_t at = slot.mark & mask();
        while (m_slots[at].indexPlusOne != 0) {
            at = (at + 1) & mask();
        }
        m_slots[at] = slot;
    }

    void grow() {
        std::vector<Slot> old(m_slots.empty() ? 16 : m_slots.size() * 2);
        old.swap(m_slots);
        for (const Slot &slot : old) {
            if (slot.indexPlusOne != 0) {
                place(slot);
            }
        }
    }

    std::vector<Slot> m_slots; ///< a power of two
    std::size_t m_used = 0;
};

} // namespace songda::simulator
