// SPDX-License-Identifier: GPL-3.0-or-later
//
// The mistakes consoles of this kind are known for, each by its name, tried on the real window with the real engine.
// Two more have tests elsewhere: a second death (dead_letters_test) and numbers that open other rows (console_test).
#include "app/simulator/followers.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/pages/reports/report_period.h"
#include "ui/shell/status_strip.h"
#include "ui/widgets/edit_dialog.h"
#include "ui/widgets/format.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/parts.h"

#include <QDoubleSpinBox>
#include <QLabel>
#include <QSpinBox>
#include <ctime>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 30'000;

bool reaches(ConsoleFixture &console, MessageState state, std::int64_t n) {
    if (QTest::qWaitFor([&] { return console.engine().snapshot().counts[state] == n; }, patience))
        return true;
    const Snapshot s = console.engine().snapshot();
    for (const MessageState each : allMessageStates) {
        if (s.counts[each] > 0)
            qWarning("%s: %lld", toString(each), static_cast<long long>(s.counts[each]));
    }
    qWarning("in flight %lld, gate of the first account %d", static_cast<long long>(s.inFlight), s.accounts.empty() ? -1 : static_cast<int>(s.accounts[0].gate));
    return false;
}

bool tell(ConsoleFixture &console, const char *json) { return console.simulator().control(json).has_value(); }

std::vector<MessageRow> rowsOf(ConsoleFixture &console, const MessageFilter &filter) {
    const auto page = wait(console.engine().page({filter, std::nullopt, 1000}));
    return page ? page->rows : std::vector<MessageRow>();
}

/// `rows` messages that have died of 43004.
bool kill(ConsoleFixture &console, int rows) {
    return console.import(console.writeCsv(QStringLiteral("dead.csv"), 0, rows)) && reaches(console, MessageState::Dead, rows);
}

MessageFilter all() { return {}; }

bool resendAll(ConsoleFixture &console) {
    MessageFilter dead;
    dead.states = {MessageState::Dead};
    const auto report = wait(console.engine().resend(dead, "again", {}));
    return report && report->resent > 0;
}

/// Edits the message the inspector shows, with the hands of an operator.
bool editThing(MessageInspector *inspector, const QString &thing, const QString &reason) {
    if (!QTest::qWaitFor([&] { return inspector->mayEdit(); }, patience))
        return false;
    inspector->edit();
    auto *dialog = inspector->findChild<EditDialog *>();
    if (dialog == nullptr)
        return false;
    part<QLineEdit>(dialog, "value_thing2")->setText(thing);
    part<QLineEdit>(dialog, "reason")->setText(reason);
    return pressSoon(dialog, "yes");
}

StatTile *tile(QWidget *page, const QString &name) {
    const auto tiles = page->findChildren<StatTile *>();
    for (StatTile *each : tiles) {
        if (each->accessibleName() == name)
            return each;
    }
    return nullptr;
}

QString textOf(const QWidget *widget) {
    QStringList text;
    for (const QLabel *label : widget->findChildren<QLabel *>())
        text.append(label->text());
    return text.join(QLatin1Char('\n'));
}

} // namespace

class TrapsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aBulkActReachesAllThatMatchAndNotOnlyWhatIsOnScreen();
    void aSelectionIsNoMoreThanWhatWasSelected();
    void theSecondEditIsNotDropped();
    void aResendKeepsEveryField();
    void theOldErrorIsGoneAfterARetryThatWorked();
    void aFailingRetryCountsNothingTwice();
    void theFilterSurvivesAnAct();
    void pausedOnScreenIsPaused();
    void theRateOfTheAccountIsKept();
    void theNumberOfAGroupIsThatOfItsRows();
    void daysBeginInChina_data();
    void daysBeginInChina();
    void silenceIsShownWhenTheQueueStalls();
    void anActIsOnWhatItWasAskedAbout();
    void aSearchThatIsNotUnderstoodShowsNoMore();
    void heldOnesWaitAndAnotherTimeCounts();
};

void TrapsTest::aBulkActReachesAllThatMatchAndNotOnlyWhatIsOnScreen() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("many.csv"), 0, 450)));
    console.window().showPage(QStringLiteral("queue"));
    QWidget *page = console.window().page(QStringLiteral("queue"));
    QTRY_COMPARE(table(page, "queue")->model()->rowCount(), MessageFeed::pageRows); // less than there are
    QTRY_VERIFY(textOf(page).contains(QStringLiteral("450 messages")));
    QString asked;
    withDialog(QStringLiteral("askReason"), [&asked](QDialog *dialog) {
        asked = textOf(dialog);
        QTest::keyClicks(dialog->findChild<QLineEdit *>(QStringLiteral("reason")), QStringLiteral("wrong list"));
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("yes")), Qt::LeftButton);
    });
    QVERIFY(pressSoon(page, "cancelAll"));
    QVERIFY2(asked.contains(QStringLiteral("450")), qPrintable(asked)); // said before
    QVERIFY(reaches(console, MessageState::Cancelled, 450));
    console.engine().setPaused(false);
    QVERIFY(console.drain());
    QCOMPARE(console.simulator().ledger().wireCopies, std::uint64_t(0));
}

void TrapsTest::aSelectionIsNoMoreThanWhatWasSelected() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("many.csv"), 0, 300)));
    console.window().showPage(QStringLiteral("queue"));
    QWidget *page = console.window().page(QStringLiteral("queue"));
    DataTable *queue = table(page, "queue");
    QTRY_VERIFY(queue->model()->rowCount() >= MessageFeed::pageRows);
    queue->selectAll();
    const auto selected = queue->chosenRows().size();
    answerReason(QStringLiteral("these only"));
    QVERIFY(pressSoon(page, "cancelSelected"));
    QVERIFY(reaches(console, MessageState::Cancelled, selected));
    QTest::qWait(300);
    QCOMPARE(console.engine().snapshot().counts[MessageState::Queued], 300 - selected);
}

void TrapsTest::theSecondEditIsNotDropped() {
    ConsoleFixture console({.mix = "47003=100"});
    QVERIFY(console.isReady());
    QVERIFY(kill(console, 3));
    console.window().showPage(QStringLiteral("dead_letters"));
    QWidget *page = console.window().page(QStringLiteral("dead_letters"));
    DataTable *messages = table(page, "dead");
    QTRY_COMPARE(messages->model()->rowCount(), 3);
    messages->selectRow(0);
    auto *inspector = page->findChild<MessageInspector *>();
    QTRY_VERIFY_WITH_TIMEOUT(inspector->mayEdit(), patience);
    const MessageId id = *inspector->message();
    QVERIFY(editThing(inspector, QStringLiteral("保温杯"), QStringLiteral("first")));
    // By the row and not by the counts of a snapshot, which may be those from before the edit.
    const auto diedAgain = [&] {
        const Message now = wait(console.engine().message(id)).value().message;
        return now.life == 2 && now.state == MessageState::Dead;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(diedAgain(), qPrintable(textOf(page)), patience);
    QVERIFY(tell(console, R"({"mix": ""})"));
    QCOMPARE(inspector->message(), id); // also when its row has left the list meanwhile
    QTRY_COMPARE_WITH_TIMEOUT(table(inspector, "attempts")->model()->rowCount(), 2, patience);
    QVERIFY(editThing(inspector, QStringLiteral("羊毛围巾"), QStringLiteral("second")));
    QVERIFY(reaches(console, MessageState::Accepted, 1));
    const auto detail = wait(console.engine().message(id));
    QVERIFY(detail.has_value());
    QVERIFY(detail->message.content.find("羊毛围巾") != std::string::npos);
    QCOMPARE(detail->earlier.size(), std::size_t(2)); // both earlier wordings are kept
    QVERIFY(detail->earlier.front().content.find("保温杯") != std::string::npos);
    QCOMPARE(inspector->message(), id);
    // All three lives stand in the history.
    const auto lives = [&] {
        QSet<QString> found;
        const QAbstractItemModel *history = table(inspector, "history")->model();
        for (int row = 0; row < history->rowCount(); ++row)
            found.insert(history->index(row, 1).data().toString());
        return found.size();
    };
    QTRY_COMPARE_WITH_TIMEOUT(lives(), qsizetype(3), patience);
}

void TrapsTest::aResendKeepsEveryField() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    SendRequest request;
    request.account = accountName;
    request.templateId = orderTemplate;
    request.openid = simulator::followerOpenid(5);
    request.data = {{"character_string1", "SO1"}, {"thing2", "保温杯"}, {"amount3", "¥1.00"}, {"time4", "2026-01-31 18:30"}};
    request.url = "https://example.com/order/1";
    request.idempotencyKey = "order-1";
    request.expiresAt = Engine::wallNow() + std::chrono::hours(48);
    request.priority = 2;
    const auto sent = wait(console.engine().send(request));
    QVERIFY(sent.has_value());
    QVERIFY(reaches(console, MessageState::Dead, 1));
    const Message before = wait(console.engine().message(sent->id)).value().message;
    QVERIFY(tell(console, R"({"mix": ""})"));
    QVERIFY(resendAll(console));
    QVERIFY(reaches(console, MessageState::Accepted, 1));
    const Message after = wait(console.engine().message(sent->id)).value().message;
    QCOMPARE(after.content, before.content);
    QCOMPARE(after.openid, before.openid);
    QCOMPARE(after.idempotencyKey, before.idempotencyKey);
    QCOMPARE(after.traceId, before.traceId);
    QCOMPARE(after.createdBy, before.createdBy);
    QCOMPARE(after.templateId, before.templateId);
    QVERIFY(after.expiresAt == before.expiresAt && after.createdAt == before.createdAt && after.batch == before.batch && after.account == before.account);
    QCOMPARE(console.simulator().received(request.openid).front().bodiesDiffer, false);
}

void TrapsTest::theOldErrorIsGoneAfterARetryThatWorked() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    QVERIFY(kill(console, 4));
    QVERIFY(tell(console, R"({"mix": ""})"));
    QVERIFY(resendAll(console));
    QVERIFY(reaches(console, MessageState::Accepted, 4));
    console.window().showPage(QStringLiteral("queue"));
    QWidget *page = console.window().page(QStringLiteral("queue"));
    DataTable *queue = table(page, "queue");
    QTRY_COMPARE(queue->model()->rowCount(), 4);
    QTRY_COMPARE_WITH_TIMEOUT(queue->model()->index(0, 1).data().toString(), QStringLiteral("Accepted"), patience);
    QCOMPARE(queue->model()->index(0, 3).data().toString(), QString()); // no cause any more
    queue->selectRow(0);
    QTRY_COMPARE(table(page, "attempts")->model()->rowCount(), 2); // but the history has it
    const QString path = part<QWidget>(page, "stateMap")->accessibleDescription();
    QVERIFY2(path.endsWith(QStringLiteral("Accepted")) && !path.contains(QStringLiteral("Dead")), qPrintable(path));
    for (const MessageRow &row : rowsOf(console, all()))
        QVERIFY(row.cause.empty() && !row.errcode);
}

void TrapsTest::aFailingRetryCountsNothingTwice() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    QVERIFY(kill(console, 40));
    for (int round = 2; round <= 3; ++round) {
        QVERIFY(resendAll(console));
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::all_of(rowsOf(console, all()),
                                     [round](const MessageRow &row) { return row.attempts == round && row.state == MessageState::Dead; }),
            patience);
    }
    QTRY_COMPARE(console.engine().snapshot().counts[MessageState::Dead], 40);
    QCOMPARE(console.engine().snapshot().counts.total(), 40);
    const auto groups = wait(console.engine().causeGroups());
    QVERIFY(groups && groups->size() == 1);
    QCOMPARE(groups->front().count, 40);
    const auto batches = wait(console.engine().batches(5));
    QVERIFY(batches.has_value());
    QCOMPARE(batches->front().counts.total(), 40);
    QCOMPARE(batches->front().counts[MessageState::Dead], 40);
    const auto errors = wait(console.engine().breakdown(startOfChinaDay(Engine::wallNow()), BreakdownBy::Code));
    QVERIFY(errors.has_value());
    QCOMPARE(errors->front().dead, 40);
    QCOMPARE(errors->front().attempts, 120);
    QVERIFY(wait(console.engine().verify()).value().empty());
}

void TrapsTest::theFilterSurvivesAnAct() {
    ConsoleFixture console({.mix = "43004=50,43101=50"});
    QVERIFY(console.isReady());
    QVERIFY(kill(console, 60));
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    DataTable *queue = table(page, "queue");
    page->focusSearch();
    auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(search != nullptr);
    QTest::keyClicks(search, QStringLiteral("code:43004"));
    const auto only43004 = [&] {
        for (int row = 0; row < queue->model()->rowCount(); ++row) {
            if (!queue->model()->index(row, 3).data().toString().startsWith(QStringLiteral("43004")))
                return false;
        }
        return queue->model()->rowCount() > 0;
    };
    QTRY_VERIFY(only43004());
    const int before = queue->model()->rowCount();
    QVERIFY(before > 5);
    // What is chosen survives a refresh.
    queue->selectRow(4);
    const QString chosen = queue->model()->index(4, 0).data().toString();
    QTest::keyClick(queue, Qt::Key_F5);
    QTest::qWait(300);
    QCOMPARE(queue->chosenRows().size(), qsizetype(1));
    QCOMPARE(queue->model()->index(queue->chosenRows().first(), 0).data().toString(), chosen);
    // An act that fails again brings the same rows back, under the same filter.
    QVERIFY(tell(console, R"({"mix": "43004=100"})"));
    answerReason(QStringLiteral("one of them"));
    QVERIFY(pressSoon(page, "resendSelected"));
    QTest::qWait(1500); // refreshes
    QCOMPARE(search->text(), QStringLiteral("code:43004"));
    QTRY_COMPARE_WITH_TIMEOUT(queue->model()->rowCount(), before, patience);
    QVERIFY(only43004());
    // Another page and back.
    console.window().showPage(QStringLiteral("errors"));
    console.window().showPage(QStringLiteral("queue"));
    QCOMPARE(search->text(), QStringLiteral("code:43004"));
}

void TrapsTest::pausedOnScreenIsPaused() {
    ConsoleFixture console({.rate = 200});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("p.csv"), 0, 1500)));
    QTRY_VERIFY(console.engine().snapshot().counts[MessageState::Accepted] > 50);
    auto *strip = console.window().findChild<StatusStrip *>();
    QVERIFY(press(strip, "pauseEngine"));
    QTRY_VERIFY(textOf(strip).contains(QStringLiteral("Paused")));
    QTRY_COMPARE(console.engine().snapshot().inFlight, 0); // what was on its way may end
    const auto sent = console.simulator().ledger().wireCopies;
    QTest::qWait(800);
    QCOMPARE(console.simulator().ledger().wireCopies, sent);
    QVERIFY(textOf(strip).contains(QStringLiteral("Paused")));
    // A picture that is held still does not say that the engine stands.
    console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&console.window()));
    QTest::keyClick(&console.window(), Qt::Key_F8);
    QTRY_VERIFY(part<QPushButton>(strip, "letItMove")->isChecked());
    QVERIFY(press(strip, "pauseEngine"));
    QTRY_VERIFY(console.simulator().ledger().wireCopies > sent);
    QTRY_VERIFY(textOf(strip).contains(QStringLiteral("Running")));
    QVERIFY(console.drain());
}

void TrapsTest::theRateOfTheAccountIsKept() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    // Set where an operator sets it.
    console.window().showPage(QStringLiteral("accounts"));
    QWidget *page = console.window().page(QStringLiteral("accounts"));
    QTRY_VERIFY(table(page, "accounts")->model()->rowCount() == 1);
    constexpr int perSecond = 25;
    part<QDoubleSpinBox>(page, "rate")->setValue(perSecond);
    part<QSpinBox>(page, "burst")->setValue(1);
    QVERIFY(pressSoon(page, "saveAccount"));
    QTRY_COMPARE(wait(console.engine().accounts()).value().front().rate, double(perSecond));
    QTest::qWait(300);
    constexpr int rows = 90;
    QVERIFY(console.import(console.writeCsv(QStringLiteral("r.csv"), 0, rows)));
    QVERIFY(reaches(console, MessageState::Accepted, rows));
    std::vector<simulator::TimePoint> times;
    for (std::size_t i = 0; i < rows; ++i)
        times.push_back(console.simulator().received(simulator::followerOpenid(i)).front().copies.front().at);
    std::sort(times.begin(), times.end());
    std::size_t most = 0;
    for (std::size_t first = 0, last = 0; last < times.size(); ++last) {
        while (times[last] - times[first] >= std::chrono::seconds(1))
            ++first;
        most = std::max(most, last - first + 1);
    }
    // The burst, and what a busy machine delays on the way.
    QVERIFY2(most <= perSecond + 4, qPrintable(QString::number(most)));
}

void TrapsTest::theNumberOfAGroupIsThatOfItsRows() {
    ConsoleFixture console({.mix = "43004=60,43101=40"}); // of persons: errors of the content would stop the batch
    QVERIFY(console.isReady());
    QVERIFY(kill(console, 120));
    console.window().showPage(QStringLiteral("dead_letters"));
    QWidget *page = console.window().page(QStringLiteral("dead_letters"));
    DataTable *groups = table(page, "groups");
    DataTable *messages = table(page, "dead");
    QTRY_COMPARE(groups->model()->rowCount(), 2);
    int sum = 0;
    for (int row = 0; row < groups->model()->rowCount(); ++row) {
        const int count = groups->model()->index(row, 1).data().toInt();
        sum += count;
        groups->selectRow(row);
        QTRY_COMPARE(messages->model()->rowCount(), count);
    }
    QCOMPARE(sum, 120);
    QVERIFY(textOf(page).contains(QStringLiteral("120 messages in 2 groups")));
    console.window().showPage(QStringLiteral("overview"));
    QTRY_VERIFY(textOf(tile(console.window().page(QStringLiteral("overview")), QStringLiteral("Dead letters"))).contains(QStringLiteral("120")));
}

void TrapsTest::daysBeginInChina_data() {
    QTest::addColumn<QByteArray>("zone"); ///< of the computer
    QTest::newRow("UTC") << QByteArray("UTC");
    QTest::newRow("China") << QByteArray("Asia/Shanghai");
    QTest::newRow("America") << QByteArray("America/Los_Angeles");
    QTest::newRow("Line Islands") << QByteArray("Pacific/Kiritimati");
}

void TrapsTest::daysBeginInChina() {
    QFETCH(QByteArray, zone);
    const QByteArray before = qgetenv("TZ");
    qputenv("TZ", zone);
    tzset();
    const auto at = [](const char *text) { return *parseIso8601(text); };
    const ReportSpan day{at("2026-03-01T00:00:00+08:00"), at("2026-03-02T00:00:00+08:00")};
    // Just after and just before midnight in China: in UTC it is another day, at the first of a month another month.
    for (const char *now : {"2026-03-01T00:00:00+08:00", "2026-03-01T07:59:59+08:00", "2026-03-01T23:59:59+08:00"}) {
        QVERIFY(spanOf(ReportPeriod::Today, {}, {}, at(now)) == day);
        QVERIFY(spanOf(ReportPeriod::Days, QDate(2026, 3, 1), QDate(2026, 3, 1), at(now)) == day);
        QVERIFY((spanOf(ReportPeriod::Yesterday, {}, {}, at(now)) == ReportSpan{at("2026-02-28T00:00:00+08:00"), day.from}));
        QVERIFY((spanOf(ReportPeriod::ThisMonth, {}, {}, at(now)) == ReportSpan{day.from, at("2026-04-01T00:00:00+08:00")}));
        QVERIFY((spanOf(ReportPeriod::LastMonth, {}, {}, at(now)) == ReportSpan{at("2026-02-01T00:00:00+08:00"), day.from}));
        QVERIFY((spanOf(ReportPeriod::LastSevenDays, {}, {}, at(now)) == ReportSpan{at("2026-02-23T00:00:00+08:00"), day.to}));
        QVERIFY(startOfChinaDay(at(now)) == *day.from);
    }
    QVERIFY(spanOf(ReportPeriod::Everything, {}, {}, at("2026-03-01T00:00:00+08:00")) == ReportSpan{});
    before.isNull() ? qunsetenv("TZ") : qputenv("TZ", before);
    tzset();
}

void TrapsTest::silenceIsShownWhenTheQueueStalls() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("s.csv"), 0, 20)));
    console.window().showPage(QStringLiteral("overview"));
    QWidget *page = console.window().page(QStringLiteral("overview"));
    StatTile *latency = tile(page, QStringLiteral("WeChat answers in"));
    StatTile *waiting = tile(page, QStringLiteral("Waiting"));
    QVERIFY(latency != nullptr && waiting != nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(latency).contains(QStringLiteral("no answer")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(waiting).contains(QStringLiteral("oldest since")), patience);
    const QString first = textOf(waiting);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(waiting) != first, patience); // it grows
    console.engine().setPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(textOf(waiting).contains(QStringLiteral("nothing is late")), patience);
    QTRY_VERIFY_WITH_TIMEOUT(!textOf(latency).contains(QStringLiteral("no answer")), patience);
}

void TrapsTest::anActIsOnWhatItWasAskedAbout() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("some.csv"), 0, 40)));
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    MessageFilter one;
    one.openid = simulator::followerOpenid(7);
    page->setFilter(one);
    QTRY_COMPARE(table(page, "queue")->model()->rowCount(), 1);
    withDialog(QStringLiteral("askReason"), [page](QDialog *dialog) {
        page->setFilter({}); // the list goes on while the question is open
        QTest::keyClicks(dialog->findChild<QLineEdit *>(QStringLiteral("reason")), QStringLiteral("she asked"));
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("yes")), Qt::LeftButton);
    });
    QVERIFY(pressSoon(page, "cancelAll"));
    QVERIFY(reaches(console, MessageState::Cancelled, 1));
    QCOMPARE(rowsOf(console, one).front().state == MessageState::Cancelled, true);
    QCOMPARE(console.engine().snapshot().counts[MessageState::Queued], std::int64_t{39});
}

void TrapsTest::aSearchThatIsNotUnderstoodShowsNoMore() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("some.csv"), 0, 30)));
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    page->search(QStringLiteral("openid:") + QString::fromStdString(simulator::followerOpenid(7)));
    QTRY_COMPARE(table(page, "queue")->model()->rowCount(), 1);
    page->search(QStringLiteral("state:purple"));
    QTest::qWait(500);
    QCOMPARE(table(page, "queue")->model()->rowCount(), 1); // as it says, and as "cancel all" means
}

void TrapsTest::heldOnesWaitAndAnotherTimeCounts() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.engine().setPaused(true);
    QVERIFY(console.import(console.writeCsv(QStringLiteral("some.csv"), 0, 20)));
    MessageFilter one;
    one.openid = simulator::followerOpenid(3);
    MessageFilter another;
    another.openid = simulator::followerOpenid(4);
    QCOMPARE(wait(console.engine().hold(one, "is she still a customer?")).value_or(0), std::int64_t{1});
    const WallTime tomorrow = Engine::wallNow() + std::chrono::hours(24);
    QCOMPARE(wait(console.engine().reschedule(another, tomorrow, "tomorrow is better")).value_or(0), std::int64_t{1});
    console.engine().setPaused(false);
    QVERIFY(reaches(console, MessageState::Accepted, 18));
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    page->setFilter(one);
    QTRY_COMPARE(table(page, "queue")->model()->rowCount(), 1);
    table(page, "queue")->selectRow(0);
    const auto command = [page](const char *id) {
        for (Command &each : page->commands()) {
            if (each.id == QLatin1String(id))
                return each;
        }
        return Command{};
    };
    QVERIFY(command("queue.release").offered());
    QVERIFY(!command("queue.hold").offered());
    answerReason(QStringLiteral("she is"));
    command("queue.release").run();
    QVERIFY(reaches(console, MessageState::Accepted, 19));
    page->setFilter(another);
    const MessageId later = rowsOf(console, another).front().id;
    const auto *inspector = page->findChild<MessageInspector *>();
    QTRY_VERIFY((table(page, "queue")->selectRow(0), inspector->message() == later)); // no longer the one before
    QTRY_VERIFY(command("queue.now").offered());
    answerReason(QStringLiteral("it is urgent after all"));
    command("queue.now").run();
    QVERIFY(reaches(console, MessageState::Accepted, 20));
    const auto acts = wait(console.engine().audit(std::nullopt, 10));
    QVERIFY(acts.has_value());
    for (const char *act : {"message.hold", "message.release", "message.due"})
        QVERIFY2(std::any_of(acts->begin(), acts->end(), [act](const AuditEntry &e) { return e.act == act; }), act);
}

QTEST_MAIN(TrapsTest)
#include "traps_test.moc"
