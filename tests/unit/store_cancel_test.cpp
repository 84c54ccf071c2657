// SPDX-License-Identifier: GPL-3.0-or-later
//
// Batches that are cancelled: what is called cancelled surely did not arrive, what comes back late ends, and the rest
// can be sent after all.
#include "tests/unit/desk_acting.h"

#include <QTest>
#include <set>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;
using store::ActChunk;
using store::ActRequest;
using store::DeskAct;

namespace {

void setState(TestJournal &journal, BatchId batch, BatchState state) {
    journal.write([&](store::WriteSession &session) { return store::setBatchState(session, batch, state, {"li", "wrong list"}, morning.wall); });
}

ActRequest cancelOf(BatchId batch) {
    ActRequest request;
    request.act = DeskAct::Cancel;
    request.filter.batch = batch;
    return request;
}

ActRequest restOf(BatchId batch) {
    ActRequest request;
    request.filter.batch = batch;
    request.filter.states = {MessageState::Cancelled, MessageState::Expired};
    request.leaveDiscarded = true;
    return request;
}

/// How an attempt may go that is repeated later, and whether the message may have arrived by it.
void addAttempts() {
    QTest::addColumn<int>("phase");
    QTest::addColumn<int>("errcode"); // 0: none
    QTest::addColumn<bool>("mayHaveArrived");
    QTest::newRow("no connection") << static_cast<int>(AttemptPhase::NotWritten) << 0 << false;
    QTest::newRow("no answer") << static_cast<int>(AttemptPhase::Written) << 0 << true;
    QTest::newRow("an error page") << static_cast<int>(AttemptPhase::Answered) << 0 << true;
    QTest::newRow("busy") << static_cast<int>(AttemptPhase::Answered) << -1 << true;
    QTest::newRow("a refused token") << static_cast<int>(AttemptPhase::Answered) << 40001 << false;
    QTest::newRow("too many a minute") << static_cast<int>(AttemptPhase::Answered) << 45011 << false;
}

AttemptResult attempt(const ClaimedMessage &claim, RunId run, int phase, int errcode, bool mayHaveArrived) {
    AttemptResult r = TestJournal::result(claim, run, MessageState::Retrying);
    r.phase = static_cast<AttemptPhase>(phase);
    r.outcome.errcode = errcode == 0 ? std::nullopt : std::optional<std::int64_t>(errcode);
    r.outcome.cause = errcode == 0 ? "closed" : std::to_string(errcode);
    r.outcome.ambiguous = mayHaveArrived;
    if (!mayHaveArrived)
        r.ambiguous = claim.ambiguous;
    return r;
}

} // namespace

class StoreCancelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatMayHaveArrivedIsNotCalledCancelled_data();
    void whatMayHaveArrivedIsNotCalledCancelled();
    void whatMayHaveArrivedInAnEarlierLifeIsNotCalledCancelled_data();
    void whatMayHaveArrivedInAnEarlierLifeIsNotCalledCancelled();
    void whatComesBackToACancelledBatchEnds_data() { addAttempts(); }
    void whatComesBackToACancelledBatchEnds();
    void claimsReleasedIntoACancelledBatchEnd_data();
    void claimsReleasedIntoACancelledBatchEnd();
    void lateResultsOfACancelledBatchChangeNothing();
    void aCancelledBatchIsOpenedAgainOnlyWhenItsCancellingIsThrough();
    void aCancelledBatchIsNotResumed();
    void aCancelledBatchStaysClosedWhenNothingIsSentAgain();
    void theRestIsWhoSurelyDidNotGetIt();
    void cancelledAndSentToTheRestNobodyIsLost();
};

void StoreCancelTest::whatMayHaveArrivedIsNotCalledCancelled_data() { addAttempts(); }

void StoreCancelTest::whatMayHaveArrivedIsNotCalledCancelled() {
    QFETCH(int, phase);
    QFETCH(int, errcode);
    QFETCH(bool, mayHaveArrived);
    TestJournal journal;
    const MessageId id = journal.add("oA");
    journal.finish({attempt(journal.claim().messages.at(0), journal.run, phase, errcode, mayHaveArrived)});
    COMPARE_NAMED(journal.state(id), MessageState::Retrying);
    const ActChunk chunk = act(journal, cancelOf(journal.batch));
    QCOMPARE(chunk.done, 1);
    QCOMPARE(chunk.uncertain, mayHaveArrived ? 1 : 0);
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, mayHaveArrived ? MessageState::Uncertain : MessageState::Cancelled);
    QVERIFY(m.finishedAt.has_value());
    QVERIFY(!mayHaveArrived || !m.cause.empty());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreCancelTest::whatMayHaveArrivedInAnEarlierLifeIsNotCalledCancelled_data() {
    QTest::addColumn<bool>("keepsId");
    QTest::newRow("inside the window") << true;
    QTest::newRow("outside it, agreed to") << false;
}

void StoreCancelTest::whatMayHaveArrivedInAnEarlierLifeIsNotCalledCancelled() {
    QFETCH(bool, keepsId);
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Uncertain, "oA");
    ActRequest again = on(DeskAct::Resend, id);
    again.mayArriveTwice = !keepsId;
    const Now now = later(morning, keepsId ? 1min : 20min);
    QCOMPARE(act(journal, again, now).done, 1);
    // The new life has not begun: only the one before knows that it may have arrived.
    QCOMPARE(act(journal, cancelOf(journal.batch), now).uncertain, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Uncertain);
    setState(journal, journal.batch, BatchState::Cancelled);
    QCOMPARE(act(journal, restOf(journal.batch), now).done, 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreCancelTest::whatComesBackToACancelledBatchEnds() {
    QFETCH(int, phase);
    QFETCH(int, errcode);
    QFETCH(bool, mayHaveArrived);
    TestJournal journal;
    const MessageId id = journal.add("oA");
    const MessageId good = journal.add("oB");
    const auto claims = journal.claim().messages;
    setState(journal, journal.batch, BatchState::Cancelled);
    QCOMPARE(act(journal, cancelOf(journal.batch)).done, 0);
    QCOMPARE(journal.finish({attempt(claims.at(0), journal.run, phase, errcode, mayHaveArrived)}), 0);
    journal.finish(claims.at(1), MessageState::Accepted);
    COMPARE_NAMED(journal.state(id), mayHaveArrived ? MessageState::Uncertain : MessageState::Cancelled);
    COMPARE_NAMED(journal.state(good), MessageState::Accepted);
    QCOMPARE(journal.attempts(id).size(), 1U);
    QVERIFY(journal.claim(10, later(morning, 1h)).messages.empty());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreCancelTest::claimsReleasedIntoACancelledBatchEnd_data() {
    QTest::addColumn<MessageState>("before");
    QTest::addColumn<MessageState>("after");
    QTest::newRow("never sent") << MessageState::Queued << MessageState::Cancelled;
    QTest::newRow("sent once") << MessageState::Retrying << MessageState::Uncertain;
    QTest::newRow("sent in an earlier life") << MessageState::Uncertain << MessageState::Uncertain;
}

void StoreCancelTest::claimsReleasedIntoACancelledBatchEnd() {
    QFETCH(MessageState, before);
    QFETCH(MessageState, after);
    TestJournal journal;
    const MessageId id = journal.addIn(before, "oA");
    if (before == MessageState::Uncertain) {
        ActRequest again = on(DeskAct::Resend, id);
        again.mayArriveTwice = true;
        act(journal, again, later(morning, 20min));
    }
    const auto claims = journal.claim(10, later(morning, before == MessageState::Uncertain ? 20min : 1min)).messages;
    QCOMPARE(claims.size(), 1U);
    setState(journal, journal.batch, BatchState::Cancelled);
    journal.release(claims);
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, after);
    QVERIFY(m.finishedAt.has_value());
    QCOMPARE(journal.attempts(id).size(), before == MessageState::Queued ? 0U : 1U);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreCancelTest::lateResultsOfACancelledBatchChangeNothing() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    const auto claim = journal.claim().messages.at(0);
    setState(journal, journal.batch, BatchState::Cancelled);
    journal.release({claim});
    COMPARE_NAMED(journal.state(id), MessageState::Cancelled);
    QCOMPARE(journal.finish(claim, MessageState::Accepted), 1);
    COMPARE_NAMED(journal.state(id), MessageState::Cancelled);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreCancelTest::aCancelledBatchIsOpenedAgainOnlyWhenItsCancellingIsThrough() {
    TestJournal journal;
    journal.addMany(journal.batch, 4);
    const auto flying = journal.claim(1).messages;
    setState(journal, journal.batch, BatchState::Cancelled);
    ActRequest one = cancelOf(journal.batch);
    one.limit = 1;
    QCOMPARE(act(journal, one).done, 1);
    // Two are still queued and one is under way: a resend now would open the gate for them.
    ActRequest rest = restOf(journal.batch);
    QCOMPARE(act(journal, rest).skipped, 1);
    QCOMPARE(act(journal, cancelOf(journal.batch)).done, 2);
    QCOMPARE(act(journal, rest).skipped, 3);
    QVERIFY(journal.claim(10).messages.empty());
    journal.finish(flying.at(0), MessageState::Accepted);
    QCOMPARE(act(journal, rest).done, 3);
    auto database = journal.reader();
    QVERIFY(must(store::batchState(database, journal.batch)) == BatchState::Active);
    QVERIFY(!must(store::readBatches(database, 10)).at(0).hold);
    QCOMPARE(journal.claim(10, later(morning, 1min)).messages.size(), 3U);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreCancelTest::aCancelledBatchIsNotResumed() {
    TestJournal journal;
    setState(journal, journal.batch, BatchState::Paused);
    setState(journal, journal.batch, BatchState::Cancelled);
    for (const BatchState state : {BatchState::Active, BatchState::Paused}) {
        const auto done = journal.writer->submitAndWait(
            [&](store::WriteSession &session) -> Result<void> {
                const auto changed = store::setBatchState(session, journal.batch, state, {"li", ""}, morning.wall);
                return changed ? Result<void>{} : tl::unexpected(changed.error());
            },
            store::JournalWriter::Isolation::Savepoint);
        QVERIFY(!done && done.error().code == ErrorCode::InvalidInput);
    }
    auto database = journal.reader();
    const Batch b = must(store::readBatches(database, 10)).at(0);
    QVERIFY(b.state == BatchState::Cancelled);
    COMPARE_TEXT(b.hold.value().by, std::string("li"));
    COMPARE_TEXT(b.hold.value().detail, std::string("wrong list"));
}

void StoreCancelTest::aCancelledBatchStaysClosedWhenNothingIsSentAgain() {
    TestJournal journal;
    journal.addIn(MessageState::Uncertain, "oA");
    setState(journal, journal.batch, BatchState::Cancelled);
    ActRequest all;
    all.filter.batch = journal.batch;
    QCOMPARE(act(journal, all, later(morning, 1h)).needConfirmation, 1);
    auto database = journal.reader();
    QVERIFY(must(store::batchState(database, journal.batch)) == BatchState::Cancelled);
}

void StoreCancelTest::theRestIsWhoSurelyDidNotGetIt() {
    TestJournal journal;
    const MessageId accepted = journal.addIn(MessageState::Accepted, "oA");
    const MessageId dead = journal.addIn(MessageState::Dead, "oB");
    const MessageId uncertain = journal.addIn(MessageState::Uncertain, "oC");
    const MessageId discarded = journal.addIn(MessageState::Dead, "oD");
    act(journal, on(DeskAct::Discard, discarded));
    const MessageId doubtful = journal.addIn(MessageState::Uncertain, "oE");
    act(journal, on(DeskAct::Discard, doubtful));
    NewMessage over = TestJournal::newMessage("oF");
    over.expiresAt = morning.wall - 1s;
    const MessageId expired = journal.add(journal.batch, over);
    journal.claim();
    const MessageId waiting = journal.add("oG");
    setState(journal, journal.batch, BatchState::Cancelled);
    act(journal, cancelOf(journal.batch));
    const ActChunk chunk = act(journal, restOf(journal.batch), later(morning, 1h));
    QCOMPARE(chunk.done, 2);
    for (const MessageId id : {expired, waiting})
        COMPARE_NAMED(journal.state(id), MessageState::Queued);
    QVERIFY(!journal.message(expired).expiresAt); // otherwise it would end at once
    COMPARE_NAMED(journal.state(accepted), MessageState::Accepted);
    COMPARE_NAMED(journal.state(dead), MessageState::Dead);
    COMPARE_NAMED(journal.state(uncertain), MessageState::Uncertain);
    for (const MessageId id : {discarded, doubtful}) // a person put these away
        COMPARE_NAMED(journal.state(id), MessageState::Cancelled);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreCancelTest::cancelledAndSentToTheRestNobodyIsLost() {
    TestJournal journal;
    journal.addMany(journal.batch, 60);
    const auto claims = journal.claim(30).messages;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (i % 3 == 0)
            journal.finish(claims[i], MessageState::Accepted);
        else if (i % 3 == 1)
            journal.finish(claims[i], MessageState::Retrying);
    }
    setState(journal, journal.batch, BatchState::Cancelled);
    act(journal, cancelOf(journal.batch));
    for (std::size_t i = 2; i < claims.size(); i += 3)
        journal.release({claims[i]});
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE state = 4"), 10);
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE state = 8"), 10);
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE state = 9"), 40);
    QCOMPARE(act(journal, restOf(journal.batch)).done, 40);
    QCOMPARE(journal.claim(100, later(morning, 1min)).messages.size(), 40U);
    COMPARE_TEXT(journal.broken(), std::string());
}

QTEST_GUILESS_MAIN(StoreCancelTest)
#include "store_cancel_test.moc"
