// SPDX-License-Identifier: GPL-3.0-or-later
//
// What hooks are to be told is written by whatever moves a message to an end, in the same transaction.
#include "tests/simulation/test_journal.h"

#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"
#include "engine/store/message_pages.h"
#include "engine/store/hook_deliveries.h"
#include "engine/store/hook_outcomes.h"
#include "engine/store/hooks_table.h"
#include "engine/store/reports.h"

#include <QTest>
#include <nlohmann/json.hpp>
#include <set>
#include <sqlite3.h>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

class Hooked final : public TestJournal {
public:
    std::int64_t hook(HookStates states = HookStates::all(), std::optional<AccountId> of = std::nullopt) {
        Hook h;
        h.url = "https://orders.example.com/";
        h.states = states;
        h.account = of;
        h.createdAt = morning.wall;
        h.createdBy = "li";
        return write([&](store::WriteSession &session) { return store::insertHook(session, h); });
    }
    void end(MessageId id, MessageState next, const std::string &msgid = {}, Now now = morning) {
        for (ClaimedMessage &claimed : claim(ClaimRequest{account, run, 1000, now}).messages) {
            if (claimed.id != id) {
                release({claimed});
                continue;
            }
            AttemptResult r = result(claimed, run, next);
            r.outcome.msgid = msgid;
            r.life = claimed.life;
            QCOMPARE(finish({r}), 0);
        }
    }
    void act(store::DeskAct what, MessageId id) {
        store::ActRequest request;
        request.act = what;
        request.filter.ids = {id};
        request.run = run;
        request.bootId = "boot-1";
        request.mayArriveTwice = true;
        request.audit = write([&](store::WriteSession &session) {
            return store::recordAct(session, {"li", "asked for"}, store::auditName(what), "", 0, morning.wall);
        });
        const auto chunk = write([&](store::WriteSession &session) { return store::actOnChunk(session, request, later(morning, 1h)); });
        QCOMPARE(chunk.done, 1);
    }
    void report(const std::string &msgid, const char *status) {
        EventReceipt receipt;
        write([&](store::WriteSession &session) { return store::recordReport(session, account, {msgid, {}, status, {}}, morning.wall + 1min, receipt); });
    }
    std::vector<store::DueDelivery> due(std::int64_t of, WallTime at = morning.wall) const {
        auto database = reader();
        return must(store::dueDeliveries(database, of, at, 1000));
    }
    /// "accepted delivered", in order.
    std::string told(std::int64_t of) const {
        std::string names;
        for (const store::DueDelivery &d : due(of))
            names += (names.empty() ? "" : " ") + nlohmann::json::parse(d.body)["data"]["state"].get<std::string>();
        return names;
    }
    /// So many deliveries, made so long ago: never tried, to be tried again at a time, or dead.
    void plant(std::int64_t of, int count, std::optional<WallTime> dueAt = std::nullopt, bool dead = false, Millis age = 0ms) {
        exec("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count)
            + ") INSERT INTO hook_delivery(hook_id, event_id, message_id, body, created_at, due_at, tries, dead_at)"
              " SELECT " + std::to_string(of) + ", 'evt_' || i, i, '{}', " + std::to_string(toMillis(morning.wall - age)) + ", "
            + std::to_string(dueAt ? toMillis(*dueAt) : 0) + ", " + (dueAt || dead ? "1" : "0") + ", " + (dead ? "1" : "NULL") + " FROM n");
    }
    Hook theHook() const {
        auto database = reader();
        return must(store::readHooks(database)).at(0);
    }
    std::int64_t waiting() const { return number("SELECT count(*) FROM hook_delivery"); }
};

} // namespace

class StoreHookOutcomesTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutAHookNothingIsWritten();
    void eachWayToAnEndIsTold();
    void reportsAreTold();
    void onlyWhatIsWished();
    void whatIsTold();
    void withoutASendersTraceThereIsOneOfOurs();
    void undoneTogether();
    void triesAndTheEnd();
    void removedWithWhatWaited();
    void nothingIsReadForWhatNobodyWishes();
    void neitherFreshNorRepeatedOnesStarve();
    void whatIsAtWorkIsNotReadAgain();
    void manyAreChangedInChunks();
    void tooOldOrTooManyAreDropped();
};

void StoreHookOutcomesTest::withoutAHookNothingIsWritten() {
    Hooked journal;
    journal.end(journal.add("oOne"), MessageState::Accepted, "1");
    QCOMPARE(journal.waiting(), 0);
    // One that comes later is not told of the past.
    const auto hook = journal.hook();
    QCOMPARE(journal.told(hook), std::string());
    journal.end(journal.add("oTwo"), MessageState::Accepted, "2");
    QCOMPARE(journal.told(hook), std::string("accepted"));
}

void StoreHookOutcomesTest::eachWayToAnEndIsTold() {
    Hooked journal;
    const auto hook = journal.hook();
    const MessageId id = journal.add("oOne");
    journal.end(id, MessageState::Retrying);
    QCOMPARE(journal.told(hook), std::string()); // not an end
    journal.end(id, MessageState::Dead, {}, later(morning, 1min));
    QCOMPARE(journal.told(hook), std::string("dead"));
    journal.act(store::DeskAct::Discard, id);
    QCOMPARE(journal.told(hook), std::string("dead cancelled"));
    journal.act(store::DeskAct::Restore, id);
    QCOMPARE(journal.told(hook), std::string("dead cancelled dead"));
    journal.act(store::DeskAct::Resend, id);
    QCOMPARE(journal.told(hook), std::string("dead cancelled dead")); // it is under way again
    journal.act(store::DeskAct::Cancel, id);
    QCOMPARE(journal.told(hook), std::string("dead cancelled dead cancelled"));
    // Out of its time; and damaged.
    const MessageId late = journal.add("oLate");
    journal.exec("UPDATE message SET expires_at = due_at + 1 WHERE id = " + std::to_string(late.value));
    const MessageId damaged = journal.add("oDamaged");
    journal.exec("UPDATE payload SET content = '{}' WHERE message_id = " + std::to_string(damaged.value));
    journal.release(journal.claim(ClaimRequest{journal.account, journal.run, 1000, later(morning, 2h)}).messages);
    QCOMPARE(journal.told(hook), std::string("dead cancelled dead cancelled expired dead"));
    // Left in flight by a dead program, and too old to repeat.
    journal.add("oFlying");
    QCOMPARE(journal.claim(ClaimRequest{journal.account, journal.run, 1000, later(morning, 3h)}).messages.size(), std::size_t{1});
    const RunId next = journal.startRun("boot-1");
    static_cast<void>(journal.write([&](store::WriteSession &session) { return store::recoverClaims(session, next, later(morning, 4h)); }));
    QCOMPARE(journal.told(hook), std::string("dead cancelled dead cancelled expired dead uncertain"));
    // All of them differ.
    std::set<std::string> ids;
    for (const auto &delivery : journal.due(hook))
        ids.insert(delivery.eventId);
    QCOMPARE(ids.size(), journal.due(hook).size());
}

void StoreHookOutcomesTest::reportsAreTold() {
    Hooked journal;
    const auto hook = journal.hook();
    journal.end(journal.add("oOne"), MessageState::Accepted, "11");
    journal.report("11", "success");
    journal.report("11", "success");
    QCOMPARE(journal.told(hook), std::string("accepted delivered"));
    journal.end(journal.add("oTwo"), MessageState::Accepted, "12");
    journal.report("12", "failed:user block");
    QCOMPARE(journal.told(hook), std::string("accepted delivered accepted undelivered"));
    // The report was there first: both ends are told, in their order.
    journal.report("13", "success");
    journal.end(journal.add("oThree"), MessageState::Accepted, "13");
    QCOMPARE(journal.told(hook), std::string("accepted delivered accepted undelivered accepted delivered"));
}

void StoreHookOutcomesTest::onlyWhatIsWished() {
    Hooked journal;
    const AccountId second = journal.addAccount("second");
    const auto failures = journal.hook({MessageState::Dead, MessageState::Undelivered});
    const auto elsewhere = journal.hook(HookStates::all(), second);
    const auto here = journal.hook(HookStates::all(), journal.account);
    journal.end(journal.add("oOne"), MessageState::Accepted, "11");
    journal.end(journal.add("oTwo"), MessageState::Dead);
    QCOMPARE(journal.told(failures), std::string("dead"));
    QCOMPARE(journal.told(elsewhere), std::string());
    QCOMPARE(journal.told(here), std::string("accepted dead"));
    // The same end is the same event, whoever is told.
    QCOMPARE(journal.due(failures)[0].eventId, journal.due(here)[1].eventId);
    QCOMPARE(journal.due(failures)[0].body, journal.due(here)[1].body);
}

void StoreHookOutcomesTest::withoutASendersTraceThereIsOneOfOurs() {
    Hooked journal;
    const auto hook = journal.hook();
    const MessageId id = journal.add("oOne");
    journal.end(id, MessageState::Accepted, "18446744073709551557");
    const auto due = journal.due(hook);
    QCOMPARE(due.size(), std::size_t{1});
    auto database = journal.reader();
    const std::string trace = store::traceIdOf(must(store::profileNonce(database)), id);
    const std::string span = due[0].eventId.substr(4, 16);
    QCOMPARE(due[0].traceparent, "00-" + trace + "-" + span + "-01");
    QVERIFY(store::messageOfTraceId(must(store::profileNonce(database)), due[0].traceparent.substr(3, 32)) == std::optional(id));
}

void StoreHookOutcomesTest::whatIsTold() {
    Hooked journal;
    const auto hook = journal.hook();
    const MessageId id = journal.add("oOne");
    journal.exec("INSERT INTO message_trace VALUES(" + std::to_string(id.value) + ", '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')");
    journal.end(id, MessageState::Accepted, "18446744073709551557");
    const auto due = journal.due(hook);
    QCOMPARE(due.size(), std::size_t{1});
    QCOMPARE(due[0].traceparent, std::string("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    QVERIFY(due[0].message == id);
    QVERIFY(due[0].eventId.starts_with("evt_") && due[0].eventId.size() == 36);
    const auto body = nlohmann::json::parse(due[0].body);
    QCOMPARE(body["type"].get<std::string>(), std::string("message.accepted"));
    const auto &data = body["data"];
    QCOMPARE(data["message_id"].get<std::int64_t>(), id.value);
    QCOMPARE(data["openid"].get<std::string>(), std::string("oOne"));
    QCOMPARE(data["account"].get<std::string>(), std::string("main"));
    QCOMPARE(data["msgid"].get<std::string>(), std::string("18446744073709551557"));
    QCOMPARE(data["attempts"].get<int>(), 1);
    QVERIFY(data["cause"].is_null() && data["idempotency_key"].is_null());
    QVERIFY(parseIso8601(body["timestamp"].get<std::string>()).has_value());
}

void StoreHookOutcomesTest::undoneTogether() {
    Hooked journal;
    const auto hook = journal.hook();
    const MessageId id = journal.add("oOne");
    const auto claimed = journal.claim(ClaimRequest{journal.account, journal.run, 10, morning}).messages;
    AttemptResult r = Hooked::result(claimed[0], journal.run, MessageState::Accepted);
    r.outcome.msgid = "11";
    const auto failed = journal.writer->submitAndWait(
        [&](store::WriteSession &session) -> Result<void> {
            const auto done = store::finishAttempts(session, {r});
            if (!done)
                return tl::unexpected(done.error());
            return fail(ErrorCode::Internal, "the disk is full");
        },
        store::JournalWriter::Isolation::Savepoint);
    QVERIFY(!failed);
    QCOMPARE(journal.told(hook), std::string());
    QCOMPARE(journal.finish({r}), 0);
    QCOMPARE(journal.told(hook), std::string("accepted"));
    // A result that comes too late moves nothing, and tells nothing.
    QCOMPARE(journal.finish({r}), 1);
    QCOMPARE(journal.told(hook), std::string("accepted"));
    QCOMPARE(id, claimed[0].id);
}

void StoreHookOutcomesTest::triesAndTheEnd() {
    Hooked journal;
    const auto hook = journal.hook();
    for (int i = 0; i < 3; ++i)
        journal.end(journal.add("oOne" + std::to_string(i)), MessageState::Accepted, std::to_string(i));
    const auto due = journal.due(hook);
    store::DeliveryResult taken{due[0].id, hook, 1, true, false, morning.wall, {}, "HTTP 200"};
    store::DeliveryResult again{due[1].id, hook, 1, false, false, morning.wall, morning.wall + 5s, "HTTP 500"};
    store::DeliveryResult dead{due[2].id, hook, 10, false, true, morning.wall + 1ms, {}, "no connection"};
    journal.write([&](store::WriteSession &session) { return store::recordDeliveries(session, {taken, again, dead}); });
    QVERIFY(journal.due(hook).empty());
    QCOMPARE(journal.due(hook, morning.wall + 5s).at(0).id, again.id);
    QCOMPARE(journal.due(hook, morning.wall + 5s).at(0).tries, 1);
    auto database = journal.reader();
    const Hook h = must(store::readHooks(database)).at(0);
    QCOMPARE(h.delivered, 1);
    QCOMPARE(h.failures, 2);
    QCOMPARE(h.waiting, 1);
    QCOMPARE(h.dead, 1);
    QCOMPARE(h.lastDetail, std::string("no connection"));
    QCOMPARE(journal.write([&](store::WriteSession &session) { return store::reviveDeliveries(session, hook); }), 1);
    // Due whatever the calendar says: it was set back since.
    QCOMPARE(journal.due(hook, morning.wall - std::chrono::days{365}).at(0).id, dead.id);
    QCOMPARE(journal.due(hook).at(0).tries, 0);
    // A calendar that was set back a year keeps nothing waiting for a year.
    journal.write([&](store::WriteSession &session) { return store::clampDeliveries(session, morning.wall - std::chrono::days{365}); });
    QCOMPARE(journal.due(hook, morning.wall - std::chrono::days{365}).size(), std::size_t{2});
    // Stopped once, and let go on once.
    const auto stop = [&](std::optional<std::string> why) {
        return journal.write([&](store::WriteSession &session) { return store::setHookStopped(session, hook, why, morning.wall); });
    };
    QVERIFY(stop("gone"));
    QVERIFY(!stop("gone again"));
    QVERIFY(stop(std::nullopt));
    QVERIFY(!stop(std::nullopt));
}

void StoreHookOutcomesTest::removedWithWhatWaited() {
    Hooked journal;
    const auto hook = journal.hook();
    journal.end(journal.add("oOne"), MessageState::Accepted, "11");
    QVERIFY(journal.write([&](store::WriteSession &session) { return store::beginHookRemoval(session, hook, morning.wall); }));
    QVERIFY(journal.theHook().stoppedAt);
    journal.end(journal.add("oMeanwhile"), MessageState::Accepted, "13");
    QCOMPARE(journal.waiting(), 1); // nothing more is written down for it
    QCOMPARE(journal.write([&](store::WriteSession &session) { return store::deleteDeliveries(session, hook); }), 1);
    journal.write([&](store::WriteSession &session) { return store::deleteHookRow(session, hook); });
    QVERIFY(!journal.write([&](store::WriteSession &session) { return store::beginHookRemoval(session, hook, morning.wall); }));
    QCOMPARE(journal.waiting(), 0);
    journal.end(journal.add("oTwo"), MessageState::Accepted, "12");
    QCOMPARE(journal.waiting(), 0);
    QVERIFY(journal.hook() != hook); // a number, and the secret that goes by it, is given once
}

void StoreHookOutcomesTest::nothingIsReadForWhatNobodyWishes() {
    Hooked journal;
    const auto hook = journal.hook({MessageState::Dead});
    static int reads = 0;
    reads = 0;
    journal.write([](store::WriteSession &session) -> Result<void> {
        const auto seen = [](unsigned, void *, void *, void *sql) {
            const std::string_view text = static_cast<const char *>(sql);
            reads += text.find("message_trace") != std::string_view::npos ? 1 : 0;
            return 0;
        };
        sqlite3_trace_v2(session.database().handle(), SQLITE_TRACE_STMT, seen, nullptr);
        return {};
    });
    journal.end(journal.add("oOne"), MessageState::Accepted, "1");
    QCOMPARE(reads, 0);
    journal.end(journal.add("oTwo"), MessageState::Dead);
    QCOMPARE(reads, 1);
    QCOMPARE(journal.told(hook), std::string("dead"));
}

void StoreHookOutcomesTest::neitherFreshNorRepeatedOnesStarve() {
    Hooked journal;
    const auto hook = journal.hook();
    journal.plant(hook, 1000);
    journal.plant(hook, 1000, morning.wall - 1min);
    auto database = journal.reader();
    const auto some = must(store::dueDeliveries(database, hook, morning.wall, 100));
    QCOMPARE(some.size(), std::size_t{100});
    QCOMPARE(std::count_if(some.begin(), some.end(), [](const auto &d) { return d.tries > 0; }), 25);
    // Mixed, not one after the other.
    QVERIFY(std::any_of(some.begin(), some.begin() + 4, [](const auto &d) { return d.tries > 0; }));
    QVERIFY(std::any_of(some.begin(), some.begin() + 4, [](const auto &d) { return d.tries == 0; }));
    // Where only one kind waits it has all there is to have but the others' share, or all.
    const auto repeated = journal.hook();
    journal.plant(repeated, 1000, morning.wall - 1min);
    QCOMPARE(must(store::dueDeliveries(database, repeated, morning.wall, 100)).size(), std::size_t{100});
    QVERIFY(must(store::dueDeliveries(database, repeated, morning.wall - 2min, 100)).empty());
}

void StoreHookOutcomesTest::whatIsAtWorkIsNotReadAgain() {
    Hooked journal;
    const auto hook = journal.hook();
    journal.plant(hook, 150);
    journal.plant(hook, 150, morning.wall - 1min);
    auto database = journal.reader();
    std::set<std::int64_t> known;
    for (int round = 0; round < 10 && known.size() < 300; ++round) {
        for (const auto &delivery : must(store::dueDeliveries(database, hook, morning.wall, 100, known)))
            QVERIFY(known.insert(delivery.id).second);
    }
    QCOMPARE(known.size(), std::size_t{300});
    QVERIFY(must(store::dueDeliveries(database, hook, morning.wall, 100, known)).empty());
}

void StoreHookOutcomesTest::manyAreChangedInChunks() {
    Hooked journal;
    const auto hook = journal.hook();
    const auto other = journal.hook();
    journal.plant(hook, 700, std::nullopt, true);
    journal.plant(hook, 300);
    journal.plant(hook, 300, morning.wall + 1h);
    journal.plant(other, 10);
    journal.plant(other, 10, std::nullopt, true);
    const auto revive = [&] { return journal.write([&](store::WriteSession &session) { return store::reviveDeliveries(session, hook); }); };
    QCOMPARE(revive(), 500);
    QCOMPARE(revive(), 200);
    QCOMPARE(revive(), 0);
    const auto remove = [&] { return journal.write([&](store::WriteSession &session) { return store::deleteDeliveries(session, hook); }); };
    QCOMPARE(remove(), 500);
    QCOMPARE(remove(), 500);
    QCOMPARE(remove(), 300);
    QCOMPARE(remove(), 0);
    QCOMPARE(journal.waiting(), 20); // the other's
}

void StoreHookOutcomesTest::tooOldOrTooManyAreDropped() {
    Hooked journal;
    const auto hook = journal.hook();
    journal.plant(hook, 200, std::nullopt, true, 48h);
    journal.plant(hook, 200, morning.wall + 1h, false, 48h);
    journal.plant(hook, 200, std::nullopt, false, 48h);
    for (const bool dead : {false, true})
        journal.plant(hook, 100, std::nullopt, dead);
    const auto old = [&] {
        return journal.write([&](store::WriteSession &session) { return store::dropOldDeliveries(session, hook, morning.wall - 24h); });
    };
    QCOMPARE(old(), 500);
    QCOMPARE(old(), 100);
    QCOMPARE(old(), 0);
    QCOMPARE(journal.theHook().dropped, 600);
    QCOMPARE(journal.theHook().waiting, 100);
    QCOMPARE(journal.theHook().dead, 100);
    // Those that were given up go before those that are still to be told, and of them the oldest.
    const std::string newest = journal.list("SELECT max(id) FROM hook_delivery WHERE dead_at IS NULL");
    QCOMPARE(journal.write([&](store::WriteSession &session) { return store::dropDeliveries(session, hook, 199); }), 199);
    QCOMPARE(journal.list("SELECT id FROM hook_delivery"), newest);
    QCOMPARE(journal.theHook().dropped, 799);
}

QTEST_GUILESS_MAIN(StoreHookOutcomesTest)
#include "store_hook_outcomes_test.moc"
