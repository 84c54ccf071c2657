// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"

#include <QTest>
#include <set>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;
using store::ActChunk;
using store::ActRequest;
using store::DeskAct;

namespace {

ActChunk act(TestJournal &journal, ActRequest request, Now now = later(morning, 1min)) {
    if (!request.audit) {
        request.audit = journal.write([&](store::WriteSession &session) {
            return store::recordAct(session, {"li", "because"}, store::auditName(request.act), "selection", 0, now.wall);
        });
    }
    if (!request.run)
        request.run = journal.run;
    if (request.bootId.empty())
        request.bootId = "boot-1";
    return journal.write([&](store::WriteSession &session) { return store::actOnChunk(session, request, now); });
}

ActRequest on(DeskAct kind, MessageId id) {
    ActRequest request;
    request.act = kind;
    request.filter.ids = {id};
    return request;
}

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

class StoreDeskActsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void actsApplyOnlyToTheirStates_data();
    void actsApplyOnlyToTheirStates();
    void aResendOutsideTheWindowGetsAFreshId();
    void aResendInsideTheWindowKeepsTheId();
    void aResendOfACleanDeathGetsAFreshId();
    void uncertainOnesOutsideTheWindowNeedConfirmation();
    void uncertainOnesInsideTheWindowNeedNone();
    void aMessagePutAsideInsideTheWindowKeepsItsId();
    void historyStaysAfterAResend();
    void discardedCanBeRestoredAsTheyWere_data();
    void discardedCanBeRestoredAsTheyWere();
    void cancelledByHandAreNotRestored();
    void cancelledMessagesAreNotSent();
    void aDiscardedMessageCanBeResent();
    void everyTouchedMessageIsInTheAudit();
    void chunksTouchEachMessageOnce();
    void filtersNarrowAnAct();
    void auditPagesAreNewestFirst();
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
    void paceSpreadsTheDueTimes();
    void theRestIsWhoSurelyDidNotGetIt();
    void cancelledAndSentToTheRestNobodyIsLost();
};

void StoreDeskActsTest::actsApplyOnlyToTheirStates_data() {
    QTest::addColumn<DeskAct>("kind");
    QTest::addColumn<QString>("applies");
    QTest::newRow("resend") << DeskAct::Resend << QStringLiteral("6 7 8 9 10");
    QTest::newRow("discard") << DeskAct::Discard << QStringLiteral("6 7 8");
    QTest::newRow("cancel") << DeskAct::Cancel << QStringLiteral("0 1 3");
}

void StoreDeskActsTest::actsApplyOnlyToTheirStates() {
    QFETCH(DeskAct, kind);
    QFETCH(QString, applies);
    std::set<int> wanted;
    for (const QString &number : applies.split(QLatin1Char(' ')))
        wanted.insert(number.toInt());
    for (const MessageState state : allMessageStates) {
        TestJournal journal;
        const MessageId id = journal.add("oA");
        const int number = static_cast<int>(state);
        const bool ended = isTerminal(state);
        journal.exec("UPDATE message SET state = " + std::to_string(number) + ", cause = 'x', msgid = '1', claim_run = 1, finished_at = "
            + (ended ? "5" : "NULL") + "; UPDATE counter SET state = " + std::to_string(number));
        if (number >= 6 && number <= 8)
            journal.exec("INSERT INTO cause_summary VALUES(" + std::to_string(number) + ", 'x', 1, 1, 0, 0)");
        ActRequest request = on(kind, id);
        request.filter.states = {state};
        request.mayArriveTwice = true;
        const ActChunk chunk = act(journal, request);
        const bool expected = wanted.contains(number);
        QCOMPARE(chunk.done, expected ? 1 : 0);
        QCOMPARE(chunk.skipped, expected ? 0 : 1);
        if (!expected)
            COMPARE_NAMED(journal.state(id), state);
        const MessageState after = kind == DeskAct::Resend ? MessageState::Queued : MessageState::Cancelled;
        if (expected)
            COMPARE_NAMED(journal.state(id), after);
        // The planted row has no attempts: only the sums and the times are of interest here.
        const std::string broken = journal.broken();
        for (const char *sum : {"counters", "causes", "terminal is terminal"})
            QVERIFY2(broken.find(sum) == std::string::npos, broken.c_str());
    }
}

void StoreDeskActsTest::aResendOutsideTheWindowGetsAFreshId() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Uncertain, "oA");
    const Message before = journal.message(id);
    ActRequest request = on(DeskAct::Resend, id);
    request.mayArriveTwice = true;
    const Now now = later(morning, 8min);
    QCOMPARE(act(journal, request, now).done, 1);
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, MessageState::Queued);
    QVERIFY(m.clientMsgId != before.clientMsgId);
    QVERIFY(m.clientMsgId.size() <= 32 && m.clientMsgId.size() >= 16);
    QCOMPARE(m.life, 2);
    QVERIFY(!m.ambiguous && !m.finishedAt && !m.errcode && m.cause.empty() && m.msgid.empty());
    QCOMPARE(toMillis(m.dueAt), toMillis(now.wall));
    const ClaimedMessage claim = journal.claim(1, now).messages.at(0);
    QCOMPARE(claim.life, 2);
    QCOMPARE(claim.tries, 0);
    QCOMPARE(claim.attempt, 2);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::aResendInsideTheWindowKeepsTheId() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Uncertain, "oA");
    const Message before = journal.message(id);
    QCOMPARE(act(journal, on(DeskAct::Resend, id), later(morning, 8min - 1ms)).done, 1);
    const Message m = journal.message(id);
    COMPARE_TEXT(m.clientMsgId, before.clientMsgId);
    QVERIFY(m.ambiguous == before.ambiguous);
    QCOMPARE(m.life, 2);
    // The window goes on counting from the first doubtful attempt.
    QVERIFY(journal.claim(1, later(morning, 8min)).messages.empty());
    COMPARE_NAMED(journal.state(id), MessageState::Uncertain);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::aResendOfACleanDeathGetsAFreshId() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Dead, "oA");
    const std::string before = journal.message(id).clientMsgId;
    QCOMPARE(act(journal, on(DeskAct::Resend, id)).done, 1);
    QVERIFY(journal.message(id).clientMsgId != before);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::uncertainOnesOutsideTheWindowNeedConfirmation() {
    TestJournal journal;
    const MessageId uncertain = journal.addIn(MessageState::Uncertain, "oA");
    const MessageId dead = journal.addIn(MessageState::Dead, "oB");
    ActRequest request;
    request.act = DeskAct::Resend;
    const Now now = later(morning, 10min);
    const ActChunk chunk = act(journal, request, now);
    QCOMPARE(chunk.done, 1);
    QCOMPARE(chunk.needConfirmation, 1);
    COMPARE_NAMED(journal.state(uncertain), MessageState::Uncertain);
    COMPARE_NAMED(journal.state(dead), MessageState::Queued);
    request.mayArriveTwice = true;
    QCOMPARE(act(journal, request, now).done, 1);
    COMPARE_NAMED(journal.state(uncertain), MessageState::Queued);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::uncertainOnesInsideTheWindowNeedNone() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Uncertain, "oA");
    // Another run of the same boot asks: both clocks count.
    ActRequest request = on(DeskAct::Resend, id);
    request.run = journal.startRun("boot-1");
    QCOMPARE(act(journal, request).done, 1);
    // In another boot only the calendar is left; it says a minute.
    const MessageId other = journal.addIn(MessageState::Uncertain, "oB");
    request = on(DeskAct::Resend, other);
    request.run = journal.startRun("boot-2");
    request.bootId = "boot-2";
    QCOMPARE(act(journal, request, Now{morning.wall + 1min, SteadyTime{1s}}).done, 1);
    // And when it went backwards nothing is.
    const MessageId third = journal.addIn(MessageState::Uncertain, "oC");
    request.filter.ids = {third};
    QCOMPARE(act(journal, request, Now{morning.wall - 1ms, SteadyTime{1s}}).needConfirmation, 1);
}

void StoreDeskActsTest::aMessagePutAsideInsideTheWindowKeepsItsId() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    for (int crash = 0; crash < 3; ++crash) {
        ClaimRequest request{journal.account, journal.run, 10, morning};
        request.alone = true;
        journal.claim(request);
        journal.run = journal.startRun("boot-1");
        journal.recover(journal.run, morning);
    }
    COMPARE_NAMED(journal.state(id), MessageState::Uncertain);
    const std::string before = journal.message(id).clientMsgId;
    QCOMPARE(act(journal, on(DeskAct::Resend, id)).done, 1);
    COMPARE_TEXT(journal.message(id).clientMsgId, before);
}

void StoreDeskActsTest::historyStaysAfterAResend() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Dead, "oA");
    act(journal, on(DeskAct::Resend, id));
    journal.finish(journal.claim(1, later(morning, 2min)).messages.at(0), MessageState::Accepted, later(morning, 2min));
    const auto attempts = journal.attempts(id);
    QCOMPARE(attempts.size(), 2U);
    QCOMPARE(attempts[0].number, 2);
    QCOMPARE(attempts[0].life, 2);
    QCOMPARE(attempts[1].number, 1);
    QCOMPARE(attempts[1].life, 1);
    COMPARE_TEXT(attempts[1].cause, std::string("43004"));
    QCOMPARE(journal.message(id).attempts, 2);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::discardedCanBeRestoredAsTheyWere_data() {
    QTest::addColumn<MessageState>("state");
    QTest::newRow("dead") << MessageState::Dead;
    QTest::newRow("uncertain") << MessageState::Uncertain;
}

void StoreDeskActsTest::discardedCanBeRestoredAsTheyWere() {
    QFETCH(MessageState, state);
    TestJournal journal;
    const MessageId id = journal.addIn(state, "oA");
    const Message before = journal.message(id);
    QCOMPARE(act(journal, on(DeskAct::Discard, id)).done, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Cancelled);
    QCOMPARE(journal.number("SELECT discarded_at IS NOT NULL FROM message"), 1);
    COMPARE_TEXT(journal.broken(), std::string());
    QCOMPARE(act(journal, on(DeskAct::Restore, id)).done, 1);
    const Message after = journal.message(id);
    COMPARE_NAMED(after.state, state);
    COMPARE_TEXT(after.cause, before.cause);
    QVERIFY(after.errcode == before.errcode);
    QVERIFY(after.ambiguous == before.ambiguous);
    QVERIFY(after.finishedAt == before.finishedAt);
    QCOMPARE(journal.number("SELECT discarded_at IS NULL FROM message"), 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::cancelledByHandAreNotRestored() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    QCOMPARE(act(journal, on(DeskAct::Cancel, id)).done, 1);
    const ActChunk chunk = act(journal, on(DeskAct::Restore, id));
    QCOMPARE(chunk.done, 0);
    QCOMPARE(chunk.skipped, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Cancelled);
}

void StoreDeskActsTest::cancelledMessagesAreNotSent() {
    TestJournal journal;
    const auto ids = journal.addMany(journal.batch, 10);
    ActRequest request;
    request.act = DeskAct::Cancel;
    request.filter.batch = journal.batch;
    const ClaimReply inFlight = journal.claim(3);
    const ActChunk chunk = act(journal, request);
    QCOMPARE(chunk.done, 7);
    QVERIFY(journal.claim(100).messages.empty());
    for (const ClaimedMessage &claim : inFlight.messages)
        COMPARE_NAMED(journal.state(claim.id), MessageState::Sending);
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE state = 9"), 7);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::aDiscardedMessageCanBeResent() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Dead, "oA");
    act(journal, on(DeskAct::Discard, id));
    QCOMPARE(act(journal, on(DeskAct::Resend, id)).done, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Queued);
    QCOMPARE(journal.number("SELECT discarded_at IS NULL FROM message"), 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::everyTouchedMessageIsInTheAudit() {
    TestJournal journal;
    const MessageId dead = journal.addIn(MessageState::Dead, "oA");
    const MessageId uncertain = journal.addIn(MessageState::Uncertain, "oB");
    const MessageId accepted = journal.addIn(MessageState::Accepted, "oC");
    ActRequest request;
    request.act = DeskAct::Discard;
    request.filter.ids = {dead, uncertain, accepted};
    request.audit = journal.write([&](store::WriteSession &session) {
        return store::recordAct(session, {"li", "wrong list"}, "message.discard", "dead letters", 0, morning.wall);
    });
    QCOMPARE(act(journal, request).done, 2);
    journal.write([&](store::WriteSession &session) { return store::setActCount(session, request.audit, 2); });
    COMPARE_TEXT(journal.list("SELECT message_id || ':' || old_state FROM audit_item ORDER BY message_id"),
        std::to_string(dead.value) + ":7 " + std::to_string(uncertain.value) + ":8");
    auto database = journal.reader();
    const auto entries = must(store::readAuditOf(database, dead));
    QCOMPARE(entries.size(), 1U);
    COMPARE_TEXT(entries[0].who, std::string("li"));
    COMPARE_TEXT(entries[0].act, std::string("message.discard"));
    COMPARE_TEXT(entries[0].object, std::string("dead letters"));
    COMPARE_TEXT(entries[0].reason, std::string("wrong list"));
    QCOMPARE(entries[0].count, 2);
    QCOMPARE(toMillis(entries[0].at), toMillis(morning.wall));
    QVERIFY(must(store::readAuditOf(database, accepted)).empty());
}

void StoreDeskActsTest::chunksTouchEachMessageOnce() {
    TestJournal journal;
    journal.addMany(journal.batch, 23);
    for (const ClaimedMessage &claim : journal.claim(100).messages)
        journal.finish(claim, MessageState::Dead);
    ActRequest request;
    request.act = DeskAct::Resend;
    request.limit = 5;
    request.audit = journal.write([&](store::WriteSession &session) {
        return store::recordAct(session, {"li", ""}, "message.resend", "all", 0, morning.wall);
    });
    std::int64_t done = 0;
    int chunks = 0;
    do {
        const ActChunk chunk = act(journal, request);
        QVERIFY(chunk.done <= 5);
        done += chunk.done;
        request.before = chunk.next;
        QVERIFY(++chunks <= 6);
    } while (request.before);
    QCOMPARE(done, 23);
    QCOMPARE(journal.number("SELECT max(life) FROM message"), 2);
    QCOMPARE(journal.number("SELECT count(*) FROM audit_item"), 23);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::filtersNarrowAnAct() {
    TestJournal journal;
    const MessageId dead = journal.addIn(MessageState::Dead, "oA");
    const MessageId other = journal.addIn(MessageState::Dead, "oB");
    journal.exec("UPDATE message SET cause = '47003' WHERE id = " + std::to_string(other.value)
        + "; UPDATE cause_summary SET n = 1; INSERT INTO cause_summary VALUES(7, '47003', 1, 1, 0, 0)");
    ActRequest request;
    request.act = DeskAct::Resend;
    request.filter.cause = "47003";
    QCOMPARE(act(journal, request).done, 1);
    COMPARE_NAMED(journal.state(dead), MessageState::Dead);
    COMPARE_NAMED(journal.state(other), MessageState::Queued);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::auditPagesAreNewestFirst() {
    TestJournal journal;
    for (int i = 0; i < 7; ++i) {
        journal.write([&](store::WriteSession &session) {
            return store::recordAct(session, {"li", ""}, "act." + std::to_string(i), "x", i, morning.wall);
        });
    }
    auto database = journal.reader();
    std::string seen;
    std::optional<AuditId> before;
    for (;;) {
        const auto page = must(store::readAudit(database, before, 3));
        if (page.empty())
            break;
        for (const AuditEntry &entry : page)
            seen += entry.act.substr(4);
        before = page.back().id;
    }
    COMPARE_TEXT(seen, std::string("6543210"));
}

void StoreDeskActsTest::whatMayHaveArrivedIsNotCalledCancelled_data() { addAttempts(); }

void StoreDeskActsTest::whatMayHaveArrivedIsNotCalledCancelled() {
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

void StoreDeskActsTest::whatMayHaveArrivedInAnEarlierLifeIsNotCalledCancelled_data() {
    QTest::addColumn<bool>("keepsId");
    QTest::newRow("inside the window") << true;
    QTest::newRow("outside it, agreed to") << false;
}

void StoreDeskActsTest::whatMayHaveArrivedInAnEarlierLifeIsNotCalledCancelled() {
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

void StoreDeskActsTest::whatComesBackToACancelledBatchEnds() {
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

void StoreDeskActsTest::claimsReleasedIntoACancelledBatchEnd_data() {
    QTest::addColumn<MessageState>("before");
    QTest::addColumn<MessageState>("after");
    QTest::newRow("never sent") << MessageState::Queued << MessageState::Cancelled;
    QTest::newRow("sent once") << MessageState::Retrying << MessageState::Uncertain;
    QTest::newRow("sent in an earlier life") << MessageState::Uncertain << MessageState::Uncertain;
}

void StoreDeskActsTest::claimsReleasedIntoACancelledBatchEnd() {
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

void StoreDeskActsTest::lateResultsOfACancelledBatchChangeNothing() {
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

void StoreDeskActsTest::aCancelledBatchIsOpenedAgainOnlyWhenItsCancellingIsThrough() {
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

void StoreDeskActsTest::aCancelledBatchIsNotResumed() {
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

void StoreDeskActsTest::aCancelledBatchStaysClosedWhenNothingIsSentAgain() {
    TestJournal journal;
    journal.addIn(MessageState::Uncertain, "oA");
    setState(journal, journal.batch, BatchState::Cancelled);
    ActRequest all;
    all.filter.batch = journal.batch;
    QCOMPARE(act(journal, all, later(morning, 1h)).needConfirmation, 1);
    auto database = journal.reader();
    QVERIFY(must(store::batchState(database, journal.batch)) == BatchState::Cancelled);
}

void StoreDeskActsTest::paceSpreadsTheDueTimes() {
    TestJournal journal;
    journal.addMany(journal.batch, 25);
    for (const ClaimedMessage &claim : journal.claim(100).messages)
        journal.finish(claim, MessageState::Dead);
    ActRequest request;
    request.filter.batch = journal.batch;
    request.limit = 10;
    request.pace = 4;
    request.paceFrom = morning.wall;
    const Now now = later(morning, 1s); // the act itself takes time
    do {
        const ActChunk chunk = act(journal, request, now);
        request.alreadyDone += chunk.done;
        request.before = chunk.next;
    } while (request.before);
    std::string expected;
    for (int i = 0; i < 25; ++i)
        expected += (expected.empty() ? "" : " ") + std::to_string(250 * i);
    COMPARE_TEXT(journal.list("SELECT due_at - " + std::to_string(toMillis(morning.wall)) + " FROM message ORDER BY due_at"), expected);
    // What is due later waits for the calendar, what was due already does not.
    QCOMPARE(journal.claim(100, now).messages.size(), 5U);
    QCOMPARE(journal.claim(100, later(morning, 3s)).messages.size(), 8U);
    QCOMPARE(journal.claim(100, later(morning, 6s)).messages.size(), 12U);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreDeskActsTest::theRestIsWhoSurelyDidNotGetIt() {
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

void StoreDeskActsTest::cancelledAndSentToTheRestNobodyIsLost() {
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

QTEST_GUILESS_MAIN(StoreDeskActsTest)
#include "store_desk_acts_test.moc"
