// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/hook_outcomes.h"

#include <QCryptographicHash>
#include <nlohmann/json.hpp>

namespace songda::store {

namespace {

using Json = nlohmann::ordered_json;

Result<const HookWishes *> wishesOf(WriteSession &session) {
    auto &known = session.hookWishes();
    if (known)
        return &*known;
    auto found = session.sql("SELECT id, states, account_id FROM hook ORDER BY id");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll();
    const StatementScope scope(s);
    HookWishes wishes;
    for (;;) {
        const auto row = s.step();
        if (!row)
            return tl::unexpected(row.error());
        if (!*row)
            break;
        wishes.push_back({s.integer(0), HookStates(static_cast<std::uint64_t>(s.integer(1))),
            s.isNull(2) ? std::nullopt : std::optional(s.id<AccountId>(2))});
    }
    known = std::move(wishes);
    return &*known;
}

struct Outcome {
    AccountId account;
    Json data;
    std::optional<std::string> traceparent;
};

Json orNull(const Statement &s, int column) { return s.isNull(column) ? Json(nullptr) : Json(s.string(column)); }

Result<std::optional<Outcome>> readOutcome(WriteSession &session, MessageId message, MessageState state, WallTime at) {
    auto found = session.sql("SELECT b.account_id, a.name, t.template_id, m.openid, m.batch_id, m.idempotency_key, m.client_msg_id, m.msgid, m.cause,"
                             " m.errcode, m.report_status, m.attempts, m.life, coalesce(m.created_by, b.created_by), r.traceparent"
                             " FROM message m JOIN batch b ON b.id = m.batch_id JOIN account a ON a.id = b.account_id"
                             " JOIN template t ON t.id = b.template_ref LEFT JOIN message_trace r ON r.message_id = m.id WHERE m.id = ?1");
    if (!found)
        return tl::unexpected(found.error());
    Statement &s = **found;
    s.bindAll(message);
    const StatementScope scope(s);
    const auto row = s.step();
    if (!row)
        return tl::unexpected(row.error());
    if (!*row)
        return std::optional<Outcome>{};
    Outcome outcome;
    outcome.account = s.id<AccountId>(0);
    const auto errcode = s.optionalInteger(9);
    outcome.data = {{"message_id", message.value}, {"state", toString(state)}, {"account", s.string(1)}, {"template_id", s.string(2)},
        {"openid", s.string(3)}, {"batch_id", s.integer(4)}, {"idempotency_key", orNull(s, 5)}, {"client_msg_id", s.string(6)},
        {"msgid", orNull(s, 7)}, {"cause", orNull(s, 8)}, {"errcode", errcode ? Json(*errcode) : Json(nullptr)}, {"report_status", orNull(s, 10)},
        {"attempts", s.integer(11)}, {"life", s.integer(12)}, {"created_by", s.string(13)}, {"at", toIso8601(at)}};
    if (!s.isNull(14))
        outcome.traceparent = s.string(14);
    return std::optional(std::move(outcome));
}

/// The same for the same end of the same message in the same profile, also when a backup is put back and tells it again.
Result<std::string> eventId(WriteSession &session, MessageId message, MessageState state, std::int64_t life, WallTime at) {
    auto found = session.sql("SELECT value FROM meta WHERE key = 'profile_nonce'");
    if (!found)
        return tl::unexpected(found.error());
    (*found)->bindAll();
    const StatementScope scope(**found);
    const auto row = (*found)->step();
    if (!row)
        return tl::unexpected(row.error());
    const std::string text = (*row ? (*found)->string(0) : std::string()) + "/" + std::to_string(message.value) + "/" + std::to_string(life) + "/"
        + toString(state) + "/" + std::to_string(toMillis(at));
    constexpr qsizetype idLetters = 32;
    return "evt_" + QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex().left(idLetters).toStdString();
}

} // namespace

Result<void> noteOutcome(WriteSession &session, MessageId message, MessageState state, WallTime at) {
    const auto wishes = wishesOf(session);
    if (!wishes)
        return tl::unexpected(wishes.error());
    if ((*wishes)->empty())
        return {};
    const auto outcome = readOutcome(session, message, state, at);
    if (!outcome)
        return tl::unexpected(outcome.error());
    if (!*outcome)
        return {};
    std::string body;
    std::string id;
    auto insert = session.sql("INSERT INTO hook_delivery(hook_id, event_id, message_id, body, traceparent, created_at, due_at)"
                              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0)");
    if (!insert)
        return tl::unexpected(insert.error());
    for (const HookWish &wish : **wishes) {
        if (!wish.states.has(state) || (wish.account && *wish.account != (*outcome)->account))
            continue;
        if (body.empty()) {
            const Json &data = (*outcome)->data;
            body = Json{{"type", std::string("message.") + toString(state)}, {"timestamp", data["at"]}, {"data", data}}.dump(
                -1, ' ', false, Json::error_handler_t::replace);
            auto made = eventId(session, message, state, data["life"].get<std::int64_t>(), at);
            if (!made)
                return tl::unexpected(made.error());
            id = std::move(*made);
        }
        SONGDA_TRY((*insert)->bindAll(wish.hook, id, message, body, (*outcome)->traceparent, at).run());
    }
    return {};
}

} // namespace songda::store
