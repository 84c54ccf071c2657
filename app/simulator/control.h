// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/api.h"
#include "app/simulator/event_pusher.h"

#include <functional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace songda::simulator {

struct Latency {
    std::chrono::milliseconds mean{0};
    std::chrono::milliseconds jitter{0};
};

/// Reads `MS` or `MS:JITTER`.
tl::expected<Latency, std::string> parseLatency(std::string_view text);

/// Changes a running simulator by a JSON object. All of it is checked before any of it is done.
class Control {
public:
    /// Opens and closes the listening socket; a time above 0 reopens it after that long.
    using SetAccepting = std::function<tl::expected<void, std::string>(bool, std::chrono::milliseconds)>;
    using IsAccepting = std::function<bool()>;

    Control(Api &api, EventPusher &events, SetAccepting setAccepting, IsAccepting isAccepting);

    /// The error is a finished sentence that names the key.
    tl::expected<void, std::string> apply(std::string_view json, TimePoint now);
    /// What can be changed, as it stands, and some counters; neither secret nor token.
    std::string stateJson(TimePoint now) const;

private:
    Api &m_api;
    EventPusher &m_events;
    const SetAccepting m_setAccepting;
    const IsAccepting m_isAccepting;

    mutable std::mutex m_mutex; // guards m_mixText; one change at a time
    std::string m_mixText;
};

} // namespace songda::simulator
