// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/batch.h"
#include "engine/model/queries.h"
#include "ui/models/rows_model.h"

namespace songda::ui {

class Directory;

/// People of a batch who did not get it, for one reason.
struct Missed {
    MessageState state = MessageState::Dead;
    std::string cause; ///< empty: the state says all
    std::int64_t people = 0;

    bool operator==(const Missed &) const = default;
};

using MissedTable = RowsModel<Missed>;
MissedTable *makeMissedTable(const Directory &directory, QObject *parent);

/// Every message of a batch that has ended and did not arrive, biggest group first: dead letters by cause, cancelled and
/// expired ones. Pure.
std::vector<Missed> missedOf(const StateCounts &counts, const std::vector<CauseGroup> &deadLetters);

} // namespace songda::ui
