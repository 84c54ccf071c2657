// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/time.h"
#include "ui/widgets/charts.h"

class QDateTimeAxis;
class QLineSeries;
class QValueAxis;

namespace songda::ui {

/// A chart of the last five minutes, by China's clock. It is drawn anew when it comes on screen and when a point came.
class TimeChart : public ThemedChart {
    Q_OBJECT
public:
    static constexpr std::chrono::minutes shown{5};

    /// What comes meanwhile is drawn afterwards.
    void holdStill(bool still);

protected:
    explicit TimeChart(const QString &valueFormat, QWidget *parent = nullptr);

    /// Puts a series between the two axes.
    void add(QAbstractSeries *series);
    /// The axis writes local time; the console shows China time everywhere, so the points are moved by the difference.
    static double axisMillis(WallTime time);
    void setRange(WallTime now, double top);
    double top() const;
    void showEvent(QShowEvent *event) override;
    virtual void draw() = 0;
    /// A point came: draws it, where somebody sees it.
    void drawSoon();

private:
    bool m_still = false;
    QDateTimeAxis *m_x;
    QValueAxis *m_y;
};

} // namespace songda::ui
