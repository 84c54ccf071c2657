// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

void show(Context &context, std::int64_t id) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto detail = context.await(engine->message(MessageId{id}));
    if (!detail)
        return;
    if (context.json) {
        printJson(toJson(*detail));
        return;
    }
    const Message &m = detail->message;
    const auto line = [](const char *name, const std::string &value) {
        if (!value.empty())
            std::cout << name << ": " << value << "\n";
    };
    line("message", std::to_string(m.id.value));
    line("state", toString(m.state));
    if (!m.cause.empty()) {
        const CauseWords words = engine->causeWords(m.cause, context.chinese);
        line("why", m.cause + ", " + words.meaning);
        line("what to do", words.advice);
    }
    line("account", m.accountName);
    line("batch", m.batchName);
    line("template", m.templateId + (m.templateTitle.empty() ? "" : " (" + m.templateTitle + ")"));
    line("openid", m.openid);
    line("msgid", m.msgid);
    line("client_msg_id", m.clientMsgId);
    line("trace id", m.traceId);
    line("idempotency key", m.idempotencyKey);
    line("created", toIso8601(m.createdAt) + " by " + m.createdBy);
    line("due", toIso8601(m.dueAt));
    line("first sent", toIso8601(m.firstSentAt));
    line("ended", toIso8601(m.finishedAt));
    line("content", m.content);
    std::vector<std::vector<std::string>> rows;
    for (const Attempt &a : detail->attempts)
        rows.push_back({std::to_string(a.number), std::to_string(a.life), toIso8601(a.startedAt), toString(a.phase),
            std::to_string(a.httpStatus), a.cause, a.errmsg, a.rid, std::to_string(a.latency.count() / 1000) + " ms"});
    if (!rows.empty()) {
        std::cout << "\n";
        printTable({"attempt", "life", "started", "phase", "http", "cause", "errmsg", "rid", "latency"}, rows);
    }
    for (const AuditEntry &e : detail->acts)
        std::cout << toIso8601(e.at) << " " << e.who << " " << e.act << (e.reason.empty() ? "" : ": " + e.reason) << "\n";
}

} // namespace

void addMessage(CLI::App &app, Context &context) {
    CLI::App *message = app.add_subcommand("message", "One message")->require_subcommand(1);
    auto id = std::make_shared<std::int64_t>(0);
    CLI::App *showCommand = message->add_subcommand("show", "Everything about a message, every attempt included");
    showCommand->add_option("id", *id, "Message id")->required();
    showCommand->callback([&context, id] { show(context, *id); });
}

} // namespace songda::cli
