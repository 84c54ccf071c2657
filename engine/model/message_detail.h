// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/attempt.h"
#include "engine/model/audit.h"
#include "engine/model/message.h"
#include "engine/model/queries.h"

#include <string>
#include <vector>

namespace songda {

/// What a message said before a person changed it.
struct EarlierContent {
    int life = 1; ///< the last one that was sent with it
    std::string content;
};

/// What WeChat reported of a message, in the life that was sent under the report's msgid.
struct PastReport {
    int life = 0;
    WallTime at{}; ///< when it came
    std::string status; ///< WeChat's words
    bool delivered = false;

    bool operator==(const PastReport &) const = default;
};

struct MessageDetail {
    using PastReport = songda::PastReport;

    Message message;
    std::vector<Attempt> attempts; ///< newest first
    std::vector<AuditEntry> acts; ///< newest first
    std::vector<EarlierContent> earlier; ///< newest first
    std::vector<PastReport> reports; ///< oldest first, of this life and those before
    RetryOdds odds; ///< of the cause it failed with
    bool masked = false; ///< openid, values and key are not for who has signed in; the content is left out
};

} // namespace songda
