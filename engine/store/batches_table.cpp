// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/batches_table.h"

#include "engine/store/approvals.h"

#include <algorithm>

namespace songda::store {

namespace {

Result<std::optional<BatchId>> first(Statement &s) {
    const StatementScope scope(s);
    const auto row = s.step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? std::optional(s.id<BatchId>(0)) : std::nullopt;
}

} // namespace

Result<BatchId> insertBatch(WriteSession &session, const Batch &b) {
    auto insert = session.sql("INSERT INTO batch(account_id, template_ref, kind, state, name, source, priority,"
                              " created_at, created_by, hold_by, hold_reason, hold_since, seeds, recall)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)
                   ->bindAll(b.account, b.templateRef, static_cast<int>(b.kind), static_cast<int>(b.state), b.name,
                       b.source, b.priority, b.createdAt, b.createdBy, b.hold ? std::optional(b.hold->by) : std::nullopt,
                       b.hold ? std::optional(b.hold->detail) : std::nullopt, b.hold ? std::optional(b.hold->since) : std::nullopt,
                       b.seeds, b.recall.count())
                   .run());
    return BatchId{session.database().lastInsertId()};
}

Result<BatchId> streamBatch(
    WriteSession &session, AccountId account, TemplateRef templateRef, int priority, WallTime now) {
    auto found = session.sql("SELECT id FROM batch WHERE account_id = ?1 AND template_ref = ?2 AND kind = 0 AND state = 0 AND priority = ?3");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(account, templateRef, priority);
    const auto id = first(**found);
    if (!id)
        return tl::unexpected(id.error());
    if (*id)
        return **id;
    Batch batch;
    batch.account = account;
    batch.templateRef = templateRef;
    batch.kind = BatchKind::Single;
    batch.priority = priority;
    batch.createdAt = now;
    return insertBatch(session, batch);
}

Result<IntakeBatch> intakeBatch(WriteSession &session, Batch wanted, const std::string &client) {
    const bool named = !wanted.name.empty() && wanted.name != client;
    if (!named)
        wanted.name = client;
    wanted.kind = BatchKind::Intake;
    auto found = session.sql("SELECT id FROM batch INDEXED BY batch_intake WHERE kind = 2 AND created_by = ?1 AND name = ?2 AND account_id = ?3"
                             " AND template_ref = ?4 AND priority = ?5 AND (state = 0 OR (?6 AND state = 1)) ORDER BY id DESC LIMIT 1");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(wanted.createdBy, wanted.name, wanted.account, wanted.templateRef, wanted.priority, named);
    const auto id = first(**found);
    if (!id)
        return tl::unexpected(id.error());
    if (*id)
        return IntakeBatch{**id, false};
    return insertBatch(session, wanted).map([](BatchId made) { return IntakeBatch{made, true}; });
}

Result<void> deleteFreshBatch(WriteSession &session, BatchId id) {
    auto remove = session.sql("DELETE FROM batch WHERE id = ?1");
    if (!remove)
        return tl::unexpected(remove.error());
    return (*remove)->bindAll(id).run();
}

Result<std::optional<BatchId>> findImportBatch(
    Database &database, AccountId account, TemplateRef templateRef, const std::string &name) {
    auto found = database.cached("SELECT id FROM batch WHERE name = ?3 AND account_id = ?1 AND template_ref = ?2"
                                 " AND kind = 1 AND state <> 2 ORDER BY id DESC LIMIT 1");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(account, templateRef, name);
    return first(**found);
}

Result<BatchState> batchState(Database &database, BatchId id) {
    const auto state = database.first("SELECT state FROM batch WHERE id = ?1", [](const Statement &s) { return static_cast<BatchState>(s.integer(0)); }, id);
    if (!state)
        return tl::unexpected(state.error());
    if (!*state)
        return fail(ErrorCode::NotFound, "there is no batch " + std::to_string(id.value));
    return **state;
}

Result<bool> setBatchState(WriteSession &session, BatchId id, BatchState state, const Actor &actor, WallTime now) {
    SONGDA_TRY(session.flushSums());
    const auto batch = readBatch(session.database(), id);
    if (!batch)
        return tl::unexpected(batch.error());
    // What a person says stands instead of what Songda stopped it for.
    const bool takesOver = state == BatchState::Paused && batch->hold && isOwnHold(batch->hold->detail);
    if (batch->state == state && !takesOver)
        return false;
    if (batch->state == BatchState::Cancelled)
        return fail(ErrorCode::InvalidInput,
            "batch " + std::to_string(id.value) + " was cancelled; send its rest, or single messages of it, to go on");
    auto update = session.sql("UPDATE batch SET state = ?2, hold_by = ?3, hold_reason = ?4, hold_since = ?5, leaves_at = ?6 WHERE id = ?1");
    if (!update)
        return tl::unexpected(update.error());
    const bool stopped = state != BatchState::Active;
    // Whoever lets it go can still take it back.
    const bool fresh = batch->counts[MessageState::Queued] + batch->counts[MessageState::Held] == batch->counts.total();
    const bool isWindowed = fresh || (batch->hold && isOwnHold(batch->hold->detail));
    const WallTime leavesAt = !stopped && isWindowed && batch->recall > Millis{0} ? now + batch->recall : batch->leavesAt;
    SONGDA_TRY((*update)
                   ->bindAll(id, static_cast<int>(state), stopped ? std::optional(actor.who) : std::nullopt,
                       stopped ? std::optional(actor.reason) : std::nullopt, stopped ? std::optional(now) : std::nullopt, leavesAt)
                   .run());
    return true;
}

Result<void> raiseRecall(WriteSession &session, BatchId id, Millis recall) {
    return session.run("UPDATE batch SET recall = max(recall, ?2) WHERE id = ?1", id, std::int64_t{recall.count()});
}

Result<void> pauseHalfCancelled(WriteSession &session, BatchId id, const Actor &actor, WallTime now) {
    auto update = session.sql("UPDATE batch SET state = 1, hold_by = ?2, hold_reason = ?3, hold_since = ?4 WHERE id = ?1 AND state = 2");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(id, actor.who, actor.reason, now).run();
}

Result<bool> reopenBatch(WriteSession &session, BatchId id) {
    SONGDA_TRY(session.flushSums());
    auto update = session.sql("UPDATE batch SET state = 0, hold_by = NULL, hold_reason = NULL, hold_since = NULL, leaves_at = 0 WHERE id = ?1 AND NOT EXISTS"
                              " (SELECT 1 FROM counter WHERE batch_id = ?1 AND state IN (0, 1, 2, 3) AND n > 0)");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(id).run());
    return session.database().changes() > 0;
}

namespace {

#define SONGDA_BATCH_COLUMNS \
    "SELECT id, account_id, template_ref, kind, state, name, source, priority, created_at, created_by, hold_by, hold_reason, hold_since," \
    " asked_by, granted, granted_by, seeds, recall, leaves_at FROM batch "

/// The sums of batches that are in order of their ids, newest first; what the rest has is not read.
Result<void> fillCounts(Database &database, std::vector<Batch> &batches) {
    if (batches.empty())
        return {};
    return database.each(
        "SELECT batch_id, state, n FROM counter WHERE state IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) AND batch_id BETWEEN ?1 AND ?2 AND n <> 0",
        [&batches](const Statement &s) {
            const auto id = s.id<BatchId>(0);
            const auto found = std::lower_bound(batches.begin(), batches.end(), id, [](const Batch &b, BatchId wanted) { return wanted < b.id; });
            const auto state = messageStateFromNumber(s.integer(1));
            if (found != batches.end() && found->id == id && state)
                found->counts[*state] += s.integer(2);
            return true;
        },
        batches.back().id, batches.front().id);
}

Result<std::vector<Batch>> readAll(Database &database, Statement &s) {
    const StatementScope scope(s);
    std::vector<Batch> batches;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row) {
            SONGDA_TRY(fillCounts(database, batches));
            return batches;
        }
        Batch b;
        b.id = s.id<BatchId>(0);
        b.account = s.id<AccountId>(1);
        b.templateRef = s.id<TemplateRef>(2);
        b.kind = static_cast<BatchKind>(s.integer(3));
        b.state = static_cast<BatchState>(s.integer(4));
        b.name = s.string(5);
        b.source = s.string(6);
        b.priority = static_cast<int>(s.integer(7));
        b.createdAt = s.time(8);
        b.createdBy = s.string(9);
        if (!s.isNull(12))
            b.hold = Hold{"operator", s.string(11), s.string(10), s.time(12)};
        b.approval = approvalAt(s, 13);
        b.seeds = s.integer(16);
        b.recall = Millis{s.integer(17)};
        b.leavesAt = s.time(18);
        batches.push_back(std::move(b));
    }
}

} // namespace

Result<std::vector<BatchAccount>> readBatchAccounts(Database &database, BatchId after, int limit) {
    return database.all("SELECT id, account_id FROM batch WHERE id > ?1 ORDER BY id LIMIT ?2",
        [](const Statement &s) { return BatchAccount{s.id<BatchId>(0), s.id<AccountId>(1)}; }, after, limit);
}

Result<std::vector<Batch>> readBatches(Database &database, int limit) {
    auto found = database.cached(SONGDA_BATCH_COLUMNS "ORDER BY id DESC LIMIT ?1");
    if (!found)
        return tl::unexpected(found.error());
    return readAll(database, (*found)->bindAll(limit));
}

Result<std::vector<Batch>> findBatches(Database &database, const BatchSearch &search) {
    auto found = database.cached(SONGDA_BATCH_COLUMNS
        "WHERE id < ?1 AND (?2 = '' OR name LIKE ?3 ESCAPE '\\' OR created_by LIKE ?3 ESCAPE '\\' OR CAST(id AS TEXT) = ?2)"
        " AND (?4 OR kind <> 0) AND (NOT ?5 OR id IN (SELECT batch_id FROM counter WHERE state IN (0, 1, 2, 3) AND n > 0))"
        " ORDER BY id DESC LIMIT ?6");
    if (!found)
        return tl::unexpected(found.error());
    std::string part = "%";
    for (const char c : search.text) {
        if (c == '%' || c == '_' || c == '\\')
            part += '\\';
        part += c;
    }
    part += '%';
    return readAll(database, (*found)->bindAll(search.before.value_or(BatchId{INT64_MAX}), search.text, part, search.withSingles, search.waiting, std::clamp(search.limit, 1, 10'000)));
}

Result<std::optional<BatchId>> batchNamed(Database &database, const std::string &name) {
    return database.first("SELECT id FROM batch WHERE name = ?1 COLLATE NOCASE ORDER BY id DESC LIMIT 1", [](const Statement &s) { return s.id<BatchId>(0); }, name);
}

Result<Batch> readBatch(Database &database, BatchId id) {
    auto found = database.cached(SONGDA_BATCH_COLUMNS "WHERE id = ?1");
    if (!found)
        return tl::unexpected(found.error());
    auto batches = readAll(database, (*found)->bindAll(id));
    if (!batches)
        return tl::unexpected(batches.error());
    if (batches->empty())
        return fail(ErrorCode::NotFound, "there is no batch " + std::to_string(id.value));
    return std::move(batches->front());
}

#undef SONGDA_BATCH_COLUMNS

Result<std::vector<BatchId>> halfCancelled(Database &database) {
    return database.all(
        "SELECT DISTINCT b.id FROM batch b JOIN counter c ON c.batch_id = b.id WHERE b.state = ?1 AND c.state IN (?2, ?3, ?4) AND c.n > 0",
        [](const Statement &s) { return s.id<BatchId>(0); }, static_cast<int>(BatchState::Cancelled), MessageState::Held, MessageState::Queued,
        MessageState::Retrying);
}

} // namespace songda::store
