// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QString>

namespace songda::ui {

/// An icon of our one family (resources/icons), drawn in the text colour of the theme at the moment it is painted.
/// `name` without folder and ending.
QIcon icon(const QString &name);
/// The same in one colour.
QPixmap iconPixmap(const QString &name, const QColor &colour, int side, qreal ratio);

} // namespace songda::ui
