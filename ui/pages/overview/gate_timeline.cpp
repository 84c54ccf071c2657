// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/gate_timeline.h"

#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/plain_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr int mostRows = 3;
constexpr int namesWidth = 122;
constexpr int edge = 6; ///< between what is written and the frame of the one that has the keyboard
constexpr int bandHeight = 9;
constexpr int minutesShown = static_cast<int>(GateHistory::kept.count());
constexpr int minutesATick = 10;

struct Look {
    Tone tone;
    double height;
};

/// Colour and height say the same, so that neither is needed alone.
Look lookOf(BreakerBand band) {
    switch (band) {
    case BreakerBand::Open: return {Tone::Bad, 1};
    case BreakerBand::HalfOpen: return {Tone::Warn, 0.66};
    case BreakerBand::Closed: return {Tone::Good, 0.33};
    case BreakerBand::Unknown: break;
    }
    return {Tone::Neutral, 0};
}

Look lookOf(TokenBand band) {
    switch (band) {
    case TokenBand::Missing: return {Tone::Bad, 1};
    case TokenBand::Refreshing: return {Tone::Warn, 0.66};
    case TokenBand::There: return {Tone::Info, 0.33};
    case TokenBand::Unneeded:
    case TokenBand::Unknown: break;
    }
    return {Tone::Neutral, 0};
}

} // namespace

GateTimeline::GateTimeline(QWidget *parent)
    : QWidget(parent)
    , m_texts(this) {
    setObjectName(QStringLiteral("gateTimeline"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_texts.add([this] {
        setAccessibleName(tr("Breaker and token of the last hour"));
        describe();
        update();
    });
}

void GateTimeline::holdStill(bool still) {
    if (still == m_coming.has_value())
        return;
    if (still) {
        m_coming = m_history;
        return;
    }
    m_history = *std::exchange(m_coming, std::nullopt);
    updateGeometry();
    describe();
    update();
}

void GateTimeline::sample(const Snapshot &snapshot) {
    if (m_coming) {
        m_coming->sample(snapshot);
        return;
    }
    const int before = shownRows();
    if (!m_history.sample(snapshot))
        return;
    if (shownRows() != before)
        updateGeometry();
    if (isVisible()) {
        describe();
        update();
    }
}

int GateTimeline::shownRows() const { return std::min<int>(mostRows, static_cast<int>(m_history.rows().size())); }

int GateTimeline::lineHeight() const { return fontMetrics().height() + 4; }

int GateTimeline::rowHeight() const { return std::max(lineHeight(), 2 * bandHeight + 6) + 4; }

QSize GateTimeline::sizeHint() const { return {400, 2 * lineHeight() + std::max(1, shownRows()) * rowHeight()}; }

QRect GateTimeline::hour() const { return {namesWidth, lineHeight(), width() - namesWidth - 2 * edge, height() - 2 * lineHeight()}; }

int GateTimeline::xOf(WallTime at) const {
    const WallTime from = m_history.now().value_or(at) - GateHistory::kept;
    const double share = static_cast<double>((at - from).count()) / static_cast<double>(Millis(GateHistory::kept).count());
    return hour().left() + static_cast<int>(std::clamp(share, 0.0, 1.0) * hour().width());
}

std::vector<GateTimeline::LegendEntry> GateTimeline::legend() const {
    std::vector<LegendEntry> entries;
    const auto add = [&](auto band) { entries.push_back({bandText(band), lookOf(band).tone, lookOf(band).height}); };
    for (const BreakerBand band : {BreakerBand::Closed, BreakerBand::HalfOpen, BreakerBand::Open})
        add(band);
    for (const TokenBand band : {TokenBand::There, TokenBand::Refreshing, TokenBand::Missing})
        add(band);
    return entries;
}

QString GateTimeline::textAt(int row, WallTime when) const {
    const auto rows = m_history.rows();
    if (row < 0 || row >= static_cast<int>(rows.size()))
        return {};
    const GateHistory::Row &one = *rows[static_cast<std::size_t>(row)];
    return tr("%1, %2: %3, %4").arg(hourText(when), one.name, bandText(one.breaker.at(when)), bandText(one.token.at(when)));
}

QString GateTimeline::caption() const {
    return m_minutesAgo < 0 || !m_history.now() ? QString() : textAt(m_row, *m_history.now() - std::chrono::minutes(m_minutesAgo));
}

void GateTimeline::describe() {
    QStringList lines;
    if (m_minutesAgo >= 0)
        lines.append(caption());
    for (const GateHistory::Row *row : m_history.rows())
        lines.append(ui::describe(*row, *m_history.now()));
    const QString text = lines.join(QLatin1Char('\n'));
    if (text != accessibleDescription())
        setAccessibleDescription(text);
}

void GateTimeline::keyPressEvent(QKeyEvent *event) {
    const bool begun = m_minutesAgo >= 0;
    switch (event->key()) {
    case Qt::Key_Left: m_minutesAgo = begun ? std::min(minutesShown, m_minutesAgo + 1) : 0; break;
    case Qt::Key_Right: m_minutesAgo = begun ? std::max(0, m_minutesAgo - 1) : 0; break;
    case Qt::Key_Home: m_minutesAgo = minutesShown; break;
    case Qt::Key_End: m_minutesAgo = 0; break;
    case Qt::Key_Up: m_row = std::max(0, m_row - 1); break;
    case Qt::Key_Down: m_row = std::clamp(m_row + 1, 0, std::max(0, shownRows() - 1)); break;
    default: QWidget::keyPressEvent(event); return;
    }
    m_minutesAgo = std::max(0, m_minutesAgo);
    describe();
    update();
}

void GateTimeline::focusInEvent(QFocusEvent *event) {
    update();
    QWidget::focusInEvent(event);
}

void GateTimeline::focusOutEvent(QFocusEvent *event) {
    m_minutesAgo = -1;
    update();
    QWidget::focusOutEvent(event);
}

bool GateTimeline::event(QEvent *event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QRect area = hour();
    const int row = (help->pos().y() - area.top()) / std::max(1, rowHeight());
    if (!m_history.now() || help->pos().y() < area.top() || row >= shownRows()) {
        QToolTip::hideText();
        return true;
    }
    const double share = std::clamp(static_cast<double>(help->pos().x() - area.left()) / std::max(1, area.width()), 0.0, 1.0);
    const WallTime when = *m_history.now() - GateHistory::kept + Millis(static_cast<std::int64_t>(share * static_cast<double>(Millis(GateHistory::kept).count())));
    const QString text = help->pos().x() < area.left() ? ui::describe(*m_history.rows()[static_cast<std::size_t>(row)], *m_history.now()) : textAt(row, when);
    QToolTip::showText(help->globalPos(), asWritten(text), this);
    return true;
}

void GateTimeline::paintLegend(QPainter &painter, const Colours &colours) const {
    const QString said = hasFocus() ? caption() : QString();
    int x = namesWidth;
    if (!said.isEmpty()) {
        painter.setPen(colours.text);
        painter.drawText(QRect(x, 0, width() - x, lineHeight()), Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(said, Qt::ElideRight, width() - x));
        return;
    }
    for (const LegendEntry &entry : legend()) {
        const int height = std::max(2, static_cast<int>(entry.height * bandHeight));
        const int foot = lineHeight() / 2 + bandHeight / 2 + 1;
        painter.fillRect(QRect(x, foot - height, 14, height), colours.tone(entry.tone));
        x += 14 + 5;
        painter.setPen(colours.muted);
        painter.drawText(QRect(x, 0, width() - x, lineHeight()), Qt::AlignLeft | Qt::AlignVCenter, entry.name);
        x += fontMetrics().horizontalAdvance(entry.name) + 2 * grid;
    }
}

void GateTimeline::paintRow(QPainter &painter, const Colours &colours, const GateHistory::Row &row, int top) const {
    painter.setPen(colours.text);
    painter.drawText(QRect(edge, top, namesWidth - edge - grid, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter,
        fontMetrics().elidedText(row.name, Qt::ElideRight, namesWidth - edge - grid));
    const int first = top + (rowHeight() - 2 * bandHeight - 4) / 2;
    const auto paintBand = [&](const auto &band, int y) {
        painter.fillRect(QRect(hour().left(), y + bandHeight - 1, hour().width(), 1), colours.line);
        for (const auto &span : band.spans()) {
            const Look look = lookOf(span.state);
            const int from = xOf(span.from);
            const int height = static_cast<int>(look.height * bandHeight);
            // What was short must not look like nothing.
            const int length = std::max(2, xOf(span.to) - from);
            if (height > 0)
                painter.fillRect(QRect(std::min(from, hour().right() - length + 1), y + bandHeight - height, length, height), colours.tone(look.tone));
        }
    };
    paintBand(row.breaker, first);
    paintBand(row.token, first + bandHeight + 4);
}

void GateTimeline::paintHours(QPainter &painter, const Colours &colours) const {
    painter.setPen(colours.muted);
    for (int minutes = 0; minutes <= minutesShown; minutes += minutesATick) {
        const WallTime at = *m_history.now() - std::chrono::minutes(minutes);
        const QString text = hourText(at);
        const int width = fontMetrics().horizontalAdvance(text);
        const int x = std::clamp(xOf(at) - width / 2, hour().left(), this->width() - width - edge);
        painter.drawText(QRect(x, height() - lineHeight(), width + 1, lineHeight()), Qt::AlignCenter, text);
    }
}

void GateTimeline::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    const Colours &colours = coloursFor(palette());
    paintLegend(painter, colours);
    const auto rows = m_history.rows();
    if (rows.empty()) {
        painter.setPen(colours.muted);
        painter.drawText(hour(), Qt::AlignCenter, tr("No account yet."));
        return;
    }
    for (int i = 0; i < shownRows(); ++i)
        paintRow(painter, colours, *rows[static_cast<std::size_t>(i)], hour().top() + i * rowHeight());
    if (static_cast<int>(rows.size()) > shownRows()) {
        painter.setPen(colours.muted);
        painter.drawText(QRect(edge, height() - lineHeight(), namesWidth - edge - grid, lineHeight()), Qt::AlignLeft | Qt::AlignVCenter,
            tr("and %1 more").arg(static_cast<int>(rows.size()) - shownRows()));
    }
    paintHours(painter, colours);
    if (hasFocus() && m_minutesAgo >= 0) {
        painter.setPen(colours.accent);
        const int x = xOf(*m_history.now() - std::chrono::minutes(m_minutesAgo));
        const int top = hour().top() + m_row * rowHeight();
        painter.drawLine(x, top, x, top + rowHeight());
    }
    if (hasFocus()) {
        painter.setPen(colours.accent);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
}

} // namespace songda::ui
