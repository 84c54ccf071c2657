// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/channels/wechat/quota_answer.h"

#include "tests/unit/printing.h"

using namespace songda;
using namespace songda::wechat;
using namespace std::chrono_literals;

namespace {

const WallTime morning = *parseIso8601("2026-03-01T10:00");

constexpr const char *whole = R"({"errcode":0,"errmsg":"ok","quota":{"daily_limit":100000,"used":1234,"remain":98766},)"
                              R"("rate_limit":{"call_count":600,"refresh_second":60},"component_rate_limit":{"call_count":1,"refresh_second":60}})";

} // namespace

class WechatQuotaAnswerTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAWholeAnswer();
    void numbersMayBeTextAndTextsMayBeDirty();
    void whatIsNotToBeUnderstoodIsNothing_data();
    void whatIsNotToBeUnderstoodIsNothing();
    void rateIsNoCondition_data();
    void rateIsNoCondition();
    void hugeNumbersAreHeldBack();
    void theFirstMinutesSpeakOfYesterday_data();
    void theFirstMinutesSpeakOfYesterday();
    void everyCutOfAnAnswerIsNothing();
};

void WechatQuotaAnswerTest::readsAWholeAnswer() {
    const auto reading = readQuota(whole, morning);
    QVERIFY(reading.has_value());
    QCOMPARE(reading->dailyLimit, 100'000);
    QCOMPARE(reading->used, 1234);
    QVERIFY(reading->callsPerSecond == std::optional(10.0));
    QCOMPARE(reading->day, *parseIso8601("2026-03-01"));
}

void WechatQuotaAnswerTest::numbersMayBeTextAndTextsMayBeDirty() {
    const auto reading = readQuota("{\"errcode\":\"0\",\"errmsg\":\"o\x01k\n\",\"quota\":{\"daily_limit\":\"100000\",\"used\":\"1234\"}}", morning);
    QVERIFY(reading.has_value());
    QCOMPARE(reading->dailyLimit, 100'000);
    QCOMPARE(reading->used, 1234);
}

void WechatQuotaAnswerTest::whatIsNotToBeUnderstoodIsNothing_data() {
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("<html>502</html>");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("nothing in it") << QByteArray("{}");
    QTest::newRow("cut") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":10,"used":1)");
    QTest::newRow("path unknown") << QByteArray(R"({"errcode":76021,"errmsg":"cgi_path not found"})");
    QTest::newRow("refused with a quota") << QByteArray(R"({"errcode":48001,"quota":{"daily_limit":10,"used":1}})");
    QTest::newRow("busy") << QByteArray(R"({"errcode":-1,"quota":{"daily_limit":10,"used":1}})");
    QTest::newRow("refusal as text") << QByteArray(R"({"errcode":"76021","quota":{"daily_limit":10,"used":1}})");
    QTest::newRow("refusal as null") << QByteArray(R"({"errcode":null,"quota":{"daily_limit":10,"used":1}})");
    QTest::newRow("refusal beyond 64 bits") << QByteArray(R"({"errcode":18446744073709551616,"quota":{"daily_limit":10,"used":1}})");
    QTest::newRow("no quota") << QByteArray(R"({"errcode":0,"rate_limit":{"call_count":600,"refresh_second":60}})");
    QTest::newRow("quota of another kind") << QByteArray(R"({"errcode":0,"quota":[100,1]})");
    QTest::newRow("no limit") << QByteArray(R"({"errcode":0,"quota":{"used":1,"remain":3}})");
    QTest::newRow("no used") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":10,"remain":3}})");
    QTest::newRow("limit as words") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":"ten","used":1}})");
    QTest::newRow("limit with a unit") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":"10 a day","used":1}})");
    QTest::newRow("used as empty text") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":10,"used":""}})");
    QTest::newRow("limit as text beyond 64 bits") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":"18446744073709551616","used":1}})");
    QTest::newRow("limit as fraction") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":10.5,"used":1}})");
    QTest::newRow("limit of nothing") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":0,"used":0}})");
    QTest::newRow("limit below nothing") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":-1,"used":0}})");
    QTest::newRow("used below nothing") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":10,"used":-1}})");
    QTest::newRow("limit beyond a double") << QByteArray(R"({"errcode":0,"quota":{"daily_limit":1e999,"used":1}})");
    QTest::newRow("not UTF-8") << QByteArray("{\"errcode\":0,\"errmsg\":\"\xff\",\"quota\":{\"daily_limit\":10,\"used\":1}}");
    QTest::newRow("deep") << QByteArray(100'000, '[');
}

void WechatQuotaAnswerTest::whatIsNotToBeUnderstoodIsNothing() {
    QFETCH(QByteArray, body);
    QVERIFY(!readQuota(body.toStdString(), morning));
}

void WechatQuotaAnswerTest::rateIsNoCondition_data() {
    QTest::addColumn<QByteArray>("rate");
    QTest::addColumn<double>("callsPerSecond"); // 0: none
    QTest::newRow("absent") << QByteArray() << 0.0;
    QTest::newRow("null") << QByteArray(R"(,"rate_limit":null)") << 0.0;
    QTest::newRow("text") << QByteArray(R"(,"rate_limit":"600/60")") << 0.0;
    QTest::newRow("empty") << QByteArray(R"(,"rate_limit":{})") << 0.0;
    QTest::newRow("no seconds") << QByteArray(R"(,"rate_limit":{"call_count":600})") << 0.0;
    QTest::newRow("no count") << QByteArray(R"(,"rate_limit":{"refresh_second":60})") << 0.0;
    QTest::newRow("count as words") << QByteArray(R"(,"rate_limit":{"call_count":"many","refresh_second":60})") << 0.0;
    QTest::newRow("numbers as text") << QByteArray(R"(,"rate_limit":{"call_count":"600","refresh_second":"60"})") << 10.0;
    QTest::newRow("no calls at all") << QByteArray(R"(,"rate_limit":{"call_count":0,"refresh_second":60})") << 0.0;
    QTest::newRow("in no time") << QByteArray(R"(,"rate_limit":{"call_count":600,"refresh_second":0})") << 0.0;
    QTest::newRow("negative") << QByteArray(R"(,"rate_limit":{"call_count":-5,"refresh_second":-1})") << 0.0;
    QTest::newRow("in ages") << QByteArray(R"(,"rate_limit":{"call_count":1,"refresh_second":9223372036854775807})") << 0.0;
    QTest::newRow("a minute") << QByteArray(R"(,"rate_limit":{"call_count":3,"refresh_second":60})") << 0.05;
    QTest::newRow("a day") << QByteArray(R"(,"rate_limit":{"call_count":86400,"refresh_second":86400})") << 1.0;
}

void WechatQuotaAnswerTest::rateIsNoCondition() {
    QFETCH(QByteArray, rate);
    QFETCH(double, callsPerSecond);
    const auto reading = readQuota((R"({"quota":{"daily_limit":10,"used":0})" + rate + "}").toStdString(), morning);
    QVERIFY(reading.has_value()); // an errcode of 0 may be left out
    QCOMPARE(reading->used, 0);
    QCOMPARE(reading->callsPerSecond.value_or(0), callsPerSecond);
}

void WechatQuotaAnswerTest::hugeNumbersAreHeldBack() {
    const auto largest = readQuota(R"({"quota":{"daily_limit":18446744073709551615,"used":18446744073709551615},)"
                                   R"("rate_limit":{"call_count":18446744073709551615,"refresh_second":1}})",
        morning);
    QVERIFY(largest.has_value());
    QCOMPARE(largest->dailyLimit, noQuota);
    QCOMPARE(largest->used, noQuota);
    QVERIFY(largest->callsPerSecond.value_or(0) > 1e18);
    QuotaLedger ledger;
    ledger.begin(3, morning);
    ledger.onReading(*largest);
    ledger.onAccepted(morning);
    QCOMPARE(ledger.left({}, 0, morning), noQuota);
}

void WechatQuotaAnswerTest::theFirstMinutesSpeakOfYesterday_data() {
    QTest::addColumn<QByteArray>("at");
    QTest::addColumn<QByteArray>("day");
    QTest::newRow("before midnight") << QByteArray("2026-03-01T23:59:59.999") << QByteArray("2026-03-01");
    QTest::newRow("midnight") << QByteArray("2026-03-02T00:00") << QByteArray("2026-03-01");
    QTest::newRow("not yet turned") << QByteArray("2026-03-02T00:04:59.999") << QByteArray("2026-03-01");
    QTest::newRow("turned") << QByteArray("2026-03-02T00:05") << QByteArray("2026-03-02");
}

void WechatQuotaAnswerTest::theFirstMinutesSpeakOfYesterday() {
    QFETCH(QByteArray, at);
    QFETCH(QByteArray, day);
    const auto reading = readQuota(whole, *parseIso8601(at.toStdString()));
    QVERIFY(reading.has_value());
    QCOMPARE(reading->day, *parseIso8601(day.toStdString()));
}

void WechatQuotaAnswerTest::everyCutOfAnAnswerIsNothing() {
    const std::string body = whole;
    for (std::size_t size = 0; size < body.size(); ++size)
        QVERIFY(!readQuota(std::string_view(body).substr(0, size), morning));
}

QTEST_GUILESS_MAIN(WechatQuotaAnswerTest)
#include "wechat_quota_answer_test.moc"
