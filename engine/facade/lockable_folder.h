// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>
#include <string_view>

namespace songda {

/// Whether a file system is shared between machines, by the name the system gives it ("nfs4", "cifs"). SQLite's log is
/// read through memory that machines do not share (sqlite.org, "Write-Ahead Logging"), and locks there are often none.
bool isNetworkShare(std::string_view fileSystem);

/// Storage, with the folder and what to do, when a profile cannot be worked with where it lies: on a share, or where
/// nothing can be locked.
Result<void> checkLockable(const std::string &profileDir);

} // namespace songda
