// SPDX-License-Identifier: GPL-3.0-or-later
//
// Steps at the desk: a button does at its first press what it says, to the message that is chosen; long acts are watched and
// ended; what one may do is judged anew for the next user; replays are steered wherever they are listed. With
// SONGDA_PICTURES=FOLDER it leaves pictures there.
#include "app/simulator/followers.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/models/saved_filters.h"
#include "ui/pages/alerts/alert_words.h"
#include "ui/pages/dead_letters/replay_history.h"
#include "ui/pages/dead_letters/replay_strip.h"
#include "ui/pages/errors/errors_chart.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/pages/reports/reports_page.h"
#include "ui/pages/send/batch_view.h"
#include "ui/pages/send/batches_pane.h"
#include "ui/pages/send/send_page.h"
#include "ui/widgets/act_progress.h"
#include "ui/widgets/cause_card.h"
#include "ui/widgets/edit_dialog.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/parts.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <algorithm>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;

/// A console on its dead-letter page, with `rows` messages that died of a cause.
struct Desk {
    explicit Desk(int rows, const char *mix)
        : console({.mix = mix}) {
        if (!console.isReady() || !console.import(console.writeCsv(QStringLiteral("dead.csv"), 0, rows))
            || !QTest::qWaitFor([&] { return console.engine().snapshot().counts[MessageState::Dead] == rows; }, patience)
            || !console.simulator().control(R"({"mix": ""})"))
            return;
        console.window().showPage(QStringLiteral("dead_letters"));
        page = console.window().page(QStringLiteral("dead_letters"));
        groups = table(page, "groups");
        dead = table(page, "dead");
        inspector = page->findChild<MessageInspector *>();
        ready = QTest::qWaitFor([&] { return groups->model()->rowCount() > 0 && dead->model()->rowCount() >= std::min(rows, 100); }, patience);
    }

    ConsoleFixture console;
    QWidget *page = nullptr;
    DataTable *groups = nullptr;
    DataTable *dead = nullptr;
    MessageInspector *inspector = nullptr;
    bool ready = false;
};

/// An admin, who is signed in, and others.
bool addUsers(ConsoleFixture &console) {
    Engine &engine = console.engine();
    return wait(engine.addUser("ada", UserRole::Admin, usersPassword)) && console.signIn("ada") && wait(engine.addUser("sue", UserRole::Support, usersPassword))
        && wait(engine.addUser("ulf", UserRole::Auditor, usersPassword));
}

/// A replay of one dead letter, paused as soon as it was begun.
std::optional<ReplayId> pausedReplay(ConsoleFixture &console, MessageId message) {
    MessageFilter filter;
    filter.ids = {message};
    auto plan = wait(console.engine().planReplay(filter));
    if (!plan)
        return std::nullopt;
    ReplayOptions options;
    options.reason = "mended";
    const auto run = wait(console.engine().startReplay(std::move(*plan), options));
    if (!run || !wait(console.engine().setReplayState(run->id, ReplayState::Paused, {})))
        return std::nullopt;
    return run->id;
}

} // namespace

class DeskStepsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstPressEdits();
    void nothingIsDoneToTheMessageBefore();
    void eachMessageHasItsNextStep();
    void allThatWasDiscardedComesBack();
    void whatMayHaveArrivedIsSaidApart();
    void whatTheNextUserMayDo();
    void errorsClaimNothingAboutFurtherTries();
    void hooksHaveANextStep();
    void replaysAreSteeredFromTheirList();
    void aBatchTakesLongToCancel();
    void aCheckOfReportsIsStopped();
    void batchesThatCannotBeReadAreNotNone();
    void aTemplateThatIsHeldIsNotToBeHeld();
    void namesAndColumnsAreShownAsTheyAre();
};

void DeskStepsTest::theFirstPressEdits() {
    Desk desk(3, "40039=100");
    QVERIFY(desk.ready);
    desk.groups->selectRow(0);
    auto *card = part<CauseCard>(desk.page, "groupCause");
    auto *step = part<QPushButton>(card, "nextStep");
    QCOMPARE(step->text(), QStringLiteral("Edit and resend…"));
    QVERIFY(press(card, "nextStep")); // before anything about a message was read
    QTRY_VERIFY_WITH_TIMEOUT(desk.inspector->findChild<EditDialog *>() != nullptr, patience);
    QVERIFY(!says(desk.page, QStringLiteral("Choose a message")));
    QCOMPARE(desk.dead->chosenRows(), QList<int>{0});
    desk.inspector->findChild<EditDialog *>()->reject();
}

void DeskStepsTest::nothingIsDoneToTheMessageBefore() {
    Desk desk(3, "43004=100");
    QVERIFY(desk.ready);
    desk.dead->selectRow(0);
    QTRY_VERIFY(desk.inspector->mayEdit());
    QGuiApplication::clipboard()->setText(QStringLiteral("mine"));
    desk.dead->selectRow(2);
    // Until the answer is there.
    QVERIFY(!desk.inspector->mayEdit());
    QVERIFY(!part<QPushButton>(desk.inspector, "edit")->isEnabled() && !part<QPushButton>(desk.inspector, "copyMessage")->isEnabled());
    desk.inspector->copyAsText();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("mine"));
    QVERIFY(desk.inspector->edit()); // then of the one that is chosen
    QTRY_VERIFY_WITH_TIMEOUT(desk.inspector->findChild<EditDialog *>() != nullptr, patience);
    QVERIFY(desk.inspector->findChild<EditDialog *>()->windowTitle().endsWith(QStringLiteral(" 1")));
    desk.inspector->findChild<EditDialog *>()->reject();
}

void DeskStepsTest::eachMessageHasItsNextStep() {
    Desk desk(3, "43004=100");
    QVERIFY(desk.ready);
    desk.dead->selectRow(1);
    auto *card = part<CauseCard>(desk.inspector, "messageCause");
    auto *step = part<QPushButton>(card, "nextStep");
    QTRY_VERIFY_WITH_TIMEOUT(step->isVisible() && step->isEnabled(), patience);
    QCOMPARE(step->text(), QStringLiteral("Write to them no more…"));
    answerReason(QStringLiteral("she left"));
    QVERIFY(press(card, "nextStep"));
    QTRY_VERIFY_WITH_TIMEOUT(says(desk.page, QStringLiteral("1 people are not written to any more")), patience);
    const auto list = wait(desk.console.engine().suppressions(std::nullopt, simulator::followerOpenid(1), std::nullopt, 10)).value();
    QCOMPARE(list.size(), std::size_t(2));
    // In the queue as well.
    desk.console.window().showPage(QStringLiteral("queue"));
    QWidget *queue = desk.console.window().page(QStringLiteral("queue"));
    QTRY_COMPARE_WITH_TIMEOUT(table(queue, "queue")->model()->rowCount(), 3, patience);
    table(queue, "queue")->selectRow(0);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(part<CauseCard>(queue, "messageCause"), "nextStep")->isVisible(), patience);
    keepPictures(desk.console, "queue-next-step");
}

void DeskStepsTest::allThatWasDiscardedComesBack() {
    Desk desk(250, "43004=100"); // more than a page of the table
    QVERIFY(desk.ready);
    QCOMPARE(wait(desk.console.engine().discard({}, "test orders")).value(), 250);
    QTRY_COMPARE_WITH_TIMEOUT(desk.console.engine().snapshot().counts[MessageState::Dead], 0, patience);
    QVERIFY(!part<QPushButton>(desk.page, "restoreAll")->isVisible());
    QVERIFY(press(desk.page, "showDiscarded"));
    answerReason(QStringLiteral("they were real"));
    QVERIFY(pressSoon(desk.page, "restoreAll"));
    QTRY_COMPARE_WITH_TIMEOUT(desk.console.engine().snapshot().counts[MessageState::Dead], 250, patience);
    QTRY_VERIFY(says(desk.page, QStringLiteral("250 restored")));
}

void DeskStepsTest::whatMayHaveArrivedIsSaidApart() {
    ConsoleFixture console({.mix = "recorded_close=100"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("u.csv"), 0, 5)));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Retrying], 5, patience);
    console.engine().setPaused(true);
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().inFlight, 0, patience);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("v.csv"), 100, 3)));
    console.window().showPage(QStringLiteral("queue"));
    QWidget *page = console.window().page(QStringLiteral("queue"));
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "queue")->model()->rowCount(), 8, patience);
    answerReason(QStringLiteral("wrong list"));
    QVERIFY(pressSoon(page, "cancelAll"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("3 cancelled.")), patience);
    QVERIFY(says(page, QStringLiteral("5 are uncertain")));
}

void DeskStepsTest::whatTheNextUserMayDo() {
    Desk desk(2, "43004=100");
    QVERIFY(desk.ready);
    QVERIFY(addUsers(desk.console));
    desk.console.engine().setPaused(true); // a replay of one would be over at once
    const auto first = wait(desk.console.engine().page({{}, std::nullopt, 10})).value().rows.front().id;
    QVERIFY(pausedReplay(desk.console, first).has_value());
    auto *strip = desk.page->findChild<ReplayStrip *>();
    static_cast<ui::Page *>(desk.page)->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible() && part<QPushButton>(strip, "pauseReplay")->isEnabled(), patience);
    auto *pause = part<QPushButton>(&desk.console.window(), "pauseEngine");
    QVERIFY(pause->isEnabled() && pause->toolTip().isEmpty());
    // An auditor only looks on; support may.
    QVERIFY(desk.console.signIn("ulf"));
    QVERIFY(!pause->isEnabled());
    QVERIFY2(pause->toolTip().contains(QStringLiteral("operators")), qPrintable(pause->toolTip()));
    QTRY_VERIFY_WITH_TIMEOUT(!part<QPushButton>(strip, "pauseReplay")->isEnabled() && !part<QPushButton>(strip, "cancelReplay")->isEnabled(), patience);
    QVERIFY(desk.console.signIn("sue"));
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(strip, "pauseReplay")->isEnabled() && part<QPushButton>(strip, "cancelReplay")->isEnabled(), patience);
    // Support handles what failed of a batch, and exports nothing.
    desk.console.window().showPage(QStringLiteral("send"));
    auto *send = qobject_cast<SendPage *>(desk.console.window().page(QStringLiteral("send")));
    BatchView *view = send->batches()->view();
    send->look(wait(desk.console.engine().batches(1)).value().front().id);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(view, "resendFailed")->isEnabled(), patience);
    QVERIFY(!part<QPushButton>(view, "cancelBatch")->isEnabled());
    QVERIFY(!part<QPushButton>(view, "saveBatchReport")->isEnabled());
    desk.console.window().showPage(QStringLiteral("reports"));
    QWidget *reports = desk.console.window().page(QStringLiteral("reports"));
    QVERIFY(!part<QPushButton>(reports, "export")->isEnabled());
    QVERIFY(part<QPushButton>(reports, "export")->toolTip().contains(QStringLiteral("uditor")));
    QVERIFY(desk.console.signIn("ulf"));
    QTRY_VERIFY(part<QPushButton>(reports, "export")->isEnabled());
    QVERIFY(part<QPushButton>(reports, "export")->toolTip().isEmpty());
}

void DeskStepsTest::errorsClaimNothingAboutFurtherTries() {
    ConsoleFixture console({.mix = "busy=100"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("b.csv"), 0, 2)));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Retrying], 2, patience);
    console.window().showPage(QStringLiteral("errors"));
    QWidget *page = console.window().page(QStringLiteral("errors"));
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "errors")->model()->rowCount(), 1, patience);
    table(page, "errors")->selectRow(0);
    auto *card = page->findChild<CauseCard *>();
    QTRY_VERIFY(card->isVisible());
    QString said;
    for (const QLabel *label : card->findChildren<QLabel *>())
        said += label->isVisible() ? label->text() : QString();
    QVERIFY2(said.contains(QStringLiteral("Whose move")), qPrintable(said));
    QVERIFY2(!said.contains(QStringLiteral("Nobody has tried")), qPrintable(said)); // nobody has looked
}

void DeskStepsTest::hooksHaveANextStep() {
    for (const AlertRule rule : {AlertRule::HookStopped, AlertRule::HookDead, AlertRule::HookBacklog}) {
        Alert alert;
        alert.key.rule = rule;
        QCOMPARE(nextStep(alert).page, QStringLiteral("connections"));
    }
}

void DeskStepsTest::replaysAreSteeredFromTheirList() {
    Desk desk(6, "43004=100");
    QVERIFY(desk.ready);
    desk.console.engine().setPaused(true); // a replay of one would be over at once
    std::vector<ReplayId> runs;
    const auto all = wait(desk.console.engine().page({{}, std::nullopt, 10}));
    QVERIFY(all.has_value());
    for (const MessageRow &row : all->rows) {
        const auto run = pausedReplay(desk.console, row.id);
        QVERIFY(run.has_value());
        runs.push_back(*run);
    }
    static_cast<ui::Page *>(desk.page)->refresh();
    auto *others = part<QLabel>(desk.page, "otherReplays");
    QTRY_VERIFY_WITH_TIMEOUT(others->isVisible() && others->text().contains(QStringLiteral("3")), patience);
    QVERIFY(pressSoon(desk.page, "pastReplays"));
    auto *history = desk.page->findChild<ReplayHistory *>();
    QVERIFY(history != nullptr);
    DataTable *past = table(history, "past_replays");
    QTRY_COMPARE_WITH_TIMEOUT(past->model()->rowCount(), 6, patience);
    const auto stateOf = [&](ReplayId id) {
        const auto list = wait(desk.console.engine().replays(10));
        const auto found = std::find_if(list->begin(), list->end(), [id](const ReplayRun &run) { return run.id == id; });
        return found->state;
    };
    past->selectRow(5); // the first one, which the strip does not show
    QCOMPARE(part<QPushButton>(history, "pauseChosenReplay")->text(), QStringLiteral("Go on"));
    keepPictures(desk.console, "replay-history-steer", history);
    answerReason(QStringLiteral("never mind"));
    QVERIFY(press(history, "endChosenReplay"));
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(runs.front()) == ReplayState::Cancelled, patience);
    QTRY_VERIFY(!part<QPushButton>(history, "endChosenReplay")->isVisible());
    desk.console.engine().setPaused(false);
    past->selectRow(4);
    QVERIFY(pressSoon(history, "pauseChosenReplay"));
    QTRY_VERIFY_WITH_TIMEOUT(stateOf(runs[1]) == ReplayState::Done, patience);
    history->reject();
}

void DeskStepsTest::aBatchTakesLongToCancel() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    constexpr int many = 100'000;
    const auto report = console.importForTomorrow(many);
    QVERIFY(report.has_value());
    console.window().showPage(QStringLiteral("send"));
    auto *page = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")));
    BatchView *view = page->batches()->view();
    page->look(report->batch);
    answerReason(QStringLiteral("wrong list"));
    QVERIFY(pressSoon(view, "cancelBatch"));
    auto *progress = part<ActProgress>(view, "actProgress");
    QTRY_VERIFY_WITH_TIMEOUT(progress->isVisible(), patience);
    QVERIFY(press(progress, "stopAct"));
    QTRY_VERIFY_WITH_TIMEOUT(says(view, QStringLiteral("the batch is paused")), patience);
    const Batch half = wait(console.engine().batch(report->batch)).value();
    QVERIFY(half.state == BatchState::Paused);
    QVERIFY(half.counts[MessageState::Cancelled] > 0 && half.counts[MessageState::Queued] > 0);
    QCOMPARE(half.counts.total(), many);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(view, "goOnBatch")->isVisible(), patience);
    // Its report says how far it is, too.
    view->saveReport(report->batch, console.path(QStringLiteral("r.csv")));
    QVERIFY(!part<QPushButton>(view, "saveBatchReport")->isEnabled());
    part<QPushButton>(progress, "stopAct")->click(); // it need not last long enough to be seen
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(view, "saveBatchReport")->isEnabled(), patience);
    QVERIFY(!QFile::exists(console.path(QStringLiteral("r.csv.manifest.json"))));
}

void DeskStepsTest::aCheckOfReportsIsStopped() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const QString path = console.path(QStringLiteral("long.csv"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray line("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z\r\n");
    for (int i = 0; i < 2000; ++i)
        file.write(line.repeated(1000));
    file.close();
    console.window().showPage(QStringLiteral("reports"));
    auto *page = qobject_cast<ReportsPage *>(console.window().page(QStringLiteral("reports")));
    page->check({path});
    QVERIFY(!part<QPushButton>(page, "checkReport")->isEnabled());
    QTRY_VERIFY(says(page, QStringLiteral("rows so far")));
    QVERIFY(press(page, "stopExport"));
    QTRY_VERIFY_WITH_TIMEOUT(!part<QPushButton>(page, "stopExport")->isVisible(), patience);
    QVERIFY(says(page, QStringLiteral("was ended")));
    QVERIFY(part<QPushButton>(page, "checkReport")->isEnabled());
}

void DeskStepsTest::batchesThatCannotBeReadAreNotNone() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(wait(console.engine().addUser("ada", UserRole::Admin, usersPassword)).has_value());
    // Nobody has signed in: the answer is a refusal.
    console.window().userChanged();
    console.window().showPage(QStringLiteral("send"));
    auto *page = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")));
    page->batches()->search(QStringLiteral("x"));
    DataTable *list = table(page->batches(), "batch_list");
    QTRY_VERIFY_WITH_TIMEOUT(list->accessibleDescription().contains(QStringLiteral("could not be read")), patience);
    QVERIFY(console.signIn("ada"));
    page->batches()->search({});
    QTRY_VERIFY_WITH_TIMEOUT(list->accessibleDescription().contains(QStringLiteral("No batch yet")), patience);
}

void DeskStepsTest::aTemplateThatIsHeldIsNotToBeHeld() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("t.csv"), 0, 3)));
    const auto templates = wait(console.engine().templates()).value();
    const auto order = std::find_if(templates.begin(), templates.end(), [](const Template &t) { return t.title == orderTemplate; });
    QVERIFY(order != templates.end());
    Template changed = *order;
    const auto at = changed.content.find("{{thing2.DATA}}");
    QVERIFY(at != std::string::npos);
    changed.content.replace(at, 15, "{{thing9.DATA}}");
    QVERIFY(wait(console.engine().addTemplate(accountName, changed)).has_value());
    QVERIFY(wait(console.engine().holdTemplate(accountName, order->templateId, "drifted")).has_value());
    console.window().showPage(QStringLiteral("templates"));
    QWidget *page = console.window().page(QStringLiteral("templates"));
    DataTable *list = table(page, "templates");
    QTRY_VERIFY_WITH_TIMEOUT(list->model()->rowCount() > 0, patience);
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        for (int column = 0; column < list->model()->columnCount(); ++column) {
            if (list->model()->index(row, column).data().toString() == QString::fromUtf8(orderTemplate))
                list->selectRow(row);
        }
    }
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("It is held")), patience);
    QVERIFY(!says(page, QStringLiteral("hold it,")));
}

void DeskStepsTest::namesAndColumnsAreShownAsTheyAre() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    keepFilter({QStringLiteral("R&D orders"), QStringLiteral("state:dead")});
    console.window().showPage(QStringLiteral("queue"));
    QWidget *queue = console.window().page(QStringLiteral("queue"));
    bool found = false;
    for (QMenu *menu : queue->findChildren<QMenu *>()) {
        Q_EMIT menu->aboutToShow();
        for (const QAction *action : menu->actions())
            found |= action->text() == QStringLiteral("R&&D orders");
    }
    QVERIFY(found);
    forgetFilter(QStringLiteral("R&D orders"));
    // In a Chinese console a report has Chinese column names, unless somebody chose others.
    QWidget *reports = console.window().page(QStringLiteral("reports"));
    auto *header = part<QComboBox>(reports, "reportHeader");
    QCOMPARE(header->currentIndex(), 0);
    console.language().set(Language::Choice::Chinese);
    QTRY_COMPARE(header->currentIndex(), 1);
    console.language().set(Language::Choice::English);
    QTRY_COMPARE(header->currentIndex(), 0);
    // Whom, why and when stand in the dead letters without any pulling.
    DataTable *dead = table(console.window().page(QStringLiteral("dead_letters")), "dead");
    for (const int column : {1, 2, 3, 8})
        QVERIFY(!dead->isColumnHidden(column));
    QVERIFY(dead->columnWidth(1) < 130 && dead->columnWidth(2) >= 100);
}

QTEST_MAIN(DeskStepsTest)
#include "desk_steps_test.moc"
