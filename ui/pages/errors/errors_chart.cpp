// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/errors/errors_chart.h"

#include "ui/models/directory.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/format.h"
#include "ui/widgets/plain_text.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStackedBarSeries>
#include <QToolTip>
#include <QValueAxis>
#include <algorithm>
#include <map>

namespace songda::ui {

namespace {

constexpr std::size_t mostNamed = 7;
constexpr int mostBars = 48;
constexpr double barWidth = 0.75;

} // namespace

ErrorsChart::ErrorsChart(const Directory &directory, QWidget *parent)
    : ThemedChart(parent)
    , m_directory(directory) {
    setObjectName(QStringLiteral("errorsChart"));
    setMinimumHeight(240);
    setFocusPolicy(Qt::StrongFocus);
}

void ErrorsChart::show(const std::vector<HourlyCount> &counts, WallTime from, WallTime to) {
    const auto before = at();
    m_counts = counts;
    m_from = from;
    m_to = to;
    count();
    // The hour one was at stays under the finger.
    m_place = {};
    for (int bar = 0; before && bar < bars(); ++bar) {
        if (m_bars[static_cast<std::size_t>(bar)].from == before->from) {
            m_place = {bar, partOf(before->cause).value_or(whole)};
        }
    }
    build();
    point();
}

void ErrorsChart::retranslate() {
    build();
    point();
}

void ErrorsChart::count() {
    using std::chrono::hours;
    std::map<std::string, std::int64_t> totals;
    for (const HourlyCount &c : m_counts) {
        if (!c.cause.empty())
            totals[c.cause] += c.count;
    }
    std::vector<std::pair<std::string, std::int64_t>> order(totals.begin(), totals.end());
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
    m_causes.clear();
    for (std::size_t i = 0; i < std::min(order.size(), mostNamed); ++i)
        m_causes.push_back(order[i].first);
    m_rest.clear();
    for (std::size_t i = m_causes.size(); i < order.size(); ++i)
        m_rest += (m_rest.empty() ? "" : ",") + order[i].first;
    const std::size_t series = m_causes.size() + (m_rest.empty() ? 0 : 1);

    // Several hours a bar when there are many, so that the words below stay readable.
    const auto all = std::max<std::int64_t>(1, std::chrono::duration_cast<hours>(m_to - m_from).count() + 1);
    const std::int64_t width = (all + mostBars - 1) / mostBars;
    m_bars.clear();
    for (std::int64_t hour = 0; hour < all; hour += width)
        m_bars.push_back({m_from + hours(hour), m_from + hours(hour + width), std::vector<std::int64_t>(series, 0), 0});
    for (const HourlyCount &c : m_counts) {
        const std::int64_t bar = std::chrono::duration_cast<hours>(c.hour - m_from).count() / width;
        if (c.cause.empty() || c.hour < m_from || bar >= static_cast<std::int64_t>(m_bars.size()))
            continue;
        const auto part = static_cast<std::size_t>(std::find(m_causes.begin(), m_causes.end(), c.cause) - m_causes.begin());
        m_bars[static_cast<std::size_t>(bar)].parts[part] += c.count;
        m_bars[static_cast<std::size_t>(bar)].sum += c.count;
    }
}

void ErrorsChart::build() {
    chart()->removeAllSeries();
    const QList<QAbstractAxis *> old = chart()->axes();
    for (QAbstractAxis *axis : old) {
        chart()->removeAxis(axis);
        delete axis;
    }
    m_series = new QStackedBarSeries;
    m_series->setBarWidth(barWidth);
    const std::size_t parts = m_bars.empty() ? 0 : m_bars.front().parts.size();
    std::int64_t top = 0;
    for (std::size_t part = 0; part < parts; ++part) {
        auto *set = new QBarSet(part < m_causes.size() ? m_directory.causeText(m_causes[part]) : tr("other causes"));
        for (const Bar &bar : m_bars) {
            *set << static_cast<double>(bar.parts[part]);
            top = std::max(top, bar.sum);
        }
        m_series->append(set);
    }
    QStringList names;
    const bool days = m_bars.size() > 1 && m_bars.back().to - m_bars.front().from > std::chrono::hours(24);
    for (const Bar &bar : m_bars)
        names.append(chinaTime(bar.from).toString(days ? QStringLiteral("MM-dd HH") : QStringLiteral("HH:mm")));
    chart()->addSeries(m_series);
    auto *x = new QBarCategoryAxis;
    x->append(names);
    x->setGridLineVisible(false);
    x->setLabelsAngle(names.size() > 14 ? -60 : 0);
    auto *y = new QValueAxis;
    y->setRange(0, std::max(4.0, static_cast<double>(top) * 1.08));
    y->setLabelFormat(QStringLiteral("%.0f"));
    chart()->addAxis(x, Qt::AlignBottom);
    chart()->addAxis(y, Qt::AlignLeft);
    m_series->attachAxis(x);
    m_series->attachAxis(y);
    y->applyNiceNumbers();
    colour();
}

void ErrorsChart::colourSeries() {
    if (m_series == nullptr)
        return;
    const bool dark = isDark(palette());
    const QList<QBarSet *> sets = m_series->barSets();
    for (qsizetype i = 0; i < sets.size(); ++i) {
        sets[i]->setColor(seriesColours(dark)[i % 8]);
        sets[i]->setBorderColor(Qt::transparent);
    }
}

std::optional<ErrorsChart::Part> ErrorsChart::partAt(const Place &place) const {
    if (place.bar < 0 || place.bar >= bars())
        return std::nullopt;
    const Bar &bar = m_bars[static_cast<std::size_t>(place.bar)];
    if (place.part == whole)
        return Part{bar.from, bar.to, {}, bar.sum};
    const auto part = static_cast<std::size_t>(place.part);
    return Part{bar.from, bar.to, part < m_causes.size() ? m_causes[part] : m_rest, bar.parts[part]};
}

std::optional<int> ErrorsChart::partOf(const std::string &cause) const {
    if (cause.empty())
        return whole;
    const auto named = std::find(m_causes.begin(), m_causes.end(), cause);
    if (named == m_causes.end() && cause != m_rest)
        return std::nullopt;
    return static_cast<int>(named - m_causes.begin());
}

std::optional<ErrorsChart::Part> ErrorsChart::at() const { return partAt(m_place); }

QString ErrorsChart::text(const Part &part) const {
    // An end on another day says which: 22:00–04:00 could be any.
    const QString day = QStringLiteral("MM-dd HH:mm");
    const bool sameDay = chinaTime(part.from).date() == chinaTime(part.to).date();
    const QString time = QStringLiteral("%1–%2").arg(chinaTime(part.from).toString(day), chinaTime(part.to).toString(sameDay ? QStringLiteral("HH:mm") : day));
    const QString what = part.cause.empty() ? tr("all causes") : part.cause == m_rest ? tr("other causes") : m_directory.causeText(part.cause);
    return tr("%1, %2: %3").arg(time, what, number(part.count));
}

QString ErrorsChart::caption() const {
    const auto part = at();
    return part ? text(*part) : QString();
}

QRectF ErrorsChart::area(const Place &place) const {
    const Bar &bar = m_bars[static_cast<std::size_t>(place.bar)];
    double below = 0;
    double height = static_cast<double>(bar.sum);
    if (place.part != whole) {
        for (int i = 0; i < place.part; ++i)
            below += static_cast<double>(bar.parts[static_cast<std::size_t>(i)]);
        height = static_cast<double>(bar.parts[static_cast<std::size_t>(place.part)]);
    }
    const auto scene = [this](double x, double y) { return chart()->mapToScene(chart()->mapToPosition(QPointF(x, y), m_series)); };
    return QRectF(scene(place.bar - barWidth / 2, below + height), scene(place.bar + barWidth / 2, below)).normalized();
}

QRect ErrorsChart::placeOf(const Part &part) const {
    const auto bar = std::find_if(m_bars.begin(), m_bars.end(), [&](const Bar &b) { return b.from == part.from; });
    const auto place = partOf(part.cause);
    if (bar == m_bars.end() || !place)
        return {};
    return mapFromScene(area({static_cast<int>(bar - m_bars.begin()), *place})).boundingRect();
}

std::optional<ErrorsChart::Place> ErrorsChart::placeAt(const QPoint &at) const {
    const QPointF scene = mapToScene(at);
    for (int bar = 0; bar < bars(); ++bar) {
        if (!area({bar, whole}).contains(scene))
            continue;
        for (int part = 0; part < static_cast<int>(m_bars[static_cast<std::size_t>(bar)].parts.size()); ++part) {
            if (area({bar, part}).contains(scene))
                return Place{bar, part};
        }
    }
    return std::nullopt;
}

void ErrorsChart::drawForeground(QPainter *painter, const QRectF &rect) {
    ThemedChart::drawForeground(painter, rect);
    const Colours &colours = coloursFor(palette());
    painter->save();
    painter->setBrush(Qt::NoBrush);
    if (hasFocus()) {
        painter->setPen(QPen(colours.accent, 1));
        painter->drawRect(mapToScene(viewport()->rect()).boundingRect().adjusted(0.5, 0.5, -1.5, -1.5));
    }
    if (hasFocus() && m_place.bar >= 0 && m_place.bar < bars()) {
        painter->setPen(QPen(colours.text, 2));
        painter->drawRect(area(m_place).adjusted(-1, -1, 1, 1));
    }
    painter->restore();
}

void ErrorsChart::step(int by) {
    if (bars() == 0)
        return;
    // One begins at the newest.
    const int bar = m_place.bar < 0 ? bars() - 1 : std::clamp(m_place.bar + by, 0, bars() - 1);
    m_place = {bar, whole};
}

void ErrorsChart::stepThroughBar(int direction) {
    if (m_place.bar < 0) {
        step(0);
        return;
    }
    const Bar &bar = m_bars[static_cast<std::size_t>(m_place.bar)];
    // From the whole bar down through the parts that are there.
    for (int part = m_place.part + direction; part >= whole && part < static_cast<int>(bar.parts.size()); part += direction) {
        if (part != whole && bar.parts[static_cast<std::size_t>(part)] == 0)
            continue;
        m_place.part = part;
        return;
    }
}

void ErrorsChart::point() {
    setAccessibleDescription(caption());
    viewport()->update();
    Q_EMIT pointed();
}

void ErrorsChart::keyPressEvent(QKeyEvent *event) {
    switch (event->key()) {
    case Qt::Key_Left: step(-1); break;
    case Qt::Key_Right: step(1); break;
    case Qt::Key_Home: m_place = {bars() > 0 ? 0 : -1, whole}; break;
    case Qt::Key_End: m_place = {bars() - 1, whole}; break;
    case Qt::Key_Up: stepThroughBar(1); break;
    case Qt::Key_Down: stepThroughBar(-1); break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto part = at(); part && part->count > 0)
            Q_EMIT chosen(*part);
        return;
    default: ThemedChart::keyPressEvent(event); return;
    }
    point();
}

void ErrorsChart::mousePressEvent(QMouseEvent *event) {
    event->accept();
}

void ErrorsChart::mouseReleaseEvent(QMouseEvent *event) {
    const auto place = event->button() == Qt::LeftButton ? placeAt(event->pos()) : std::nullopt;
    if (!place)
        return;
    m_place = *place;
    point();
    if (const auto part = at(); part && part->count > 0)
        Q_EMIT chosen(*part);
}

void ErrorsChart::focusInEvent(QFocusEvent *event) {
    ThemedChart::focusInEvent(event);
    viewport()->update();
    Q_EMIT pointed();
}

void ErrorsChart::focusOutEvent(QFocusEvent *event) {
    ThemedChart::focusOutEvent(event);
    viewport()->update();
    Q_EMIT pointed();
}

bool ErrorsChart::viewportEvent(QEvent *event) {
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto place = placeAt(help->pos());
        const auto part = place ? partAt(*place) : std::nullopt;
        if (part)
            QToolTip::showText(help->globalPos(), asWritten(text(*part)), viewport());
        else
            QToolTip::hideText();
        return true;
    }
    return ThemedChart::viewportEvent(event);
}

} // namespace songda::ui
