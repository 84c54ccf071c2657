// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "ui/pages/accounts/accounts_page.h"
#include "ui/pages/alerts/alerts_page.h"
#include "ui/pages/audit/audit_page.h"
#include "ui/pages/connections/connections_page.h"
#include "ui/pages/dead_letters/dead_letters_page.h"
#include "ui/pages/errors/errors_page.h"
#include "ui/pages/handover/handover_page.h"
#include "ui/pages/overview/overview_page.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/pages/recipient/recipient_page.h"
#include "ui/pages/reports/reports_page.h"
#include "ui/pages/send/send_page.h"
#include "ui/pages/settings/settings_page.h"
#include "ui/pages/templates/templates_page.h"
#include "ui/pages/users/users_page.h"
#include "ui/shell/environment_badge.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_strip.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/wheel_guard.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace songda::ui {

MainWindow::MainWindow(Engine &engine, Theme &theme, Language &language, QWidget *parent)
    : QMainWindow(parent)
    , m_engine(engine)
    , m_theme(theme)
    , m_language(language)
    , m_directory(engine)
    , m_feed(engine)
    , m_tray(engine, m_directory)
    , m_context{engine, m_directory}
    , m_rail(new Rail)
    , m_badge(new EnvironmentBadge)
    , m_notice(new Notice)
    , m_stack(new QStackedWidget)
    , m_strip(new StatusStrip)
    , m_findButton(new QPushButton)
    , m_languageButton(new QPushButton)
    , m_themeButton(new QPushButton)
    , m_texts(this) {
    new WheelGuard(this); // before there is a field to guard
    m_directory.setChinese(language.chinese());
    connect(&m_language, &Language::aboutToChange, &m_directory, &Directory::setChinese);
    buildHead();

    buildPages();
    connect(m_rail, &Rail::selected, this, &MainWindow::select);
    connect(&m_feed, &LiveFeed::snapshot, this, &MainWindow::take);
    // The overview draws a curve, which must not have holes while one looks at another page.
    connect(&m_feed, &LiveFeed::snapshot, m_overview, &OverviewPage::sample);
    connect(&m_feed, &LiveFeed::dataChanged, this, [this] {
        if (m_still)
            return;
        m_directory.refresh();
        if (auto *current = qobject_cast<Page *>(m_stack->currentWidget()))
            current->refresh();
    });
    connect(&m_tray, &TrayNotices::opened, this, [this] {
        showPage(QStringLiteral("alerts"));
        raise();
        activateWindow();
    });
    m_strip->setCauseNames([this](const std::string &cause) { return m_directory.causeText(cause); });
    connect(m_strip, &StatusStrip::pauseWanted, this, [this](bool paused) { m_engine.setPaused(paused); });
    connect(m_strip, &StatusStrip::stillWanted, this, &MainWindow::holdStill);
    buildCommands();
    m_texts.add([this] { setTexts(); });
    resize(1360, 860);
    rememberLayout();
    restoreGeometry(QSettings().value(QStringLiteral("window/geometry")).toByteArray());
    m_directory.refresh();
    take(m_feed.latest());
    select(0);
    centralWidget()->setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildHead() {
    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(2 * grid, wideGap, 2 * grid, grid);
    column->setSpacing(grid);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);

    m_findButton->setIcon(icon(QStringLiteral("find")));
    m_languageButton->setIcon(icon(QStringLiteral("language")));
    m_themeButton->setIcon(icon(QStringLiteral("theme")));
    auto *foot = new QWidget;
    auto *footLayout = new QVBoxLayout(foot);
    footLayout->setContentsMargins(grid, 0, grid, 0);
    footLayout->setSpacing(smallGap);
    footLayout->addWidget(m_findButton);
    footLayout->addWidget(m_languageButton);
    footLayout->addWidget(m_themeButton);
    m_rail->addAtFoot(foot);
    connect(m_findButton, &QPushButton::clicked, this, &MainWindow::openPalette);
    connect(m_languageButton, &QPushButton::clicked, this, [this] {
        Q_EMIT languageChosen(m_language.chinese() ? Language::Choice::English : Language::Choice::Chinese);
    });
    connect(m_themeButton, &QPushButton::clicked, this, [this] {
        Q_EMIT themeChosen(m_theme.dark() ? Theme::Choice::Light : Theme::Choice::Dark);
    });
    connect(&m_theme, &Theme::changed, this, [this] { m_texts.again(); });

    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addWidget(middle, 1);
    auto *central = new QWidget;
    auto *outer = new QVBoxLayout(central);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_badge);
    outer->addLayout(row, 1);
    outer->addWidget(m_strip);
    // Nothing is marked as chosen by the keyboard before somebody uses it.
    central->setFocusPolicy(Qt::ClickFocus);
    setCentralWidget(central);
}

void MainWindow::buildPages() {
    const auto add = [this](const char *name, const char *icon, std::function<QString()> title, Page *page) {
        // Alt+0 is the tenth; further ones have keys of their own.
        const std::size_t n = m_pages.size() + 1;
        addPage(QLatin1String(name), QLatin1String(icon), title, QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + n % 10)), page);
    };
    add("overview", "overview", [] { return tr("Overview"); }, m_overview = new OverviewPage(m_context));
    add("send", "send", [] { return tr("Send"); }, m_send = new SendPage(m_context));
    add("queue", "queue", [] { return tr("Queue"); }, m_queue = new QueuePage(m_context));
    add("dead_letters", "dead", [] { return tr("Dead letters"); }, m_deadLetters = new DeadLettersPage(m_context));
    add("recipient", "recipient", [] { return tr("Recipient"); }, m_recipient = new RecipientPage(m_context));
    add("errors", "errors", [] { return tr("Errors"); }, new ErrorsPage(m_context));
    add("templates", "templates", [] { return tr("Templates"); }, new TemplatesPage(m_context));
    add("reports", "reports", [] { return tr("Reports"); }, new ReportsPage(m_context));
    add("accounts", "accounts", [] { return tr("Accounts"); }, new AccountsPage(m_context));
    add("audit", "audit", [] { return tr("Audit"); }, new AuditPage(m_context));
    addPage(QStringLiteral("alerts"), QStringLiteral("alerts"), [] { return tr("Alerts"); }, QKeySequence(QStringLiteral("Ctrl+Shift+A")),
        m_alerts = new AlertsPage(m_context));
    addPage(QStringLiteral("connections"), QStringLiteral("connections"), [] { return tr("Connections"); }, QKeySequence(QStringLiteral("Ctrl+Shift+K")),
        m_connections = new ConnectionsPage(m_context));
    addPage(QStringLiteral("users"), QStringLiteral("users"), [] { return tr("Users"); }, QKeySequence(QStringLiteral("Ctrl+U")), m_users = new UsersPage(m_context));
    connect(m_users, &UsersPage::switchUserWanted, this, &MainWindow::switchUserWanted);
    connect(m_users, &UsersPage::lockAfterChosen, this, &MainWindow::lockAfterChosen);
    addPage(QStringLiteral("settings"), QStringLiteral("settings"), [] { return tr("Settings"); }, QKeySequence(QStringLiteral("Ctrl+,")), new SettingsPage(m_context));
    addPage(QStringLiteral("handover"), QStringLiteral("handover"), [] { return tr("Handover"); }, QKeySequence(QStringLiteral("Ctrl+H")), new HandoverPage(m_context));
}

void MainWindow::addPage(const QString &name, const QString &iconName, const std::function<QString()> &title, const QKeySequence &key, Page *page) {
    m_pages.push_back({name, title, key, page, m_rail->add(iconName)});
    m_stack->addWidget(page);
    connect(page, &Page::showMessages, this, &MainWindow::showMessages);
    connect(page, &Page::showPage, this, &MainWindow::showPage);
    connect(page, &Page::showBatch, this, &MainWindow::showBatch);
    connect(page, &Page::showRecipient, this, &MainWindow::showRecipient);
    const int index = static_cast<int>(m_pages.size()) - 1;
    m_commands.add(this, [] { return tr("Pages"); }, {name, title, key, [this, index] { select(index); }});
    for (Command &command : page->commands())
        m_commands.add(page, title, std::move(command));
    setTexts();
}

void MainWindow::addConnection(const QString &name, const std::function<QString()> &title, Page *pane) {
    m_connections->addPane(name, title, pane);
    for (Command &command : m_connections->commandsOf(name))
        m_commands.add(m_connections, [] { return tr("Connections"); }, std::move(command));
}

void MainWindow::setPublicUrl(const QString &url) { m_connections->setPublicUrl(url); }

void MainWindow::setLockAfter(int minutes) { m_users->setLockAfter(minutes); }

void MainWindow::userChanged() {
    // What was said to one user's buttons does not hold for the next.
    m_texts.again();
    for (const Entry &entry : m_pages) {
        entry.page->userChanged();
        entry.page->refresh();
    }
}

void MainWindow::setTexts() {
    for (const Entry &entry : m_pages) {
        const QString title = entry.title();
        entry.button->setText(title);
        entry.button->setToolTip(QStringLiteral("%1 (%2)").arg(title, entry.key.toString(QKeySequence::NativeText)));
        entry.page->setAccessibleName(title);
    }
    setWindowTitle(tr("Songda"));
    // Each language is named in itself, so that one finds back.
    m_languageButton->setText(m_language.chinese() ? QStringLiteral("English") : QStringLiteral("中文"));
    m_languageButton->setToolTip(tr("Switch the language"));
    m_themeButton->setText(m_theme.dark() ? tr("Light") : tr("Dark"));
    m_themeButton->setToolTip(tr("Switch between light and dark"));
    m_findButton->setText(tr("Find…"));
    m_findButton->setToolTip(tr("Find and do anything by its name (Ctrl+K); all keys: F1"));
    m_rail->setAccessibleName(tr("Pages"));
    // A console that looks on pauses nothing, whoever has signed in: that is no question of who may.
    const bool theirs = m_engine.whyNot(Permission::Steer).empty();
    m_strip->setMayPause(m_context.may(Permission::Steer), theirs ? QString() : words::onlyFor(Engine::rolesWith(Permission::Steer)));
}

QStringList MainWindow::pageNames() const {
    QStringList names;
    for (const Entry &entry : m_pages)
        names.append(entry.name);
    return names;
}

void MainWindow::showPage(const QString &name) {
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i].name == name)
            select(static_cast<int>(i));
    }
}

QString MainWindow::currentPage() const {
    return m_pages[static_cast<std::size_t>(m_stack->currentIndex())].name;
}

Page *MainWindow::page(const QString &name) const {
    for (const Entry &entry : m_pages) {
        if (entry.name == name)
            return entry.page;
    }
    return nullptr;
}

void MainWindow::select(int index) {
    m_rail->select(index);
    Page *page = m_pages[static_cast<std::size_t>(index)].page;
    m_stack->setCurrentWidget(page);
    page->showSnapshot(m_feed.latest());
    page->refresh();
}

void MainWindow::showMessages(const MessageFilter &filter) {
    m_queue->setFilter(filter);
    showPage(QStringLiteral("queue"));
}

void MainWindow::showBatch(BatchId batch) {
    m_send->look(batch);
    showPage(QStringLiteral("send"));
}

void MainWindow::showRecipient(const Person &person) {
    m_recipient->look(person);
    showPage(QStringLiteral("recipient"));
}

void MainWindow::take(const Snapshot &snapshot) {
    m_badge->show(snapshot);
    m_strip->show(snapshot);
    const auto badge = snapshot.counts[MessageState::Dead] + snapshot.counts[MessageState::Undelivered] + snapshot.counts[MessageState::Uncertain];
    for (const Entry &entry : m_pages) {
        if (entry.page == m_deadLetters)
            entry.button->setBadge(badge);
        if (entry.page == m_alerts)
            entry.button->setBadge(total(snapshot.openAlerts));
    }
    auto *current = qobject_cast<Page *>(m_stack->currentWidget());
    if (current != nullptr && !m_still)
        current->showSnapshot(snapshot);
}

void MainWindow::say(const QString &text, Tone tone) {
    m_notice->say(text, tone);
}

void MainWindow::closeEvent(QCloseEvent *event) {
    keepLayout(QStringLiteral("window/geometry"), saveGeometry());
    const bool delivering = m_engine.role() == EngineOptions::Role::Engine && m_feed.latest().running;
    if (!delivering || m_stopped) {
        event->accept();
        return;
    }
    // What is in flight may finish; the window closes when the engine has stopped.
    event->ignore();
    if (m_stopping)
        return;
    m_stopping = true;
    say(tr("Finishing what is in flight, then closing…"), Tone::Info);
    setEnabled(false);
    connect(&m_engine, &Engine::stopped, this, [this] {
        m_stopped = true;
        close();
    }, Qt::QueuedConnection);
    m_engine.requestStop();
}

} // namespace songda::ui
