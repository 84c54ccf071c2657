// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/message_feed.h"

#include <QAbstractItemModelTester>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <deque>

using namespace songda;
using namespace songda::ui;

namespace {

/// A table of messages 1 .. n, newest first, that answers when it is told to.
class FakeStore {
public:
    std::int64_t newest = 0;
    std::vector<PageRequest> asked;

    MessageFeed::Source source() {
        return [this](PageRequest request) {
            asked.push_back(request);
            m_open.emplace_back();
            m_open.back().start();
            m_futures.push_back(m_open.back().future());
            return m_open.back().future();
        };
    }
    std::size_t open() const { return m_open.size(); }
    /// Answers the oldest open question truthfully.
    void answer() {
        const PageRequest request = asked[asked.size() - m_open.size()];
        Page page;
        std::int64_t id = request.before ? request.before->value - 1 : newest;
        for (; id > 0 && static_cast<int>(page.rows.size()) < request.limit; --id) {
            MessageRow row;
            row.id = MessageId{id};
            page.rows.push_back(row);
        }
        page.more = id > 0;
        finish(std::move(page));
    }
    bool isCalledOff(std::size_t question) const { return m_futures.at(question).isCanceled(); }
    void refuse() { finish(fail(ErrorCode::Storage, "no such table")); }

private:
    void finish(Result<Page> answer) {
        m_open.front().addResult(std::move(answer));
        m_open.front().finish();
        m_open.pop_front();
        QCoreApplication::processEvents();
    }
    std::deque<QPromise<Result<Page>>> m_open;
    std::vector<QFuture<Result<Page>>> m_futures;
};

std::unique_ptr<MessageTable> makeTable() {
    return std::make_unique<MessageTable>(
        std::vector<MessageTable::Column>{
            textColumn<MessageRow>([] { return QString(); }, [](const MessageRow &m) { return QString::number(m.id.value); })},
        [](const MessageRow &m) { return QString::number(m.id.value); });
}

} // namespace

class MessageFeedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void showsTheNewestFirst();
    void showsWhatIsNewAtTheTopAfterARefresh();
    void growsToItsWindowAndNoFurther();
    void comesBackUpToTheNewest();
    void reachesTheVeryOldest();
    void dropsTheAnswerToAnOlderQuestion();
    void asksOneQuestionAtATimeAndOnceMore();
    void goesDownWhenTheQuestionThatIsOutIsAnswered();
    void keepsItsRowsWhenTheStoreFails();
    void knowsWhetherItsRowsAnswerTheFilter();
    void callsOffTheOlderQuestion();
    void standsStillWhileSomebodyLooks();
    void standingStillDropsWhatWasAskedBefore();
    void aRowOfTheFilterBeforeHoldsNothing();
    void goesOnAtTheTopOfALongerWay();

private:
    void ask(const MessageFilter &filter = {}) {
        m_feed->setFilter(filter);
        m_store.answer();
    }
    std::int64_t first() const { return m_table->at(0)->id.value; }
    std::int64_t last() const { return m_table->at(m_table->rowCount() - 1)->id.value; }
    void down() {
        m_feed->goDown();
        if (m_store.open() > 0)
            m_store.answer();
    }
    void up() {
        m_feed->goUp();
        if (m_store.open() > 0)
            m_store.answer();
    }

    FakeStore m_store;
    std::unique_ptr<MessageTable> m_table;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<MessageFeed> m_feed;
};

void MessageFeedTest::init() {
    m_store = FakeStore();
    m_store.newest = 100'000;
    m_table = makeTable();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_table.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_feed = std::make_unique<MessageFeed>(m_store.source(), m_table.get());
}

void MessageFeedTest::cleanup() {
    m_feed.reset();
    m_tester.reset();
    m_table.reset();
}

void MessageFeedTest::showsTheNewestFirst() {
    m_feed->setFilter({});
    QVERIFY(m_feed->isLoading());
    m_store.answer();
    QVERIFY(!m_feed->isLoading());
    QVERIFY(m_feed->hasMore());
    QVERIFY(m_feed->atTop());
    QCOMPARE(m_table->rowCount(), MessageFeed::pageRows);
    QCOMPARE(first(), 100'000);
}

void MessageFeedTest::showsWhatIsNewAtTheTopAfterARefresh() {
    ask();
    m_store.newest += 3;
    m_feed->refresh();
    m_store.answer();
    QCOMPARE(first(), 100'003);
    QCOMPARE(m_table->rowCount(), MessageFeed::pageRows);
}

void MessageFeedTest::growsToItsWindowAndNoFurther() {
    ask();
    std::int64_t before = last();
    for (int i = 0; i < 40; ++i) {
        down();
        QVERIFY(m_table->rowCount() <= MessageFeed::windowRows);
        QVERIFY(last() < before);
        // No row is left out: the window is one piece.
        QCOMPARE(first() - last() + 1, static_cast<std::int64_t>(m_table->rowCount()));
        before = last();
    }
    QCOMPARE(m_table->rowCount(), MessageFeed::windowRows);
    QVERIFY(!m_feed->atTop());
}

void MessageFeedTest::comesBackUpToTheNewest() {
    ask();
    for (int i = 0; i < 20; ++i)
        down();
    m_store.newest += 5; // while one looks at older ones
    for (int i = 0; i < 30; ++i)
        up();
    QVERIFY(m_feed->atTop());
    QCOMPARE(first(), 100'005);
    QVERIFY(m_table->rowCount() <= MessageFeed::windowRows);
}

void MessageFeedTest::reachesTheVeryOldest() {
    m_store.newest = 2345;
    ask();
    for (int i = 0; i < 20; ++i)
        down();
    QCOMPARE(last(), 1);
    QVERIFY(!m_feed->hasMore());
}

void MessageFeedTest::dropsTheAnswerToAnOlderQuestion() {
    ask();
    m_feed->refresh();
    MessageFilter other;
    other.openid = "o1";
    m_feed->setFilter(other);
    QCOMPARE(m_store.open(), std::size_t(2));
    m_store.newest = 50;
    m_store.answer(); // the refresh: nobody wants it any more
    QCOMPARE(first(), 100'000);
    QVERIFY(m_feed->isLoading());
    m_store.answer();
    QCOMPARE(first(), 50);
    QVERIFY(m_store.asked.back().filter == other);
}

void MessageFeedTest::asksOneQuestionAtATimeAndOnceMore() {
    ask();
    for (int i = 0; i < 10; ++i)
        m_feed->refresh();
    QCOMPARE(m_store.open(), std::size_t(1));
    m_store.answer();
    QCOMPARE(m_store.open(), std::size_t(1)); // the one that stands for all the others
    m_store.answer();
    QCOMPARE(m_store.open(), std::size_t(0));
}

void MessageFeedTest::goesDownWhenTheQuestionThatIsOutIsAnswered() {
    ask();
    m_feed->refresh();
    m_feed->goDown(); // at the end of the list nothing would say so a second time
    QCOMPARE(m_store.open(), 1);
    m_store.answer();
    QCOMPARE(m_store.open(), 1);
    m_store.answer();
    QCOMPARE(m_table->rowCount(), 2 * MessageFeed::pageRows);
}

void MessageFeedTest::keepsItsRowsWhenTheStoreFails() {
    ask();
    QSignalSpy failed(m_feed.get(), &MessageFeed::failed);
    m_feed->refresh();
    m_store.refuse();
    QCOMPARE(failed.size(), 1);
    QCOMPARE(first(), 100'000);
    QVERIFY(!m_feed->isLoading());
}

void MessageFeedTest::knowsWhetherItsRowsAnswerTheFilter() {
    QVERIFY(!m_feed->isAnswered());
    ask();
    QVERIFY(m_feed->isAnswered());
    m_feed->refresh();
    m_store.refuse();
    QVERIFY(m_feed->isAnswered()); // a moment ago, and still
    MessageFilter other;
    other.openid = "o1";
    m_feed->setFilter(other);
    QVERIFY(!m_feed->isAnswered());
    m_store.refuse();
    QVERIFY(!m_feed->isAnswered()); // the rows are of the filter before
    m_feed->refresh();
    m_store.answer();
    QVERIFY(m_feed->isAnswered());
}

void MessageFeedTest::callsOffTheOlderQuestion() {
    m_feed->setFilter({});
    MessageFilter filter;
    filter.cause = "43004";
    QVERIFY(!m_store.isCalledOff(0));
    m_feed->setFilter(filter);
    QVERIFY(m_store.isCalledOff(0));
    QVERIFY(!m_store.isCalledOff(1));
    m_store.answer(); // nobody hears it
    QVERIFY(m_feed->isLoading());
    m_store.answer();
    QVERIFY(!m_feed->isLoading());
}

void MessageFeedTest::standsStillWhileSomebodyLooks() {
    ask();
    m_feed->standStill(true);
    QVERIFY(m_feed->standsStill());
    QVERIFY(!m_feed->atTop());
    for (int i = 0; i < 3; ++i) {
        m_store.newest += 500; // an import
        m_feed->refresh();
        m_store.answer();
    }
    QCOMPARE(first(), 100'000);
    QCOMPARE(m_table->rowCount(), MessageFeed::pageRows);
    m_feed->standStill(false);
    m_store.answer();
    QCOMPARE(first(), 101'500);
    QVERIFY(m_feed->atTop());
    m_feed->standStill(false);
    QCOMPARE(m_store.open(), 0U);
}

void MessageFeedTest::standingStillDropsWhatWasAskedBefore() {
    ask();
    m_store.newest += 10;
    m_feed->refresh();
    m_feed->standStill(true); // before the answer
    m_store.answer();
    m_store.answer();
    QCOMPARE(first(), 100'000);
    // Another question begins at the newest, and stands still there.
    m_feed->setFilter({});
    m_store.answer();
    QCOMPARE(first(), 100'010);
    m_store.newest += 10;
    m_feed->refresh();
    m_store.answer();
    QCOMPARE(first(), 100'010);
}

void MessageFeedTest::aRowOfTheFilterBeforeHoldsNothing() {
    m_store.newest = 50;
    ask();
    m_store.newest = 100'000;
    m_feed->setFilter({});
    m_feed->standStill(true); // while the old rows are still there
    m_store.answer();
    QCOMPARE(first(), 100'000);
    QVERIFY(m_feed->standsStill());
}

void MessageFeedTest::goesOnAtTheTopOfALongerWay() {
    ask();
    m_feed->standStill(true);
    for (int i = 0; i < 8; ++i)
        down();
    m_store.newest += 10;
    const auto deep = first();
    QVERIFY(deep < 100'000);
    up();
    QVERIFY(first() > deep);
    for (int i = 0; i < 8; ++i)
        up();
    QCOMPARE(first(), 100'000); // as it stood
    m_feed->standStill(false);
    m_store.answer();
    QCOMPARE(first(), 100'010);
}

QTEST_GUILESS_MAIN(MessageFeedTest)
#include "message_feed_test.moc"
