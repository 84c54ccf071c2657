// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/archive.h"

#include "engine/store/file_sync.h"
#include "engine/store/idempotency.h"
#include "engine/store/migrations.h"
#include "engine/store/transitions.h"

#include <algorithm>
#include <filesystem>
#include <sqlite3.h>

namespace songda::store {

namespace {

/// Messages looked at in one read transaction: a long one would keep the write-ahead log from shrinking.
constexpr std::int64_t step = 20'000;

#define SONGDA_ENDED "m.state IN (4, 5, 6, 7, 8, 9, 10) AND m.finished_at < ?1"

struct Close {
    void operator()(sqlite3 *db) const { sqlite3_close(db); }
};
using Handle = std::unique_ptr<sqlite3, Close>;

Result<void> exec(sqlite3 *db, const char *sql) {
    const int code = sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? Result<void>{} : tl::unexpected(sqliteError(db, code, "archive"));
}

Result<std::int64_t> number(sqlite3 *db, const char *sql) {
    auto statement = Statement::prepare(db, sql);
    if (!statement)
        return tl::unexpected(statement.error());
    const auto row = statement->step();
    if (!row)
        return tl::unexpected(row.error());
    return *row ? statement->integer(0) : 0;
}

constexpr const char *archiveTables
    = "CREATE TABLE message AS SELECT m.*, '' AS account, '' AS template_id, '' AS template_title, '' AS batch FROM live.message m LIMIT 0;"
      "CREATE UNIQUE INDEX message_id ON message(id);"
      "CREATE TABLE payload AS SELECT * FROM live.payload LIMIT 0;"
      "CREATE TABLE payload_before AS SELECT * FROM live.payload_before LIMIT 0;"
      "CREATE TABLE attempt AS SELECT * FROM live.attempt LIMIT 0;"
      "CREATE INDEX attempt_message ON attempt(message_id);"
      "CREATE TABLE report AS SELECT * FROM live.report LIMIT 0;"
      "CREATE TABLE earlier_msgid AS SELECT * FROM live.earlier_msgid LIMIT 0;"
      "CREATE TABLE message_trace AS SELECT * FROM live.message_trace LIMIT 0;"
      "PRAGMA application_id = 1397706311"; // Database::applicationId

Result<void> copyStep(sqlite3 *db, WallTime before, std::int64_t from, std::int64_t until) {
    static constexpr const char *copies[] = {
        "INSERT INTO message SELECT m.*, a.name, t.template_id, t.title, b.name FROM live.message m JOIN live.batch b ON b.id = m.batch_id"
        " JOIN live.account a ON a.id = b.account_id JOIN live.template t ON t.id = b.template_ref"
        " WHERE m.id BETWEEN ?2 AND ?3 AND " SONGDA_ENDED,
        "INSERT INTO payload SELECT p.* FROM live.payload p JOIN message m ON m.id = p.message_id WHERE m.id BETWEEN ?2 AND ?3 AND ?1 = ?1",
        "INSERT INTO payload_before SELECT p.* FROM message m JOIN live.payload_before p ON p.message_id = m.id WHERE m.id BETWEEN ?2 AND ?3 AND ?1 = ?1",
        "INSERT INTO attempt SELECT t.* FROM message m JOIN live.attempt t ON t.message_id = m.id WHERE m.id BETWEEN ?2 AND ?3 AND ?1 = ?1",
        "INSERT INTO report SELECT r.* FROM message m CROSS JOIN live.report r INDEXED BY report_message ON r.message_id = m.id"
        " WHERE m.id BETWEEN ?2 AND ?3 AND ?1 = ?1",
        "INSERT INTO earlier_msgid SELECT e.* FROM message m CROSS JOIN live.earlier_msgid e ON e.message_id = m.id WHERE m.id BETWEEN ?2 AND ?3 AND ?1 = ?1",
        "INSERT INTO message_trace SELECT t.* FROM message m CROSS JOIN live.message_trace t ON t.message_id = m.id WHERE m.id BETWEEN ?2 AND ?3 AND ?1 = ?1",
    };
    SONGDA_TRY(exec(db, "BEGIN"));
    for (const char *sql : copies) {
        auto copy = Statement::prepare(db, sql);
        if (!copy)
            return tl::unexpected(copy.error());
        SONGDA_TRY(copy->bindAll(before, from, until).run());
    }
    return exec(db, "COMMIT");
}

Result<std::int64_t> fill(const std::string &database, const std::string &file, WallTime before, const std::atomic<bool> *cancelled) {
    sqlite3 *opened = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, nullptr);
    const Handle db(opened);
    if (code != SQLITE_OK)
        return fail(ErrorCode::Storage, "cannot make " + file);
    sqlite3_busy_timeout(db.get(), 5000);
    endWhenCancelled(db.get(), cancelled);
    {
        auto attach = Statement::prepare(db.get(), "ATTACH ?1 AS live");
        if (!attach)
            return tl::unexpected(attach.error());
        SONGDA_TRY(attach->bindAll(database).run());
    }
    SONGDA_TRY(exec(db.get(), archiveTables));
    const auto first = number(db.get(), "SELECT coalesce(min(id), 1) FROM live.message");
    const auto last = number(db.get(), "SELECT coalesce(max(id), 0) FROM live.message");
    if (!first || !last)
        return tl::unexpected((!first ? first : last).error());
    // The newest stays: the next message counts on from its id, and no id shall be given twice.
    for (std::int64_t from = *first; from < *last; from += step) {
        if (cancelled && *cancelled)
            return fail(ErrorCode::Cancelled, "the archive was ended on the way; no file was left");
        SONGDA_TRY(copyStep(db.get(), before, from, std::min(from + step, *last) - 1));
    }
    SONGDA_TRY(exec(db.get(), "DETACH live"));
    const auto sound = number(db.get(), "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
    if (!sound)
        return sound;
    if (*sound != 0)
        return fail(ErrorCode::Corrupt, "the archive " + file + " is damaged; nothing was deleted");
    return number(db.get(), "SELECT count(*) FROM message");
}

} // namespace

Result<std::int64_t> writeArchive(
    const std::string &database, const std::string &file, WallTime before, const std::atomic<bool> *cancelled) {
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return fail(ErrorCode::AlreadyExists, file + " is there already; an archive is made as a new file");
    // Refuses what is not ours.
    if (const auto ours = Database::open(database, Database::Mode::ReadOnly, newestSchemaVersion()); !ours)
        return tl::unexpected(ours.error());
    const std::string partial = file + ".part";
    std::filesystem::remove(partial, ignored);
    auto count = fill(database, partial, before, cancelled);
    if (count) {
        if (const auto done = syncFile(partial); !done)
            count = tl::unexpected(done.error());
    }
    if (!count) {
        std::filesystem::remove(partial, ignored);
        return count;
    }
    std::error_code moved;
    std::filesystem::permissions(partial, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    std::filesystem::rename(partial, file, moved);
    if (moved)
        return fail(ErrorCode::Storage, "cannot name the archive " + file + ": " + moved.message());
    const auto folder = std::filesystem::absolute(file, ignored).parent_path().string();
    SONGDA_TRY(syncFile(folder));
    return count;
}

Result<Database> openArchive(const std::string &file) { return Database::open(file, Database::Mode::ReadOnly, newestSchemaVersion()); }

Result<std::vector<ArchivedMessage>> readArchived(Database &archive, MessageId after, int limit) {
    return archive.all("SELECT id, life, state FROM message WHERE id > ?1 ORDER BY id LIMIT ?2",
        [](const Statement &s) {
            return ArchivedMessage{s.id<MessageId>(0), static_cast<int>(s.integer(1)), messageStateFromNumber(s.integer(2)).value_or(MessageState::Accepted)};
        },
        after, limit);
}

namespace {

/// Deletes the row if it is still as it was archived, and says what it was.
Result<std::optional<std::pair<KeyedMessage, std::string>>> deleteRow(WriteSession &session, const ArchivedMessage &m) {
    return session.database().first(
        "DELETE FROM message WHERE id = ?1 AND life = ?2 AND state = ?3 RETURNING batch_id, (SELECT account_id FROM batch WHERE batch.id = message.batch_id),"
        " coalesce(cause, ''), created_at, coalesce(created_by, ''), finished_at, coalesce(idempotency_key, ''), coalesce(key_scope, 0), request_hash",
        [&m](const Statement &s) {
            KeyedMessage message;
            message.kept.id = m.id;
            message.kept.state = m.state;
            message.kept.batch = s.id<BatchId>(0);
            message.kept.account = s.id<AccountId>(1);
            message.kept.createdAt = s.time(3);
            message.kept.createdBy = s.string(4);
            message.kept.finishedAt = s.optionalTime(5);
            message.key = s.string(6);
            message.scope = s.integer(7);
            message.requestHash = s.optionalInteger(8);
            return std::pair{std::move(message), s.string(2)};
        },
        m.id, m.life, m.state);
}

} // namespace

Result<std::int64_t> deleteArchived(WriteSession &session, const std::vector<ArchivedMessage> &messages, WallTime now, std::chrono::days keepKeys) {
    auto payload = session.sql("DELETE FROM payload WHERE message_id = ?1");
    auto before = session.sql("DELETE FROM payload_before WHERE message_id = ?1");
    auto attempts = session.sql("DELETE FROM attempt WHERE message_id = ?1");
    auto reports = session.sql("DELETE FROM report INDEXED BY report_message WHERE message_id = ?1");
    auto earlier = session.sql("DELETE FROM earlier_msgid WHERE message_id = ?1");
    auto trace = session.sql("DELETE FROM message_trace WHERE message_id = ?1");
    for (const auto *prepared : {&payload, &before, &attempts, &reports, &earlier, &trace}) {
        if (!*prepared)
            return tl::unexpected(prepared->error());
    }
    std::int64_t deleted = 0;
    for (const ArchivedMessage &m : messages) {
        const auto row = deleteRow(session, m);
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            continue;
        const auto &[keyed, cause] = **row;
        const BatchId batch = keyed.kept.batch;
        const auto endedAt = keyed.kept.finishedAt;
        if (!keyed.key.empty())
            SONGDA_TRY(keepKey(session, keyed, now - keepKeys));
        SONGDA_TRY((*payload)->bindAll(m.id).run());
        SONGDA_TRY((*before)->bindAll(m.id).run());
        SONGDA_TRY((*attempts)->bindAll(m.id).run());
        SONGDA_TRY((*reports)->bindAll(m.id).run());
        SONGDA_TRY((*earlier)->bindAll(m.id).run());
        SONGDA_TRY((*trace)->bindAll(m.id).run());
        session.deltas().addState(batch, m.state, -1);
        if (isGroupedByCause(m.state)) {
            session.deltas().addCause(batch, m.state, cause, -1, now);
            if (endedAt)
                session.deltas().addDead(batch, m.state, cause, -1, *endedAt);
        }
        ++deleted;
    }
    return deleted;
}

} // namespace songda::store
