// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ten thousand dead letters are sent again by one act, 500 of which may have arrived the first time.
#include "tests/integration/engine_fixture.h"
#include "tests/simulation/post_times.h"
#include "tests/simulation/test_journal.h"

#include <QTest>

using namespace songda;
using songda::testing::EngineFixture;
using songda::testing::TestJournal;
using namespace std::chrono_literals;

namespace {

constexpr int letters = 10'000;
constexpr int doubtful = 500;
constexpr double rate = 1500;
constexpr int burst = 50;

/// As an engine left them an hour ago: tried, and ended dead or uncertain.
void bury(const std::string &profile) {
    auto writer = testing::must(store::JournalWriter::open({profile + "/songda.db", store::JournalWriter::Mode::Inline, 512}));
    const auto done = writer->submitAndWait(
        [](store::WriteSession &session) -> Result<void> {
            const Now now{Engine::wallNow(), SteadyTime{1h}};
            const RunId run = testing::must(store::startRun(session, {"another node", 1, "another boot"}, now));
            const AccountId account = testing::must(store::readAccounts(session.database())).front().id;
            auto claimed = testing::must(store::claimDue(session, ClaimRequest{account, run, letters, now}));
            std::vector<AttemptResult> results;
            for (const ClaimedMessage &message : claimed.messages) {
                const bool uncertain = results.size() % (letters / doubtful) == 0;
                results.push_back(
                    TestJournal::result(message, run, uncertain ? MessageState::Uncertain : MessageState::Dead, now));
                if (uncertain)
                    results.back().ambiguous->wall = now.wall - 1h;
            }
            if (results.size() != letters)
                qFatal("not all rows were claimed");
            testing::must(store::finishAttempts(session, results));
            return store::endRun(session, run, now.wall);
        },
        store::JournalWriter::Isolation::None);
    testing::must(done);
}

} // namespace

class O4RetryAllTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doubtNeedsItsOwnYesAndTheRateHolds();
};

void O4RetryAllTest::doubtNeedsItsOwnYesAndTheRateHolds() {
    EngineFixture fixture;
    fixture.import(*fixture.open(), letters, QStringLiteral("o"));
    bury(fixture.profile().toStdString());
    auto engine = fixture.open();
    AccountChange slower;
    slower.rate = rate;
    slower.burst = burst;
    testing::must(engine->changeAccount("main", slower).result());
    const StateCounts before = testing::must(engine->counts().result());
    QCOMPARE(before[MessageState::Dead], letters - doubtful);
    QCOMPARE(before[MessageState::Uncertain], doubtful);
    testing::must(engine->start());

    const MessageFilter all;
    const ResendReport once = testing::must(engine->resend(all, "the list was right", {}).result());
    QCOMPARE(once.resent, letters - doubtful);
    QCOMPARE(once.needConfirmation, doubtful);
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted >= letters - doubtful; }));
    QCOMPARE(testing::must(engine->counts().result())[MessageState::Uncertain], doubtful);

    const ResendReport agreed = testing::must(engine->resend(all, "they may arrive twice", {.mayArriveTwice = true, .pace = 0}).result());
    QCOMPARE(agreed.resent, doubtful);
    QCOMPARE(agreed.needConfirmation, 0);
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.accepted >= letters; }));
    EngineFixture::stop(*engine);
    QCOMPARE(testing::must(engine->counts().result())[MessageState::Accepted], letters);
    QVERIFY(testing::must(engine->verify().result()).empty());

    // The rate held although so many were due at once. Rows say when an attempt was claimed and when it ended; a request left
    // its latency before that, give or take the time the threads need to tell each other.
    auto database = testing::must(store::Database::open(
        fixture.profile().toStdString() + "/songda.db", store::Database::Mode::ReadOnly, store::newestSchemaVersion()));
    auto starts = testing::must(store::Statement::prepare(
        database.handle(), "SELECT finished_at - latency_us / 1000 AS sent FROM attempt WHERE life = 2 ORDER BY sent"));
    std::vector<Micros> times;
    while (testing::must(starts.step()))
        times.push_back(Millis{starts.integer(0)});
    QCOMPARE(static_cast<int>(times.size()), letters);
    const QString tooFast = simulation::rateViolation(times, rate, burst + rate * 0.03);
    QVERIFY2(tooFast.isEmpty(), qPrintable(tooFast));
    qInfo("%d in %.1f s", letters - doubtful, std::chrono::duration<double>(times[std::size_t{letters - doubtful - 1}] - times[0]).count());

    // Who did it stands in the audit, and with each message.
    const auto acts = testing::must(engine->audit(std::nullopt, 10).result());
    std::vector<AuditEntry> resends;
    std::copy_if(acts.begin(), acts.end(), std::back_inserter(resends), [](const AuditEntry &e) { return e.act == "message.resend"; });
    QCOMPARE(resends.size(), std::size_t(2)); // newest first
    QCOMPARE(resends[0].who, std::string("tester"));
    QCOMPARE(resends[0].count, doubtful);
    QCOMPARE(resends[0].reason, std::string("they may arrive twice"));
    QCOMPARE(resends[1].who, std::string("tester"));
    QCOMPARE(resends[1].count, letters - doubtful);
    for (const MessageId id : {MessageId{1}, MessageId{2}}) {
        const MessageDetail detail = testing::must(engine->message(id).result());
        QCOMPARE(detail.acts.size(), std::size_t(1));
        QCOMPARE(detail.acts.front().who, std::string("tester"));
        QCOMPARE(detail.attempts.size(), std::size_t(2));
    }
}

QTEST_GUILESS_MAIN(O4RetryAllTest)
#include "o4_retry_all_test.moc"
