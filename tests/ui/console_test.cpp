// SPDX-License-Identifier: GPL-3.0-or-later
//
// The console as an operator uses it: the real window on the offscreen platform, the real engine, and the simulator.
#include "app/simulator/followers.h"
#include "tests/must.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/pages/reports/reports_page.h"
#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/batch_source.h"
#include "ui/pages/send/message_form.h"
#include "ui/pages/send/send_page.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_strip.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/what_holds.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

class ConsoleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyModelStandsTheModelTesterThroughABatch();
    void aBatchFromAFileIsCheckedQueuedAndDelivered();
    void aFileThatCannotBeSentSaysWhy_data();
    void aFileThatCannotBeSentSaysWhy();
    void anEncodingIsForTheFileThatIsBeingRead();
    void oneMessageIsCheckedAsItIsTypedAndSent();
    void everyNumberOfTheErrorsPageOpensItsMessages();
    void aReportHasEveryMessageOnce();
    void languageAndThemeSwitchWhileRunning();
    void theSearchFindsAPersonAndShowsEveryAttempt();
    void aSecondConsoleLooksOn();
    void oneThatLooksOnSaysWhatTheDatabaseKnows();
    void whatHoldsAMessageIsNotGuessed();
    void everyFieldHasANameForScreenReaders();
};

void ConsoleTest::everyModelStandsTheModelTesterThroughABatch() {
    ConsoleFixture console({.mix = "busy=5,43004=3,http500=2", .rate = 400});
    QVERIFY(console.isReady());
    const auto testers = testersFor(console.window());
    QVERIFY(testers.size() >= 12);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("a.csv"), 0, 600)));
    // Through all pages while it runs.
    for (int round = 0; round < 2; ++round) {
        for (const QString &name : console.window().pageNames()) {
            console.window().showPage(name);
            for (DataTable *each : console.window().page(name)->findChildren<DataTable *>()) {
                QTest::qWait(30);
                each->selectRow(0);
            }
        }
    }
    QVERIFY(console.drain());
    QTest::qWait(1200); // the last refresh
    const StateCounts counts = console.engine().snapshot().counts;
    QCOMPARE(counts.finished(), 600);
    console.window().showPage(QStringLiteral("queue"));
    QTRY_COMPARE(table(console.window().page(QStringLiteral("queue")), "queue")->model()->rowCount(), 200);
}

void ConsoleTest::aBatchFromAFileIsCheckedQueuedAndDelivered() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("send"));
    auto *page = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")));
    BatchForm *form = page->batchForm();
    const QByteArray bad = "oBAD1,SO1,,¥1.00,2026-01-31 18:30\r\n,SO2,x,¥1.00,2026-01-31 18:30\r\noBAD3,SO3,x,much,2026-01-31 18:30\r\n";
    form->openFile(console.writeCsv(QStringLiteral("batch.csv"), 0, 300, bad));
    QTest::keyClick(part<QComboBox>(form, "recall"), Qt::Key_Home); // leaves at once
    auto *check = form->findChild<QPushButton *>(QStringLiteral("check"));
    auto *queue = form->findChild<QPushButton *>(QStringLiteral("queueBatch"));
    QTRY_VERIFY(check->isEnabled());
    QVERIFY(!queue->isVisible()); // nothing can be queued unseen
    QTest::mouseClick(check, Qt::LeftButton);
    QTRY_VERIFY(queue->isVisible());
    QVERIFY2(queue->text().contains(QStringLiteral("300")), qPrintable(queue->text()));
    const QAbstractItemModel *rejects = table(form, "rejects")->model();
    QCOMPARE(rejects->rowCount(), 3);
    QCOMPARE(rejects->index(0, 0).data().toString(), QStringLiteral("302"));
    QCOMPARE(rejects->index(0, 1).data().toString(), QStringLiteral("thing2"));
    QCOMPARE(console.engine().snapshot().counts.total(), 0); // checked, not queued
    QTest::mouseClick(queue, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Accepted], 300, 30'000);
    const auto ledger = console.simulator().ledger();
    QCOMPARE(static_cast<int>(ledger.recipients), 300);
    // The same file again queues nothing twice.
    page->showForm();
    form->openFile(console.path(QStringLiteral("batch.csv")));
    QTRY_VERIFY(check->isVisible() && check->isEnabled());
    QTest::mouseClick(check, Qt::LeftButton);
    QTRY_VERIFY(queue->isVisible());
    QVERIFY(!queue->isEnabled());
}

void ConsoleTest::aFileThatCannotBeSentSaysWhy_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("readable"); ///< has a header to map
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("no recipient column") << QByteArray("a,b,c\r\n1,2,3\r\n") << true;
    QTest::newRow("a program, not a table") << QByteArray("\x7f" "ELF\0\0\1\0\0", 9) << false;
}

void ConsoleTest::aFileThatCannotBeSentSaysWhy() {
    QFETCH(QByteArray, content);
    QFETCH(bool, readable);
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QFile file(console.path(QStringLiteral("x.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    console.window().showPage(QStringLiteral("send"));
    BatchForm *form = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")))->batchForm();
    form->openFile(file.fileName());
    if (readable)
        QTRY_VERIFY(form->findChildren<QComboBox *>().size() > 6); // the mapping waits for choices
    else
        QTRY_VERIFY(!form->findChild<Notice *>()->text().isEmpty());
    QVERIFY(!form->findChild<QPushButton *>(QStringLiteral("check"))->isEnabled());
}

void ConsoleTest::anEncodingIsForTheFileThatIsBeingRead() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("send"));
    BatchForm *form = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")))->batchForm();
    auto *source = form->findChild<BatchSource *>();
    const QString first = console.writeCsv(QStringLiteral("first.csv"), 0, 2);
    const QString second = console.writeCsv(QStringLiteral("second.csv"), 2, 2);
    form->openFile(first);
    QTRY_COMPARE(source->path(), first);
    form->openFile(second);
    part<QComboBox>(form, "encoding")->setCurrentIndex(1); // before that one is there
    QTRY_COMPARE(source->path(), second);
}

void ConsoleTest::oneMessageIsCheckedAsItIsTypedAndSent() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("send"));
    auto *form = console.window().page(QStringLiteral("send"))->findChild<MessageForm *>();
    QTRY_VERIFY(form->findChild<QLineEdit *>(QStringLiteral("value_amount3")) != nullptr);
    const auto type = [form](const char *field, const char *text) {
        auto *edit = form->findChild<QLineEdit *>(QLatin1String(field));
        edit->setText(QString::fromUtf8(text));
        return edit;
    };
    type("openid", simulator::followerOpenid(7).c_str());
    type("value_character_string1", "SO77");
    type("value_thing2", "新鲜水果礼盒");
    type("value_time4", "2026-01-31 18:30");
    QLineEdit *amount = type("value_amount3", "much");
    QPushButton *send = nullptr;
    for (QPushButton *button : form->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Send"))
            send = button;
    }
    QVERIFY(send != nullptr);
    QVERIFY(amount->property("wrong").toBool());
    QVERIFY(!send->isEnabled());
    type("value_amount3", "¥8.80");
    QVERIFY(!amount->property("wrong").toBool());
    QVERIFY(send->isEnabled());
    send->click();
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Accepted], 1, 20'000);
    QCOMPARE(console.simulator().received(simulator::followerOpenid(7)).size(), std::size_t(1));
}

void ConsoleTest::everyNumberOfTheErrorsPageOpensItsMessages() {
    ConsoleFixture console({.mix = "43004=20,43101=15,busy=30,98765=5", .policy = R"({"retry": {"unknown": {"attempts": 1}}})"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("e.csv"), 0, 100)));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("f.csv"), 100, 60)));
    QVERIFY(console.drain());
    const auto dead = static_cast<int>(console.engine().snapshot().counts[MessageState::Dead]);
    QVERIFY(dead > 0);
    console.window().showPage(QStringLiteral("errors"));
    QWidget *page = console.window().page(QStringLiteral("errors"));
    DataTable *errors = table(page, "errors");
    DataTable *queue = table(console.window().page(QStringLiteral("queue")), "queue");
    auto *by = part<QComboBox>(page, "errorsBy");
    const auto sum = [errors](int column) {
        int n = 0;
        for (int row = 0; row < errors->model()->rowCount(); ++row)
            n += errors->model()->index(row, column).data().toInt();
        return n;
    };
    int opened = 0;
    for (int choice = 0; choice < by->count(); ++choice) {
        console.window().showPage(QStringLiteral("errors"));
        by->setCurrentIndex(choice);
        QTRY_COMPARE(errors->model()->headerData(0, Qt::Horizontal).toString(), by->itemText(choice));
        QTRY_COMPARE(sum(1), dead);
        QVERIFY(sum(2) > dead); // busy ones got through later
        for (int row = 0; row < errors->model()->rowCount(); ++row) {
            console.window().showPage(QStringLiteral("errors"));
            const int n = errors->model()->index(row, 1).data().toInt();
            const int attempts = errors->model()->index(row, 2).data().toInt();
            if (attempts > 0) {
                // Each message once, however often it failed; those that died are among them.
                errors->selectRow(row);
                QVERIFY(press(page, "openFailed"));
                QTRY_VERIFY(queue->model()->rowCount() >= std::max(n, 1) && queue->model()->rowCount() <= attempts);
                console.window().showPage(QStringLiteral("errors"));
            }
            if (n == 0)
                continue;
            errors->selectRow(row);
            QVERIFY(press(page, "openErrors"));
            QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
            QTRY_COMPARE(queue->model()->rowCount(), n);
            ++opened;
        }
    }
    QVERIFY(opened >= 8);
    // The busy ones got through, most of them.
    by->setCurrentIndex(0);
    QTRY_COMPARE(errors->model()->headerData(0, Qt::Horizontal).toString(), by->itemText(0));
    const QModelIndexList busy = errors->model()->match(errors->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("-1"), 1, Qt::MatchExactly);
    QCOMPARE(busy.size(), 1);
    console.window().showPage(QStringLiteral("errors"));
    errors->selectRow(busy.first().row());
    const bool someDied = busy.first().siblingAtColumn(1).data().toInt() > 0;
    QCOMPARE(part<QPushButton>(page, "openErrors")->isEnabled(), someDied);
    QVERIFY(press(page, "openFailed"));
    MessageFilter everBusy;
    everBusy.failedWith = "-1";
    const auto ever = static_cast<int>(songda::testing::must(console.engine().page({everBusy, std::nullopt, 1000}).result()).rows.size());
    QVERIFY(ever > 0);
    QTRY_COMPARE(queue->model()->rowCount(), ever);
    // A code that nobody knows is said so.
    console.window().showPage(QStringLiteral("errors"));
    by->setCurrentIndex(0);
    QTRY_VERIFY(part<Notice>(page, "unknownCodes")->text().contains(QStringLiteral("98765")));
}

void ConsoleTest::aReportHasEveryMessageOnce() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("r.csv"), 0, 120)));
    QVERIFY(console.drain());
    console.window().showPage(QStringLiteral("reports"));
    auto *page = qobject_cast<ReportsPage *>(console.window().page(QStringLiteral("reports")));
    const QString path = console.path(QStringLiteral("report.csv"));
    page->exportTo(path);
    QTRY_VERIFY(QFile::exists(path + QStringLiteral(".manifest.json")));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), 121);
}

void ConsoleTest::languageAndThemeSwitchWhileRunning() {
    ConsoleFixture console({.mix = "", .rate = 300});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("l.csv"), 0, 900)));
    console.window().showPage(QStringLiteral("queue"));
    DataTable *queue = table(console.window().page(QStringLiteral("queue")), "queue");
    QTRY_VERIFY(queue->model()->rowCount() > 0);
    queue->selectRow(3);
    const QString chosen = queue->model()->index(queue->chosenRows().first(), 0).data().toString();
    const auto testers = testersFor(console.window());
    console.language().set(Language::Choice::Chinese);
    console.theme().set(Theme::Choice::Dark);
    const auto names = [&] {
        QStringList texts;
        for (const RailButton *button : console.window().findChildren<RailButton *>())
            texts.append(button->text());
        return texts;
    };
    QVERIFY(names().contains(QStringLiteral("死信")));
    QCOMPARE(queue->model()->headerData(2, Qt::Horizontal).toString(), QStringLiteral("接收人"));
    // What was chosen stays chosen, and it still runs.
    QCOMPARE(queue->model()->index(queue->chosenRows().first(), 0).data().toString(), chosen);
    QVERIFY(console.drain());
    console.language().set(Language::Choice::English);
    console.theme().set(Theme::Choice::Light);
    QVERIFY(names().contains(QStringLiteral("Dead letters")));
    QCOMPARE(console.engine().snapshot().counts[MessageState::Accepted], 900);
}

void ConsoleTest::theSearchFindsAPersonAndShowsEveryAttempt() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const std::string she = simulator::followerOpenid(17);
    QVERIFY(console.simulator().control("{\"script\": {\"" + she + "\": [\"busy\", \"http:500\", \"ok\"]}}").has_value());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("s.csv"), 0, 50)));
    QVERIFY(console.drain());
    console.window().showPage(QStringLiteral("queue"));
    QWidget *page = console.window().page(QStringLiteral("queue"));
    DataTable *queue = table(page, "queue");
    QTRY_COMPARE(queue->model()->rowCount(), 50);
    qobject_cast<QueuePage *>(page)->focusSearch();
    auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(search != nullptr);
    QTest::keyClicks(search, QString::fromStdString(she));
    QTRY_COMPARE(queue->model()->rowCount(), 1);
    queue->selectRow(0);
    DataTable *attempts = table(page, "attempts");
    QTRY_COMPARE(attempts->model()->rowCount(), 3);
    QCOMPARE(attempts->model()->index(0, 0).data().toString(), QStringLiteral("3")); // newest first
    QCOMPARE(attempts->model()->index(2, 2).data().toString(), QStringLiteral("-1"));
    QCOMPARE(attempts->model()->index(1, 2).data().toString(), QStringLiteral("HTTP 500"));
}

void ConsoleTest::aSecondConsoleLooksOn() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    EngineOptions options;
    options.profileDir = console.profileDir();
    options.role = EngineOptions::Role::Engine;
    const auto second = Engine::open(options);
    QVERIFY(!second.has_value());
    QVERIFY(second.error().code == ErrorCode::InUse);
    options.role = EngineOptions::Role::Viewer;
    auto viewer = Engine::open(options);
    QVERIFY(viewer.has_value());
    MainWindow window(**viewer, console.theme(), console.language());
    window.show();
    QVERIFY(console.import(console.writeCsv(QStringLiteral("v.csv"), 0, 30)));
    QVERIFY(console.drain());
    window.showPage(QStringLiteral("queue"));
    DataTable *queue = table(window.page(QStringLiteral("queue")), "queue");
    QTRY_COMPARE_WITH_TIMEOUT(queue->model()->rowCount(), 30, 10'000); // sees what the other does
    queue->selectAll();
    for (QPushButton *button : window.page(QStringLiteral("queue"))->findChildren<QPushButton *>()) {
        if (button->text().startsWith(QStringLiteral("Cancel")) || button->text() == QStringLiteral("Resend"))
            QVERIFY2(!button->isEnabled(), qPrintable(button->text()));
    }
}

void ConsoleTest::oneThatLooksOnSaysWhatTheDatabaseKnows() {
    ConsoleFixture console({.rate = 40});
    QVERIFY(console.isReady());
    EngineOptions options;
    options.profileDir = console.profileDir();
    options.role = EngineOptions::Role::Viewer;
    auto viewer = Engine::open(options);
    QVERIFY(viewer.has_value());
    MainWindow window(**viewer, console.theme(), console.language());
    window.show();
    auto *strip = window.findChild<StatusStrip *>();
    const auto said = [strip] {
        QString text;
        for (const QLabel *label : strip->findChildren<QLabel *>())
            text += label->text() + QLatin1Char('\n');
        return text;
    };
    // Before two looks no rate is known, and a token never is.
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("– sent")) && said().contains(QStringLiteral("token –")), qPrintable(said()), 10'000);
    QVERIFY(!said().contains(QStringLiteral("0.0/s")));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("v.csv"), 0, 400)));
    static const QRegularExpression rate(QStringLiteral("([1-9][0-9]*(\\.[0-9])?)/s sent"));
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(rate), qPrintable(said()), 30'000);
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("oldest waits")), qPrintable(said()), 30'000);
    QVERIFY(console.drain());
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("400 today")), qPrintable(said()), 30'000);
    window.showPage(QStringLiteral("accounts"));
    DataTable *accounts = table(window.page(QStringLiteral("accounts")), "accounts");
    const auto row = [accounts] {
        QString text;
        for (int column = 0; accounts->model()->rowCount() > 0 && column < accounts->model()->columnCount(); ++column)
            text += accounts->model()->index(0, column).data().toString() + QLatin1Char('|');
        return text;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(row().contains(QStringLiteral("Sent by another process")), qPrintable(row()), 10'000);
    QVERIFY2(!row().contains(QStringLiteral("not running")) && row().contains(QStringLiteral("400")), qPrintable(row()));
}

void ConsoleTest::whatHoldsAMessageIsNotGuessed() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Directory &directory = console.window().context().directory;
    Message message;
    message.state = MessageState::Queued;
    Snapshot seen; // of one that looks on, and has seen nothing yet
    QCOMPARE(whatHolds(message, directory, seen), QString());
    seen.at = Engine::wallNow();
    QVERIFY(whatHolds(message, directory, seen).contains(QStringLiteral("until a process delivers")));
    seen.elsewhere = true;
    QCOMPARE(whatHolds(message, directory, seen), QString());
}

void ConsoleTest::everyFieldHasANameForScreenReaders() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QTRY_VERIFY(table(&console.window(), "templates")->model()->rowCount() > 0);
    const auto widgets = console.window().findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool field = qobject_cast<const QLineEdit *>(widget) != nullptr || qobject_cast<const QComboBox *>(widget) != nullptr
            || qobject_cast<const DataTable *>(widget) != nullptr || button != nullptr;
        // Parts of Qt's own composed widgets are named through their owner.
        const bool inner = widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<const DataTable *>(widget->parentWidget()) != nullptr
            || widget->parentWidget()->inherits("QAbstractSpinBox") || widget->parentWidget()->inherits("QComboBox")
            || widget->parentWidget()->inherits("QTabBar") || widget->parentWidget()->inherits("QLineEdit");
        if (!field || inner)
            continue;
        const bool named = !widget->accessibleName().isEmpty() || (button != nullptr && !button->text().isEmpty());
        const QString where = QStringLiteral("%1 %2 in %3").arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
            QLatin1String(widget->parentWidget()->metaObject()->className()));
        // The queue button of a batch gets its words with the count of messages.
        if (widget->objectName() != QLatin1String("queueBatch"))
            QVERIFY2(named, qPrintable(where));
    }
}

QTEST_MAIN(ConsoleTest)
#include "console_test.moc"
