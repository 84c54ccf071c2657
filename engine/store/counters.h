// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "engine/model/outcome.h"
#include "engine/store/database.h"

#include <map>
#include <string>
#include <tuple>

namespace songda::store {

/// What one transaction adds to the sums. Gathered while its rows are written, stored by flush() in the
/// same transaction: a sum can be off only together with what it counts.
class CounterDeltas {
public:
    void addState(BatchId batch, MessageState state, std::int64_t n);
    /// A message entered (+1) or left (-1) a failed state with this cause.
    void addCause(BatchId batch, MessageState state, const std::string &cause, std::int64_t n, WallTime at);
    void addAttempt(BatchId batch, const std::string &cause, ErrorClass errorClass, Micros latency, WallTime at);

    bool empty() const { return m_states.empty() && m_causes.empty() && m_attempts.empty(); }
    Result<void> flush(Database &database);
    void clear();

    const std::map<std::pair<BatchId, MessageState>, std::int64_t> &states() const { return m_states; }

private:
    struct CauseDelta {
        std::int64_t n = 0;
        WallTime first;
        WallTime last;
    };
    struct AttemptDelta {
        ErrorClass errorClass = ErrorClass::Unknown;
        std::int64_t n = 0;
        std::int64_t latency = 0;
    };
    std::map<std::pair<BatchId, MessageState>, std::int64_t> m_states;
    std::map<std::tuple<MessageState, std::string, BatchId>, CauseDelta> m_causes;
    std::map<std::tuple<std::int64_t, BatchId, std::string>, AttemptDelta> m_attempts;
};

/// States whose messages are grouped by cause: what a person may have to look at.
bool isGroupedByCause(MessageState state);

/// The state sums of every batch, as stored.
Result<std::map<BatchId, StateCounts>> readStateCounts(Database &database);

} // namespace songda::store
