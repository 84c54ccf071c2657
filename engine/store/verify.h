// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "engine/store/database.h"

#include <vector>

namespace songda::store {

/// Checks the invariants over the whole database, in one snapshot: what is broken, in sentences. May run
/// beside an engine.
Result<std::vector<Violation>> verify(Database &database);

} // namespace songda::store
