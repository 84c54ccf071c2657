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
    for (const EarlierContent &before : detail->earlier)
        std::cout << "content up to life " << before.life << ": " << before.content << "\n";
    for (const AuditEntry &e : detail->acts)
        std::cout << toIso8601(e.at) << " " << e.who << " " << e.act << (e.reason.empty() ? "" : ": " + e.reason) << "\n";
}

struct Edit {
    EditRequest request;
    std::int64_t id = 0;
    std::vector<std::string> data;
};

void edit(Context &context, Edit e) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    e.request.id = MessageId{e.id};
    const auto report = context.await(engine->editAndResend(e.request));
    if (!report)
        return;
    if (context.json)
        printJson({{"message_id", e.id}, {"resent", report->resent}, {"life", report->life}, {"changed", report->changed}});
    else if (report->resent)
        std::cout << "message " << e.id << " is queued again" << (report->changed.empty() ? ", nothing was changed" : ", changed") << "\n";
    if (!report->resent) {
        std::cerr << "songda-cli: message " << e.id << " was left: it may have arrived, and would arrive a second time; --may-arrive-twice sends it\n";
        context.exitCode = Failed;
    }
}

} // namespace

void addMessage(CLI::App &app, Context &context) {
    CLI::App *message = app.add_subcommand("message", "One message")->require_subcommand(1);
    auto id = std::make_shared<std::int64_t>(0);
    CLI::App *showCommand = message->add_subcommand("show", "Everything about a message, every attempt included");
    showCommand->add_option("id", *id, "Message id")->required();
    showCommand->callback([&context, id] { show(context, *id); });

    addMessageLookups(*message, context);

    auto e = std::make_shared<Edit>();
    CLI::App *editCommand = message->add_subcommand("edit", "Send a message that failed with other words; all else about it stays");
    editCommand->add_option("id", e->id, "Message id")->required();
    editCommand->add_option("--data", e->data, "key=value to change, repeated");
    editCommand->add_option_function<std::string>("--url", [e](const std::string &url) { e->request.url = url; }, "Address to open; empty: none any more");
    editCommand->add_option("--reason", e->request.reason, "Why, for the audit")->required();
    editCommand->add_option("--life", e->request.life, "Only if it is still in this life");
    editCommand->add_flag("--may-arrive-twice", e->request.mayArriveTwice, "Also if it may have arrived");
    editCommand->callback([&context, e] {
        for (const std::string &pair : e->data) {
            const auto equals = pair.find('=');
            if (equals == std::string::npos || equals == 0)
                throw CLI::ValidationError("--data", "expected key=value, got " + pair);
            e->request.data[pair.substr(0, equals)] = pair.substr(equals + 1);
        }
        edit(context, *e);
    });
}

} // namespace songda::cli
