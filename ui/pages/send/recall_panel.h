// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"
#include "ui/widgets/texts.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QLabel;
class QPushButton;

namespace songda::ui {

/// The moment in which nothing of a batch has left: how long it still lasts, and one big button.
class RecallPanel final : public QWidget {
    Q_OBJECT
public:
    explicit RecallPanel(QWidget *parent = nullptr);

    /// Nothing, or a time that is over: hidden.
    /// `first`: of `messages` nothing has left yet; otherwise they are what was added to others.
    void show(std::optional<WallTime> leavesAt, std::int64_t messages, bool first);
    void setActing(bool may);

Q_SIGNALS:
    void takeBack();

private:
    void fill();

    std::optional<WallTime> m_leavesAt;
    std::int64_t m_messages = 0;
    bool m_first = true;
    QTimer m_tick;
    QLabel *m_countdown;
    QLabel *m_explanation;
    QPushButton *m_button;
    Texts m_texts;
};

} // namespace songda::ui
