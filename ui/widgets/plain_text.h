// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextDocument>
#include <QWidget>
#include <algorithm>

namespace songda::ui {

/// Marks that turn the direction in which the words around them are written.
inline bool turnsWriting(QChar c) {
    const char16_t u = c.unicode();
    return u == 0x061C || u == 0x200E || u == 0x200F || (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069);
}

/// Words from outside as they may stand on the screen: at most so many characters, because laying a megabyte out takes
/// seconds, and with marks that turn the direction of writing as a sign that is seen. Only for showing: what is copied or
/// sent is the text itself.
inline QString shown(const QString &text, qsizetype most = 2000) {
    const bool fine = text.size() <= most && std::none_of(text.cbegin(), text.cend(), turnsWriting);
    if (fine)
        return text;
    QString made = text.size() > most ? text.left(most - 1) + QChar(0x2026) : text;
    for (QChar &c : made) {
        if (turnsWriting(c))
            c = QChar::ReplacementCharacter;
    }
    return made;
}

/// Text for places of Qt that guess whether it is markup, such as tooltips: it shows as it is written. Long text is broken
/// into lines, which Qt does for markup only.
inline QString asWritten(const QString &given) {
    constexpr qsizetype aLine = 90;
    const QString text = shown(given);
    if (text.size() > aLine)
        return Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal);
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text;
}

/// Words from outside for a notice of the desktop. Some desktops read markup in them and none says so beforehand, so there
/// is nothing left that could begin any.
inline QString forNotice(const QString &text) {
    return shown(text, 300).replace(QLatin1Char('<'), QChar(0x2039)).replace(QLatin1Char('>'), QChar(0x203A)).replace(QLatin1Char('&'), QChar(0xFF06));
}

/// Words from outside for an entry of a menu or a button: what would mark a key shows as it is written.
inline QString inMenu(const QString &text) { return shown(text, 200).replace(QLatin1Char('&'), QLatin1String("&&")); }

/// A tooltip with words from outside in it.
inline void setPlainToolTip(QWidget *widget, const QString &text) { widget->setToolTip(asWritten(text)); }

} // namespace songda::ui
