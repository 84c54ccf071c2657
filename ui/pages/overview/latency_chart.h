// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/snapshot.h"
#include "ui/pages/overview/time_chart.h"

#include <array>
#include <deque>
#include <vector>

class QAreaSeries;

namespace songda::ui {

/// In what time WeChat answers, over the last five minutes: half, 95 % and 99 % of the answers. Where nothing was answered
/// there is no line, and the ground says that it is silence and not speed.
class LatencyChart final : public TimeChart {
    Q_OBJECT
public:
    explicit LatencyChart(QWidget *parent = nullptr);

    /// Takes one point a second.
    void sample(const Snapshot &snapshot);
    void retranslate();
    /// In how many pieces a line is drawn: one more than it has gaps.
    int pieces() const { return m_pieces; }
    /// How much of the time on screen was silent.
    Millis silence() const;

protected:
    void colourSeries() override;
    void draw() override;

private:
    static constexpr std::size_t lines = 3;

    struct Point {
        WallTime at;
        std::array<Millis, lines> value; ///< nothing answered: 0
        bool silent() const { return value[0].count() <= 0; }
    };

    void setPieces(int wanted);
    void describe();

    std::deque<Point> m_points;
    std::array<std::vector<QLineSeries *>, lines> m_lines; ///< a piece each
    QLineSeries *m_edge;
    QAreaSeries *m_silence;
    int m_pieces = 0;
};

} // namespace songda::ui
