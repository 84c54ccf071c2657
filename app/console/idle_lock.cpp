// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/idle_lock.h"

#include <QCoreApplication>
#include <QEvent>

namespace songda::console {

IdleLock::IdleLock(QObject *parent)
    : QObject(parent) {
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &IdleLock::idle);
    QCoreApplication::instance()->installEventFilter(this);
}

void IdleLock::setLimit(std::chrono::milliseconds limit) {
    m_timer.stop();
    if (limit.count() <= 0)
        return;
    m_timer.setInterval(limit);
    m_timer.start();
}

bool IdleLock::eventFilter(QObject *watched, QEvent *event) {
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
        if (m_timer.isActive())
            m_timer.start();
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace songda::console
