// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/delivery/latency_window.h"

#include <algorithm>
#include <cmath>

namespace songda::delivery {

namespace {

constexpr Micros sliceWidth = std::chrono::seconds{10};

std::int64_t tickOf(SteadyTime t) { return t.time_since_epoch() / sliceWidth; }

int bucketOf(Micros latency, int count) {
    const double us = std::max<double>(1.0, static_cast<double>(latency.count()));
    return std::min(count - 1, static_cast<int>(std::log2(us) * 4));
}

} // namespace

void LatencyWindow::add(SteadyTime now, Micros latency) {
    const std::int64_t tick = tickOf(now);
    Slice &slice = m_slices[static_cast<std::size_t>(tick % sliceCount)];
    if (slice.tick != tick)
        slice = Slice{tick, 0, {}};
    ++slice.total;
    ++slice.buckets[static_cast<std::size_t>(bucketOf(latency, bucketCount))];
    // After a silence the rate starts anew instead of averaging over it.
    if (!m_any || now - m_lastAdd > 2 * sliceWidth)
        m_first = now;
    m_any = true;
    m_lastAdd = now;
}

Micros LatencyWindow::percentile(SteadyTime now, double share) const {
    const std::int64_t tick = tickOf(now);
    std::array<std::int64_t, bucketCount> sum{};
    std::int64_t total = 0;
    for (const Slice &slice : m_slices) {
        if (slice.tick < 0 || tick - slice.tick >= sliceCount)
            continue;
        total += slice.total;
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += slice.buckets[i];
    }
    if (total == 0)
        return Micros{0};
    const auto wanted = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(total)));
    std::int64_t seen = 0;
    for (std::size_t i = 0; i < sum.size(); ++i) {
        seen += sum[i];
        if (seen >= wanted)
            return Micros{static_cast<Micros::rep>(std::exp2((static_cast<double>(i) + 0.5) / 4))};
    }
    return Micros{0};
}

int LatencyWindow::samples(SteadyTime now) const {
    const std::int64_t tick = tickOf(now);
    std::int64_t total = 0;
    for (const Slice &slice : m_slices) {
        if (slice.tick >= 0 && tick - slice.tick < sliceCount)
            total += slice.total;
    }
    return static_cast<int>(std::min<std::int64_t>(total, 1'000'000));
}

double LatencyWindow::rate(SteadyTime now) const {
    const std::int64_t tick = tickOf(now);
    std::int64_t total = 0;
    for (const Slice &slice : m_slices) {
        if (slice.tick == tick || slice.tick == tick - 1)
            total += slice.total;
    }
    const auto covered = now - SteadyTime{(tick - 1) * sliceWidth};
    const auto span = std::min<Micros>(covered, std::max<Micros>(now - m_first, Seconds{1}));
    return static_cast<double>(total) / std::chrono::duration<double>(span).count();
}

} // namespace songda::delivery
