// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/policy/hook_schedule.h"

#include <QTest>

using namespace songda;
using namespace std::chrono_literals;
using What = HookStep::What;

class PolicyHookScheduleTest final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyTwoHundredsAreTaken();
    void tenTriesTakeThreeDays();
    void retryAfterIsAskedForAndBounded();
    void goneStopsTheHook();
    void whoFailsIsLeftAlone();
};

void PolicyHookScheduleTest::onlyTwoHundredsAreTaken() {
    for (const int status : {200, 201, 202, 204, 299})
        QVERIFY(afterHookTry(status, 1, {}, 0).what == What::Delivered);
    for (const int status : {0, 100, 199, 300, 301, 302, 307, 308, 304, 400, 401, 404, 409, 422, 429, 500, 502, 504, 599})
        QVERIFY(afterHookTry(status, 1, {}, 0).what == What::Again);
    for (const int status : {0, 429, 500, 502, 504})
        QVERIFY(afterHookTry(status, 1, {}, 0).receiverFails);
    for (const int status : {200, 302, 400, 404, 422}) // may be about this one alone
        QVERIFY(!afterHookTry(status, 1, {}, 0).receiverFails);
}

void PolicyHookScheduleTest::tenTriesTakeThreeDays() {
    Millis least{0};
    Millis most{0};
    int tries = 1;
    for (; afterHookTry(500, tries, {}, 0).what == What::Again; ++tries) {
        const Millis wait = afterHookTry(500, tries, {}, 0).wait;
        QVERIFY(wait > Millis{0} && wait < longestHookWait);
        least += wait;
        most += afterHookTry(500, tries, {}, 1).wait;
    }
    QCOMPARE(tries, 10);
    QVERIFY(least == 75h + 35min + 5s);
    QVERIFY(most == least + least / 10);
    QVERIFY(afterHookTry(500, 10, {}, 0).what == What::Dead);
    QVERIFY(afterHookTry(500, 11, {}, 0).what == What::Dead);
    QVERIFY(afterHookTry(200, 11, {}, 0).what == What::Delivered);
}

void PolicyHookScheduleTest::retryAfterIsAskedForAndBounded() {
    QVERIFY(afterHookTry(429, 1, Millis{60s}, 0).wait == 60s);
    QVERIFY(afterHookTry(503, 5, Millis{60s}, 0).wait == 5h); // the ladder is longer
    QVERIFY(afterHookTry(503, 1, Millis{1000h}, 0).wait == 24h);
    QVERIFY(afterHookTry(503, 1, Millis{-5s}, 0).wait == 5s);
    QVERIFY(afterHookTry(429, 10, Millis{60s}, 0).what == What::Dead);
}

void PolicyHookScheduleTest::goneStopsTheHook() {
    for (const int tries : {1, 10, 20})
        QVERIFY(afterHookTry(410, tries, {}, 0).what == What::Stop);
}

void PolicyHookScheduleTest::whoFailsIsLeftAlone() {
    for (int n = 0; n < 5; ++n)
        QVERIFY(hookRest(n, 1) == Millis{0});
    QVERIFY(hookRest(5, 0) == 5s);
    QVERIFY(hookRest(6, 0) == 10s);
    QVERIFY(hookRest(8, 0) == 40s);
    for (const int n : {11, 12, 100, 1'000'000'000})
        QVERIFY(hookRest(n, 0) == 5min);
}

QTEST_APPLESS_MAIN(PolicyHookScheduleTest)
#include "policy_hook_schedule_test.moc"
