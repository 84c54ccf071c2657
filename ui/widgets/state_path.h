// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/message.h"

#include <QWidget>
#include <vector>

namespace songda::ui {

/// The life of a message drawn as its states, with the path it took and where it stands.
class StatePath final : public QWidget {
    Q_OBJECT
public:
    explicit StatePath(QWidget *parent = nullptr);

    void show(const Message &message, bool retried);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    std::vector<MessageState> m_path; ///< the last one is where it stands
};

} // namespace songda::ui
