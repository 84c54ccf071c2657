// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace songda {

/// Where a message stands. The numbers are stored: never renumber.
enum class MessageState {
    Held = 0, ///< waits for a person
    Queued = 1, ///< may go as soon as it is due
    Sending = 2, ///< claimed by an engine; its request may be on the wire
    Retrying = 3, ///< failed for now; due again later
    Accepted = 4, ///< WeChat took it (errcode 0 and a msgid); not yet known to have arrived
    Delivered = 5, ///< the event push said success
    Undelivered = 6, ///< the event push said blocked or failed
    Dead = 7, ///< will not be tried again by itself; the dead letters
    Uncertain = 8, ///< written, no answer known, too late for a safe repeat
    Cancelled = 9,
    Expired = 10, ///< no longer useful when its turn came
};

inline constexpr std::array allMessageStates{MessageState::Held, MessageState::Queued, MessageState::Sending,
    MessageState::Retrying, MessageState::Accepted, MessageState::Delivered, MessageState::Undelivered,
    MessageState::Dead, MessageState::Uncertain, MessageState::Cancelled, MessageState::Expired};

/// Lower-case name, as in the CSV export and on the command line.
const char *toString(MessageState state);
std::optional<MessageState> messageStateFromString(std::string_view name);
std::optional<MessageState> messageStateFromNumber(long long number);

/// Nothing more happens by itself. Accepted counts: the send is over, only its report may still come.
bool isTerminal(MessageState state);
/// Waits for its due time.
bool isWaiting(MessageState state);
/// Whether the engine or an operator may move a message from one state to the other.
bool canMove(MessageState from, MessageState to);

} // namespace songda
