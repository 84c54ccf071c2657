// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/message_state.h"
#include "engine/store/write_session.h"

namespace songda::store {

/// Writes down for each hook that wants to know that a message has come to an end, in the transaction that moved it there:
/// an outcome and the duty to tell it are one. Costs a look at an empty table once a transaction when there is no hook.
Result<void> noteOutcome(WriteSession &session, MessageId message, MessageState state, WallTime at);

} // namespace songda::store
