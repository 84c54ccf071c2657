// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/directory.h"
#include "ui/shell/command_list.h"
#include "ui/shell/language.h"
#include "ui/shell/live_feed.h"
#include "ui/shell/page.h"
#include "ui/shell/theme.h"
#include "ui/shell/tray_notices.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/texts.h"

#include <QMainWindow>
#include <vector>

class QPushButton;
class QStackedWidget;

namespace songda::ui {

class AlertsPage;
class ConnectionsPage;
class DeadLettersPage;
class EnvironmentBadge;
class Notice;
class OverviewPage;
class QueuePage;
class Rail;
class RailButton;
class RecipientPage;
class SendPage;
class StatusStrip;
class UsersPage;
struct PaletteItem;

/// The console: rail, page, status strip, and the badge that says which WeChat one speaks to. Owns nothing of the
/// engine; GUI thread.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Engine &engine, Theme &theme, Language &language, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Names of the pages in the order of the rail: overview, send, queue, dead_letters, ...
    QStringList pageNames() const;
    void showPage(const QString &name);
    QString currentPage() const;
    Page *page(const QString &name) const;
    /// A page of the program around the console; last in the rail.
    void addPage(const QString &name, const QString &icon, const std::function<QString()> &title, const QKeySequence &key, Page *page);
    /// A further tab of the Connections page.
    void addConnection(const QString &name, const std::function<QString()> &title, Page *pane);
    /// How the doors are reached from outside; empty: nobody has said so.
    void setPublicUrl(const QString &url);
    const PageContext &context() const { return m_context; }
    const CommandList &commands() const { return m_commands; }
    void openPalette();
    void openKeyMap();

    /// Said above the page until the next start, e.g. that this console only looks on.
    void say(const QString &text, Tone tone);

    void setLockAfter(int minutes);
    /// Somebody else has signed in: what may be done is judged anew.
    void userChanged();

Q_SIGNALS:
    void switchUserWanted();
    void lockAfterChosen(int minutes);
    void themeChosen(songda::ui::Theme::Choice choice);
    void languageChosen(songda::ui::Language::Choice choice);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    struct Entry {
        QString name;
        std::function<QString()> title;
        QKeySequence key;
        Page *page;
        RailButton *button;
    };

    void buildPages();
    void buildHead();
    void buildCommands();
    void setTexts();
    std::vector<PaletteItem> paletteItems();
    std::vector<PaletteItem> found(const QString &typed);
    void holdStill(bool still);
    /// Of the table one is in, else of the first one of the page.
    void offerColumns();
    void focusNextPart(int step);
    void take(const Snapshot &snapshot);
    void showMessages(const MessageFilter &filter);
    void showBatch(BatchId batch);
    void showRecipient(const Person &person);
    void select(int index);

    Engine &m_engine;
    Theme &m_theme;
    Language &m_language;
    Directory m_directory;
    LiveFeed m_feed;
    TrayNotices m_tray;
    const PageContext m_context;
    CommandList m_commands;
    std::vector<Entry> m_pages;
    OverviewPage *m_overview = nullptr;
    QueuePage *m_queue = nullptr;
    DeadLettersPage *m_deadLetters = nullptr;
    AlertsPage *m_alerts = nullptr;
    ConnectionsPage *m_connections = nullptr;
    SendPage *m_send = nullptr;
    UsersPage *m_users = nullptr;
    RecipientPage *m_recipient = nullptr;
    Rail *m_rail;
    EnvironmentBadge *m_badge;
    Notice *m_notice;
    QStackedWidget *m_stack;
    StatusStrip *m_strip;
    QPushButton *m_findButton;
    QPushButton *m_languageButton;
    QPushButton *m_themeButton;
    bool m_still = false; ///< what is on screen stays as it is
    bool m_stopping = false;
    bool m_stopped = false;
    Texts m_texts;
};

} // namespace songda::ui
