// SPDX-License-Identifier: GPL-3.0-or-later
//
// The dead-letter desk as an operator uses it: the real window on the offscreen platform, the real engine, and the
// simulator. With SONGDA_PICTURES=FOLDER it leaves a picture of each step there.
#include "app/simulator/followers.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/pictures.h"
#include "ui/pages/dead_letters/dead_letters_page.h"
#include "ui/widgets/replay_dialog.h"
#include "ui/pages/dead_letters/replay_strip.h"
#include "ui/widgets/cause_card.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_dialog.h"
#include "ui/widgets/message_inspector.h"
#include "ui/widgets/words.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QDialogButtonBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTimer>

using namespace songda;
using namespace songda::ui;
using songda::test::keepPicture;
using namespace std::chrono_literals;
using songda::test::ConsoleFixture;
using songda::test::wait;

namespace {

template <class T> T *child(QWidget *parent, const char *name) {
    T *found = parent->findChild<T *>(QLatin1String(name));
    if (found == nullptr)
        qWarning("there is no %s", name);
    return found;
}

DataTable *table(QWidget *page, const char *name) { return child<DataTable>(page, name); }

QPushButton *button(QWidget *parent, const QString &begin) {
    for (QPushButton *each : parent->findChildren<QPushButton *>()) {
        if (each->text().startsWith(begin))
            return each;
    }
    qWarning("there is no button %s", qPrintable(begin));
    return nullptr;
}

/// Answers the next question about a reason: fills it in, says yes.
void answerReason(const QString &reason) {
    auto *timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, timer, [timer, reason] {
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        if (dialog == nullptr || dialog->objectName() != QLatin1String("askReason"))
            return;
        timer->deleteLater();
        QTest::keyClicks(dialog->findChild<QLineEdit *>(QStringLiteral("reason")), reason);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("yes")), Qt::LeftButton);
    });
    timer->start(20);
}

/// A console on its dead-letter page, where `rows` have died of an outage that is over.
class Desk {
public:
    explicit Desk(int rows, const char *outage = "43004=100")
        : console({.mix = outage}) {
        if (!console.isReady())
            return;
        for (const DataTable *each : console.window().findChildren<DataTable *>())
            m_testers.push_back(std::make_unique<QAbstractItemModelTester>(each->model(), QAbstractItemModelTester::FailureReportingMode::QtTest));
        if (!console.import(console.writeCsv(QStringLiteral("dead.csv"), 0, rows)))
            return;
        if (!QTest::qWaitFor([&] { return console.engine().snapshot().counts[MessageState::Dead] == rows; }, 30'000))
            return;
        control(R"({"mix": ""})");
        console.window().showPage(QStringLiteral("dead_letters"));
        page = console.window().page(QStringLiteral("dead_letters"));
        groups = table(page, "groups");
        messages = table(page, "dead");
        ready = QTest::qWaitFor([&] { return groups->model()->rowCount() == 1; });
    }
    void control(const std::string &json) {
        if (const auto done = console.simulator().control(json); !done)
            qFatal("%s", done.error().c_str());
    }
    ReplayRun latest() {
        const auto runs = wait(console.engine().replays(1));
        return runs && !runs->empty() ? runs->front() : ReplayRun{};
    }
    std::int64_t count(MessageState state) { return console.engine().snapshot().counts[state]; }
    MessageInspector *inspector() { return page->findChild<MessageInspector *>(); }

    ConsoleFixture console;
    bool ready = false;
    QWidget *page = nullptr;
    DataTable *groups = nullptr;
    DataTable *messages = nullptr;

private:
    std::vector<std::unique_ptr<QAbstractItemModelTester>> m_testers;
};

/// Opens the replay dialog of the group, waits for its list, gives a reason and says yes.
void beginReplay(Desk &desk, const QString &reason, const char *picture = nullptr, bool ladder = true) {
    QTest::mouseClick(child<QPushButton>(desk.page, "replayGroup"), Qt::LeftButton);
    auto *dialog = desk.page->findChild<ReplayDialog *>();
    QVERIFY(dialog != nullptr);
    auto *yes = child<QPushButton>(dialog, "yes");
    QVERIFY(!yes->isEnabled());
    QTRY_VERIFY(child<QLineEdit>(dialog, "reason")->isVisible());
    if (!ladder)
        child<QRadioButton>(dialog, "straight")->setChecked(true);
    QVERIFY(!yes->isEnabled()); // not without a reason
    QTest::keyClicks(child<QLineEdit>(dialog, "reason"), reason);
    if (picture != nullptr)
        keepPicture(dialog, QLatin1String(picture));
    QTRY_VERIFY(yes->isEnabled());
    QTest::mouseClick(yes, Qt::LeftButton);
    QTRY_VERIFY(desk.page->findChild<ReplayDialog *>() == nullptr);
}

/// Of the first group; none when it cannot be written.
QInputDialog *noteDialog(Desk &desk) {
    desk.groups->selectRow(0);
    auto *note = child<QPushButton>(desk.page, "note");
    if (!QTest::qWaitFor([note] { return note->isEnabled(); }))
        return nullptr;
    QTest::mouseClick(note, Qt::LeftButton);
    return desk.page->findChild<QInputDialog *>();
}

} // namespace

class DeadLettersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromAnOutageToTheLastMessage();
    void aSelectionIsResentAndDiesAgainWithBothLives();
    void discardedOnesComeBack();
    void besideDiscardedOnesTheGroupIsLeftAlone();
    void aNoteStandsOnTheCause();
    void aNoteThatIsTooLongIsNotLost();
    void thePersonIsWrittenToNoMore();
    void aReplayIsPausedAndEnded();
    void theClockOfASafeRepeatRuns();
    void everythingHasAKeyAndAName();
    void nextSteps_data();
    void nextSteps();
    void ladders();
};

void DeadLettersTest::fromAnOutageToTheLastMessage() {
    constexpr int rows = 600;
    Desk desk(rows);
    QVERIFY(desk.ready);
    QVERIFY(desk.groups->model()->index(0, 0).data().toString().contains(QStringLiteral("43004")));
    QCOMPARE(desk.groups->model()->index(0, 1).data().toString(), QStringLiteral("600"));
    desk.groups->selectRow(0);
    auto *card = child<CauseCard>(desk.page, "groupCause");
    QTRY_VERIFY(card->isVisible());
    QVERIFY(child<QPushButton>(card, "nextStep")->isVisible());

    // One is edited: message 600 is the first on screen, the newest.
    desk.messages->selectRow(0);
    QTRY_VERIFY(desk.inspector()->mayEdit());
    const MessageId edited = desk.inspector()->message().value_or(MessageId{});
    keepPicture(&desk.console.window(), QStringLiteral("1-desk"));
    QTest::mouseClick(child<QPushButton>(desk.inspector(), "edit"), Qt::LeftButton);
    auto *edit = desk.inspector()->findChild<EditDialog *>();
    QVERIFY(edit != nullptr);
    auto *thing = child<QLineEdit>(edit, "value_thing2");
    auto *yes = child<QPushButton>(edit, "yes");
    QCOMPARE(thing->text(), QStringLiteral("新鲜水果礼盒"));
    QTest::keyClicks(child<QLineEdit>(edit, "reason"), QStringLiteral("wrong name"));
    QVERIFY(!yes->isEnabled()); // nothing is changed yet
    child<QLineEdit>(edit, "value_amount3")->setText(QStringLiteral("much"));
    QVERIFY(!yes->isEnabled());
    child<QLineEdit>(edit, "value_amount3")->setText(QStringLiteral("¥129.50"));
    thing->setText(QStringLiteral("保温杯"));
    QVERIFY(yes->isEnabled());
    keepPicture(edit, QStringLiteral("2-edit"));
    QTest::mouseClick(yes, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(desk.count(MessageState::Accepted), 1, 20'000);
    const auto detail = wait(desk.console.engine().message(edited));
    QVERIFY(detail && detail->message.content.find("保温杯") != std::string::npos);
    QCOMPARE(QString::fromStdString(detail->acts.front().reason), QStringLiteral("wrong name"));
    QCOMPARE(desk.console.simulator().received(simulator::followerOpenid(rows - 1)).back().userCopies, 1U);
    QTRY_COMPARE_WITH_TIMEOUT(desk.groups->model()->index(0, 1).data().toString(), QStringLiteral("599"), 10'000);

    // The others as a ladder, with a fault planted at the 150th.
    desk.control(R"({"script": {")" + simulator::followerOpenid(149) + R"(": "47003"}})");
    beginReplay(desk, QStringLiteral("the account is followed again"), "3-replay");
    auto *strip = desk.page->findChild<ReplayStrip *>();
    QTRY_VERIFY(strip->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(desk.latest().position > 30, 30'000);
    keepPicture(&desk.console.window(), QStringLiteral("4-running"));
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<int>(desk.latest().state), static_cast<int>(ReplayState::Stopped), 60'000);
    const ReplayRun stopped = desk.latest();
    QCOMPARE(QString::fromStdString(stopped.stopCause), QStringLiteral("47003"));
    QVERIFY2(stopped.position >= 150 && stopped.position <= 200, qPrintable(QString::number(stopped.position)));
    auto *goOn = child<QPushButton>(strip, "pauseReplay");
    QTRY_COMPARE(goOn->text(), QStringLiteral("Go on"));
    QTRY_COMPARE_WITH_TIMEOUT(desk.groups->model()->rowCount(), 2, 10'000); // the new cause has a group of its own
    keepPicture(&desk.console.window(), QStringLiteral("5-stopped"));
    desk.console.language().set(Language::Choice::Chinese);
    desk.console.theme().set(Theme::Choice::Dark);
    keepPicture(&desk.console.window(), QStringLiteral("6-stopped-zh"));
    desk.console.theme().set(Theme::Choice::Light);
    desk.console.language().set(Language::Choice::English);

    // Mended: the rest goes, and the one that failed is sent again by itself.
    desk.control(R"({"clear_script": true})");
    QTest::mouseClick(goOn, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(static_cast<int>(desk.latest().state), static_cast<int>(ReplayState::Done), 90'000);
    QCOMPARE(desk.latest().accepted, rows - 2);
    QTRY_COMPARE_WITH_TIMEOUT(desk.groups->model()->rowCount(), 1, 10'000);
    QTRY_COMPARE(desk.groups->model()->index(0, 1).data().toString(), QStringLiteral("1"));
    QVERIFY(desk.groups->model()->index(0, 0).data().toString().contains(QStringLiteral("47003")));
    desk.groups->selectRow(0);
    beginReplay(desk, QStringLiteral("the template is right again"));
    QTRY_COMPARE_WITH_TIMEOUT(desk.count(MessageState::Accepted), rows, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.groups->model()->rowCount(), 0, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.messages->model()->rowCount(), 0, 10'000);
    QCOMPARE(static_cast<int>(desk.console.simulator().ledger().recipients), rows);
}

void DeadLettersTest::aSelectionIsResentAndDiesAgainWithBothLives() {
    Desk desk(40);
    QVERIFY(desk.ready);
    desk.control(R"({"mix": "43004=100"})");
    desk.groups->selectRow(0);
    QTRY_COMPARE(desk.messages->model()->rowCount(), 40);
    desk.messages->selectRow(0);
    const MessageId first = desk.inspector()->message().value_or(MessageId{});
    answerReason(QStringLiteral("customer follows again"));
    QTest::mouseClick(button(desk.page, QStringLiteral("Resend selection")), Qt::LeftButton);
    // By its row: the sums may still be those from before.
    const auto diedTwice = [&] {
        const auto now = wait(desk.console.engine().message(first));
        return now && now->attempts.size() == 2 && now->message.state == MessageState::Dead;
    };
    QTRY_VERIFY_WITH_TIMEOUT(diedTwice(), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.count(MessageState::Dead), 40, 20'000);
    const auto twice = wait(desk.console.engine().message(first));
    QVERIFY(twice.has_value());
    QCOMPARE(twice->message.life, 2);
    QCOMPARE(QString::fromStdString(twice->acts.front().reason), QStringLiteral("customer follows again"));
    // Back on screen, with both lives and what became of the try.
    QTRY_COMPARE_WITH_TIMEOUT(desk.messages->model()->rowCount(), 40, 10'000);
    desk.messages->clearSelection();
    desk.messages->selectRow(0);
    QTRY_COMPARE(table(desk.inspector(), "attempts")->model()->rowCount(), 2);
    const auto labels = desk.page->findChildren<QLabel *>();
    QTRY_VERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *l) { return l->isVisible() && l->text().contains(QStringLiteral("standing still")); }));
    QVERIFY(words::odds(twice->odds, false).contains(QStringLiteral("0 of 1")));
}

void DeadLettersTest::discardedOnesComeBack() {
    Desk desk(12);
    QVERIFY(desk.ready);
    desk.groups->selectRow(0);
    QTRY_COMPARE(desk.messages->model()->rowCount(), 12);
    answerReason(QStringLiteral("test orders"));
    QTest::mouseClick(button(desk.page, QStringLiteral("Discard…")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(desk.groups->model()->rowCount(), 0, 10'000);
    auto *discarded = child<QPushButton>(desk.page, "showDiscarded");
    QTest::mouseClick(discarded, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(desk.messages->model()->rowCount(), 12, 10'000);
    desk.messages->selectAll();
    keepPicture(&desk.console.window(), QStringLiteral("7-discarded"));
    auto *restore = child<QPushButton>(desk.page, "restore");
    QTRY_VERIFY(restore->isEnabled());
    answerReason(QStringLiteral("they were real"));
    QTest::mouseClick(restore, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(desk.count(MessageState::Dead), 12, 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(desk.messages->model()->rowCount(), 0, 10'000);
    QTest::mouseClick(discarded, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(desk.messages->model()->rowCount(), 12, 10'000);
}

void DeadLettersTest::besideDiscardedOnesTheGroupIsLeftAlone() {
    Desk desk(12);
    QVERIFY(desk.ready);
    MessageFilter one;
    one.ids = {MessageId{1}};
    QCOMPARE(wait(desk.console.engine().discard(one, "a test order")).value_or(0), std::int64_t{1});
    QTRY_COMPARE_WITH_TIMEOUT(desk.groups->model()->index(0, 1).data().toString(), QStringLiteral("11"), 10'000);
    auto *card = child<CauseCard>(desk.page, "groupCause");
    auto *discarded = child<QPushButton>(desk.page, "showDiscarded");
    QTest::mouseClick(discarded, Qt::LeftButton);
    desk.groups->selectRow(0);
    QTRY_COMPARE_WITH_TIMEOUT(desk.messages->model()->rowCount(), 1, 10'000);
    QTRY_VERIFY(card->isVisible());
    // The eleven are not on the screen: nothing that is offered here is for them.
    QVERIFY(!child<QPushButton>(card, "nextStep")->isVisible());
    QVERIFY(!child<QPushButton>(desk.page, "discardGroup")->isEnabled());
    QTest::mouseClick(discarded, Qt::LeftButton);
    desk.groups->selectRow(0);
    QTRY_VERIFY(child<QPushButton>(card, "nextStep")->isVisible());
}

void DeadLettersTest::aNoteStandsOnTheCause() {
    Desk desk(5);
    QVERIFY(desk.ready);
    QInputDialog *dialog = noteDialog(desk);
    QVERIFY(dialog != nullptr);
    dialog->setTextValue(QStringLiteral("The shop asks its customers on Monday"));
    dialog->accept();
    auto *card = child<CauseCard>(desk.page, "groupCause");
    const auto shown = [&] {
        const auto labels = card->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text().contains(QStringLiteral("on Monday")) && label->isVisible(); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(shown(), 10'000);
}

void DeadLettersTest::aNoteThatIsTooLongIsNotLost() {
    Desk desk(3);
    QVERIFY(desk.ready);
    QInputDialog *dialog = noteDialog(desk);
    QVERIFY(dialog != nullptr);
    QPushButton *keep = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QVERIFY(keep != nullptr && keep->isEnabled());
    dialog->setTextValue(QString(667, QChar(0x6CE8))); // three bytes each
    QVERIFY(!keep->isEnabled());
    QVERIFY2(dialog->labelText().contains(QStringLiteral("1 bytes too long")), qPrintable(dialog->labelText()));
    dialog->setTextValue(QString(666, QChar(0x6CE8)));
    QVERIFY(keep->isEnabled());
    QVERIFY(!dialog->labelText().contains(QStringLiteral("too long")));
    keep->click();
    QTRY_COMPARE_WITH_TIMEOUT(wait(desk.console.engine().causeGroups()).value().front().note.text.size(), std::size_t(1998), 10'000);
}

void DeadLettersTest::thePersonIsWrittenToNoMore() {
    Desk desk(8);
    QVERIFY(desk.ready);
    desk.groups->selectRow(0);
    auto *step = child<QPushButton>(child<CauseCard>(desk.page, "groupCause"), "nextStep");
    QTRY_VERIFY(step->isVisible() && step->isEnabled());
    QCOMPARE(step->text(), QStringLiteral("Write to them no more…"));
    answerReason(QStringLiteral("they left"));
    QTest::mouseClick(step, Qt::LeftButton);
    // A replay says so before it begins. WeChat's own refusals are on the list already, and are no reason not to try.
    QTRY_COMPARE_WITH_TIMEOUT(wait(desk.console.engine().planReplay({})).value().refused, 8, 10'000);
    QCOMPARE(wait(desk.console.engine().suppressions(std::nullopt, {}, std::nullopt, 100)).value().size(), std::size_t(16));
}

void DeadLettersTest::aReplayIsPausedAndEnded() {
    Desk desk(200);
    QVERIFY(desk.ready);
    desk.groups->selectRow(0);
    beginReplay(desk, QStringLiteral("fixed"));
    auto *strip = desk.page->findChild<ReplayStrip *>();
    QTRY_VERIFY_WITH_TIMEOUT(desk.latest().position >= 5, 20'000);
    auto *pause = child<QPushButton>(strip, "pauseReplay");
    QTest::mouseClick(pause, Qt::LeftButton);
    QTRY_COMPARE(static_cast<int>(desk.latest().state), static_cast<int>(ReplayState::Paused));
    const auto position = desk.latest().position;
    QTest::qWait(500); // long enough for several looks
    QCOMPARE(desk.latest().position, position);
    QTRY_COMPARE(pause->text(), QStringLiteral("Go on"));
    answerReason(QStringLiteral("enough"));
    QTest::mouseClick(child<QPushButton>(strip, "cancelReplay"), Qt::LeftButton);
    QTRY_COMPARE(static_cast<int>(desk.latest().state), static_cast<int>(ReplayState::Cancelled));
    QTRY_COMPARE(desk.count(MessageState::Dead) + desk.count(MessageState::Accepted), 200);
    QTRY_COMPARE(desk.count(MessageState::Accepted), desk.latest().released);
}

void DeadLettersTest::theClockOfASafeRepeatRuns() {
    MessageRow row;
    row.state = MessageState::Uncertain;
    const WallTime now{std::chrono::hours(500'000)};
    QCOMPARE(words::stateWithClock(row, now), QStringLiteral("Uncertain"));
    QVERIFY(words::safeRepeat(row, now).isEmpty());
    row.safeUntil = now + 7min + 12s;
    QCOMPARE(words::stateWithClock(row, now), QStringLiteral("Uncertain · 7:12"));
    QVERIFY(words::safeRepeat(row, now).contains(QStringLiteral("7:12")));
    QCOMPARE(words::stateWithClock(row, now + 7min + 12s), QStringLiteral("Uncertain"));
    QVERIFY(words::safeRepeat(row, now + 8min).contains(QStringLiteral("twice")));
    row.state = MessageState::Accepted;
    QVERIFY(words::safeRepeat(row, now).isEmpty());
}

void DeadLettersTest::everythingHasAKeyAndAName() {
    Desk desk(3);
    QVERIFY(desk.ready);
    desk.groups->selectRow(0);
    QTRY_COMPARE(desk.messages->model()->rowCount(), 3);
    desk.console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desk.console.window()));
    desk.groups->setFocus();
    QTest::keyClick(desk.groups, Qt::Key_Return, Qt::ControlModifier);
    auto *dialog = desk.page->findChild<ReplayDialog *>();
    QTRY_VERIFY(dialog != nullptr);
    QTRY_VERIFY(child<QLineEdit>(dialog, "reason")->isVisible());
    for (const QWidget *widget : dialog->findChildren<QWidget *>()) {
        const bool field = qobject_cast<const QLineEdit *>(widget) != nullptr && !widget->parentWidget()->inherits("QAbstractSpinBox");
        if (field || widget->inherits("QAbstractSpinBox"))
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
    }
    dialog->reject();
    QTRY_VERIFY(desk.page->findChild<ReplayDialog *>() == nullptr);
    desk.console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desk.console.window()));
    desk.messages->setFocus();
    desk.messages->selectRow(0);
    QTRY_VERIFY(desk.inspector()->mayEdit());
    QTest::keyClick(desk.messages, Qt::Key_E, Qt::ControlModifier);
    auto *edit = desk.inspector()->findChild<EditDialog *>();
    QVERIFY(edit != nullptr);
    for (const QLineEdit *line : edit->findChildren<QLineEdit *>())
        QVERIFY2(!line->accessibleName().isEmpty(), qPrintable(line->objectName()));
    edit->reject();
    QTRY_VERIFY(desk.inspector()->findChild<EditDialog *>() == nullptr);
    desk.console.window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&desk.console.window()));
    QTest::keyClick(desk.messages, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(child<QPushButton>(desk.page, "showDiscarded")->isChecked());
}

void DeadLettersTest::nextSteps_data() {
    QTest::addColumn<QString>("move");
    QTest::addColumn<int>("step");
    const auto row = [](const char *move, NextStep step) { QTest::newRow(move) << QString::fromLatin1(move) << static_cast<int>(step); };
    row("content", NextStep::Edit);
    row("recipient", NextStep::Suppress);
    row("account", NextStep::OpenAccounts);
    row("template", NextStep::OpenTemplates);
    row("wechat", NextStep::Resend);
    row("network", NextStep::Resend);
    row("program", NextStep::Resend);
}

void DeadLettersTest::nextSteps() {
    QFETCH(QString, move);
    QFETCH(int, step);
    CauseWords words;
    words.move = move.toStdString();
    QCOMPARE(static_cast<int>(nextStepFor(words)), step);
}

void DeadLettersTest::ladders() {
    QVERIFY(readLadder(QStringLiteral("1, 5,20")) == std::optional(std::vector<int>{1, 5, 20}));
    for (const char *wrong : {"", " ", "0", "-1", "1;5", "a", "1, 1000000"})
        QVERIFY2(!readLadder(QString::fromLatin1(wrong)), wrong);
}

QTEST_MAIN(DeadLettersTest)
#include "dead_letters_test.moc"
