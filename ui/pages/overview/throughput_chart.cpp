// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/throughput_chart.h"

#include "ui/widgets/colours.h"
#include "ui/widgets/format.h"

#include <QChart>
#include <QDateTimeAxis>
#include <QLineSeries>
#include <QPen>
#include <QValueAxis>

namespace songda::ui {

namespace {

constexpr std::chrono::minutes shown{5};

/// The axis writes local time; the console shows China time everywhere, so the points are moved by the difference.
double axisMillis(WallTime time) {
    const auto ms = static_cast<qint64>(toMillis(time));
    const int local = QDateTime::fromMSecsSinceEpoch(ms).offsetFromUtc();
    return static_cast<double>(ms + (Seconds(chinaOffset).count() - local) * 1000);
}

} // namespace

ThroughputChart::ThroughputChart(QWidget *parent)
    : ThemedChart(parent)
    , m_accepted(new QLineSeries)
    , m_failed(new QLineSeries)
    , m_retried(new QLineSeries)
    , m_x(new QDateTimeAxis)
    , m_y(new QValueAxis) {
    setMinimumHeight(180);
    m_x->setFormat(QStringLiteral("HH:mm"));
    m_x->setTickCount(6);
    m_y->setLabelFormat(QStringLiteral("%.0f"));
    m_y->setTickCount(4);
    chart()->addAxis(m_x, Qt::AlignBottom);
    chart()->addAxis(m_y, Qt::AlignLeft);
    for (QLineSeries *series : {m_accepted, m_failed, m_retried}) {
        chart()->addSeries(series);
        series->attachAxis(m_x);
        series->attachAxis(m_y);
    }
    retranslate();
    colour();
    draw();
}

void ThroughputChart::retranslate() {
    m_accepted->setName(tr("accepted / s"));
    m_failed->setName(tr("failed / s"));
    m_retried->setName(tr("tried again / s"));
}

void ThroughputChart::colourSeries() {
    const Colours &colours = coloursFor(palette());
    m_accepted->setPen(QPen(colours.good, 2));
    m_failed->setPen(QPen(colours.bad, 2));
    m_retried->setPen(QPen(colours.warn, 2));
}

void ThroughputChart::sample(const Snapshot &s) {
    if (!m_points.empty() && s.at - m_points.back().at < std::chrono::seconds(1))
        return;
    m_points.push_back({s.at, s.accepted, s.failed, s.retried});
    while (m_points.size() > 2 && m_points[1].at < s.at - shown)
        m_points.pop_front();
    if (isVisible())
        draw();
}

void ThroughputChart::showEvent(QShowEvent *event) {
    draw();
    ThemedChart::showEvent(event);
}

void ThroughputChart::draw() {
    const WallTime now = m_points.empty() ? fromMillis(QDateTime::currentMSecsSinceEpoch()) : m_points.back().at;
    QList<QPointF> accepted;
    QList<QPointF> failed;
    QList<QPointF> retried;
    double top = 4;
    for (std::size_t i = 1; i < m_points.size(); ++i) {
        const Point &a = m_points[i - 1];
        const Point &b = m_points[i];
        const double seconds = static_cast<double>((b.at - a.at).count()) / 1000;
        if (seconds <= 0)
            continue; // the calendar was set back
        const double x = axisMillis(b.at);
        const auto add = [&](QList<QPointF> &line, std::int64_t before, std::int64_t after) {
            const double rate = static_cast<double>(std::max<std::int64_t>(0, after - before)) / seconds;
            line.append({x, rate});
            top = std::max(top, rate);
        };
        add(accepted, a.accepted, b.accepted);
        add(failed, a.failed, b.failed);
        add(retried, a.retried, b.retried);
    }
    m_accepted->replace(accepted);
    m_failed->replace(failed);
    m_retried->replace(retried);
    m_x->setRange(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(axisMillis(now - shown))),
        QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(axisMillis(now))));
    m_y->setRange(0, top * 1.1);
    m_y->applyNiceNumbers();
}

} // namespace songda::ui
