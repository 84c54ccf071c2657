// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/send_page.h"

#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/batches_pane.h"
#include "ui/pages/send/message_form.h"
#include "ui/widgets/parts.h"

#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace songda::ui {

SendPage::SendPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_title(headline())
    , m_tabs(new QTabWidget)
    , m_form(new BatchForm(context))
    , m_batches(new BatchesPane(context))
    , m_one(new MessageForm(context))
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    layout->addWidget(m_tabs, 1);
    m_tabs->setObjectName(QStringLiteral("sendTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(m_form, {});
    m_tabs->addTab(m_batches, {});
    m_tabs->addTab(m_one, {});
    connect(m_one, &MessageForm::showMessages, this, &Page::showMessages);
    connect(m_batches, &BatchesPane::showMessages, this, &Page::showMessages);
    connect(m_form, &BatchForm::showBatch, this, &SendPage::look);
    connect(m_form, &BatchForm::queued, this, [this](const ImportReport &report) {
        if (report.batch)
            look(report.batch);
    });
    m_texts.add([this] {
        m_title->setText(tr("Send"));
        m_tabs->setTabText(0, tr("A batch from a file"));
        m_tabs->setTabText(1, tr("Batches"));
        m_tabs->setTabText(2, tr("One message"));
    });
}

void SendPage::userChanged() {
    m_form->userChanged();
    m_one->userChanged();
}

void SendPage::showForm() {
    m_tabs->setCurrentWidget(m_form);
}

void SendPage::showBatches() {
    m_tabs->setCurrentWidget(m_batches);
}

void SendPage::look(BatchId batch) {
    m_tabs->setCurrentWidget(m_batches);
    m_batches->look(batch);
}

void SendPage::searchBatches(const QString &text) {
    m_tabs->setCurrentWidget(m_batches);
    m_batches->search(text);
}

void SendPage::refresh() {
    m_context.directory.refresh();
}

void SendPage::showSnapshot(const Snapshot &snapshot) {
    m_form->showSnapshot(snapshot);
}

} // namespace songda::ui
