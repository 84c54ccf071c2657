// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/simulator_fixture.h"

#include "app/simulator/ledger_report.h"

#include <QTest>

#include <set>
#include <thread>

using namespace std::chrono_literals;
using namespace songda::simulator;
using namespace songda::simulator::testing;

class SimulatorLedgerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void differentMessagesToOnePersonAreNoRepeat();
    void differentBytesUnderOneIdAreCounted();
    void sendsWithoutIdAreNeverRepeats();
    void unreadableBodiesOnlyCount();
    void copiesAreKeptInOrderUpToTheLimit();
    void reportsListTheFirstHundred();
    void csvHoldsEveryMessageOnce();
    void csvQuotesWhatItMust();
    void resetForgetsEverything();
    void threadsDoNotLoseCopies();
};

namespace {

LedgerEntry copyOf(std::string_view openid, std::string_view id, std::uint64_t bodyHash = 1) {
    LedgerEntry entry;
    entry.openid = openid;
    entry.clientMsgId = id;
    entry.bodyHash = bodyHash;
    entry.ifDuplicate = {OutcomeKind::Duplicate, true, 0, 0};
    return entry;
}

std::string wholeCsv(const Ledger &ledger) {
    std::string csv;
    const BodyStream stream = ledgerCsv(ledger);
    while (const auto piece = stream()) {
        csv += *piece;
    }
    return csv;
}

} // namespace

void SimulatorLedgerTest::differentMessagesToOnePersonAreNoRepeat() {
    Ledger ledger{LedgerSettings{}, noon};
    ledger.add(copyOf("oPerson", "1"), noon);
    ledger.add(copyOf("oPerson", "2"), noon);
    const LedgerSummary summary = ledger.summary();
    QCOMPARE(summary.openidsWithMoreThanOne, std::uint64_t{1});
    QCOMPARE(summary.notifiedTwiceCount, std::uint64_t{0});
    QCOMPARE(summary.recipients, std::uint64_t{1});
    QCOMPARE(summary.messages, std::uint64_t{2});
    QCOMPARE(ledger.received("oPerson").size(), std::size_t{2});
    QVERIFY(ledger.received("oOther").empty());
}

void SimulatorLedgerTest::differentBytesUnderOneIdAreCounted() {
    Ledger ledger{LedgerSettings{}, noon};
    for (const std::uint64_t bodyHash : {1, 1, 2, 3}) {
        ledger.add(copyOf("oPerson", "id", bodyHash), noon);
    }
    ledger.add(copyOf("oOther", "id", 4), noon);
    QCOMPARE(ledger.summary().bodyMismatch, std::uint64_t{1});
    QVERIFY(ledger.received("oPerson").at(0).bodiesDiffer);
    QVERIFY(!ledger.received("oOther").at(0).bodiesDiffer);
}

void SimulatorLedgerTest::sendsWithoutIdAreNeverRepeats() {
    Ledger ledger{LedgerSettings{}, noon};
    const std::uint64_t first = ledger.add(copyOf("oPerson", "", 1), noon).msgid;
    QVERIFY(ledger.add(copyOf("oPerson", "", 2), noon).msgid != first);
    const LedgerSummary summary = ledger.summary();
    QCOMPARE(summary.userCopies, std::uint64_t{2});
    QCOMPARE(summary.notifiedTwiceCount, std::uint64_t{0});
    QCOMPARE(summary.openidsWithMoreThanOne, std::uint64_t{1});
    QCOMPARE(summary.bodyMismatch, std::uint64_t{0});
    QCOMPARE(summary.withoutClientMsgId, std::uint64_t{2});
}

void SimulatorLedgerTest::unreadableBodiesOnlyCount() {
    Ledger ledger{LedgerSettings{}, noon};
    LedgerEntry entry;
    entry.outcome = Outcome::errcode(47001);
    QCOMPARE(ledger.add(entry, noon).msgid, std::uint64_t{0});
    const LedgerSummary summary = ledger.summary();
    QCOMPARE(summary.wireCopies, std::uint64_t{1});
    QCOMPARE(summary.messages, std::uint64_t{0});
    QCOMPARE(summary.byAnswer.at("47001"), std::uint64_t{1});
}

void SimulatorLedgerTest::copiesAreKeptInOrderUpToTheLimit() {
    LedgerSettings settings;
    settings.keptCopies = 128; // three in each of its 64 parts
    Ledger ledger{settings, noon};
    for (int i = 0; i < 10; ++i) {
        ledger.add(copyOf("oPerson", "id"), noon + std::chrono::seconds{i});
    }
    const LedgerRecord record = ledger.received("oPerson").at(0);
    QCOMPARE(record.wireCopies, 10U);
    QCOMPARE(record.userCopies, 1U);
    QCOMPARE(record.copies.size(), std::size_t{3});
    QCOMPARE(record.copies[0].answer, std::string{"ok"});
    QCOMPARE(record.copies[2].answer, std::string{"duplicate"});
    QVERIFY(record.copies[2].at == noon + 2s);
}

void SimulatorLedgerTest::reportsListTheFirstHundred() {
    Ledger ledger{LedgerSettings{}, noon};
    for (int i = 0; i < 250; ++i) {
        const std::string openid = "o" + std::to_string(i);
        ledger.add(copyOf(openid, "id"), noon);
        ledger.add(copyOf(openid, "id"), noon + 601s);
    }
    const LedgerSummary summary = ledger.summary();
    QCOMPARE(summary.notifiedTwiceCount, std::uint64_t{250});
    QCOMPARE(summary.notifiedTwice.size(), std::size_t{100});
    const nlohmann::json json = parsed(summaryJson(summary));
    QCOMPARE(json["notified_twice"].size(), std::size_t{100});
    QCOMPARE(json["by_answer"]["ok"].get<int>(), 500);
    const nlohmann::json person = parsed(recordsJson("o7", ledger.received("o7")));
    QCOMPARE(person["messages"][0]["user_copies"].get<int>(), 2);
}

void SimulatorLedgerTest::csvHoldsEveryMessageOnce() {
    Ledger ledger{LedgerSettings{}, noon};
    for (int i = 0; i < 5000; ++i) {
        ledger.add(copyOf("o" + std::to_string(i), "id"), noon);
    }
    const std::string csv = wholeCsv(ledger);
    std::set<std::string> lines;
    std::size_t from = 0;
    for (std::size_t end = csv.find("\r\n"); end != std::string::npos; end = csv.find("\r\n", from)) {
        lines.insert(csv.substr(from, end - from));
        from = end + 2;
    }
    QCOMPARE(lines.size(), std::size_t{5001});
    QVERIFY(lines.contains("openid,client_msg_id,wire_copies,user_copies,msgid"));
}

void SimulatorLedgerTest::csvQuotesWhatItMust() {
    Ledger ledger{LedgerSettings{}, noon};
    ledger.add(copyOf("o,1", "say \"id\""), noon);
    QVERIFY(wholeCsv(ledger).find("\"o,1\",\"say \"\"id\"\"\",1,1,") != std::string::npos);
}

void SimulatorLedgerTest::resetForgetsEverything() {
    Ledger ledger{LedgerSettings{}, noon};
    const std::uint64_t first = ledger.add(copyOf("oPerson", "id"), noon).msgid;
    ledger.reset();
    QCOMPARE(ledger.summary().wireCopies, std::uint64_t{0});
    QVERIFY(ledger.add(copyOf("oPerson", "id"), noon).msgid != first);
}

void SimulatorLedgerTest::threadsDoNotLoseCopies() {
    Ledger ledger{LedgerSettings{}, noon};
    const auto work = [&ledger] {
        for (int i = 0; i < 20'000; ++i) {
            const std::string openid = "o" + std::to_string(i % 5000);
            ledger.add(copyOf(openid, "id"), noon);
        }
    };
    std::thread one{work};
    std::thread two{work};
    one.join();
    two.join();
    const LedgerSummary summary = ledger.summary();
    QCOMPARE(summary.wireCopies, std::uint64_t{40'000});
    QCOMPARE(summary.userCopies, std::uint64_t{5000});
    QCOMPARE(summary.duplicatesDropped, std::uint64_t{35'000});
}

QTEST_GUILESS_MAIN(SimulatorLedgerTest)
#include "simulator_ledger_test.moc"
