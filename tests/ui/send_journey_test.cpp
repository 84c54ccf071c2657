// SPDX-License-Identifier: GPL-3.0-or-later
//
// A batch as an operator sends it: from the file to the question who did not get it, with mouse and keys.
#include "app/simulator/followers.h"
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "ui/pages/send/batch_form.h"
#include "ui/pages/send/batch_source.h"
#include "ui/pages/send/batch_view.h"
#include "ui/pages/send/batches_pane.h"
#include "ui/pages/send/message_form.h"
#include "ui/pages/send/send_page.h"
#include "ui/widgets/format.h"
#include "ui/widgets/number_tile.h"
#include "ui/widgets/parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QFile>
#include <QLabel>
#include <QStringEncoder>
#include <QTabWidget>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 60'000;

const QByteArray fiveBadRows = "oBAD00001,SO1,,¥1.00,2026-01-31 18:30\r\n"
                               ",SO2,x,¥1.00,2026-01-31 18:30\r\n"
                               "oBAD00003,SO3,x,much,2026-01-31 18:30\r\n"
                               "oBAD00004,SO4,x,¥1.00\r\n"
                               "oBAD00005,SO5,x,¥1.00,yesterday\r\n";

/// The Send page with the hands of an operator on it.
class Sender {
public:
    explicit Sender(ConsoleFixture &console)
        : m_console(console)
        , page(qobject_cast<SendPage *>(console.window().page(QStringLiteral("send"))))
        , form(page->batchForm())
        , view(page->batches()->view()) {
        console.window().showPage(QStringLiteral("send"));
    }

    void recallNever() const { QTest::keyClick(part<QComboBox>(form, "recall"), Qt::Key_Home); }

    /// Opens a file and has its rows checked.
    bool check(const QString &file) const {
        page->showForm();
        form->openFile(file);
        auto *check = part<QPushButton>(form, "check");
        if (!QTest::qWaitFor([&] { return check->isVisible() && check->isEnabled(); }, patience))
            return false;
        QTest::mouseClick(check, Qt::LeftButton);
        auto *queue = part<QPushButton>(form, "queueBatch");
        return QTest::qWaitFor([&] { return queue->isVisible(); }, patience);
    }

    /// Queues what was checked; the page goes on to the batch.
    bool queue() const {
        return press(form, "queueBatch")
            && QTest::qWaitFor([this] { return view->batch().has_value() && view->isVisible() && total() > 0; }, patience);
    }

    std::int64_t sum(const char *name) const { return part<NumberTile>(view, (std::string("sum_") + name).c_str())->number(); }
    std::int64_t total() const { return sum("total"); }
    bool addsUp() const {
        return sum("accepted") + sum("delivered") + sum("failed") + sum("uncertain") + sum("cancelled") + sum("expired") + sum("under_way") == total();
    }
    int recipients() const { return static_cast<int>(m_console.simulator().ledger().recipients); }

private:
    ConsoleFixture &m_console;

public:
    SendPage *page;
    BatchForm *form;
    BatchView *view;
};

} // namespace

class SendJourneyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoThousandRowsWithFiveBadOnesFromFileToFinishedReport();
    void aMistakeIsTakenBackBeforeAnythingHasLeft();
    void aSeedIsLookedAtBeforeTheRestGoes();
    void aSeedThatWasLookedAtLeavesTimeToTakeTheRestBack();
    void cancelledAfterTenSecondsTheSumsAddUpAndTheRestCanBeSent();
    void pausedNothingLeavesAndItGoesOn();
    void duplicatesAndPeopleOnTheListAreCountedBeforehand();
    void aFileIsReadInTheEncodingThatIsChosen();
    void aCheckOfManyRowsCanBeStopped();
    void aBatchIsFoundAgainWithItsHoldAndAuthor();
    void aTimeThatHasPassedSendsNothing();
    void aFileThatWasChangedSinceItsCheckIsNotQueued();
    void whatFailsForAnotherReasonIsSaid();
};

void SendJourneyTest::twoThousandRowsWithFiveBadOnesFromFileToFinishedReport() {
    ConsoleFixture console({.rate = 4000});
    QVERIFY(console.isReady());
    const Sender sender(console);
    const auto testers = testersFor(console.window());
    sender.recallNever();
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("members.csv"), 0, 1995, fiveBadRows)));
    // The rows as cards, one after the other.
    auto *to = part<QLabel>(sender.form, "cardTo");
    QVERIFY(to->text().contains(QString::fromStdString(simulator::followerOpenid(0))));
    QVERIFY(press(sender.form, "nextRow"));
    QVERIFY(to->text().contains(QString::fromStdString(simulator::followerOpenid(1))));
    // What is wrong: line and column.
    const QAbstractItemModel *rejects = table(sender.form, "rejects")->model();
    QCOMPARE(rejects->rowCount(), 5);
    QCOMPARE(rejects->index(0, 0).data().toString(), QStringLiteral("1,997"));
    QCOMPARE(rejects->index(0, 1).data().toString(), QStringLiteral("thing2"));
    const QString rejected = console.path(QStringLiteral("rejected.csv"));
    sender.form->saveRejects(rejected);
    QTRY_VERIFY(QFile::exists(rejected));
    QFile file(rejected);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count("\r\n"), 6);
    auto *queue = part<QPushButton>(sender.form, "queueBatch");
    QTRY_VERIFY(queue->isVisible());
    QVERIFY2(queue->text().contains(QStringLiteral("1,995")), qPrintable(queue->text()));
    QCOMPARE(console.engine().snapshot().counts.total(), 0);

    QVERIFY(sender.queue());
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("accepted"), 1995, patience);
    QCOMPARE(sender.total(), 1995);
    QVERIFY(sender.addsUp());
    QCOMPARE(sender.recipients(), 1995);
    QTRY_VERIFY(table(sender.view, "missed")->accessibleDescription().contains(QStringLiteral("1,995"))); // everybody got it
    const QString report = console.path(QStringLiteral("report.csv"));
    sender.view->saveReport(*sender.view->batch(), report);
    QTRY_VERIFY(QFile::exists(report + QStringLiteral(".manifest.json")));
    QFile rows(report);
    QVERIFY(rows.open(QIODevice::ReadOnly));
    QCOMPARE(rows.readAll().count("\r\n"), 1996);
}

void SendJourneyTest::aMistakeIsTakenBackBeforeAnythingHasLeft() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Sender sender(console);
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("wrong.csv"), 0, 120)));
    QVERIFY(sender.queue());
    auto *takeBack = part<QPushButton>(sender.view, "takeBack");
    QTRY_VERIFY_WITH_TIMEOUT(takeBack->isVisible() && takeBack->isEnabled(), patience);
    QTest::keyClick(takeBack, Qt::Key_Space); // one key, no question
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("cancelled"), 120, patience);
    QVERIFY(sender.addsUp());
    QTRY_VERIFY(!takeBack->isVisible());
    QCOMPARE(sender.recipients(), 0);
    // It was right after all.
    answerReason(QStringLiteral("the file was right"));
    QVERIFY(pressSoon(sender.view, "sendToRest"));
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("accepted"), 120, patience);
    QVERIFY(sender.addsUp());
    QCOMPARE(sender.recipients(), 120);
}

void SendJourneyTest::aSeedIsLookedAtBeforeTheRestGoes() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Sender sender(console);
    sender.recallNever();
    const QString colleague = QString::fromStdString(simulator::followerOpenid(5000));
    auto *seeds = part<QLineEdit>(sender.form, "seeds");
    QTest::keyClicks(seeds, QStringLiteral("what?"));
    QVERIFY(seeds->property("wrong").toBool());
    seeds->clear();
    QTest::keyClicks(seeds, colleague + QStringLiteral(", ") + QString::fromStdString(simulator::followerOpenid(5001)));
    QVERIFY(!seeds->property("wrong").toBool());
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("seeded.csv"), 0, 150)));
    QVERIFY(sender.queue());
    QTRY_COMPARE_WITH_TIMEOUT(sender.recipients(), 2, patience);
    QCOMPARE(console.simulator().received(colleague.toStdString()).size(), std::size_t(1));
    auto *right = part<QPushButton>(sender.view, "seedIsRight");
    QTRY_VERIFY_WITH_TIMEOUT(right->isVisible() && right->isEnabled(), patience);
    QCOMPARE(sender.sum("under_way"), 150); // nobody else has it
    QTest::mouseClick(right, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("accepted"), 150, patience);
    QCOMPARE(sender.recipients(), 152);
}

void SendJourneyTest::aSeedThatWasLookedAtLeavesTimeToTakeTheRestBack() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Sender sender(console);
    QTest::keyClick(part<QComboBox>(sender.form, "recall"), Qt::Key_End);
    QTest::keyClicks(part<QLineEdit>(sender.form, "seeds"), QString::fromStdString(simulator::followerOpenid(5000)));
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("seeded.csv"), 0, 90)));
    QVERIFY(sender.queue());
    // As if somebody had looked for longer than the time to take it back.
    QTRY_COMPARE_WITH_TIMEOUT(sender.recipients(), 1, patience);
    MessageFilter rest;
    rest.batch = sender.view->batch();
    QCOMPARE(wait(console.engine().reschedule(rest, {}, "")).value(), 90);
    auto *right = part<QPushButton>(sender.view, "seedIsRight");
    auto *takeBack = part<QPushButton>(sender.view, "takeBack");
    QTRY_VERIFY_WITH_TIMEOUT(right->isVisible() && right->isEnabled(), patience);
    QVERIFY(!takeBack->isVisible());
    QTest::mouseClick(right, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(takeBack->isVisible() && takeBack->isEnabled(), patience);
    QCOMPARE(sender.recipients(), 1);
    QTest::mouseClick(takeBack, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("cancelled"), 90, patience);
    QVERIFY(sender.addsUp());
    QCOMPARE(sender.recipients(), 1);
}

void SendJourneyTest::cancelledAfterTenSecondsTheSumsAddUpAndTheRestCanBeSent() {
    ConsoleFixture console({.mix = "43004=3", .rate = 150});
    QVERIFY(console.isReady());
    const Sender sender(console);
    sender.recallNever();
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("half.csv"), 0, 2400)));
    QVERIFY(sender.queue());
    QTRY_VERIFY_WITH_TIMEOUT(sender.sum("accepted") >= 1500, patience); // ten seconds of this rate
    answerReason(QStringLiteral("wrong price in the text"));
    QVERIFY(press(sender.view, "cancelBatch"));
    QTRY_VERIFY_WITH_TIMEOUT(sender.sum("cancelled") > 0 && sender.sum("under_way") == 0, patience);
    QVERIFY(sender.addsUp());
    QCOMPARE(sender.total(), 2400);
    const std::int64_t sent = sender.sum("accepted");
    QVERIFY(sent < 2400);
    QCOMPARE(static_cast<std::int64_t>(sender.recipients()), sent + sender.sum("uncertain"));
    // Who did not get it: every line opens its messages, and their sum is what is missing.
    const QAbstractItemModel *missed = table(sender.view, "missed")->model();
    const auto people = [missed] {
        std::int64_t sum = 0;
        for (int row = 0; row < missed->rowCount(); ++row)
            sum += QLocale().toLongLong(missed->index(row, 0).data().toString());
        return sum;
    };
    QTRY_COMPARE(people(), 2400 - sent);
    // The rest gets it, nobody twice.
    QVERIFY(console.simulator().control(R"({"mix": ""})").has_value());
    const std::int64_t failed = sender.sum("failed");
    answerReason(QStringLiteral("price corrected"));
    QVERIFY(pressSoon(sender.view, "sendToRest"));
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("accepted"), 2400 - failed, patience);
    QVERIFY(sender.addsUp());
    QCOMPARE(sender.recipients(), static_cast<int>(2400 - failed));
}

void SendJourneyTest::pausedNothingLeavesAndItGoesOn() {
    ConsoleFixture console({.rate = 150});
    QVERIFY(console.isReady());
    const Sender sender(console);
    sender.recallNever();
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("pause.csv"), 0, 700)));
    QVERIFY(sender.queue());
    QTRY_VERIFY_WITH_TIMEOUT(sender.recipients() > 30, patience);
    QVERIFY(press(sender.view, "pauseBatch"));
    auto *go = part<QPushButton>(sender.view, "goOnBatch");
    QTRY_VERIFY_WITH_TIMEOUT(go->isVisible() && go->isEnabled(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().inFlight, 0, patience);
    const int then = sender.recipients();
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("accepted"), then, patience);
    QCOMPARE(sender.recipients(), then);
    QVERIFY(then < 700);
    QTest::keyClick(go, Qt::Key_Space);
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("accepted"), 700, patience);
    QVERIFY(sender.addsUp());
}

void SendJourneyTest::duplicatesAndPeopleOnTheListAreCountedBeforehand() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    SuppressRequest wish;
    wish.account = accountName;
    wish.openids = {simulator::followerOpenid(3)};
    wish.reason = "asked";
    QCOMPARE(wait(console.engine().suppress(wish)).value(), 1);
    wish.openids = {simulator::followerOpenid(4), simulator::followerOpenid(5)};
    wish.optOut = false;
    QCOMPARE(wait(console.engine().suppress(wish)).value(), 2);
    const Sender sender(console);
    sender.recallNever();
    const QByteArray again
        = QByteArray::fromStdString(simulator::followerOpenid(0)) + ",SO10000000,新鲜水果礼盒,¥129.50,2026-01-31 18:30\r\n";
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("list.csv"), 0, 50, again)));
    QString all;
    const auto says = [&](const QString &words) {
        QStringList texts;
        for (const QLabel *label : sender.form->findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        all = texts.join(QLatin1Char('|'));
        return all.contains(words);
    };
    // 51 rows: one asked for none, two are on the list, one is twice.
    QTRY_VERIFY2(says(QStringLiteral("|47|will go|")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("|1|people asked for no more messages|")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("|2|people are on the list of those not written to")), qPrintable(all));
    QVERIFY2(all.contains(QStringLiteral("|1|are there already, or twice in the file")), qPrintable(all));
    QVERIFY(sender.queue());
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("accepted"), 47, patience);
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("under_way"), 0, patience);
    QCOMPARE(sender.recipients(), 47);
}

void SendJourneyTest::aFileIsReadInTheEncodingThatIsChosen() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Sender sender(console);
    sender.recallNever();
    sender.page->showForm();
    const QString path = console.path(QStringLiteral("korean.csv"));
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("openid,character_string1,thing2,amount3,time4\n" + QByteArray::fromStdString(simulator::followerOpenid(1)) + ",SO1,"
            + QStringEncoder("EUC-KR").encode(QStringLiteral("감사합니다")) + ",1.50,2026-01-31 18:30\n");
    }
    sender.form->openFile(path);
    const auto *source = sender.form->findChild<BatchSource *>();
    QTRY_VERIFY_WITH_TIMEOUT(source->preview() != nullptr, patience);
    QCOMPARE(QString::fromStdString(source->preview()->encoding), QStringLiteral("GB18030")); // as well as it can be known
    auto *encoding = part<QComboBox>(sender.form, "encoding");
    QVERIFY(encoding->isVisible());
    QTest::keyClicks(encoding, QStringLiteral("EUC-K"));
    QTRY_VERIFY_WITH_TIMEOUT(source->preview() != nullptr && source->preview()->rows.at(0).at(2) == "감사합니다", patience);
    QVERIFY(pressSoon(sender.form, "check"));
    QVERIFY(pressSoon(sender.form, "queueBatch"));
    QTRY_COMPARE_WITH_TIMEOUT(sender.recipients(), 1, patience);
    const auto page = wait(console.engine().page({}));
    QVERIFY(page.has_value() && page->rows.size() == 1);
    const auto detail = wait(console.engine().message(page->rows.front().id));
    QVERIFY(detail.has_value() && detail->message.content.find("감사합니다") != std::string::npos);
    // Another file is looked at by itself again.
    sender.form->openFile(console.writeCsv(QStringLiteral("plain.csv"), 0, 3));
    QTRY_VERIFY_WITH_TIMEOUT(source->preview() != nullptr && source->preview()->encoding == "UTF-8", patience);
    QCOMPARE(encoding->currentIndex(), 0);
}

void SendJourneyTest::aCheckOfManyRowsCanBeStopped() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Sender sender(console);
    sender.form->openFile(console.writeCsv(QStringLiteral("many.csv"), 0, 200'000));
    auto *check = part<QPushButton>(sender.form, "check");
    QTRY_VERIFY(check->isEnabled());
    QTest::mouseClick(check, Qt::LeftButton);
    auto *stop = part<QPushButton>(sender.form, "stopCheck");
    QVERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(check->isVisible() && check->isEnabled(), patience);
    QVERIFY(!part<QPushButton>(sender.form, "queueBatch")->isVisible()); // half a check is none
}

void SendJourneyTest::aBatchIsFoundAgainWithItsHoldAndAuthor() {
    ConsoleFixture console({.rate = 20});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("spring.csv"), 0, 400)));
    QVERIFY(console.import(console.writeCsv(QStringLiteral("autumn.csv"), 400, 60)));
    const auto batches = wait(console.engine().batches(10));
    QVERIFY(batches.has_value());
    QVERIFY(wait(console.engine().setBatchState(batches->back().id, BatchState::Paused, "the shop asked")).has_value());
    const Sender sender(console);
    part<QTabWidget>(sender.page, "sendTabs")->setCurrentIndex(1);
    DataTable *list = table(sender.page, "batch_list");
    QTRY_COMPARE(list->model()->rowCount(), 2);
    QTest::keyClicks(part<QLineEdit>(sender.page, "batchSearch"), QStringLiteral("spring"));
    QTRY_COMPARE(list->model()->rowCount(), 1);
    const auto cell = [list](int column) { return list->model()->index(0, column).data().toString(); };
    QTRY_VERIFY2(cell(8).contains(QStringLiteral("the shop asked")), qPrintable(cell(8)));
    QCOMPARE(cell(7), QStringLiteral("tester"));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Down);
    QTRY_VERIFY(sender.view->batch() == batches->back().id);
    // A number of the sum opens its messages, as many as it says.
    QTRY_VERIFY(sender.sum("under_way") > 0);
    const std::int64_t waiting = sender.sum("under_way");
    QTest::mouseClick(part<NumberTile>(sender.view, "sum_under_way"), Qt::LeftButton);
    QCOMPARE(console.window().currentPage(), QStringLiteral("queue"));
    DataTable *queue = table(console.window().page(QStringLiteral("queue")), "queue");
    QTRY_COMPARE(queue->model()->rowCount(), static_cast<int>(std::min<std::int64_t>(200, waiting)));
}

void SendJourneyTest::aTimeThatHasPassedSendsNothing() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Sender sender(console);
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("later.csv"), 0, 20)));
    auto *queue = part<QPushButton>(sender.form, "queueBatch");
    auto *later = part<QCheckBox>(sender.form, "batchLater");
    auto *at = part<QDateTimeEdit>(sender.form, "batchAt");
    auto *hint = part<QLabel>(sender.form, "batchAtHint");
    // As in a window that was opened yesterday.
    at->setDateTime(forEditor(Engine::wallNow() - std::chrono::hours(24)));
    later->setChecked(true);
    const auto ahead = fromEditor(at->dateTime()) - Engine::wallNow();
    QVERIFY(ahead > std::chrono::minutes(59) && ahead < std::chrono::minutes(66));
    QVERIFY(queue->isVisible() && queue->isEnabled() && hint->isHidden());
    at->setDateTime(forEditor(Engine::wallNow() - std::chrono::minutes(1)));
    QVERIFY(!hint->isHidden() && at->property("wrong").toBool());
    QVERIFY(queue->isVisible() && !queue->isEnabled()); // what was checked stays so
    later->setChecked(false);
    QVERIFY(queue->isVisible() && queue->isEnabled() && hint->isHidden());
    QVERIFY(sender.queue()); // at once, as it says

    // The same for one message.
    auto *one = sender.page->findChild<MessageForm *>();
    QTRY_VERIFY(part<QLineEdit>(one, "value_amount3") != nullptr);
    const std::pair<const char *, const char *> values[]{{"value_character_string1", "SO77"}, {"value_thing2", "book"}, {"value_amount3", "¥8.80"}, {"value_time4", "2026-01-31 18:30"}};
    for (const auto &[field, value] : values)
        part<QLineEdit>(one, field)->setText(QString::fromUtf8(value));
    part<QLineEdit>(one, "openid")->setText(QString::fromStdString(simulator::followerOpenid(7)));
    auto *send = part<QPushButton>(one, "sendMessage");
    QVERIFY(send->isEnabled());
    at = part<QDateTimeEdit>(one, "messageAt");
    hint = part<QLabel>(one, "messageAtHint");
    at->setDateTime(forEditor(Engine::wallNow() - std::chrono::hours(24)));
    part<QCheckBox>(one, "messageLater")->setChecked(true);
    QVERIFY(fromEditor(at->dateTime()) > Engine::wallNow() + std::chrono::minutes(59));
    QVERIFY(send->isEnabled() && hint->isHidden());
    at->setDateTime(forEditor(Engine::wallNow() - std::chrono::minutes(1)));
    QVERIFY(!send->isEnabled() && !hint->isHidden() && at->property("wrong").toBool());
}

void SendJourneyTest::aFileThatWasChangedSinceItsCheckIsNotQueued() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Sender sender(console);
    sender.recallNever();
    QVERIFY(sender.check(console.writeCsv(QStringLiteral("list.csv"), 0, 20)));
    console.writeCsv(QStringLiteral("list.csv"), 100, 30); // saved again by somebody else
    QVERIFY(press(sender.form, "queueBatch"));
    auto *check = part<QPushButton>(sender.form, "check");
    QTRY_VERIFY_WITH_TIMEOUT(check->isVisible() && check->isEnabled(), patience);
    QVERIFY(!part<QPushButton>(sender.form, "queueBatch")->isVisible());
    QVERIFY(says(sender.form, QStringLiteral("changed since it was checked")));
    QCOMPARE(console.engine().snapshot().counts.total(), 0);
    // Checked again it goes, as it is now.
    QTest::mouseClick(check, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(part<QPushButton>(sender.form, "queueBatch")->isVisible(), patience);
    QVERIFY(sender.queue());
    QTRY_COMPARE_WITH_TIMEOUT(sender.sum("accepted"), 30, patience);
}

void SendJourneyTest::whatFailsForAnotherReasonIsSaid() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("dead.csv"), 0, 3)));
    QTRY_COMPARE_WITH_TIMEOUT(console.engine().snapshot().counts[MessageState::Dead], 3, patience);
    const Sender sender(console);
    sender.page->look(wait(console.engine().batches(1)).value().front().id);
    const QAbstractItemModel *missed = table(sender.view, "missed")->model();
    const auto said = [missed] {
        QString text;
        for (int row = 0; row < missed->rowCount(); ++row) {
            for (int column = 0; column < missed->columnCount(); ++column)
                text += missed->index(row, column).data().toString() + QLatin1Char('|');
        }
        return text;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("43004")), qPrintable(said()), patience);
    // Sent again, as many die as before, of something else.
    QVERIFY(console.simulator().control(R"({"mix": "43101=100"})").has_value());
    MessageFilter dead;
    dead.states = {MessageState::Dead};
    QCOMPARE(wait(console.engine().resend(dead, "again", {})).value().resent, 3);
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("43101")) && !said().contains(QStringLiteral("43004")), qPrintable(said()), patience);
}

QTEST_MAIN(SendJourneyTest)
#include "send_journey_test.moc"
