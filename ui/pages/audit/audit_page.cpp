// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/audit/audit_page.h"

#include "engine/when_done.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/words.h"

#include <QVBoxLayout>

namespace songda::ui {

AuditPage::AuditPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_rows(nullptr)
    , m_title(headline())
    , m_intro(mutedLabel())
    , m_notice(new Notice)
    , m_table(new DataTable(QStringLiteral("audit")))
    , m_texts(this) {
    using Row = AuditEntry;
    m_rows = new RowsModel<Row>(
        {
            textColumn<Row>([] { return tr("When"); }, [](const Row &a) { return shortTime(a.at); }),
            textColumn<Row>([] { return tr("Who"); }, [](const Row &a) { return q(a.who); }),
            textColumn<Row>([] { return tr("What"); }, [](const Row &a) { return words::act(a.act); }),
            numberColumn<Row>([] { return tr("Messages"); }, [](const Row &a) { return a.count > 0 ? number(a.count) : QString(); }),
            textColumn<Row>([] { return tr("To what"); }, [](const Row &a) { return q(a.object); }),
            textColumn<Row>([] { return tr("Reason"); }, [](const Row &a) { return q(a.reason); }),
        },
        [](const Row &a) { return QString::number(a.id.value); }, this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    layout->addWidget(m_intro);
    layout->addWidget(m_notice);
    layout->addWidget(m_table, 1);
    m_table->setModel(m_rows);
    m_table->setWidths({130, 130, 230, 90, 300});
    connect(m_table, &DataTable::nearEnd, this, &AuditPage::goDown);
    m_texts.add([this] {
        m_title->setText(tr("Audit"));
        m_intro->setText(tr("Who did what, when, why, and to how many messages. Nothing is ever removed from here."));
        m_table->setEmptyText(tr("Nothing has been done yet."));
        m_table->setAccessibleName(tr("Audit"));
        m_rows->retranslate();
    });
}

void AuditPage::goDown() {
    if (m_rows->rowCount() < m_wanted || m_wanted >= mostRows)
        return;
    m_wanted += pageRows;
    refresh();
}

void AuditPage::refresh() {
    if (m_asked)
        return;
    m_asked = true;
    whenDone(m_context.engine.audit(std::nullopt, m_wanted), this, [this](Result<std::vector<AuditEntry>> entries) {
        m_asked = false;
        if (entries)
            m_rows->show(std::move(*entries));
        else
            m_notice->say(words::error(entries.error()), Tone::Bad);
    });
}

} // namespace songda::ui
