// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

void addLog(CLI::App &app, Context &context) {
    CLI::App *log = app.add_subcommand("log", "The log of the process that delivers: songda.log in the profile")->require_subcommand(1);
    auto wish = std::make_shared<std::string>();
    CLI::App *levels = log->add_subcommand("levels", "From which level on each category is written; sets it when given, for a running engine as well");
    levels->add_option("LEVELS", *wish, "Such as delivery=debug,doors=warning; what is not named is at info");
    levels->callback([&context, wish] {
        const auto engine = context.open(wish->empty() ? EngineOptions::Role::Viewer : EngineOptions::Role::Tool);
        if (!engine)
            return;
        const auto text = context.await(wish->empty() ? engine->logLevels() : engine->setLogLevels(*wish));
        if (!text)
            return;
        if (context.json)
            printJson({{"levels", *text}});
        else
            std::cout << *text << "\n";
    });
}

} // namespace songda::cli
