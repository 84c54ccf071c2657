// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/data_table.h"

#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/parts.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSettings>
#include <utility>

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
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this, qOverload<const QPoint &>(&DataTable::offerColumns));
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

void DataTable::letSort() {
    m_sortable = true;
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    horizontalHeader()->setSectionsClickable(true);
    setSortingEnabled(true);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &DataTable::keepColumns);
}

void DataTable::sortBy(int column, Qt::SortOrder order) {
    horizontalHeader()->setSortIndicator(column, order);
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
        if (kept.value(QStringLiteral("count")).toInt() == model()->columnCount()) {
            horizontalHeader()->restoreState(kept.value(QStringLiteral("header")).toByteArray());
            // What a header notes of sorting is also there where nothing can be sorted.
            horizontalHeader()->setSectionsClickable(m_sortable);
            horizontalHeader()->setSortIndicatorShown(m_sortable);
            horizontalHeader()->setSortIndicatorClearable(m_sortable);
            sortBy(m_sortable ? kept.value(QStringLiteral("sorted"), -1).toInt() : -1,
                kept.value(QStringLiteral("descending")).toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
        }
        m_restored = true;
    }
    QTableView::showEvent(event);
}

void DataTable::keepColumns() {
    if (!m_restored)
        return;
    if (m_note == nullptr)
        m_note = new LayoutNote(QStringLiteral("columns/") + m_name,
            [this] {
                const QHeaderView *header = horizontalHeader();
                return QVariantMap{{QStringLiteral("count"), model()->columnCount()}, {QStringLiteral("header"), header->saveState()},
                    {QStringLiteral("sorted"), m_sortable ? header->sortIndicatorSection() : -1},
                    {QStringLiteral("descending"), header->sortIndicatorOrder() == Qt::DescendingOrder}};
            }, this);
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

void DataTable::offerColumns() {
    offerColumns({grid, horizontalHeader()->height()});
}

void DataTable::contextMenuEvent(QContextMenuEvent *event) {
    if (event->reason() == QContextMenuEvent::Keyboard)
        offerColumns();
    else
        QTableView::contextMenuEvent(event);
}

void DataTable::offerColumns(const QPoint &at) {
    if (m_menu != nullptr)
        return; // some platforms tell of the menu key twice
    m_menu = new QMenu(this);
    m_menu->setAttribute(Qt::WA_DeleteOnClose);
    m_menu->setObjectName(QStringLiteral("columnMenu"));
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        QAction *action = m_menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) { showColumnWished(column, shown); });
    }
    m_menu->addSeparator();
    if (m_sortable)
        offerOrders(m_menu->addMenu(tr("Sort by")));
    connect(m_menu->addAction(tr("As it was at first")), &QAction::triggered, this, &DataTable::asBuilt);
    m_menu->popup(horizontalHeader()->mapToGlobal(at));
}

void DataTable::offerOrders(QMenu *menu) {
    const QHeaderView *header = horizontalHeader();
    auto *columns = new QActionGroup(menu);
    const auto add = [&](const QString &name, int column) {
        QAction *action = columns->addAction(menu->addAction(name));
        action->setCheckable(true);
        action->setChecked(header->sortIndicatorSection() == column);
        connect(action, &QAction::triggered, this, [this, column] { sortBy(column, horizontalHeader()->sortIndicatorOrder()); });
    };
    add(tr("As the page has them"), -1);
    for (int visual = 0; visual < header->count(); ++visual) {
        const int column = header->logicalIndex(visual);
        if (!isColumnHidden(column))
            add(model()->headerData(column, Qt::Horizontal).toString(), column);
    }
    menu->addSeparator();
    QAction *down = menu->addAction(tr("Greatest first"));
    down->setCheckable(true);
    down->setChecked(header->sortIndicatorOrder() == Qt::DescendingOrder);
    down->setEnabled(header->sortIndicatorSection() >= 0);
    connect(down, &QAction::toggled, this,
        [this](bool wanted) { sortBy(horizontalHeader()->sortIndicatorSection(), wanted ? Qt::DescendingOrder : Qt::AscendingOrder); });
}

void DataTable::asBuilt() {
    horizontalHeader()->restoreState(m_built);
    QSettings().remove(QStringLiteral("columns/") + m_name);
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
    judgeLooking();
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
    judgeLooking();
    if (value <= closeToAnEnd)
        Q_EMIT nearTop();
    if (value >= verticalScrollBar()->maximum() - closeToAnEnd)
        Q_EMIT nearEnd();
}

void DataTable::judgeLooking() {
    const bool at = verticalScrollBar()->value() > 0 || (selectionModel() != nullptr && selectionModel()->hasSelection());
    if (at != std::exchange(m_looking, at))
        Q_EMIT looking(at);
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
