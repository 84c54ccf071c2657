// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "engine/model/audit.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

Result<BatchId> insertBatch(WriteSession &session, const Batch &batch);
/// The account's shared batch for what comes one by one with a template and priority; made on first use.
Result<BatchId> streamBatch(
    WriteSession &session, AccountId account, TemplateRef templateRef, int priority, WallTime now);
/// A business system's open batch for an account, template and priority: the one it names, or the one it is called after
/// for all it hands over without a name; made on first use. A named one that was paused takes more, and keeps it waiting.
struct IntakeBatch {
    BatchId id;
    bool fresh = false; ///< made just now
};
Result<IntakeBatch> intakeBatch(WriteSession &session, Batch wanted, const std::string &client);
/// Takes a batch back that this very transaction made and nothing went into.
Result<void> deleteFreshBatch(WriteSession &session, BatchId id);
/// The import batch of this name, account and template, to which a later import of that name adds.
Result<std::optional<BatchId>> findImportBatch(
    Database &database, AccountId account, TemplateRef templateRef, const std::string &name);
/// NotFound when there is none.
Result<BatchState> batchState(Database &database, BatchId id);
/// False when it is in that state already; a person's pause replaces what Songda itself paused it for. A batch of which nothing
/// has left, or that waited for somebody to look, can be taken back for its time after it was let go. A cancelled batch goes on
/// only by reopenBatch().
Result<bool> setBatchState(WriteSession &session, BatchId id, BatchState state, const Actor &actor, WallTime now);
/// A batch can be taken back for at least so long after it was let go.
Result<void> raiseRecall(WriteSession &session, BatchId id, Millis recall);
/// Pauses a batch whose cancelling a person ended on the way; any other is left as it is.
Result<void> pauseHalfCancelled(WriteSession &session, BatchId id, const Actor &actor, WallTime now);
/// Lets a cancelled batch take messages again that a person sends after all; false while its cancelling is not through.
Result<bool> reopenBatch(WriteSession &session, BatchId id);

struct BatchAccount {
    BatchId batch;
    AccountId account;
};
/// Which account each batch after one is of, in order of their ids; at most `limit`.
Result<std::vector<BatchAccount>> readBatchAccounts(Database &database, BatchId after, int limit);
/// Newest first, sums included; at most `limit`.
Result<std::vector<Batch>> readBatches(Database &database, int limit);
Result<std::vector<Batch>> findBatches(Database &database, const BatchSearch &search);
/// The newest of this name, whatever its case.
Result<std::optional<BatchId>> batchNamed(Database &database, const std::string &name);
/// Cancelled ones of which messages wait all the same: a process ended in the middle.
Result<std::vector<BatchId>> halfCancelled(Database &database);
/// NotFound when there is none.
Result<Batch> readBatch(Database &database, BatchId id);

} // namespace songda::store
