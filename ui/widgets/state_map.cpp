// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/state_map.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace songda::ui {

namespace {

using S = MessageState;

constexpr int columns = 4;
constexpr int rows = 3;
constexpr int arrowHead = 4;

bool has(const std::vector<S> &states, S state) {
    return std::find(states.begin(), states.end(), state) != states.end();
}

bool unanswered(const Attempt &a) {
    return a.phase == AttemptPhase::Written || a.phase == AttemptPhase::Interrupted;
}

/// Every way by which a message moves without a person.
const std::vector<std::pair<S, S>> &ways() {
    static const std::vector<std::pair<S, S>> all{{S::Held, S::Queued}, {S::Queued, S::Sending}, {S::Sending, S::Retrying}, {S::Queued, S::Cancelled},
        {S::Queued, S::Expired}, {S::Sending, S::Accepted}, {S::Sending, S::Uncertain}, {S::Sending, S::Dead}, {S::Accepted, S::Delivered},
        {S::Accepted, S::Undelivered}};
    return all;
}

} // namespace

StatePassage passageOf(const MessageDetail &detail) {
    const Message &m = detail.message;
    StatePassage passage;
    passage.life = m.life;
    int tries = 0;
    const auto add = [](std::vector<S> &states, S state) {
        if (!has(states, state))
            states.push_back(state);
    };
    for (const Attempt &a : detail.attempts) {
        if (a.life == m.life) {
            ++tries;
            continue;
        }
        for (const S state : {S::Queued, S::Sending})
            add(passage.before, state);
        const bool last = std::none_of(detail.attempts.begin(), detail.attempts.end(), [&](const Attempt &b) { return b.life == a.life && b.number > a.number; });
        if (!last)
            add(passage.before, S::Retrying);
        else if (a.errorClass == ErrorClass::Success)
            add(passage.before, S::Accepted);
        else
            add(passage.before, unanswered(a) ? S::Uncertain : S::Dead);
    }
    std::vector<S> &path = passage.path;
    if (m.state == S::Held) {
        path = {S::Held};
        return passage;
    }
    path = {S::Queued};
    if (tries > 0)
        path.push_back(S::Sending);
    if (tries > 1 || (tries == 1 && m.state == S::Sending && m.attempts > 1))
        path.push_back(S::Retrying);
    if (m.state == S::Delivered || m.state == S::Undelivered)
        path.push_back(S::Accepted);
    // Where it stands comes last, also when it was there before.
    std::erase(path, m.state);
    path.push_back(m.state);
    return passage;
}

StateMap::StateMap(QWidget *parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("stateMap"));
}

const std::vector<StateMap::Place> &StateMap::places() {
    static const std::vector<Place> all{{S::Held, 0, 0}, {S::Queued, 0, 1}, {S::Cancelled, 0, 2}, {S::Retrying, 1, 0}, {S::Sending, 1, 1}, {S::Expired, 1, 2},
        {S::Accepted, 2, 0}, {S::Uncertain, 2, 1}, {S::Dead, 2, 2}, {S::Delivered, 3, 0}, {S::Undelivered, 3, 1}};
    return all;
}

void StateMap::show(const StatePassage &passage) {
    m_passage = passage;
    describe();
    updateGeometry();
    update();
}

void StateMap::describe() {
    QStringList names;
    for (const S state : m_passage.path)
        names.append(words::state(state));
    QString text = names.join(QStringLiteral(" → "));
    if (m_passage.life > 1)
        text = tr("Life %1: %2").arg(m_passage.life).arg(text);
    setAccessibleName(tr("Path of the message"));
    setAccessibleDescription(text);
    setToolTip(text);
}

int StateMap::rowHeight() const { return fontMetrics().height() + 8; }

int StateMap::widestName() const {
    int widest = 0;
    for (const Place &place : places())
        widest = std::max(widest, fontMetrics().horizontalAdvance(words::state(place.state)));
    return widest + grid + 4;
}

QSize StateMap::sizeHint() const {
    const int wayBack = m_passage.life > 1 ? fontMetrics().height() + 10 : 0;
    return {columns * widestName() + (columns - 1) * 3 * grid, rows * rowHeight() + (rows - 1) * (grid + 4) + wayBack + 2};
}

QSize StateMap::minimumSizeHint() const { return {columns * widestName() + (columns - 1) * grid, sizeHint().height()}; }

QRectF StateMap::boxOf(MessageState state) const {
    const auto place = std::find_if(places().begin(), places().end(), [state](const Place &p) { return p.state == state; });
    const double box = widestName();
    const double gap = std::clamp((width() - columns * box) / (columns - 1), 6.0, 6.0 * grid);
    return {place->column * (box + gap) + 0.5, place->row * (rowHeight() + grid + 4) + 0.5, box - 1, rowHeight() - 1.0};
}

void StateMap::drawArrow(QPainter &painter, MessageState from, MessageState to, bool taken) const {
    const Colours &colours = coloursFor(palette());
    const QRectF a = boxOf(from);
    const QRectF b = boxOf(to);
    const bool vertical = std::abs(a.center().x() - b.center().x()) < 1;
    QPointF start;
    QPointF end;
    if (vertical) {
        const bool down = b.top() > a.top();
        start = {a.center().x(), down ? a.bottom() + 1 : a.top() - 1};
        end = {b.center().x(), down ? b.top() - 2 : b.bottom() + 2};
    } else {
        start = {a.right() + 1, a.center().y()};
        end = {b.left() - 2, b.center().y()};
    }
    painter.setPen(QPen(taken ? colours.accent : colours.line, taken ? 2 : 1.2));
    painter.drawLine(start, end);
    const double angle = std::atan2(end.y() - start.y(), end.x() - start.x());
    for (const double side : {0.5, -0.5})
        painter.drawLine(end, end - QPointF(std::cos(angle + side), std::sin(angle + side)) * (arrowHead + 1.5));
}

void StateMap::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    const std::vector<S> &path = m_passage.path;
    const auto isTaken = [&](S from, S to) {
        if (!has(path, from) || !has(path, to))
            return false;
        // A message that is tried again stands between two sendings.
        return to != S::Expired && to != S::Cancelled ? true : !has(path, S::Sending) || path.back() == to;
    };
    // The ways that were taken lie on top of the others.
    for (const bool taken : {false, true}) {
        for (const auto &[from, to] : ways()) {
            if (isTaken(from, to) == taken)
                drawArrow(painter, from, to, taken);
        }
    }
    for (const Place &place : places()) {
        const QRectF box = boxOf(place.state);
        const bool here = !path.empty() && path.back() == place.state;
        const bool passed = has(path, place.state);
        const bool earlier = has(m_passage.before, place.state);
        const Tone tone = words::tone(place.state);
        QPen pen(here ? colours.tone(tone) : passed ? colours.accent : earlier ? colours.muted : colours.line, here ? 1.6 : 1);
        if (earlier && !passed)
            pen.setStyle(Qt::DashLine);
        painter.setPen(pen);
        painter.setBrush(here ? colours.surface : QBrush(colours.surface));
        painter.drawRoundedRect(box, 5, 5);
        if (here) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colours.ground(tone));
            painter.drawRoundedRect(box, 5, 5);
        }
        QFont font = this->font();
        font.setWeight(here ? QFont::DemiBold : QFont::Normal);
        painter.setFont(font);
        QColor faint = colours.muted;
        faint.setAlphaF(0.75F);
        painter.setPen(here ? (tone == Tone::Neutral ? colours.text : colours.tone(tone)) : passed ? colours.text : faint);
        painter.drawText(box, Qt::AlignCenter, words::state(place.state));
    }
    if (m_passage.life < 2)
        return;
    // A person opened it again: the way back below, with the number of the life.
    const double y = boxOf(S::Dead).bottom() + 6 + fontMetrics().height() / 2.0;
    const double left = boxOf(S::Queued).left() + 10;
    const double right = boxOf(S::Dead).center().x();
    const QString text = tr("sent again by a person: life %1").arg(m_passage.life);
    const double half = fontMetrics().horizontalAdvance(text) / 2.0 + 6;
    const double middle = (left + right) / 2;
    QPen dashed(colours.muted, 1.2, Qt::DashLine);
    painter.setPen(dashed);
    painter.drawLine(QPointF(right, boxOf(S::Dead).bottom() + 2), QPointF(right, y));
    painter.drawLine(QPointF(right, y), QPointF(middle + half, y));
    painter.drawLine(QPointF(middle - half, y), QPointF(left, y));
    painter.drawLine(QPointF(left, y), QPointF(left, boxOf(S::Cancelled).bottom() + 3));
    painter.setPen(colours.muted);
    painter.setFont(font());
    painter.drawText(QRectF(middle - half, y - fontMetrics().height() / 2.0, 2 * half, fontMetrics().height()), Qt::AlignCenter, text);
}

void StateMap::changeEvent(QEvent *event) {
    if (event->type() == QEvent::LanguageChange) {
        describe();
        updateGeometry();
    }
    QWidget::changeEvent(event);
}

} // namespace songda::ui
