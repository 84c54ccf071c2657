// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the console looks: as the system does, and with the words of others as they were written.
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/pages/errors/errors_chart.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/theme.h"
#include "ui/widgets/colours.h"
#include "ui/widgets/plain_text.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTextDocument>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

bool windowIs(const Colours &colours) { return QApplication::palette().color(QPalette::Window) == colours.window; }

/// The system brings its own palette, as a platform theme does when somebody switches to dark.
void systemChangesTo(const QColor &window) {
    QPalette palette;
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, window.lightness() < 128 ? Qt::white : Qt::black);
    QApplication::setPalette(palette);
    QEvent told(QEvent::ApplicationPaletteChange);
    QCoreApplication::sendEvent(qApp, &told);
}

/// What a reader of a tooltip sees.
QString seen(const QString &tip) {
    if (!Qt::mightBeRichText(tip))
        return tip;
    QTextDocument document;
    document.setHtml(tip);
    return document.toPlainText();
}

QMenu *columnMenu(DataTable *table) { return table->findChild<QMenu *>(QStringLiteral("columnMenu")); }

QAction *entry(const QMenu *menu, const QString &text) {
    for (QAction *action : menu->actions()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

QStringList column(const DataTable *table, int n) {
    QStringList cells;
    for (int row = 0; row < table->model()->rowCount(); ++row)
        cells.append(table->model()->index(row, n).data().toString());
    return cells;
}

void clickHeader(DataTable *table, int section) {
    QHeaderView *header = table->horizontalHeader();
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
        {header->sectionViewportPosition(section) + header->sectionSize(section) / 2, header->height() / 2});
}

} // namespace

class LookTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theThemeFollowsTheSystemWhileItRuns();
    void aChoiceIsStrongerThanTheSystem();
    void wordsFromOutsideAreNoMarkup_data();
    void wordsFromOutsideAreNoMarkup();
    void noTooltipOfTheWindowReadsMarkup();
    void aClickOnAHeaderSortsAndIsRemembered();
    void tablesThatReadPageByPageDoNotPretendToSort();
    void theMenuOfTheColumnsNeedsNoMouse();
    void theBarsOfTheChartOpenTheirMessages();
    void theRailHasRoomForLargeLetters();
};

void LookTest::theThemeFollowsTheSystemWhileItRuns() {
    systemChangesTo(QColor(0xf0, 0xf0, 0xf0));
    Theme theme;
    QVERIFY(!theme.dark() && windowIs(lightColours()));
    const QSignalSpy changed(&theme, &Theme::changed);
    systemChangesTo(QColor(0x20, 0x20, 0x24));
    QTRY_VERIFY(theme.dark());
    QVERIFY(windowIs(darkColours())); // in our colours, not in the system's
    QVERIFY(qApp->styleSheet().contains(darkColours().surface.name()));
    QCOMPARE(changed.size(), 1);
    QTest::qWait(50);
    QCOMPARE(changed.size(), 1); // what it sets itself is no news
    systemChangesTo(QColor(0xf0, 0xf0, 0xf0));
    QTRY_VERIFY(!theme.dark() && windowIs(lightColours()));
}

void LookTest::aChoiceIsStrongerThanTheSystem() {
    systemChangesTo(QColor(0xf0, 0xf0, 0xf0));
    Theme theme;
    theme.set(Theme::Choice::Light);
    systemChangesTo(QColor(0x20, 0x20, 0x24));
    QTRY_VERIFY(windowIs(lightColours())); // put back
    QVERIFY(!theme.dark());
    theme.set(Theme::Choice::System); // and it knows what the system is by now
    QVERIFY(theme.dark() && windowIs(darkColours()));
}

void LookTest::wordsFromOutsideAreNoMarkup_data() {
    QTest::addColumn<QString>("text");
    for (const char *text : {"<b>x</b>", "<img src='https://example.org/x.png'>", "a < b and b > c", "<a href='x'>press</a>\nsecond line", "plain", "&lt;b&gt;",
             "A sentence that is much longer than a line of a tooltip may be, and has a <b>word</b> in it that somebody else wrote"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void LookTest::wordsFromOutsideAreNoMarkup() {
    QFETCH(QString, text);
    QCOMPARE(seen(asWritten(text)), text);
    StatusStrip strip;
    Snapshot s;
    s.problem = text.toStdString();
    strip.StatusStrip::show(s);
    bool said = false;
    for (const QLabel *label : strip.findChildren<QLabel *>()) {
        QVERIFY(label->textFormat() == Qt::PlainText);
        said |= seen(label->toolTip()) == text;
    }
    QVERIFY(said);
}

void LookTest::noTooltipOfTheWindowReadsMarkup() {
    ConsoleFixture console({.mix = "43004=20"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("<b>x<i>.csv"), 0, 40)));
    QVERIFY(console.drain());
    int found = 0;
    for (const QString &name : console.window().pageNames()) {
        console.window().showPage(name);
        QTest::qWait(150);
        for (const DataTable *each : console.window().page(name)->findChildren<DataTable *>()) {
            for (int row = 0; row < each->model()->rowCount(); ++row) {
                for (int section = 0; section < each->model()->columnCount(); ++section) {
                    const QModelIndex index = each->model()->index(row, section);
                    const QString tip = index.data(Qt::ToolTipRole).toString();
                    QVERIFY2(!tip.contains(QStringLiteral("<b>")), qPrintable(name + QLatin1Char(' ') + tip));
                    if (index.data().toString().contains(QStringLiteral("<b>"))) {
                        ++found;
                        QVERIFY2(seen(tip).contains(QStringLiteral("<b>x<i>")), qPrintable(name + QLatin1Char(' ') + tip));
                    }
                }
            }
        }
        for (const QWidget *widget : console.window().page(name)->findChildren<QWidget *>())
            QVERIFY2(!widget->toolTip().contains(QStringLiteral("<b>")), qPrintable(name + QLatin1Char(' ') + widget->toolTip()));
    }
    QVERIFY(found > 0); // the name of the batch
}

void LookTest::aClickOnAHeaderSortsAndIsRemembered() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    for (const auto &[name, rows] : {std::pair("nine.csv", 9), std::pair("eleven.csv", 11), std::pair("hundred.csv", 100)})
        QVERIFY(console.import(console.writeCsv(QString::fromLatin1(name), rows * 1000, rows)));
    QVERIFY(console.drain());
    console.window().showPage(QStringLiteral("overview"));
    DataTable *batches = table(&console.window(), "batches");
    constexpr int accepted = 4;
    QTRY_COMPARE(column(batches, accepted), (QStringList{QStringLiteral("100"), QStringLiteral("11"), QStringLiteral("9")})); // newest first
    clickHeader(batches, accepted);
    QCOMPARE(column(batches, accepted), (QStringList{QStringLiteral("9"), QStringLiteral("11"), QStringLiteral("100")}));
    batches->selectRow(0);
    // A refresh with another batch keeps the order and what was chosen.
    QVERIFY(console.import(console.writeCsv(QStringLiteral("fifty.csv"), 50'000, 50)));
    QVERIFY(console.drain());
    QTRY_COMPARE(column(batches, accepted), (QStringList{QStringLiteral("9"), QStringLiteral("11"), QStringLiteral("50"), QStringLiteral("100")}));
    QCOMPARE(batches->chosenRows(), QList<int>{0});
    clickHeader(batches, accepted);
    QTRY_COMPARE(column(batches, accepted).first(), QStringLiteral("100"));
    // The next console begins as this one was left.
    console.window().showPage(QStringLiteral("queue"));
    MainWindow second(console.engine(), console.theme(), console.language());
    second.show();
    DataTable *again = table(&second, "batches");
    QTRY_COMPARE(column(again, accepted), (QStringList{QStringLiteral("100"), QStringLiteral("50"), QStringLiteral("11"), QStringLiteral("9")}));
    QCOMPARE(again->horizontalHeader()->sortIndicatorSection(), accepted);
    // The third click puts them back.
    clickHeader(again, accepted);
    QCOMPARE(again->horizontalHeader()->sortIndicatorSection(), -1);
    QCOMPARE(column(again, accepted).first(), QStringLiteral("50")); // the newest
    second.close();
}

void LookTest::tablesThatReadPageByPageDoNotPretendToSort() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    for (const char *name : {"queue", "dead", "recipient_messages", "audit"}) {
        const DataTable *each = table(&console.window(), name);
        QVERIFY2(!each->isSortingEnabled() && !each->horizontalHeader()->sectionsClickable() && !each->horizontalHeader()->isSortIndicatorShown(), name);
    }
    for (const char *name : {"batches", "top_causes", "errors", "templates", "accounts", "alerts", "alertGroups"}) {
        const DataTable *each = table(&console.window(), name);
        QVERIFY2(each->isSortingEnabled() && each->horizontalHeader()->sectionsClickable() && each->horizontalHeader()->sortIndicatorSection() == -1, name);
    }
}

void LookTest::theMenuOfTheColumnsNeedsNoMouse() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window()));
    console.window().showPage(QStringLiteral("accounts"));
    DataTable *accounts = table(&console.window(), "accounts");
    QTRY_COMPARE(accounts->model()->rowCount(), 1);
    accounts->setFocus();
    QTest::keyClick(accounts, Qt::Key_F10, Qt::ShiftModifier);
    QMenu *menu = columnMenu(accounts);
    QVERIFY(menu != nullptr);
    QTRY_VERIFY(menu->isVisible());
    QAction *environment = entry(menu, QStringLiteral("Environment"));
    QVERIFY(environment != nullptr && environment->isChecked());
    menu->setActiveAction(environment);
    QTest::keyClick(menu, Qt::Key_Return);
    QVERIFY(accounts->isColumnHidden(1));
    QTRY_VERIFY(columnMenu(accounts) == nullptr);
    // The menu key of a keyboard does the same.
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, {5, 5}, accounts->mapToGlobal(QPoint(5, 5)), Qt::NoModifier);
    QCoreApplication::sendEvent(accounts->viewport(), &asked);
    menu = columnMenu(accounts);
    QVERIFY(menu != nullptr);
    QMenu *orders = entry(menu, QStringLiteral("Sort by"))->menu();
    entry(orders, QStringLiteral("At most"))->trigger();
    QCOMPARE(accounts->horizontalHeader()->sortIndicatorSection(), 5);
    entry(menu, QStringLiteral("As it was at first"))->trigger();
    QVERIFY(!accounts->isColumnHidden(1));
    QCOMPARE(accounts->horizontalHeader()->sortIndicatorSection(), -1);
    menu->close();
    // A table that cannot be sorted does not offer it.
    console.window().showPage(QStringLiteral("queue"));
    DataTable *queue = table(&console.window(), "queue");
    queue->offerColumns();
    QVERIFY(entry(columnMenu(queue), QStringLiteral("Sort by")) == nullptr);
    columnMenu(queue)->close();
}

void LookTest::theBarsOfTheChartOpenTheirMessages() {
    // More causes than have a colour of their own.
    ConsoleFixture console({.mix = "43004=12,43101=12,43019=8,-41000=8,47003=6,45002=6,45003=6,45004=6,44002=6"});
    QVERIFY(console.isReady());
    console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window()));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("b.csv"), 0, 150)));
    QVERIFY(console.drain());
    const auto dead = console.engine().snapshot().counts[MessageState::Dead];
    QVERIFY(dead > 0);
    console.window().showPage(QStringLiteral("errors"));
    QWidget *errors = console.window().page(QStringLiteral("errors"));
    auto *chart = part<ErrorsChart>(errors, "errorsChart");
    DataTable *queue = table(console.window().page(QStringLiteral("queue")), "queue");
    QTRY_VERIFY(chart->bars() > 0);
    QTest::keyClick(&console.window(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(chart->hasFocus());
    // The newest bar with something in it: an hour may have begun meanwhile.
    QTest::keyClick(chart, Qt::Key_End);
    for (int i = 0; i < chart->bars() && chart->at()->count == 0; ++i)
        QTest::keyClick(chart, Qt::Key_Left);
    const ErrorsChart::Part bar = *chart->at();
    QVERIFY(bar.count > 0 && bar.cause.empty());
    QVERIFY2(chart->caption().contains(QString::number(bar.count)), qPrintable(chart->caption()));
    QCOMPARE(chart->accessibleDescription(), chart->caption());
    QTest::keyClick(chart, Qt::Key_Return);
    QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
    QTRY_COMPARE(queue->model()->rowCount(), static_cast<int>(bar.count));
    // Each of its parts, by the keyboard and with the mouse.
    std::int64_t sum = 0;
    std::string before;
    for (;;) {
        console.window().showPage(QStringLiteral("errors"));
        QTest::keyClick(&console.window(), Qt::Key_1, Qt::ControlModifier);
        QTest::keyClick(chart, Qt::Key_Up);
        const ErrorsChart::Part one = *chart->at();
        QVERIFY(!one.cause.empty() && one.count > 0);
        if (one.cause == before)
            break; // the last
        before = one.cause;
        sum += one.count;
        QTest::keyClick(chart, Qt::Key_Return);
        QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
        QTRY_COMPARE(queue->model()->rowCount(), static_cast<int>(one.count));
        qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")))->setFilter({});
        QTRY_COMPARE(queue->model()->rowCount(), 150);
        console.window().showPage(QStringLiteral("errors"));
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, chart->placeOf(one).center());
        QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
        QTRY_COMPARE(queue->model()->rowCount(), static_cast<int>(one.count));
    }
    QCOMPARE(sum, bar.count);
    QVERIFY2(QString::fromStdString(before).contains(QLatin1Char(',')), "the last part is all the other causes");
}

void LookTest::theRailHasRoomForLargeLetters() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    auto *rail = console.window().findChild<Rail *>();
    const int narrow = rail->width();
    QFont large = rail->font();
    large.setPointSizeF(large.pointSizeF() * 2);
    rail->setFont(large);
    console.window().resize(1360, 700);
    const auto buttons = rail->findChildren<RailButton *>();
    QVERIFY(buttons.size() >= 15);
    for (RailButton *button : buttons)
        button->setFont(large);
    QTRY_VERIFY2(rail->width() > narrow, qPrintable(QString::number(rail->width())));
    for (const RailButton *button : buttons) {
        QTRY_VERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
        QVERIFY2(button->height() >= button->fontMetrics().height(), qPrintable(button->text()));
    }
    // The last page is reached, and is on the screen then.
    console.window().showPage(QStringLiteral("handover"));
    QTRY_VERIFY(!buttons.back()->visibleRegion().isEmpty());
    QVERIFY(!part<QPushButton>(rail, "openPalette")->visibleRegion().isEmpty()); // the foot stays
}

QTEST_MAIN(LookTest)
#include "look_test.moc"
