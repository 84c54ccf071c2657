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

class StoreDeskActsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void actsApplyOnlyToTheirStates_data();
    void actsApplyOnlyToTheirStates();
    void aGroupAsItWasSeenIsLeftByWhatCameLater_data();
    void aGroupAsItWasSeenIsLeftByWhatCameLater();
    void discardedCanBeRestoredAsTheyWere_data();
    void discardedCanBeRestoredAsTheyWere();
    void cancelledByHandAreNotRestored();
    void cancelledMessagesAreNotSent();
    void everyTouchedMessageIsInTheAudit();
    void chunksTouchEachMessageOnce();
    void filtersNarrowAnAct();
    void auditPagesAreNewestFirst();
    void paceSpreadsTheDueTimes();
    void anotherTimeIsNotForWhatCannotWait();
};

void StoreDeskActsTest::actsApplyOnlyToTheirStates_data() {
    QTest::addColumn<DeskAct>("kind");
    QTest::addColumn<QString>("applies");
    QTest::newRow("resend") << DeskAct::Resend << QStringLiteral("6 7 8 9 10");
    QTest::newRow("discard") << DeskAct::Discard << QStringLiteral("6 7 8");
    QTest::newRow("cancel") << DeskAct::Cancel << QStringLiteral("0 1 3");
    QTest::newRow("hold") << DeskAct::Hold << QStringLiteral("1 3");
    QTest::newRow("release") << DeskAct::Release << QStringLiteral("0");
    QTest::newRow("reschedule") << DeskAct::Reschedule << QStringLiteral("0 1 3");
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
        const auto after = [&] {
            switch (kind) {
            case DeskAct::Resend:
            case DeskAct::Release: return MessageState::Queued;
            case DeskAct::Hold: return MessageState::Held;
            case DeskAct::Reschedule: return state;
            default: return MessageState::Cancelled;
            }
        }();
        if (expected)
            COMPARE_NAMED(journal.state(id), after);
        // The planted row has no attempts: only the sums and the times are of interest here.
        const std::string broken = journal.broken();
        for (const char *sum : {"counters", "causes", "terminal is terminal"})
            QVERIFY2(broken.find(sum) == std::string::npos, broken.c_str());
    }
}

void StoreDeskActsTest::aGroupAsItWasSeenIsLeftByWhatCameLater_data() {
    QTest::addColumn<DeskAct>("kind");
    QTest::newRow("discard") << DeskAct::Discard;
    QTest::newRow("resend") << DeskAct::Resend;
}

/// What ends while a group is worked through was seen by nobody.
void StoreDeskActsTest::aGroupAsItWasSeenIsLeftByWhatCameLater() {
    QFETCH(DeskAct, kind);
    TestJournal journal;
    const MessageId first = journal.addIn(MessageState::Dead, "oA");
    const MessageId second = journal.addIn(MessageState::Dead, "oB");
    const MessageId fresh = journal.addIn(MessageState::Dead, "oC", later(morning, 5min));
    ActRequest request;
    request.act = kind;
    request.filter.cause = "43004";
    request.filter.endedTo = morning.wall + 1min;
    {
        auto database = journal.reader();
        MessageFilter planned = request.filter;
        planned.states = store::statesFor(DeskAct::Discard);
        const auto runs = must(store::planRuns(database, must(store::narrow(database, planned))));
        QCOMPARE(runs.size(), std::size_t(1));
        COMPARE_TEXT(std::string(runs.front().index), std::string("INDEXED BY message_dead_time"));
    }
    request.limit = 1; // in chunks, which must not lose their way
    std::int64_t done = 0;
    for (;;) {
        const ActChunk chunk = act(journal, request, later(morning, 10min));
        done += chunk.done;
        if (!chunk.next)
            break;
        request.before = chunk.next;
    }
    QCOMPARE(done, 2);
    const MessageState after = kind == DeskAct::Discard ? MessageState::Cancelled : MessageState::Queued;
    COMPARE_NAMED(journal.state(first), after);
    COMPARE_NAMED(journal.state(second), after);
    COMPARE_NAMED(journal.state(fresh), MessageState::Dead);
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
        + "; UPDATE cause_summary SET n = 1; INSERT INTO cause_summary VALUES(7, '47003', 1, 1, 0, 0);"
          " UPDATE dead_summary SET n = 1; INSERT INTO dead_summary SELECT hour, batch_id, state, '47003', 1 FROM dead_summary");
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

void StoreDeskActsTest::anotherTimeIsNotForWhatCannotWait() {
    TestJournal journal;
    const MessageId id = journal.add("oA");
    const Now now = later(morning, 1min);
    ActRequest request = on(DeskAct::Reschedule, id);
    request.dueAt = now.wall + 1h;
    QCOMPARE(act(journal, request, now).done, 1);
    const auto due = [&] { return journal.number("SELECT due_at FROM message"); };
    const auto scheduled = [&] { return journal.number("SELECT scheduled FROM message"); };
    QCOMPARE(due(), toMillis(request.dueAt));
    QCOMPARE(scheduled(), 1);
    request.dueAt = {};
    QCOMPARE(act(journal, request, now).done, 1);
    QCOMPARE(due(), toMillis(now.wall)); // at once
    QCOMPARE(scheduled(), 0);
    // Of no use any more by then.
    journal.exec("UPDATE message SET expires_at = " + std::to_string(toMillis(now.wall + 30min)));
    request.dueAt = now.wall + 1h;
    QCOMPARE(act(journal, request, now).skipped, 1);
    request.dueAt = now.wall + 10min;
    QCOMPARE(act(journal, request, now).done, 1);
    // It may have arrived: its repeat is recognised for eight minutes only.
    journal.exec("UPDATE message SET state = 3, ambiguous_wall = 5, ambiguous_steady = 5, ambiguous_run = 1; UPDATE counter SET state = 3");
    QCOMPARE(act(journal, request, now).skipped, 1);
    request.dueAt = {};
    QCOMPARE(act(journal, request, now).done, 1);
}

QTEST_GUILESS_MAIN(StoreDeskActsTest)
#include "store_desk_acts_test.moc"
