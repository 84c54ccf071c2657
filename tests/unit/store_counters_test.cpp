// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"

#include <QTest>
#include <deque>

using namespace songda;
using namespace songda::testing;
using store::DeskAct;

namespace {

/// Plays a random hour at the desk and on the wire against one journal.
class RandomPlay {
public:
    explicit RandomPlay(std::uint64_t seed)
        : m_random(seed) {
        m_batches = {journal.batch, journal.addBatch(2), journal.addBatch(0)};
        journal.exec("UPDATE account SET uncertain_policy = " + std::to_string(seed % 2));
    }

    void step() {
        switch (below(10)) {
        case 0:
        case 1: enqueue(); break;
        case 2:
        case 3: claim(); break;
        case 4:
        case 5:
        case 6: finish(); break;
        case 7: release(); break;
        case 8: desk(); break;
        case 9:
            if (below(4) == 0)
                crash();
            else
                fail();
            break;
        }
        m_now = later(m_now, Millis{below(40'000)});
    }

    TestJournal journal;

private:
    int below(int n) { return static_cast<int>(m_random.next() % static_cast<std::uint64_t>(n)); }

    std::vector<NewMessage> someMessages() {
        std::vector<NewMessage> messages;
        for (int n = 1 + below(20); n > 0; --n) {
            NewMessage m = TestJournal::newMessage("o" + std::to_string(below(500)), m_now.wall + Millis{below(20'000) - 10'000});
            if (below(2) == 0)
                m.idempotencyKey = "k" + std::to_string(below(300));
            if (below(6) == 0)
                m.expiresAt = m_now.wall + Millis{below(60'000)};
            messages.push_back(m);
        }
        return messages;
    }
    void enqueue() {
        const BatchId batch = m_batches[static_cast<std::size_t>(below(3))];
        journal.write([&](store::WriteSession &session) {
            return store::enqueue(session, journal.account, batch, someMessages(), m_now.wall);
        });
    }
    void claim() {
        for (const ClaimedMessage &m : journal.claim(1 + below(30), m_now).messages)
            m_claims.push_back(m);
    }
    void finish() {
        static const MessageState ends[] = {MessageState::Accepted, MessageState::Accepted, MessageState::Retrying,
            MessageState::Retrying, MessageState::Dead, MessageState::Uncertain};
        std::vector<AttemptResult> results;
        for (int n = below(12); n > 0 && !m_claims.empty(); --n) {
            AttemptResult r = TestJournal::result(m_claims.front(), journal.run, ends[below(6)], m_now);
            if (r.next == MessageState::Dead && below(2) == 0)
                r.outcome.cause = "47003";
            r.dueAt = m_now.wall + Millis{below(15'000)};
            results.push_back(r);
            if (below(10) == 0)
                results.push_back(r); // a second end of the same claim
            m_claims.pop_front();
        }
        journal.finish(results);
    }
    void release() {
        std::vector<ClaimedMessage> back;
        for (int n = below(6); n > 0 && !m_claims.empty(); --n) {
            back.push_back(m_claims.back());
            m_claims.pop_back();
        }
        journal.release(back);
    }
    void desk() {
        static const DeskAct acts[] = {DeskAct::Resend, DeskAct::Discard, DeskAct::Restore, DeskAct::Cancel, DeskAct::Hold, DeskAct::Release};
        store::ActRequest request;
        request.act = acts[below(6)];
        request.limit = 1 + below(request.act == DeskAct::Cancel ? 3 : 15);
        request.mayArriveTwice = below(2) == 0;
        request.run = journal.run;
        request.bootId = "boot-1";
        journal.write([&](store::WriteSession &session) -> Result<store::ActChunk> {
            const auto audit = store::recordAct(session, {"li", ""}, "act", "x", 0, m_now.wall);
            if (!audit)
                return tl::unexpected(audit.error());
            request.audit = *audit;
            return store::actOnChunk(session, request, m_now);
        });
    }
    void crash() {
        m_claims.clear();
        journal.run = journal.startRun("boot-1", m_now.wall);
        journal.recover(journal.run, m_now);
    }
    /// A job that writes and then fails must leave no trace in the sums.
    void fail() {
        const auto isolation
            = below(2) == 0 ? store::JournalWriter::Isolation::None : store::JournalWriter::Isolation::Savepoint;
        const auto done = journal.writer->submitAndWait(
            [&](store::WriteSession &session) -> Result<void> {
                const auto added = store::enqueue(session, journal.account, m_batches[0], someMessages(), m_now.wall);
                if (!added)
                    return tl::unexpected(added.error());
                const auto claimed = store::claimDue(session, {journal.account, journal.run, 20, m_now});
                if (!claimed)
                    return tl::unexpected(claimed.error());
                return songda::fail(ErrorCode::InvalidInput, "no");
            },
            isolation);
        if (done)
            throw std::logic_error("the job was to fail");
    }

    Random m_random;
    Now m_now = morning;
    std::vector<BatchId> m_batches;
    std::deque<ClaimedMessage> m_claims;
};

} // namespace

class StoreCountersTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsEqualRecountsAfterRandomOperations_data();
    void sumsEqualRecountsAfterRandomOperations();
    void sumsAreReadBackWhenOpened();
    void emptySumsDoNotLinger();
};

void StoreCountersTest::sumsEqualRecountsAfterRandomOperations_data() {
    QTest::addColumn<quint64>("seed");
    for (quint64 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void StoreCountersTest::sumsEqualRecountsAfterRandomOperations() {
    QFETCH(quint64, seed);
    RandomPlay play(seed);
    for (int i = 0; i < 400; ++i) {
        play.step();
        if (i % 40 == 39)
            COMPARE_TEXT(play.journal.broken(), std::string());
    }
    const TestJournal &journal = play.journal;
    // The sums in memory are those of the rows, batch by batch and state by state.
    std::int64_t total = 0;
    for (const auto &[batch, counts] : journal.writer->counts()) {
        for (const MessageState state : allMessageStates) {
            QCOMPARE(counts[state],
                journal.number("SELECT count(*) FROM message WHERE batch_id = " + std::to_string(batch.value)
                    + " AND state = " + std::to_string(static_cast<int>(state))));
            total += counts[state];
        }
    }
    QCOMPARE(total, journal.number("SELECT count(*) FROM message"));
    QVERIFY(total > 200);
    // Causes, by hand: verify() is under test as well.
    COMPARE_TEXT(journal.list("SELECT state || '/' || cause || '/' || batch_id || '=' || n FROM cause_summary WHERE n <> 0 ORDER BY 1"),
        journal.list("SELECT state || '/' || cause || '/' || batch_id || '=' || count(*) FROM message WHERE state IN (6, 7, 8)"
                     " GROUP BY state, cause, batch_id ORDER BY 1"));
    QVERIFY(journal.number("SELECT sum(n) FROM cause_summary") > 0);
    COMPARE_TEXT(journal.list("SELECT hour || '/' || state || '/' || cause || '/' || batch_id || '=' || n FROM dead_summary WHERE n <> 0 ORDER BY 1"),
        journal.list("SELECT (finished_at / 3600000) || '/' || state || '/' || cause || '/' || batch_id || '=' || count(*) FROM message"
                     " WHERE state IN (6, 7, 8) GROUP BY finished_at / 3600000, state, cause, batch_id ORDER BY 1"));
    QVERIFY(journal.number("SELECT count(DISTINCT hour) FROM dead_summary WHERE n > 0") > 1);
    COMPARE_TEXT(journal.list("SELECT created_from || '/' || created_to FROM message_span"), journal.list("SELECT min(created_at) || '/' || max(created_at) FROM message"));
    // Every ended attempt is in the hourly sums, interrupted ones excepted: they were never answered.
    QCOMPARE(journal.number("SELECT sum(n) FROM attempt_summary"),
        journal.number("SELECT count(*) FROM attempt WHERE phase NOT IN (0, 4)"));
    QVERIFY(journal.number("SELECT count(*) FROM message WHERE life > 1") > 0);
    QVERIFY(journal.number("SELECT count(*) FROM attempt WHERE phase = 4") > 0);
}

void StoreCountersTest::sumsAreReadBackWhenOpened() {
    TestJournal journal;
    journal.addMany(journal.batch, 9);
    journal.claim(4);
    const auto before = journal.writer->counts();
    journal.writer.reset();
    journal.writer = must(store::JournalWriter::open({journal.path(), store::JournalWriter::Mode::Inline, 512}));
    QVERIFY(journal.writer->counts() == before);
    QCOMPARE(journal.writer->counts().at(journal.batch).total(), 9);
}

void StoreCountersTest::emptySumsDoNotLinger() {
    TestJournal journal;
    journal.addIn(MessageState::Accepted, "oA");
    auto database = journal.reader();
    const auto counts = must(store::readStateCounts(database));
    QCOMPARE(counts.at(journal.batch)[MessageState::Accepted], 1);
    QCOMPARE(counts.at(journal.batch).total(), 1);
    QCOMPARE(counts.at(journal.batch).waiting(), 0);
    QCOMPARE(counts.at(journal.batch).finished(), 1);
}

QTEST_GUILESS_MAIN(StoreCountersTest)
#include "store_counters_test.moc"
