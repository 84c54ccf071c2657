// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <charconv>
#include <iostream>

namespace songda::cli {

namespace {

void list(Context &context, AuditSearch search, const std::string &since) {
    if (!since.empty())
        search.since = parseTime(since, "--since");
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    // A look is bounded: what is rare may lie far back.
    std::vector<AuditEntry> entries;
    const int limit = search.limit;
    do {
        search.limit = limit - static_cast<int>(entries.size());
        auto found = context.await(engine->findAudit(search));
        if (!found)
            return;
        entries.insert(entries.end(), std::make_move_iterator(found->acts.begin()), std::make_move_iterator(found->acts.end()));
        search.before = found->next;
    } while (search.before && static_cast<int>(entries.size()) < limit);
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const AuditEntry &e : entries) {
        json.push_back({{"id", e.id.value}, {"at", toIso8601(e.at)}, {"who", e.who}, {"act", e.act}, {"object", e.object},
            {"reason", e.reason}, {"messages", e.count}});
        rows.push_back({toIso8601(e.at), e.who, e.act, e.object, std::to_string(e.count), e.reason});
    }
    if (context.json)
        printJson(json);
    else
        printTable({"when", "who", "act", "object", "messages", "why"}, rows);
}

/// "ACTS:LINK", as verify prints it.
AuditHead parseHead(const std::string &text) {
    AuditHead head;
    const auto colon = std::min(text.find(':'), text.size());
    const auto [end, error] = std::from_chars(text.data(), text.data() + colon, head.acts);
    if (error != std::errc{} || end != text.data() + colon || head.acts < 1 || text.size() != colon + 65)
        throw CLI::ValidationError("--noted", "\"" + text + "\" is not what `audit verify` prints: ACTS:LINK");
    head.link = text.substr(colon + 1);
    return head;
}

void verifyChain(Context &context, const std::string &noted) {
    const auto head = noted.empty() ? std::nullopt : std::optional(parseHead(noted));
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto check = context.await(engine->checkAudit(head));
    if (!check)
        return;
    const bool ok = check->problem.empty();
    const std::string line = std::to_string(check->head.acts) + ":" + check->head.link;
    if (context.json)
        printJson({{"ok", ok}, {"acts", check->head.acts}, {"link", check->head.link}, {"broken", check->broken ? Json(check->broken->value) : Json(nullptr)},
            {"problem", check->problem}});
    else if (ok)
        std::cout << "every act is as it was recorded; note this elsewhere, and `audit verify --noted` tells later whether acts were taken away or made up anew:\n"
                  << line << "\n";
    if (ok)
        return;
    std::cerr << "songda-cli: " << check->problem << "\n";
    context.exitCode = Failed;
}

} // namespace

void addAudit(CLI::App &app, Context &context) {
    struct Options {
        AuditSearch search;
        std::string since;
    };
    auto o = std::make_shared<Options>();
    o->search.limit = 50;
    CLI::App *command = app.add_subcommand("audit", "Who did what, when and why; newest first")->require_subcommand(0, 1);
    command->add_option("--limit", o->search.limit, "How many, 1 to 10000")->check(CLI::Range(1, 10000))->capture_default_str();
    command->add_option("--who", o->search.who, "Only acts of these people: a part of the name");
    command->add_option("--act", o->search.act, "Only this act, such as message.cancel, or a group with its dot: message.");
    command->add_option("--object", o->search.object, "Only what has this in what it was done to");
    command->add_option("--reason", o->search.reason, "Only what has this in its reason");
    command->add_option("--since", o->since, "Not before this time; a bare date begins at 00:00 China time");

    auto noted = std::make_shared<std::string>();
    CLI::App *verify = command->add_subcommand("verify", "Check the chain of acts: whether each is as it was recorded and none is missing");
    verify->add_option("--noted", *noted, "ACTS:LINK of an earlier time, from here or from the manifest of a report");
    verify->callback([&context, noted] { verifyChain(context, *noted); });

    command->callback([&context, o, command] {
        if (command->get_subcommands().empty())
            list(context, o->search, o->since);
    });
}

} // namespace songda::cli
