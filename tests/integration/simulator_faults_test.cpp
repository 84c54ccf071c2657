// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/simulator_fixture.h"

#include "app/simulator/control_change.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace songda::simulator;
using namespace songda::simulator::testing;

class SimulatorFaultsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyResultHasOneName_data();
    void everyResultHasOneName();
    void nonsenseIsNoResult_data();
    void nonsenseIsNoResult();
    void mixesAreRead();
    void mixKeepsItsShares();
    void sameSeedSameMix();
    void stickyMixDoesNotDependOnOrder();
    void scriptsAreUsedUp();
    void scriptedPeopleAreOutsideTheMix();
    void lostAnswersLeaveTheMessageDelivered();
    void lostRequestsDoNot();
    void anOutcomeSaysHowTheExchangeEnds();
    void refusedSendsDoNotUseUpTheScript();
    void latencyStaysWithinItsJitter();
    void controlIsReadWholeOrNotAtAll_data();
    void controlIsReadWholeOrNotAtAll();
};

void SimulatorFaultsTest::everyResultHasOneName_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("recorded");
    const auto row = [](const char *text, const char *name, bool recorded) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(name) << recorded;
    };
    row("ok", "ok", true);
    row("0", "ok", true);
    row("busy", "-1", false);
    row("43004", "43004", false);
    row("-41000", "-41000", false);
    row("recorded_busy", "recorded_-1", true);
    row("http:500", "http:500", false);
    row("http500", "http:500", false);
    row("http:429:30", "http:429", false);
    row("recorded_http:502", "recorded_http:502", true);
    row("close", "close", false);
    row("recorded_close", "recorded_close", true);
    row("hang", "hang", false);
    row("recorded_hang", "recorded_hang", true);
    row("half", "half", true);
    row("html", "html", false);
    row("recorded_html", "recorded_html", true);
    row("reset", "reset", false);
    row("recorded_reset", "recorded_reset", true);
    row("delay:250", "delay", true);
    row("drip", "drip", true);
    row("drip:5", "drip", true);
    row("redirect", "redirect", false);
}

void SimulatorFaultsTest::everyResultHasOneName() {
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, name);
    QFETCH(const bool, recorded);
    const auto outcome = parseOutcome(text.toStdString());
    QVERIFY(outcome.has_value());
    QCOMPARE(outcomeName(*outcome), name.toStdString());
    QCOMPARE(outcome->recorded, recorded);
    Outcome unpacked = unpackOutcome(packOutcome(*outcome));
    unpacked.parameter = outcome->parameter;
    QCOMPARE(unpacked, *outcome);
}

void SimulatorFaultsTest::nonsenseIsNoResult_data() {
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"", "nonsense", "http:", "http:99", "http:600", "http:429:-1", "http:429:x",
             "delay", "delay:-1", "delay:x", "close:1", "recorded_", "duplicate", "43004x", "99999999999"}) {
        QTest::newRow(*text ? text : "empty") << QByteArray(text);
    }
}

void SimulatorFaultsTest::nonsenseIsNoResult() {
    QFETCH(const QByteArray, text);
    QVERIFY(!parseOutcome(text.toStdString()));
}

void SimulatorFaultsTest::mixesAreRead() {
    QCOMPARE(parseMix("")->shares.size(), std::size_t{0});
    QCOMPARE(
        parseMix("busy=2, 43004=0.5,http500=0.5,recorded_close=0.5,hang=0.2")->shares.size(), std::size_t{5});
    QVERIFY(!parseMix("busy"));
    QVERIFY(!parseMix("busy=x"));
    QVERIFY(!parseMix("busy=-1"));
    QVERIFY(!parseMix("busy=nan"));
    QVERIFY(!parseMix("busy=60,close=60"));
    QVERIFY(!parseMix("nonsense=1"));
}

void SimulatorFaultsTest::mixKeepsItsShares() {
    Faults faults{42};
    faults.setMix(*parseMix("busy=10,43004=5"));
    int busy = 0;
    int unfollowed = 0;
    for (int i = 0; i < 100'000; ++i) {
        const Outcome outcome = faults.next("oPerson", 0);
        busy += outcome.code == -1 ? 1 : 0;
        unfollowed += outcome.code == 43004 ? 1 : 0;
    }
    QVERIFY(busy > 9'600 && busy < 10'400);
    QVERIFY(unfollowed > 4'700 && unfollowed < 5'300);
}

void SimulatorFaultsTest::sameSeedSameMix() {
    Faults one{42};
    Faults two{42};
    Faults other{43};
    for (Faults *faults : {&one, &two, &other}) {
        faults->setMix(*parseMix("busy=50"));
    }
    int differences = 0;
    for (int i = 0; i < 1000; ++i) {
        const Outcome outcome = one.next("oPerson", 0);
        QCOMPARE(two.next("oPerson", 0), outcome);
        differences += other.next("oPerson", 0) == outcome ? 0 : 1;
    }
    QVERIFY(differences > 400);
}

void SimulatorFaultsTest::stickyMixDoesNotDependOnOrder() {
    Faults forwards{42};
    Faults backwards{42};
    for (Faults *faults : {&forwards, &backwards}) {
        faults->setMix(*parseMix("busy=50"));
        faults->setSticky(true);
    }
    std::vector<Outcome> outcomes;
    outcomes.reserve(500);
    for (int i = 0; i < 500; ++i) {
        outcomes.push_back(forwards.next("o" + std::to_string(i), 3));
    }
    int busy = 0;
    for (int i = 499; i >= 0; --i) {
        const Outcome outcome = backwards.next("o" + std::to_string(i), 3);
        QCOMPARE(outcome, outcomes[static_cast<std::size_t>(i)]);
        busy += outcome.code == -1 ? 1 : 0;
    }
    QVERIFY(busy > 200 && busy < 300);
}

void SimulatorFaultsTest::scriptsAreUsedUp() {
    Faults faults{1};
    faults.addScripts(*parseScripts(parsed(
        R"({"oList":["busy",43004],"oWord":"close","oEver":{"results":["busy","hang"],"then":"repeat"}})")));
    QCOMPARE(outcomeName(faults.next("oList", 0)), std::string{"-1"});
    QCOMPARE(outcomeName(faults.next("oList", 0)), std::string{"43004"});
    QCOMPARE(outcomeName(faults.next("oList", 0)), std::string{"ok"});
    QCOMPARE(outcomeName(faults.next("oEver", 0)), std::string{"-1"});
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(outcomeName(faults.next("oWord", 0)), std::string{"close"});
        QCOMPARE(outcomeName(faults.next("oEver", 0)), std::string{"hang"});
        QCOMPARE(outcomeName(faults.next("oOther", 0)), std::string{"ok"});
    }
    faults.clearScripts();
    QCOMPARE(outcomeName(faults.next("oWord", 0)), std::string{"ok"});
    QVERIFY(!parseScripts(parsed(R"({"o":["nonsense"]})")));
    QVERIFY(!parseScripts(parsed(R"({"o":{"then":"repeat"}})")));
    QVERIFY(!parseScripts(parsed("[]")));
}

void SimulatorFaultsTest::scriptedPeopleAreOutsideTheMix() {
    Faults faults{1};
    faults.setMix(*parseMix("busy=100"));
    faults.addScripts(*parseScripts(parsed(R"({"oPerson":["43004"]})")));
    QCOMPARE(outcomeName(faults.next("oPerson", 0)), std::string{"43004"});
    QCOMPARE(outcomeName(faults.next("oPerson", 0)), std::string{"ok"});
    QCOMPARE(outcomeName(faults.next("oOther", 0)), std::string{"-1"});
}

void SimulatorFaultsTest::lostAnswersLeaveTheMessageDelivered() {
    Platform platform;
    platform.api.faults().addScripts(*parseScripts(parsed(R"({"oPerson":["recorded_close","ok"]})")));
    const Reply lost = platform.send(orderMessage("oPerson", "id"));
    QVERIFY(lost.ending == Ending::Close);
    QCOMPARE(platform.api.ledger().received("oPerson").at(0).userCopies, 1U);
    const Reply repeat = platform.send(orderMessage("oPerson", "id"));
    const LedgerRecord record = platform.api.ledger().received("oPerson").at(0);
    QCOMPARE(record.userCopies, 1U);
    QCOMPARE(record.wireCopies, 2U);
    QCOMPARE(record.copies.at(1).answer, std::string{"duplicate"});
    QCOMPARE(Platform::msgid(repeat), record.msgid);
}

void SimulatorFaultsTest::lostRequestsDoNot() {
    Platform platform;
    platform.api.faults().addScripts(
        *parseScripts(parsed(R"({"oPerson":["close","http:500","busy","html","reset","hang","redirect"]})")));
    for (int i = 0; i < 7; ++i) {
        platform.send(orderMessage("oPerson", "id"));
        QCOMPARE(platform.api.ledger().received("oPerson").at(0).userCopies, 0U);
    }
    platform.send(orderMessage("oPerson", "id"));
    QCOMPARE(platform.api.ledger().received("oPerson").at(0).userCopies, 1U);
    QCOMPARE(platform.api.ledger().summary().duplicatesDropped, std::uint64_t{0});
}

void SimulatorFaultsTest::anOutcomeSaysHowTheExchangeEnds() {
    Platform platform;
    platform.api.faults().addScripts(*parseScripts(parsed(
        R"({"oPerson":["http:429:7","redirect","delay:300","drip:9","half","html","reset","recorded_hang"]})")));
    auto next = [&, number = 0]() mutable {
        return platform.send(orderMessage("oPerson", std::to_string(++number)));
    };
    Reply reply = next();
    QCOMPARE(reply.status, 429);
    QCOMPARE(reply.retryAfter, 7);
    reply = next();
    QCOMPARE(reply.status, 302);
    QVERIFY(!reply.location.empty());
    reply = next();
    QCOMPARE(reply.delay, std::chrono::milliseconds{300});
    QCOMPARE(Platform::errcode(reply), 0);
    reply = next();
    QVERIFY(reply.ending == Ending::Drip);
    QCOMPARE(reply.dripPause, std::chrono::milliseconds{9});
    QVERIFY(next().ending == Ending::Half);
    reply = next();
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.type == ContentType::Html);
    QVERIFY(next().ending == Ending::Reset);
    QVERIFY(next().ending == Ending::Hang);
}

void SimulatorFaultsTest::refusedSendsDoNotUseUpTheScript() {
    Platform platform;
    platform.api.faults().addScripts(*parseScripts(parsed(R"({"oPerson":["43101"]})")));
    const std::string body = orderMessage("oPerson", "id").dump();
    QCOMPARE(Platform::errcode(platform.post("/cgi-bin/message/template/send", body)), 41001);
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "id"))), 43101);
    QCOMPARE(Platform::errcode(platform.send(orderMessage("oPerson", "id"))), 0);
}

void SimulatorFaultsTest::latencyStaysWithinItsJitter() {
    Platform platform;
    AccountState account = *platform.api.account();
    account.latency = 20ms;
    account.latencyJitter = 5ms;
    platform.api.setAccount(account);
    bool varies = false;
    for (int i = 0; i < 100; ++i) {
        const Reply reply = platform.send(orderMessage("oPerson", std::to_string(i)));
        QVERIFY(reply.delay >= 15ms && reply.delay <= 25ms);
        varies = varies || reply.delay != 20ms;
    }
    QVERIFY(varies);
    QCOMPARE(parseLatency("20:5")->jitter, std::chrono::milliseconds{5});
    QVERIFY(!parseLatency(""));
    QVERIFY(!parseLatency("20:"));
    QVERIFY(!parseLatency("-1"));
    QVERIFY(!parseLatency("1:2:3"));
}

void SimulatorFaultsTest::controlIsReadWholeOrNotAtAll_data() {
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<bool>("good");
    const auto row
        = [](const char *request, bool good) { QTest::newRow(request) << QByteArray(request) << good; };
    row("{}", true);
    row(R"({"mix":"busy=2","mix_sticky":true,"seed":3,"latency":"20:5","clear_script":true})", true);
    row(R"({"mix":{"busy":2.5},"latency":20,"script":{"o":"busy"}})", true);
    row(R"({"daily_limit":10,"minute_limit":0,"token_life":10,"token_overlap":5})", true);
    row(R"({"expire_tokens":true,"invalidate_tokens":true,"whitelist":"refuse","token_error":50007})", true);
    row(R"({"templates":"builtin","followers":5,"followers_only":true,"strict_values":false})", true);
    row(R"({"duplicate_answer":45065,"accepting":false,"refuse_ms":10,"reset_ledger":true,"reset_quotas":true})",
        true);
    row(R"({"templates":[{"title":"t","content":"{{thing1.DATA}}"}]})", true);
    row("", false);
    row("[]", false);
    row(R"({"unheard_of":1})", false);
    row(R"({"mix":"busy=200"})", false);
    row(R"({"mix":{"busy":"2"}})", false);
    row(R"({"latency":-1})", false);
    row(R"({"script":[]})", false);
    row(R"({"daily_limit":-1})", false);
    row(R"({"token_life":"10"})", false);
    row(R"({"whitelist":true})", false);
    row(R"({"accepting":"no"})", false);
    row(R"({"templates":[{"title":"t"}]})", false);
    row(R"({"secret":""})", false);
}

void SimulatorFaultsTest::controlIsReadWholeOrNotAtAll() {
    QFETCH(const QByteArray, request);
    QFETCH(const bool, good);
    QCOMPARE(parseControl(request.toStdString()).has_value(), good);
}

QTEST_GUILESS_MAIN(SimulatorFaultsTest)
#include "simulator_faults_test.moc"
