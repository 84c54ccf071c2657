// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simulator/simulator.h"
#include "app/simulator/templates.h"
#include "engine/engine.h"

#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace songda;

namespace {

template <class T> T must(Result<T> result) {
    if (!result)
        qFatal("%s", result.error().detail.c_str());
    return std::move(*result);
}

} // namespace

/// The facade at work, ended without ceremony.
class EngineLifetimeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void destroyedAtWorkNothingIsLostOrDoubled_data();
    void destroyedAtWorkNothingIsLostOrDoubled();

private:
    static EngineOptions options(const QString &dir) {
        EngineOptions o;
        o.profileDir = dir.toStdString();
        o.role = EngineOptions::Role::Engine;
        o.user = "tester";
        o.secretsInMemory = true;
        return o;
    }
};

void EngineLifetimeTest::destroyedAtWorkNothingIsLostOrDoubled_data() {
    QTest::addColumn<int>("transport");
    QTest::newRow("standard") << static_cast<int>(TransportChoice::Standard);
    QTest::newRow("bulk") << static_cast<int>(TransportChoice::Bulk);
}

void EngineLifetimeTest::destroyedAtWorkNothingIsLostOrDoubled() {
    QFETCH(int, transport);
    constexpr int rows = 3000;
    simulator::Options target;
    target.dailyLimit = 0;
    target.latency = std::chrono::milliseconds{5};
    const auto simulator = simulator::Simulator::start(target);
    QVERIFY(simulator.has_value());
    QTemporaryDir dir;
    const QString profile = dir.filePath(QStringLiteral("profile"));
    QVERIFY(Engine::createProfile(profile.toStdString()).has_value());
    const QString csv = dir.filePath(QStringLiteral("rows.csv"));
    {
        QFile file(csv);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("openid,character_string1,thing2,amount3,time4\n");
        for (int i = 0; i < rows; ++i)
            file.write(QStringLiteral("oLife%1,SO1,书,¥1.50,2026-01-31 15:01\n").arg(i, 8, 10, QLatin1Char('0')).toUtf8());
    }
    NewAccount account;
    account.account.name = "main";
    account.account.appid = std::string(simulator::practiceAppId);
    account.account.apiBase = (*simulator)->baseUrl();
    account.account.rate = 2000;
    account.account.burst = 50;
    account.account.connections = 16;
    account.account.transport = static_cast<TransportChoice>(transport);
    account.secret = std::string(simulator::practiceSecret);

    bool drained = false;
    for (int life = 0; life < 12 && !drained; ++life) {
        auto engine = must(Engine::open(options(profile)));
        if (life == 0) {
            must(engine->addAccount(account).result());
            must(engine->syncTemplates("main").result());
            ImportRequest request;
            request.path = csv.toStdString();
            request.account = "main";
            request.templateId = simulator::builtinTemplates().front().id;
            QCOMPARE(must(engine->importCsv(request).result()).queued, rows);
        } else {
            QVERIFY(engine->changeSecret("main", account.secret).result().has_value());
        }
        // Ended after so many more were accepted, in the middle of its work; the last life may finish.
        QEventLoop loop;
        qint64 before = -1;
        connect(engine.get(), &Engine::snapshotChanged, &loop, [&](const Snapshot &s) {
            if (before < 0)
                before = s.counts[MessageState::Accepted];
            if (life < 11 && s.counts[MessageState::Accepted] >= before + 300)
                loop.quit();
            if (s.counts.total() == rows && s.counts.waiting() == 0 && s.counts[MessageState::Sending] == 0) {
                drained = true;
                loop.quit();
            }
        });
        QVERIFY(engine->start().has_value());
        QTimer::singleShot(30'000, &loop, &QEventLoop::quit); // a bound for a run that fails
        loop.exec();
    }
    QVERIFY(drained);
    auto engine = must(Engine::open(options(profile)));
    QVERIFY(must(engine->verify().result()).empty());
    const auto ledger = (*simulator)->ledger();
    QCOMPARE(ledger.notifiedTwiceCount, std::uint64_t{0});
    QCOMPARE(ledger.recipients, std::uint64_t{rows});
}

QTEST_GUILESS_MAIN(EngineLifetimeTest)
#include "engine_lifetime_test.moc"
