// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/ladder.h"

#include <algorithm>
#include <limits>

namespace songda {

namespace {

/// Without a ladder: enough for any account's rate, and not so many that stopping comes too late.
constexpr std::int64_t mostWithoutLadder = 2000;

} // namespace

std::int64_t stepSize(const LadderRules &rules, int step) {
    if (rules.steps.empty())
        return std::numeric_limits<std::int64_t>::max();
    const auto index = std::min(static_cast<std::size_t>(std::max(step, 0)), rules.steps.size() - 1);
    return std::max(1, rules.steps[index]);
}

std::int64_t mostUnderWay(const LadderRules &rules, int step) {
    return rules.steps.empty() ? mostWithoutLadder : (stepSize(rules, step) + 9) / 10;
}

LadderMove nextMove(const LadderRules &rules, const LadderProgress &p) {
    using Kind = LadderMove::Kind;
    const std::int64_t size = std::min(stepSize(rules, p.step), p.released + p.left);
    if (!rules.steps.empty()) {
        if (p.newCause)
            return {Kind::Stop, p.step, 0, ReplayStop::NewCause};
        if (p.failed >= rules.failLeast && static_cast<double>(p.failed) > rules.failShare * static_cast<double>(size))
            return {Kind::Stop, p.step, 0, ReplayStop::Failures};
    }
    if (p.left <= 0)
        return {p.underWay > 0 ? Kind::Wait : Kind::Done, p.step, 0, ReplayStop::None};
    int step = p.step;
    std::int64_t ofStep = size - p.released;
    if (ofStep <= 0) {
        if (p.underWay > 0)
            return {Kind::Wait, step, 0, ReplayStop::None};
        ofStep = std::min(stepSize(rules, ++step), p.left);
    }
    const std::int64_t room = std::min(mostUnderWay(rules, step) - p.underWay, ofStep);
    if (room <= 0)
        return {Kind::Wait, step, 0, ReplayStop::None};
    return {Kind::Release, step, room, ReplayStop::None};
}

} // namespace songda
