// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/outcome.h"
#include "engine/model/time.h"

#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace songda {

/// Notices a wrong list or a broken template early: the same permanent error for several different
/// recipients of one batch in a row means the batch, not the people (wechat-api.md section 9,
/// "Escalation"; 40003 "many in a row"). Forbidden content (45166, 45168, 87014) of two recipients of one batch within a
/// day is enough, whatever went well between them: going on is punished (section 9.1). A day, because the batch of what
/// business systems send one by one has no end.
class RunOfFailures {
public:
    static constexpr int contentRun = 5;
    static constexpr int invalidOpenidRun = 20; ///< 40003 alone: single bad addresses are ordinary

    /// True when this outcome completes such a run; the run then starts anew.
    bool record(BatchId batch, std::uint64_t recipient, const Outcome &outcome, SteadyTime now);
    void forget(BatchId batch);

private:
    static constexpr std::size_t batchesRemembered = 10'000; ///< with forbidden content; the oldest goes first

    bool isSecondForbidden(BatchId batch, std::uint64_t recipient, SteadyTime now);

    struct Run {
        std::string cause;
        std::unordered_set<std::uint64_t> recipients;
    };
    std::unordered_map<BatchId, Run> m_runs;
    struct Forbidden {
        std::uint64_t recipient = 0;
        SteadyTime at{};
    };
    std::map<BatchId, Forbidden> m_forbidden; ///< whose content was forbidden first
};

} // namespace songda
