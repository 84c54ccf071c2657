// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/texts.h"

#include <QEvent>
#include <QWidget>

namespace songda::ui {

Texts::Texts(QWidget *owner) {
    owner->installEventFilter(this);
}

void Texts::add(std::function<void()> set) {
    set();
    m_setters.push_back(std::move(set));
}

void Texts::again() const {
    for (const auto &set : m_setters)
        set();
}

bool Texts::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::LanguageChange)
        again();
    return QObject::eventFilter(watched, event);
}

} // namespace songda::ui
