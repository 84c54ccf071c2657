// SPDX-License-Identifier: GPL-3.0-or-later
//
// People at the desk: the page of one answers for the account that knows them, and who may not see openids can look somebody
// up, put them on the list and mend what a message says all the same. With SONGDA_PICTURES=FOLDER it leaves pictures there.
#include "app/console/sign_in.h"
#include "app/simulator/followers.h"
#include "app/simulator/identity.h"
#include "tests/canary/canary_search.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/pages/dead_letters/dead_letters_page.h"
#include "ui/pages/queue/filter_bar.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/widgets/cause_card.h"
#include "ui/widgets/edit_dialog.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/parts.h"
#include "ui/widgets/pickers.h"

#include <QFile>
#include <QLabel>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;
constexpr const char *branch = "分店号";

QString openid(std::size_t n) { return QString::fromStdString(simulator::followerOpenid(n)); }

/// A second account of the same WeChat, with one message of its own.
bool addBranch(ConsoleFixture &console, const QString &to) {
    NewAccount account;
    account.account.name = branch;
    account.account.appid = std::string(simulator::practiceAppId);
    account.account.apiBase = console.simulator().baseUrl();
    account.secret = canary::appSecret.toStdString();
    if (!wait(console.engine().addAccount(std::move(account))) || !wait(console.engine().syncTemplates(branch)))
        return false;
    SendRequest request;
    request.account = branch;
    request.templateId = orderTemplate;
    request.openid = to.toStdString();
    request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    return wait(console.engine().send(std::move(request))).has_value();
}

/// A console with `rows` dead letters of a cause, where somebody from support has signed in.
std::unique_ptr<ConsoleFixture> forSupport(int rows, const char *mix) {
    auto console = std::make_unique<ConsoleFixture>(ConsoleFixture::Options{.mix = mix});
    if (!console->isReady() || !console->import(console->writeCsv(QStringLiteral("dead.csv"), 0, rows))
        || !QTest::qWaitFor([&] { return console->engine().snapshot().counts[MessageState::Dead] == rows; }, patience)
        || !console->simulator().control(R"({"mix": ""})"))
        return nullptr;
    Engine &engine = console->engine();
    if (!wait(engine.addUser("ada", UserRole::Admin, usersPassword)) || !wait(engine.signIn("ada", usersPassword)) || !wait(engine.addUser("sue", UserRole::Support, usersPassword))
        || !wait(engine.signIn("sue", usersPassword)))
        return nullptr;
    console->window().userChanged();
    return console;
}

} // namespace

class DeskPeopleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thePageAnswersForTheAccountThatKnowsThem();
    void fromTheQueueTheAccountOfTheMessageIsMeant();
    void supportWritesToThemNoMore();
    void theGroupMayChangeWhileSomebodyIsAsked();
    void whatDiesWhileSomebodyIsAskedIsNotMeant();
    void whatWasPutAwayIsNotResent();
    void aTemplateOfTwoAccountsIsAskedAbout();
    void whatOneHasReadIsNotForTheNext();
    void supportLooksSomebodyUpByTheirMessage();
    void supportMendsWhatItDoesNotSee();
    void aDatabaseThatCannotBeReadIsNoWrongPassword();
};

void DeskPeopleTest::thePageAnswersForTheAccountThatKnowsThem() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(addBranch(console, openid(7)));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("s.csv"), 0, 3)));
    QVERIFY(console.drain());
    console.window().showPage(QStringLiteral("recipient"));
    QWidget *page = console.window().page(QStringLiteral("recipient"));
    auto *accounts = part<AccountPicker>(page, "recipientAccount");
    QTRY_COMPARE(accounts->count(), 2);
    DataTable *messages = table(page, "recipient_messages");
    const auto ask = [&](const QString &whom) {
        auto *search = part<QLineEdit>(page, "recipientSearch");
        search->setText(whom);
        QTest::keyClick(search, Qt::Key_Return);
    };
    accounts->setCurrentText(QString::fromUtf8(accountName));
    ask(openid(7));
    QTRY_COMPARE_WITH_TIMEOUT(messages->model()->rowCount(), 1, patience);
    QCOMPARE(accounts->currentText(), QString::fromUtf8(branch));
    QVERIFY(!part<QLabel>(page, "reasons")->text().contains(QStringLiteral("Nothing was ever sent")));
    ask(openid(1));
    QTRY_COMPARE_WITH_TIMEOUT(accounts->currentText(), QString::fromUtf8(accountName), patience);
    QTRY_COMPARE_WITH_TIMEOUT(messages->model()->rowCount(), 1, patience);
    // Asked for the wrong account all the same: it says whose the openid is, and does not say yes.
    accounts->setCurrentText(QString::fromUtf8(branch));
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>(page, "reasons")->text().contains(QString::fromUtf8(accountName)), patience);
    QCOMPARE(part<Chip>(page, "advice")->text(), QStringLiteral("no"));
    // Known to both: said, and the account stays.
    SuppressRequest both{branch, {openid(2).toStdString()}, {}, false, "called", std::nullopt};
    QVERIFY(wait(console.engine().suppress(both)).has_value());
    ask(openid(2));
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>(page, "reasons")->text().contains(QStringLiteral("Also known to ") + QString::fromUtf8(accountName)), patience);
    QCOMPARE(accounts->currentText(), QString::fromUtf8(branch));
    keepPictures(console, "recipient-two-accounts");
}

void DeskPeopleTest::fromTheQueueTheAccountOfTheMessageIsMeant() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(addBranch(console, openid(7)));
    QVERIFY(console.drain());
    console.window().showPage(QStringLiteral("queue"));
    QWidget *queue = console.window().page(QStringLiteral("queue"));
    QTRY_COMPARE_WITH_TIMEOUT(table(queue, "queue")->model()->rowCount(), 1, patience);
    table(queue, "queue")->selectRow(0);
    QVERIFY(pressSoon(queue, "aboutPerson"));
    QCOMPARE(console.window().currentPage(), QStringLiteral("recipient"));
    QWidget *page = console.window().page(QStringLiteral("recipient"));
    // It may be newer than the list of accounts.
    QTRY_COMPARE_WITH_TIMEOUT(part<AccountPicker>(page, "recipientAccount")->currentText(), QString::fromUtf8(branch), patience);
    QCOMPARE(part<QLineEdit>(page, "recipientSearch")->text(), openid(7));
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "recipient_messages")->model()->rowCount(), 1, patience);
}

void DeskPeopleTest::supportWritesToThemNoMore() {
    const auto console = forSupport(8, "43004=100");
    QVERIFY(console);
    console->window().showPage(QStringLiteral("dead_letters"));
    QWidget *page = console->window().page(QStringLiteral("dead_letters"));
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "groups")->model()->rowCount(), 1, patience);
    table(page, "groups")->selectRow(0);
    auto *card = part<CauseCard>(page, "groupCause");
    QTRY_VERIFY(part<QPushButton>(card, "nextStep")->isVisible());
    answerReason(QStringLiteral("they left"));
    QVERIFY(press(card, "nextStep"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("8 people are not written to any more")), patience);
    // Eight by WeChat's refusal, eight by hand; no openid was seen.
    const auto list = wait(console->engine().suppressions(std::nullopt, {}, std::nullopt, 100)).value();
    QCOMPARE(list.size(), std::size_t(16));
    QVERIFY(std::all_of(list.begin(), list.end(), [](const Suppression &s) { return s.openid.find("...") != std::string::npos; }));
    QVERIFY(wait(console->engine().signIn("ada", usersPassword)).has_value());
    const auto real = wait(console->engine().suppressions(std::nullopt, simulator::followerOpenid(3), std::nullopt, 100)).value();
    QCOMPARE(real.size(), std::size_t(2));
    QVERIFY(real.front().by == "sue" && real.front().cause == "operator");
}

void DeskPeopleTest::theGroupMayChangeWhileSomebodyIsAsked() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("dead.csv"), 0, 3)));
    QVERIFY(addBranch(console, openid(7)));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Dead], 4, patience);
    console.window().showPage(QStringLiteral("dead_letters"));
    QWidget *page = console.window().page(QStringLiteral("dead_letters"));
    DataTable *groups = table(page, "groups");
    QTRY_COMPARE_WITH_TIMEOUT(groups->model()->rowCount(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(groups->model()->index(0, 1).data().toString(), QStringLiteral("3"), patience);
    groups->selectRow(0);
    auto *card = part<CauseCard>(page, "groupCause");
    QTRY_VERIFY(part<QPushButton>(card, "nextStep")->isVisible());
    withDialog(QStringLiteral("askReason"), [groups](QDialog *dialog) {
        groups->selectRow(1); // of the other account
        part<QLineEdit>(dialog, "reason")->setText(QStringLiteral("they left"));
        press(dialog, "yes");
    });
    QVERIFY(press(card, "nextStep"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("3 people are not written to any more")), patience);
    const auto accounts = wait(console.engine().accounts()).value();
    const auto first = std::find_if(accounts.begin(), accounts.end(), [](const Account &a) { return a.name == accountName; });
    QVERIFY(first != accounts.end());
    const auto list = wait(console.engine().suppressions(std::nullopt, {}, std::nullopt, 100)).value();
    std::vector<AccountId> byHand;
    for (const Suppression &s : list) {
        if (s.cause == "operator")
            byHand.push_back(s.account);
    }
    QCOMPARE(byHand, std::vector<AccountId>(3, first->id));
}

void DeskPeopleTest::whatDiesWhileSomebodyIsAskedIsNotMeant() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("dead.csv"), 0, 3)));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Dead], 3, patience);
    console.window().showPage(QStringLiteral("dead_letters"));
    QWidget *page = console.window().page(QStringLiteral("dead_letters"));
    DataTable *groups = table(page, "groups");
    QTRY_COMPARE_WITH_TIMEOUT(groups->model()->index(0, 1).data().toString(), QStringLiteral("3"), patience);
    groups->selectRow(0);
    const auto moreDie = [&](int first, int dead) {
        return console.import(console.writeCsv(QStringLiteral("more%1.csv").arg(first), first, 2))
            && QTest::qWaitFor([&] { return console.engine().snapshot().counts[MessageState::Dead] == dead; }, patience);
    };
    bool died = false;
    withDialog(QStringLiteral("askReason"), [&](QDialog *dialog) {
        died = moreDie(10, 5);
        part<QLineEdit>(dialog, "reason")->setText(QStringLiteral("they left"));
        press(dialog, "yes");
    });
    auto *card = part<CauseCard>(page, "groupCause");
    QVERIFY(pressSoon(card, "nextStep"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("3 people are not written to any more")), patience);
    QVERIFY(died);
    QTRY_COMPARE_WITH_TIMEOUT(groups->model()->index(0, 1).data().toString(), QStringLiteral("5"), patience);
    died = false;
    withDialog(QStringLiteral("askReason"), [&](QDialog *dialog) {
        died = moreDie(20, 7);
        part<QLineEdit>(dialog, "reason")->setText(QStringLiteral("test orders"));
        press(dialog, "yes");
    });
    QVERIFY(pressSoon(page, "discardGroup"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("5 discarded")), patience);
    QVERIFY(died);
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Dead], 2, patience);
}

void DeskPeopleTest::whatWasPutAwayIsNotResent() {
    ConsoleFixture console({.mix = "47003=100"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("first.csv"), 0, 1)));
    const QByteArray another = openid(0).toUtf8() + ",SO20000000,book,¥19.50,2026-02-01 18:30\r\n";
    QVERIFY(console.import(console.writeCsv(QStringLiteral("second.csv"), 0, 0, another)));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Dead], 2, patience);
    QVERIFY(console.simulator().control(R"({"mix": ""})").has_value());
    MessageFilter one;
    one.ids = {MessageId{1}};
    QCOMPARE(wait(console.engine().discard(one, "a test order")).value_or(0), std::int64_t{1});
    console.window().showPage(QStringLiteral("recipient"));
    QWidget *page = console.window().page(QStringLiteral("recipient"));
    auto *search = part<QLineEdit>(page, "recipientSearch");
    search->setText(openid(0));
    QTest::keyClick(search, Qt::Key_Return);
    DataTable *messages = table(page, "recipient_messages");
    QTRY_COMPARE_WITH_TIMEOUT(messages->model()->rowCount(), 2, patience);
    messages->selectAll();
    QString asked;
    withDialog(QStringLiteral("askReason"), [&asked](QDialog *dialog) {
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            asked += label->text();
        press(dialog, "yes");
    });
    QVERIFY(pressSoon(page, "resendToPerson"));
    QTRY_VERIFY_WITH_TIMEOUT(says(page, QStringLiteral("1 queued again.")), patience);
    QVERIFY2(asked.contains(QStringLiteral("1 messages are queued again")), qPrintable(asked));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Accepted], 1, patience);
    QCOMPARE(console.engine().snapshot().counts[MessageState::Cancelled], 1);
}

void DeskPeopleTest::aTemplateOfTwoAccountsIsAskedAbout() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(addBranch(console, openid(7)));
    Directory &directory = console.window().context().directory;
    const auto idOf = [&](const char *name) {
        const auto &all = directory.accounts();
        const auto found = std::find_if(all.begin(), all.end(), [name](const Account &a) { return a.name == name; });
        return found == all.end() ? AccountId{} : found->id;
    };
    const auto ofBranch = [&]() -> std::optional<TemplateRef> {
        for (const Template &t : directory.templates()) {
            if (t.account == idOf(branch) && t.title == orderTemplate)
                return t.id;
        }
        return std::nullopt;
    };
    QTRY_VERIFY_WITH_TIMEOUT((directory.refresh(), directory.accounts().size() == 2 && ofBranch().has_value()), patience);
    console.window().showPage(QStringLiteral("queue"));
    auto *queue = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    auto *bar = queue->findChild<FilterBar *>();
    auto *problem = part<QLabel>(queue, "filterProblem");
    const QString typed = QStringLiteral("template:") + QString::fromUtf8(orderTemplate);
    queue->search(typed);
    QVERIFY(problem->isVisible());
    QVERIFY2(problem->text().contains(QStringLiteral("several templates")), qPrintable(problem->text()));
    QVERIFY(bar->filter() == MessageFilter{});
    queue->search(typed + QStringLiteral(" account:") + QString::fromUtf8(branch));
    QVERIFY(!problem->isVisible());
    QVERIFY(bar->filter().templateRef == ofBranch());
    // Chosen, it is said and kept with its account.
    MessageFilter chosen;
    chosen.templateRef = ofBranch();
    bar->set(chosen);
    QCOMPARE(queue->findChild<TemplatePicker *>()->currentText(), QStringLiteral("%1 · %2").arg(QString::fromUtf8(orderTemplate), QString::fromUtf8(branch)));
    queue->search(bar->searchText());
    QVERIFY(!problem->isVisible());
    QVERIFY(bar->filter().templateRef == ofBranch());
}

void DeskPeopleTest::whatOneHasReadIsNotForTheNext() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("dead.csv"), 0, 3)));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Dead], 3, patience);
    QVERIFY(wait(console.engine().addUser("ada", UserRole::Admin, usersPassword)).has_value());
    QVERIFY(console.signIn("ada"));
    QVERIFY(wait(console.engine().addUser("sue", UserRole::Support, usersPassword)).has_value());
    console.window().showPage(QStringLiteral("dead_letters"));
    QWidget *dead = console.window().page(QStringLiteral("dead_letters"));
    QTRY_COMPARE_WITH_TIMEOUT(table(dead, "dead")->model()->rowCount(), 3, patience);
    table(dead, "dead")->selectRow(0);
    auto *ofDead = dead->findChild<MessageInspector *>();
    QTRY_VERIFY(ofDead->message().has_value());
    console.window().showPage(QStringLiteral("queue"));
    auto *queue = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    queue->search(QStringLiteral("openid:") + openid(1));
    QTRY_COMPARE_WITH_TIMEOUT(table(queue, "queue")->model()->rowCount(), 1, patience);
    table(queue, "queue")->selectRow(0);
    auto *ofQueue = queue->findChild<MessageInspector *>();
    QTRY_VERIFY(ofQueue->message().has_value());
    QVERIFY(pressSoon(queue, "aboutPerson"));
    QWidget *page = console.window().page(QStringLiteral("recipient"));
    auto *search = part<QLineEdit>(page, "recipientSearch");
    DataTable *messages = table(page, "recipient_messages");
    QTRY_COMPARE_WITH_TIMEOUT(messages->model()->rowCount(), 1, patience);
    QCOMPARE(search->text(), openid(1));

    QVERIFY(console.signIn("sue"));
    QVERIFY(search->text().isEmpty());
    QCOMPARE(messages->model()->rowCount(), 0);
    QVERIFY(part<QLineEdit>(queue, "filterSearch")->text().isEmpty());
    QVERIFY(!ofDead->message() && !ofQueue->message() && !page->findChild<MessageInspector *>()->message());
    QTRY_COMPARE_WITH_TIMEOUT(table(queue, "queue")->model()->rowCount(), 3, patience);
    QTRY_VERIFY_WITH_TIMEOUT(table(queue, "queue")->model()->index(1, 2).data().toString().contains(QStringLiteral("...")), patience);
    QCOMPARE(messages->model()->rowCount(), 0); // nor by an answer that came late
    // A filter that names nobody stays.
    queue->search(QStringLiteral("code:43004"));
    QVERIFY(console.signIn("ada"));
    QCOMPARE(part<QLineEdit>(queue, "filterSearch")->text(), QStringLiteral("code:43004"));
}

void DeskPeopleTest::supportLooksSomebodyUpByTheirMessage() {
    const auto console = forSupport(4, "43004=100");
    QVERIFY(console);
    console->window().showPage(QStringLiteral("queue"));
    auto *queue = qobject_cast<QueuePage *>(console->window().page(QStringLiteral("queue")));
    QTRY_COMPARE_WITH_TIMEOUT(table(queue, "queue")->model()->rowCount(), 4, patience);
    table(queue, "queue")->selectRow(1);
    const QString masked = table(queue, "queue")->model()->index(1, 2).data().toString();
    QVERIFY(masked.contains(QStringLiteral("...")));
    QVERIFY(pressSoon(queue, "aboutPerson"));
    QWidget *page = console->window().page(QStringLiteral("recipient"));
    auto *search = part<QLineEdit>(page, "recipientSearch");
    QCOMPARE(search->text(), masked);
    QVERIFY(!search->property("wrong").toBool());
    DataTable *messages = table(page, "recipient_messages");
    DataTable *list = table(page, "suppressions");
    QTRY_COMPARE_WITH_TIMEOUT(messages->model()->rowCount(), 1, patience);
    QCOMPARE(messages->model()->index(0, 0).data().toString(), QStringLiteral("3")); // the second newest of four
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, patience); // what WeChat said
    auto *account = part<AccountPicker>(page, "recipientAccount");
    QVERIFY(!account->isEnabled()); // a message is of one account
    QCOMPARE(account->currentText(), QString::fromUtf8(accountName));
    keepPictures(*console, "recipient-masked");
    answerReason(QStringLiteral("angry call"));
    QVERIFY(pressSoon(page, "suppress"));
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 2, patience);
    list->selectRow(0);
    answerReason(QStringLiteral("called again"));
    QVERIFY(pressSoon(page, "lift"));
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->index(0, 0).data().toString(), QStringLiteral("lifted"), patience);
    // The queue of this person, and back: still nobody's openid on the screen.
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(messages->model()->rowCount(), 1);
    MessageFilter theirs;
    theirs.recipientOf = MessageId{3};
    queue->setFilter(theirs);
    QTRY_COMPARE_WITH_TIMEOUT(table(queue, "queue")->model()->rowCount(), 1, patience);
    // Typed, the openid a caller reads out is found all the same.
    search->setText(openid(0));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(messages->model()->rowCount() == 1 && messages->model()->index(0, 0).data().toString() == QStringLiteral("1"), patience);
    QVERIFY(account->isEnabled());
}

void DeskPeopleTest::supportMendsWhatItDoesNotSee() {
    const auto console = forSupport(3, "47003=100");
    QVERIFY(console);
    console->window().showPage(QStringLiteral("dead_letters"));
    QWidget *page = console->window().page(QStringLiteral("dead_letters"));
    QTRY_COMPARE_WITH_TIMEOUT(table(page, "dead")->model()->rowCount(), 3, patience);
    table(page, "dead")->selectRow(0);
    auto *inspector = page->findChild<MessageInspector *>();
    QTRY_VERIFY(inspector->mayEdit());
    const MessageId id = inspector->message().value_or(MessageId{});
    QVERIFY(inspector->edit());
    auto *dialog = inspector->findChild<EditDialog *>();
    QVERIFY(dialog != nullptr);
    auto *thing = part<QLineEdit>(dialog, "value_thing2");
    QVERIFY(thing->text().isEmpty() && thing->placeholderText().contains(QStringLiteral("kept")));
    part<QLineEdit>(dialog, "reason")->setText(QStringLiteral("the shop says it is a cup"));
    QVERIFY(!part<QPushButton>(dialog, "yes")->isEnabled()); // nothing is changed yet
    thing->setText(QStringLiteral("保温杯"));
    QVERIFY(part<QPushButton>(dialog, "yes")->isEnabled());
    keepPictures(*console, "edit-masked", dialog);
    QVERIFY(press(dialog, "yes"));
    QTRY_COMPARE_WITH_TIMEOUT(console->engine().snapshot().counts[MessageState::Accepted], 1, patience);
    QVERIFY(wait(console->engine().signIn("ada", usersPassword)).has_value());
    const std::string content = wait(console->engine().message(id)).value().message.content;
    QVERIFY(content.find("保温杯") != std::string::npos);
    QVERIFY2(content.find("SO1000000") != std::string::npos && content.find("¥129.50") != std::string::npos, content.c_str());
}

void DeskPeopleTest::aDatabaseThatCannotBeReadIsNoWrongPassword() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(wait(console.engine().addUser("ada", UserRole::Admin, usersPassword)).has_value());
    QString wrong;
    QString unreadable;
    const QString file = QString::fromStdString(console.profileDir()) + QStringLiteral("/songda.db");
    withDialog(QStringLiteral("signIn"), [&](QDialog *dialog) {
        auto *problem = part<QLabel>(dialog, "signInProblem");
        const auto tryIt = [&](const char *secret) {
            problem->clear();
            part<QLineEdit>(dialog, "signInName")->setText(QStringLiteral("ada"));
            part<QLineEdit>(dialog, "signInPassword")->setText(QLatin1String(secret));
            part<QPushButton>(dialog, "signInOk")->click();
            static_cast<void>(QTest::qWaitFor([&] { return !problem->text().isEmpty(); }, patience));
            return problem->text();
        };
        wrong = tryIt("something else, quite");
        QFile::rename(file, file + QStringLiteral(".away"));
        QFile damaged(file);
        if (damaged.open(QIODevice::WriteOnly))
            damaged.write(QByteArray("not a database at all ").repeated(1000));
        damaged.close();
        unreadable = tryIt(usersPassword);
        QFile::remove(file);
        QFile::rename(file + QStringLiteral(".away"), file);
        dialog->reject();
    });
    QVERIFY(!console::signIn(console.engine()));
    QCOMPARE(wrong, QStringLiteral("Wrong name or password."));
    QVERIFY2(!unreadable.isEmpty() && unreadable != wrong, qPrintable(unreadable));
}

QTEST_MAIN(DeskPeopleTest)
#include "desk_people_test.moc"
