// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/platform_event.h"
#include "engine/store/write_session.h"

namespace songda::store {

/// Keeps the list of people who are not written to by what the platform tells of them (wechat-api.md sections 4.2, 4.3, and
/// 12 item 9): who left is put on it, who follows again taken off, but for what stands there by a person's hand. Order is
/// told by the platform's clock, so a repeat that comes late undoes nothing.
Result<void> recordConsent(WriteSession &session, AccountId account, const ConsentEvent &event, WallTime receivedAt, EventReceipt &receipt);

} // namespace songda::store
