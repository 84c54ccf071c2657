// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace songda::exchange {

/// Whether a spreadsheet program may take a cell for a formula: = + - @, one of their wide forms, a tab, a line break or a
/// NUL in front, also behind blanks and marks that are not seen. Plain numbers such as -5 are none.
bool isFormula(std::string_view cell);

/// Written with an apostrophe in front, so that it is shown as text: formulas, and what would look like a guarded formula
/// when it is read back.
bool needsGuard(std::string_view cell);
/// Whether the apostrophe in front of a cell is such a guard: what was meant begins behind it.
bool isGuarded(std::string_view cell);

} // namespace songda::exchange
