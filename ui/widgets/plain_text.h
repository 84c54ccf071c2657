// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextDocument>
#include <QWidget>

namespace songda::ui {

/// Text for places of Qt that guess whether it is markup, such as tooltips: it shows as it is written.
inline QString asWritten(const QString &text) {
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text;
}

/// A tooltip with words from outside in it.
inline void setPlainToolTip(QWidget *widget, const QString &text) { widget->setToolTip(asWritten(text)); }

} // namespace songda::ui
