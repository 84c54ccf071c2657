// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fifty thousand messages are queued to the wrong template, and cancelled after ten seconds.
#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

constexpr Micros clickedAfter = 10s;

/// As the facade does it: the batch first, in one commit, then its messages in chunks.
class Cancelling {
public:
    Cancelling(World &world, BatchId batch)
        : m_world(world) {
        m_request.act = store::DeskAct::Cancel;
        m_request.filter.batch = batch;
        m_request.run = world.run;
        m_request.bootId = "boot-1";
        write([&](store::WriteSession &session) {
            m_request.audit = testing::must(store::recordAct(session, {"li", "the wrong list"}, "batch.cancel", "batch", 0, m_world.clock.now().wall));
        });
        world.setBatchState(batch, BatchState::Cancelled);
        next();
    }
    bool done() const { return m_done; }

private:
    template <class Act> void write(Act act) {
        testing::must(m_world.writer->submitAndWait(
            [&](store::WriteSession &session) -> Result<void> {
                act(session);
                return {};
            },
            store::JournalWriter::Isolation::None));
    }
    void next() {
        write([&](store::WriteSession &session) {
            m_request.before = testing::must(store::actOnChunk(session, m_request, m_world.clock.now())).next;
        });
        m_done = !m_request.before;
        if (!m_done)
            m_world.after(5ms, [this] { next(); });
    }

    World &m_world;
    store::ActRequest m_request;
    bool m_done = false;
};

} // namespace

class O2WrongListSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void afterASecondNothingLeavesAndEverybodyIsAccountedFor_data();
    void afterASecondNothingLeavesAndEverybodyIsAccountedFor();
    void theRestIsSentToWhoSurelyGotNothing();
};

void O2WrongListSimulationTest::afterASecondNothingLeavesAndEverybodyIsAccountedFor_data() {
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("messages");
    const bool full = qEnvironmentVariableIsSet("SONGDA_FULL_FORM");
    for (int seed = 1; seed <= (full ? 20 : 2); ++seed)
        QTest::addRow("seed %d", seed) << seed << 50'000;
    for (int seed = 100; seed < (full ? 200 : 104); ++seed)
        QTest::addRow("seed %d", seed) << seed << 3000;
}

void O2WrongListSimulationTest::afterASecondNothingLeavesAndEverybodyIsAccountedFor() {
    QFETCH(int, seed);
    QFETCH(int, messages);
    Random fate(static_cast<std::uint64_t>(seed));
    World world({.seed = static_cast<std::uint64_t>(seed), .rate = messages / 100.0 * (1 + fate.unit()), .burst = 1 + static_cast<int>(60 * fate.unit()),
        .connections = seed % 2 == 0 ? 64 : 8, .uncertainPolicy = seed % 3 == 0 ? UncertainPolicy::Resend : UncertainPolicy::HoldForPerson,
        .journalDelays = {Micros{100}, Micros{static_cast<Micros::rep>(1000 + 100'000 * fate.unit())}}});
    Random dice(static_cast<std::uint64_t>(seed) + 7);
    world.wechat.setSendScript([&](const SendCall &) {
        const double d = dice.unit();
        return d < 0.005    ? Behaviour::hang(d < 0.003)
            : d < 0.015     ? Behaviour::recordedThenClosed()
            : d < 0.03      ? Behaviour::busy(d < 0.025)
            : d < 0.04      ? Behaviour::answer(43004)
                            : Behaviour::ok();
    });
    const BatchId other = world.addBatch();
    world.enqueue(world.batch, messages, "oWrong");
    world.start();
    world.runFor(clickedAfter);
    world.enqueue(other, 20, "oRight");
    Cancelling cancelling(world, world.batch);
    QVERIFY(world.runUntil([&] { return cancelling.done() && world.counts().waiting() == 0 && world.counts()[MessageState::Sending] == 0; }, 10min));
    world.runFor(20min); // nothing comes back to life

    Micros last{0};
    int wrong = 0;
    for (const SendCall &call : world.wechat.wireCopies()) {
        if (!call.openid.starts_with("oWrong"))
            continue;
        ++wrong;
        last = std::max(last, call.at);
    }
    QVERIFY(wrong > 0);
    QVERIFY2(last <= clickedAfter + 1s, qPrintable(QStringLiteral("%1 s after the click").arg(std::chrono::duration<double>(last - clickedAfter).count())));
    std::int64_t sent = 0;
    std::int64_t cancelled = 0;
    std::int64_t uncertain = 0;
    std::int64_t refused = 0;
    for (const MessageFacts &f : world.facts()) {
        if (!f.openid.starts_with("oWrong"))
            continue;
        sent += f.state == MessageState::Accepted ? 1 : 0;
        cancelled += f.state == MessageState::Cancelled ? 1 : 0;
        uncertain += f.state == MessageState::Uncertain ? 1 : 0;
        refused += f.state == MessageState::Dead && f.cause == "43004" ? 1 : 0;
        // The list of who got it: nobody is on it that is called cancelled.
        if (f.state == MessageState::Cancelled)
            QVERIFY2(world.wechat.userCopies(f.openid) == 0, f.openid.c_str());
    }
    qInfo("%d messages: %lld sent, %lld cancelled, %lld uncertain, %lld refused; the last POST %.0f ms after the click", messages,
        static_cast<long long>(sent), static_cast<long long>(cancelled), static_cast<long long>(uncertain), static_cast<long long>(refused),
        std::chrono::duration<double, std::milli>(last - clickedAfter).count());
    QCOMPARE(sent + cancelled + uncertain + refused, messages);
    QCOMPARE(world.number("SELECT count(*) FROM message WHERE batch_id = " + std::to_string(other.value) + " AND state IN (4, 7, 8)"), 20);
    if (world.options.uncertainPolicy == UncertainPolicy::HoldForPerson)
        VERIFY_WORLD(world);
}

void O2WrongListSimulationTest::theRestIsSentToWhoSurelyGotNothing() {
    World world({.seed = 50, .rate = 100, .connections = 16});
    Random dice(51);
    bool faults = true;
    world.wechat.setSendScript([&](const SendCall &) {
        const double d = dice.unit();
        return !faults || d > 0.2 ? Behaviour::ok() : d < 0.1 ? Behaviour::recordedThenClosed() : Behaviour::busy(true);
    });
    world.enqueue(world.batch, 3000, "oWrong");
    world.start();
    world.runFor(clickedAfter);
    Cancelling cancelling(world, world.batch);
    QVERIFY(world.runUntil([&] { return cancelling.done() && world.counts()[MessageState::Sending] == 0; }, 1min));
    faults = false;
    const auto before = world.counts();
    store::ActRequest rest;
    rest.filter.batch = world.batch;
    rest.filter.states = {MessageState::Cancelled, MessageState::Expired};
    rest.leaveDiscarded = true;
    rest.limit = 5000;
    rest.run = world.run;
    rest.bootId = "boot-1";
    std::int64_t queued = 0;
    testing::must(world.writer->submitAndWait(
        [&](store::WriteSession &session) -> Result<void> {
            rest.audit = testing::must(store::recordAct(session, {"li", "it was right"}, "message.resend", "batch", 0, world.clock.now().wall));
            queued = testing::must(store::actOnChunk(session, rest, world.clock.now())).done;
            return {};
        },
        store::JournalWriter::Isolation::None));
    QCOMPARE(queued, before[MessageState::Cancelled]);
    world.dispatcher->onWorkChanged();
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted], before[MessageState::Accepted] + queued);
    for (const MessageFacts &f : world.facts())
        QVERIFY2(world.wechat.userCopies(f.openid) == 1 || f.state == MessageState::Uncertain, f.openid.c_str());
    QCOMPARE(world.counts().total(), 3000);
}

QTEST_GUILESS_MAIN(O2WrongListSimulationTest)
#include "o2_wrong_list_simulation_test.moc"
