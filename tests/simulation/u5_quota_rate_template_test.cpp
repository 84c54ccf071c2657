// SPDX-License-Identifier: GPL-3.0-or-later
//
// The platform says that the day's quota is used up (45009), that the minute's is (45011), or that a template was
// withdrawn (40037).
#include "tests/full_form.h"
#include "tests/simulation/compare.h"
#include "tests/simulation/world.h"

#include <QTest>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;

namespace {

int postsBetween(const World &world, Micros from, Micros to) {
    int n = 0;
    for (const Micros at : world.transport.postTimes())
        n += at >= from && at < to ? 1 : 0;
    return n;
}

} // namespace

class U5QuotaRateTemplateTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aUsedUpDayCostsNoMessageAndIsNotProbed();
    void aMinuteLimitHalvesTheRateAndLetsItCreepBack();
    void refusalsOfOneMomentCountAsOne();
    void mostOfWhatTheMinuteAllowsIsUsed();
    void aQuotaOfHalfTheRateIsMostlyUsed();
    void aWithdrawnTemplateStopsAloneAndOneReleaseResumesIt();
};

void U5QuotaRateTemplateTest::aUsedUpDayCostsNoMessageAndIsNotProbed() {
    constexpr int quota = 5000;
    World world({.seed = 2});
    const WallTime midnight = startOfChinaDay(world.options.start) + 24h;
    int asked = 0;
    world.wechat.setSendScript([&](const SendCall &) {
        return world.clock.now().wall < midnight && ++asked > quota ? Behaviour::answer(45009) : Behaviour::ok();
    });
    world.enqueue(2 * quota);
    world.start();
    QVERIFY(world.runUntil([&] { return world.gate() == Gate::DayQuota; }, 1min));
    world.runFor(1min); // what was in flight
    QCOMPARE(world.counts()[MessageState::Accepted], quota);
    QCOMPARE(world.counts().waiting(), quota);
    const int posts = world.transport.posts();
    QVERIFY2(posts <= quota + world.options.connections, qPrintable(QString::number(posts)));
    // No probe at all until the day is over: that is at most one an hour.
    world.runFor(midnight - world.clock.now().wall);
    QCOMPARE(world.transport.posts(), posts);
    QCOMPARE(world.countedTries(), 0);
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted], 2 * quota);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

void U5QuotaRateTemplateTest::aMinuteLimitHalvesTheRateAndLetsItCreepBack() {
    World world({.seed = 3, .rate = 40, .burst = 4});
    bool refuse = false;
    world.wechat.setSendScript([&](const SendCall &) { return refuse ? Behaviour::answer(45011) : Behaviour::ok(); });
    world.enqueue(15'000);
    world.start();
    world.runFor(5s);
    refuse = true;
    QVERIFY(world.runUntil([&] { return world.gate() == Gate::MinuteThrottle; }, 1s));
    refuse = false;
    const Micros since = world.clock.elapsed();
    QCOMPARE(world.snapshot().accounts[0].rateLimit, 20.0);
    world.runFor(5min);
    QCOMPARE(postsBetween(world, since + 1ms, since + 60s), 0);
    const int first = postsBetween(world, since + 67s, since + 72s);
    const int middle = postsBetween(world, since + 120s, since + 125s);
    const int last = postsBetween(world, since + 280s, since + 285s);
    QVERIFY2(first >= 80 && first <= 150, qPrintable(QString::number(first)));
    QVERIFY2(middle > first && middle <= 205, qPrintable(QString::number(middle)));
    QVERIFY2(last >= 190 && last <= 205, qPrintable(QString::number(last)));
    QCOMPARE(world.snapshot().accounts[0].rateLimit, 40.0);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

void U5QuotaRateTemplateTest::refusalsOfOneMomentCountAsOne() {
    World world({.seed = 4, .rate = 2000, .burst = 100, .connections = 64});
    bool refuse = false;
    world.wechat.setSendScript([&](const SendCall &) { return refuse ? Behaviour::answer(45011) : Behaviour::ok(); });
    world.enqueue(3000);
    world.start();
    QVERIFY(world.runUntil([&] { return world.transport.inFlight() >= 30; }, 10s));
    refuse = true;
    world.runFor(10s);
    refuse = false;
    QVERIFY(world.number("SELECT count(*) FROM attempt WHERE cause = '45011'") >= 20);
    const double limit = world.snapshot().accounts[0].rateLimit; // a late success may have let it creep
    QVERIFY2(limit >= 1000 && limit < 1010, qPrintable(QString::number(limit)));
    QVERIFY(world.drain());
    QCOMPARE(world.counts()[MessageState::Accepted], 3000);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

void U5QuotaRateTemplateTest::mostOfWhatTheMinuteAllowsIsUsed() {
    // Every five minutes one minute's quota is gone; the other four are free.
    World world({.seed = 5, .rate = 5, .burst = 5});
    world.wechat.setSendScript([](const SendCall &call) {
        return call.at % 5min < 60s && call.at > 1min ? Behaviour::answer(45011) : Behaviour::ok();
    });
    world.enqueue(10'000);
    world.start();
    world.runFor(31min);
    const double allowed = (6 * 4 * 60 + 60) * 5.0;
    const double share = static_cast<double>(world.counts()[MessageState::Accepted]) / allowed;
    QVERIFY2(share >= 0.8, qPrintable(QString::number(share)));
    QCOMPARE(world.countedTries(), 0);
}

void U5QuotaRateTemplateTest::aQuotaOfHalfTheRateIsMostlyUsed() {
    // Every minute has its quota, half of what the account's rate would use: the account is simply set too high. Each refusal
    // costs its pause of a minute, so this stays behind what bursts leave.
    constexpr int quota = 1200;
    constexpr int minutes = 30;
    World world({.seed = 7, .rate = 40, .burst = 4});
    std::map<std::int64_t, int> taken;
    world.wechat.setSendScript(
        [&](const SendCall &c) { return ++taken[c.at / 1min] > quota ? Behaviour::answer(45011) : Behaviour::ok(); });
    world.enqueue(40'000);
    world.start();
    world.runFor(std::chrono::minutes{minutes});
    const double share = static_cast<double>(world.counts()[MessageState::Accepted]) / (quota * minutes);
    qInfo("%.0f %% of the quota used", share * 100);
    QVERIFY2(share >= 0.7, qPrintable(QString::number(share)));
    QCOMPARE(world.countedTries(), 0);
}

void U5QuotaRateTemplateTest::aWithdrawnTemplateStopsAloneAndOneReleaseResumesIt() {
    const int messages = songda::testing::inFullForm(50'000, 10'000);
    World world({.seed = 6, .rate = 500, .burst = 50});
    const BatchId other = world.addBatch(world.addTemplate('b'));
    int sent = 0;
    bool withdrawn = true;
    world.wechat.setSendScript([&](const SendCall &c) {
        return c.templateId[0] == 'a' && ++sent > messages / 2 && withdrawn ? Behaviour::answer(40037) : Behaviour::ok();
    });
    world.enqueue(world.batch, messages, "oA");
    world.enqueue(other, messages, "oB");
    world.start();
    QVERIFY(world.runUntil([&] { return world.dispatcher->isDrained(); }, 1h));
    const auto refused = world.number("SELECT count(*) FROM attempt WHERE errcode = 40037");
    qInfo("%d messages, %lld refused", messages, static_cast<long long>(refused));
    QVERIFY2(refused >= 1 && refused <= 26, qPrintable(QString::number(refused)));
    COMPARE_TEXT(world.text("SELECT hold_cause FROM template WHERE hold_cause IS NOT NULL"), std::string("40037"));
    QVERIFY(!world.storedHold());
    QCOMPARE(world.writer->counts().at(other)[MessageState::Accepted], messages);
    const StateCounts stopped = world.writer->counts().at(world.batch);
    QCOMPARE(stopped[MessageState::Accepted], messages / 2);
    QCOMPARE(stopped.waiting(), messages - messages / 2);
    QCOMPARE(world.countedTries(), 0);
    withdrawn = false;
    world.releaseTemplate(world.templateRef);
    QVERIFY(world.drain(10min));
    QCOMPARE(world.counts()[MessageState::Accepted], 2 * messages);
    QCOMPARE(world.countedTries(), 0);
    VERIFY_WORLD(world);
}

QTEST_GUILESS_MAIN(U5QuotaRateTemplateTest)
#include "u5_quota_rate_template_test.moc"
