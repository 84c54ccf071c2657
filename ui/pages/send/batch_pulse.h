// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <deque>
#include <optional>

namespace songda::ui {

/// How fast a batch goes, from the sums seen over the last seconds.
class BatchPulse {
public:
    static constexpr Millis window{15000};

    void clear() { m_seen.clear(); }
    void saw(WallTime at, std::int64_t finished);
    /// Messages a second; nothing while too little was seen.
    std::optional<double> rate() const;
    /// Until `left` more have gone at that rate.
    std::optional<Millis> timeFor(std::int64_t left) const;

private:
    struct Seen {
        WallTime at;
        std::int64_t finished;
    };
    std::deque<Seen> m_seen;
};

} // namespace songda::ui
