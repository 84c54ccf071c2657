// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/time_chart.h"

#include <QChart>
#include <QDateTime>
#include <QDateTimeAxis>
#include <QValueAxis>

namespace songda::ui {

TimeChart::TimeChart(const QString &valueFormat, QWidget *parent)
    : ThemedChart(parent)
    , m_x(new QDateTimeAxis)
    , m_y(new QValueAxis) {
    setMinimumHeight(180);
    m_x->setFormat(QStringLiteral("HH:mm"));
    m_x->setTickCount(6);
    m_y->setLabelFormat(valueFormat);
    m_y->setTickCount(4);
    chart()->addAxis(m_x, Qt::AlignBottom);
    chart()->addAxis(m_y, Qt::AlignLeft);
}

void TimeChart::add(QAbstractSeries *series) {
    chart()->addSeries(series);
    series->attachAxis(m_x);
    series->attachAxis(m_y);
}

double TimeChart::axisMillis(WallTime time) {
    const auto ms = static_cast<qint64>(toMillis(time));
    const int local = QDateTime::fromMSecsSinceEpoch(ms).offsetFromUtc();
    return static_cast<double>(ms + (Seconds(chinaOffset).count() - local) * 1000);
}

void TimeChart::setRange(WallTime now, double top) {
    m_x->setRange(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(axisMillis(now - shown))),
        QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(axisMillis(now))));
    m_y->setRange(0, top * 1.1);
    m_y->applyNiceNumbers();
}

double TimeChart::top() const { return m_y->max(); }

void TimeChart::holdStill(bool still) {
    m_still = still;
    drawSoon();
}

void TimeChart::drawSoon() {
    if (isVisible() && !m_still)
        draw();
}

void TimeChart::showEvent(QShowEvent *event) {
    if (!m_still)
        draw();
    ThemedChart::showEvent(event);
}

} // namespace songda::ui
