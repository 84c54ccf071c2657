// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of a queue at work are damaged: a flipped bit, a zeroed page, a tail cut off, in the database, its log or
// both. SONGDA_DAMAGES asks for another number of runs.
#include "engine/store/integrity.h"
#include "engine/store/transitions.h"
#include "tests/simulation/world.h"

#include <QFile>
#include <QTest>
#include <map>
#include <sqlite3.h>
#include <tuple>

using namespace songda;
using namespace songda::simulation;
using namespace std::chrono_literals;
using testing::TestJournal;
using Loss = FaultyVfs::Loss;

namespace {

QByteArray contentOf(const QString &path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &content) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray damaged(QByteArray bytes, Random &fate) {
    constexpr qsizetype page = 4096;
    if (bytes.isEmpty())
        return bytes;
    const auto at = static_cast<qsizetype>(fate.unit() * static_cast<double>(bytes.size()));
    switch (fate.next() % 4) {
    case 0:
    case 1: bytes[at] = static_cast<char>(bytes[at] ^ (1 << (fate.next() % 8))); break;
    case 2: {
        const qsizetype from = at / page * page;
        const qsizetype n = std::min(page, bytes.size() - from);
        bytes.replace(from, n, QByteArray(n, '\0'));
        break;
    }
    default: bytes.truncate(at);
    }
    return bytes;
}

/// All a recipient would notice.
using Notice = std::tuple<std::string, std::string, std::string>;

/// What was handed in, by client_msg_id: to whom, with which template, and the content as it stands in the request.
std::map<std::string, Notice> accepted(const World &world) {
    const FaultyVfs::Undisturbed look;
    auto database = world.reader();
    auto s = testing::must(store::Statement::prepare(database.handle(),
        "SELECT m.client_msg_id, m.openid, t.template_id, p.content FROM message m JOIN payload p ON p.message_id = m.id"
        " JOIN batch b ON b.id = m.batch_id JOIN template t ON t.id = b.template_ref"));
    std::map<std::string, Notice> all;
    while (testing::must(s.step()))
        all[s.string(0)] = {s.string(1), s.string(2), s.string(3)};
    return all;
}

/// Requests that carry what nobody handed in.
QStringList strangers(const World &world, const std::map<std::string, Notice> &handedIn, std::size_t from) {
    QStringList list;
    const auto &wire = world.wechat.wireCopies();
    for (std::size_t i = from; i < wire.size(); ++i) {
        const SendCall &call = wire[i];
        const auto it = handedIn.find(call.clientMsgId);
        // The content is a JSON object; its members stand in the request as they are.
        const bool same = it != handedIn.end() && std::get<0>(it->second) == call.openid && std::get<1>(it->second) == call.templateId
            && call.body.find(std::get<2>(it->second).substr(1, std::get<2>(it->second).size() - 2)) != std::string::npos;
        if (!same)
            list += QString::fromStdString(call.openid + " got " + call.body);
    }
    return list;
}

} // namespace

class D4DamagedFilesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void damageIsRefusedOrHarmless();
    void aDamagedRowIsNotSent_data();
    void aDamagedRowIsNotSent();
    void aPersonsResendDoesNotBlessADamagedRow();
    void anIndexThatNamesAnEndedMessageSendsNothing();
    void aDatabaseThatIsGoneButForItsLogIsRefused();
    void aSchemaThatLacksAColumnIsRefused();
    void anExchangeWhileOpenIsNoticed_data();
    void anExchangeWhileOpenIsNoticed();
};

void D4DamagedFilesTest::damageIsRefusedOrHarmless() {
    bool ok = false;
    const int asked = qEnvironmentVariableIntValue("SONGDA_DAMAGES", &ok);
    const int runs = ok && asked > 0 ? asked : 100;
    int refused = 0;
    int buried = 0;
    int stopped = 0;
    for (int run = 1; run <= runs; ++run) {
        World world({.seed = static_cast<std::uint64_t>(run), .rate = 60, .connections = 4});
        Random fate(static_cast<std::uint64_t>(run) * 77 + 3);
        world.enqueue(200, "oFirst"); // most of the file is messages that wait
        world.start();
        world.runFor(Micros{static_cast<Micros::rep>(fate.unit() * 2e6)});
        if (fate.unit() < 0.7)
            static_cast<void>(world.checkpoint());
        world.enqueue(10, "oSecond");
        world.runFor(Micros{static_cast<Micros::rep>(fate.unit() * 0.5e6)});
        const auto handedIn = accepted(world);
        world.halt(Loss::Nothing);
        const std::size_t sentBefore = world.wechat.wireCopies().size();

        const QString database = QString::fromStdString(world.path());
        const QString log = database + QStringLiteral("-wal");
        const int where = static_cast<int>(fate.next() % 8);
        if (where == 7)
            QFile::remove(log);
        if (where < 4 || where == 6)
            put(database, damaged(contentOf(database), fate));
        if (where == 4 || where == 5 || where == 6)
            put(log, damaged(contentOf(log), fate));
        const auto before = std::pair(contentOf(database), contentOf(log));
        const QString name = QStringLiteral("run %1").arg(run);

        try {
            if (const auto started = world.tryStart(); !started) {
                ++refused;
                const QString words = QString::fromStdString(started.error().detail);
                QVERIFY2(started.error().code == ErrorCode::Corrupt, qPrintable(name + QStringLiteral(": ") + words));
                QVERIFY2(words.contains(database) && words.contains(QStringLiteral("backup")), qPrintable(name + QStringLiteral(": ") + words));
                QVERIFY2(before == std::pair(contentOf(database), contentOf(log)), qPrintable(name + QStringLiteral(": it was touched")));
                continue;
            }
            {
                auto reader = world.reader();
                QVERIFY2(testing::must(store::findDamage(reader, store::CheckDepth::Quick)).empty(), qPrintable(name));
            }
            // A stop because of what the check could not see is as good as a refusal.
            if (!world.drain(2min))
                ++stopped;
            buried += static_cast<int>(world.number("SELECT count(*) FROM message WHERE cause = 'damaged_row'"));
        } catch (const std::runtime_error &) {
            ++stopped;
        }
        const QStringList wrong = strangers(world, handedIn, sentBefore);
        QVERIFY2(wrong.isEmpty(), qPrintable(name + QStringLiteral(": ") + wrong.join(QStringLiteral("; "))));
    }
    QVERIFY(refused > 0 && refused < runs);
    qInfo("%d runs: %d refused, %d went on, %d of those stopped later, %d messages buried as damaged", runs, refused, runs - refused, stopped, buried);
}

void D4DamagedFilesTest::aDamagedRowIsNotSent_data() {
    QTest::addColumn<QString>("damage");
    QTest::newRow("another person") << QStringLiteral("UPDATE message SET openid = 'oOther' WHERE id = 2");
    QTest::newRow("another text") << QStringLiteral("UPDATE payload SET content = replace(content, 'hello', 'jello') WHERE message_id = 2");
    QTest::newRow("another id") << QStringLiteral("UPDATE message SET client_msg_id = client_msg_id || 'x' WHERE id = 2");
    QTest::newRow("another message's text") << QStringLiteral(
        "UPDATE payload SET content = '{\"data\":{\"thing1\":{\"value\":\"third\"}}}' WHERE message_id = 2");
    QTest::newRow("the hash itself") << QStringLiteral("UPDATE message SET content_hash = content_hash + 1 WHERE id = 2");
}

void D4DamagedFilesTest::aDamagedRowIsNotSent() {
    QFETCH(QString, damage);
    TestJournal journal;
    journal.addMany(journal.batch, 3);
    journal.exec(damage.toStdString());
    const auto reply = journal.claim();
    QCOMPARE(reply.messages.size(), std::size_t{2});
    QCOMPARE(reply.messages[0].id.value, 1);
    QCOMPARE(reply.messages[1].id.value, 3);
    const Message buried = journal.message(MessageId{2});
    COMPARE_NAMED(buried.state, MessageState::Dead);
    COMPARE_TEXT(buried.cause, std::string("damaged_row"));
    QCOMPARE(buried.attempts, 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void D4DamagedFilesTest::aPersonsResendDoesNotBlessADamagedRow() {
    TestJournal journal;
    journal.addMany(journal.batch, 2);
    journal.exec("UPDATE message SET openid = 'oOther' WHERE id = 2");
    for (const ClaimedMessage &claim : journal.claim().messages)
        journal.finish(claim, MessageState::Dead);
    journal.write([&](store::WriteSession &session) -> Result<void> {
        for (const std::int64_t id : {1, 2}) {
            store::StoredState from;
            from.id = MessageId{id};
            from.batch = journal.batch;
            from.account = journal.account;
            from.state = MessageState::Dead;
            from.cause = id == 1 ? "43004" : "damaged_row";
            SONGDA_TRY(store::startNewLife(session, from, /*keepClientMsgId=*/false, testing::morning.wall));
        }
        return {};
    });
    const auto reply = journal.claim();
    QCOMPARE(reply.messages.size(), std::size_t{1}); // the sound one goes, under its new id
    QCOMPARE(reply.messages[0].id.value, 1);
    COMPARE_TEXT(journal.message(MessageId{2}).cause, std::string("damaged_row"));
}

void D4DamagedFilesTest::anIndexThatNamesAnEndedMessageSendsNothing() {
    TestJournal journal;
    journal.addMany(journal.batch, 3);
    // The table says accepted, the index still knows the row as waiting: changed while SQLite did not see the index.
    sqlite3 *raw = nullptr;
    QCOMPARE(sqlite3_open(journal.path().c_str(), &raw), SQLITE_OK);
    const std::string all = "PRAGMA writable_schema=ON;"
                            "CREATE TEMP TABLE hidden AS SELECT * FROM sqlite_schema WHERE name = 'message_fresh';"
                            "DELETE FROM sqlite_schema WHERE name = 'message_fresh'; PRAGMA writable_schema=RESET;"
                            "UPDATE message SET state = 4 WHERE id = 2; PRAGMA writable_schema=ON;"
                            "INSERT INTO sqlite_schema SELECT * FROM hidden; PRAGMA writable_schema=RESET;";
    char *words = nullptr;
    const int code = sqlite3_exec(raw, all.c_str(), nullptr, nullptr, &words);
    QVERIFY2(code == SQLITE_OK, words);
    sqlite3_close(raw);
    const ClaimRequest request{journal.account, journal.run, 100, testing::morning};
    const auto done = journal.writer->submitAndWait(
        [&](store::WriteSession &session) -> Result<void> {
            const auto claimed = store::claimDue(session, request);
            return claimed ? Result<void>{} : tl::unexpected(claimed.error());
        },
        store::JournalWriter::Isolation::None);
    QVERIFY(!done);
    COMPARE_NAMED(done.error().code, ErrorCode::Corrupt);
    QCOMPARE(journal.number("SELECT count(*) FROM attempt"), 0);
}

void D4DamagedFilesTest::aDatabaseThatIsGoneButForItsLogIsRefused() {
    for (const bool empty : {true, false}) {
        World world;
        world.enqueue(5);
        world.halt(Loss::Nothing);
        const QString database = QString::fromStdString(world.path());
        const QByteArray log = contentOf(database + QStringLiteral("-wal"));
        QVERIFY(!log.isEmpty());
        QFile::remove(database);
        if (empty)
            put(database, {});
        const auto started = world.tryStart();
        QVERIFY(!started);
        COMPARE_NAMED(started.error().code, ErrorCode::Corrupt);
        QCOMPARE(contentOf(database + QStringLiteral("-wal")), log);
    }
}

void D4DamagedFilesTest::aSchemaThatLacksAColumnIsRefused() {
    World world;
    world.enqueue(5);
    QVERIFY(world.checkpoint().has_value());
    world.writer.reset();
    const QString database = QString::fromStdString(world.path());
    QByteArray bytes = contentOf(database);
    const auto at = bytes.indexOf("ambiguous_steady INTEGER");
    QVERIFY(at > 0);
    bytes[at] = 'c';
    put(database, bytes);
    const auto started = world.tryStart();
    QVERIFY(!started);
    COMPARE_NAMED(started.error().code, ErrorCode::Corrupt);
    QVERIFY(started.error().detail.find("ambiguous_steady") != std::string::npos);
    QVERIFY(contentOf(database) == bytes);
}

void D4DamagedFilesTest::anExchangeWhileOpenIsNoticed_data() {
    QTest::addColumn<QString>("what");
    QTest::newRow("renamed") << QStringLiteral("renamed");
    QTest::newRow("replaced by a copy") << QStringLiteral("replaced");
    QTest::newRow("deleted") << QStringLiteral("deleted");
    QTest::newRow("the log is deleted") << QStringLiteral("log");
}

void D4DamagedFilesTest::anExchangeWhileOpenIsNoticed() {
    QFETCH(QString, what);
    TestJournal journal(store::JournalWriter::Mode::Threaded);
    journal.add("oFirst");
    QVERIFY(!journal.writer->failure());
    const QString path = QString::fromStdString(journal.path());
    if (what == QStringLiteral("renamed")) {
        QVERIFY(QFile::rename(path, path + QStringLiteral(".old")));
    } else if (what == QStringLiteral("replaced")) {
        QVERIFY(QFile::copy(path, path + QStringLiteral(".copy")));
        QVERIFY(QFile::remove(path));
        QVERIFY(QFile::rename(path + QStringLiteral(".copy"), path));
    } else {
        QVERIFY(QFile::remove(what == QStringLiteral("log") ? path + QStringLiteral("-wal") : path));
    }
    QTRY_VERIFY_WITH_TIMEOUT(journal.writer->failure().has_value(), 5000);
    COMPARE_NAMED(journal.writer->failure()->code, ErrorCode::Corrupt);
    QVERIFY(QString::fromStdString(journal.writer->failure()->detail).contains(path));
    const auto refused = journal.writer->submitAndWait([](store::WriteSession &) { return Result<void>{}; });
    QVERIFY(!refused);
    COMPARE_NAMED(refused.error().code, ErrorCode::Corrupt);
}

QTEST_GUILESS_MAIN(D4DamagedFilesTest)
#include "d4_damaged_files_test.moc"
