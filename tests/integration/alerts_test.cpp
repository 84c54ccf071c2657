// SPDX-License-Identifier: GPL-3.0-or-later
//
// Alerts through the facade: an outage is told once and its end, also over a restart; a sink that fails holds up nothing;
// each way of telling, and what is mended without asking.
#include "engine/net/mail_sender.h"
#include "tests/integration/engine_fixture.h"
#include "tests/integration/hook_receiver.h"
#include "tests/integration/smtp_server.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

using Seen = HookReceiver::Seen;

/// Everything in seconds, so that a test need not wait for minutes.
constexpr char quickPolicy[] = R"({
    "retry": {"transient": {"attempts": 50, "base_ms": 100, "cap_ms": 300}},
    "breaker": {"open_ms": 300, "open_at_most_ms": 300},
    "alerts": {"failures": {"above": 0.3, "minimum": 10, "window_s": 3600, "for_s": 1}, "breaker_open": {"for_s": 1}, "no_token": {"for_s": 1},
        "recover_after_s": 2, "group_within_s": 1, "disk_low": {"below_mb": 1}}})";

class Fixture {
public:
    explicit Fixture(const QByteArray &policy = quickPolicy) {
        qputenv("SONGDA_PASSPHRASE", "only here");
        base.writePolicy(policy);
        engine = open();
        must(engine->changeSecret("main", canary::appSecret.toStdString()).result());
    }
    ~Fixture() { close(); }

    /// Secrets in a file, so that they outlive the engine.
    std::unique_ptr<Engine> open() {
        EngineOptions o;
        o.profileDir = base.profile().toStdString();
        o.role = EngineOptions::Role::Engine;
        o.user = "tester";
        return must(Engine::open(o));
    }
    void close() {
        if (engine && engine->snapshot().running)
            EngineFixture::stop(*engine);
        engine.reset();
    }
    void restart() {
        close();
        engine = open();
        must(engine->start());
    }
    void weather(const std::string &json) {
        if (const auto done = base.simulator->control(json); !done)
            qFatal("%s", done.error().c_str());
    }
    std::int64_t add(NewAlertSink wish) { return must(engine->addAlertSink(std::move(wish)).result()).sink.id; }
    std::int64_t add(HookReceiver &receiver) {
        NewAlertSink wish;
        wish.url = receiver.url();
        wish.allowPrivate = true;
        const auto issued = must(engine->addAlertSink(wish).result());
        receiver.setSecret(issued.secret);
        return issued.sink.id;
    }
    AlertSink sink(std::int64_t id) {
        for (const AlertSink &each : must(engine->alertSinks().result())) {
            if (each.id == id)
                return each;
        }
        qFatal("no such sink");
    }
    std::vector<Alert> alerts(bool past = false) { return must(engine->alerts({past, 100}).result()); }
    bool isOpen(AlertRule rule) {
        const auto open = alerts();
        return std::ranges::any_of(open, [rule](const Alert &a) { return a.key.rule == rule; });
    }
    bool until(const std::function<bool()> &reached) {
        return EngineFixture::runUntil(*engine, [&](const Snapshot &) { return reached(); });
    }
    /// A snapshot comes ten times a second.
    void pass(int snapshots) {
        EngineFixture::runUntil(*engine, [&](const Snapshot &) { return --snapshots <= 0; });
    }
    bool audited(const char *act) {
        const auto entries = must(engine->audit(std::nullopt, 200).result());
        return std::ranges::any_of(entries, [act](const AuditEntry &a) { return a.act == act; });
    }

    EngineFixture base;
    std::unique_ptr<Engine> engine;
};

/// How often a rule was told in notices of a type.
int told(const HookReceiver &receiver, const char *type, AlertRule rule) {
    int n = 0;
    for (const auto &[id, body] : receiver.record().taken) {
        const auto json = nlohmann::json::parse(body.toStdString());
        if (json["type"] != type)
            continue;
        for (const auto &alert : json["data"]["alerts"])
            n += alert["rule"] == toString(rule) ? 1 : 0;
    }
    return n;
}

} // namespace

class AlertsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOutageIsToldOnceAndItsEnd();
    void aDeadSinkHoldsUpNothing();
    void whatFailsIsTriedAgain();
    void acknowledgedByAnotherProcess();
    void aRobotSaysNoWithTwoHundred();
    void aCommandGetsTheNoticeAndNoShell();
    void mailGoesByTlsOrNotAtAll();
    void mailIsTextWhateverIsInIt();
    void aTokenIsFetchedAtOnceAndThatIsRecorded();
    void wrongSinksAreRefused();
    void addressesAreGuarded();
};

void AlertsTest::anOutageIsToldOnceAndItsEnd() {
    Fixture f;
    HookReceiver receiver;
    const std::int64_t sink = f.add(receiver);
    must(f.engine->start());
    f.weather(R"({"mix": "busy=100"})");
    f.base.import(*f.engine, 600, QStringLiteral("oOutage"));
    QVERIFY(f.until([&] { return f.isOpen(AlertRule::Failures) && f.isOpen(AlertRule::BreakerOpen); }));
    QVERIFY(f.until([&] { return told(receiver, "alert.fired", AlertRule::Failures) == 1 && told(receiver, "alert.fired", AlertRule::BreakerOpen) == 1; }));
    // What is open is what is counted.
    QVERIFY(f.until([&] { return total(f.engine->snapshot().openAlerts) == static_cast<int>(f.alerts().size()); }));
    f.restart();
    f.pass(30);
    QVERIFY(f.isOpen(AlertRule::Failures) && f.isOpen(AlertRule::BreakerOpen));
    QCOMPARE(told(receiver, "alert.fired", AlertRule::Failures), 1);
    QCOMPARE(told(receiver, "alert.fired", AlertRule::BreakerOpen), 1);
    QCOMPARE(told(receiver, "alert.recovered", AlertRule::Failures), 0);
    f.weather(R"({"mix": ""})");
    QVERIFY(f.until([&] { return told(receiver, "alert.recovered", AlertRule::Failures) == 1 && told(receiver, "alert.recovered", AlertRule::BreakerOpen) == 1; }));
    QVERIFY(f.until([&] { return f.alerts().empty() && total(f.engine->snapshot().openAlerts) == 0; }));
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 600; }));
    const auto record = receiver.record();
    QCOMPARE(record.badlySigned, 0);
    QCOMPARE(record.again, 0);
    const auto past = f.alerts(true);
    QCOMPARE(past.size(), std::size_t{2});
    for (const Alert &alert : past) {
        QVERIFY(alert.toldAt && alert.recoveryToldAt && alert.recoveredAt);
        const auto tellings = must(f.engine->alertTellings(alert.id).result());
        QCOMPARE(tellings.size(), std::size_t{2});
        QVERIFY(tellings[0].kind == AlertNotice::Kind::Recovered && tellings[1].kind == AlertNotice::Kind::Fired);
    }
    QVERIFY(f.until([&] { return f.sink(sink).waiting == 0; }));
    QCOMPARE(f.sink(sink).taken, record.requests);
    QVERIFY(must(f.engine->verify().result()).empty());
}

void AlertsTest::aDeadSinkHoldsUpNothing() {
    Fixture f;
    net::testing::ScriptedServer silent([](int, int) {
        net::testing::Plan plan;
        plan.end = net::testing::Plan::End::Hang;
        return plan;
    });
    NewAlertSink dead;
    dead.url = silent.base() + "/never";
    dead.allowPrivate = true;
    const std::int64_t deadSink = f.add(dead);
    HookReceiver receiver;
    f.add(receiver);
    must(f.engine->start());
    must(f.engine->holdAccount("main", "a contract is checked").result());
    QVERIFY(f.until([&] { return told(receiver, "alert.fired", AlertRule::AccountHeld) == 1; }));
    QVERIFY(f.until([&] { return silent.requests().size() == 1; }));
    must(f.engine->resumeAccount("main").result());
    f.base.import(*f.engine, 1000, QStringLiteral("oMeanwhile"));
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 1000; }));
    QVERIFY(f.until([&] { return told(receiver, "alert.recovered", AlertRule::AccountHeld) == 1; }));
    // It waits for the one that hears nothing, and is not forgotten by a restart.
    QVERIFY(f.sink(deadSink).waiting >= 1);
    f.restart();
    QVERIFY(f.until([&] { return silent.requests().size() >= 2; }));
    QVERIFY(f.sink(deadSink).waiting >= 1);
    QCOMPARE(told(receiver, "alert.fired", AlertRule::AccountHeld), 1);
}

void AlertsTest::whatFailsIsTriedAgain() {
    Fixture f;
    HookReceiver receiver([](const Seen &, int before) { return HookReceiver::status(before < 1 ? 503 : 200); });
    const std::int64_t sink = f.add(receiver);
    must(f.engine->start());
    must(f.engine->holdAccount("main", "x").result());
    QVERIFY(f.until([&] { return told(receiver, "alert.fired", AlertRule::AccountHeld) == 1; }));
    QCOMPARE(receiver.record().requests, 2);
    QVERIFY(f.until([&] { return f.sink(sink).taken == 1; }));
    QCOMPARE(f.sink(sink).failures, 1);
}

void AlertsTest::acknowledgedByAnotherProcess() {
    Fixture f(R"({"alerts": {"recover_after_s": 1, "group_within_s": 0, "repeat_after_s": 2}})");
    HookReceiver receiver;
    f.add(receiver);
    must(f.engine->start());
    must(f.engine->holdAccount("main", "x").result());
    QVERIFY(f.until([&] { return told(receiver, "alert.again", AlertRule::AccountHeld) == 1; }));
    const auto open = f.alerts();
    QCOMPARE(open.size(), std::size_t{1});
    EngineOptions o;
    o.profileDir = f.base.profile().toStdString();
    o.role = EngineOptions::Role::Tool;
    o.user = "li";
    const auto tool = must(Engine::open(o));
    QVERIFY(must(tool->acknowledgeAlert(open.front().id, "the contract is on its way").result()));
    QVERIFY(!must(tool->acknowledgeAlert(open.front().id, "me, too").result()));
    QVERIFY(f.until([&] { return f.alerts().front().acknowledgedBy == "li"; }));
    QVERIFY(f.audited("alert.acknowledge"));
    f.pass(13); // the engine has heard of it by then
    const int before = told(receiver, "alert.again", AlertRule::AccountHeld);
    f.pass(30);
    QCOMPARE(told(receiver, "alert.again", AlertRule::AccountHeld), before);
    must(f.engine->resumeAccount("main").result());
    QVERIFY(f.until([&] { return told(receiver, "alert.recovered", AlertRule::AccountHeld) == 1; }));
    QCOMPARE(f.alerts(true).front().note, std::string("the contract is on its way"));
}

void AlertsTest::aRobotSaysNoWithTwoHundred() {
    Fixture f;
    std::atomic<bool> well{false};
    HookReceiver robot([&](const Seen &, int) {
        return net::testing::answer("200 OK", "Content-Type: application/json\r\n", well ? R"({"errcode":0,"errmsg":"ok"})" : R"({"errcode":93000,"errmsg":"invalid webhook url"})");
    });
    NewAlertSink wish;
    wish.kind = AlertSink::Kind::WeCom;
    wish.url = robot.url() + "?key=very-secret-key";
    wish.allowPrivate = true;
    wish.chinese = true;
    const std::int64_t id = f.add(wish);
    HookTest tried = must(f.engine->testAlertSink(id).result());
    QVERIFY2(!tried.taken && tried.detail.find("93000") != std::string::npos, tried.detail.c_str());
    well = true;
    tried = must(f.engine->testAlertSink(id).result());
    QVERIFY(tried.taken);
    must(f.engine->start());
    must(f.engine->holdAccount("main", "x").result());
    QVERIFY(f.until([&] { return robot.record().requests == 3; }));
    QVERIFY(f.until([&] { return f.sink(id).taken == 1; }));
    QByteArray last;
    for (const auto &[key, body] : robot.record().taken)
        last = body;
    const auto json = nlohmann::json::parse(last.toStdString());
    QCOMPARE(json["msgtype"].get<std::string>(), std::string("markdown"));
    QVERIFY(!json["markdown"]["content"].get<std::string>().empty());
    // Its address is a password.
    const AlertSink sink = f.sink(id);
    QVERIFY(sink.target.find("secret") == std::string::npos && sink.lastDetail.find("secret") == std::string::npos);
    f.close();
    for (const char *name : {"profile/songda.db", "profile/secrets.enc"}) {
        QFile file(f.base.path(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("very-secret-key"), name);
    }
}

void AlertsTest::aCommandGetsTheNoticeAndNoShell() {
    Fixture f;
    f.base.writeFile("page.sh", "#!/bin/sh\ncat > \"$1\"\n[ -z \"$SONGDA_PASSPHRASE\" ] || echo leaked >> \"$1\"\n");
    QFile::setPermissions(f.base.path("page.sh"), QFileDevice::ReadOwner | QFileDevice::ExeOwner);
    NewAlertSink wish;
    wish.kind = AlertSink::Kind::Command;
    const std::string out = f.base.path("out;touch pwned").toStdString();
    wish.command = {f.base.path("page.sh").toStdString(), out};
    const std::int64_t id = f.add(wish);
    must(f.engine->start());
    must(f.engine->holdAccount("main", "x").result());
    QVERIFY(f.until([&] { return f.sink(id).taken == 1; }));
    QFile file(QString::fromStdString(out));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto json = nlohmann::json::parse(file.readAll().toStdString());
    QCOMPARE(json["type"].get<std::string>(), std::string("alert.fired"));
    QCOMPARE(json["data"]["alerts"][0]["account"].get<std::string>(), std::string("main"));
    // Whoever else may write there could say which program is run.
    QFile::setPermissions(f.base.profile(), QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner | QFileDevice::WriteOther | QFileDevice::ExeOther);
    const HookTest refused = must(f.engine->testAlertSink(id).result());
    QFile::setPermissions(f.base.profile(), QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QVERIFY2(!refused.taken && refused.detail.find("written by others") != std::string::npos, refused.detail.c_str());
    wish.command = {"/bin/false"};
    QVERIFY(must(f.engine->testAlertSink(f.add(wish)).result()).detail.find("ended with 1") != std::string::npos);
}

void AlertsTest::mailGoesByTlsOrNotAtAll() {
    Fixture f;
    SmtpServer server;
    NewAlertSink wish;
    wish.kind = AlertSink::Kind::Mail;
    wish.mail.host = "127.0.0.1";
    wish.mail.port = server.port();
    wish.mail.from = "songda@example.com";
    wish.mail.to = {"ops@example.com", "li@example.com"};
    wish.chinese = true;
    // This server offers no TLS: nothing is sent to it.
    const HookTest refused = must(f.engine->testAlertSink(f.add(wish)).result());
    QVERIFY2(!refused.taken && refused.detail.find("TLS") != std::string::npos, refused.detail.c_str());
    QVERIFY(!server.lines().contains("MAIL FROM"));
    wish.mail.tls = MailServer::Tls::Off;
    const std::int64_t id = f.add(wish);
    server.setAnswerToRecipient("550 no such user");
    QVERIFY(!must(f.engine->testAlertSink(id).result()).taken);
    server.setAnswerToRecipient("250 fine");
    must(f.engine->start());
    must(f.engine->holdAccount("main", "x").result());
    QVERIFY(f.until([&] { return f.sink(id).taken == 1; }));
    const auto mails = server.mails();
    QCOMPARE(mails.size(), std::size_t{1});
    QCOMPARE(mails[0].from, QByteArray("<songda@example.com>"));
    QCOMPARE(mails[0].to, (std::vector<QByteArray>{"<ops@example.com>", "<li@example.com>"}));
    const auto blank = mails[0].text.indexOf("\r\n\r\n");
    const QByteArray text = QByteArray::fromBase64(mails[0].text.mid(blank).replace("\r\n", ""));
    QVERIFY2(QString::fromUtf8(text).contains(QStringLiteral("公众号已暂停")), text.constData());
    QVERIFY(mails[0].text.contains("Subject: =?UTF-8?B?"));
    QVERIFY(f.sink(id).target == "ops@example.com, li@example.com");
}

void AlertsTest::mailIsTextWhateverIsInIt() {
    MailServer server;
    server.host = "mail.example.com";
    server.from = "songda@example.com";
    server.to = {"ops@example.com"};
    const net::Mail mail{"Songda [重要] \r\nBcc: evil@example.com", std::string("a\r\n.\r\nMAIL FROM:<x>\r\n") + std::string(3000, 'x'), "alert_1", *parseIso8601("2026-01-31T12:00:00+08:00")};
    const std::string text = net::mailText(server, mail);
    QVERIFY(text.find("\nBcc:") == std::string::npos && text.find("\n.\r") == std::string::npos && text.find("MAIL FROM") == std::string::npos);
    QVERIFY(text.starts_with("Date: Sat, 31 Jan 2026 04:00:00 +0000\r\n"));
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find("\r\n", at);
        QVERIFY(end != std::string::npos && end - at <= 78);
        at = end + 2;
    }
    QVERIFY(std::ranges::all_of(text, [](char c) { return c == '\r' || c == '\n' || (c >= ' ' && c < 0x7f); }));
}

void AlertsTest::aTokenIsFetchedAtOnceAndThatIsRecorded() {
    Fixture f(R"({"retry": {"token": {"base_ms": 3600000, "cap_ms": 3600000}}, "alerts": {"no_token": {"for_s": 4}, "recover_after_s": 1, "group_within_s": 0}})");
    f.weather(R"({"token_error": -1})");
    must(f.engine->start());
    f.base.import(*f.engine, 5, QStringLiteral("oToken"));
    // The next fetch would be in half an hour or more.
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return !s.accounts.empty() && s.accounts[0].gate == Gate::NoToken; }));
    f.pass(15); // the first fetch has failed by then
    QCOMPARE(f.engine->snapshot().counts[MessageState::Accepted], 0);
    f.weather(R"({"token_error": 0})");
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 5; }));
    QVERIFY(f.until([&] { return f.audited("account.refresh_token"); }));
    QVERIFY(f.until([&] { return f.alerts().empty() && f.alerts(true).size() == 1; }));
}

void AlertsTest::wrongSinksAreRefused() {
    Fixture f;
    const auto refused = [&](const NewAlertSink &wish) {
        const auto added = f.engine->addAlertSink(wish).result();
        return !added && added.error().code == ErrorCode::InvalidInput;
    };
    NewAlertSink wish;
    for (const char *url : {"", "ftp://example.com/", "https://", "https://user:pass@example.com/", "http://example.com/", "https://example.com/#x"}) {
        for (const auto kind : {AlertSink::Kind::WebHook, AlertSink::Kind::WeCom}) {
            wish.kind = kind;
            wish.url = url;
            QVERIFY2(refused(wish), url);
        }
    }
    wish.kind = AlertSink::Kind::Command;
    for (const std::vector<std::string> &command : {std::vector<std::string>{}, {""}, {"page.sh"}, {"./page.sh"}}) {
        wish.command = command;
        QVERIFY(refused(wish));
    }
    wish.kind = AlertSink::Kind::Mail;
    wish.mail = {"mail.example.com", 587, MailServer::Tls::Required, "", "songda@example.com", {"ops@example.com"}};
    for (const char *address : {"", "x", "a@b@c", "<a@b>", "a@b\r\nRCPT TO:<c@d>", "a b@c", "名@例"}) {
        NewAlertSink bad = wish;
        bad.mail.from = address;
        QVERIFY2(refused(bad), address);
        bad = wish;
        bad.mail.to = {"ops@example.com", address};
        QVERIFY2(refused(bad), address);
    }
    NewAlertSink open = wish;
    open.mail.tls = MailServer::Tls::Off;
    open.mail.user = "songda"; // a password would be readable on its way
    QVERIFY(refused(open));
    QVERIFY(must(f.engine->alertSinks().result()).empty());
}

void AlertsTest::addressesAreGuarded() {
    Fixture f;
    HookReceiver receiver;
    NewAlertSink wish;
    wish.url = "https://127.0.0.1:" + std::to_string(receiver.port()) + "/";
    const HookTest tried = must(f.engine->testAlertSink(f.add(wish)).result());
    QVERIFY2(!tried.taken && tried.detail.find("not called") != std::string::npos, tried.detail.c_str());
    QCOMPARE(receiver.record().requests, 0);
}

QTEST_GUILESS_MAIN(AlertsTest)
#include "alerts_test.moc"
