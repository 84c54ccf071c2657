// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/throughput_chart.h"

#include "ui/widgets/colours.h"
#include "ui/widgets/format.h"

#include <QLineSeries>
#include <QPen>
#include <algorithm>

namespace songda::ui {

ThroughputChart::ThroughputChart(QWidget *parent)
    : TimeChart(QStringLiteral("%.0f"), parent)
    , m_accepted(new QLineSeries)
    , m_failed(new QLineSeries)
    , m_retried(new QLineSeries) {
    for (QLineSeries *series : {m_accepted, m_failed, m_retried})
        add(series);
    retranslate();
    colour();
    draw();
}

void ThroughputChart::retranslate() {
    m_accepted->setName(tr("accepted / s"));
    m_failed->setName(tr("failed / s"));
    m_retried->setName(tr("tried again / s"));
    setAccessibleName(tr("Messages a second, the last five minutes"));
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
    drawSoon();
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
        const auto append = [&](QList<QPointF> &line, std::int64_t before, std::int64_t after) {
            const double perSecond = static_cast<double>(std::max<std::int64_t>(0, after - before)) / seconds;
            line.append({x, perSecond});
            top = std::max(top, perSecond);
        };
        append(accepted, a.accepted, b.accepted);
        append(failed, a.failed, b.failed);
        append(retried, a.retried, b.retried);
    }
    m_accepted->replace(accepted);
    m_failed->replace(failed);
    m_retried->replace(retried);
    setRange(now, top);
    if (!accepted.isEmpty())
        setAccessibleDescription(tr("At present %1 accepted, %2 failed, %3 tried again")
                                     .arg(rate(accepted.last().y()), rate(failed.last().y()), rate(retried.last().y())));
}

} // namespace songda::ui
