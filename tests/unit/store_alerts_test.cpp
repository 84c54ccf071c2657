// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/store/alerts_table.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

Alert alertOf(const std::string &account, WallTime at, AlertRule rule = AlertRule::AccountHeld) {
    Alert alert;
    alert.key = {rule, account, {}};
    alert.level = levelOf(rule);
    alert.since = alert.firedAt = alert.lastAt = at;
    alert.value = 0.25;
    return alert;
}

class Book : public TestJournal {
public:
    std::int64_t add(const Alert &alert) {
        return write([&](store::WriteSession &session) { return store::insertAlert(session, alert); });
    }
    void end(Alert alert, std::int64_t id, WallTime at) {
        alert.id = id;
        alert.recoveredAt = at;
        write([&](store::WriteSession &session) { return store::updateAlert(session, alert); });
    }
    std::vector<Alert> alerts(store::AlertsWanted wanted) {
        return write([&](store::WriteSession &session) { return store::readAlerts(session.database(), wanted, 100'000); });
    }
    std::vector<store::DueTelling> due(WallTime now) {
        return write([&](store::WriteSession &session) { return store::dueTellings(session.database(), now, 100); });
    }
};

} // namespace

class StoreAlertsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameThingHasOneOpenAlert();
    void whatAPersonWroteStays();
    void pastOnesAreBounded();
    void aNoticeIsDueUntilItIsTakenOrGivenUp();
    void aSinkThatIsRemovedIsToldNothing();
};

void StoreAlertsTest::theSameThingHasOneOpenAlert() {
    Book book;
    const Alert held = alertOf("shop", morning.wall);
    const std::int64_t first = book.add(held);
    Result<std::int64_t> again = 0;
    book.write([&](store::WriteSession &session) -> Result<bool> {
        again = store::insertAlert(session, held);
        return true;
    });
    QVERIFY(!again);
    book.end(held, first, morning.wall + 1h);
    QVERIFY(book.add(held) > first);
    QCOMPARE(book.alerts(store::AlertsWanted::Open).size(), std::size_t{1});
    QCOMPARE(book.alerts(store::AlertsWanted::Past).size(), std::size_t{1});
    QCOMPARE(book.alerts(store::AlertsWanted::Engine).size(), std::size_t{2}); // its end was not told yet
}

void StoreAlertsTest::whatAPersonWroteStays() {
    Book book;
    Alert held = alertOf("shop", morning.wall);
    held.id = book.add(held);
    const auto acknowledge = [&](const char *who) {
        return book.write([&](store::WriteSession &session) { return store::acknowledgeAlert(session, held.id, who, "soon", morning.wall + 1s); });
    };
    QVERIFY(acknowledge("li"));
    QVERIFY(!acknowledge("wang"));
    held.value = 7;
    held.toldAt = morning.wall + 2s;
    book.write([&](store::WriteSession &session) { return store::updateAlert(session, held); });
    const Alert read = book.alerts(store::AlertsWanted::Open).front();
    QCOMPARE(read.acknowledgedBy, std::string("li"));
    QCOMPARE(read.note, std::string("soon"));
    QCOMPARE(read.value, 7.0);
    QVERIFY(read.toldAt == held.toldAt);
    book.end(held, held.id, morning.wall + 3s);
    QVERIFY(!acknowledge("wang"));
}

void StoreAlertsTest::pastOnesAreBounded() {
    Book book;
    for (int i = 0; i < 300; ++i) {
        const Alert alert = alertOf("a" + std::to_string(i), morning.wall);
        book.end(alert, book.add(alert), morning.wall + std::chrono::hours(i));
    }
    book.add(alertOf("open", morning.wall - 1000h));
    book.write([&](store::WriteSession &session) { return store::trimAlerts(session, morning.wall + 100h, 1000); });
    QCOMPARE(book.alerts(store::AlertsWanted::Past).size(), std::size_t{200});
    book.write([&](store::WriteSession &session) { return store::trimAlerts(session, morning.wall, 50); });
    const auto left = book.alerts(store::AlertsWanted::Past);
    QCOMPARE(left.size(), std::size_t{50});
    QCOMPARE(left.front().key.account, std::string("a299"));
    QCOMPARE(book.alerts(store::AlertsWanted::Open).size(), std::size_t{1}); // however old it is
}

void StoreAlertsTest::aNoticeIsDueUntilItIsTakenOrGivenUp() {
    Book book;
    Alert held = alertOf("shop", morning.wall);
    held.id = book.add(held);
    store::StoredSink sink;
    sink.sink.target = "https://example.com/";
    sink.settings = "{}";
    const std::int64_t id = book.write([&](store::WriteSession &session) { return store::insertSink(session, sink); });
    for (const char *event : {"e1", "e2"})
        book.write([&](store::WriteSession &session) { return store::insertTelling(session, {id, sink.sink.target, event, "fired", "{}", {held.id}}, morning.wall); });
    QCOMPARE(book.due(morning.wall).size(), std::size_t{2});
    const auto record = [&](std::int64_t telling, bool taken, bool dead, int tries) {
        book.write([&](store::WriteSession &session) {
            return store::recordTellings(session, {{telling, id, tries, taken, dead, morning.wall, morning.wall + 5min, "HTTP 500"}});
        });
    };
    const auto due = book.due(morning.wall);
    record(due[0].id, true, false, 1);
    record(due[1].id, false, false, 1);
    QVERIFY(book.due(morning.wall).empty());
    QCOMPARE(book.due(morning.wall + 5min).size(), std::size_t{1});
    record(due[1].id, false, true, 6);
    QVERIFY(book.due(morning.wall + 100h).empty());
    const auto read = book.write([&](store::WriteSession &session) { return store::readSinks(session.database()); });
    QCOMPARE(read.size(), std::size_t{1});
    QCOMPARE(read[0].sink.taken, 1);
    QCOMPARE(read[0].sink.failures, 2);
    QCOMPARE(read[0].sink.dead, 1);
    const auto tellings = book.write([&](store::WriteSession &session) { return store::readTellings(session.database(), held.id); });
    QCOMPARE(tellings.size(), std::size_t{2});
    QVERIFY(tellings[0].dead && tellings[0].tries == 6 && tellings[1].taken);
}

void StoreAlertsTest::aSinkThatIsRemovedIsToldNothing() {
    Book book;
    store::StoredSink sink;
    sink.settings = "{}";
    const std::int64_t id = book.write([&](store::WriteSession &session) { return store::insertSink(session, sink); });
    book.write([&](store::WriteSession &session) { return store::insertTelling(session, {id, "x", "e1", "fired", "{}", {}}, morning.wall); });
    QVERIFY(book.write([&](store::WriteSession &session) { return store::removeSink(session, id); }));
    QVERIFY(!book.write([&](store::WriteSession &session) { return store::removeSink(session, id); }));
    QVERIFY(book.due(morning.wall + 1h).empty());
    const std::int64_t next = book.write([&](store::WriteSession &session) { return store::insertSink(session, sink); });
    QVERIFY(next > id); // a secret goes by the number
}

QTEST_GUILESS_MAIN(StoreAlertsTest)
#include "store_alerts_test.moc"
