// SPDX-License-Identifier: GPL-3.0-or-later
//
// A send whose end is not known, then the calendar goes back an hour, or another way, also with a restart of the program or
// of the machine in between. Whatever the calendar says: nothing is repeated after eight true minutes.
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

enum class Restart { None, Process, Machine };

constexpr int messages = 20;

} // namespace

class T2WindowUnderAJumpTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsRepeatedAfterEightTrueMinutes_data();
    void nothingIsRepeatedAfterEightTrueMinutes();
};

void T2WindowUnderAJumpTest::nothingIsRepeatedAfterEightTrueMinutes_data() {
    QTest::addColumn<qint64>("minutesJumped");
    QTest::addColumn<int>("restart");
    QTest::addColumn<bool>("diesInFlight");
    QTest::addColumn<int>("minutesGone");
    static constexpr const char *restarts[] = {"no restart", "program restarted", "machine restarted"};
    for (const int jump : {-60, 60, 0, -24 * 60, 24 * 60}) {
        for (const Restart restart : {Restart::None, Restart::Process, Restart::Machine}) {
            for (const bool dies : {false, true}) {
                if (dies && restart == Restart::None)
                    continue;
                for (const int gone : {1, 7, 9, 11})
                    QTest::addRow("calendar %+d min, %s, %s, %d min later", jump, restarts[static_cast<int>(restart)],
                        dies ? "died in flight" : "answer lost", gone)
                        << qint64{jump} << static_cast<int>(restart) << dies << gone;
            }
        }
    }
}

void T2WindowUnderAJumpTest::nothingIsRepeatedAfterEightTrueMinutes() {
    QFETCH(qint64, minutesJumped);
    QFETCH(int, restart);
    QFETCH(bool, diesInFlight);
    QFETCH(int, minutesGone);
    const auto how = static_cast<Restart>(restart);
    World world({.seed = 3, .connections = messages});
    world.wechat.setSendScript([=](const SendCall &c) {
        if (c.nth > 1)
            return Behaviour::ok();
        return diesInFlight ? Behaviour::hang() : Behaviour::recordedThenClosed();
    });
    world.enqueue(messages);
    world.start();
    // Before any repeat: the pause, or the end of the program, comes as soon as the platform has all first copies.
    QVERIFY(world.runUntil([&] { return world.wechat.userCopies() == messages; }, 5s));
    const Micros begun = world.clock.elapsed();
    world.dispatcher->setPaused(true);
    if (!diesInFlight)
        world.runFor(500ms); // what is in flight ends
    if (how != Restart::None)
        world.crash();
    world.runFor(std::chrono::minutes{minutesGone} / 2);
    world.clock.jumpWall(std::chrono::minutes{minutesJumped});
    if (how == Restart::Machine)
        world.reboot();
    world.runFor(std::chrono::minutes{minutesGone} / 2);
    if (how == Restart::None)
        world.dispatcher->setPaused(false);
    else
        world.start();
    QVERIFY(world.drain(1h));

    for (const SendCall &c : world.wechat.wireCopies()) {
        // From the first write, which was at most the short time before `begun`.
        QVERIFY2(c.nth == 1 || c.at - begun < 8min,
            qPrintable(QStringLiteral("repeated %1 s after the first copy").arg(std::chrono::duration<double>(c.at - begun).count())));
    }
    QCOMPARE(world.wechat.userCopies(), messages);
    const StateCounts counts = world.counts();
    // The calendar decides only over a restart: what looks like too long, or like a time before the first copy, is not
    // repeated either.
    const bool looksTooLong = how == Restart::Process ? minutesJumped > 0 : how == Restart::Machine && minutesJumped != 0;
    const bool repeated = minutesGone < 8 && !looksTooLong;
    QCOMPARE(counts[MessageState::Accepted], repeated ? messages : 0);
    QCOMPARE(counts[MessageState::Uncertain], repeated ? 0 : messages);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(T2WindowUnderAJumpTest)
#include "t2_window_under_a_jump_test.moc"
