// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/counters.h"

#include <algorithm>

namespace songda::store {

bool isGroupedByCause(MessageState state) {
    return state == MessageState::Dead || state == MessageState::Uncertain || state == MessageState::Undelivered;
}

void CounterDeltas::addState(BatchId batch, MessageState state, std::int64_t n) { m_states[{batch, state}] += n; }

void CounterDeltas::addCause(
    BatchId batch, MessageState state, const std::string &cause, std::int64_t n, WallTime at) {
    auto [it, fresh] = m_causes.try_emplace({state, cause, batch}, CauseDelta{0, at, at});
    it->second.n += n;
    it->second.first = std::min(it->second.first, at);
    it->second.last = std::max(it->second.last, at);
}

void CounterDeltas::addAttempt(
    BatchId batch, const std::string &cause, ErrorClass errorClass, Micros latency, WallTime at) {
    const std::int64_t hour = std::chrono::floor<std::chrono::hours>(at.time_since_epoch()).count();
    AttemptDelta &delta = m_attempts[{hour, batch, cause}];
    delta.errorClass = errorClass;
    ++delta.n;
    delta.latency += latency.count();
}

Result<void> CounterDeltas::flush(Database &database) {
    auto state = database.cached("INSERT INTO counter(state, batch_id, n) VALUES(?1, ?2, ?3)"
                                 " ON CONFLICT DO UPDATE SET n = n + excluded.n");
    auto cause = database.cached("INSERT INTO cause_summary(state, cause, batch_id, n, first_at, last_at)"
                                 " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET n = n + excluded.n,"
                                 " first_at = CASE WHEN n = 0 THEN excluded.first_at ELSE min(first_at, excluded.first_at) END,"
                                 " last_at = CASE WHEN excluded.n > 0 THEN max(last_at, excluded.last_at) ELSE last_at END");
    auto attempt = database.cached("INSERT INTO attempt_summary(hour, batch_id, cause, error_class, n, latency_us)"
                                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET n = n + excluded.n,"
                                   " latency_us = latency_us + excluded.latency_us");
    if (!state || !cause || !attempt)
        return tl::unexpected((!state ? state : !cause ? cause : attempt).error());
    for (const auto &[key, n] : m_states) {
        if (n != 0)
            SONGDA_TRY((*state)->bindAll(key.second, key.first, n).run());
    }
    for (const auto &[key, delta] : m_causes) {
        if (delta.n != 0)
            SONGDA_TRY((*cause)
                           ->bindAll(std::get<0>(key), std::get<1>(key), std::get<2>(key), delta.n, delta.first, delta.last)
                           .run());
    }
    for (const auto &[key, delta] : m_attempts)
        SONGDA_TRY((*attempt)
                       ->bindAll(std::get<0>(key), std::get<1>(key), std::get<2>(key),
                           static_cast<std::int64_t>(delta.errorClass), delta.n, delta.latency)
                       .run());
    return {};
}

void CounterDeltas::clear() {
    m_states.clear();
    m_causes.clear();
    m_attempts.clear();
}

Result<std::map<BatchId, StateCounts>> readStateCounts(Database &database) {
    std::map<BatchId, StateCounts> counts;
    SONGDA_TRY(database.each("SELECT batch_id, state, n FROM counter WHERE n <> 0", [&](const Statement &s) {
        if (const auto state = messageStateFromNumber(s.integer(1)))
            counts[s.id<BatchId>(0)][*state] += s.integer(2);
        return true;
    }));
    return counts;
}

} // namespace songda::store
