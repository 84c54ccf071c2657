// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace songda::simulation {

/// What will happen, in order of true time; events of one moment in the order they were put in.
class EventQueue {
public:
    using Event = std::function<void()>;

    void at(Micros when, Event event) { m_events.emplace(std::pair(when, ++m_last), std::move(event)); }
    std::optional<Micros> next() const {
        return m_events.empty() ? std::nullopt : std::optional(m_events.begin()->first.first);
    }
    Event take() {
        auto node = m_events.extract(m_events.begin());
        return std::move(node.mapped());
    }

private:
    std::map<std::pair<Micros, std::uint64_t>, Event> m_events;
    std::uint64_t m_last = 0;
};

} // namespace songda::simulation
