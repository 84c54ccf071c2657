// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"
#include "app/cli/replay.h"

#include <algorithm>
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
    std::int64_t limit = 100;
    bool frozen = false; ///< as a replay
    std::vector<int> ladder;
    double failShare = 20;
    int failLeast = 3;
    ReplayWish wish;
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
    PageRequest request;
    request.filter.states = deadLetterStates;
    request.filter.cause = s.errcode;
    if (context.json) {
        listAsJson(context, *engine, request, s.limit);
        return;
    }
    const auto groups = context.await(engine->causeGroups());
    if (!groups)
        return;
    std::vector<std::vector<std::string>> rows;
    for (const CauseGroup &g : *groups) {
        const std::string helped = g.odds.tried > 0 ? std::to_string(g.odds.helped) + " of " + std::to_string(g.odds.tried) : "";
        rows.push_back({std::to_string(g.count), toString(g.state), g.accountName, causeText(*engine, g.cause, context.chinese), helped,
            toIso8601(g.firstAt), toIso8601(g.lastAt), g.note.text});
    }
    printTable({"messages", "state", "account", "cause", "retry helped", "first", "last", "note"}, rows);
    std::cout << "\n";
    const auto more = eachPage(context, *engine, request, s.limit, [&rows](const std::vector<MessageRow> &messages) {
        rows.clear();
        for (const MessageRow &m : messages)
            rows.push_back({std::to_string(m.id.value), m.openid, toString(m.state), m.cause, std::to_string(m.attempts), toIso8601(m.finishedAt)});
        printTable({"id", "openid", "state", "cause", "attempts", "ended"}, rows);
    });
    if (more.value_or(false))
        std::cout << "and more; --limit shows them\n";
}

void retry(Context &context, const Selection &s) {
    if (s.frozen || !s.ladder.empty() || s.wish.dryRun || !s.wish.expect.empty()) {
        ReplayOptions options;
        options.reason = s.reason;
        options.pace = s.pace;
        options.mayArriveTwice = s.mayArriveTwice;
        options.ladder = {s.ladder, s.failShare / 100, s.failLeast};
        beginReplay(context, filterOf(s), options, s.wish);
        return;
    }
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
                  << " messages were left: they may have arrived, and a repeat may arrive twice; --may-arrive-twice resends them\n";
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

void restore(Context &context, const Selection &s) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    MessageFilter filter = filterOf(s);
    filter.states = {MessageState::Cancelled};
    filter.discarded = true;
    const auto done = context.await(engine->restore(filter, s.reason));
    if (!done)
        return;
    if (context.json)
        printJson({{"restored", *done}});
    else
        std::cout << "restored: " << *done << "\n";
    if (*done == 0 && !s.all)
        context.exitCode = Failed;
}

struct Note {
    std::string account;
    std::string cause;
    std::string text;
};

void note(Context &context, const Note &n) {
    const auto engine = context.open(EngineOptions::Role::Tool);
    if (!engine)
        return;
    const auto accounts = context.await(engine->accounts());
    if (!accounts)
        return;
    const auto account = std::find_if(accounts->begin(), accounts->end(), [&](const Account &a) { return a.name == n.account; });
    if (account == accounts->end())
        return context.failed(Error{ErrorCode::NotFound, "there is no account " + n.account});
    if (context.await(engine->setCauseNote(account->id, n.cause, n.text)) && context.json)
        printJson({{"account", n.account}, {"cause", n.cause}, {"note", n.text}});
}

} // namespace

void addDead(CLI::App &app, Context &context) {
    CLI::App *dead = app.add_subcommand("dead", "Dead letters: messages that will not be sent again by themselves")->require_subcommand(1);

    auto l = std::make_shared<Selection>();
    CLI::App *listCommand = dead->add_subcommand("list", "Groups by cause, and the messages");
    listCommand->add_option("--errcode", l->errcode, "Only this error code or cause");
    listCommand->add_option("--limit", l->limit, "How many messages, the newest first")->check(CLI::PositiveNumber)->capture_default_str();
    listCommand->callback([&context, l] { list(context, *l); });

    auto r = std::make_shared<Selection>();
    CLI::App *retryCommand = dead->add_subcommand("retry", "Send again");
    addSelection(retryCommand, *r);
    retryCommand->add_option("--reason", r->reason, "Why, for the audit");
    retryCommand->add_flag("--may-arrive-twice", r->mayArriveTwice, "Also messages that may have arrived and whose repeat may arrive twice");
    retryCommand->add_option("--pace", r->pace, "At most so many messages a second")->check(CLI::Range(0.01, 100000.0));
    retryCommand->add_flag("--frozen", r->frozen, "As a replay: freezes the list and goes on in the engine, see dead runs");
    retryCommand->add_option_function<std::string>(
                    "--ladder",
                    [r](const std::string &text) {
                        r->ladder = text.empty() || text == "true" ? usualLadder() : std::vector<int>{};
                        if (!r->ladder.empty())
                            return;
                        for (const std::string &part : CLI::detail::split(text, ',')) {
                            int size = 0;
                            if (!CLI::detail::lexical_cast(part, size))
                                throw CLI::ValidationError("--ladder", "step sizes separated by commas, such as 1,5,20,100");
                            r->ladder.push_back(size);
                        }
                    },
                    "As a replay in growing steps that stops itself at a new code or too many failures")
        ->expected(0, 1);
    retryCommand->add_option("--fail-share", r->failShare, "Failures of a step that stop it, in percent")->check(CLI::Range(0.0, 100.0))->capture_default_str();
    retryCommand->add_option("--fail-least", r->failLeast, "and at least so many")->check(CLI::Range(1, 1000000))->capture_default_str();
    retryCommand->add_option("--expect", r->wish.expect, "Only if the selection still has this fingerprint");
    retryCommand->add_flag("--dry-run", r->wish.dryRun, "Only say what would become of them");
    retryCommand->callback([&context, r] { retry(context, *r); });

    auto d = std::make_shared<Selection>();
    CLI::App *discardCommand = dead->add_subcommand("discard", "Give up, with a reason");
    addSelection(discardCommand, *d);
    discardCommand->add_option("--reason", d->reason, "Why, for the audit")->required();
    discardCommand->callback([&context, d] { discard(context, *d); });

    auto back = std::make_shared<Selection>();
    CLI::App *restoreCommand = dead->add_subcommand("restore", "Bring discarded ones back");
    addSelection(restoreCommand, *back);
    restoreCommand->add_option("--reason", back->reason, "Why, for the audit");
    restoreCommand->callback([&context, back] { restore(context, *back); });

    auto n = std::make_shared<Note>();
    CLI::App *noteCommand = dead->add_subcommand("note", "Write a note about all messages of a cause; an empty one takes it away");
    noteCommand->add_option("--account", n->account, "Account")->required();
    noteCommand->add_option("--errcode", n->cause, "Error code or cause")->required();
    noteCommand->add_option("text", n->text, "The note")->required();
    noteCommand->callback([&context, n] { note(context, *n); });

    addReplays(dead, context);
}

} // namespace songda::cli
