// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/snapshot.h"
#include "ui/widgets/charts.h"

#include <deque>

class QLineSeries;
class QDateTimeAxis;
class QValueAxis;

namespace songda::ui {

/// Messages a second over the last five minutes: accepted, failed for good, tried again.
class ThroughputChart final : public ThemedChart {
    Q_OBJECT
public:
    explicit ThroughputChart(QWidget *parent = nullptr);

    /// Takes one point a second from the running totals; cheap at any rate of snapshots.
    void sample(const Snapshot &snapshot);
    void retranslate();

protected:
    void colourSeries() override;
    void showEvent(QShowEvent *event) override;

private:
    struct Point {
        WallTime at;
        std::int64_t accepted, failed, retried; ///< totals
    };
    void draw();

    std::deque<Point> m_points;
    QLineSeries *m_accepted;
    QLineSeries *m_failed;
    QLineSeries *m_retried;
    QDateTimeAxis *m_x;
    QValueAxis *m_y;
};

} // namespace songda::ui
