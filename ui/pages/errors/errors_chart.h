// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/queries.h"
#include "ui/widgets/charts.h"

#include <optional>
#include <string>
#include <vector>

class QStackedBarSeries;

namespace songda::ui {

class Directory;

/// Failures over time, stacked by cause: the biggest seven by name, the rest together. A click on a part of a bar opens what
/// it counts; with the keyboard one goes from bar to bar (left, right) and through its parts (up, down), Enter opens.
class ErrorsChart final : public ThemedChart {
    Q_OBJECT
public:
    /// A bar, or the part of it that has one cause, or the part of all causes that have no colour of their own.
    struct Part {
        WallTime from;
        WallTime to;
        std::string cause; ///< as MessageFilter::cause: of the rest all its causes; empty: the whole bar
        std::int64_t count = 0;
    };

    explicit ErrorsChart(const Directory &directory, QWidget *parent = nullptr);

    /// Hours from `from` to `to`, both full hours.
    void show(const std::vector<HourlyCount> &counts, WallTime from, WallTime to);
    void retranslate();
    /// Where the keyboard is; nothing before the first step.
    std::optional<Part> at() const;
    /// The same in words; empty: nowhere.
    QString caption() const;
    /// Where a part of a bar is drawn, for a hand with a mouse.
    QRect placeOf(const Part &part) const;
    int bars() const { return static_cast<int>(m_bars.size()); }

Q_SIGNALS:
    void pointed(); ///< the keyboard went elsewhere
    void chosen(const songda::ui::ErrorsChart::Part &part);

protected:
    void colourSeries() override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    static constexpr int whole = -1;

    struct Bar {
        WallTime from;
        WallTime to;
        std::vector<std::int64_t> parts; ///< a count for each series
        std::int64_t sum = 0;
    };

    /// A bar, and which series of it.
    struct Place {
        int bar = -1;
        int part = whole;

        bool operator==(const Place &) const = default;
    };

    void count();
    void build();
    std::optional<Part> partAt(const Place &place) const;
    std::optional<int> partOf(const std::string &cause) const;
    QString text(const Part &part) const;
    QRectF area(const Place &place) const; ///< in the scene
    std::optional<Place> placeAt(const QPoint &at) const;
    void step(int bars);
    void stepThroughBar(int direction);
    void point();

    const Directory &m_directory;
    std::vector<HourlyCount> m_counts;
    WallTime m_from;
    WallTime m_to;
    std::vector<Bar> m_bars;
    std::vector<std::string> m_causes; ///< of the series that have one; a further series is the rest
    std::string m_rest; ///< the causes of the further series, as MessageFilter::cause
    Place m_place;
    QStackedBarSeries *m_series = nullptr;
};

} // namespace songda::ui
