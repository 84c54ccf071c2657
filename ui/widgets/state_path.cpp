// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/state_path.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QEvent>
#include <QPainter>

namespace songda::ui {

StatePath::StatePath(QWidget *parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StatePath::show(const Message &m, bool retried) {
    m_path = {MessageState::Queued};
    const auto go = [this](MessageState s) {
        if (m_path.back() != s)
            m_path.push_back(s);
    };
    if (m.attempts > 0)
        go(MessageState::Sending);
    if (retried) {
        go(MessageState::Retrying);
        if (m.state != MessageState::Retrying)
            go(MessageState::Sending);
    }
    if (m.state == MessageState::Delivered || m.state == MessageState::Undelivered)
        go(MessageState::Accepted);
    if (m.state == MessageState::Held)
        m_path = {MessageState::Held};
    else
        go(m.state);
    QStringList names;
    for (const MessageState s : m_path)
        names.append(words::state(s));
    setAccessibleName(names.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize StatePath::sizeHint() const {
    int width = 0;
    for (const MessageState s : m_path)
        width += fontMetrics().horizontalAdvance(words::state(s)) + 2 * grid + 22;
    return {width, fontMetrics().height() + 14};
}

void StatePath::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    int x = 0;
    for (std::size_t i = 0; i < m_path.size(); ++i) {
        const bool last = i + 1 == m_path.size();
        const QString name = words::state(m_path[i]);
        const QRectF box(x + 0.5, 3.5, fontMetrics().horizontalAdvance(name) + 2 * grid, height() - 7);
        const Tone tone = last ? words::tone(m_path[i]) : Tone::Neutral;
        painter.setPen(last ? colours.tone(tone) : colours.line);
        painter.setBrush(last ? QBrush(colours.ground(tone)) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(box, 5, 5);
        painter.setPen(last ? colours.tone(tone) : colours.muted);
        painter.drawText(box, Qt::AlignCenter, name);
        x = static_cast<int>(box.right()) + 4;
        if (!last) {
            painter.setPen(QPen(colours.muted, 1.4));
            const double y = height() / 2.0;
            painter.drawLine(QPointF(x, y), QPointF(x + 11, y));
            painter.drawLine(QPointF(x + 7, y - 4), QPointF(x + 11, y));
            painter.drawLine(QPointF(x + 7, y + 4), QPointF(x + 11, y));
            x += 16;
        }
    }
}

void StatePath::changeEvent(QEvent *event) {
    if (event->type() == QEvent::LanguageChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

} // namespace songda::ui
