// SPDX-License-Identifier: GPL-3.0-or-later
//
// Batches that stand still: while their rows come in, until a second person agrees, because somebody paused them; and the time
// in which what was let go can still be taken back.
#include "tests/simulation/test_journal.h"

#include "engine/store/approvals.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

/// A batch that ada queues rows of.
struct Lists : TestJournal {
    void ask(const char *who = "ada") {
        write([&](store::WriteSession &session) { return store::askForBatch(session, batch, who, morning.wall); });
    }
    bool settle(std::int64_t over) {
        return write([&](store::WriteSession &session) { return store::settleBatch(session, batch, over); });
    }
    bool set(BatchState state, const char *who, const char *reason = "", WallTime at = morning.wall) {
        return write([&](store::WriteSession &session) { return store::setBatchState(session, batch, state, {who, reason}, at); });
    }
    Batch read() {
        auto database = reader();
        return must(store::readBatch(database, batch));
    }
    std::string hold() { return read().hold ? read().hold->detail : "none"; }
    void add(int messages) {
        for (int i = 0; i < messages; ++i)
            TestJournal::add("oPerson" + std::to_string(++m_people));
    }

private:
    int m_people = 0;
};

} // namespace

class StoreApprovalsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whileRowsComeInABatchStandsStill() {
        Lists lists;
        lists.ask();
        lists.add(3);
        COMPARE_TEXT(lists.hold(), std::string(importHold));
        QVERIFY(!lists.settle(3));
        COMPARE_TEXT(lists.hold(), std::string("none"));
        QVERIFY(!lists.read().approval.waits());
        lists.ask("otto");
        lists.add(1);
        QVERIFY(lists.settle(3));
        COMPARE_TEXT(lists.hold(), std::string(approvalHold));
        QVERIFY(lists.read().approval.askedFor("otto"));
    }

    void aPauseDuringAnImportStays() {
        for (const std::int64_t over : {10, 2}) {
            Lists lists;
            lists.ask();
            lists.add(2);
            QVERIFY(lists.set(BatchState::Paused, "otto", "the wrong list"));
            lists.ask(); // the next rows
            lists.add(2);
            QCOMPARE(lists.settle(over), over == 2);
            COMPARE_TEXT(lists.hold(), std::string("the wrong list"));
            COMPARE_TEXT(lists.read().hold->by, std::string("otto"));
            QVERIFY(lists.read().state == BatchState::Paused);
            QVERIFY(!lists.set(BatchState::Paused, "ada", "another word")); // what a person said stands
            COMPARE_TEXT(lists.hold(), std::string("the wrong list"));
        }
    }

    void whatWasCutOffIsFoundAndSettled() {
        Lists lists;
        lists.ask();
        lists.add(2);
        {
            auto database = lists.reader();
            const auto unsettled = must(store::unsettledBatches(database));
            QCOMPARE(unsettled.size(), std::size_t(1));
            QVERIFY(unsettled.front().id == lists.batch);
        }
        QVERIFY(!lists.settle(2));
        QVERIFY(lists.read().state == BatchState::Active);
        auto database = lists.reader();
        QVERIFY(must(store::unsettledBatches(database)).empty());
    }

    void whatNeedsNobodyIsForgottenAsAsked() {
        Lists lists;
        lists.ask();
        lists.add(2);
        const auto agree = [&](std::int64_t over, const char *who) {
            return lists.write([&](store::WriteSession &session) { return store::agreeToBatch(session, lists.batch, over, {who, ""}, morning.wall); });
        };
        QVERIFY(!agree(2, "ada"));
        QVERIFY(!lists.read().approval.waits());
        QVERIFY(agree(1, "otto"));
        // Active ones are not agreed to.
        lists.set(BatchState::Active, "otto");
        lists.add(1);
        QVERIFY(!agree(1, "sue"));
        QCOMPARE(lists.number("SELECT count(*) FROM audit WHERE act = 'batch.approve'"), 1);
    }

    void whatIsLetGoCanStillBeTakenBack() {
        Lists lists;
        lists.add(2);
        const NewMessage scheduled = Lists::newMessage("oLater", morning.wall + 1h);
        lists.TestJournal::add(lists.batch, scheduled);
        lists.exec("UPDATE batch SET recall = 30000");
        lists.write([&](store::WriteSession &session) { return session.run("UPDATE batch SET state = 1, hold_by = 'ada', hold_since = 0, hold_reason = ?1", seedHold); });
        QVERIFY(lists.set(BatchState::Active, "ada", "looked at it", morning.wall + 10min));
        QVERIFY(lists.read().leavesAt == morning.wall + 10min + 30s);
        const auto claim = [&](Millis after) {
            ClaimRequest request;
            request.account = lists.account;
            request.run = lists.run;
            request.now = later(morning, after);
            request.limit = 10;
            return lists.write([&](store::WriteSession &session) { return store::claimDue(session, request); });
        };
        const ClaimReply early = claim(10min + 29s);
        QCOMPARE(early.messages.size(), std::size_t(0));
        QVERIFY(!early.more);
        QVERIFY(early.nextDue == morning.wall + 10min + 30s);
        const ClaimReply then = claim(10min + 30s);
        QCOMPARE(then.messages.size(), std::size_t(2));
        QVERIFY(then.nextDue == morning.wall + 1h); // a time that is later stands
        // A pause of what runs has no such time.
        lists.set(BatchState::Paused, "ada", "", morning.wall + 20min);
        lists.set(BatchState::Active, "ada", "", morning.wall + 30min);
        QVERIFY(lists.read().leavesAt == morning.wall + 10min + 30s);
    }
};

QTEST_GUILESS_MAIN(StoreApprovalsTest)
#include "store_approvals_test.moc"
