// SPDX-License-Identifier: GPL-3.0-or-later
//
// U7 through the facade, with the real store and an engine that delivers; u7_reports_simulation_test goes through the orders.
#include "engine/channels/wechat/callback_events.h"
#include "engine/channels/wechat/callback_request.h"
#include "tests/full_form.h"
#include "tests/integration/engine_fixture.h"

#include <QTest>
#include <algorithm>
#include <random>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

SendRequest to(const std::string &openid) {
    SendRequest request;
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.openid = openid;
    request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    return request;
}

template <class T> T finished(QFuture<Result<T>> future) {
    while (!future.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return must(future.result());
}

DeliveryReport report(const std::string &msgid, const std::string &openid, const std::string &status) {
    return {msgid, openid, status, std::nullopt};
}

/// Names of the invariants that do not hold.
std::string broken(Engine &engine) {
    std::string names;
    for (const Violation &violation : must(engine.verify().result()))
        names += violation.invariant + ": " + violation.detail + "; ";
    return names;
}

std::string fate(Engine &engine, MessageId id) {
    const Message m = must(engine.message(id).result()).message;
    return std::string(toString(m.state)) + (m.reportStatus.empty() ? "" : " [" + m.reportStatus + "]");
}

} // namespace

class U7ReportsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inBulkTwiceAndInAnyOrder();
    void beforeTheAnswerAndAtAnotherNode();
    void theSameIdUnderTwoAccounts();
    void unknownOnesAreKeptOverARestart();
    void aSecureCallbackBecomesAState();
    void whoLeavesIsNotWrittenTo();
    void theRadarKnowsWhetherReportsAreAskedFor();
    void whoMayRecord();
};

void U7ReportsTest::inBulkTwiceAndInAnyOrder() {
    const int n = inFullForm(10'000, 2'000);
    EngineFixture fixture;
    auto engine = fixture.open();
    must(engine->start());
    fixture.import(*engine, n, QStringLiteral("oBulk"));
    QVERIFY(EngineFixture::runUntil(*engine, [n](const Snapshot &s) { return s.counts[MessageState::Accepted] == n; }));
    std::vector<PlatformEvent> events;
    for (int i = 0; i < n; ++i) {
        const std::string openid = QStringLiteral("oBulk%1").arg(i, 8, 10, QLatin1Char('0')).toStdString();
        const std::string msgid = std::to_string(fixture.simulator->received(openid).at(0).msgid);
        for (int copy = 0; copy < 2; ++copy)
            events.emplace_back(report(msgid, openid, i % 10 == 0 ? "failed:user block" : i % 10 == 1 ? "failed: system failed" : "success"));
    }
    std::shuffle(events.begin(), events.end(), std::mt19937(7));
    QElapsedTimer timer;
    timer.start();
    const EventReceipt receipt = finished(engine->recordEvents("main", events));
    qInfo("%zu reports in %lld ms", events.size(), static_cast<long long>(timer.elapsed()));
    QCOMPARE(receipt.delivered, n * 8 / 10);
    QCOMPARE(receipt.undelivered, n * 2 / 10);
    QCOMPARE(receipt.repeated, n);
    QCOMPARE(finished(engine->recordEvents("main", events)).repeated, 2 * n);
    const StateCounts counts = must(engine->counts().result());
    QCOMPARE(counts[MessageState::Delivered], n * 8 / 10);
    QCOMPARE(counts[MessageState::Undelivered], n * 2 / 10);
    QCOMPARE(counts[MessageState::Accepted], 0);
    QCOMPARE(must(engine->suppressions(std::nullopt, {}, std::nullopt, n).result()).size(), static_cast<std::size_t>(n / 10));
    QCOMPARE(QString::fromStdString(broken(*engine)), QString());
    const auto radar = must(engine->radar({}, Engine::wallNow() - 1h, 5).result());
    QCOMPARE(radar.size(), std::size_t{1});
    QVERIFY(radar[0].state == RadarState::Fine && radar[0].lastReport && radar[0].first.empty());
    QCOMPARE(radar[0].considered, n);
    QVERIFY(!engine->radar("nobody", Engine::wallNow() - 1h, 5).result());
    EngineFixture::stop(*engine);
}

void U7ReportsTest::beforeTheAnswerAndAtAnotherNode() {
    simulator::Options target;
    target.script = R"({"oSlow":"delay:1500"})";
    EngineFixture fixture(target);
    auto engine = fixture.open();
    auto other = fixture.open(EngineOptions::Role::Tool);
    must(engine->start());
    auto sent = engine->sendAndWait(to("oSlow"), 1min);
    // The platform has it; its answer is still to come.
    QTRY_VERIFY_WITH_TIMEOUT(!fixture.simulator->received("oSlow").empty() && fixture.simulator->received("oSlow")[0].msgid != 0, 20'000);
    const std::string msgid = std::to_string(fixture.simulator->received("oSlow")[0].msgid);
    const EventReceipt receipt = finished(other->recordEvents("main", {report(msgid, "oSlow", "success")}));
    QCOMPARE(receipt.waiting, 1);
    QVERIFY(!sent.isFinished());
    const SendOutcome outcome = finished(sent);
    // One transaction: nobody has seen it accepted and not delivered.
    QCOMPARE(QString::fromLatin1(toString(outcome.state)), QStringLiteral("delivered"));
    QCOMPARE(outcome.msgid, msgid);
    QCOMPARE(finished(engine->recordEvents("main", {report(msgid, "oSlow", "success")})).repeated, 1);
    QCOMPARE(QString::fromStdString(broken(*engine)), QString());
    EngineFixture::stop(*engine);
}

void U7ReportsTest::theSameIdUnderTwoAccounts() {
    EngineFixture fixture;
    auto engine = fixture.open();
    NewAccount second;
    second.account.name = "second";
    second.account.appid = std::string(simulator::practiceAppId);
    second.account.apiBase = fixture.simulator->baseUrl();
    second.secret = canary::appSecret.toStdString();
    must(engine->addAccount(second).result());
    must(engine->start());
    const SendOutcome sent = finished(engine->sendAndWait(to("oOne"), 1min));
    QCOMPARE(finished(engine->recordEvents("second", {report(sent.msgid, "oOne", "failed:user block")})).waiting, 1);
    QCOMPARE(fate(*engine, sent.id), std::string("accepted"));
    QCOMPARE(finished(engine->recordEvents("main", {report(sent.msgid, "oOne", "success")})).delivered, 1);
    QCOMPARE(fate(*engine, sent.id), std::string("delivered [success]"));
    QVERIFY(must(engine->suppressions(std::nullopt, {}, std::nullopt, 10).result()).empty());
    QCOMPARE(QString::fromStdString(broken(*engine)), QString());
    EngineFixture::stop(*engine);
}

void U7ReportsTest::unknownOnesAreKeptOverARestart() {
    EngineFixture fixture;
    const std::vector<PlatformEvent> events{report("18446744073709551557", "oX", "success"), report("000017", "oX", "success"), report("", "oX", "success")};
    {
        auto engine = fixture.open();
        const EventReceipt receipt = finished(engine->recordEvents("main", events));
        QCOMPARE(receipt.waiting, 2);
        QCOMPARE(receipt.withoutMsgid, 1);
    }
    auto engine = fixture.open();
    QCOMPARE(finished(engine->recordEvents("main", events)).repeated, 2);
    QCOMPARE(finished(engine->recordEvents("main", {report("17", "oX", "success")})).waiting, 1); // another id
    QCOMPARE(QString::fromStdString(broken(*engine)), QString());
}

void U7ReportsTest::aSecureCallbackBecomesAState() {
    EngineFixture fixture;
    auto engine = fixture.open();
    must(engine->start());
    const SendOutcome sent = finished(engine->sendAndWait(to("oOne"), 1min));
    const WallTime now = Engine::wallNow();
    const std::string seconds = std::to_string(toMillis(now) / 1000);
    const wechat::CallbackSecurity security{"token123", {must(wechat::CallbackKey::fromText(std::string(43, 'k')))},
        std::string(simulator::practiceAppId), true};
    const std::string body = must(wechat::sealAnswer(security,
        "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oOne]]></FromUserName><CreateTime>" + seconds
            + "</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>" + sent.msgid
            + "</MsgID><Status><![CDATA[success]]></Status></xml>",
        seconds, "n1", "0123456789abcdef"));
    wechat::CallbackQuery query{"", seconds, "n1", "", "aes", body.substr(body.find("<MsgSignature><![CDATA[") + 23, 40)};
    const auto events = must(wechat::readCallbackEvents(must(wechat::openPush(security, query, body, now))));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(finished(engine->recordEvents("main", events.events)).delivered, i == 0 ? 1 : 0);
    QCOMPARE(fate(*engine, sent.id), std::string("delivered [success]"));
    EngineFixture::stop(*engine);
}

void U7ReportsTest::whoLeavesIsNotWrittenTo() {
    EngineFixture fixture;
    auto engine = fixture.open();
    must(engine->start());
    const WallTime now = Engine::wallNow();
    const auto tell = [&](ConsentEvent::Kind kind, Seconds at) {
        return finished(engine->recordEvents("main", {ConsentEvent{kind, "oOne", {}, now - 1h + at}}));
    };
    QCOMPARE(tell(ConsentEvent::Kind::Left, 1s).suppressed, 1);
    SendOutcome sent = finished(engine->sendAndWait(to("oOne"), 1min));
    QCOMPARE(QString::fromLatin1(toString(sent.state)) + QString::fromStdString(sent.cause), QStringLiteral("deadsuppressed"));
    const auto list = must(engine->suppressions(std::nullopt, {}, std::nullopt, 10).result());
    QCOMPARE(list.size(), 1U);
    QVERIFY(engine->causeWords(list[0].cause, true).known);
    QVERIFY(engine->causeWords(list[0].cause, false).known);
    QCOMPARE(tell(ConsentEvent::Kind::Followed, 2s).lifted, 1);
    sent = finished(engine->sendAndWait(to("oOne"), 1min));
    QCOMPARE(QString::fromLatin1(toString(sent.state)), QStringLiteral("accepted"));
    for (const char *cause : {"user_block", "system_failed", "subscription_refused"})
        QVERIFY(engine->causeWords(cause, true).known);
    EngineFixture::stop(*engine);
}

void U7ReportsTest::theRadarKnowsWhetherReportsAreAskedFor() {
    EngineFixture fixture;
    auto engine = fixture.open();
    const auto state = [&] { return must(engine->radar("main", Engine::wallNow() - 1h, 5).result()).at(0).state; };
    QVERIFY(state() == RadarState::NotSetUp);
    CallbackWish wish;
    wish.account = "main";
    must(engine->setCallback(wish).result());
    QVERIFY(state() == RadarState::TooFew); // nothing was sent that should have been reported
    must(engine->removeCallback("main").result());
    QVERIFY(state() == RadarState::NotSetUp);
}

void U7ReportsTest::whoMayRecord() {
    EngineFixture fixture;
    auto viewer = fixture.open(EngineOptions::Role::Viewer);
    const auto refused = viewer->recordEvents("main", {report("17", "oX", "success")}).result();
    QVERIFY(!refused && refused.error().code == ErrorCode::InUse);
    auto tool = fixture.open(EngineOptions::Role::Tool);
    const auto nobody = tool->recordEvents("nobody", {report("17", "oX", "success")}).result();
    QVERIFY(!nobody && nobody.error().code == ErrorCode::NotFound);
    QVERIFY(must(tool->recordEvents("main", {}).result()) == EventReceipt{});
}

QTEST_GUILESS_MAIN(U7ReportsTest)
#include "u7_reports_test.moc"
