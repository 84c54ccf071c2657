// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cell_delegate.h"

#include "ui/models/rows_model.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/plain_text.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

namespace songda::ui {

namespace {

/// No column is that wide.
constexpr qsizetype mostOfACell = 400;

void drawSpark(QPainter &painter, const QRectF &area, const QVector<qint64> &values, const QColor &colour, const QColor &ground) {
    const qint64 most = values.isEmpty() ? 0 : *std::max_element(values.begin(), values.end());
    painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), ground);
    if (most <= 0)
        return;
    const double step = area.width() / static_cast<double>(values.size());
    for (qsizetype i = 0; i < values.size(); ++i) {
        if (values[i] <= 0)
            continue;
        // Little must not look like nothing.
        const double height = std::max(2.0, area.height() * static_cast<double>(values[i]) / static_cast<double>(most));
        painter.fillRect(QRectF(area.left() + static_cast<double>(i) * step, area.bottom() - height, std::max(1.5, step - 1), height), colour);
    }
}

} // namespace

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    option->text = shown(option->text, mostOfACell);
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    option.state.setFlag(QStyle::State_HasFocus, false); // the whole row is what is chosen
    const QVariant tone = index.data(ToneRole);
    const QVariant share = index.data(ShareRole);
    const QVariant spark = index.data(SparkRole);
    const QStyle *style = option.widget != nullptr ? option.widget->style() : QApplication::style();
    if (!tone.isValid() && !share.isValid() && !spark.isValid()) {
        style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);
        return;
    }
    const QString text = option.text;
    option.text.clear();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

    const Colours &colours = coloursFor(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (spark.isValid()) {
        drawSpark(*painter, QRectF(option.rect).adjusted(8, 6, -8, -6), spark.value<QVector<qint64>>(),
            selected ? colours.onAccent : colours.bad, selected ? colours.onAccent : colours.line);
        painter->restore();
        return;
    }
    if (share.isValid()) {
        const QRectF bar = QRectF(option.rect).adjusted(8, 0, -8, 0);
        const QRectF track(bar.left(), bar.center().y() - 3, bar.width(), 6);
        painter->setBrush(selected ? colours.ground(Tone::Neutral) : colours.line);
        painter->drawRoundedRect(track, 3, 3);
        QRectF done = track;
        done.setWidth(track.width() * qBound(0.0, share.toDouble(), 1.0));
        painter->setBrush(selected ? colours.onAccent : colours.accent);
        painter->drawRoundedRect(done, 3, 3);
        painter->restore();
        return;
    }
    if (!text.isEmpty()) {
        const Tone t = static_cast<Tone>(tone.toInt());
        const QFontMetrics metrics(option.font);
        QRect chip = option.rect.adjusted(8, 0, -4, 0);
        const int height = metrics.height() + 4;
        chip.setTop(option.rect.center().y() - height / 2);
        chip.setHeight(height);
        chip.setWidth(qMin(chip.width(), metrics.horizontalAdvance(text) + 16));
        painter->setBrush(selected ? colours.surface : colours.ground(t));
        painter->drawRoundedRect(chip, height / 2.0, height / 2.0);
        painter->setPen(colours.tone(t));
        painter->setFont(option.font);
        painter->drawText(chip, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideRight, chip.width() - 10));
    }
    painter->restore();
}

} // namespace songda::ui
