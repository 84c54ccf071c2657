// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/account.h"
#include "engine/store/statement.h"

namespace songda::store {

/// Reads hold_cause, hold_detail, hold_by, hold_since from four columns in a row.
std::optional<Hold> holdAt(const Statement &statement, int firstColumn);

} // namespace songda::store
