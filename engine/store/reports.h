// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/message_detail.h"
#include "engine/model/message_state.h"
#include "engine/model/platform_event.h"
#include "engine/store/write_session.h"

#include <optional>
#include <vector>

namespace songda::store {

/// Delivery reports and the messages they speak of.
///
/// A report belongs to the message of its account that has its msgid, compared as text, and to no other: which message a
/// report without a known msgid may mean is never guessed from its recipient, because other systems send through the same
/// account. Such a report is kept and matched when an answer brings its msgid.
///
/// The first verdict stands. A report of an earlier life is kept with its message and changes nothing: a person knew of
/// that life's failure when they had the message sent again, and what comes of the present life is said by its own
/// report. While a claim is out its end decides first; the report waits for it.

/// What a report was found to speak of.
struct ReportMatch {
    std::optional<MessageId> message; ///< nothing: not known, or not yet; also while a claim on it is out
    std::optional<MessageState> moved; ///< where it moved the message to; nothing: nowhere
};

/// Records one report. Once more is once. `match`, if given, is told which message it was about.
Result<void> recordReport(
    WriteSession &session, AccountId account, const DeliveryReport &report, WallTime receivedAt, EventReceipt &receipt, ReportMatch *match = nullptr);

/// What was reported of a message, oldest first; also of lives that it has forgotten.
Result<std::vector<PastReport>> readReportsOf(Database &database, MessageId message);

/// Whether any report waits for its message, of whatever account.
Result<bool> anyReportWaits(WriteSession &session);
/// Applies the reports that waited for this message, whose msgid may have become known just now or whose claim ended.
Result<void> applyWaitingReports(WriteSession &session, MessageId message, WallTime now);

} // namespace songda::store
