// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "engine/model/ids.h"
#include "engine/model/message.h"
#include "engine/model/time.h"

#include <optional>
#include <string>
#include <vector>

namespace songda {

/// Which messages a list, an act on many, or an export speaks of. Empty fields do not restrict.
struct MessageFilter {
    std::vector<MessageState> states;
    std::optional<AccountId> account;
    std::optional<TemplateRef> templateRef;
    std::optional<BatchId> batch;
    std::string cause; ///< exact, as Outcome::cause; several with commas between them: any of these
    std::string openid; ///< exact
    std::optional<MessageId> recipientOf; ///< to whom this message is for: a person, for those who may not see openids
    std::string idempotencyKey; ///< exact
    std::string msgid; ///< exact
    std::string traceId; ///< exact, as Message::traceId
    std::string number; ///< digits that may be anything: the message's id, its msgid or its idempotency key
    std::vector<MessageId> ids;
    std::optional<ReplayId> replay; ///< sent again by it, as far as it has come
    std::optional<AuditId> act; ///< touched by this act, as the audit has it
    bool discarded = false; ///< only what a person put away
    std::optional<WallTime> createdFrom; ///< inclusive
    std::optional<WallTime> createdTo; ///< exclusive
    std::optional<WallTime> endedFrom; ///< inclusive
    std::optional<WallTime> endedTo; ///< exclusive
    std::string failedWith; ///< an attempt of it failed so, as `cause`, or anyCause; whatever became of it
    std::optional<WallTime> failedFrom; ///< of such an attempt: its end, inclusive
    std::optional<WallTime> failedTo; ///< exclusive

    /// failedWith: whatever it failed with.
    static constexpr const char *anyCause = "any";

    bool operator==(const MessageFilter &) const = default;
};

/// Newest first, `limit` rows older than `before` (keyset: the cost does not grow with the depth).
struct PageRequest {
    MessageFilter filter;
    std::optional<MessageId> before;
    int limit = 200; ///< 1 .. 10000
};

struct Page {
    std::vector<MessageRow> rows;
    bool more = false;
};

/// How often sending again after a cause helped on this profile.
struct RetryOdds {
    std::int64_t tried = 0;
    std::int64_t helped = 0;

    bool operator==(const RetryOdds &) const = default;
};

/// What somebody wrote down about all messages of a cause; empty: nothing.
struct CauseNote {
    std::string text;
    std::string by;
    std::optional<WallTime> at;

    bool operator==(const CauseNote &) const = default;
};

/// Messages that ended the same way: the left side of the dead-letter desk.
struct CauseGroup {
    std::string cause;
    std::optional<std::int64_t> errcode;
    MessageState state = MessageState::Dead;
    AccountId account;
    std::string accountName;
    std::int64_t count = 0;
    WallTime firstAt;
    WallTime lastAt;
    RetryOdds odds;
    CauseNote note;
    std::vector<std::int64_t> hourly; ///< failed attempts of the last 24 hours, the present one last

    bool operator==(const CauseGroup &) const = default;
};

enum class BreakdownBy { Code, Template, Account, Day, Batch, Hour };

/// One line of the error breakdown. `attempts` are failed POSTs in the period, `dead` the messages that ended in it as
/// dead letters and still are.
struct BreakdownRow {
    std::string key; ///< cause, template id, account name, China date, number of the batch, or the hour in ISO 8601
    std::string label; ///< template's title or batch's name where there is one
    ErrorClass errorClass = ErrorClass::Unknown;
    std::int64_t attempts = 0;
    std::int64_t dead = 0;
};

/// Of one hour and cause, for a chart: attempts, or dead letters.
struct HourlyCount {
    WallTime hour;
    std::string cause; ///< of attempts empty: accepted
    std::int64_t count = 0;
};

/// One invariant that does not hold, in one sentence, with the first rows that break it.
struct Violation {
    std::string invariant;
    std::string detail;
    std::int64_t count = 0;
};

} // namespace songda
