// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/recovery.h"

#include "engine/model/breakage.h"
#include "engine/policy/replay_window.h"
#include "engine/policy/retry.h"
#include "engine/store/transitions.h"

#include <algorithm>
#include <vector>

namespace songda::store {

namespace {

/// Less than this is two clocks drifting apart, not a hand at the calendar.
constexpr Millis calendarDrift{1000};

struct LeftBehind {
    StoredState state;
    RunId owner;
    SteadyTime claimedSteady;
    bool sameBoot = false;
};

Result<std::vector<LeftBehind>> leftBehind(WriteSession &session, RunId run) {
    return session.database().all(
        "SELECT m.id, m.batch_id, b.account_id, m.attempts, m.life, m.crashes, m.ambiguous_wall, m.ambiguous_steady,"
        " m.ambiguous_run, a.started_at, coalesce(m.claim_run, 0),"
        " coalesce((SELECT boot_id FROM run WHERE id = coalesce(m.ambiguous_run, m.claim_run))"
        "  = (SELECT boot_id FROM run WHERE id = ?1), 0), coalesce(m.claim_steady, 0)"
        " FROM message m JOIN batch b ON b.id = m.batch_id"
        " LEFT JOIN attempt a ON a.message_id = m.id AND a.n = m.attempts"
        " WHERE m.state = 2 AND coalesce(m.claim_run, 0) <> ?1",
        [](const Statement &s) {
            LeftBehind row;
            row.state.id = s.id<MessageId>(0);
            row.state.batch = s.id<BatchId>(1);
            row.state.account = s.id<AccountId>(2);
            row.state.state = MessageState::Sending;
            row.state.attempts = static_cast<int>(s.integer(3));
            row.state.life = static_cast<int>(s.integer(4));
            row.state.crashes = static_cast<int>(s.integer(5));
            if (!s.isNull(6))
                row.state.ambiguous = AmbiguousSince{s.time(6), SteadyTime{Micros{s.integer(7)}}, s.id<RunId>(8)};
            row.state.startedAt = s.time(9);
            row.owner = s.id<RunId>(10);
            row.sameBoot = s.integer(11) != 0;
            row.claimedSteady = SteadyTime{Micros{s.integer(12)}};
            return row;
        },
        run);
}

Result<void> requeue(WriteSession &session, const StoredState &state, const AmbiguousSince &since, WallTime now) {
    auto update = session.sql("UPDATE message SET state = 3, due_at = ?2, crashes = ?3, cause = 'interrupted',"
                              " error_class = ?7, claim_run = NULL, claim_until = NULL, ambiguous_wall = ?4,"
                              " ambiguous_steady = ?5, ambiguous_run = ?6 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)
                   ->bindAll(state.id, now, state.crashes, since.wall, since.steady.time_since_epoch().count(),
                       since.run, static_cast<std::int64_t>(ErrorClass::Transient))
                   .run());
    return recordMove(session, state.id, state.batch, MessageState::Sending, {}, MessageState::Retrying, {}, now);
}

/// How far the calendar was set between the start of the run before and now; nothing when no clock can tell.
Result<std::optional<Millis>> calendarShift(WriteSession &session, RunId run) {
    const auto shift = session.database().first(
        "SELECT (n.started_at - n.started_steady / 1000) - (p.started_at - p.started_steady / 1000)"
        " FROM run n JOIN run p ON p.id = (SELECT max(id) FROM run WHERE id < ?1) WHERE n.id = ?1 AND n.boot_id = p.boot_id",
        [](const Statement &s) { return s.optionalInteger(0); }, run);
    if (!shift)
        return tl::unexpected(shift.error());
    const auto millis = shift->value_or(std::nullopt);
    return millis ? std::optional(Millis{*millis}) : std::nullopt;
}

/// Repeats wait for spans of time; the run before wrote down their ends by the calendar as it stood then.
Result<void> shiftRepeats(WriteSession &session, RunId run, WallTime now) {
    const auto shift = calendarShift(session, run);
    if (!shift)
        return tl::unexpected(shift.error());
    // Without a clock that ran on, nobody waits longer than the longest back-off.
    auto update = session.sql(*shift
            ? "UPDATE message SET due_at = due_at + ?1 WHERE state = 3"
            : "UPDATE message SET due_at = ?1 WHERE state = 3 AND due_at > ?1");
    if (!update)
        return tl::unexpected(update.error());
    if (!*shift)
        return (*update)->bindAll(now + RetryPolicy{}.unknown.backOff.cap).run();
    return abs(**shift) < calendarDrift ? Result<void>{} : (*update)->bindAll((*shift)->count()).run();
}

} // namespace

Result<RunId> startRun(WriteSession &session, const RunInfo &info, Now now) {
    auto insert = session.sql("INSERT INTO run(node, pid, boot_id, started_at, started_steady) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)->bindAll(info.node, info.pid, info.bootId, now.wall, now.steady.time_since_epoch().count()).run());
    return RunId{session.database().lastInsertId()};
}

Result<bool> isOfBoot(Database &database, RunId run, const std::string &bootId) {
    auto found = database.cached("SELECT 1 FROM run WHERE id = ?1 AND boot_id = ?2");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(run, bootId);
    const StatementScope scope(**found);
    return (*found)->step();
}

Result<void> endRun(WriteSession &session, RunId run, WallTime now) {
    auto update = session.sql("UPDATE run SET stopped_at = ?2 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(run, now).run();
}

Result<RecoveryReport> recoverClaims(WriteSession &session, RunId run, Now now) {
    const auto rows = leftBehind(session, run);
    if (!rows)
        return tl::unexpected(rows.error());
    auto attempt = session.sql("UPDATE attempt SET phase = 4, finished_at = max(started_at, ?3), cause = 'interrupted', error_class = ?4"
                               " WHERE message_id = ?1 AND n = ?2 AND phase = 0");
    if (!attempt)
        return tl::unexpected(attempt.error());
    SONGDA_TRY(shiftRepeats(session, run, now.wall));
    RecoveryReport report;
    if (isBroken(Breakage::RecoveryForgets))
        return report;
    for (const LeftBehind &row : *rows) {
        StoredState state = row.state;
        state.crashes = rows->size() == 1 ? state.crashes + 1 : std::min(state.crashes + 1, crashesBeforeAside - 1);
        SONGDA_TRY((*attempt)
                       ->bindAll(state.id, state.attempts, now.wall, static_cast<std::int64_t>(ErrorClass::Transient))
                       .run());
        // Without an earlier ambiguous attempt the window opened with the one that was cut off.
        const AmbiguousSince since
            = state.ambiguous.value_or(AmbiguousSince{state.startedAt, row.claimedSteady, row.owner});
        const Millis left = safeRepeatTimeLeft(since, now, run, row.sameBoot);
        if (state.crashes >= crashesBeforeAside) {
            SONGDA_TRY(endUncertain(session, state, "process_died", now.wall));
            ++report.putAside;
        } else if (left > Millis{0}) {
            SONGDA_TRY(requeue(session, state, since, now.wall));
            ++report.requeued;
        } else {
            SONGDA_TRY(endUncertain(session, state, "window_passed", now.wall));
            ++report.uncertain;
        }
    }
    return report;
}

} // namespace songda::store
