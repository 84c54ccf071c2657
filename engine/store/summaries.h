// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "engine/model/snapshot.h"
#include "engine/store/database.h"
#include "engine/store/write_session.h"

#include <vector>

namespace songda::store {

/// Dead and uncertain messages grouped by account, state and cause, biggest first, with what is known of the cause; from
/// the kept sums.
Result<std::vector<CauseGroup>> readCauseGroups(Database &database, WallTime now);
/// The same for one batch, without the hours.
Result<std::vector<CauseGroup>> readCauseGroups(Database &database, BatchId batch);
/// How often sending again after a cause helped.
Result<RetryOdds> readOdds(Database &database, AccountId account, const std::string &cause);
/// Writes a note about a cause, or takes it away when it is empty.
Result<void> setCauseNote(WriteSession &session, AccountId account, const std::string &cause, const std::string &note, const std::string &by, WallTime now);

/// Failed attempts since the full hour of `since`, from the hourly sums, and the dead letters that ended since then.
Result<std::vector<BreakdownRow>> readBreakdown(Database &database, WallTime since, BreakdownBy by);

/// Attempts per hour and cause since `since`, oldest first.
Result<std::vector<HourlyCount>> readHourly(Database &database, WallTime since);

/// Dead letters by the hour in which they ended and by cause, since the full hour of `since`, oldest first.
Result<std::vector<HourlyCount>> readHourlyDead(Database &database, WallTime since);

/// Messages by state, and attempts of this China day, of each account that ever had a message.
Result<std::vector<LookOn::OfAccount>> readAccountSums(Database &database, WallTime now);

/// Due time of the longest waiting message that is due before `now`; nothing when none is.
Result<std::optional<WallTime>> readOldestDue(Database &database, WallTime now);

} // namespace songda::store
