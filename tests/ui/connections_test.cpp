// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who else speaks with Songda, as somebody sets it up: what is entered at the platform, the keys and the web hooks of
// business systems. Each is tried with what it is for.
#include "app/simulator/identity.h"
#include "tests/canary/canary_search.h"
#include "tests/integration/hook_receiver.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/send_page.h"
#include "ui/shell/page.h"
#include "ui/widgets/check_list.h"
#include "ui/widgets/parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabWidget>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;

/// The page with a tab of it open.
QWidget *openTab(ConsoleFixture &console, int index) {
    console.window().show();
    console.window().showPage(QStringLiteral("connections"));
    QWidget *page = console.window().page(QStringLiteral("connections"));
    part<QTabWidget>(page, "connectionTabs")->setCurrentIndex(index);
    return page;
}

/// Says yes to the next question for a reason.
void agree() {
    withDialog(QStringLiteral("askReason"), [](QDialog *dialog) { press(dialog, "yes"); });
}

QString cell(DataTable *of, int row, int column) { return of->model()->index(row, column).data().toString(); }

} // namespace

class ConnectionsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsEnteredAtThePlatformIsShownAndTaken();
    void aKeyIsShownOnceAndRevoked();
    void aKeyIsForTickedAccountsAndTemplates();
    void aKeyBecomesNoWiderByItself();
    void aHookIsSetUpTriedAndRemoved();
    void whoMayNotSetUpOnlyLooks();
    void theNextUserFindsNothingOfTheOneBefore();
    void aModeThatWasChosenIsNotPutBack();
};

void ConnectionsTest::whatIsEnteredAtThePlatformIsShownAndTaken() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QWidget *page = openTab(console, 0);
    auto *accounts = table(page, "callbacks");
    QTRY_COMPARE_WITH_TIMEOUT(accounts->model()->rowCount(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(cell(accounts, 0, 2), QStringLiteral("never one"), patience);
    auto *token = part<QLineEdit>(page, "callbackToken");
    auto *url = part<QLineEdit>(page, "callbackUrl");
    QVERIFY(url->text().isEmpty());
    QVERIFY(!part<QCheckBox>(page, "callbackShow")->isEnabled());
    part<QComboBox>(page, "callbackMode")->setCurrentIndex(1);
    QVERIFY(pressSoon(page, "callbackSet"));
    QTRY_VERIFY_WITH_TIMEOUT(!url->text().isEmpty(), patience);
    const auto setups = wait(console.engine().callbackSetups());
    QVERIFY(setups && setups->size() == 1);
    const CallbackSetup &made = setups->front();
    QVERIFY(made.callback.mode == CallbackMode::Compatible);
    QCOMPARE(url->text(), QStringLiteral("https://…/wechat/") + QString::fromStdString(made.callback.path));
    QTRY_COMPARE_WITH_TIMEOUT(token->text(), QString::fromStdString(made.secrets.token), patience); // to be entered now
    QCOMPARE(part<QLineEdit>(page, "callbackKey")->text(), QString::fromStdString(made.secrets.encodingAesKey));
    keepPictures(console, "connections-callback");
    // Hidden again, and the secrets with it.
    part<QCheckBox>(page, "callbackShow")->setChecked(false);
    QTRY_VERIFY(!token->text().contains(QString::fromStdString(made.secrets.token)));
    // Another key; the one before is taken for a while.
    agree();
    QVERIFY(pressSoon(page, "callbackRenew"));
    QTRY_VERIFY_WITH_TIMEOUT(part<QLineEdit>(page, "callbackKey")->text().size() == 43
            && part<QLineEdit>(page, "callbackKey")->text() != QString::fromStdString(made.secrets.encodingAesKey),
        patience);
    const auto renewed = wait(console.engine().callbackSetups());
    QVERIFY(renewed && renewed->front().secrets.formerAesKey == made.secrets.encodingAesKey);
    QCOMPARE(renewed->front().secrets.token, made.secrets.token);
    agree();
    QVERIFY(pressSoon(page, "callbackRemove"));
    QTRY_VERIFY_WITH_TIMEOUT(url->text().isEmpty(), patience);
    QVERIFY(wait(console.engine().callbacks()).value().empty());
}

void ConnectionsTest::aKeyIsShownOnceAndRevoked() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QWidget *page = openTab(console, 1);
    auto *keys = table(page, "apiKeys");
    auto *client = part<QLineEdit>(page, "keyClient");
    QVERIFY(!part<QPushButton>(page, "keyAdd")->isEnabled()); // for whom?
    QTest::keyClicks(client, QStringLiteral("orders"));
    part<QCheckBox>(page, "keyRead")->setChecked(true);
    QVERIFY(pressSoon(page, "keyAdd"));
    QTRY_COMPARE_WITH_TIMEOUT(keys->model()->rowCount(), 1, patience);
    auto *secret = keys->parentWidget()->findChild<QLineEdit *>(QStringLiteral("secretOnce"));
    QVERIFY(secret != nullptr && secret->isVisible());
    const QString key = secret->text();
    const auto stored = wait(console.engine().apiKeys());
    QVERIFY(stored && stored->size() == 1);
    QVERIFY(key.startsWith(QString::fromStdString(stored->front().hint)));
    QVERIFY(stored->front().scopes.has(ApiScope::Send) && stored->front().scopes.has(ApiScope::Read) && !stored->front().scopes.has(ApiScope::Manage));
    QCOMPARE(cell(keys, 0, 2), QStringLiteral("good"));
    keepPictures(console, "connections-key");
    QVERIFY(press(secret->parentWidget()->parentWidget(), "secretAway"));
    QVERIFY(secret->text().isEmpty() && !secret->isVisible());
    // Another in its place, which is for the same.
    keys->selectRow(0);
    part<QSpinBox>(page, "keyOverlap")->setValue(2);
    agree();
    QVERIFY(pressSoon(page, "keyRotate"));
    QTRY_COMPARE_WITH_TIMEOUT(keys->model()->rowCount(), 2, patience);
    QVERIFY(secret->isVisible() && secret->text() != key);
    QCOMPARE(cell(keys, 0, 2), QStringLiteral("good"));
    QCOMPARE(cell(keys, 1, 2), QStringLiteral("replaced"));
    QCOMPARE(cell(keys, 0, 3), cell(keys, 1, 3));
    keys->selectRow(1);
    QVERIFY(!part<QPushButton>(page, "keyRotate")->isEnabled());
    QVERIFY(part<QPushButton>(page, "keyRevoke")->isEnabled()); // the overlap can be ended
    keys->selectRow(0);
    agree();
    QVERIFY(pressSoon(page, "keyRevoke"));
    QTRY_COMPARE_WITH_TIMEOUT(cell(keys, 0, 2), QStringLiteral("revoked"), patience);
    QVERIFY(!part<QPushButton>(page, "keyRevoke")->isEnabled());
}

void ConnectionsTest::aKeyIsForTickedAccountsAndTemplates() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QWidget *page = openTab(console, 1);
    auto *accounts = part<CheckList>(page, "keyAccounts");
    auto *templates = part<CheckList>(page, "keyTemplates");
    QTRY_VERIFY(accounts->count() == 1 && templates->count() > 1);
    const int all = templates->count();
    accounts->tick(QString::fromUtf8(accountName));
    QCOMPARE(templates->count(), all); // those of the only account
    templates->item(1)->setCheckState(Qt::Checked);
    const std::vector<std::string> wanted = templates->ticked();
    QCOMPARE(wanted.size(), std::size_t{1});
    QTest::keyClicks(part<QLineEdit>(page, "keyClient"), QStringLiteral("orders"));
    QVERIFY(pressSoon(page, "keyAdd"));
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "apiKeys")->model()->rowCount(), 1, patience);
    const auto stored = wait(console.engine().apiKeys());
    QVERIFY(stored && stored->size() == 1);
    QCOMPARE(stored->front().accounts, std::vector<std::string>{accountName});
    QCOMPARE(stored->front().templates, wanted);
    QCOMPARE(cell(table(page, "apiKeys"), 0, 4), QString::fromUtf8(accountName));
    QCOMPARE(cell(table(page, "apiKeys"), 0, 5), QString::fromStdString(wanted.front()));
    QVERIFY(accounts->ticked().empty() && templates->ticked().empty()); // the next key is not limited by chance
}

void ConnectionsTest::aKeyBecomesNoWiderByItself() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    NewAccount bare; // without templates of its own
    bare.account.name = "分店号";
    bare.account.appid = std::string(simulator::practiceAppId);
    bare.account.apiBase = console.simulator().baseUrl();
    bare.secret = canary::appSecret.toStdString();
    QVERIFY(wait(console.engine().addAccount(std::move(bare))).has_value());
    QWidget *page = openTab(console, 1);
    auto *accounts = part<CheckList>(page, "keyAccounts");
    auto *templates = part<CheckList>(page, "keyTemplates");
    auto *add = part<QPushButton>(page, "keyAdd");
    const auto onlyFor = [accounts](const QString &name) {
        accounts->tick(name);
        for (int i = 0; i < accounts->count(); ++i)
            accounts->item(i)->setCheckState(accounts->item(i)->text() == name ? Qt::Checked : Qt::Unchecked);
    };
    QTRY_VERIFY_WITH_TIMEOUT(accounts->count() == 2 && templates->count() > 1, patience);
    QTest::keyClicks(part<QLineEdit>(page, "keyClient"), QStringLiteral("orders"));
    onlyFor(QString::fromUtf8(accountName));
    templates->item(0)->setCheckState(Qt::Checked);
    QVERIFY(add->isEnabled());
    // The ticked one goes with its account: none ticked would mean every one.
    onlyFor(QStringLiteral("分店号"));
    QCOMPARE(templates->count(), 0);
    QVERIFY(!add->isEnabled());
    keepPictures(console, "connections-key-limit-gone");
    QVERIFY(press(page, "keyAllTemplates"));
    QVERIFY(add->isEnabled());
    QVERIFY(!part<QPushButton>(page, "keyAllTemplates")->isVisible());
    // Or others are ticked instead.
    onlyFor(QString::fromUtf8(accountName));
    templates->item(0)->setCheckState(Qt::Checked);
    onlyFor(QStringLiteral("分店号"));
    QVERIFY(!add->isEnabled());
    onlyFor(QString::fromUtf8(accountName));
    QVERIFY(!add->isEnabled());
    templates->item(1)->setCheckState(Qt::Checked);
    QVERIFY(add->isEnabled());
}

void ConnectionsTest::aHookIsSetUpTriedAndRemoved() {
    testing::HookReceiver receiver;
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QWidget *page = openTab(console, 2);
    auto *hooks = table(page, "hooks");
    auto *notice = page->findChild<Notice *>();
    QVERIFY(notice != nullptr);
    part<QLineEdit>(page, "hookUrl")->setText(QString::fromStdString(receiver.url()));
    part<QCheckBox>(page, "hookState_cancelled")->setChecked(false);
    QVERIFY(pressSoon(page, "hookAdd")); // http, and nobody said that it is meant
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(page, "hookAdd")->isEnabled(), patience);
    QCOMPARE(hooks->model()->rowCount(), 0);
    part<QCheckBox>(page, "hookPrivate")->setChecked(true);
    QVERIFY(pressSoon(page, "hookAdd"));
    QTRY_COMPARE_WITH_TIMEOUT(hooks->model()->rowCount(), 1, patience);
    const auto secrets = page->findChildren<QLineEdit *>(QStringLiteral("secretOnce"));
    const auto shown = std::find_if(secrets.begin(), secrets.end(), [](QLineEdit *edit) { return edit->isVisible(); });
    QVERIFY(shown != secrets.end());
    receiver.setSecret((*shown)->text().toStdString());
    hooks->selectRow(0);
    keepPictures(console, "connections-hook");
    QVERIFY(pressSoon(page, "hookTest"));
    QTRY_COMPARE_WITH_TIMEOUT(receiver.record().requests, 1, patience);
    QCOMPARE(receiver.record().badlySigned, 0); // the secret shown is the one it is signed with
    const auto stored = wait(console.engine().hooks());
    QVERIFY(stored && stored->size() == 1);
    QVERIFY(stored->front().states.has(MessageState::Dead) && !stored->front().states.has(MessageState::Cancelled));
    agree();
    QVERIFY(pressSoon(page, "hookRemove"));
    QTRY_COMPARE_WITH_TIMEOUT(hooks->model()->rowCount(), 0, patience);
}

void ConnectionsTest::whoMayNotSetUpOnlyLooks() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(wait(console.engine().addUser("chief", UserRole::Admin, "a long password, this one")).has_value());
    QVERIFY(wait(console.engine().signIn("chief", "a long password, this one")).has_value());
    QVERIFY(wait(console.engine().addUser("li", UserRole::Operator, "another long password")).has_value());
    QVERIFY(wait(console.engine().signIn("li", "another long password")).has_value());
    QWidget *page = openTab(console, 1);
    QTest::keyClicks(part<QLineEdit>(page, "keyClient"), QStringLiteral("orders"));
    auto *add = part<QPushButton>(page, "keyAdd");
    QVERIFY(!add->isEnabled());
    QVERIFY(add->toolTip().contains(QStringLiteral("admin"), Qt::CaseInsensitive)); // who may
}

void ConnectionsTest::theNextUserFindsNothingOfTheOneBefore() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(wait(console.engine().addUser("ada", UserRole::Admin, usersPassword)).has_value());
    QVERIFY(console.signIn("ada"));
    QVERIFY(wait(console.engine().addUser("sue", UserRole::Support, usersPassword)).has_value());
    auto *audit = console.window().page(QStringLiteral("audit"));
    console.window().showPage(QStringLiteral("audit"));
    const QAbstractItemModel *acts = table(audit, "audit")->model();
    QTRY_VERIFY_WITH_TIMEOUT(acts->rowCount() > 0, patience);
    // Two tabs with what is for whoever set it up alone.
    QWidget *page = openTab(console, 0);
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "callbacks")->model()->rowCount(), 1, patience);
    auto *token = part<QLineEdit>(page, "callbackToken");
    auto *show = part<QCheckBox>(page, "callbackShow");
    QVERIFY(pressSoon(page, "callbackSet"));
    QTRY_VERIFY_WITH_TIMEOUT(show->isChecked(), patience);
    const QString secret = token->text();
    QVERIFY(!secret.isEmpty() && !secret.contains(QChar(0x2022)));
    openTab(console, 1);
    QTest::keyClicks(part<QLineEdit>(page, "keyClient"), QStringLiteral("orders"));
    QVERIFY(pressSoon(page, "keyAdd"));
    auto *keys = table(page, "apiKeys");
    QTRY_COMPARE_WITH_TIMEOUT(keys->model()->rowCount(), 1, patience);
    const auto *once = keys->parentWidget()->findChild<QLineEdit *>(QStringLiteral("secretOnce"));
    QVERIFY(once->isVisible() && !once->text().isEmpty());
    // A message by hand, and a file.
    QWidget *send = console.window().page(QStringLiteral("send"));
    auto *openid = part<QLineEdit>(send, "openid");
    openid->setText(QStringLiteral("oSomebody"));
    qobject_cast<SendPage *>(send)->batchForm()->openFile(console.writeCsv(QStringLiteral("people.csv"), 0, 5));
    auto *encoding = part<QComboBox>(send, "encoding");
    QTRY_VERIFY_WITH_TIMEOUT(!encoding->isHidden(), patience);

    QVERIFY(console.signIn("sue"));
    QVERIFY(openid->text().isEmpty() && encoding->isHidden());
    QVERIFY(once->text().isEmpty() && !once->isVisible());
    QVERIFY(!show->isChecked() && token->text() != secret && part<QLineEdit>(page, "callbackKey")->text().size() != 43);
    QCOMPARE(acts->rowCount(), 0);
    console.window().showPage(QStringLiteral("audit"));
    auto *notice = audit->findChild<Notice *>();
    QTRY_VERIFY_WITH_TIMEOUT(!notice->text().isEmpty(), patience); // it is not for support
    QCOMPARE(acts->rowCount(), 0);
    // Nor does it stay when it is only found out by the answer.
    QVERIFY(console.signIn("ada"));
    QTRY_VERIFY_WITH_TIMEOUT(acts->rowCount() > 0, patience);
    QVERIFY(wait(console.engine().signIn("sue", usersPassword)).has_value());
    audit->refresh();
    QTRY_COMPARE_WITH_TIMEOUT(acts->rowCount(), 0, patience);
}

void ConnectionsTest::aModeThatWasChosenIsNotPutBack() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QWidget *page = openTab(console, 0);
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "callbacks")->model()->rowCount(), 1, patience);
    auto *mode = part<QComboBox>(page, "callbackMode");
    auto *set = part<QPushButton>(page, "callbackSet");
    QVERIFY(pressSoon(page, "callbackSet"));
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(page, "callbackRenew")->isEnabled() && !set->isEnabled(), patience);
    QTest::keyClick(mode, Qt::Key_Down);
    const int chosen = mode->currentIndex();
    QCOMPARE(chosen, 1);
    // News come, and the hand is on the button already.
    set->setFocus();
    Q_EMIT console.window().context().directory.accountsChanged();
    QCOMPARE(mode->currentIndex(), chosen);
    QVERIFY(press(page, "callbackSet"));
    QTRY_VERIFY_WITH_TIMEOUT(wait(console.engine().callbacks()).value().front().mode == CallbackMode::Compatible, patience);
    QTRY_VERIFY_WITH_TIMEOUT(!set->isEnabled(), patience);
    QCOMPARE(mode->currentIndex(), chosen);
}

QTEST_MAIN(ConnectionsTest)
#include "connections_test.moc"
