// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/write_session.h"

#include <set>
#include <vector>

namespace songda::store {

/// Deliveries changed in one transaction: sends wait for its commit.
inline constexpr int hookChunk = 500;

/// A delivery that is due.
struct DueDelivery {
    std::int64_t id = 0;
    std::int64_t hook = 0;
    std::string eventId;
    std::string body;
    std::string traceparent; ///< the sender's or our own; empty: noted by an older Songda, without one
    int tries = 0;
    MessageId message;
};
/// What may be tried now, but for `known`: what was never tried in the order it happened, and between it, for at least a
/// quarter of the limit, what is tried again, longest due first. Neither keeps the other waiting.
Result<std::vector<DueDelivery>> dueDeliveries(
    Database &database, std::int64_t hook, WallTime now, int limit, const std::set<std::int64_t> &known = {});
/// After a start: nothing waits longer than the longest wait, whatever became of the calendar.
Result<void> clampDeliveries(WriteSession &session, WallTime now);
/// What came of a try.
struct DeliveryResult {
    std::int64_t id = 0;
    std::int64_t hook = 0;
    int tries = 0;
    bool delivered = false;
    bool dead = false;
    WallTime at;
    WallTime dueAt; ///< of the next try
    std::string detail;
};
Result<void> recordDeliveries(WriteSession &session, const std::vector<DeliveryResult> &results);

// Up to `limit` at a time; each answers how many, and fewer than `limit` means that none is left.

/// Lets dead deliveries be tried again, as if they were new.
Result<std::int64_t> reviveDeliveries(WriteSession &session, std::int64_t hook, int limit = hookChunk);
/// Of a hook that is being removed.
Result<std::int64_t> deleteDeliveries(WriteSession &session, std::int64_t hook, int limit = hookChunk);
/// Drops what happened before a time, and counts it.
Result<std::int64_t> dropOldDeliveries(WriteSession &session, std::int64_t hook, WallTime before, int limit = hookChunk);
/// Drops so many, and counts them: dead ones first, then the oldest.
Result<std::int64_t> dropDeliveries(WriteSession &session, std::int64_t hook, int count);

} // namespace songda::store
