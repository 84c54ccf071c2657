// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/store/archive.h"
#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"
#include "engine/store/reports.h"
#include "engine/store/summaries.h"
#include "engine/store/suppressions.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

constexpr const char *beyondSigned = "18446744073709551557"; // above 2^63

/// A journal whose answers bear msgids of the test's choice.
class Reported final : public TestJournal {
public:
    EventReceipt report(AccountId of, const std::string &msgid, const std::string &status, const std::string &openid = {},
        std::optional<WallTime> at = std::nullopt) {
        EventReceipt receipt;
        write([&](store::WriteSession &session) {
            return store::recordReport(session, of, {msgid, openid, status, at}, morning.wall + 1min, receipt);
        });
        return receipt;
    }
    EventReceipt report(const std::string &msgid, const std::string &status, const std::string &openid = {}) {
        return report(account, msgid, status, openid);
    }
    /// Claims this message alone.
    ClaimedMessage claimOf(AccountId of, MessageId id, Now now = morning) {
        std::optional<ClaimedMessage> found;
        for (ClaimedMessage &claimed : claim(ClaimRequest{of, run, 1000, now}).messages) {
            if (claimed.id == id)
                found = std::move(claimed);
            else
                release({claimed});
        }
        return found.value();
    }
    void end(const ClaimedMessage &claimed, MessageState next, const std::string &msgid) {
        AttemptResult r = result(claimed, run, next);
        r.outcome.msgid = msgid;
        r.life = claimed.life;
        QCOMPARE(finish({r}), 0);
    }
    MessageId accepted(const std::string &openid, const std::string &msgid) {
        const MessageId id = add(openid);
        end(claimOf(account, id), MessageState::Accepted, msgid);
        return id;
    }
    void resend(MessageId id) {
        store::ActRequest request;
        request.filter.ids = {id};
        request.run = run;
        request.bootId = "boot-1";
        request.mayArriveTwice = true;
        request.audit = write([&](store::WriteSession &session) {
            return store::recordAct(session, {"li", "asked for"}, "message.resend", "", 0, morning.wall);
        });
        const auto chunk = write([&](store::WriteSession &session) { return store::actOnChunk(session, request, later(morning, 1h)); });
        QCOMPARE(chunk.done, 1);
    }
    /// "delivered success", or what else it is.
    std::string fate(MessageId id) const {
        const Message m = message(id);
        return std::string(toString(m.state)) + (m.cause.empty() ? "" : " " + m.cause) + (m.reportStatus.empty() ? "" : " [" + m.reportStatus + "]");
    }
    std::int64_t waiting() const { return number("SELECT count(*) FROM report WHERE message_id IS NULL"); }
};

} // namespace

class StoreReportsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWordsDecide_data();
    void theWordsDecide();
    void onceMoreIsOnce();
    void theFirstVerdictStands();
    void unknownWordsAreKeptAndOvertaken();
    void aReportBeforeTheAnswerWaitsForIt();
    void aReportOfAMessageUnderWayWaitsForItsEnd();
    void aReportBesideARepeat_data();
    void aReportBesideARepeat();
    void anUncertainMessageThatIsReported_data();
    void anUncertainMessageThatIsReported();
    void idsAreComparedDigitForDigit_data();
    void idsAreComparedDigitForDigit();
    void anotherAccountsReportIsNot();
    void anotherPersonsReportIsNot();
    void unknownOnesAreKeptOnce();
    void onesWithoutMsgidAreKeptEach();
    void aLateReportOfAnEarlierLifeUndoesNothing_data();
    void aLateReportOfAnEarlierLifeUndoesNothing();
    void theSecondLifeHasItsOwnReport();
    void whatWasReportedOfEachLifeIsKept();
    void aRepeatUnderTheSameIdKeepsItsReport();
    void aBlockPutsThePersonOnTheListAndAnArrivalTakesThemOff();
    void anAcceptedMessageDoesNotLiftABlock();
    void whatIsReportedIsCountedTrue();
    void archivedMessagesTakeTheirReportsAlong();
    void longWordsAreCut();
};

void StoreReportsTest::theWordsDecide_data() {
    QTest::addColumn<std::string>("status");
    QTest::addColumn<std::string>("fate");
    QTest::newRow("success") << std::string("success") << std::string("delivered [success]");
    QTest::newRow("block") << std::string("failed:user block") << std::string("undelivered user_block [failed:user block]");
    QTest::newRow("system") << std::string("failed: system failed") << std::string("undelivered system_failed [failed: system failed]");
    QTest::newRow("new failure") << std::string("failed: moon phase") << std::string("undelivered system_failed [failed: moon phase]");
    QTest::newRow("unknown") << std::string("perhaps") << std::string("accepted [perhaps]");
}

void StoreReportsTest::theWordsDecide() {
    QFETCH(std::string, status);
    QFETCH(std::string, fate);
    Reported journal;
    const MessageId id = journal.accepted("oA", "1700827132819554305");
    const WallTime finished = journal.message(id).finishedAt.value();
    journal.report("1700827132819554305", status, "oA");
    COMPARE_TEXT(journal.fate(id), fate);
    QVERIFY(journal.message(id).reportedAt == morning.wall + 1min);
    QVERIFY(journal.message(id).finishedAt == finished);
    QCOMPARE(journal.waiting(), 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::onceMoreIsOnce() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    QCOMPARE(journal.report("17", "success", "oA").delivered, 1);
    for (int i = 0; i < 3; ++i) {
        const EventReceipt again = journal.report("17", "success", "oA");
        QCOMPARE(again.repeated, 1);
        QCOMPARE(again.delivered, 0);
    }
    QCOMPARE(journal.number("SELECT count(*) FROM report"), 1);
    COMPARE_TEXT(journal.fate(id), std::string("delivered [success]"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::theFirstVerdictStands() {
    Reported journal;
    const MessageId good = journal.accepted("oA", "17");
    const MessageId bad = journal.accepted("oB", "19");
    journal.report("17", "success");
    QCOMPARE(journal.report("17", "failed: system failed").noted, 1);
    journal.report("19", "failed: system failed");
    QCOMPARE(journal.report("19", "success").noted, 1);
    COMPARE_TEXT(journal.fate(good), std::string("delivered [success]"));
    COMPARE_TEXT(journal.fate(bad), std::string("undelivered system_failed [failed: system failed]"));
    QCOMPARE(journal.number("SELECT count(*) FROM report WHERE message_id IS NOT NULL"), 4); // the words are kept
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::unknownWordsAreKeptAndOvertaken() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    QCOMPARE(journal.report("17", "perhaps").noted, 1);
    QCOMPARE(journal.report("17", "success").delivered, 1);
    QCOMPARE(journal.report("17", "whatever").noted, 1);
    COMPARE_TEXT(journal.fate(id), std::string("delivered [success]"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::aReportBeforeTheAnswerWaitsForIt() {
    Reported journal;
    const MessageId id = journal.add("oA");
    const ClaimedMessage claim = journal.claimOf(journal.account, id);
    QCOMPARE(journal.report(beyondSigned, "success", "oA").waiting, 1);
    COMPARE_TEXT(journal.fate(id), std::string("sending"));
    QCOMPARE(journal.waiting(), 1);
    journal.end(claim, MessageState::Accepted, beyondSigned);
    COMPARE_TEXT(journal.fate(id), std::string("delivered [success]"));
    QCOMPARE(journal.waiting(), 0);
    QCOMPARE(journal.report(beyondSigned, "success", "oA").repeated, 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::aReportOfAMessageUnderWayWaitsForItsEnd() {
    Reported journal;
    const MessageId id = journal.add("oA");
    journal.end(journal.claimOf(journal.account, id), MessageState::Retrying, "17");
    const ClaimedMessage repeat = journal.claimOf(journal.account, id, later(morning, 1min));
    QCOMPARE(journal.report("17", "success", "oA").waiting, 1);
    COMPARE_TEXT(journal.fate(id), std::string("sending -1")); // its claim is out
    COMPARE_TEXT(journal.broken(), std::string());
    journal.end(repeat, MessageState::Accepted, "17");
    COMPARE_TEXT(journal.fate(id), std::string("delivered [success]"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::aReportBesideARepeat_data() {
    QTest::addColumn<std::string>("status");
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("after");
    // It arrived: nothing is repeated. That it failed is believed once its repeat has ended, which may say otherwise.
    QTest::newRow("arrived") << std::string("success") << std::string("delivered [success]") << std::string();
    QTest::newRow("failed") << std::string("failed: system failed") << std::string("retrying -1") << std::string("undelivered system_failed [failed: system failed]");
    QTest::newRow("unknown") << std::string("perhaps") << std::string("retrying -1") << std::string("accepted [perhaps]");
}

void StoreReportsTest::aReportBesideARepeat() {
    QFETCH(std::string, status);
    QFETCH(std::string, before);
    QFETCH(std::string, after);
    Reported journal;
    const MessageId id = journal.add("oA");
    journal.end(journal.claimOf(journal.account, id), MessageState::Retrying, "17");
    journal.report("17", status, "oA");
    COMPARE_TEXT(journal.fate(id), before);
    COMPARE_TEXT(journal.broken(), std::string());
    if (after.empty()) {
        QCOMPARE(journal.claim(1000, later(morning, 1min)).messages.size(), 0U);
        return;
    }
    journal.end(journal.claimOf(journal.account, id, later(morning, 1min)), MessageState::Accepted, "17");
    COMPARE_TEXT(journal.fate(id), after);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::anUncertainMessageThatIsReported_data() {
    QTest::addColumn<bool>("first");
    QTest::addColumn<std::string>("status");
    QTest::addColumn<std::string>("fate");
    for (const bool first : {false, true}) {
        const char *when = first ? "while the last claim was out" : "afterwards";
        QTest::addRow("success %s", when) << first << std::string("success") << std::string("delivered [success]");
        QTest::addRow("block %s", when) << first << std::string("failed:user block") << std::string("undelivered user_block [failed:user block]");
    }
}

void StoreReportsTest::anUncertainMessageThatIsReported() {
    QFETCH(bool, first);
    QFETCH(std::string, status);
    QFETCH(std::string, fate);
    Reported journal;
    const MessageId id = journal.add("oA");
    journal.end(journal.claimOf(journal.account, id), MessageState::Retrying, "17");
    // Its program dies; when the next looks, the time for a safe repeat is over.
    journal.claimOf(journal.account, id, later(morning, 1min));
    if (first)
        QCOMPARE(journal.report("17", status, "oA").waiting, 1);
    const RunId next = journal.startRun("boot-1", morning.wall + 1h);
    QCOMPARE(journal.recover(next, later(morning, 1h)).uncertain, 1);
    if (!first)
        journal.report("17", status, "oA");
    COMPARE_TEXT(journal.fate(id), fate);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::idsAreComparedDigitForDigit_data() {
    QTest::addColumn<std::string>("given");
    QTest::addColumn<std::string>("reported");
    const auto row = [](const char *name, const char *given, const char *reported) {
        QTest::newRow(name) << std::string(given) << std::string(reported);
    };
    row("2^53 and its neighbour", "9007199254740993", "9007199254740992");
    row("19 digits", "1700827132819554305", "1700827132819554304");
    row("above 2^63", beyondSigned, "18446744073709551558");
    row("2^63 and -2^63", "9223372036854775808", "9223372036854775807");
    row("above 2^64", "36893488147419103233", "36893488147419103232");
    row("a leading zero", "007", "7");
    row("two leading zeros", "007", "0007");
    row("a longer one", "170", "1700");
}

void StoreReportsTest::idsAreComparedDigitForDigit() {
    QFETCH(std::string, given);
    QFETCH(std::string, reported);
    Reported journal;
    const MessageId id = journal.accepted("oA", given);
    COMPARE_TEXT(journal.message(id).msgid, given);
    QCOMPARE(journal.report(reported, "success", "oA").waiting, 1);
    COMPARE_TEXT(journal.fate(id), std::string("accepted"));
    QCOMPARE(journal.report(given, "success", "oA").delivered, 1);
    // The same when the report comes first.
    const MessageId second = journal.add("oB");
    const ClaimedMessage claim = journal.claimOf(journal.account, second);
    journal.report("5" + reported, "failed: system failed", "oB");
    journal.report("5" + given, "success", "oB");
    journal.end(claim, MessageState::Accepted, "5" + given);
    COMPARE_TEXT(journal.fate(second), std::string("delivered [success]"));
    COMPARE_TEXT(journal.list("SELECT msgid FROM report ORDER BY id"), reported + " " + given + " 5" + reported + " 5" + given);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::anotherAccountsReportIsNot() {
    Reported journal;
    const AccountId other = journal.addAccount("other");
    const BatchId otherBatch = journal.addBatch(other, journal.addTemplate(other, 'b'));
    const MessageId mine = journal.accepted("oA", "17");
    const MessageId theirs = journal.add(other, otherBatch, TestJournal::newMessage("oA")).id;
    const ClaimedMessage claim = journal.claimOf(other, theirs);
    // Known here, not there; the same person's openid.
    QCOMPARE(journal.report(other, "17", "failed: system failed", "oA").waiting, 1);
    COMPARE_TEXT(journal.fate(mine), std::string("accepted"));
    QCOMPARE(journal.report("17", "success", "oA").delivered, 1);
    COMPARE_TEXT(journal.fate(theirs), std::string("sending"));
    journal.end(claim, MessageState::Accepted, "17");
    COMPARE_TEXT(journal.fate(theirs), std::string("undelivered system_failed [failed: system failed]"));
    COMPARE_TEXT(journal.fate(mine), std::string("delivered [success]"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::anotherPersonsReportIsNot() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    QCOMPARE(journal.report("17", "success", "oB").waiting, 1);
    COMPARE_TEXT(journal.fate(id), std::string("accepted"));
    QCOMPARE(journal.report("17", "success").delivered, 1); // that names nobody
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::unknownOnesAreKeptOnce() {
    Reported journal;
    QCOMPARE(journal.report("17", "success", "oX").waiting, 1);
    QCOMPARE(journal.report("17", "success", "oX").repeated, 1);
    QCOMPARE(journal.report("17", "failed: system failed", "oX").waiting, 1);
    QCOMPARE(journal.waiting(), 2);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::onesWithoutMsgidAreKeptEach() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    QCOMPARE(journal.report("", "success", "oA").withoutMsgid, 1);
    QCOMPARE(journal.report("", "success", "oA").withoutMsgid, 1);
    QCOMPARE(journal.waiting(), 2);
    COMPARE_TEXT(journal.fate(id), std::string("accepted")); // whose it is, is not guessed
    journal.accepted("oB", "");
    COMPARE_TEXT(journal.list("SELECT status FROM report WHERE message_id IS NOT NULL"), std::string());
}

void StoreReportsTest::aLateReportOfAnEarlierLifeUndoesNothing_data() {
    QTest::addColumn<std::string>("late");
    QTest::addColumn<std::string>("state");
    for (const char *late : {"success", "failed:user block", "failed: system failed, again"}) {
        for (const char *state : {"queued", "sending", "accepted", "delivered", "dead"})
            QTest::addRow("%s, then %s", state, late) << std::string(late) << std::string(state);
    }
}

void StoreReportsTest::aLateReportOfAnEarlierLifeUndoesNothing() {
    QFETCH(std::string, late);
    QFETCH(std::string, state);
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    journal.report("17", "failed: system failed", "oA");
    journal.resend(id);
    if (state != "queued") {
        const ClaimedMessage claim = journal.claimOf(journal.account, id, later(morning, 1h));
        if (state == "dead")
            journal.end(claim, MessageState::Dead, "");
        else if (state != "sending")
            journal.end(claim, MessageState::Accepted, "19");
        if (state == "delivered")
            journal.report("19", "success", "oA");
    }
    const std::string before = journal.fate(id);
    QVERIFY(before.starts_with(state));
    QCOMPARE(journal.report("17", late, "oA").noted, 1);
    COMPARE_TEXT(journal.fate(id), before);
    QCOMPARE(journal.waiting(), 0); // it is known whose it was
    QCOMPARE(journal.report("17", late, "oA").repeated, 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::theSecondLifeHasItsOwnReport() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    journal.report("17", "failed: system failed", "oA");
    journal.resend(id);
    COMPARE_TEXT(journal.fate(id), std::string("queued"));
    const ClaimedMessage claim = journal.claimOf(journal.account, id, later(morning, 1h));
    journal.report("19", "success", "oA"); // before its answer
    journal.end(claim, MessageState::Accepted, "19");
    COMPARE_TEXT(journal.fate(id), std::string("delivered [success]"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::whatWasReportedOfEachLifeIsKept() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    journal.report("17", "failed: system failed", "oA");
    journal.resend(id);
    QVERIFY(journal.message(id).reportStatus.empty());
    journal.end(journal.claimOf(journal.account, id, later(morning, 1h)), MessageState::Accepted, "18");
    journal.report("18", "success", "oA");
    auto database = journal.reader();
    const auto reports = must(store::readReportsOf(database, id));
    QCOMPARE(reports.size(), std::size_t(2));
    QVERIFY((reports[0] == PastReport{1, morning.wall + 1min, "failed: system failed", false}));
    QVERIFY((reports[1] == PastReport{2, morning.wall + 1min, "success", true}));
    QVERIFY(must(store::readReportsOf(database, journal.add("oB"))).empty());
}

void StoreReportsTest::aRepeatUnderTheSameIdKeepsItsReport() {
    Reported journal;
    const MessageId id = journal.add("oA");
    // In doubt, with an id that some answer had told; resent while the platform still drops a repeat.
    journal.end(journal.claimOf(journal.account, id), MessageState::Uncertain, "17");
    store::ActRequest request;
    request.filter.ids = {id};
    request.run = journal.run;
    request.bootId = "boot-1";
    request.audit = journal.write([&](store::WriteSession &session) {
        return store::recordAct(session, {"li", "asked for"}, "message.resend", "", 0, morning.wall);
    });
    journal.write([&](store::WriteSession &session) { return store::actOnChunk(session, request, later(morning, 1min)); });
    COMPARE_TEXT(journal.fate(id), std::string("queued"));
    QCOMPARE(journal.report("17", "success", "oA").waiting, 1);
    journal.end(journal.claimOf(journal.account, id, later(morning, 2min)), MessageState::Accepted, "17");
    COMPARE_TEXT(journal.fate(id), std::string("delivered [success]"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::aBlockPutsThePersonOnTheListAndAnArrivalTakesThemOff() {
    Reported journal;
    journal.accepted("oA", "17");
    const MessageId early = journal.accepted("oA", "19");
    const MessageId second = journal.accepted("oA", "21");
    journal.report(journal.account, "17", "failed:user block", "oA", morning.wall + 10s);
    const MessageId next = journal.add("oA");
    journal.claim(1000, later(morning, 1min));
    COMPARE_TEXT(journal.fate(next), std::string("dead suppressed"));
    COMPARE_TEXT(journal.list("SELECT cause FROM suppression WHERE lifted_at IS NULL"), std::string("user_block"));
    // One that had arrived before says nothing of now.
    journal.report(journal.account, "19", "success", "oA", morning.wall + 5s);
    COMPARE_TEXT(journal.fate(early), std::string("delivered [success]"));
    QCOMPARE(journal.number("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"), 1);
    journal.report(journal.account, "21", "success", "oA", morning.wall + 20s);
    COMPARE_TEXT(journal.fate(second), std::string("delivered [success]"));
    QCOMPARE(journal.number("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"), 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::anAcceptedMessageDoesNotLiftABlock() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    journal.report("17", "failed:user block", "oA");
    journal.resend(id); // a person may
    journal.end(journal.claimOf(journal.account, id, later(morning, 1h)), MessageState::Accepted, "19");
    QCOMPARE(journal.number("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"), 1);
    journal.report("19", "success", "oA");
    QCOMPARE(journal.number("SELECT count(*) FROM suppression WHERE lifted_at IS NULL"), 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::whatIsReportedIsCountedTrue() {
    Reported journal;
    for (int i = 0; i < 30; ++i)
        journal.accepted("o" + std::to_string(i), std::to_string(100 + i));
    for (int i = 0; i < 30; ++i)
        journal.report(std::to_string(100 + i), i % 3 == 0 ? "success" : i % 3 == 1 ? "failed:user block" : "failed: system failed");
    const StateCounts counts = journal.writer->counts().at(journal.batch);
    QCOMPARE(counts[MessageState::Delivered], 10);
    QCOMPARE(counts[MessageState::Undelivered], 20);
    QCOMPARE(counts[MessageState::Accepted], 0);
    auto database = journal.reader();
    std::map<std::string, std::int64_t> groups;
    for (const CauseGroup &group : must(store::readCauseGroups(database, morning.wall)))
        groups[group.cause] = group.count;
    QCOMPARE(groups["user_block"], 10);
    QCOMPARE(groups["system_failed"], 10);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::archivedMessagesTakeTheirReportsAlong() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    journal.report("17", "failed: system failed", "oA");
    journal.resend(id);
    journal.end(journal.claimOf(journal.account, id, later(morning, 1h)), MessageState::Accepted, "19");
    journal.report("19", "success", "oA");
    journal.report("23", "success", "oX");
    journal.accepted("oB", "29"); // the newest stays
    const std::string file = journal.dir.filePath(QStringLiteral("old.db")).toStdString();
    QCOMPARE(must(store::writeArchive(journal.path(), file, morning.wall + 24h)), 1);
    auto archive = must(store::openArchive(file));
    QCOMPARE(must(archive.scalar("SELECT count(*) FROM report")).value(), 2);
    QCOMPARE(must(archive.scalar("SELECT count(*) FROM earlier_msgid")).value(), 1);
    const auto messages = must(store::readArchived(archive, {}, 100));
    QCOMPARE(journal.write([&](store::WriteSession &session) { return store::deleteArchived(session, messages, morning.wall, std::chrono::days{35}); }), 1);
    COMPARE_TEXT(journal.list("SELECT msgid FROM report"), std::string("23"));
    QCOMPARE(journal.number("SELECT count(*) FROM earlier_msgid"), 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreReportsTest::longWordsAreCut() {
    Reported journal;
    const MessageId id = journal.accepted("oA", "17");
    journal.report("17", std::string(100'000, 'x') + "\n<b>", "oA");
    QVERIFY(journal.message(id).reportStatus.size() <= 256);
    QCOMPARE(journal.report("17", std::string(100'000, 'x') + "\n<b>", "oA").repeated, 1);
}

QTEST_GUILESS_MAIN(StoreReportsTest)
#include "store_reports_test.moc"
