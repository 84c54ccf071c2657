// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "ui/widgets/charts.h"


namespace songda::ui {

class Directory;

/// Failed attempts per hour, stacked by cause: the biggest seven by name, the rest together.
class ErrorsChart final : public ThemedChart {
    Q_OBJECT
public:
    explicit ErrorsChart(const Directory &directory, QWidget *parent = nullptr);

    /// Hours from `from` to `to`, both full hours.
    void show(const std::vector<HourlyCount> &counts, WallTime from, WallTime to);
    void retranslate();

protected:
    void colourSeries() override;

private:
    const Directory &m_directory;
    std::vector<HourlyCount> m_counts;
    WallTime m_from;
    WallTime m_to;
};

} // namespace songda::ui
