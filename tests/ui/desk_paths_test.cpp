// SPDX-License-Identifier: GPL-3.0-or-later
//
// From what one sees to what lies behind it, and back: selections sent again under watch, past replays and acts with their
// messages, searches of the audit, long acts that are watched and ended, batches of any age. With SONGDA_PICTURES=FOLDER
// it leaves pictures there.
#include "app/simulator/followers.h"
#include "engine/store/database.h"
#include "engine/store/migrations.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/models/directory.h"
#include "ui/pages/audit/audit_messages.h"
#include "ui/pages/dead_letters/replay_history.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/pages/send/batch_view.h"
#include "ui/pages/send/batches_pane.h"
#include "ui/pages/send/send_page.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/batch_finder.h"
#include "ui/widgets/batch_picker.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/replay_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QRadioButton>
#include <QScrollBar>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;

/// A console with `rows` dead letters, whose reason is mended.
std::unique_ptr<ConsoleFixture> withDead(int rows) {
    auto console = std::make_unique<ConsoleFixture>(ConsoleFixture::Options{.mix = "43004=100"});
    if (!console->isReady() || !console->import(console->writeCsv(QStringLiteral("dead.csv"), 0, rows))
        || !QTest::qWaitFor([&] { return console->engine().snapshot().counts[MessageState::Dead] == rows; }, patience)
        || !console->simulator().control(R"({"mix": ""})"))
        return nullptr;
    return console;
}

/// Waits for the frozen list of the dialog, gives a reason and says yes.
bool beginReplay(QWidget *page, const QString &reason) {
    auto *dialog = page->findChild<ReplayDialog *>();
    if (dialog == nullptr || !QTest::qWaitFor([&] { return part<QLineEdit>(dialog, "reason")->isVisible(); }, patience))
        return false;
    QTest::keyClicks(part<QLineEdit>(dialog, "reason"), reason);
    return pressSoon(dialog, "yes") && QTest::qWaitFor([&] { return page->findChild<ReplayDialog *>() == nullptr; }, patience);
}

void chooseRows(DataTable *rows, int first, int last) {
    rows->clearSelection();
    for (int row = first; row <= last; ++row)
        rows->selectionModel()->select(rows->model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
}

} // namespace

class DeskPathsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chosenRowsGoUnderWatchAndStandInTheHistory();
    void whatMatchesInTheQueueGoesUnderWatch();
    void whatMayHaveArrivedIsAskedAboutOnceMore();
    void whatComesInWhileSomebodyIsAskedStays();
    void theAuditIsSearchedAndLeadsToMessages();
    void messagesOfActs_data();
    void messagesOfActs();
    void aLongActIsWatchedAndEnded();
    void progressOfActs();
    void oldBatchesAreFound();
    void theBatchOnShowStaysWhileOneScrolls();
};

void DeskPathsTest::chosenRowsGoUnderWatchAndStandInTheHistory() {
    const auto console = withDead(12);
    QVERIFY(console);
    const auto testers = testersFor(console->window());
    console->window().showPage(QStringLiteral("dead_letters"));
    QWidget *page = console->window().page(QStringLiteral("dead_letters"));
    DataTable *dead = table(page, "dead");
    QTRY_COMPARE_WITH_TIMEOUT(dead->model()->rowCount(), 12, patience);
    chooseRows(dead, 2, 6);
    auto *resend = part<QPushButton>(page, "resendSelection");
    QVERIFY(resend != nullptr);
    QTRY_VERIFY(resend->isEnabled());
    QTest::mouseClick(resend, Qt::LeftButton);
    auto *dialog = page->findChild<ReplayDialog *>();
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(part<QLineEdit>(dialog, "reason")->isVisible());
    QVERIFY(!part<QLabel>(dialog, "fingerprint")->text().isEmpty());
    QCOMPARE(part<QLineEdit>(dialog, "ladder")->text(), QStringLiteral("1, 5, 20, 100, 500, 2000"));
    keepPictures(*console, "replay-dialog", dialog);
    QVERIFY(beginReplay(page, QStringLiteral("they follow again")));
    QTRY_COMPARE_WITH_TIMEOUT(console->engine().snapshot().counts[MessageState::Accepted], 5, patience);
    QTRY_VERIFY_WITH_TIMEOUT(wait(console->engine().replays(1)).value().front().state == ReplayState::Done, patience);
    // Exactly the chosen ones.
    QTRY_COMPARE_WITH_TIMEOUT(dead->model()->rowCount(), 7, patience);

    // The history knows it, and leads to what it has sent.
    QVERIFY(pressSoon(page, "pastReplays"));
    auto *history = page->findChild<ReplayHistory *>();
    QVERIFY(history != nullptr);
    DataTable *past = table(history, "past_replays");
    QTRY_COMPARE(past->model()->rowCount(), 1);
    QCOMPARE(past->model()->index(0, 3).data().toString(), QStringLiteral("they follow again"));
    QCOMPARE(past->model()->index(0, 5).data().toString(), QStringLiteral("5"));
    QCOMPARE(past->model()->index(0, 6).data().toString(), QStringLiteral("5"));
    QCOMPARE(past->model()->index(0, 8).data().toString(), QStringLiteral("0"));
    QTRY_VERIFY(part<QLabel>(history, "replayDetail")->text().contains(QStringLiteral("1, 5, 20")));
    keepPictures(*console, "replay-history", history);
    QVERIFY(pressSoon(history, "showReplayed"));
    QTRY_COMPARE(console->window().currentPage(), QStringLiteral("queue"));
    DataTable *queue = table(console->window().page(QStringLiteral("queue")), "queue");
    QTRY_COMPARE_WITH_TIMEOUT(queue->model()->rowCount(), 5, patience);
}

void DeskPathsTest::whatMatchesInTheQueueGoesUnderWatch() {
    const auto console = withDead(30);
    QVERIFY(console);
    console->window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console->window().page(QStringLiteral("queue")));
    DataTable *rows = table(page, "queue");
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 30, patience);
    // Not while the list may hold what cannot be resent.
    QVERIFY(!part<QPushButton>(page, "resendAll")->isVisible());
    page->search(QStringLiteral("state:dead code:43004"));
    QTRY_VERIFY(part<QPushButton>(page, "resendAll")->isVisible());
    keepPictures(*console, "queue-resend-all");
    QVERIFY(pressSoon(page, "resendAll"));
    auto *dialog = page->findChild<ReplayDialog *>();
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY(part<QPushButton>(dialog, "yes")->text().contains(QStringLiteral("30")));
    QVERIFY(beginReplay(page, QStringLiteral("mended")));
    QTRY_COMPARE_WITH_TIMEOUT(console->engine().snapshot().counts[MessageState::Accepted], 30, patience);
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 0, patience);
}

void DeskPathsTest::whatMayHaveArrivedIsAskedAboutOnceMore() {
    const auto console = withDead(2);
    QVERIFY(console);
    {
        // Its try was cut off by the end of the program, a long time ago: only the engine knows that.
        auto database = store::Database::open(console->profileDir() + "/songda.db", store::Database::Mode::ReadWrite, store::newestSchemaVersion());
        QVERIFY2(database.has_value(), database ? "" : database.error().detail.c_str());
        QVERIFY(database->exec("UPDATE attempt SET phase = 4 WHERE message_id = 2").has_value());
    }
    console->window().showPage(QStringLiteral("queue"));
    QWidget *page = console->window().page(QStringLiteral("queue"));
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "queue")->model()->rowCount(), 2, patience);
    table(page, "queue")->selectRow(0); // the newest is no. 2
    bool boxAtOnce = true;
    bool yesWithoutBox = true;
    QString box;
    withDialog(QStringLiteral("askReason"), [&](QDialog *first) {
        boxAtOnce = part<QCheckBox>(first, "confirm") != nullptr;
        part<QLineEdit>(first, "reason")->setText(QStringLiteral("she asked for it"));
        press(first, "yes");
        withDialog(QStringLiteral("askReason"), [&](QDialog *second) {
            auto *confirm = part<QCheckBox>(second, "confirm");
            yesWithoutBox = part<QPushButton>(second, "yes")->isEnabled();
            if (confirm != nullptr) {
                box = confirm->text();
                confirm->setChecked(true);
            }
            press(second, "yes");
        });
    });
    QVERIFY(pressSoon(page, "resendSelected"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("1 queued again.")), patience);
    QVERIFY(!boxAtOnce && !yesWithoutBox);
    QVERIFY2(box.contains(QStringLiteral("these 1")) && box.contains(QStringLiteral("twice")), qPrintable(box));
    QTRY_COMPARE_WITH_TIMEOUT(console->engine().snapshot().counts[MessageState::Accepted], 1, patience);
    // What was said for the first question counts for the second as well.
    const auto acts = wait(console->engine().audit(std::nullopt, 2)).value();
    for (const AuditEntry &act : acts)
        QVERIFY(act.act == "message.resend" && act.reason == "she asked for it");
}

void DeskPathsTest::whatComesInWhileSomebodyIsAskedStays() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QCOMPARE(console.importForTomorrow(5).value().queued, 5);
    console.window().showPage(QStringLiteral("queue"));
    QWidget *page = console.window().page(QStringLiteral("queue"));
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "queue")->model()->rowCount(), 5, patience);
    bool came = false;
    withDialog(QStringLiteral("askReason"), [&](QDialog *dialog) {
        ImportRequest later;
        later.path = console.writeCsv(QStringLiteral("later.csv"), 50, 3).toStdString();
        later.account = accountName;
        later.templateId = orderTemplate;
        later.at = Engine::wallNow() + std::chrono::hours(24);
        came = wait(console.engine().importCsv(std::move(later))).has_value();
        part<QLineEdit>(dialog, "reason")->setText(QStringLiteral("wrong list"));
        press(dialog, "yes");
    });
    QVERIFY(pressSoon(page, "cancelAll"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("5 cancelled.")), patience);
    QVERIFY(came);
    QCOMPARE(wait(console.engine().counts()).value()[MessageState::Queued], 3);
}

void DeskPathsTest::theAuditIsSearchedAndLeadsToMessages() {
    const auto console = withDead(9);
    QVERIFY(console);
    const auto testers = testersFor(console->window());
    MessageFilter some;
    some.ids = {MessageId{2}, MessageId{5}, MessageId{7}};
    QCOMPARE(wait(console->engine().discard(some, "测试订单 test orders")).value(), 3);
    console->window().showPage(QStringLiteral("audit"));
    QWidget *page = console->window().page(QStringLiteral("audit"));
    DataTable *acts = table(page, "audit");
    QTRY_VERIFY_WITH_TIMEOUT(acts->model()->rowCount() >= 4, patience);
    const int all = acts->model()->rowCount();
    part<QLineEdit>(page, "auditReason")->setText(QStringLiteral("TEST Orders"));
    QTRY_COMPARE_WITH_TIMEOUT(acts->model()->rowCount(), 1, patience);
    QCOMPARE(acts->model()->index(0, 3).data().toString(), QStringLiteral("3"));
    part<QLineEdit>(page, "auditWho")->setText(QStringLiteral("nobody"));
    QTRY_COMPARE_WITH_TIMEOUT(acts->model()->rowCount(), 0, patience);
    part<QLineEdit>(page, "auditWho")->setText(QStringLiteral("test"));
    auto *what = part<QComboBox>(page, "auditWhat");
    what->setCurrentIndex(what->findData(QStringLiteral("message.")));
    part<QComboBox>(page, "auditSince")->setCurrentIndex(1);
    QTRY_COMPARE_WITH_TIMEOUT(acts->model()->rowCount(), 1, patience);
    acts->selectRow(0);
    keepPictures(*console, "audit");
    QVERIFY(pressSoon(page, "showActMessages"));
    QTRY_COMPARE(console->window().currentPage(), QStringLiteral("queue"));
    DataTable *queue = table(console->window().page(QStringLiteral("queue")), "queue");
    QTRY_COMPARE_WITH_TIMEOUT(queue->model()->rowCount(), 3, patience);
    QCOMPARE(queue->model()->index(0, 0).data().toString(), QStringLiteral("7"));
    // Back, and the search is as it was; then all of it, where the import leads to its batch.
    console->window().showPage(QStringLiteral("audit"));
    QCOMPARE(acts->model()->rowCount(), 1);
    QVERIFY(pressSoon(page, "auditClear"));
    QTRY_COMPARE_WITH_TIMEOUT(acts->model()->rowCount(), all, patience);
    int import = -1;
    for (int row = 0; row < all; ++row) {
        if (acts->model()->index(row, 2).data().toString() == QStringLiteral("Imported a file"))
            import = row;
    }
    QVERIFY(import >= 0);
    acts->selectRow(import);
    QVERIFY(pressSoon(page, "showActMessages"));
    QTRY_COMPARE_WITH_TIMEOUT(queue->model()->rowCount(), 9, patience);
    // What was about no messages leads nowhere.
    console->window().showPage(QStringLiteral("audit"));
    for (int row = 0; row < all; ++row) {
        if (acts->model()->index(row, 2).data().toString() == QStringLiteral("Fetched the templates")) {
            acts->selectRow(row);
            QVERIFY(!part<QPushButton>(page, "showActMessages")->isEnabled());
        }
    }
}

void DeskPathsTest::messagesOfActs_data() {
    QTest::addColumn<QString>("act");
    QTest::addColumn<QString>("object");
    QTest::addColumn<bool>("listed");
    QTest::addColumn<QString>("leads"); ///< as a few words; empty: nowhere
    const auto row = [](const char *act, const char *object, bool listed, const char *leads) {
        QTest::addRow("%s %s", act, object) << QString::fromLatin1(act) << QString::fromUtf8(object) << listed << QString::fromUtf8(leads);
    };
    row("message.discard", "state:dead", true, "act 77");
    row("message.discard", "state:dead", false, "");
    row("batch.pause", "batch 12", false, "batch 12");
    row("batch.import", "batch 12 会员日", false, "batch 12");
    row("batch.import", "会员日", false, "named 会员日");
    row("batch.import", "batch", false, "named batch");
    row("replay.stop", "replay 4", false, "replay 4");
    row("message.send", "message 9", false, "message 9");
    row("message.edit", "message 9: thing1", false, "message 9");
    row("message.cut_short", "act 31: message.hold", false, "act 31");
    row("cause.note", "account 2 code:43004", false, "account 2 43004");
    row("account.add", "main", false, "");
    row("alert.acknowledge", "alert 3", false, "");
    row("message.send", "message 99999999999999999999", false, "");
}

void DeskPathsTest::messagesOfActs() {
    QFETCH(QString, act);
    QFETCH(QString, object);
    QFETCH(bool, listed);
    QFETCH(QString, leads);
    AuditEntry entry;
    entry.id = AuditId{77};
    entry.act = act.toStdString();
    entry.object = object.toStdString();
    entry.listed = listed;
    const ActMessages about = messagesOf(entry);
    QString words;
    if (!about.batchName.empty())
        words = QStringLiteral("named ") + QString::fromStdString(about.batchName);
    if (about.filter && about.filter->act)
        words = QStringLiteral("act %1").arg(about.filter->act->value);
    if (about.filter && about.filter->batch)
        words = QStringLiteral("batch %1").arg(about.filter->batch->value);
    if (about.filter && about.filter->replay)
        words = QStringLiteral("replay %1").arg(about.filter->replay->value);
    if (about.filter && !about.filter->ids.empty())
        words = QStringLiteral("message %1").arg(about.filter->ids.front().value);
    if (about.filter && about.filter->account)
        words = QStringLiteral("account %1 %2").arg(about.filter->account->value).arg(QString::fromStdString(about.filter->cause));
    QCOMPARE(words, leads);
}

void DeskPathsTest::aLongActIsWatchedAndEnded() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    constexpr int many = 100'000;
    QCOMPARE(console.importForTomorrow(many).value().queued, many);
    console.window().showPage(QStringLiteral("queue"));
    QWidget *page = console.window().page(QStringLiteral("queue"));
    QTRY_VERIFY_WITH_TIMEOUT(table(page, "queue")->model()->rowCount() > 0, patience);
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Queued], many, patience);
    answerReason(QStringLiteral("wrong list"));
    QVERIFY(pressSoon(page, "cancelAll"));
    auto *progress = part<ActProgress>(page, "actProgress");
    QTRY_VERIFY_WITH_TIMEOUT(progress->isVisible(), patience);
    QTRY_VERIFY(progress->findChild<QProgressBar *>()->value() > 0);
    const QString picture = qEnvironmentVariable("SONGDA_PICTURES");
    if (!picture.isEmpty())
        console.window().grab().save(picture + QStringLiteral("/long-act.png"));
    QVERIFY(press(progress, "stopAct"));
    QTRY_VERIFY_WITH_TIMEOUT(!progress->isVisible(), patience);
    const auto counts = wait(console.engine().counts()).value();
    const std::int64_t done = counts[MessageState::Cancelled];
    QVERIFY2(done > 0 && done < many && done % 500 == 0, qPrintable(QString::number(done)));
    QCOMPARE(counts[MessageState::Queued], many - done);
    QTRY_VERIFY(says(page, QStringLiteral("was ended there")));
    QVERIFY(says(page, QLocale(QLocale::English).toString(static_cast<qlonglong>(done))));
    const auto acts = wait(console.engine().audit(std::nullopt, 3)).value();
    QCOMPARE(acts.front().act, std::string("message.cut_short"));
    QCOMPARE(acts.front().count, done);
    QCOMPARE(acts[1].act, std::string("message.cancel"));
    QCOMPARE(acts[1].count, done);
}

void DeskPathsTest::progressOfActs() {
    QWidget page;
    page.resize(600, 200);
    ActProgress progress(&page);
    progress.resize(600, 100);
    page.show();
    const auto words = [&] {
        QStringList all;
        for (const QLabel *label : progress.findChildren<QLabel *>())
            all.append(label->text());
        return all.join(QLatin1Char('|'));
    };
    // What is over in a moment is not shown.
    auto quick = std::make_shared<JobControl>();
    progress.follow(quick, QStringLiteral("Hold"), 5);
    progress.end(quick);
    QVERIFY(!progress.isVisible());
    const Command stop = progress.command(QStringLiteral("stop"));
    QVERIFY(!stop.offered());
    auto slow = std::make_shared<JobControl>();
    progress.follow(slow, QStringLiteral("Hold"), 2000);
    QVERIFY(!progress.isVisible());
    slow->rows = 500;
    QTRY_VERIFY(progress.isVisible());
    QTRY_VERIFY2(words().contains(QStringLiteral("Hold: 500 of 2,000")), qPrintable(words()));
    QCOMPARE(progress.findChild<QProgressBar *>()->value(), 250);
    auto other = std::make_shared<JobControl>();
    other->rows = 7;
    progress.follow(other, QStringLiteral("Discard"), std::nullopt);
    QTRY_VERIFY2(words().contains(QStringLiteral("Discard: 7 so far")), qPrintable(words()));
    // By the keyboard the last one is ended, by its button any.
    QVERIFY(stop.offered());
    stop.run();
    QVERIFY(other->cancelled && !slow->cancelled);
    QVERIFY(press(&progress, "stopAct"));
    QVERIFY(slow->cancelled);
    progress.end(slow);
    progress.end(other);
    QVERIFY(!progress.isVisible());
}

void DeskPathsTest::oldBatchesAreFound() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("一月会员日.csv"), 0, 4)));
    QVERIFY(console.drain());
    const BatchId old = wait(console.engine().batches(1)).value().front().id;
    {
        // Six hundred newer ones, past the engine.
        auto database = store::Database::open(console.profileDir() + "/songda.db", store::Database::Mode::ReadWrite, store::newestSchemaVersion());
        QVERIFY2(database.has_value(), database ? "" : database.error().detail.c_str());
        QVERIFY(database
                    ->exec("INSERT INTO batch(account_id, template_ref, kind, state, name, source, priority, created_at, created_by)"
                           " SELECT account_id, template_ref, 1, 0, 'daily ' || i.n, '', 1, created_at, 'robot' FROM batch,"
                           " (WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 600) SELECT n FROM i) i WHERE batch.name LIKE '一月%'")
                    .has_value());
    }
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    DataTable *rows = table(page, "queue");
    QTest::keyClick(&console.window(), Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 4, patience);
    // Its name stands in the rows.
    QCOMPARE(rows->model()->index(0, 6).data().toString(), QStringLiteral("一月会员日.csv"));
    // Typed by its name it is found, although it is none of the newest.
    auto *picker = page->findChild<BatchPicker *>();
    QTRY_VERIFY_WITH_TIMEOUT(picker->findText(QStringLiteral("daily 600")) > 0, patience);
    QVERIFY(picker->findText(QStringLiteral("一月会员日.csv")) < 0);
    QVERIFY(picker->count() < 40);
    page->search(QStringLiteral("batch:一月会员日.csv"));
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 4, patience);
    page->search(QStringLiteral("batch:\"daily 3\""));
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 0, patience);
    // And through the search of the picker.
    page->setFilter({});
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 4, patience);
    picker->setCurrentIndex(picker->count() - 1);
    auto *finder = console.window().findChild<BatchFinder *>();
    QVERIFY(finder != nullptr);
    DataTable *found = table(finder, "found_batches");
    QTRY_VERIFY_WITH_TIMEOUT(found->model()->rowCount() >= 200, patience);
    part<QLineEdit>(finder, "batchName")->setText(QStringLiteral("会员"));
    QTRY_COMPARE_WITH_TIMEOUT(found->model()->rowCount(), 1, patience);
    QTRY_COMPARE(found->model()->index(0, 0).data().toString(), QStringLiteral("一月会员日.csv"));
    keepPictures(console, "batch-finder", finder);
    QVERIFY(pressSoon(finder, "yes"));
    QTRY_VERIFY(picker->batch() == old);
    QTRY_COMPARE(picker->currentText(), QStringLiteral("一月会员日.csv"));
    QTRY_COMPARE_WITH_TIMEOUT(rows->model()->rowCount(), 4, patience);
    // Its page knows it, sums and all.
    Q_EMIT page->showBatch(old);
    QWidget *send = console.window().page(QStringLiteral("send"));
    const auto shown = [&] {
        const auto labels = send->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *l) { return l->isVisible() && l->text() == QStringLiteral("一月会员日.csv"); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(shown(), patience);
    // And the list of batches goes down to the first one.
    DataTable *list = table(send, "batch_list");
    QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() >= 200, patience);
    const auto last = [&] { return list->model()->index(list->model()->rowCount() - 1, 0).data().toString(); };
    QTRY_VERIFY2_WITH_TIMEOUT((list->scrollToBottom(), last() == QStringLiteral("一月会员日.csv")),
        qPrintable(QStringLiteral("%1 rows, the last is %2").arg(list->model()->rowCount()).arg(last())), 8000);
}

void DeskPathsTest::theBatchOnShowStaysWhileOneScrolls() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("first.csv"), 0, 4)));
    QVERIFY(console.drain());
    {
        // More than the list keeps at a time, past the engine.
        auto database = store::Database::open(console.profileDir() + "/songda.db", store::Database::Mode::ReadWrite, store::newestSchemaVersion());
        QVERIFY2(database.has_value(), database ? "" : database.error().detail.c_str());
        QVERIFY(database
                    ->exec("INSERT INTO batch(account_id, template_ref, kind, state, name, source, priority, created_at, created_by)"
                           " SELECT account_id, template_ref, 1, 0, 'daily ' || i.n, '', 1, created_at, 'robot' FROM batch,"
                           " (WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 1400) SELECT n FROM i) i WHERE batch.name LIKE 'first%'")
                    .has_value());
    }
    auto *page = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")));
    BatchView *view = page->batches()->view();
    console.window().showPage(QStringLiteral("send"));
    page->showBatches();
    page->refresh();
    DataTable *list = table(page, "batch_list");
    const auto nameOf = [list](int row) { return list->model()->index(row, 0).data().toString(); };
    QTRY_COMPARE_WITH_TIMEOUT(nameOf(0), QStringLiteral("daily 1400"), patience);
    list->selectRow(0);
    const auto chosen = view->batch();
    QVERIFY(chosen.has_value());
    const auto last = [&] { return nameOf(list->model()->rowCount() - 1); };
    const auto down = [bar = list->verticalScrollBar()] {
        bar->setValue(bar->maximum() - 1); // where it stands already it says nothing
        bar->setValue(bar->maximum());
    };
    QTRY_VERIFY2_WITH_TIMEOUT((down(), last() == QStringLiteral("first.csv")), qPrintable(last()), patience);
    QVERIFY(nameOf(0) != QStringLiteral("daily 1400")); // it has left the list
    QVERIFY(view->batch() == chosen);
    QVERIFY(list->chosenRows().isEmpty());
    // Back at it, it is marked again.
    const auto up = [bar = list->verticalScrollBar()] { bar->setValue(bar->value() == 10 ? 11 : 10); };
    QTRY_VERIFY2_WITH_TIMEOUT((up(), nameOf(0) == QStringLiteral("daily 1400")), qPrintable(nameOf(0)), patience);
    QTRY_COMPARE(list->chosenRows(), QList<int>{0});
    QVERIFY(view->batch() == chosen);
}

QTEST_MAIN(DeskPathsTest)
#include "desk_paths_test.moc"
