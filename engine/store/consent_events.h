// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/platform_event.h"
#include "engine/store/write_session.h"

namespace songda::store {

/// Keeps the list of people who are not written to by what the platform tells of them (wechat-api.md sections 4.2, 4.3, and
/// 12 item 9): who left is put on it, who follows again taken off, but for what stands there by a person's hand. Order is
/// told by the platform's clock, so a repeat that comes late undoes nothing: the newest that people agreed to is kept, of the
/// latest half a million. What they refuse of a template that is not known here waits for it.
Result<void> recordConsent(WriteSession &session, AccountId account, const ConsentEvent &event, WallTime receivedAt, EventReceipt &receipt);

/// A template has become known: lets what people refused of it before count.
Result<void> applyWaitingRefusals(WriteSession &session, AccountId account, const std::string &templateId, TemplateRef templateRef);

} // namespace songda::store
