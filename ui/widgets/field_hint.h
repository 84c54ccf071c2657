// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QLabel;
class QString;
class QWidget;

namespace songda::ui {

/// A field with its explanation below, which turns into the fault when there is one.
QWidget *withHint(QWidget *edit, QLabel *hint);
/// Says under a field what belongs into it, or, in red, what is wrong with it.
void mark(QWidget *edit, QLabel *hint, bool wrong, const QString &text);

} // namespace songda::ui
