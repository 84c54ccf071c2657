// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace songda::testing {

/// The number of schema files: the version that a new database gets.
int newestSchema();

/// Rewrites a database that is not in use as the program of an earlier schema version would have left it: the first
/// `version` schema files and the rows, as far as that schema has columns for them. Says what went wrong, or nothing.
QString makeOlder(const QString &databaseFile, int version);

/// Sets the version number and nothing else.
QString setSchemaVersion(const QString &databaseFile, int version);

} // namespace songda::testing
