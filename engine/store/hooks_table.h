// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/hook.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

Result<std::int64_t> insertHook(WriteSession &session, const Hook &hook);
/// With what it was still to be told. False when there is none.
Result<bool> removeHook(WriteSession &session, std::int64_t id);
/// Stops it with a reason, or lets it go on with nullopt. False when nothing changed.
Result<bool> setHookStopped(WriteSession &session, std::int64_t id, const std::optional<std::string> &why, WallTime now);
/// Lets its dead deliveries be tried again; answers how many.
Result<std::int64_t> reviveDeliveries(WriteSession &session, std::int64_t hook, WallTime now);

/// All, with how much waits for them.
Result<std::vector<Hook>> readHooks(Database &database);

/// A delivery that is due.
struct DueDelivery {
    std::int64_t id = 0;
    std::int64_t hook = 0;
    std::string eventId;
    std::string body;
    std::string traceparent; ///< empty: none
    int tries = 0;
};
/// Oldest due first. What is at work already counts into `limit`: the caller leaves it out.
Result<std::vector<DueDelivery>> dueDeliveries(Database &database, std::int64_t hook, WallTime now, int limit);
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

} // namespace songda::store
