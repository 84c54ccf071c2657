// SPDX-License-Identifier: GPL-3.0-or-later
//
// U7 over random days: delivery reports before the answer and long after it, twice, for the wrong account, lost, while the
// engine dies and comes back; ids that no 64 bits hold.
#include "engine/policy/report_verdict.h"
#include "engine/store/reports.h"
#include "tests/full_form.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

constexpr int messages = 200;
constexpr int neighbours = 40;

/// Posts reports as the platform does: up to three tries five seconds apart, then they are lost.
class Reporter {
public:
    Reporter(World &world, std::uint64_t seed)
        : m_world(world)
        , m_dice(seed) {}

    void add(const std::string &templateId, AccountId account) { m_accounts[templateId] = account; }
    void onShown(const SendCall &call, const std::string &msgid) {
        const AccountId account = m_accounts.at(call.templateId);
        const std::string status = words();
        const double d = m_dice.unit();
        for (int copies = d < 0.05 ? 0 : d < 0.75 ? 1 : d < 0.95 ? 2 : 4; copies > 0; --copies)
            post(account, {msgid, call.openid, m_dice.unit() < 0.97 ? status : words(), std::nullopt}, when());
        // Somebody else's message with the same id.
        for (const auto &[id, other] : m_accounts) {
            if (other != account && m_dice.unit() < 0.2)
                post(other, {msgid, call.openid, words(), std::nullopt}, when());
        }
        if (m_dice.unit() < 0.05)
            post(account, {"", call.openid, status, std::nullopt}, when());
        if (m_dice.unit() < 0.1)
            post(account, {msgid.substr(0, msgid.size() - 1), call.openid, words(), std::nullopt}, when());
        if (m_dice.unit() < 0.1)
            post(account, {"0" + msgid, call.openid, words(), std::nullopt}, when());
    }
    /// What must have become of an accepted message.
    MessageState expected(AccountId account, const std::string &msgid) const {
        const auto it = m_first.find({account, msgid});
        if (it == m_first.end())
            return MessageState::Accepted;
        return it->second == ReportVerdict::Delivered ? MessageState::Delivered : MessageState::Undelivered;
    }
    EventReceipt receipt;
    int posted = 0;

private:
    std::string words() {
        const double d = m_dice.unit();
        return d < 0.8 ? "success" : d < 0.88 ? "failed:user block" : d < 0.95 ? "failed: system failed" : "perhaps";
    }
    /// Half of them race with the answer.
    Micros when() { return m_dice.unit() < 0.5 ? Micros{static_cast<Micros::rep>(m_dice.unit() * 60e3)} : Micros{static_cast<Micros::rep>(m_dice.unit() * 30e6)}; }
    void post(AccountId account, const DeliveryReport &report, Micros in, int tried = 0) {
        m_world.after(in, [this, account, report, tried] {
            if (!m_world.isRunning()) {
                if (tried < 2)
                    post(account, report, 5s, tried + 1);
                return;
            }
            testing::must(m_world.writer->submitAndWait(
                [&](store::WriteSession &session) {
                    return store::recordReport(session, account, report, m_world.clock.now().wall, receipt);
                },
                store::JournalWriter::Isolation::None));
            ++posted;
            const ReportVerdict verdict = verdictOf(report.status);
            if (verdict != ReportVerdict::Unknown)
                m_first.try_emplace({account, report.msgid}, verdict);
        });
    }

    World &m_world;
    Random m_dice;
    std::map<std::string, AccountId> m_accounts; ///< by the template they send
    std::map<std::pair<AccountId, std::string>, ReportVerdict> m_first;
};

Behaviour trouble(Random &dice) {
    const double d = dice.unit();
    return d < 0.03 ? Behaviour::recordedThenClosed()
        : d < 0.05  ? Behaviour::http(502, true)
        : d < 0.07  ? Behaviour::busy(true)
        : d < 0.09  ? Behaviour::hang()
        : d < 0.10  ? Behaviour::answer(43004)
        : d < 0.12  ? Behaviour::refused()
                    : Behaviour::ok();
}

} // namespace

class U7ReportsSimulationTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyOrderComesToTheSame_data();
    void anyOrderComesToTheSame();
    void aReportAfterTheWindowEndsNoDoubtItCannotKnow();
};

void U7ReportsSimulationTest::anyOrderComesToTheSame_data() {
    QTest::addColumn<quint64>("seed");
    const auto seeds = static_cast<quint64>(testing::inFullForm(1000, 40));
    for (quint64 seed = 1; seed <= seeds; ++seed)
        QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
}

void U7ReportsSimulationTest::anyOrderComesToTheSame() {
    QFETCH(quint64, seed);
    World world({.seed = seed, .rate = 100, .burst = 20, .connections = 16});
    const World::Neighbour neighbour = world.addNeighbour("other", 'b', 100, 20);
    world.wechat.msgidPrefix = seed % 3 == 0 ? "" : seed % 3 == 1 ? "99" : "000";
    Reporter reporter(world, seed + 100);
    reporter.add(std::string(43, 'a'), world.account);
    reporter.add(std::string(43, 'b'), neighbour.account);
    world.wechat.onShown = [&](const SendCall &call, const std::string &msgid, Micros) { reporter.onShown(call, msgid); };
    Random dice(seed);
    world.wechat.setSendScript([&](const SendCall &) { return trouble(dice); });
    world.enqueue(messages);
    world.enqueue(neighbour.batch, neighbours, "n");
    Random fate(seed + 9);
    for (int life = static_cast<int>(fate.unit() * 3); life > 0; --life) {
        world.start();
        world.runFor(Micros{static_cast<Micros::rep>(fate.unit() * 3e6)});
        world.crash();
        world.runFor(Micros{static_cast<Micros::rep>(fate.unit() * 12e6)});
    }
    world.start();
    QVERIFY2(world.drain(1h), qPrintable(world.name()));
    world.runFor(2min); // the last reports
    VERIFY_WORLD(world);

    const StateCounts counts = world.counts();
    QCOMPARE(counts.total(), messages + neighbours);
    QVERIFY2(counts[MessageState::Delivered] > messages / 2, qPrintable(world.name()));
    for (const MessageFacts &f : world.facts()) {
        if (f.state != MessageState::Accepted && f.state != MessageState::Delivered && f.state != MessageState::Undelivered)
            continue;
        const AccountId account = f.openid.starts_with('n') ? neighbour.account : world.account;
        QVERIFY2(f.state == reporter.expected(account, f.msgid),
            qPrintable(world.name() + QStringLiteral(": %1 %2").arg(QString::fromStdString(f.openid), QString::fromLatin1(toString(f.state)))));
    }
    // Each was kept once, none was lost, and none counts for another account.
    const EventReceipt &r = reporter.receipt;
    QCOMPARE(r.delivered + r.undelivered + r.noted + r.waiting + r.withoutMsgid + r.repeated, reporter.posted);
    QCOMPARE(world.number("SELECT count(*) FROM report"), reporter.posted - r.repeated);
    QVERIFY2(r.waiting > 0 && r.repeated > 0 && r.withoutMsgid > 0, qPrintable(world.name()));
}

void U7ReportsSimulationTest::aReportAfterTheWindowEndsNoDoubtItCannotKnow() {
    // The answer never came, so nobody knows the msgid: the report is kept, the message stays in doubt.
    World world({.seed = 5});
    world.wechat.setSendScript([](const SendCall &) { return Behaviour::hang(); });
    std::string msgid;
    world.wechat.onShown = [&](const SendCall &, const std::string &id, Micros) { msgid = id; };
    world.enqueue(1);
    world.start();
    QVERIFY(world.drain(1h));
    QCOMPARE(world.counts()[MessageState::Uncertain], 1);
    EventReceipt receipt;
    testing::must(world.writer->submitAndWait(
        [&](store::WriteSession &session) {
            return store::recordReport(session, world.account, {msgid, "o0", "success", std::nullopt}, world.clock.now().wall, receipt);
        },
        store::JournalWriter::Isolation::None));
    QCOMPARE(receipt.waiting, 1);
    QCOMPARE(world.counts()[MessageState::Uncertain], 1);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(U7ReportsSimulationTest)
#include "u7_reports_simulation_test.moc"
