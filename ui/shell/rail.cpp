// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/widgets/colours.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/parts.h"

#include <QEvent>
#include <QPainter>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>
#include <algorithm>

namespace songda::ui {

RailButton::RailButton(QString icon, QWidget *parent)
    : QAbstractButton(parent)
    , m_icon(std::move(icon)) {
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RailButton::setBadge(std::int64_t n) {
    if (n == m_badge)
        return;
    m_badge = n;
    setAccessibleDescription(n > 0 ? QString::number(n) : QString());
    update();
}

QSize RailButton::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text()) + 96, fontMetrics().height() + 18};
}

void RailButton::enterEvent(QEnterEvent *event) {
    update();
    QAbstractButton::enterEvent(event);
}

void RailButton::leaveEvent(QEvent *event) {
    update();
    QAbstractButton::leaveEvent(event);
}

void RailButton::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    const QRectF ground = QRectF(rect()).adjusted(6.5, 1.5, -6.5, -1.5);
    QColor fill = colours.accent;
    fill.setAlphaF(isChecked() ? 0.16F : underMouse() ? 0.07F : 0.0F);
    painter.setPen(hasFocus() ? QPen(colours.accent) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(ground, 5, 5);
    const QColor ink = isChecked() ? colours.accent : colours.text;
    const int side = 18;
    const int top = (height() - side) / 2;
    painter.drawPixmap(18, top, side, side, iconPixmap(m_icon, ink, side, devicePixelRatioF()));
    QFont font = painter.font();
    font.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(rect().adjusted(46, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (m_badge <= 0)
        return;
    const QString number = m_badge > 9999 ? QStringLiteral("9999+") : QString::number(m_badge);
    const QFont small = sized(font, Letters::Small);
    painter.setFont(small);
    const int width = QFontMetrics(small).horizontalAdvance(number) + 12;
    const QRectF badge(this->width() - width - 14, height() / 2.0 - 9, width, 18);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground(Tone::Bad));
    painter.drawRoundedRect(badge, 9, 9);
    painter.setPen(colours.bad);
    painter.drawText(badge, Qt::AlignCenter, number);
}

Rail::Rail(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_area(new QScrollArea)
    , m_list(new QWidget)
    , m_buttons(new QVBoxLayout(m_list)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    m_layout->setContentsMargins(0, grid, 0, grid);
    m_layout->setSpacing(0);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setWidget(m_list);
    m_layout->addWidget(m_area, 1);
    m_buttons->setContentsMargins(0, 0, 0, 0);
    m_buttons->setSpacing(0);
    m_buttons->addStretch();
    m_list->installEventFilter(this);
    m_group.setExclusive(true);
    connect(&m_group, &QButtonGroup::idClicked, this, &Rail::selected);
}

RailButton *Rail::add(const QString &icon) {
    auto *button = new RailButton(icon);
    m_buttons->insertWidget(m_count, button);
    m_group.addButton(button, m_count++);
    return button;
}

void Rail::select(int index) {
    if (QAbstractButton *button = m_group.button(index)) {
        button->setChecked(true);
        m_area->ensureWidgetVisible(button, 0, grid);
    }
}

QSize Rail::sizeHint() const {
    // Room for the bar from the start, so that nothing moves when it comes.
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    const int foot = m_layout->sizeHint().width();
    return {std::max(m_list->sizeHint().width() + bar, foot), QWidget::sizeHint().height()};
}

QSize Rail::minimumSizeHint() const { return {sizeHint().width(), QWidget::minimumSizeHint().height()}; }

bool Rail::eventFilter(QObject *watched, QEvent *event) {
    if (event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QWidget::eventFilter(watched, event);
}

void Rail::addAtFoot(QWidget *widget) {
    m_layout->addWidget(widget);
}

} // namespace songda::ui
