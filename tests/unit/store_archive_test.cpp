// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/archive.h"
#include "engine/store/audit_table.h"
#include "engine/store/desk_acts.h"
#include "engine/store/idempotency.h"
#include "tests/simulation/test_journal.h"

#include <QFile>
#include <QTest>
#include <atomic>
#include <set>
#include <thread>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::days keepKeys{35};

std::string fileOf(const TestJournal &journal, const char *name = "old.db") { return journal.dir.filePath(QLatin1String(name)).toStdString(); }

std::string listOf(const std::string &file, const std::string &sql) {
    auto archive = must(store::openArchive(file));
    auto s = must(store::Statement::prepare(archive.handle(), sql));
    std::string joined;
    while (must(s.step()))
        joined += (joined.empty() ? "" : "\n") + s.string(0);
    return joined;
}

std::string listOf(const TestJournal &journal, const std::string &sql) {
    auto database = journal.reader();
    auto s = must(store::Statement::prepare(database.handle(), sql));
    std::string joined;
    while (must(s.step()))
        joined += (joined.empty() ? "" : "\n") + s.string(0);
    return joined;
}

std::int64_t deleteAll(TestJournal &journal, const std::string &file, int atATime = 3, int steps = 1000) {
    auto archive = must(store::openArchive(file));
    std::int64_t deleted = 0;
    for (MessageId after; steps > 0; --steps) {
        const auto next = must(store::readArchived(archive, after, atATime));
        if (next.empty())
            break;
        after = next.back().id;
        deleted += journal.write([&](store::WriteSession &session) { return store::deleteArchived(session, next, morning.wall + 48h, keepKeys); });
    }
    return deleted;
}

/// One message in each ended state, all of the morning; then one of each that must stay.
struct Ended : TestJournal {
    Ended() {
        for (const MessageState state : {MessageState::Accepted, MessageState::Dead, MessageState::Uncertain, MessageState::Retrying})
            ids.push_back(addIn(state, std::string("oOld_") + toString(state)));
        add("oOld_queued", morning.wall + 24h);
        store::ActRequest request;
        request.act = store::DeskAct::Discard;
        request.filter.ids = {addIn(MessageState::Dead, "oOld_discarded")};
        request.audit = write([&](store::WriteSession &s) { return store::recordAct(s, {"li", ""}, "message.discard", "one", 1, morning.wall); });
        write([&](store::WriteSession &s) { return store::actOnChunk(s, request, morning); });
        NewMessage over = newMessage("oOld_expired");
        over.expiresAt = morning.wall - 1s;
        add(batch, over);
        claim(1, morning);
        release(claim(100, morning).messages);
        exec("UPDATE message SET idempotency_key = 'key-' || id");
        exec("INSERT INTO idempotency SELECT id, id FROM message");
        exec("INSERT INTO key_owner SELECT DISTINCT account_id, 0 FROM batch");
        addIn(MessageState::Accepted, "oNew", songda::testing::later(morning, 30h));
        exec("UPDATE message SET idempotency_key = 'key-' || id WHERE idempotency_key IS NULL; INSERT OR IGNORE INTO idempotency SELECT id, id FROM message");
    }
    static WallTime limit() { return morning.wall + 24h; }
    std::vector<MessageId> ids;
};

/// A message under a key that is over, and a newer one, which stays.
struct Keyed : TestJournal {
    Keyed() {
        message.idempotencyKey = "order-1";
        message.keyScope = 17;
        message.requestHash = 4711;
        id = add(batch, message);
        finish(claim().messages.at(0), MessageState::Accepted);
        add("oLast");
    }
    void archive() {
        const std::string file = fileOf(*this);
        must(store::writeArchive(path(), file, Ended::limit()));
        deleted = deleteAll(*this, file);
    }
    std::optional<MessageId> holder() {
        auto database = reader();
        return must(store::findByKey(database, account, "order-1", 17));
    }
    NewMessage message = newMessage("oA");
    MessageId id;
    std::int64_t deleted = 0;
};

} // namespace

class StoreArchiveTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingOfAnOldMessageIsInTheFile();
    void sumsAreRightAfterwards();
    void onlyItsOwnerReadsIt();
    void whatWasSentAgainMeanwhileStays();
    void whatWasDiscardedMeanwhileStays();
    void aCutOffArchiveLosesNothing();
    void aFileThatExistsIsLeftAlone();
    void whatIsNotOursIsNotArchived();
    void nothingOldMakesAnEmptyFile();
    void noIdIsGivenTwice();
    void aKeyOutlivesItsMessage();
    void aKeyIsFreeAgainAfterItsTime();
    void theKeyGoesOnInTheTransactionThatDeletes();
    void aSlotBeforeAnotherStaysTaken();
    void itReadsBesideARunningEngine();
    void oneThatIsEndedLeavesNoFile();
};

void StoreArchiveTest::oneThatIsEndedLeavesNoFile() {
    Ended journal;
    const std::string file = fileOf(journal);
    const std::atomic<bool> cancelled{true};
    const auto ended = store::writeArchive(journal.path(), file, Ended::limit(), &cancelled);
    QVERIFY(!ended && ended.error().code == ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(QString::fromStdString(file)) && !QFile::exists(QString::fromStdString(file + ".part")));
}

void StoreArchiveTest::everythingOfAnOldMessageIsInTheFile() {
    Ended journal;
    const std::string rows = "SELECT id || ' ' || batch_id || ' ' || state || ' ' || openid || ' ' || client_msg_id || ' ' || life || ' ' || attempts"
                             " || ' ' || coalesce(cause, '-') || ' ' || coalesce(msgid, '-') || ' ' || coalesce(idempotency_key, '-') || ' ' || finished_at"
                             " || ' ' || coalesce(discarded_at, '-') || ' ' || coalesce(ambiguous_wall, '-') FROM message";
    const std::string old = " WHERE finished_at < " + std::to_string(toMillis(Ended::limit()));
    const std::string oldIds = " IN (SELECT id FROM message" + old + ")";
    const std::string payloads = "SELECT message_id || ' ' || content FROM payload";
    const std::string attempts = "SELECT message_id || ' ' || n || ' ' || life || ' ' || phase || ' ' || started_at || ' ' || coalesce(errcode, '-') || ' '"
                                 " || coalesce(cause, '-') || ' ' || coalesce(errmsg, '-') || ' ' || coalesce(latency_us, '-') FROM attempt";
    // Where a message comes from in a trace of its sender.
    const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    journal.exec("INSERT INTO message_trace VALUES(" + std::to_string(journal.ids[1].value) + ", '" + trace + "')");
    const std::string expectedRows = listOf(journal, rows + old + " ORDER BY id");
    const std::string expectedPayloads = listOf(journal, payloads + " WHERE message_id" + oldIds + " ORDER BY message_id");
    const std::string expectedAttempts = listOf(journal, attempts + " WHERE message_id" + oldIds + " ORDER BY message_id, n");
    const std::string file = fileOf(journal);
    QCOMPARE(must(store::writeArchive(journal.path(), file, Ended::limit())), 5);
    QVERIFY(!QFile::exists(QString::fromStdString(file + ".part")));
    COMPARE_TEXT(listOf(file, rows + " ORDER BY id"), expectedRows);
    COMPARE_TEXT(listOf(file, payloads + " ORDER BY message_id"), expectedPayloads);
    COMPARE_TEXT(listOf(file, attempts + " ORDER BY message_id, n"), expectedAttempts);
    COMPARE_TEXT(listOf(file, "SELECT DISTINCT account || '/' || template_id || '/' || template_title || '/' || batch FROM message"),
        "main/" + std::string(43, 'a') + "/title a/batch");
    COMPARE_TEXT(listOf(file, "SELECT message_id || ' ' || traceparent FROM message_trace"), std::to_string(journal.ids[1].value) + " " + trace);
    // Nothing was deleted by writing.
    COMPARE_TEXT(listOf(journal, rows + old + " ORDER BY id"), expectedRows);
    QCOMPARE(deleteAll(journal, file), 5);
    QCOMPARE(journal.number("SELECT count(*) FROM message" + old), 0);
    QCOMPARE(journal.number("SELECT count(*) FROM payload WHERE message_id NOT IN (SELECT id FROM message)"), 0);
    QCOMPARE(journal.number("SELECT count(*) FROM attempt WHERE message_id NOT IN (SELECT id FROM message)"), 0);
    COMPARE_TEXT(journal.list("SELECT openid FROM message ORDER BY openid"), std::string("oNew oOld_queued oOld_retrying"));
}

void StoreArchiveTest::sumsAreRightAfterwards() {
    Ended journal;
    const std::string file = fileOf(journal);
    must(store::writeArchive(journal.path(), file, Ended::limit()));
    auto archive = must(store::openArchive(file));
    for (MessageId after;;) {
        const auto next = must(store::readArchived(archive, after, 2));
        if (next.empty())
            break;
        after = next.back().id;
        journal.write([&](store::WriteSession &session) { return store::deleteArchived(session, next, morning.wall, keepKeys); });
        COMPARE_TEXT(journal.broken(), std::string()); // after each step
    }
    QCOMPARE(journal.number("SELECT coalesce(sum(n), 0) FROM cause_summary"), 0);
    QCOMPARE(journal.number("SELECT sum(n) FROM counter"), 3);
    // Attempts stay in the sums by hour: the charts of the past do not change.
    QVERIFY(journal.number("SELECT sum(n) FROM attempt_summary") > 3);
}

void StoreArchiveTest::onlyItsOwnerReadsIt() {
    Ended journal;
    const std::string file = fileOf(journal);
    must(store::writeArchive(journal.path(), file, Ended::limit()));
    QCOMPARE(QFile::permissions(QString::fromStdString(file)) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions{});
}

void StoreArchiveTest::whatWasSentAgainMeanwhileStays() {
    Ended journal;
    const std::string file = fileOf(journal);
    QCOMPARE(must(store::writeArchive(journal.path(), file, Ended::limit())), 5);
    // The dead one was resent after the copy was made, and died again: same state, another life.
    store::ActRequest request;
    request.filter.ids = {journal.ids[1]};
    request.run = journal.run;
    request.audit = journal.write([&](store::WriteSession &s) { return store::recordAct(s, {"li", ""}, "message.resend", "one", 1, morning.wall); });
    const Now now = later(morning, 31h);
    journal.write([&](store::WriteSession &s) { return store::actOnChunk(s, request, now); });
    for (const ClaimedMessage &claim : journal.claim(10, now).messages) {
        if (claim.id == journal.ids[1])
            journal.finish(claim, MessageState::Dead, now);
        else
            journal.release({claim});
    }
    QCOMPARE(deleteAll(journal, file), 4);
    COMPARE_NAMED(journal.state(journal.ids[1]), MessageState::Dead);
    QCOMPARE(journal.attempts(journal.ids[1]).size(), 2U);
    QVERIFY(!journal.message(journal.ids[1]).content.empty());
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreArchiveTest::whatWasDiscardedMeanwhileStays() {
    Ended journal;
    const std::string file = fileOf(journal);
    must(store::writeArchive(journal.path(), file, Ended::limit()));
    store::ActRequest request;
    request.act = store::DeskAct::Discard;
    request.filter.ids = {journal.ids[2]};
    request.audit = journal.write([&](store::WriteSession &s) { return store::recordAct(s, {"li", ""}, "message.discard", "one", 1, morning.wall); });
    journal.write([&](store::WriteSession &s) { return store::actOnChunk(s, request, morning); });
    QCOMPARE(deleteAll(journal, file), 4);
    COMPARE_NAMED(journal.state(journal.ids[2]), MessageState::Cancelled);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreArchiveTest::aCutOffArchiveLosesNothing() {
    TestJournal journal;
    journal.addMany(journal.batch, 50);
    for (const ClaimedMessage &claim : journal.claim(100).messages)
        journal.finish(claim, claim.id.value % 2 == 0 ? MessageState::Accepted : MessageState::Dead);
    journal.add("oWaits");
    const std::string first = fileOf(journal);
    QCOMPARE(must(store::writeArchive(journal.path(), first, Ended::limit())), 50);
    // The process dies after some of the deleting; another one begins anew, with another file.
    QCOMPARE(deleteAll(journal, first, 7, 3), 21);
    journal.writer.reset();
    journal.writer = must(store::JournalWriter::open({journal.path(), store::JournalWriter::Mode::Inline, 512}));
    COMPARE_TEXT(journal.broken(), std::string());
    const std::string second = fileOf(journal, "second.db");
    QCOMPARE(must(store::writeArchive(journal.path(), second, Ended::limit())), 29);
    QCOMPARE(deleteAll(journal, second), 29);
    COMPARE_TEXT(journal.broken(), std::string());
    std::set<std::string> all;
    for (const std::string &file : {first, second}) {
        for (const QString &openid : QString::fromStdString(listOf(file, "SELECT openid FROM message")).split(QLatin1Char('\n')))
            all.insert(openid.toStdString());
    }
    QCOMPARE(all.size(), 50U);
    QCOMPARE(deleteAll(journal, first), 0); // the first once more: nothing is deleted twice
    QCOMPARE(journal.number("SELECT count(*) FROM message"), 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreArchiveTest::aFileThatExistsIsLeftAlone() {
    Ended journal;
    const std::string file = fileOf(journal);
    QFile precious(QString::fromStdString(file));
    QVERIFY(precious.open(QIODevice::WriteOnly));
    precious.write("precious");
    precious.close();
    const auto refused = store::writeArchive(journal.path(), file, Ended::limit());
    QVERIFY(!refused && refused.error().code == ErrorCode::AlreadyExists);
    QVERIFY(precious.open(QIODevice::ReadOnly));
    QCOMPARE(precious.readAll(), QByteArray("precious"));
    // A piece of one that was cut off is no obstacle.
    const std::string other = fileOf(journal, "other.db");
    QFile part(QString::fromStdString(other + ".part"));
    QVERIFY(part.open(QIODevice::WriteOnly));
    part.write("half a file");
    part.close();
    QCOMPARE(must(store::writeArchive(journal.path(), other, Ended::limit())), 5);
    QVERIFY(!part.exists());
    QVERIFY(!store::writeArchive(journal.path(), "/nonexistent/old.db", Ended::limit()));
}

void StoreArchiveTest::whatIsNotOursIsNotArchived() {
    const QTemporaryDir dir;
    const QString source = dir.filePath(QStringLiteral("songda.db"));
    QFile file(source);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    const QString target = dir.filePath(QStringLiteral("old.db"));
    QVERIFY(!store::writeArchive(source.toStdString(), target.toStdString(), Ended::limit()));
    QVERIFY(!QFile::exists(target));
    QVERIFY(!QFile::exists(target + QStringLiteral(".part")));
}

void StoreArchiveTest::nothingOldMakesAnEmptyFile() {
    TestJournal journal;
    QCOMPARE(must(store::writeArchive(journal.path(), fileOf(journal), Ended::limit())), 0); // no message at all
    Ended old;
    const std::string file = fileOf(old);
    QCOMPARE(must(store::writeArchive(old.path(), file, morning.wall)), 0);
    QCOMPARE(deleteAll(old, file), 0);
    COMPARE_TEXT(old.broken(), std::string());
}

void StoreArchiveTest::noIdIsGivenTwice() {
    // An id names a message for ever: in the audit, in exported files, in what an operator wrote down.
    TestJournal journal;
    std::set<std::int64_t> ids;
    for (int round = 0; round < 4; ++round) {
        for (const MessageId id : journal.addMany(journal.batch, 5, "r" + std::to_string(round) + "_"))
            QVERIFY2(ids.insert(id.value).second, qPrintable(QStringLiteral("id %1 again").arg(id.value)));
        for (const ClaimedMessage &claim : journal.claim(100).messages)
            journal.finish(claim, MessageState::Accepted);
        const std::string file = fileOf(journal, ("round" + std::to_string(round)).c_str());
        must(store::writeArchive(journal.path(), file, Ended::limit()));
        deleteAll(journal, file);
    }
    QCOMPARE(journal.number("SELECT count(*) FROM message"), 1);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreArchiveTest::aKeyOutlivesItsMessage() {
    Keyed journal;
    journal.archive();
    QCOMPARE(journal.deleted, 1);
    const auto again = journal.add(journal.account, journal.batch, journal.message);
    QVERIFY(again.duplicate && again.sameRequest);
    QVERIFY(again.id == journal.id && again.batch == journal.batch);
    NewMessage other = journal.message;
    other.requestHash = 4712;
    QVERIFY(!journal.add(journal.account, journal.batch, other).sameRequest);
    for (const auto &[key, scope] : {std::pair{"order-1", 0}, {"order-2", 17}}) { // somebody else's, and another
        NewMessage foreign = journal.message;
        foreign.idempotencyKey = key;
        foreign.keyScope = scope;
        foreign.clientMsgId += key + std::to_string(scope);
        QVERIFY(!journal.add(journal.account, journal.batch, foreign).duplicate);
    }
    QVERIFY(journal.holder() == journal.id);
    auto database = journal.reader();
    const auto kept = must(store::readKept(database, journal.id));
    QVERIFY(kept && kept->batch == journal.batch && kept->account == journal.account);
    COMPARE_NAMED(kept->state, MessageState::Accepted);
    COMPARE_TEXT(kept->templateId, std::string(43, 'a'));
    QVERIFY(kept->createdAt == morning.wall);
    // The key itself is not kept.
    QCOMPARE(journal.number("SELECT count(*) FROM kept_key WHERE instr(key_hash, 'order') > 0"), 0);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreArchiveTest::aKeyIsFreeAgainAfterItsTime() {
    Keyed journal;
    journal.archive();
    const auto freeBefore = [&](WallTime time) { return journal.write([&](store::WriteSession &s) { return store::freeKeys(s, time, 100); }); };
    QCOMPARE(freeBefore(morning.wall), 0);
    QVERIFY(journal.holder().has_value());
    QCOMPARE(freeBefore(morning.wall + 1s), 1);
    QVERIFY(!journal.holder());
    QCOMPARE(journal.number("SELECT (SELECT count(*) FROM idempotency) + (SELECT count(*) FROM kept_key)"), 0);
    journal.message.clientMsgId += "x";
    const auto again = journal.add(journal.account, journal.batch, journal.message);
    QVERIFY(!again.duplicate && again.id != journal.id);
    QVERIFY(journal.add(journal.account, journal.batch, journal.message).duplicate);
    COMPARE_TEXT(journal.broken(), std::string());
    // One that is archived after its time is free at once.
    TestJournal late;
    NewMessage old = TestJournal::newMessage("oA");
    old.idempotencyKey = "order-1";
    const MessageId id = late.add(late.batch, old);
    late.finish(late.claim().messages.at(0), MessageState::Accepted);
    late.add("oLast");
    const std::string file = fileOf(late);
    must(store::writeArchive(late.path(), file, Ended::limit()));
    late.write([&](store::WriteSession &s) { return store::deleteArchived(s, {{id, 1, MessageState::Accepted}}, morning.wall + keepKeys + 1s, keepKeys); });
    QCOMPARE(late.number("SELECT (SELECT count(*) FROM idempotency) + (SELECT count(*) FROM kept_key)"), 0);
}

void StoreArchiveTest::theKeyGoesOnInTheTransactionThatDeletes() {
    Keyed journal;
    // Cut off at any moment before the commit, all is as it was.
    const auto done = journal.writer->submitAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto deleted = store::deleteArchived(session, {{journal.id, 1, MessageState::Accepted}}, morning.wall, keepKeys);
        if (!deleted || *deleted != 1)
            return fail(ErrorCode::Internal, "not deleted");
        return fail(ErrorCode::Cancelled, "the power went");
    });
    QVERIFY(!done);
    COMPARE_NAMED(journal.state(journal.id), MessageState::Accepted);
    QCOMPARE(journal.number("SELECT count(*) FROM kept_key"), 0);
    QVERIFY(journal.holder() == journal.id);
    journal.archive();
    const auto freed = journal.writer->submitAndWait([&](store::WriteSession &session) -> Result<void> {
        must(store::freeKeys(session, morning.wall + 1s, 100));
        return fail(ErrorCode::Cancelled, "the power went");
    });
    QVERIFY(!freed);
    QVERIFY(journal.holder() == journal.id);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreArchiveTest::aSlotBeforeAnotherStaysTaken() {
    Keyed journal;
    // Slots are 64 bits wide, so real collisions do not happen by themselves: another key is put behind this one's.
    NewMessage behind = journal.newMessage("oB");
    behind.idempotencyKey = "behind";
    const std::int64_t slot = journal.number("SELECT slot FROM idempotency");
    const MessageId second = journal.add(journal.batch, behind);
    journal.exec("UPDATE idempotency SET slot = " + std::to_string(slot) + " + 1 WHERE message_id = " + std::to_string(second.value));
    journal.archive();
    QCOMPARE(journal.write([&](store::WriteSession &s) { return store::freeKeys(s, morning.wall + 1s, 100); }), 1);
    QCOMPARE(journal.number("SELECT count(*) FROM idempotency WHERE slot = " + std::to_string(slot)), 1);
    QVERIFY(!journal.holder()); // by nobody
    journal.message.clientMsgId += "x";
    QVERIFY(!journal.add(journal.account, journal.batch, journal.message).duplicate);
    QVERIFY(journal.add(journal.account, journal.batch, journal.message).duplicate);
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreArchiveTest::itReadsBesideARunningEngine() {
    TestJournal journal(store::JournalWriter::Mode::Threaded);
    journal.addMany(journal.batch, 3000);
    for (int i = 0; i < 3; ++i) {
        std::vector<AttemptResult> results;
        for (const ClaimedMessage &claim : journal.claim(1000).messages)
            results.push_back(TestJournal::result(claim, journal.run, MessageState::Accepted));
        journal.finish(results);
    }
    std::atomic<bool> enough{false};
    std::atomic<int> sent{0};
    std::thread engine([&] {
        for (int round = 0; !enough; ++round) {
            journal.addMany(journal.batch, 20, "r" + std::to_string(round) + "_");
            std::vector<AttemptResult> results;
            for (const ClaimedMessage &claim : journal.claim(100).messages)
                results.push_back(TestJournal::result(claim, journal.run, MessageState::Accepted, later(morning, 48h)));
            journal.finish(results);
            sent += 20;
        }
    });
    while (sent < 100)
        std::this_thread::yield();
    const std::string file = fileOf(journal);
    const auto archived = store::writeArchive(journal.path(), file, Ended::limit());
    const std::int64_t deleted = archived ? deleteAll(journal, file, 500) : 0;
    const int before = sent;
    while (sent < before + 100)
        std::this_thread::yield();
    enough = true;
    engine.join();
    QVERIFY2(archived.has_value(), archived ? "" : archived.error().detail.c_str());
    QCOMPARE(*archived, 3000);
    QCOMPARE(deleted, 3000);
    QCOMPARE(journal.number("SELECT count(*) FROM message"), sent.load());
    COMPARE_TEXT(journal.broken(), std::string());
}

QTEST_GUILESS_MAIN(StoreArchiveTest)
#include "store_archive_test.moc"
