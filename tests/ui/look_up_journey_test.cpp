// SPDX-License-Identifier: GPL-3.0-or-later
//
// Questions an operator is asked: why did she get nothing, why is nothing moving, what happened to the template.
#include "app/simulator/followers.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/widgets/format.h"
#include "ui/widgets/parts.h"

#include <QFile>
#include <QLabel>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 60'000;

QString openid(std::size_t n) {
    return QString::fromStdString(simulator::followerOpenid(n));
}

/// Asks why nothing moves and presses the button at the first closed gate; what the dialog said.
struct Why {
    QString verdict;
    QString all;
    bool pressed = false;
};

Why askWhy(ConsoleFixture &console) {
    Why why;
    console.window().showPage(QStringLiteral("overview"));
    withDialog(QStringLiteral("why"), [&why](QDialog *dialog) {
        why.verdict = part<QLabel>(dialog, "verdict")->text();
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            why.all += label->text() + QLatin1Char('\n');
        why.pressed = press(dialog, "openFirstGate");
        if (!why.pressed)
            dialog->reject();
    });
    press(console.window().page(QStringLiteral("overview")), "whyNothingMoves");
    return why;
}

/// Asks again until the verdict has the words: the snapshot follows within a tenth of a second.
bool whySays(ConsoleFixture &console, const QString &words, Why &why) {
    return QTest::qWaitFor(
        [&] {
            console.window().showPage(QStringLiteral("overview"));
            why = askWhy(console);
            return why.verdict.contains(words);
        },
        patience);
}

bool gateIs(ConsoleFixture &console, Gate gate) {
    return QTest::qWaitFor([&] { return console.engine().snapshot().accounts.front().gate == gate; }, patience);
}

} // namespace

class LookUpJourneyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCustomerSaysSheGotNothing();
    void aPersonIsPutOnTheListAndTakenOff();
    void thePersonIsFoundFromTheQueue();
    void theQuotaIsExhaustedUntilTomorrow();
    void whyLeadsToWhatOpensTheGate();
    void aPausedBatchIsWhatStandsStill();
    void aTemplateIsHeldAndReleasedWithAReason();
    void aChangedTemplateSaysWhatItBreaks();
};

void LookUpJourneyTest::theCustomerSaysSheGotNothing() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const auto testers = testersFor(console.window());
    QVERIFY(console.simulator().control("{\"script\": {\"" + openid(17).toStdString() + "\": [\"43004\", \"ok\"]}}").has_value());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("s.csv"), 0, 60)));
    QVERIFY(console.drain());
    QVERIFY(QTest::qWaitForWindowActive(&console.window()));
    QTest::keyClick(&console.window(), Qt::Key_5, Qt::AltModifier);
    QCOMPARE(console.window().currentPage(), QStringLiteral("recipient"));
    QWidget *page = console.window().page(QStringLiteral("recipient"));
    auto *search = part<QLineEdit>(page, "recipientSearch");
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, openid(17));
    QTest::keyClick(search, Qt::Key_Return);
    DataTable *messages = table(page, "recipient_messages");
    QTRY_COMPARE(messages->model()->rowCount(), 1);
    QTRY_COMPARE(part<Chip>(page, "advice")->text(), QStringLiteral("no")); // WeChat said so: she is on the list
    QVERIFY(part<QLabel>(page, "reasons")->text().contains(QStringLiteral("43004")));
    // The inspector shows the attempt and WeChat's words.
    DataTable *attempts = table(page, "attempts");
    QTRY_COMPARE(attempts->model()->rowCount(), 1);
    QCOMPARE(attempts->model()->index(0, 2).data().toString(), QStringLiteral("43004"));
    // She follows again; the same message goes once more and is accepted, which takes her off the list.
    answerReason(QStringLiteral("customer follows again"));
    QVERIFY(press(page, "resendToPerson"));
    QTRY_COMPARE_WITH_TIMEOUT(console.simulator().received(openid(17).toStdString()).size(), std::size_t(1), patience);
    QTRY_COMPARE_WITH_TIMEOUT(part<Chip>(page, "advice")->text(), QStringLiteral("yes"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(attempts->model()->rowCount(), 2, patience);
    QCOMPARE(table(page, "suppressions")->model()->index(0, 0).data().toString(), QStringLiteral("lifted"));
}

void LookUpJourneyTest::aPersonIsPutOnTheListAndTakenOff() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("recipient"));
    QWidget *page = console.window().page(QStringLiteral("recipient"));
    auto *search = part<QLineEdit>(page, "recipientSearch");
    QTest::keyClicks(search, QStringLiteral("not an openid!"));
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(search->property("wrong").toBool());
    QVERIFY(!part<QPushButton>(page, "suppress")->isEnabled());
    search->clear();
    QTest::keyClicks(search, openid(3));
    QTest::keyClick(search, Qt::Key_Return);
    auto *advice = part<Chip>(page, "advice");
    QTRY_COMPARE(advice->text(), QStringLiteral("yes"));
    answerReason(QStringLiteral("angry call at 10:20"));
    QVERIFY(press(page, "suppress"));
    QTRY_COMPARE(advice->text(), QStringLiteral("no"));
    DataTable *list = table(page, "suppressions");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QCOMPARE(list->model()->index(0, 3).data().toString(), QStringLiteral("tester"));
    // What is imported meanwhile passes her by.
    QVERIFY(console.import(console.writeCsv(QStringLiteral("p.csv"), 0, 10)));
    QVERIFY(console.drain());
    QCOMPARE(console.simulator().received(openid(3).toStdString()).size(), std::size_t(0));
    answerReason(QStringLiteral("she called again"));
    QVERIFY(pressSoon(page, "lift"));
    QTRY_COMPARE(list->model()->index(0, 0).data().toString(), QStringLiteral("lifted"));
    const auto audit = wait(console.engine().audit(std::nullopt, 20));
    QVERIFY(audit.has_value());
    const auto reasonOf = [&](const char *act) {
        const auto found = std::find_if(audit->begin(), audit->end(), [act](const AuditEntry &e) { return e.act == act; });
        return found == audit->end() ? std::string() : found->reason + " / " + found->object;
    };
    QVERIFY(q(reasonOf("recipient.suppress")).startsWith(QStringLiteral("angry call at 10:20")));
    QVERIFY(q(reasonOf("recipient.suppress")).contains(openid(3)));
    QVERIFY(q(reasonOf("recipient.lift")).startsWith(QStringLiteral("she called again")));
}

void LookUpJourneyTest::thePersonIsFoundFromTheQueue() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("q.csv"), 0, 5)));
    QVERIFY(console.drain());
    console.window().showPage(QStringLiteral("queue"));
    QWidget *queue = console.window().page(QStringLiteral("queue"));
    DataTable *rows = table(queue, "queue");
    QTRY_COMPARE(rows->model()->rowCount(), 5);
    QVERIFY(!part<QPushButton>(queue, "aboutPerson")->isEnabled());
    rows->selectRow(2);
    const QString person = rows->model()->index(2, 2).data().toString();
    QVERIFY(press(queue, "aboutPerson"));
    QCOMPARE(console.window().currentPage(), QStringLiteral("recipient"));
    QWidget *page = console.window().page(QStringLiteral("recipient"));
    QCOMPARE(part<QLineEdit>(page, "recipientSearch")->text(), person);
    QTRY_COMPARE(table(page, "recipient_messages")->model()->rowCount(), 1);
}

void LookUpJourneyTest::theQuotaIsExhaustedUntilTomorrow() {
    ConsoleFixture console({.policy = R"({"quota": {"daily": 80}})"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("quota.csv"), 0, 200)));
    QVERIFY(gateIs(console, Gate::DayQuota));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().inFlight, 0, patience);
    const auto sent = console.simulator().ledger().recipients;
    QVERIFY(sent <= 80);
    Why why;
    QVERIFY2(whySays(console, QString::fromUtf8(accountName), why), qPrintable(why.verdict));
    QVERIFY2(why.all.contains(QStringLiteral("of 80 sends of today are used")), qPrintable(why.all));
    // Until when: after the turn of the day in China, which is tomorrow.
    const auto until = console.engine().snapshot().accounts.front().gateUntil;
    QVERIFY(until.has_value());
    QCOMPARE(toMillis(startOfChinaDay(*until)), toMillis(startOfChinaDay(Engine::wallNow()) + std::chrono::days(1)));
    QVERIFY2(why.all.contains(shortTime(*until)), qPrintable(why.all));
    // The button shows what waits, unharmed, and nothing was sent beyond the quota.
    QVERIFY(why.pressed);
    QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
    QTRY_COMPARE(table(console.window().page(QStringLiteral("queue")), "queue")->model()->rowCount(), static_cast<int>(200 - sent));
    QCOMPARE(console.simulator().ledger().recipients, sent);
    // More is let out, as tomorrow would: the rest goes by itself.
    QFile policy(QString::fromStdString(console.profileDir()) + QStringLiteral("/policy.json"));
    QVERIFY(policy.open(QIODevice::WriteOnly));
    policy.write(R"({"format": "songda-policy-1", "defaults": {"quota": {"daily": 1000}}})");
    policy.close();
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Accepted], 200, patience);
    QCOMPARE(static_cast<int>(console.simulator().ledger().recipients), 200);
}

void LookUpJourneyTest::whyLeadsToWhatOpensTheGate() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    Why why;
    QVERIFY(whySays(console, QStringLiteral("Messages are waiting"), why)); // nothing to do: it opens Send
    QCOMPARE(console.window().currentPage(), QStringLiteral("send"));
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("w.csv"), 0, 40)));
    QVERIFY(whySays(console, QStringLiteral("Sending is not paused"), why)); // and presses "Go on"
    QVERIFY(why.pressed);
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Accepted], 40, patience);
    QVERIFY(wait(console.engine().holdAccount(accountName, "audit of the shop")).has_value());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("x.csv"), 40, 30)));
    QVERIFY(gateIs(console, Gate::AccountHeld));
    QVERIFY(whySays(console, QString::fromUtf8(accountName), why));
    QVERIFY(why.pressed);
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Accepted], 70, patience);
}

void LookUpJourneyTest::aPausedBatchIsWhatStandsStill() {
    ConsoleFixture console({.rate = 20});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("still.csv"), 0, 300)));
    const auto batches = wait(console.engine().batches(1));
    QVERIFY(batches.has_value() && !batches->empty());
    QVERIFY(wait(console.engine().setBatchState(batches->front().id, BatchState::Paused, "the shop asked")).has_value());
    QVERIFY(gateIs(console, Gate::TemplatesHeld));
    // The message itself says so, too.
    console.window().showPage(QStringLiteral("queue"));
    QWidget *queue = console.window().page(QStringLiteral("queue"));
    QTRY_VERIFY(table(queue, "queue")->model()->rowCount() > 0);
    table(queue, "queue")->selectRow(0); // the last one
    const auto says = [queue](const QString &words) {
        const auto labels = queue->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *l) { return l->text().contains(words); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("Waits until its batch goes on: the shop asked")), patience);
    console.window().showPage(QStringLiteral("send")); // the list of batches is fetched anew
    Why why;
    QVERIFY(QTest::qWaitFor([&] { return whySays(console, QString::fromUtf8(accountName), why) && why.pressed; }, patience));
    QVERIFY2(why.all.contains(QStringLiteral("the shop asked")), qPrintable(why.all));
    QTRY_VERIFY_WITH_TIMEOUT(wait(console.engine().batches(1)).value().front().state == BatchState::Active, patience);
}

void LookUpJourneyTest::aTemplateIsHeldAndReleasedWithAReason() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("templates"));
    QWidget *page = console.window().page(QStringLiteral("templates"));
    DataTable *list = table(page, "templates");
    QTRY_VERIFY(list->model()->rowCount() > 0);
    int row = 0;
    while (row < list->model()->rowCount() && list->model()->index(row, 0).data().toString() != QString::fromUtf8(orderTemplate))
        ++row;
    list->selectRow(row);
    answerReason(QStringLiteral("wrong words in it"));
    QVERIFY(press(page, "holdTemplate"));
    QTRY_COMPARE(list->model()->index(row, 1).data().toString(), QStringLiteral("Held"));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("t.csv"), 0, 25)));
    QVERIFY(gateIs(console, Gate::TemplatesHeld));
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->index(row, 4).data().toString(), QStringLiteral("25"), patience); // what waits for it
    answerReason(QStringLiteral("words are right now"));
    QVERIFY(press(page, "releaseTemplate"));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Accepted], 25, patience);
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->index(row, 2).data().toString(), QStringLiteral("25"), patience);
    const auto audit = wait(console.engine().audit(std::nullopt, 5));
    QVERIFY(audit.has_value());
    QVERIFY(std::any_of(audit->begin(), audit->end(),
        [](const AuditEntry &e) { return e.act == "template.resume" && e.reason == "words are right now"; }));
}

void LookUpJourneyTest::aChangedTemplateSaysWhatItBreaks() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const auto templates = wait(console.engine().templates());
    QVERIFY(templates.has_value());
    Template changed;
    for (const Template &t : *templates) {
        if (t.title == orderTemplate)
            changed = t;
    }
    const auto at = changed.content.find("{{thing2.DATA}}");
    QVERIFY(at != std::string::npos);
    changed.content.replace(at, 15, "{{thing9.DATA}}");
    QVERIFY(wait(console.engine().addTemplate(accountName, changed)).has_value());
    console.window().showPage(QStringLiteral("templates"));
    QWidget *page = console.window().page(QStringLiteral("templates"));
    DataTable *list = table(page, "templates");
    const auto rowOf = [list] {
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            if (list->model()->index(row, 0).data().toString() == QString::fromUtf8(orderTemplate))
                return row;
        }
        return -1;
    };
    QTRY_VERIFY(rowOf() >= 0);
    list->selectRow(rowOf());
    auto *drift = part<Notice>(page, "drift");
    QTRY_VERIFY2(drift->isVisible() && drift->text().contains(QStringLiteral("thing2"))
            && drift->text().contains(QStringLiteral("thing9")),
        qPrintable(drift->text()));
    QTRY_COMPARE(table(page, "template_history")->model()->rowCount(), 1);
}

QTEST_MAIN(LookUpJourneyTest)
#include "look_up_journey_test.moc"
