// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace songda::ui {

/// How well what is typed fits a text: every typed word must be in it, at the best at its beginning or that of a word,
/// at the worst letter by letter in order. 0: does not fit; nothing typed fits everything alike. Pure.
int fit(const QString &typed, const QString &text);

} // namespace songda::ui
