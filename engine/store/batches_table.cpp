// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/batches_table.h"

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
                              " created_at, created_by) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)
                   ->bindAll(b.account, b.templateRef, static_cast<int>(b.kind), static_cast<int>(b.state), b.name,
                       b.source, b.priority, b.createdAt, b.createdBy)
                   .run());
    return BatchId{session.database().lastInsertId()};
}

Result<BatchId> singleBatch(WriteSession &session, AccountId account, TemplateRef templateRef, WallTime now) {
    auto found = session.sql("SELECT id FROM batch WHERE account_id = ?1 AND template_ref = ?2 AND kind = 0 AND state = 0");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(account, templateRef);
    const auto id = first(**found);
    if (!id)
        return tl::unexpected(id.error());
    if (*id)
        return **id;
    Batch batch;
    batch.account = account;
    batch.templateRef = templateRef;
    batch.kind = BatchKind::Single;
    batch.createdAt = now;
    return insertBatch(session, batch);
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

Result<bool> setBatchState(WriteSession &session, BatchId id, BatchState state) {
    auto update = session.sql("UPDATE batch SET state = ?2 WHERE id = ?1 AND state <> ?2");
    if (!update)
        return tl::unexpected(update.error());
    SONGDA_TRY((*update)->bindAll(id, static_cast<int>(state)).run());
    return session.database().changes() > 0;
}

Result<std::vector<Batch>> readBatches(Database &database, int limit) {
    const auto counts = readStateCounts(database);
    if (!counts)
        return tl::unexpected(counts.error());
    auto found = database.cached("SELECT id, account_id, template_ref, kind, state, name, source, priority, created_at,"
                                 " created_by FROM batch ORDER BY id DESC LIMIT ?1");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(limit);
    const StatementScope scope(s);
    std::vector<Batch> batches;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return batches;
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
        if (const auto it = counts->find(b.id); it != counts->end())
            b.counts = it->second;
        batches.push_back(std::move(b));
    }
}

} // namespace songda::store
