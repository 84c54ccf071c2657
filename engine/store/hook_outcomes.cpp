// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/hook_outcomes.h"

#include "engine/store/message_pages.h"

#include <QCryptographicHash>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace songda::store {

namespace {

using Json = nlohmann::ordered_json;

Result<const HookWishes *> wishesOf(WriteSession &session) {
    auto &known = session.hookWishes();
    if (known)
        return &*known;
    auto wishes = session.database().all("SELECT id, states, account_id FROM hook ORDER BY id", [](const Statement &s) {
        return HookWish{s.integer(0), HookStates(static_cast<std::uint64_t>(s.integer(1))), s.isNull(2) ? std::nullopt : std::optional(s.id<AccountId>(2))};
    });
    if (!wishes)
        return tl::unexpected(wishes.error());
    known = std::move(*wishes);
    return &*known;
}

struct Outcome {
    AccountId account;
    Json data;
    std::optional<std::string> traceparent;
};

Json orNull(const Statement &s, int column) { return s.isNull(column) ? Json(nullptr) : Json(s.string(column)); }

Result<std::optional<Outcome>> readOutcome(WriteSession &session, MessageId message, MessageState state, WallTime at) {
    return session.database().first("SELECT b.account_id, a.name, t.template_id, m.openid, m.batch_id, m.idempotency_key, m.client_msg_id, m.msgid, m.cause,"
                                    " m.errcode, m.report_status, m.attempts, m.life, coalesce(m.created_by, b.created_by), r.traceparent"
                                    " FROM message m JOIN batch b ON b.id = m.batch_id JOIN account a ON a.id = b.account_id"
                                    " JOIN template t ON t.id = b.template_ref LEFT JOIN message_trace r ON r.message_id = m.id WHERE m.id = ?1",
        [&](const Statement &s) {
            const auto errcode = s.optionalInteger(9);
            return Outcome{s.id<AccountId>(0),
                {{"message_id", message.value}, {"state", toString(state)}, {"account", s.string(1)}, {"template_id", s.string(2)},
                    {"openid", s.string(3)}, {"batch_id", s.integer(4)}, {"idempotency_key", orNull(s, 5)}, {"client_msg_id", s.string(6)},
                    {"msgid", orNull(s, 7)}, {"cause", orNull(s, 8)}, {"errcode", errcode ? Json(*errcode) : Json(nullptr)},
                    {"report_status", orNull(s, 10)}, {"attempts", s.integer(11)}, {"life", s.integer(12)}, {"created_by", s.string(13)},
                    {"at", toIso8601(at)}},
                s.isNull(14) ? std::nullopt : std::optional(s.string(14))};
        },
        message);
}

constexpr std::string_view eventPrefix = "evt_";

/// The sender's, or else the begin of a trace of our own, under which the log tells of the message.
Result<std::string> traceOf(WriteSession &session, MessageId message, const std::optional<std::string> &senders, const std::string &eventId) {
    if (senders)
        return *senders;
    constexpr std::size_t spanLetters = 16;
    return profileNonce(session.database()).map([&](std::int64_t nonce) {
        return "00-" + traceIdOf(nonce, message) + "-" + eventId.substr(eventPrefix.size(), spanLetters) + "-01";
    });
}

/// The same for the same end of the same message in the same profile, also when a backup is put back and tells it again.
Result<std::string> eventId(WriteSession &session, MessageId message, MessageState state, std::int64_t life, WallTime at) {
    const auto nonce = profileNonce(session.database());
    if (!nonce)
        return tl::unexpected(nonce.error());
    const std::string text = std::to_string(*nonce) + "/" + std::to_string(message.value) + "/" + std::to_string(life) + "/" + toString(state) + "/"
        + std::to_string(toMillis(at));
    constexpr qsizetype idLetters = 32;
    return std::string(eventPrefix) + QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256).toHex().left(idLetters).toStdString();
}

} // namespace

Result<void> noteOutcome(WriteSession &session, MessageId message, MessageState state, WallTime at) {
    const auto wishes = wishesOf(session);
    if (!wishes)
        return tl::unexpected(wishes.error());
    if (std::none_of((*wishes)->begin(), (*wishes)->end(), [state](const HookWish &wish) { return wish.states.has(state); }))
        return {};
    const auto outcome = readOutcome(session, message, state, at);
    if (!outcome)
        return tl::unexpected(outcome.error());
    if (!*outcome)
        return {};
    std::string body;
    std::string id;
    std::string traceparent;
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
            auto parent = traceOf(session, message, (*outcome)->traceparent, id);
            if (!parent)
                return tl::unexpected(parent.error());
            traceparent = std::move(*parent);
        }
        SONGDA_TRY((*insert)->bindAll(wish.hook, id, message, body, traceparent, at).run());
    }
    return {};
}

} // namespace songda::store
