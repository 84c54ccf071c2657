// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/store/database.h"

namespace songda::store {

/// The schema version this program writes: the number of the last file in resources/schema.
int newestSchemaVersion();

/// Brings a database to that version by the numbered files, each in a transaction of its own together with
/// its version number, so that a kill in between leaves a whole older schema. A new database is built by
/// the same list. A copy of a database with data is made beside it before its first step: whole, synced to disk and
/// readable by its owner before it has its name, so that there is always one from before or nothing was changed yet.
Result<void> migrate(Database &database);

} // namespace songda::store
