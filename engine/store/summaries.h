// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "engine/store/database.h"

#include <vector>

namespace songda::store {

/// Dead and uncertain messages grouped by account, state and cause, biggest first; from the kept sums.
Result<std::vector<CauseGroup>> readCauseGroups(Database &database);

/// Failed attempts since `since`, from the hourly sums.
Result<std::vector<BreakdownRow>> readBreakdown(Database &database, WallTime since, BreakdownBy by);

/// Attempts per hour and cause since `since`, oldest first.
Result<std::vector<HourlyCount>> readHourly(Database &database, WallTime since);

/// Due time of the longest waiting message that is due before `now`; nothing when none is.
Result<std::optional<WallTime>> readOldestDue(Database &database, WallTime now);

} // namespace songda::store
