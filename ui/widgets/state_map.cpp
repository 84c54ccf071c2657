// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/state_map.h"

#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>
#include <optional>

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

struct Way {
    S from, to;
    bool usual; ///< drawn also when it was not taken
};

/// Every way by which a message moves within a life. With the rarer ones nobody would see the others.
const std::vector<Way> &ways() {
    static const std::vector<Way> all{{S::Held, S::Queued, true}, {S::Queued, S::Sending, true}, {S::Sending, S::Retrying, true}, {S::Retrying, S::Sending, true},
        {S::Queued, S::Cancelled, true}, {S::Queued, S::Expired, true}, {S::Sending, S::Accepted, true}, {S::Sending, S::Uncertain, true}, {S::Sending, S::Dead, true},
        {S::Accepted, S::Delivered, true}, {S::Accepted, S::Undelivered, true}, {S::Queued, S::Dead, false}, {S::Sending, S::Queued, false},
        {S::Retrying, S::Cancelled, false}, {S::Retrying, S::Expired, false}, {S::Dead, S::Cancelled, false}, {S::Uncertain, S::Cancelled, false},
        {S::Undelivered, S::Cancelled, false}};
    return all;
}

/// A person put it away: what it was before is read off its last attempt.
std::optional<S> discardedFrom(const MessageDetail &detail) {
    const bool discarded = detail.message.state == S::Cancelled && !detail.acts.empty()
        && std::max_element(detail.acts.begin(), detail.acts.end(), [](const AuditEntry &a, const AuditEntry &b) { return a.id < b.id; })->act == "message.discard";
    if (!discarded)
        return std::nullopt;
    const auto &attempts = detail.attempts;
    const auto last = std::max_element(attempts.begin(), attempts.end(),
        [](const Attempt &a, const Attempt &b) { return std::pair(a.life, a.number) < std::pair(b.life, b.number); });
    if (last == attempts.end())
        return S::Dead;
    return last->errorClass == ErrorClass::Success ? S::Undelivered : unanswered(*last) ? S::Uncertain : S::Dead;
}

/// Where a message comes from that stands at `end` after `tries` in this life.
S originOf(S end, int tries) {
    switch (end) {
    case S::Delivered:
    case S::Undelivered: return S::Accepted;
    case S::Cancelled:
    case S::Expired: return tries > 0 ? S::Retrying : S::Queued;
    case S::Sending: return tries > 1 ? S::Retrying : S::Queued;
    default: return tries > 0 ? S::Sending : S::Queued;
    }
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
    for (const auto &report : detail.reports) {
        if (report.life < m.life)
            add(passage.before, report.delivered ? S::Delivered : S::Undelivered);
    }
    std::vector<S> &path = passage.path;
    if (m.state == S::Held) {
        path = {S::Held};
        return passage;
    }
    // A message that is on its way may be at its first try or, with tries behind it, at a further one.
    const int begun = m.state == S::Sending ? std::max(tries, m.attempts > 1 ? 2 : 1) : tries;
    std::vector<std::pair<S, S>> &steps = passage.steps;
    const auto go = [&](S from, S to) {
        if (from != to && std::find(steps.begin(), steps.end(), std::pair(from, to)) == steps.end())
            steps.emplace_back(from, to);
    };
    S at = S::Queued;
    const auto to = [&](S state) {
        go(at, state);
        at = state;
    };
    if (begun > 0)
        to(S::Sending);
    if (begun > 1) {
        to(S::Retrying);
        to(S::Sending);
    }
    const auto discarded = discardedFrom(detail);
    const S origin = discarded.value_or(originOf(m.state, begun));
    if (origin == S::Undelivered)
        to(S::Accepted);
    if (origin != at && m.state != S::Sending)
        to(origin);
    if (m.state != at)
        to(m.state);
    path = {S::Queued};
    for (const auto &step : steps)
        add(path, step.second);
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
    return widest + wideGap;
}

QSize StateMap::sizeHint() const {
    const int wayBack = m_passage.life > 1 ? fontMetrics().height() + 10 : 0;
    return {columns * widestName() + (columns - 1) * 3 * grid, rows * rowHeight() + (rows - 1) * wideGap + wayBack + 2};
}

QSize StateMap::minimumSizeHint() const { return {columns * widestName() + (columns - 1) * grid, sizeHint().height()}; }

QRectF StateMap::boxOf(MessageState state) const {
    const auto place = std::find_if(places().begin(), places().end(), [state](const Place &p) { return p.state == state; });
    const double box = widestName();
    const double gap = std::clamp((width() - columns * box) / (columns - 1), 6.0, 6.0 * grid);
    return {place->column * (box + gap) + 0.5, place->row * (rowHeight() + wideGap) + 0.5, box - 1, rowHeight() - 1.0};
}

bool StateMap::draws(MessageState from, MessageState to) {
    return std::any_of(ways().begin(), ways().end(), [&](const Way &way) { return way.from == from && way.to == to; });
}

std::vector<QPointF> StateMap::routeOf(MessageState from, MessageState to) const {
    const QRectF a = boxOf(from);
    const QRectF b = boxOf(to);
    const double rowStep = rowHeight() + wideGap;
    const bool sameColumn = std::abs(a.center().x() - b.center().x()) < 1;
    const double rowsApart = std::abs(a.center().y() - b.center().y()) / rowStep;
    if (sameColumn && rowsApart < 1.5) {
        const bool down = b.top() > a.top();
        // Beside the way back, where there is one.
        const double beside = draws(from, to) && draws(to, from) ? (down ? -grid : grid) : 0;
        return {{a.center().x() + beside, down ? a.bottom() + 1 : a.top() - 1}, {b.center().x() + beside, down ? b.top() - 2 : b.bottom() + 2}};
    }
    const double gap = std::clamp((width() - columns * widestName()) / double(columns - 1), 6.0, 6.0 * grid);
    const bool right = b.center().x() > a.center().x() || sameColumn;
    const bool neighbours = std::abs(a.center().x() - b.center().x()) < widestName() + 1.5 * gap;
    const QPointF start(right ? a.right() + 1 : a.left() - 1, a.center().y());
    const QPointF end(right != sameColumn ? b.left() - 2 : b.right() + 2, b.center().y());
    if (neighbours && !sameColumn)
        return {start, end};
    // Round what stands between: along the gaps of columns and rows.
    const double out = start.x() + (right ? gap : -gap) / 2;
    if (sameColumn)
        return {start, {out, start.y()}, {out, end.y()}, end};
    const double in = end.x() + (right ? -gap : gap) / 2;
    const double between = std::max(a.bottom(), b.bottom()) - rowHeight() - wideGap / 2.0;
    return {start, {out, start.y()}, {out, between}, {in, between}, {in, end.y()}, end};
}

void StateMap::drawArrow(QPainter &painter, MessageState from, MessageState to, bool taken) const {
    const Colours &colours = coloursFor(palette());
    const std::vector<QPointF> route = routeOf(from, to);
    painter.setPen(QPen(taken ? colours.accent : colours.line, taken ? 2 : 1.2));
    painter.drawPolyline(route.data(), static_cast<int>(route.size()));
    const QPointF end = route.back();
    const QPointF before = route[route.size() - 2];
    const double angle = std::atan2(end.y() - before.y(), end.x() - before.x());
    for (const double side : {0.5, -0.5})
        painter.drawLine(end, end - QPointF(std::cos(angle + side), std::sin(angle + side)) * (arrowHead + 1.5));
}

void StateMap::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Colours &colours = coloursFor(palette());
    const std::vector<S> &path = m_passage.path;
    const auto &steps = m_passage.steps;
    // The ways that were taken lie on top of the others.
    for (const bool taken : {false, true}) {
        for (const Way &way : ways()) {
            const bool gone = std::find(steps.begin(), steps.end(), std::pair(way.from, way.to)) != steps.end();
            if (gone == taken && (gone || way.usual))
                drawArrow(painter, way.from, way.to, taken);
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
