// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace songda::ui {

/// Where a window over a long list stands that is read by keys: it grows to `windowRows`, then it moves by a page. `Id` is
/// what a page begins behind.
template <class Id> class KeysetWindow {
public:
    static constexpr int pageRows = 200;
    static constexpr int windowRows = 1000;

    /// Where it begins; nothing: at the newest.
    std::optional<Id> before() const { return m_before; }
    int limit() const { return m_limit; }
    bool atTop() const { return m_starts.empty(); }
    void reset() { *this = KeysetWindow(); }
    /// `pageEnd` is the last row of the first page, when there are that many.
    bool down(std::optional<Id> pageEnd) {
        if (m_limit < windowRows) {
            m_limit += pageRows;
            return true;
        }
        if (!pageEnd)
            return false;
        m_starts.push_back(m_before);
        m_before = pageEnd;
        return true;
    }
    bool up() {
        if (m_starts.empty())
            return false;
        m_before = m_starts.back();
        m_starts.pop_back();
        return true;
    }

private:
    std::vector<std::optional<Id>> m_starts; ///< where the windows above this one began
    std::optional<Id> m_before;
    int m_limit = pageRows;
};

} // namespace songda::ui
