// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

void addCheck(CLI::App &app, Context &context) {
    app.add_subcommand("check", "Look for damage in the database file, which is only read")->callback([&context] {
        const auto engine = context.open(EngineOptions::Role::Viewer);
        if (!engine)
            return;
        const auto damage = context.await(engine->checkIntegrity());
        if (!damage)
            return;
        if (context.json)
            printJson({{"ok", damage->empty()}, {"damage", *damage}});
        else if (damage->empty())
            std::cout << "the database file is sound\n";
        for (const std::string &one : *damage)
            std::cerr << one << "\n";
        if (damage->empty())
            return;
        std::cerr << "songda-cli: the database file is damaged; put back a copy made by `songda-cli backup`\n";
        context.exitCode = Failed;
    });
}

} // namespace songda::cli
