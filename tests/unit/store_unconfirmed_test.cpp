// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/policy/radar.h"
#include "engine/store/reports.h"
#include "engine/store/unconfirmed.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

class Reported final : public TestJournal {
public:
    /// Sends so many, a minute apart, from `from` on, and has all reported but every `lost`th.
    std::vector<MessageId> send(int n, Now from, int lost) {
        std::vector<MessageId> missing;
        const auto ids = addMany(batch, n, "o" + std::to_string(toMillis(from.wall)) + "x", morning.wall);
        for (int i = 0; i < n; ++i) {
            const Now at = later(from, std::chrono::minutes{i});
            const ClaimedMessage claimed = claim(ClaimRequest{account, run, 1, at}).messages.at(0);
            AttemptResult r = result(claimed, run, MessageState::Accepted, at);
            finish({r});
            if (lost > 0 && i % lost == lost - 1) {
                missing.push_back(claimed.id);
                continue;
            }
            EventReceipt receipt;
            write([&](store::WriteSession &session) {
                return store::recordReport(session, account, {r.outcome.msgid, {}, i % 5 == 0 ? "failed:user block" : "success", {}}, at.wall + 2s, receipt);
            });
        }
        return missing;
    }
    /// What is sent of an account, read in steps of so many rows.
    std::vector<store::SentMessage> sent(AccountId of, WallTime since, int step = 50'000, std::size_t most = 200'000) const {
        auto database = reader();
        store::SentScan scan({of}, since, most, step);
        while (must(scan.readOn(database))) { }
        return scan.of(of);
    }
    RadarReport radar(WallTime now, AccountId of) const {
        auto database = reader();
        const auto list = sent(of, now - 24h, 37);
        std::vector<RadarSighting> sightings;
        for (const auto &message : list)
            sightings.push_back({message.acceptedAt, message.reportedAt});
        RadarReport report;
        report.lastReport = must(store::readLastReport(database, of));
        const RadarVerdict verdict = judgeReports(sightings, report.lastReport.has_value(), now);
        report.state = verdict.state;
        report.considered = verdict.considered;
        report.missing = verdict.missing;
        report.unheard = verdict.unheard;
        std::vector<store::SentMessage> first;
        for (auto it = verdict.missingOnes.rbegin(); it != verdict.missingOnes.rend() && first.size() < 5; ++it)
            first.push_back(list[*it]);
        report.first = must(store::readUnconfirmed(database, first));
        return report;
    }
    RadarReport radar(WallTime now) const { return radar(now, account); }
};

QString state(const RadarReport &report) { return QString::fromLatin1(toString(report.state)); }

} // namespace

class StoreUnconfirmedTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theMissingOnesAreNamed();
    void silenceIsToldFromThem();
    void accountsAreKeptApart();
    void aQueueHidesNothing();
    void whatEndedLongAgoIsNotRead();
};

void StoreUnconfirmedTest::theMissingOnesAreNamed() {
    Reported journal;
    QCOMPARE(state(journal.radar(morning.wall)), QStringLiteral("not-set-up"));
    const auto missing = journal.send(100, morning, 10);
    const RadarReport report = journal.radar(morning.wall + 2h);
    QCOMPARE(state(report), QStringLiteral("missing"));
    QCOMPARE(report.considered, 100);
    QCOMPARE(report.missing, 10);
    QCOMPARE(report.first.size(), std::size_t{5});
    for (std::size_t i = 0; i < 5; ++i) // newest first
        QCOMPARE(report.first[i].id, missing[missing.size() - 1 - i]);
    QVERIFY(!report.first[0].msgid.empty() && !report.first[0].openid.empty());
    QVERIFY(report.lastReport.has_value());
}

void StoreUnconfirmedTest::silenceIsToldFromThem() {
    Reported journal;
    journal.send(60, morning, 20);
    journal.send(40, later(morning, 2h), 1); // none of these
    const RadarReport report = journal.radar(morning.wall + 4h);
    QCOMPARE(state(report), QStringLiteral("silent"));
    QCOMPARE(report.unheard, 41); // the last of the ones before was missing too
    QCOMPARE(report.missing, 2);
    // They come again: those of the silence are missing then.
    journal.send(5, later(morning, 5h), 0);
    QCOMPARE(state(journal.radar(morning.wall + 6h)), QStringLiteral("missing"));
    QCOMPARE(journal.radar(morning.wall + 6h).missing, 43);
}

void StoreUnconfirmedTest::accountsAreKeptApart() {
    Reported journal;
    const AccountId second = journal.addAccount("second");
    journal.addBatch(second, journal.addTemplate(second, 'b'));
    journal.send(30, morning, 0);
    const RadarReport other = journal.radar(morning.wall + 2h, second);
    QCOMPARE(state(other), QStringLiteral("not-set-up"));
    QCOMPARE(other.considered, 0);
    QCOMPARE(state(journal.radar(morning.wall + 2h)), QStringLiteral("fine"));
}

void StoreUnconfirmedTest::aQueueHidesNothing() {
    Reported journal;
    journal.send(100, morning, 10);
    const auto before = journal.sent(journal.account, morning.wall - 24h, 37);
    QCOMPARE(before.size(), std::size_t{100});
    // Many wait, in the same account and in another; some of them were handed in before, too.
    journal.addMany(journal.batch, 500, "oWaits", morning.wall + 48h);
    const AccountId second = journal.addAccount("second");
    journal.addMany(journal.addBatch(second, journal.addTemplate(second, 'b')), 500, "oElsewhere", morning.wall + 48h);
    const auto found = journal.sent(journal.account, morning.wall - 24h, 37, 80);
    QCOMPARE(found.size(), std::size_t{80}); // the newest of the sent ones, not of all
    QCOMPARE(found.back().id, before.back().id);
    QCOMPARE(found.front().id, before[20].id);
    QCOMPARE(journal.radar(morning.wall + 2h).missing, 10);
}

void StoreUnconfirmedTest::whatEndedLongAgoIsNotRead() {
    Reported journal;
    journal.send(100, morning, 10);
    journal.send(100, later(morning, 48h), 10);
    auto database = journal.reader();
    store::SentScan scan({journal.account}, morning.wall + 47h, 1000, 30);
    int steps = 1;
    while (must(scan.readOn(database)))
        ++steps;
    QCOMPARE(scan.of(journal.account).size(), std::size_t{100});
    QCOMPARE(steps, 5); // four reach them all, and one more finds nothing of the time
}

QTEST_GUILESS_MAIN(StoreUnconfirmedTest)
#include "store_unconfirmed_test.moc"
