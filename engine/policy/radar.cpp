// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/radar.h"

#include <algorithm>
#include <cmath>

namespace songda {

namespace {

using namespace std::chrono_literals;

constexpr Millis leastUsual = 10min;
constexpr Millis mostUsual = 24h;
constexpr std::size_t fewReports = 20; ///< fewer say nothing of what is usual
constexpr double usualShare = 0.99;
constexpr double byChance = 0.001;

Millis usualDelay(const std::vector<RadarSighting> &sent) {
    std::vector<Millis> delays;
    for (const RadarSighting &s : sent) {
        if (s.reportedAt)
            delays.push_back(std::max(Millis{0}, *s.reportedAt - s.acceptedAt));
    }
    if (delays.size() < fewReports)
        return leastUsual;
    const auto at = delays.begin() + static_cast<std::ptrdiff_t>(usualShare * static_cast<double>(delays.size() - 1));
    std::nth_element(delays.begin(), at, delays.end());
    return std::clamp(*at, leastUsual, mostUsual);
}

} // namespace

RadarVerdict judgeReports(const std::vector<RadarSighting> &sent, bool everReported, WallTime now, std::optional<WallTime> setUpSince) {
    RadarVerdict verdict;
    verdict.usual = usualDelay(sent);
    std::vector<std::size_t> due; // those that should have been reported by now, or were
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (sent[i].reportedAt || now - sent[i].acceptedAt >= verdict.usual)
            due.push_back(i);
    }
    verdict.considered = static_cast<std::int64_t>(due.size());
    if (!everReported && !setUpSince)
        return verdict;
    if (!everReported) // what was sent before could be reported to nobody
        std::erase_if(due, [&](std::size_t i) { return sent[i].acceptedAt < *setUpSince; });
    verdict.considered = static_cast<std::int64_t>(due.size());
    if (due.empty()) {
        verdict.state = RadarState::TooFew;
        return verdict;
    }
    if (!everReported) {
        verdict.state = RadarState::Silent;
        verdict.unheard = verdict.considered;
        verdict.silentSince = sent[due.front()].acceptedAt;
        return verdict;
    }
    std::size_t end = due.size(); // of those before the last unbroken run without a report
    while (end > 0 && !sent[due[end - 1]].reportedAt)
        --end;
    for (std::size_t i = 0; i < end; ++i) {
        if (!sent[due[i]].reportedAt)
            verdict.missingOnes.push_back(due[i]);
    }
    const auto run = static_cast<double>(due.size() - end);
    const double share = (static_cast<double>(verdict.missingOnes.size()) + 1) / (static_cast<double>(end) + 2);
    if (run > 0 && std::pow(share, run) < byChance) {
        verdict.state = RadarState::Silent;
        verdict.unheard = static_cast<std::int64_t>(due.size() - end);
        verdict.silentSince = sent[due[end]].acceptedAt;
    } else {
        for (std::size_t i = end; i < due.size(); ++i)
            verdict.missingOnes.push_back(due[i]);
        verdict.state = verdict.missingOnes.empty() ? RadarState::Fine : RadarState::Missing;
    }
    verdict.missing = static_cast<std::int64_t>(verdict.missingOnes.size());
    return verdict;
}

} // namespace songda
