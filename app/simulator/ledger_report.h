// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simulator/http_message.h"
#include "app/simulator/ledger.h"

#include <string>
#include <vector>

namespace songda::simulator {

/// The summary as one JSON object.
std::string summaryJson(const LedgerSummary &summary);

/// Everything one openid was sent, as JSON.
std::string recordsJson(const std::string &openid, const std::vector<LedgerRecord> &records);

/// The whole ledger as CSV `openid,client_msg_id,wire_copies,user_copies,msgid`, a line a message, piece by
/// piece. The ledger must outlive the stream.
BodyStream ledgerCsv(const Ledger &ledger);

} // namespace songda::simulator
