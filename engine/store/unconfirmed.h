// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/model/radar.h"
#include "engine/store/database.h"

namespace songda::store {

/// How an account's latest messages stand with their reports. Looks at no more than the newest 200,000 rows.
Result<RadarReport> readRadar(Database &database, const Account &account, WallTime since, WallTime now, int first);

} // namespace songda::store
