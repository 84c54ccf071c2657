// SPDX-License-Identifier: GPL-3.0-or-later
//
// A list too large for one person: who queued it waits, somebody else agrees.
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/batch_view.h"
#include "ui/pages/send/batches_pane.h"
#include "ui/pages/send/send_page.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/replay_dialog.h"

#include <QComboBox>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;

} // namespace

class SecondPersonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoAskedWaitsAndSomebodyElseAgrees();
    void fromTheOverviewItIsLookedAtFirst();
    void aReplayThatWaitsHasNotBegun();
};

void SecondPersonTest::whoAskedWaitsAndSomebodyElseAgrees() {
    ConsoleFixture console({.policy = R"({"approval": {"over": 20}})"});
    QVERIFY(console.isReady());
    QVERIFY(wait(console.engine().addUser("ada", UserRole::Admin, usersPassword)).has_value());
    QVERIFY(console.signIn("ada"));
    QVERIFY(wait(console.engine().addUser("otto", UserRole::Operator, usersPassword)).has_value());
    console.window().showPage(QStringLiteral("send"));
    auto *page = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")));
    BatchForm *form = page->batchForm();
    BatchView *view = page->batches()->view();
    QTest::keyClick(part<QComboBox>(form, "recall"), Qt::Key_Home);
    page->showForm();
    form->openFile(console.writeCsv(QStringLiteral("all.csv"), 0, 30));
    QVERIFY(pressSoon(form, "check"));
    QVERIFY(pressSoon(form, "queueBatch"));
    QTRY_VERIFY_WITH_TIMEOUT(view->batch().has_value() && view->isVisible(), patience);
    auto *go = part<QPushButton>(view, "goOnBatch");
    QTRY_VERIFY_WITH_TIMEOUT(go->isVisible() && go->toolTip().contains(QStringLiteral("somebody other than ada")), patience);
    QVERIFY(!go->isEnabled());
    keepPictures(console, "second-person-asked");
    QCOMPARE(console.engine().snapshot().counts[MessageState::Accepted], 0);

    QVERIFY(console.signIn("otto"));
    QTRY_VERIFY_WITH_TIMEOUT(go->isEnabled(), patience);
    QCOMPARE(go->text(), QStringLiteral("Agree and let it go"));
    QVERIFY(go->toolTip().contains(QStringLiteral("ada asked")));
    keepPictures(console, "second-person-agrees");
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Accepted], 30, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!go->isVisible(), patience);
}

void SecondPersonTest::aReplayThatWaitsHasNotBegun() {
    ConsoleFixture console({.mix = "43004=100", .policy = R"({"approval": {"over": 20}})"});
    QVERIFY(console.isReady());
    QVERIFY(wait(console.engine().addUser("ada", UserRole::Admin, usersPassword)).has_value());
    QVERIFY(console.signIn("ada"));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("some.csv"), 0, 15)));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("others.csv"), 15, 15)));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Dead], 30, patience);
    console.window().showPage(QStringLiteral("dead_letters"));
    QWidget *page = console.window().page(QStringLiteral("dead_letters"));
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(page, "replayGroup")->text().contains(QStringLiteral("30")), patience);
    QVERIFY(pressSoon(page, "replayGroup"));
    auto *dialog = page->findChild<ReplayDialog *>();
    QVERIFY(dialog != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(part<QLineEdit>(dialog, "reason")->isVisible(), patience);
    QTest::keyClicks(part<QLineEdit>(dialog, "reason"), QStringLiteral("they follow again"));
    QVERIFY(pressSoon(dialog, "yes"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("has not begun")), patience);
    QVERIFY(says(page, QStringLiteral("somebody other than ada")));
    QCOMPARE(console.engine().snapshot().counts[MessageState::Dead], 30);
}

void SecondPersonTest::fromTheOverviewItIsLookedAtFirst() {
    ConsoleFixture console({.policy = R"({"approval": {"over": 20}})"});
    QVERIFY(console.isReady());
    QVERIFY(wait(console.engine().addUser("ada", UserRole::Admin, usersPassword)).has_value());
    QVERIFY(console.signIn("ada"));
    QVERIFY(wait(console.engine().addUser("otto", UserRole::Operator, usersPassword)).has_value());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("all.csv"), 0, 30)));
    const BatchId batch = wait(console.engine().batches(1)).value().front().id;
    QVERIFY(console.signIn("otto"));
    QWidget *overview = console.window().page(QStringLiteral("overview"));
    DataTable *batches = table(overview, "batches");
    QTRY_COMPARE_WITH_TIMEOUT(batches->model()->rowCount(), 1, patience);
    batches->selectRow(0);
    auto *go = part<QPushButton>(overview, "overviewGoOn");
    QTRY_VERIFY2_WITH_TIMEOUT(go->isEnabled() && go->text().startsWith(QStringLiteral("Look at it")), qPrintable(go->text()), patience);
    QTest::mouseClick(go, Qt::LeftButton);
    QCOMPARE(console.window().currentPage(), QStringLiteral("send"));
    BatchView *view = qobject_cast<SendPage *>(console.window().page(QStringLiteral("send")))->batches()->view();
    QVERIFY(view->batch() == batch);
    // Nobody has agreed by that.
    Batch waiting = wait(console.engine().batch(batch)).value();
    QVERIFY(waiting.state == BatchState::Paused && waiting.approval.granted == 0);
    // What a person paused, and nobody has to agree to, goes on from there.
    QVERIFY(wait(console.engine().setBatchState(batch, BatchState::Cancelled, "not this one")).has_value());
    const auto few = console.importForTomorrow(10, 100);
    QVERIFY(few.has_value());
    QVERIFY(wait(console.engine().setBatchState(few->batch, BatchState::Paused, "the shop asked")).has_value());
    console.window().showPage(QStringLiteral("overview"));
    QTRY_COMPARE_WITH_TIMEOUT(batches->model()->rowCount(), 2, patience);
    batches->selectRow(0);
    QTRY_VERIFY2_WITH_TIMEOUT(go->isEnabled() && go->text() == QStringLiteral("Go on"), qPrintable(go->text()), patience);
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(wait(console.engine().batch(few->batch)).value().state == BatchState::Active, patience);
    QCOMPARE(console.window().currentPage(), QStringLiteral("overview"));
}

QTEST_MAIN(SecondPersonTest)
#include "second_person_test.moc"
