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
    std::int64_t before = 0, replay = 0, act = 0;
    std::int64_t limit = 50;
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
    if (o.replay > 0)
        request.filter.replay = ReplayId{o.replay};
    if (o.act > 0)
        request.filter.act = AuditId{o.act};
    if (o.before > 0)
        request.before = MessageId{o.before};
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    if (context.json) {
        listAsJson(context, *engine, request, o.limit);
        return;
    }
    MessageId last;
    const auto more = eachPage(context, *engine, request, o.limit, [&last](const std::vector<MessageRow> &messages) {
        std::vector<std::vector<std::string>> rows;
        for (const MessageRow &m : messages)
            rows.push_back({std::to_string(m.id.value), m.openid, toString(m.state), std::to_string(m.attempts), m.cause, m.msgid, toIso8601(m.dueAt)});
        printTable({"id", "openid", "state", "attempts", "cause", "msgid", "due at"}, rows);
        if (!messages.empty())
            last = messages.back().id;
    });
    if (more.value_or(false))
        std::cout << "more: --before " << last.value << "\n";
}

/// What is to be done with messages that wait, and which.
struct Change {
    MessageFilter filter;
    std::vector<std::int64_t> ids;
    std::int64_t batch = 0;
    bool all = false;
    std::string reason;
    std::string at; ///< empty: at once
};

void tell(const Context &context, std::int64_t count, const char *done) {
    if (context.json)
        printJson({{"messages", count}});
    else
        std::cout << count << " messages " << done << "\n";
}

void tell(const Context &context, const CancelReport &report, const char *done) {
    if (context.json) {
        printJson({{"messages", report.cancelled + report.uncertain}, {"cancelled", report.cancelled}, {"uncertain", report.uncertain}});
        return;
    }
    tell(context, report.cancelled, done);
    if (report.uncertain > 0)
        std::cout << report.uncertain << " are uncertain: an earlier try may have arrived\n";
}

template <class Act>
CLI::App *addChange(CLI::App *queue, Context &context, const char *name, const char *what, const char *done, const std::shared_ptr<Change> &c, Act act) {
    CLI::App *command = queue->add_subcommand(name, what);
    CLI::Option_group *which = command->add_option_group("which", "Which messages");
    which->add_option("--id", c->ids, "These message ids");
    which->add_option("--batch", c->batch, "All of this batch");
    which->add_option("--openid", c->filter.openid, "All of this recipient");
    which->add_flag("--all", c->all, "All");
    which->require_option(1);
    command->add_option("--reason", c->reason, "Why, for the audit")->required();
    command->callback([&context, c, act, done] {
        for (const std::int64_t id : c->ids)
            c->filter.ids.push_back(MessageId{id});
        if (c->batch > 0)
            c->filter.batch = BatchId{c->batch};
        const auto engine = context.open(EngineOptions::Role::Tool);
        if (!engine)
            return;
        const auto count = context.await(act(*engine, *c));
        if (!count)
            return;
        tell(context, *count, done);
    });
    return command;
}

} // namespace

void addQueue(CLI::App &app, Context &context) {
    CLI::App *queue = app.add_subcommand("queue", "Look at the queue, hold and release what waits in it")->require_subcommand(1);
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
    listCommand->add_option("--limit", o->limit, "How many, the newest first")->check(CLI::PositiveNumber)->capture_default_str();
    listCommand->add_option("--before", o->before, "Older than this message id");
    listCommand->add_option("--openid", o->openid, "Only this recipient");
    listCommand->add_option("--msgid", o->msgid, "Only this WeChat message id");
    listCommand->add_option("--key", o->key, "Only this idempotency key");
    listCommand->add_option("--cause", o->cause, "Only this cause, such as 43004 or timeout");
    listCommand->add_option("--replay", o->replay, "Only what this replay has sent again, see dead runs");
    listCommand->add_option("--act", o->act, "Only what this act touched, by its number in the audit");
    listCommand->callback([&context, o] { list(context, *o); });

    addChange(queue, context, "hold", "Keep back messages that wait, until they are released", "are held", std::make_shared<Change>(),
        [](Engine &engine, const Change &c) { return engine.hold(c.filter, c.reason); });
    addChange(queue, context, "release", "Let held messages go again", "are released", std::make_shared<Change>(),
        [](Engine &engine, const Change &c) { return engine.release(c.filter, c.reason); });
    addChange(queue, context, "cancel", "Cancel messages that were not sent yet", "are cancelled", std::make_shared<Change>(),
        [](Engine &engine, const Change &c) { return engine.cancel(c.filter, c.reason); });
    const auto due = std::make_shared<Change>();
    CLI::App *dueCommand = addChange(queue, context, "due", "Send messages that wait now, or at another time", "have another time", due,
        [](Engine &engine, const Change &c) { return engine.reschedule(c.filter, c.at.empty() ? Engine::wallNow() : parseTime(c.at, "--at"), c.reason); });
    dueCommand->add_option("--at", due->at, "When, ISO 8601, China time without an offset (default: at once)");
}

} // namespace songda::cli
