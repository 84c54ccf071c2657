// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/connections/connections_page.h"

#include "ui/pages/connections/callback_pane.h"
#include "ui/pages/connections/hooks_pane.h"
#include "ui/pages/connections/keys_pane.h"
#include "ui/widgets/parts.h"

#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace songda::ui {

ConnectionsPage::ConnectionsPage(const PageContext &context, QWidget *parent)
    : Page(parent)
    , m_callbacks(new CallbackPane(context))
    , m_title(headline())
    , m_tabs(new QTabWidget)
    , m_texts(this) {
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid);
    layout->addWidget(m_title);
    m_tabs->setObjectName(QStringLiteral("connectionTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    layout->addWidget(m_tabs, 1);
    addPane(QStringLiteral("callbacks"), [] { return tr("Delivery reports"); }, m_callbacks);
    addPane(QStringLiteral("keys"), [] { return tr("Keys of business systems"); }, new KeysPane(context));
    addPane(QStringLiteral("hooks"), [] { return tr("Web hooks"); }, new HooksPane(context));
    connect(m_tabs, &QTabWidget::currentChanged, this, &ConnectionsPage::refresh);
    m_texts.add([this] {
        m_title->setText(tr("Connections"));
        m_tabs->setAccessibleName(tr("Connections"));
        for (int i = 0; i < m_tabs->count(); ++i) {
            m_tabs->setTabText(i, m_panes[static_cast<std::size_t>(i)].title());
            m_tabs->setTabToolTip(i, QStringLiteral("Ctrl+%1").arg(i + 1));
        }
    });
}

void ConnectionsPage::addPane(const QString &name, std::function<QString()> title, Page *pane) {
    m_panes.push_back({name, std::move(title), pane});
    m_tabs->addTab(pane, m_panes.back().title());
    m_tabs->setTabToolTip(m_tabs->count() - 1, QStringLiteral("Ctrl+%1").arg(m_tabs->count()));
    connect(pane, &Page::showMessages, this, &Page::showMessages);
    connect(pane, &Page::showPage, this, &Page::showPage);
    connect(pane, &Page::showRecipient, this, &Page::showRecipient);
}

void ConnectionsPage::setPublicUrl(const QString &url) { m_callbacks->setPublicUrl(url); }

Page *ConnectionsPage::current() const {
    const int index = m_tabs->currentIndex();
    return index < 0 ? nullptr : m_panes[static_cast<std::size_t>(index)].pane;
}

void ConnectionsPage::showSnapshot(const Snapshot &snapshot) {
    if (Page *pane = current())
        pane->showSnapshot(snapshot);
}

void ConnectionsPage::refresh() {
    if (Page *pane = current())
        pane->refresh();
}

void ConnectionsPage::userChanged() {
    for (const Tab &tab : m_panes)
        tab.pane->userChanged();
}

std::vector<Command> ConnectionsPage::commands() {
    std::vector<Command> all;
    for (const Tab &tab : m_panes) {
        for (Command &command : commandsOf(tab.name))
            all.push_back(std::move(command));
    }
    return all;
}

std::vector<Command> ConnectionsPage::commandsOf(const QString &name) {
    std::vector<Command> all;
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        if (m_panes[i].name != name)
            continue;
        const int index = static_cast<int>(i);
        all.push_back({QStringLiteral("connections.") + m_panes[i].name, m_panes[i].title, QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + index)),
            [this, index] {
                m_tabs->setCurrentIndex(index);
                m_tabs->tabBar()->setFocus(Qt::ShortcutFocusReason);
            }});
        for (Command &command : m_panes[i].pane->commands())
            all.push_back(std::move(command));
    }
    return all;
}

} // namespace songda::ui
