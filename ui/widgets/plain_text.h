// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextDocument>
#include <QWidget>

namespace songda::ui {

/// Text for places of Qt that guess whether it is markup, such as tooltips: it shows as it is written. Long text is broken
/// into lines, which Qt does for markup only.
inline QString asWritten(const QString &text) {
    constexpr qsizetype aLine = 90;
    if (text.size() > aLine)
        return Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal);
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text;
}

/// A tooltip with words from outside in it.
inline void setPlainToolTip(QWidget *widget, const QString &text) { widget->setToolTip(asWritten(text)); }

} // namespace songda::ui
