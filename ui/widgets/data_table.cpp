// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/data_table.h"

#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/layout_memory.h"

#include <QHeaderView>
#include <QMenu>
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
    fitRows();
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this, &DataTable::offerColumns);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, &DataTable::keepColumns);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int, int before, int after) {
        if (before > 0 && after > 0 && isVisible())
            keepColumns();
    });
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

void DataTable::fitRows() {
    verticalHeader()->setDefaultSectionSize(ui::rowHeight(fontMetrics().height()));
}

void DataTable::setWidths(const QList<int> &widths) {
    for (qsizetype i = 0; i < widths.size(); ++i)
        setColumnWidth(static_cast<int>(i), widths[i]);
}

void DataTable::showEvent(QShowEvent *event) {
    // By now the page has said what it hides at first.
    if (!m_restored && model() != nullptr) {
        m_built = horizontalHeader()->saveState();
        const QVariantMap kept = QSettings().value(QStringLiteral("columns/") + m_name).toMap();
        // Of a table that had other columns nothing fits.
        if (kept.value(QStringLiteral("count")).toInt() == model()->columnCount())
            horizontalHeader()->restoreState(kept.value(QStringLiteral("header")).toByteArray());
        m_restored = true;
    }
    QTableView::showEvent(event);
}

void DataTable::keepColumns() {
    if (!m_restored)
        return;
    if (m_note == nullptr)
        m_note = new LayoutNote(QStringLiteral("columns/") + m_name,
            [this] { return QVariantMap{{QStringLiteral("count"), model()->columnCount()}, {QStringLiteral("header"), horizontalHeader()->saveState()}}; }, this);
    m_note->changed();
}

void DataTable::showColumnWished(int column, bool shown) {
    if (!shown && horizontalHeader()->count() - horizontalHeader()->hiddenSectionCount() <= 1)
        return; // a table without columns could not be asked for them again
    setColumnHidden(column, !shown);
    if (shown && columnWidth(column) < 20)
        setColumnWidth(column, horizontalHeader()->defaultSectionSize());
    keepColumns();
}

void DataTable::offerColumns(const QPoint &at) {
    QMenu menu(this);
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        QAction *action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) { showColumnWished(column, shown); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("As it was at first")), &QAction::triggered, this, [this] {
        horizontalHeader()->restoreState(m_built);
        QSettings().remove(QStringLiteral("columns/") + m_name);
    });
    menu.exec(horizontalHeader()->mapToGlobal(at));
}

void DataTable::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) {
    // Qt would choose the neighbour of a single row that goes, and the next act would be on what nobody chose.
    if (selectionMode() == SingleSelection && currentIndex().row() >= start && currentIndex().row() <= end)
        selectionModel()->clear();
    QTableView::rowsAboutToBeRemoved(parent, start, end);
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
