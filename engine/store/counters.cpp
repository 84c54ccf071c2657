// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/counters.h"

#include <algorithm>

namespace songda::store {

std::int64_t hourOf(WallTime at) { return std::chrono::floor<std::chrono::hours>(at.time_since_epoch()).count(); }

namespace {

void widen(std::optional<WallTime> &from, std::optional<WallTime> &to, WallTime at) {
    from = std::min(from.value_or(at), at);
    to = std::max(to.value_or(at), at);
}

} // namespace

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

void CounterDeltas::addDead(BatchId batch, MessageState state, const std::string &cause, std::int64_t n, WallTime endedAt) {
    m_dead[{hourOf(endedAt), batch, state, cause}] += n;
}

void CounterDeltas::addAttempt(
    BatchId batch, const std::string &cause, ErrorClass errorClass, Micros latency, WallTime at) {
    AttemptDelta &delta = m_attempts[{hourOf(at), batch, cause}];
    delta.errorClass = errorClass;
    ++delta.n;
    delta.latency += latency.count();
}

void CounterDeltas::addCreated(MessageId first, MessageId last, WallTime at) {
    for (std::int64_t block = first.value / idsInABlock; block <= last.value / idsInABlock; ++block) {
        Span &span = m_spans[block];
        widen(span.createdFrom, span.createdTo, at);
    }
}

void CounterDeltas::addEnded(MessageId message, WallTime at) {
    Span &span = m_spans[message.value / idsInABlock];
    widen(span.endedFrom, span.endedTo, at);
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
    SONGDA_TRY(flushDead(database));
    return flushSpans(database);
}

Result<void> CounterDeltas::flushDead(Database &database) {
    const auto sum = database.cached("INSERT INTO dead_summary(hour, batch_id, state, cause, n) VALUES(?1, ?2, ?3, ?4, ?5)"
                                     " ON CONFLICT DO UPDATE SET n = n + excluded.n");
    if (!sum)
        return tl::unexpected(sum.error());
    for (const auto &[key, n] : m_dead) {
        if (n != 0)
            SONGDA_TRY((*sum)->bindAll(std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), n).run());
    }
    return {};
}

Result<void> CounterDeltas::flushSpans(Database &database) {
    // What ends was taken in before, so its block has a row.
    const auto created = database.cached("INSERT INTO message_span(block, created_from, created_to) VALUES(?1, ?2, ?3)"
                                         " ON CONFLICT DO UPDATE SET created_from = min(created_from, excluded.created_from),"
                                         " created_to = max(created_to, excluded.created_to)");
    const auto ended = database.cached("UPDATE message_span SET ended_from = min(coalesce(ended_from, ?2), ?2), ended_to = max(coalesce(ended_to, ?3), ?3)"
                                       " WHERE block = ?1");
    const auto owner = database.cached("INSERT OR IGNORE INTO key_owner(account_id, scope) VALUES(?1, ?2)");
    if (!created || !ended || !owner)
        return tl::unexpected((!created ? created : !ended ? ended : owner).error());
    for (const auto &[block, span] : m_spans) {
        if (span.createdFrom)
            SONGDA_TRY((*created)->bindAll(block, *span.createdFrom, *span.createdTo).run());
        if (span.endedFrom)
            SONGDA_TRY((*ended)->bindAll(block, *span.endedFrom, *span.endedTo).run());
    }
    for (const auto &[account, scope] : m_keyOwners)
        SONGDA_TRY((*owner)->bindAll(account, scope).run());
    return {};
}

void CounterDeltas::clear() {
    m_dead.clear();
    m_spans.clear();
    m_keyOwners.clear();
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
