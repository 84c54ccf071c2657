// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

namespace songda::cli {

void addAudit(CLI::App &app, Context &context) {
    auto limit = std::make_shared<int>(50);
    CLI::App *command = app.add_subcommand("audit", "Who did what, when and why; newest first");
    command->add_option("--limit", *limit, "How many, 1 to 10000")->check(CLI::Range(1, 10000))->capture_default_str();
    command->callback([&context, limit] {
        const auto engine = context.open(EngineOptions::Role::Viewer);
        if (!engine)
            return;
        const auto entries = context.await(engine->audit(std::nullopt, *limit));
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
    });
}

} // namespace songda::cli
