// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hooks through the facade: what became of messages is told, signed, again when it has to be, and not lost.
#include "tests/full_form.h"
#include "tests/integration/engine_fixture.h"
#include "tests/integration/hook_receiver.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

using Seen = HookReceiver::Seen;

class Fixture {
public:
    Fixture() { engine = open(); }
    ~Fixture() { close(); }

    std::unique_ptr<Engine> open() {
        EngineOptions o;
        o.profileDir = base.profile().toStdString();
        o.role = EngineOptions::Role::Engine;
        o.user = "tester";
        o.secretsInMemory = true;
        auto opened = must(Engine::open(o));
        must(opened->changeSecret("main", canary::appSecret.toStdString()).result());
        return opened;
    }
    void close() {
        if (engine && engine->snapshot().running)
            EngineFixture::stop(*engine);
        engine.reset();
    }
    std::int64_t add(HookReceiver &receiver, HookStates states = HookStates::all()) {
        const auto issued = must(engine->addHook({receiver.url(), states, {}, true}).result());
        receiver.setSecret(issued.secret);
        return issued.hook.id;
    }
    Hook hook() { return must(engine->hooks().result()).at(0); }
    bool until(const std::function<bool()> &reached) {
        return EngineFixture::runUntil(*engine, [&](const Snapshot &) { return reached(); });
    }

    EngineFixture base;
    std::unique_ptr<Engine> engine;
};

} // namespace

class HooksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void allAreToldAndSigned();
    void whatFailsIsToldAgain();
    void aRefusedOneKeepsNobodyWaiting();
    void aReceiverThatIsGoneIsLeftAlone();
    void goneForGoodStopsTheHook();
    void theTraceIsHandedOn();
    void aTryOnRequest();
    void withoutAHookNothingGoesOut();
    void secretsAreKeptAndShownOnce();
    void aSecretIsReplacedWithAnOverlap();
    void theAuditSaysWhereTo();
    void manyThatWaitedGoWithTheHook();
    void noMoreIsKeptThanAllowed();
};

void HooksTest::allAreToldAndSigned() {
    const int n = inFullForm(10'000, 1'000);
    Fixture f;
    HookReceiver receiver;
    f.add(receiver);
    must(f.engine->start());
    QElapsedTimer clock;
    clock.start();
    f.base.import(*f.engine, n, QStringLiteral("oHook"));
    QVERIFY(f.until([&] { return receiver.outcomes() == static_cast<std::size_t>(n); }));
    qInfo("%d outcomes told in %.1f s", n, static_cast<double>(clock.elapsed()) / 1000);
    const auto record = receiver.record();
    QCOMPARE(record.badlySigned, 0);
    QCOMPARE(record.outOfTime, 0);
    QCOMPARE(record.again, 0);
    QCOMPARE(record.requests, n);
    QCOMPARE(record.taken.size(), static_cast<std::size_t>(n)); // each under an id of its own
    QVERIFY(f.until([&] { return f.hook().delivered == n && f.hook().waiting == 0; }));
    QCOMPARE(must(f.engine->verify().result()).size(), std::size_t{0});
    // Drained means told as well.
    QVERIFY(f.until([&] { return f.engine->isDrained(); }));
}

void HooksTest::whatFailsIsToldAgain() {
    Fixture f;
    // The first two are refused; then everything is taken. The first wait is five seconds.
    HookReceiver receiver([](const Seen &, int before) { return HookReceiver::status(before < 2 ? 500 : 200); });
    f.add(receiver);
    must(f.engine->start());
    f.base.import(*f.engine, 5, QStringLiteral("oHook"));
    QVERIFY(f.until([&] { return receiver.outcomes() == 5; }));
    const auto record = receiver.record();
    QCOMPARE(record.requests, 7);
    QCOMPARE(record.badlySigned, 0);
    QCOMPARE(record.changed, 0);
    QVERIFY(f.until([&] { return f.hook().delivered == 5; }));
    QCOMPARE(f.hook().failures, 2);
    QCOMPARE(f.hook().dead, 0);
}

void HooksTest::aRefusedOneKeepsNobodyWaiting() {
    Fixture f;
    // One of them is never taken, and it comes first.
    HookReceiver receiver([](const Seen &seen, int) { return HookReceiver::status(seen.body.contains("oHook00000000") ? 400 : 200); });
    f.add(receiver);
    must(f.engine->start());
    f.base.import(*f.engine, 50, QStringLiteral("oHook"));
    QVERIFY(f.until([&] { return receiver.outcomes() == 49; }));
    QVERIFY(f.until([&] { return f.hook().waiting == 1 && f.hook().failures > 0; }));
    QVERIFY(f.hook().lastDetail == "HTTP 400" || f.hook().lastDetail == "HTTP 200");
}

void HooksTest::aReceiverThatIsGoneIsLeftAlone() {
    Fixture f;
    std::atomic<bool> back{false};
    HookReceiver receiver([&](const Seen &, int) { return HookReceiver::status(back ? 200 : 503); });
    f.add(receiver);
    must(f.engine->start());
    f.base.import(*f.engine, 500, QStringLiteral("oHook"));
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 500; }));
    QVERIFY(f.until([&] { return f.hook().failures >= 5; }));
    // Five in a row, and nothing more for five seconds: two seconds later it is still as many, give or take those under way.
    QTest::qWait(2000);
    QVERIFY2(receiver.record().requests <= 40, qPrintable(QString::number(receiver.record().requests)));
    QCOMPARE(f.hook().waiting, 500);
    back = true;
    QVERIFY(f.until([&] { return receiver.outcomes() == 500; }));
    QVERIFY(f.until([&] { return f.hook().waiting == 0; }));
}

void HooksTest::goneForGoodStopsTheHook() {
    Fixture f;
    std::atomic<bool> back{false};
    HookReceiver receiver([&](const Seen &, int) { return HookReceiver::status(back ? 200 : 410); });
    const std::int64_t id = f.add(receiver);
    must(f.engine->start());
    f.base.import(*f.engine, 10, QStringLiteral("oHook"));
    QVERIFY(f.until([&] { return f.hook().stoppedAt.has_value(); }));
    QVERIFY(f.hook().stoppedWhy.find("410") != std::string::npos);
    const int requests = receiver.record().requests;
    f.base.import(*f.engine, 10, QStringLiteral("oMore"));
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 20; }));
    QVERIFY(f.until([&] { return f.hook().waiting == 20; })); // kept for it
    QVERIFY(receiver.record().requests <= requests + 10);
    back = true;
    must(f.engine->resumeHook(id).result());
    QVERIFY(f.until([&] { return receiver.outcomes() == 20; }));
    QCOMPARE(receiver.record().changed, 0);
}

void HooksTest::theTraceIsHandedOn() {
    Fixture f;
    HookReceiver receiver;
    f.add(receiver);
    must(f.engine->start());
    SendRequest request;
    request.account = "main";
    request.templateId = EngineFixture::templateId();
    request.openid = "oTraced";
    request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
    request.idempotencyKey = "order-4711";
    request.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    must(f.engine->takeIn({request}, {"orders"}).result().at(0));
    request.idempotencyKey = "order-4712";
    request.traceparent.clear();
    must(f.engine->takeIn({request}, {"orders"}).result().at(0));
    QVERIFY(f.until([&] { return receiver.outcomes() == 2; }));
    const auto record = receiver.record();
    // Who brought none is handed one of ours.
    std::set<QByteArray> expected{"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"};
    std::set<QByteArray> begun;
    for (const QByteArray &trace : record.traceparents)
        begun.insert(expected.contains(trace) ? trace : trace.left(36));
    for (const auto &[id, body] : record.taken) {
        const auto data = nlohmann::json::parse(body.toStdString())["data"];
        if (data["idempotency_key"] == "order-4712")
            expected.insert("00-" + QByteArray::fromStdString(must(f.engine->message(MessageId{data["message_id"].get<std::int64_t>()}).result()).message.traceId) + "-");
        QVERIFY(data["idempotency_key"] == "order-4711" || data["idempotency_key"] == "order-4712");
        QCOMPARE(data["created_by"].get<std::string>(), std::string("api:orders"));
    }
    QCOMPARE(record.traceparents.size(), std::size_t{2});
    QVERIFY(begun == expected);
}

void HooksTest::aTryOnRequest() {
    Fixture f;
    HookReceiver receiver;
    const std::int64_t id = f.add(receiver);
    HookTest tried = must(f.engine->testHook(id).result()); // also while nothing is delivered
    QVERIFY(tried.taken);
    QCOMPARE(tried.status, 204);
    QCOMPARE(receiver.record().badlySigned, 0);
    receiver.setAnswer([](const Seen &, int) { return HookReceiver::status(302, "Location: http://127.0.0.1/\r\n"); });
    tried = must(f.engine->testHook(id).result());
    QVERIFY(!tried.taken && tried.detail.find("redirect") != std::string::npos);
    const auto nobody = f.engine->testHook(99).result();
    QVERIFY(!nobody && nobody.error().code == ErrorCode::NotFound);
}

void HooksTest::withoutAHookNothingGoesOut() {
    Fixture f;
    HookReceiver receiver;
    const std::int64_t id = f.add(receiver, {MessageState::Dead});
    must(f.engine->start());
    f.base.import(*f.engine, 20, QStringLiteral("oHook"));
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 20; }));
    QCOMPARE(f.hook().waiting, 0);
    QVERIFY(must(f.engine->removeHook(id, "no longer").result()));
    QVERIFY(must(f.engine->hooks().result()).empty());
    f.base.import(*f.engine, 20, QStringLiteral("oMore"));
    QVERIFY(f.until([&] { return f.engine->isDrained(); }));
    QCOMPARE(receiver.record().requests, 0);
}

void HooksTest::secretsAreKeptAndShownOnce() {
    Fixture f;
    HookReceiver receiver;
    const auto issued = must(f.engine->addHook({receiver.url(), HookStates::all(), {}, true}).result());
    QVERIFY(issued.secret.starts_with("whsec_"));
    QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(issued.secret).mid(6)).size(), 32);
    QFile database(f.base.profile() + QStringLiteral("/songda.db"));
    QFile log(f.base.profile() + QStringLiteral("/songda.db-wal"));
    for (QFile *file : {&database, &log}) {
        QVERIFY(file->open(QIODevice::ReadOnly));
        QVERIFY(!file->readAll().contains(QByteArray::fromStdString(issued.secret).mid(6)));
    }
    // Another engine that cannot read it says so and sends nothing unsigned.
    must(f.engine->start());
    f.base.import(*f.engine, 1, QStringLiteral("oOne"));
    receiver.setSecret(issued.secret);
    QVERIFY(f.until([&] { return receiver.outcomes() == 1; }));
    f.close();
    f.engine = f.open(); // its memory knows no secret
    must(f.engine->start());
    f.base.import(*f.engine, 5, QStringLiteral("oTwo"));
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 6; }));
    QTRY_VERIFY(!f.engine->meters().hooks.empty() && f.hook().waiting == 5);
    QCOMPARE(receiver.record().badlySigned, 0);
    QCOMPARE(receiver.outcomes(), std::size_t{1});
}

void HooksTest::theAuditSaysWhereTo() {
    Fixture f;
    HookReceiver receiver;
    const auto issued = must(f.engine->addHook({receiver.url() + "?token=canary", HookStates::all(), {}, true}).result());
    const auto last = [&] { return must(f.engine->audit(std::nullopt, 1).result()).at(0); };
    const std::string name = "hook " + std::to_string(issued.hook.id) + " " + receiver.url() + " (private addresses allowed)";
    QCOMPARE(last().act, std::string("hook.add"));
    QCOMPARE(last().object, name);
    QVERIFY(!f.hook().stoppedAt);
    must(f.engine->resumeHook(issued.hook.id).result());
    QCOMPARE(last().object, name);
    must(f.engine->setHookBounds(issued.hook.id, 7, std::nullopt).result());
    QCOMPARE(last().object, name + " keeps 7 days and 1000000 outcomes");
    QVERIFY(must(f.engine->removeHook(issued.hook.id, "no longer").result()));
    QCOMPARE(last().act, std::string("hook.remove"));
    QCOMPARE(last().object, name);
    QVERIFY(!must(f.engine->removeHook(issued.hook.id, "once more").result()));
    for (const auto &[days, rows] : {std::pair<int, std::int64_t>{0, 1000}, {366, 1000}, {1, 999}, {1, 100'000'001}})
        QVERIFY(!f.engine->addHook({receiver.url(), HookStates::all(), {}, true, days, rows}).result());
}

void HooksTest::manyThatWaitedGoWithTheHook() {
    Fixture f;
    HookReceiver receiver([&](const Seen &, int) { return HookReceiver::status(503); });
    const std::int64_t id = f.add(receiver);
    must(f.engine->start());
    f.base.import(*f.engine, 1200, QStringLiteral("oHook"));
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 1200; }));
    QVERIFY(f.hook().waiting == 1200);
    QVERIFY(must(f.engine->removeHook(id, "no longer").result()));
    QVERIFY(must(f.engine->hooks().result()).empty());
    QVERIFY(f.until([&] { return f.engine->isDrained(); }));
    QCOMPARE(must(f.engine->verify().result()).size(), std::size_t{0});
}

void HooksTest::noMoreIsKeptThanAllowed() {
    Fixture f;
    HookReceiver receiver([&](const Seen &, int) { return HookReceiver::status(410); });
    const std::int64_t id = f.add(receiver);
    must(f.engine->start());
    f.base.import(*f.engine, 1700, QStringLiteral("oHook"));
    QVERIFY(EngineFixture::runUntil(*f.engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 1700; }));
    QCOMPARE(f.hook().waiting, 1700);
    QCOMPARE(must(f.engine->setHookBounds(id, std::nullopt, 1000).result()).keepDays, 30);
    QVERIFY(f.until([&] { return f.hook().waiting == 1000; }));
    QCOMPARE(f.hook().dropped, 700);
}

void HooksTest::aSecretIsReplacedWithAnOverlap() {
    Fixture f;
    HookReceiver receiver;
    const auto first = must(f.engine->addHook({receiver.url(), HookStates::all(), {}, true}).result());
    receiver.setSecret(first.secret);
    must(f.engine->start());
    int told = 0;
    const auto tell = [&] { // one more outcome: how many of all so far were badly signed
        f.base.import(*f.engine, 1, QStringLiteral("oHook%1_").arg(told));
        ++told;
        if (!f.until([&] { return receiver.outcomes() == static_cast<std::size_t>(told); }))
            qFatal("it was not told");
        return receiver.record().badlySigned;
    };
    QCOMPARE(tell(), 0);
    const auto second = must(f.engine->rotateHook(first.hook.id, std::chrono::hours{1}, "once a year").result());
    QVERIFY(second.secret.starts_with("whsec_") && second.secret != first.secret);
    QCOMPARE(tell(), 0); // by the old secret
    receiver.setSecret(second.secret);
    QCOMPARE(tell(), 0); // and by the new one
    QVERIFY(must(f.engine->testHook(first.hook.id).result()).taken);
    QCOMPARE(receiver.record().badlySigned, 0);
    // At once: the one before does no more.
    const auto third = must(f.engine->rotateHook(first.hook.id, Seconds{0}, "lost").result());
    QVERIFY(f.until([&] { return !f.hook().formerUntil && f.hook().secretNumber == third.hook.secretNumber; }));
    QCOMPARE(tell(), 1);
    receiver.setSecret(third.secret);
    QCOMPARE(tell(), 1);
    QVERIFY(!f.engine->rotateHook(first.hook.id, std::chrono::hours{24 * 31}, "").result());
    QVERIFY(!f.engine->rotateHook(99, Seconds{0}, "").result());
    int rotations = 0;
    for (const AuditEntry &act : must(f.engine->audit({}, 100).result()))
        rotations += act.act == "hook.rotate" ? 1 : 0;
    QCOMPARE(rotations, 2);
    QVERIFY(must(f.engine->removeHook(first.hook.id, "").result()));
}

QTEST_GUILESS_MAIN(HooksTest)
#include "hooks_test.moc"
