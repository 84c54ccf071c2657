// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/parts.h"

#include "ui/widgets/plain_text.h"

#include <QFrame>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <QVBoxLayout>

namespace songda::ui {

QLabel *plainLabel(const QString &text) {
    auto *label = new QLabel(shown(text, 6000));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel *mutedLabel(const QString &text) {
    auto *label = new QLabel(shown(text, 6000));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QLabel *headline(int level) {
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    QFont font = sized(label->font(), level == 1 ? Letters::Title : Letters::Heading);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QWidget *panel(QVBoxLayout *&inside) {
    auto *frame = new QFrame;
    frame->setProperty("panel", true);
    inside = new QVBoxLayout(frame);
    inside->setContentsMargins(2 * grid, 2 * grid, 2 * grid, 2 * grid);
    inside->setSpacing(grid);
    return frame;
}

void markField(QLineEdit *edit, QLabel *hint, bool wrong, const QString &text) {
    hint->setText(text);
    hint->setForegroundRole(wrong ? QPalette::BrightText : QPalette::PlaceholderText);
    if (edit->property("wrong").toBool() == wrong)
        return;
    edit->setProperty("wrong", wrong);
    edit->style()->unpolish(edit);
    edit->style()->polish(edit);
}

QPushButton *mainButton() {
    auto *button = new QPushButton;
    button->setProperty("kind", QStringLiteral("main"));
    return button;
}

QPushButton *dangerButton() {
    auto *button = new QPushButton;
    button->setProperty("kind", QStringLiteral("danger"));
    return button;
}

Chip::Chip(QWidget *parent)
    : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void Chip::set(const QString &text, Tone tone) {
    m_tone = tone;
    setText(shown(text, 200));
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text()) + 2 * grid, fontMetrics().height() + 6};
}

void Chip::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.ground(m_tone));
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    painter.setPen(colours.tone(m_tone));
    painter.drawText(rect(), Qt::AlignCenter, text());
}

Notice::Notice(QWidget *parent)
    : QLabel(parent) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setContentsMargins(wideGap, grid, grid, grid);
    hide();
}

void Notice::say(const QString &text, Tone tone) {
    m_tone = tone;
    setText(shown(text, 6000));
    show();
    update();
}

void Notice::clear() {
    setText({});
    hide();
}

void Notice::paintEvent(QPaintEvent *event) {
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Colours &colours = coloursFor(palette());
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.ground(m_tone));
        painter.drawRoundedRect(rect(), 4, 4);
        painter.setBrush(colours.tone(m_tone));
        painter.drawRoundedRect(QRect(0, 0, 4, height()), 2, 2);
    }
    QLabel::paintEvent(event);
}

ToneLabel::ToneLabel(QWidget *parent)
    : QLabel(parent) {
    setTextFormat(Qt::PlainText);
}

void ToneLabel::set(const QString &text, Tone tone) {
    m_tone = tone;
    setText(shown(text, 400));
    update();
}

void ToneLabel::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const Colours &colours = coloursFor(palette());
    painter.setPen(m_tone == Tone::Neutral ? colours.text : colours.tone(m_tone));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, text());
}

ShareBar::ShareBar(QWidget *parent)
    : QWidget(parent) {
    setFixedHeight(5);
}

void ShareBar::set(double share, Tone tone) {
    m_share = qBound(0.0, share, 1.0);
    m_tone = tone;
    update();
}

void ShareBar::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.line);
    painter.drawRoundedRect(QRectF(rect()), 2.5, 2.5);
    painter.setBrush(colours.tone(m_tone));
    painter.drawRoundedRect(QRectF(0, 0, width() * m_share, height()), 2.5, 2.5);
}

StatTile::StatTile(QWidget *parent)
    : QWidget(parent)
    , m_name(mutedLabel())
    , m_value(new ToneLabel)
    , m_share(new ShareBar)
    , m_note(mutedLabel()) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(wideGap, wideGap, wideGap, wideGap);
    layout->setSpacing(hairGap);
    layout->addWidget(m_name);
    layout->addWidget(m_value);
    layout->addWidget(m_share);
    layout->addWidget(m_note);
    m_share->hide();
    QFont font = sized(m_value->font(), Letters::Title);
    font.setWeight(QFont::DemiBold);
    m_value->setFont(font);
}

void StatTile::setShare(std::optional<double> share, Tone tone) {
    m_share->setVisible(share.has_value());
    if (share)
        m_share->set(*share, tone);
}

void StatTile::setOpens(bool opens) {
    if (opens == m_opens)
        return;
    m_opens = opens;
    setFocusPolicy(opens ? Qt::TabFocus : Qt::NoFocus);
    setCursor(opens ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void StatTile::paintEvent(QPaintEvent *) {
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(coloursFor(palette()).accent);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

void StatTile::keyPressEvent(QKeyEvent *event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (m_opens && enter)
        Q_EMIT opened();
    else
        QWidget::keyPressEvent(event);
}

void StatTile::mouseReleaseEvent(QMouseEvent *event) {
    if (m_opens && event->button() == Qt::LeftButton && rect().contains(event->pos()))
        Q_EMIT opened();
    else
        QWidget::mouseReleaseEvent(event);
}

void StatTile::focusInEvent(QFocusEvent *event) {
    update();
    QWidget::focusInEvent(event);
}

void StatTile::focusOutEvent(QFocusEvent *event) {
    update();
    QWidget::focusOutEvent(event);
}

void StatTile::setName(const QString &name) {
    m_name->setText(name);
    setAccessibleName(name);
}

void StatTile::setValue(const QString &value, const QString &note, Tone tone) {
    m_value->set(value, tone);
    m_note->setText(shown(note, 400));
    const QString said = note.isEmpty() ? value : QStringLiteral("%1, %2").arg(value, note);
    if (said != accessibleDescription())
        setAccessibleDescription(said);
}

} // namespace songda::ui
