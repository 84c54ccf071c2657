// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/simulation/test_journal.h"

#include <QFile>
#include <QTest>

using namespace songda;
using namespace songda::testing;
using namespace std::chrono_literals;

namespace {

/// One message in every state that the engine itself reaches, in this order: 1 accepted, 2 dead, 3 uncertain,
/// 4 retrying, 5 sending, 6 queued (with a key).
void populate(TestJournal &journal) {
    static const std::optional<MessageState> ends[] = {MessageState::Accepted, MessageState::Dead, MessageState::Uncertain,
        MessageState::Retrying, std::nullopt};
    for (int i = 0; i < 5; ++i) {
        journal.add("o" + std::to_string(i));
        const ClaimedMessage claim = journal.claim(1).messages.at(0);
        if (ends[i]) {
            AttemptResult r = TestJournal::result(claim, journal.run, *ends[i]);
            r.dueAt = morning.wall + 1h;
            journal.finish({r});
        }
    }
    NewMessage keyed = TestJournal::newMessage("o5");
    keyed.idempotencyKey = "order-1";
    journal.add(journal.batch, keyed);
}

} // namespace

class StoreVerifyTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anHonestJournalIsClean();
    void everyPlantedDamageIsFound_data();
    void everyPlantedDamageIsFound();
    void theFirstRowsAreNamedAndTheRestCounted();
    void aDamagedFileIsFound();
    void verifyingReadsOneSnapshotBesideAWriter();
};

void StoreVerifyTest::anHonestJournalIsClean() {
    TestJournal journal;
    COMPARE_TEXT(journal.broken(), std::string());
    populate(journal);
    COMPARE_TEXT(journal.list("SELECT state FROM message ORDER BY id"), std::string("4 7 8 3 2 1"));
    COMPARE_TEXT(journal.broken(), std::string());
}

void StoreVerifyTest::everyPlantedDamageIsFound_data() {
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("invariant");
    const auto row = [](const char *name, const char *sql, const char *invariant) {
        QTest::newRow(name) << QString::fromLatin1(sql) << QString::fromLatin1(invariant);
    };
    row("a sum too high", "UPDATE counter SET n = n + 1 WHERE state = 4", "counters");
    row("a sum missing", "DELETE FROM counter WHERE state = 1", "counters");
    row("a sum of nothing", "INSERT INTO counter VALUES(9, 1, 3)", "counters");
    row("a row without its sum", "UPDATE message SET state = 9, finished_at = 1 WHERE id = 2; UPDATE cause_summary SET n = 0 WHERE state = 7", "counters");
    row("a cause sum off", "UPDATE cause_summary SET n = 2 WHERE state = 7", "causes");
    row("a cause changed", "UPDATE message SET cause = '47003' WHERE id = 2", "causes");
    row("an hour's sum off", "UPDATE dead_summary SET n = n + 1 WHERE state = 7", "dead letters by the hour");
    row("an hour's sum lost", "DELETE FROM dead_summary WHERE state = 8", "dead letters by the hour");
    row("a dead letter of another hour", "UPDATE message SET finished_at = finished_at - 7200000 WHERE id = 2", "dead letters by the hour");
    row("an hour's sum of nothing", "INSERT INTO dead_summary VALUES(1, 1, 6, 'x', 1)", "dead letters by the hour");
    row("times of ids lost", "DELETE FROM message_span", "times of ids");
    row("taken in before its block was", "UPDATE message SET created_at = created_at - 1 WHERE id = 1", "times of ids");
    row("ended after its block did", "UPDATE message_span SET ended_to = ended_to - 1", "times of ids");
    row("an unknown state", "UPDATE message SET state = 11 WHERE id = 2", "one state");
    row("a negative state", "UPDATE message SET state = -1 WHERE id = 6", "one state");
    row("content lost", "DELETE FROM payload WHERE message_id = 6", "payload");
    row("batch lost", "UPDATE message SET batch_id = 99 WHERE id = 6", "batch");
    row("an attempt row lost", "DELETE FROM attempt WHERE message_id = 2", "one POST, one attempt row");
    row("an attempt row too many", "INSERT INTO attempt(message_id, n, life, run_id, phase, started_at) VALUES(1, 2, 1, 1, 2, 1)",
        "one POST, one attempt row");
    row("an attempt of an ended message open", "UPDATE attempt SET phase = 0 WHERE message_id = 2", "write-ahead");
    row("an older attempt open", "UPDATE attempt SET phase = 0 WHERE message_id = 4", "write-ahead");
    row("sending without an attempt row", "UPDATE attempt SET phase = 2 WHERE message_id = 5", "write-ahead");
    row("sending without an owner", "UPDATE message SET claim_run = NULL WHERE id = 5", "owned claims");
    row("accepted without a msgid", "UPDATE message SET msgid = NULL WHERE id = 1", "accepted has a msgid");
    row("accepted without an answer", "UPDATE attempt SET phase = 2 WHERE message_id = 1", "accepted was answered");
    row("accepted by an error", "UPDATE attempt SET error_class = 4 WHERE message_id = 1", "accepted was answered");
    row("an end without a time", "UPDATE message SET finished_at = NULL WHERE id = 2", "terminal is terminal");
    row("a waiting one that ended", "UPDATE message SET finished_at = 1 WHERE id = 4", "terminal is terminal");
    row("dead without a reason", "UPDATE message SET cause = NULL WHERE id = 2", "failed says why");
    row("uncertain without a reason", "UPDATE message SET cause = NULL WHERE id = 3", "failed says why");
    row("two messages of one id", "UPDATE message SET openid = 'o1', client_msg_id = (SELECT client_msg_id FROM message WHERE id = 2) WHERE id = 6",
        "one id for life");
    row("delivered without a report", "UPDATE message SET state = 5 WHERE id = 1", "delivered was reported");
    row("undelivered without a report", "UPDATE message SET state = 6 WHERE id = 1", "delivered was reported");
    row("delivered by other words", "UPDATE message SET state = 5, report_status = 'success' WHERE id = 1; INSERT INTO report(account_id, msgid, openid,"
        " status, received_at, message_id) SELECT 1, msgid, '', 'failed', 1, 1 FROM message WHERE id = 1", "delivered was reported");
    row("a report of another account", "INSERT INTO report(account_id, msgid, openid, status, received_at, message_id)"
        " SELECT 99, msgid, '', 'success', 1, 1 FROM message WHERE id = 1", "reports stay with their account");
    row("a report of another person", "INSERT INTO report(account_id, msgid, openid, status, received_at, message_id)"
        " SELECT 1, msgid, 'oX', 'success', 1, 1 FROM message WHERE id = 1", "reports stay with their account");
    row("a report of another id", "INSERT INTO report(account_id, msgid, openid, status, received_at, message_id)"
        " VALUES(1, '17', '', 'success', 1, 1)", "reports stay with their account");
    row("a report overlooked", "INSERT INTO report(account_id, msgid, openid, status, received_at)"
        " SELECT 1, msgid, openid, 'success', 1 FROM message WHERE id = 1", "no report is overlooked");
    row("a refusal overlooked", "INSERT INTO consent(account_id, recipient_hash, openid, template_id, accepts, at)"
        " SELECT account_id, 1, 'oX', template_id, 0, 1 FROM template", "no refusal is overlooked");
    row("a person kept away from", "INSERT INTO consent(account_id, recipient_hash, openid, template_id, accepts, at) VALUES(1, 7, 'oX', '', 1, 20);"
        " INSERT INTO suppression(account_id, recipient_hash, openid, cause, since, added_by) VALUES(1, 7, 'oX', 'unsubscribed', 10, 'engine')",
        "the newest word stands");
    row("a key not registered", "DELETE FROM idempotency", "idempotency");
    row("a remembered key not registered", "INSERT INTO kept_key VALUES(7, 4711, 1, 0, 'x', 1, 4, 1, '', 1)", "keys of archived messages");
    row("a remembered key of a message that is there",
        "INSERT INTO kept_key SELECT slot, message_id, 1, 0, 'x', 1, 4, 1, '', 1 FROM idempotency LIMIT 1", "keys of archived messages");
    row("a key of nobody", "DELETE FROM key_owner", "idempotency");
    row("a key registered for another", "UPDATE idempotency SET message_id = 1", "idempotency");
}

void StoreVerifyTest::everyPlantedDamageIsFound() {
    QFETCH(QString, sql);
    QFETCH(QString, invariant);
    TestJournal journal;
    populate(journal);
    journal.exec(sql.toStdString());
    auto database = journal.reader();
    bool found = false;
    for (const Violation &violation : must(store::verify(database))) {
        if (violation.invariant == invariant.toStdString()) {
            found = true;
            QVERIFY(violation.count >= 1);
            QVERIFY(violation.detail.size() > 10);
        }
    }
    QVERIFY2(found, qPrintable(QStringLiteral("found only: ") + QString::fromStdString(journal.broken())));
}

void StoreVerifyTest::theFirstRowsAreNamedAndTheRestCounted() {
    TestJournal journal;
    journal.addMany(journal.batch, 12);
    journal.exec("DELETE FROM payload WHERE message_id > 3");
    auto database = journal.reader();
    const auto violations = must(store::verify(database));
    QCOMPARE(violations.size(), 1U);
    QCOMPARE(violations[0].count, 9);
    const QString detail = QString::fromStdString(violations[0].detail);
    QVERIFY2(detail.startsWith(QLatin1String("a message has lost its content: message ")), qPrintable(detail));
    QVERIFY2(detail.endsWith(QLatin1String(" and 4 more")), qPrintable(detail));
    QCOMPARE(detail.count(QLatin1String("message ")), 6);
}

void StoreVerifyTest::aDamagedFileIsFound() {
    TestJournal journal;
    journal.addMany(journal.batch, 2000);
    // The index page of the due rows, overwritten by zeros.
    const std::int64_t page = journal.number("SELECT rootpage FROM sqlite_schema WHERE name = 'message_recipient'");
    journal.writer.reset();
    QFile file(QString::fromStdString(journal.path()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek((page - 1) * 4096));
    QCOMPARE(file.write(QByteArray(4096, '\0')), 4096);
    file.close();
    auto database = journal.reader();
    const auto violations = store::verify(database);
    if (!violations) {
        COMPARE_NAMED(violations.error().code, ErrorCode::Corrupt);
        return;
    }
    QVERIFY(!violations->empty());
    COMPARE_TEXT(violations->front().invariant, std::string("file integrity"));
}

void StoreVerifyTest::verifyingReadsOneSnapshotBesideAWriter() {
    TestJournal journal;
    journal.addMany(journal.batch, 100);
    auto database = journal.reader();
    // A writer that has begun but not committed must neither block nor show through.
    const auto done = journal.writer->submitAndWait([&](store::WriteSession &session) -> Result<void> {
        const auto claimed = store::claimDue(session, {journal.account, journal.run, 50, morning});
        if (!claimed)
            return tl::unexpected(claimed.error());
        const auto violations = store::verify(database);
        if (!violations || !violations->empty())
            return fail(ErrorCode::Internal, "not clean");
        return {};
    });
    QVERIFY(done.has_value());
    // The reader's snapshot has ended: it sees the commit.
    QCOMPARE(must(database.scalar("SELECT count(*) FROM message WHERE state = 2")).value(), 50);
}

QTEST_GUILESS_MAIN(StoreVerifyTest)
#include "store_verify_test.moc"
