// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/token_keeper.h"

#include "tests/unit/printing.h"

#include <set>

using namespace songda;
using namespace songda::wechat;
using namespace std::chrono_literals;

namespace {

const SteadyTime start{1000s};
constexpr double nearOne = 1.0 - 0x1.0p-53;

std::string held(const TokenKeeper &keeper, SteadyTime now) {
    const std::string *token = keeper.usable(now);
    return token ? *token : "nothing";
}

/// One fetch in the normal mode that brings `token` at once.
void fetch(
    TokenKeeper &keeper, const std::string &token, SteadyTime now, Seconds life = 7200s, double unit = 0) {
    keeper.fetchStarted(now, false);
    keeper.fetched(token, life, now, unit);
}

/// The held token "A" is refused, and the normal mode hands it out twice more; `now` is moved to when the next fetch may start.
void refuseAgain(TokenKeeper &keeper, SteadyTime &now) {
    keeper.rejected("A", now);
    for (int i = 0; i < 2; ++i) {
        fetch(keeper, "A", now);
        now = *keeper.nextChange(now);
    }
}

/// A keeper whose normal mode keeps handing out the refused token "A".
TokenKeeper stuck(SteadyTime &now) {
    TokenKeeper keeper;
    fetch(keeper, "A", now);
    refuseAgain(keeper, now);
    return keeper;
}

} // namespace

class WechatTokenKeeperTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fetchesOnlyWhenSomebodyNeedsIt();
    void oneFetchAtATime();
    void tokenIsUsedUntilShortlyBeforeItsEnd_data();
    void tokenIsUsedUntilShortlyBeforeItsEnd();
    void shortestLivesDoNotFetchInACircle_data();
    void shortestLivesDoNotFetchInACircle();
    void absurdLivesAreCut();
    void refreshesALittleEarlyAndKeepsSending();
    void earlyRefreshIsSpread();
    void failedRefreshKeepsTheToken();
    void rejectionOfTheHeldTokenDropsIt();
    void hundredRejectionsTogetherCauseOneFetch();
    void hundredLateRejectionsOfAnOldTokenTriggerNothing();
    void sameTokenAgainWaitsFiveToThirtySeconds_data();
    void sameTokenAgainWaitsFiveToThirtySeconds();
    void sameTokenTwiceAsksForAForcedOne();
    void theOnlyTokenThereIsIsUsedAgain_data();
    void theOnlyTokenThereIsIsUsedAgain();
    void aForcedFetchThatFailsIsMadeAgain();
    void forcedFetchesAreThirtySecondsApart();
    void forcedFetchesAreTwentyADay();
    void aNewTokenEndsTheForcing();
    void failedFetchesBackOff();
    void failedFetchesWaitAtLeastHalf();
    void retryAfterIsObeyed();
    void successEndsTheBackOff();
    void threeFreshTokensRefusedAreNeverGood();
    void aWorkingTokenIsGood();
    void workingTokensRefusedOftenAreTakenByOthers();
    void refusalsLongApartAreNoTrouble();
    void forgettingTroublesAllowsAFetchAtOnce();
    void nextChangeIsWhenAFetchMayStart();
    void fetchesAreCounted();
};

void WechatTokenKeeperTest::fetchesOnlyWhenSomebodyNeedsIt() {
    const TokenKeeper keeper;
    QVERIFY(!keeper.shouldFetch(start, false));
    QVERIFY(keeper.shouldFetch(start, true));
    QVERIFY(!keeper.shouldForce(start));
    QCOMPARE(held(keeper, start), std::string("nothing"));
    QVERIFY(!keeper.life(start));
    QVERIFY(keeper.nextChange(start) == start);
}

void WechatTokenKeeperTest::oneFetchAtATime() {
    TokenKeeper keeper;
    keeper.fetchStarted(start, false);
    QVERIFY(keeper.fetching());
    QVERIFY(!keeper.shouldFetch(start, true));
    QVERIFY(!keeper.shouldFetch(start + 1h, true));
    QVERIFY(!keeper.nextChange(start));
    keeper.fetched("A", 7200s, start + 1s, 0);
    QVERIFY(!keeper.fetching());
    QCOMPARE(held(keeper, start + 1s), std::string("A"));
    QVERIFY(!keeper.shouldFetch(start + 1s, true));
}

void WechatTokenKeeperTest::tokenIsUsedUntilShortlyBeforeItsEnd_data() {
    QTest::addColumn<qint64>("expiresIn");
    QTest::addColumn<qint64>("useful"); // seconds
    const auto row = [](qint64 expiresIn, qint64 useful) {
        QTest::addRow("%lld s", static_cast<long long>(expiresIn)) << expiresIn << useful;
    };
    row(7200, 6900);
    row(1000, 700);
    row(361, 61);
    row(360, 60);
    row(301, 60);
    row(300, 60); // the least the stable endpoint says
    row(120, 60);
    row(100, 50);
    row(10, 5);
    row(2, 1);
}

void WechatTokenKeeperTest::tokenIsUsedUntilShortlyBeforeItsEnd() {
    QFETCH(qint64, expiresIn);
    QFETCH(qint64, useful);
    for (const double unit : {0.0, 0.5, nearOne}) {
        TokenKeeper keeper;
        fetch(keeper, "A", start, Seconds{expiresIn}, unit);
        QCOMPARE(held(keeper, start), std::string("A"));
        QVERIFY(keeper.life(start) == Seconds{useful});
        QCOMPARE(held(keeper, start + Seconds{useful} - 1us), std::string("A"));
        QCOMPARE(held(keeper, start + Seconds{useful}), std::string("nothing"));
        QVERIFY(keeper.shouldFetch(start + Seconds{useful}, true));
        // At least three quarters of a life pass before the next fetch.
        QVERIFY(!keeper.shouldFetch(start + Micros{Seconds{useful}} * 3 / 4 - 1us, true));
    }
}

void WechatTokenKeeperTest::shortestLivesDoNotFetchInACircle_data() {
    QTest::addColumn<qint64>("expiresIn");
    QTest::newRow("one second") << qint64{1};
    QTest::newRow("none said") << qint64{0};
    QTest::newRow("negative") << qint64{-5};
}

void WechatTokenKeeperTest::shortestLivesDoNotFetchInACircle() {
    QFETCH(qint64, expiresIn);
    TokenKeeper keeper;
    fetch(keeper, "A", start, Seconds{expiresIn});
    QVERIFY(!keeper.shouldFetch(start, true));
    QVERIFY(keeper.nextChange(start).has_value());
    QVERIFY(*keeper.nextChange(start) > start);
}

void WechatTokenKeeperTest::absurdLivesAreCut() {
    for (const qint64 life : {qint64{86'401}, qint64{9'000'000'000'000'000'000}}) {
        TokenKeeper keeper;
        fetch(keeper, "A", start, Seconds{life});
        QVERIFY(keeper.life(start) == Seconds{86'100});
        QVERIFY(keeper.shouldFetch(start + 24h, true));
    }
}

void WechatTokenKeeperTest::refreshesALittleEarlyAndKeepsSending() {
    TokenKeeper keeper;
    fetch(keeper, "A", start, 7200s, nearOne);
    const SteadyTime due = *keeper.nextChange(start);
    QVERIFY(due < start + 6900s);
    QVERIFY(due >= start + 6840s); // at most a minute early
    QVERIFY(!keeper.shouldFetch(due - 1us, true));
    QVERIFY(keeper.shouldFetch(due, true));
    QVERIFY(!keeper.shouldFetch(due, false));
    keeper.fetchStarted(due, false);
    QCOMPARE(held(keeper, due + 1s), std::string("A"));
    keeper.fetched("B", 7200s, due + 2s, 0);
    QCOMPARE(held(keeper, due + 2s), std::string("B"));
}

void WechatTokenKeeperTest::earlyRefreshIsSpread() {
    std::set<SteadyTime> moments;
    for (int i = 0; i < 100; ++i) {
        TokenKeeper keeper;
        fetch(keeper, "A", start, 7200s, i / 100.0);
        const SteadyTime due = *keeper.nextChange(start);
        QVERIFY(due < start + 6900s && due >= start + 6840s);
        moments.insert(due);
    }
    QVERIFY(moments.size() >= 50);
    QVERIFY(*moments.rbegin() - *moments.begin() >= 30s);
}

void WechatTokenKeeperTest::failedRefreshKeepsTheToken() {
    TokenKeeper keeper;
    fetch(keeper, "A", start, 7200s, nearOne);
    const SteadyTime due = *keeper.nextChange(start);
    keeper.fetchStarted(due, false);
    keeper.fetchFailed(due + 1s, std::nullopt, 0);
    QCOMPARE(held(keeper, due + 1s), std::string("A"));
    QVERIFY(!keeper.shouldFetch(due + 1s, true));
    QVERIFY(*keeper.nextChange(due + 1s) > due + 1s);
}

void WechatTokenKeeperTest::rejectionOfTheHeldTokenDropsIt() {
    TokenKeeper keeper;
    fetch(keeper, "A", start);
    QVERIFY(!keeper.rejected("B", start + 1s));
    QVERIFY(!keeper.rejected("", start + 1s));
    QCOMPARE(held(keeper, start + 1s), std::string("A"));
    QVERIFY(keeper.rejected("A", start + 1s));
    QCOMPARE(held(keeper, start + 1s), std::string("nothing"));
    QVERIFY(keeper.shouldFetch(start + 1s, true)); // at once
    QVERIFY(!keeper.shouldForce(start + 1s));
    fetch(keeper, "B", start + 2s);
    QCOMPARE(held(keeper, start + 2s), std::string("B"));
}

void WechatTokenKeeperTest::hundredRejectionsTogetherCauseOneFetch() {
    TokenKeeper keeper;
    fetch(keeper, "A", start);
    int dropped = 0;
    for (int i = 0; i < 100; ++i)
        dropped += keeper.rejected("A", start + 1s);
    QCOMPARE(dropped, 1);
    QVERIFY(!keeper.neverGood(start + 1s));
    keeper.fetchStarted(start + 1s, false);
    for (int i = 0; i < 100; ++i) {
        QVERIFY(!keeper.rejected("A", start + 2s));
        QVERIFY(!keeper.shouldFetch(start + 2s, true));
    }
    QCOMPARE(keeper.fetches(), 2);
}

void WechatTokenKeeperTest::hundredLateRejectionsOfAnOldTokenTriggerNothing() {
    TokenKeeper keeper;
    fetch(keeper, "A", start);
    QVERIFY(keeper.rejected("A", start + 1s));
    fetch(keeper, "B", start + 2s);
    for (int i = 0; i < 100; ++i) {
        QVERIFY(!keeper.rejected("A", start + 3s));
        QCOMPARE(held(keeper, start + 3s), std::string("B"));
        QVERIFY(!keeper.shouldFetch(start + 3s, true));
        QVERIFY(!keeper.shouldForce(start + 3s));
    }
    QVERIFY(!keeper.neverGood(start + 3s));
    QCOMPARE(keeper.fetches(), 2);
}

void WechatTokenKeeperTest::sameTokenAgainWaitsFiveToThirtySeconds_data() {
    QTest::addColumn<double>("unit");
    QTest::addColumn<qint64>("waitMs");
    QTest::newRow("shortest") << 0.0 << qint64{5000};
    QTest::newRow("middle") << 0.5 << qint64{17500};
    QTest::newRow("longest") << nearOne << qint64{30000};
}

void WechatTokenKeeperTest::sameTokenAgainWaitsFiveToThirtySeconds() {
    QFETCH(double, unit);
    QFETCH(qint64, waitMs);
    TokenKeeper keeper;
    fetch(keeper, "A", start);
    QVERIFY(keeper.rejected("A", start));
    fetch(keeper, "A", start, 7200s, unit);
    QCOMPARE(held(keeper, start), std::string("nothing")); // nothing is sent with a token known to be refused
    QVERIFY(!keeper.shouldFetch(start + Millis{waitMs} - 1ms, true));
    QVERIFY(keeper.shouldFetch(start + Millis{waitMs}, true));
    QVERIFY(!keeper.shouldForce(start + Millis{waitMs})); // the normal mode is tried once more
    QVERIFY(keeper.nextChange(start) > start + Millis{waitMs} - 1ms);
    QVERIFY(keeper.nextChange(start) <= start + Millis{waitMs});
}

void WechatTokenKeeperTest::sameTokenTwiceAsksForAForcedOne() {
    SteadyTime now = start;
    TokenKeeper keeper = stuck(now);
    QVERIFY(now >= start + 10s); // two waits
    QVERIFY(keeper.shouldFetch(now, true));
    QVERIFY(keeper.shouldForce(now));
    keeper.fetchStarted(now, true);
    keeper.fetched("B", 7200s, now, 0);
    QCOMPARE(held(keeper, now), std::string("B"));
    QVERIFY(!keeper.shouldForce(now));
}

void WechatTokenKeeperTest::theOnlyTokenThereIsIsUsedAgain_data() {
    QTest::addColumn<bool>("forced");
    QTest::newRow("a forced fetch brings it too") << true;
    QTest::newRow("the day's forced fetches are used up") << false;
}

void WechatTokenKeeperTest::theOnlyTokenThereIsIsUsedAgain() {
    QFETCH(bool, forced);
    SteadyTime now = start;
    TokenKeeper keeper = stuck(now);
    QCOMPARE(held(keeper, now), std::string("nothing"));
    if (!forced)
        keeper.forcedUsedUp();
    QCOMPARE(keeper.shouldForce(now), forced);
    keeper.fetchStarted(now, forced);
    QCOMPARE(keeper.forcing(), forced);
    keeper.fetched("A", 7200s, now, 0);
    QCOMPARE(held(keeper, now), std::string("A"));
    QVERIFY(!keeper.shouldFetch(now, true));
    QVERIFY(!keeper.neverGood(now));
    // It works: the refusal was a stray one, and so may be the next.
    TokenKeeper good = keeper;
    good.worked("A");
    QVERIFY(good.rejected("A", now + 1s));
    QVERIFY(!good.neverGood(now + 1s));
    // It does not, and nothing else can be asked for.
    QVERIFY(keeper.rejected("A", now + 1s));
    QVERIFY(keeper.neverGood(now + 1s));
}

void WechatTokenKeeperTest::aForcedFetchThatFailsIsMadeAgain() {
    SteadyTime now = start;
    TokenKeeper keeper = stuck(now);
    const SteadyTime forced = now;
    keeper.fetchStarted(now, true);
    keeper.fetchFailed(now, std::nullopt, 0); // a trouble of the moment
    now += 1s;
    QVERIFY(keeper.shouldFetch(now, true) && !keeper.shouldForce(now)); // too soon for another
    fetch(keeper, "A", now);
    QCOMPARE(held(keeper, now), std::string("nothing")); // the way to another one is not used up
    QVERIFY(!keeper.shouldFetch(forced + 30s - 1ms, true));
    QVERIFY(keeper.shouldFetch(forced + 30s, true) && keeper.shouldForce(forced + 30s));
}

void WechatTokenKeeperTest::forcedFetchesAreThirtySecondsApart() {
    SteadyTime now = start;
    TokenKeeper keeper = stuck(now);
    const SteadyTime forced = now;
    keeper.fetchStarted(forced, true);
    keeper.fetched("A", 7200s, forced, 0); // too fast for WeChat, or somebody else's
    QVERIFY(!keeper.shouldForce(forced));
    refuseAgain(keeper, now);
    QVERIFY(now < forced + 30s);
    QVERIFY(keeper.shouldFetch(now, true));
    QVERIFY(!keeper.shouldForce(now));
    QVERIFY(!keeper.shouldForce(forced + 29999ms));
    QVERIFY(keeper.shouldForce(forced + 30s));
    // A forced fetch that failed was asked for all the same.
    keeper.fetchStarted(forced + 30s, true);
    keeper.fetchFailed(forced + 30s, std::nullopt, 0);
    QVERIFY(!keeper.shouldForce(forced + 59s));
    QVERIFY(keeper.shouldForce(forced + 60s));
}

void WechatTokenKeeperTest::forcedFetchesAreTwentyADay() {
    SteadyTime now = start;
    TokenKeeper keeper = stuck(now);
    const SteadyTime firstForced = now;
    for (int i = 0; i < 20; ++i) {
        QVERIFY2(keeper.shouldForce(now), std::to_string(i).c_str());
        keeper.fetchStarted(now, true);
        keeper.fetched("A", 7200s, now, 0);
        now += 20s;
        refuseAgain(keeper, now); // in ten seconds
    }
    QVERIFY(!keeper.shouldForce(now));
    QVERIFY(keeper.shouldFetch(now, true)); // the normal mode still may
    QVERIFY(!keeper.shouldForce(firstForced + 24h - 1ms));
    QVERIFY(keeper.shouldForce(firstForced + 24h));
    keeper.fetchStarted(firstForced + 24h, true);
    keeper.fetched("A", 7200s, firstForced + 24h, 0);
    now = firstForced + 24h + 20s;
    refuseAgain(keeper, now);
    QVERIFY(keeper.shouldForce(now)); // the second of yesterday is a day old now
    keeper.fetchStarted(now, true);
    keeper.fetched("A", 7200s, now, 0);
    refuseAgain(keeper, now);
    QVERIFY(!keeper.shouldForce(now));
}

void WechatTokenKeeperTest::aNewTokenEndsTheForcing() {
    SteadyTime now = start;
    TokenKeeper keeper = stuck(now);
    fetch(keeper, "B", now);
    QVERIFY(keeper.rejected("B", now + 1s));
    fetch(keeper, "B", now + 2s);
    QVERIFY(!keeper.shouldForce(now + 1h)); // counted from the start for the new one
    fetch(keeper, "B", now + 1h);
    QVERIFY(keeper.shouldForce(now + 2h));
}

void WechatTokenKeeperTest::failedFetchesBackOff() {
    TokenKeeper keeper;
    SteadyTime now = start;
    for (const Seconds longest : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
        QVERIFY(keeper.shouldFetch(now, true));
        keeper.fetchStarted(now, false);
        keeper.fetchFailed(now, std::nullopt, nearOne);
        QVERIFY(!keeper.fetching());
        const SteadyTime next = *keeper.nextChange(now);
        QVERIFY(next <= now + longest && next >= now + longest - 1ms);
        QVERIFY(!keeper.shouldFetch(next - 1us, true));
        now = next;
    }
}

void WechatTokenKeeperTest::failedFetchesWaitAtLeastHalf() {
    TokenKeeper keeper;
    SteadyTime now = start;
    for (const Seconds longest : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        keeper.fetchStarted(now, false);
        keeper.fetchFailed(now, std::nullopt, 0);
        QVERIFY(keeper.nextChange(now) == now + longest / 2.0);
        now = *keeper.nextChange(now);
    }
}

void WechatTokenKeeperTest::retryAfterIsObeyed() {
    TokenKeeper keeper;
    keeper.fetchStarted(start, false);
    keeper.fetchFailed(start, Millis{1h}, 0.5);
    QVERIFY(!keeper.shouldFetch(start + 1h - 1us, true));
    QVERIFY(keeper.shouldFetch(start + 1h, true));
    keeper.fetchStarted(start + 1h, false);
    keeper.fetchFailed(start + 1h, Millis{1}, 0); // shorter than our own pause
    QVERIFY(!keeper.shouldFetch(start + 1h + 1ms, true));
}

void WechatTokenKeeperTest::successEndsTheBackOff() {
    TokenKeeper keeper;
    for (int i = 0; i < 10; ++i) {
        keeper.fetchStarted(start, false);
        keeper.fetchFailed(start, std::nullopt, 0);
    }
    fetch(keeper, "A", start + 100s);
    QVERIFY(keeper.rejected("A", start + 101s));
    QVERIFY(keeper.shouldFetch(start + 101s, true));
    keeper.fetchStarted(start + 101s, false);
    keeper.fetchFailed(start + 101s, std::nullopt, nearOne);
    QVERIFY(keeper.shouldFetch(start + 102s, true));
}

void WechatTokenKeeperTest::threeFreshTokensRefusedAreNeverGood() {
    TokenKeeper keeper;
    SteadyTime now = start;
    for (const char *token : {"A", "B", "C"}) {
        QVERIFY(!keeper.neverGood(now));
        fetch(keeper, token, now);
        QVERIFY(keeper.rejected(token, now + 1s));
        now += 1min;
    }
    QVERIFY(keeper.neverGood(now));
    keeper.forgetTroubles();
    QVERIFY(!keeper.neverGood(now));
}

void WechatTokenKeeperTest::aWorkingTokenIsGood() {
    TokenKeeper keeper;
    SteadyTime now = start;
    // Every second token works: never three refusals without a success between them.
    for (int i = 0; i < 20; ++i) {
        const std::string token = "token-" + std::to_string(i);
        fetch(keeper, token, now);
        if (i % 2 == 1)
            keeper.worked(token);
        QVERIFY(keeper.rejected(token, now));
        QVERIFY(!keeper.neverGood(now));
        now += 1s;
    }
    // A late answer to a request with an older token says nothing about the present one.
    for (const char *token : {"X", "Y", "Z"}) {
        fetch(keeper, token, now);
        keeper.worked("token-19");
        QVERIFY(keeper.rejected(token, now));
    }
    QVERIFY(keeper.neverGood(now));
}

void WechatTokenKeeperTest::workingTokensRefusedOftenAreTakenByOthers() {
    TokenKeeper keeper;
    SteadyTime now = start;
    const auto round = [&](bool works, Micros pause) {
        const std::string token = "token-" + std::to_string(now.time_since_epoch().count());
        fetch(keeper, token, now);
        if (works)
            keeper.worked(token);
        QVERIFY(keeper.rejected(token, now));
        now += pause;
    };
    // Two are a coincidence, and so are three in a long day; tokens that never worked say nothing of others.
    for (int i = 0; i < 5; ++i) {
        round(true, 31min);
        QVERIFY(!keeper.takenByOthers(now));
    }
    now += 2h;
    round(true, 1min);
    round(false, 1min);
    round(false, 1min);
    round(true, 1min);
    QVERIFY(!keeper.takenByOthers(now));
    round(true, 1min);
    QVERIFY(keeper.takenByOthers(now));
    // An hour without it, and the word is taken back.
    now += 1h;
    QVERIFY(!keeper.takenByOthers(now));
}

void WechatTokenKeeperTest::refusalsLongApartAreNoTrouble() {
    TokenKeeper keeper;
    SteadyTime now = start;
    for (int i = 0; i < 20; ++i) {
        const std::string token = "token-" + std::to_string(i);
        fetch(keeper, token, now);
        QVERIFY(keeper.rejected(token, now));
        QVERIFY(!keeper.neverGood(now));
        now += 5min + 1s;
    }
}

void WechatTokenKeeperTest::forgettingTroublesAllowsAFetchAtOnce() {
    SteadyTime now = start;
    TokenKeeper keeper = stuck(now);
    keeper.fetchStarted(now, false);
    keeper.fetchFailed(now, Millis{1h}, 0);
    QVERIFY(!keeper.shouldFetch(now, true));
    keeper.forgetTroubles();
    QVERIFY(keeper.shouldFetch(now, true));
    QVERIFY(!keeper.shouldForce(now));
    fetch(keeper, "A", now); // a person said to try: even the refused one gets its chance
    QCOMPARE(held(keeper, now), std::string("A"));
}

void WechatTokenKeeperTest::nextChangeIsWhenAFetchMayStart() {
    const auto check = [](const TokenKeeper &keeper, SteadyTime now) {
        const auto next = keeper.nextChange(now);
        QVERIFY(next.has_value());
        QVERIFY(*next >= now);
        QVERIFY(keeper.shouldFetch(*next, true));
        if (*next > now)
            QVERIFY(!keeper.shouldFetch(*next - 1us, true));
    };
    TokenKeeper keeper;
    check(keeper, start);
    fetch(keeper, "A", start, 7200s, 0.3);
    check(keeper, start);
    check(keeper, start + 1h);
    check(keeper, start + 3h);
    QVERIFY(keeper.rejected("A", start + 1h));
    check(keeper, start + 1h);
    fetch(keeper, "A", start + 1h, 7200s, 0.3);
    check(keeper, start + 1h);
    keeper.fetchStarted(start + 2h, false);
    keeper.fetchFailed(start + 2h, Millis{90s}, 0.3);
    check(keeper, start + 2h);
}

void WechatTokenKeeperTest::fetchesAreCounted() {
    TokenKeeper keeper;
    QCOMPARE(keeper.fetches(), 0);
    fetch(keeper, "A", start);
    keeper.fetchStarted(start, true);
    keeper.fetchFailed(start, std::nullopt, 0);
    QCOMPARE(keeper.fetches(), 2);
}

QTEST_GUILESS_MAIN(WechatTokenKeeperTest)
#include "wechat_token_keeper_test.moc"
