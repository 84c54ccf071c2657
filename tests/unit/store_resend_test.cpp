// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/desk_acting.h"

#include <QTest>
#include <set>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;
using store::ActChunk;
using store::ActRequest;
using store::DeskAct;

class StoreResendTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aResendOutsideTheWindowGetsAFreshId();
    void aResendInsideTheWindowKeepsTheId();
    void aResendInsideTheWindowWaitsForItsHost();
    void aResendOfACleanDeathGetsAFreshId();
    void uncertainOnesOutsideTheWindowNeedConfirmation();
    void uncertainOnesInsideTheWindowNeedNone();
    void theAnswerSaysWhetherItMayHaveArrived_data();
    void theAnswerSaysWhetherItMayHaveArrived();
    void aMessagePutAsideInsideTheWindowKeepsItsId();
    void historyStaysAfterAResend();
    void aDiscardedMessageCanBeResent();
    void aResendEndsWhereNoMoreMayGo();
    void aHeldRepeatComesBackAsOne();
};

void StoreResendTest::aResendOutsideTheWindowGetsAFreshId() {
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

void StoreResendTest::aResendInsideTheWindowKeepsTheId() {
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

/// The account goes by its other host: what is newer goes meanwhile, and nobody asks again and again.
void StoreResendTest::aResendInsideTheWindowWaitsForItsHost() {
    TestJournal journal;
    const MessageId doubtful = journal.addIn(MessageState::Uncertain, "oA");
    const std::string clientMsgId = journal.message(doubtful).clientMsgId;
    const Now now = later(morning, 1min);
    QCOMPARE(act(journal, on(DeskAct::Resend, doubtful), now).done, 1);
    journal.addMany(journal.batch, 3, "oB");
    ClaimRequest other{journal.account, journal.run, 1, now};
    other.second = true;
    other.even = now.wall + 3h; // the calendar was set: what was never tried in this life goes by the calendar all the same
    std::set<std::int64_t> went;
    ClaimReply reply;
    int claims = 0;
    do {
        reply = journal.claim(other);
        ++claims;
        for (const ClaimedMessage &m : reply.messages)
            went.insert(m.id.value);
    } while (reply.more && claims < 100);
    QCOMPARE(went.size(), std::size_t(3));
    QVERIFY(!went.contains(doubtful.value));
    QVERIFY2(claims <= 4, qPrintable(QString::number(claims)));
    QCOMPARE(toMillis(reply.nextDue.value()), toMillis(now.wall + 10s));
    QVERIFY(!reply.nextIsCapped);
    other.now = later(now, 10s);
    reply = journal.claim(other);
    QVERIFY(reply.messages.empty() && !reply.more);
    QCOMPARE(toMillis(reply.nextDue.value()), toMillis(now.wall + 20s));
    // Its host is back.
    const ClaimedMessage back = journal.claim(10, later(now, 20s)).messages.at(0);
    QCOMPARE(back.id.value, doubtful.value);
    COMPARE_TEXT(back.clientMsgId, clientMsgId);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreResendTest::aResendOfACleanDeathGetsAFreshId() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Dead, "oA");
    const std::string before = journal.message(id).clientMsgId;
    QCOMPARE(act(journal, on(DeskAct::Resend, id)).done, 1);
    QVERIFY(journal.message(id).clientMsgId != before);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreResendTest::uncertainOnesOutsideTheWindowNeedConfirmation() {
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

void StoreResendTest::uncertainOnesInsideTheWindowNeedNone() {
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

void StoreResendTest::theAnswerSaysWhetherItMayHaveArrived_data() {
    QTest::addColumn<int>("errcode"); // 1: none
    QTest::addColumn<QByteArray>("cause");
    QTest::addColumn<int>("errorClass");
    QTest::addColumn<bool>("ambiguous");
    QTest::addColumn<bool>("asks");
    QTest::addColumn<bool>("asksInTheNextLife");
    const auto row = [](const char *name, int errcode, const char *cause, ErrorClass grade, bool ambiguous, bool asks, bool asksInTheNextLife) {
        QTest::newRow(name) << errcode << QByteArray(cause) << static_cast<int>(grade) << ambiguous << asks << asksInTheNextLife;
    };
    row("taken, and no msgid", 0, "no_result", ErrorClass::Unknown, true, true, true);
    row("there already, and no msgid", 45065, "45065", ErrorClass::Unknown, true, true, true);
    row("an error page", 1, "http_502", ErrorClass::Transient, true, true, true);
    row("busy", -1, "-1", ErrorClass::Transient, true, true, false); // an answer: only the life it was given in is in doubt
    row("refused for its length", 1, "http_413", ErrorClass::Content, false, false, false);
    row("refused without a length", 1, "http_412", ErrorClass::Config, false, false, false);
    row("refused as one too many", 1, "http_429", ErrorClass::ThrottleMinute, false, false, false);
}

/// Cancelling, sending again and what is counted go by one rule.
void StoreResendTest::theAnswerSaysWhetherItMayHaveArrived() {
    QFETCH(int, errcode);
    QFETCH(QByteArray, cause);
    QFETCH(int, errorClass);
    QFETCH(bool, ambiguous);
    QFETCH(bool, asks);
    QFETCH(bool, asksInTheNextLife);
    TestJournal journal;
    const MessageId id = journal.add("oA");
    const MessageId other = journal.add("oB");
    for (const ClaimedMessage &claim : journal.claim().messages) {
        AttemptResult r = TestJournal::result(claim, journal.run, MessageState::Retrying);
        r.outcome.errcode = errcode == 1 ? std::nullopt : std::optional<std::int64_t>(errcode);
        r.outcome.cause = cause.toStdString();
        r.outcome.errorClass = static_cast<ErrorClass>(errorClass);
        r.outcome.ambiguous = ambiguous;
        if (!ambiguous)
            r.ambiguous.reset();
        journal.finish({r});
    }
    QCOMPARE(act(journal, on(DeskAct::Cancel, other)).uncertain, asks ? 1 : 0);
    const Now repeat = later(morning, 2min);
    journal.finish(journal.claim(1, repeat).messages.at(0), MessageState::Dead, repeat);
    COMPARE_NAMED(journal.state(id), MessageState::Dead);
    ActRequest again = on(DeskAct::Resend, id);
    const Now late = later(morning, 30min);
    QCOMPARE(act(journal, again, late).needConfirmation, asks ? 1 : 0);
    if (asks) {
        again.mayArriveTwice = true;
        QCOMPARE(act(journal, again, late).done, 1);
        again.mayArriveTwice = false;
    }
    journal.finish(journal.claim(1, late).messages.at(0), MessageState::Dead, late);
    COMPARE_NAMED(journal.state(id), MessageState::Dead);
    QCOMPARE(act(journal, again, later(late, 30min)).needConfirmation, asksInTheNextLife ? 1 : 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreResendTest::aMessagePutAsideInsideTheWindowKeepsItsId() {
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

void StoreResendTest::historyStaysAfterAResend() {
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

void StoreResendTest::aDiscardedMessageCanBeResent() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Dead, "oA");
    act(journal, on(DeskAct::Discard, id));
    QCOMPARE(act(journal, on(DeskAct::Resend, id)).done, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Queued);
    QCOMPARE(journal.number("SELECT discarded_at IS NULL FROM message"), 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreResendTest::aResendEndsWhereNoMoreMayGo() {
    TestJournal journal;
    const AccountId other = journal.addAccount("other");
    const BatchId others = journal.addBatch(other, journal.addTemplate(other, 'b'));
    for (int i = 0; i < 5; ++i)
        journal.add("oA" + std::to_string(i));
    journal.add(other, others, TestJournal::newMessage("oB"));
    ActRequest cancelled;
    cancelled.act = DeskAct::Cancel;
    act(journal, cancelled);
    ActRequest request;
    request.filter.states = {MessageState::Cancelled};
    request.most[journal.account] = 3;
    request.limit = 4;
    const ActChunk first = act(journal, request); // newest first: the other account's, and three
    QCOMPARE(first.done, 4);
    QCOMPARE(first.beyond, 0);
    QVERIFY(first.next);
    request.before = first.next;
    request.most = first.most;
    const ActChunk second = act(journal, request);
    QCOMPARE(second.done, 0);
    QCOMPARE(second.beyond, 1);
    QVERIFY(!second.next);
    QCOMPARE(journal.number("SELECT count(*) FROM message WHERE state = 9"), 2); // nothing of them is lost
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreResendTest::aHeldRepeatComesBackAsOne() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    journal.exec("UPDATE message SET state = 3, tries = 2, ambiguous_wall = 5, ambiguous_steady = 5, ambiguous_run = 1; UPDATE counter SET state = 3");
    QCOMPARE(act(journal, on(DeskAct::Hold, id)).done, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Held);
    QCOMPARE(act(journal, on(DeskAct::Release, id)).done, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Retrying); // and its window goes on
    // Cancelled while it is held, it is still one that may have arrived.
    QCOMPARE(act(journal, on(DeskAct::Hold, id)).done, 1);
    QCOMPARE(act(journal, on(DeskAct::Cancel, id)).uncertain, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Uncertain);
}

QTEST_GUILESS_MAIN(StoreResendTest)
#include "store_resend_test.moc"
