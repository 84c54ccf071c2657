// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts.h"

#include "ui/widgets/colours.h"

#include <QAbstractAxis>
#include <QChart>
#include <QEvent>
#include <QLegend>

namespace songda::ui {

ThemedChart::ThemedChart(QWidget *parent)
    : QChartView(new QChart, parent) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(NoFrame);
    chart()->setMargins({0, 0, 0, 0});
    chart()->setBackgroundRoundness(0);
    chart()->setBackgroundVisible(false);
    chart()->legend()->setAlignment(Qt::AlignTop);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    setStyleSheet(QStringLiteral("background: transparent; border: none;"));
}

QList<QColor> ThemedChart::seriesColours(bool dark) {
    if (dark)
        return {QColor(0xf0, 0x82, 0x7c), QColor(0xe9, 0xb2, 0x4f), QColor(0x6c, 0xb2, 0xf2), QColor(0xc3, 0x9b, 0xf0),
            QColor(0x5c, 0xcf, 0x90), QColor(0xf2, 0x9d, 0xc4), QColor(0x86, 0xd8, 0xd8), QColor(0x9d, 0xab, 0xb8)};
    return {QColor(0xc4, 0x42, 0x3f), QColor(0xd0, 0x8a, 0x10), QColor(0x1f, 0x6f, 0xbf), QColor(0x7b, 0x4f, 0xc0),
        QColor(0x17, 0x8a, 0x55), QColor(0xb9, 0x3f, 0x80), QColor(0x1c, 0x8a, 0x92), QColor(0x6b, 0x78, 0x85)};
}

void ThemedChart::colour() {
    const Colours &colours = coloursFor(palette());
    chart()->legend()->setLabelColor(colours.text);
    const QList<QAbstractAxis *> axes = chart()->axes();
    for (QAbstractAxis *axis : axes) {
        axis->setLabelsColor(colours.muted);
        axis->setGridLineColor(colours.line);
        axis->setLinePenColor(colours.line);
        axis->setTitleBrush(colours.muted);
    }
    colourSeries();
}

void ThemedChart::changeEvent(QEvent *event) {
    if (event->type() == QEvent::PaletteChange)
        colour();
    QChartView::changeEvent(event);
}

} // namespace songda::ui
