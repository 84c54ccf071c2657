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

QTEST_MAIN(SecondPersonTest)
#include "second_person_test.moc"
