// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/doors/views.h"

#include "engine/policy/template_syntax.h"

namespace songda::doors {

using Json = nlohmann::ordered_json;

namespace {

Json orNull(const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); }
Json orNull(const std::optional<WallTime> &t) { return t ? Json(toIso8601(*t)) : Json(nullptr); }
template <class T> Json orNull(const std::optional<T> &value) { return value ? Json(*value) : Json(nullptr); }

Json attemptView(const Attempt &a) {
    return {{"number", a.number}, {"phase", toString(a.phase)}, {"started_at", toIso8601(a.startedAt)}, {"finished_at", orNull(a.finishedAt)},
        {"http_status", a.httpStatus == 0 ? Json(nullptr) : Json(a.httpStatus)}, {"errcode", orNull(a.errcode)}, {"errmsg", orNull(a.errmsg)},
        {"rid", orNull(a.rid)}, {"cause", orNull(a.cause)}, {"error_class", a.errorClass ? Json(toString(*a.errorClass)) : Json(nullptr)},
        {"latency_ms", static_cast<double>(a.latency.count()) / 1000.0}};
}

} // namespace

Json messageView(const MessageDetail &detail, const Engine &engine) {
    const Message &m = detail.message;
    Json json{{"message_id", m.id.value}, {"account", m.accountName}, {"batch_id", m.batch.value}, {"template_id", m.templateId},
        {"openid", m.openid}, {"state", toString(m.state)}, {"ended", isTerminal(m.state)}, {"idempotency_key", orNull(m.idempotencyKey)},
        {"created_at", toIso8601(m.createdAt)}, {"created_by", m.createdBy}, {"due_at", toIso8601(m.dueAt)}, {"expires_at", orNull(m.expiresAt)},
        {"first_sent_at", orNull(m.firstSentAt)}, {"finished_at", orNull(m.finishedAt)}, {"errcode", orNull(m.errcode)}, {"cause", orNull(m.cause)},
        {"meaning", m.cause.empty() ? Json(nullptr) : orNull(engine.causeWords(m.cause, false).meaning)},
        {"error_class", m.errorClass ? Json(toString(*m.errorClass)) : Json(nullptr)}, {"msgid", orNull(m.msgid)},
        {"report_status", orNull(m.reportStatus)}, {"reported_at", orNull(m.reportedAt)}, {"trace_id", m.traceId},
        {"client_msg_id", m.clientMsgId}, {"attempts", Json::array()}};
    for (const Attempt &a : detail.attempts)
        json["attempts"].push_back(attemptView(a));
    return json;
}

Json keptView(const KeptMessage &kept) {
    return {{"message_id", kept.id.value}, {"account", kept.accountName}, {"batch_id", kept.batch.value}, {"template_id", kept.templateId},
        {"state", toString(kept.state)}, {"ended", true}, {"archived", true}, {"created_at", toIso8601(kept.createdAt)}, {"created_by", kept.createdBy},
        {"finished_at", orNull(kept.finishedAt)}, {"attempts", Json::array()}};
}

Json batchView(const Batch &b, const std::string &account) {
    static constexpr std::array<const char *, 3> kinds{"single", "import", "intake"};
    static constexpr std::array<const char *, 3> states{"active", "paused", "cancelled"};
    Json counts = Json::object();
    for (const MessageState s : allMessageStates)
        counts[toString(s)] = b.counts[s];
    return {{"batch_id", b.id.value}, {"account", account}, {"kind", kinds.at(static_cast<std::size_t>(b.kind))},
        {"state", states.at(static_cast<std::size_t>(b.state))}, {"name", orNull(b.name)}, {"priority", b.priority},
        {"created_at", toIso8601(b.createdAt)}, {"created_by", orNull(b.createdBy)}, {"total", b.counts.total()}, {"counts", counts}};
}

Json templateView(const Template &t, const std::string &account) {
    Json keys = Json::array();
    for (const TemplateKey &key : templateKeys(t.content))
        keys.push_back({{"name", key.name}, {"type", toString(key.type)}, {"label", key.label}});
    return {{"account", account}, {"template_id", t.templateId}, {"title", t.title}, {"content", t.content}, {"example", orNull(t.example)},
        {"keys", keys}, {"held", t.hold.has_value()}, {"gone", t.goneAt.has_value()}};
}

} // namespace songda::doors
