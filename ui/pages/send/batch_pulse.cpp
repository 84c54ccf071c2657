// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batch_pulse.h"

namespace songda::ui {

void BatchPulse::saw(WallTime at, std::int64_t finished) {
    // A calendar that was set back, or a resend: what was seen says nothing any more.
    if (!m_seen.empty() && (at < m_seen.back().at || finished < m_seen.back().finished))
        m_seen.clear();
    m_seen.push_back({at, finished});
    while (m_seen.size() > 2 && m_seen.front().at < at - window)
        m_seen.pop_front();
}

std::optional<double> BatchPulse::rate() const {
    if (m_seen.size() < 2)
        return std::nullopt;
    const auto passed = std::chrono::duration<double>(m_seen.back().at - m_seen.front().at).count();
    if (passed < 0.5)
        return std::nullopt;
    return static_cast<double>(m_seen.back().finished - m_seen.front().finished) / passed;
}

std::optional<Millis> BatchPulse::timeFor(std::int64_t left) const {
    const auto perSecond = rate();
    if (!perSecond || *perSecond < 0.05)
        return std::nullopt;
    return Millis(static_cast<std::int64_t>(1000.0 * static_cast<double>(left) / *perSecond));
}

} // namespace songda::ui
