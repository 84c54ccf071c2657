// SPDX-License-Identifier: GPL-3.0-or-later
//
// H2: one valid push again and again, on many connections, late, and after a restart, is one change.
#include "tests/full_form.h"
#include "tests/integration/callback_fixture.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <thread>

using namespace songda;
using namespace songda::testing;

class H2ReplayTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void againAndAgainIsOneChange();
    void whatWasNotStoredIsNotRemembered();
};

void H2ReplayTest::againAndAgainIsOneChange() {
    constexpr int connections = 8;
    const int times = inFullForm(1000, 200);
    CallbackFixture c(CallbackMode::Secure, false);
    const SendOutcome sent = c.sendOne("oOne");
    const auto push = c.push(c.target(), "oOne", std::stoull(sent.msgid));
    std::atomic<int> good{0};
    std::atomic<std::int64_t> slowest{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < connections; ++t) {
        threads.emplace_back([&] {
            const auto client = c.f.client();
            for (int i = 0; i < times; ++i) {
                QElapsedTimer clock;
                clock.start();
                good += CallbackFixture::isSuccess(c.post(push, client.get())) ? 1 : 0;
                slowest = std::max<std::int64_t>(slowest, clock.elapsed());
            }
        });
    }
    for (std::thread &t : threads)
        t.join();
    QCOMPARE(good.load(), connections * times);
    QCOMPARE(c.counted("delivered"), 1.0);
    // Those that came while the first was under way reached the record, which knew them.
    QVERIFY(c.counted("repeated") < connections);
    qInfo("%d times on %d connections: 1 change, %g reached the record; slowest answer %lld ms", connections * times, connections,
        1 + c.counted("repeated"), static_cast<long long>(slowest.load()));
    // Six minutes later it is too old; so it is a day later, and after a restart.
    for (const Seconds later : {Seconds{301}, Seconds{360}, Seconds{86'400}}) {
        c.passed = later;
        const QByteArray answer = c.post(push);
        QVERIFY(CallbackFixture::isProblem(answer, 403));
        QVERIFY(answer.contains("clock")); // whose clock is wrong reads what it may be
    }
    c.reopen();
    QVERIFY(CallbackFixture::isProblem(c.post(push), 403));
    // A restart within its time: nothing is remembered, and the record knows.
    c.passed = Seconds{10};
    QVERIFY(CallbackFixture::isSuccess(c.post(push)));
    QCOMPARE(c.counted("repeated"), 1.0);
    QCOMPARE(c.counted("delivered"), 0.0);
    // The same report in another request is the same report.
    QVERIFY(CallbackFixture::isSuccess(c.post(c.push(c.target(), "oOne", std::stoull(sent.msgid), "success", Seconds{10}, "77"))));
    const StateCounts counts = must(c.f.engine->counts().result());
    QCOMPARE(counts[MessageState::Delivered], 1);
    QCOMPARE(must(c.f.engine->verify().result()).size(), std::size_t{0});
}

void H2ReplayTest::whatWasNotStoredIsNotRemembered() {
    CallbackFixture c;
    const auto push = c.push(c.target(), "oOne", 17);
    {
        // Somebody else holds the database: nothing can be stored, and nobody is told that it was.
        auto database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("holder"));
        database.setDatabaseName(c.f.base.profile() + QStringLiteral("/songda.db"));
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE")));
        QElapsedTimer clock;
        clock.start();
        const auto client = c.f.client();
        QVERIFY(client->say(DoorClient::request("POST", c.path() + QByteArray::fromStdString(push.query), QByteArray::fromStdString(push.body))));
        const QByteArray answer = client->answer(30'000);
        QVERIFY(CallbackFixture::isProblem(answer, 503));
        QVERIFY(!DoorClient::headerOf(answer, "Retry-After").isEmpty());
        qInfo("answered 503 after %lld ms", static_cast<long long>(clock.elapsed()));
        // Until the engine gives up on what was reported: then nothing of it is stored, and nothing may be remembered.
        QVERIFY(QTest::qWaitFor([&] { return c.f.engine->meters().failedCommits > 0; }, 60'000));
        QVERIFY(QSqlQuery(database).exec(QStringLiteral("ROLLBACK")));
        database.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("holder"));
    QVERIFY(QTest::qWaitFor([&] { return CallbackFixture::isSuccess(c.post(push)); }, 30'000));
    QCOMPARE(c.counted("waiting"), 1.0);
    QCOMPARE(must(c.f.engine->recordEvents("main", {DeliveryReport{"17", "oOne", "success", std::nullopt}}).result()).repeated, 1);
}

QTEST_GUILESS_MAIN(H2ReplayTest)
#include "h2_replay_test.moc"
