// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the list of messages is filtered by is always on the screen, in words, and can be taken off part by part. What an act
// or a replay was about is said in the same words.
#include "tests/ui/console_fixture.h"
#include "tests/ui/operator_hands.h"
#include "tests/ui/pictures.h"
#include "ui/pages/queue/filter_bar.h"
#include "ui/pages/queue/queue_page.h"
#include "ui/widgets/filter_words.h"

#include <QComboBox>
#include <QCompleter>

using namespace songda;
using namespace songda::ui;
using namespace songda::test;

namespace {

constexpr int patience = 60'000;

QStringList parts(QWidget *page) {
    QStringList texts;
    for (const QPushButton *part : page->findChildren<QPushButton *>(QStringLiteral("filterPart"))) {
        if (part->isVisible())
            texts.append(part->text());
    }
    return texts;
}

QPushButton *partWith(QWidget *page, const QString &words) {
    for (QPushButton *part : page->findChildren<QPushButton *>(QStringLiteral("filterPart"))) {
        if (part->isVisible() && part->text().contains(words))
            return part;
    }
    return nullptr;
}

} // namespace

class FilterPartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPartIsSeenAndTakenOff();
    void aLineIsReadOnEmptyBoxes();
    void aStateMayBeTypedAsTheScreenCallsIt();
    void actsAndReplaysAreSaidInTheSameWords();
    void causesHaveWordsAndCodesKeepTheirNumbers();
};

void FilterPartsTest::everyPartIsSeenAndTakenOff() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    auto *bar = page->findChild<FilterBar *>();
    auto *states = part<QComboBox>(page, "filterStates");
    auto *search = part<QLineEdit>(page, "filterSearch");
    QVERIFY(parts(page).isEmpty());
    QCOMPARE(states->currentText(), QStringLiteral("All states"));

    // A set of states that no entry has gets one.
    MessageFilter filter;
    filter.states = {MessageState::Sending, MessageState::Held};
    bar->set(filter);
    QVERIFY2(states->currentText().contains(QStringLiteral("Held")) && states->currentText().contains(QStringLiteral("Sending")), qPrintable(states->currentText()));
    QVERIFY(bar->filter().states == filter.states);
    QVERIFY(parts(page).isEmpty()); // the box says it
    // The same set in another order is the entry that is there.
    filter.states = {MessageState::Delivered, MessageState::Accepted};
    bar->set(filter);
    QCOMPARE(states->currentText(), QStringLiteral("Accepted or delivered"));

    // What has no box stands in the line, and as a part each.
    filter = {};
    filter.ids = {MessageId{3}, MessageId{5}};
    filter.idempotencyKey = "SO-1";
    filter.msgid = "4077";
    filter.traceId = "0123456789abcdef0123456789abcdef";
    filter.discarded = true;
    bar->set(filter);
    QVERIFY2(search->text().contains(QStringLiteral("id:3,5")) && search->text().contains(QStringLiteral("key:SO-1")), qPrintable(search->text()));
    QTRY_COMPARE(parts(page).size(), 5);
    QVERIFY(bar->filter() == filter);
    QVERIFY(partWith(page, QStringLiteral("SO-1")) != nullptr);
    keepPictures(console, "queue-parts");
    QTest::mouseClick(partWith(page, QStringLiteral("SO-1")), Qt::LeftButton);
    filter.idempotencyKey.clear();
    QVERIFY(bar->filter() == filter);
    QTRY_COMPARE(parts(page).size(), 4);

    // A long list of messages is a part, and a search beside it is seen to be one beside it.
    filter = {};
    for (int n = 1; n <= 60; ++n)
        filter.ids.push_back(MessageId{n});
    bar->set(filter);
    QCOMPARE(search->text(), QString());
    QTRY_COMPARE(parts(page).size(), 1);
    QVERIFY(parts(page).front().contains(QStringLiteral("60")));
    QTest::keyClicks(search, QStringLiteral("code:43004"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(parts(page).size(), 2);
    QVERIFY(pressSoon(page, "filterPart"));
    QTRY_COMPARE(parts(page).size(), 1);
    QVERIFY(bar->filter().ids.size() == 60 || bar->filter().ids.empty());
    // One press takes all off.
    QTest::mouseClick(bar->clearButton(), Qt::LeftButton);
    QVERIFY(bar->filter() == MessageFilter{});
    QVERIFY(parts(page).isEmpty());
}

void FilterPartsTest::aLineIsReadOnEmptyBoxes() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    auto *bar = page->findChild<FilterBar *>();
    auto *search = part<QLineEdit>(page, "filterSearch");
    MessageFilter dead;
    dead.states = {MessageState::Dead};
    bar->set(dead);
    // A name that is not known yet: the table stays, and what it is filtered by is still said.
    page->search(QStringLiteral("batch:spring"));
    QVERIFY(bar->filter() == dead);
    QCOMPARE(part<QComboBox>(page, "filterStates")->currentText(), QStringLiteral("All states"));
    QTRY_COMPARE(parts(page).size(), 1);
    // Understood in the end, the line is all there is.
    search->setText(QStringLiteral("code:43004"));
    QTest::keyClick(search, Qt::Key_Return);
    MessageFilter cause;
    cause.cause = "43004";
    QVERIFY(bar->filter() == cause);
}

void FilterPartsTest::aStateMayBeTypedAsTheScreenCallsIt() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    console.window().showPage(QStringLiteral("queue"));
    auto *page = qobject_cast<QueuePage *>(console.window().page(QStringLiteral("queue")));
    auto *bar = page->findChild<FilterBar *>();
    page->search(QStringLiteral("state:\"Dead letter\",uncertain"));
    QVERIFY((bar->filter().states == std::vector{MessageState::Dead, MessageState::Uncertain}));
    console.language().set(Language::Choice::Chinese);
    page->search(QStringLiteral("state:死信，expired"));
    QVERIFY((bar->filter().states == std::vector{MessageState::Dead, MessageState::Expired}));
    QCOMPARE(bar->searchText(), QStringLiteral("state:dead,expired")); // what is kept is understood in English, too
    auto *completer = part<QLineEdit>(page, "filterSearch")->completer();
    QVERIFY(completer != nullptr);
    const auto completed = [completer](const QString &typed) {
        completer->setCompletionPrefix(typed);
        return completer->currentCompletion();
    };
    QTRY_COMPARE(completed(QStringLiteral("code:43004 state:死")), QStringLiteral("code:43004 state:死信"));
    completer->setCompletionPrefix(QStringLiteral("s"));
    QCOMPARE(completer->completionCount(), 0); // not for every letter
    console.language().set(Language::Choice::English);
}

void FilterPartsTest::actsAndReplaysAreSaidInTheSameWords() {
    ConsoleFixture console({.mix = "43004=100"});
    QVERIFY(console.isReady());
    QVERIFY(console.import(console.writeCsv(QStringLiteral("Spring sale.csv"), 0, 4)));
    QVERIFY(console.drain());
    const Directory &directory = console.window().context().directory;
    QTRY_VERIFY_WITH_TIMEOUT(!directory.accounts().empty() && !directory.batches().empty(), patience);
    const QString account = QString::fromUtf8(accountName);
    const AccountId id = directory.accounts().front().id;
    const QString written = QStringLiteral("state:dead state:uncertain code:43004 account:%1 since:2026-01-31T00:00:00.000+08:00").arg(id.value);
    const QString said = selectionWords(written.toStdString(), directory);
    QVERIFY2(said.contains(QStringLiteral("Dead letter, Uncertain")) && said.contains(account) && said.contains(QStringLiteral("43004 · ")), qPrintable(said));
    QVERIFY2(!said.contains(QStringLiteral("state:")) && !said.contains(QStringLiteral("account:")), qPrintable(said));
    QCOMPARE(selectionWords("everything", directory), QStringLiteral("all messages"));
    QVERIFY(selectionWords("id:1,2,3,4,5,...", directory).contains(QStringLiteral("more than 5")));
    QCOMPARE(selectionWords("some words of another version", directory), QStringLiteral("some words of another version"));
    // Values with blanks, and what looks like a part of it in them.
    const auto read = readWritten("key:SO 1 of: 2 openid:oA discarded");
    QVERIFY(read && read->filter.idempotencyKey == "SO 1 of: 2" && read->filter.openid == "oA" && read->filter.discarded);

    const auto object = [&](const char *act, const QString &text) {
        AuditEntry entry;
        entry.act = act;
        entry.object = text.toStdString();
        return objectWords(entry, directory);
    };
    QVERIFY(object("cause.note", QStringLiteral("account %1 code:43004").arg(id.value)).startsWith(account));
    QVERIFY(object("account.hold", QStringLiteral("account %1").arg(id.value)).endsWith(account));
    QCOMPARE(object("batch.pause", QStringLiteral("batch %1").arg(directory.batches().front().id.value)),
        QStringLiteral("Batch: %1").arg(directory.batchName(directory.batches().front())));
    QCOMPARE(object("batch.import", QStringLiteral("batch 12 会员日")), QStringLiteral("Batch: 会员日"));
    QCOMPARE(object("message.cut_short", QStringLiteral("act 31: message.cancel")), QStringLiteral("Act 31: Cancelled messages"));
    QCOMPARE(object("engine.pause", QStringLiteral("engine")), QStringLiteral("The engine"));
    QCOMPARE(object("report.export", QStringLiteral("/tmp/a.csv sha256:12")), QStringLiteral("/tmp/a.csv sha256:12"));
    // As the audit shows it.
    MessageFilter dead;
    dead.states = {MessageState::Dead};
    dead.cause = "43004";
    QVERIFY(wait(console.engine().discard(dead, "not these")).has_value());
    console.window().showPage(QStringLiteral("audit"));
    DataTable *acts = table(console.window().page(QStringLiteral("audit")), "audit");
    QTRY_VERIFY_WITH_TIMEOUT(acts->model()->index(0, 4).data().toString().startsWith(QStringLiteral("Dead letter · Cause: 43004")), patience);
}

void FilterPartsTest::causesHaveWordsAndCodesKeepTheirNumbers() {
    ConsoleFixture console({});
    QVERIFY(console.isReady());
    const Directory &directory = console.window().context().directory;
    QVERIFY(directory.causeText("43004").startsWith(QStringLiteral("43004 · ")));
    QVERIFY(directory.causeText("http_500").startsWith(QStringLiteral("HTTP 500 · ")));
    QVERIFY(directory.causeText("token:40001").startsWith(QStringLiteral("40001 · ")));
    for (const char *ours : {"closed", "timeout", "window_passed", "operator"}) {
        QVERIFY2(!directory.causeText(ours).contains(QStringLiteral(" · ")), ours);
        QVERIFY2(directory.causeShort(ours).size() > 10, ours);
    }
    QCOMPARE(directory.causeShort("43004"), QStringLiteral("43004"));
    QCOMPARE(directory.causeShort("http_503"), QStringLiteral("HTTP 503"));
}

QTEST_MAIN(FilterPartsTest)
#include "filter_parts_test.moc"
