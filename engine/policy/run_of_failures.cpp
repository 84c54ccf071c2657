// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/run_of_failures.h"

namespace songda {

namespace {

constexpr std::chrono::hours forbiddenWindow{24};

/// Content that WeChat's own check calls illegal, blocked or risky (wechat-api.md section 9.1).
bool isForbiddenContent(const Outcome &outcome) {
    return outcome.errorClass == ErrorClass::Content && (outcome.errcode == 45166 || outcome.errcode == 45168 || outcome.errcode == 87014);
}

} // namespace

void RunOfFailures::forget(BatchId batch) {
    m_runs.erase(batch);
    m_forbidden.erase(batch);
}

bool RunOfFailures::isSecondForbidden(BatchId batch, std::uint64_t recipient, SteadyTime now) {
    const auto [first, isFirst] = m_forbidden.try_emplace(batch, Forbidden{recipient, now});
    if (!isFirst && now - first->second.at <= forbiddenWindow)
        return first->second.recipient != recipient;
    first->second = {recipient, now};
    if (m_forbidden.size() > batchesRemembered)
        m_forbidden.erase(m_forbidden.begin());
    return false;
}

bool RunOfFailures::record(BatchId batch, std::uint64_t recipient, const Outcome &outcome, SteadyTime now) {
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
    if (isForbiddenContent(outcome) && isSecondForbidden(batch, recipient, now)) {
        forget(batch);
        return true;
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
