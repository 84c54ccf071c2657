// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/intake.h"

#include "engine/model/hash.h"
#include "engine/store/content_hash.h"
#include "engine/store/idempotency.h"

namespace songda::store {

namespace {

Result<std::string> templateIdOf(WriteSession &session, BatchId batch) {
    return session.database()
        .first("SELECT t.template_id FROM batch b JOIN template t ON t.id = b.template_ref WHERE b.id = ?1", [](const Statement &s) { return s.string(0); }, batch)
        .map([](std::optional<std::string> id) { return std::move(id).value_or(std::string()); });
}

} // namespace

Result<std::vector<Enqueued>> enqueue(WriteSession &session, AccountId account, BatchId batch,
    const std::vector<NewMessage> &messages, WallTime now, const std::string &createdBy) {
    auto newest = session.sql("SELECT coalesce(max(id), 0) FROM message");
    auto insert = session.sql("INSERT INTO message(id, batch_id, state, due_at, expires_at, created_at, openid,"
                              " recipient_hash, client_msg_id, idempotency_key, created_by, scheduled, content_hash, key_scope, request_hash)"
                              " VALUES(?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?3 > ?5, ?11, ?12, ?13)");
    auto payload = session.sql("INSERT INTO payload(message_id, content) VALUES(?1, ?2)");
    if (!newest || !insert || !payload)
        return tl::unexpected((!newest ? newest : !insert ? insert : payload).error());
    (*newest)->bindAll();
    const auto row = (*newest)->step();
    if (!row)
        return tl::unexpected(row.error());
    MessageId next{(*newest)->integer(0) + 1};
    (*newest)->reset();
    const auto templateId = templateIdOf(session, batch);
    if (!templateId)
        return tl::unexpected(templateId.error());

    std::vector<Enqueued> result;
    result.reserve(messages.size());
    const auto creator = createdBy.empty() ? std::nullopt : std::optional<std::string_view>(createdBy);
    std::int64_t added = 0;
    for (const NewMessage &message : messages) {
        std::optional<std::string_view> key;
        if (!message.idempotencyKey.empty()) {
            const auto taken = takeKey(session, KeyName{account, message.keyScope, message.idempotencyKey}, next);
            if (!taken)
                return tl::unexpected(taken.error());
            if (const auto &owner = *taken) {
                result.push_back({owner->id, true, isSameRequest(*owner, message), owner->batch});
                continue;
            }
            key = message.idempotencyKey;
            session.deltas().addKeyOwner(account, message.keyScope);
        }
        SONGDA_TRY((*insert)
                       ->bindAll(next, batch, message.dueAt, message.expiresAt, now, message.openid,
                           storedHash(message.openid), message.clientMsgId, key, creator,
                           contentHash(*templateId, message.openid, message.clientMsgId, message.content),
                           message.keyScope != 0 ? std::optional(message.keyScope) : std::nullopt, message.requestHash)
                       .run());
        SONGDA_TRY((*payload)->bindAll(next, message.content).run());
        if (!message.traceparent.empty()) {
            auto trace = session.sql("INSERT INTO message_trace(message_id, traceparent) VALUES(?1, ?2)");
            if (!trace)
                return tl::unexpected(trace.error());
            SONGDA_TRY((*trace)->bindAll(next, message.traceparent).run());
        }
        result.push_back({next, false, true, batch});
        ++next.value;
        ++added;
    }
    if (added > 0) {
        session.deltas().addState(batch, MessageState::Queued, added);
        session.deltas().addCreated({next.value - added}, {next.value - 1}, now);
    }
    return result;
}

Result<std::optional<MessageId>> findByKey(Database &database, AccountId account, const std::string &key, std::int64_t scope) {
    return keyHolder(database, KeyName{account, scope, key}).map([](const std::optional<KeyHolder> &holder) {
        return holder ? std::optional(holder->id) : std::nullopt;
    });
}

Result<std::vector<MessageId>> findByKey(Database &database, std::optional<AccountId> account, const std::string &key) {
    const auto owners = database.all("SELECT account_id, scope FROM key_owner WHERE ?1 IS NULL OR account_id = ?1",
        [](const Statement &s) { return std::pair(s.id<AccountId>(0), s.integer(1)); }, account);
    if (!owners)
        return tl::unexpected(owners.error());
    std::vector<MessageId> found;
    for (const auto &[owner, scope] : *owners) {
        const auto id = findByKey(database, owner, key, scope);
        if (!id)
            return tl::unexpected(id.error());
        if (*id)
            found.push_back(**id);
    }
    return found;
}

} // namespace songda::store
