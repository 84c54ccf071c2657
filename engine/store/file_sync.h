// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/error.h"

#include <string>

namespace songda::store {

/// Waits until a file, or a folder with the names in it, is on its disk. Storage when it cannot be opened or synced.
Result<void> syncFile(const std::string &path);

} // namespace songda::store
