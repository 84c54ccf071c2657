// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "ui/models/rows_model.h"

namespace songda::ui {

class Directory;

using BatchTable = RowsModel<Batch>;
/// Batches with how far they are, who made them and why one stands still.
BatchTable *makeBatchTable(const Directory &directory, QObject *parent);

/// "Done" where everything that was to go has ended.
QString batchStateText(const Batch &batch);
Tone batchTone(const Batch &batch);
/// Nothing more happens to it by itself.
bool isOver(const Batch &batch);
/// "1,203 / 2,000"
QString batchProgress(const Batch &batch);

} // namespace songda::ui
