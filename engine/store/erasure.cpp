// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/erasure.h"

#include "engine/model/hash.h"
#include "engine/store/audit_chain.h"
#include "engine/store/erased_names.h"
#include "engine/store/migrations.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <thread>

namespace songda::store {

namespace {

constexpr const char *erasedWord = "[erased]";
constexpr int logTries = 20;
constexpr std::chrono::milliseconds betweenLogTries{100};

std::string withoutText(std::string in, const std::string &text) {
    for (std::size_t at = 0; (at = in.find(text, at)) != std::string::npos;)
        in.replace(at, text.size(), erasedWord);
    return in;
}

template <class Id> Result<std::vector<Id>> idsOf(Statement &s) {
    const StatementScope scope(s);
    std::vector<Id> ids;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return ids;
        ids.push_back(s.id<Id>(0));
    }
}

Result<std::vector<MessageId>> messagesOf(Database &database, AccountId account, const std::string &openid) {
    auto found = database.cached("SELECT m.id FROM message m INDEXED BY message_recipient JOIN batch b ON b.id = m.batch_id"
                                 " WHERE m.recipient_hash = ?1 AND m.openid = ?2 AND b.account_id = ?3");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(storedHash(openid), openid, account);
    return idsOf<MessageId>(**found);
}

/// Acts that name the person, and edits of their messages, which name values.
Result<std::vector<AuditId>> actsAbout(Database &database, AccountId account, const std::string &openid) {
    auto found = database.cached("SELECT id FROM audit WHERE instr(object, ?1) > 0 OR instr(reason, ?1) > 0"
                                 " UNION SELECT a.id FROM message m INDEXED BY message_recipient JOIN batch b ON b.id = m.batch_id"
                                 " JOIN audit_item i ON i.message_id = m.id JOIN audit a ON a.id = i.audit_id"
                                 " WHERE m.recipient_hash = ?2 AND m.openid = ?1 AND b.account_id = ?3 AND a.act = 'message.edit'");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll(openid, storedHash(openid), account);
    return idsOf<AuditId>(**found);
}

Result<void> eraseAct(WriteSession &session, AuditId id, const std::string &openid) {
    struct Texts {
        std::string act, object, reason;
    };
    const auto found = session.database().first("SELECT act, object, reason FROM audit WHERE id = ?1",
        [](const Statement &s) { return Texts{s.string(0), s.string(1), s.string(2)}; }, id);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return {};
    const Texts &texts = **found;
    // "message 12: thing2 5f2a81c09b3e -> what it became"
    const std::string object = texts.act == "message.edit" ? texts.object.substr(0, texts.object.find(':')) + ": " + erasedWord : withoutText(texts.object, openid);
    return eraseTexts(session, id, object, withoutText(texts.reason, openid));
}

Result<void> eraseMessage(WriteSession &session, MessageId id, const std::string &openid, const std::string &name) {
    // Its key's slot stays: others that came to lie behind it are found past it.
    auto message = session.sql("UPDATE message SET openid = ?2, recipient_hash = ?3, idempotency_key = NULL, key_scope = NULL,"
                               " request_hash = NULL, content_hash = NULL, report_status = replace(report_status, ?4, '') WHERE id = ?1");
    auto payload = session.sql("UPDATE payload SET content = '{}' WHERE message_id = ?1");
    auto before = session.sql("UPDATE payload_before SET content = '{}' WHERE message_id = ?1");
    auto attempts = session.sql("UPDATE attempt SET errmsg = replace(errmsg, ?2, ''), rid = replace(rid, ?2, ''), excerpt = NULL WHERE message_id = ?1");
    auto reports = session.sql("UPDATE report INDEXED BY report_message SET openid = '', status = replace(status, ?2, '') WHERE message_id = ?1");
    auto trace = session.sql("DELETE FROM message_trace WHERE message_id = ?1");
    for (const auto *prepared : {&message, &payload, &before, &attempts, &reports, &trace}) {
        if (!*prepared)
            return tl::unexpected(prepared->error());
    }
    SONGDA_TRY((*message)->bindAll(id, name, storedHash(name), openid).run());
    SONGDA_TRY((*payload)->bindAll(id).run());
    SONGDA_TRY((*before)->bindAll(id).run());
    SONGDA_TRY((*attempts)->bindAll(id, openid).run());
    SONGDA_TRY((*reports)->bindAll(id, openid).run());
    return (*trace)->bindAll(id).run();
}

/// Texts that somebody or the platform wrote, in small tables: the openid may stand in any of them.
Result<void> eraseWords(WriteSession &session, const std::string &openid) {
    static constexpr const char *updates[] = {
        "UPDATE batch SET name = replace(name, ?1, ?2), source = replace(source, ?1, ?2), hold_reason = replace(hold_reason, ?1, ?2)"
        " WHERE instr(name, ?1) > 0 OR instr(source, ?1) > 0 OR instr(coalesce(hold_reason, ''), ?1) > 0",
        "UPDATE replay SET selection = replace(selection, ?1, ?2), reason = replace(reason, ?1, ?2) WHERE instr(selection, ?1) > 0 OR instr(reason, ?1) > 0",
        "UPDATE cause_note SET note = replace(note, ?1, ?2) WHERE instr(note, ?1) > 0",
        "UPDATE account SET hold_detail = replace(hold_detail, ?1, ?2) WHERE instr(coalesce(hold_detail, ''), ?1) > 0",
        "UPDATE template SET hold_detail = replace(hold_detail, ?1, ?2) WHERE instr(coalesce(hold_detail, ''), ?1) > 0",
        "UPDATE hook SET last_detail = replace(last_detail, ?1, ?2), stopped_why = replace(stopped_why, ?1, ?2)"
        " WHERE instr(last_detail, ?1) > 0 OR instr(coalesce(stopped_why, ''), ?1) > 0",
    };
    for (const char *sql : updates) {
        auto update = session.sql(sql);
        if (!update)
            return tl::unexpected(update.error());
        SONGDA_TRY((*update)->bindAll(openid, erasedWord).run());
    }
    return {};
}

/// What stands goes by a salted hash from now on; what was lifted is nobody's business any more.
Result<std::int64_t> eraseSuppressions(WriteSession &session, AccountId account, const std::string &openid) {
    const auto names = ErasedNames::readOrBegin(session);
    if (!names)
        return tl::unexpected(names.error());
    const std::string name = names->of(account, openid);
    auto lifted = session.sql("DELETE FROM suppression WHERE recipient_hash = ?1 AND openid = ?2 AND account_id = ?3 AND lifted_at IS NOT NULL");
    auto standing = session.sql("UPDATE suppression SET openid = ?4, recipient_hash = ?5 WHERE recipient_hash = ?1 AND openid = ?2 AND account_id = ?3");
    if (!lifted || !standing)
        return tl::unexpected((!lifted ? lifted : standing).error());
    SONGDA_TRY((*lifted)->bindAll(storedHash(openid), openid, account).run());
    const std::int64_t gone = session.database().changes();
    SONGDA_TRY((*standing)->bindAll(storedHash(openid), openid, account, name, storedHash(name)).run());
    const std::int64_t renamed = session.database().changes();
    // The same with what they said of templates that are not known here yet, and with what they agreed to.
    auto agreed = session.sql("DELETE FROM consent WHERE recipient_hash = ?1 AND openid = ?2 AND account_id = ?3 AND accepts = 1");
    auto refused = session.sql("UPDATE OR REPLACE consent SET openid = ?4, recipient_hash = ?5 WHERE recipient_hash = ?1 AND openid = ?2 AND account_id = ?3");
    if (!agreed || !refused)
        return tl::unexpected((!agreed ? agreed : refused).error());
    SONGDA_TRY((*agreed)->bindAll(storedHash(openid), openid, account).run());
    SONGDA_TRY((*refused)->bindAll(storedHash(openid), openid, account, name, storedHash(name)).run());
    return gone + renamed;
}

Result<void> eraseAll(WriteSession &session, AccountId account, const std::string &openid, const std::string &name) {
    const auto acts = actsAbout(session.database(), account, openid);
    const auto messages = messagesOf(session.database(), account, openid);
    if (!acts || !messages)
        return tl::unexpected(!acts ? acts.error() : messages.error());
    for (const AuditId id : *acts)
        SONGDA_TRY(eraseAct(session, id, openid));
    // By what they say: of messages that were archived, too.
    auto deliveries = session.sql("DELETE FROM hook_delivery WHERE instr(body, ?1) > 0 OR instr(coalesce(detail, ''), ?1) > 0");
    auto reports = session.sql("UPDATE report SET openid = '' WHERE account_id = ?1 AND openid = ?2");
    if (!deliveries || !reports)
        return tl::unexpected((!deliveries ? deliveries : reports).error());
    SONGDA_TRY((*deliveries)->bindAll(openid).run());
    for (const MessageId id : *messages)
        SONGDA_TRY(eraseMessage(session, id, openid, name));
    SONGDA_TRY((*reports)->bindAll(account, openid).run());
    SONGDA_TRY(eraseWords(session, openid));
    const auto suppressions = eraseSuppressions(session, account, openid);
    return suppressions ? Result<void>{} : tl::unexpected(suppressions.error());
}

std::string quoted(const std::string &name) { return "\"" + name + "\""; }

} // namespace

Result<ErasureCounts> countRecipient(Database &database, AccountId account, const std::string &openid) {
    ErasureCounts counts;
    const auto hash = storedHash(openid);
    const auto messages = database.number("SELECT count(*) FROM message m INDEXED BY message_recipient JOIN batch b ON b.id = m.batch_id"
                                          " WHERE m.recipient_hash = ?1 AND m.openid = ?2 AND b.account_id = ?3", hash, openid, account);
    const auto underWay = database.number("SELECT count(*) FROM message m INDEXED BY message_recipient JOIN batch b ON b.id = m.batch_id"
                                          " WHERE m.recipient_hash = ?1 AND m.openid = ?2 AND b.account_id = ?3 AND m.state IN (0, 1, 2, 3)", hash, openid, account);
    const auto reports = database.number("SELECT count(*) FROM report WHERE account_id = ?1 AND openid = ?2", account, openid);
    const auto suppressions = database.number("SELECT count(*) FROM suppression WHERE recipient_hash = ?1 AND openid = ?2 AND account_id = ?3", hash, openid, account);
    const auto deliveries = database.number("SELECT count(*) FROM hook_delivery WHERE instr(body, ?1) > 0", openid);
    const auto acts = actsAbout(database, account, openid);
    for (const auto *number : {&messages, &underWay, &reports, &suppressions, &deliveries}) {
        if (!*number)
            return tl::unexpected(number->error());
    }
    if (!acts)
        return tl::unexpected(acts.error());
    return ErasureCounts{*messages, *underWay, *reports, *suppressions, *deliveries, static_cast<std::int64_t>(acts->size())};
}

Result<ErasureCounts> eraseRecipient(WriteSession &session, AccountId account, const std::string &openid, const std::string &name) {
    const auto counts = countRecipient(session.database(), account, openid);
    if (!counts)
        return counts;
    if (counts->underWay > 0)
        return fail(ErrorCode::InUse, std::to_string(counts->underWay) + " messages to this person wait or are being sent; cancel them, or let them end, first");
    // Some builds of SQLite have it on from the start.
    const auto before = session.database().scalar("PRAGMA secure_delete");
    if (!before)
        return tl::unexpected(before.error());
    SONGDA_TRY(session.database().exec("PRAGMA secure_delete=ON"));
    const auto erased = eraseAll(session, account, openid, name);
    if (before->value_or(0) == 0)
        SONGDA_TRY(session.database().exec("PRAGMA secure_delete=OFF"));
    return erased ? counts : tl::unexpected(erased.error());
}

Result<void> rewriteFile(const std::string &path) {
    auto database = Database::open(path, Database::Mode::ReadWrite, newestSchemaVersion());
    if (!database)
        return tl::unexpected(database.error());
    // The new file is put together beside the old one before it is copied over it: on disk, it may be large.
    SONGDA_TRY(database->exec("PRAGMA temp_store=FILE; PRAGMA secure_delete=ON; VACUUM"));
    for (int i = 0; i < logTries; ++i) {
        const auto emptied = database->checkpoint(Database::Checkpoint::Truncate);
        if (!emptied)
            return tl::unexpected(emptied.error());
        if (*emptied)
            return {};
        std::this_thread::sleep_for(betweenLogTries);
    }
    return fail(ErrorCode::InUse, "somebody reads the database, so its log could not be emptied");
}

Result<std::vector<std::string>> findText(Database &database, const std::string &text) {
    auto columns = Statement::prepare(database.handle(), "SELECT s.name, c.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c"
                                                         " WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' AND c.type = 'TEXT'");
    if (!columns)
        return tl::unexpected(columns.error());
    std::vector<std::string> places;
    for (;;) {
        const auto row = columns->step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return places;
        const std::string table = columns->string(0);
        const std::string column = columns->string(1);
        auto found = Statement::prepare(database.handle(), "SELECT 1 FROM " + quoted(table) + " WHERE instr(" + quoted(column) + ", ?1) > 0 LIMIT 1");
        if (!found)
            return tl::unexpected(found.error());
        const auto held = found->bindAll(text).step();
        if (!held)
            return tl::unexpected(held.error());
        if (*held)
            places.push_back(table + "." + column);
    }
}

Result<std::vector<std::string>> filesMade(Database &database) {
    auto found = database.cached("SELECT act, object, reason FROM audit WHERE act IN ('report.export', 'archive', 'backup')");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll();
    const StatementScope scope(s);
    std::set<std::string> files;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            return std::vector<std::string>(files.begin(), files.end());
        const std::string object = s.string(1);
        files.insert(s.text(0) == "report.export" ? object.substr(0, object.rfind(" sha256:")) : s.string(2));
    }
}

} // namespace songda::store
