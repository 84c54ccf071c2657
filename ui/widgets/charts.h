// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QChartView>

class QChart;
class QAbstractAxis;

namespace songda::ui {

/// A chart in the colours of the theme, which follows it when it changes.
class ThemedChart : public QChartView {
    Q_OBJECT
public:
    explicit ThemedChart(QWidget *parent = nullptr);

    /// Colours for up to eight series of one chart, told apart in light and dark.
    static QList<QColor> seriesColours(bool dark);

protected:
    /// Series have colours of their own.
    virtual void colourSeries() {}
    void colour();
    void changeEvent(QEvent *event) override;
};

} // namespace songda::ui
