// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/engine_fixture.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;

/// Sending one message and waiting for what becomes of it.
class EngineSendWaitTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itAnswersWhenTheMessageHasEnded_data();
    void itAnswersWhenTheMessageHasEnded();
    void itAnswersAtTheDeadlineAndTheMessageStays();
    void theSameKeyWaitsForTheSameMessage();
    void whatIsNotQueuedIsToldAtOnce();
    void closingTheEngineEndsTheWait();

private:
    static SendRequest to(const std::string &openid) {
        SendRequest request;
        request.account = "main";
        request.templateId = EngineFixture::templateId();
        request.openid = openid;
        request.data = {{"character_string1", "SO1"}, {"thing2", "书"}, {"amount3", "¥1.50"}, {"time4", "2026-01-31 15:01"}};
        return request;
    }
    /// Lets events run until the future has answered.
    static SendOutcome outcome(QFuture<Result<SendOutcome>> future) {
        while (!future.isFinished())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        return must(future.result());
    }
};

void EngineSendWaitTest::itAnswersWhenTheMessageHasEnded_data() {
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<int>("attempts");
    QTest::newRow("accepted") << QByteArray("\"ok\"") << QStringLiteral("accepted") << QString() << 1;
    QTest::newRow("accepted after repeats") << QByteArray("[\"busy\",\"busy\",\"ok\"]") << QStringLiteral("accepted") << QString() << 3;
    QTest::newRow("dead") << QByteArray("\"43004\"") << QStringLiteral("dead") << QStringLiteral("43004") << 1;
}

void EngineSendWaitTest::itAnswersWhenTheMessageHasEnded() {
    QFETCH(QByteArray, script);
    QFETCH(QString, state);
    QFETCH(QString, cause);
    QFETCH(int, attempts);
    simulator::Options target;
    target.script = "{\"oOne\":" + script.toStdString() + "}";
    EngineFixture fixture(target);
    auto engine = fixture.open();
    must(engine->start());
    const SendOutcome o = outcome(engine->sendAndWait(to("oOne"), std::chrono::minutes{1}));
    QVERIFY(o.ended);
    QCOMPARE(QString::fromLatin1(toString(o.state)), state);
    QCOMPARE(QString::fromStdString(o.cause), cause);
    QCOMPARE(o.attempts, attempts);
    QCOMPARE(o.msgid.empty(), state != QLatin1String("accepted"));
}

void EngineSendWaitTest::itAnswersAtTheDeadlineAndTheMessageStays() {
    EngineFixture fixture;
    auto engine = fixture.open(); // never started: nobody delivers
    const SendOutcome o = outcome(engine->sendAndWait(to("oOne"), std::chrono::milliseconds{200}));
    QVERIFY(!o.ended);
    QCOMPARE(QString::fromLatin1(toString(o.state)), QStringLiteral("queued"));
    QCOMPARE(must(engine->counts().result())[MessageState::Queued], 1);
}

void EngineSendWaitTest::theSameKeyWaitsForTheSameMessage() {
    EngineFixture fixture;
    auto engine = fixture.open();
    must(engine->start());
    SendRequest request = to("oOne");
    request.idempotencyKey = "order-1";
    const SendOutcome first = outcome(engine->sendAndWait(request, std::chrono::minutes{1}));
    const SendOutcome again = outcome(engine->sendAndWait(request, std::chrono::minutes{1}));
    QVERIFY(!first.duplicate);
    QVERIFY(again.duplicate);
    QCOMPARE(again.id.value, first.id.value);
    QCOMPARE(again.msgid, first.msgid);
    QCOMPARE(fixture.simulator->ledger().wireCopies, std::uint64_t{1});
}

void EngineSendWaitTest::whatIsNotQueuedIsToldAtOnce() {
    EngineFixture fixture;
    auto engine = fixture.open();
    SendRequest request = to("oOne");
    request.data.erase("thing2");
    auto future = engine->sendAndWait(request, std::chrono::minutes{1});
    while (!future.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QVERIFY(!future.result());
    QVERIFY(future.result().error().code == ErrorCode::InvalidInput);
}

void EngineSendWaitTest::closingTheEngineEndsTheWait() {
    EngineFixture fixture;
    QFuture<Result<SendOutcome>> future;
    {
        auto engine = fixture.open();
        future = engine->sendAndWait(to("oOne"), std::chrono::hours{1});
    }
    QVERIFY(future.isFinished());
    QVERIFY(!future.result());
    QVERIFY(future.result().error().code == ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(EngineSendWaitTest)
#include "engine_send_wait_test.moc"
