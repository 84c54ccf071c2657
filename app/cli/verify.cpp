// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

void addVerify(CLI::App &app, Context &context) {
    app.add_subcommand("verify", "Check the invariants over the whole database")->callback([&context] {
        const auto engine = context.open(EngineOptions::Role::Viewer);
        if (!engine)
            return;
        const auto violations = context.await(engine->verify());
        if (!violations)
            return;
        Json json = Json::array();
        for (const Violation &v : *violations)
            json.push_back({{"invariant", v.invariant}, {"detail", v.detail}, {"count", v.count}});
        if (context.json)
            printJson({{"ok", violations->empty()}, {"violations", json}});
        else if (violations->empty())
            std::cout << "all invariants hold\n";
        for (const Violation &v : *violations)
            std::cerr << v.invariant << ": " << v.detail << "\n";
        if (!violations->empty())
            context.exitCode = Failed;
    });
}

} // namespace songda::cli
