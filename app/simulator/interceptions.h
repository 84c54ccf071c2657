// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/clock.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace songda::simulator {

/// A message that was accepted and then kept from its person, as queryblocktmplmsg tells it (wechat-api.md section 3.5).
struct Interception {
    std::uint64_t id = 0;
    std::uint64_t msgid = 0;
    std::string title;
    std::string content;
    std::string openid;
    TimePoint at;
};

/// The latest intercepted messages. Thread-safe.
class Interceptions {
public:
    /// Gives it its id.
    void add(Interception interception);
    /// Those of a message that come after an id, oldest first.
    std::vector<Interception> of(std::string_view msgid, std::uint64_t after, std::size_t most) const;

private:
    mutable std::mutex m_mutex; // guards all below
    std::uint64_t m_added = 0;
    std::deque<Interception> m_list; ///< oldest first, a bounded number
};

} // namespace songda::simulator
