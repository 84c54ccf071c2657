// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be done from anywhere in the window, and the two places where one finds it: the palette and the map of keys.
#include "ui/models/saved_filters.h"
#include "ui/pages/dead_letters/dead_letters_page.h"
#include "ui/pages/overview/overview_page.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/pages/recipient/recipient_page.h"
#include "ui/pages/send/send_page.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/key_map.h"
#include "ui/shell/main_window.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_strip.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/format.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/parts.h"

#include <QApplication>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <algorithm>

namespace songda::ui {

namespace {

constexpr std::size_t offeredBatches = 30;

QKeySequence keys(const char *text) {
    return QKeySequence(QLatin1String(text));
}

} // namespace

void MainWindow::buildCommands() {
    const auto everywhere = [] { return tr("Everywhere"); };
    const auto add = [&](const char *id, std::function<QString()> name, const QKeySequence &key, std::function<void()> run) {
        m_commands.add(this, everywhere, {QLatin1String(id), std::move(name), key, std::move(run)});
    };
    m_findButton->setObjectName(QStringLiteral("openPalette"));
    m_commands.add(this, everywhere, {QStringLiteral("palette"), [] { return tr("Find and do anything by its name"); }, keys("Ctrl+K"), [this] { openPalette(); },
                                         [] { return true; }, m_findButton});
    add("keys", [] { return tr("All keys"); }, keys("F1"), [this] { openKeyMap(); });
    add("keys ?", [] { return tr("All keys"); }, keys("?"), [this] { openKeyMap(); });
    add("search", [] { return tr("Search messages"); }, QKeySequence(QKeySequence::Find).isEmpty() ? keys("Ctrl+F") : QKeySequence(QKeySequence::Find), [this] {
        showPage(QStringLiteral("queue"));
        m_queue->focusSearch();
    });
    add("why", [] { return tr("Why is nothing moving?"); }, keys("F2"), [this] {
        showPage(QStringLiteral("overview"));
        m_overview->explain();
    });
    // What a button of the foot does is said in full where one does not see it.
    const auto addButton = [&](QAbstractButton *button, const char *id, std::function<QString()> name, const char *key) {
        Command command = commandOf(button, QLatin1String(id), keys(key));
        command.name = std::move(name);
        m_commands.add(this, everywhere, std::move(command));
    };
    addButton(m_strip->pauseButton(), "pause", [] { return tr("Pause the engine, or let it go on"); }, "Ctrl+Shift+P");
    add("refresh", [] { return tr("Fetch the page again"); }, keys("F5"), [this] {
        if (auto *current = qobject_cast<Page *>(m_stack->currentWidget())) {
            current->showSnapshot(m_feed.latest());
            current->refresh();
        }
    });
    add("still", [this] { return m_still ? tr("Let the picture move again") : tr("Hold the picture still"); }, keys("F8"), [this] { holdStill(!m_still); });
    add("next_part", [] { return tr("To the next part of the window: pages, page, foot"); }, keys("F6"), [this] { focusNextPart(1); });
    add("previous_part", [] { return tr("To the part before"); }, keys("Shift+F6"), [this] { focusNextPart(-1); });
    add("columns", [] { return tr("Columns and order of the table"); }, keys("Shift+F10"), [this] { offerColumns(); });
    addButton(m_languageButton, "language", [] { return tr("Switch the language"); }, "Ctrl+Shift+L");
    addButton(m_themeButton, "theme", [] { return tr("Switch between light and dark"); }, "Ctrl+Shift+T");
    add("theme_system", [] { return tr("Light or dark as the system has it"); }, {}, [this] { Q_EMIT themeChosen(Theme::Choice::System); });
    add("rows_compact", [] { return tr("Low rows in tables"); }, {}, [] { setDensity(Density::Compact); });
    add("rows_normal", [] { return tr("Ordinary rows in tables"); }, {}, [] { setDensity(Density::Normal); });
    add("rows_roomy", [] { return tr("High rows in tables"); }, {}, [] { setDensity(Density::Roomy); });
}

void MainWindow::offerColumns() {
    auto *table = qobject_cast<DataTable *>(QApplication::focusWidget());
    if (table == nullptr) {
        const auto all = m_stack->currentWidget()->findChildren<DataTable *>();
        const auto first = std::find_if(all.begin(), all.end(), [](const DataTable *t) { return t->isVisible(); });
        table = first == all.end() ? nullptr : *first;
    }
    if (table != nullptr)
        table->offerColumns();
}

void MainWindow::holdStill(bool still) {
    m_still = still;
    m_strip->setStill(still);
    m_overview->holdStill(still);
    if (still)
        return;
    m_directory.refresh();
    take(m_feed.latest());
    if (auto *current = qobject_cast<Page *>(m_stack->currentWidget()))
        current->refresh();
}

void MainWindow::focusNextPart(int step) {
    QWidget *parts[]{m_rail, m_stack->currentWidget(), m_strip};
    int at = 1;
    for (int i = 0; i < 3; ++i) {
        if (QApplication::focusWidget() != nullptr && parts[i]->isAncestorOf(QApplication::focusWidget()))
            at = i;
    }
    const int next = (at + step + 3) % 3;
    if (next == 0) {
        m_pages[static_cast<std::size_t>(m_stack->currentIndex())].button->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    // Where one was in it, else its first field.
    QWidget *inside = parts[next]->focusWidget();
    if (inside == nullptr || !inside->isVisible()) {
        const auto all = parts[next]->findChildren<QWidget *>();
        const auto first = std::find_if(all.begin(), all.end(),
            [](const QWidget *w) { return w->isVisible() && w->isEnabled() && (w->focusPolicy() & Qt::TabFocus) != 0 && w->focusProxy() == nullptr; });
        inside = first == all.end() ? nullptr : *first;
    }
    if (inside != nullptr)
        inside->setFocus(Qt::ShortcutFocusReason);
}

std::vector<PaletteItem> MainWindow::paletteItems() {
    std::vector<PaletteItem> items;
    std::vector<const QAbstractButton *> known;
    const auto addEntries = [&](bool ofPage) {
        for (const CommandList::Entry &entry : m_commands.entries()) {
            if ((entry.scope != this) != ofPage || !CommandList::offered(entry) || entry.command.id == QLatin1String("palette") || entry.command.id == QLatin1String("keys ?"))
                continue;
            if (entry.command.button != nullptr)
                known.push_back(entry.command.button);
            items.push_back({entry.command.name(), entry.section(), entry.command.key.toString(QKeySequence::NativeText), entry.command.id, entry.command.run});
        }
    };
    addEntries(true);
    // Every other button of the page is there, too: nothing needs the mouse.
    const Entry &current = m_pages[static_cast<std::size_t>(m_stack->currentIndex())];
    const auto buttons = current.page->findChildren<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (!button->isVisible() || !button->isEnabled() || commandName(*button).isEmpty() || std::find(known.begin(), known.end(), button) != known.end())
            continue;
        const auto run = [button = QPointer<QPushButton>(button)] {
            if (button == nullptr)
                return;
            if (button->menu() != nullptr)
                button->showMenu();
            else
                button->click();
        };
        items.push_back({commandName(*button), current.title(), {}, button->objectName(), run});
    }
    addEntries(false);
    for (const SavedFilter &filter : savedFilters()) {
        items.push_back({filter.name, tr("Saved filter"), {}, filter.search, [this, search = filter.search] {
                             m_queue->search(search);
                             showPage(QStringLiteral("queue"));
                         }});
    }
    const std::vector<Batch> &batches = m_directory.batches();
    for (std::size_t i = 0; i < batches.size() && i < offeredBatches; ++i)
        items.push_back({m_directory.batchName(batches[i]), tr("Batch"), {}, QString::number(batches[i].id.value),
            [this, id = batches[i].id] { showBatch(id); }});
    return items;
}

std::vector<PaletteItem> MainWindow::found(const QString &typed) {
    std::vector<PaletteItem> items;
    static const QRegularExpression openid(QStringLiteral("^o[A-Za-z0-9_-]{20,40}$"));
    if (openid.match(typed).hasMatch())
        items.push_back({tr("About the person %1").arg(typed), tr("Recipient"), {}, {}, [this, typed] { showRecipient({{}, typed, {}}); }});
    items.push_back({tr("Search messages for “%1”").arg(typed), tr("Queue"), {}, {}, [this, typed] {
                         m_queue->search(typed);
                         showPage(QStringLiteral("queue"));
                     }});
    items.push_back({tr("Batches with “%1” in the name").arg(typed), tr("Batch"), {}, {}, [this, typed] {
                         m_send->searchBatches(typed);
                         showPage(QStringLiteral("send"));
                     }});
    return items;
}

void MainWindow::openPalette() {
    auto *palette = new CommandPalette(paletteItems(), [this](const QString &typed) { return found(typed); }, this);
    palette->open();
}

void MainWindow::openKeyMap() {
    auto *map = new KeyMap(m_commands, this);
    map->open();
}

} // namespace songda::ui
