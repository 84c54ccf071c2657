// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"

#include <array>
#include <cstdint>

namespace songda::delivery {

/// Counts and latencies of the last minute in constant memory: six slices of ten seconds, each a histogram
/// with buckets a quarter of a power of two wide (an error of at most 19 %).
class LatencyWindow {
public:
    void add(SteadyTime now, Micros latency);
    /// The latency below which `share` (0 .. 1) of the answers of the last minute lie; zero without any.
    Micros percentile(SteadyTime now, double share) const;
    /// How many answers the last minute had.
    int samples(SteadyTime now) const;
    /// Answers a second over the last ten to twenty seconds, or since the first answer if that is less.
    double rate(SteadyTime now) const;

private:
    static constexpr int sliceCount = 6;
    static constexpr int bucketCount = 128;
    struct Slice {
        std::int64_t tick = -1;
        std::int64_t total = 0;
        std::array<std::uint32_t, bucketCount> buckets{};
    };

    std::array<Slice, sliceCount> m_slices;
    SteadyTime m_first{};
    SteadyTime m_lastAdd{};
    bool m_any = false;
};

} // namespace songda::delivery
