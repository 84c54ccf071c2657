// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/batch_finder.h"

#include "ui/models/directory.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace songda::ui {

BatchFinder::BatchFinder(Directory &directory, QWidget *parent)
    : QDialog(parent)
    , m_rows(makeBatchTable(directory, this))
    , m_feed([&directory](BatchSearch search) { return directory.findBatches(std::move(search)); }, m_rows)
    , m_search(new QLineEdit)
    , m_table(new DataTable(QStringLiteral("found_batches")))
    , m_notice(new Notice)
    , m_choose(mainButton()) {
    setObjectName(QStringLiteral("findBatch"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Find a batch"));
    resize(760, 480);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(wideGap);
    m_search->setObjectName(QStringLiteral("batchName"));
    m_search->setClearButtonEnabled(true);
    m_search->setPlaceholderText(tr("Name of a batch, its number, or who queued it"));
    m_search->setAccessibleName(tr("Search the batches"));
    layout->addWidget(m_search);
    layout->addWidget(m_notice);
    m_table->setModel(m_rows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setWidths({230, 84, 84, 120, 76, 64, 112, 90});
    for (const int hidden : {2, 4, 5, 8})
        m_table->hideColumn(hidden);
    m_table->setAccessibleName(tr("Batches"));
    m_table->setEmptyText(tr("Looking…"));
    layout->addWidget(m_table, 1);
    auto *buttons = new QDialogButtonBox;
    m_choose->setText(tr("Choose"));
    m_choose->setObjectName(QStringLiteral("yes"));
    m_choose->setDefault(true);
    buttons->addButton(m_choose, QDialogButtonBox::ActionRole);
    buttons->addButton(tr("Not now"), QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_choose, &QPushButton::clicked, this, &BatchFinder::choose);
    connect(m_search, &QLineEdit::textChanged, &m_feed, &BatchFeed::setText);
    connect(m_table, &DataTable::chosen, this, &BatchFinder::judge);
    connect(m_table, &DataTable::doubleClicked, this, &BatchFinder::choose);
    connect(m_table, &DataTable::nearEnd, &m_feed, &BatchFeed::goDown);
    connect(m_table, &DataTable::nearTop, &m_feed, &BatchFeed::goUp);
    connect(&m_feed, &BatchFeed::failed, this, [this](const Error &error) { m_notice->say(words::error(error), Tone::Bad); });
    connect(&m_feed, &BatchFeed::changed, this, [this] {
        m_table->setEmptyText(m_feed.isLoading() ? tr("Looking…") : m_search->text().isEmpty() ? tr("No batch yet.") : tr("No batch has this in its name."));
        if (m_table->chosenRows().isEmpty() && m_rows->rowCount() > 0)
            m_table->selectRow(0);
        judge();
    });
    judge();
    m_feed.refresh();
    m_search->setFocus();
}

void BatchFinder::judge() { m_choose->setEnabled(!m_table->chosenRows().isEmpty()); }

void BatchFinder::choose() {
    const QList<int> rows = m_table->chosenRows();
    if (rows.isEmpty())
        return;
    const BatchId id = m_rows->at(rows.first())->id;
    accept();
    Q_EMIT found(id);
}

} // namespace songda::ui
