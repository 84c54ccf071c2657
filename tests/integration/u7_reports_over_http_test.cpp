// SPDX-License-Identifier: GPL-3.0-or-later
//
// U7 over real HTTP: the simulator reports by itself what became of messages, as WeChat does.
#include "tests/full_form.h"
#include "tests/integration/callback_fixture.h"

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

json eventsJson(const simulator::EventTarget &target) {
    return {{"url", target.url}, {"token", target.token}, {"aes_key", target.aesKey}, {"copies", target.copies}, {"blocked", target.blocked},
        {"failed", target.failed}, {"lost", target.lost}, {"delay_ms", target.delay.count()}, {"format", target.json ? "json" : "xml"},
        {"mode", target.mode == simulator::PushMode::Plain ? "plain" : target.mode == simulator::PushMode::Secure ? "secure" : "compatible"}};
}

json stateOf(const CallbackFixture &c) { return json::parse(c.f.base.simulator->state()); }

} // namespace

class U7ReportsOverHttpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inBulkBeforeTheAnswerAndTwice();
    void inEachModeAndForm_data();
    void inEachModeAndForm();
    void unknownOnesAreKept();
    void hostileWordsAreWords();
};

void U7ReportsOverHttpTest::inBulkBeforeTheAnswerAndTwice() {
    const int n = inFullForm(10'000, 1'000);
    CallbackFixture c(CallbackMode::Secure, false);
    // The simulator signs with its own clock.
    c.passed = std::chrono::floor<Seconds>(Engine::wallNow() - c.start);
    auto target = c.target();
    target.copies = 2;
    target.blocked = 10;
    target.failed = 5;
    // The report leaves at once, the answer to the sender takes its time.
    const json control{{"events", eventsJson(target)}, {"latency", "40:20"}};
    QVERIFY(c.f.base.simulator->control(control.dump()).has_value());
    c.f.base.import(*c.f.engine, n, QStringLiteral("oBulk"));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(EngineFixture::runUntil(*c.f.engine,
        [n](const Snapshot &s) { return s.counts[MessageState::Delivered] + s.counts[MessageState::Undelivered] == n; }));
    const auto seconds = static_cast<double>(clock.elapsed()) / 1000;
    QVERIFY(QTest::qWaitFor([&] { return stateOf(c)["reports"]["answered"] == 2 * n; }, 30'000));
    const json reports = stateOf(c)["reports"];
    QCOMPARE(reports["tries"].get<int>(), 2 * n); // each was answered within its five seconds
    QCOMPARE(reports["given_up"].get<int>(), 0);
    // Each message became what the simulator said of it.
    std::map<MessageState, std::int64_t> said;
    for (int i = 0; i < n; ++i) {
        const std::string openid = QStringLiteral("oBulk%1").arg(i, 8, 10, QLatin1Char('0')).toStdString();
        const auto status = simulator::statusOf(target, {openid, c.f.base.simulator->received(openid).at(0).msgid, {}});
        ++said[status == "success" ? MessageState::Delivered : MessageState::Undelivered];
    }
    const StateCounts counts = must(c.f.engine->counts().result());
    QCOMPARE(counts[MessageState::Delivered], said[MessageState::Delivered]);
    QCOMPARE(counts[MessageState::Undelivered], said[MessageState::Undelivered]);
    QVERIFY(counts[MessageState::Undelivered] > 0);
    const double early = c.counted("waiting");
    QVERIFY(early > 0);
    QCOMPARE(c.counted("waiting") + c.counted("delivered") + c.counted("undelivered") + c.counted("repeated"), 2.0 * n);
    QCOMPARE(must(c.f.engine->verify().result()).size(), std::size_t{0});
    qInfo("%d messages, %d reports in %.1f s, %g of them before the answer", n, 2 * n, seconds, early);
}

void U7ReportsOverHttpTest::inEachModeAndForm_data() {
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("asJson");
    for (const bool asJson : {false, true}) {
        for (const CallbackMode mode : {CallbackMode::Plain, CallbackMode::Compatible, CallbackMode::Secure})
            QTest::addRow("%s %s", toString(mode), asJson ? "JSON" : "XML") << static_cast<int>(mode) << asJson;
    }
}

void U7ReportsOverHttpTest::inEachModeAndForm() {
    QFETCH(int, mode);
    QFETCH(bool, asJson);
    constexpr int n = 25;
    CallbackFixture c(static_cast<CallbackMode>(mode), false);
    c.passed = std::chrono::floor<Seconds>(Engine::wallNow() - c.start);
    auto target = c.target(static_cast<simulator::PushMode>(mode), asJson);
    target.delay = 20ms;
    target.blocked = 30;
    QVERIFY(c.f.base.simulator->control(json{{"events", eventsJson(target)}}.dump()).has_value());
    c.f.base.import(*c.f.engine, n, QStringLiteral("oForm"));
    QVERIFY(EngineFixture::runUntil(*c.f.engine,
        [](const Snapshot &s) { return s.counts[MessageState::Delivered] + s.counts[MessageState::Undelivered] == n; }));
    QVERIFY(must(c.f.engine->counts().result())[MessageState::Undelivered] > 0);
    QCOMPARE(c.counted("refused"), 0.0);
}

void U7ReportsOverHttpTest::unknownOnesAreKept() {
    CallbackFixture c;
    // Above 2^63, above 2^64 is no number here; another system's; nobody's.
    QVERIFY(CallbackFixture::isSuccess(c.post(c.push(c.target(), "oX", 18446744073709551557U))));
    QVERIFY(CallbackFixture::isSuccess(c.post(c.push(c.target(), "oX", 9007199254740993U, "success", Seconds{0}, "2"))));
    QCOMPARE(c.counted("waiting"), 2.0);
    for (const char *id : {"18446744073709551557", "9007199254740993"})
        QCOMPARE(must(c.f.engine->recordEvents("main", {DeliveryReport{id, "oX", "success", std::nullopt}}).result()).repeated, 1);
    QCOMPARE(must(c.f.engine->recordEvents("main", {DeliveryReport{"9007199254740992", "oX", "success", std::nullopt}}).result()).waiting, 1);
}

void U7ReportsOverHttpTest::hostileWordsAreWords() {
    // H10: what a report says is shown and exported as text.
    CallbackFixture c(CallbackMode::Secure, false);
    const SendOutcome sent = c.sendOne("oOne");
    QVERIFY(CallbackFixture::isSuccess(c.post(
        c.push(c.target(simulator::PushMode::Secure, true), "oOne", std::stoull(sent.msgid), "=cmd|'/c calc'!A1\n\x1b[31m\xe2\x80\xae<img src=x>"))));
    const Message message = must(c.f.engine->message(sent.id).result()).message;
    QCOMPARE(QString::fromLatin1(toString(message.state)), QStringLiteral("accepted"));
    QVERIFY(message.reportStatus.find('\n') == std::string::npos && message.reportStatus.find('\x1b') == std::string::npos);
    ExportRequest wish;
    wish.path = c.f.base.path("out.csv").toStdString();
    must(c.f.engine->exportReport(wish).result());
    QFile file(c.f.base.path("out.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray csv = file.readAll();
    QVERIFY(csv.contains("cmd|"));
    for (const char *cell : {",=", ",\"=", ",+", ",@"})
        QVERIFY2(!csv.contains(cell), csv.constData());
}

QTEST_GUILESS_MAIN(U7ReportsOverHttpTest)
#include "u7_reports_over_http_test.moc"
