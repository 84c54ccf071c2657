// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/ids.h"
#include "engine/model/message_state.h"
#include "engine/model/time.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace songda {

struct SendRequest {
    std::string account;
    std::string templateId; ///< or its title, when unique
    std::string openid;
    std::map<std::string, std::string, std::less<>> data;
    std::string url;
    std::string idempotencyKey; ///< empty: none
    std::optional<WallTime> at; ///< nothing: now
    std::optional<WallTime> expiresAt; ///< nothing: as the policy says
    int priority = 1; ///< 0 bulk, 1 normal, 2 urgent
    std::string traceparent = {}; ///< of the caller's trace, as W3C Trace Context writes it; handed on to hooks
};

struct SendReport {
    MessageId id;
    bool duplicate = false; ///< the key was used before: `id` is that message, nothing new was queued
};

/// What became of a message that was waited for.
struct SendOutcome {
    MessageId id;
    bool duplicate = false;
    bool ended = false; ///< false: the deadline came first; the message stays queued and is still delivered
    MessageState state = MessageState::Queued;
    std::string cause; ///< of a failure
    std::string msgid; ///< when accepted
    int attempts = 0;
};

/// A business system that hands messages over.
struct IntakeClient {
    std::string name; ///< whose keys and batches they are
    std::optional<std::set<std::string, std::less<>>> templates = std::nullopt; ///< it may use, by id; nothing: every template
    std::string batch = {}; ///< its name for messages that belong together; empty: with all it handed over without one
};

/// What became of a message that a business system handed over.
struct IntakeReport {
    MessageId id;
    BatchId batch;
    bool duplicate = false; ///< it was handed over before under the same key
};

} // namespace songda
