// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/wheel_guard.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>

namespace songda::ui {

WheelGuard::WheelGuard(QObject *parent)
    : QObject(parent) {
    QCoreApplication::instance()->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject *watched, QEvent *event) {
    const bool wheel = event->type() == QEvent::Wheel;
    if (!wheel && event->type() != QEvent::Polish)
        return false;
    // QDateTimeEdit is one of the spin boxes.
    if (qobject_cast<QComboBox *>(watched) == nullptr && qobject_cast<QAbstractSpinBox *>(watched) == nullptr)
        return false;
    auto *field = static_cast<QWidget *>(watched);
    // By itself the wheel would give it the focus, and then turn it.
    if (field->focusPolicy() == Qt::WheelFocus)
        field->setFocusPolicy(Qt::StrongFocus);
    if (!wheel || field->hasFocus())
        return false;
    event->ignore(); // what it lies in may scroll
    return true;
}

} // namespace songda::ui
