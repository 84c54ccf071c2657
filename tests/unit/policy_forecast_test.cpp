// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/forecast.h"

#include "tests/unit/printing.h"

#include <random>

using namespace songda;
using namespace std::chrono_literals;

namespace {

using Why = ForecastStop::Why;

constexpr int bulk = 0;
constexpr int normal = 1;
constexpr int urgent = 2;

WallTime china(const char *time) { return *parseIso8601(time); }

const WallTime noon = china("2026-03-01T12:00");

ForecastLoad load(std::int64_t messages, WallTime due = noon, int priority = normal) {
    ForecastLoad l;
    l.dueAt = due;
    l.priority = priority;
    l.messages = messages;
    return l;
}

/// Ten a second, no burst, connections enough, nothing else in the way.
ForecastInput plain(std::vector<ForecastLoad> loads) {
    ForecastInput input;
    input.now = noon;
    input.rate = 10;
    input.burst = 0;
    input.connections = 10;
    input.latency = 50ms;
    input.loads = std::move(loads);
    return input;
}

/// What was wrong with these stops, empty if nothing.
std::string differs(const std::vector<ForecastStop> &have, const std::vector<ForecastStop> &want) {
    const auto written = [](const std::vector<ForecastStop> &stops) {
        std::string text;
        for (const ForecastStop &s : stops)
            text += std::string(songda::toString(s.why)) + " " + toIso8601(s.from) + " .. " + toIso8601(s.until) + " " + std::to_string(s.waiting) + "; ";
        return text;
    };
    return have == want ? std::string() : written(have) + "instead of " + written(want);
}

#define COMPARE_STOPS(forecast, ...) \
    QVERIFY2(differs((forecast).stops, __VA_ARGS__).empty(), differs((forecast).stops, __VA_ARGS__).c_str())

} // namespace

class PolicyForecastTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingWaits();
    void goesAtItsRate_data();
    void goesAtItsRate();
    void aBurstGoesAtOnce();
    void aBurstFillsUpInTimeWithoutWork();
    void theFirstGoesWhenItsTimeIsEarned();
    void scheduledLoadsGoWhenTheyAreDue();
    void quietHoursOverMidnightLetUrgentPass();
    void quietForUrgentToo();
    void quotaTurnsAfterMidnight();
    void aSmallQuotaTakesManyDays();
    void aBurstADayIsNoStandstill();
    void whatIsKeptForUrgentIsNotUsedByOthers();
    void urgentThatComesLaterUsesWhatWasKept();
    void closedLetsNothingOut();
    void closedOverMidnightTurnsTheDay();
    void whatIsNoLongerUsefulExpires();
    void anEndThatIsOverAlready();
    void whatIsHeldStays();
    void higherPrioritiesGoFirst();
    void beyondTheHorizonIsHeld();
    void quietComesBeforeQuota();
    void aMillionInOneLoad();
    void ninetyThousandLoads();
    void sumsAreTheInput();
};

void PolicyForecastTest::nothingWaits() {
    const Forecast f = forecast(plain({}));
    QCOMPARE(f.willGo, 0);
    QVERIFY(!f.firstAt && !f.endsAt && f.stops.empty());
    const Forecast none = forecast(plain({load(0), load(-5)}));
    QCOMPARE(none.willGo + none.held + none.expired, 0);
    ForecastInput input = plain({});
    input.refused = 7;
    QCOMPARE(forecast(input).refused, 7);
}

void PolicyForecastTest::goesAtItsRate_data() {
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("connections");
    QTest::addColumn<int>("latency"); // ms
    QTest::addColumn<double>("requests");
    QTest::addColumn<int>("messages");
    QTest::addColumn<qint64>("takes"); // ms
    QTest::newRow("rate") << 10.0 << 10 << 50 << 1.0 << 100 << qint64{10'000};
    QTest::newRow("one message") << 10.0 << 10 << 50 << 1.0 << 1 << qint64{100};
    QTest::newRow("connections are the limit") << 100.0 << 2 << 100 << 1.0 << 100 << qint64{5'000};
    QTest::newRow("just as fast") << 20.0 << 2 << 100 << 1.0 << 100 << qint64{5'000};
    QTest::newRow("one slow connection") << 100.0 << 1 << 5000 << 1.0 << 12 << qint64{60'000};
    QTest::newRow("repeats take their part") << 10.0 << 10 << 50 << 1.25 << 100 << qint64{12'500};
    QTest::newRow("repeats, connections") << 100.0 << 2 << 100 << 2.0 << 100 << qint64{10'000};
    QTest::newRow("fewer than one request is one") << 10.0 << 10 << 50 << 0.5 << 100 << qint64{10'000};
    QTest::newRow("less than one a second") << 0.1 << 10 << 50 << 1.0 << 3 << qint64{30'000};
}

void PolicyForecastTest::goesAtItsRate() {
    QFETCH(double, rate);
    QFETCH(int, connections);
    QFETCH(int, latency);
    QFETCH(double, requests);
    QFETCH(int, messages);
    QFETCH(qint64, takes);
    ForecastInput input = plain({load(messages)});
    input.rate = rate;
    input.connections = connections;
    input.latency = Millis{latency};
    input.requestsPerMessage = requests;
    const Forecast f = forecast(input);
    QCOMPARE(f.willGo, messages);
    QCOMPARE(f.endsAt, std::optional(noon + Millis{takes}));
    QVERIFY(f.stops.empty());
    QVERIFY(f.curve.front() == std::pair(noon, std::int64_t{0}));
    QVERIFY(f.curve.back() == std::pair(noon + Millis{takes}, std::int64_t{messages}));
}

void PolicyForecastTest::aBurstGoesAtOnce() {
    ForecastInput input = plain({load(100)});
    input.burst = 20;
    input.connections = 100;
    const Forecast f = forecast(input);
    QCOMPARE(f.firstAt, std::optional(noon));
    QCOMPARE(f.endsAt, std::optional(noon + 8s));
    input.loads = {load(20)};
    QCOMPARE(forecast(input).endsAt, std::optional(noon));
    input.requestsPerMessage = 2; // ten at once, ten at five a second
    QCOMPARE(forecast(input).endsAt, std::optional(noon + 2s));
}

void PolicyForecastTest::aBurstFillsUpInTimeWithoutWork() {
    ForecastInput input = plain({load(20), load(20, noon + 1s), load(20, noon + 1h)});
    input.burst = 20;
    input.connections = 100;
    const Forecast f = forecast(input);
    // Ten were earned within the second.
    const std::vector<std::pair<WallTime, std::int64_t>> curve{{noon, 0}, {noon, 20}, {noon + 2s, 40}, {noon + 1h, 60}};
    QVERIFY(f.curve == curve);
    // Never more than the burst that repeats leave room for.
    input.requestsPerMessage = 2;
    input.loads = {load(20, noon + 1h)};
    QCOMPARE(forecast(input).endsAt, std::optional(noon + 1h + 2s));
}

void PolicyForecastTest::theFirstGoesWhenItsTimeIsEarned() {
    ForecastInput input = plain({load(3)});
    input.rate = 0.1;
    QCOMPARE(forecast(input).firstAt, std::optional(noon + 10s));
    input.loads.front().expiresAt = noon + 9s; // before its turn comes
    const Forecast f = forecast(input);
    QVERIFY(!f.firstAt && !f.endsAt);
    QCOMPARE(f.expired, 3);
    input.burst = 1;
    QCOMPARE(forecast(input).firstAt, std::optional(noon));
    QCOMPARE(forecast(input).willGo, 1);
}

void PolicyForecastTest::scheduledLoadsGoWhenTheyAreDue() {
    const Forecast f = forecast(plain({load(50, noon + 1h), load(100, noon - 2h), load(30, noon + 5s)}));
    // The second joins the first on its way, the third starts by itself.
    QCOMPARE(f.willGo, 180);
    QCOMPARE(f.firstAt, std::optional(noon + 100ms));
    QCOMPARE(f.endsAt, std::optional(noon + 1h + 5s));
    const std::vector<std::pair<WallTime, std::int64_t>> curve{{noon, 0}, {noon + 5s, 50}, {noon + 13s, 130}, {noon + 1h + 5s, 180}};
    QVERIFY(f.curve == curve);
    QVERIFY(f.stops.empty()); // waiting for its time is no stop
}

void PolicyForecastTest::quietHoursOverMidnightLetUrgentPass() {
    ForecastInput input = plain({load(100, china("2026-03-01T22:29:55")), load(20, china("2026-03-02T01:00"), urgent)});
    input.quietHours = {.from = 22h + 30min, .until = 7h};
    const Forecast f = forecast(input);
    QCOMPARE(f.willGo, 120);
    COMPARE_STOPS(f, {{Why::Quiet, china("2026-03-01T22:30"), china("2026-03-02T01:00"), 50}, {Why::Quiet, china("2026-03-02T01:00:02"), china("2026-03-02T07:00"), 50}});
    QCOMPARE(f.endsAt, std::optional(china("2026-03-02T07:00:05")));
}

void PolicyForecastTest::quietForUrgentToo() {
    ForecastInput input = plain({load(20, china("2026-03-02T01:00"), urgent)});
    input.quietHours = {.from = 22h + 30min, .until = 7h, .urgentPasses = false};
    const Forecast f = forecast(input);
    COMPARE_STOPS(f, {{Why::Quiet, china("2026-03-02T01:00"), china("2026-03-02T07:00"), 20}});
    QCOMPARE(f.firstAt, std::optional(china("2026-03-02T07:00:00.100")));
}

void PolicyForecastTest::quotaTurnsAfterMidnight() {
    ForecastInput input = plain({load(250)});
    input.quotaLimit = 100;
    input.quotaUsed = 30;
    const Forecast f = forecast(input);
    QCOMPARE(f.willGo, 250);
    COMPARE_STOPS(f, {{Why::Quota, noon + 7s, china("2026-03-02T00:05"), 180}, {Why::Quota, china("2026-03-02T00:05:10"), china("2026-03-03T00:05"), 80}});
    QCOMPARE(f.endsAt, std::optional(china("2026-03-03T00:05:08")));
    // On its way over midnight it does not stop: the new day's quota is there.
    input.now = china("2026-03-01T23:59:58");
    input.loads = {load(110, noon)};
    const Forecast over = forecast(input);
    QVERIFY(over.stops.empty());
    QCOMPARE(over.endsAt, std::optional(china("2026-03-02T00:00:09")));
}

void PolicyForecastTest::aSmallQuotaTakesManyDays() {
    ForecastInput input = plain({load(1000)});
    input.quotaLimit = 10;
    const Forecast f = forecast(input);
    // Ten today and ten at 00:05 of each of the 90 days that are looked at.
    QCOMPARE(f.willGo, 910);
    QCOMPARE(f.held, 90);
    QCOMPARE(f.stops.size(), std::size_t{91});
}

void PolicyForecastTest::aBurstADayIsNoStandstill() {
    ForecastInput input = plain({load(30)});
    input.burst = 20;
    input.connections = 100;
    input.quotaLimit = 10;
    const Forecast f = forecast(input);
    // Ten go at 00:05 in no time: the stops before and after are two.
    COMPARE_STOPS(f, {{Why::Quota, noon, china("2026-03-02T00:05"), 20}, {Why::Quota, china("2026-03-02T00:05"), china("2026-03-03T00:05"), 10}});
    QCOMPARE(f.endsAt, std::optional(china("2026-03-03T00:05")));
}

void PolicyForecastTest::whatIsKeptForUrgentIsNotUsedByOthers() {
    ForecastInput input = plain({load(100, noon, bulk), load(100, noon, normal), load(15, noon, urgent)});
    input.quota = {.keptForUrgent = 0.1, .keptForNormal = 0.2};
    input.quotaLimit = 100;
    const Forecast f = forecast(input);
    // 15 urgent, 75 normal (90 in all), no bulk; tomorrow 25 normal, 45 bulk (70 in all); then the 55 that are left.
    COMPARE_STOPS(f, {{Why::Quota, noon + 9s, china("2026-03-02T00:05"), 125}, {Why::Quota, china("2026-03-02T00:05:07"), china("2026-03-03T00:05"), 55}});
    QCOMPARE(f.willGo, 215);
    QCOMPARE(f.endsAt, std::optional(china("2026-03-03T00:05:05.500")));
}

void PolicyForecastTest::urgentThatComesLaterUsesWhatWasKept() {
    ForecastInput input = plain({load(100, noon, bulk), load(10, noon + 1h, urgent)});
    input.quota = {.keptForUrgent = 0.1};
    input.quotaLimit = 100;
    const Forecast f = forecast(input);
    const std::vector<std::pair<WallTime, std::int64_t>> curve{
        {noon, 0}, {noon + 9s, 90}, {noon + 1h + 1s, 100}, {china("2026-03-02T00:05:01"), 110}};
    QVERIFY(f.curve == curve);
    COMPARE_STOPS(f, {{Why::Quota, noon + 9s, noon + 1h, 10}, {Why::Quota, noon + 1h + 1s, china("2026-03-02T00:05"), 10}});
}

void PolicyForecastTest::closedLetsNothingOut() {
    ForecastInput input = plain({load(100), load(10, noon + 30s, urgent)});
    input.closedUntil = noon + 1min;
    const Forecast f = forecast(input);
    COMPARE_STOPS(f, {{Why::Closed, noon, noon + 1min, 100}});
    QCOMPARE(f.firstAt, std::optional(noon + 1min + 100ms));
    QCOMPARE(f.endsAt, std::optional(noon + 1min + 11s));
    input.closedUntil = noon; // over
    QVERIFY(forecast(input).stops.empty());
    input.loads = {load(100, noon + 1h)}; // nobody waits behind it
    input.closedUntil = noon + 1min;
    QVERIFY(forecast(input).stops.empty());
}

void PolicyForecastTest::closedOverMidnightTurnsTheDay() {
    ForecastInput input = plain({load(100)});
    input.quotaLimit = 100;
    input.quotaUsed = 100;
    input.closedUntil = china("2026-03-02T00:05");
    const Forecast f = forecast(input);
    COMPARE_STOPS(f, {{Why::Closed, noon, china("2026-03-02T00:05"), 100}});
    QCOMPARE(f.endsAt, std::optional(china("2026-03-02T00:05:10")));
}

void PolicyForecastTest::whatIsNoLongerUsefulExpires() {
    ForecastLoad first = load(100);
    first.expiresAt = noon + 4s;
    ForecastLoad unborn = load(5, noon + 1h);
    unborn.expiresAt = noon + 30min; // before it is due
    const Forecast f = forecast(plain({first, load(20), unborn}));
    QCOMPARE(f.willGo, 60);
    QCOMPARE(f.expired, 65);
    QCOMPARE(f.held, 0);
    QCOMPARE(f.endsAt, std::optional(noon + 6s));
}

void PolicyForecastTest::anEndThatIsOverAlready() {
    ForecastLoad late = load(100);
    late.expiresAt = noon;
    const Forecast f = forecast(plain({late}));
    QCOMPARE(f.expired, 100);
    QVERIFY(!f.firstAt && !f.endsAt && f.stops.empty());
    ForecastInput closed = plain({late});
    closed.closedUntil = noon + 1h;
    QVERIFY(forecast(closed).stops.empty());
}

void PolicyForecastTest::whatIsHeldStays() {
    ForecastLoad held = load(70);
    held.held = true;
    held.expiresAt = noon + 1s;
    const Forecast f = forecast(plain({held, load(30)}));
    QCOMPARE(f.willGo, 30);
    QCOMPARE(f.held, 70);
    QCOMPARE(f.endsAt, std::optional(noon + 3s));
}

void PolicyForecastTest::higherPrioritiesGoFirst() {
    const auto until = [](ForecastLoad l, WallTime end) {
        l.expiresAt = end;
        return l;
    };
    // Ends tell who went when: each load is just through before its own, if it goes in its turn.
    const Forecast f = forecast(plain({until(load(100, noon, bulk), noon + 25s), until(load(100, noon, normal), noon + 15s),
        until(load(50, noon + 2s, urgent), noon + 7s), load(7, noon, 9), load(3, noon, -4)}));
    QCOMPARE(f.expired, 7); // the seven of a priority above all went first, so as many of the last came too late
    QCOMPARE(f.willGo, 253);
    QCOMPARE(f.endsAt, std::optional(noon + 25s + 300ms));
}

void PolicyForecastTest::beyondTheHorizonIsHeld() {
    const Forecast f = forecast(plain({load(10, noon + std::chrono::days{91}), load(10, noon + std::chrono::days{89})}));
    QCOMPARE(f.willGo, 10);
    QCOMPARE(f.held, 10);
    ForecastInput slow = plain({load(1'000'000)});
    slow.rate = 0.01;
    const Forecast s = forecast(slow);
    QCOMPARE(s.willGo, 90 * 864);
    QCOMPARE(s.willGo + s.held, 1'000'000);
    ForecastInput closed = plain({load(10)});
    closed.closedUntil = noon + std::chrono::days{1000};
    QCOMPARE(forecast(closed).held, 10);
}

void PolicyForecastTest::quietComesBeforeQuota() {
    ForecastInput input = plain({load(100)});
    input.quotaLimit = 40;
    input.quietHours = {.from = 20h, .until = 8h};
    const Forecast f = forecast(input);
    // Used up at noon; the reset at 00:05 comes while it is quiet.
    COMPARE_STOPS(f, {{Why::Quota, noon + 4s, china("2026-03-01T20:00"), 60}, {Why::Quiet, china("2026-03-01T20:00"), china("2026-03-02T08:00"), 60},
        {Why::Quota, china("2026-03-02T08:00:04"), china("2026-03-02T20:00"), 20}, {Why::Quiet, china("2026-03-02T20:00"), china("2026-03-03T08:00"), 20}});
    QCOMPARE(f.endsAt, std::optional(china("2026-03-03T08:00:02")));
}

void PolicyForecastTest::aMillionInOneLoad() {
    ForecastInput input = plain({load(1'000'000)});
    input.rate = 100;
    const Forecast f = forecast(input);
    QCOMPARE(f.willGo, 1'000'000);
    QCOMPARE(f.endsAt, std::optional(noon + 10'000s));
    QVERIFY2(f.curve.size() <= 3, "one step for each thing that changes, not for each message");
    input.loads = {load(std::int64_t{1} << 60)};
    const Forecast endless = forecast(input);
    QCOMPARE(endless.willGo, std::int64_t{90} * 86'400 * 100);
    QCOMPARE(endless.willGo + endless.held, std::int64_t{1} << 60);
}

void PolicyForecastTest::ninetyThousandLoads() {
    // A minute apart for two months, each with an end, more than can go: looking through all of them at each of their
    // moments would take thousands of millions of steps.
    ForecastInput input = plain({});
    for (int i = 0; i < 90'000; ++i) {
        input.loads.push_back(load(1000, noon + i * 1min, i % 3));
        input.loads.back().expiresAt = noon + i * 1min + 5h;
    }
    const Forecast f = forecast(input);
    QCOMPARE(f.willGo + f.expired + f.held, std::int64_t{90'000'000});
    QVERIFY(f.expired > 0 && f.willGo > 50'000'000);
    QCOMPARE(f.curve.size(), std::size_t{1000});
    QCOMPARE(f.curve.back().second, f.willGo);
}

void PolicyForecastTest::sumsAreTheInput() {
    std::mt19937_64 random(10);
    const auto chance = [&random](unsigned one) { return random() % one == 0; };
    int went = 0;
    for (int round = 0; round < 2000; ++round) {
        ForecastInput input;
        input.now = noon + Millis{static_cast<std::int64_t>(random() % 86'400'000)};
        input.rate = static_cast<double>(1 + random() % 100'000) / 100;
        input.burst = static_cast<int>(random() % 200);
        input.connections = 1 + static_cast<int>(random() % 480);
        input.latency = Micros{static_cast<std::int64_t>(random() % 2'000'000)};
        input.requestsPerMessage = static_cast<double>(random() % 400) / 100;
        input.quietHours = {std::chrono::minutes{random() % 1440}, std::chrono::minutes{random() % 1440}, chance(2)};
        if (chance(3))
            input.quietHours.until = input.quietHours.from;
        input.quota = {0, static_cast<double>(random() % 50) / 100, static_cast<double>(random() % 45) / 100, true};
        if (chance(2))
            input.quotaLimit = static_cast<std::int64_t>(random() % 50'000);
        input.quotaUsed = static_cast<std::int64_t>(random() % 20'000);
        if (chance(3))
            input.closedUntil = input.now + Millis{static_cast<std::int64_t>(random() % 400'000'000)} - 1h;
        std::int64_t sum = 0;
        std::int64_t held = 0;
        for (std::uint64_t i = random() % 30; i > 0; --i) {
            ForecastLoad l = load(static_cast<std::int64_t>(random() % (chance(4) ? 1'000'000 : 500)),
                input.now + Millis{static_cast<std::int64_t>(random() % 300'000'000)} - 24h, static_cast<int>(random() % 3));
            if (chance(3))
                l.expiresAt = l.dueAt + Millis{static_cast<std::int64_t>(random() % 200'000'000)} - 1h;
            l.held = chance(5);
            sum += l.messages;
            held += l.held ? l.messages : 0;
            input.loads.push_back(l);
        }
        const Forecast f = forecast(input);
        const std::string where = "seed 10, round " + std::to_string(round);
        QVERIFY2(f.willGo + f.held + f.expired == sum, where.c_str());
        QVERIFY2(f.willGo >= 0 && f.expired >= 0 && f.held >= held, where.c_str());
        QVERIFY2(f.firstAt.has_value() == (f.willGo > 0) && f.endsAt.has_value() == (f.willGo > 0), where.c_str());
        went += f.willGo > 0 ? 1 : 0;
        if (f.willGo > 0)
            QVERIFY2(input.now <= *f.firstAt && *f.firstAt <= *f.endsAt, where.c_str());
        QVERIFY2(f.stops.size() <= 100 && f.curve.size() <= 1000, where.c_str());
        for (std::size_t i = 0; i < f.stops.size(); ++i) {
            QVERIFY2(f.stops[i].from < f.stops[i].until && f.stops[i].waiting > 0, where.c_str());
            QVERIFY2(i == 0 || f.stops[i - 1].until <= f.stops[i].from, where.c_str());
        }
        for (std::size_t i = 1; i < f.curve.size(); ++i)
            QVERIFY2(f.curve[i - 1].first <= f.curve[i].first && f.curve[i - 1].second <= f.curve[i].second, where.c_str());
        QVERIFY2(f.curve.back().second == f.willGo, where.c_str());
        // Nothing goes while it is quiet for everybody, nor before what is closed opens.
        if (input.closedUntil && f.firstAt)
            QVERIFY2(*f.firstAt >= *input.closedUntil, where.c_str());
        if (f.firstAt && !input.quietHours.urgentPasses)
            QVERIFY2(!quietUntil(input.quietHours, *f.firstAt) || input.quietHours.from == (*f.firstAt - startOfChinaDay(*f.firstAt)), where.c_str());
    }
    QVERIFY(went > 1000);
}

QTEST_GUILESS_MAIN(PolicyForecastTest)
#include "policy_forecast_test.moc"
