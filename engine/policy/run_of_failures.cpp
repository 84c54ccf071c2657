// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/run_of_failures.h"

namespace songda {

bool RunOfFailures::record(BatchId batch, std::uint64_t recipient, const Outcome &outcome) {
    const bool invalidOpenid = outcome.errcode == 40003;
    const bool suspicious = outcome.errorClass == ErrorClass::Content || invalidOpenid;
    if (!suspicious) {
        // Only an answer to the message itself breaks the run; a timeout, a stale token or a limit says
        // nothing about the content.
        if (outcome.errorClass == ErrorClass::Success || outcome.errorClass == ErrorClass::Recipient
            || outcome.errorClass == ErrorClass::Config)
            m_runs.erase(batch);
        return false;
    }
    Run &run = m_runs[batch];
    if (run.cause != outcome.cause) {
        run.cause = outcome.cause;
        run.recipients.clear();
    }
    run.recipients.insert(recipient);
    const int limit = invalidOpenid ? invalidOpenidRun : contentRun;
    if (static_cast<int>(run.recipients.size()) < limit)
        return false;
    m_runs.erase(batch);
    return true;
}

} // namespace songda
