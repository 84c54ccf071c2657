// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>

namespace songda::console {

/// Says when nobody has touched a key or the mouse for a while. GUI thread.
class IdleLock final : public QObject {
    Q_OBJECT
public:
    explicit IdleLock(QObject *parent = nullptr);

    /// 0: never.
    void setLimit(std::chrono::milliseconds limit);
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void idle();

private:
    QTimer m_timer;
};

} // namespace songda::console
