// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/message_state.h"
#include "engine/model/outcome.h"
#include "engine/model/time.h"

#include <optional>
#include <string>
#include <vector>

namespace songda {

/// The moment from which a repeat can still be recognised as one (wechat-api.md section 3.2): the start
/// of the first attempt that may have reached WeChat.
struct AmbiguousSince {
    WallTime wall;
    SteadyTime steady;
    RunId run; ///< whose steady clock `steady` was read in

    bool operator==(const AmbiguousSince &) const = default;
};

/// One row of a message list.
struct MessageRow {
    MessageId id;
    AccountId account;
    TemplateRef templateRef;
    BatchId batch;
    std::string batchName; ///< empty for single sends
    std::string openid;
    MessageState state = MessageState::Queued;
    int attempts = 0;
    std::optional<std::int64_t> errcode;
    std::string cause;
    std::optional<ErrorClass> errorClass;
    std::string msgid;
    std::string idempotencyKey;
    WallTime createdAt;
    WallTime dueAt;
    std::optional<WallTime> firstSentAt;
    std::optional<WallTime> finishedAt;
    std::optional<AmbiguousSince> ambiguous;
    std::optional<WallTime> safeUntil; ///< until then a repeat cannot be a second notification; only of what may have arrived

    bool operator==(const MessageRow &) const = default;
};

/// Everything known about one message but its attempts.
struct Message : MessageRow {
    std::string accountName;
    std::string templateId;
    std::string templateTitle;
    std::string clientMsgId;
    std::string traceId;
    std::string content; ///< JSON object with data and, if any, url and miniprogram
    std::string createdBy;
    int life = 1; ///< 1, and one more for each resend by a person
    int crashes = 0; ///< times the program died while this message was in flight
    std::optional<WallTime> expiresAt;
    std::string reportStatus;
    std::optional<WallTime> reportedAt;
};

/// A message as its creator hands it over. Validated against its template before it becomes a row.
struct NewMessage {
    std::string openid;
    std::string content; ///< JSON object, see Message::content
    std::string clientMsgId; ///< fresh and unique, at most 32 of [A-Za-z0-9_-]
    std::string idempotencyKey; ///< empty: none
    WallTime dueAt;
    std::optional<WallTime> expiresAt;
    std::int64_t keyScope = 0; ///< whose the key is; 0: of the people here
    std::optional<std::int64_t> requestHash = std::nullopt; ///< of all that was asked for; a repeat has the same
    std::optional<std::int64_t> earlierHash = std::nullopt; ///< as an earlier version made it of the same wish, if otherwise
    std::string traceparent = {}; ///< of who handed it over (W3C Trace Context); empty: none
};

/// What is left of an archived message while its idempotency key is remembered.
struct KeptMessage {
    MessageId id;
    AccountId account;
    std::string accountName;
    std::string templateId;
    BatchId batch;
    MessageState state = MessageState::Accepted; ///< as it was archived
    WallTime createdAt;
    std::string createdBy; ///< empty: as the batch says
    std::optional<WallTime> finishedAt;
};

} // namespace songda
