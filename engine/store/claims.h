// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/claim.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

/// Takes due messages for sending: marks them `sending` with their owner and writes their attempt rows, in
/// the caller's transaction. Batches of higher priority come first; batches of one priority share fairly.
/// What has expired, or can no longer be repeated safely, ends here instead of being sent.
Result<ClaimReply> claimDue(WriteSession &session, const ClaimRequest &request);

/// Records the ends of attempts. A result whose claim is not the message's present one (the run or the
/// attempt number differs) changes nothing and is counted in the return value.
Result<int> finishAttempts(WriteSession &session, const std::vector<AttemptResult> &results);

/// Gives claims back whose request never left: the attempt rows vanish, because there was no POST.
Result<void> releaseClaims(WriteSession &session, RunId run, const std::vector<ClaimedMessage> &claims);

} // namespace songda::store
