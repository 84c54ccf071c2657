// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/engine.h"

#include <QPointF>
#include <QWidget>
#include <utility>
#include <vector>

namespace songda::ui {

/// Where a message stands in the machine of states, and how it came there.
struct StatePassage {
    std::vector<MessageState> path; ///< of the present life, in order; the last one is where it stands
    std::vector<std::pair<MessageState, MessageState>> steps; ///< of the present life: from where to where
    std::vector<MessageState> before; ///< what it went through in earlier lives
    int life = 1;
};
/// Read off its attempts, which are the record. Pure.
StatePassage passageOf(const MessageDetail &detail);

/// The machine of states, drawn: every state a message can be in, the path this one took, where it stands, and what it
/// went through in earlier lives. For a screen reader it is the path in words.
class StateMap final : public QWidget {
    Q_OBJECT
public:
    explicit StateMap(QWidget *parent = nullptr);

    void show(const StatePassage &passage);
    /// Whether there is an arrow for this step.
    static bool draws(MessageState from, MessageState to);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Place {
        MessageState state;
        int column, row;
    };
    static const std::vector<Place> &places();
    QRectF boxOf(MessageState state) const;
    int rowHeight() const;
    int widestName() const;
    void describe();
    /// The corners of the arrow from one box to the other.
    std::vector<QPointF> routeOf(MessageState from, MessageState to) const;
    void drawArrow(QPainter &painter, MessageState from, MessageState to, bool taken) const;

    StatePassage m_passage;
};

} // namespace songda::ui
