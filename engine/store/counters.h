// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "engine/model/outcome.h"
#include "engine/store/database.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace songda::store {

/// What one transaction adds to the sums. Gathered while its rows are written, stored by flush() in the
/// same transaction: a sum can be off only together with what it counts.
class CounterDeltas {
public:
    void addState(BatchId batch, MessageState state, std::int64_t n);
    /// A message entered (+1) or left (-1) a failed state with this cause.
    void addCause(BatchId batch, MessageState state, const std::string &cause, std::int64_t n, WallTime at);
    /// A dead letter that ended at `endedAt` came to be (+1) or is none any more (-1).
    void addDead(BatchId batch, MessageState state, const std::string &cause, std::int64_t n, WallTime endedAt);
    void addAttempt(BatchId batch, const std::string &cause, ErrorClass errorClass, Micros latency, WallTime at);
    /// Messages `first` to `last` were taken in.
    void addCreated(MessageId first, MessageId last, WallTime at);
    /// A message has this end, from now on or for longer.
    void addEnded(MessageId message, WallTime at);
    /// Somebody used an idempotency key.
    void addKeyOwner(AccountId account, std::int64_t scope) { m_keyOwners.emplace(account, scope); }

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
    /// Of a block of ids, see message_span in the schema.
    struct Span {
        std::optional<WallTime> createdFrom, createdTo, endedFrom, endedTo;
    };
    Result<void> flushDead(Database &database);
    Result<void> flushSpans(Database &database);

    std::map<std::pair<BatchId, MessageState>, std::int64_t> m_states;
    std::map<std::tuple<MessageState, std::string, BatchId>, CauseDelta> m_causes;
    std::map<std::tuple<std::int64_t, BatchId, std::string>, AttemptDelta> m_attempts;
    std::map<std::tuple<std::int64_t, BatchId, MessageState, std::string>, std::int64_t> m_dead;
    std::map<std::int64_t, Span> m_spans;
    std::set<std::pair<AccountId, std::int64_t>> m_keyOwners;
};

/// Unix hours, by which sums are kept.
std::int64_t hourOf(WallTime at);

/// Ids of one row of message_span.
inline constexpr std::int64_t idsInABlock = 4096;

/// States whose messages are grouped by cause: what a person may have to look at.
bool isGroupedByCause(MessageState state);

/// The state sums of every batch, as stored.
Result<std::map<BatchId, StateCounts>> readStateCounts(Database &database);

} // namespace songda::store
