// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

class StoreRecoveryTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasInFlightIsRequeuedWithItsId();
    void theWindowCountsBothClocksAfterARestart_data();
    void theWindowCountsBothClocksAfterARestart();
    void anEarlierDoubtfulAttemptOpensTheWindow();
    void aRequeuedMessageStillHasItsWindow();
    void threeCrashesPutAMessageAside();
    void crashesAreForgottenInANewLife();
    void aCrashUsesUpNoTry();
    void ownClaimsAreNotRecovered();
    void claimsWithoutAnOwnerAreFound();
    void theResendPolicyBeginsANewLife();
    void suspectsAreTakenOneByOne();
    void messagesPutAsideAreNotResentByPolicy();
    void aLateResultOfTheDeadRunChangesNothing();
    void recoveringTwiceChangesNothing();
    void aRunIsRecordedFromStartToStop();
    void waitingRepeatsFollowACalendarThatWasSet_data();
    void waitingRepeatsFollowACalendarThatWasSet();
};

void StoreRecoveryTest::whatWasInFlightIsRequeuedWithItsId() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    const MessageId waiting = journal.add("oB");
    const ClaimedMessage before = journal.claim(1).messages.at(0);
    const RunId next = journal.startRun("boot-1");
    const auto report = journal.recover(next, later(morning, 30s));
    QCOMPARE(report.requeued, 1);
    QCOMPARE(report.uncertain, 0);
    QCOMPARE(report.putAside, 0);
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, MessageState::Retrying);
    COMPARE_TEXT(m.cause, std::string("interrupted"));
    COMPARE_TEXT(m.clientMsgId, before.clientMsgId);
    QCOMPARE(m.crashes, 1);
    QCOMPARE(toMillis(m.dueAt), toMillis(morning.wall + 30s));
    QVERIFY(m.ambiguous.has_value());
    QCOMPARE(toMillis(m.ambiguous->wall), toMillis(morning.wall));
    QCOMPARE(m.ambiguous->steady.time_since_epoch().count(), morning.steady.time_since_epoch().count());
    QCOMPARE(m.ambiguous->run.value, journal.run.value);
    const Attempt a = journal.attempts(id).at(0);
    COMPARE_NAMED(a.phase, AttemptPhase::Interrupted);
    QVERIFY(a.finishedAt.has_value());
    COMPARE_NAMED(journal.state(waiting), MessageState::Queued);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreRecoveryTest::theWindowCountsBothClocksAfterARestart_data() {
    QTest::addColumn<bool>("sameBoot");
    QTest::addColumn<qint64>("wallSeconds");
    QTest::addColumn<qint64>("steadySeconds");
    QTest::addColumn<bool>("repeated");
    QTest::newRow("same boot, at once") << true << qint64{1} << qint64{1} << true;
    QTest::newRow("same boot, just inside") << true << qint64{479} << qint64{479} << true;
    QTest::newRow("same boot, just outside") << true << qint64{480} << qint64{480} << false;
    QTest::newRow("same boot, calendar says too late") << true << qint64{480} << qint64{5} << false;
    QTest::newRow("same boot, steady says too late") << true << qint64{5} << qint64{480} << false;
    QTest::newRow("same boot, calendar went back an hour") << true << qint64{-3600} << qint64{5} << true;
    QTest::newRow("same boot, calendar went back, steady too late") << true << qint64{-3600} << qint64{600} << false;
    QTest::newRow("other boot, inside") << false << qint64{60} << qint64{-3000} << true;
    QTest::newRow("other boot, steady clock is no measure") << false << qint64{60} << qint64{90000} << true;
    QTest::newRow("other boot, just outside") << false << qint64{480} << qint64{-3000} << false;
    QTest::newRow("other boot, calendar went back") << false << qint64{-1} << qint64{-3000} << false;
    QTest::newRow("other boot, a day later") << false << qint64{86400} << qint64{-3000} << false;
}

void StoreRecoveryTest::theWindowCountsBothClocksAfterARestart() {
    QFETCH(bool, sameBoot);
    QFETCH(qint64, wallSeconds);
    QFETCH(qint64, steadySeconds);
    QFETCH(bool, repeated);
    TestJournal journal;
    const MessageId id = journal.add("oA");
    journal.claim();
    const Now now{morning.wall + Seconds{wallSeconds}, morning.steady + Seconds{steadySeconds}};
    const RunId next = journal.startRun(sameBoot ? "boot-1" : "boot-2", now.wall);
    const auto report = journal.recover(next, now);
    QCOMPARE(report.requeued, repeated ? 1 : 0);
    QCOMPARE(report.uncertain, repeated ? 0 : 1);
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, repeated ? MessageState::Retrying : MessageState::Uncertain);
    COMPARE_TEXT(m.cause, std::string(repeated ? "interrupted" : "window_passed"));
    QCOMPARE(m.finishedAt.has_value(), !repeated);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreRecoveryTest::anEarlierDoubtfulAttemptOpensTheWindow() {
    TestJournal journal;
    const MessageId id = journal.addIn(MessageState::Retrying, "oA");
    journal.claim(10, later(morning, 5min));
    const RunId next = journal.startRun("boot-1");
    QCOMPARE(journal.recover(next, later(morning, 8min)).uncertain, 1);
    COMPARE_NAMED(journal.state(id), MessageState::Uncertain);
}

void StoreRecoveryTest::aRequeuedMessageStillHasItsWindow() {
    // Requeued inside the window, but claimed only after it: by the new run, in the same and in another boot.
    for (const bool sameBoot : {true, false}) {
        TestJournal journal;
        const MessageId id = journal.add("oA");
        journal.claim();
        journal.run = journal.startRun(sameBoot ? "boot-1" : "boot-2");
        QCOMPARE(journal.recover(journal.run, later(morning, 1min)).requeued, 1);
        QVERIFY(journal.claim(10, later(morning, 8min)).messages.empty());
        COMPARE_NAMED(journal.state(id), MessageState::Uncertain);
        COMPARE_TEXT(journal.broken(), std::string());
    }
}

void StoreRecoveryTest::threeCrashesPutAMessageAside() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    Now now = morning;
    for (int crash = 1; crash <= 3; ++crash) {
        ClaimRequest request{journal.account, journal.run, 10, now};
        request.alone = true;
        QCOMPARE(journal.claim(request).messages.size(), 1U);
        now = later(now, 10s);
        journal.run = journal.startRun("boot-1");
        const auto report = journal.recover(journal.run, now);
        QCOMPARE(report.requeued, crash < 3 ? 1 : 0);
        QCOMPARE(report.putAside, crash < 3 ? 0 : 1);
        QCOMPARE(journal.message(id).crashes, crash);
    }
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, MessageState::Uncertain);
    COMPARE_TEXT(m.cause, std::string("process_died"));
    QCOMPARE(m.attempts, 3);
    QVERIFY(journal.claim(10, now).messages.empty());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreRecoveryTest::crashesAreForgottenInANewLife() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    journal.claim();
    journal.run = journal.startRun("boot-1");
    journal.recover(journal.run, later(morning, 1s));
    journal.exec("UPDATE account SET uncertain_policy = 1");
    journal.claim(10, later(morning, 9min));
    const Message m = journal.message(id);
    QCOMPARE(m.life, 2);
    QCOMPARE(m.crashes, 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreRecoveryTest::aCrashUsesUpNoTry() {
    TestJournal journal;
    journal.add("oA");
    journal.claim();
    journal.run = journal.startRun("boot-1");
    journal.recover(journal.run, later(morning, 1s));
    const ClaimedMessage again = journal.claim(1, later(morning, 1s)).messages.at(0);
    QCOMPARE(again.tries, 0);
    QCOMPARE(again.attempt, 2);
}

void StoreRecoveryTest::ownClaimsAreNotRecovered() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    journal.claim();
    QCOMPARE(journal.recover(journal.run, later(morning, 1h)).requeued, 0);
    COMPARE_NAMED(journal.state(id), MessageState::Sending);
}

void StoreRecoveryTest::claimsWithoutAnOwnerAreFound() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    journal.claim();
    journal.exec("UPDATE message SET claim_run = NULL, claim_steady = NULL");
    const auto report = journal.recover(journal.startRun("boot-1"), later(morning, 1s));
    QCOMPARE(report.requeued + report.uncertain, 1);
    QVERIFY(journal.state(id) != MessageState::Sending);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreRecoveryTest::theResendPolicyBeginsANewLife() {
    TestJournal journal;
    journal.exec("UPDATE account SET uncertain_policy = 1");
    const MessageId id = journal.add("oA");
    const std::string before = journal.message(id).clientMsgId;
    journal.claim();
    journal.run = journal.startRun("boot-1");
    journal.recover(journal.run, later(morning, 9min));
    const Message m = journal.message(id);
    COMPARE_NAMED(m.state, MessageState::Queued);
    QCOMPARE(m.life, 2);
    QVERIFY(m.clientMsgId != before);
    QVERIFY(!m.ambiguous);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreRecoveryTest::suspectsAreTakenOneByOne() {
    TestJournal journal;
    for (int i = 0; i < 3; ++i)
        journal.add("o" + std::to_string(i));
    Now now = morning;
    for (int crash = 1; crash <= 4; ++crash) {
        // In flight together they are suspects at most, however often the program dies.
        journal.exec("UPDATE message SET state = 2, attempts = attempts WHERE state = 3");
        if (crash == 1)
            QCOMPARE(journal.claim(10, now).messages.size(), 3U);
        else
            journal.exec("UPDATE counter SET n = CASE state WHEN 2 THEN 3 WHEN 3 THEN 0 ELSE n END");
        now = later(now, 1s);
        journal.run = journal.startRun("boot-1");
        QCOMPARE(journal.recover(journal.run, now).putAside, 0);
    }
    journal.add("oFresh");
    const ClaimReply together = journal.claim(10, now);
    QCOMPARE(together.messages.size(), 1U);
    QVERIFY(together.messages.at(0).openid == "oFresh");
    QVERIFY(together.suspectsWait);
    ClaimRequest request{journal.account, journal.run, 10, now};
    request.alone = true;
    const ClaimReply alone = journal.claim(request);
    QCOMPARE(alone.messages.size(), 1U);
    QVERIFY(alone.suspectsWait && alone.more);
}

void StoreRecoveryTest::messagesPutAsideAreNotResentByPolicy() {
    TestJournal journal;
    journal.exec("UPDATE account SET uncertain_policy = 1");
    const MessageId id = journal.add("oA");
    for (int crash = 0; crash < 3; ++crash) {
        ClaimRequest request{journal.account, journal.run, 10, morning};
        request.alone = true;
        journal.claim(request);
        journal.run = journal.startRun("boot-1");
        journal.recover(journal.run, later(morning, 1s));
        journal.exec("UPDATE message SET due_at = " + std::to_string(toMillis(morning.wall)));
    }
    COMPARE_NAMED(journal.state(id), MessageState::Uncertain);
}

void StoreRecoveryTest::aLateResultOfTheDeadRunChangesNothing() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    const ClaimedMessage old = journal.claim().messages.at(0);
    const RunId dead = std::exchange(journal.run, journal.startRun("boot-1"));
    journal.recover(journal.run, later(morning, 1s));
    QCOMPARE(journal.finish({TestJournal::result(old, dead, MessageState::Accepted)}), 1);
    COMPARE_NAMED(journal.state(id), MessageState::Retrying);
    journal.claim(10, later(morning, 1s));
    QCOMPARE(journal.finish({TestJournal::result(old, dead, MessageState::Dead)}), 1);
    COMPARE_NAMED(journal.state(id), MessageState::Sending);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreRecoveryTest::recoveringTwiceChangesNothing() {
    TestJournal journal;
    journal.addMany(journal.batch, 5);
    journal.claim(3);
    const RunId next = journal.startRun("boot-1");
    QCOMPARE(journal.recover(next, later(morning, 1s)).requeued, 3);
    const auto again = journal.recover(next, later(morning, 2s));
    QCOMPARE(again.requeued + again.uncertain + again.putAside, 0);
    QCOMPARE(journal.number("SELECT max(crashes) FROM message"), 1);
}

void StoreRecoveryTest::aRunIsRecordedFromStartToStop() {
    TestJournal journal;
    const RunId run = journal.write([&](store::WriteSession &session) {
        return store::startRun(session, {"desk-7", 4711, "boot-9"}, morning);
    });
    QVERIFY(run.value > journal.run.value);
    const std::string where = " FROM run WHERE id = " + std::to_string(run.value);
    COMPARE_TEXT(journal.list("SELECT node || ' ' || pid || ' ' || boot_id" + where), std::string("desk-7 4711 boot-9"));
    QCOMPARE(journal.number("SELECT stopped_at IS NULL" + where), 1);
    journal.write([&](store::WriteSession &session) { return store::endRun(session, run, morning.wall + 1h); });
    QCOMPARE(journal.number("SELECT stopped_at" + where), toMillis(morning.wall + 1h));
}

void StoreRecoveryTest::waitingRepeatsFollowACalendarThatWasSet_data() {
    QTest::addColumn<QString>("boot");
    QTest::addColumn<qint64>("setBySeconds");
    QTest::addColumn<qint64>("waitSeconds"); // after the restart, ten seconds later
    QTest::newRow("not set") << "boot-1" << qint64{0} << qint64{50};
    QTest::newRow("back a day") << "boot-1" << qint64{-86400} << qint64{50};
    QTest::newRow("ahead a day") << "boot-1" << qint64{86400} << qint64{50};
    QTest::newRow("rebooted, back a day") << "boot-2" << qint64{-86400} << qint64{60};
    QTest::newRow("rebooted, ahead a day") << "boot-2" << qint64{86400} << qint64{50 - 86400};
}

void StoreRecoveryTest::waitingRepeatsFollowACalendarThatWasSet() {
    QFETCH(QString, boot);
    QFETCH(qint64, setBySeconds);
    QFETCH(qint64, waitSeconds);
    TestJournal journal;
    const MessageId id = journal.add("oA");
    AttemptResult r = TestJournal::result(journal.claim().messages.at(0), journal.run, MessageState::Retrying);
    r.dueAt = morning.wall + 60s;
    journal.finish({r});
    const Now now{morning.wall + 10s + std::chrono::seconds{setBySeconds}, morning.steady + 10s};
    const RunId next = journal.write([&](store::WriteSession &session) {
        return store::startRun(session, {"node", 2, boot.toStdString()}, now);
    });
    journal.recover(next, now);
    QCOMPARE(toMillis(journal.message(id).dueAt) - toMillis(now.wall), waitSeconds * 1000);
    COMPARE_TEXT(journal.broken(), std::string());
}

QTEST_GUILESS_MAIN(StoreRecoveryTest)
#include "store_recovery_test.moc"
