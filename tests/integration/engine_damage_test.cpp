// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an engine does when its database is damaged or exchanged.
#include "tests/integration/engine_fixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace songda;
using namespace songda::testing;

class EngineDamageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anExchangeStopsSendingAndIsSaid();
    void aDamagedDatabaseIsRefusedAndLeftAsItIs();
    void damageInALargeDatabaseIsFoundAtWork();

private:
    /// Zeroes a page with contents of messages, which no start looks at, while nobody has the database open.
    static void damage(const QString &database);
};

void EngineDamageTest::damage(const QString &database) {
    QFile file(database);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray all = file.readAll();
    const qsizetype at = all.lastIndexOf("SO1");
    QVERIFY(at > 0);
    file.seek(at / 4096 * 4096);
    QCOMPARE(file.write(QByteArray(4096, '\0')), 4096);
}

void EngineDamageTest::anExchangeStopsSendingAndIsSaid() {
    EngineFixture f;
    auto engine = f.open();
    f.import(*engine, 3000, QStringLiteral("exchanged"));
    must(engine->start());
    QVERIFY(f.runUntil(*engine, [](const Snapshot &s) { return s.accepted > 100; }));
    const QString database = f.profile() + QStringLiteral("/songda.db");
    QVERIFY(QFile::rename(database, database + QStringLiteral(".away")));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(f.runUntil(*engine, [](const Snapshot &s) { return s.mustRestart && s.inFlight == 0; }));
    QVERIFY(clock.elapsed() < 5000);
    QVERIFY(QString::fromStdString(engine->snapshot().problem).contains(QStringLiteral("renamed")));
    const std::int64_t sent = engine->snapshot().accepted;
    QVERIFY(sent < 3000);
    clock.restart();
    QVERIFY(f.runUntil(*engine, [&](const Snapshot &) { return clock.elapsed() > 1500; })); // longer than it waits between tries
    QCOMPARE(engine->snapshot().accepted, sent);
    engine.reset();

    QVERIFY(QFile::rename(database + QStringLiteral(".away"), database));
    engine = f.open();
    must(engine->start());
    QVERIFY(f.runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == 3000; }));
    f.stop(*engine);
    QVERIFY(must(engine->verify().result()).empty());
    QVERIFY(must(engine->checkIntegrity().result()).empty());
}

void EngineDamageTest::aDamagedDatabaseIsRefusedAndLeftAsItIs() {
    EngineFixture f;
    auto engine = f.open();
    f.import(*engine, 300, QStringLiteral("damaged"));
    engine.reset();
    const QString database = f.profile() + QStringLiteral("/songda.db");
    damage(database);
    QFile file(database);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    EngineOptions o;
    o.profileDir = f.profile().toStdString();
    o.role = EngineOptions::Role::Engine;
    o.secretsInMemory = true;
    const auto opened = Engine::open(o);
    QVERIFY(!opened);
    QVERIFY(opened.error().code == ErrorCode::Corrupt);
    const QString words = QString::fromStdString(opened.error().detail);
    QVERIFY(words.contains(database) && words.contains(QStringLiteral("songda-cli backup")));
    file.seek(0);
    QCOMPARE(file.readAll(), before);
    // Looking at it is possible, and says more.
    engine = f.open(EngineOptions::Role::Viewer);
    QVERIFY(!must(engine->checkIntegrity().result()).empty());
}

void EngineDamageTest::damageInALargeDatabaseIsFoundAtWork() {
    EngineFixture f;
    auto engine = f.open();
    f.import(*engine, 300, QStringLiteral("damaged"));
    must(engine->start());
    engine->setPaused(true);
    engine.reset(); // ends as by a crash: the next start looks
    damage(f.profile() + QStringLiteral("/songda.db"));
    EngineOptions o;
    o.profileDir = f.profile().toStdString();
    o.role = EngineOptions::Role::Engine;
    o.secretsInMemory = true;
    o.checkAtOnceUpTo = 0; // as if it were large
    engine = must(Engine::open(o));
    engine->setPaused(true);
    must(engine->start());
    QVERIFY(f.runUntil(*engine, [](const Snapshot &s) { return s.mustRestart; }));
    QVERIFY(QString::fromStdString(engine->snapshot().problem).contains(QStringLiteral("is damaged")));
    QVERIFY(!engine->setBatchState(BatchId{1}, BatchState::Paused, "try").result());
}

QTEST_GUILESS_MAIN(EngineDamageTest)
#include "engine_damage_test.moc"
