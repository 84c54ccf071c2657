// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/send/send_page.h"

#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/message_form.h"
#include "ui/widgets/parts.h"

#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace songda::ui {

SendPage::SendPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_title(headline())
    , m_tabs(new QTabWidget)
    , m_one(new MessageForm(context))
    , m_batch(new BatchForm(context))
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    layout->addWidget(m_tabs, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(m_batch, {});
    m_tabs->addTab(m_one, {});
    connect(m_one, &MessageForm::showMessages, this, &Page::showMessages);
    connect(m_batch, &BatchForm::showMessages, this, &Page::showMessages);
    m_texts.add([this] {
        m_title->setText(tr("Send"));
        m_tabs->setTabText(0, tr("A batch from a file"));
        m_tabs->setTabText(1, tr("One message"));
    });
}

void SendPage::showBatch() {
    m_tabs->setCurrentWidget(m_batch);
}

} // namespace songda::ui
