// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/facade/reader_pool.h"
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <atomic>
#include <semaphore>

using namespace songda;
using namespace songda::testing;

/// Questions to the database: answered, called off while they wait, called off while they are at work.
class ReaderPoolTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aQuestionThatIsCalledOffMakesWay();
    void aQuestionCalledOffBeforeItsTurnIsNeverAsked();
    void whoWantsTheAnswerGetsIt();
};

namespace {

constexpr const char *endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

} // namespace

void ReaderPoolTest::aQuestionThatIsCalledOffMakesWay() {
    TestJournal journal;
    ReaderPool pool(journal.path(), 1);
    std::binary_semaphore begun(0);
    std::atomic<bool> cancelled = false;
    auto question = pool.run<bool>([&](store::Database &database) -> Result<bool> {
        begun.release();
        const auto answer = database.scalar(endless);
        cancelled = !answer && answer.error().code == ErrorCode::Cancelled;
        return false;
    });
    begun.acquire();
    question.cancel();
    // The only thread: this is answered when the other one has ended, and on the same connection.
    const auto next = pool.run<std::int64_t>([](store::Database &database) { return database.number("SELECT count(*) FROM account"); });
    QCOMPARE(must(next.result()), 1);
    QVERIFY(cancelled);
    QVERIFY(question.isFinished());
    QCOMPARE(question.resultCount(), 0);
}

void ReaderPoolTest::aQuestionCalledOffBeforeItsTurnIsNeverAsked() {
    TestJournal journal;
    ReaderPool pool(journal.path(), 1);
    std::binary_semaphore go(0);
    const auto first = pool.run<bool>([&](store::Database &) -> Result<bool> {
        go.acquire();
        return true;
    });
    std::atomic<bool> asked = false;
    auto second = pool.run<bool>([&](store::Database &) -> Result<bool> {
        asked = true;
        return true;
    });
    second.cancel();
    go.release();
    const auto third = pool.run<bool>([](store::Database &) -> Result<bool> { return true; });
    QVERIFY(must(third.result()));
    QVERIFY(!asked);
    QVERIFY(second.isFinished());
}

void ReaderPoolTest::whoWantsTheAnswerGetsIt() {
    TestJournal journal;
    ReaderPool pool(journal.path(), 2);
    const auto answer = pool.run<std::int64_t>([](store::Database &database) {
        return database.number("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n");
    });
    QCOMPARE(must(answer.result()), 300'000);
}

QTEST_GUILESS_MAIN(ReaderPoolTest)
#include "reader_pool_test.moc"
