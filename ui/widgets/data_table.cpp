// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/data_table.h"

#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/colours.h"

#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QSettings>

namespace songda::ui {

namespace {

constexpr int closeToAnEnd = 30; // rows

} // namespace

DataTable::DataTable(const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_name(name) {
    setObjectName(name);
    setItemDelegate(new CellDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false); // Tab leaves the table
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 14);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &DataTable::onScrolled);
}

void DataTable::setModel(QAbstractItemModel *model) {
    QTableView::setModel(model);
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &DataTable::rememberAnchor);
    connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &DataTable::rememberAnchor);
    connect(model, &QAbstractItemModel::rowsInserted, this, &DataTable::keepAnchor, Qt::QueuedConnection);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &DataTable::keepAnchor, Qt::QueuedConnection);
    connect(model, &QAbstractItemModel::rowsInserted, viewport(), qOverload<>(&QWidget::update));
    connect(model, &QAbstractItemModel::rowsRemoved, viewport(), qOverload<>(&QWidget::update));
}

void DataTable::setEmptyText(const QString &text) {
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void DataTable::setWidths(const QList<int> &widths) {
    const QVariantList kept = QSettings().value(QStringLiteral("columns/") + m_name).toList();
    for (qsizetype i = 0; i < widths.size(); ++i)
        setColumnWidth(static_cast<int>(i), kept.size() == widths.size() ? kept[i].toInt() : widths[i]);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int, int before, int) {
        if (before > 0 && isVisible())
            keepWidths();
    });
}

void DataTable::keepWidths() const {
    if (model() == nullptr)
        return;
    QVariantList widths;
    for (int i = 0; i < model()->columnCount(); ++i)
        widths.append(columnWidth(i));
    QSettings().setValue(QStringLiteral("columns/") + m_name, widths);
}

QList<int> DataTable::chosenRows() const {
    QList<int> rows;
    if (selectionModel() == nullptr)
        return rows;
    for (const QModelIndex &index : selectionModel()->selectedRows())
        rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void DataTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) {
    QTableView::selectionChanged(selected, deselected);
    const QModelIndexList rows = selectionModel()->selectedRows();
    Q_EMIT chosen(rows.isEmpty() ? QModelIndex() : rows.contains(currentIndex().siblingAtColumn(0)) ? currentIndex() : rows.first());
}

void DataTable::rememberAnchor() {
    if (m_changing)
        return;
    m_changing = true;
    // At the very top one wants to see what is new; further down one wants to stay.
    const int first = verticalScrollBar()->value();
    m_anchor = first == 0 ? QModelIndex() : model()->index(first, 0);
}

void DataTable::keepAnchor() {
    if (!m_changing)
        return;
    m_changing = false;
    if (m_anchor.isValid())
        verticalScrollBar()->setValue(m_anchor.row());
}

void DataTable::onScrolled(int value) {
    if (m_changing)
        return;
    if (value <= closeToAnEnd)
        Q_EMIT nearTop();
    if (value >= verticalScrollBar()->maximum() - closeToAnEnd)
        Q_EMIT nearEnd();
}

void DataTable::paintEvent(QPaintEvent *event) {
    QTableView::paintEvent(event);
    if (m_emptyText.isEmpty() || (model() != nullptr && model()->rowCount(rootIndex()) > 0))
        return;
    QPainter painter(viewport());
    painter.setPen(coloursFor(palette()).muted);
    painter.drawText(viewport()->rect().adjusted(24, 24, -24, -24), static_cast<int>(Qt::AlignCenter) | Qt::TextWordWrap, m_emptyText);
}

} // namespace songda::ui
