// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/batches_pane.h"

#include "ui/pages/send/batch_view.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>
#include <utility>

namespace songda::ui {

BatchesPane::BatchesPane(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_rows(makeBatchTable(context.directory, this))
    , m_feed([&engine = context.engine](BatchSearch search) { return engine.findBatches(std::move(search)); }, m_rows)
    , m_search(new QLineEdit)
    , m_notice(new Notice)
    , m_table(new DataTable(QStringLiteral("batch_list")))
    , m_view(new BatchView(context))
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, grid, 0, 0);
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(grid);
    column->addWidget(m_search);
    column->addWidget(m_notice);
    column->addWidget(m_table, 1);
    auto *split = new QSplitter;
    split->setChildrenCollapsible(false);
    split->setHandleWidth(2 * grid);
    split->addWidget(left);
    split->addWidget(m_view);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    split->setSizes({440, 690});
    layout->addWidget(split, 1);
    m_search->setClearButtonEnabled(true);
    m_search->setObjectName(QStringLiteral("batchSearch"));
    m_table->setModel(m_rows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({140, 84, 84, 110, 76, 64, 112, 80});
    connect(m_search, &QLineEdit::textChanged, &m_feed, &BatchFeed::setText);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_searched = true; });
    connect(m_table, &DataTable::nearEnd, &m_feed, &BatchFeed::goDown);
    connect(m_table, &DataTable::nearTop, &m_feed, &BatchFeed::goUp);
    for (const auto scrolled : {&DataTable::nearEnd, &DataTable::nearTop})
        connect(m_table, scrolled, this, [this] { m_searched = false; });
    connect(&m_feed, &BatchFeed::failed, this, [this](const Error &error) {
        m_failed = true;
        m_notice->say(words::error(error), Tone::Bad);
    });
    connect(&m_feed, &BatchFeed::changed, this, [this] {
        // Comes after each answer, a failed one too.
        const bool failed = std::exchange(m_failed, false);
        if (!failed)
            m_notice->clear();
        m_table->setEmptyText(failed ? tr("The batches could not be read.") : emptyText());
        choose();
    });
    connect(m_table, &DataTable::chosen, this, [this](const QModelIndex &index) {
        if (const Batch *batch = m_rows->at(index)) {
            m_wanted.reset();
            m_view->look(batch->id);
        }
    });
    connect(m_view, &BatchView::showMessages, this, &BatchesPane::showMessages);
    connect(&context.directory, &Directory::batchesChanged, this, [this] { m_feed.refresh(); });
    m_texts.add([this] {
        m_search->setPlaceholderText(tr("Name of a batch, its number, or who queued it"));
        m_search->setAccessibleName(tr("Search the batches"));
        m_table->setEmptyText(emptyText());
        m_table->setAccessibleName(tr("Batches"));
        m_rows->retranslate();
    });
    m_feed.refresh();
}

void BatchesPane::search(const QString &text) { m_search->setText(text); }

void BatchesPane::look(BatchId batch) {
    m_search->clear();
    m_wanted = batch;
    m_view->look(batch);
    choose();
}

QString BatchesPane::emptyText() const {
    return m_feed.isLoading()            ? tr("Looking…")
        : m_search->text().isEmpty() ? tr("No batch yet. Import a file in the first tab.")
                                     : tr("No batch has this in its name.");
}

void BatchesPane::choose() {
    if (!m_wanted) {
        if (!m_table->chosenRows().isEmpty() || m_rows->rowCount() == 0)
            return;
        // The one on show may have been scrolled out of the list: it stays on show, and is marked when it comes by again.
        const int shown = m_view->batch() ? m_rows->rowOf(QString::number(m_view->batch()->value)) : -1;
        if (shown >= 0)
            m_table->selectionModel()->select(m_rows->index(shown, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        else if (!m_view->batch() || std::exchange(m_searched, false))
            m_table->selectRow(0);
        return;
    }
    const int row = m_rows->rowOf(QString::number(m_wanted->value));
    if (row >= 0)
        m_table->selectRow(row); // forgets the wish
}

} // namespace songda::ui
