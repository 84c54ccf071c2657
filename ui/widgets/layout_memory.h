// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QSplitter;

namespace songda::ui {

/// Puts a splitter where it was left the last time, and notes where it is put.
void keepSplit(QSplitter *split, const QString &name);

/// How tall the rows of all tables are.
enum class Density { Compact, Normal, Roomy };
Density density();
void setDensity(Density density);
/// Height of a row for text of this height.
int rowHeight(int textHeight);

/// Forgets widths, orders and hidden columns of tables, where splitters stand and the size of the window; from the next
/// start on.
void forgetLayout();

} // namespace songda::ui
