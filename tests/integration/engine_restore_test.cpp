// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/engine_fixture.h"

#include <QTest>

using namespace songda;
using namespace songda::testing;

/// A backup that is put back over a profile that has gone on meanwhile.
class EngineRestoreTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSentFromAnOlderDatabaseUntilAPersonAgrees();
    void anOrdinaryRestartIsNoRestore();
    void aDatabaseWithoutItsMarkIsTakenAsItIs();

private:
    static void putBack(const EngineFixture &fixture, const QString &copy) {
        const QString database = fixture.profile() + QStringLiteral("/songda.db");
        for (const char *suffix : {"", "-wal", "-shm"})
            QFile::remove(database + QLatin1String(suffix));
        if (!QFile::copy(copy, database))
            qFatal("cannot put the copy back");
    }
    static bool drained(const Snapshot &s, int rows) {
        return s.counts.total() == rows && s.counts[MessageState::Accepted] == rows;
    }
};

void EngineRestoreTest::nothingIsSentFromAnOlderDatabaseUntilAPersonAgrees() {
    constexpr int rows = 200;
    EngineFixture fixture;
    const QString copy = fixture.path("backup.db");
    {
        auto engine = fixture.open();
        fixture.import(*engine, rows, QStringLiteral("oOld"));
        QVERIFY(must(engine->backup(copy.toStdString()).result()) > 0);
        must(engine->start());
        QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return drained(s, rows); }));
        EngineFixture::stop(*engine);
    }
    QCOMPARE(fixture.simulator->ledger().wireCopies, std::uint64_t{rows});

    putBack(fixture, copy);
    auto engine = fixture.open();
    QCOMPARE(must(engine->restoredWaiting().result()).value_or(-1), std::int64_t{rows});
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto started = engine->start();
        QVERIFY(!started);
        QVERIFY(started.error().code == ErrorCode::Restored);
        QVERIFY2(started.error().detail.find("200 messages") != std::string::npos, started.error().detail.c_str());
    }
    QCOMPARE(fixture.simulator->ledger().wireCopies, std::uint64_t{rows});
    // Looking and cancelling work as ever.
    MessageFilter one;
    one.ids = {MessageId{1}};
    QCOMPARE(must(engine->cancel(one, "was sent already").result()).cancelled, std::int64_t{1});

    must(engine->acceptRestored("the list was checked").result());
    QVERIFY(!must(engine->restoredWaiting().result()));
    const auto again = engine->acceptRestored("once more").result();
    QVERIFY(!again && again.error().code == ErrorCode::NotFound);
    must(engine->start());
    QVERIFY(EngineFixture::runUntil(*engine, [](const Snapshot &s) { return s.counts[MessageState::Accepted] == rows - 1; }));
    EngineFixture::stop(*engine);
    bool audited = false;
    for (const AuditEntry &entry : must(engine->audit({}, 50).result()))
        audited = audited || (entry.act == "restore.accept" && entry.reason == "the list was checked" && entry.count == rows - 1);
    QVERIFY(audited);
    QVERIFY(must(engine->verify().result()).empty());
}

void EngineRestoreTest::anOrdinaryRestartIsNoRestore() {
    EngineFixture fixture;
    for (int life = 0; life < 3; ++life) {
        auto engine = fixture.open();
        fixture.import(*engine, 10, QStringLiteral("oLife%1").arg(life));
        must(engine->start());
        QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &s) { return drained(s, 10 * (life + 1)); }));
        if (life == 1)
            EngineFixture::stop(*engine);
    }
}

void EngineRestoreTest::aDatabaseWithoutItsMarkIsTakenAsItIs() {
    EngineFixture fixture;
    {
        auto engine = fixture.open();
        must(engine->start());
        QVERIFY(EngineFixture::runUntil(*engine, [&](const Snapshot &) { return QFile::exists(fixture.profile() + QStringLiteral("/progress.json")); }));
    }
    for (const char *text : {"", "{", "[]", "{\"commits\":\"many\"}"}) {
        QFile mark(fixture.profile() + QStringLiteral("/progress.json"));
        QVERIFY(mark.open(QIODevice::WriteOnly));
        mark.write(text);
        mark.close();
        must(fixture.open()->start());
    }
    QVERIFY(QFile::remove(fixture.profile() + QStringLiteral("/progress.json")));
    must(fixture.open()->start());
}

QTEST_GUILESS_MAIN(EngineRestoreTest)
#include "engine_restore_test.moc"
