// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/radar.h"
#include "engine/store/database.h"

#include <map>

namespace songda::store {

/// A message that the platform took, and when it was reported on, if it was.
struct SentMessage {
    MessageId id;
    WallTime acceptedAt;
    std::optional<WallTime> reportedAt;
};

/// Gathers what accounts sent since a time, the newest 200,000 of each, in steps that keep no reader for long. Goes by the
/// ids down from the newest, past all that still waits, and ends where neither anything waits nor anything ended since then.
class SentScan {
public:
    SentScan(const std::vector<AccountId> &accounts, WallTime since, std::size_t most = 200'000, int step = 50'000);

    /// Reads on; false when there is nothing more to read.
    Result<bool> readOn(Database &database);
    /// Oldest first, when all is read.
    std::vector<SentMessage> of(AccountId account);

private:
    std::map<AccountId, std::vector<SentMessage>> m_sent;
    WallTime m_since;
    std::size_t m_most;
    int m_step;
    std::optional<MessageId> m_before;
};

/// When an account was reported to last.
Result<std::optional<WallTime>> readLastReport(Database &database, AccountId account);
/// What is told of these messages, in the same order.
Result<std::vector<UnconfirmedMessage>> readUnconfirmed(Database &database, const std::vector<SentMessage> &messages);

} // namespace songda::store
