// SPDX-License-Identifier: GPL-3.0-or-later
//
// Users as an admin sets them up, and as somebody else finds them.
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/shell/page.h"
#include "ui/widgets/parts.h"

#include <QComboBox>
#include <QLineEdit>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;
constexpr const char *chiefsPassword = "a long password, this one";
constexpr const char *lisPassword = "another long password";

void choose(QWidget *page, UserRole role) {
    auto *roles = part<QComboBox>(page, "userNewRole");
    roles->setCurrentIndex(roles->findData(static_cast<int>(role)));
}

void type(QWidget *page, const QString &name, const QString &password, const QString &again) {
    part<QLineEdit>(page, "userName")->setText(name);
    part<QLineEdit>(page, "userNewPassword")->setText(password);
    part<QLineEdit>(page, "userAgain")->setText(again);
}

bool isEnabled(QWidget *page, const char *name) { return part<QPushButton>(page, name)->isEnabled(); }

} // namespace

class UsersPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAdminSetsUpTheOthers();
};

void UsersPageTest::anAdminSetsUpTheOthers() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().show();
    console.window().showPage(QStringLiteral("users"));
    QWidget *page = console.window().page(QStringLiteral("users"));
    auto *users = table(page, "users");
    QVERIFY(!isEnabled(page, "switchUser")); // nobody is set up
    type(page, QStringLiteral("chief"), QStringLiteral("short"), QStringLiteral("short"));
    QVERIFY(!isEnabled(page, "userAdd"));
    type(page, QStringLiteral("chief"), QLatin1String(chiefsPassword), QStringLiteral("something else"));
    QVERIFY(!isEnabled(page, "userAdd"));
    type(page, QStringLiteral("chief"), QLatin1String(chiefsPassword), QLatin1String(chiefsPassword));
    choose(page, UserRole::Operator); // nobody could set up others
    QVERIFY(pressSoon(page, "userAdd"));
    auto *notice = page->findChild<Notice *>();
    QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible() && !notice->text().isEmpty(), patience);
    QCOMPARE(users->model()->rowCount(), 0);
    choose(page, UserRole::Admin);
    QVERIFY(pressSoon(page, "userAdd"));
    QTRY_VERIFY_WITH_TIMEOUT(console.engine().session().mustSignIn, patience);
    QVERIFY(wait(console.engine().signIn("chief", chiefsPassword)).has_value());
    console.window().userChanged();
    QTRY_COMPARE_WITH_TIMEOUT(users->model()->rowCount(), 1, patience);
    QTRY_VERIFY_WITH_TIMEOUT(isEnabled(page, "switchUser"), patience);
    type(page, QStringLiteral("li"), QLatin1String(lisPassword), QLatin1String(lisPassword));
    choose(page, UserRole::Support);
    QVERIFY(pressSoon(page, "userAdd"));
    QTRY_COMPARE_WITH_TIMEOUT(users->model()->rowCount(), 2, patience);
    // Too many wrong passwords, and the admin helps.
    for (int i = 0; i < 12 && !wait(console.engine().users()).value().back().lockedUntil; ++i)
        QVERIFY(!wait(console.engine().signIn("li", "wrong, all of it")).has_value());
    static_cast<songda::ui::Page *>(page)->refresh();
    QTRY_VERIFY_WITH_TIMEOUT(users->model()->index(1, 2).data().toString().contains(QStringLiteral("locked")), patience);
    users->selectRow(1);
    keepPictures(console, "users");
    QVERIFY(pressSoon(page, "userUnlock"));
    QTRY_VERIFY_WITH_TIMEOUT(wait(console.engine().signIn("li", lisPassword)).has_value(), patience);
    console.window().userChanged();
    // Support sees itself alone, and may change its own password.
    QTRY_COMPARE_WITH_TIMEOUT(users->model()->rowCount(), 1, patience);
    QCOMPARE(users->model()->index(0, 0).data().toString(), QStringLiteral("li"));
    users->selectRow(0);
    QVERIFY(!isEnabled(page, "userAdd") && !isEnabled(page, "userRemove"));
    type(page, {}, QStringLiteral("a third long password"), QStringLiteral("a third long password"));
    QVERIFY(pressSoon(page, "userPassword"));
    QTRY_VERIFY_WITH_TIMEOUT(part<QLineEdit>(page, "userNewPassword")->text().isEmpty(), patience);
    QVERIFY(!wait(console.engine().signIn("li", lisPassword)).has_value());
    QVERIFY(wait(console.engine().signIn("li", "a third long password")).has_value());
}

QTEST_MAIN(UsersPageTest)
#include "users_page_test.moc"
