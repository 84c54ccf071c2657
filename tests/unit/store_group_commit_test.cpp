// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include <QTest>
#include <atomic>
#include <future>

using namespace songda;
using namespace songda::testing;
using store::JournalWriter;
using store::WriteSession;
using Isolation = JournalWriter::Isolation;

namespace {

/// Holds the writer inside a job, so that what is submitted meanwhile becomes one group.
class Gate {
public:
    explicit Gate(JournalWriter &writer) {
        writer.submit(
            [this](WriteSession &) -> Result<void> {
                m_entered.set_value();
                m_open.get_future().wait();
                return {};
            },
            [](const Result<void> &) {});
        m_entered.get_future().wait();
    }
    void open() { m_open.set_value(); }

private:
    std::promise<void> m_entered;
    std::promise<void> m_open;
};

/// Collects the answers to jobs, in the order of the calls.
struct Answers {
    std::mutex mutex;
    std::vector<std::pair<int, Result<void>>> list;
    JournalWriter::Done take(int name) {
        return [this, name](const Result<void> &result) {
            const std::lock_guard lock(mutex);
            list.emplace_back(name, result);
        };
    }
    std::string text() {
        const std::lock_guard lock(mutex);
        std::string s;
        for (const auto &[name, result] : list)
            s += (s.empty() ? "" : " ") + std::to_string(name) + (result ? "+" : "-");
        return s;
    }
};

JournalWriter::Job note(int value) {
    return [value](WriteSession &session) {
        return session.database().exec(("INSERT INTO note VALUES(" + std::to_string(value) + ")").c_str());
    };
}
/// Writes and then fails.
JournalWriter::Job spoiled(int value) {
    return [value](WriteSession &session) -> Result<void> {
        SONGDA_TRY(note(value)(session));
        session.deltas().addState(BatchId{1}, MessageState::Queued, 1000);
        return fail(ErrorCode::InvalidInput, "spoiled");
    };
}

/// Waits until everything handed in so far is answered. It may share a group that fails.
void settle(TestJournal &journal) {
    static_cast<void>(journal.writer->submitAndWait([](WriteSession &) { return Result<void>{}; }));
}

constexpr const char *notes = "SELECT x FROM note ORDER BY x";

} // namespace

class StoreGroupCommitTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jobsAreAnsweredInOrderAfterTheirCommit();
    void whatGatheredIsOneCommit();
    void whatCanWaitGoesWithWhatCannot();
    void enoughOfWhatCanWaitGoesByItself();
    void aGroupIsNoHeavierThanAllowed();
    void aFailingIsolatedJobUndoesOnlyItself();
    void aThrowingIsolatedJobUndoesOnlyItself();
    void aFailingPlainJobFailsItsWholeGroup();
    void sumsThatAreStoredInPartFailTheWholeGroup();
    void aThrowingPlainJobFailsItsWholeGroup();
    void theNextGroupIsNotHurt();
    void jobsHandedInBeforeStopAreDone();
    void jobsAfterStopAreCancelled();
    void sumsFollowCommitsAndNothingElse();
    void changesAreAnnouncedAfterTheCommit();
    void theDataVersionGrowsWithEachCommit();
    void aFullDiskUndoesTheGroupAndSaysSo();
    void aFullDiskInTheMiddleOfAGroupLeavesNothingHalfDone();
    void inlineModeRunsInsideSubmit();
    void manyThreadsLoseNothing();
};

void StoreGroupCommitTest::jobsAreAnsweredInOrderAfterTheirCommit() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    Answers answers;
    std::atomic<bool> seen = true;
    for (int i = 0; i < 50; ++i) {
        journal.writer->submit(note(i), [&, i](const Result<void> &result) {
            // Another connection sees it: it is committed.
            if (journal.number("SELECT count(*) FROM note WHERE x = " + std::to_string(i)) != 1)
                seen = false;
            answers.take(i)(result);
        });
    }
    settle(journal);
    QVERIFY(seen);
    std::string expected;
    for (int i = 0; i < 50; ++i)
        expected += (i ? " " : "") + std::to_string(i) + "+";
    COMPARE_TEXT(answers.text(), expected);
}

void StoreGroupCommitTest::whatGatheredIsOneCommit() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    const auto before = journal.writer->dataVersion();
    Gate gate(*journal.writer);
    Answers answers;
    for (int i = 0; i < 100; ++i)
        journal.writer->submit(note(i), answers.take(i));
    gate.open();
    settle(journal);
    QCOMPARE(journal.number("SELECT count(*) FROM note"), 100);
    // The gate's own commit, the group, and at most one more for the last waiter.
    QVERIFY(journal.writer->dataVersion() - before <= 3);
}

void StoreGroupCommitTest::whatCanWaitGoesWithWhatCannot() {
    TestJournal journal(JournalWriter::Mode::Threaded, std::chrono::hours{1});
    journal.exec("CREATE TABLE note(x)"); // the first transaction, from whose beginning the others wait
    const auto before = journal.writer->dataVersion();
    Answers answers;
    for (int i = 0; i < 5; ++i)
        journal.writer->submit(note(i), answers.take(i), 1, Isolation::None, JournalWriter::Haste::CanWait);
    settle(journal);
    COMPARE_TEXT(answers.text(), std::string("0+ 1+ 2+ 3+ 4+"));
    QCOMPARE(journal.writer->dataVersion() - before, 1U);
    // An end waits for nobody.
    journal.writer->submit(note(5), answers.take(5), 1, Isolation::None, JournalWriter::Haste::CanWait);
    journal.writer->stop();
    COMPARE_TEXT(answers.text(), std::string("0+ 1+ 2+ 3+ 4+ 5+"));
}

void StoreGroupCommitTest::enoughOfWhatCanWaitGoesByItself() {
    TestJournal journal(JournalWriter::Mode::Threaded, std::chrono::hours{1});
    journal.exec("CREATE TABLE note(x)");
    std::promise<void> done;
    journal.writer->submit(
        note(1), [&](const Result<void> &) { done.set_value(); }, 300, Isolation::None, JournalWriter::Haste::CanWait);
    journal.writer->submit(note(2), [](const Result<void> &) {}, 300, Isolation::None, JournalWriter::Haste::CanWait);
    // Together more than a group: nobody has to push.
    QVERIFY(done.get_future().wait_for(std::chrono::seconds{30}) == std::future_status::ready);
    settle(journal);
    COMPARE_TEXT(journal.list(notes), std::string("1 2"));
}

void StoreGroupCommitTest::aGroupIsNoHeavierThanAllowed() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    Gate gate(*journal.writer);
    Answers answers;
    // 300 + 300 do not fit into 512, so the second is safe from the failure of the first.
    journal.writer->submit(note(1), answers.take(1), 300);
    journal.writer->submit(spoiled(2), answers.take(2), 10);
    journal.writer->submit(note(3), answers.take(3), 300);
    // Heavier than a whole group, but it must go some time.
    journal.writer->submit(note(4), answers.take(4), 100'000);
    gate.open();
    settle(journal);
    COMPARE_TEXT(answers.text(), std::string("1- 2- 3+ 4+"));
    COMPARE_TEXT(journal.list(notes), std::string("3 4"));
}

void StoreGroupCommitTest::aFailingIsolatedJobUndoesOnlyItself() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    Gate gate(*journal.writer);
    Answers answers;
    journal.writer->submit(note(1), answers.take(1));
    journal.writer->submit(spoiled(2), answers.take(2), 1, Isolation::Savepoint);
    journal.writer->submit(note(3), answers.take(3), 1, Isolation::Savepoint);
    gate.open();
    settle(journal);
    COMPARE_TEXT(answers.text(), std::string("1+ 2- 3+"));
    COMPARE_NAMED(answers.list[1].second.error().code, ErrorCode::InvalidInput);
    COMPARE_TEXT(answers.list[1].second.error().detail, std::string("spoiled"));
    COMPARE_TEXT(journal.list(notes), std::string("1 3"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreGroupCommitTest::aThrowingIsolatedJobUndoesOnlyItself() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    Gate gate(*journal.writer);
    Answers answers;
    journal.writer->submit(note(1), answers.take(1));
    journal.writer->submit(
        [](WriteSession &session) -> Result<void> {
            SONGDA_TRY(note(2)(session));
            session.deltas().addState(BatchId{1}, MessageState::Queued, 1000);
            throw std::bad_alloc();
        },
        answers.take(2), 1, Isolation::Savepoint);
    journal.writer->submit(note(3), answers.take(3), 1, Isolation::Savepoint);
    gate.open();
    settle(journal);
    COMPARE_TEXT(answers.text(), std::string("1+ 2- 3+"));
    COMPARE_TEXT(journal.list(notes), std::string("1 3"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreGroupCommitTest::aFailingPlainJobFailsItsWholeGroup() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    Gate gate(*journal.writer);
    Answers answers;
    journal.writer->submit(note(1), answers.take(1));
    journal.writer->submit(spoiled(2), answers.take(2));
    journal.writer->submit(note(3), answers.take(3));
    gate.open();
    settle(journal);
    COMPARE_TEXT(answers.text(), std::string("1- 2- 3-"));
    for (const auto &[name, result] : answers.list)
        COMPARE_TEXT(result.error().detail, std::string("spoiled"));
    COMPARE_TEXT(journal.list(notes), std::string());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreGroupCommitTest::sumsThatAreStoredInPartFailTheWholeGroup() {
    // Stored in front of an isolated job; SQLite refuses one of them and keeps the transaction with the others.
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    journal.exec("INSERT INTO attempt_summary(hour, batch_id, cause, error_class, n, latency_us) VALUES(" + std::to_string(store::hourOf(morning.wall))
        + ", 1, 'full', 0, 9223372036854775807, 0)");
    const auto counts = journal.writer->counts();
    const std::string stored = "SELECT coalesce(sum(n), 0) FROM counter";
    const auto before = journal.number(stored);
    Gate gate(*journal.writer);
    Answers answers;
    journal.writer->submit(
        [](WriteSession &session) -> Result<void> {
            session.deltas().addState(BatchId{1}, MessageState::Queued, 7);
            session.deltas().addAttempt(BatchId{1}, "full", ErrorClass::Success, Micros{0}, morning.wall);
            return {};
        },
        answers.take(1));
    journal.writer->submit(note(2), answers.take(2), 1, Isolation::Savepoint);
    journal.writer->submit([](WriteSession &session) { return session.database().exec("UPDATE attempt_summary SET n = 0"); }, answers.take(3));
    gate.open();
    settle(journal);
    COMPARE_TEXT(answers.text(), std::string("1- 2- 3-"));
    COMPARE_TEXT(journal.list(notes), std::string());
    QCOMPARE(journal.number(stored), before);
    QVERIFY(journal.writer->counts() == counts);
}

void StoreGroupCommitTest::aThrowingPlainJobFailsItsWholeGroup() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    Gate gate(*journal.writer);
    Answers answers;
    journal.writer->submit(note(1), answers.take(1));
    journal.writer->submit([](WriteSession &) -> Result<void> { throw std::runtime_error("boom"); }, answers.take(2));
    gate.open();
    settle(journal);
    COMPARE_TEXT(answers.text(), std::string("1- 2-"));
    COMPARE_NAMED(answers.list[0].second.error().code, ErrorCode::Internal);
    COMPARE_TEXT(journal.list(notes), std::string());
}

void StoreGroupCommitTest::theNextGroupIsNotHurt() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    QVERIFY(!journal.writer->submitAndWait(spoiled(1), Isolation::None));
    must(journal.writer->submitAndWait(note(2), Isolation::None));
    COMPARE_TEXT(journal.list(notes), std::string("2"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreGroupCommitTest::jobsHandedInBeforeStopAreDone() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    Answers answers;
    for (int i = 0; i < 2000; ++i)
        journal.writer->submit(note(i), answers.take(i));
    journal.writer->stop();
    QCOMPARE(answers.list.size(), 2000U);
    QCOMPARE(journal.number("SELECT count(*) FROM note"), 2000);
}

void StoreGroupCommitTest::jobsAfterStopAreCancelled() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    journal.writer->stop();
    Answers answers;
    journal.writer->submit(note(1), answers.take(1));
    COMPARE_TEXT(answers.text(), std::string("1-"));
    COMPARE_NAMED(answers.list[0].second.error().code, ErrorCode::Cancelled);
    COMPARE_NAMED(journal.writer->submitAndWait(note(2)).error().code, ErrorCode::Cancelled);
    COMPARE_TEXT(journal.list(notes), std::string());
    journal.writer->stop(); // a second time is harmless
}

void StoreGroupCommitTest::sumsFollowCommitsAndNothingElse() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.exec("CREATE TABLE note(x)");
    journal.addMany(journal.batch, 7);
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Queued], 7);
    QVERIFY(!journal.writer->submitAndWait(spoiled(1), Isolation::None));
    QVERIFY(!journal.writer->submitAndWait(spoiled(2), Isolation::Savepoint));
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Queued], 7);
    journal.claim(3);
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Queued], 4);
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Sending], 3);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreGroupCommitTest::changesAreAnnouncedAfterTheCommit() {
    TestJournal journal; // Inline: everything happens here and now
    int announced = 0;
    journal.writer->setChanged([&](bool external) { announced += external ? 100 : 1; });
    journal.add("oA");
    QCOMPARE(announced, 1);
    QVERIFY(!journal.writer->submitAndWait(
        [](WriteSession &) -> Result<void> { return fail(ErrorCode::InvalidInput, "no"); }, Isolation::None));
    QCOMPARE(announced, 1);
    journal.writer->setChanged({});
    journal.add("oB");
    QCOMPARE(announced, 1);
}

void StoreGroupCommitTest::theDataVersionGrowsWithEachCommit() {
    TestJournal journal;
    const auto before = journal.writer->dataVersion();
    journal.add("oA");
    const auto after = journal.writer->dataVersion();
    QVERIFY(after > before);
    QVERIFY(!journal.writer->submitAndWait(
        [](WriteSession &) -> Result<void> { return fail(ErrorCode::InvalidInput, "no"); }, Isolation::None));
    QCOMPARE(journal.writer->dataVersion(), after);
}

void StoreGroupCommitTest::aFullDiskUndoesTheGroupAndSaysSo() {
    TestJournal journal;
    journal.addMany(journal.batch, 10);
    const std::int64_t pages = journal.number("PRAGMA page_count");
    const auto counts = journal.writer->counts();
    // Freed pages would be used first.
    QCOMPARE(journal.number("PRAGMA freelist_count"), 0);
    must(journal.writer->submitAndWait([&](WriteSession &session) {
        return session.database().exec(("PRAGMA max_page_count = " + std::to_string(pages + 1)).c_str());
    }));
    std::vector<NewMessage> many;
    for (int i = 0; i < 500; ++i)
        many.push_back(TestJournal::newMessage("oFull" + std::to_string(i)));
    const auto enqueue = [&](WriteSession &session) -> Result<void> {
        const auto added = store::enqueue(session, journal.account, journal.batch, many, morning.wall);
        return added ? Result<void>{} : tl::unexpected(added.error());
    };
    for (const Isolation isolation : {Isolation::None, Isolation::Savepoint}) {
        const auto full = journal.writer->submitAndWait(enqueue, isolation);
        QVERIFY(!full);
        QVERIFY2(full.error().code == ErrorCode::DiskFull, full.error().detail.c_str());
        QVERIFY(journal.writer->counts() == counts);
        QCOMPARE(journal.number("SELECT count(*) FROM message"), 10);
        COMPARE_TEXT(journal.broken(), std::string());
    }
    must(journal.writer->submitAndWait(
        [&](WriteSession &session) { return session.database().exec("PRAGMA max_page_count = 1000000"); }));
    must(journal.writer->submitAndWait(enqueue, Isolation::None));
    QCOMPARE(journal.number("SELECT count(*) FROM message"), 510);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreGroupCommitTest::aFullDiskInTheMiddleOfAGroupLeavesNothingHalfDone() {
    // SQLite may undo the whole transaction by itself when the disk is full: then nothing of the group may go
    // on as if it were still open.
    TestJournal journal(JournalWriter::Mode::Threaded);
    journal.addMany(journal.batch, 10);
    const std::int64_t pages = journal.number("PRAGMA page_count");
    must(journal.writer->submitAndWait([&](WriteSession &session) {
        return session.database().exec(("PRAGMA max_page_count = " + std::to_string(pages + 1)).c_str());
    }));
    const auto enqueue = [&](const std::string &prefix, int count) -> JournalWriter::Job {
        std::vector<NewMessage> messages;
        for (int i = 0; i < count; ++i)
            messages.push_back(TestJournal::newMessage(prefix + std::to_string(i)));
        return [&journal, messages](WriteSession &session) -> Result<void> {
            const auto added = store::enqueue(session, journal.account, journal.batch, messages, morning.wall);
            return added ? Result<void>{} : tl::unexpected(added.error());
        };
    };
    Gate gate(*journal.writer);
    Answers answers;
    journal.writer->submit(enqueue("oFirst", 1), answers.take(1));
    journal.writer->submit(enqueue("oMany", 500), answers.take(2), 1, Isolation::Savepoint);
    journal.writer->submit(enqueue("oThird", 1), answers.take(3));
    gate.open();
    settle(journal);
    QCOMPARE(answers.list.size(), 3U);
    QVERIFY(!answers.list[1].second);
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE openid LIKE 'oFirst%'"), answers.list[0].second ? 1 : 0);
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE openid LIKE 'oMany%'"), 0);
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE openid LIKE 'oThird%'"), answers.list[2].second ? 1 : 0);
    COMPARE_TEXT(journal.broken(), std::string());
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Queued],
        journal.number("SELECT count(*) FROM message WHERE state = 1"));
    QVERIFY2(answers.list[1].second.error().code == ErrorCode::DiskFull, answers.list[1].second.error().detail.c_str());
}

void StoreGroupCommitTest::inlineModeRunsInsideSubmit() {
    TestJournal journal;
    bool ran = false;
    bool answered = false;
    journal.writer->submit(
        [&](WriteSession &) -> Result<void> {
            ran = !answered;
            return {};
        },
        [&](const Result<void> &result) { answered = ran && result.has_value(); });
    QVERIFY(answered);
}

void StoreGroupCommitTest::manyThreadsLoseNothing() {
    TestJournal journal(JournalWriter::Mode::Threaded);
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 100; ++i) {
                const std::vector<NewMessage> one{[&] {
                    NewMessage m;
                    m.openid = "o" + std::to_string(t) + "_" + std::to_string(i);
                    m.clientMsgId = m.openid;
                    m.content = "{\"data\":{}}";
                    m.dueAt = morning.wall;
                    return m;
                }()};
                const auto done = journal.writer->submitAndWait([&](WriteSession &session) -> Result<void> {
                    const auto added = store::enqueue(session, journal.account, journal.batch, one, morning.wall);
                    return added ? Result<void>{} : tl::unexpected(added.error());
                });
                if (!done)
                    ++failed;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(failed.load(), 0);
    QCOMPARE(journal.number("SELECT count(*) FROM message"), 400);
    QCOMPARE(journal.writer->counts().at(journal.batch)[MessageState::Queued], 400);
    COMPARE_TEXT(journal.broken(), std::string());
}

QTEST_GUILESS_MAIN(StoreGroupCommitTest)
#include "store_group_commit_test.moc"
