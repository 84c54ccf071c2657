// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/suppressions.h"

#include "engine/model/hash.h"
#include "engine/store/erased_names.h"

#include <limits>

namespace songda::store {

namespace {

/// Entries a person made stand until a person lifts them.
#define SONGDA_BY_HAND "('opt_out', 'operator')"

} // namespace

Result<bool> anySuppression(WriteSession &session) {
    return session.database()
        .first("SELECT 1 FROM suppression INDEXED BY suppression_active WHERE lifted_at IS NULL LIMIT 1", [](const Statement &) { return true; })
        .map([](std::optional<bool> any) { return any.has_value(); });
}

namespace {

Result<std::string> suppressionUnder(Database &database, AccountId account, const std::string &openid, TemplateRef templateRef, int life) {
    return database
        .first("SELECT CASE cause WHEN 'opt_out' THEN 'opted_out' ELSE 'suppressed' END FROM suppression"
                                 " INDEXED BY suppression_active WHERE recipient_hash = ?1 AND lifted_at IS NULL AND account_id = ?2"
                                 " AND openid = ?3 AND (template_ref IS NULL OR template_ref = ?4)"
                                 " AND (?5 = 1 OR cause IN " SONGDA_BY_HAND ") ORDER BY cause = 'opt_out' DESC LIMIT 1",
            [](const Statement &s) { return s.string(0); }, storedHash(openid), account, openid, templateRef, life)
        .map([](std::optional<std::string> cause) { return std::move(cause).value_or(std::string()); });
}

} // namespace

Result<std::string> suppressionOf(Database &database, AccountId account, const std::string &openid, TemplateRef templateRef, int life) {
    const auto names = ErasedNames::all(database, account, openid);
    if (!names)
        return tl::unexpected(names.error());
    for (const std::string &name : *names) {
        auto cause = suppressionUnder(database, account, name, templateRef, life);
        if (!cause || !cause->empty())
            return cause;
    }
    return std::string();
}

Result<void> suppressRecipient(WriteSession &session, MessageId message, SuppressScope scope, const std::string &cause, WallTime now) {
    auto insert = session.sql(
        "INSERT INTO suppression(account_id, recipient_hash, openid, template_ref, cause, since, added_by)"
        " SELECT b.account_id, m.recipient_hash, m.openid, CASE WHEN ?2 THEN b.template_ref END, ?3, ?4, 'engine'"
        " FROM message m JOIN batch b ON b.id = m.batch_id WHERE m.id = ?1 AND m.openid NOT LIKE 'erased:%' AND NOT EXISTS (SELECT 1 FROM suppression s"
        " INDEXED BY suppression_active WHERE s.recipient_hash = m.recipient_hash AND s.lifted_at IS NULL"
        " AND s.account_id = b.account_id AND s.openid = m.openid AND (s.template_ref IS NULL OR (?2 AND s.template_ref = b.template_ref)))"
        " AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.recipient_hash = m.recipient_hash AND c.account_id = b.account_id AND c.openid = m.openid"
        " AND c.template_id = '' AND c.accepts = 1 AND c.at > ?4)");
    if (!insert)
        return tl::unexpected(insert.error());
    return (*insert)->bindAll(message, scope == SuppressScope::RecipientAndTemplate, cause, now).run();
}

Result<void> liftAfterSuccess(WriteSession &session, MessageId message, WallTime now) {
    auto update = session.sql(
        "UPDATE suppression SET lifted_at = ?2, lifted_by = 'engine' WHERE id IN (SELECT s.id FROM message m"
        " JOIN batch b ON b.id = m.batch_id JOIN suppression s INDEXED BY suppression_active ON s.recipient_hash = m.recipient_hash"
        " WHERE m.id = ?1 AND s.lifted_at IS NULL AND s.account_id = b.account_id AND s.openid = m.openid"
        " AND (s.template_ref IS NULL OR s.template_ref = b.template_ref) AND s.cause <> 'user_block' AND s.cause NOT IN " SONGDA_BY_HAND ")");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(message, now).run();
}

Result<void> liftBlock(WriteSession &session, MessageId message, WallTime arrivedAt, WallTime now) {
    auto update = session.sql("UPDATE suppression SET lifted_at = ?3, lifted_by = 'engine' WHERE id IN (SELECT s.id FROM message m"
                              " JOIN batch b ON b.id = m.batch_id JOIN suppression s INDEXED BY suppression_active ON s.recipient_hash = m.recipient_hash"
                              " WHERE m.id = ?1 AND s.lifted_at IS NULL AND s.account_id = b.account_id AND s.openid = m.openid"
                              " AND s.cause = 'user_block' AND s.since <= ?2)");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(message, arrivedAt, now).run();
}

Result<std::int64_t> liftByEvent(WriteSession &session, AccountId account, const std::string &openid,
    std::optional<TemplateRef> templateRef, WallTime happenedAt, WallTime now) {
    auto update = session.sql("UPDATE suppression SET lifted_at = ?6, lifted_by = 'engine' WHERE recipient_hash = ?1 AND lifted_at IS NULL"
                              " AND account_id = ?2 AND openid = ?3 AND (?4 IS NULL OR template_ref = ?4) AND since < ?5"
                              " AND cause NOT IN " SONGDA_BY_HAND);
    if (!update)
        return tl::unexpected(update.error());
    const auto names = ErasedNames::all(session.database(), account, openid);
    if (!names)
        return tl::unexpected(names.error());
    // The platform's clock tells whole seconds.
    const WallTime before = happenedAt + std::chrono::seconds{1};
    std::int64_t lifted = 0;
    for (const std::string &name : *names) {
        SONGDA_TRY((*update)->bindAll(storedHash(name), account, name, templateRef, before, now).run());
        lifted += session.database().changes();
    }
    return lifted;
}

Result<bool> addSuppression(WriteSession &session, const Suppression &entry) {
    auto insert = session.sql(
        "INSERT INTO suppression(account_id, recipient_hash, openid, template_ref, cause, since, added_by)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE NOT EXISTS (SELECT 1 FROM suppression INDEXED BY suppression_active"
        " WHERE recipient_hash = ?2 AND lifted_at IS NULL AND account_id = ?1 AND openid = ?3 AND template_ref IS ?4 AND cause = ?5)");
    if (!insert)
        return tl::unexpected(insert.error());
    SONGDA_TRY((*insert)
                   ->bindAll(entry.account, storedHash(entry.openid), entry.openid, entry.templateRef, entry.cause, entry.since, entry.by)
                   .run());
    return session.database().changes() > 0;
}

Result<void> renewSuppression(WriteSession &session, const Suppression &entry) {
    auto update = session.sql("UPDATE suppression INDEXED BY suppression_active SET since = ?6 WHERE recipient_hash = ?2 AND lifted_at IS NULL"
                              " AND account_id = ?1 AND openid = ?3 AND template_ref IS ?4 AND cause = ?5 AND since < ?6");
    if (!update)
        return tl::unexpected(update.error());
    return (*update)->bindAll(entry.account, storedHash(entry.openid), entry.openid, entry.templateRef, entry.cause, entry.since).run();
}

Result<std::int64_t> liftSuppressions(WriteSession &session, AccountId account, const std::string &openid,
    std::optional<TemplateRef> templateRef, const std::string &by, WallTime now) {
    auto update = session.sql("UPDATE suppression SET lifted_at = ?5, lifted_by = ?6"
                              " WHERE recipient_hash = ?1 AND lifted_at IS NULL AND account_id = ?2 AND openid = ?3"
                              " AND (?4 IS NULL OR template_ref = ?4)");
    if (!update)
        return tl::unexpected(update.error());
    const auto names = ErasedNames::all(session.database(), account, openid);
    if (!names)
        return tl::unexpected(names.error());
    std::int64_t lifted = 0;
    for (const std::string &name : *names) {
        SONGDA_TRY((*update)->bindAll(storedHash(name), account, name, templateRef, now, by).run());
        lifted += session.database().changes();
    }
    return lifted;
}

Result<std::vector<Suppression>> readSuppressions(
    Database &database, std::optional<AccountId> account, const std::string &openid, std::optional<std::int64_t> before, int limit) {
#define SONGDA_SUPPRESSION_COLUMNS \
    "SELECT id, account_id, openid, template_ref, cause, since, added_by, lifted_at, coalesce(lifted_by, '') FROM suppression" \
    " WHERE (?1 IS NULL OR account_id = ?1) AND id < ?2"
    const auto read = [](const Statement &s) {
        Suppression entry;
        entry.id = s.integer(0);
        entry.account = s.id<AccountId>(1);
        entry.openid = s.string(2);
        if (!s.isNull(3))
            entry.templateRef = s.id<TemplateRef>(3);
        entry.cause = s.string(4);
        entry.since = s.time(5);
        entry.by = s.string(6);
        entry.liftedAt = s.optionalTime(7);
        entry.liftedBy = s.string(8);
        return entry;
    };
    const std::int64_t top = before.value_or(std::numeric_limits<std::int64_t>::max());
    if (openid.empty())
        return database.all(SONGDA_SUPPRESSION_COLUMNS " AND lifted_at IS NULL ORDER BY id DESC LIMIT ?3", read, account, top, limit);
    return database.all(SONGDA_SUPPRESSION_COLUMNS " AND recipient_hash = ?5 AND openid = ?4 ORDER BY id DESC LIMIT ?3", read, account, top, limit, openid,
        storedHash(openid));
#undef SONGDA_SUPPRESSION_COLUMNS
}

Result<std::vector<AccountId>> accountsKnowing(Database &database, const std::string &openid) {
    return database.all("SELECT b.account_id FROM message m INDEXED BY message_recipient JOIN batch b ON b.id = m.batch_id"
                        " WHERE m.recipient_hash = ?1 AND m.openid = ?2"
                        " UNION SELECT account_id FROM suppression INDEXED BY suppression_recipient WHERE recipient_hash = ?1 AND openid = ?2 ORDER BY 1",
        [](const Statement &s) { return s.id<AccountId>(0); }, storedHash(openid), openid);
}

Result<std::vector<std::int64_t>> suppressedHashes(Database &database, AccountId account, TemplateRef templateRef) {
    return database.all("SELECT recipient_hash FROM suppression INDEXED BY suppression_active WHERE lifted_at IS NULL"
                        " AND account_id = ?1 AND (template_ref IS NULL OR template_ref = ?2)",
        [](const Statement &s) { return s.integer(0); }, account, templateRef);
}

Result<std::optional<WallTime>> frequencyWait(
    WriteSession &session, const ClaimedMessage &message, int most, Seconds window, WallTime now) {
    // Of the messages this person had, perhaps had, or is being sent, newest first, the one that fills the cap.
    return session.database().first("SELECT coalesce(first_sent_at, ?5) AS at FROM message WHERE recipient_hash = ?1 AND openid = ?2 AND id <> ?3"
                             " AND state NOT IN (7, 9, 10) AND (first_sent_at > ?4 OR (first_sent_at IS NULL AND state IN (2, 3))) ORDER BY at DESC LIMIT 1 OFFSET ?6",
        [window](const Statement &s) { return WallTime(s.time(0) + window); }, message.recipient, message.openid, message.id, WallTime(now - window), now, most - 1);
}

} // namespace songda::store
