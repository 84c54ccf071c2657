// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/snapshot.h"
#include "ui/pages/overview/time_chart.h"

#include <deque>

namespace songda::ui {

/// Messages a second over the last five minutes: accepted, failed for good, tried again.
class ThroughputChart final : public TimeChart {
    Q_OBJECT
public:
    explicit ThroughputChart(QWidget *parent = nullptr);

    /// Takes one point a second from the running totals; cheap at any rate of snapshots.
    void sample(const Snapshot &snapshot);
    void retranslate();

protected:
    void colourSeries() override;
    void draw() override;

private:
    struct Point {
        WallTime at;
        std::int64_t accepted, failed, retried; ///< totals
    };

    std::deque<Point> m_points;
    QLineSeries *m_accepted;
    QLineSeries *m_failed;
    QLineSeries *m_retried;
};

} // namespace songda::ui
