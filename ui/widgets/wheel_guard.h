// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace songda::ui {

/// Keeps the wheel from changing a box, number or time that merely lies under the mouse while somebody scrolls past it: the
/// wheel turns what has the focus, and goes to what scrolls everywhere else. Watches the whole program from when it is
/// made; GUI thread.
class WheelGuard final : public QObject {
    Q_OBJECT
public:
    explicit WheelGuard(QObject *parent);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace songda::ui
