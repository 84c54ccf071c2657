// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/replays.h"

#include "engine/policy/ladder.h"
#include "engine/policy/replay_window.h"
#include "engine/store/approvals.h"
#include "engine/store/audit_table.h"
#include "engine/store/counters.h"
#include "engine/store/desk_acts.h"
#include "engine/store/message_pages.h"
#include "engine/store/transitions.h"

#include <QCryptographicHash>
#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

namespace songda::store {

namespace {

constexpr std::int64_t idsPerPart = 1000;
/// Messages that may have their turn in one transaction: deliveries wait for its commit.
constexpr std::int64_t mostAtOnce = 500;
/// What is due by the pace within this time is handed to the engine, which sends it when it is due.
constexpr Millis paceAhead{1000};

std::string joined(const std::vector<std::string> &words) {
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string ladderText(const LadderRules &rules) {
    std::string text;
    for (const int size : rules.steps)
        text += (text.empty() ? "" : " ") + std::to_string(size);
    return text;
}

template <class Use> void eachNumber(std::string_view text, Use use) {
    const char *at = text.data();
    const char *end = at + text.size();
    while (at < end) {
        std::int64_t value = 0;
        const auto [next, error] = std::from_chars(at, end, value);
        if (error != std::errc{})
            return;
        use(value);
        at = next + 1;
    }
}

#define SONGDA_REPLAY_COLUMNS \
    "SELECT id, created_at, created_by, reason, selection, fingerprint, size, state, pace, ladder, fail_share, fail_least," \
    " may_arrive_twice, audit_id, position, step, step_released, step_ended, step_failed, released, accepted, failed, other, skipped," \
    " need_confirmation, stop_why, stop_cause, changed_at, changed_by, finished_at, climb, known_causes," \
    " asked_by, granted, granted_by FROM replay "

/// A run and what only its work needs.
struct Work {
    ReplayRun run;
    int climb = 0;
    std::set<std::string> known;
};

Work workAt(const Statement &s) {
    Work w;
    ReplayRun &r = w.run;
    int c = 0;
    r.id = s.id<ReplayId>(c++);
    r.createdAt = s.time(c++);
    r.createdBy = s.string(c++);
    r.reason = s.string(c++);
    r.selection = s.string(c++);
    r.fingerprint = s.string(c++);
    r.size = s.integer(c++);
    r.state = static_cast<ReplayState>(s.integer(c++));
    r.pace = s.real(c++);
    eachNumber(s.text(c++), [&](std::int64_t size) { r.ladder.steps.push_back(static_cast<int>(size)); });
    r.ladder.failShare = s.real(c++);
    r.ladder.failLeast = static_cast<int>(s.integer(c++));
    r.mayArriveTwice = s.integer(c++) != 0;
    r.audit = s.id<AuditId>(c++);
    r.position = s.integer(c++);
    r.step = static_cast<int>(s.integer(c++));
    r.stepReleased = s.integer(c++);
    r.stepEnded = s.integer(c++);
    r.stepFailed = s.integer(c++);
    r.released = s.integer(c++);
    r.accepted = s.integer(c++);
    r.failed = s.integer(c++);
    r.other = s.integer(c++);
    r.skipped = s.integer(c++);
    r.needConfirmation = s.integer(c++);
    r.stop = static_cast<ReplayStop>(s.integer(c++));
    r.stopCause = s.string(c++);
    r.changedAt = s.time(c++);
    r.changedBy = s.string(c++);
    r.finishedAt = s.optionalTime(c++);
    w.climb = static_cast<int>(s.integer(c++));
    std::istringstream words(s.string(c++));
    for (std::string word; words >> word;)
        w.known.insert(word);
    r.approval = approvalAt(s, c);
    return w;
}

Result<Work> readWork(Database &database, ReplayId id) {
    auto work = database.first(SONGDA_REPLAY_COLUMNS "WHERE id = ?1", workAt, id);
    if (!work)
        return tl::unexpected(work.error());
    if (!*work)
        return fail(ErrorCode::NotFound, "there is no replay " + std::to_string(id.value));
    return std::move(**work);
}

Result<void> store(WriteSession &session, const Work &w) {
    auto update = session.sql("UPDATE replay SET state = ?2, position = ?3, climb = ?4, step = ?5, step_released = ?6, step_ended = ?7,"
                              " step_failed = ?8, released = ?9, accepted = ?10, failed = ?11, skipped = ?12, need_confirmation = ?13,"
                              " stop_why = ?14, stop_cause = ?15, changed_at = ?16, changed_by = ?17, finished_at = ?18, known_causes = ?19, other = ?20"
                              " WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    const ReplayRun &r = w.run;
    const std::string known = joined({w.known.begin(), w.known.end()});
    return (*update)
        ->bindAll(r.id, static_cast<std::int64_t>(r.state), r.position, w.climb, r.step, r.stepReleased, r.stepEnded, r.stepFailed, r.released,
            r.accepted, r.failed, r.skipped, r.needConfirmation, static_cast<std::int64_t>(r.stop), r.stopCause, r.changedAt, r.changedBy,
            r.finishedAt, known, r.other)
        .run();
}

/// The ids of the list from a position on, to the end of their part.
Result<std::vector<MessageId>> idsFrom(WriteSession &session, ReplayId id, std::int64_t position) {
    return session.database()
        .first("SELECT ids FROM replay_part WHERE replay_id = ?1 AND part = ?2",
            [position](const Statement &s) {
                std::vector<MessageId> ids;
                std::int64_t last = 0;
                std::int64_t index = 0;
                eachNumber(s.text(0), [&](std::int64_t distance) {
                    last += distance;
                    if (index++ >= position % idsPerPart)
                        ids.push_back(MessageId{last});
                });
                return ids;
            },
            id, position / idsPerPart)
        .map([](std::optional<std::vector<MessageId>> ids) { return std::move(ids).value_or(std::vector<MessageId>()); });
}

/// Counts what has ended of what was let go; answers the first cause nobody had seen, empty when there is none.
Result<std::string> settle(WriteSession &session, Work &w, std::int64_t &ended) {
    auto remove = session.sql("DELETE FROM replay_item WHERE replay_id = ?1 AND message_id = ?2");
    if (!remove)
        return tl::unexpected(remove.error());
    std::vector<MessageId> over;
    std::string fresh;
    SONGDA_TRY(session.database().each("SELECT i.message_id, i.climb, i.life, m.life, m.state, m.cause FROM replay_item i"
                                       " LEFT JOIN message m ON m.id = i.message_id WHERE i.replay_id = ?1",
        [&](const Statement &s) {
            const auto state = s.isNull(4) ? std::nullopt : messageStateFromNumber(s.integer(4));
            // Somebody took it further, or it is in an archive: how it ended for us is not known any more.
            const bool ours = state && s.integer(2) == s.integer(3);
            if (ours && !isTerminal(*state))
                return true;
            over.push_back(s.id<MessageId>(0));
            const bool ofStep = s.integer(1) == w.climb;
            w.run.stepEnded += ofStep ? 1 : 0;
            if (!ours) {
                ++w.run.other;
            } else if (*state == MessageState::Accepted || *state == MessageState::Delivered) {
                ++w.run.accepted;
            } else if (isGroupedByCause(*state)) {
                ++w.run.failed;
                w.run.stepFailed += ofStep ? 1 : 0;
                const std::string cause = s.string(5);
                if (ofStep && fresh.empty() && !cause.empty() && !w.known.contains(cause))
                    fresh = cause;
            } else {
                ++w.run.other;
            }
            return true;
        },
        w.run.id));
    for (const MessageId id : over)
        SONGDA_TRY((*remove)->bindAll(w.run.id, id).run());
    ended = static_cast<std::int64_t>(over.size());
    return fresh;
}

Result<std::int64_t> underWay(WriteSession &session, ReplayId id) {
    return session.database().number("SELECT count(*) FROM replay_item WHERE replay_id = ?1", id);
}

/// Lets up to `count` messages go; answers how many went.
Result<std::int64_t> release(
    WriteSession &session, Work &w, std::int64_t count, const ReplayWorker &worker, PaceTime &paceFrom, Now now) {
    auto insert = session.sql("INSERT OR REPLACE INTO replay_item(replay_id, message_id, life, climb) VALUES(?1, ?2, ?3, ?4)");
    if (!insert)
        return tl::unexpected(insert.error());
    ActRequest request;
    request.audit = w.run.audit;
    request.run = worker.run;
    request.bootId = worker.bootId;
    request.mayArriveTwice = w.run.mayArriveTwice;
    request.leaveDiscarded = true;
    DeskActor actor(session, request, now);
    paceFrom = std::max(paceFrom, PaceTime(now.wall));
    const Micros apart{w.run.pace > 0 ? static_cast<Micros::rep>(1e6 / w.run.pace) : 0};
    std::int64_t gone = 0;
    std::int64_t looked = 0;
    while (gone < count && looked < mostAtOnce && w.run.position < w.run.size) {
        const auto ids = idsFrom(session, w.run.id, w.run.position);
        if (!ids)
            return tl::unexpected(ids.error());
        if (ids->empty())
            return fail(ErrorCode::Corrupt, "the frozen list of replay " + std::to_string(w.run.id.value) + " has a gap");
        for (const MessageId id : *ids) {
            if (gone >= count || looked >= mostAtOnce || (w.run.pace > 0 && paceFrom > now.wall + paceAhead))
                break;
            const auto acted = actor.act(id, w.run.pace > 0 ? std::optional(std::chrono::ceil<Millis>(paceFrom)) : std::nullopt, w.run.createdAt);
            if (!acted)
                return tl::unexpected(acted.error());
            ++w.run.position;
            ++looked;
            if (*acted == Acted::NeedsConfirmation) {
                ++w.run.needConfirmation;
            } else if (*acted == Acted::Skipped) {
                ++w.run.skipped;
            } else {
                SONGDA_TRY((*insert)->bindAll(w.run.id, id, actor.life(), w.climb).run());
                paceFrom += apart;
                ++gone;
            }
        }
        if (w.run.pace > 0 && paceFrom > now.wall + paceAhead)
            break;
    }
    return gone;
}

/// What freezing looks at; ?2 is the name of this boot.
constexpr const char *frozenColumns
    = "SELECT m.id, b.account_id, coalesce(m.cause, ''), m.state = 8 OR " SONGDA_MAY_HAVE_ARRIVED("m") ","
    " m.ambiguous_wall, m.ambiguous_steady, m.ambiguous_run, (SELECT boot_id FROM run WHERE id = m.ambiguous_run) = ?2,"
    " b.state = 1 OR t.hold_cause IS NOT NULL OR a.hold_cause IS NOT NULL,"
    " EXISTS (SELECT 1 FROM suppression s INDEXED BY suppression_active WHERE s.recipient_hash = m.recipient_hash AND s.lifted_at IS NULL"
    "  AND s.account_id = b.account_id AND s.openid = m.openid AND (s.template_ref IS NULL OR s.template_ref = b.template_ref)"
    "  AND s.cause IN ('opt_out', 'operator'))"
    " FROM message m ";

} // namespace

std::string fingerprintOf(const std::vector<MessageId> &sorted) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const MessageId id : sorted) {
        char line[24];
        const auto end = std::to_chars(line, line + sizeof line - 1, id.value).ptr;
        *end = '\n';
        hash.addData(QByteArrayView(line, end + 1 - line));
    }
    return hash.result().toHex().toStdString();
}

Result<ReplayPlan> freeze(Database &database, MessageFilter filter, Now now, RunId run, const std::string &bootId, const std::atomic<bool> *stop) {
    if (filter.states.empty())
        filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
    ReadSnapshot snapshot(database);
    SONGDA_TRY(snapshot.begin());
    const auto narrowed = narrow(database, filter);
    if (!narrowed)
        return tl::unexpected(narrowed.error());
    const auto runs = planRuns(database, *narrowed);
    if (!runs)
        return tl::unexpected(runs.error());
    const FilterClause clause(*narrowed);
    ReplayPlan plan;
    plan.frozenAt = now.wall;
    auto ids = std::make_shared<std::vector<MessageId>>();
    std::set<std::string> causes;
    for (const MessageRun &part : *runs) {
        auto statement = Statement::prepare(database.handle(), std::string(frozenColumns) + part.index
                + " CROSS JOIN batch b ON b.id = m.batch_id CROSS JOIN template t ON t.id = b.template_ref CROSS JOIN account a ON a.id = b.account_id"
                  " WHERE m.id <= ?1 AND m.id >= ?3" + part.where + clause.sql());
        if (!statement)
            return tl::unexpected(statement.error());
        Statement &s = *statement;
        s.bindAll(part.range.last, bootId, part.range.first, part.batch, part.state, part.cause);
        clause.bind(s, FilterClause::firstParameter);
        for (;;) {
            const auto row = s.step();
            if (!row)
                return tl::unexpected(row.error());
            if (!*row)
                break;
            if (stop && stop->load(std::memory_order_relaxed))
                return fail(ErrorCode::Cancelled, "stopped");
            ids->push_back(s.id<MessageId>(0));
            causes.insert(s.string(2));
            bool doubtful = s.integer(3) != 0;
            if (doubtful && !s.isNull(4)) {
                const AmbiguousSince since{s.time(4), SteadyTime{Micros{s.integer(5)}}, s.id<RunId>(6)};
                doubtful = safeRepeatTimeLeft(since, now, run, s.integer(7) != 0) <= Millis{0};
            }
            if (s.integer(9) != 0) {
                ++plan.refused;
            } else if (doubtful) {
                ++plan.needConfirmation;
                ++plan.doubtfulPerAccount[s.id<AccountId>(1)];
            } else {
                ++plan.willGo;
                plan.held += s.integer(8) != 0 ? 1 : 0;
                ++plan.perAccount[s.id<AccountId>(1)];
            }
        }
    }
    std::sort(ids->begin(), ids->end());
    plan.fingerprint = fingerprintOf(*ids);
    plan.ids = std::move(ids);
    causes.erase(std::string());
    plan.causes.assign(causes.begin(), causes.end());
    plan.filter = std::move(filter);
    return plan;
}

Result<ReplayId> insertReplay(
    WriteSession &session, const ReplayPlan &plan, const std::string &selection, const ReplayOptions &options, const Actor &actor, WallTime now) {
    const auto audit = recordAct(session, actor, auditName(DeskAct::Resend), selection, 0, now);
    if (!audit)
        return tl::unexpected(audit.error());
    auto insert = session.sql("INSERT INTO replay(created_at, created_by, reason, selection, fingerprint, size, state, pace, ladder, fail_share,"
                              " fail_least, may_arrive_twice, audit_id, known_causes, changed_at, changed_by, asked_by)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?15, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?2, ?16)");
    auto part = session.sql("INSERT INTO replay_part(replay_id, part, ids) VALUES(?1, ?2, ?3)");
    if (!insert || !part)
        return tl::unexpected((!insert ? insert : part).error());
    // What ended after the list was frozen is not what was seen; so the replay is as old as its list.
    const std::string ladder = ladderText(options.ladder);
    const std::string known = joined(plan.causes);
    const ReplayState state = options.waits ? ReplayState::Paused : ReplayState::Running;
    SONGDA_TRY((*insert)
                   ->bindAll(plan.frozenAt, actor.who, actor.reason, selection, plan.fingerprint, plan.size(), options.pace, ladder,
                       options.ladder.failShare, options.ladder.failLeast, options.mayArriveTwice, *audit, known, now,
                       static_cast<std::int64_t>(state), options.waits ? actor.who : std::string())
                   .run());
    const ReplayId id{session.database().lastInsertId()};
    for (std::int64_t first = 0; first < plan.size(); first += idsPerPart) {
        std::string text;
        std::int64_t last = 0;
        for (std::int64_t i = first; i < std::min(first + idsPerPart, plan.size()); ++i) {
            const std::int64_t value = (*plan.ids)[static_cast<std::size_t>(i)].value;
            text += (text.empty() ? "" : " ") + std::to_string(value - last);
            last = value;
        }
        SONGDA_TRY((*part)->bindAll(id, first / idsPerPart, text).run());
    }
    return id;
}

Result<std::vector<ReplayRun>> readReplays(Database &database, int limit, std::optional<ReplayId> before) {
    return database.all(SONGDA_REPLAY_COLUMNS "WHERE id < ?2 ORDER BY id DESC LIMIT ?1", [](const Statement &s) { return workAt(s).run; }, limit,
        before.value_or(ReplayId{INT64_MAX}));
}

Result<ReplayRun> readReplay(Database &database, ReplayId id) {
    auto work = readWork(database, id);
    return work ? Result<ReplayRun>(std::move(work->run)) : tl::unexpected(work.error());
}

Result<std::vector<ReplayId>> replaysAtWork(Database &database) {
    return database.all("SELECT id FROM replay WHERE state = 0 UNION SELECT replay_id FROM replay_item", [](const Statement &s) { return s.id<ReplayId>(0); });
}

Result<void> setReplayState(WriteSession &session, ReplayId id, ReplayState state, const Actor &actor, WallTime now) {
    auto work = readWork(session.database(), id);
    if (!work)
        return tl::unexpected(work.error());
    ReplayRun &r = work->run;
    if (r.state == state)
        return {};
    if (isOver(r.state))
        return fail(ErrorCode::InvalidInput, "replay " + std::to_string(id.value) + " is " + toString(r.state) + " already");
    if (state == ReplayState::Running)
        SONGDA_TRY(agreeToReplay(session, r, actor, now));
    if (state == ReplayState::Running && r.state == ReplayState::Stopped) {
        // Whoever lets it go on has seen why it stopped; whether that is mended, the first steps will show.
        if (!r.stopCause.empty())
            work->known.insert(r.stopCause);
        ++work->climb;
        r.step = 0;
        r.stepReleased = r.stepEnded = r.stepFailed = 0;
        r.stop = ReplayStop::None;
        r.stopCause.clear();
    }
    r.state = state;
    r.changedAt = now;
    r.changedBy = actor.who;
    if (isOver(state))
        r.finishedAt = now;
    SONGDA_TRY(store(session, *work));
    const char *act = state == ReplayState::Running ? "replay.resume" : state == ReplayState::Paused ? "replay.pause" : "replay.cancel";
    const auto audit = recordAct(session, actor, act, "replay " + std::to_string(id.value), r.size - r.position, now);
    return audit ? Result<void>{} : tl::unexpected(audit.error());
}

Result<ReplayWork> workOnReplay(WriteSession &session, ReplayId id, const ReplayWorker &worker, PaceTime &paceFrom, Now now) {
    auto work = readWork(session.database(), id);
    if (!work)
        return tl::unexpected(work.error());
    Work &w = *work;
    const ReplayRun before = w.run;
    ReplayWork done;
    const auto fresh = settle(session, w, done.ended);
    if (!fresh)
        return tl::unexpected(fresh.error());
    // What fails while it is paused stops it, too.
    if (w.run.state == ReplayState::Running || w.run.state == ReplayState::Paused) {
        const bool running = w.run.state == ReplayState::Running;
        const auto open = underWay(session, id);
        if (!open)
            return tl::unexpected(open.error());
        const LadderProgress progress{w.run.step, w.run.stepReleased, w.run.stepFailed, w.run.size - w.run.position, *open, !fresh->empty()};
        const LadderMove move = nextMove(w.run.ladder, progress);
        const auto end = [&](ReplayState state) {
            w.run.state = state;
            w.run.changedAt = now.wall;
            w.run.changedBy = worker.who;
        };
        if (move.kind == LadderMove::Kind::Stop) {
            end(ReplayState::Stopped);
            w.run.stop = move.why;
            w.run.stopCause = *fresh;
            const Actor self{worker.who, std::string(toString(move.why)) + (fresh->empty() ? "" : ": " + *fresh)};
            const auto audit = recordAct(session, self, "replay.stop", "replay " + std::to_string(id.value), w.run.size - w.run.position, now.wall);
            if (!audit)
                return tl::unexpected(audit.error());
        } else if (running && move.kind == LadderMove::Kind::Done) {
            end(ReplayState::Done);
            w.run.finishedAt = now.wall;
        } else if (running && move.kind == LadderMove::Kind::Release) {
            if (move.step != w.run.step) {
                w.run.step = move.step;
                w.run.stepReleased = w.run.stepEnded = w.run.stepFailed = 0;
                ++w.climb;
            }
            const auto gone = release(session, w, move.count, worker, paceFrom, now);
            if (!gone)
                return tl::unexpected(gone.error());
            done.released = *gone;
            w.run.stepReleased += *gone;
            w.run.released += *gone;
            SONGDA_TRY(setActCount(session, w.run.audit, w.run.released));
        }
        if (w.run.pace > 0 && paceFrom > now.wall)
            done.nextDue = std::chrono::ceil<Millis>(paceFrom);
    }
    done.running = w.run.state == ReplayState::Running;
    // A look that changed nothing shall not make the disk work.
    if (!(before == w.run))
        SONGDA_TRY(store(session, w));
    return done;
}

} // namespace songda::store
