// SPDX-License-Identifier: GPL-3.0-or-later
//
// Without a mouse: every key does what the map says, every act is reached, and what was set up comes back.
#include "app/simulator/followers.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/models/fuzzy.h"
#include "ui/models/saved_filters.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/shell/command_list.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/key_map.h"
#include "ui/shell/status_strip.h"
#include "ui/widgets/layout_memory.h"
#include "ui/widgets/message_inspector.h"

#include <QClipboard>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QSettings>
#include <QShortcut>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

bool active(ConsoleFixture &console) {
    console.window().activateWindow();
    return QTest::qWaitForWindowActive(&console.window());
}

CommandPalette *openPalette(ConsoleFixture &console) {
    // What was chosen before may have closed its window just now.
    if (!QTest::qWaitFor([&] { return console.window().findChild<CommandPalette *>() == nullptr; }) || !active(console))
        return nullptr;
    QTest::keyClick(QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &console.window(), Qt::Key_K, Qt::ControlModifier);
    auto *palette = console.window().findChild<CommandPalette *>();
    return palette != nullptr && QTest::qWaitForWindowActive(palette) ? palette : nullptr;
}

/// Writes into the palette and presses Enter; Qt Test has no keys for Chinese.
bool choose(ConsoleFixture &console, const QString &text) {
    CommandPalette *palette = openPalette(console);
    if (palette == nullptr)
        return false;
    auto *line = part<QLineEdit>(palette, "paletteText");
    line->setText(text);
    QTest::keyClick(line, Qt::Key_Return);
    return QTest::qWaitFor([&] { return console.window().findChild<CommandPalette *>() == nullptr; });
}

QString shown(const CommandPalette *palette) {
    const auto *list = palette->findChild<QListWidget *>(QStringLiteral("paletteList"));
    QStringList titles;
    for (int i = 0; i < list->count(); ++i)
        titles.append(list->item(i)->text());
    return titles.join(QLatin1Char('\n'));
}

} // namespace

class KeyboardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatFits_data();
    void whatFits();
    void noKeyMeansTwoThings();
    void theMapHasEveryKey();
    void everyButtonIsReachedByTabAndByThePalette();
    void thePaletteFindsAndDoes();
    void thePaletteOpensFromASearchField();
    void aFilterIsKeptUnderAName();
    void keysLeadThroughTheInspector();
    void theThreePartsOfTheWindow();
    void columnsComeBackAsTheyWereLeft();
    void rowsHaveTheHeightThatWasWished();
};

void KeyboardTest::whatFits_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse"); ///< empty: does not fit at all
    const auto row = [](const char *typed, const char *better, const char *worse) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(better) << QString::fromUtf8(worse);
    };
    row("dead", "Dead letters", "The dead");
    row("res", "Resend selection", "Address");
    row("letters dead", "Dead letters", "");
    row("dltr", "Dead letters", "");
    row("死信", "死信", "去死信");
    row("RESEND", "Resend", "Do not resend");
}

void KeyboardTest::whatFits() {
    QFETCH(QString, typed);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    QVERIFY(fit(typed, better) > (worse.isEmpty() ? 0 : fit(typed, worse)));
    QCOMPARE(fit(typed, QStringLiteral("xyz")), 0);
    QVERIFY(fit({}, better) > 0);
}

void KeyboardTest::noKeyMeansTwoThings() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const auto &entries = console.window().commands().entries();
    QVERIFY(entries.size() > 60);
    for (std::size_t a = 0; a < entries.size(); ++a) {
        QVERIFY2(!entries[a].command.name().isEmpty(), qPrintable(entries[a].command.id));
        for (std::size_t b = a + 1; b < entries.size(); ++b) {
            if (entries[a].command.key.isEmpty() || entries[a].command.key != entries[b].command.key)
                continue;
            // Two pages are never on screen together.
            const bool together = entries[a].scope == entries[b].scope || entries[a].scope == &console.window() || entries[b].scope == &console.window();
            QVERIFY2(!together, qPrintable(entries[a].command.id + QStringLiteral(" and ") + entries[b].command.id));
        }
    }
    // And no key works that is not in the list.
    const auto shortcuts = console.window().findChildren<QShortcut *>();
    for (const QShortcut *shortcut : shortcuts) {
        const bool known = std::any_of(entries.begin(), entries.end(), [&](const auto &entry) { return entry.command.key == shortcut->key(); });
        QVERIFY2(known, qPrintable(shortcut->key().toString()));
    }
}

void KeyboardTest::theMapHasEveryKey() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(active(console));
    QTest::keyClick(&console.window(), Qt::Key_F1);
    auto *map = console.window().findChild<KeyMap *>();
    QTRY_VERIFY(map != nullptr && map->isVisible());
    QStringList texts;
    for (const QLabel *label : map->findChildren<QLabel *>())
        texts.append(label->text());
    for (const CommandList::Entry &entry : console.window().commands().entries()) {
        if (entry.command.key.isEmpty() || entry.command.id == QLatin1String("keys ?"))
            continue;
        QVERIFY2(texts.contains(entry.command.name()), qPrintable(entry.command.name()));
        QVERIFY2(texts.filter(entry.command.key.toString(QKeySequence::NativeText)).size() > 0, qPrintable(entry.command.key.toString()));
    }
    QTest::keyClick(map, Qt::Key_Escape);
    QTRY_VERIFY(console.window().findChild<KeyMap *>() == nullptr);
}

void KeyboardTest::everyButtonIsReachedByTabAndByThePalette() {
    ConsoleFixture console({.mix = "43004=20"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("k.csv"), 0, 60)));
    QVERIFY(console.drain());
    QVERIFY(active(console));
    int buttons = 0;
    for (const QString &name : console.window().pageNames()) {
        console.window().showPage(name);
        for (DataTable *each : console.window().page(name)->findChildren<DataTable *>()) {
            QTest::qWait(60);
            each->selectRow(0);
        }
        QTest::qWait(100);
        CommandPalette *palette = openPalette(console);
        QVERIFY(palette != nullptr);
        const QString offered = shown(palette);
        palette->reject();
        QTRY_VERIFY(console.window().findChild<CommandPalette *>() == nullptr);
        for (const QAbstractButton *button : console.window().page(name)->findChildren<QAbstractButton *>()) {
            const bool inner = button->objectName().startsWith(QLatin1String("qt_")) || button->parentWidget()->inherits("QTabBar")
                || button->parentWidget()->inherits("QLineEdit") || button->inherits("QTableCornerButton") || qobject_cast<const DataTable *>(button->parentWidget()) != nullptr;
            if (inner || !button->isVisible() || !button->isEnabled())
                continue;
            QVERIFY2((button->focusPolicy() & Qt::TabFocus) != 0, qPrintable(name + QStringLiteral(": ") + button->text()));
            if (button->inherits("QPushButton") && !commandName(*button).isEmpty()) {
                ++buttons;
                QVERIFY2(offered.contains(commandName(*button)), qPrintable(name + QStringLiteral(": ") + button->text() + QStringLiteral(" not in\n") + offered));
            }
        }
    }
    QVERIFY2(buttons > 30, qPrintable(QString::number(buttons)));
}

void KeyboardTest::thePaletteFindsAndDoes() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("会员日.csv"), 0, 30)));
    QVERIFY(console.drain());
    QVERIFY(active(console));
    QVERIFY(choose(console, QStringLiteral("dead l")));
    QTRY_COMPARE(console.window().currentPage(), QStringLiteral("dead_letters"));
    // A person by her openid.
    const QString openid = QString::fromStdString(simulator::followerOpenid(7));
    CommandPalette *palette = openPalette(console);
    QVERIFY(palette != nullptr);
    QTest::keyClicks(part<QLineEdit>(palette, "paletteText"), openid);
    QVERIFY2(shown(palette).contains(openid), qPrintable(shown(palette)));
    QTest::keyClick(part<QLineEdit>(palette, "paletteText"), Qt::Key_Return);
    QTRY_COMPARE(console.window().currentPage(), QStringLiteral("recipient"));
    // A batch by its name.
    QTRY_VERIFY_WITH_TIMEOUT([&] {
        CommandPalette *p = openPalette(console);
        if (p == nullptr)
            return false;
        part<QLineEdit>(p, "paletteText")->setText(QStringLiteral("会员"));
        const bool there = shown(p).startsWith(QStringLiteral("会员日"));
        p->reject();
        QTest::qWait(50);
        return there;
    }(), 10'000);
    QVERIFY(choose(console, QStringLiteral("会员日")));
    QTRY_COMPARE(console.window().currentPage(), QStringLiteral("send"));
    // What does not fit anything is searched for.
    QVERIFY(choose(console, QStringLiteral("SO-77/1")));
    QTRY_COMPARE(console.window().currentPage(), QStringLiteral("queue"));
    // Escape does nothing but close it.
    palette = openPalette(console);
    QVERIFY(palette != nullptr);
    QTest::keyClicks(part<QLineEdit>(palette, "paletteText"), QStringLiteral("audit"));
    QTest::keyClick(part<QLineEdit>(palette, "paletteText"), Qt::Key_Escape);
    QTRY_VERIFY(console.window().findChild<CommandPalette *>() == nullptr);
    QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
}

void KeyboardTest::thePaletteOpensFromASearchField() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(active(console));
    QTest::keyClick(&console.window(), Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
    auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(search != nullptr);
    QTest::keyClicks(search, QStringLiteral("what? Ctrl"));
    QCOMPARE(search->text(), QStringLiteral("what? Ctrl")); // the question mark is a letter here
    QVERIFY(console.window().findChild<KeyMap *>() == nullptr);
    QVERIFY(choose(console, QStringLiteral("errors")));
    QTRY_COMPARE(console.window().currentPage(), QStringLiteral("errors"));
}

void KeyboardTest::aFilterIsKeptUnderAName() {
    ConsoleFixture console({.mix = "43004=30"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("f.csv"), 0, 60)));
    QVERIFY(console.drain());
    QVERIFY(active(console));
    const auto dead = static_cast<int>(console.engine().snapshot().counts[MessageState::Dead]);
    QVERIFY(dead > 0 && dead < 60);
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    DataTable *queue = table(page, "queue");
    console.window().showPage(QStringLiteral("queue"));
    MessageFilter filter;
    filter.states = {MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};
    page->setFilter(filter);
    page->focusSearch();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("since:2h"));
    QTRY_COMPARE(queue->model()->rowCount(), dead);
    withDialog(QString(), [](QDialog *dialog) {
        auto *input = qobject_cast<QInputDialog *>(dialog);
        QVERIFY(input != nullptr);
        input->setTextValue(QStringLiteral("Dead since two hours"));
        input->accept();
    });
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);
    const std::vector<SavedFilter> kept = savedFilters();
    QCOMPARE(kept.size(), std::size_t(1));
    QCOMPARE(kept.front().search, QStringLiteral("state:dead,undelivered,uncertain since:2h"));
    // Taken off, and back by its name.
    QVERIFY(active(console));
    QTest::keyClick(queue, Qt::Key_Backspace, Qt::ControlModifier);
    QTRY_COMPARE(queue->model()->rowCount(), 60);
    QVERIFY(choose(console, QStringLiteral("dead since")));
    QTRY_COMPARE(queue->model()->rowCount(), dead);
    keepFilter({QStringLiteral("Dead since two hours"), QStringLiteral("state:dead")});
    QCOMPARE(savedFilters().size(), std::size_t(1)); // replaced
    forgetFilter(QStringLiteral("Dead since two hours"));
    QVERIFY(savedFilters().empty());
}

void KeyboardTest::keysLeadThroughTheInspector() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const std::string she = simulator::followerOpenid(3);
    QVERIFY(console.simulator().control("{\"script\": {\"" + she + "\": [\"busy\", \"ok\"]}}").has_value());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("i.csv"), 0, 10)));
    QVERIFY(console.drain());
    QVERIFY(active(console));
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    page->search(QString::fromStdString(she));
    DataTable *queue = table(page, "queue");
    QTRY_COMPARE(queue->model()->rowCount(), 1);
    QTest::keyClick(&console.window(), Qt::Key_M, Qt::ControlModifier);
    QVERIFY(queue->hasFocus());
    QCOMPARE(queue->chosenRows().size(), qsizetype(1)); // one is on a row at once
    DataTable *attempts = table(page, "attempts");
    QTRY_COMPARE(attempts->model()->rowCount(), 2);
    // The newest attempt stands in full below; the older one a key away.
    QWidget *card = part<QWidget>(page, "attemptCard");
    const auto said = [&] {
        QStringList texts;
        for (const QLabel *label : card->findChildren<QLabel *>())
            texts.append(label->text());
        return texts.join(QLatin1Char('\n'));
    };
    QTRY_VERIFY(said().contains(QStringLiteral("no. 2")));
    QTest::keyClick(queue, Qt::Key_1, Qt::ControlModifier);
    QVERIFY(attempts->hasFocus());
    QTest::keyClick(attempts, Qt::Key_Down);
    QTRY_VERIFY(said().contains(QStringLiteral("no. 1")));
    QVERIFY2(said().contains(QStringLiteral("-1")) && said().contains(QStringLiteral("HTTP status")), qPrintable(said()));
    QTest::keyClick(attempts, Qt::Key_2, Qt::ControlModifier);
    DataTable *history = table(page, "history");
    QTRY_VERIFY(history->isVisible() && history->hasFocus());
    QVERIFY(history->model()->rowCount() >= 4); // taken in, two attempts, its end
    QTest::keyClick(history, Qt::Key_3, Qt::ControlModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    const QString text = QApplication::clipboard()->text();
    QVERIFY2(text.contains(QString::fromStdString(she)) && text.contains(QStringLiteral("Attempt 2")), qPrintable(text));
    QVERIFY(part<QWidget>(page, "stateMap")->accessibleDescription().endsWith(QStringLiteral("Accepted")));
}

void KeyboardTest::theThreePartsOfTheWindow() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(active(console));
    console.window().showPage(QStringLiteral("queue"));
    qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")))->focusSearch();
    const QWidget *search = QApplication::focusWidget();
    const auto *strip = console.window().findChild<StatusStrip *>();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QVERIFY(strip->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QCOMPARE(QApplication::focusWidget()->metaObject()->className(), "songda::ui::RailButton");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
    QCOMPARE(QApplication::focusWidget(), search); // back where one was
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
    QCOMPARE(QApplication::focusWidget()->metaObject()->className(), "songda::ui::RailButton");
}

void KeyboardTest::columnsComeBackAsTheyWereLeft() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("queue"));
    DataTable *queue = table(&console.window(), "queue");
    QTRY_VERIFY(queue->isVisible());
    queue->showColumnWished(5, false);
    queue->setColumnWidth(2, 333);
    queue->horizontalHeader()->moveSection(queue->horizontalHeader()->visualIndex(3), 0);
    console.window().showPage(QStringLiteral("overview")); // without waiting for the pen to rest
    MainWindow second(console.engine(), console.theme(), console.language());
    second.show();
    second.showPage(QStringLiteral("queue"));
    DataTable *again = table(&second, "queue");
    QTRY_VERIFY(again->isVisible());
    QVERIFY(again->isColumnHidden(5));
    QCOMPARE(again->columnWidth(2), 333);
    QCOMPARE(again->horizontalHeader()->logicalIndex(0), 3);
    // The last one stays: nobody could ask for the others.
    for (int column = 0; column < again->model()->columnCount(); ++column)
        again->showColumnWished(column, false);
    QCOMPARE(again->horizontalHeader()->hiddenSectionCount(), again->model()->columnCount() - 1);
    forgetLayout();
    second.close();
    QVERIFY(!QSettings().contains(QStringLiteral("columns/queue")));
    QVERIFY(!QSettings().contains(QStringLiteral("window/geometry")));
}

void KeyboardTest::rowsHaveTheHeightThatWasWished() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(active(console));
    DataTable *queue = table(&console.window(), "queue");
    const int ordinary = queue->verticalHeader()->defaultSectionSize();
    QVERIFY(ordinary > queue->fontMetrics().height() + 6); // chips do not touch each other
    QVERIFY(choose(console, QStringLiteral("low rows")));
    QTRY_VERIFY(queue->verticalHeader()->defaultSectionSize() < ordinary);
    QVERIFY(choose(console, QStringLiteral("high rows")));
    QTRY_VERIFY(queue->verticalHeader()->defaultSectionSize() > ordinary);
    setDensity(Density::Normal);
    QCOMPARE(queue->verticalHeader()->defaultSectionSize(), ordinary);
}

QTEST_MAIN(KeyboardTest)
#include "keyboard_test.moc"
