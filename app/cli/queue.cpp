// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

struct ListOptions {
    std::vector<std::string> states;
    std::string account, openid, msgid, key, cause;
    std::int64_t before = 0;
    int limit = 50;
};

std::vector<MessageState> parseStates(const std::vector<std::string> &names) {
    std::vector<MessageState> states;
    for (const std::string &name : names) {
        const auto state = messageStateFromString(name);
        if (!state)
            throw CLI::ValidationError("--state", "\"" + name + "\" is not a state");
        states.push_back(*state);
    }
    return states;
}

void list(Context &context, const ListOptions &o) {
    PageRequest request;
    request.filter.states = parseStates(o.states);
    request.filter.openid = o.openid;
    request.filter.msgid = o.msgid;
    request.filter.idempotencyKey = o.key;
    request.filter.cause = o.cause;
    request.limit = o.limit;
    if (o.before > 0)
        request.before = MessageId{o.before};
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto page = context.await(engine->page(request));
    if (!page)
        return;
    if (context.json) {
        Json json = Json::array();
        for (const MessageRow &row : page->rows)
            json.push_back(toJson(row));
        printJson(json);
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const MessageRow &m : page->rows)
        rows.push_back({std::to_string(m.id.value), m.openid, toString(m.state), std::to_string(m.attempts), m.cause, m.msgid, toIso8601(m.dueAt)});
    printTable({"id", "openid", "state", "attempts", "cause", "msgid", "due at"}, rows);
    if (page->more)
        std::cout << "more: --before " << page->rows.back().id.value << "\n";
}

} // namespace

void addQueue(CLI::App &app, Context &context) {
    CLI::App *queue = app.add_subcommand("queue", "Look at the queue")->require_subcommand(1);
    queue->add_subcommand("stats", "Messages per state")->callback([&context] {
        const auto engine = context.open(EngineOptions::Role::Viewer);
        if (!engine)
            return;
        const auto counts = context.await(engine->counts());
        if (!counts)
            return;
        if (context.json)
            printJson(toJson(*counts));
        else
            printCounts(*counts);
    });

    auto o = std::make_shared<ListOptions>();
    CLI::App *listCommand = queue->add_subcommand("list", "List messages, newest first");
    listCommand->add_option("--state", o->states, "Only these states");
    listCommand->add_option("--limit", o->limit, "How many, 1 to 10000")->check(CLI::Range(1, 10000))->capture_default_str();
    listCommand->add_option("--before", o->before, "Older than this message id");
    listCommand->add_option("--openid", o->openid, "Only this recipient");
    listCommand->add_option("--msgid", o->msgid, "Only this WeChat message id");
    listCommand->add_option("--key", o->key, "Only this idempotency key");
    listCommand->add_option("--cause", o->cause, "Only this cause, such as 43004 or timeout");
    listCommand->callback([&context, o] { list(context, *o); });
}

} // namespace songda::cli
