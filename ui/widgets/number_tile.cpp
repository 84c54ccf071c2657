// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/number_tile.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QPainter>

namespace songda::ui {

NumberTile::NumberTile(QWidget *parent)
    : QAbstractButton(parent) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    setEnabled(false);
}

void NumberTile::setName(const QString &name) {
    m_name = name;
    describe();
}

void NumberTile::setNumber(std::int64_t n, Tone tone) {
    if (n == m_number && tone == m_tone)
        return;
    m_number = n;
    m_tone = tone;
    setEnabled(n > 0);
    setCursor(n > 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    describe();
}

void NumberTile::describe() {
    setAccessibleName(QStringLiteral("%1: %2").arg(m_name, ui::number(m_number)));
    updateGeometry();
    update();
}

QFont NumberTile::numberFont() const {
    QFont large = sized(font(), Letters::Figure);
    large.setWeight(QFont::DemiBold);
    return large;
}

QSize NumberTile::sizeHint() const {
    const QFontMetrics large(numberFont());
    return {qMax(large.horizontalAdvance(ui::number(m_number)), fontMetrics().horizontalAdvance(m_name)) + 2 * grid,
        large.height() + fontMetrics().height() + grid};
}

void NumberTile::enterEvent(QEnterEvent *event) {
    update();
    QAbstractButton::enterEvent(event);
}

void NumberTile::leaveEvent(QEvent *event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void NumberTile::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    QColor ground = colours.accent;
    ground.setAlphaF(isEnabled() && underMouse() ? 0.09F : 0.0F);
    painter.setBrush(ground);
    painter.setPen(hasFocus() ? QPen(colours.accent) : QPen(Qt::NoPen));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    const QFont large = numberFont();
    const int split = QFontMetrics(large).height() + grid / 2;
    painter.setFont(large);
    painter.setPen(m_number == 0 ? colours.muted : m_tone == Tone::Neutral ? colours.text : colours.tone(m_tone));
    painter.drawText(QRect(0, grid / 2, width(), split - grid / 2), Qt::AlignCenter, ui::number(m_number));
    painter.setFont(font());
    painter.setPen(colours.muted);
    painter.drawText(QRect(0, split, width(), height() - split), Qt::AlignHCenter | Qt::AlignTop, m_name);
}

} // namespace songda::ui
