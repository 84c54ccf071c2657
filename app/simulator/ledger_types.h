// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/clock.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace songda::simulator {

/// One POST that reached the simulator in full.
struct WireCopy {
    TimePoint at;
    std::string answer; ///< outcome name, such as `ok`, `43004`, `recorded_close`
    std::uint64_t bodyHash = 0;
    std::uint64_t msgid = 0; ///< 0 if none was given
};

/// All copies of one message: one (openid, client_msg_id). Sends without a client_msg_id to one openid share
/// a record with an empty id.
struct LedgerRecord {
    std::string openid;
    std::string clientMsgId;
    std::uint32_t wireCopies = 0;
    std::uint32_t userCopies = 0; ///< how often the person was shown it
    std::uint64_t msgid = 0; ///< of the last copy that was accepted
    bool bodiesDiffer = false; ///< not all copies had the same bytes
    std::vector<WireCopy> copies; ///< oldest first
};

/// A message its receiver was shown more than once.
struct RepeatedNotice {
    std::string openid;
    std::string clientMsgId;
    std::uint32_t userCopies = 0;

    bool operator==(const RepeatedNotice &) const = default;
};

/// The truth about everything sent, in figures.
struct LedgerSummary {
    std::uint64_t wireCopies = 0; ///< POSTs to template/send read in full
    std::uint64_t userCopies = 0; ///< messages shown to people
    std::uint64_t recipients = 0; ///< openids that were shown at least one message
    std::uint64_t openidsTried = 0; ///< openids that appeared in a POST
    std::uint64_t messages = 0; ///< different (openid, client_msg_id)
    std::uint64_t duplicatesDropped = 0; ///< repeats inside the window, not shown again
    std::uint64_t bodyMismatch = 0; ///< client_msg_ids that came with different bytes
    std::uint64_t withoutClientMsgId = 0; ///< POSTs without client_msg_id
    std::uint64_t notifiedTwiceCount = 0; ///< client_msg_ids shown more than once to their openid
    std::vector<RepeatedNotice> notifiedTwice; ///< the first 100 of them
    std::uint64_t openidsWithMoreThanOne = 0; ///< openids shown more than one message; often legitimate
    std::uint64_t unanswered = 0; ///< POSTs whose client was gone before the answer, as after a crash
    std::uint64_t tokenRequests = 0; ///< calls of both token endpoints
    std::map<std::string, std::uint64_t> byAnswer; ///< POSTs by outcome name
};

} // namespace songda::simulator
