// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/context.h"
#include "app/cli/output.h"

#include <iostream>

namespace songda::cli {

void addInit(CLI::App &app, Context &context) {
    app.add_subcommand("init", "Make a new profile: settings.json and songda.db")->callback([&context] {
        if (const auto made = Engine::createProfile(context.profile); !made) {
            context.failed(made.error());
            return;
        }
        if (context.json)
            printJson({{"profile", context.profile}});
        else
            std::cout << "made the profile " << context.profile << "\n";
    });
}

} // namespace songda::cli
