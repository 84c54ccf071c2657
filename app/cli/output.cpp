// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "app/cli/context.h"

#include <algorithm>
#include <iostream>

namespace songda::cli {

namespace {

/// What a list keeps in memory, however long it is.
constexpr std::int64_t mostRowsAtOnce = 10'000;

/// Columns a text takes on a terminal: everything from U+1100 on that is not Latin is counted as wide.
std::size_t width(const std::string &text) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if ((c & 0xC0) == 0x80)
            continue;
        columns += c >= 0xE1 ? 2 : 1;
    }
    return columns;
}

Json holdJson(const std::optional<Hold> &hold) {
    if (!hold)
        return nullptr;
    return {{"cause", hold->cause}, {"detail", hold->detail}, {"by", hold->by}, {"since", toIso8601(hold->since)}};
}

} // namespace

Json orNull(const std::string &text) { return text.empty() ? Json(nullptr) : Json(text); }
Json orNull(const std::optional<WallTime> &t) { return t ? Json(toIso8601(*t)) : Json(nullptr); }

void printJson(const Json &json) {
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

void JsonList::add(const Json &json) {
    std::cout << (m_isEmpty ? "[\n  " : ",\n  ");
    m_isEmpty = false;
    // Line breaks of texts are escaped: these are of the layout.
    for (const char c : json.dump(2, ' ', false, Json::error_handler_t::replace)) {
        std::cout << c;
        if (c == '\n')
            std::cout << "  ";
    }
}

void JsonList::end() { std::cout << (m_isEmpty ? "[]\n" : "\n]\n"); }

std::optional<bool> eachPage(
    Context &context, Engine &engine, PageRequest request, std::int64_t limit, const std::function<void(const std::vector<MessageRow> &)> &take) {
    for (;;) {
        request.limit = static_cast<int>(std::min(limit, mostRowsAtOnce));
        const auto page = context.await(engine.page(request));
        if (!page)
            return std::nullopt;
        take(page->rows);
        limit -= static_cast<std::int64_t>(page->rows.size());
        if (!page->more || page->rows.empty() || limit <= 0)
            return page->more;
        request.before = page->rows.back().id;
    }
}

void listAsJson(Context &context, Engine &engine, const PageRequest &request, std::int64_t limit) {
    JsonList json;
    const auto more = eachPage(context, engine, request, limit, [&json](const std::vector<MessageRow> &messages) {
        for (const MessageRow &row : messages)
            json.add(toJson(row));
    });
    if (!more)
        return;
    json.end();
    if (*more)
        std::cerr << "songda-cli: only the first " << limit << " messages are listed, and there are more; --limit says how many\n";
}

void printTable(const std::vector<std::string> &header, const std::vector<std::vector<std::string>> &rows) {
    std::vector<std::size_t> widths;
    for (const std::string &name : header)
        widths.push_back(width(name));
    for (const auto &row : rows) {
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
            widths[i] = std::max(widths[i], width(row[i]));
    }
    const auto line = [&](const std::vector<std::string> &cells) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            text += cells[i];
            if (i + 1 < cells.size())
                text.append(widths[i] - width(cells[i]) + 2, ' ');
        }
        std::cout << text << "\n";
    };
    line(header);
    for (const auto &row : rows)
        line(row);
}

Json toJson(const StateCounts &counts) {
    Json json = Json::object();
    for (const MessageState s : allMessageStates)
        json[toString(s)] = counts[s];
    json["total"] = counts.total();
    return json;
}

Json toJson(const MessageRow &row) {
    return {{"message_id", row.id.value}, {"openid", row.openid}, {"state", toString(row.state)},
        {"attempts", row.attempts}, {"errcode", orNull(row.errcode)}, {"cause", orNull(row.cause)},
        {"error_class", row.errorClass ? Json(toString(*row.errorClass)) : Json(nullptr)}, {"msgid", orNull(row.msgid)},
        {"idempotency_key", orNull(row.idempotencyKey)}, {"created_at", toIso8601(row.createdAt)},
        {"due_at", toIso8601(row.dueAt)}, {"first_sent_at", orNull(row.firstSentAt)}, {"finished_at", orNull(row.finishedAt)}};
}

Json toJson(const MessageDetail &detail) {
    const Message &m = detail.message;
    Json json = toJson(static_cast<const MessageRow &>(m));
    json["account"] = m.accountName;
    json["batch"] = m.batchName;
    json["template_id"] = m.templateId;
    json["template_title"] = m.templateTitle;
    json["client_msg_id"] = m.clientMsgId;
    json["trace_id"] = m.traceId;
    json["created_by"] = m.createdBy;
    json["life"] = m.life;
    json["crashes"] = m.crashes;
    json["expires_at"] = orNull(m.expiresAt);
    json["report_status"] = orNull(m.reportStatus);
    json["reported_at"] = orNull(m.reportedAt);
    json["content"] = Json::parse(m.content, nullptr, false);
    json["attempt_history"] = Json::array();
    for (const Attempt &a : detail.attempts) {
        json["attempt_history"].push_back({{"number", a.number}, {"life", a.life}, {"node", a.node}, {"run", a.run.value},
            {"phase", toString(a.phase)}, {"started_at", toIso8601(a.startedAt)}, {"finished_at", orNull(a.finishedAt)},
            {"http_status", a.httpStatus}, {"errcode", orNull(a.errcode)}, {"errmsg", orNull(a.errmsg)}, {"rid", orNull(a.rid)},
            {"cause", orNull(a.cause)}, {"error_class", a.errorClass ? Json(toString(*a.errorClass)) : Json(nullptr)},
            {"latency_ms", static_cast<double>(a.latency.count()) / 1000.0}, {"counted", a.counted},
            {"body_excerpt", orNull(a.excerpt)}});
    }
    json["acts"] = Json::array();
    for (const AuditEntry &e : detail.acts)
        json["acts"].push_back({{"at", toIso8601(e.at)}, {"who", e.who}, {"act", e.act}, {"object", e.object}, {"reason", e.reason}});
    json["reports"] = Json::array();
    for (const PastReport &r : detail.reports)
        json["reports"].push_back({{"life", r.life}, {"at", toIso8601(r.at)}, {"status", r.status}, {"delivered", r.delivered}});
    json["earlier_content"] = Json::array();
    for (const EarlierContent &e : detail.earlier)
        json["earlier_content"].push_back({{"up_to_life", e.life}, {"content", Json::parse(e.content, nullptr, false)}});
    json["safe_to_repeat_until"] = orNull(m.safeUntil);
    json["retry_odds"] = {{"tried", detail.odds.tried}, {"helped", detail.odds.helped}};
    return json;
}

Json toJson(const Account &a) {
    return {{"name", a.name}, {"appid", a.appid}, {"api_base", a.apiBase}, {"second_api_base", orNull(a.secondBase)},
        {"api_base_in_use", baseInUse(a)}, {"second_in_use_since", orNull(a.secondSince)}, {"proxy", orNull(a.proxy)}, {"environment", toString(environmentOf(a))},
        {"rate", a.rate}, {"burst", a.burst}, {"connections", a.connections},
        {"uncertain_policy", a.uncertainPolicy == UncertainPolicy::Resend ? "resend" : "hold"}, {"transport", toString(a.transport)}, {"hold", holdJson(a.hold)},
        {"created_at", toIso8601(a.createdAt)}};
}

Json toJson(const Template &t) {
    return {{"template_id", t.templateId}, {"title", t.title}, {"content", t.content}, {"example", t.example},
        {"fetched_at", orNull(t.fetchedAt)}, {"gone_at", orNull(t.goneAt)}, {"hold", holdJson(t.hold)}};
}

std::string causeText(const Engine &engine, const std::string &cause, bool chinese) {
    if (cause.empty())
        return {};
    const CauseWords words = engine.causeWords(cause, chinese);
    return words.meaning.empty() ? cause : cause + " (" + words.meaning + ")";
}

void printCounts(const StateCounts &counts) {
    std::vector<std::vector<std::string>> rows;
    for (const MessageState s : allMessageStates) {
        if (counts[s] != 0)
            rows.push_back({toString(s), std::to_string(counts[s])});
    }
    rows.push_back({"total", std::to_string(counts.total())});
    printTable({"state", "messages"}, rows);
}

void printRemoved(const Context &context, std::int64_t id, bool removed, const char *what) {
    if (context.json)
        printJson({{"id", id}, {"removed", removed}});
    else if (removed)
        std::cout << "removed, with what it was still to be told\n";
    else
        std::cout << "there is no such " << what << "\n";
}

void printTest(Context &context, std::int64_t id, const HookTest &result) {
    if (context.json)
        printJson({{"id", id}, {"taken", result.taken}, {"status", result.status}, {"detail", result.detail}});
    else
        std::cout << (result.taken ? "taken: " : "not taken: ") << result.detail << "\n";
    if (!result.taken)
        context.exitCode = Failed;
}

} // namespace songda::cli
