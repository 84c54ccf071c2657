// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/message_state.h"

namespace songda {

const char *toString(MessageState state) {
    switch (state) {
    case MessageState::Held: return "held";
    case MessageState::Queued: return "queued";
    case MessageState::Sending: return "sending";
    case MessageState::Retrying: return "retrying";
    case MessageState::Accepted: return "accepted";
    case MessageState::Delivered: return "delivered";
    case MessageState::Undelivered: return "undelivered";
    case MessageState::Dead: return "dead";
    case MessageState::Uncertain: return "uncertain";
    case MessageState::Cancelled: return "cancelled";
    case MessageState::Expired: return "expired";
    }
    return "unknown";
}

std::optional<MessageState> messageStateFromString(std::string_view name) {
    for (const MessageState state : allMessageStates) {
        if (name == toString(state))
            return state;
    }
    return std::nullopt;
}

std::optional<MessageState> messageStateFromNumber(long long number) {
    if (number < 0 || number >= static_cast<long long>(allMessageStates.size()))
        return std::nullopt;
    return static_cast<MessageState>(number);
}

bool isTerminal(MessageState state) {
    switch (state) {
    case MessageState::Accepted:
    case MessageState::Delivered:
    case MessageState::Undelivered:
    case MessageState::Dead:
    case MessageState::Uncertain:
    case MessageState::Cancelled:
    case MessageState::Expired: return true;
    case MessageState::Held:
    case MessageState::Queued:
    case MessageState::Sending:
    case MessageState::Retrying: return false;
    }
    return false;
}

bool isWaiting(MessageState state) { return state == MessageState::Queued || state == MessageState::Retrying; }

bool canMove(MessageState from, MessageState to) {
    using S = MessageState;
    switch (from) {
    case S::Held: // with tries behind it, it is a repeat like any other
        return to == S::Queued || to == S::Retrying || to == S::Cancelled || to == S::Expired || to == S::Uncertain || to == S::Delivered;
    case S::Queued:
    case S::Retrying:
        return to == S::Sending || to == S::Held || to == S::Cancelled || to == S::Expired || to == S::Uncertain
            || (from == S::Retrying && to == S::Delivered);
    case S::Sending:
        return to == S::Accepted || to == S::Retrying || to == S::Queued || to == S::Dead || to == S::Uncertain
            || to == S::Expired;
    case S::Accepted: return to == S::Delivered || to == S::Undelivered;
    case S::Uncertain:
        return to == S::Queued || to == S::Cancelled || to == S::Accepted || to == S::Delivered
            || to == S::Undelivered;
    case S::Dead:
    case S::Undelivered: return to == S::Queued || to == S::Cancelled;
    case S::Cancelled: return to == S::Queued || to == S::Dead || to == S::Undelivered || to == S::Uncertain;
    case S::Expired: return to == S::Queued;
    case S::Delivered: return false;
    }
    return false;
}

} // namespace songda
