// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/errors/errors_chart.h"

#include "ui/models/directory.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/format.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QStackedBarSeries>
#include <QValueAxis>
#include <algorithm>
#include <map>

namespace songda::ui {

namespace {

constexpr std::size_t mostNamed = 7;
constexpr int mostBars = 48;

} // namespace

ErrorsChart::ErrorsChart(const Directory &directory, QWidget *parent)
    : ThemedChart(parent)
    , m_directory(directory) {
    setMinimumHeight(240);
}

void ErrorsChart::show(const std::vector<HourlyCount> &counts, WallTime from, WallTime to) {
    m_counts = counts;
    m_from = from;
    m_to = to;
    retranslate();
}

void ErrorsChart::retranslate() {
    using std::chrono::hours;
    std::map<std::string, double> totals;
    for (const HourlyCount &c : m_counts) {
        if (!c.cause.empty())
            totals[c.cause] += static_cast<double>(c.count);
    }
    std::vector<std::pair<std::string, double>> order(totals.begin(), totals.end());
    std::stable_sort(order.begin(), order.end(), [](const auto &a, const auto &b) { return a.second > b.second; });

    // Several hours a bar when there are many, so that the words below stay readable.
    const auto all = std::max<std::int64_t>(1, std::chrono::duration_cast<hours>(m_to - m_from).count() + 1);
    const std::int64_t width = (all + mostBars - 1) / mostBars;
    const int bars = static_cast<int>((all + width - 1) / width);
    const auto barOf = [&](WallTime hour) {
        return static_cast<int>(std::chrono::duration_cast<hours>(hour - m_from).count() / width);
    };

    QList<QBarSet *> sets;
    for (std::size_t i = 0; i < std::min(order.size(), mostNamed); ++i)
        sets.append(new QBarSet(m_directory.causeText(order[i].first)));
    if (order.size() > mostNamed)
        sets.append(new QBarSet(tr("other causes")));
    for (QBarSet *set : sets)
        for (int i = 0; i < bars; ++i)
            *set << 0;
    std::vector<double> sums(static_cast<std::size_t>(bars), 0);
    for (const HourlyCount &c : m_counts) {
        const int bar = barOf(c.hour);
        if (c.cause.empty() || bar < 0 || bar >= bars)
            continue;
        const auto found = std::find_if(order.begin(), order.end(), [&](const auto &o) { return o.first == c.cause; });
        const auto index = static_cast<qsizetype>(std::min(static_cast<std::size_t>(found - order.begin()), mostNamed));
        sets[index]->replace(bar, sets[index]->at(bar) + static_cast<double>(c.count));
        sums[static_cast<std::size_t>(bar)] += static_cast<double>(c.count);
    }
    auto *series = new QStackedBarSeries;
    series->append(sets);
    series->setBarWidth(0.75);
    QStringList names;
    for (int i = 0; i < bars; ++i) {
        const WallTime hour = m_from + hours(i * width);
        names.append(chinaTime(hour).toString(all > 24 ? QStringLiteral("MM-dd HH") : QStringLiteral("HH:mm")));
    }
    chart()->removeAllSeries();
    const QList<QAbstractAxis *> old = chart()->axes();
    for (QAbstractAxis *axis : old) {
        chart()->removeAxis(axis);
        delete axis;
    }
    chart()->addSeries(series);
    auto *x = new QBarCategoryAxis;
    x->append(names);
    x->setGridLineVisible(false);
    x->setLabelsAngle(bars > 14 ? -60 : 0);
    auto *y = new QValueAxis;
    const double top = *std::max_element(sums.begin(), sums.end());
    y->setRange(0, std::max(4.0, top * 1.08));
    y->setLabelFormat(QStringLiteral("%.0f"));
    chart()->addAxis(x, Qt::AlignBottom);
    chart()->addAxis(y, Qt::AlignLeft);
    series->attachAxis(x);
    series->attachAxis(y);
    y->applyNiceNumbers();
    colour();
}

void ErrorsChart::colourSeries() {
    const bool dark = isDark(palette());
    const QList<QAbstractSeries *> all = chart()->series();
    if (all.isEmpty())
        return;
    const QList<QBarSet *> sets = qobject_cast<QStackedBarSeries *>(all.first())->barSets();
    for (qsizetype i = 0; i < sets.size(); ++i) {
        sets[i]->setColor(seriesColours(dark)[i % 8]);
        sets[i]->setBorderColor(Qt::transparent);
    }
}

} // namespace songda::ui
