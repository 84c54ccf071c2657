// SPDX-License-Identifier: GPL-3.0-or-later
//
// A table of slots, open addressing: a key's search begins at its hash and ends at the first free slot.
#include "engine/store/idempotency.h"

#include "engine/model/hash.h"
#include "engine/store/chain_link.h"

namespace songda::store {

namespace {

std::int64_t firstSlot(const KeyName &name) {
    return storedHash(name.key, 0x9e3779b97f4a7c15ULL * static_cast<std::uint64_t>(name.account.value) ^ static_cast<std::uint64_t>(name.scope));
}

/// Next slot of the probe sequence; wraps without overflow.
std::int64_t slotAfter(std::int64_t slot) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(slot) + 1);
}

/// The message in a slot and whether it holds this very key; nothing when the slot is free.
struct SlotOwner {
    KeyHolder holder;
    bool sameKey = false;
};
Result<std::optional<SlotOwner>> ownerOf(Database &database, std::int64_t slot, const KeyName &name) {
    auto found = database.cached("SELECT i.message_id, coalesce(m.batch_id, k.batch_id), coalesce(m.request_hash, k.request_hash), b.account_id,"
                                 " coalesce(m.key_scope, k.key_scope, 0), m.idempotency_key, k.key_hash"
                                 " FROM idempotency i LEFT JOIN message m ON m.id = i.message_id LEFT JOIN kept_key k ON k.slot = i.slot"
                                 " LEFT JOIN batch b ON b.id = coalesce(m.batch_id, k.batch_id) WHERE i.slot = ?1");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(slot);
    const StatementScope scope(s);
    const auto row = s.step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::optional<SlotOwner>{};
    SlotOwner owner{{s.id<MessageId>(0), s.id<BatchId>(1), s.optionalInteger(2)}};
    if (s.integer(3) == name.account.value && s.integer(4) == name.scope)
        owner.sameKey = s.isNull(6) ? s.text(5) == name.key : s.text(6) == sha256Hex(name.key);
    return owner;
}

Result<std::optional<MessageId>> messageIn(Database &database, std::int64_t slot) {
    return database.first("SELECT message_id FROM idempotency WHERE slot = ?1", [](const Statement &s) { return s.id<MessageId>(0); }, slot);
}

/// A slot with another behind it stays taken, by nobody: that other one is found past it. With 64 bits that does not
/// happen by itself.
Result<void> freeSlot(WriteSession &session, std::int64_t slot) {
    const auto behind = messageIn(session.database(), slotAfter(slot));
    if (!behind)
        return tl::unexpected(behind.error());
    if (*behind)
        return {};
    auto remove = session.sql("DELETE FROM idempotency WHERE slot = ?1");
    if (!remove)
        return tl::unexpected(remove.error());
    return (*remove)->bindAll(slot).run();
}

Result<std::optional<std::int64_t>> slotOf(Database &database, const KeyName &name, MessageId id) {
    for (std::int64_t slot = firstSlot(name);; slot = slotAfter(slot)) {
        const auto message = messageIn(database, slot);
        if (!message)
            return tl::unexpected(message.error());
        if (!*message)
            return std::optional<std::int64_t>{};
        if (**message == id)
            return slot;
    }
}

} // namespace

bool isSameRequest(const KeyHolder &holder, const NewMessage &message) {
    return holder.requestHash == message.requestHash || (message.earlierHash && holder.requestHash == message.earlierHash);
}

Result<std::optional<KeyHolder>> takeKey(WriteSession &session, const KeyName &name, MessageId id) {
    auto insert = session.sql("INSERT INTO idempotency(slot, message_id) VALUES(?1, ?2) ON CONFLICT DO NOTHING");
    if (!insert)
        return tl::unexpected(insert.error());
    for (std::int64_t slot = firstSlot(name);; slot = slotAfter(slot)) {
        SONGDA_TRY((*insert)->bindAll(slot, id).run());
        if (session.database().changes() == 1)
            return std::optional<KeyHolder>{};
        const auto owner = ownerOf(session.database(), slot, name);
        if (!owner)
            return tl::unexpected(owner.error());
        if (*owner && (*owner)->sameKey)
            return (*owner)->holder;
    }
}

Result<std::optional<KeyHolder>> keyHolder(Database &database, const KeyName &name) {
    for (std::int64_t slot = firstSlot(name);; slot = slotAfter(slot)) {
        const auto owner = ownerOf(database, slot, name);
        if (!owner)
            return tl::unexpected(owner.error());
        if (!*owner)
            return std::optional<KeyHolder>{};
        if ((*owner)->sameKey)
            return (*owner)->holder;
    }
}

Result<void> keepKey(WriteSession &session, const KeyedMessage &message, WallTime handedOverSince) {
    const KeptMessage &kept = message.kept;
    const auto slot = slotOf(session.database(), KeyName{kept.account, message.scope, message.key}, kept.id);
    if (!slot)
        return tl::unexpected(slot.error());
    if (!*slot)
        return {};
    if (kept.createdAt < handedOverSince)
        return freeSlot(session, **slot);
    auto insert = session.sql("INSERT INTO kept_key(slot, message_id, batch_id, key_scope, key_hash, request_hash, state, created_at, created_by, finished_at)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    if (!insert)
        return tl::unexpected(insert.error());
    const std::string hash = sha256Hex(message.key);
    return (*insert)
        ->bindAll(**slot, kept.id, kept.batch, message.scope, hash, message.requestHash, kept.state, kept.createdAt, kept.createdBy, kept.finishedAt)
        .run();
}

Result<int> freeKeys(WriteSession &session, WallTime handedOverBefore, int limit) {
    const auto slots = session.database().all("SELECT slot FROM kept_key WHERE created_at < ?1 ORDER BY created_at LIMIT ?2",
        [](const Statement &s) { return s.integer(0); }, handedOverBefore, limit);
    auto forget = session.sql("DELETE FROM kept_key WHERE slot = ?1");
    if (!slots || !forget)
        return tl::unexpected(!slots ? slots.error() : forget.error());
    for (const std::int64_t slot : *slots) {
        SONGDA_TRY((*forget)->bindAll(slot).run());
        SONGDA_TRY(freeSlot(session, slot));
    }
    return static_cast<int>(slots->size());
}

Result<std::optional<WallTime>> oldestKeptKey(Database &database) {
    return database.first("SELECT created_at FROM kept_key ORDER BY created_at LIMIT 1", [](const Statement &s) { return s.time(0); });
}

Result<std::optional<KeptMessage>> readKept(Database &database, MessageId id) {
    return database.first("SELECT k.message_id, b.account_id, a.name, t.template_id, k.batch_id, k.state, k.created_at, k.created_by, k.finished_at"
                          " FROM kept_key k JOIN batch b ON b.id = k.batch_id JOIN account a ON a.id = b.account_id JOIN template t ON t.id = b.template_ref"
                          " WHERE k.message_id = ?1",
        [](const Statement &s) {
            return KeptMessage{s.id<MessageId>(0), s.id<AccountId>(1), s.string(2), s.string(3), s.id<BatchId>(4),
                messageStateFromNumber(s.integer(5)).value_or(MessageState::Accepted), s.time(6), s.string(7), s.optionalTime(8)};
        },
        id);
}

} // namespace songda::store
