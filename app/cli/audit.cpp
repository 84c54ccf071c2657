// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <charconv>
#include <iostream>

namespace songda::cli {

namespace {

void list(Context &context, int limit) {
    const auto engine = context.open(EngineOptions::Role::Viewer);
    if (!engine)
        return;
    const auto entries = context.await(engine->audit(std::nullopt, limit));
    if (!entries)
        return;
    Json json = Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const AuditEntry &e : *entries) {
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
    auto limit = std::make_shared<int>(50);
    CLI::App *command = app.add_subcommand("audit", "Who did what, when and why; newest first")->require_subcommand(0, 1);
    command->add_option("--limit", *limit, "How many, 1 to 10000")->check(CLI::Range(1, 10000))->capture_default_str();

    auto noted = std::make_shared<std::string>();
    CLI::App *verify = command->add_subcommand("verify", "Check the chain of acts: whether each is as it was recorded and none is missing");
    verify->add_option("--noted", *noted, "ACTS:LINK of an earlier time, from here or from the manifest of a report");
    verify->callback([&context, noted] { verifyChain(context, *noted); });

    command->callback([&context, limit, command] {
        if (command->get_subcommands().empty())
            list(context, *limit);
    });
}

} // namespace songda::cli
