// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/compare.h"
#include "tests/simulation/test_journal.h"

#include "engine/store/desk_acts.h"
#include "engine/store/replays.h"
#include "engine/store/summaries.h"

#include <QElapsedTimer>
#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

constexpr auto hourLater = 1h;

struct Desk : TestJournal {
    std::vector<MessageId> dead(int count, const std::string &prefix = "o") {
        const auto ids = addMany(batch, count, prefix);
        std::vector<AttemptResult> results;
        for (const ClaimedMessage &claim : claim(count).messages)
            results.push_back(result(claim, run, MessageState::Dead));
        finish(results);
        return ids;
    }
    ReplayPlan plan(const MessageFilter &filter = {}) {
        auto database = reader();
        return must(store::freeze(database, filter, now, run, "boot-1"));
    }
    ReplayId start(const ReplayPlan &plan, const ReplayOptions &options) {
        return write([&](store::WriteSession &session) { return store::insertReplay(session, plan, "state:dead", options, {"li", options.reason}, now.wall); });
    }
    store::ReplayWork work(ReplayId id) {
        now = later(now, 100ms);
        return write([&](store::WriteSession &session) { return store::workOnReplay(session, id, {run, "boot-1", "engine"}, paceFrom, now); });
    }
    ReplayRun at(ReplayId id) {
        auto database = reader();
        return must(store::readReplay(database, id));
    }
    void set(ReplayId id, ReplayState state) {
        write([&](store::WriteSession &session) { return store::setReplayState(session, id, state, {"li", "because"}, now.wall); });
    }
    /// Sends what is due; message `fault` dies of something nobody has seen yet.
    void deliver(MessageId fault = {}) {
        std::vector<AttemptResult> results;
        for (const ClaimedMessage &c : claim(ClaimRequest{account, run, 5000, now}).messages) {
            results.push_back(result(c, run, c.id == fault ? MessageState::Dead : MessageState::Accepted, now));
            if (c.id == fault) {
                results.back().outcome.cause = "47003";
                results.back().outcome.errcode = 47003;
            }
            sent.push_back(c.id);
        }
        finish(results);
    }

    Now now = later(morning, hourLater);
    store::PaceTime paceFrom;
    std::vector<MessageId> sent;
};

ReplayOptions ladder(std::vector<int> steps = usualLadder()) {
    ReplayOptions options;
    options.reason = "mended";
    options.ladder.steps = std::move(steps);
    return options;
}

} // namespace

class StoreReplaysTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFingerprintIsThatOfTheSortedIds();
    void aPlanSaysWhatWillBecomeOfThem();
    void whatSaysOfItselfThatItMayHaveArrivedIsCountedSo();
    void aLadderStopsAtItsFaultAndTheRestGoesLater();
    void whatChangedSinceItWasFrozenIsLeft();
    void doubtfulOnesAreLeftWithoutAYes();
    void aReplayGoesOnWithAnotherRun();
    void pausedNothingGoesAndCancelledIsForGood();
    void paceSpacesTheDueTimes();
    void paceIsKeptWhateverItIs_data();
    void paceIsKeptWhateverItIs();
    void aLargeListIsAcceptedAtOnce();
    void oddsAreCountedByWhatTheLifeBeforeDiedOf();
    void notesStandWithTheirCause();
};

void StoreReplaysTest::theFingerprintIsThatOfTheSortedIds() {
    // printf '1\n2\n10\n' | sha256sum
    QCOMPARE(store::fingerprintOf({MessageId{1}, MessageId{2}, MessageId{10}}),
        std::string("29186ee59865abdf5f37da40cefc9e7f345e49860aefd7a8f43438cdaf88f856"));
    QVERIFY(store::fingerprintOf({MessageId{1}}) != store::fingerprintOf({MessageId{2}}));
}

void StoreReplaysTest::aPlanSaysWhatWillBecomeOfThem() {
    Desk desk;
    desk.dead(30);
    desk.addIn(MessageState::Uncertain, "oDoubt");
    desk.addIn(MessageState::Accepted, "oFine");
    desk.exec("INSERT INTO suppression(account_id, recipient_hash, openid, cause, since) SELECT 1, recipient_hash, openid, 'opt_out', 0 FROM message WHERE openid = 'o3'");
    const ReplayPlan plan = desk.plan();
    QCOMPARE(plan.size(), 31);
    QCOMPARE(plan.willGo, 29);
    QCOMPARE(plan.needConfirmation, 1);
    QCOMPARE(plan.refused, 1);
    QCOMPARE(plan.held, 0);
    QCOMPARE(plan.causes.size(), std::size_t(2));
    QVERIFY(std::is_sorted(plan.ids->begin(), plan.ids->end()));
    desk.exec("UPDATE template SET hold_cause = '40037', hold_by = 'engine', hold_since = 0, hold_detail = ''");
    QCOMPARE(desk.plan().held, 29);
    MessageFilter one;
    one.cause = "43004";
    QCOMPARE(desk.plan(one).size(), 30);
    QVERIFY(desk.plan(one).fingerprint != plan.fingerprint);
}

/// WeChat was busy until no try was left: the row knows, and no attempt does.
void StoreReplaysTest::whatSaysOfItselfThatItMayHaveArrivedIsCountedSo() {
    Desk desk;
    desk.dead(3);
    desk.exec("UPDATE message SET ambiguous_wall = 0, ambiguous_steady = 0, ambiguous_run = 1 WHERE openid = 'o1'");
    const ReplayPlan plan = desk.plan();
    QCOMPARE(plan.willGo, 2);
    QCOMPARE(plan.needConfirmation, 1);
}

void StoreReplaysTest::aLadderStopsAtItsFaultAndTheRestGoesLater() {
    Desk desk;
    const auto ids = desk.dead(700);
    const MessageId fault = ids[149];
    const ReplayId id = desk.start(desk.plan(), ladder());
    for (int i = 0; i < 200 && desk.at(id).state == ReplayState::Running; ++i) {
        desk.work(id);
        desk.deliver(fault);
    }
    const ReplayRun stopped = desk.at(id);
    COMPARE_NAMED(stopped.state, ReplayState::Stopped);
    COMPARE_NAMED(stopped.stop, ReplayStop::NewCause);
    QCOMPARE(stopped.stopCause, std::string("47003"));
    QVERIFY2(stopped.position >= 150 && stopped.position <= 200, qPrintable(QString::number(stopped.position)));
    QCOMPARE(static_cast<std::int64_t>(desk.sent.size()), stopped.position);
    QVERIFY(std::is_sorted(desk.sent.begin(), desk.sent.end())); // in the order of the list
    QCOMPARE(stopped.failed, 1);
    for (int i = 0; i < 5; ++i) {
        desk.work(id);
        desk.deliver();
    }
    QCOMPARE(static_cast<std::int64_t>(desk.sent.size()), stopped.position); // stopped is stopped
    desk.set(id, ReplayState::Running);
    QCOMPARE(desk.at(id).step, 0); // feels its way anew
    for (int i = 0; i < 400 && desk.at(id).state == ReplayState::Running; ++i) {
        desk.work(id);
        desk.deliver();
    }
    const ReplayRun done = desk.at(id);
    COMPARE_NAMED(done.state, ReplayState::Done);
    QCOMPARE(done.released, 700);
    QCOMPARE(done.accepted, 699);
    QCOMPARE(done.failed, 1);
    QCOMPARE(desk.number("SELECT count(*) FROM audit_item WHERE audit_id = " + std::to_string(done.audit.value)), 700);
    QCOMPARE(desk.number("SELECT n FROM audit WHERE id = " + std::to_string(done.audit.value)), 700);
    COMPARE_TEXT(desk.list("SELECT act FROM audit ORDER BY id"), std::string("message.resend replay.stop replay.resume"));
    QCOMPARE(desk.number("SELECT count(*) FROM replay_item"), 0);
    COMPARE_TEXT(desk.broken(), std::string());
}

void StoreReplaysTest::whatChangedSinceItWasFrozenIsLeft() {
    Desk desk;
    const auto ids = desk.dead(5);
    const ReplayId id = desk.start(desk.plan(), ladder({}));
    // One is put away, one is sent again by hand and dies anew, and somebody else's dies meanwhile.
    desk.now = later(desk.now, 1min);
    for (const auto &[kind, which] : {std::pair{store::DeskAct::Discard, ids[0]}, {store::DeskAct::Resend, ids[1]}}) {
        store::ActRequest request;
        request.act = kind;
        request.audit = AuditId{99};
        desk.write([&](store::WriteSession &session) { return store::DeskActor(session, request, desk.now).act(which); });
    }
    for (const ClaimedMessage &claim : desk.claim(ClaimRequest{desk.account, desk.run, 10, desk.now}).messages)
        desk.finish(claim, MessageState::Dead, desk.now);
    desk.dead(3, "later");
    while (desk.at(id).state == ReplayState::Running) {
        desk.work(id);
        desk.deliver();
    }
    const ReplayRun done = desk.at(id);
    QCOMPARE(done.size, 5);
    QCOMPARE(done.skipped, 2);
    QCOMPARE(done.accepted, 3);
    COMPARE_NAMED(desk.state(ids[0]), MessageState::Cancelled);
    COMPARE_NAMED(desk.state(ids[1]), MessageState::Dead);
    COMPARE_TEXT(desk.broken(), std::string());
}

void StoreReplaysTest::doubtfulOnesAreLeftWithoutAYes() {
    Desk desk;
    desk.dead(2);
    const MessageId doubt = desk.addIn(MessageState::Uncertain, "oDoubt");
    for (const bool agreed : {false, true}) {
        ReplayOptions options = ladder({});
        options.mayArriveTwice = agreed;
        const ReplayId id = desk.start(desk.plan(), options);
        while (desk.at(id).state == ReplayState::Running) {
            desk.work(id);
            desk.deliver();
        }
        QCOMPARE(desk.at(id).needConfirmation, agreed ? 0 : 1);
        const MessageState expected = agreed ? MessageState::Accepted : MessageState::Uncertain;
        COMPARE_NAMED(desk.state(doubt), expected);
    }
}

void StoreReplaysTest::aReplayGoesOnWithAnotherRun() {
    Desk desk;
    desk.dead(60);
    const ReplayId id = desk.start(desk.plan(), ladder());
    for (int i = 0; i < 15; ++i) {
        desk.work(id);
        desk.deliver();
    }
    const std::int64_t before = desk.at(id).position;
    QVERIFY(before > 0 && before < 60);
    desk.work(id); // let go, and the program ends
    desk.run = desk.startRun("boot-1", desk.now.wall);
    desk.recover(desk.run, desk.now);
    while (desk.at(id).state == ReplayState::Running) {
        desk.work(id);
        desk.deliver();
    }
    QCOMPARE(desk.at(id).accepted, 60);
    QCOMPARE(desk.sent.size(), std::size_t(60));
    COMPARE_TEXT(desk.broken(), std::string());
}

void StoreReplaysTest::pausedNothingGoesAndCancelledIsForGood() {
    Desk desk;
    desk.dead(40);
    const ReplayId id = desk.start(desk.plan(), ladder());
    desk.work(id);
    desk.set(id, ReplayState::Paused);
    desk.deliver();
    desk.work(id);
    QCOMPARE(desk.at(id).accepted, 1); // what had been let go is still counted
    QCOMPARE(desk.at(id).released, 1);
    desk.set(id, ReplayState::Running);
    desk.work(id);
    QCOMPARE(desk.at(id).released, 2);
    desk.set(id, ReplayState::Cancelled);
    desk.deliver();
    desk.work(id);
    QCOMPARE(desk.at(id).released, 2);
    QVERIFY(desk.at(id).finishedAt.has_value());
    const auto again = desk.writer->submitAndWait(
        [&](store::WriteSession &session) { return store::setReplayState(session, id, ReplayState::Running, {"li", ""}, desk.now.wall); });
    QVERIFY(!again.has_value());
    COMPARE_TEXT(desk.broken(), std::string());
}

void StoreReplaysTest::paceSpacesTheDueTimes() {
    Desk desk;
    desk.dead(100);
    ReplayOptions options = ladder({});
    options.pace = 20;
    const ReplayId id = desk.start(desk.plan(), options);
    const WallTime begin = desk.now.wall;
    while (desk.at(id).state == ReplayState::Running) {
        desk.work(id);
        desk.deliver();
    }
    QCOMPARE(desk.number("SELECT min(d) FROM (SELECT due_at - lag(due_at) OVER (ORDER BY due_at) AS d FROM message)"), 50);
    // Hundred at twenty a second: the last is due 4.95 s after the first, and nothing left earlier than due.
    QCOMPARE(desk.number("SELECT max(due_at) - min(due_at) FROM message"), 4950);
    QCOMPARE(desk.number("SELECT count(*) FROM message m JOIN attempt a ON a.message_id = m.id AND a.life = 2 WHERE a.started_at < m.due_at"), 0);
    QVERIFY(desk.now.wall - begin >= 4950ms && desk.now.wall - begin <= 5300ms);
}

void StoreReplaysTest::paceIsKeptWhateverItIs_data() {
    QTest::addColumn<int>("pace");
    for (const int pace : {70, 150, 300, 600, 2000})
        QTest::addRow("%d a second", pace) << pace;
}

void StoreReplaysTest::paceIsKeptWhateverItIs() {
    QFETCH(int, pace);
    Desk desk;
    const int count = 2 * pace;
    desk.dead(count);
    ReplayOptions options = ladder({});
    options.pace = pace;
    const ReplayId id = desk.start(desk.plan(), options);
    while (desk.at(id).state == ReplayState::Running) {
        desk.work(id);
        desk.deliver();
    }
    const auto spread = desk.number("SELECT max(due_at) - min(due_at) FROM message");
    const double reached = 1000.0 * (count - 1) / static_cast<double>(spread);
    qInfo("%d messages within %lld ms: %.1f a second", count, static_cast<long long>(spread), reached);
    QVERIFY(reached > 0.95 * pace && reached < 1.05 * pace);
    QCOMPARE(desk.number("SELECT count(*) FROM message m JOIN attempt a ON a.message_id = m.id AND a.life = 2 WHERE a.started_at < m.due_at"), 0);
}

void StoreReplaysTest::aLargeListIsAcceptedAtOnce() {
    Desk desk;
    ReplayPlan plan;
    auto ids = std::make_shared<std::vector<MessageId>>();
    for (std::int64_t i = 0; i < 200'000; ++i)
        ids->push_back(MessageId{1'000'000 + i * 7});
    plan.ids = ids;
    plan.fingerprint = store::fingerprintOf(*ids);
    plan.frozenAt = desk.now.wall;
    QElapsedTimer timer;
    timer.start();
    const ReplayId id = desk.start(plan, ladder());
    qInfo("a list of 200000 was accepted in %lld ms", static_cast<long long>(timer.elapsed()));
    QCOMPARE(desk.at(id).size, 200'000);
    // All of them have their turn, although none is there any more.
    while (desk.at(id).state == ReplayState::Running)
        desk.work(id);
    QCOMPARE(desk.at(id).skipped, 200'000);
}

void StoreReplaysTest::oddsAreCountedByWhatTheLifeBeforeDiedOf() {
    Desk desk;
    const auto ids = desk.dead(4);
    const ReplayId id = desk.start(desk.plan(), ladder({}));
    while (desk.at(id).state == ReplayState::Running) {
        desk.work(id);
        desk.deliver(ids[2]);
    }
    auto database = desk.reader();
    const RetryOdds odds = must(store::readOdds(database, desk.account, "43004"));
    QCOMPARE(odds.tried, 4);
    QCOMPARE(odds.helped, 3);
    const auto groups = must(store::readCauseGroups(database, desk.now.wall));
    QCOMPARE(groups.size(), std::size_t(1));
    QCOMPARE(groups.front().cause, std::string("47003"));
    QCOMPARE(groups.front().odds.tried, 0);
    QCOMPARE(groups.front().hourly.size(), std::size_t(24));
    QCOMPARE(groups.front().hourly.back(), 1); // the attempt of a moment ago
}

void StoreReplaysTest::notesStandWithTheirCause() {
    Desk desk;
    desk.dead(3);
    const auto note = [&](const std::string &text) {
        desk.write([&](store::WriteSession &session) { return store::setCauseNote(session, desk.account, "43004", text, "li", desk.now.wall); });
        auto database = desk.reader();
        return must(store::readCauseGroups(database, desk.now.wall)).front().note;
    };
    QCOMPARE(note("asked the shop").text, std::string("asked the shop"));
    QCOMPARE(note("the shop mends it on Monday").by, std::string("li"));
    QVERIFY(note("").text.empty());
}

QTEST_GUILESS_MAIN(StoreReplaysTest)
#include "store_replays_test.moc"
