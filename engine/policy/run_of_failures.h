// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/outcome.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace songda {

/// Notices a wrong list or a broken template early: the same permanent error for several different
/// recipients of one batch in a row means the batch, not the people (wechat-api.md section 9,
/// "Escalation"; 40003 "many in a row").
class RunOfFailures {
public:
    static constexpr int contentRun = 5;
    static constexpr int invalidOpenidRun = 20; ///< 40003 alone: single bad addresses are ordinary

    /// True when this outcome completes such a run; the run then starts anew.
    bool record(BatchId batch, std::uint64_t recipient, const Outcome &outcome);
    void forget(BatchId batch) { m_runs.erase(batch); }

private:
    struct Run {
        std::string cause;
        std::unordered_set<std::uint64_t> recipients;
    };
    std::unordered_map<BatchId, Run> m_runs;
};

} // namespace songda
