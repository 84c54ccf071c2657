// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/radar.h"

#include <QTest>
#include <algorithm>
#include <random>

using namespace songda;
using namespace std::chrono_literals;

namespace {

const WallTime now{std::chrono::days{20'000}};

/// One message a minute up to now, each reported after this long unless its place is on the list.
std::vector<RadarSighting> sent(int n, Millis delay, const std::vector<int> &without = {}) {
    std::vector<RadarSighting> list;
    for (int i = 0; i < n; ++i) {
        const WallTime at = now - std::chrono::minutes{n - i};
        const bool missing = std::find(without.begin(), without.end(), i) != without.end();
        list.push_back({at, missing || at + delay > now ? std::nullopt : std::optional(at + delay)});
    }
    return list;
}

std::vector<int> places(int from, int to) {
    std::vector<int> list;
    for (int i = from; i < to; ++i)
        list.push_back(i);
    return list;
}

QString state(const RadarVerdict &verdict) { return QString::fromLatin1(toString(verdict.state)); }

} // namespace

class PolicyRadarTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutReportsEverNothingIsSaid();
    void noneEverThoughAskedForIsSilence();
    void whatIsReportedInTimeIsFine();
    void whatIsUnderWayIsNotMissed();
    void usualIsWhatReportsNeed();
    void someAreMissing();
    void noneComesAnyMore();
    void afewAtTheEndAreNoSilence();
    void whoLosesManyNeedsMoreToFallSilent();
    void chanceAloneIsSeldomSilence();
};

void PolicyRadarTest::withoutReportsEverNothingIsSaid() {
    const auto verdict = judgeReports(sent(500, 1s, places(0, 500)), false, now);
    QCOMPARE(state(verdict), QStringLiteral("not-set-up"));
    QCOMPARE(verdict.missing, 0);
    QCOMPARE(state(judgeReports({}, true, now)), QStringLiteral("too-few"));
}

void PolicyRadarTest::noneEverThoughAskedForIsSilence() {
    const auto list = sent(500, 1s, places(0, 500));
    auto verdict = judgeReports(list, false, now, now - 24h);
    QCOMPARE(state(verdict), QStringLiteral("silent"));
    QCOMPARE(verdict.considered, 491); // what was sent in the last minutes may still be reported
    QCOMPARE(verdict.unheard, 491);
    QVERIFY(verdict.silentSince == list.front().acceptedAt);
    QCOMPARE(verdict.missing, 0);
    // What was sent before it was set up could be reported to nobody.
    verdict = judgeReports(list, false, now, now - 30min);
    QCOMPARE(verdict.unheard, 21);
    QVERIFY(verdict.silentSince == now - 30min);
    QCOMPARE(state(judgeReports(list, false, now, now - 5min)), QStringLiteral("too-few"));
    QCOMPARE(state(judgeReports({}, false, now, now - 24h)), QStringLiteral("too-few"));
}

void PolicyRadarTest::whatIsReportedInTimeIsFine() {
    const auto verdict = judgeReports(sent(500, 2s), true, now);
    QCOMPARE(state(verdict), QStringLiteral("fine"));
    QCOMPARE(verdict.considered, 500);
}

void PolicyRadarTest::whatIsUnderWayIsNotMissed() {
    // The newest nine minutes may still be reported.
    const auto verdict = judgeReports(sent(500, 2s, places(491, 500)), true, now);
    QCOMPARE(state(verdict), QStringLiteral("fine"));
    QCOMPARE(verdict.considered, 491);
    QCOMPARE(state(judgeReports(sent(5, 2s, places(0, 5)), true, now)), QStringLiteral("too-few"));
}

void PolicyRadarTest::usualIsWhatReportsNeed() {
    QVERIFY(judgeReports(sent(500, 2s), true, now).usual == 10min);
    QVERIFY(judgeReports(sent(500, 40min), true, now).usual == 40min);
    QVERIFY(judgeReports(sent(10, 40min), true, now).usual == 10min); // too few to tell
    // One slow one in a hundred makes nothing usual.
    auto list = sent(1000, 2s);
    for (std::size_t i = 0; i < 5; ++i)
        list[i].reportedAt = list[i].acceptedAt + 10h;
    QVERIFY(judgeReports(list, true, now).usual == 10min);
}

void PolicyRadarTest::someAreMissing() {
    const auto verdict = judgeReports(sent(500, 2s, {3, 77, 300}), true, now);
    QCOMPARE(state(verdict), QStringLiteral("missing"));
    QCOMPARE(verdict.missing, 3);
    QCOMPARE(verdict.missingOnes, (std::vector<std::size_t>{3, 77, 300}));
    QVERIFY(!verdict.silentSince);
}

void PolicyRadarTest::noneComesAnyMore() {
    std::vector<int> without = places(440, 500);
    without.push_back(7);
    const auto verdict = judgeReports(sent(500, 2s, without), true, now);
    QCOMPARE(state(verdict), QStringLiteral("silent"));
    QCOMPARE(verdict.unheard, 51); // the newest nine are not due
    QCOMPARE(verdict.missing, 1); // it was missing before
    QVERIFY(verdict.silentSince == now - 60min);
    // None since long ago, in all that is looked at.
    QCOMPARE(state(judgeReports(sent(100, 2s, places(0, 100)), true, now)), QStringLiteral("silent"));
}

void PolicyRadarTest::afewAtTheEndAreNoSilence() {
    // One at the end, after 490 that were reported, is one.
    QCOMPARE(state(judgeReports(sent(500, 2s, places(490, 500)), true, now)), QStringLiteral("missing"));
    // Three in a row never happened before.
    QCOMPARE(state(judgeReports(sent(500, 2s, places(488, 500)), true, now)), QStringLiteral("silent"));
}

void PolicyRadarTest::whoLosesManyNeedsMoreToFallSilent() {
    std::vector<int> without;
    for (int i = 0; i < 490; i += 2)
        without.push_back(i); // every other one
    const auto with = [&](int run) {
        std::vector<int> all = without;
        const auto last = places(490 - run, 500);
        all.insert(all.end(), last.begin(), last.end());
        return state(judgeReports(sent(500, 2s, all), true, now));
    };
    QCOMPARE(with(5), QStringLiteral("missing"));
    QCOMPARE(with(15), QStringLiteral("silent"));
}

void PolicyRadarTest::chanceAloneIsSeldomSilence() {
    std::mt19937 random(42);
    int silent = 0;
    constexpr int rounds = 2000;
    for (int round = 0; round < rounds; ++round) {
        std::bernoulli_distribution lost(0.01 * static_cast<double>(1 + round % 30));
        auto list = sent(500, 2s);
        for (RadarSighting &s : list) {
            if (lost(random))
                s.reportedAt.reset();
        }
        silent += judgeReports(list, true, now).state == RadarState::Silent ? 1 : 0;
    }
    qInfo("%d of %d lines that lose reports by chance are called silent", silent, rounds);
    QVERIFY(silent <= rounds / 200);
}

QTEST_APPLESS_MAIN(PolicyRadarTest)
#include "policy_radar_test.moc"
