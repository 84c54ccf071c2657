// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace songda::ui {

/// Where a window over a long list stands that is read by keys: it grows to `windowRows`, then it moves by a page. `Id` is
/// what a page begins behind. At the newest it takes in what is new, unless it was told to stand still.
template <class Id> class KeysetWindow {
public:
    static constexpr int pageRows = 200;
    static constexpr int windowRows = 1000;

    /// Where it begins; nothing: at the newest.
    std::optional<Id> before() const { return m_before; }
    int limit() const { return m_limit; }
    bool atTop() const { return m_starts.empty() && !m_before; }
    bool standsStill() const { return m_starts.empty() && m_before; }
    /// The first window begins behind `id` from now on, and no more at the newest.
    void standStill(Id id) {
        if (m_starts.empty() && !m_before)
            m_before = id;
    }
    /// The first window begins at the newest again. True when it is the one on show.
    bool goOn() {
        if (!m_starts.empty()) {
            m_starts.front().reset();
            return false;
        }
        const bool stood = m_before.has_value();
        m_before.reset();
        return stood;
    }
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
