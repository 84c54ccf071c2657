// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QKeySequence>
#include <QPointer>
#include <QString>
#include <functional>

namespace songda::ui {

/// One thing an operator can do, as the palette, the map of keys and the keyboard know it.
struct Command {
    QString id; ///< English and stable: what one may also type into the palette in any language
    std::function<QString()> name;
    QKeySequence key; ///< empty: by the palette only
    std::function<void()> run;
    std::function<bool()> offered = [] { return true; }; ///< whether it would do anything now
    QPointer<QAbstractButton> button = nullptr; ///< the button that does the same, if there is one
};

/// The words of a button without the dots that announce a question.
inline QString commandName(const QAbstractButton &button) {
    QString name = button.text().isEmpty() ? button.accessibleName() : button.text();
    while (name.endsWith(QChar(0x2026)))
        name.chop(1);
    return name.remove(QLatin1Char('&'));
}

/// What a button does, under a key. Never while it is hidden or greyed out.
inline Command commandOf(QAbstractButton *button, const QString &id, const QKeySequence &key = {}) {
    return {id, [button] { return commandName(*button); }, key, [button] { button->click(); },
        [button] { return button->isVisible() && button->isEnabled(); }, button};
}

} // namespace songda::ui
