// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/ladder.h"

#include <QTest>

using namespace songda;
using Kind = LadderMove::Kind;

Q_DECLARE_METATYPE(songda::LadderProgress)

namespace {

const LadderRules ladder{{1, 5, 20, 100, 500}, 0.2, 3};

/// Plays a whole replay: message `i` (from 0) fails when `fails(i)`. Answers how many were let go.
template <class Fails, class IsNew> std::pair<std::int64_t, LadderMove> play(const LadderRules &rules, std::int64_t size, Fails fails, IsNew isNew) {
    LadderProgress p;
    p.left = size;
    std::int64_t next = 0;
    for (int guard = 0; guard < 1'000'000; ++guard) {
        const LadderMove move = nextMove(rules, p);
        if (move.kind == Kind::Stop || move.kind == Kind::Done)
            return {next, move};
        if (move.kind == Kind::Release) {
            if (move.step != p.step) {
                p.step = move.step;
                p.released = p.failed = 0;
            }
            p.released += move.count;
            p.left -= move.count;
        }
        // All of it ends before the next look, in order.
        for (std::int64_t i = 0; i < move.count; ++i, ++next) {
            p.failed += fails(next) ? 1 : 0;
            p.newCause = p.newCause || isNew(next);
        }
    }
    return {next, {}};
}

} // namespace

class PolicyLadderTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nextMoves_data();
    void nextMoves();
    void theUsualOneIsAsSpecified();
    void stepsGrowAndTheLastOneGoesOn();
    void aNewCodeInTheMiddleCostsATenthOfItsStep();
    void failuresBelowTheLineGoOn();
    void everythingGoesWithoutALadder();
    void leastTimes();
};

void PolicyLadderTest::nextMoves_data() {
    QTest::addColumn<LadderProgress>("p");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("why");
    const auto row = [](const char *name, LadderProgress p, Kind kind, int step = 0, int count = 0, ReplayStop why = ReplayStop::None) {
        QTest::newRow(name) << p << static_cast<int>(kind) << step << count << static_cast<int>(why);
    };
    //                                step released failed left underWay new
    row("begins with one", {0, 0, 0, 700, 0, false}, Kind::Release, 0, 1);
    row("waits for it", {0, 1, 0, 699, 1, false}, Kind::Wait, 0);
    row("then five, one at a time", {0, 1, 0, 699, 0, false}, Kind::Release, 1, 1);
    row("the second of the five", {1, 1, 0, 698, 0, false}, Kind::Release, 1, 1);
    row("one of five still under way", {1, 3, 0, 690, 1, false}, Kind::Wait, 1);
    row("twenty: two at a time", {2, 6, 0, 600, 0, false}, Kind::Release, 2, 2);
    row("twenty: room for one", {2, 6, 0, 600, 1, false}, Kind::Release, 2, 1);
    row("the end of a step is not overrun", {3, 95, 0, 400, 0, false}, Kind::Release, 3, 5);
    row("a step that has gone waits for its last", {3, 100, 0, 300, 1, false}, Kind::Wait, 3);
    row("one failure of one is no line", {0, 1, 1, 699, 0, false}, Kind::Release, 1, 1);
    row("two of five are below the least", {1, 5, 2, 690, 0, false}, Kind::Release, 2, 2);
    row("three of five", {1, 5, 3, 690, 0, false}, Kind::Stop, 1, 0, ReplayStop::Failures);
    row("four of twenty are the line", {2, 20, 4, 600, 0, false}, Kind::Release, 3, 10);
    row("five of twenty pass it", {2, 20, 5, 600, 0, false}, Kind::Stop, 2, 0, ReplayStop::Failures);
    row("it is passed before the step has ended", {2, 8, 5, 600, 2, false}, Kind::Stop, 2, 0, ReplayStop::Failures);
    row("a new code stops at once", {3, 40, 1, 500, 9, true}, Kind::Stop, 3, 0, ReplayStop::NewCause);
    row("also with the very last one", {4, 100, 1, 0, 0, true}, Kind::Stop, 4, 0, ReplayStop::NewCause);
    row("a short last step has a line of its own size", {4, 10, 3, 0, 0, false}, Kind::Stop, 4, 0, ReplayStop::Failures);
    row("nothing left, something under way", {4, 10, 0, 0, 2, false}, Kind::Wait, 4);
    row("all have ended", {4, 10, 2, 0, 0, false}, Kind::Done, 4);
    row("an empty list", {0, 0, 0, 0, 0, false}, Kind::Done, 0);
    row("past the last size", {4, 500, 0, 9000, 0, false}, Kind::Release, 5, 50);
}

void PolicyLadderTest::nextMoves() {
    QFETCH(LadderProgress, p);
    QFETCH(int, kind);
    QFETCH(int, step);
    QFETCH(int, count);
    QFETCH(int, why);
    const LadderMove move = nextMove(ladder, p);
    QCOMPARE(static_cast<int>(move.kind), kind);
    QCOMPARE(move.step, step);
    QCOMPARE(move.count, count);
    QCOMPARE(static_cast<int>(move.why), why);
}

void PolicyLadderTest::theUsualOneIsAsSpecified() {
    QCOMPARE(usualLadder().size(), std::size_t(6));
    for (int step = 0; const std::int64_t size : {1, 5, 20, 100, 500, 2000, 2000, 2000})
        QCOMPARE(stepSize({usualLadder()}, step++), size);
}

void PolicyLadderTest::stepsGrowAndTheLastOneGoesOn() {
    for (const auto &[step, size] : {std::pair{0, 1}, {1, 5}, {2, 20}, {3, 100}, {4, 500}, {5, 500}, {60, 500}, {-1, 1}})
        QCOMPARE(stepSize(ladder, step), size);
    const auto [gone, end] = play(ladder, 3210, [](auto) { return false; }, [](auto) { return false; });
    QCOMPARE(gone, 3210);
    QVERIFY(end.kind == Kind::Done);
}

void PolicyLadderTest::aNewCodeInTheMiddleCostsATenthOfItsStep() {
    // The 150th is in the step of 500, which lets 50 go at a time.
    const auto [gone, end] = play(ladder, 2000, [](auto i) { return i == 149; }, [](auto i) { return i == 149; });
    QVERIFY(end.kind == Kind::Stop && end.why == ReplayStop::NewCause);
    QVERIFY2(gone >= 150 && gone <= 200, qPrintable(QString::number(gone)));
}

void PolicyLadderTest::failuresBelowTheLineGoOn() {
    const auto never = [](auto) { return false; };
    // A fifth of every step; the last one is full.
    QVERIFY(play(ladder, 4626, [](auto i) { return i % 5 == 4; }, never).second.kind == Kind::Done);
    const auto [gone, end] = play(ladder, 5000, [](auto i) { return i >= 30 && i % 4 == 0; }, never);
    QVERIFY(end.kind == Kind::Stop && end.why == ReplayStop::Failures);
    QVERIFY2(gone < 130, qPrintable(QString::number(gone)));
}

void PolicyLadderTest::everythingGoesWithoutALadder() {
    const auto always = [](auto) { return true; };
    const auto [gone, end] = play({}, 7001, always, always);
    QCOMPARE(gone, 7001);
    QVERIFY(end.kind == Kind::Done);
}

void PolicyLadderTest::leastTimes() {
    using namespace std::chrono_literals;
    QCOMPARE(leastTime(1000, 0, {}).count(), 0);
    QCOMPARE(leastTime(1000, 10, {}), Millis{100s});
    QVERIFY(leastTime(626, 0, ladder) < leastTime(5000, 0, ladder));
    QCOMPARE(leastTime(1000, 1, ladder), Millis{1000s}); // the longer of both
}

QTEST_GUILESS_MAIN(PolicyLadderTest)
#include "policy_ladder_test.moc"
