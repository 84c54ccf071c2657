// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/hook.h"
#include "engine/model/ids.h"
#include "engine/model/outcome.h"
#include "engine/model/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace songda {

/// How often something took how long. The bounds suit both a sync of a disk and an answer over the internet.
struct DurationHistogram {
    static constexpr std::array<double, 14> bounds{
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}; ///< seconds

    std::array<std::int64_t, bounds.size() + 1> counts{}; ///< the last: longer than the last bound
    double sum = 0; ///< seconds
    std::int64_t count = 0;

    void add(Micros duration) {
        const double seconds = static_cast<double>(duration.count()) / 1e6;
        std::size_t i = 0;
        while (i < bounds.size() && seconds > bounds[i])
            ++i;
        ++counts[i];
        sum += seconds;
        ++count;
    }
};

/// Tallies since this process began, for a monitoring system that takes differences. Not in the Snapshot, which every
/// screen gets ten times a second.
struct Meters {
    /// Attempts of each account that ended, by class and cause. What the platform may invent is bounded: beyond mostCauses of
    /// an account "other".
    using Attempts = std::map<std::pair<ErrorClass, std::string>, std::int64_t>;
    std::map<AccountId, Attempts> attempts;
    static constexpr std::size_t mostCauses = 200;
    DurationHistogram attemptTimes; ///< answered ones
    DurationHistogram commitTimes; ///< of the journal, sync included
    std::int64_t failedCommits = 0;
    std::vector<Hook> hooks; ///< as they stood some seconds ago

    std::optional<std::int64_t> diskFree; ///< bytes, where the profile lies; nothing: not known
    std::int64_t logBytes = 0; ///< of the database's write-ahead log, which cannot be begun anew while somebody reads for long

    void addAttempt(AccountId account, ErrorClass errorClass, const std::string &cause) {
        Attempts &own = attempts[account];
        std::pair key{errorClass, cause};
        if (own.size() >= mostCauses && !own.contains(key))
            key.second = "other";
        ++own[key];
    }
};

} // namespace songda
