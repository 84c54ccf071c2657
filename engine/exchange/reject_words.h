// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/row_problem.h"

#include <array>
#include <string>

namespace songda::exchange {

/// Heads of the columns that a file of rejected rows begins with: line, column, reason.
std::array<const char *, 3> rejectColumns(bool chinese);
/// What is wrong with a row, as one sentence for that file. The English one names the particulars.
std::string rejectReason(const RowProblem &problem, bool chinese);

} // namespace songda::exchange
