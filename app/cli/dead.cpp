// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

namespace {

struct Selection {
    std::vector<std::int64_t> ids;
    std::string errcode;
    bool all = false;
    std::string reason;
    bool mayArriveTwice = false;
    double pace = 0;
    int limit = 100;
};

const std::vector<MessageState> deadLetterStates{MessageState::Dead, MessageState::Undelivered, MessageState::Uncertain};

void addSelection(CLI::App *command, Selection &s) {
    CLI::Option_group *group = command->add_option_group("which", "Which messages");
    group->add_option("--id", s.ids, "These message ids");
    group->add_option("--errcode", s.errcode, "All with this error code or cause, such as 43004 or timeout");
    group->add_flag("--all", s.all, "All dead letters");
    group->require_option(1);
}

MessageFilter filterOf(const Selection &s) {
    MessageFilter filter;
    filter.states = deadLetterStates;
    filter.cause = s.errcode;
    for (const std::int64_t id : s.ids)
        filter.ids.push_back(MessageId{id});
    return filter;
}

void list(Context &context, const Selection &s) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto groups = context.await(engine->causeGroups());
    PageRequest request;
    request.filter.states = deadLetterStates;
    request.filter.cause = s.errcode;
    request.limit = s.limit;
    const auto page = context.await(engine->page(request));
    if (!groups || !page)
        return;
    if (context.json) {
        Json json = Json::array();
        for (const MessageRow &row : page->rows)
            json.push_back(toJson(row));
        printJson(json);
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const CauseGroup &g : *groups)
        rows.push_back({std::to_string(g.count), toString(g.state), g.accountName, causeText(*engine, g.cause, context.chinese), toIso8601(g.lastAt)});
    printTable({"messages", "state", "account", "cause", "last"}, rows);
    std::cout << "\n";
    rows.clear();
    for (const MessageRow &m : page->rows)
        rows.push_back({std::to_string(m.id.value), m.openid, toString(m.state), m.cause, std::to_string(m.attempts), toIso8601(m.finishedAt)});
    printTable({"id", "openid", "state", "cause", "attempts", "ended"}, rows);
    if (page->more)
        std::cout << "and more; --limit shows them\n";
}

void retry(Context &context, const Selection &s) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto report = context.await(engine->resend(filterOf(s), s.reason, {s.mayArriveTwice, s.pace}));
    if (!report)
        return;
    if (context.json)
        printJson({{"resent", report->resent}, {"skipped", report->skipped}, {"need_confirmation", report->needConfirmation}});
    else
        std::cout << "queued again: " << report->resent << "\n";
    if (report->needConfirmation > 0)
        std::cerr << "songda-cli: " << report->needConfirmation
                  << " uncertain messages were left: they may have arrived, and a repeat may arrive twice; --may-arrive-twice resends them\n";
    if (report->resent == 0 && !s.all)
        context.exitCode = Failed;
}

void discard(Context &context, const Selection &s) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto done = context.await(engine->discard(filterOf(s), s.reason));
    if (!done)
        return;
    if (context.json)
        printJson({{"discarded", *done}});
    else
        std::cout << "discarded: " << *done << "\n";
    if (*done == 0 && !s.all)
        context.exitCode = Failed;
}

} // namespace

void addDead(CLI::App &app, Context &context) {
    CLI::App *dead = app.add_subcommand("dead", "Dead letters: messages that will not be sent again by themselves")->require_subcommand(1);

    auto l = std::make_shared<Selection>();
    CLI::App *listCommand = dead->add_subcommand("list", "Groups by cause, and the messages");
    listCommand->add_option("--errcode", l->errcode, "Only this error code or cause");
    listCommand->add_option("--limit", l->limit, "How many messages, 1 to 10000")->check(CLI::Range(1, 10000))->capture_default_str();
    listCommand->callback([&context, l] { list(context, *l); });

    auto r = std::make_shared<Selection>();
    CLI::App *retryCommand = dead->add_subcommand("retry", "Send again");
    addSelection(retryCommand, *r);
    retryCommand->add_option("--reason", r->reason, "Why, for the audit");
    retryCommand->add_flag("--may-arrive-twice", r->mayArriveTwice, "Also uncertain messages whose repeat may arrive twice");
    retryCommand->add_option("--pace", r->pace, "At most so many messages a second")->check(CLI::Range(0.01, 100000.0));
    retryCommand->callback([&context, r] { retry(context, *r); });

    auto d = std::make_shared<Selection>();
    CLI::App *discardCommand = dead->add_subcommand("discard", "Give up, with a reason");
    addSelection(discardCommand, *d);
    discardCommand->add_option("--reason", d->reason, "Why, for the audit")->required();
    discardCommand->callback([&context, d] { discard(context, *d); });
}

} // namespace songda::cli
