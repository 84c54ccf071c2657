// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/latency_chart.h"

#include "ui/widgets/colours.h"
#include "ui/widgets/format.h"

#include <QAreaSeries>
#include <QChart>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QPen>
#include <algorithm>

namespace songda::ui {

LatencyChart::LatencyChart(QWidget *parent)
    : TimeChart(QStringLiteral("%.0f ms"), parent)
    , m_edge(new QLineSeries)
    , m_silence(new QAreaSeries(m_edge)) {
    m_edge->setParent(m_silence);
    add(m_silence);
    setPieces(1);
    draw();
}

void LatencyChart::retranslate() {
    const std::array names{QStringLiteral("p50"), QStringLiteral("p95"), QStringLiteral("p99")};
    for (std::size_t line = 0; line < lines; ++line) {
        for (QLineSeries *piece : m_lines[line])
            piece->setName(names[line]);
    }
    m_silence->setName(tr("no answer"));
    setAccessibleName(tr("In what time WeChat answers, the last five minutes"));
    describe();
}

void LatencyChart::setPieces(int wanted) {
    if (static_cast<std::size_t>(wanted) > m_lines[0].size()) {
        for (auto &line : m_lines) {
            while (line.size() < static_cast<std::size_t>(wanted)) {
                line.push_back(new QLineSeries);
                add(line.back());
                const QList<QLegendMarker *> markers = chart()->legend()->markers(line.back());
                for (QLegendMarker *marker : markers)
                    marker->setVisible(line.size() == 1); // a line is named once, in however many pieces
            }
        }
        retranslate();
        colour();
    }
    m_pieces = wanted;
}

void LatencyChart::colourSeries() {
    const Colours &colours = coloursFor(palette());
    const std::array tones{colours.info, colours.warn, colours.bad};
    for (std::size_t line = 0; line < lines; ++line) {
        for (QLineSeries *piece : m_lines[line])
            piece->setPen(QPen(tones[line], 2));
    }
    QColor ground = colours.muted;
    ground.setAlphaF(0.22F);
    m_silence->setBrush(ground);
    m_silence->setPen(Qt::NoPen);
}

void LatencyChart::sample(const Snapshot &s) {
    if (!m_points.empty() && s.at < m_points.back().at)
        m_points.clear(); // the calendar was set back
    if (!m_points.empty() && s.at - m_points.back().at < std::chrono::seconds(1))
        return;
    m_points.push_back({s.at, {s.latencyP50, s.latencyP95, s.latencyP99}});
    while (m_points.size() > 2 && m_points[1].at < s.at - shown)
        m_points.pop_front();
    drawSoon();
}

Millis LatencyChart::silence() const {
    Millis sum{0};
    for (std::size_t i = 1; i < m_points.size(); ++i) {
        if (m_points[i].silent())
            sum += m_points[i].at - m_points[i - 1].at;
    }
    return sum;
}

void LatencyChart::draw() {
    const WallTime now = m_points.empty() ? fromMillis(QDateTime::currentMSecsSinceEpoch()) : m_points.back().at;
    std::array<std::vector<QList<QPointF>>, lines> drawn;
    QList<QPointF> rim;
    double top = 20;
    bool silent = true;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const Point &point = m_points[i];
        const double x = axisMillis(point.at);
        if (point.silent()) {
            // From the point before on: nothing has been answered since.
            rim.append({axisMillis(i > 0 ? m_points[i - 1].at : point.at), 1});
            rim.append({x, 1});
            silent = true;
            continue;
        }
        for (std::size_t line = 0; line < lines; ++line) {
            if (silent)
                drawn[line].emplace_back();
            const double value = static_cast<double>(point.value[line].count());
            drawn[line].back().append({x, value});
            top = std::max(top, value);
        }
        if (silent && !rim.isEmpty())
            rim.append({rim.last().x(), 0}); // the ground ends where the line begins
        silent = false;
    }
    setPieces(std::max<int>(1, static_cast<int>(drawn[0].size())));
    for (std::size_t line = 0; line < lines; ++line) {
        for (std::size_t piece = 0; piece < m_lines[line].size(); ++piece)
            m_lines[line][piece]->replace(piece < drawn[line].size() ? drawn[line][piece] : QList<QPointF>());
    }
    setRange(now, top);
    // A wall as high as the chart over each silent span, nothing between.
    QList<QPointF> walls;
    for (qsizetype i = 0; i < rim.size(); ++i) {
        const bool begins = rim[i].y() > 0 && (i == 0 || rim[i - 1].y() <= 0);
        if (begins)
            walls.append({rim[i].x(), 0});
        walls.append({rim[i].x(), rim[i].y() > 0 ? this->top() : 0});
    }
    if (!walls.isEmpty() && walls.last().y() > 0)
        walls.append({walls.last().x(), 0});
    m_edge->replace(walls);
    describe();
}

void LatencyChart::describe() {
    if (m_points.empty())
        return;
    const Point &last = m_points.back();
    setAccessibleDescription(last.silent() ? tr("Nothing was answered in the last minute.")
                                           : tr("p50 %1, p95 %2, p99 %3").arg(span(last.value[0]), span(last.value[1]), span(last.value[2])));
}

} // namespace songda::ui
